"""Where a sentence tells of an agreement: verbs of agreeing, agreements made, named or kept, promises, exchanges.

Each place is a seed: its clause, the pieces of content it has (each its own agreement in the end), and what the words
say of it. Seeds are found by the dependency parse with a lexicon, in the manner of event extraction by triggers.
"""

from __future__ import annotations

from dragoman.extract.agreement_arranged import laid_down, traded
from dragoman.extract.agreement_clauses import (
    EXCHANGE,
    LINK,
    NEW,
    OLD,
    PROMISE,
    Seed,
    dated_by,
)
from dragoman.extract.agreement_nouns import noun_seed
from dragoman.extract.agreement_verbs import as_promised, consent, exchange, paper_signed, promise, settled
from dragoman.extract.agreement_words import among, seeding
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span


def seeds_of(block: Block, sentence: Span) -> list[Seed]:
    """The seeds of a sentence, in its order; of two that overlap, the one found by the surer sign."""
    found: list[Seed] = []
    tokens = list(sentence)
    question = tokens[-1].text == "?" or (len(tokens) > 1 and tokens[-2].text == "?")
    for token in tokens:
        low = token.lower_
        if low not in seeding():
            continue
        seed = None
        if among("consent", low) and token.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            seed = consent(token, block, sentence)
        elif among("settle", low) and token.pos_ == "VERB":
            seed = settled(token, block, sentence)
        elif (among("deals", low) and token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")) or (
            among("charters", low) and token.pos_ in ("NOUN", "PROPN") and dated_by(token)
        ):
            seed = noun_seed(token, block, sentence)
        elif among("made_of_papers", low) and token.pos_ == "VERB":
            seed = paper_signed(token, block, sentence)
        elif among("binding", low) and token.pos_ == "VERB":
            seed = as_promised(token, block, sentence) or promise(token, block, sentence)
        elif among("exchange", low) and token.pos_ == "VERB":
            seed = exchange(token, block, sentence)
        if seed is None and among("laying", low) and token.pos_ in ("VERB", "ADJ"):
            seed = laid_down(token, block, sentence)
        elif seed is None and among("exchanges", low) and token.pos_ == "NOUN":
            seed = traded(token, block, sentence)
        if seed is not None and not question:
            found.append(seed)
    return _sorted_out(found)


def _sorted_out(found: list[Seed]) -> list[Seed]:
    """One seed for one clause: those that hang together are one."""
    order = {NEW: 0, PROMISE: 1, OLD: 2, EXCHANGE: 3, LINK: 4}
    kept: list[Seed] = []
    for seed in sorted(found, key=lambda s: (order[s.kind], s.trigger.i)):
        other = next((k for k in kept if _overlap(k.span, seed.span)), None)
        if other is None:
            kept.append(seed)
            continue
        if seed.noun is not None and other.noun is None:
            other.noun, other.definite = seed.noun, seed.definite
        other.dated = other.dated or seed.dated
        if other.vague and not seed.vague:
            other.pieces, other.vague = seed.pieces, False
            other.span = (min(other.span[0], seed.span[0]), max(other.span[1], seed.span[1]))
    return sorted(kept, key=lambda s: s.span)


def _overlap(a: SpanT, b: SpanT) -> bool:
    return a[0] < b[1] and b[0] < a[1]
