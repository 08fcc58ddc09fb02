"""Whose stand it is: who a pronoun, a nameless speaker or a common noun stands for, and whose word it is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from dragoman.extract import pipeline
from dragoman.extract.actors import find_cast
from dragoman.extract.attribution import find_attributions
from dragoman.extract.issues import DEFAULT_ISSUES, issues_of
from dragoman.extract.layout import lay_out
from dragoman.extract.reader import parse
from dragoman.extract.stance_holders import Voices
from dragoman.extract.statements import find_statements
from dragoman.extract.told import Told

STATES = (
    "Delegations from Orvania and Kestland opened talks on the lake border on Monday.\n\n"
    "Orvania's foreign minister, Petra Lund, met Kestland's foreign minister, Igor Vask, in the morning.\n\n"
)
STRIKE = (
    "Talks between Halvard Steel and the Furnace Workers' Union broke down on Friday.\n\n"
    "Halvard Steel offered 4 percent. The Furnace Workers' Union demanded 9 percent.\n\n"
)


@contextlib.contextmanager
def voices(text: str) -> Iterator[tuple[Voices, list[str]]]:
    """The voices of a text, and the names of its actors."""
    nlp = pipeline.load()
    with nlp.memory_zone():
        [page] = parse(nlp, [(text, lay_out(text))])
        attributions = find_attributions(page)
        cast = find_cast(page, attributions)
        statements = find_statements(page, cast, attributions)
        told = Told(page, cast, attributions, statements, [], None, issues_of(DEFAULT_ISSUES))
        yield Voices(told), [a.name for a in cast.actors]


def holders(text: str, verb: str) -> set[str]:
    """Whom the subject of the last such verb in a text stands for."""
    with voices(text) as (found, names):
        block, token = [(b, t) for b in found.told.page.blocks for t in b.doc if t.text == verb][-1]
        return {names[i] for i in found.holders(token, block)}


def told(text: str, words: str, holder: str) -> str:
    """Whose word the words are, as of a stand of the holder."""
    with voices(text) as (found, names):
        return found.told_by(found.statement_at(text.index(words)), names.index(holder), False)[0]


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The union refused.", "refused", "union"),
        ("The union leader refused.", "refused", "union"),
        ("The workers rejected the plan.", "rejected", "union"),
        ("The company refused.", "refused", "firm"),
        ("Halvard Steel met the mediator. It refused a second date.", "refused", "firm"),
        ("The union's lawyers objected.", "objected", "union"),
    ],
)
def test_common_nouns_and_it_stand_for_the_firm_and_the_union(sentence, verb, expected):
    assert holders(STRIKE + sentence, verb) == {{"union": "Furnace Workers' Union", "firm": "Halvard Steel"}[expected]}


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Kestland closed the road. It rejects any patrol.", "rejects", {"Kestland"}),
        ("The Orvanian ministry said it would accept observers.", "accept", {"Orvania"}),
        ("Neither side accepts observers.", "accepts", {"Orvania", "Kestland"}),
        ("Lund waited, but her counterpart refused.", "refused", {"Kestland"}),
        ('"They refused to let us see the map," Lund said.', "refused", {"Kestland"}),
        ("It is clear that nobody wants a war.", "is", set()),
    ],
)
def test_pronouns_and_counterparts_stand_for_a_state(sentence, verb, expected):
    assert holders(STATES + sentence, verb) == expected


@pytest.mark.parametrize(
    ("speaker", "words", "holder", "expected"),
    [
        ("Kestland's vice-president said", "the lake would stay open", "Kestland", "own"),
        ("a Kestland government spokesman said", "the lake would stay open", "Kestland", "own"),
        ("Orvania's deputy minister said", "the lake would stay open", "Kestland", "other_side"),
        ("a senior Kestland diplomat said", "the lake would stay open", "Kestland", "unnamed"),
        ("a source close to Kestland said", "the lake would stay open", "Kestland", "unnamed"),
        ("the mediator said", "the lake would stay open", "Kestland", "mediator"),
        ("Igor Vask said", "the lake would stay open", "Kestland", "own"),
    ],
)
def test_whose_word_it_is(speaker, words, holder, expected):
    text = f"{STATES}On Tuesday {speaker} that {words}."
    assert told(text, words, holder) == expected


def test_an_expert_speaks_for_nobody():
    text = STATES + "The lake must be shared, said Oda Brem, a professor of law at Kestland University."
    with voices(text) as (found, _):
        assert found.speaking(found.statement_at(text.index("The lake must"))) is None


def test_a_mediator_without_an_organisation_holds_his_own():
    text = STRIKE + "The conciliator, Tomas Reck, said both should return to the table on Monday."
    with voices(text) as (found, names):
        party = found.speaking(found.statement_at(text.index("both should")))
        assert party is not None
        assert names[party] == "Tomas Reck"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The union's leader, Dora Finn, said the offer was too low. Nine percent would have to be paid.",
            "paid",
            "union",
        ),
        ("The firm was blunt. Nine percent would not be paid.", "paid", "firm"),
        ("The union said the offer was low. The firm said no.\n\nUnion: nine percent or nothing.", "nothing", "union"),
        ("For the union, nine percent is a beginning.", "beginning", "union"),
        # somebody else is named, and what was is told by the paper
        ("The union's leader, Dora Finn, said the offer was too low. Ivo Tarr would pay nine percent.", "pay", None),
        ("The union's leader, Dora Finn, said the offer was too low. Snow fell on the gates.", "fell", None),
    ],
)
def test_a_sentence_that_names_nobody_is_told_in_the_voice_before_it(text, words, expected):
    names_of = {"union": "Furnace Workers' Union", "firm": "Halvard Steel", None: None}
    with voices(STRIKE + text) as (found, names):
        block, token = [(b, t) for b in found.told.page.blocks for t in b.doc if t.text == words][-1]
        party = found.heard.at(block, block.sentence(token.i))
        assert (None if party is None else names[party]) == names_of[expected]


@pytest.mark.parametrize(
    ("text", "person", "party"),
    [
        (STRIKE + "Few went in, said shop steward Dora Finn.", "Dora Finn", "Furnace Workers' Union"),
        (
            STRIKE + "The union was calm. Its secretary, the welder Dora Finn, waved.",
            "Dora Finn",
            "Furnace Workers' Union",
        ),
        (STATES + "Petra Lund left early. Her counterpart, Dora Finn, stayed.", "Dora Finn", "Kestland"),
        (
            STRIKE.replace("Halvard Steel", "Harbour Council") + "Mayor Dora Finn opened the window.",
            "Dora Finn",
            "Harbour Council",
        ),
    ],
)
def test_people_whose_title_names_nobody_find_their_side(text, person, party):
    with voices(text) as (found, names):
        assert names[found.party_of(names.index(person))] == party


def test_a_noun_beside_a_name_is_another_name_for_it():
    text = "The airline Tarn Blue and the Cabin Crews' Union met on Monday.\n\nThe airline refused."
    assert holders(text, "refused") == {"Tarn Blue"}


def test_whoever_is_interviewed_answers():
    text = (
        STRIKE + "We spoke to Dora Finn, who leads the union.\n\nQ: Is nine percent too much?\n\nA: It is what we need."
        "\n\nQ: And if Ivo Tarr of Halvard Steel says no?\n\nA: We will stay out.\n\nQ: How long?\n\nA: Until June."
    )
    with voices(text) as (found, names):
        said = found.statement_at(text.index("We will stay"))
        assert said is not None
        assert names[found.told.statements[said].speaker] == "Dora Finn"


def test_who_is_asked_about_first_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two speakers who are each described by the other's words: neither may become known by being asked for last."""

    def as_the_other(found: Voices, statement: int) -> int:
        other = found.speaking(1 - statement)
        return statement if other is None else other

    monkeypatch.setattr(Voices, "_speaks_for", as_the_other)
    text = STRIKE + '"We offered enough," its owner said. "They did not," their leader replied.'
    asked = []
    for order in ((0, 1), (1, 0)):
        with voices(text) as (found, _):
            assert len(found.told.statements) == 2
            asked.append({statement: found.speaking(statement) for statement in order})
    assert asked[0] == asked[1]
