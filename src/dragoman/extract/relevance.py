"""Whether a text names anyone of whom it is asked: a scan of the plain text, before anything is parsed.

It is made to lose nothing: one name is enough, in any spelling that `spelling` takes for the same, with possessives,
plurals, peoples and capitals of states. Each different word is judged once and remembered, so that of most texts no
more is done than to cut them into words and to look whether any of these is known to matter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman.extract import gazetteer
from dragoman.extract.offices import organisation_kind, organisations, singular
from dragoman.extract.spelling import beginning, derived_from, fold, parts, same_surname, skeletons

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_ENDING = re.compile(r"['’]s?$|(?<=s)['’]$")
_SMALL = frozenset(("of", "the", "and", "for", "de", "la", "le", "du", "des", "del", "da", "di", "von", "van", "der",
                    "den", "al", "el", "bin", "ibn", "in", "on", "a", "an", "to", "&"))  # fmt: skip

BETWEEN = 3
"""Words that may stand between two words of a longer name ("the Union of Dock and Harbour Workers")."""

KEPT = 400_000
"""Words that are remembered."""


class FilterError(ValueError):
    """The filter cannot be used; the text is one line."""


@dataclass(slots=True)
class _Name:
    """A name that is looked for, by its telling words, folded; one of `alone` is enough, else all of `words` near."""

    text: str
    words: list[str]
    alone: list[str] = field(default_factory=list)


class Relevance:
    """Decides of texts whether they name anyone of a list."""

    def __init__(self, names: Iterable[str]) -> None:
        """For these names of people, states, organisations and places; order and doublets do not matter.

        Raises:
            FilterError: there is no name among them.
        """
        self.names = tuple(sorted({" ".join(name.split()) for name in names if _WORD.search(name)}))
        if not self.names:
            raise FilterError("the filter holds no names")
        self._exact: set[str] = set()  # folded words that are enough
        self._surnames: dict[str, list[str]] = {}  # by the first letter of a reading
        self._lands: dict[str, list[str]] = {}  # by what a land and its people begin with
        self._phrases: list[list[str]] = []
        self._parts: set[str] = set()  # folded words of phrases
        self._acronyms: set[str] = set()  # as written
        self._plain: list[str] = []  # what is looked for as it stands: scripts without spaces
        for name in self.names:
            self._add(name)
        self._judged: set[str] = set()
        self._enough: set[str] = set()
        self._some: set[str] = set()

    @property
    def digest(self) -> str:
        """Tells one list of names from another."""
        return hashlib.blake2b("\n".join(self.names).encode(), digest_size=8).hexdigest()

    def __call__(self, text: str) -> bool:
        """Whether a text names anyone of the list."""
        words = set(_WORD.findall(text))
        new = words - self._judged
        if new:
            if len(self._judged) > KEPT:
                self._judged.clear()
                new = words
            for word in new:
                self._judge(word)
            self._judged |= new
        if not self._enough.isdisjoint(words):
            return True
        if self._some and not self._some.isdisjoint(words) and self._has_phrase(text):
            return True
        return any(name in text for name in self._plain)

    # -- what is looked for ---------------------------------------------------------------------------------------

    def _add(self, name: str) -> None:
        states = gazetteer.states()
        if not all(ch.isascii() or ch.isalpha() for ch in name) or _unspaced(name):
            self._plain.append(name)
        code = states.names.get(name) or states.adjectives.get(name)
        if code is None:
            code = next((c for form, c in states.names.items() if fold(form) == fold(name)), None)
        if code is not None:
            tables = (states.names, states.adjectives, states.peoples, states.capitals, states.seats)
            forms = [form for table in tables for form, known in table.items() if known == code]
            for form in forms:
                self._add_plain(form)
        self._add_plain(name)
        words = [w for w in parts(name) if fold(w)]
        if code is not None:
            return
        telling = [w for w in words if fold(w) not in _SMALL]
        if not telling:
            return
        kind = organisation_kind(name)
        if len(telling) == 1:
            self._surname(telling[0])
            self._lands.setdefault(beginning(telling[0]), []).append(telling[0])
            return
        if (
            kind is None
        ):  # a person or a place: the last word stands for it, and the first where the last is a given name
            self._surname(telling[-1])
            if "-" in telling[-1]:
                self._surname(telling[0])
            return
        lex = organisations()
        short = "".join(w[0] for w in words if w[:1].isupper() and fold(w) not in _SMALL)
        if len(short) > 2:
            self._acronyms.add(short)
        heads = [w for w in telling if singular(fold(w)) in lex.heads or singular(fold(w)) in lex.workers]
        for word in telling:
            if word not in heads and organisation_kind(f"X {word}") is None:
                self._surname(word)  # "Halvard Steel" is soon but "Halvard"
                self._lands.setdefault(beginning(word), []).append(word)

    def _add_plain(self, form: str) -> None:
        """A form that is enough as it stands: one word, or several near each other in their order."""
        words = [fold(w) for w in _WORD.findall(form) if fold(w) not in _SMALL]
        if form.isupper() or "." in form:
            letters = form.replace(".", "")
            if letters.isupper() and len(letters) < 6:
                self._acronyms.add(letters)
                return
        if len(words) == 1:
            self._exact.add(words[0])
        elif words and words not in self._phrases:
            self._phrases.append(words)
            self._parts.update(words)

    def _surname(self, word: str) -> None:
        for reading in skeletons(word):
            listed = self._surnames.setdefault(reading[:1], [])
            if word not in listed:
                listed.append(word)

    # -- words of texts -------------------------------------------------------------------------------------------

    def _judge(self, word: str) -> None:
        """Note whether a word is enough, or a part of a longer name."""
        if word in self._acronyms:
            self._enough.add(word)
            return
        for piece in {word, *word.replace("‐", "-").replace("‑", "-").split("-")}:
            folded = fold(piece)
            bare = {folded, folded[:-1] if folded.endswith("s") else folded}
            if not bare.isdisjoint(self._parts):
                self._some.add(word)
            if not piece[:1].isupper():
                continue
            if not bare.isdisjoint(self._exact) or self._named(piece, folded):
                self._enough.add(word)
                return

    def _named(self, word: str, folded: str) -> bool:
        shown = word.title() if word.isupper() else word
        for form in {shown, shown[:-1] if shown.endswith("s") and len(shown) > 4 else shown}:
            for reading in skeletons(form):
                if any(same_surname(form, known) for known in self._surnames.get(reading[:1], ())):
                    return True
        return any(derived_from(shown, land) or fold(land) == folded for land in self._lands.get(beginning(shown), ()))

    def _has_phrase(self, text: str) -> bool:
        told = [fold(word) for word in _WORD.findall(text)]
        places: dict[str, list[int]] = {}
        for place, word in enumerate(told):
            for form in {word, word[:-1] if word.endswith("s") else word}:
                if form in self._parts:
                    places.setdefault(form, []).append(place)
        for phrase in self._phrases:
            at = places.get(phrase[0], [])
            for word in phrase[1:]:
                following = places.get(word, [])
                at = [place for place in following if any(0 < place - before <= BETWEEN + 1 for before in at)]
            if at:
                return True
        return False


def _unspaced(name: str) -> bool:
    """Whether a name is in a script that sets no spaces between words."""
    return any("\u0e00" <= ch <= "\u0eff" or "\u3040" <= ch <= "\u9fff" or "\uac00" <= ch <= "\ud7af" for ch in name)


def relevance(asked: str | Path | Iterable[str]) -> Relevance:
    """What a filter asks for.

    Args:
        asked: names with commas between them; or a file: a name a line (what follows # is left out), or YAML with lists
            of names (parties, people, places, whatever they are called); or the name of a process, which is that of
            such a file without its ending, in the current folder; or any names.

    Raises:
        FilterError: it holds no names, or the file cannot be read.
    """
    if not isinstance(asked, str | Path):
        return Relevance(asked)
    for ending in ("", ".yaml", ".yml", ".txt"):
        file = Path(f"{asked}{ending}")
        try:
            there = file.is_file()
        except (OSError, ValueError):  # too long for a file's name
            there = False
        if there:
            return Relevance(_names_in(file))
    if isinstance(asked, Path) or asked.endswith((".yaml", ".yml", ".txt")):
        raise FilterError(f"{asked}: there is no such file")
    return Relevance(asked.split(","))


def _names_in(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix in (".yaml", ".yml"):
            return _strings(yaml.load(text, Loader=yaml.BaseLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FilterError(f"{file}: {' '.join(str(error).split())}") from error
    return [line.partition("#")[0].strip() for line in text.splitlines()]


def _strings(value: Any) -> list[str]:
    """All strings in the lists of a YAML file, and single ones under "name"; no others ("title: …")."""
    if isinstance(value, list):
        found: list[str] = []
        for item in value:
            found += [item] if isinstance(item, str) else _strings(item)
        return found
    if isinstance(value, dict):
        return [name for item in value.values() if not isinstance(item, str) for name in _strings(item)] + [
            item for key, item in value.items() if key in ("name", "names") and isinstance(item, str)
        ]
    return []
