"""Disagreements between the entries of a record: what is one, what is none, and of what kind."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from dragoman.record import Agreement, Citation, Date, Disagreement, Meeting, Outlook, Position
from dragoman.resolve.disagreements import (
    Known,
    Question,
    of_agreement,
    of_agreements,
    of_meeting,
    of_meetings,
    of_outlooks,
    of_positions,
    same_question,
    settle_all,
    without_doubles,
)

SIDES = ["orvale", "keth"]


def date(day: str, last: str | None = None, text: str | None = None) -> Date:
    return Date(from_=day, to=last or day, text=text or day, basis="inferred")


KNOWN = Known(
    dated={"a": date("2031-05-05"), "b": date("2031-05-06"), "c": date("2031-05-12"), "none": None},
    names={"orvale": "Orvale", "keth": "Keth", "minister": "Ana Brill"},
    sides={"minister": "orvale"},
)


def cite(document: str, quote: str, start: int = 0) -> Citation:
    return Citation(document=document, start=start, end=start + len(quote), quote=quote)


def account(document: str, *quotes: str, **fields: Any) -> dict[str, Any]:
    """What a document says of an encounter; its quotes stand one after the other."""
    starts = itertools.accumulate([len(q) + 1 for q in quotes], initial=0)
    cited = [cite(document, q, s) for q, s in zip(quotes, starts, strict=False)]
    return {"document": document, "status": "held", **fields, "citations": cited}


def meeting(id: str, *accounts: dict[str, Any], **fields: Any) -> Meeting:
    first = {k: v for k, v in accounts[0].items() if k in ("status", "date", "place", "round")}
    base = {"title": "Talks", "kind": "talks", "level": "delegations", "parties": SIDES, **first, **fields}
    cited = [c for a in accounts for c in a["citations"]]
    return Meeting.model_validate({"id": id, **base, "accounts": list(accounts), "citations": cited})


def values(found: list[Disagreement]) -> list[tuple[str, str, list[str]]]:
    return [(d.about.field, d.kind, [v.value for v in d.values]) for d in found]


# -- encounters -----------------------------------------------------------------------------------------------------


def test_two_reports_that_give_another_day_for_one_held_encounter_conflict() -> None:
    met = meeting(
        "m",
        account("a", "they met on Sunday in Lorn", date=date("2031-05-04", text="Sunday")),
        account("b", "they met on Saturday in Lorn", date=date("2031-05-03", text="Saturday")),
    )
    assert values(of_meeting(met, KNOWN)) == [("date", "conflict", ["2031-05-04", "2031-05-03"])]


def test_a_week_does_not_contradict_a_day_in_it() -> None:
    met = meeting(
        "m",
        account("a", "they meet next week", status="scheduled", date=date("2031-05-12", "2031-05-18", "next week")),
        account("b", "they meet on Thursday", status="scheduled", date=date("2031-05-15", text="Thursday")),
    )
    assert of_meeting(met, KNOWN) == []


@pytest.mark.parametrize(
    ("quote", "old", "new"),
    [
        ("The session of 9 May has been put off until 14 May", "2031-05-09", "2031-05-14"),
        ("Talks have been moved from 9 May to 14 May", "2031-05-09", "2031-05-14"),
        ("The hearing, which had been called for 9 May, began only on 14 May", "2031-05-09", "2031-05-14"),
    ],
)
def test_words_that_move_an_encounter_are_a_revision(quote: str, old: str, new: str) -> None:
    met = meeting("m", account("a", quote, status="postponed", date=date(new, text=quote[-6:])))
    (found,) = of_meeting(met, KNOWN)
    assert (found.kind, [v.value for v in found.values]) == ("revision", [old, new])
    assert all(quote[c.start : c.end] == c.quote for v in found.values for c in v.citations)


def test_the_old_day_is_cited_where_another_document_tells_it() -> None:
    met = meeting(
        "m",
        account("c", "The session of 9 May has been put off until 14 May", status="postponed", date=date("2031-05-14")),
        account("a", "they sit again on 9 May", status="scheduled", date=date("2031-05-09", text="9 May")),
    )
    (found,) = of_meeting(met, KNOWN)
    assert [[c.document for c in v.citations] for v in found.values] == [["a"], ["c"]]


def test_a_plan_with_two_days_in_one_text_is_a_revision_but_the_day_of_its_telling_is_none() -> None:
    met = meeting(
        "m",
        account(
            "a",
            "the delegations would meet in Lorn beginning 8 May",
            "the talks would start on 9 May",
            "the ministry announced on 2 May",
            status="scheduled",
            date=date("2031-05-09", text="9 May"),
        ),
    )
    ((_, kind, said),) = values(of_meeting(met, KNOWN))
    assert kind == "revision"
    assert said == ["2031-05-08", "2031-05-09"]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("The call lasted forty minutes", "They spoke for a quarter of an hour", True),
        ("They sat for close to five hours", "a five-hour session", False),
        ("They sat for nine hours", "two hours later they left", False),
        ("They sat for nine hours", "in the last twenty minutes the mood turned", False),
        ("They sat for nine hours", "it took barely four hours", True),
    ],
)
def test_how_long_it_lasted(first: str, second: str, differ: bool) -> None:
    met = meeting("m", account("a", first), account("b", second))
    assert [d.about.field for d in of_meeting(met, KNOWN)] == (["duration_minutes"] if differ else [])


def test_places_differ_but_not_longer_names_of_one() -> None:
    one = account("a", "at the Villa Marenne", venue="the Villa Marenne", place="Lorn")
    same = account("b", "in Marenne", venue="Marenne", place="Lorn")
    other = account("b", "in the Old Mint at Tesk", venue="Old Mint", place="Tesk")
    assert of_meeting(meeting("m", one, same), KNOWN) == []
    known = Known(words={("m", "a"): {"place": [cite("a", "Lorn", 40)]}})
    assert sorted(d.about.field for d in of_meeting(meeting("m", one, other), known)) == ["place", "venue"]


def test_a_round_counted_differently_but_not_the_next_one() -> None:
    one = account("a", "the third round ended without a deal", round=3)
    other = account("b", "the second round closed in Lorn", round=2)
    coming = account("b", "a second round", round=2)
    assert values(of_meeting(meeting("m", one, other), KNOWN)) == [("round", "conflict", ["round 3", "round 2"])]
    assert of_meeting(meeting("m", one, coming), KNOWN) == []


def test_status_that_follows_another_is_a_course_of_events_and_what_takes_it_back_is_a_revision() -> None:
    plan = account("a", "they will sit on Friday", status="scheduled")
    assert of_meeting(meeting("m", plan, account("b", "they sat on Friday")), KNOWN) == []
    undone = account("b", "the sitting was called off", status="cancelled")
    assert values(of_meeting(meeting("m", plan, undone), KNOWN)) == [("status", "revision", ["scheduled", "cancelled"])]
    held = account("a", "they sat for an hour")
    assert values(of_meeting(meeting("m", held, undone), KNOWN)) == [("status", "conflict", ["held", "cancelled"])]


def test_copies_of_one_text_do_not_disagree() -> None:
    known = Known(dated=KNOWN.dated, family={"a": "f", "b": "f"})
    met = meeting("m", account("a", "they spoke for ten minutes"), account("b", "they spoke for 40 minutes"))
    assert of_meeting(met, known) == []
    assert len(of_meeting(met, KNOWN)) == 1


# -- between encounters ---------------------------------------------------------------------------------------------


def test_experts_who_met_once_but_are_told_of_on_two_days() -> None:
    one = meeting("m", account("a", "engineers met on 3 May", date=date("2031-05-03", text="3 May")), level="experts")
    two = meeting("n", account("b", "engineers met on 4 May", date=date("2031-05-04", text="4 May")), level="experts")
    assert values(of_meetings([one, two], KNOWN)) == [("date", "conflict", ["2031-05-03", "2031-05-04"])]
    third = meeting("o", account("c", "engineers met on 5 May", date=date("2031-05-05", text="5 May")), level="experts")
    assert of_meetings([one, two, third], KNOWN) == []


def test_the_first_since_and_one_in_between() -> None:
    quote = "For the first time since 2 March the delegations sit face to face"
    now = meeting("m", account("c", quote, date=date("2031-05-11", text="today"), status="scheduled"))
    between = meeting(
        "n",
        account("a", "they met in Tesk on 10 April", date=date("2031-04-10", text="10 April")),
        format="in_person",
    )
    (found,) = of_meetings([now, between], KNOWN)
    assert found.about.field == "first since"
    assert {c.document for v in found.values for c in v.citations} == {"a", "c"}
    call = between.model_copy(update={"kind": "call", "format": "phone"})
    assert of_meetings([now, call], KNOWN) == []
    before = between.model_copy(update={"date": date("2031-02-10")})
    assert of_meetings([now, before], KNOWN) == []


def test_the_second_round_where_others_tell_of_several_before() -> None:
    second = meeting("m", account("a", "the second round of talks opens in Lorn", round=2, status="scheduled"))
    series = meeting("n", account("b", "the previous rounds in Tesk"))
    assert values(of_meetings([second, series], KNOWN))[0][:2] == ("round", "conflict")
    own = meeting("n", account("a", "the previous rounds in Tesk"))
    assert of_meetings([second, own], KNOWN) == []


# -- stands and agreements ------------------------------------------------------------------------------------------


def stand(id: str, document: str, stance: str, content: str, **more: Any) -> Position:
    quantities = [{"value": v, "unit": u} for v, u in more.pop("numbers", ())]
    fields = {"party": "orvale", "issue": "labour", "told_by": "own", **more}
    return Position.model_validate(
        {
            "id": id,
            "stance": stance,
            "content": content,
            "quantities": quantities,
            "citations": [cite(document, content)],
            **fields,
        }
    )


def test_other_numbers_of_one_thing_differ_and_those_of_others_do_not() -> None:
    eight = stand("p", "a", "demands", "a pay rise of 8 per cent", numbers=[(8, "per cent")])
    seven = stand("q", "c", "demands", "a rise in pay of 7 per cent", numbers=[(7, "per cent")])
    share = stand("r", "c", "demands", "30 per cent of night shifts", numbers=[(30, "per cent")])
    (found,) = of_positions([eight, seven, share], KNOWN)
    assert (found.kind, [v.value for v in found.values]) == ("revision", ["8 per cent", "7 per cent"])
    assert of_positions([eight, share], KNOWN) == []


def test_a_number_told_to_have_changed() -> None:
    quote = "the union has come down from eight to seven per cent"
    changed = stand("p", "c", "demands", quote)
    (found,) = of_positions([changed], KNOWN)
    assert (found.kind, [v.value for v in found.values]) == ("revision", ["8 per cent", "7 per cent"])
    before = stand("q", "a", "demands", "it wants eight per cent and Sundays off")
    (found,) = of_positions([changed, before], KNOWN)
    assert [[c.document for c in v.citations] for v in found.values] == [["a"], ["c"]]
    assert of_positions([stand("p", "c", "demands", "buses from eight to seven per cent of stops")], KNOWN) == []
    assert of_positions([stand("p", "c", "demands", "to move the depot from Lorn to Tesk")], KNOWN) == []


def test_a_refusal_and_a_yes_need_one_thing_and_two_sources() -> None:
    refused = stand("p", "a", "rejects", "joint patrols on the Marn bridge", issue="territory")
    granted = stand("q", "b", "accepts", "joint patrols on the Marn bridge at night", issue="territory")
    other = stand("r", "b", "demands", "a ferry to Tesk", issue="territory")
    assert [d.about.field for d in of_positions([refused, granted, other], KNOWN)] == ["stance"]
    assert of_positions([refused, other], KNOWN) == []
    assert of_positions([refused, granted.model_copy(update={"party": "keth"})], KNOWN) == []
    same = granted.model_copy(update={"citations": [cite("a", "joint patrols", 90)]})
    assert of_positions([refused, same], KNOWN) == []
    past = refused.model_copy(update={"past": True})
    assert [d.kind for d in of_positions([past, same], KNOWN)] == ["revision"]


def test_a_sides_people_speak_for_it() -> None:
    refused = stand("p", "a", "rejects", "joint patrols on the Marn bridge", party="minister")
    granted = stand("q", "b", "accepts", "joint patrols on the Marn bridge")
    assert len(of_positions([refused, granted], KNOWN)) == 1


def pact(id: str, document: str, content: str, status: str, **more: Any) -> Agreement:
    fields = {"issue": "labour", "content": content, "parties": SIDES, "status": status, **more}
    cited = [cite(document, content)]
    return Agreement.model_validate(
        {"id": id, **fields, "accounts": [{**fields, "document": document, "citations": cited}], "citations": cited}
    )


def test_an_agreement_kept_here_and_broken_there() -> None:
    kept = pact("g", "a", "the rest-day clause is kept everywhere", "implemented")
    broken = pact("h", "b", "the clause on rest-day pay was never applied", "breached")
    assert values(of_agreements([kept, broken], KNOWN)) == [("status", "conflict", ["implemented", "breached"])]
    other = pact("i", "b", "the bus timetable was never applied", "breached")
    assert of_agreements([kept, other], KNOWN) == []
    merged = kept.model_copy(update={"accounts": [*kept.accounts, *broken.accounts]})
    assert [d.about.field for d in of_agreement(merged, KNOWN)] == ["status"]


def test_kept_and_broken_a_month_later_is_a_course_of_events() -> None:
    known = Known(dated={"a": date("2031-05-05"), "b": date("2031-07-01")})
    kept = pact("g", "a", "the rest-day clause is kept everywhere", "implemented")
    broken = pact("h", "b", "the clause on rest-day pay was never applied", "breached")
    assert of_agreements([kept, broken], known) == []


def test_an_agreement_with_another_number() -> None:
    first = pact("g", "a", "an exchange of 40 prisoners", "agreed", quantity={"value": 40, "unit": "prisoners"})
    second = pact("h", "b", "an exchange of 50 prisoners", "agreed", quantity={"value": 50, "unit": "prisoners"})
    merged = first.model_copy(update={"accounts": [*first.accounts, *second.accounts]})
    assert values(of_agreement(merged, KNOWN)) == [("quantity", "revision", ["40 prisoners", "50 prisoners"])]


# -- outlooks -------------------------------------------------------------------------------------------------------


def outlook(id: str, document: str, direction: str, quote: str, holder: str | None = None, **more: Any) -> Outlook:
    fields = {"holder": holder, "standing": "official", **more}
    return Outlook.model_validate({"id": id, "direction": direction, "citations": [cite(document, quote)], **fields})


def test_officials_who_judge_the_talks_differently_in_one_week() -> None:
    hopeful = outlook("o", "a", "hopeful", "we are close", "orvale")
    doubtful = outlook("p", "b", "doubtful", "we stand still", holder_text="a mediator")
    (found,) = of_outlooks([hopeful, doubtful, outlook("q", "b", "hopeful", "nearly there", "minister")], KNOWN)
    assert {v.value for v in found.values} == {"hopeful", "doubtful"}
    assert of_outlooks([hopeful, outlook("q", "b", "hopeful", "nearly there", "keth")], KNOWN) == []
    assert of_outlooks([hopeful, doubtful.model_copy(update={"standing": "outside"})], KNOWN) == []


# -- all of them ----------------------------------------------------------------------------------------------------


def test_the_order_of_the_entries_does_not_matter() -> None:
    meetings = [
        meeting("m", account("a", "engineers met on 3 May", date=date("2031-05-03", text="3 May")), level="experts"),
        meeting("n", account("b", "engineers met on 4 May", date=date("2031-05-04", text="4 May")), level="experts"),
    ]
    stands = [
        stand("p", "a", "demands", "a pay rise of 8 per cent", numbers=[(8, "per cent")]),
        stand("q", "c", "demands", "a rise in pay of 7 per cent", numbers=[(7, "per cent")]),
    ]
    first = settle_all(meetings, [], stands, [], KNOWN)
    assert len(first) == 2
    assert settle_all(meetings[::-1], [], stands[::-1], [], KNOWN) == first


def test_one_question_is_kept_once() -> None:
    met = meeting("m", account("a", "they spoke for ten minutes"), account("b", "they spoke for 40 minutes"))
    (found,) = of_meeting(met, KNOWN)
    again = found.model_copy(update={"id": "x-again"})
    assert same_question(Question.of(found), Question.of(again))
    assert len(without_doubles([found, again])) == 1
    one_value = again.model_copy(update={"values": [found.values[0], found.values[0]]})
    assert not same_question(Question.of(found), Question.of(one_value))
