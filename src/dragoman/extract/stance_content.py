"""What a stand is about: the words that it covers, their numbers, and whether they are a matter of the negotiation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.extract import lexicon
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.time_words import number

_CLAUSES = frozenset(
    {
        "if",
        "unless",
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "after",
        "before",
        "until",
        "once",
        "when",
        "as",
        "since",
        "provided",
        "and",
        "but",
    }
)
_POINTERS = frozenset(
    {"it", "that", "this", "them", "these", "those", "both", "neither", "either", "such", "same", "so", "no", "yes"}
    | {"idea", "proposal", "offer", "plan", "request", "demand", "sequence", "step", "invitation", "suggestion", "deal"}
    | {"terms", "answer", "none"}
)
_LONGEST = 60
"""Tokens: what runs on for longer is cited only so far."""

_NO_UNIT = (
    r"(?!(?:and|or|to|of|in|at|on|by|from|the|per|were|was|is|are|have|had|times?|sides?|part(?:y|ies)|hundred|"
    r"thousand)\b)"
)
_QUANTITY = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<value>\d{1,3}(?:[,\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<percent>\s?(?:%|per ?cent\b|percent\b))?(?:[ -](?P<scale>million|billion|trillion|thousand|bn|m)\b)?"
    rf"(?:[ -](?P<unit>{_NO_UNIT}[A-Za-z]+(?: (?:per|a|an) [a-z]+)?))?"
)
_SPELLED = re.compile(
    r"\b(?P<value>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|(?:a )?hundred|(?:a )?dozen))"
    rf"[ -](?P<unit>{_NO_UNIT}[a-z]+(?: (?:cent|(?:a|per) [a-z]+))?)",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_YEAR = re.compile(r"(?:19|20)\d\d")


def quantities(words: str) -> list[tuple[float, str]]:
    """The numbers in some words with what they count: (30, "days"), (12, "per cent"), (1000, "prisoners").

    Years, days of a month and numbers that count nothing are left out.
    """
    found: list[tuple[int, float, str]] = []
    for match in _QUANTITY.finditer(words):
        digits = re.sub(r"[,\u202f ]", "", match["value"])
        unit = match["unit"] or ""
        if match["percent"]:
            unit = "per cent"
        elif match["sign"]:
            unit = match["sign"]
        if not unit or (_YEAR.fullmatch(digits) and not match["percent"]) or unit[0].isupper():
            continue
        value = float(digits) * _SCALES.get(match["scale"] or "", 1.0)
        found.append((match.start(), value, unit))
    for match in _SPELLED.finditer(words):
        said = match["value"].lower()
        value_ = {"hundred": 100, "a hundred": 100, "dozen": 12, "a dozen": 12}.get(said) or number(said)
        if value_ is not None:
            found.append((match.start(), float(value_), match["unit"]))
    return [(value, unit) for _, value, unit in sorted(found)]


def is_matter(words: str, scores: dict[str, float]) -> bool:
    """Whether words are of something that is negotiated about: an issue's words, a number of things, an offer."""
    if any(score >= 1.0 for issue, score in scores.items() if issue != "other"):
        return True
    matters = lexicon.words("stances", "matters")
    return any(word in matters for word in re.findall(r"[a-z]+", words.lower())) or bool(quantities(words))


def is_pointing(tokens: list[Token], scores: dict[str, float]) -> bool:
    """Whether words only point back ("it", "that sequence", "the idea", a bare "no") and say no issue themselves."""
    if any(score >= 1.0 for issue, score in scores.items() if issue != "other"):
        return False
    telling = [t for t in tokens if t.pos_ in ("NOUN", "PROPN", "NUM", "VERB", "ADJ") and not t.is_stop]
    return len(telling) <= 3 or any(t.lower_ in _POINTERS for t in tokens[:3])


def after(head: Token, last: int) -> list[Token]:
    """What follows an expression within its clause: the words that hang on its head, without adverbial clauses."""
    end = min(head.right_edge.i, last + _LONGEST) + 1
    if end > last + 1:
        end = min([end, *(i for i in _cut_children(head, last) if i > last)])
    return trimmed(head.doc.tokens[last + 1 : end])


def _cut_children(head: Token, last: int) -> set[int]:
    """Where clauses begin that are joined to this one, or say when, why or on what condition."""
    found = set()
    for child in head.children:
        if child.i <= last:
            continue
        finite = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if (child.dep_ == "advcl" and (finite or child.left_edge.lower_ in _CLAUSES)) or (
            child.dep_ in ("conj", "parataxis") and is_clause(child)
        ):
            first = child.left_edge.i
            found.add(first)
            before = head.doc[first - 1] if first else None
            if before is not None and before.dep_ in ("cc", "punct"):
                found.add(first - 1)
    return found


def is_clause(token: Token) -> bool:
    """Whether a token is a verb of a clause of its own."""
    return token.pos_ in ("VERB", "AUX") and token.tag_ != "VBG"


def trimmed(tokens: list[Token]) -> list[Token]:
    """Tokens without punctuation and conjunctions at either end."""
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].dep_ == "cc"):
        tokens = tokens[:-1]
    while tokens and (tokens[0].is_punct or tokens[0].is_space or tokens[0].dep_ == "cc"):
        tokens = tokens[1:]
    return tokens


def subtree(token: Token, without: Token | None = None) -> list[Token]:
    """A token and all that hangs on it, without one branch, as one stretch."""
    gone = {t.i for t in without.subtree} if without is not None else set()
    tokens = sorted((t for t in token.subtree if t.i not in gone), key=lambda t: t.i)
    run = [token]
    for t in reversed([t for t in tokens if t.i < token.i]):
        if run[0].i - t.i > 1:
            break
        run.insert(0, t)
    for t in (t for t in tokens if t.i > token.i):
        if t.i - run[-1].i > 1:
            break
        run.append(t)
    return trimmed(run)


def span_of(tokens: list[Token], block: Block) -> SpanT:
    """The place of a stretch of tokens in the text."""
    return block.place_of(tokens[0], tokens[-1])


def members(tokens: list[Token]) -> Iterator[list[Token]]:
    """The members of a list of things among tokens: "a truce, the release of all and a date"; else the whole."""
    inside = {t.i for t in tokens}
    heads = [t for t in tokens if t.head.i not in inside or t.head == t]
    first = next(
        (
            t
            for t in heads
            if not t.is_punct
            and t.dep_
            in (
                "dobj",
                "pobj",
                "attr",
                "ccomp",
                "xcomp",
                "appos",
                "nsubj",
                "oprd",
                "prep",
                "ROOT",
                "dep",
                "nsubjpass",
                "acl",
            )
        ),
        None,
    )
    if first is not None and first.dep_ == "prep":
        first = next((c for c in first.children if c.dep_ in ("pobj", "pcomp")), None)
    if first is None:
        yield tokens
        return
    starts = [tokens[0].i]
    step = first
    while True:
        following = next((c for c in step.children if c.dep_ == "conj" and c.i in inside), None)
        if following is None:
            break
        starts.append(following.left_edge.i)
        step = following
    if len(starts) == 1:
        yield tokens
        return
    starts.append(tokens[-1].i + 1)
    for low, high in pairwise(starts):
        part = trimmed([t for t in tokens if low <= t.i < high])
        if part:
            yield part


# -- words for a table ------------------------------------------------------------------------------------------------

_ASIDES = re.compile(
    r"[,;–—]?\s+(?:--|[–—])\s.*$|"
    r",\s+(?:which|who|whom|whose|where|saying|adding|noting|stressing|believing|warning|arguing|insisting|claiming|"
    r"according to|he|she|it (?:said|added|says)|they (?:said|added|say))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_OPENING = re.compile(
    r"^(?:(?:for|of|on|about|against|in|with|at|that|as|by|over|into)\s+|to\s+(?=(?:an?|the|its?|their|his|her|this|that|"
    r"these|those|any|all|both|some|no|such)\s))",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*\[\d*\]?")
_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_LEAD = re.compile(
    r"^(?:unchanged|clear|simple|known|well known|obvious|plain|the same|the following|as follows)\b"
    r"[^:–—]{0,30}?(?::|--|–|—)\s*"
)


def readable(words: str) -> str:
    """The words of a stand as they can stand by themselves in a table: no cue, aside or stray mark at their edges."""
    text = _LEAD.sub("", " ".join(_NOTE.sub("", words).split()))
    cut = _ASIDES.sub("", text)
    if len(cut) >= 12:
        text = cut
    text = text.strip(" ,;:-–—")
    opened = _OPENING.sub("", text)
    if " " in opened:
        text = opened
    return _balanced(text).strip(" ,;:")


def with_antecedent(tokens: list[Token]) -> list[Token]:
    """The words of a stand; of a relative clause ("which would ruin us"), what it is about."""
    first = tokens[0]
    if first.tag_ not in ("WDT", "WP"):
        return tokens
    verb = next((t for t in first.ancestors if t.dep_ == "relcl"), None)
    if verb is None or verb.head.i > first.i or verb.head.pos_ not in ("NOUN", "PROPN"):
        return tokens
    return subtree(verb.head, verb) or tokens


def _balanced(text: str) -> str:
    """Words without the quotation marks and brackets that have lost their other half."""
    if text.count('"') % 2:
        text = text.replace('"', "")
    pairs = {"„": "“"} if "„" in text else _PAIRS
    for left, right in pairs.items():
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    return text
