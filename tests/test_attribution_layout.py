"""Attribution by the layout: quotations of several paragraphs, lists, interviews, transcripts."""

from __future__ import annotations

from voices import found, said


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    text = "“We waited,” said Ana Duric. “Nobody came.\n\n“So we went home.\n\n“That is all.”\n\nThe road is closed."
    assert said(text) == [("Ana Duric", ["We waited", "Nobody came.", "So we went home.", "That is all."])]


def test_a_cue_in_the_last_paragraph_holds_the_paragraphs_before() -> None:
    text = "“We waited for hours.\n\n“Then we went home,” said Ana Duric."
    assert said(text) == [("Ana Duric", ["We waited for hours.", "Then we went home"])]


def test_a_list_after_a_colon() -> None:
    text = "The guild wrote a letter. It asks:\n• a raise of nine per cent;\n• no work at night.\nNo more is known."
    (only,) = found(text)
    assert said(text) == [("It", ["a raise of nine per cent", "no work at night"])]
    assert [text[s:e] for s, e in only.cue] == ["asks"]


def test_an_interview_with_dashes() -> None:
    text = (
        "The head of the delegation, Abel Korrin, answered our questions.\n— Did you read the draft?\n"
        "— I read it twice.\n— And the truce?\n— It will hold. We gave our word."
    )
    speaker = "The head of the delegation, Abel Korrin"
    assert said(text) == [(speaker, ["I read it twice."]), (speaker, ["It will hold. We gave our word."])]


_TALK = (
    "Interview\nVera Holm on dykes, salt and the long winter\nWe meet the water commissioner in her kitchen.\n"
    "Commissioner, is the treaty lost?\nNo, and I would not say so if it were. We have read it twice.\n"
    "What about the sluice?\nIt opens in March. I told the mayor of Orn so.\n"
    "Orn says that you never answered its letter.\nI answered it the same day! The post was on strike.\n"
    "And your own future?\nI shall plant potatoes.\nMy mother did, and she was the wisest of us all.\n"
    "The conversation was edited for length."
)


def test_an_interview_without_marks() -> None:
    assert said(_TALK) == [
        ("Vera Holm", ["No, and I would not say so if it were. We have read it twice."]),
        ("Vera Holm", ["It opens in March. I told the mayor of Orn so."]),
        ("Orn", ["you never answered its letter"]),
        ("Vera Holm", ["I answered it the same day! The post was on strike."]),
        ("Vera Holm", ["I shall plant potatoes.", "My mother did, and she was the wisest of us all."]),
    ]


def test_who_answers_stands_in_the_lead() -> None:
    said_by = {source for source, _ in said(_TALK.replace("Vera Holm on dykes", "On dykes")) if source != "Orn"}
    assert said_by == {"the water commissioner"}


def test_questions_in_a_report_make_no_interview() -> None:
    text = (
        "The ferry dispute\nIs there still a way out?\nNobody on the quay knows. The guild has left the hall.\n"
        "Who pays?\nThe town pays, as ever. It has no money.\nWhat comes next?\nA vote, on Friday, in the old hall."
    )
    assert said(text) == []
    text = (
        "Where are they?\nStill on the island, my colleague hears. Bo Lind texted: “We wait.”\n"
        "Is it over?\nNot if you ask Ann Bell, my neighbour. “It is not,” she said.\nAnd now?\nI wait."
    )
    assert said(text) == [("Bo Lind", ["We wait."]), ("she", ["It is not"])]


def test_a_transcript_with_labels() -> None:
    text = "GAZETTE: Is there a deal?\nKORRIN: There is one.\nIt is good.\nGAZETTE: And now?\nKORRIN: Now we wait."
    assert said(text) == [("KORRIN", ["There is one.", "It is good."]), ("KORRIN", ["Now we wait."])]


def test_a_transcript_leaves_out_who_makes_it_and_what_stands_above_it() -> None:
    text = (
        "Interview: Bo Marn\nWednesday 3 May\nHerald: You came home empty-handed. Why?\n"
        "Marn: I came home with a cold. I say it was worth it.\nHerald: They want you back.\nMarn: If they ask."
    )
    assert said(text) == [("Marn", ["I came home with a cold. I say it was worth it."]), ("Marn", ["If they ask."])]
    text = (
        "ANCHOR: Our correspondent Ada Dorn reports.\nDORN: The hall is empty.\nANCHOR: We turn to Ivo Bask.\n"
        "BASK: They will be back.\nDORN: Back to you."
    )
    assert said(text) == [("BASK", ["They will be back."])]
