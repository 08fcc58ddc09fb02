"""Encounters: which ones a text tells of, and what it says of each. The cast is given, so that only this is tested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.extract import pipeline
from dragoman.extract.cast import Cast, Mention, PlaceFound
from dragoman.extract.findings import ActorFound, DateFound, Layout, MeetingFound, RoleFound
from dragoman.extract.meetings import find_meetings
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc

WEDNESDAY = DateFound("2024-05-15", "2024-05-15", "15 May 2024", "metadata")

# name or names, kind, side, part, title
ACTORS = [
    (("Ostrava Minor", "Ostravan"), "state", None, "party", None),
    (("Velgard", "Velgardian"), "state", None, "party", None),
    (("Lumeria", "Lumerian"), "state", None, "mediator", None),
    (("Council of Elders",), "organisation", None, "mediator", None),
    (("Ada Brisk", "Brisk"), "person", "Ostrava Minor", "party", "president"),
    (("Otto Lindt", "Lindt"), "person", "Velgard", "party", "prime minister"),
    (("Mara Quill", "Quill"), "person", "Ostrava Minor", "party", "foreign minister"),
    (("Jon Tarn", "Tarn"), "person", "Velgard", "party", "foreign minister"),
    (("Iris Vole", "Vole"), "person", "Lumeria", "mediator", "foreign minister"),
]
TOWNS = {"Porto Seco": "Lumeria", "Nordhaven": "Velgard", "Hotel Meridian": None, "Calder": None}
BOTH = r"\b(?:[Bb]oth sides|[Tt]he (?:two )?sides)\b"


def story(text: str) -> tuple[Page, Cast]:
    """The page of a text, every line a paragraph, and the cast with the actors that stand in it."""
    page, start = Page(text, Layout([])), 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            end = start + len(line.rstrip())
            page.layout.paragraphs.append((start, end))
            page.blocks.append(Block(start, end, Doc(pipeline.load()(text[start:end]))))
        start += len(line)
    cast, taken = Cast(), set()
    index = {names[0]: i for i, (names, *_) in enumerate(ACTORS)}
    for i, (names, kind, side, part, title) in enumerate(ACTORS):
        roles = [RoleFound(title, None, (0, 1))] if title else []
        cast.actors.append(ActorFound(names[0], {}, kind, side=index[side] if side else None, part=part, roles=roles))
        for name in names:
            for found in re.finditer(rf"\b{name}\b", text):
                if not taken & set(range(*found.span())):
                    taken |= set(range(*found.span()))
                    adjective = kind != "person" and name != names[0]
                    cast.mentions.append(Mention(*found.span(), i, "adjective" if adjective else "name"))
                    if not adjective:
                        cast.actors[i].names.setdefault(name, found.span())
    cast.parties, cast.mediators = [0, 1], [i for i in (2, 3) if cast.actors[i].names]
    cast.mentions += [Mention(*found.span(), side, "nominal") for found in re.finditer(BOTH, text) for side in (0, 1)]
    cast.mentions.sort(key=lambda m: (m.start, m.end))
    cast.places = [
        PlaceFound(*found.span(), town, land) for town, land in TOWNS.items() for found in re.finditer(town, text)
    ]
    cast.places.sort(key=lambda p: p.start)
    return page, cast


def read(text: str, written: DateFound | None = WEDNESDAY) -> tuple[list[MeetingFound], Cast]:
    page, cast = story(text)
    found = find_meetings(page, cast, written)
    for meeting in found:
        assert meeting.spans
        assert all(0 <= start < end <= len(text) for start, end in meeting.spans)
        assert not any(text[start:end] != text[start:end].strip() for start, end in meeting.spans)
    return found, cast


def names(refs: list[int], cast: Cast) -> set[str]:
    return {cast.actors[r].name for r in refs}


def day(meeting: MeetingFound) -> tuple[str, str] | None:
    return (meeting.date.start, meeting.date.end) if meeting.date else None


def test_talks_with_day_place_parties_and_host() -> None:
    found, cast = read("Delegations of Ostrava Minor and Velgard held a third round of talks in Porto Seco on Monday.")
    [talks] = found
    assert (talks.kind, talks.status, talks.level, talks.format) == ("talks", "held", "delegations", "in_person")
    assert (talks.place, talks.country, talks.round) == ("Porto Seco", "Lumeria", 3)
    assert day(talks) == ("2024-05-13", "2024-05-13")
    assert names(talks.parties, cast) == {"Ostrava Minor", "Velgard"}


def test_the_state_of_the_place_mediates_if_it_is_on_the_page() -> None:
    text = "Ostrava Minor and Velgard held talks in Porto Seco on Monday.\nLumeria said it was hopeful."
    [talks], cast = read(text)
    assert names(talks.mediators, cast) == {"Lumeria"}
    [talks], cast = read(text.replace("Porto Seco", "Nordhaven"))
    assert names(talks.mediators, cast) == set()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Delegations of Ostrava Minor and Velgard met in Calder on Monday.", "held"),
        ("Ostrava Minor and Velgard will hold talks in Calder on Monday.", "scheduled"),
        ("Ostravan and Velgardian ministers are due to meet in Calder on Monday.", "scheduled"),
        ("Ostrava Minor has proposed a meeting with Velgard in Calder.", "proposed"),
        ("The talks between Ostrava Minor and Velgard were postponed until Friday.", "postponed"),
        ("A meeting of Ostrava Minor and Velgard planned for Friday has been called off.", "cancelled"),
        ("Otto Lindt refused to meet Ada Brisk in Calder.", "declined"),
        ("Otto Lindt has ruled out a meeting with Ada Brisk.", "declined"),
        ("A fourth round of talks between Ostrava Minor and Velgard is possible.", "proposed"),
        ("Velgard has proposed a meeting on neutral ground. Ostrava Minor is silent.", "proposed"),
        ("A video call between Ostrava Minor and Velgard planned for Monday had to be put off.", "postponed"),
        ("Ostrava Minor and Velgard agreed on a truce after a long meeting in Calder.", "held"),
        ("A technical working group of Ostrava Minor and Velgard will meet in Calder next week.", "scheduled"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert [m.status for m in read(text)[0]] == [status]


def test_a_session_put_off_has_its_new_day() -> None:
    [session], _ = read("Thursday's session of the talks has been put off until Friday, Velgard said on Tuesday.")
    assert (session.status, day(session)) == ("postponed", ("2024-05-17", "2024-05-17"))


def test_what_was_to_have_been_held_is_what_was_put_off() -> None:
    [session] = read(
        "The talks between Ostrava Minor and Velgard have been put off until Friday, Velgard said on Tuesday.\n"
        "The talks were to have been held in Calder on Thursday."
    )[0]
    assert (session.status, session.place, day(session)) == ("postponed", "Calder", ("2024-05-17", "2024-05-17"))
    [alone] = read("Talks between Ostrava Minor and Velgard were to have opened in Calder on Monday.")[0]
    assert alone.status == "cancelled"


def test_the_day_of_the_dateline_is_not_that_of_the_encounter() -> None:
    page, cast = story("CALDER, 15 May (WNA) – Ostrava Minor and Velgard ended their talks in Calder on Monday.")
    page.layout.dateline = (0, 6)
    [talks] = find_meetings(page, cast, WEDNESDAY)
    assert day(talks) == ("2024-05-13", "2024-05-13")


def test_a_house_is_no_town() -> None:
    [talks] = read("Ostrava Minor and Velgard met at the Hotel Meridian in Nordhaven on Monday.")[0]
    assert talks.place == "Nordhaven"


def test_mentions_of_one_encounter_are_one_entry() -> None:
    text = (
        "Ostrava Minor and Velgard held talks in Porto Seco on Monday.\n"
        "The meeting in Porto Seco lasted nine hours. The talks ended without an agreement.\n"
        "Jon Tarn said after the talks that peace talks took time."
    )
    [talks], _ = read(text)
    quoted = [text[start:end] for start, end in talks.spans]
    assert any("held talks" in q for q in quoted)
    assert any("nine hours" in q for q in quoted)
    assert talks.duration_minutes == 540
    assert talks.outcome == "without an agreement"


def test_other_days_places_and_rounds_are_other_encounters() -> None:
    found, _ = read(
        "Ostrava Minor and Velgard held a second round of talks in Porto Seco on Monday.\n"
        "The first round, in Calder on 24 April, had lasted an hour. A third round will be held in Nordhaven on Friday."
    )
    assert [(m.round, m.place, m.status, day(m)) for m in found] == [
        (2, "Porto Seco", "held", ("2024-05-13", "2024-05-13")),
        (1, "Calder", "held", ("2024-04-24", "2024-04-24")),
        (3, "Nordhaven", "scheduled", ("2024-05-17", "2024-05-17")),
    ]


def test_a_call_between_leaders() -> None:
    [call], cast = read("Ada Brisk spoke with Otto Lindt by telephone on Tuesday for twenty minutes.")
    assert (call.kind, call.format, call.level, call.duration_minutes) == ("call", "phone", "leaders", 20)
    assert names(call.participants, cast) == {"Ada Brisk", "Otto Lindt"}
    assert names(call.parties, cast) == {"Ostrava Minor", "Velgard"}


def test_two_calls_in_one_sentence() -> None:
    found, cast = read("Iris Vole held phone talks with Mara Quill on May 13 and Jon Tarn on May 14.")
    assert [(m.kind, day(m), names(m.participants, cast), names(m.parties, cast)) for m in found] == [
        ("call", ("2024-05-13", "2024-05-13"), {"Iris Vole", "Mara Quill"}, {"Ostrava Minor"}),
        ("call", ("2024-05-14", "2024-05-14"), {"Iris Vole", "Jon Tarn"}, {"Velgard"}),
    ]
    assert all(names(m.mediators, cast) == {"Lumeria"} for m in found)


def test_a_mediator_who_speaks_with_each_side_separately_holds_two_calls() -> None:
    found, cast = read("On Tuesday Iris Vole spoke by phone with both sides, separately.")
    assert [(m.kind, names(m.parties, cast)) for m in found] == [("call", {"Ostrava Minor"}), ("call", {"Velgard"})]


def test_a_visit_to_one_side() -> None:
    [visit], cast = read("President Ada Brisk received the Lumerian foreign minister, Iris Vole, in Calder on Tuesday.")
    assert (visit.kind, visit.level, visit.status, visit.place) == ("visit", "leaders", "held", "Calder")
    assert (names(visit.parties, cast), names(visit.mediators, cast)) == ({"Ostrava Minor"}, {"Lumeria"})
    assert names(visit.participants, cast) == {"Ada Brisk", "Iris Vole"}


def test_ministers_of_both_sides_with_the_mediators_are_trilateral() -> None:
    [three], cast = read("Iris Vole met Mara Quill and Jon Tarn together in Porto Seco on Monday.")
    assert (three.kind, three.level) == ("trilateral", "ministers")
    assert names(three.participants, cast) == {"Iris Vole", "Mara Quill", "Jon Tarn"}


def test_a_wished_meeting_of_leaders_is_a_summit() -> None:
    [summit], cast = read("Lumeria called for a meeting between Ada Brisk and Otto Lindt.")
    assert (summit.kind, summit.level, summit.status, summit.date) == ("summit", "leaders", "proposed", None)
    assert names(summit.mediators, cast) == {"Lumeria"}


def test_what_is_counted_is_one_series() -> None:
    [series], _ = read("Delegations of Ostrava Minor and Velgard have held several rounds of talks since March.")
    assert series.status == "held"
    assert day(series) == ("2024-03-01", "2024-05-15")


def test_technical_teams_by_video() -> None:
    [talks], _ = read("Technical teams of Ostrava Minor and Velgard held a video conference on Tuesday.")
    assert (talks.level, talks.format, talks.place) == ("experts", "video", None)


def test_the_same_again_elsewhere() -> None:
    found, _ = read(
        "Ostrava Minor and Velgard held indirect talks in Porto Seco on Monday, with Lumeria carrying papers, "
        "as they had in the same town a week earlier and in Calder on 24 April."
    )
    assert [(m.place, day(m)) for m in found] == [
        ("Porto Seco", ("2024-05-13", "2024-05-13")),
        ("Porto Seco", ("2024-05-06", "2024-05-06")),
        ("Calder", ("2024-04-24", "2024-04-24")),
    ]


def test_the_two_ministers_are_those_named_elsewhere() -> None:
    found, cast = read("Mara Quill and Jon Tarn want a deal.\nThe two ministers met in Calder on Monday.")
    assert [names(m.participants, cast) for m in found] == [{"Mara Quill", "Jon Tarn"}]


def test_who_says_he_will_not_go_does_not_take_part() -> None:
    found, cast = read(
        "Delegations of Ostrava Minor and Velgard met in Calder on Monday. "
        "Ada Brisk did not attend the meeting in Calder."
    )
    assert [names(m.participants, cast) for m in found] == [set()]


def test_without_a_day_of_writing_days_stay_unknown() -> None:
    [talks], _ = read("Ostrava Minor and Velgard held talks in Calder on Monday.", written=None)
    assert talks.date is None


@pytest.mark.parametrize(
    "text",
    [
        "Peace talks take time, and diplomacy is the only way, Ada Brisk said.",
        "Velgard met the deadline. Its demands must be met before anything else.",
        "Jon Tarn spoke to reporters for ten minutes. He called the plan a scandal.",
        "No new talks are planned between Ostrava Minor and Velgard.",
        "Mara Quill denied any contacts. The meeting room was empty.",
        "Ada Brisk called for calm. Velgard's call for a truce went unheard.",
        "Otto Lindt met farmers on Monday.",
        "Ostrava Minor and Velgard have never negotiated directly.",
        "The cabinet meeting on Monday was short. A town hall meeting in Calder on Friday drew crowds.",
    ],
)
def test_what_is_no_encounter(text: str) -> None:
    assert read(text)[0] == []


SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="needs the articles with answers in ../shared")
def test_every_article_is_read_twice_alike() -> None:
    from dragoman.extract.actors import find_cast
    from dragoman.extract.layout import lay_out
    from dragoman.extract.reader import parse

    text = min((SHARED / "practice" / "texts").glob("*.txt")).read_text(encoding="utf-8")
    runs = []
    for _ in range(2):
        [page] = parse(pipeline.load(), [(text, lay_out(text))])
        runs.append(find_meetings(page, find_cast(page), None))
    assert runs[0]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mara Quill and Jon Tarn faced each other for three hours.", "held"),
        ("Mara Quill spent an hour with Jon Tarn in Calder.", "held"),
        ("Both sides will be back at the table in Calder on Monday.", "scheduled"),
        ("Ostrava Minor and Velgard sat down in Calder on Monday.", "held"),
        ("Lumerian envoys carried papers between Ostrava Minor and Velgard on Monday.", "held"),
        ("Otto Lindt settled the matter with Ada Brisk by telephone on Monday.", "held"),
        ("Jon Tarn turned down an invitation to Calder.", "declined"),
        ("Iris Vole summoned both sides to Calder for Friday.", "scheduled"),
        ("Hydrologists from both sides compared their figures in Calder on Monday.", "held"),
        ("Ostrava Minor and Velgard were to have met in Calder on Tuesday.", "cancelled"),
        ("Both sides will not meet before June.", "scheduled"),
        ("Iris Vole met each side separately on Tuesday.", "held"),
    ],
)
def test_encounters_told_without_a_word_for_one(text: str, status: str) -> None:
    assert {m.status for m in read(text)[0]} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Ostrava Minor and Velgard have accused each other of cheating since Monday.",
        "Ada Brisk received a letter from Otto Lindt on Monday.",
        "The parliament of Velgard will hold a session on Monday.",
        "Mara Quill and Jon Tarn did not meet on Sunday.",
        "Experts said on Monday that Velgard was short of water.",
    ],
)
def test_what_only_looks_like_an_encounter(text: str) -> None:
    assert read(text)[0] == []


def test_what_became_of_it_is_told_after() -> None:
    [asked], _ = read("Mara Quill asked for a meeting with Jon Tarn; it was turned down.")
    assert asked.status == "declined"


def test_who_carries_the_papers_mediates() -> None:
    [talks], cast = read("Lumeria carried the papers between Ostrava Minor and Velgard on Monday.")
    assert (talks.format, names(talks.mediators, cast)) == ("indirect", {"Lumeria"})


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("President Ada Brisk is due in Porto Seco next Tuesday.", "scheduled"),
        ("Jon Tarn had been expected for lunch with Iris Vole on Monday and has called it off.", "cancelled"),
        ("Ostrava Minor and Velgard.\nBoth sides take up the eel quotas on 3 June, again in Porto Seco.", "scheduled"),
        ("The dispute of Ostrava Minor and Velgard drags on. They will sit again on 20 May.", "scheduled"),
        ("Velgard wants Ada Brisk of Ostrava Minor to face its fishermen across a table.", "proposed"),
        ("Otto Lindt of Velgard called Ada Brisk on Monday.", "held"),
        ("Technicians from both sides are now expected in Calder on 20 May.", "scheduled"),
        ("Delegations of Ostrava Minor and Velgard put their names to the paper in Calder on Monday.", "held"),
        ("The meeting of Ada Brisk and Otto Lindt planned for 3 June will not take place.", "cancelled"),
        (
            'Velgard and Ostrava Minor heard Ada Brisk. "I will meet the Prime Minister on a ferry," she said.',
            "proposed",
        ),
        ("Ostrava Minor and Velgard.\nA second day of talks on the ferry ended on Monday with nothing.", "held"),
        ("Ostrava Minor and Velgard: how it came about\n- 5 March: night session at the brewery, no result.", "held"),
        ("The trip to Porto Seco, planned for next week, has been moved to June. The truce holds.", "postponed"),
    ],
)
def test_what_is_due_asked_for_or_lies_behind(text: str, status: str) -> None:
    assert [m.status for m in read(text)[0]] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Wheat is due in Calder next week, Ostrava Minor said.",
        "The king sat at his table opposite the window. Ostrava Minor and Velgard said nothing.",
        "Ostrava Minor and Velgard discuss taxes at home.",
        "Will there be a summit? Velgard keeps silent.",
    ],
)
def test_what_is_due_or_sat_without_an_encounter(text: str) -> None:
    assert read(text)[0] == []


def test_a_summit_asked_for_and_refused_in_the_sentences_after_it() -> None:
    text = "And the summit? Ada Brisk has asked for it twice. Otto Lindt of Velgard said no both times."
    [summit], cast = read(text)
    assert (summit.kind, summit.status) == ("summit", "declined")
    assert names(summit.participants, cast) == {"Ada Brisk", "Otto Lindt"}


def test_a_request_refused_in_the_next_paragraph() -> None:
    text = (
        "Ostrava Minor asked for a meeting of Ada Brisk and Otto Lindt in June.\n"
        "The answer from Velgard came at once. Otto Lindt does not see any reason to travel, he said."
    )
    assert [m.status for m in read(text)[0]] == ["declined"]
    assert [m.status for m in read(text.split("\n")[0])[0]] == ["proposed"]


def test_a_session_carried_over_has_its_new_day() -> None:
    text = "Ostrava Minor and Velgard wait. The fourth session was to open on Friday. It is carried over to 24 May."
    [session], _ = read(text)
    assert (session.status, session.round, day(session)) == ("postponed", 4, ("2024-05-24", "2024-05-24"))


def test_guests_lodged_since_a_day_met_through_their_host() -> None:
    text = "Lumeria has lodged both delegations in two barracks in Calder since May 7. Ostrava Minor and Velgard wait."
    [talks], cast = read(text)
    assert (talks.status, day(talks)) == ("held", ("2024-05-07", "2024-05-15"))
    assert names(talks.mediators, cast) == {"Lumeria"}


def test_what_it_means_stands_near() -> None:
    asked = "Iris Vole proposed a fifth session of Ostrava Minor and Velgard in Calder."
    assert [m.status for m in read(asked + " Both firms said yes.")[0]] == ["scheduled"]
    assert [m.status for m in read(asked + " It was called off.")[0]] == ["cancelled"]
    far = "\n" + "The eel harvest was poor and the ferries were late all week long. " * 6 + "\nIt was called off."
    assert [m.status for m in read(asked + far)[0]] == ["proposed"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # a manner that the parser takes for an object
        (
            "The sides are due to meet face to face in Calder on Friday.",
            [("scheduled", ("2024-05-17", "2024-05-17"))],
        ),
        # refusals of any meeting
        ("Otto Lindt has ruled out any meeting with Ada Brisk.", [("declined", None)]),
        ("Otto Lindt said he had no intention of meeting Ada Brisk.", [("declined", None)]),
        ("Otto Lindt said he does not share a table with Ada Brisk.", [("declined", None)]),
        # how long they sat, told without a noun for it
        (
            "Nine hours before the conciliators on Monday have not ended the talks between Ostrava Minor and Velgard.",
            [("held", ("2024-05-13", "2024-05-13"))],
        ),
        (
            "After seven hours on Monday, Ostrava Minor and Velgard agreed to stop the dredging. The talks go on.",
            [("held", ("2024-05-13", "2024-05-13"))],
        ),
        # wishes of a third
        (
            "Iris Vole would like the two presidents to speak. Ostrava Minor is silent.",
            [("proposed", None)],
        ),
        # signatures to come
        (
            "The agreement of Ostrava Minor and Velgard is to be signed in Calder on 3 June.",
            [("scheduled", ("2024-06-03", "2024-06-03"))],
        ),
        # a first plan that was moved
        (
            "The round of talks that was meant for 20 May will be held in Calder on 27 May, Velgard said.",
            [("postponed", ("2024-05-27", "2024-05-27"))],
        ),
        # what journalists say of the beginning of it all is no session
        (
            "Ostrava Minor and Velgard met in Calder on Monday, a year after mediators spoke of peace. "
            "Little has moved since the talks opened in March 2023.",
            [("held", ("2024-05-13", "2024-05-13"))],
        ),
    ],
)
def test_encounters_told_in_other_words(text: str, told: list[tuple[str, tuple[str, str] | None]]) -> None:
    assert [(m.status, day(m)) for m in read(text)[0]] == told


def test_an_ordinal_alone_stands_for_the_round_told_before() -> None:
    found, cast = read(
        "Ostrava Minor and Velgard will hold a second round of talks in Calder on Friday. "
        "The first, in the same town on April 3 and 4, ended without a word."
    )
    assert [(m.status, m.round, m.place, day(m)) for m in found] == [
        ("scheduled", 2, "Calder", ("2024-05-17", "2024-05-17")),
        ("held", 1, "Calder", ("2024-04-03", "2024-04-04")),
    ]
    assert all(names(m.parties, cast) == {"Ostrava Minor", "Velgard"} for m in found)


def test_one_alone_stands_for_the_meeting_told_before() -> None:
    found, _ = read(
        "The round of talks in Calder last week was the third, not counting the one in 2022 that nobody saw."
    )
    assert [day(m) for m in found] == [("2024-05-06", "2024-05-12"), ("2022-01-01", "2022-12-31")]
    # an ordinal of something else tells of none
    assert len(read("Ostrava Minor and Velgard met in Calder on Monday. The first, a tanker, sank in April.")[0]) == 1


def test_their_first_meeting_since_a_month_tells_of_one_in_that_month() -> None:
    then, now = ("2023-11-01", "2023-11-30"), ("2024-05-13", "2024-05-13")
    for last in (
        "It was their first meeting since November 2023.",
        "The two ministers had not seen each other since November 2023.",
    ):
        found, cast = read(f"Mara Quill met Jon Tarn in Calder on Monday. {last}")
        assert [day(m) for m in found] == [now, then]
        assert found[1].earlier
        assert names(found[1].parties, cast) == {"Ostrava Minor", "Velgard"}
    [talks] = read("Mara Quill met Jon Tarn in Calder on Monday, their first meeting since the truce ended in March.")[
        0
    ]
    assert day(talks) == now


def test_days_of_several_meetings_are_one_meeting_each() -> None:
    found, _ = read("Otto Lindt had left the earlier meetings with Ostrava Minor, on 14 and 21 April, to Jon Tarn.")
    assert [day(m) for m in found] == [("2024-04-14", "2024-04-14"), ("2024-04-21", "2024-04-21")]


def test_those_who_met_apart_are_not_the_round() -> None:
    found, _ = read(
        "Ostrava Minor and Velgard held a fifth round of talks in Calder on Monday. "
        "Mara Quill and Jon Tarn had met alone for 40 minutes in the morning."
    )
    assert [(m.round, m.duration_minutes) for m in found] == [(5, None), (None, 40)]


def test_who_telephones_by_whatever_the_parser_hangs_it_on() -> None:
    [call], cast = read(
        "The president of Ostrava Minor, Ada Brisk, spoke by telephone with Prime Minister Otto Lindt on Sunday."
    )
    assert (call.kind, day(call)) == ("call", ("2024-05-12", "2024-05-12"))
    assert names(call.participants, cast) == {"Ada Brisk", "Otto Lindt"}


@pytest.mark.parametrize(
    ("more", "asked", "said"),
    [
        (" at the request of Velgard", {"Velgard"}, "at the request of Velgard"),
        (" on Otto Lindt's initiative", {"Otto Lindt"}, "on Otto Lindt's initiative"),
        (". The meeting was requested by Velgard", {"Velgard"}, "requested by Velgard"),
        (". It was Velgard that had asked for it", {"Velgard"}, "Velgard that had asked"),
        (". The initiative came from Velgard", {"Velgard"}, "initiative came from Velgard"),
        (". Velgard had called for the talks", {"Velgard"}, "Velgard had called for the talks"),
        (". Velgard was pleased", set(), None),
    ],
)
def test_who_asked_for_it(more: str, asked: set[str], said: str | None) -> None:
    text = f"Ostrava Minor and Velgard held talks in Calder on Monday{more}."
    [talks, *_], cast = read(text)
    assert names(talks.asked, cast) == asked
    spans = talks.words.get("asked", [])
    assert bool(spans) == bool(said)
    assert said is None or any(said in text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("more", "led"),
    [
        ("The Ostravan delegation was headed by Mara Quill.", {"Mara Quill"}),
        ("Jon Tarn led the Velgardian side.", {"Jon Tarn"}),
        ("Ostrava Minor's was led by Mara Quill.", {"Mara Quill"}),
        ("Velgard sent Jon Tarn.", {"Jon Tarn"}),
        ("Mara Quill led the field.", set()),
    ],
)
def test_who_led_a_delegation(more: str, led: set[str]) -> None:
    [talks, *_], cast = read(f"Ostrava Minor and Velgard held talks in Calder on Monday. {more}")
    assert names(talks.led, cast) == led
    assert bool(talks.words.get("lead")) == bool(led)


def test_who_ended_it() -> None:
    text = "Ostrava Minor and Velgard held talks in Calder on Monday. Jon Tarn walked out of the meeting after an hour."
    [talks] = read(text)[0]
    assert [text[start:end] for start, end in talks.words["ended"]] == ["Jon Tarn walked"]
