"""Coarse parts of speech from fine ones, as the pipeline's own rules have them, without matching every rule everywhere.

spaCy's attribute ruler (https://spacy.io/api/attributeruler) tries each of its two hundred patterns at each token, for
a third of the time that parsing takes; most of them set lemmas and morphology, which nobody here reads. What the others
set depends on a token's tag, its relation and whether it is one of a few dozen words, so that it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

NAME = "dragoman_word_classes"
RULER = "attribute_ruler"

_READ = {"POS": "pos_", "TAG": "tag_", "DEP": "dep_"}
"""What of a token is read by finders, of all that a rule can set."""

_ASKED = ("TAG", "DEP", "LOWER", "IS_SPACE")
"""What a rule may ask of a token."""

_ARRAY: list[int | str] = [*_ASKED]

_Key = tuple[str, str, str, bool]
"""The values of what is asked; "" for a word that no rule names."""


@dataclass(slots=True)
class _Rule:
    """What must hold of some tokens in a row, and what is set of the one at `index`."""

    row: list[Mapping[str, Any]]
    index: int
    sets: dict[str, str]

    def holds(self, keys: Iterable[_Key]) -> bool:
        """Whether it holds of such tokens in a row."""
        return all(_fits(asked, key) for asked, key in zip(self.row, keys, strict=True))


class WordClasses:
    """Sets the coarse part of speech of each token; a component of the pipeline, in the place of its ruler."""

    def __init__(self, patterns: Iterable[Mapping[str, Any]]) -> None:
        """From the ruler's patterns, in its order: the later of two that fit has its way."""
        self._rules = [
            _Rule(row, pattern["index"] % len(row), sets)
            for pattern in patterns
            if (sets := {_READ[name]: value for name, value in pattern["attrs"].items() if name in _READ})
            for row in pattern["patterns"]
        ]
        words = {word for rule in self._rules for asked in rule.row for word in _values(asked.get("LOWER", {}))}
        self._fitting: dict[_Key, list[_Rule] | str] = {}
        # The same by spaCy's numbers, for tokens whose class follows from themselves alone.
        self._classes: dict[bytes, int] = {}
        self._numbers = np.array([get_string_id(word) for word in sorted(words)], dtype="uint64")

    def __call__(self, doc: Doc) -> Doc:
        """Set what the rules say of each token."""
        self._set([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Set what the rules say of each token of documents, so many of them at once."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            self._set(batch)
            yield from batch

    def _set(self, docs: list[Doc]) -> None:
        """As arrays, since a token that is asked for by itself takes several times as long."""
        asked: NDArray[Any] = np.concatenate([doc.to_array(_ARRAY) for doc in docs])
        asked[~np.isin(asked[:, 2], self._numbers), 2] = 0
        keys: list[bytes] = asked.view(f"V{asked.shape[1] * asked.itemsize}").ravel().tolist()
        classes = [self._classes.get(key, 0) for key in keys]
        start = 0
        for doc in docs:
            end = start + len(doc)
            found: Any = np.array(classes[start:end], dtype="uint64")
            doc.from_array(["POS"], found)
            for i in range(len(doc)):
                if not classes[start + i]:
                    self._set_one(doc, i, asked[start:end], keys[start + i])
            start = end

    def _set_one(self, doc: Doc, i: int, asked: NDArray[np.uint64], key: bytes) -> None:
        """Set what depends on other tokens too, or was not met before."""
        own = self._key(doc, asked, i)
        fitting = self._fitting.get(own)
        if fitting is None:
            fitting = self._fitting[own] = self._all_fitting(own)
        if isinstance(fitting, str):
            doc[i].pos_ = fitting
            self._classes[key] = doc[i].pos
            return
        for rule in fitting:
            first = i - rule.index
            row = range(first, first + len(rule.row))
            if first < 0 or row[-1] >= len(doc):
                continue
            if len(row) == 1 or rule.holds(self._key(doc, asked, k) for k in row):
                for name, value in rule.sets.items():
                    setattr(doc[i], name, value)

    def _key(self, doc: Doc, asked: NDArray[np.uint64], i: int) -> _Key:
        strings = doc.vocab.strings
        tag, relation, word, space = asked[i].tolist()
        return strings[tag], strings[relation], strings[word] if word else "", bool(space)

    def _all_fitting(self, key: _Key) -> list[_Rule] | str:
        """The rules that may hold of such a token; where all hold, and set its class alone, that class."""
        found = [r for r in self._rules if _fits(r.row[r.index], key)]
        if found and all(len(r.row) == 1 and r.sets.keys() == {"pos_"} for r in found):
            return found[-1].sets["pos_"]
        return found


def _fits(asked: Mapping[str, Any], key: _Key) -> bool:
    for name, value in zip(_ASKED, key, strict=True):
        wanted = asked.get(name)
        if wanted is None:
            continue
        if not isinstance(wanted, Mapping):
            if wanted != value:
                return False
        elif value not in wanted.get("IN", (value,)) or value in wanted.get("NOT_IN", ()):
            return False
    return True


def _values(wanted: Any) -> list[str]:
    """The words that a condition names."""
    return [*wanted.get("IN", ()), *wanted.get("NOT_IN", ())] if isinstance(wanted, Mapping) else [wanted]


def can_read(patterns: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the rules that set what we read ask for nothing but what is understood here."""
    return all(
        name in _ASKED and (not isinstance(wanted, Mapping) or set(wanted) <= {"IN", "NOT_IN"})
        for pattern in patterns
        if not _READ.keys().isdisjoint(pattern["attrs"])
        for row in pattern["patterns"]
        for asked in row
        for name, wanted in asked.items()
    )


def put_into(nlp: Language) -> None:
    """Put this in the place of a pipeline's ruler, if it has one whose rules are understood."""
    known = RULER in nlp.pipe_names and nlp.get_pipe_meta(RULER).factory == RULER
    if known and can_read(nlp.get_pipe(RULER).patterns):  # type: ignore[attr-defined]
        nlp.add_pipe(NAME, after=RULER)
        nlp.remove_pipe(RULER)


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> WordClasses:
    return WordClasses(nlp.get_pipe(RULER).patterns)  # type: ignore[attr-defined]
