"""Names as they stand: runs of capitalised words, cut into titles, adjectives and names proper.

Nothing is decided here about who or what a name means; see kinds.py for its kind and gathering.py for whose it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.extract import gazetteer, lexicon
from dragoman.extract.offices import POLITIES, of_trade, organisations, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.spelling import derived_from

if TYPE_CHECKING:  # names are compared without a parser too
    from dragoman.extract.parsed import Doc, Token

APOSTROPHES = frozenset("'’")
OPENERS = frozenset("\"“”„«»'‘’([–—-•*·:…>›")
PARTICLES = lexicon.words("naming", "particles")
CALENDAR = lexicon.words("naming", "calendar")
NEVER = lexicon.words("naming", "never")
TRADES = lexicon.words("naming", "trades")
SURNAMES_TOO = lexicon.words("naming", "surnames_too")


@dataclass(slots=True)
class Name:
    """A name in its place: tokens first..last of a block; `title` are the title tokens before it, as indices.

    `form` is name | adjective | people; `code` is the state's code where a gazetteer knows it.
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

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.block.start + self.block.doc[self.first].idx

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        token = self.block.doc[self.last]
        return self.block.start + token.idx + len(token)


@dataclass(slots=True)
class Title:
    """A capitalised title without a name ("the Prime Minister"), as tokens first..last of a block."""

    block: Block
    first: int
    last: int


def _capital(token: Token) -> bool:
    text = token.text
    if not text[0].isupper() or not text[0].isalpha():
        return False
    lower = token.lower_
    if lower == "easter" and token.i + 1 < len(token.doc):
        after = token.nbor(1)
        return after.text[0].isupper() and after.lower_ not in CALENDAR  # a land may be called Easter Something
    return lower not in NEVER and lower.rstrip(".") not in CALENDAR


def _starts(token: Token) -> bool:
    """Whether a capital on this token may be there only because a sentence or quotation begins."""
    return token.i == 0 or bool(token.is_sent_start) or token.nbor(-1).text[0] in OPENERS


def _shouted(block: Block) -> bool:
    letters = [c for c in block.text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.6 * len(letters)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a page shows of its words: those capitalised where no sentence begins, and those in lower case."""

    names: frozenset[str]
    common: frozenset[str]

    def __contains__(self, text: object) -> bool:
        return text in self.names


def _midway(page: Page, headlines: set[int]) -> _Words:
    """Words that stand capitalised where no sentence begins: these are names at the head of a sentence too."""
    seen: set[str] = set()
    initial: Counter[str] = Counter()
    lower: set[str] = set()
    for block in page.blocks:
        if _shouted(block):
            continue
        for token in block.doc:
            text = token.text
            if not text[0].isalpha():
                continue
            if text[0].islower():
                lower.add(text)
            elif _capital(token) and not token.is_stop:
                if not _starts(token) and block.start not in headlines:
                    seen.add(text)
                else:
                    initial[text] += 1
    peopled = {text for text in initial if any(derived_from(other, text) for other in seen)}
    often = {text for text, n in initial.items() if n > 1 and text.lower() not in lower}
    return _Words(frozenset(seen | peopled | often), frozenset(lower))


def find_names(page: Page) -> tuple[list[Name], list[Title]]:
    """All names of a page in the order of the text, and the capitalised titles that stand without one."""
    headlines = {b.start for b in page.blocks if any(s <= b.start and b.end <= e for s, e in page.layout.headlines)}
    skip = page.layout.byline
    midway = _midway(page, headlines)
    names: list[Name] = []
    titles: list[Title] = []
    for block in page.blocks:
        if skip and skip[0] <= block.start and block.end <= skip[1]:
            continue
        shouted = _shouted(block)
        doc = block.doc
        i = 0 if shouted else _opening(block, midway)
        while i < len(doc):
            if (
                doc[i].is_stop
                and i + 1 < len(doc)
                and _starts(doc[i])
                and doc[i + 1].text[0].isupper()
                and _known(doc[i].text) is None
                and doc[i].lower_ != "us"
            ):
                i += 1  # a function word at the head of a sentence: "When Ruhl", "The Irrigators' League"
                continue
            if doc[i].pos_ in ("SCONJ", "ADP") and doc[i].lower_ not in PARTICLES and _known(doc[i].text) is None:
                i += 1  # "Rejections: Despite Varonia's call": what follows a colon is no sentence to the parser
                continue
            if not _capital(doc[i]) or (shouted and doc[i].text.title() not in midway and doc[i].text not in midway):
                i += 1
                continue
            if i >= 2 and doc[i - 1].text == "-" and doc[i - 2].lower_ in PARTICLES and not doc[i - 2].whitespace_:
                i -= 2  # "al-Ruhl" without a first name
            last = _run(block, i, midway) if doc[i].text[0].isupper() else _run(block, i + 2, midway)
            _cut(block, i, last, midway, block.start in headlines, names, titles)
            i = last + 1
    return names, titles


def _opening(block: Block, midway: _Words) -> int:
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


def _run(block: Block, first: int, midway: _Words) -> int:
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
        if _capital(token) and not (tight and doc[i - 1].text in "/"):
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
        elif token.text in "-‐‑" and tight and not token.whitespace_ and _capital(ahead):
            if doc[i - 1].text in gazetteer.states().names or ahead.text in gazetteer.states().names:
                break
            last = i + 1
            i += 1
        elif (
            _possessive(token) and tight and token.whitespace_ and _capital(ahead) and _goes_on(doc, first, last, ahead)
        ) or (token.lower_ == "&" and _capital(ahead)):
            last = i + 1
            i += 1
        elif _possessive(token) and tight and ahead.lower_ in _BRANCHES and last > first and of_trade(doc[last].text):
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
                or (of_trade(doc[last].text) and (last > first or not _starts(doc[last])))
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
            if not opens or not _capital(far):
                break
            if previous in roles().level and previous not in orgs.heads:
                end = _portfolio(doc, far.i)
                if (
                    end is None
                    and previous in ("minister", "secretary")
                    and all(
                        k < len(doc) and _capital(doc[k]) and _known(doc[k].text) is None
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
            and _capital(ahead)
            and (end := _trades(doc, first, last, i + 1, midway)) is not None
        ):
            last = i = end  # "Tram and Bus Workers"
        elif (token.lower_ == "and" and within and _capital(ahead) and i - 1 == last and not _named(doc, i + 1)) or (
            token.lower_ in PARTICLES and i - 1 == last and _capital(ahead)
        ):
            last = i + 1
            i += 1
        elif (
            token.lower_ in PARTICLES
            and i - 1 == last
            and ahead.text == "-"
            and i + 2 < len(doc)
            and _capital(doc[i + 2])
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
        and _known(token.text) is None
        and lower not in CALENDAR
        and lower not in roles().portfolios
        and singular(lower) not in roles().level
    )


def _trades(doc: Doc, first: int, last: int, second: int, midway: _Words) -> int | None:
    """The last token of the second half of a name like "Dockers and Crane Operators", "Farmers and Coast", or None.

    Both halves are made of common nouns: of trades, or such as the page has in small letters too.
    """
    if _known(doc[last].text) is not None:
        return None
    end = second
    while end + 1 < len(doc) and _capital(doc[end + 1]) and not doc[end + 1].is_sent_start:
        end += 1

    def common(token: Token) -> bool:
        word = singular(token.lower_)
        return (
            of_trade(token.text) or word in TRADES or word in midway.common or token.lower_ in midway.common
        ) and word not in roles().level

    if not common(doc[last]) or not all(common(t) for t in doc[second : end + 1]):
        return None
    ends_so = of_trade(doc[end].text) and doc[end].text.endswith(("s", "men"))
    starts_so = of_trade(doc[last].text) and doc[last].text.endswith(("s", "men"))
    whole = starts_so and last == first and end == second and not _starts(doc[first])
    return end if (ends_so and (end > second or starts_so)) or whole else None


def _lower_phrase(doc: Doc, i: int) -> int | None:
    """The last noun of an uncapitalised phrase that completes an office's name ("external affairs"), or None."""
    end = None
    for k in range(i, min(i + 3, len(doc))):
        if not doc[k].text[0].islower() or doc[k].pos_ not in ("NOUN", "ADJ"):
            break
        if doc[k].pos_ == "NOUN":
            end = k
    return end


def _possessive(token: Token) -> bool:
    return token.text in APOSTROPHES or token.lower_ in ("'s", "’s")


def _goes_on(doc: Doc, first: int, last: int, ahead: Token) -> bool:
    """Whether a possessive is inside a name: Patients' Voice, the State Conciliator's Office."""
    lex = organisations()
    owner = doc[last]
    if owner.text in gazetteer.states().names or owner.text in gazetteer.states().capitals:
        return False
    if owner.lower_ in _OF_ALL and first < doc[last + 1].i and _possessive(doc[last + 1]):
        return True  # the People's Front, Women's Peace Table
    body = singular(ahead.lower_) in lex.heads or singular(ahead.lower_) in lex.bodies
    common = singular(owner.lower_) in roles().level or singular(owner.lower_) in lex.workers
    if doc[last + 1].text in APOSTROPHES and owner.text.endswith("s"):
        return body or (first == last and singular(ahead.lower_) not in roles().level)
    return body and common


_BRANCHES = frozenset(("branch", "union", "league", "association", "federation", "syndicate", "guild"))
_OF_ALL = frozenset(("people", "peoples", "women", "men", "children", "workers", "farmers", "citizens"))


def _portfolio(doc: Doc, i: int) -> int | None:
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


def _known(text: str) -> tuple[str, str] | None:
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
    doc = block.doc
    return " ".join(block.text[doc[first].idx : doc[last].idx + len(doc[last])].split())


def _cut(
    block: Block, first: int, last: int, midway: _Words, headline: bool, names: list[Name], titles: list[Title]
) -> None:
    """Cut a run into title, adjective and name, and keep what is one."""
    doc, orgs, lex = block.doc, organisations(), roles()

    def keep(a: int, b: int, title: tuple[int, int] | None = None, honorific: str | None = None) -> None:
        initial = _starts(doc[a])
        text = _text(block, a, b)
        known = _known(text)
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
            known = _known(text)
        while (
            initial
            and a < b
            and (doc[a].lower_ in midway.common or doc[a].lower_.endswith(("ing", "ed")))
            and doc[a].text not in midway
            and doc[a + 1].text[0].isupper()
        ):
            a += 1  # "Bidder Tarn Holdings" where "the bidder" stands too
            text = _text(block, a, b)
            known = _known(text)
        if a == b and doc[a].lower_.rstrip(".") in lex.honorifics and known is None:
            return
        if a == b and doc[a].is_stop and known is None and doc[a].pos_ not in ("PROPN", "NOUN"):
            return
        form, code = known or ("name", None)
        names.append(Name(block, a, b, text, form, code, title, headline, initial, honorific))

    whole = _text(block, first, last)
    if _known(whole):
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
            if i < last and _possessive(doc[i + 1]):
                break  # the State Conciliator's Office, the Bishops' Conference
            if i + 2 <= last and doc[i + 1].lower_ in ("of", "for"):
                far = i + 3 if doc[i + 2].lower_ == "the" else i + 2
                portfolio = _portfolio(doc, far)
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
            known = _known(doc[k].text)
            if known:
                names.append(Name(block, k, k, doc[k].text, known[0], known[1], None, headline, _starts(doc[k])))
        return
    title = (first, begin - 1) if begin > first else None
    if title:
        office = next((k for k in range(first, begin) if singular(doc[k].lower_) in lex.level), begin)
        for k in range(first, begin):  # the Varonian of "Varonian President" is a mention by itself
            known = _known(doc[k].text)
            if known:
                names.append(Name(block, k, k, doc[k].text, known[0], known[1], None, headline, _starts(doc[k])))
            elif (
                k < office and doc[k].is_alpha and doc[k].text[0].isupper() and not _office(doc[k]) and len(doc[k]) > 3
            ):
                names.append(Name(block, k, k, doc[k].text, "name", None, None, headline, _starts(doc[k])))
        keep(begin, last, title, honorific)
        return
    named = {singular(t.lower_) for t in doc[first : last + 1]} & (orgs.heads.keys() | orgs.bodies)
    if tail not in orgs.heads and tail not in orgs.bodies and "of" not in whole.split():
        for k in range(last - 1, first - 1, -1):
            if named and k == first:
                break  # "Varonia Institute for Water Policy"
            # "Polish Solidarity", "Keldonia Ana Ruhl": the state is one name, the rest another
            head = _known(_text(block, first, k))
            if head is None:
                continue
            names.append(
                Name(block, first, k, _text(block, first, k), head[0], head[1], None, headline, _starts(doc[first]))
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
        or _known(token.text) is not None
        or singular(lower) in organisations().bodies
        or singular(lower) in organisations().heads
        or singular(lower) in roles().portfolios
        or token.text.isupper()
        or token.text.endswith(("an", "ian", "ese", "ish"))
    )
