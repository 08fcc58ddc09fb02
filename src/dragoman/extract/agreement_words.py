"""The words of agreements, ready for look-up by form: what `lexicon/agreements.yaml` holds, inflected."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dragoman.extract.attribution_cues import inflect
from dragoman.extract.lexicon import load
from dragoman.extract.parsed import Token
from dragoman.extract.phrase_list import PhraseList

_NOUNS = ("deals", "papers", "truces", "exchanges")
_VERBS = (
    "made", "made_of_papers", "prolonged", "consent", "settle", "binding", "holds", "open", "refused", "denials",
    "exchange", "keeping", "laying",
)  # fmt: skip
_PLAIN = (
    "wished",
    "standing",
    "not_heads",
    "marks",
    "modals",
    "captives",
    "together",
    "not_units",
    "under",
    "not_settled",
    "terms_of",
    "charters",
    "going",
    "common",
    "not_terms",
    "months",
    "ordinals",
)
STATUSES = ("in_principle", "breached", "lapsed", "implemented", "partly")
_SOUGHT = ("breach", "no_deal", "next_meeting")


@dataclass(slots=True)
class AgreementWords:
    """Sets of word forms by key (a verb's particle joined on with "_"), and patterns by status.

    What is looked for in every sentence of a page stands among `phrases`.
    """

    sets: dict[str, frozenset[str]]
    status: dict[str, re.Pattern[str]]
    truce_breached: re.Pattern[str]
    ending: re.Pattern[str]
    results: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]
    phrases: dict[str, PhraseList]


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(phrases) + r")(?![\w-])", re.I)


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


_SEEDING = ("consent", "settle", "deals", "charters", "made_of_papers", "binding", "exchange", "exchanges", "laying")


@functools.cache
def agreement_words() -> AgreementWords:
    """The lexicon of agreements, loaded once."""
    data, cues = load("agreements"), load("cues")
    irregular = {**cues["irregular"], **data["irregular"]}
    doubling = frozenset(cues["doubling"].split())
    sets: dict[str, frozenset[str]] = {}
    for key in _NOUNS:
        nouns = data[key].split()
        sets[key] = frozenset(nouns) | frozenset(plural(n) for n in nouns)
    for key in _VERBS:
        forms = set()
        for verb in data[key].split():
            plain, _, particle = verb.partition("_")
            for form in inflect(plain, irregular, doubling):
                forms.add(f"{form}_{particle}" if particle else form)
        sets[key] = frozenset(forms)
    for key in _PLAIN:
        sets[key] = frozenset(data[key].split())
    sets["open"] |= frozenset(data["open_words"].split())
    return AgreementWords(
        sets,
        {key: _pattern(data[key]) for key in STATUSES},
        truce_breached=_pattern(data["truce_breached"]),
        ending=_pattern(data["ending"]),
        patterns={key: _pattern([value]) for key, value in data["patterns"].items() if key not in _SOUGHT},
        results=re.compile("|".join(data["results"]), re.I),
        phrases={key: PhraseList(data[key], flags=re.I) for key in ("idioms", "jointly", "denied")}
        | {key: PhraseList([data["patterns"][key]], flags=re.I) for key in _SOUGHT},
    )


@functools.cache
def seeding() -> frozenset[str]:
    """All word forms of the lists that a seed can begin with: a quick test for every token."""
    return frozenset().union(*(agreement_words().sets[key] for key in _SEEDING))


def among(key: str, word: str) -> bool:
    """Whether a word form is in one of the lexicon's lists."""
    return word in agreement_words().sets[key]


def among_verbs(key: str, verb: Token) -> bool:
    """Whether a verb, with or without its particle or preposition, is in one of the lexicon's lists."""
    forms = agreement_words().sets[key]
    if verb.lower_ in forms:
        return True
    return any(
        f"{verb.lower_}_{c.lower_}" in forms
        for c in verb.children
        if c.dep_ in ("prt", "prep", "advmod") and c.i > verb.i
    )
