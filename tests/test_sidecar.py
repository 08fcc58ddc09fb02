"""What is said of a document beside it: in NAME.meta.json, or in documents.csv of its folder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.documents import load
from dragoman.ingest.find import find
from dragoman.ingest.sidecar import Sidecar, day_of, sidecar_of

TALK = "Delegations of Tarvia and Lusmark met in Orvelle.\n"
ALL = {
    "title": "A third round",
    "outlet": "Orvelle Courier",
    "url": "https://courier.example/third-round",
    "published": "2031-05-14",
    "language": "en",
}


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def table(talk: Path, text: str, encoding: str = "utf-8") -> tuple[Sidecar | None, list[str]]:
    (talk.parent / "documents.csv").write_bytes(text.encode(encoding))
    return sidecar_of(talk)


@pytest.mark.parametrize("name", ["talk.meta.json", "talk.txt.meta.json"])
def test_an_object_beside_the_document(talk: Path, name: str) -> None:
    (talk.parent / name).write_text(json.dumps(ALL), encoding="utf-8")
    assert sidecar_of(talk) == (Sidecar(**ALL), [])
    assert load(talk).sidecar == Sidecar(**ALL)


def test_without_a_sidecar_there_is_none(talk: Path) -> None:
    assert sidecar_of(talk) == (None, [])
    assert load(talk).sidecar is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name,title,published\ntalk.txt,A third round,2031-05-14\n", "utf-8"),
        ("Name; Title ;PUBLISHED\r\ntalk.txt;A third round;14 May 2031\r\n", "utf-8-sig"),
        ('"name"\t"published"\t"title"\nTALK.TXT\t2031-05-14\tA third round\n', "utf-16"),
        ("name,title,published\ntalk,A third round,14.05.2031\nother.txt,B,2030-01-01\n", "utf-8"),
    ],
)
def test_a_row_of_the_table(talk: Path, text: str, encoding: str) -> None:
    assert table(talk, text, encoding) == (Sidecar(title="A third round", published="2031-05-14"), [])


def test_the_object_goes_before_the_row(talk: Path) -> None:
    (talk.parent / "talk.meta.json").write_text('{"Published": "2031-05-15"}', encoding="utf-8")
    found, notes = table(talk, "name,title,published\ntalk.txt,A third round,2031-05-14\n")
    assert found == Sidecar(title="A third round", published="2031-05-15")
    assert notes == []


def test_a_changed_table_is_read_again(talk: Path) -> None:
    table(talk, "name,outlet\ntalk.txt,Courier\n")
    assert table(talk, "name,outlet\ntalk.txt,Orvelle Courier\n")[0] == Sidecar(outlet="Orvelle Courier")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("{", "not JSON"),
        ("", "empty"),
        ("[1, 2]", "not an object"),
        ('{"published": "03/04/2031"}', "day or month first"),
        ('{"published": "31 June 2031"}', "no such day"),
        ('{"published": "last week"}', "not a date"),
        ('{"published": "May 2031"}', "not a date"),
        ('{"published": 20310514}', "not text"),
        ('{"language": "the King\'s English"}', "ISO 639"),
        ('{"author": "A. Writer"}', "“author” is ignored"),
        ("[" * 100_000, "not read"),
    ],
)
def test_what_is_wrong_with_an_object_is_one_line_that_names_it(talk: Path, text: str, about: str) -> None:
    (talk.parent / "talk.meta.json").write_text(text, encoding="utf-8")
    found, [note] = sidecar_of(talk)
    assert found is None
    assert note.startswith("talk.meta.json: ")
    assert about in note
    assert "\n" not in note
    assert load(talk).notes == [note]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("file,title\ntalk.txt,A\n", "no column “name”"),
        ("name,title,mood\ntalk.txt,,good\n", "“mood” is ignored"),
        ("name,published\ntalk.txt,05/06/2031\n", "day or month first"),
        ("name,title\n,A\n", "row 2 has no name"),
        ("name,title\ntalk.txt,\ntalk.txt,B\n", "more than once"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_line_that_names_it(talk: Path, text: str, about: str) -> None:
    found, [note] = table(talk, text)
    assert found is None
    assert note.startswith("documents.csv: ")
    assert about in note


def test_rows_that_are_short_or_strange_stop_nothing(talk: Path) -> None:
    text = 'name,title,outlet\n\nx\ntalk.txt,"A ""third"" round, told"\n,,\ntoo,many,cells,here,are\n'
    assert table(talk, text) == (Sidecar(title='A "third" round, told'), [])


def test_a_stem_that_two_rows_share_names_neither(talk: Path) -> None:
    assert table(talk, "name,title\ntalk.md,A\ntalk.html,B\n") == (None, [])


def test_sidecars_are_no_documents(talk: Path) -> None:
    for name in ("talk.meta.json", "talk.txt.meta.json", "documents.csv", "Documents.CSV"):
        (talk.parent / name).write_text("{}", encoding="utf-8")
    (talk.parent / "lonely.meta.json").write_text("{}", encoding="utf-8")
    assert sorted(Path(found.name).name for found in find([talk.parent])) == ["lonely.meta.json", "talk.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "2031-05-04",
        "2031-05-04T23:30:00+09:00",
        "2031-05-04 06:12 UTC",
        "2031/5/4",
        "20310504",
        "4.5.2031",
        "4 May 2031",
        "Sunday, 4th of May 2031, 18:00",
        "May 4, 2031",
        "Sun, 04 May 2031 10:00:00 GMT",
        "4-May-2031",
    ],
)
def test_days(text: str) -> None:
    assert day_of(text) == date(2031, 5, 4)


@pytest.mark.parametrize(("text", "day"), [("14/05/2031", 14), ("05/14/2031", 14), ("05/05/2031", 5)])
def test_slashes_where_they_can_mean_but_one_day(text: str, day: int) -> None:
    assert day_of(text) == date(2031, 5, day)


@given(st.integers(0, 50_000))
def test_every_day_is_read_as_it_is_written(number: int) -> None:
    day = date(1950, 1, 1) + timedelta(number)
    assert day_of(day.isoformat()) == day
    assert day_of(f"{day:%A, %d %B %Y}") == day
    assert day_of(f"{day:%b. %d, %Y}") == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_day(text: str) -> None:
    assert isinstance(day_of(text), date | str)


def test_the_digest_changes_with_what_is_said_and_only_with_it() -> None:
    sidecar = Sidecar(**ALL)
    others = [replace(sidecar, **{field: None}) for field in ALL]
    assert len({s.digest() for s in (sidecar, *others)}) == len(ALL) + 1
    assert sidecar.digest() == Sidecar(**ALL).digest()
    assert Sidecar(title="a").digest() != Sidecar(outlet="a").digest()
