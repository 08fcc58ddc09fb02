"""Lines that are in no list of buttons, told by their words: how many of them only a site says of itself.

"Share this column", "Read 148 comments" and "Your trial ends in 6 days" are made of a few words in ever new ways. Each
word is strong (a report has it only among many others), weak (both have it), small (a function word) or other; what
kinds a line has decides, more strictly in the middle of a report than at the edges of the page.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dragoman.extract.lexicon import load

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_QUOTE = re.compile(r"[“”«»„\"]")
_ENDED = re.compile(r"[.!?…]\W{0,2}$")
_BRACKETED = re.compile(r"\[([^\[\]]{2,160})\]$|<([^<>]{2,80})>$")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\bwww\.\w|https?://")
_READING_TIME = re.compile(
    r"(?:^|[|·•,–-]\s*)\W{0,2}\d{1,2}[ -]?(?:min|mins|мин|minute|minuten|minuters?|dk)\b\.?(?: \w+){0,2}$"
)
_PHONE = re.compile(r"(?:\+|\b00|\(0)\d[\d ()/-]{6,}|\b0\d{2,4}[ /-]\d{2,}(?:[ /-]\d{2,})*")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many words of each kind a text has, and whether some words are among them.

    `voice`: the reader or the site itself; `address`: the reader; `reporting`: verbs of saying.
    """

    strong: int
    weak: int
    small: int
    other: int
    numbers: int
    voice: bool
    address: bool
    reporting: bool

    @property
    def words(self) -> int:
        """All words but numbers."""
        return self.strong + self.weak + self.small + self.other


@functools.cache
def _words(key: str) -> frozenset[str]:
    found = load("furniture")[key]
    return frozenset(str(w).casefold() for group in found for w in (group if isinstance(group, list) else [group]))


@functools.cache
def _opens(key: str) -> re.Pattern[str]:
    words = sorted(_words(key), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def tally(text: str) -> Tally:
    """Count the words of a text by kind."""
    strong = weak = small = 0
    found = [w.replace("’", "'").removesuffix("'s") for w in _WORD.findall(text.casefold())]
    strongs, weaks, smalls = _words("site_strong"), _words("site_weak"), _words("site_small")
    for word in found:
        if word in strongs:
            strong += 1
        elif word in weaks:
            weak += 1
        elif word in smalls or len(word) == 1:
            small += 1
    voice = not _words("site_voice").isdisjoint(found)
    other = len(found) - strong - weak - small
    address = not _words("site_address").isdisjoint(found)
    reporting = not _words("reporting").isdisjoint(found)
    return Tally(strong, weak, small, other, len(re.findall(r"\d+", text)), voice, address, reporting)


def item(text: str) -> bool:
    """Whether an item of a bar is a site's: nothing but its words, one of them at least weak."""
    if len(text) > 60:
        return False
    seen = tally(text)
    return not seen.other and seen.strong + seen.weak > 0


def button(text: str) -> bool:
    """Whether a line in the middle of a report is a site's by its words alone: no other words, and two of its own."""
    if len(text) > 90 or _QUOTE.search(text):
        return False
    seen = tally(text)
    if seen.other or seen.words > 12:
        return False
    if _ended(text) and len(_SENTENCE.split(text)) < 2 and seen.strong + seen.weak < 0.5 * seen.words:
        return False
    return seen.strong > 0 and (seen.strong + seen.weak > 1 or seen.voice or (seen.numbers > 0 and not _ended(text)))


def aside(text: str) -> bool:
    """Whether a line at an edge of the page (before the report or after it) is a site's own."""
    if not text or len(text) > 320 or text[0] in "“«„‘\"'—–":
        return False
    if len(text) <= 80 and _READING_TIME.search(text):
        return True
    seen = tally(text)
    if not seen.words or seen.words > 50:
        return False
    own = seen.strong + seen.weak
    if seen.reporting and seen.strong < 2:
        return False
    ended = _ended(text)
    if ended and not seen.voice and len(_SENTENCE.split(text)) < 2:
        return own > 1 and seen.strong > 0 and own >= 0.5 * seen.words
    if not seen.other:
        if ended and not seen.strong:
            several = len(_SENTENCE.split(text)) > 1 and text[-1] != "?"
            return bool(seen.weak) and ((several and (seen.voice or seen.weak > 2)) or (seen.address and seen.weak > 1))
        return seen.strong > 0 or seen.weak > 1 or (seen.weak > 0 and seen.numbers == 1)
    if seen.strong and seen.other <= 0.4 * seen.words and (own > 2 or seen.voice or not ended):
        return own > 1 or seen.voice or not ended
    if (seen.address if ended else seen.voice) and own > 1 and seen.other <= 0.35 * seen.words:
        return True
    last = _SENTENCE.split(text)[-1]
    return last != text and not _ended(last) and item(last) and tally(last).voice


def tail_label(text: str) -> bool:
    """Whether a line after the report, no sentence, has one of the site's words and a colon in front."""
    label, colon, rest = text.partition(":")
    return bool(
        colon
        and rest.strip()
        and not rest.strip()[0].isdigit()
        and not _ended(text)
        and len(label.split()) <= 2
        and (item(label) or label == "More")
    )


def teaser(text: str) -> bool:
    """Whether a line in a report leads away from it ("VIDEO: …", "WATCH > …")."""
    if len(text) > 160 or not text[:2].isupper():
        return False
    found = "|".join(map(re.escape, sorted(map(str, load("furniture")["teasers"]), key=len, reverse=True)))
    return re.match(rf"(?:{found})\s?[^\w\s,.;'’&-]\s*[^\d\s]", text) is not None


def contact(text: str) -> bool:
    """Whether a line says how to reach somebody: an address or a number, and hardly a sentence."""
    if len(text) > 200 or len(text.split()) > 25:
        return False
    if tally(text).reporting:
        return False
    if _PHONE.search(text):
        return tally(text).weak > 0 or len(text.split()) <= 8
    if _MAIL.search(text) is None:
        return False
    label, colon, _ = text.partition(":")
    return (bool(colon) and len(label) <= 40) or len(text.split()) <= 4


def labelled(text: str) -> bool:
    """Whether a line has a label in front that only sites have ("FOLLOW THE TOPICS IN THIS ARTICLE: …")."""
    label, colon, rest = text.partition(":")
    if not colon or len(label) > 50 or not rest.strip() or label[-1:].isdigit() or len(text) > 250:
        return False
    if label[:1] in "“«„‘\"'—–" or rest[:1].isdigit():
        return False
    seen = tally(label)
    if seen.other or seen.words < 2 or seen.numbers:
        return False
    more = label.isupper() or re.search(r"\b(?:more|also|next)\b", label, re.IGNORECASE) is not None
    return seen.strong + seen.weak > 1 or (seen.strong + seen.weak > 0 and (more or seen.strong > 0))


def tools(text: str) -> bool:
    """Whether a bar holds tools for one article (share, print, listen), not the sections of a site."""
    return len(text) <= 200 and not _words("article_tools").isdisjoint(_WORD.findall(text.casefold()))


def segue(text: str) -> bool:
    """Whether a line leads over to what comes next in a programme or a paper."""
    return len(text) <= 160 and _opens("segues").match(text) is not None


def bracketed(text: str) -> bool:
    """Whether a line in square brackets stands for a picture or another part of the page, or is the site's note."""
    match = _BRACKETED.match(text)
    if match is None:
        return False
    inside = (match[1] or match[2]).strip()
    if not inside:
        return False
    first = _opens("media").match(inside)
    after = inside[first.end() :].lstrip() if first else ""
    return (first is not None and (not after or after[0] in ":–—-/|,.(" or len(after.split()) <= 6)) or (
        not _QUOTE.match(inside) and aside(inside)
    )


def paper(text: str) -> bool:
    """Whether a short line is the kind and number of an official document ("Press release No. 12/2031")."""
    found = "|".join(map(re.escape, sorted(_words("papers"), key=len, reverse=True)))
    numbered = rf"(?:{found})\W*(?:no|nr|nº|n°|№|ref)?\W{{0,3}}[\w/-]*\d|(?:[\w-]+ )?bulletin (?:no|nr|№)\W{{0,2}}\d"
    return len(text) <= 60 and re.match(numbered, text, re.IGNORECASE) is not None


def programme(text: str) -> bool:
    """Whether a line after the report says who made the programme ("Producer: … Sound: …")."""
    return len(text) <= 300 and len(_crew().findall(text)) >= 2


@functools.cache
def _crew() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(_words('crew'), key=len, reverse=True)))})(?::| by )", re.I
    )


def _ended(text: str) -> bool:
    return _ENDED.search(text[-4:]) is not None
