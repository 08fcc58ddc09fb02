"""The brief: what stands on the page, that every line has its source, and that no renderer lets text through raw."""

from __future__ import annotations

import html.parser
import io
import json
import re

import pytest
from rich.console import Console

from dragoman.record import Citation, Export
from dragoman.report import brief_html, brief_md, brief_text
from dragoman.report.brief import gather
from dragoman.report.page import Brief, Line
from dragoman.report.source import ExportSource

GAZETTE = (
    "Port talks end\n\nThe dockers' union and Quay Holding met on 4 March in the Customs House for forty minutes.\n"
    "“We will not sign for a penny less than eight per cent,” said Ada Brinnel, who leads the union's delegation.\n"
    "A company spokesman said the offer stood. They will meet again on 11 March.\n"
)
HERALD = (
    "Dock talks\n\nThe first round on 4 March lasted two hours, Judge Orsolo Vantreek said.\n"
    "“We will not sign for a penny less than eight per cent,” said Ada Brinell.\n"
    "“<script>alert(1)</script> is what I think of *that* offer | really,” a docker said.\n"
)
TEXTS = {"d-gazette": GAZETTE, "d-herald": HERALD, "d-foreign": "Это не по-английски.\n"}


def cite(document: str, quote: str) -> Citation:
    start = TEXTS[document].index(quote)
    return Citation(document=document, start=start, end=start + len(quote), quote=quote)


def date(first: str, last: str | None = None, basis: str = "stated") -> dict[str, str]:
    return {"from": first, "to": last or first, "text": "4 March", "basis": basis}


@pytest.fixture
def source() -> ExportSource:
    """Two newspapers on one round of a dock dispute; they differ on how long it lasted."""
    eight = "We will not sign for a penny less than eight per cent"
    export = Export.model_validate(
        {
            "documents": [
                {"id": "d-herald", "name": "herald.txt", "title": "Dock talks", "outlet": "Herald", "language": "en",
                 "dated": date("2023-03-06"), "sha256": "0", "words": 40},
                {"id": "d-gazette", "name": "gazette.txt", "title": "Port talks end", "outlet": "Gazette",
                 "language": "en", "dated": date("2023-03-05"), "sha256": "1", "words": 50,
                 "furniture": [{"start": 0, "end": 14}]},
                {"id": "d-foreign", "name": "foreign.txt", "language": "ru", "sha256": "2", "words": 3},
            ],
            "actors": [
                {"id": "a-union", "name": "Dockers' Union",
                 "names": ["Dockers' Union"], "kind": "union", "part": "party"},
                {"id": "a-quay", "name": "Quay Holding", "names": ["Quay Holding"], "kind": "company", "part": "party"},
                {"id": "a-court", "name": "Labour Court",
                 "names": ["Labour Court"], "kind": "body", "part": "mediator"},
                {"id": "a-clerk", "name": "Bo Clerk", "names": ["Bo Clerk"], "kind": "person", "side": "a-union",
                 "part": "party", "roles": [{"title": "spokesman", "citations": [cite("d-gazette", "spokesman")]}]},
                {"id": "a-ada", "name": "Ada Brinnel", "names": ["Ada Brinnel", "Ada Brinell"], "kind": "person",
                 "side": "a-union", "part": "party", "roles": [
                     {"title": "docker", "citations": [cite("d-herald", "docker")]},
                     {"title": "head of the delegation",
                      "citations": [cite("d-gazette", "leads the union's delegation")]},
                 ]},
                {"id": "a-judge", "name": "Orsolo Vantreek", "names": ["Orsolo Vantreek"], "kind": "person",
                 "side": "a-court", "part": "mediator",
                 "roles": [{"title": "judge", "citations": [cite("d-herald", "Judge")]}]},
            ],
            "meetings": [
                {"id": "m-1", "title": "t", "kind": "talks", "level": "delegations", "status": "held", "round": 1,
                 "date": date("2023-03-04"), "venue": "Customs House", "parties": ["a-union", "a-quay"],
                 "participants": ["a-judge"], "mediators": ["a-court"], "duration_minutes": 40,
                 "citations": [cite("d-gazette", "met on 4 March"), cite("d-herald", "first round on 4 March")],
                 "accounts": [
                     {"document": "d-gazette", "status": "held", "date": date("2023-03-04"), "duration_minutes": 40,
                      "citations": [cite("d-gazette", "met on 4 March")]},
                     {"document": "d-herald", "status": "held", "date": date("2023-03-04"), "duration_minutes": 120,
                      "citations": [cite("d-herald", "first round on 4 March")]},
                 ]},
                {"id": "m-2", "title": "t", "kind": "talks", "level": "delegations", "status": "scheduled",
                 "date": date("2023-03-11", basis="inferred"), "parties": ["a-union", "a-quay"],
                 "citations": [cite("d-gazette", "meet again on 11 March")],
                 "accounts": [{"document": "d-gazette", "citations": [cite("d-gazette", "meet again on 11 March")]}]},
                {"id": "m-3", "title": "t", "kind": "talks", "level": "experts", "status": "scheduled",
                 "date": date("2023-02-01"),
                 "citations": [cite("d-herald", "Dock talks")],
                 "accounts": [{"document": "d-herald", "citations": [cite("d-herald", "Dock talks")]}]},
            ],
            "statements": [
                {"id": "s-1", "document": "d-gazette", "speaker": "a-ada", "speaker_text": "Ada Brinnel", "cue": "said",
                 "kind": "direct", "content": [cite("d-gazette", eight)], "citations": [cite("d-gazette", eight)]},
                {"id": "s-2", "document": "d-herald", "speaker": "a-ada", "speaker_text": "Ada Brinell", "cue": "said",
                 "kind": "direct", "content": [cite("d-herald", eight)], "citations": [cite("d-herald", eight)]},
                {"id": "s-3", "document": "d-gazette", "speaker": None, "speaker_text": "A company spokesman",
                 "on_behalf_of": "a-quay", "cue": "said", "kind": "indirect",
                 "content": [cite("d-gazette", "the offer stood. They will meet")],
                 "citations": [cite("d-gazette", "the offer stood. They will meet")]},
                {"id": "s-4", "document": "d-herald", "speaker": None, "speaker_text": "a docker", "cue": "said",
                 "kind": "direct",
                 "content": [cite("d-herald", "<script>alert(1)</script> is what I think of *that* offer | really")],
                 "citations": [cite("d-herald", "a docker said")]},
            ],
        }
    )  # fmt: skip
    return ExportSource(export, TEXTS)


def lines(brief: Brief, key: str) -> list[Line]:
    return [line for s in brief.sections if s.key == key for g in s.groups for line in g.lines]


def as_text(brief: Brief, width: int = 100) -> str:
    out = io.StringIO()
    brief_text.show(brief, Console(file=out, width=width))
    return out.getvalue()


def test_the_head_of_a_delegation_comes_first_with_his_role(source: ExportSource) -> None:
    (section,) = (s for s in gather(source).sections if s.key == "parties")
    union = next(g for g in section.groups if g.title.startswith("Dockers' Union"))
    assert [line.lead for line in union.lines] == ["Ada Brinnel", "Bo Clerk"]
    assert union.lines[0].text.startswith("head of the delegation")
    assert union.lines[0].notes == ("also written Ada Brinell",)


def test_an_encounter_told_differently_shows_each_value_with_its_documents(source: ExportSource) -> None:
    first = next(line for line in lines(gather(source), "encounters") if line.id == "m-1")
    assert "reported held by 2 documents" in first.text
    assert [str(d) for d in first.differs] == ["duration: 40 min [1]; 2 h [2]"]
    assert not any("lasted" in note for note in first.notes)


def test_a_coming_encounter_is_told_from_one_that_nobody_reported(source: ExportSource) -> None:
    brief = gather(source)
    groups = {g.title: [line.id for line in g.lines] for s in brief.sections if s.key == "encounters" for g in s.groups}
    assert groups == {"So far": ["m-3", "m-1"], "Ahead, asked for or refused": ["m-2"]}
    told = {line.id: line for line in lines(brief, "encounters")}
    assert told["m-2"].text.endswith("coming, as announced")
    assert told["m-2"].lead == "~11 Mar 2023"
    assert told["m-3"].text.endswith("no report that it took place")


def test_the_same_words_in_two_papers_are_one_line_with_two_sources(source: ExportSource) -> None:
    said = [line for line in lines(gather(source), "statements") if line.lead == "Ada Brinnel"]
    assert len(said) == 1
    assert [c.number for c in said[0].sources] == [1, 2]


def test_at_a_glance_stand_the_last_and_the_next_encounter(source: ExportSource) -> None:
    told = {line.lead: line for line in lines(gather(source), "glance")}
    assert told["Last reported"].text.startswith("4 Mar 2023, Talks, round 1 (delegations), Dockers' Union and Quay")
    assert told["Next announced"].id == "m-2"
    assert told["Told differently"].text.startswith("1 encounter")


def test_a_denial_does_not_read_as_what_it_denies(source: ExportSource) -> None:
    third = source.export.statements[2]
    denied = source.export.model_copy(update={"statements": [third.model_copy(update={"cue": "denied"})]})
    (line,) = lines(gather(ExportSource(denied, TEXTS)), "statements")
    assert line.text.startswith("denied: ")


def test_someone_unnamed_who_speaks_for_a_side_stands_under_it(source: ExportSource) -> None:
    section = next(s for s in gather(source).sections if s.key == "statements")
    quay = next(g for g in section.groups if g.title == "Quay Holding")
    assert [line.lead for line in quay.lines] == ["A company spokesman"]
    assert quay.lines[0].text == "said: the offer stood. They will meet"


def test_what_is_not_known_is_said(source: ExportSource) -> None:
    told = {line.lead: line.text for line in lines(gather(source), "unknown")}
    assert told["Not read"] == "foreign.txt [3]: in a language that is not read yet (ru)"
    assert "a docker" in told["2 speakers without a name"]
    assert told["Announced, not reported held"] == "Talks (experts), 1 Feb 2023"


def test_every_line_has_a_source_whose_quote_stands_in_the_text(source: ExportSource) -> None:
    brief = gather(source)
    for section in brief.sections:
        for group in section.groups:
            for line in group.lines:
                if section.key != "unknown":
                    assert line.sources, line
                for cited in line.sources:
                    assert cited.quote in " ".join(TEXTS[cited.document].split())


def test_an_empty_record_says_so() -> None:
    brief = gather(ExportSource(Export()))
    assert brief.title == "Nothing read yet"
    for page in (as_text(brief), brief_md.rendered(brief), brief_html.rendered(brief)):
        assert "Nothing read yet" in page


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_the_text_keeps_to_its_width(source: ExportSource, width: int) -> None:
    page = as_text(gather(source), width)
    assert max(map(len, page.splitlines())) <= width
    assert "Ada Brinnel" in page
    assert "≠ duration: 40 min [1]; 2 h [2]" in page


class _Page(html.parser.HTMLParser):
    """Collects tags and titles, and which addresses a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.titles: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "title":
                self.titles.append(value or "")
            if name in ("src", "href"):
                self.addresses.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_html_is_whole_escaped_and_loads_nothing(source: ExportSource) -> None:
    written = brief_html.rendered(gather(source))
    page = _Page()
    page.feed(written)
    assert page.open == []
    assert "script" not in page.tags
    assert all(address.startswith("#document-") for address in page.addresses)
    assert "&lt;script&gt;alert(1)" in written
    assert any("met on 4 March" in title for title in page.titles), "the words are there on hover"
    assert page.tags.count("blockquote") == page.tags.count("summary") > 0, "and on click"
    assert not re.search(r"url\(|@import", written)


def test_markdown_shows_quotes_as_they_are(source: ExportSource) -> None:
    written = brief_md.rendered(gather(source))
    assert r"\<script\>alert(1)\</script\> is what I think of \*that\* offer \| really" in written
    assert "# Dockers' Union – Quay Holding" in written
    assert brief_md.escaped("- a\n1. b & <i>") == r"\- a 1. b &amp; \<i\>"


def test_the_same_record_gives_the_same_page_in_any_order(source: ExportSource) -> None:
    turned = source.export.model_copy(
        update={name: list(reversed(getattr(source.export, name))) for name in ("documents", "actors", "meetings")}
    )
    assert gather(ExportSource(turned, TEXTS)) == gather(source)


def test_a_large_record_stays_a_page(source: ExportSource) -> None:
    """Two hundred copies of everything: lists are cut and say so; only what the page cites is listed."""
    large = source.export.model_dump(by_alias=True)
    for part in ("documents", "actors", "meetings", "statements"):
        entries = large[part]
        for n in range(200):
            text = json.dumps(entries, ensure_ascii=False)
            made = json.loads(re.sub(r'"([adms])-(\w+)"', rf'"\1-\2-{n}"', text))
            large[part] = large[part] + made
    brief = gather(ExportSource(Export.model_validate(large), {}))
    assert len(as_text(brief).splitlines()) < 400
    assert brief.documents_rest.endswith("more: dragoman documents")
    assert all(len(line.sources) <= 12 for s in brief.sections for g in s.groups for line in g.lines)
    rests = [g.rest for s in brief.sections for g in s.groups if g.rest]
    assert any("earlier" in rest for rest in rests)
    assert any("more sides" in rest for rest in rests)
