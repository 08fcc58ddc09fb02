"""What of a page is report: furniture, headlines, paragraphs, dateline, byline, outlet, credits."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.layout import lay_out

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
SHARED = Path(__file__).parents[2] / "shared"
BODY = "The delegations of Ombria and Tarsenia met on Tuesday and left the hall without a result, officials said.\n\n"


def marked(text: str) -> tuple[str, set[int]]:
    """A page of tests/pages without its marks ⟦…⟧, and the places of what they mark."""
    plain: list[str] = []
    places: set[int] = set()
    inside = False
    for c in text:
        if c in "⟦⟧":
            inside = c == "⟦"
            continue
        if inside and not c.isspace():
            places.add(len(plain))
        plain.append(c)
    return "".join(plain), places


def places_of(text: str, spans: list[SpanT]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def agreement(found: set[int], gold: set[int]) -> float:
    return 2 * len(found & gold) / (len(found) + len(gold)) if found or gold else 1.0


def quoted(text: str, spans: list[SpanT]) -> list[str]:
    return [text[start:end] for start, end in spans]


def said(text: str, span: SpanT | None) -> str | None:
    return text[slice(*span)] if span else None


# -- furniture --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_invented_pages(path: Path) -> None:
    text, gold = marked(path.read_text(encoding="utf-8"))
    found = places_of(text, lay_out(text).furniture)
    lost = "".join(text[i] if i in found - gold else " " for i in range(len(text))).split()
    assert lost == [], "report taken for furniture"
    assert agreement(found, gold) >= 0.95


@pytest.mark.parametrize(("gold", "texts"), [("gold", "seeds"), ("practice/gold", "practice/texts")])
def test_shared_pages(gold: str, texts: str) -> None:
    if not (SHARED / gold).is_dir():
        pytest.skip(f"../shared/{gold} is not here")
    right = found = there = 0
    for path in sorted((SHARED / gold).glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if "document" not in data:
            continue
        text = (SHARED / texts / data["document"]).read_text(encoding="utf-8")
        spans = []
        for piece in data["furniture"]:
            bare, _, nth = piece.partition("@@")
            first, _, last = bare.partition("…")
            start = -1
            for _ in range(int(nth or 1)):
                start = text.index(first, start + 1)
            spans.append((start, text.index(last, start) + len(last) if last else start + len(first)))
        wanted, ours = places_of(text, spans), places_of(text, lay_out(text).furniture)
        right, found, there = right + len(wanted & ours), found + len(ours), there + len(wanted)
    assert 2 * right / (found + there) >= 0.95


REPORT = [
    "Perhaps.",
    "— And the pause?",
    "— No comments.",
    "Q: Will you sign?",
    "“We will see,” he said.",
    "«We will see», he said.",
    "“Share this? No,” she said.",
    "- no troops north of the river",
    "• twelve per cent more pay, backdated to May;",
    "3. the return of the trawler",
    "What is on the table",
    "Share prices fall",
    "Comments by the minister",
    "Opinion",
    "Related demands",
    "The ministry said in its newsletter that talks go on.",
    "The website of the ministry said nothing about photo: or anything else.",
    "Tags were put on the crates.",
    "Copyright was the last issue on the list.",
    "Follow-up talks are due in May.",
    "Print works and mines stay closed.",
    "Sign or leave, the mediator told them.",
    "The deal | as the paper calls it | is dead.",
    "The bank: 12, the union: 14, the rest: 0.",
    "He said: more.",
    "“Cookies and tea were served,” a delegate said.",
    "Members can vote online until Friday.",
    "Our members will read every page of it.",
    "Who will support us?",
    "The couriers' union wants the app to show the full pay.",
    "Advertising revenue is not the issue, the publisher's negotiator said.",
    "Next week the sides meet again in Orsk.",
    "Vote: 61 to 40",
    "More on pay: 12 per cent",
    "The terms",
    "Day 3 of the talks",
    "▶ eleven hours between two shifts",
    "[He pauses.]",
    "Mira Daunt under pressure",
]


@pytest.mark.parametrize("line", REPORT)
def test_report_is_never_taken(line: str) -> None:
    text = f"Talks at the river go on\n\n{BODY}{line}\n\n{BODY.replace('Tuesday', 'Friday')}"
    assert quoted(text, lay_out(text).furniture) == []


@pytest.mark.parametrize(
    "line", ["Perhaps.", "“We will see,” he said.", "No new date was set.", "- the bridge", "Source: LPA"]
)
def test_short_lines_at_the_end_are_report_even_after_an_advertisement(line: str) -> None:
    text = f"Talks at the river go on\n\n{BODY}Advertisement\n\n{line}\n"
    assert quoted(text, lay_out(text).furniture) == ["Advertisement"]


CHROME = [
    "Advertisement",
    "ADVERTISEMENT – SCROLL TO CONTINUE"[:13],
    "Share | Tweet | Print",
    "Facebook  X  WhatsApp",
    "5 min read",
    "1,204 views",
    "Просмотров: 12",
    "3 Kommentare",
    "Yorumlar (7)",
    "14 reacties",
    "0 commentaires",
    "ALSO READ: The town that lost its river",
    "Lees ook: Wat u moet weten",
    "Photo: Ministry of Fish/handout",
    "Фото: пресс-служба",
    "Sign up for our morning newsletter.",
    "We use cookies to improve your visit. Accept  Reject",
    "#Talks #River",
    "© 2031 The River Post. All rights reserved.",
    "Updated 3 hours ago",
    "* * *",
    "Подпишитесь на наш канал",
    "https://example.org/a/b?c=d",
    "A | B | C",
    "[PICTURES: the river in flood]",
    "[Video]",
    "🔊 Hear this report (2:41)",
    "00:00 / 23:41",
    "👁 2 318",
    "ADVERTISEMENT. Story continues below.",
    "FOLLOW THE TOPICS IN THIS ARTICLE: Rivers + Dams +",
    "More from the valley: The town that lost its river",
    "Font size A- A+   Print   Gift link",
    "Share this column ↗  Report a problem ↗",
    "Mira Daunt arriving at the river on Monday",
    "WATCH: the night the dam broke",
]


@pytest.mark.parametrize("line", [line for line in REPORT if line != "Opinion"])
def test_report_is_not_taken_at_the_end_either(line: str) -> None:
    text = f"Talks at the river go on\n\n{BODY}{BODY.replace('Tuesday', 'Friday')}{line}\n"
    assert quoted(text, lay_out(text).furniture) == []


ASIDES = [
    "Give the gift of news. Subscribers can share ten articles a month.",
    "Thank you for reading to the end. Tell your friends about us.",
    "Copyright Daunt & Daughters. You may share using our article tools.",
    "Press contact: Mira Daunt, press@river.example",
    "Your trial ends in 6 days",
    "Next week: why nobody reads treaties",
    "You are listening to Radio Kassavel.",
    "Music: Pell Askew. Producer: Jo Marr. Sound: B. Rask.",
]


@pytest.mark.parametrize("line", ASIDES)
def test_the_site_speaks_after_the_report(line: str) -> None:
    text = f"Talks at the river go on\n\n{BODY}{BODY.replace('Tuesday', 'Friday')}{line}\n"
    assert quoted(text, lay_out(text).furniture) == [line]


def test_running_heads_of_a_printed_text() -> None:
    pages = [BODY, BODY.replace("Tuesday", "Friday"), BODY.replace("Tuesday", "Sunday")]
    text = "".join(f"Gazette of the House, No. 12\nPage {n} of 3\n\n{page}" for n, page in enumerate(pages, 1))
    assert len(quoted(text, lay_out(text).furniture)) == 3
    assert quoted(text, lay_out(text).paragraphs) == [page.strip() for page in pages]


@pytest.mark.parametrize(
    "above",
    [
        "The River Courier\na paper nobody asked for\nHome | News | Letters",
        "TALKS-NORTH/SOUTH (UPDATE 2)",
        "Press release No. 14/2031\n3 May 2031",
        "THE LONG VIEW by Mira Daunt",
        "Kassavel, 3 May 2031",
        "The River Letter, 3 May 2031",
        "Analysis",
        "Dear friends,",
    ],
)
def test_what_stands_over_the_headline_is_not_the_headline(above: str) -> None:
    text = f"{above}\n\nTalks at the river go on\n\n{BODY}{BODY.replace('Tuesday', 'Friday')}"
    layout = lay_out(text)
    assert said(text, layout.title) == "Talks at the river go on"
    assert quoted(text, layout.furniture) == ([above] if "Home" in above else [])


@pytest.mark.parametrize("line", CHROME)
def test_chrome_in_the_middle_of_a_report(line: str) -> None:
    text = f"Talks at the river go on\n\n{BODY}{line}\n\n{BODY.replace('Tuesday', 'Friday')}"
    assert quoted(text, lay_out(text).furniture) == [line]


def test_a_repeated_headline_stays_once() -> None:
    text = f"Talks at the river go on\n\nTalks at the river go on\n\n{BODY}Talks at the river go on\n"
    layout = lay_out(text)
    assert said(text, layout.title) == "Talks at the river go on"
    assert layout.title == (0, 24)
    assert len(layout.furniture) == 2


def test_what_repeats_the_report_is_taken_but_not_a_subhead_over_its_words() -> None:
    text = (
        "Talks at the river go on\n\n"
        "The mediator sent both sides home before midnight and asked for quiet. Nobody was.\n\n"
        "The mediator sent both sides home before midnight and asked for quiet.\n\n"
        "Time for a look from face to face\n\n"
        "“It is time for a look from face to face,” said a delegate, who did not give his name to the press.\n"
    )
    layout = lay_out(text)
    assert quoted(text, layout.furniture) == ["The mediator sent both sides home before midnight and asked for quiet."]
    assert "Time for a look from face to face" in quoted(text, layout.headlines)


def test_furniture_within_a_line() -> None:
    text = (
        f"Talks go on at the river\n12.03.2031 10:20 Views: 4 113\n\n{BODY.strip()} Also read: The river in pictures\n"
    )
    assert quoted(text, lay_out(text).furniture) == ["Views: 4 113", "Also read: The river in pictures"]


# -- the head ---------------------------------------------------------------------------------------------------------


def test_the_head_of_a_page() -> None:
    text = (
        "The River Courier\nNews  Sport  Weather\n\nTalks at the river go on\n\n"
        "Mediator asks for quiet and gets none\n\n"
        "By Mira Daunt, diplomatic correspondent\n3 May 2031\n\n"
        f"KASSAVEL, May 3 (LPA) — {BODY}A first step\n\n{BODY.replace('Tuesday', 'Friday')}"
        "(Reporting by Pell Askew and the LPA bureau in Orsk; Editing by Jo Marr)\n"
        "With material from the Coast Wire and riverpost.example.com\n"
    )
    layout = lay_out(text)
    assert said(text, layout.title) == "Talks at the river go on"
    headlines = ["Talks at the river go on", "Mediator asks for quiet and gets none", "A first step"]
    assert quoted(text, layout.headlines) == headlines
    assert said(text, layout.byline) == "By Mira Daunt, diplomatic correspondent"
    assert said(text, layout.dateline) == "KASSAVEL"
    assert layout.outlet == "The River Courier"
    assert layout.credits == ["LPA", "Coast Wire", "riverpost.example.com"]
    assert quoted(text, layout.furniture) == ["The River Courier\nNews  Sport  Weather"]


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("KASSAVEL – ", "KASSAVEL"),
        ("OLD DHAL, Ombria (LPA) - ", "OLD DHAL"),
        ("Karasund, 3 February (Northern Wire) — ", "Karasund"),
        ("Kassavel (LPA) -- ", "Kassavel"),
        ("", None),
        ("Perhaps – ", None),
        ("At last – so it seems – ", None),
    ],
)
def test_datelines(opening: str, place: str | None) -> None:
    text = f"Talks at the river go on\n\n{opening}{BODY}"
    assert said(text, lay_out(text).dateline) == place


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("Source: LPA", ["LPA"]),
        ("Sources: river.example, LPA", ["river.example", "LPA"]),
        ("Based on materials from ORSK", ["ORSK"]),
        ("(Reporting by Mira Daunt; Editing by Jo Marr)", []),
        ("По материалам ОРИА", ["ОРИА"]),
        ("The source said that LPA had it wrong, and that nothing was agreed.", []),
    ],
)
def test_credits_are_kept_and_named(line: str, credits: list[str]) -> None:
    text = f"Talks at the river go on\n\n{BODY}{line}\n\nShare | Print\n"
    layout = lay_out(text)
    assert layout.credits == credits
    assert quoted(text, layout.furniture) == ["Share | Print"]


# -- paragraphs -------------------------------------------------------------------------------------------------------


def test_a_line_is_a_paragraph() -> None:
    text = "One side came at nine.\nThe other came at ten.\nNobody spoke.\n"
    assert quoted(text, lay_out(text).paragraphs) == text.strip().split("\n")


def test_lines_broken_at_a_margin_are_joined_up_to_a_blank_line() -> None:
    wrapped = (
        "The nurses' chamber of Lower Wend and the provincial board of\nhospitals will meet again on 9 October, both\n"
        "sides confirmed on Thursday, three weeks after the chamber walked\nout over the question of night duty.\n\n"
        "The board's director called it an invitation and nothing more. He\nhad not changed the offer:\n\n"
        "- four nights a month at most;\n- a day off after each.\n"
    )
    assert len(lay_out(wrapped).paragraphs) == 4


def test_markdown_marks_are_no_report() -> None:
    text = (
        f"---\ntitle: x\n---\n# Talks go on\n\n<!-- a note -->\n\n![a](b.png)\n\n{BODY}```\ncode\n```\n\n"
        f"* first\n* second\n\n{BODY[:40]}."
    )
    layout = lay_out(text)
    assert said(text, layout.title) == "Talks go on"
    assert quoted(text, layout.furniture) == [
        "---\ntitle: x\n---\n#",
        "<!-- a note -->\n\n![a](b.png)",
        "```\ncode\n```",
    ]


def test_a_paragraph_without_an_end_is_cut() -> None:
    for text in ("word " * 40_000, "x" * 200_000, BODY.strip() * 2_000):
        layout = lay_out(text)
        assert max(end - start for start, end in layout.paragraphs) <= 20_000
        assert places_of(text, layout.paragraphs) == places_of(text, [(0, len(text))])
    text = (BODY.strip() + " ") * 2_000
    assert all(piece.endswith(".") for piece in quoted(text, lay_out(text).paragraphs))


# -- what always holds ------------------------------------------------------------------------------------------------


def check(text: str, layout: Layout) -> None:
    spans = sorted([*layout.furniture, *layout.paragraphs])
    assert layout.furniture == sorted(layout.furniture)
    assert layout.paragraphs == sorted(layout.paragraphs)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert places_of(text, spans) == places_of(text, [(0, len(text))])
    for span in (layout.title, layout.dateline, layout.byline, *layout.headlines):
        assert span is None or text[slice(*span)].strip()


PIECES = [
    *REPORT,
    *CHROME,
    *(
        "# Head",
        "```",
        "<!--",
        "-->",
        "---",
        "> quoted",
        "By Mira Daunt",
        "3 May 2031",
        "Read also",
        "Tags:",
        "“",
        "«",
        "…",
    ),
    *("\u200f", "\ufffd", "\u2028", "12", "a", "Home", "News", "Most read", "KASSAVEL (LPA) —", "Source: LPA"),
    *("| | |", "→", "!", "*", "By 3 May", "12.03.2031 | 5 min read | x", BODY.strip(), "not ended and going on"),
]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", "  ", "\n", "\n\n", "\n \n", "\t"])), max_size=30)
)
def test_pages_of_any_pieces(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    layout = lay_out(text)
    check(text, layout)
    assert lay_out(text) == layout


@settings(deadline=None, max_examples=80)
@given(st.text())
@example("")
@example("\n \n")
@example("\x1c|\x1d»\x85\u2028")
@example("```\n```<!---->")
def test_any_text_at_all(text: str) -> None:
    check(text, lay_out(text))


@pytest.mark.parametrize(
    "unit",
    [
        BODY.strip() + " ",
        "x",
        "a | ",
        "Share\n",
        "Item\n",
        "<!-- ",
        "```\n",
        "#a,,,",
        "1 ",
        "“",
        "the talks go on in the\n",
        "\n",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        lay_out(text)
        return time.process_time() - start

    seconds(20_000)
    assert seconds(240_000) < 12 * seconds(60_000) + 0.5


def test_a_text_of_half_a_million_lines_is_no_page() -> None:
    text = "\n".join(f"Talks go on for day {i}" for i in range(500_000))
    start = time.process_time()
    layout = lay_out(text)
    assert time.process_time() - start < 15
    assert sum(end - start for start, end in layout.paragraphs) > 0.99 * (len(text) - 500_000)
