"""Names as they stand: runs of capitalised words, cut into titles, adjectives and names proper.

Nothing is decided here about who or what a name means; see kinds.py for its kind and gathering.py for whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.extract import lexicon
from dragoman.extract.name_runs import (
    PARTICLES,
    Words,
    capital,
    known_name,
    midway_words,
    portfolio_at,
    possessive,
    run_from,
    shouted_out,
    starts,
)
from dragoman.extract.offices import organisations, roles, singular
from dragoman.extract.page import Block, Page

if TYPE_CHECKING:  # names are compared without a parser too
    from dragoman.extract.parsed import Token

SURNAMES_TOO = lexicon.words("naming", "surnames_too")


@dataclass(slots=True)
class Name:
    """A name in its place: tokens first..last of a block; `title` are the title tokens before it, as indices.

    `form` is name | adjective | people; `code` is the state's code where a gazetteer knows it; `start` and `end` are
    its place in the text.
    """

    block: Block
    first: int
    last: int
    text: str
    form: str = "name"
    code: str | None = None
    title: tuple[int, int] | None = None
    headline: bool = False
    initial: bool = False
    honorific: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    start: int = field(init=False, repr=False, compare=False)
    end: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up where it stands in the text, which is asked of it again and again."""
        self.start, self.end = self.block.place_of(self.block.doc[self.first], self.block.doc[self.last])


@dataclass(slots=True)
class Title:
    """A capitalised title without a name ("the Prime Minister"), as tokens first..last of a block."""

    block: Block
    first: int
    last: int


def find_names(page: Page) -> tuple[list[Name], list[Title]]:
    """All names of a page in the order of the text, and the capitalised titles that stand without one."""
    headlines = {b.start for b in page.blocks if any(s <= b.start and b.end <= e for s, e in page.layout.headlines)}
    skip = page.layout.byline
    midway = midway_words(page, headlines)
    names: list[Name] = []
    titles: list[Title] = []
    for block in page.blocks:
        if skip and skip[0] <= block.start and block.end <= skip[1]:
            continue
        shouted = shouted_out(block)
        doc = block.doc.tokens
        i = 0 if shouted else _opening(block, midway)
        while i < len(doc):
            if not doc[i].text[0].isupper():
                i += 1  # most words: whatever else they are, no name begins with them
                continue
            if (
                doc[i].is_stop
                and i + 1 < len(doc)
                and starts(doc[i])
                and doc[i + 1].text[0].isupper()
                and known_name(doc[i].text) is None
                and doc[i].lower_ != "us"
            ):
                i += 1  # a function word at the head of a sentence: "When Ruhl", "The Irrigators' League"
                continue
            titled = i > 0 and doc[i - 1].pos_ in ("NOUN", "PROPN")  # "ombudsman Per Ruhl"
            if (
                doc[i].pos_ in ("SCONJ", "ADP")
                and not titled
                and doc[i].lower_ not in PARTICLES
                and known_name(doc[i].text) is None
            ):
                i += 1  # "Rejections: Despite Varonia's call": what follows a colon is no sentence to the parser
                continue
            if not capital(doc[i]) or (shouted and doc[i].text.title() not in midway and doc[i].text not in midway):
                i += 1
                continue
            if i >= 2 and doc[i - 1].text == "-" and doc[i - 2].lower_ in PARTICLES and not doc[i - 2].whitespace_:
                i -= 2  # "al-Ruhl" without a first name
            last = run_from(block, i, midway) if doc[i].text[0].isupper() else run_from(block, i + 2, midway)
            _cut(block, i, last, midway, block.start in headlines, names, titles)
            i = last + 1
    return names, titles


def _opening(block: Block, midway: Words) -> int:
    """Where a paragraph's report begins: after a dateline ("PORT RUHL, May 3 (VNA) -") or words in capitals."""
    doc = block.doc
    i = 0
    while i < len(doc) and doc[i].text.isupper() and doc[i].text.isalpha():
        i += 1
    if i == 0 or i >= len(doc):
        return 0
    for k in range(i, min(i + 12, len(doc))):
        if not doc[k].text.strip("-–—") and (k == i or any(t.text in (",", "(", ")") for t in doc[i:k]) or k - i <= 1):
            return k + 1
        if doc[k].is_alpha and doc[k].text.islower():
            break
    if i >= 2 and not any(t.text in midway for t in doc[:i]):
        return i
    return 0


def _acts(token: Token) -> bool:
    """Whether a capitalised word at the head of a sentence owns something or does something, as a name would."""
    if token.tag_ != "NNP" or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    if after.text == "," and token.i + 2 < len(token.doc) and token.nbor(2).lower_ in ("whose", "which", "a", "the"):
        return True
    joined = after.lower_ == "and" and token.i + 2 < len(token.doc) and token.nbor(2).text[0].isupper()
    return (
        joined
        or after.lower_ in ("'s", "’s")
        or (after.tag_ in ("VBZ", "VBD", "MD") and token.dep_ in ("nsubj", "nsubjpass"))
    )


def _text(block: Block, first: int, last: int) -> str:
    doc = block.doc.tokens
    return " ".join(block.text[doc[first].idx : doc[last].idx + len(doc[last])].split())


def _cut(
    block: Block, first: int, last: int, midway: Words, headline: bool, names: list[Name], titles: list[Title]
) -> None:
    """Cut a run into title, adjective and name, and keep what is one."""
    doc, orgs, lex = block.doc.tokens, organisations(), roles()

    def keep(a: int, b: int, title: tuple[int, int] | None = None, honorific: str | None = None) -> None:
        initial = starts(doc[a])
        text = _text(block, a, b)
        known = known_name(text)
        if (
            initial
            and title is None
            and known is None
            and not (a == b and doc[a].text.isupper() and 2 <= len(doc[a]) <= 6)
        ):
            # A capital that a sentence's beginning explains is no name, unless the word is one elsewhere
            while (
                a <= b
                and doc[a].text not in midway
                and not (a == b and _acts(doc[a]))
                and (a == b or doc[a].pos_ not in ("PROPN", "NOUN", "ADJ") or doc[a].is_stop)
            ):
                a += 1
            if a > b:
                return
            text = _text(block, a, b)
            known = known_name(text)
        while (
            initial
            and a < b
            and (doc[a].lower_ in midway.common or doc[a].lower_.endswith(("ing", "ed")))
            and doc[a].text not in midway
            and doc[a + 1].text[0].isupper()
        ):
            a += 1  # "Bidder Tarn Holdings" where "the bidder" stands too
            text = _text(block, a, b)
            known = known_name(text)
        if a == b and doc[a].lower_.rstrip(".") in lex.honorifics and known is None:
            return
        if a == b and doc[a].is_stop and known is None and doc[a].pos_ not in ("PROPN", "NOUN"):
            return
        form, code = known or ("name", None)
        names.append(Name(block, a, b, text, form, code, title, headline, initial, honorific))

    whole = _text(block, first, last)
    if known_name(whole):
        keep(first, last)
        return
    tail = singular(doc[last].lower_)
    # where the name proper begins: after the last title in the run
    begin, honorific = first, None
    i = first
    while i <= last:
        lower = singular(doc[i].lower_)
        if doc[i].lower_.rstrip(".") in lex.honorifics and i < last:
            begin, honorific = i + 1, doc[i].lower_.rstrip(".")
        elif lower in lex.level and not (tail in orgs.bodies and i < last and tail not in lex.level and i + 1 == last):
            end = i
            if i < last and possessive(doc[i + 1]):
                break  # the State Conciliator's Office, the Bishops' Conference
            if i + 2 <= last and doc[i + 1].lower_ in ("of", "for"):
                far = i + 3 if doc[i + 2].lower_ == "the" else i + 2
                portfolio = portfolio_at(block.doc, far)
                if portfolio is None and lower in ("minister", "secretary") and far + 2 <= last:
                    portfolio = far
                if portfolio is not None:
                    end = portfolio
            if i == first or all(_titular(doc[k]) or (k == first and i > first and i < last) for k in range(first, i)):
                begin, i = end + 1, end
        i += 1
    if (
        first < begin <= last
        and tail not in lex.level
        and (tail in orgs.heads or tail in orgs.bodies)
        and honorific not in ("mr", "mrs", "ms")
        and not (begin == last - 1 and tail in SURNAMES_TOO)  # Governor Ana Lodge
    ):
        begin, honorific = first, None  # the General Dockers' League is no general
    if first < begin <= last and all(_office(doc[k]) for k in range(begin, last + 1)):
        begin = last + 1  # Madam Prime Minister
    if begin > last:  # a title and nothing more
        titles.append(Title(block, first, last))
        for k in range(first, last + 1):
            known = known_name(doc[k].text)
            if known:
                names.append(Name(block, k, k, doc[k].text, known[0], known[1], None, headline, starts(doc[k])))
        return
    title = (first, begin - 1) if begin > first else None
    if title:
        office = next((k for k in range(first, begin) if singular(doc[k].lower_) in lex.level), begin)
        for k in range(first, begin):  # the Varonian of "Varonian President" is a mention by itself
            known = known_name(doc[k].text)
            if known:
                names.append(Name(block, k, k, doc[k].text, known[0], known[1], None, headline, starts(doc[k])))
            elif (
                k < office and doc[k].is_alpha and doc[k].text[0].isupper() and not _office(doc[k]) and len(doc[k]) > 3
            ):
                names.append(Name(block, k, k, doc[k].text, "name", None, None, headline, starts(doc[k])))
        keep(begin, last, title, honorific)
        return
    named = {singular(t.lower_) for t in doc[first : last + 1]} & (orgs.heads.keys() | orgs.bodies)
    if tail not in orgs.heads and tail not in orgs.bodies and "of" not in whole.split():
        for k in range(last - 1, first - 1, -1):
            if named and k == first:
                break  # "Varonia Institute for Water Policy"
            # "Polish Solidarity", "Keldonia Ana Ruhl": the state is one name, the rest another
            head = known_name(_text(block, first, k))
            if head is None:
                continue
            names.append(
                Name(block, first, k, _text(block, first, k), head[0], head[1], None, headline, starts(doc[first]))
            )
            rest = k + 2 if doc[k + 1].is_punct else k + 1
            if rest <= last and doc[rest].text[0].isupper():
                _cut(block, rest, last, midway, headline, names, titles)
            return
    keep(first, last)


def _office(token: Token) -> bool:
    """Whether the word belongs to the language of offices, not to a land."""
    lower = singular(token.lower_)
    return (
        lower in roles().level
        or lower in roles().modifiers
        or lower in roles().portfolios
        or lower in roles().honorifics
        or lower in organisations().bodies
        or lower in organisations().heads
    )


def _titular(token: Token) -> bool:
    """Whether the token can stand within a title before its head: a modifier, a state, an adjective, a connector."""
    lower = token.lower_
    return (
        singular(lower) in roles().modifiers
        or singular(lower) in roles().level
        or lower in ("of", "the", "-", "and", "&", "for")
        or known_name(token.text) is not None
        or singular(lower) in organisations().bodies
        or singular(lower) in organisations().heads
        or singular(lower) in roles().portfolios
        or token.text.isupper()
        or token.text.endswith(("an", "ian", "ese", "ish"))
    )
