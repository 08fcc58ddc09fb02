"""One thing under two names: what each side calls it."""

from __future__ import annotations

import functools
import re

from dragoman.extract.claims_antecedents import Answer
from dragoman.extract.claims_words import Report, Said, forms, negated, phrases, trimmed
from dragoman.extract.lexicon import words
from dragoman.extract.parsed import Token

BREAK = re.compile(r"; (?:but |while |whereas )?|, (?:but|while|whereas|although|though) ")
"""Where one half of a sentence ends and another, by somebody else, may begin."""

_SELF = frozenset({"itself", "himself", "herself", "themselves"})
_JOINED = re.compile(r"(?:[,;]|\b(?:and|while|but)) (?:the )?$")
_GIVEN = re.compile(r" (?:an?\b|[\"“‘«])")


def echoed(report: Report, sentence: Said) -> Answer | None:
    """ "which he praised as 'frank' – an expression which, a diplomat said, …": another on that name."""
    match = _echo().search(sentence.text) if words("claims", "name_words") & sentence.words else None
    if match is None or match.start() < 20:
        return None
    start = sentence.place[0] + match.start("name")
    later = [i for i in sentence.statements if report.told.statements[i].content[0][0] > start]
    first = trimmed(report.told.page.text, (sentence.place[0], start))
    if first is None or not later:
        return None
    return Answer("echo", [first], [(start, sentence.place[1])], sentence.about, "framing")


def named(report: Report, sentence: Said) -> Answer | None:
    """ "A calls it an occupation, B speaks of a liberation": one thing under two names."""
    tokens = [t for t in sentence.span if t.pos_ == "VERB" and _names(t) and not negated(t)]
    for two in tokens:  # "…, the union says; the firm itself speaks of a pause"
        by = next((c for c in two.children if c.dep_ == "nsubj"), None)
        own = by is not None and any(t.lower_ in _SELF for t in two.doc.tokens[by.i : two.i])
        match = BREAK.search(sentence.text) if own else None
        if by is None or match is None or sentence.place[0] + match.start() > sentence.block.at(by)[0]:
            continue
        if sentence.statements or phrases("counts").search(sentence.text[: match.start()]):
            cut = sentence.place[0] + match.start()
            second = (sentence.place[0] + match.end(), sentence.place[1])
            return Answer("named", [(sentence.place[0], cut)], [second], sentence.about, "framing")
    for k, one in enumerate(tokens):
        by = next((c for c in one.children if c.dep_ == "nsubj"), None)
        if by is None:
            continue
        for two in tokens[k + 1 :]:
            by_other = next((c for c in two.children if c.dep_ == "nsubj"), None)
            if by_other is not None and by_other.i > one.i and by.lower_ != by_other.lower_:
                return _two_names(report, sentence, by, sentence.block.at(by_other.left_edge)[0])
        for mention in report.told.cast.within(sentence.block.at(one)[1], sentence.place[1]):
            before = report.told.page.text[max(0, mention.start - 8) : mention.start]
            after = report.told.page.text[mention.end : mention.end + 3]
            if _JOINED.search(before) and _GIVEN.match(after):  # "and B a pause"
                return _two_names(report, sentence, by, mention.start)
    return None


@functools.cache
def _echo() -> re.Pattern[str]:
    """A quoted word, and after a dash or comma what somebody makes of it: "'frank' – an expression which …"."""
    nouns = "|".join(sorted(words("claims", "name_words")))
    return re.compile(rf"[’”\"»'],?\s*[–—,-]\s*(?P<name>(?:an?|the) (?:\w+ )?(?:{nouns})\b)", re.IGNORECASE)


def _names(verb: Token) -> bool:
    after = verb.doc.tokens[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return verb.lower_ in forms("naming") or f"{verb.lower_} {after}" in forms("naming")


def _two_names(report: Report, sentence: Said, by: Token, start: int) -> Answer | None:
    first = trimmed(report.told.page.text, (sentence.block.at(by.left_edge)[0], start))
    if first is None or start >= sentence.place[1]:
        return None
    return Answer("named", [first], [(start, sentence.place[1])], sentence.about, "framing")
