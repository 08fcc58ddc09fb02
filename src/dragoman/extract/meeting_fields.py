"""What is said of an encounter around one mention of it: status, kind, level, format, round, length."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from dragoman.extract.cast import Cast
from dragoman.extract.lexicon import load
from dragoman.extract.meeting_clauses import Clause, belongs, carrier, governed, has, joined
from dragoman.extract.ordinals import ordinal
from dragoman.extract.parsed import Token
from dragoman.extract.times import FUTURE, PAST, tense, times_in

_LENGTH = re.compile(
    r"\b(?:(?P<n>\d{1,3}|[a-z]+(?:-[a-z]+)?)[\s-]+(?P<u>minute|hour)s?"
    r"|(?P<half>half an hour)|(?P<h>an hour and a half))\b",
    re.I,
)
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ONES = {word: value for value, word in enumerate(_NUMBERS)}


def status_of(trigger: Token, noun: bool) -> str | None:
    """What became of the encounter by the words that govern its mention; None where they do not say.

    The nearest governing word decides: "proposed", "put off", "refused to meet", the tense of the verb.
    """
    step, seen = trigger, 0
    loose = noun and carrier(trigger) is None and not governed(trigger)
    if (
        noun
        and trigger.dep_ == "pobj"
        and trigger.head.lower_ in ("following", "after", "since", "during", "like", "post")
    ):
        return "held"
    told_in = noun and trigger.dep_ == "pobj" and trigger.head.lower_ == "in" and trigger.head.head.tag_ == "VBD"
    if told_in and any(c.dep_ == "poss" for c in trigger.lefts) and not has("light_verbs", trigger.head.head.lower_):
        return "held"  # "demanded in his call on Thursday that …"
    while True:
        if step != trigger or not noun:
            if step.lower_ in OVER and step.pos_ == "NOUN":
                return "held"
            # The tense of a verb that the encounter only stands beside says nothing of it; its meaning may.
            verb = step.pos_ in ("VERB", "AUX")
            found = _lexical(step) if loose and verb else _of_step(step, trigger)
            if loose and verb and found is None:
                break
            if found in ("held", "scheduled", None) and verb and not loose:
                # "were to have opened but were put off", "had to be put off": the verb that follows has the last word.
                after = [c for c in step.children if c.dep_ in ("conj", "xcomp") and c.pos_ == "VERB"]
                both = [_by_word(c, _neg(c)) for c in after if not _leads_to(c, trigger)]
                found = next((j for j in both if j in ("postponed", "cancelled")), found)
            if found == "proposed" and step.pos_ == "NOUN" and _turned_down(step):
                return "declined"
            if found is not None:
                return found
        if step.dep_ == "ROOT" or seen > 9:
            break
        finite = step.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in step.children)
        if (
            step.dep_ == "ccomp"
            and step != trigger
            and finite
            and any(c.dep_ in ("nsubj", "nsubjpass") for c in step.children)
        ):
            break
        purpose = step.dep_ == "advcl" and step == trigger and any(c.lower_ == "to" for c in step.children)
        if purpose and has("travelling", step.head.lower_):
            step = step.head  # "is flying in on Thursday to see X": the journey has the tense
            return _of_step(step, trigger) or ("scheduled" if step.tag_ == "VBG" else None)
        if step.dep_ in ("advcl", "relcl", "parataxis") and step != trigger and step.pos_ in ("VERB", "AUX"):
            mark = next((c.lower_ for c in step.children if c.dep_ in ("mark", "advmod")), "")
            if mark in ("if", "unless", "should"):
                return "proposed"
            if not (has("travelling", step.head.lower_) and any(c.lower_ == "to" for c in step.children)):
                break
        step, seen = step.head, seen + 1
    for child in trigger.children:
        if noun and child.dep_ in ("acl", "relcl"):
            found = _of_step(child, trigger)
            if found is not None:
                return found
    for child in trigger.lefts:
        found = _by_word(child, negated=False) if child.dep_ in ("amod", "compound") else None
        if found in ("scheduled", "proposed", "cancelled", "postponed"):
            return found
    return None


OVER = (
    "collapse",
    "failure",
    "end",
    "conclusion",
    "breakdown",
    "outcome",
    "result",
    "close",
    "aftermath",
    "wake",
    "start",
)


def _turned_down(wish: Token) -> bool:
    """Whether a request or an offer is refused where it stands: "his request … has been turned down twice"."""
    verb = wish.head
    if wish.dep_ not in ("nsubjpass", "dobj") or verb.pos_ != "VERB":
        return False
    return has("declined", verb.lower_) or has("declined", joined(verb))


def _neg(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _did(verb: Token) -> bool:
    return any(c.lower_ in ("did", "had", "has", "was", "were") for c in verb.children)


def _off(verb: Token) -> bool:
    """ "That round is off"."""
    nearby = [t for t in verb.doc[verb.i + 1 : verb.i + 3] if t.lower_ == "off"]
    return bool(nearby) and not any(c.dep_ == "pobj" for c in nearby[0].children)


def _lexical(verb: Token) -> str | None:
    """The status that a verb gives by its meaning ("pushing for talks"), whatever its tense."""
    found = _by_word(verb, negated=False)
    return found if found in ("proposed", "postponed", "cancelled") else None


def _by_word(token: Token, negated: bool) -> str | None:
    word = token.lower_
    phrase = joined(token)
    if negated and word in ("take", "took", "taken", "happen", "happened", "held"):
        past = token.tag_ in ("VBN", "VBD") or _did(token)
        return "cancelled" if past or any(c.lower_ in ("will", "wo") for c in token.children) else None
    if phrase == "broken_off" and any(c.lower_ in ("after", "at") for c in token.children):
        return "held"
    if word in ("is", "are", "was", "were", "be") and _off(token):
        return "cancelled"
    if word == "adjourned" and not any(c.lower_ in ("until", "till", "to") for c in token.children):
        return "held"
    for status in ("postponed", "cancelled", "declined"):
        if has(status, phrase) or (has(status, word) and token.pos_ in ("VERB", "ADJ", "NOUN")):
            if status == "declined" and negated:
                return "proposed"
            return status
    if phrase in ("called_for", "asked_for") and any(c.dep_ == "auxpass" for c in token.children):
        return "scheduled"
    if has("proposed", phrase) or has("proposed", word):
        return "declined" if negated and word in ("ready", "willing", "prepared", "possible") else "proposed"
    if has("scheduled", word) and not negated:
        return "scheduled"
    return None


def _of_step(step: Token, trigger: Token) -> str | None:
    negated = any(
        has("negations", c.lower_) and c.i < step.i + 2 for c in step.children if c.dep_ in ("neg", "det", "advmod")
    )
    if (
        trigger.dep_ == "pobj"
        and trigger.head.lower_ in ("at", "during")
        and trigger.head.head == step
        and step.pos_ == "VERB"
    ):
        past = step.head if step.dep_ == "xcomp" else step
        if tense_past(past):
            return "held"  # "agreed at a summit", "failed to agree at a meeting"
    if step != trigger:
        if step.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and (found := _by_word(step, negated)):
            if found == "scheduled" and step.pos_ == "VERB" and step.lower_ in ("announced", "announces"):
                return None
            if found == "scheduled" and step.lower_ in ("host", "prepare") and step.dep_ in ("xcomp", "ccomp", "acl"):
                return None  # "offered to host": what governs it says
            if found == "scheduled" and step.pos_ == "NOUN":
                return None if step.lower_ not in ("upcoming", "due") else found
            if found == "scheduled" and step.lower_ == "agreed" and _is_past_state(step, trigger):
                return None
            return found
        for child in step.children:
            if child.dep_ in ("acomp", "attr", "oprd") and not _leads_to(child, trigger):
                found = _by_word(child, negated)
                if found in ("proposed", "scheduled", "declined") and child.pos_ in ("ADJ", "VERB", "ADV"):
                    return found
    if step.pos_ not in ("VERB", "AUX"):
        return None
    if step.lower_ in ("is", "are", "was", "were") and step != trigger:
        if was_to_have(step):
            return "cancelled"
        plan = [c for c in step.children if c.dep_ == "xcomp" and any(d.lower_ == "to" for d in c.lefts)]
        if plan and not any(d.lower_ == "have" for d in plan[0].lefts):
            return "scheduled"  # "the session was to open on Friday"
    helpers = {c.lower_ for c in step.children if c.dep_ in ("aux", "auxpass")}
    if (
        negated
        and helpers - {"have", "has", "had"}
        and any(c.lower_ in ("before", "until", "till") for c in step.children)
    ):
        return "scheduled"  # "will not meet before June"
    if "to" in helpers and "have" in helpers:
        return "cancelled"  # "were to have met"
    if helpers & {"will", "shall", "'ll", "’ll", "wo"}:
        return "declined" if negated else "scheduled"
    if helpers & {"would", "may", "might", "could", "should", "must", "can"}:
        if "have" in helpers:
            return None
        if "would" in helpers and any(t.lower_ == "if" and t.i > step.i for t in step.subtree):
            return "proposed"  # "talks would follow, but only if the truce held"
        if "would" in helpers and any(c.dep_ == "cc" and c.lower_ == "or" for c in step.children):
            return "proposed"  # "they would talk to the minister himself or go home"
        eager = any(c.lower_ in ("gladly", "happily", "rather", "love", "like") for c in step.children)
        eager = eager or step.lower_ in ("like", "love", "welcome", "prefer")
        return "scheduled" if "would" in helpers and _reported(step) and not negated and not eager else "proposed"
    if "to" in helpers and step.dep_ == "ROOT":
        return "scheduled"  # headline: "City to host talks"
    if "to" in helpers:
        if step.head.lower_ in ("is", "are", "was", "were"):
            return "scheduled"
        firm = step.dep_ == "xcomp" and step.head.lower_ in (
            "promised",
            "promise",
            "vowed",
            "intends",
            "intend",
            "plans",
        )
        return "scheduled" if firm else None
    if any(c.lower_ in ("if", "unless") for c in step.children if c.dep_ == "mark"):
        return "proposed"
    if step != trigger and has("neutral", step.lower_):
        return None
    owns = step != trigger and step.lower_ in ("has", "had", "have") and step.pos_ == "VERB"
    if owns and not any(c.dep_ == "dobj" and _leads_to(c, trigger) for c in step.children):
        return None  # "a fourth round had little chance"
    if step.tag_ == "VBN" and step.dep_ == "acl" and not helpers:
        return "held"
    if tense_past(step):
        return "declined" if negated and has("meet_verbs", step.lower_) and step.tag_ != "VBN" else "held"
    if step.tag_ in ("VBZ", "VBP") and step.dep_ == "ROOT" and has("over_verbs", step.lower_):
        ahead = has("beginning", step.lower_) or step.lower_ in (
            "meet",
            "meets",
            "resume",
            "resumes",
            "reconvene",
            "start",
            "starts",
            "begin",
            "begins",
            "convene",
            "convenes",
            "sits",
            "reconvenes",
            "continue",
            "continues",
            "go",
            "goes",
        )
        again = any(c.lower_ == "again" for c in step.children)
        return (
            "scheduled"
            if ahead and (again or times_in(step.doc[step.left_edge.i : step.right_edge.i + 1].text))
            else "held"
        )
    if step != trigger and any(
        c.dep_ == "dobj" and (has("postponed", c.lower_) or has("cancelled", c.lower_)) for c in step.children
    ):
        return "postponed"  # "the round suffers a delay"
    if step.tag_ in ("VBZ", "VBP") and any(c.lower_ == "when" for c in step.children):
        return "scheduled"
    return None


def was_to_have(verb: Token) -> bool:
    """Whether something was planned and did not come about as it was: "were to have been held", "was to have met"."""
    return any(
        {"to", "have"} <= {d.lower_ for d in c.lefts if d.dep_ == "aux"} for c in verb.children if c.dep_ == "xcomp"
    )


def _leads_to(token: Token, inner: Token) -> bool:
    return token == inner or token.is_ancestor(inner)


def _is_past_state(step: Token, trigger: Token) -> bool:
    return not any(c.dep_ in ("xcomp", "prep", "dobj") and _leads_to(c, trigger) for c in step.children)


def _reported(verb: Token) -> bool:
    """Whether "would" is "will" in reported speech: the clause hangs on a verb in the past."""
    step = verb
    while step.dep_ in ("conj", "ccomp", "xcomp"):
        if step.dep_ == "ccomp":
            return step.head.tag_ in ("VBD", "VBN")
        step = step.head
    return step != verb and step.tag_ == "VBD"


def tense_past(verb: Token) -> bool:
    """Whether a verb is in the past or the perfect."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(h.lower_ == "to" for h in helpers):
        return False
    return verb.tag_ == "VBD" or any(h.lower_ in ("was", "were", "had", "has", "have", "did") for h in helpers)


def denied(trigger: Token) -> bool:
    """Whether there is none: "no new talks are planned", "no date for talks"."""
    return any(c.lower_ == "no" for c in trigger.children)


def status_by_time(trigger: Token, directions: Iterable[int]) -> str | None:
    """The status that the day alone gives: a day to come is scheduled, a day gone by is held."""
    ways = set(directions)
    if FUTURE in ways and PAST not in ways:
        return "scheduled"
    if PAST in ways and FUTURE not in ways and tense(trigger) == PAST:
        return "held"
    return None


def rank_of(actor: int, cast: Cast) -> str | None:
    """The level that a person's titles put a meeting on; None where they give none."""
    ranks = [_rank(" ".join(role.title.lower().split())) for role in cast.actors[actor].roles]
    return "leaders" if "leaders" in ranks else "ministers" if "ministers" in ranks else None


@functools.lru_cache(4096)
def _rank(title: str) -> str | None:
    lexicon = load("meetings")

    def holds(name: str) -> bool:
        return any(re.search(rf"\b{re.escape(w)}\b", title) for w in lexicon[name])

    if holds("lower_titles") and "secretary of state" not in title:
        return None
    if holds("minister_titles") and "prime" not in title:
        return "ministers"
    return "leaders" if holds("leader_titles") else None


def level_by_words(tokens: Iterable[Token]) -> str | None:
    """The level that the words of those who meet name ("foreign ministers", "technical teams")."""
    text = " " + " ".join(t.lower_ for t in sorted(tokens, key=lambda t: t.i)) + " "
    lexicon = load("meetings")
    for level in ("experts", "leaders", "ministers"):
        for word in lexicon[level]:
            if f" {word} " in text:
                return level
    return None


def format_of(clause: Clause, trigger: Token) -> str | None:
    """By video or phone, through others, or face to face, where the clause says so of this encounter."""
    telling = {"face", "person", "room", "table", "direct", "in-person", "face-to-face"}
    if not any(
        w in telling or any(has(n, w) for n in ("video", "phone_words", "indirect"))
        for w in (t.lower_ for t in clause.tokens)
    ):
        return None
    own = [t for t in clause.tokens if belongs(t, trigger, clause)]
    text = {t.lower_ for t in own}
    if any(has("video", w) for w in text):
        return "video"
    if any(has("phone_words", w) for w in text):
        return "phone"
    run = " ".join(t.lower_ for t in own)
    apart = re.search(r"\b(never|not|n.t)\b.{0,40}\b(same room|face to face|same table)", run)
    if any(has("indirect", w) for w in text) or apart:
        return "indirect"
    if re.search(r"face\s?-?\s?to\s?-?\s?face|in\s?-?\s?person|same room|direct talks", run):
        return "in_person"
    return None


def minutes_of(text: str) -> int | None:
    """How long it took, where a clause says so in hours or minutes; the first length named."""
    found = length_in(text)
    return found[0] if found else None


def length_in(text: str) -> tuple[int, int, int] | None:
    """The first length named in a text, in minutes, and where it stands."""
    for found in _LENGTH.finditer(text):
        minutes = 30 if found["half"] else 90 if found["h"] else None
        if minutes is None and (count := _count(found["n"])):
            minutes = count * (60 if found["u"].lower() == "hour" else 1)
        if minutes:
            return minutes, *found.span()
    return None


def _count(word: str) -> int | None:
    word = word.lower()
    if word.isdigit():
        return int(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS and (not ones or ones in _ONES):
        return _TENS[tens] + _ONES.get(ones, 0)
    return _ONES.get(word)


def round_of(trigger: Token) -> tuple[int | None, bool, bool, bool]:
    """The number of a round, whether it is an earlier one, whether a later one, and whether it is a series."""
    number, earlier, later, series = None, False, False, False
    lefts = list(trigger.lefts)
    # "the first meeting since", "their first summit in six years" count nothing.
    counts = trigger.lower_ not in ("meeting", "summit", "call", "talks", "visit") or not any(
        c.lower_ in ("since", "in", "for") for c in trigger.rights
    )
    counts = (
        counts and not any(c.dep_ == "poss" for c in lefts) and trigger.lower_ not in ("talks", "contact", "summit")
    )
    definite = any(c.lower_ == "the" for c in lefts)
    for child in trigger.children:
        if child.dep_ in ("compound", "amod", "nmod"):
            lefts += list(child.lefts)
    for word in (c.lower_ for c in lefts):
        number = ordinal(word) if counts and ordinal(word) else number
        first = word in ("first", "opening")
        earlier = earlier or (has("earlier", word) and (not first or (number == 1 and definite)))
        later = later or has("new", word)
        series = series or has("series", word)
    head = trigger.head
    if trigger.dep_ == "nsubj" and head.lower_ in ("was", "is", "were"):
        for attr in head.children:
            if attr.dep_ in ("attr", "acomp") and ordinal(attr.lower_):
                number = ordinal(attr.lower_)
    for child in trigger.rights:
        if child.dep_ == "appos" and ordinal(child.lower_):
            number = ordinal(child.lower_)
    if trigger.lower_ in ("rounds", "sessions", "meetings", "calls"):
        series, number = True, None
    return number, earlier, later, series
