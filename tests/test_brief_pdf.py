"""The brief as a PDF: what stands in it, that it can be walked through, and that no text is cut, lost or obeyed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

import dragoman
from dragoman.record import Export
from dragoman.report import brief_pdf
from dragoman.report.brief import gather
from dragoman.report.page import Brief, Cited, Differing, Group, Line, Section
from dragoman.report.source import ExportSource
from many_scripts import many_scripts

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    place = tmp_path_factory.mktemp("pdf") / "record.db"
    with dragoman.read(sorted(EXAMPLES.glob("20*"))[:4], place) as record:
        return gather(record)


def reader(page: Brief) -> PdfReader:
    return PdfReader(io.BytesIO(brief_pdf.rendered(page)))


def words(made: PdfReader) -> str:
    """All its text, without what is between words or only breaks or turns them."""
    text = "".join(one.extract_text() for one in made.pages)
    return "".join(c for c in text if c.isalnum())


def bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_each_line_stands_in_it_with_its_words(page: Brief) -> None:
    text = words(reader(page))
    for section in page.sections:
        assert bare(section.title) in text
        for group in section.groups:
            assert bare(group.title) in text
            for line in group.lines:
                for said in (line.lead, line.text, *line.notes, *(c.label for c in line.sources[: line.shown])):
                    assert bare(said) in text, said
    # What a line had no room for stands with its document.
    later = [c for s in page.sections for g in s.groups for line in g.lines for c in line.sources[line.shown :]]
    assert later
    assert all(bare(c.quote[:120]) in text for c in later)


def test_it_has_a_title_bookmarks_and_numbered_pages(page: Brief) -> None:
    made = reader(page)
    assert made.metadata is not None
    assert made.metadata.title == page.title
    outline = [one.title for one in made.outline if isinstance(one, Destination)]
    assert outline[:-1] == [section.title for section in page.sections]
    inner = [one.title for some in made.outline if isinstance(some, list) for one in some]
    groups = [bare(g.title) for s in page.sections for g in s.groups if g.title]
    assert [bare(title or "") for title in inner] == groups
    many = len(made.pages)
    assert many > 2
    for number, one in enumerate(made.pages, 1):
        assert f"{number} / {many}" in one.extract_text()


def test_a_number_leads_to_its_document_and_back(page: Brief) -> None:
    made = reader(page)
    targets = [
        one.get_object()["/Dest"] if "/Dest" in one.get_object() else one.get_object()["/A"]["/D"]
        for sheet in made.pages
        for one in sheet.get("/Annots", [])
        if one.get_object()["/Subtype"] == "/Link"
    ]
    cited = sum(len(line.sources) for s in page.sections for g in s.groups for line in g.lines)
    assert len(targets) > cited  # each there, and those without room back as well
    last = len(made.pages)
    pages = {made.get_page_number(target[0].get_object()) + 1 for target in targets}
    assert {1, last} <= pages


def test_the_same_page_gives_the_same_bytes(page: Brief) -> None:
    assert brief_pdf.rendered(page) == brief_pdf.rendered(page)


def test_names_in_other_scripts_are_set_in_its_own_fonts(tmp_path: Path) -> None:
    with dragoman.open(many_scripts(tmp_path / "record.db")) as record:
        made = reader(gather(record))
    text = words(made)
    assert bare("Объединённая Республика Заречье") in text
    assert bare("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft") in text
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for sheet in made.pages
        for font in sheet["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(one.get_object()) for one in fonts)


def test_text_is_data_whatever_it_says() -> None:
    hostile = '#panic("x") $ *b* \\ <label> @ref `r` // c /* ⟦ "q" \ud800 \u202eabc\u0007 ' + "w" * 2_000
    cited = Cited(1, "d-1", hostile, hostile)
    line = Line(hostile, hostile, (hostile,), (Differing(hostile, ((hostile, (cited,)),)),), (cited, cited), 1)
    page = Brief(hostile, hostile, hostile, (Section("s", hostile, (Group(hostile, (line,), hostile, hostile),)),))
    made = reader(page)
    text = "".join(one.extract_text() for one in made.pages)
    assert '#panic("x")' in text
    assert "\u202e" not in text
    assert text.count("w") > 14_000  # no page has cut a word that is longer than a page is wide


def test_a_line_stands_on_one_page_unless_it_fills_it() -> None:
    lines = tuple(Line(f"Begin{n}", f"{'filling ' * 40} End{n}") for n in range(40))
    made = reader(Brief("A", "b", "", (Section("s", "S", (Group("", lines),)),)))
    assert len(made.pages) > 2
    for sheet in made.pages:
        text = set(sheet.extract_text().split())
        for n in range(40):
            assert (f"Begin{n}" in text) == (f"End{n}" in text)


def test_an_empty_record_has_a_page_too() -> None:
    made = reader(gather(ExportSource(Export())))
    assert len(made.pages) == 1
    assert "Nothing read yet" in made.pages[0].extract_text()


def test_the_library_gives_it() -> None:
    source = ExportSource(Export())
    assert dragoman.brief(source, "pdf")[:5] == b"%PDF-"
    assert dragoman.brief(source).startswith("<!doctype html>")
    assert dragoman.brief(source, "md").startswith("# ")
    with pytest.raises(ValueError, match="not one of"):
        dragoman.brief(source, "odt")  # type: ignore[call-overload]
