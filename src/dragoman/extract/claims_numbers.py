"""Numbers that say how many or how much of something, as answers that other reports may give otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.extract.claims_words import Said, concept, concepts, forms, negated
from dragoman.extract.lexicon import load, words
from dragoman.extract.parsed import Token

EXACT, ABOUT, AT_LEAST, AT_MOST = "exact", "about", "at least", "at most"

_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f.]\d{3})+|\d+(?:\.\d+)?")
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12.0}
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_PUTTING = frozenset({"put", "puts", "stood", "stands", "estimated", "estimates", "reckoned", "set"})
_SHAPES = frozenset({"cubic", "squar", "metric", "nautic"})
_CURRENCIES = frozenset({"$", "€", "£", "¥"})


@dataclass(slots=True)
class Number:
    """A number in a sentence: what it counts (`unit`), how exactly, and the words of the clause it stands in."""

    token: Token
    value: float
    unit: str
    exact: str
    about: frozenset[str]
    verb: Token | None
    stance: str = ""
    """The verb, if the number is only wanted or offered."""
    base: float | None = None
    """What it was before: the 22 of "from 22 to 14"."""
    noun: Token | None = None

    def differs(self, other: Number) -> bool:
        """Whether both cannot be so."""
        return differ(self.value, self.exact, other.value, other.exact)


def differ(one: float, exact: str, two: float, exact2: str) -> bool:
    """Whether two numbers cannot both be so, as exactly as they are said."""
    if one > two:
        one, exact, two, exact2 = two, exact2, one, exact
    if exact == AT_LEAST or exact2 == AT_MOST:
        return False  # "more than 600" and 640, "up to 700" and 640
    if ABOUT in (exact, exact2):
        return two - one > 0.06 * two
    return two - one > 0.005 * two


def numbers_in(sentence: Said) -> list[Number]:
    """The numbers of a sentence that count something; no dates, years, ages, times of day or ordinals."""
    found = []
    tokens = list(sentence.span)
    for k, token in enumerate(tokens):
        value = value_of(token)
        if value is None or (k and value_of(tokens[k - 1]) is not None and tokens[k - 1].head is token):
            continue
        if token.dep_ in ("compound", "nummod") and value_of(token.head) is not None and token.head.i > token.i:
            continue  # part of a longer number: the last word of it is taken, which is a scale
        number = _read(sentence, tokens, k, value)
        if number is not None:
            found.append(number)
    return found


def value_of(token: Token) -> float | None:
    """What a word is as a number; None where it is none."""
    text = token.lower_
    if text[0].isdigit() and _DIGITS.fullmatch(text):
        return float(text.replace(",", "").replace("\u202f", ""))
    numbers: dict[str, int] = load("times")["numbers"]
    if token.pos_ == "NUM":
        if text in numbers:
            return float(numbers[text])
        tens, _, ones = text.partition("-")
        if ones and tens in numbers and ones in numbers:
            return float(numbers[tens] + numbers[ones])
        if text in ("hundred", "thousand", "million"):
            return {"hundred": 100.0, "thousand": 1e3, "million": 1e6}[text]
    return None


def _read(sentence: Said, tokens: list[Token], k: int, value: float) -> Number | None:
    token = tokens[k]
    before = [t.lower_.rstrip(".") for t in tokens[max(0, k - 3) : k]]
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    low = after.lower_.rstrip(".") if after is not None else ""
    if (before and before[-1] in _MONTHS) or low in _MONTHS or (1900 <= value <= 2100 and "," not in token.text):
        return None
    if before[-1:] == ["from"] and any(t.lower_ == "to" for t in tokens[k + 1 : k + 5]):
        return None
    timed = before[-1:] in (["on"], ["at"]) and low not in ("per", "%", "percent", "cent")
    timed = timed and not any(t.lower_ in _PUTTING for t in tokens[max(0, k - 8) : k])
    if timed and (token.text.isdigit() or token.head.lower_ in ("at", "on")):
        return None
    if low in (":", "a.m", "p.m", "am", "pm", "o'clock", "o’clock", "/") or token.dep_ == "appos":
        return None
    if low in _SCALES and after is not None:
        value *= _SCALES[low]
        k += 1
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        low = after.lower_ if after is not None else ""
    unit, noun = "", None
    if low in ("%", "percent", "pct") or (low == "per" and k + 2 < len(tokens) and tokens[k + 2].lower_ == "cent"):
        unit = "percent"
        noun = after if low != "per" else tokens[k + 2]
    elif before and before[-1] in _CURRENCIES:
        unit, noun = before[-1], token
    else:
        head = token.head if token.dep_ in ("nummod", "compound", "quantmod") else token
        if head is token:
            of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            of_what = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if of_what is not None:
                head = of_what
        elif any(c.lower_ == "the" and c.i < token.i for c in head.children) and head.dep_ == "pobj":
            above = head.head.head
            if head.head.lower_ == "of" and value_of(above) is not None:
                return None  # the seven of "five of the seven points"
        if head.pos_ in ("NOUN", "PROPN") and head is not token:
            unit, noun = concept(head.lower_), head
    if not unit and token.dep_ not in ("dobj", "attr", "pobj", "nsubj", "nsubjpass", "ccomp"):
        return None
    verb = _verb_over(noun or token)
    if any(t.lower_ in ("each", "apiece", "per", "every") for t in tokens[k : k + 5]) and unit != "percent":
        return None  # a rate
    if noun is not None and any(t.lower_ in ("a", "an") and t.i == noun.i + 1 for t in tokens):
        return None
    if low == "a":
        return None  # "four a side"
    own = {concept(c.lower_) for c in noun.children if c.dep_ in ("amod", "compound")} if noun is not None else set()
    about = set(concepts(_clause(verb) if verb is not None else sentence.span)) - {unit} - own | (own - _SHAPES)
    stance = ""
    step: Token | None = None if _within_subject(noun or token, verb) else verb
    for _ in range(3):
        if step is None:
            break
        if step.lower_ in forms("stance_verbs") and not stance:
            stance = _stance(step.lower_)
        if any(c.tag_ == "MD" for c in step.children):
            stance = stance or "would"
        step = step.head if step.dep_ in ("xcomp", "ccomp", "conj") and step.head is not step else None
    if verb is not None and negated(verb):
        return None
    if not stance and verb is not None and unit == "percent":  # "raised its offer to 5 per cent"
        nouns = {t.lower_ for t in _clause(verb) if t.pos_ == "NOUN"}
        stance = "offering" if nouns & {"offer", "proposal", "bid"} else "wanting" if "demand" in nouns else ""
    return Number(token, value, unit, _exactness(before), frozenset(about), verb, stance, _base(tokens, token), noun)


def _base(tokens: list[Token], token: Token) -> float | None:
    """The number from which it comes, in "from 22 to 14" or "to 14 from 22"."""
    k = next(i for i, t in enumerate(tokens) if t is token)
    low = [t.lower_ for t in tokens]
    if "to" not in low[max(0, k - 2) : k]:
        return None
    for i in (*range(max(0, k - 7), k), *range(k + 1, min(len(tokens) - 1, k + 5))):
        if low[i] == "from":
            return next((v for t in tokens[i + 1 : i + 3] if (v := value_of(t)) is not None), None)
    return None


def _stance(verb: str) -> str:
    for name in ("offering", "wanting"):
        if verb in forms(name):
            return name
    return concept(verb)


def _within_subject(token: Token, verb: Token | None) -> bool:
    """Whether a word stands inside the subject of a verb: "the families of 700 patients ask" asks for no number."""
    step = token
    while step.head is not step and step.head is not verb:
        step = step.head
    return step.dep_ == "nsubj"


def _exactness(before: list[str]) -> str:
    joined = " ".join(before)
    if any(joined.endswith(p) for p in words("claims", "at_least")):
        return AT_LEAST
    if any(joined.endswith(p) for p in words("claims", "at_most")):
        return AT_MOST
    if before and before[-1] in words("claims", "about"):
        return ABOUT
    return EXACT


def _verb_over(token: Token) -> Token | None:
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def _clause(verb: Token) -> list[Token]:
    """The words of a verb's clause, with the relative clauses in it and without those that it governs as speech."""
    found, rest = [], [verb]
    while rest:
        token = rest.pop()
        found.append(token)
        rest += [
            c
            for c in token.children
            if not (c.dep_ in ("ccomp", "advcl", "parataxis") and c.pos_ in ("VERB", "AUX"))
            and not (c.dep_ == "conj" and c.pos_ in ("VERB", "AUX"))
        ]
    return found
