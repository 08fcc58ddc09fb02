"""Agreements: what parties are reported to have agreed, and what became of it.

Each sentence is read for seeds (agreement_seeds.py); what their words say of time, number and fate is read from the
clause (agreement_fields.py); and sentences that speak of one agreement are put together (agreement_entries.py).
"""

from __future__ import annotations

import re

from dragoman.extract.agreement_arranged import next_meeting, pointing_back
from dragoman.extract.agreement_clauses import NEW, OLD, PROMISE
from dragoman.extract.agreement_entries import Ledger
from dragoman.extract.agreement_phrases import phrases_of
from dragoman.extract.agreement_seeds import seeds_of
from dragoman.extract.agreement_words import agreement_words
from dragoman.extract.findings import AgreementFound
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span
from dragoman.extract.told import Told

_BULLET = re.compile(r"\s*(?:[•·▪◦*►–—-]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")


def find_agreements(told: Told) -> list[AgreementFound]:
    """The agreements on a page, in the order of the text.

    Args:
        told: the page with its cast, statements, meetings and issues.
    """
    ledger = Ledger(told)
    listing = False
    for block in told.page.blocks:
        bullet = _BULLET.match(block.text) is not None
        if listing and bullet and not _spoken(block):
            ledger.item(block)
            continue
        if not bullet or not listing:
            listing = False
        sentences = block.sentences()
        joint = False
        for sentence in sentences:
            seeds = seeds_of(block, sentence)
            place = block.place(sentence)
            words = told.words(place)
            jointly = agreement_words().phrases["jointly"].search(told.page.quote(place), words) is not None
            phrases = phrases_of(block, sentence, words, seeds, jointly=jointly, joint=joint)
            if not phrases and not any(s.kind in (NEW, OLD, PROMISE) for s in seeds):
                more = pointing_back(block, sentence, ledger.before) or next_meeting(block, sentence, words)
                phrases = [more] if more is not None else []
            ledger.sentence(block, sentence, seeds, phrases)
            joint = jointly
        if not bullet:
            listing = bool(sentences) and _announces(block, sentences[-1])
    return ledger.entries()


def _announces(block: Block, last: Span) -> bool:
    """Whether a paragraph announces a list of what was agreed: "This is what they signed up to:"."""
    text, patterns = last.text.strip(), agreement_words().patterns
    heading = len(block.doc) <= 10 and text[-1:] not in ".!?"
    if not (text.endswith(":") or heading):
        return False
    if not patterns["terms"].search(text) or patterns["open_list"].search(text):
        return False
    return not any(t.dep_ == "neg" for t in last)


def _spoken(block: Block) -> bool:
    """Whether a list item is somebody's words or a blank: "- Minister: “…”", "on X: not a line"."""
    text = block.text
    return bool(re.search(r"[:,]\s*[\"“„«‘]", text)) or bool(
        re.search(r"\b(?:not a|nothing|no agreement|open)\b", text, re.I)
    )
