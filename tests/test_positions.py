"""Positions: what words and constructions tell of a stand, whose it is, about what, and whose word it is."""

from __future__ import annotations

import pytest

from dragoman.extract import positions
from dragoman.extract.reader import read_text
from dragoman.extract.stance_content import readable

OPENING = """Kalvaria and Dunreach resume talks

PORT LUMEN, 3 May 2031 - Kalvaria and Dunreach held talks in Port Lumen on Monday on a truce in the Selva valley. \
Foreign Minister Ada Morn of Kalvaria and Foreign Minister Tomas Reik of Dunreach led the two delegations.

"""


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules find is tested, not what the learned model makes of it."""
    monkeypatch.setattr(positions, "with_likely", lambda told, voices, stands, model: stands)
    monkeypatch.setattr(positions, "load", lambda: None)


def stands_in(paragraph: str) -> list[tuple[str, str, str, str, str]]:
    """Of the positions in a paragraph: party, issue, stance, whose word it is, and the words cited."""
    text = OPENING + paragraph + "\n"
    findings = read_text(text)
    return [
        (findings.actors[p.party].name, p.issue, p.stance, p.told_by, text[slice(*p.spans[0])])
        for p in findings.positions
        if p.spans[0][0] >= len(OPENING)
    ]


REFUSALS = [
    ("Kalvaria rejected the ceasefire proposal.", "ceasefire", "own", "Kalvaria rejected the ceasefire proposal"),
    (
        "Kalvaria will not withdraw its troops from the valley.",
        "withdrawal",
        "outlet",
        "Kalvaria will not withdraw its troops from the valley",
    ),
    ("Kalvaria turned down a prisoner exchange.", "prisoners", "own", "Kalvaria turned down a prisoner exchange"),
    (
        "Kalvaria turned the prisoner exchange down.",
        "prisoners",
        "own",
        "Kalvaria turned the prisoner exchange down",
    ),
    (
        "Kalvaria sees no reason to release the prisoners.",
        "prisoners",
        "outlet",
        "Kalvaria sees no reason to release the prisoners",
    ),
    ("Kalvaria would have none of a ceasefire.", "ceasefire", "outlet", "Kalvaria would have none of a ceasefire"),
    (
        "Kalvaria does not want foreign observers in the valley.",
        "peacekeeping",
        "outlet",
        "Kalvaria does not want foreign observers in the valley",
    ),
    (
        "Kalvaria called the ceasefire proposal an insult.",
        "ceasefire",
        "outlet",
        "called the ceasefire proposal an insult",
    ),
    (
        "A ceasefire without guarantees is unacceptable to Kalvaria.",
        "ceasefire",
        "outlet",
        "A ceasefire without guarantees is unacceptable to Kalvaria",
    ),
    ('"The border is not up for discussion," Morn said.', "territory", "own", "The border is not up for discussion"),
    ('"The ceasefire offer is an insult," Morn said.', "ceasefire", "own", "The ceasefire offer is an insult"),
    ('"There will be no ceasefire this month," Morn said.', "ceasefire", "own", "no ceasefire this month"),
    ('"Not one metre of our territory," Morn said.', "territory", "own", "Not one metre of our territory"),
    ('"Nobody will redraw our border," Morn said.', "territory", "own", "Nobody will redraw our border"),
    (
        '"We do not negotiate with hostage-takers," Morn said.',
        "prisoners",
        "own",
        "We do not negotiate with hostage-takers",
    ),
]


@pytest.mark.parametrize(("paragraph", "issue", "told_by", "words"), REFUSALS)
def test_a_refusal_in_any_words_rejects(paragraph: str, issue: str, told_by: str, words: str) -> None:
    assert stands_in(paragraph) == [("Kalvaria", issue, "rejects", told_by, words)]


ANSWERS = [
    ("Kalvaria said no.", "own", "Kalvaria said no", "rejects"),
    ("Kalvaria's answer was no.", "outlet", "Kalvaria's answer was no", "rejects"),
    ("Kalvaria agreed at once.", "own", "Kalvaria agreed", "accepts"),
]


@pytest.mark.parametrize(("answer", "told_by", "words", "stance"), ANSWERS)
def test_an_answer_is_about_what_was_proposed_before_it(answer: str, told_by: str, words: str, stance: str) -> None:
    found = stands_in("Dunreach proposed a prisoner exchange. " + answer)
    assert found == [
        ("Dunreach", "prisoners", "proposes", "own", "Dunreach proposed a prisoner exchange"),
        ("Kalvaria", "prisoners", stance, told_by, words),
    ]


def test_a_relative_clause_holds_a_stand_of_its_own() -> None:
    found = stands_in("Dunreach proposed a prisoner exchange, a step which Kalvaria refused.")
    assert ("Kalvaria", "prisoners", "rejects", "own", "a step which Kalvaria refused") in found


WANTS = [
    (
        "Kalvaria has asked for a ceasefire of thirty days.",
        "ceasefire",
        "demands",
        "own",
        "Kalvaria has asked for a ceasefire of thirty days",
    ),
    (
        "Kalvaria urged Dunreach to open a humanitarian corridor.",
        "humanitarian",
        "demands",
        "own",
        "Kalvaria urged Dunreach to open a humanitarian corridor",
    ),
    (
        '"Dunreach must withdraw its troops from the valley," Morn said.',
        "withdrawal",
        "demands",
        "own",
        "Dunreach must withdraw its troops from the valley",
    ),
    ('"Release the prisoners," Morn said.', "prisoners", "demands", "own", "Release the prisoners"),
    (
        "What Kalvaria wants is a demilitarised zone.",
        "arms",
        "demands",
        "outlet",
        "Kalvaria wants is a demilitarised zone",
    ),
    (
        "Kalvaria put a ceasefire of thirty days on the table.",
        "ceasefire",
        "proposes",
        "outlet",
        "Kalvaria put a ceasefire of thirty days on the table",
    ),
    (
        "Kalvaria came with a plan for a prisoner exchange.",
        "prisoners",
        "proposes",
        "outlet",
        "plan for a prisoner exchange",
    ),
    (
        "Kalvaria has gone up from 40 to 60 prisoners.",
        "prisoners",
        "proposes",
        "outlet",
        "gone up from 40 to 60 prisoners",
    ),
]


@pytest.mark.parametrize(("paragraph", "issue", "stance", "told_by", "words"), WANTS)
def test_what_is_asked_for_and_put_forward(paragraph: str, issue: str, stance: str, told_by: str, words: str) -> None:
    assert stands_in(paragraph) == [("Kalvaria", issue, stance, told_by, words)]


def test_the_members_of_a_list_are_stands_of_their_own() -> None:
    found = stands_in(
        "Kalvaria demanded three things: the release of prisoners, the lifting of sanctions and a ceasefire."
    )
    assert found == [
        ("Kalvaria", "prisoners", "demands", "own", "the release of prisoners"),
        ("Kalvaria", "sanctions", "demands", "own", "the lifting of sanctions"),
        ("Kalvaria", "ceasefire", "demands", "own", "a ceasefire"),
    ]


def test_a_list_may_go_on_over_paragraphs_with_bullets() -> None:
    found = stands_in(
        "Kalvaria demanded three things:\n\n- the release of all prisoners\n\n- a ceasefire of ten days\n\nIt rained."
    )
    assert ("Kalvaria", "prisoners", "demands", "own", "the release of all prisoners") in found
    assert ("Kalvaria", "ceasefire", "demands", "own", "a ceasefire of ten days") in found
    assert not any("rained" in words for *_, words in found)


YIELDING = [
    (
        "Kalvaria took the offer of a prisoner exchange.",
        "prisoners",
        "accepts",
        "outlet",
        "Kalvaria took the offer of a prisoner exchange",
    ),
    (
        "Kalvaria no longer demands the release of all prisoners.",
        "prisoners",
        "accepts",
        "own",
        "Kalvaria no longer demands the release of all prisoners",
    ),
    (
        '"We will release the prisoners on Friday," Morn said.',
        "prisoners",
        "accepts",
        "own",
        "release the prisoners on Friday",
    ),
    (
        "Kalvaria did not rule out a prisoner exchange.",
        "prisoners",
        "open_to",
        "own",
        "Kalvaria did not rule out a prisoner exchange",
    ),
    (
        "Kalvaria could live with foreign observers in the valley.",
        "peacekeeping",
        "open_to",
        "outlet",
        "Kalvaria could live with foreign observers in the valley",
    ),
    (
        "Morn said her government was ready to discuss a prisoner exchange.",
        "prisoners",
        "open_to",
        "own",
        "ready to discuss a prisoner exchange",
    ),
]


@pytest.mark.parametrize(("paragraph", "issue", "stance", "told_by", "words"), YIELDING)
def test_what_is_conceded_or_not_shut_out(paragraph: str, issue: str, stance: str, told_by: str, words: str) -> None:
    assert stands_in(paragraph) == [("Kalvaria", issue, stance, told_by, words)]


CONDITIONS = [
    (
        '"Once the prisoners are home, we will withdraw our troops," Morn said.',
        "withdrawal",
        "own",
        "Once the prisoners are home, we will withdraw our troops",
    ),
    (
        '"We will not sign a ceasefire until the prisoners are home," Morn said.',
        "ceasefire",
        "own",
        "We will not sign a ceasefire until the prisoners are home",
    ),
    (
        "Kalvaria would lift the sanctions if Dunreach released the prisoners.",
        "sanctions",
        "outlet",
        "Kalvaria would lift the sanctions if Dunreach released the prisoners",
    ),
    ('"No ceasefire without a withdrawal," Morn said.', "ceasefire", "own", "No ceasefire without a withdrawal"),
    (
        '"There will be no ceasefire without a withdrawal," Morn said.',
        "ceasefire",
        "own",
        "no ceasefire without a withdrawal",
    ),
]


@pytest.mark.parametrize(("paragraph", "issue", "told_by", "words"), CONDITIONS)
def test_what_waits_on_something_is_cited_with_it(paragraph: str, issue: str, told_by: str, words: str) -> None:
    assert stands_in(paragraph) == [("Kalvaria", issue, "conditions", told_by, words)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Kalvaria declined to comment on the ceasefire.",
        "A Kalvarian official asked not to be named.",
        '"Will Kalvaria release the prisoners?" a reporter asked.',
        "The two sides agreed on a ceasefire.",
        "Kalvaria discussed a ceasefire with Dunreach on Monday.",
        "Kalvaria dismissed reports of a prisoner exchange.",
        "Morn gave no details of the ceasefire.",
    ],
)
def test_no_stand_is_read_into_procedure_and_news(paragraph: str) -> None:
    assert stands_in(paragraph) == []


def stances(paragraph: str, party: str = "Kalvaria") -> list[tuple[str, str]]:
    return [(stance, words) for name, _, stance, _, words in stands_in(paragraph) if name == party]


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("Kalvaria is ready for a truce, but not under foreign observers.", "not under foreign observers"),
        ("Kalvaria accepted observers, though not in the valley.", "not in the valley"),
        ("Kalvaria wants to disarm the militia but not occupy the valley.", "not occupy the valley"),
        ("Dunreach asked Kalvaria for a prisoner exchange. Kalvaria will not.", "Kalvaria will not"),
        ('"A prisoner exchange? We told them no," Morn said.', "told them no"),
        ('"We did not come here to discuss our borders," Morn said.', "discuss our borders"),
        ('"Foreign troops would violate our sovereignty," Morn said.', "Foreign troops would violate our sovereignty"),
        ("Kalvaria will not be at the talks on Friday.", "Kalvaria will not be at the talks on Friday"),
        ('"We would rather keep our prisoners in jail than sell the valley," Morn said.', "keep our prisoners in jail"),
        ("Kalvaria has not gone below 300 prisoners.", "Kalvaria has not gone below 300 prisoners"),
        ("For Kalvaria a withdrawal of its troops is taboo.", "a withdrawal of its troops is taboo"),
        ("Kalvaria considers the ceasefire plan unacceptable.", "considers the ceasefire plan unacceptable"),
        ("Kalvaria sees no purpose in a meeting of the presidents.", "Kalvaria sees no purpose in a meeting of the"),
        ("Kalvaria will not disclose the content of the talks.", "Kalvaria will not disclose the content of the talks"),
        ("Kalvaria adheres to the confidentiality of the talks.", "adheres to the confidentiality of the talks"),
    ],
)
def test_what_is_left_out_or_said_to_do_harm_is_refused(paragraph: str, words: str) -> None:
    assert any(stance == "rejects" and words in cited for stance, cited in stances(paragraph)), stances(paragraph)


@pytest.mark.parametrize(
    ("paragraph", "stance", "words"),
    [
        (
            "Kalvaria would lift the sanctions on condition that the prisoners come home.",
            "conditions",
            "would lift the sanctions on condition that the prisoners come home",
        ),
        ("Kalvaria would free 40 prisoners, but not before the truce begins.", "conditions", "not before the truce"),
        ('"A ceasefire without a withdrawal is a gift to them," Morn said.', "conditions", "A ceasefire without a"),
        (
            '"The prisoners first, then we talk about troops," Morn said.',
            "conditions",
            "The prisoners first, then we talk",
        ),
        ("Kalvaria suspends the sanctions in return.", "accepts", "Kalvaria suspends the sanctions in return"),
        ("Morn insisted that the rebels first leave the valley.", "demands", "the rebels first leave the valley"),
        ("Kalvaria hopes to reach a peace agreement.", "demands", "hopes to reach a peace agreement"),
        ("Kalvaria wants no more than 300 foreign observers.", "demands", "wants no more than 300 foreign observers"),
        ("Kalvaria might amend the constitution.", "open_to", "might amend the constitution"),
        ('"We will be at the talks on Friday," Morn said.', "accepts", "We will be at the talks on Friday"),
    ],
)
def test_what_is_given_and_for_what(paragraph: str, stance: str, words: str) -> None:
    assert any(found == stance and words in cited for found, cited in stances(paragraph)), stances(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Kalvaria is negotiating with Dunreach over the dam.",
        "Neither side has said yes.",
        "The ceasefire was signed by Morn on Monday.",
        "Morn would neither confirm nor deny the ceasefire.",
        "Kalvaria vowed to strike the valley again.",
        "Kalvaria would have signed the ceasefire in April.",
        '"We are not pessimists," Morn said of the ceasefire.',
        '"About which prisoners?" Morn asked.',
        "Kalvaria considers that the ceasefire is holding.",
    ],
)
def test_no_stand_is_read_into_what_is_done_doubted_or_asked(paragraph: str) -> None:
    assert stands_in(paragraph) == []


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("for a meeting between the presidents", "a meeting between the presidents"),
        ("that the prisoners be freed", "the prisoners be freed"),
        ("to the release of all prisoners", "the release of all prisoners"),
        ("to release all prisoners", "to release all prisoners"),
        ('to sign a treaty "for our grandchildren', "to sign a treaty for our grandchildren"),
        ("a “jobs pledge in plain language” for Thursday", "a “jobs pledge in plain language” for Thursday"),
        ("disarm” the valley but not occupy", "disarm the valley but not occupy"),
        ("unchanged since March: the release of prisoners", "the release of prisoners"),
        ("a full truce in the valley, which Dunreach has refused", "a full truce in the valley"),
        ("a freeze on sanctions [2", "a freeze on sanctions"),
    ],
)
def test_the_short_text_reads_well_by_itself(words: str, content: str) -> None:
    assert readable(words) == content


def test_own_words_tell_of_a_stand_before_the_words_of_others() -> None:
    text = OPENING + (
        "Kalvaria wants a prisoner exchange, an official in Dunreach said.\n\n"
        "“We demand a prisoner exchange within a week,” said Foreign Minister Ada Morn of Kalvaria.\n"
    )
    findings = read_text(text)
    [stand] = [p for p in findings.positions if p.issue == "prisoners" and p.stance == "demands"]
    assert findings.actors[stand.party].name == "Kalvaria"
    assert len(stand.spans) == 2
    assert stand.told_by == "own"
    assert "within a week" in stand.content
