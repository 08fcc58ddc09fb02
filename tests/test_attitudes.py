"""Thoughts and attitudes, and the wider spans that go with them."""

from __future__ import annotations

import pytest

from dragoman.extract import lexicon
from voices import found, said


def whole(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of every attribution, thoughts too; pieces joined by a bar."""
    return [
        tuple(" | ".join(text[s:e] for s, e in spans) for spans in (a.source, a.cue, a.content))  # type: ignore[misc]
        for a in found(text, thoughts=True)
    ]


def test_thoughts_only_when_asked() -> None:
    text = "Rask believes that the dam will be built."
    assert said(text) == []
    (only,) = found(text, thoughts=True)
    assert only.thought
    assert whole(text) == [("Rask", "believes", "that the dam will be built")]


def test_a_thought_that_somebody_voices_is_no_second_one() -> None:
    assert [a.thought for a in found("Korrin said he hopes that the truce holds.", thoughts=True)] == [False]


def test_only_the_outermost_are_given_beside_thoughts() -> None:
    text = "“The president stressed the need for a truce,” his office said."
    assert len(found(text)) == 2
    assert whole(text) == [("his office", "said", "“The president stressed the need for a truce,”")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # verbs with an object, and what belongs to it
        ("The guild backed the merger.", ("The guild", "backed", "the merger")),
        ("Both mayors see the toll as a trap.", ("Both mayors", "see", "the toll as a trap")),
        ("The miners blasted the board for its silence.", ("The miners", "blasted", "the board for its silence")),
        ("The plan was rejected by the drivers.", ("the drivers", "was rejected by", "The plan")),
        ("Holm likes selling fish.", ("Holm", "likes", "selling fish")),
        ("Holm voted for the ferry.", ("Holm", "voted for", "the ferry")),
        ("She worried about the dyke.", ("She", "worried about", "the dyke")),
        # adjectives and nouns
        ("Holm is wary of the bank.", ("Holm", "is wary of", "the bank")),
        ("Holm was glad that the hall stayed open.", ("Holm", "was glad", "that the hall stayed open")),
        ("Duric, a critic of the dam, left.", ("Duric", "critic of", "the dam")),
    ],
)
def test_attitudes(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in whole(text)
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "If the town backed the merger, the port would close.",  # only supposed
        "The lorry carried the crates to the mill.",
        "The Backed Merger Society met in May.",
    ],
)
def test_what_is_no_attitude(text: str) -> None:
    assert whole(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The envoy has repeatedly denied that he signed.", "has repeatedly denied"),
        ("The envoy did not say that he signed.", "did not say"),
        ("The envoy said in a statement that he had signed.", "said in a statement"),
        ("The envoy said Tuesday that he had signed.", "said Tuesday"),
        ("The envoy made it clear that he had signed.", "made it clear"),
        ("The envoy went on to say that he had signed.", "went on to say"),
        ("The envoy said on a cold morning that he had signed.", "said"),
        ("However, the envoy said that he had signed.", "said"),
        ("The envoy told reporters that he had signed.", "told"),
    ],
)
def test_the_whole_cue(text: str, cue: str) -> None:
    assert [c for _, c, _ in whole(text)] == [cue]


def test_the_record_keeps_the_bare_cue() -> None:
    text = "The envoy said in a statement that he had signed."
    (only,) = found(text)
    assert [text[s:e] for s, e in only.cue] == ["said"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“We wait,” she said.", "“We wait,”"),
        ('"We wait," she said. "All of us."', '"We wait," | "All of us."'),
        ("''We wait,'' she said.", "''We wait,''"),
        ("She called it “a bad day”.", "it “a bad day”"),
        ("The road is open, she said.", "The road is open"),
    ],
)
def test_marks_are_content_beside_thoughts(text: str, content: str) -> None:
    assert [c for _, _, c in whole(text)] == [content]


def test_a_source_is_one_piece_beside_thoughts() -> None:
    text = "Ann Bell, who leads the guild, said that the road was open."
    assert [s for s, _, _ in whole(text)] == ["Ann Bell, who leads the guild,"]


def test_a_relative_pronoun_stands_for_itself_beside_thoughts() -> None:
    text = "The hall was full of farmers who said that the water was gone."
    assert [s for s, _, _ in whole(text)] == ["who"]
    assert said(text)[0][0] != "who"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Who opens the gate?” Bell said of the harbour.", [("Bell", ["Who opens the gate?"])]),
        ("“Shut it now!” Bell told the Tarn Courier in May.", [("Bell", ["Shut it now!"])]),
        ("“Who opens the gate?” Bell said that nobody would.", [("Bell", ["nobody would"])]),
        ("“The gate is shut,“ said Ann Bell.", [("Ann Bell", ["The gate is shut"])]),
    ],
)
def test_a_question_or_a_careless_mark_ends_a_quotation_before_its_cue(
    text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert [entry for entry in said(text) if entry[0]] == expected


@pytest.mark.parametrize("name", ["attitudes", "cue_spans"])
def test_the_lexicon_holds_words(name: str) -> None:
    def words(value: object) -> list[object]:
        if isinstance(value, dict):
            return [*value, *(word for below in value.values() for word in words(below))]
        assert isinstance(value, str), f"{value!r}: YAML reads a bare on, off, yes or no as a truth value"
        return list(value.split())

    assert all(isinstance(word, str) for word in words(lexicon.load(name)))
