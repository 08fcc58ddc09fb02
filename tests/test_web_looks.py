"""What the pages make of a record in which there is much of everything: pictures, words for signs, who stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from crowded import DELEGATES, crowded
from dragoman.record import Citation, Role
from dragoman.report import signs
from dragoman.web import words
from dragoman.web.charts.family import Member, family
from dragoman.web.charts.svg import bar
from dragoman.web.charts.timeline import KEYS, Mark, Window, keys, timeline
from dragoman.web.pages.encounters import delegations
from dragoman.web.pages.overview import in_words
from dragoman.web.pages.people import offices
from dragoman.web.state import State
from web_records import client


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    work = tmp_path_factory.mktemp("crowded")
    (work / "articles").mkdir()
    with client(crowded(work / "record.db", work / "articles")) as made:
        yield made


@pytest.fixture(scope="module")
def state(web: TestClient) -> State:
    found: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
    return found


def _text(html: str) -> str:
    """What is read on a page, on one line."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_delegations_face_each_other_the_highest_first(web: TestClient, state: State) -> None:
    meeting = max(state.meetings.values(), key=lambda m: len(m.participants))
    first, second, *others = delegations(state, meeting)
    assert {first.part, second.part} == {"party"}
    assert not others
    there = [actor.name for side in (first, second) for actor, _ in side.people]
    assert sorted(there) == sorted(DELEGATES)
    offices_there = [role for _, role in first.people]
    assert offices_there.index("president") < offices_there.index("ambassador")
    page = web.get(f"/encounters/{meeting.id}").text
    assert page.count("head of the delegation</span>") == len(meeting.led) == 2
    assert "11 h" in _text(page)


def test_between_two_sides_is_told_in_words(web: TestClient, state: State) -> None:
    a, b = (state.stands.find(name) for name in ("Lurash", "Mondovar"))
    page = web.get(f"/positions/between?a={a}&b={b}").text
    said = _text(page)
    assert "Lurash ! demands: 40 fishermen" in said
    assert "Mondovar ✗ rejects: 40 fishermen" in said
    assert "too little is known" in said
    assert "coverage" in said
    assert not re.search(r"\bp-[a-z2-7]{12}\b", said)  # ids are for addresses


def test_agreements_have_quantity_deadline_and_steps(web: TestClient, state: State) -> None:
    kept = next(c for c in state.commitments if len(c.stages) == 3)
    for path in ("/agreements", f"/agreements/{kept.id}"):
        said = _text(web.get(path).text)
        assert "40 fishermen" in said
        assert "31 Dec 2031 243 days left at the latest document" in said
        steps = [said.index(word, said.index("What became of it")) for word in ("carried out", "broken")]
        assert steps == sorted(steps) or path == "/agreements"
        assert "partly_implemented" not in said


def test_what_has_no_day_is_counted_beside_the_timeline(web: TestClient, state: State) -> None:
    undated = sum(1 for m in state.meetings.values() if not m.date)
    assert f"{undated} encounters" in _text(web.get("/").text)


def test_changes_are_told_without_signs(web: TestClient) -> None:
    web.cookies.clear()
    page = web.get("/").text
    changes = page[page.index('id="new"') : page.index('id="unknown"')]
    assert "demands: 40 fishermen" in changes
    assert not set(re.sub(r"<[^>]+>", "", changes)) & set(signs.SIGNS.values()) - {"!"}


@pytest.mark.parametrize(("line", "said"), [
    ("✓ to meet", "accepts: to meet"),
    ("(◐) to pay (as the outlet says)", "makes conditions: to pay (as the outlet says)"),
    ("! a halt » now", "demands: a halt » now"),
    ("agreed: to meet! again", "agreed: to meet! again"),
])  # fmt: skip
def test_a_sign_becomes_a_word(line: str, said: str) -> None:
    assert in_words(line) == said


@pytest.mark.parametrize(("text", "said"), [
    ("2031-06-18", "18 Jun 2031"),
    ("on 2031-06-18 or 2031-06-19", "on 18 Jun 2031 or 19 Jun 2031"),
    ("2031-06-18-gazette.txt", "2031-06-18-gazette.txt"),
    ("2031-06-18.txt", "2031-06-18.txt"),
    ("2031-13-18", "2031-13-18"),
])  # fmt: skip
def test_days_are_written_as_elsewhere(text: str, said: str) -> None:
    assert words.days(text) == said


def test_a_slider_works_as_a_form(web: TestClient) -> None:
    def asked(query: str) -> str:
        answer = web.get(f"/positions?{query}", follow_redirects=False)
        assert answer.status_code == 303
        return answer.headers["location"]

    days = sorted({"2031-05-02"})
    assert asked(f"step=0&was=0&at={days[0]}") == "/positions"  # the latest day is now
    assert asked("step=0&was=0&at=2031-05-01") == "/positions?at=2031-05-01"  # the date was changed
    assert asked("step=0&was=3&at=2030-01-01&parties=all") == "/positions?parties=all"  # the slider was moved


def test_roles_that_differ_by_an_article_are_one(state: State) -> None:
    document = next(d.id for d in state.documents.values() if d.dated)
    actor = next(a for a in state.actors.values() if a.kind == "person")
    cited = [Citation(document=document, start=0, end=1, quote="L")]
    titles = ("the Minister", "minister", "its minister", "envoy")
    roles = [Role(title=title, actor=None, citations=cited) for title in titles]
    found = offices(state, actor.model_copy(update={"roles": roles}))
    assert sorted((one.title.casefold(), len(one.citations)) for one in found) == [("envoy", 1), ("minister", 3)]


def test_a_family_stands_under_the_one_that_came_first() -> None:
    members = [Member("Late", "/l", "2031-02-02"), Member("Early", "/e", "2031-01-01"), Member("Undated", "/u", None)]
    drawn = str(family(members, 1, "rewrite"))
    places = {name: float(y) for y, name in re.findall(r'<text[^>]* y="([\d.]+)"><title>(\w+)</title>', drawn)}
    assert places["Early"] < places["Late"] < places["Undated"]
    assert drawn.count('class="mark held"') == 1
    assert "not known" in str(family(members, None, "rewrite"))
    assert "all rest on A wire" in str(family(members, None, "shared source", "A wire"))


def test_more_copies_than_there_is_room_for_are_counted() -> None:
    drawn = str(family([Member(f"N{n}", f"/{n}", None) for n in range(20)], None, "duplicate"))
    assert "and 8 more" in drawn


def test_shares_are_as_wide_as_they_are() -> None:
    drawn = str(bar([("side1", 0.75), ("others", 0.25)]))
    assert [float(w) for w in re.findall(r'class="(?:side1|others)"[^>]* width="([\d.]+)"', drawn)] == [74.4, 24.4]


def test_every_status_has_its_own_mark_in_the_legend() -> None:
    drawn = [re.sub(r"<svg[^>]*>", "", str(key)) for key, _ in keys()]
    assert len(set(drawn)) == len(KEYS)


def test_the_latest_document_parts_what_was_from_what_is_to_come() -> None:
    window = Window(date(2031, 5, 1), date(2031, 5, 31))
    marks = [Mark("Leaders", date(2031, 5, 3), date(2031, 5, 3), "held", "Talks", "/m")]

    def lines(today: date | None) -> list[str]:
        return re.findall(r'class="today" d="M([\d.]+)', str(timeline(marks, ["Leaders"], window, today=today)))

    (x,) = lines(date(2031, 5, 10))
    assert float(x) == pytest.approx(window.x(date(2031, 5, 11)), abs=0.1)
    assert not lines(None)
    assert not lines(date(2031, 6, 10))


def test_copies_side_by_side_have_the_same_numbers(web: TestClient, state: State) -> None:
    (kin,) = state.families.values()
    page = web.get(f"/families/{kin.id}").text
    left, right = (set(re.findall(rf'id="{side}-(\d+)"', page)) for side in "ab")
    assert left == right != set()
    assert "5 documents" in _text(page)
