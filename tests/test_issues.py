"""What a stand is about: the shipped sets, sets of the user's own, and the way of the choice into the record."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.cli import UserError, app
from dragoman.extract import extractor, issue_model, issue_sets, pool
from dragoman.extract.issue_model import IssueModel, own_features
from dragoman.extract.issue_sets import shipped
from dragoman.extract.issue_words import Matcher, stem, tokens_of
from dragoman.extract.issues import OTHER, IssueSetError, issues_of

SPECIFIED = [
    "ceasefire",
    "prisoners",
    "territory",
    "withdrawal",
    "alliances",
    "security_guarantees",
    "arms",
    "peacekeeping",
    "humanitarian",
    "sanctions",
    "governance",
    "justice",
    "identity",
    "nuclear",
    "economy",
    "labour",
    "leaders_meeting",
    "process",
    "settlement",
    "other",
]

GENERAL = [
    ("an immediate halt to the shelling of Port Osk", "ceasefire"),
    ("a truce if the hostages are freed", "ceasefire"),
    ("all captured sailors must come home", "prisoners"),
    ("not one metre of the Velda plateau will be ceded", "territory"),
    ("pull its tanks out of the three towns", "withdrawal"),
    ("it will never join a military bloc", "alliances"),
    ("legally binding guarantees that an attack would be answered", "security_guarantees"),
    ("the militia hands over its mortars and rifles", "arms"),
    ("blue helmets along the river", "peacekeeping"),
    ("convoys with flour and insulin must get through", "humanitarian"),
    ("the lifting of sanctions after an inspection", "sanctions"),
    ("early elections under a caretaker government", "governance"),
    ("amnesty for deserters", "justice"),
    ("the status of the second language in schools", "identity"),
    ("to cap enrichment at five per cent", "nuclear"),
    ("a lower tariff on steel and a quota for cheese", "economy"),
    ("compensation for the catch its trawlers lost", "economy"),
    ("9 per cent more pay and a ceiling of 45 hours a week", "labour"),
    ("a meeting between the two presidents", "leaders_meeting"),
    ("another round of talks in a neutral venue", "process"),
    ("a lasting and comprehensive peace", "settlement"),
    ("the colour of the curtains", OTHER),
    ("", OTHER),
]


def test_the_default_set_is_that_of_the_specification() -> None:
    assert sorted(issues_of("general").issues) == sorted(SPECIFIED)
    assert all(issues_of("general").covers.values())


@pytest.mark.parametrize(("words", "issue"), GENERAL)
def test_own_words_tell_the_issue(words: str, issue: str) -> None:
    assert issues_of("general").of(words) == issue


def test_what_is_said_around_decides_where_own_words_say_nothing() -> None:
    issues = issues_of("general")
    strike = "The nurses' union rejected the hospital's offer of three per cent and a shorter night shift."
    assert issues.of("They turned it down flat", strike) == "labour"
    assert issues.of("They turned it down flat", "Velgard wants Ostrava to lift its embargo on grain.") == "sanctions"
    # …but not where they say something.
    assert issues.of("the release of eleven prisoners", strike) == "prisoners"


def test_the_page_decides_where_nothing_else_does() -> None:
    issues = issues_of("general")
    page = issues.prior("The miners want higher wages. Their union called a strike; pay talks broke down.")
    assert max(page, key=lambda issue: page[issue]) == "labour"
    assert sum(page.values()) <= 1.0
    assert issues.of("we shall see", "", page) == "labour"
    assert issues.of("we shall see") == OTHER


def test_scores_are_higher_for_plain_words_than_for_hints() -> None:
    issues = issues_of("general")
    plain, hint = issues.scores("a ceasefire"), issues.scores("a pause")
    assert plain["ceasefire"] > hint["ceasefire"] > 0
    assert issues.scores("the colour of the curtains") == {}


def test_a_party_called_after_a_thing_is_not_what_it_is_about() -> None:
    issues = issues_of("general")
    named = issues.scores("the offer by Grain and Steel Holdings was refused")
    assert named.get("economy", 0) < issues.scores("the offer of grain and steel was refused")["economy"]


def test_a_withdrawn_complaint_is_no_withdrawal() -> None:
    assert issues_of("general").of("Velgard must withdraw its complaint about car duties") == "economy"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tariffs", "tariff"),
        ("withdrawing", "withdraw"),
        ("duties", "duty"),
        ("stopped", "stopping"),
        ("voting", "votes"),
        ("released", "releases"),
        ("taxes", "taxing"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_only_look_alike_do_not() -> None:
    assert stem("sites") != stem("sitting")
    assert stem("class") == "class"


def test_numbers_are_all_one() -> None:
    assert [root for _, root, _, _ in tokens_of("12.5% of thirty days")] == ["0", "percent", "of", "0", "day"]


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_set_ends_in_other_and_tells_what_it_covers(name: str) -> None:
    issues = issues_of(name)
    assert issues.issues[-1] == OTHER
    assert [issue for issue, covers in issues.covers.items() if not covers] == []


@pytest.mark.parametrize(
    ("name", "words", "issue"),
    [
        ("labour", "nine per cent more pay from January", "pay"),
        ("labour", "two fixed days off a month", "hours"),
        ("labour", "no compulsory redundancies before 2031", "jobs"),
        ("labour", "the retirement age stays at 63", "pensions"),
        ("labour", "helmets and first aid in every depot", "safety"),
        ("labour", "sacked stewards must be reinstated", "discipline"),
        ("labour", "recognition of the union", "recognition"),
        ("labour", "a binding award by an adjudicator", "arbitration"),
        ("labour", "call off the walkout", "strike"),
        ("labour", "another round of talks at a neutral venue", "process"),
        ("labour", "the colour of the curtains", OTHER),
        ("trade", "a lower duty on cars", "tariffs"),
        ("trade", "fishing rights in the strait", "fisheries"),
        ("trade", "pesticide rules and safety labels", "standards"),
        ("nuclear", "inspectors let into all declared sites", "inspections"),
        ("nuclear", "to ship its uranium stockpile abroad", "stockpile"),
        ("nuclear", "release of the frozen funds", "frozen_assets"),
        ("peace", "maps of the minefields", "mines"),
        ("peace", "the return of refugees to their villages", "refugees"),
        ("peace", "the exchange of all prisoners", "prisoners"),
    ],
)
def test_the_finer_sets(name: str, words: str, issue: str) -> None:
    assert issues_of(name).of(words) == issue


# -- sets of the user's own -------------------------------------------------------------------------------------------


def a_set(folder: Path, text: str, name: str = "mine.yaml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_set_of_ones_own_replaces_the_shipped_ones(tmp_path: Path) -> None:
    text = "issues:\n  bees: [hive*, honey bee]\n  cats:\n    words: {3: [cat], 1: [fur]}\n"
    issues = issues_of(a_set(tmp_path, text))
    assert issues.issues == ["bees", "cats", OTHER]
    assert issues.of("two cats") == "cats"
    assert issues.of("the honey-bees of the valley") == "bees"
    assert issues.of("a ceasefire") == OTHER


def test_a_set_extends_another_and_takes_words_from_it(tmp_path: Path) -> None:
    words = "vocational training for the young"
    assert issues_of("labour").of(words) != "apprentices"
    file = a_set(tmp_path, "extends: labour\nwithout: [pensions]\nissues:\n  apprentices: [vocational*, shift]\n")
    issues = issues_of(file)
    assert issues.of(words) == "apprentices"
    assert issues.of("a shorter shift") == "apprentices"  # labour has it under hours
    assert issues.of("nine per cent more pay") == "pay"
    assert "pensions" not in issues.issues
    further = a_set(tmp_path, "extends: mine.yaml\nkeep: [apprentices, pay]\n", "further.yaml")
    assert issues_of(further).issues == ["apprentices", "pay", OTHER]


def test_words_that_mislead_are_ignored(tmp_path: Path) -> None:
    issues = issues_of(a_set(tmp_path, "ignore: [cat and mouse]\nissues:\n  cats: [cat]\n"))
    assert issues.of("a game of cat and mouse") == OTHER
    assert issues.of("cat or mouse") == "cats"


def test_words_that_stand_together_and_gaps(tmp_path: Path) -> None:
    text = "issues:\n  vets:\n    words: [take .. to the vet]\n    together: [{of: [sick], and: [mule], weight: 3}]\n"
    issues = issues_of(a_set(tmp_path, text))
    assert issues.of("take the old dog to the vet") == "vets"
    assert issues.of("take it there, and then, when it is too late, to the vet") == OTHER
    assert issues.of("a mule that was said to be sick") == "vets"
    assert issues.of("a mule") == OTHER
    narrow = issues_of(a_set(tmp_path, "issues:\n  vets: [call . vet]\n"))
    assert narrow.of("call a vet") == narrow.of("call vet") == "vets"
    assert narrow.of("call another good vet") == OTHER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("issues: [unclosed", "not YAML"),
        ("just words", "a mapping with the key issues"),
        ("extends: labour\nissues: 3", "no issues"),
        ("issues: {}", "no issues"),
        ("", "a mapping"),
        ("issues:\n  pay: [wage]\n  pay: [salary]\n", "'pay' stands twice"),
        ("issues:\n  pay: [wage, wage]\n", "pay: 'wage' stands twice"),
        ("issues:\n  pay: [wage, 3]\n", "3 is not a word"),
        ("issues:\n  pay: {words: {much: [wage]}}\n", "'much' is not a weight"),
        ("issues:\n  pay: 7\n", "pay: a list of words"),
        ("issues:\n  on: [wage]\n", "True is not a name"),
        ("issues:\n  pay: {word: [wage]}\n", "unknown key 'word'"),
        ("issues:\n  pay: {words: [.. wage]}\n", "'.. wage' is not a word or phrase"),
        ("issues:\n  pay: {together: [{of: [a]}]}\n", "together: each entry"),
        ("extends: nowhere\nissues:\n  pay: [wage]\n", "neither a file nor a set"),
        ("extends: mine.yaml\nissues:\n  pay: [wage]\n", "extends itself"),
        ("extends: general\nwithout: [pay]\n", "there is no issue pay"),
    ],
)
def test_what_is_wrong_with_a_set_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(IssueSetError) as caught:
        issues_of(a_set(tmp_path, text))
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert "mine.yaml" in message or "nowhere" in message


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(b"\xff\xfe\x00issues")
    with pytest.raises(IssueSetError, match=r"mine\.yaml: not UTF-8"):
        issues_of(str(tmp_path / "mine.yaml"))


def test_a_set_that_has_changed_is_read_again(tmp_path: Path) -> None:
    file = a_set(tmp_path, "issues:\n  cats: [cat]\n")
    before = extractor(None, file)
    assert issues_of(file) is issues_of(file)
    a_set(tmp_path, "issues:\n  felines: [cat]\n")
    assert issues_of(file).of("a cat") == "felines"
    assert extractor(None, file) != before
    assert len({extractor(), extractor(None, "labour"), extractor(None, "trade")}) == 3


# -- the choice -------------------------------------------------------------------------------------------------------

ARTICLE = """Dockers reject offer

NORDHAVEN, 3 March 2031 - The Dockers' League on Monday demanded a pay rise of nine per cent from Velda Ports.

"We demand nine per cent more pay," said Mara Quill, the president of the Dockers' League.
"""


def test_the_choice_reaches_the_record_and_another_reads_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    place = tmp_path / "r.db"
    with dragoman.read(tmp_path / "a.txt", place) as record:
        assert {p.issue for p in record.positions} == {"labour"}
        assert record.read(tmp_path / "a.txt", issues="general").unchanged == 1
        assert record.read(tmp_path / "a.txt", issues="labour").again == 1
        assert {p.issue for p in record.positions} == {"pay"}
        assert record.read(tmp_path / "a.txt", issues=Path(a_set(tmp_path, "issues:\n  money: [pay]\n"))).again == 1
        assert {p.issue for p in record.positions} == {"money"}


def test_a_record_keeps_to_its_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ARTICLE.replace("Velda", "Orla"), encoding="utf-8")
    mine = a_set(tmp_path, "issues:\n  money: [pay]\n")
    place = tmp_path / "r.db"
    dragoman.read(tmp_path / "a.txt", place, issues=mine).close()
    with dragoman.read(tmp_path / "b.txt", place) as record:
        assert (record.last_read.read, record.last_read.again) == (1, 0)
        assert {p.issue for p in record.positions} == {"money"}
        Path(mine).unlink()
        with pytest.raises(IssueSetError, match="neither a file nor a set"):
            record.read(tmp_path / "b.txt")
        assert record.read(tmp_path / "b.txt", issues="general").again == 2


def test_processes_read_with_the_chosen_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "FEW", 0)
    [(_, (findings, problem))] = pool.read_texts([(1, ARTICLE)], processes=2, issues="labour")
    assert problem is None
    assert '"issue":"pay"' in (findings or "")


def test_the_command_takes_the_choice_and_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    place = tmp_path / "r.db"
    done = CliRunner().invoke(app, ["read", str(tmp_path / "a.txt"), "-r", str(place), "--issues", "labour"])
    assert done.exit_code == 0
    with dragoman.open(place) as record:
        assert {p.issue for p in record.positions} == {"pay"}
    wrong = tmp_path / "new.db"
    failed = CliRunner().invoke(app, ["read", str(tmp_path / "a.txt"), "-r", str(wrong), "--issues", "weather"])
    assert isinstance(failed.exception, UserError)
    assert "weather: neither a file nor a set of issues" in str(failed.exception)
    assert not wrong.exists()


# -- the model ---------------------------------------------------------------------------------------------------------

TALK = "The envoys of Velgard have said nothing since Monday, and the ferry company wants to hear it from them."


class Fixed(IssueModel):
    """A model that finds one issue, whatever is asked."""

    def __init__(self, issue: str) -> None:
        issues = issues_of("general").issues
        bias = np.array([9.0 if name == issue else 0.0 for name in issues], np.float32)
        super().__init__(list(issues), {}, np.zeros((0, len(issues)), np.float32), bias)


def test_the_model_decides_where_the_lexicon_says_little() -> None:
    issues = issues_of("general")
    assert issues.of("we shall hear about it", TALK, model=Fixed("identity")) == "identity"
    assert issues.by_words("we shall hear about it", TALK, {}) != "identity"


def test_the_model_knows_the_general_set_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(issue_model, "load", lambda: asked.append(1) or Fixed("identity"))
    for other in ("labour", "peace", a_set(tmp_path, "extends: general\nissues:\n  bees: [hive*]\n")):
        issues = issues_of(other)
        assert issues.of("nine per cent more pay", TALK) == issues.by_words("nine per cent more pay", TALK, {})
    assert not asked
    assert issues_of("general").of("we shall hear about it", TALK) == "identity"
    assert asked


def test_a_model_of_other_issues_is_not_asked() -> None:
    model = Fixed("identity")
    model.issues.reverse()
    assert issues_of("general").of("nine per cent more pay", model=model) == "labour"


def test_what_the_model_says_is_of_the_set_and_always_the_same() -> None:
    model, issues = issue_model.load(), issues_of("general")
    assert model.issues == issues.issues
    assert model.weights.shape == (len(model.rows), len(issues.issues))
    first = [issues.of(words, TALK) for words, _ in GENERAL]
    issues_of("general").of("something else altogether", "with other words around it")
    assert [issues.of(words, TALK) for words, _ in GENERAL] == first
    assert set(first) <= set(issues.issues)
    likely = model.likely("pay", TALK, issues.scores("pay"), issues.scores(TALK), {}, "labour")
    assert np.exp(likely).sum() == pytest.approx(1.0, abs=1e-4)


def test_words_that_were_not_met_are_known_by_their_pieces() -> None:
    pieces = set(own_features("renegotiate"))
    assert {"o=renegotiat", "c=negot"} <= pieces
    assert pieces & set(own_features("negotiable")) >= {"c=negot", "c=goti"}
    # …but names are not learned.
    assert set(own_features("as for Ostravia")) & set(own_features("as for Belgravia")) >= {"o=NAME", "b=for NAME"}
    assert not any("strav" in feature for feature in own_features("as for Ostravia"))


def test_training_fits_what_it_is_shown_and_leaves_nothing_to_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "tools"))
    training = importlib.import_module("train_issues")
    shown = [
        training.Stand("a", "a", words, words, {}, issue, OTHER)
        for words, issue in [
            ("the kettle must be repaired", "economy"),
            ("no repair of the kettle", "economy"),
            ("a song for the old choir", "identity"),
            ("the choir sings an old song", "identity"),
        ]
        for _ in range(3)
    ]
    rows = np.arange(len(shown))
    model, again = (training.train(training.Table.of(shown), rows, shown) for _ in range(2))
    assert model.rows == again.rows
    assert (model.weights == again.weights).all()
    for words, issue in (("broken kettles", "economy"), ("choirs and songs", "identity")):
        likely = model.likely(words, "", {}, {}, {}, OTHER)
        assert model.issues[int(likely.argmax())] == issue
    training.write(model, tmp_path / "m.npz")
    with np.load(tmp_path / "m.npz") as kept:
        assert kept["weights"].shape == model.weights.shape


def test_what_is_kept_apart_is_not_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "tools"))
    training = importlib.import_module("train_issues")
    groups = {stand.group for stand in training.stands() if stand.batch == "tests/gold"}
    assert groups
    assert not any(group.startswith(training.train_stances.UNLEARNED) for group in groups)


@pytest.mark.parametrize(
    ("words", "around", "issue"),
    [
        ("he will not see her alone, with or without photographers", "The premier was asked about his rival.",
         "leaders_meeting"),
        ("she would rather come back to the room next week", "The mediator has proposed a further round of talks.",
         "process"),
        ("they will put nothing on paper before the hotel is changed", "The delegations quarrel over the venue.",
         "process"),
        ("no more than that, and not before spring", "The drivers' union wants 6 per cent more pay.", "labour"),
    ],
)  # fmt: skip
def test_oblique_words_are_read_with_what_stands_around_them(words: str, around: str, issue: str) -> None:
    assert issues_of("general").of(words, f"{around} {words}.") == issue


def test_a_sign_for_money_does_not_change_what_the_word_money_says() -> None:
    raw = issue_sets.resolved("general")
    word, sign = tokens_of("the money for the work"), tokens_of("€ 5 for the work")
    alone = Matcher(raw)
    wanted = alone.weights(word), Matcher(raw).weights(sign)
    after = Matcher(raw)
    after.weights(sign)
    assert (after.weights(word), alone.weights(sign)) == wanted
