"""What is said of an agreement: what became of it, how many, who, when, until when, on what condition."""

from __future__ import annotations

import re

from dragoman.extract.agreement_words import agreement_words, among
from dragoman.extract.findings import DateFound, SpanT, WhenFound
from dragoman.extract.lexicon import load
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span
from dragoman.extract.time_days import settle_past
from dragoman.extract.times import TimeFound, tensed, times_in
from dragoman.extract.told import Told

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
           "m": 1_000_000, "dozen": 12, "trillion": 10**12}  # fmt: skip
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen half"
)
_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?P<money>[$€£¥]\s?)?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|(?:{'|'.join(_WORDS.split())})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)(?![\w.:/]\d|:\d)"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion|bn|dozen|m)\b)?"
    r"(?:\s?(?P<percent>%|per\s?cent\b|percent\b|percentage points)|[\s-](?P<unit>(?:[A-Za-z][\w’'-]*[\s-]?){1,4}))?",
    re.I,
)
_LONG = re.compile(r"\b(?:a|an)?\s?(?P<u>day|week|month|year|fortnight|hour)-long\b", re.I)
_PERIODS = ("day", "week", "month", "year", "hour", "minute", "night", "fortnight")
_UNIT_STOP = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "the",
        "a",
        "an",
        "as",
        "if",
        "that",
        "which",
        "who",
        "while",
        "when",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "will",
        "would",
        "after",
        "before",
        "until",
        "than",
        "under",
        "over",
        "across",
        "through",
        "during",
        "each",
        "per",
        "both",
        "their",
        "its",
        "his",
        "her",
        "not",
        "also",
        "more",
        "less",
        "held",
        "freed",
        "released",
        "each",
        "between",
    ]
)


def status_in(text: str, truce: bool) -> str | None:
    """What some words say became of an agreement; None where they say nothing of it.

    A kept part beside a broken one makes it partly implemented.
    """
    found = agreement_words()
    patterns = found.status
    if found.phrases["denied"].search(text):
        return "denied"
    text = found.patterns["never_ended"].sub(" still stands ", text)
    broken = patterns["breached"].search(text)
    fallen = found.truce_breached.search(text)
    over = patterns["lapsed"].search(text)
    rest = patterns["breached"].sub(" ", text)
    kept = patterns["implemented"].search(patterns["lapsed"].sub(" ", rest))
    partly = patterns["partly"].search(text)
    if partly and (broken or over or kept):
        return "partly_implemented"
    if broken and kept:
        return "partly_implemented"
    if fallen and truce and found.ending.search(text) and not (broken and broken.group().lower()[:5] != "laste"):
        return "lapsed"
    if broken or (fallen and truce):
        return "breached"
    if over or fallen:
        return "lapsed"
    if patterns["in_principle"].search(text):
        return "in_principle"
    return "implemented" if kept else None


def quantity_in(text: str) -> tuple[float, str] | None:
    """The first number in some words that counts something, with what it counts; no dates, years or hours."""
    without = text
    for time in times_in(text, 0):
        if time.form != "calendar" or time.day is not None or time.month is not None or time.year is not None:
            without = without[: time.start] + " " * (time.end - time.start) + without[time.end :]
    best: tuple[float, str] | None = None
    for found in _NUMBER.finditer(without):
        value = _value(found["n"])
        if value is None:
            continue
        scale = (found["scale"] or "").lower()
        if found["percent"]:
            after = without[found.end() :]
            yearly = re.match(r"\s+(?:a|per) year\b", after)
            return value, "per cent a year" if yearly else "per cent"
        unit = _unit(found["unit"] or "")
        if found["money"]:
            currency = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}[found["money"].strip()]
            return value, f"{scale} {currency}".strip()
        if scale and unit.split(" ")[-1] in ("dollars", "euros", "pounds", "crowns", "francs"):
            return value, f"{scale} {unit}"
        if scale:
            value *= _SCALES[scale]
        if not unit or among("not_units", unit.split(" ")[0]) or among("not_units", unit.split(" ")[-1]):
            continue
        if value == 1 and unit.rstrip("s") not in _PERIODS:
            continue  # "one of", "one point"
        if 1900 <= value <= 2100 and "," not in found["n"] and not found["scale"]:
            continue
        if best is None or (_is_period(best[1]) and not _is_period(unit)):
            best = value, unit
        if not _is_period(unit):
            return best
    long = _LONG.search(text)
    if best is None and long is not None:
        return 1.0, long["u"].lower()
    return best


def _is_period(unit: str) -> bool:
    return unit.split(" ")[0].rstrip("s") in _PERIODS


def _value(text: str) -> float | None:
    plain = text.lower().replace(",", "")
    try:
        return float(plain)
    except ValueError:
        numbers: dict[str, int] = load("times")["numbers"]
        if plain in numbers:
            return float(numbers[plain])
        if plain in _SCALES:
            return float(_SCALES[plain])
        tens, _, ones = plain.partition("-")
        both = [w for w in (tens, ones) if w]
        order = _WORDS.split()
        total = 0.0
        for word in both:
            if word not in order or word == "half":
                return None
            at = order.index(word)
            total += at + 1 if at < 20 else (at - 18) * 10
        return total


def _unit(text: str) -> str:
    kept: list[str] = []
    for word in re.split(r"[\s-]+", text.strip()):
        low = word.lower().strip("’'")
        if not low or low in _UNIT_STOP or (kept and word[0].isupper()):
            break
        kept.append(low)
    for i, word in enumerate(kept):  # "seriously wounded soldiers": up to the first plural
        if word.endswith("s") and not word.endswith("ss") and not word.endswith("ous"):
            return " ".join(kept[max(0, i - 1) : i + 1]) if i and kept[i - 1] not in _UNIT_STOP and i < 2 else word
        if word in (
            "people",
            "crew",
            "hectares",
            "women",
            "men",
            "children",
            "policemen",
            "personnel",
            "day",
            "week",
            "month",
            "year",
        ):
            return word
    return " ".join(kept[:2])


def times_of(block: Block, span: Span) -> list[TimeFound]:
    """The time expressions of a sentence, each with the tense of its clause."""
    low, high = block.place(span)
    return [tensed(t, block) for t in times_in(block.text[low - block.start : high - block.start], low)]


def times_of_agreement(
    page: Page, block: Block, sentence: Span, span: SpanT
) -> tuple[WhenFound | None, WhenFound | None]:
    """What the clause says of when it was agreed and of when it ends.

    A day that stands after "by" or "from" is when something of it is to happen, and is no date of the agreement (nor
    is one that lies ahead, see `settle_past`); what stands after "until" is its end.
    """
    when: list[TimeFound] = []
    until: list[TimeFound] = []
    text, patterns = page.text, agreement_words().patterns
    for time in times_of(block, sentence):
        before = text[max(block.start, time.start - 24) : time.start]
        if patterns["until"].search(before):
            until.append(time)
        elif not patterns["later"].search(before) and _beside(time, span):
            when.append(time)
    return WhenFound(when) if when else None, WhenFound(until) if until else None


def both(a: WhenFound | None, b: WhenFound | None) -> WhenFound | None:
    """What two tellings say of when it was; the first that gives days counts."""
    if a is None or b is None:
        return a or b
    return WhenFound(a.times + [t for t in b.times if t not in a.times])


def settled(when: WhenFound | None, written: DateFound | None) -> DateFound | None:
    """The days on which it was agreed, if the words give them."""
    return settle_past(when, written) if when is not None else None


def _beside(time: TimeFound, span: SpanT) -> bool:
    return span[0] - 60 <= time.start <= span[1] + 60


def condition_in(text: str) -> str | None:
    """The condition that some words put on an agreement."""
    found = agreement_words().patterns["condition"].search(text)
    return " ".join(found.group().split()).rstrip(" ,") if found else None


def parties_of(told: Told, place: SpanT, together: bool) -> list[int]:
    """The sides that a clause names, in the order of the text; all parties where it says "the two sides" alone."""
    found: list[int] = []
    for mention in told.cast.within(*place):
        actor = told.cast.actors[mention.actor]
        side = mention.actor if actor.part == "party" and actor.side is None else actor.side
        if (
            side is not None
            and side not in found
            and (told.cast.actors[side].part == "party" or side in told.cast.parties)
        ):
            found.append(side)
    if len(found) < 2 and together:
        found += [p for p in told.cast.parties if p not in found]
    return found


def meeting_of(told: Told, place: SpanT, before: SpanT | None) -> int | None:
    """The encounter that stands in the same sentence, or right before it, and was held."""
    for span in (place, before):
        if span is None:
            continue
        for i, meeting in enumerate(told.meetings):
            if meeting.status == "held" and any(a < span[1] and span[0] < b for a, b in meeting.spans):
                return i
    return None
