"""Who said what, by which words, on sentences of every frame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.extract.attribution_cues import cues, inflect
from voices import found, said

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # direct, every order
        ("“We are ready,” the envoy said.", "the envoy", ["We are ready"]),
        ("“We are ready,” said Ada Mott, who leads the guild.", "Ada Mott", ["We are ready"]),
        ("«We are ready», declared she on Monday.", "she", ["We are ready"]),
        ("‘The growers’ demands are fair,’ said the mayor.", "the mayor", ["The growers’ demands are fair"]),
        ('The envoy said: "We are ready. We wait."', "The envoy", ["We are ready. We wait."]),
        ("“We are ready,” he smiled.", "he", ["We are ready"]),
        ("“Will they come?” asked one delegate.", "one delegate", ["Will they come?"]),
        ("“A deal,” he said, “is near.”", "he", ["A deal", "is near."]),
        ("“A deal is near,” he said. “It needs a signature.”", "he", ["A deal is near", "It needs a signature."]),
        ("Strand was brief: “Either they sign or we go home.”", "Strand", ["Either they sign or we go home."]),
        # indirect
        ("The envoy said the river would be shared.", "The envoy", ["the river would be shared"]),
        ("The company, which employs 400, says that it cannot pay.", "The company", ["it cannot pay"]),
        ("The text, two diplomats said, has 14 articles.", "two diplomats", ["The text", "has 14 articles"]),
        ("The text has 14 articles, officials said.", "officials", ["The text has 14 articles"]),
        ("According to two diplomats, the text is ready.", "two diplomats", ["the text is ready"]),
        ("The text is ready, according to two diplomats.", "two diplomats", ["The text is ready"]),
        ("By the union's count, 700 drivers stayed home.", "the union", ["700 drivers stayed home"]),
        ("As Korrin has stressed, the dam will stay.", "Korrin", ["the dam will stay"]),
        ("Korrin stressed the need for a truce.", "Korrin", ["the need for a truce"]),
        ("The rebels denied any contact with the army.", "The rebels", ["any contact with the army"]),
        ("Korrin went on to say that the river would be shared.", "Korrin", ["the river would be shared"]),
        ("He made it clear that no troops would stay.", "He", ["no troops would stay"]),
        ("Strand arrived late, saying the road was closed.", "Strand", ["the road was closed"]),
        ("A delegate was quoted as saying that the text was ready.", "A delegate", ["the text was ready"]),
        ("The army, Korrin claimed, had crossed the river.", "Korrin", ["The army", "had crossed the river"]),
        ("Ann Bell put the chances at one in three.", "Ann Bell", ["the chances at one in three"]),
        ("A report by the website Lantern that he resigned caused a stir.", "the website Lantern", ["he resigned"]),
        (
            "As reported by the agency Interlink, the meeting lasted four hours.",
            "the agency Interlink",
            ["the meeting lasted four hours"],
        ),
        ("Interlink cited an officer as saying that the bridge was mined.", "an officer", ["the bridge was mined"]),
        ("Korrin said on Monday in Lussa, after a meeting, that he would wait.", "Korrin", ["he would wait"]),
        ("Korrin vowed not to leave the table.", "Korrin", ["not to leave the table"]),
        # mixed, and pieces of quotation
        ("He told members the plan was “a gamble”.", "He", ["the plan was “a gamble"]),
        ("The mayor spoke of “a slow thaw”.", "The mayor", ["a slow thaw"]),
        ("She asked them to “lower the tone”.", "She", ["to “lower the tone"]),
        ("It was a session which Korrin called ‘pleasant’.", "Korrin", ["pleasant"]),
        ("Strand denied that he had resigned: “I like my desk.”", "Strand", ["he had resigned", "I like my desk."]),
    ],
)
def test_frames(text: str, source: str, content: list[str]) -> None:
    assert said(text) == [(source, content)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # what goes on after the cue
        (
            "The port could reopen in June, the governor hinted, if the dockers called off their blockade.",
            "the governor",
            ["The port could reopen in June", "if the dockers called off their blockade"],
        ),
        (
            'The pilots "have no other weapon", he said, and would stay at home until May.',
            "he",
            ['The pilots "have no other weapon', "and would stay at home until May"],
        ),
        ("He could wait, the Dane hinted, “maybe a year”.", "the Dane", ["He could wait", "maybe a year"]),
        ("They must, the ministry says, “hand over the keys”.", "the ministry", ["They must", "hand over the keys"]),
        (
            "The bill can wait, two people with knowledge of it told this newspaper, in what may be the last turn.",
            "two people with knowledge of it",
            ["The bill can wait"],
        ),
        ("The canal is safe, the commission found.", "the commission", ["The canal is safe"]),
        ("Not so fast, says the guild.", "the guild", ["Not so fast"]),
        ("The drivers, she went on, “do not eat percentages”.", "she", ["The drivers", "do not eat percentages"]),
        # verbs that no lexicon holds
        ("«This is a circus without a tent», ironized Varda.", "Varda", ["This is a circus without a tent"]),
        ("«This is a circus», considers the deputy Oleh Varda.", "the deputy Oleh Varda", ["This is a circus"]),
        ("«We wait,» laconically commented the captain.", "the captain", ["We wait"]),
        ("The mayor floated that the fair might move.", "The mayor", ["the fair might move"]),
        (
            "A captain murmured to us that «nobody will sign on Friday».",
            "A captain",
            ["nobody will sign on Friday"],
        ),
        ("The union accepted the text “with a heavy heart”.", "The union", ["the text “with a heavy heart"]),
        ("The minister thanked Korrin for “the patience of a saint”.", "The minister", ["the patience of a saint"]),
        ("The claim was described by the firm as “a bad joke”.", "the firm", ["a bad joke"]),
        ("Strand would not exclude “a small detour by sea”.", "Strand", ["a small detour by sea"]),
        # who speaks: a place, a subject cut off, the name after a title
        (
            "In the ministry of defence reported that the column had turned back.",
            "the ministry of defence",
            ["the column had turned back"],
        ),
        ("In Teska they rushed to state that the pipe was blown up.", "Teska", ["the pipe was blown up"]),
        (
            'But a sailor who sits on the board, and likes it there, tells me it will pass by "five to four".',
            "a sailor",
            ['it will pass by "five to four'],
        ),
        (
            "Deputy director Ana Kovel wrote to staff at noon (two of you sent it on) that the firm “will not budge”.",
            "Deputy director Ana Kovel",
            ["the firm “will not budge"],
        ),
        ("It was she who, on Friday, demanded that the gate stay shut.", "she", ["the gate stay shut"]),
        ("According to her words, the side «sees no sense» in it.", "her", ["the side «sees no sense» in it"]),
        ("According to Ann Bell it was “a cold day”.", "Ann Bell", ["it was “a cold day"]),
        # colons
        (
            "In the course of the visit, which lasted an hour, the king repeated: no ship will leave.",
            "the king",
            ["no ship will leave"],
        ),
        (
            "The captain confirmed what the crew had feared for weeks: the ship will be sold.",
            "The captain",
            ["the ship will be sold"],
        ),
        ("Her message to the strikers: go home and wait.", "Her", ["go home and wait"]),
        ("The offer, per Wellan: five per cent and a free lunch.", "Wellan", ["five per cent and a free lunch"]),
        ("The union's line hasn't changed: no rosters, no flights.", "The union", ["no rosters, no flights"]),
        ("Tovia's position is that the islands are not for sale.", "Tovia", ["the islands are not for sale"]),
        # opinions, hopes, denials, numbers
        ("The economist Petr Vans considers that prices will fall.", "The economist Petr Vans", ["prices will fall"]),
        ("The deputy has no doubt that the law will pass.", "The deputy", ["the law will pass"]),
        ("The bishop expressed the hope that the guns would rest.", "The bishop", ["the guns would rest"]),
        (
            "The queen voiced her hope that “the road will open” and invited the premier.",
            "The queen",
            ["the road will open"],
        ),
        ("The army refuted rumours about a retreat.", "The army", ["rumours about a retreat"]),
        ("The minister did not rule out that the border would open.", "The minister", ["the border would open"]),
        ("The guild says ten minutes.", "The guild", ["ten minutes"]),
        ("Vane says that's “news to me”.", "Vane", ["that's “news to me"]),
        (
            "Dockers' leader Sol Vane on it: “I saw better at a stall.”",
            "Dockers' leader Sol Vane",
            ["I saw better at a stall."],
        ),
        (
            "Asked about it, the king's envoy, Ada Mott, replied: “Ask the king.”",
            "the king's envoy, Ada Mott",
            ["Ask the king."],
        ),
        ("“It floats”, assured to this paper one of the drivers.", "one of the drivers", ["It floats"]),
        ("Guards vowed to fight on after the army shot at their camp.", "Guards", ["to fight on"]),
        # the sentence before
        (
            "The border was closed at noon. This was announced by the governor of Teska.",
            "the governor of Teska",
            ["The border was closed at noon"],
        ),
    ],
)
def test_frames_by_their_shape(text: str, source: str, content: list[str]) -> None:
    assert said(text) == [(source, content)]


def test_a_cue_after_a_colon_takes_only_what_follows_it() -> None:
    text = "He denied that the firm wants the mine: such a plan, according to him, does not exist."
    assert said(text) == [("He", ["the firm wants the mine"]), ("him", ["such a plan", "does not exist"])]


def test_a_second_verb_with_a_colon_is_a_second_statement() -> None:
    text = "“Guests are welcome”, ironized Bell on the visit, and shut the door: “I do not talk to luggage.”"
    assert said(text) == [("Bell", ["Guests are welcome"]), ("Bell", ["I do not talk to luggage."])]


def test_a_sentence_ends_after_an_initial_too() -> None:
    text = "The dam was shut at noon, the ministry said on X. She urged him, it says, to “leave the valley for now”."
    assert said(text)[0] == ("the ministry", ["The dam was shut at noon"])
    assert said(text)[1] == ("it", ["She urged him", "to “leave the valley for now"])


def test_another_speaker_after_while_is_no_part_of_a_clause() -> None:
    text = "Two envoys said the draft held nothing on refugees, while a third called it “promising”."
    assert said(text)[0] == ("Two envoys", ["the draft held nothing on refugees"])


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Lussa on Monday and left without a word.",
        "I wrote on Monday that they would fail.",
        "The villagers crossed the so-called “green line” on Monday.",
        "The company would neither confirm nor deny the figure.",
        "The firm rejected the offer.",
        "The police say no comment.",
        "When the rain came, the talks stopped.",
        "The dollar fell, the pound rose.",
        "The two presidents have never met: their last letter was in 2016.",
        "There was one surprise: the minister came by bus.",
        "The army moved two brigades to the border, and the price of bread doubled.",
        "The rebels have renamed the square “Place of the Martyrs”.",
        "Tovia counts 200 islands.",
        "Strand made sure that the door was shut.",
        "The spokesman would not say whether the talks would go on.",
        "Marland rejected the offer, and Teveria walked out.",
        "The union wants a raise of nine per cent.",
        "Mediators hope that the text will be signed.",
        "Strand declined to comment on the leak.",
        "The deal foresees that both set people free.",
        "It was a “historic” day for the valley.",
        "The minister will announce a date next week.",
        "Neither side would say what had been agreed.",
        "The leaders called for talks to end the strike.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert said(text) == []


def test_nested_speech_is_two_statements() -> None:
    text = "“The president stressed the need for a truce,” his office said."
    outer, inner = found(text)
    assert (outer.parent, inner.parent) == (None, 0)
    assert said(text)[1] == ("The president", ["the need for a truce"])


def test_two_cues_are_two_statements() -> None:
    text = "He said the road was open, and she said the bridge was closed."
    assert said(text) == [("He", ["the road was open"]), ("she", ["the bridge was closed"])]


def test_a_verb_of_saying_after_another_is_no_part_of_its_content() -> None:
    text = "Marland denies that it closed the road and says its engineers cleaned it."
    assert said(text) == [("Marland", ["it closed the road"]), ("Marland", ["its engineers cleaned it"])]


def test_kinds() -> None:
    text = "“We wait,” he said. The mayor said she was “ready”. The guild said it would wait."
    assert [a.kind for a in found(text)] == ["direct", "mixed", "indirect"]


def test_a_dateline_is_no_content() -> None:
    text = "LUSSA, May 3 (INP) — The bridge will open on Friday, the mayor said."
    assert said(text) == [("the mayor", ["The bridge will open on Friday"])]


def test_what_is_said_of_a_speaker_stands_apart() -> None:
    text = "“It is over,” said a leading member of the guild, who attended the session."
    (only,) = found(text)
    assert [text[s:e] for s, e in only.source] == ["a leading member of the guild", "who attended the session"]


@pytest.mark.parametrize(
    "text",
    [
        "", "“", "”", "'''", "““““ said said said", "said", "according to", "“…” — “…” said", ": “", "he said: “",
        "“a” “b” “c” he said “d", "\u200f“שלום” said Ana\u200f", "by the count of", "— ?\n— ?\n— a\n— b",
    ],
)  # fmt: skip
def test_odd_texts_do_no_harm(text: str) -> None:
    for a in found(text, thoughts=True):
        for start, end in a.source + a.cue + a.content:
            assert 0 <= start < end <= len(text)


def test_lexicon_keys_are_words() -> None:
    for verb, frames in cues().prepositional.items():
        assert isinstance(verb, str)
        assert all(isinstance(word, str) for word in frames), (
            f"{verb}: YAML reads a bare on, off, yes or no as a truth value"
        )


def test_inflection() -> None:
    assert inflect("admit", {}, frozenset({"admit"})) == ["admit", "admits", "admitted", "admitting"]
    assert inflect("reply", {}, frozenset()) == ["reply", "replies", "replied", "replying"]
    assert inflect("agree", {}, frozenset()) == ["agree", "agrees", "agreed", "agreeing"]


@pytest.mark.skipif(not (SHARED / "practice" / "gold").is_dir(), reason="the practice set is not beside the repository")
def test_statements_of_the_practice_set() -> None:
    right = predicted = wanted = 0
    for path in sorted((SHARED / "practice" / "gold").glob("q*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "practice" / "texts" / gold["document"]).read_text(encoding="utf-8")
        ours = [set().union(*(range(s, e) for s, e in a.content)) for a in found(text)]
        contents = [
            set().union(*(range(text.find(p), text.find(p) + len(p)) for p in g["content"])) for g in gold["statements"]
        ]
        predicted, wanted = predicted + len(ours), wanted + len(contents)
        for g in contents:
            best = max(ours, key=lambda o: len(o & g) / len(o | g), default=set())
            if len(best & g) * 2 >= len(best | g):
                right += 1
                ours.remove(best)
    assert 2 * right / (predicted + wanted) > 0.9  # with the furniture left in
