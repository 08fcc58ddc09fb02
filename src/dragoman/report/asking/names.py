"""Whom a question names: by every spelling that the record has, by what is usual for them, and through typing errors.

"The authority" is the only party that is one, "Luranian" and "the Luranians" are Lurania, "GHP" a guild whose
name begins so, and "Halvich" who is written Halvič. Every name that is read as another is told to who asks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dragoman.extract.gazetteer import states
from dragoman.extract.spelling import acronym_of, derived_from, fold, skeletons
from dragoman.record import Actor
from dragoman.report.asking import lexicon

_LONGEST = 6  # words of a name
_TYPO, _GUESS = (
    83,
    62,
)  # how like a name a word must be, of 100 (Indel similarity), to be read as it; to be offered as it
_COMMON = 90  # the same where the word of the name is one of the language: "waters" of an institute for them
_AT_TABLE = ("party", "mediator", "host", "supporter")
_OF = re.compile(r"\b(?:of|for|and|the)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor that a question names: those that it may be (the likeliest first), where, and as what it was read."""

    ids: tuple[str, ...]
    start: int
    end: int
    text: str
    read: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the record does not have, with names that are like it."""

    text: str
    start: int
    end: int
    like: tuple[str, ...]


class Names:
    """The names of a record's actors, made ready to be found in questions."""

    def __init__(self, actors: Iterable[Actor], places: Collection[str] = ()) -> None:
        """Of a record.

        Args:
            actors: in the record's order: of several who share a name those first whom most documents name.
            places: stems of the names of places, which are nobody's given name.
        """
        self._places = places
        self._proper: set[str] = set()
        self._full: dict[str, list[str]] = {}
        self._words: dict[str, list[str]] = {}
        self._given: dict[str, list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        self._lands: dict[str, list[tuple[str, str]]] = {}
        self._codes: dict[str, str] = {}
        self._long: dict[str, list[tuple[str, str]]] = {}
        self._table: set[str] = set()
        self._name: dict[str, str] = {}
        known = states()
        for actor in actors:
            self._name[actor.id] = actor.name
            if actor.part in _AT_TABLE:
                self._table.add(actor.id)
            for name in dict.fromkeys((actor.name, *actor.names)):
                self._add(actor, name)
                if actor.kind in ("state", "bloc") and name in known.names:
                    self._codes.setdefault(known.names[name], actor.id)

    def _add(self, actor: Actor, name: str) -> None:
        key = fold(name)
        if not key:
            return
        _put(self._full, key, actor.id)
        words = key.split()
        if len(words) == 1:
            self._proper.add(key)
        if actor.kind == "person":
            if len(words) > 1:
                last = fold(name.split()[-1])  # of a double name the whole and its parts
                for part in {last, *last.split()}:
                    _put(self._words, part, actor.id)
                    self._proper.add(part)
                _put(self._given, words[0], actor.id)
            for word in fold(name.split()[-1]).split():
                for sound in skeletons(word):
                    _put(self._sounds, sound, actor.id)
            return
        if actor.kind == "state" and len(words) == 1:
            self._lands.setdefault(key[:3], []).append((name, actor.id))
        elif len(words) > 1:
            for piece in _OF.split(key):
                if piece.split() and actor.kind != "body":
                    _put(self._words, piece.split()[-1], actor.id)
                    _put(self._words, _single(piece.split()[-1]), actor.id)
            initial = "".join(w[0] for w in words)[:1]
            self._long.setdefault(initial, []).append((name, actor.id))

    def find(self, text: str, known: Callable[[str], bool]) -> tuple[list[Named], list[Unknown]]:
        """Whom a text names, in its order, and the names in it that the record does not have.

        Args:
            text: a question.
            known: whether a word stands in the record at all: one that does is no typing error.
        """
        tokens = list(lexicon.WORD.finditer(text))
        if len(tokens) > 3 and sum(t[0][0].isupper() for t in tokens) > 0.7 * len(tokens):
            text = text.lower()  # A Question Like A Title: its capitals say nothing
            tokens = list(lexicon.WORD.finditer(text))
        taken: set[int] = set()
        found: list[Named] = []
        for length in range(min(_LONGEST, len(tokens)), 0, -1):
            for i in range(len(tokens) - length + 1):
                if taken.isdisjoint(range(i, i + length)):
                    hit = self._phrase(text, tokens[i : i + length])
                    if hit is not None:
                        taken |= set(range(i, i + length))
                        found.append(self._wider(text, tokens, i, hit, taken))
        unknown: list[Unknown] = []
        for i, token in enumerate(tokens):
            if i not in taken and not self._plain(token[0]):
                near = self._typed(token, known)
                if near is not None:
                    taken.add(i)
                    found.append(self._wider(text, tokens, i, near, taken))
        for i, token in enumerate(tokens):
            if i in taken or not token[0][0].isupper() or self._plain(token[0]) or known(_bare(token[0])):
                continue
            if unknown and unknown[-1].end == token.start() - 1:
                before = unknown.pop()
                whole = text[before.start : token.end()]
                unknown.append(Unknown(whole, before.start, token.end(), self._like(whole)))
            else:
                unknown.append(Unknown(_bare(token[0]), token.start(), token.end(), self._like(_bare(token[0]))))
        return sorted(found, key=lambda n: n.start), unknown

    def _phrase(self, text: str, tokens: list[re.Match[str]]) -> Named | None:
        start, end = tokens[0].start(), tokens[-1].end()
        written = _bare(text[start:end])
        key = fold(written)
        if not key or (len(tokens) > 1 and text[start:end].lower().startswith(("the ", "a "))):
            return None
        if len(tokens) > 1:
            ids = self._full.get(key)
            return Named(tuple(ids), start, end, written) if ids else None
        capital = written[0].isupper()
        if self._plain(written):
            return None
        capital = capital and lexicon.stem(key) not in self._places  # a town, not the paper that is called after it
        ids = [i for i in self._full.get(key, ()) if capital or i in self._table]
        ids += [i for i in self._words.get(key, ()) if i not in ids and (capital or i in self._table)]
        if not ids and (capital or len(key) > 3):
            ids = self._derived(written) or self._short(written)
        if not ids and len(key) > 2 and lexicon.stem(key) not in self._places:
            ids = self._given.get(key, [])
        if not ids and key not in self._words and len(key) > 4 and not lexicon.issues_of(key):
            for sound in skeletons(key):
                ids = self._sounds.get(sound, [])
                if ids:
                    return Named(tuple(ids), start, end, written, read=True)
        return Named(tuple(ids), start, end, written) if ids else None

    def _wider(self, text: str, tokens: list[re.Match[str]], i: int, hit: Named, taken: set[int]) -> Named:
        """A name with the words before it that belong to it: "harbour" of "the harbour pilots"."""
        whole = {fold(w) for id_ in hit.ids for w in self._name[id_].split()}
        start = hit.start
        while i > 0 and i - 1 not in taken and self._belongs(fold(_bare(tokens[i - 1][0])), whole):
            i -= 1
            taken.add(i)
            start = tokens[i].start()
        return Named(hit.ids, start, hit.end, text[start : hit.end], hit.read) if start != hit.start else hit

    @staticmethod
    def _belongs(word: str, whole: set[str]) -> bool:
        """Whether a word is one of a name's, or nearly."""
        return word in whole or (len(word) > 4 and any(fuzz.ratio(word, one) >= _TYPO for one in whole))

    def _plain(self, word: str) -> bool:
        return word.lower() in lexicon.words_of("stop") or lexicon.stem(word) in lexicon.words_of("light")

    def _derived(self, word: str) -> list[str]:
        """Whose adjective or people's name a word is."""
        known, capital = states(), word[0].upper() + word[1:]
        code = known.adjectives.get(capital) or known.peoples.get(capital) or known.names.get(capital)
        if code in self._codes:
            return [self._codes[code]]
        return [id_ for name, id_ in self._lands.get(fold(word)[:3], ()) if derived_from(capital, name)][:1]

    def _short(self, word: str) -> list[str]:
        """Whose initials a word in capitals is."""
        return [id_ for name, id_ in self._long.get(word[:1].lower(), ()) if word.isupper() and acronym_of(word, name)][
            :1
        ]

    @functools.cached_property
    def _choices(self) -> list[str]:
        return sorted({w for w in (*self._full, *self._words) if len(w) > 3 and " " not in w})

    def _typed(self, token: re.Match[str], known: Callable[[str], bool]) -> Named | None:
        """The actor that a mistyped word means."""
        key = fold(_bare(token[0]))
        if len(key) < 5 or known(key) or lexicon.issues_of(key):
            return None
        hit = process.extractOne(key, self._choices, scorer=fuzz.ratio, score_cutoff=_TYPO)
        if hit is None or hit[0][0] != key[0] or (hit[0] not in self._proper and hit[1] < _COMMON):
            return None
        ids = self._full.get(hit[0]) or self._words[hit[0]]
        return Named(tuple(ids), token.start(), token.end(), _bare(token[0]), read=True)

    def _like(self, name: str) -> tuple[str, ...]:
        """Names that are like one, the likest first."""
        hits = process.extract(fold(name), list(self._full), scorer=fuzz.WRatio, score_cutoff=_GUESS, limit=8)
        near = [h for h in hits if fuzz.ratio(fold(name), h[0]) >= _GUESS]
        ids = dict.fromkeys(id_ for h in near for id_ in self._full[h[0]])
        return tuple(dict.fromkeys(self._name[i] for i in ids))[:3]


def _put(into: dict[str, list[str]], key: str, id_: str) -> None:
    some = into.setdefault(key, [])
    if id_ not in some:
        some.append(id_)


def _bare(word: str) -> str:
    return re.sub(r"(['’]s|['’])$", "", word)


def _single(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word
