"""Runs of capitalised words: where a name begins and how far it reaches, with its connectors.

What the runs are made of is told by the page: which words are capitalised where no sentence begins.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.extract import gazetteer, lexicon
from dragoman.extract.offices import POLITIES, of_trade, organisations, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.spelling import beginning, by_beginning, derived_from

if TYPE_CHECKING:  # names are compared without a parser too
    from dragoman.extract.parsed import Doc, Token

APOSTROPHES = frozenset("'’")
OPENERS = frozenset("\"“”„«»'‘’([–—-•*·:…>›")
PARTICLES = lexicon.words("naming", "particles")
CALENDAR = lexicon.words("naming", "calendar")
NEVER = lexicon.words("naming", "never")
TRADES = lexicon.words("naming", "trades")


def capital(token: Token) -> bool:
    """Whether a word is written as a name is; days, months and "I" are not."""
    text = token.text
    if not text[0].isupper() or not text[0].isalpha():
        return False
    lower = token.lower_
    if lower == "easter" and token.i + 1 < len(token.doc):
        after = token.nbor(1)
        return after.text[0].isupper() and after.lower_ not in CALENDAR  # a land may be called Easter Something
    return lower not in NEVER and lower.rstrip(".") not in CALENDAR


def starts(token: Token) -> bool:
    """Whether a capital on this token may be there only because a sentence or quotation begins."""
    return token.i == 0 or bool(token.is_sent_start) or token.nbor(-1).text[0] in OPENERS


def shouted_out(block: Block) -> bool:
    """Whether a paragraph is all in capitals, which then tell nothing."""
    return _shouted(block.text)


@functools.lru_cache(maxsize=256)  # asked twice of each paragraph
def _shouted(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, filter(str.isalpha, text))) > 0.6 * letters


@dataclass(frozen=True, slots=True)
class Words:
    """What a page shows of its words: those capitalised where no sentence begins, and those in lower case."""

    names: frozenset[str]
    common: frozenset[str]

    def __contains__(self, text: object) -> bool:
        """Whether the page has the word as a name."""
        return text in self.names


def midway_words(page: Page, headlines: set[int]) -> Words:
    """Words that stand capitalised where no sentence begins: these are names at the head of a sentence too."""
    seen: set[str] = set()
    initial: Counter[str] = Counter()
    lower: set[str] = set()
    for block in page.blocks:
        if shouted_out(block):
            continue
        for token in block.doc:
            text = token.text
            first = text[0]
            if not first.isalpha():
                continue
            if first.islower():
                lower.add(text)
            elif capital(token) and not token.is_stop:
                if not starts(token) and block.start not in headlines:
                    seen.add(text)
                else:
                    initial[text] += 1
    alike = by_beginning(seen)
    peopled = {text for text in initial if any(derived_from(other, text) for other in alike.get(beginning(text), ()))}
    often = {text for text, n in initial.items() if n > 1 and text.lower() not in lower}
    return Words(frozenset(seen | peopled | often), frozenset(lower))


def run_from(block: Block, first: int, midway: Words) -> int:
    """The last token of the run of capitalised words (with their connectors) that begins at `first`."""
    doc, orgs = block.doc, organisations()
    last, within, i = first, False, first + 1
    while i < len(doc):
        token = doc[i]
        if token.is_space or token.is_sent_start:
            break
        ahead = doc[i + 1] if i + 1 < len(doc) else None
        tight = doc[i - 1].whitespace_ == ""
        if token.pos_ in ("PRON", "DET") and token.text not in midway:
            break
        if capital(token) and not (tight and doc[i - 1].text in "/"):
            last = i
        elif ahead is None or ahead.is_sent_start:
            break
        elif (
            token.text in "-‐‑"
            and tight
            and not token.whitespace_
            and 1 < len(ahead) < 6
            and ahead.text.isalpha()
            and ahead.text.islower()
            and doc[i - 1].pos_ == "PROPN"
            and i - 1 > first
        ):
            last = i + 1  # "Han Ji-ho"
            i += 1
        elif token.text in "-‐‑" and tight and not token.whitespace_ and capital(ahead):
            if doc[i - 1].text in gazetteer.states().names or ahead.text in gazetteer.states().names:
                break
            last = i + 1
            i += 1
        elif (
            possessive(token) and tight and token.whitespace_ and capital(ahead) and _goes_on(doc, first, last, ahead)
        ) or (token.lower_ == "&" and capital(ahead)):
            last = i + 1
            i += 1
        elif possessive(token) and tight and ahead.lower_ in _BRANCHES and last > first and of_trade(doc[last].text):
            return ahead.i  # "the General Workers' branch"
        elif token.lower_ in ("of", "for") and i - 1 == last:
            previous = singular(doc[last].lower_)
            opens = (
                within
                or (previous in orgs.heads and doc[last].lower_ not in roles().portfolios)
                or previous in orgs.bodies
                or previous in POLITIES
                or previous in ("state", "house", "bank", "province")
                or previous in roles().level
                or (of_trade(doc[last].text) and (last > first or not starts(doc[last])))
                or (
                    last > first
                    and doc[first - 1].lower_ == "the"
                    and singular(doc[first].lower_) not in roles().level
                    and _many_of_a_kind(doc[last])
                )
                or (
                    token.lower_ == "of"
                    and last == first
                    and first
                    and doc[first - 1].lower_ in ("the", "called")
                    and doc[first].text in midway
                )
            )
            offices = not within and (previous in orgs.bodies or previous in roles().level)
            spelled = _lower_phrase(doc, i + 1) if token.lower_ == "of" and opens and offices else None
            if spelled is not None:
                last, within = spelled, True  # "Ministry of external affairs of Varonia", as translated texts write it
                i = spelled + 1
                continue
            the = ahead.lower_ == "the"
            far = doc[i + 2] if the and i + 2 < len(doc) else ahead
            if not opens or not capital(far):
                break
            if previous in roles().level and previous not in orgs.heads:
                end = portfolio_at(doc, far.i)
                if (
                    end is None
                    and previous in ("minister", "secretary")
                    and all(
                        k < len(doc) and capital(doc[k]) and known_name(doc[k].text) is None
                        for k in range(far.i, far.i + 3)
                    )
                ):
                    end = far.i  # "Minister of the Sea Ana Ruhl"
                if end is None:
                    break
                last = i = end
            else:
                within = True
                last = i = far.i
        elif (
            token.lower_ == "and"
            and i - 1 == last
            and capital(ahead)
            and (end := _trades(doc, first, last, i + 1, midway)) is not None
        ):
            last = i = end  # "Tram and Bus Workers"
        elif (token.lower_ == "and" and within and capital(ahead) and i - 1 == last and not _named(doc, i + 1)) or (
            token.lower_ in PARTICLES and i - 1 == last and capital(ahead)
        ):
            last = i + 1
            i += 1
        elif (
            token.lower_ in PARTICLES
            and i - 1 == last
            and ahead.text == "-"
            and i + 2 < len(doc)
            and capital(doc[i + 2])
        ):
            last = i + 2
            i += 2
        else:
            break
        i += 1
    return last


def _many_of_a_kind(token: Token) -> bool:
    """Whether a capitalised word is the plural of a noun that no land is called by ("the Grey Friars of Tarn")."""
    lower = token.lower_
    return (
        lower.endswith(("s", "men", "women", "people"))
        and not lower.endswith(("ss", "us", "is"))
        and len(lower) > 2
        and token.pos_ in ("NOUN", "PROPN")
        and known_name(token.text) is None
        and lower not in CALENDAR
        and lower not in roles().portfolios
        and singular(lower) not in roles().level
    )


def _trades(doc: Doc, first: int, last: int, second: int, midway: Words) -> int | None:
    """The last token of the second half of a name like "Dockers and Crane Operators", "Farmers and Coast", or None.

    Both halves are made of common nouns: of trades, or such as the page has in small letters too.
    """
    if known_name(doc[last].text) is not None:
        return None
    end = second
    while end + 1 < len(doc) and capital(doc[end + 1]) and not doc[end + 1].is_sent_start:
        end += 1

    def common(token: Token) -> bool:
        word = singular(token.lower_)
        return (
            of_trade(token.text) or word in TRADES or word in midway.common or token.lower_ in midway.common
        ) and word not in roles().level

    if _one_body(doc, first, last, second, end):
        return end
    if not common(doc[last]) or not all(common(t) for t in doc[second : end + 1]):
        return None
    ends_so = of_trade(doc[end].text) and doc[end].text.endswith(("s", "men"))
    starts_so = of_trade(doc[last].text) and doc[last].text.endswith(("s", "men"))
    whole = starts_so and last == first and end == second and not starts(doc[first])
    return end if (ends_so and (end > second or starts_so)) or whole else None


def _one_body(doc: Doc, first: int, last: int, second: int, end: int) -> bool:
    """Whether "the X and Y Workers' Union", "the X and Y Staff Association" is one body: one article, one head.

    Not where the first half is a body by itself, or a land or a person that is named before an "and".
    """
    heads = organisations().heads
    if not first or doc[first - 1].lower_ != "the" or (last > first and singular(doc[last].lower_) in heads):
        return False
    after = doc[end + 1] if end + 1 < len(doc) else None
    if after is not None and possessive(after) and end + 2 < len(doc) and of_trade(doc[end].text):
        head = doc[end + 2]
        return head.text[0].isupper() and singular(head.lower_) in heads
    head = doc[end]
    inner = doc[second:end]
    trades = (of_trade(t.text) or t.lower_ == "staff" or _many_of_a_kind(t) for t in inner)
    return head.lower_ in heads and bool(inner) and any(trades)


def _lower_phrase(doc: Doc, i: int) -> int | None:
    """The last noun of an uncapitalised phrase that completes an office's name ("external affairs"), or None."""
    end = None
    for k in range(i, min(i + 3, len(doc))):
        if not doc[k].text[0].islower() or doc[k].pos_ not in ("NOUN", "ADJ"):
            break
        if doc[k].pos_ == "NOUN":
            end = k
    return end


def possessive(token: Token) -> bool:
    """Whether the token is the ending of a genitive."""
    return token.text in APOSTROPHES or token.lower_ in ("'s", "’s")


def _goes_on(doc: Doc, first: int, last: int, ahead: Token) -> bool:
    """Whether a possessive is inside a name: Patients' Voice, the State Conciliator's Office."""
    lex = organisations()
    owner = doc[last]
    if owner.text in gazetteer.states().names or owner.text in gazetteer.states().capitals:
        return False
    if owner.lower_ in _OF_ALL and first < doc[last + 1].i and possessive(doc[last + 1]):
        return True  # the People's Front, Women's Peace Table
    body = singular(ahead.lower_) in lex.heads or singular(ahead.lower_) in lex.bodies
    common = singular(owner.lower_) in roles().level or singular(owner.lower_) in lex.workers
    if doc[last + 1].text in APOSTROPHES and owner.text.endswith("s"):
        return body or (first == last and singular(ahead.lower_) not in roles().level)
    return body and common


_BRANCHES = frozenset(("branch", "union", "league", "association", "federation", "syndicate", "guild"))


_OF_ALL = frozenset(("people", "peoples", "women", "men", "children", "workers", "farmers", "citizens"))


def portfolio_at(doc: Doc, i: int) -> int | None:
    """The last token of the portfolio that begins at i ("Foreign Affairs", "Fisheries and Coasts"), or None."""
    words = [t.lower_ for t in doc[i : i + 3]]
    known = roles().portfolios
    for size in (3, 2, 1):
        if len(words) >= size and " ".join(words[:size]) in known:
            end = i + size - 1
            if (
                end + 2 < len(doc)
                and doc[end + 1].lower_ == "and"
                and doc[end + 2].text[0].isupper()
                and doc[end + 2].lower_ in known
            ):
                return end + 2
            return end
    return None


def _named(doc: Doc, i: int) -> bool:
    """Whether a title or a known state stands at i: then "and" joins two names."""
    token = doc[i]
    lower = singular(token.lower_)
    return lower in roles().level or lower in roles().honorifics or token.text in gazetteer.states().names


def known_name(text: str) -> tuple[str, str] | None:
    """(form, code) of a name that the gazetteer knows as a state's, or None."""
    states = gazetteer.states()
    for form, table in (
        ("name", states.names),
        ("name", states.seats),
        ("adjective", states.adjectives),
        ("people", states.peoples),
        ("name", states.capitals),
    ):
        if text in table:
            return form, table[text]
    return None
