"""What a report has from another outlet by its own words: whom it names as having reported it, and in which sentences.

"…, the Harbour Press Agency (HPA) reported. … A person who was there told HPA …; according to the agency's source, …":
two papers that write so about one matter have one source for it, in however different words they write. No parse is
needed: an outlet is known here by what is written around its name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.extract.lexicon import words
from dragoman.extract.sketch_marks import Unit
from dragoman.extract.spelling import fold, skeleton

_NAME = r"(?P<name>(?:[A-ZÀ-Þ][\w&’'-]*\s+){0,4}[A-ZÀ-Þ][\w&-]*)"
_INITIALS = r"(?:\s*[(\[](?P<initials>[A-Z]{2,6})[)\]])?"


_INFORMED = re.compile(r"\bagency['’]s\s+(?:own\s+)?(?:source|informant|interlocutor|correspondent|reporter)s?\b")


@functools.lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Ways to name an outlet: by what it is called, described as, or has; and by what points back to it."""

    def any_of(key: str) -> str:
        return "(?:" + "|".join(sorted(map(re.escape, words("copies", key)), key=lambda w: (-len(w), w))) + ")"

    noun, has, reported, to = (any_of(key) for key in ("outlets", "informants", "reported", "told_to"))
    return (
        re.compile(rf"\b{_NAME}{_INITIALS}\s+(?:has\s+|had\s+|also\s+|first\s+|has\s+also\s+)?{reported}\b"),
        re.compile(
            rf"\b{_NAME}{_INITIALS}\s*,\s+(?:the|a|an)\s+(?:[\w-]+\s+){{0,2}}{noun}\b"
            rf"|\b(?:[Tt]he|[Aa])\s+(?:[\w-]+\s+)?{noun}\s+{_NAME.replace('name', 'named')}"
        ),
        re.compile(rf"\b{_NAME}\s*,\s+(?:the|an)\s+agency\b"),
        re.compile(rf"\b{_NAME}(?:'s|’s|s['’])\s+(?:own\s+)?{has}\b(?!\s+of\b)"),
        re.compile(rf"\b{to}\s+(?:the\s+)?{_NAME}{_INITIALS}"),
        re.compile(rf"\b(?:the|its|this|that|same)\s+(?:same\s+|{noun}(?:'s|’s)\s+)?(?:{noun}|{has})\b", re.IGNORECASE),
    )


def initials(name: str) -> str:
    """What two spellings of an outlet's name have in common: its initials, or the skeleton of a single word."""
    parts = [part for part in re.findall(r"[\w&]+", name) if part.lower() not in ("the", "of", "and", "a")]
    if len(parts) == 1:
        return parts[0].casefold() if parts[0].isupper() else skeleton(fold(parts[0])) or fold(parts[0])
    return "".join(part[0] for part in parts).casefold()


@dataclass(slots=True)
class Borrowed:
    """An outlet, by the fullest of its names in a report, and the numbers of the sentences told by its word."""

    name: str
    sentences: list[int] = field(default_factory=list)


def borrowed(text: str, body: Sequence[Unit], own: str | None = None) -> dict[str, Borrowed]:
    """The outlets that a report says it has something from, and the sentences in which it tells that.

    These are the sentences that name the outlet, or point back to it or to its informant, and those that follow them
    in their paragraph.

    Args:
        text: the stored text.
        body: the report's sentences.
        own: the outlet in which the report appeared: it is no source of its own.

    Returns: for each outlet, by `initials`, what is told by its word.
    """
    called, described, agency, having, told, back = _patterns()
    sentences = [text[unit.start : unit.end] for unit in body]

    spelled: dict[str, set[str]] = {}

    def add(match: re.Match[str], group: str = "name") -> None:
        name = re.sub(r"^(?:The|A|An|In|But|And)\s+", "", match.group(group))
        letters = match.groupdict().get("initials")
        key = letters.casefold() if letters else initials(name)
        spelled.setdefault(key, set()).update(filter(None, (name, letters)))

    informed = any(_INFORMED.search(sentence) for sentence in sentences)  # other agencies have no informants
    for sentence in sentences:
        for match in agency.finditer(sentence) if informed else ():
            add(match)
        for match in described.finditer(sentence):
            add(match, "name" if match.group("name") else "named")
        for match in having.finditer(sentence):
            add(match)
        for match in (*called.finditer(sentence), *told.finditer(sentence)):
            if _masthead(match.group("name")):
                add(match)
    if own:
        spelled = {key: names for key, names in spelled.items() if not _same(key, names, own)}
    short = {name: key for key, names in spelled.items() for name in names}
    if not short:
        return {}
    named = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, short), key=lambda n: (-len(n), n))) + r")\b")
    found: dict[str, Borrowed] = {}
    last: str | None = None
    open_: str | None = None
    for number, sentence in enumerate(sentences):
        if number and "\n" in text[body[number - 1].end : body[number].start]:
            open_ = None
        here = named.search(sentence)
        if here:
            last = open_ = short[here.group()]
        elif last and back.search(sentence):
            open_ = last
        if open_:
            if open_ not in found:
                found[open_] = Borrowed(max(spelled[open_], key=lambda name: (len(name), name)))
            found[open_].sentences.append(number)
    return found


def _masthead(name: str) -> bool:
    """Whether a name is an outlet's by itself. An agency may be anything: it must say that it is one of the press."""
    parts = fold(name).split()
    if len(parts) < 2:
        return False
    if parts[-1] in words("copies", "of_the_press"):
        return not words("copies", "press").isdisjoint(parts[:-1])
    return parts[-1] in words("outlets", "masthead") or parts[0] in words("copies", "stations")


def _same(key: str, names: set[str], own: str) -> bool:
    folded = f" {fold(own)} "
    return key == initials(own) or any(f" {fold(name)} " in folded for name in names)
