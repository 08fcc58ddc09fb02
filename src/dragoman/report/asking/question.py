"""What a question asks: whom it is about, what of them, which issue, which days; all told back to who asks.

By rules over words, not by a parse: questions are short, often without a verb, a capital or a question mark, and a
parser that knows newspapers reads "prisoner exchange june" no better than lists of words do, a hundred times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.report.asking import lexicon
from dragoman.report.asking.days import NO_DAYS, Days, days_in
from dragoman.report.asking.known import Known
from dragoman.report.asking.lexicon import Keyword
from dragoman.report.asking.names import Named, Unknown

LONGEST = 300
"""Characters of a question; what comes after is not read."""

_HEAVY, _LIGHT = 1.0, 0.3
_ABSENT = 1.5  # a word that no entry has weighs more: without it hardly anything answers
_DEEDS = ("called", "met", "kept", "moved_date")
_THE = re.compile(r"\b(?:the|a|an|this|that|any|his|her|their|phone|telephone)\s+$", re.IGNORECASE)
_WIDE = frozenset(lexicon.stem(w) for w in ("talks", "round", "meeting", "agreement", "negotiations"))
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_HINT = 0.0  # a word of asking alone decides nothing
_KEPT_WORDS = ("moved_date", "kept", "agreed")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ROUNDS = {word: number for number, word in enumerate(ORDINALS, 1)}
_ROUND = re.compile(
    rf"\b(?:(?P<how>after|since|following|before|ahead of|until|prior to)\s+)?(?:the\s+)?"
    rf"(?:(?P<word>{'|'.join(_ROUNDS)}|last|latest)\s+(?:round|session)|round\s+(?P<number>\d{{1,2}})|(?P<nth>\d{{1,2}})(?:st|nd|rd|th)\s+round)"
    r"(?:\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:talks|negotiations|mediation|consultations))?\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\bhow long\b|\bduration\b", re.IGNORECASE)
_HOW_MANY_ROUNDS = re.compile(
    r"\bhow (?:many|often)\b.*\b(?:rounds?|times|met|meet|meetings|sessions|talks)\b", re.IGNORECASE
)
_LASTS = re.compile(r"\b(?:how long|until when|how many \w+)\b.*\blast\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|of|from)\s+(?:the\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|with|about|on|against|of)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood.

    `subjects` are those whose words or deeds are asked for, `objects` whom these are about or addressed to; `intents`
    and `stances` are those of `words.yaml`; `wanted` are fields of an encounter that the answer must have.
    """

    text: str
    subjects: tuple[Named, ...] = ()
    objects: tuple[Named, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    intents: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    days: Days = NO_DAYS
    round: int | None = None
    yes_no: bool = False
    oldest: bool = False
    newest: bool = False
    hints: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    ahead: bool = False
    outside: bool = False

    @property
    def heavy(self) -> tuple[Keyword, ...]:
        """The words that decide."""
        return tuple(k for k in self.keywords if k.weight >= _HEAVY)

    @property
    def empty(self) -> bool:
        """Whether nothing was understood of it."""
        return not (self.subjects or self.objects or self.intents or self.stances or self.keywords or self.days)


def understood(known: Known, question: str) -> Asked:
    """What a question asks of a record."""
    text = " ".join(question.split())[:LONGEST]
    asked = Asked(text)
    days, rest = days_in(text, known.today, known.any_within)
    asked, rest = _rounds(known, replace(asked, days=days), rest)
    named, unknown = known.names.find(rest, known.has)
    bare = _blank(rest, [*((n.start, n.end) for n in named), *((n.start, n.end) for n in unknown)])
    first = re.match(r"\w+", text)
    asked = replace(
        asked,
        unknown=tuple(unknown),
        yes_no=bool(first and first[0].lower() in lexicon.load()["yes_no"]),
        oldest=bool(lexicon.listed("first").search(bare)),
        newest=bool(lexicon.listed("last").search(_LASTS.sub("", bare))),
        ahead=bool(lexicon.listed("ahead").search(bare)),
        outside=bool(lexicon.listed("outside").search(bare)),
    )
    asked, left, verb = _intents(asked, bare)
    asked = _wanted(asked, bare)
    asked = _whose(asked, named, rest, verb)
    return replace(asked, keywords=_keywords(known, asked, left, bare))


def _rounds(known: Known, asked: Asked, text: str) -> tuple[Asked, str]:
    """The round of talks that a question names: as the days after or before it, or itself."""
    found = _ROUND.search(text)
    if not found:
        return asked, text
    word = (found["word"] or "").lower()
    number = int(found["number"] or found["nth"] or 0) or _ROUNDS.get(word) or known.last_round()
    days = known.round_days(number) if number else None
    how = (found["how"] or "").lower()
    if how and days and not asked.days:
        if how in ("after", "since", "following"):
            asked = replace(asked, days=Days(since=days[0], texts=(found[0],)))
        else:
            asked = replace(asked, days=Days(until=days[0], texts=(found[0],)))
    else:
        asked = replace(asked, round=number)
        return asked, _blank(text, [found.span()], keep=" round ")
    return asked, _blank(text, [found.span()])


def _blank(text: str, spans: list[tuple[int, int]], keep: str = "") -> str:
    for start, end in spans:
        text = text[:start] + keep[: end - start].ljust(end - start) + text[end:]
    return text


def _intents(asked: Asked, text: str) -> tuple[Asked, str, int | None]:
    """What is asked for, the text without the words for it, and where the first verb for it stands."""
    lists = lexicon.load()["intents"]
    lead = re.match(r"\s*(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could)\b", text, re.IGNORECASE)
    start = lead.end() if lead else 0
    verbs: list[tuple[int, str]] = []
    hints: list[str] = []
    things: list[tuple[int, str, int]] = []
    spans: list[tuple[int, int]] = []
    for name in lists:
        for found in lexicon.listed("intents", name, "verbs").finditer(text, 0 if name == "who_is" else start):
            if name in _DEEDS and _THE.search(text[: found.start()]):  # "the call", "his visit"
                things.append((found.start(), name, found.end()))
                continue
            verbs.append((found.start(), name))
            spans.append(found.span())
            if name in _KEPT_WORDS:
                hints.append(found[0])
    stances: list[str] = []
    for name in lexicon.load()["stances"]:
        for found in lexicon.listed("stances", name).finditer(text):
            stances.append(name)
            verbs.append((found.start(), "wants"))
            spans.append(found.span())
    nouns = [
        (found.start(), name, found.span())
        for name in lists
        for found in lexicon.listed("intents", name, "nouns").finditer(text)
    ]
    verbs = _sorted_out(verbs, [n for _, n, _ in nouns])
    nouns += [(at, name, (at, end)) for at, name, end in things]
    if verbs:
        intents = [name for _, name in sorted(verbs)]
        judged = [span for _, name, span in nouns if name == "expects"]  # "what do they think of the chances"
        intents += ["expects"] if judged else []
        spans.extend(judged)
    else:
        intents = [name for _, name, _ in sorted(nouns)]
        spans.extend(span for _, _, span in nouns)
    if "next" in [n for _, n, _ in nouns] and "said" not in intents:
        intents.insert(0, "next")
    if asked.round is not None and not intents:
        intents = ["met"]
    statuses = [name for name in lexicon.load()["statuses"] if lexicon.listed("statuses", name).search(text)]
    levels = [name for name in lexicon.load()["levels"] if lexicon.listed("levels", name).search(text)]
    topics = [text[a:b] for _, name, (a, b) in nouns if name != "expects"] if verbs else []
    left = _blank(text, spans)
    first = min((at for at, name in verbs if name != "who_is"), default=None)
    made = replace(
        asked,
        hints=tuple(hints),
        topics=tuple(topics),
        intents=tuple(dict.fromkeys(intents)),
        stances=tuple(dict.fromkeys(stances)),
        statuses=tuple(statuses) if "kept" in intents or "agreed" in intents else (),
        levels=() if asked.outside or "led" in intents else tuple(levels),
    )
    return made, left, first


def _sorted_out(verbs: list[tuple[int, str]], nouns: list[str]) -> list[tuple[int, str]]:
    """The verbs that decide: "who is" and "happened" only where there is no other."""
    names = {name for _, name in verbs}
    weak = {"who_is", "changed"}
    if names - weak:
        verbs = [v for v in verbs if v[1] not in weak]
    elif "who_is" in names and set(nouns) & {"led", "mediated", "speaks_for"}:
        verbs = [v for v in verbs if v[1] != "who_is"]
    return verbs


def _wanted(asked: Asked, text: str) -> Asked:
    """Which fields of an encounter are asked for."""
    fields: list[str] = []
    low = text.lower()
    intents = list(asked.intents)
    by_intent = {"led": "led", "mediated": "mediators", "attended": "participants", "next": "ahead"}
    fields += [by_intent[i] for i in intents if i in by_intent]
    if re.search(r"\bwhere\b", low):
        fields.append("place")
    if re.search(r"\bwhen\b|\bwhat day\b", low):
        fields.append("date")
    if _HOW_LONG.search(low):
        fields.append("duration_minutes")
    if _HOW_MANY_ROUNDS.search(low):
        fields.append("round")
    elif _HOW_MANY.search(low):
        fields.append("number")
    if "called" in intents:
        fields.append("call")
    if "wished" in intents or "moved_date" in intents:
        fields.append("asked")
    if re.search(r"\bwho\b", low) and "met" in intents:
        fields.append("participants")
    if {"place", "date", "duration_minutes", "round"} & set(fields) and not intents:
        intents = ["met"]
    return replace(asked, wanted=tuple(dict.fromkeys(fields)), intents=tuple(intents))


def _whose(asked: Asked, named: list[Named], text: str, verb: int | None) -> Asked:
    """Whose words and deeds are asked for: who stands before the verb, or behind "by"; the others are objects."""
    joint = {"met", "called", "differ", "attended", "mediated", "agreed", "next"} & set(asked.intents)
    if joint and "said" not in asked.intents and not asked.stances:
        return replace(asked, subjects=tuple(named))
    subjects: list[Named] = []
    objects: list[Named] = []
    for one in named:
        head = text[: one.start]
        if _BY.search(head) or verb is None or (one.start < verb and not (subjects and _TO.search(head))):
            subjects.append(one)
        else:
            objects.append(one)
    if not subjects and not {"said", "wants"} & set(asked.intents):
        subjects, objects = objects, []
    return replace(asked, subjects=tuple(subjects), objects=tuple(objects))


def _keywords(known: Known, asked: Asked, left: str, bare: str) -> tuple[Keyword, ...]:
    """The words that an answer should hold, with those that stand for them."""
    found: dict[str, Keyword] = {}
    stop, light = lexicon.words_of("stop"), lexicon.words_of("light")
    levels = lexicon.stems(" ".join(str(w) for name in asked.levels for w in lexicon.load()["levels"][name]))
    outside = lexicon.listed("outside")
    for token in _PIECE.finditer(left):
        word = token[0]
        if word.lower() in stop or (len(word) < 2 and not word.isdigit()) or outside.fullmatch(word):
            continue
        key = lexicon.stem(word)
        if key in found or ((key in light or key in levels) and asked.intents):
            continue
        weight = _LIGHT if key in light or key in levels else _HEAVY if known.says(word) else _ABSENT
        found[key] = Keyword(word, weight, lexicon.same(word.lower()), lexicon.issues_of(word))
    for word in asked.hints:  # "postponed", "signed": what is asked for, and better if it stands there too
        found.setdefault(lexicon.stem(word), Keyword(word, _LIGHT, lexicon.same(word.lower()), frozenset()))
    if not any(k.weight >= _HEAVY for k in found.values()):
        found = {key: replace(k, weight=_HINT) for key, k in found.items()} if asked.intents else found
    if not asked.subjects and not asked.objects and not any(k.weight >= _HEAVY for k in found.values()):
        for word in (w for topic in asked.topics for w in topic.split()):  # "who denied the call"
            if lexicon.stem(word) not in _WIDE and not outside.fullmatch(word) and word.lower() not in stop:
                found[lexicon.stem(word)] = Keyword(word, _HEAVY, lexicon.same(word.lower()), frozenset())
    return tuple(found.values())
