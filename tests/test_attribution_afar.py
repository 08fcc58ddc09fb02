"""Attribution where who speaks, or what is said, stands far from the cue or is told by others."""

from __future__ import annotations

import pytest

from voices import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who is only relayed, who only hears, whose it is
        ("“We will wait,” Radio Tarn quoted the mayor as saying.", [("the mayor", ["We will wait"])]),
        ("The envoys have been told that the hall was locked.", []),
        ("The clerk, asked why the hall was locked, laughed.", []),
        (
            "Ilvar, whose mother firm Ilcorp owns the port, warned both towns that the port would close.",
            [("Ilvar", ["the port would close"])],
        ),
        ("Aldenor, whose bank lent the money, urged “both cousins” to sign.", [("Aldenor", ["to sign"])]),
        (
            "The council in Ostby, which had called for ferries to be kept going, fell silent.",
            [("The council in Ostby", ["ferries to be kept going"])],
        ),
        (
            "The talks ended on Monday, but envoys of the Duchy of Harn, which is mediating, said the gap was small.",
            [("envoys of the Duchy of Harn", ["the gap was small"])],
        ),
        ("It ended a strike that the firm says cost it 2m crowns.", [("the firm", ["cost it 2m crowns"])]),
        ("The guild is after a promise that no mill will close.", []),
        # whole names
        ("The guards will go, al-Sabri announced.", [("al-Sabri", ["The guards will go"])]),
        (
            "The road is open, deputy director Ann Bell-Dorn said.",
            [("deputy director Ann Bell-Dorn", ["The road is open"])],
        ),
        # verbs of tone in the middle, in brackets, before a relative part
        (
            "The mine, she scoffed, was “a hole with a flag on it”.",
            [("she", ["The mine", "was “a hole with a flag on it"])],
        ),
        ("The pump (it had, he growled, “never worked”) stands idle.", [("he", ["it had", "never worked"])]),
        (
            "What was sold, one of them wrote to me, was a boat with a hole.",
            [("one of them", ["What was sold", "was a boat with a hole"])],
        ),
        (
            "There was no list, she said, and there never was a plan.",
            [("she", ["There was no list", "and there never was a plan"])],
        ),
        ("The bus is late, two people in her office tell us.", [("two people in her office", ["The bus is late"])]),
        # judgements and reasons in marks
        (
            "The minister thought the draft “a little long for a Sunday”.",
            [("The minister", ["a little long for a Sunday"])],
        ),
        ("The toll, five marks a cart, he named «theft with a stamp».", [("he", ["theft with a stamp"])]),
        (
            "Bell's lawyers put the hearing off “until the judge has read the file”.",
            [("Bell's lawyers", ["until the judge has read the file"])],
        ),
        (
            "The rival reproached the mayor with playing “the baker's errand boy”.",
            [("The rival", ["playing “the baker's errand boy"])],
        ),
        ("The strikers named no date. They cited “the weather”.", [("They", ["the weather"])]),
        # counts and hedges
        (
            "Forty carts stood at the gate, with 412 riders by the guild's count, most of them wet.",
            [("the guild", ["412 riders"])],
        ),
        ("She has asked for it four times by my count.", []),
        ("He answered, by his own account, that the carts are welcome.", [("He", ["the carts are welcome"])]),
        ("A leaking roof was to blame, if one believes Holl-Berg.", [("Holl-Berg", ["A leaking roof was to blame"])]),
        ("They spoke on Friday, which took an hour, if you believe Holl.", [("Holl", ["took an hour"])]),
        (
            "Bask proposed a vote; the guild refused it, according to a person in the room.",
            [("a person in the room", ["Bask proposed a vote; the guild refused it"])],
        ),
        # set phrases, and English from elsewhere
        (
            "A mill spokesman let us know that the mill wants no strike.",
            [("A mill spokesman", ["the mill wants no strike"])],
        ),
        ("«The lake is ours,» so the mayor.", [("the mayor", ["The lake is ours"])]),
        ("“Nobody shouts,” he e-mails.", [("he", ["Nobody shouts"])]),
        (
            "In his letter, which the palace made public, stands: «Two men can mend one fence.»",
            [("his", ["Two men can mend one fence."])],
        ),
        (
            "The answer came by mouth of the speaker of the palace: «The queen sees no ground for it.»",
            [("the speaker of the palace", ["The queen sees no ground for it."])],
        ),
        (
            "«Nobody has left,» described the situation a person from the court.",
            [("a person from the court", ["Nobody has left"])],
        ),
        (
            "From his side, a counsellor of the cabinet repeated to the channel that such visit is not planned.",
            [("a counsellor of the cabinet", ["such visit is not planned"])],
        ),
        ("The writer Ann Bell advises not to give up hope.", [("The writer Ann Bell", ["not to give up hope"])]),
        ("On the question, will he come, the General answered that he will.", [("the General", ["he will"])]),
    ],
)
def test_from_afar(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert said(text) == expected


def test_a_quotation_with_its_own_speaker_is_not_the_one_before() -> None:
    text = "She has underlined that not one yard will be given by Tarn. «The valley is ours,» so Ostrov."
    assert said(text) == [("She", ["not one yard will be given by Tarn"]), ("Ostrov", ["The valley is ours"])]


def test_a_topic_before_a_colon_is_no_speaker() -> None:
    text = "On the bridge: “It stays shut.” She would not say more, she added, before the vote."
    assert said(text)[0] == ("she", ["It stays shut."])
