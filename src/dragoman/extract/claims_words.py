"""Which words of two sentences can be said of one thing, and who says which sentence: what claims are compared by."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.extract.findings import SpanT
from dragoman.extract.inflection import verb_forms
from dragoman.extract.issue_words import stem
from dragoman.extract.lexicon import load, words
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.phrase_list import PhraseList, Words, words_of
from dragoman.extract.told import Told

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
NEGATIVE = frozenset(
    {"not", "n't", "never", "no", "nobody", "nothing", "none", "neither", "nor", "n’t", "without", "nowhere"}
)


@functools.cache
def _past_forms() -> dict[str, str]:
    """Irregular forms with their base: met -> meet."""
    irregular: dict[str, list[str]] = load("verbs")["irregular"]
    return {form: base for base, forms in irregular.items() for form in forms}


@functools.cache
def _groups() -> dict[str, str]:
    """Stems of words that can be said of one thing, with the stem that stands for the group."""
    found: dict[str, str] = {}
    for group in load("claims")["alike"]:
        first = stem(str(group[0]))
        for word in group:
            found.setdefault(stem(str(word)), first)
    return found


@functools.cache
def _idle() -> frozenset[str]:
    return frozenset(stem(w) for w in words("claims", "idle")) | words("claims", "idle")


@functools.lru_cache(maxsize=20_000)
def concept(word: str) -> str:
    """What a lower-case word is compared by: its base form's stem, or that of the group of words it belongs to."""
    root = stem(_past_forms().get(word, word))
    if root.endswith("ll") and root not in _groups() and root[:-1] in _groups():
        root = root[:-1]  # "cancelled"
    return _groups().get(root, root)


def concepts(tokens: Iterable[Token]) -> frozenset[str]:
    """What some words are about: the concepts of those that say something, names left out."""
    return frozenset(
        concept(t.lower_)
        for t in tokens
        if t.pos_ in CONTENT
        and t.pos_ != "PROPN"
        and t.is_alpha
        and len(t.text) > 2
        and t.lower_ not in _idle()
        and stem(t.lower_) not in _idle()
    )


@functools.lru_cache(maxsize=64)
def forms(key: str) -> frozenset[str]:
    """All forms of the verbs under a key of the lexicon; a verb with a particle has the particle after it."""
    found: set[str] = set()
    for entry in words("claims", key):
        verb, _, rest = entry.partition(" ")
        found.update(f"{form} {rest}".strip() for form in verb_forms(verb))
    return frozenset(found)


@functools.cache
def phrases(key: str) -> PhraseList:
    """The phrases under a key of the lexicon; a star stands for up to four words."""
    alternatives = sorted((re.escape(p).replace(r"\*", r"(?:\S+ ){0,3}\S+") for p in words("claims", key)), key=len)
    return PhraseList(reversed(alternatives), before=r"\b", after=r"\b", flags=re.IGNORECASE)


@functools.cache
def _openers(key: str) -> frozenset[str]:
    """The first words of the phrases under a key."""
    return frozenset(m[0] for p in words("claims", key) if (m := re.match(r"\w+", p)) is not None)


def phrase_in(key: str, sentence: Said) -> re.Match[str] | None:
    """The first of the phrases under a key that a sentence has; looked for where one of their first words is."""
    openers = _openers(key)
    if openers.isdisjoint(sentence.words):
        return None
    pattern, text, first = phrases(key), sentence.text, sentence.place[0] - sentence.block.start
    for token in sentence.span:
        if token.lower_ in openers:
            match = pattern.match(text, token.idx - first, sentence.known)
            if match is not None:
                return match
    return None


def negated(verb: Token) -> bool:
    """Whether a verb is said not to be so: "did not meet", "nobody walked out", "no call took place"."""
    step = verb
    while True:
        for child in step.children:
            if child.dep_ == "neg" or (child.lower_ in NEGATIVE and child.dep_ in ("advmod", "preconj", "nsubj", "cc")):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and (
                child.lower_ in NEGATIVE or any(c.lower_ in ("no", "neither") for c in child.children)
            ):
                return True
        if step.dep_ not in ("xcomp", "conj") or step.head is step or _own_subject(step):
            return False
        step = step.head


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


@dataclass(slots=True)
class Said:
    """A sentence of the report: where it stands, whose words it is for the most part, and what it is about."""

    at: int
    block: Block
    span: Span
    place: SpanT
    paragraph: int
    speakers: frozenset[int | str] = frozenset()
    statements: list[int] = field(default_factory=list)
    _about: frozenset[str] | None = None
    _words: frozenset[str] | None = None
    _known: Words | None = None
    _text: str | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if self._text is None:
            self._text = self.block.text[self.place[0] - self.block.start : self.place[1] - self.block.start]
        return self._text

    @property
    def words(self) -> frozenset[str]:
        """Its words in lower case."""
        if self._words is None:
            self._words = frozenset(t.lower_ for t in self.span)
        return self._words

    @property
    def known(self) -> Words:
        """Its words as lists of phrases look them up."""
        if self._known is None:
            self._known = words_of(self.text)
        return self._known

    @property
    def days(self) -> frozenset[str]:
        """The days of the week that it names."""
        return self.words & WEEKDAYS

    @property
    def about(self) -> frozenset[str]:
        """The concepts of its words."""
        if self._about is None:
            self._about = concepts(self.span)
        return self._about


class Report:
    """The sentences of a page, with who says them."""

    def __init__(self, told: Told) -> None:
        """Lay the statements over the sentences."""
        self.told = told
        headlines = [*told.page.layout.headlines, *([told.page.layout.title] if told.page.layout.title else [])]
        self.sentences: list[Said] = []
        self._headings = headlines
        for number, block in enumerate(told.page.blocks):
            heading = any(a < block.end and block.start < b for a, b in headlines)
            for span in block.sentences():
                place = trimmed(told.page.text, block.place(span))
                if heading or place is None or not _is_sentence(span):
                    continue
                self.sentences.append(Said(len(self.sentences), block, span, place, number))
        k = 0
        order = sorted(range(len(told.statements)), key=lambda i: told.statements[i].spans[0][0])
        for i in order:
            for start, end in told.statements[i].content:
                while k and self.sentences[min(k, len(self.sentences) - 1)].place[0] > start:
                    k -= 1
                while k < len(self.sentences) and self.sentences[k].place[1] <= start:
                    k += 1
                j = k
                while j < len(self.sentences) and self.sentences[j].place[0] < end:
                    if i not in self.sentences[j].statements:
                        self.sentences[j].statements.append(i)
                    j += 1
        for sentence in self.sentences:
            sentence.speakers = frozenset(self.voice(i) for i in sentence.statements)

    def headings(self) -> list[tuple[str, SpanT]]:
        """The headlines, each once, with their places."""
        found: dict[str, SpanT] = {}
        for place in self._headings:
            text = self.told.page.quote(place)
            found.setdefault(text, place)
        return list(found.items())

    def voice(self, statement: int) -> int | str:
        """Whose side a statement is on: the side's actor, else the speaker, else the words that name him."""
        found = self.told.statements[statement]
        who = found.speaker if found.speaker is not None else found.on_behalf_of
        return self.side(who) if who is not None else (found.speaker_text or "").lower()

    def side(self, actor: int) -> int:
        """The party an actor speaks for, or itself."""
        for _ in range(4):
            of = self.told.cast.actors[actor].side
            if of is None or of == actor:
                break
            actor = of
        return actor

    def actors(self, place: SpanT) -> list[int]:
        """The actors meant between two offsets, each once, in the order of the text."""
        return list(dict.fromkeys(m.actor for m in self.told.cast.within(*place)))

    def anchors(self, sentence: Said) -> frozenset[str]:
        """What else than words ties a sentence to an event: places and days of the week, marked as such."""
        places = {f"@{p.name.lower()}" for p in self.told.cast.places_within(sentence.place)}
        return frozenset(places | {f"@{day}" for day in sentence.days})

    def before(self, sentence: Said, most: int) -> list[Said]:
        """The sentences before one, the nearest first."""
        return self.sentences[max(0, sentence.at - most) : sentence.at][::-1]


def _is_sentence(span: Span) -> bool:
    """Whether there are two words."""
    count = 0
    for token in span:
        count += token.is_alpha
        if count == 2:
            return True
    return False


def trimmed(text: str, place: SpanT) -> SpanT | None:
    """A span without space at its ends; None where nothing is left."""
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
