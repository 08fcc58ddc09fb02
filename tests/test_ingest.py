"""Documents in: what is found behind paths, what of it is read, in which encoding, and what is refused how."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ingest import BadDocument, Found, Refusal, document_id, find, load
from dragoman.ingest.decode import Undecodable, decode

RUSSIAN = "Министр Карста заявил, что переговоры продолжатся завтра."
UKRAINIAN = "Речниця міністерства сказала, що її країна чекає на відповідь."
GERMAN = "Der Vermittler sprach über „große Schritte“ – für beide Seiten."
ENGLISH = "The envoy said “no” and left. The other side’s answer is not known."


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def names(paths: list[Path]) -> list[str]:
    return [Path(found.name).name for found in find(paths) if isinstance(found, Found)]


def refusals(*paths: Path | str) -> list[Refusal]:
    return [found for found in find(paths) if isinstance(found, Refusal)]


# -- what is found ----------------------------------------------------------------------------------------------------


def test_a_folder_stands_for_all_that_is_below_it_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.text", "deep/d.markdown", "NOTES"):
        written(tmp_path, name, ENGLISH)
    assert names([tmp_path]) == ["NOTES", "a.md", "b.txt", "d.markdown", "c.text"]
    assert names([tmp_path]) == names([tmp_path, tmp_path / "a.md"])  # each once


def test_hidden_files_leftovers_and_sidecars_are_passed_over_in_silence(tmp_path: Path) -> None:
    for name in (
        "talk.txt",
        "talk.json",
        "talk.txt.json",
        "talk.meta.yaml",
        ".secret.txt",
        "talk.txt~",
        ".git/x.txt",
        "b.bak",
    ):
        written(tmp_path, name, ENGLISH)
    assert [found.name for found in find([tmp_path])] == [str(tmp_path / "talk.txt")]


def test_other_formats_are_named_and_refused_in_one_line(tmp_path: Path) -> None:
    written(tmp_path, "scan.pdf", b"%PDF-1.4")
    written(tmp_path, "alone.json", "{}")
    lines = [str(refusal) for refusal in refusals(tmp_path)]
    assert len(lines) == 2
    assert all(".txt" in line and "\n" not in line for line in lines)
    assert "scan.pdf: .pdf is not read" in lines[1]


def test_a_pattern_is_expanded(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt", "sub/three.txt"):
        written(tmp_path, name, ENGLISH)
    assert names([tmp_path / "*.txt"]) == ["one.txt", "two.txt"]
    assert sorted(names([tmp_path / "**" / "*.txt"])) == ["one.txt", "three.txt", "two.txt"]
    assert refusals(tmp_path / "*.md")[0].reason == "no file matches"


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "what[1]?.txt", ENGLISH)
    assert names([path]) == ["what[1]?.txt"]


def test_what_cannot_be_found_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty").mkdir()
    reasons = {Path(r.name).name: r.reason for r in refusals(tmp_path, tmp_path / "missing.txt", tmp_path / "empty")}
    assert reasons == {
        "gone.txt": "a link that leads nowhere",
        "pipe.txt": "not a regular file",
        "missing.txt": "no such file or folder",
        "empty": "a folder with nothing to read in it",
    }


def test_a_folder_that_links_back_to_itself_ends(tmp_path: Path) -> None:
    written(tmp_path, "in/a.txt", ENGLISH)
    (tmp_path / "in" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(find([tmp_path]))
    assert [Path(f.name).name for f in found if isinstance(f, Found)] == ["a.txt"]
    assert [f.reason for f in found if isinstance(f, Refusal)] == ["a link back to a folder that it is in"]


def test_a_folder_that_may_not_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", denied)
    assert refusals(tmp_path)[0].reason == "may not be listed (permission denied)"


# -- names and ids ----------------------------------------------------------------------------------------------------


def test_a_document_is_named_by_its_path_relative_to_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "press/a.txt", ENGLISH)
    monkeypatch.chdir(tmp_path)
    given = ["press/a.txt", "./press/../press/a.txt", tmp_path / "press" / "a.txt"]
    assert {load(path).name for path in given} == {"press/a.txt"}
    assert len(list(find(given))) == 1


def test_two_documents_of_one_text_or_one_base_name_are_two(tmp_path: Path) -> None:
    first = load(written(tmp_path, "x/a.txt", ENGLISH))
    second = load(written(tmp_path, "y/a.txt", ENGLISH))
    assert first.name != second.name
    assert first.sha256 == second.sha256 == hashlib.sha256(ENGLISH.encode()).hexdigest()
    ids = {document_id(doc.name, doc.sha256) for doc in (first, second)}
    assert len(ids) == 2
    assert all(len(i) == 14 and i.startswith("d-") for i in ids)


def test_the_id_changes_with_the_text_and_with_nothing_else() -> None:
    assert document_id("a.txt", "0" * 64) == document_id("a.txt", "0" * 64)
    assert document_id("a.txt", "0" * 64) != document_id("a.txt", "1" * 64)


# -- text and encodings -----------------------------------------------------------------------------------------------


def test_the_stored_text_is_the_files_text_with_newlines_made_one(tmp_path: Path) -> None:
    text = "# Head\r\n\r\n* one \ttab\r\u200fright\u200e to left\n  end  "
    read = load(written(tmp_path, "a.md", b"\xef\xbb\xbf" + text.encode()))
    assert read.text == "# Head\n\n* one \ttab\n\u200fright\u200e to left\n  end  "
    assert read.bytes == len(text.encode()) + 3
    assert read.notes == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, GERMAN, ENGLISH * 400, "محادثات جديدة يوم الثلاثاء في العاصمة"])
def test_unicode_in_all_its_forms(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN * 50, f"{ENGLISH[:28]} «{RUSSIAN}»", "Встреча в Береге отложена"])
def test_cyrillic_code_pages_however_short(encoding: str, text: str) -> None:
    text = text.translate(str.maketrans("“”’«»", '""\'""'))  # which not all of them have
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", UKRAINIAN),
        ("koi8-u", UKRAINIAN),
        ("cp1252", GERMAN),
        ("cp1252", ENGLISH),
        ("cp1252", "Le négociateur a déclaré que « rien n’est réglé »."),
        ("latin-1", "El mediador dijo que mañana habrá una reunión más."),
        ("cp1254", "Görüşmeler salı günü İskele'de başladı, dışişleri bakanlığı açıkladı."),
        ("cp1250", "Rozmowy zakończyły się w środę, powiedział żołnierz."),
    ],
)
def test_other_code_pages(encoding: str, text: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text


def test_a_note_says_what_a_file_was_read_as(tmp_path: Path) -> None:
    assert load(written(tmp_path, "a.txt", RUSSIAN.encode("cp1251"))).notes == ["read as cp1251"]


def test_a_few_broken_places_in_utf8_are_replaced_and_noted() -> None:
    found = decode(GERMAN.encode() * 30 + b"\xff" + GERMAN.encode())
    assert found.text == GERMAN * 30 + "\ufffd" + GERMAN
    assert "1 place not valid UTF-8" in found.notes[0]


def test_a_few_nuls_are_replaced_one_for_one_and_noted() -> None:
    found = decode(b"The talks\0 went on.\0")
    assert found.text == "The talks\ufffd went on.\ufffd"
    assert found.notes == ["2 NUL characters replaced by U+FFFD"]


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0\ufeff", exclude_categories=["Cc", "Cs"])))
def test_any_text_in_utf8_comes_back_as_it_is(text: str) -> None:
    assert decode(text.encode()).text == text


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        found = decode(data)
    except Undecodable as error:
        if str(error) not in {"binary, not text", "neither text nor a known encoding"}:
            raise
    else:
        assert "\0" not in found.text
        assert "\r" not in found.text
        found.text.encode()  # no halves of surrogates


# -- what is refused --------------------------------------------------------------------------------------------------


def refused(path: Path, **options: int) -> str:
    with pytest.raises(BadDocument) as caught:
        load(path, **options)
    line = str(caught.value)
    assert line.startswith(caught.value.name + ": ")
    assert "\n" not in line
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"%PDF-1.7 and then words, words, words", "binary, not text"),
        (bytes(range(256)) * 20, "binary, not text"),
        (b"some words\0" * 50, "binary, not text"),
        (random.Random(7).randbytes(5000), "binary, not text"),
    ],
)
def test_bad_content(tmp_path: Path, data: bytes, reason: str) -> None:
    assert refused(written(tmp_path, "a.txt", data)) == reason


def test_a_single_line_is_fine(tmp_path: Path) -> None:
    assert load(written(tmp_path, "a.txt", "The talks go on.")).text == "The talks go on."


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(path) == "larger than 20 MB, the most that is read"
    assert refused(written(tmp_path, "a.txt", "x" * 11), limit=10) == "larger than 10 bytes, the most that is read"
    assert load(written(tmp_path, "b.txt", "x" * 10), limit=10).text == "x" * 10


def test_paths_that_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path) == "a folder"
    assert refused(tmp_path / "no.txt") == "no such file or folder"
    assert refused(tmp_path / "link.txt") == "a link that leads nowhere"
    assert refused(tmp_path / "pipe.txt") == "not a regular file"
    assert refused(Path("a\0b.txt")) == "no such file or folder"
    assert refused(written(tmp_path, "a.docx", b"PK\x03\x04")).startswith(".docx is not read; what is read: .txt")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.txt", ENGLISH)

    def denied(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused(path) == "may not be read (permission denied)"
