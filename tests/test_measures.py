"""How far two sides are apart: every figure worked out by hand, and what must hold whatever is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import Document, Family, FamilyKind, Position, Quantity
from dragoman.report.agreements import ledger
from dragoman.report.measures import Between, between, bounds, congruence
from dragoman.report.stands import Stands
from dragoman.resolve.gist import amounts, unit_of
from stood import actors, agreed, date, document, source, stand

DOCUMENTS = [document("a", "2024-03-01"), document("b", "2024-03-08"), document("c", "2024-03-15")]


def compared(*positions: Position, agreements: list | None = None, **how: object) -> Between:
    stands = Stands.of(source(DOCUMENTS, list(positions), agreements))
    return between(stands, "orvale", "keth", ledger(agreements or [], stands), **how)  # type: ignore[arg-type]


def only_gap(*positions: Position) -> float | None:
    (gap,) = compared(*positions).issues
    return gap.d


def test_congruence_gives_the_check_value_of_the_manual() -> None:
    same, opposite = congruence({"x": {-4: 2}}, {"x": {2: 3}}, values=11)
    assert same == pytest.approx(2.4)
    assert opposite == pytest.approx(3.6)
    assert congruence({"x": {1: 1}}, {"y": {1: 1}}, values=11) == (0, 0)


def test_two_numbers_are_apart_by_the_range_of_all_that_are_known() -> None:
    made = compared(
        stand("p1", "a", "minister", "labour", "demands", "a pay rise of 10 percent", (10, "percent")),
        stand("p2", "a", "keth", "labour", "proposes", "a rise of 4%", (4, "%")),
        stand("p3", "b", "orvale", "labour", "proposes", "a pay rise of 8 per cent", (8, "per cent")),
    )
    (gap,) = made.issues
    assert gap.d == pytest.approx((8 - 4) / (10 - 4))
    assert (gap.pairs[0].first.id, gap.pairs[0].second.id) == ("p3", "p2")
    (move,) = made.moves
    assert move.day == "2024-03-01"
    assert move.start == 1
    assert move.first == pytest.approx(1 / 3)
    assert move.second == 0
    assert move.left == pytest.approx(2 / 3)


def test_ranges_that_overlap_have_a_zone_of_agreement_and_no_gap() -> None:
    made = compared(
        stand("p1", "a", "orvale", "labour", "demands", "8 to 10 percent", (8, "percent"), (10, "percent")),
        stand("p2", "a", "keth", "labour", "proposes", "9 to 12 percent", (9, "percent"), (12, "percent")),
    )
    far = made.issues[0].pairs[0].apart
    assert (far.d, far.zone, far.span) == (0, (9, 10), (8, 12))
    apart = only_gap(
        stand("p1", "a", "orvale", "labour", "demands", "8 to 10 percent", (8, "percent"), (10, "percent")),
        stand("p2", "a", "keth", "labour", "proposes", "2 to 4 percent", (2, "percent"), (4, "percent")),
    )
    assert apart == pytest.approx((8 - 4) / (10 - 2))


def test_units_are_made_equal_before_numbers_are_compared() -> None:
    assert unit_of("weeks") == ("day", 7)
    assert unit_of("Per cent") == ("percent", 1)
    assert unit_of("lorries a day")[0] == unit_of("lorry a day".replace("lorry", "lorries"))[0]
    assert amounts([Quantity(value=2, unit="weeks"), Quantity(value=1, unit="month")]) == {"day": (14, 30)}
    same = only_gap(
        stand("p1", "a", "orvale", "ceasefire", "proposes", "a truce of two weeks", (2, "weeks")),
        stand("p2", "a", "keth", "ceasefire", "proposes", "a 14-day truce", (14, "day")),
    )
    assert same == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("demands", "rejects", 1),
        ("demands", "accepts", 0),
        ("demands", "conditions", 2 / 3),
        ("proposes", "open_to", 1 / 3),
        ("conditions", "rejects", 1 / 3),
        ("open_to", "conditions", 1 / 3),
        ("rejects", "rejects", 0),
    ],
)
def test_stances_on_the_same_thing_stand_on_a_ladder(ours: str, theirs: str, expected: float) -> None:
    gap = only_gap(
        stand("p1", "a", "orvale", "territory", ours, "the return of the Umber valley"),
        stand("p2", "a", "keth", "territory", theirs, "returning the Umber valley"),
    )
    assert gap == pytest.approx(expected)


def test_two_names_for_one_kind_of_thing_are_rival_options() -> None:
    port = stand("p1", "a", "orvale", "process", "proposes", "a venue in Port Alder")
    assert only_gap(port, stand("p2", "a", "keth", "process", "proposes", "a venue in Lissow")) == 1
    assert only_gap(port, stand("p2", "a", "keth", "process", "accepts", "the venue in Port Alder")) == 0
    assert only_gap(port, stand("p2", "a", "keth", "process", "rejects", "a venue in Lissow")) is None


def test_what_cannot_be_compared_has_no_figure() -> None:
    valley = stand("p1", "a", "orvale", "territory", "demands", "the return of the valley")
    assert only_gap(valley, stand("p2", "a", "keth", "territory", "rejects", "fishing off the islands")) is None
    each_other = stand("p2", "a", "keth", "territory", "demands", "the return of the valley", addressee="minister")
    assert only_gap(valley, each_other) is None
    third = {"addressee": "dun"}
    asked = stand("p1", "a", "orvale", "sanctions", "demands", "an end to the export ban", **third)
    assert only_gap(asked, stand("p2", "a", "keth", "sanctions", "demands", "the export ban lifted", **third)) == 0
    refused = stand("p1", "a", "orvale", "labour", "rejects", "a rise of 4 percent", (4, "percent"))
    asked = stand("p2", "a", "keth", "labour", "demands", "a rise of 9 percent", (9, "percent"))
    assert only_gap(refused, asked) is None


def test_only_present_stands_in_own_words_are_measured() -> None:
    ours = stand("p1", "a", "orvale", "arms", "demands", "inspection of the depots")
    for more in ({"told_by": "outlet"}, {"told_by": "other_side", "teller": "orvale"}, {"past": True}):
        made = compared(ours, stand("p2", "a", "keth", "arms", "rejects", "inspection of the depots", **more))
        assert made.open == ()
        assert made.red_lines == ()
        assert made.distance.measured == 0


FIVE = [
    stand("p1", "a", "orvale", "territory", "demands", "the return of the valley"),
    stand("p2", "a", "keth", "territory", "rejects", "any return of the valley"),
    stand("p3", "a", "orvale", "labour", "demands", "10 percent", (10, "percent")),
    stand("p4", "a", "keth", "labour", "proposes", "4 percent", (4, "percent")),
    stand("p5", "a", "orvale", "labour", "accepts", "4 percent", (4, "percent"), past=True),
    stand("p6", "b", "orvale", "humanitarian", "proposes", "monitors for the border posts"),
    stand("p7", "b", "keth", "humanitarian", "accepts", "monitors at border posts"),
    stand("p8", "c", "orvale", "alliances", "rejects", "foreign bases"),
    stand("p9", "c", "keth", "sanctions", "demands", "frozen funds", told_by="outlet"),
]


def test_the_distance_is_a_weighted_mean_with_coverage_and_bounds() -> None:
    d = compared(*FIVE).distance
    assert (d.measured, d.of) == (3, 5)
    assert d.value == pytest.approx((1 + 1 + 0) / 3)
    assert d.coverage == pytest.approx(3 / 5)
    assert (d.low, d.high) == (pytest.approx(0.4), pytest.approx(0.8))
    assert set(d.ids) == {"p1", "p2", "p3", "p4", "p6", "p7"}

    weighted = compared(*FIVE, weights={"humanitarian": 4.0}).distance
    assert weighted.value == pytest.approx((1 + 1 + 4 * 0) / 6)
    assert weighted.coverage == pytest.approx(6 / 8)
    assert (weighted.low, weighted.high) == (pytest.approx(0.25), pytest.approx(0.5))
    assert bounds(0.5, 1.0) == (0.5, 0.5)


def test_no_distance_where_too_little_is_known() -> None:
    two = compared(*FIVE[:5]).distance
    assert (two.value, two.low, two.measured, two.coverage) == (None, None, 2, 1)
    more = [stand(f"q{n}", "c", "orvale", issue, "demands", "something") for n, issue in enumerate(("arms", "justice"))]
    thin = compared(*FIVE, *more).distance
    assert (thin.value, thin.measured) == (None, 3)
    assert thin.coverage == pytest.approx(3 / 7)


def test_red_lines_are_named_however_small_the_mean() -> None:
    made = compared(*FIVE, weights={"territory": 0.0})
    assert made.distance.value == pytest.approx(0.5)
    assert [(line.issue, line.rejects.id, line.wants.id) for line in made.red_lines] == [("territory", "p2", "p1")]


def test_a_refusal_of_nobody_knows_what_is_named_as_unsure() -> None:
    said = [*FIVE[:2], stand("p0", "b", "orvale", "territory", "rejects", "any further concession")]
    lines = compared(*said, stand("q0", "b", "keth", "territory", "proposes", "a land swap")).red_lines
    assert [(line.rejects.id, line.wants.id, line.sure) for line in lines] == [("p2", "p1", True), ("p0", "q0", False)]
    assert compared(FIVE[1], stand("p0", "b", "orvale", "territory", "rejects", "concessions")).red_lines == ()


def test_a_move_that_changes_no_figure_is_none() -> None:
    same = stand("p0", "b", "keth", "territory", "rejects", "a return of fishing grounds")
    assert compared(*FIVE[:2], same).moves == ()
    softer = stand("p0", "b", "keth", "territory", "conditions", "return of the valley")
    (move,) = compared(*FIVE[:2], softer).moves
    assert (move.first, move.second, move.left) == (0, pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert {s.id for s in move.before} == {"p1", "p2"}
    assert {s.id for s in move.after} >= {"p1", "p0"}


def test_an_agreement_of_both_covers_its_issue() -> None:
    deal = agreed("g1", "b", "territory", "a joint council for the valley")
    made = compared(*FIVE, agreements=[deal])
    assert [c.issue for c in made.covered] == ["territory"]
    assert "territory" not in {gap.issue for gap in made.issues}
    assert made.red_lines == ()
    for status in ("in_principle", "breached", "denied", "lapsed"):
        still = compared(*FIVE, agreements=[agreed("g1", "b", "territory", "a council", status)])
        assert "territory" in {gap.issue for gap in still.open}, status
    one_sided = agreed("g1", "b", "territory", "a council", parties=["orvale", "dun"])
    assert "territory" in {gap.issue for gap in compared(*FIVE, agreements=[one_sided]).open}


def test_what_is_said_after_an_agreement_is_shown_with_it() -> None:
    deal = agreed("g1", "a", "territory", "a joint council", date=date("2024-03-02"))
    late = stand("p0", "c", "keth", "territory", "rejects", "a council of strangers")
    (covered,) = compared(*FIVE, late, agreements=[deal]).covered
    assert [s.id for s in covered.since] == ["p0"]


def test_moves_are_counted_from_the_day_that_is_asked_for() -> None:
    said = [
        stand("p1", "a", "orvale", "labour", "demands", "10 percent", (10, "percent")),
        stand("p2", "a", "keth", "labour", "proposes", "2 percent", (2, "percent")),
        stand("p3", "b", "orvale", "labour", "demands", "8 percent", (8, "percent")),
        stand("p4", "c", "keth", "labour", "proposes", "6 percent", (6, "percent")),
    ]
    (whole,) = compared(*said).moves
    assert (whole.first, whole.second, whole.left) == (pytest.approx(2 / 8), pytest.approx(4 / 8), pytest.approx(2 / 8))
    (late,) = compared(*said, since="2024-03-10").moves
    assert (late.start, late.first, late.second) == (pytest.approx(6 / 8), 0, pytest.approx(4 / 8))
    assert compared(*said, since="2024-03-20").moves == ()
    assert compared(*said, since="2024-01-01").moves == ()


def test_a_repeated_stand_is_no_move() -> None:
    assert compared(*FIVE[:2], stand("p0", "c", "keth", "territory", "rejects", "return of the valley")).moves == ()


def test_talk_counts_a_source_once() -> None:
    talk = compared(*FIVE).talk
    assert talk is not None
    # territory: 3 and 0, labour: 3 and 3 (10 %, and 4 % in the past, one source), humanitarian: 3 and 3; they speak on
    # 4 and 3 issues.
    assert talk.congruence == pytest.approx((0 + 1 + 1) / 3.5)
    assert talk.conflict == pytest.approx((1 + 0 + 0) / 3.5)


def test_a_party_is_not_compared_with_itself_and_weighs_no_less_than_nothing() -> None:
    stands = Stands.of(source(DOCUMENTS, FIVE))
    with pytest.raises(ValueError, match="itself"):
        between(stands, "keth", "keth")
    with pytest.raises(ValueError, match="negative"):
        between(stands, "keth", "orvale", weights={"arms": -1})


# -- whatever is said -------------------------------------------------------------------------------------------------

WORDS = (
    "the return of the valley",
    "fishing off the islands",
    "the valley posts",
    "a venue in Lissow",
    "posts in Alder",
)


@st.composite
def said(draw: st.DrawFn) -> list[Position]:
    """Some positions of both sides in three documents."""
    made = []
    for n in range(draw(st.integers(0, 14))):
        numbers = draw(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["days", "weeks", "%"])), max_size=2))
        made.append(
            stand(
                f"p{n:02}",
                draw(st.sampled_from("abc")),
                draw(st.sampled_from(["orvale", "minister", "keth"])),
                draw(st.sampled_from(["territory", "process", "labour", "arms"])),
                draw(st.sampled_from(["demands", "proposes", "accepts", "open_to", "conditions", "rejects"])),
                draw(st.sampled_from(WORDS)),
                *numbers,
                told_by=draw(st.sampled_from(["own", "own", "own", "outlet", "other_side"])),
                past=draw(st.sampled_from([False, False, False, True])),
            )
        )
    return made


def measured(made: Between) -> object:
    """All figures of a comparison, with the ids they rest on."""
    gaps = [(g.issue, [(p.first.id, p.second.id, p.apart) for p in g.pairs]) for g in made.issues]
    moves = [(m.issue, m.day, m.start, m.first, m.second, m.left) for m in made.moves]
    red = [(r.rejects.id, r.wants.id) for r in made.red_lines]
    talk = made.talk and (made.talk.congruence, made.talk.conflict)
    return gaps, moves, red, made.distance, talk


@settings(max_examples=60, deadline=None)
@given(said())
def test_figures_keep_their_bounds_and_do_not_depend_on_who_is_named_first(positions: list[Position]) -> None:
    stands = Stands.of(source(DOCUMENTS, positions))
    one, other = between(stands, "orvale", "keth"), between(stands, "keth", "orvale")
    for gap in one.issues:
        assert all(0 <= pair.apart.d <= 1 for pair in gap.pairs)
    assert [(g.issue, g.d) for g in one.issues] == [(g.issue, g.d) for g in other.issues]
    assert (one.distance.value, one.distance.coverage) == (other.distance.value, other.distance.coverage)
    assert [(m.first, m.second, m.left) for m in one.moves] == [(m.second, m.first, m.left) for m in other.moves]
    assert {(r.rejects.id, r.wants.id) for r in one.red_lines} == {(r.rejects.id, r.wants.id) for r in other.red_lines}
    d = one.distance
    if d.value is not None:
        assert d.low is not None
        assert d.high is not None
        assert -1e-9 <= d.low <= d.value + 1e-9
        assert d.value - 1e-9 <= d.high <= 1 + 1e-9


@settings(max_examples=60, deadline=None)
@given(
    said(),
    st.sampled_from("abc"),
    st.sampled_from(["2024-03-09", "2024-04-01", None]),
    st.booleans(),
    st.sampled_from(["duplicate", "near_duplicate", "rewrite", "shared_source"]),
)
def test_a_reprint_never_changes_a_figure(
    positions: list[Position], which: str, day: str | None, named_first: bool, kind: FamilyKind
) -> None:
    copy = "a-copy" if named_first else "z-copy"
    original = next(d for d in DOCUMENTS if d.id == which)
    if day and original.dated and day < original.dated.to:
        day = "2024-04-01"
    again = [
        stand(f"{copy}-{p.id}", copy, p.party, p.issue, p.stance, p.content,
              *((q.value, q.unit) for q in p.quantities), told_by=p.told_by, past=p.past)
        for p in positions if p.citations[0].document == which
    ]  # fmt: skip
    family = Family(id="f", documents=[which, copy], kind=kind)
    one = Stands(positions, DOCUMENTS, actors())
    two = Stands([*again, *positions], [*DOCUMENTS, document(copy, day)], actors(), [family])
    assert measured(between(one, "orvale", "keth")) == measured(between(two, "orvale", "keth"))
    for issue in one.issues:
        held = [[(s.id, s.day, s.sources) for s in stands.held("keth", issue)] for stands in (one, two)]
        assert held[0] == held[1]


@settings(max_examples=40, deadline=None)
@given(said(), st.randoms())
def test_the_order_of_what_is_read_changes_nothing(positions: list[Position], chance: object) -> None:
    turned: list[Position] = list(positions)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    documents: list[Document] = list(reversed(DOCUMENTS))
    one, other = Stands(positions, DOCUMENTS, actors()), Stands(turned, documents, reversed(actors()))
    assert measured(between(one, "orvale", "keth")) == measured(between(other, "orvale", "keth"))


@settings(max_examples=40, deadline=None)
@given(said(), st.sampled_from(WORDS), st.sampled_from(["demands", "rejects"]))
def test_a_claim_by_others_moves_no_figure(positions: list[Position], content: str, stance: str) -> None:
    issues = {p.issue for p in positions}
    claims = [
        stand(f"q{n}", "b", "keth", issue, stance, content, (50, "days"), told_by="other_side", teller="orvale")
        for n, issue in enumerate(sorted(issues))
    ]
    one = between(Stands(positions, DOCUMENTS, actors()), "orvale", "keth")
    two = between(Stands([*positions, *claims], DOCUMENTS, actors()), "orvale", "keth")
    assert sorted((g.issue, g.d) for g in one.issues if g.open) == sorted((g.issue, g.d) for g in two.issues if g.open)
    moves = [sorted((m.issue, m.day, m.first, m.second, m.left) for m in made.moves) for made in (one, two)]
    assert moves[0] == moves[1]
