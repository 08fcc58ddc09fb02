"""Agreements told by set phrases, by fractions done, by joint words: what no single verb carries."""

from __future__ import annotations

import re

from dragoman.extract.agreement_clauses import NEW, OLD, Seed
from dragoman.extract.agreement_reality import DENIED, NEGATED, OPEN, reality
from dragoman.extract.agreement_words import agreement_words, among
from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import load
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.phrase_list import PhraseList, Words

_COUNT = (
    r"(?:\d[\d,]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|\w+teen|(?:\w+ )?hundred|half|some)"
)
_FRACTION = PhraseList(
    [
        rf"{_COUNT} of (?:the |its |their |those )?(?:promised |agreed |pledged )?{_COUNT} (?:\w+ ){{1,4}}?"
        rf"(?:has |have |had )?(?:been |so far |now |are |were |is )*(?:{'|'.join(load('agreements')['done'])})",
        rf"of (?:the |its |their |those )?{_COUNT} (?:\w+ ){{1,9}}?(?:promised|agreed|pledged|due|owed)\b[^.;]{{0,80}}?"
        rf"\b{_COUNT}",
    ],
    before=r"\b",
    after=r"\b",
    flags=re.I,
)
_HOLDING = (["on"], ["to"], ["for"], ["about"], ["over"], ["that"], ["covering"])
_PLANNED = frozenset({"will", "would", "'ll", "’ll", "shall"})


def phrases_of(
    block: Block, sentence: Span, words: Words, taken: list[Seed], *, jointly: bool, joint: bool
) -> list[Seed]:
    """Seeds of a sentence that set phrases give, where no verb or noun has given one.

    Args:
        block: the paragraph.
        sentence: the sentence.
        words: its words.
        taken: the seeds already found in it.
        jointly: it tells of a joint statement.
        joint: the sentence before told of a joint statement, which this one may go on with ("It added that …").
    """
    low, high = block.place(sentence)
    text = block.text[low - block.start : high - block.start]
    if text.rstrip(" ”\"»’'").endswith("?"):
        return []
    found = _of_colon(block, sentence, text, low)
    if found is None and not any(s.kind in (NEW, OLD) for s in taken):
        found = (
            _of_fraction(block, sentence, text, low, words)
            or _of_idiom(block, sentence, text, low, words)
            or _of_joint_words(block, sentence, jointly, joint)
            or _of_breach(block, sentence, text, low, words)
            or _of_denial(block, sentence, text, low, words)
            or _of_terms(block, sentence)
        )
    return [found] if found is not None else []


def _of_colon(block: Block, sentence: Span, text: str, low: int) -> Seed | None:
    """As in "They agreed on one thing: …": what stands after the colon."""
    if ":" not in text:
        return None
    found = agreement_words().results.search(text)
    if found is None or not text[found.end() :].strip() or text[found.end() :].lstrip()[0] in '"“«„‘':
        return None
    verb = _verb_at(block, sentence, low + found.start(), low + found.end())
    if verb is not None and reality(verb) in (NEGATED, OPEN, DENIED):
        return None
    if (
        re.search(r"\b(?:he|she|I)\b", text[: found.end()])
        or among("open", sentence.root.lower_)
        or len(re.findall(r"\w+", text[found.end() :])) < 3
    ):
        return None
    if re.search(
        r"\b(?:no|not|without|if|never|draft|proposed|fail\w*)\b|n['’]t\b",
        text[max(0, found.start() - 30) : found.end()],
        re.I,
    ):
        return None
    return _made(block, sentence, NEW, _inner(block, low + found.end(), low + len(text)), joined=True)


def _of_idiom(block: Block, sentence: Span, text: str, low: int, words: Words) -> Seed | None:
    found = agreement_words().phrases["idioms"].search(text, words)
    if found is None:
        return None
    before = text[max(0, found.start() - 30) : found.start()].lower()
    if re.search(
        r"\b(?:not|never|no|nobody|if|unless|to|would|could|should|might|may|must|until|before|neither|nor|nothing)\b[^,]*$|n['’]t\b",
        before,
    ):
        return None
    if "[" in text:
        return None
    colon = text.find(": ", found.end())
    start = colon + 1 if colon > 0 else found.end()
    content = _inner(block, low + start, low + len(text))
    if content is None or content[1] - content[0] < 8:
        content = _inner(block, low, low + found.start()) or content
    seed = _made(block, sentence, NEW, content, joined=True)
    if seed is not None:
        first = [t.lower_ for t in (block.tokens(*content) if content else None) or [] if t.is_alpha][:6]
        named = next((i for i, w in enumerate(first) if among("deals", w)), None)
        seed.vague = colon < 0 and named is not None and first[named + 1 : named + 2] not in _HOLDING
    return seed


def _of_fraction(block: Block, sentence: Span, text: str, low: int, words: Words) -> Seed | None:
    found = _FRACTION.search(text, words)
    if found is None:
        return None
    seed = _made(block, sentence, OLD, _inner(block, low + found.start(), low + found.end()))
    if seed is not None:
        seed.told = "partly_implemented"
    return seed


def _of_breach(block: Block, sentence: Span, text: str, low: int, words: Words) -> Seed | None:
    """As in "reneged", "in breach of the clause": there was something to break."""
    found = agreement_words().phrases["breach"].search(text, words)
    if found is None or re.search(
        r"\b(?:not|never|no|if|would|could|might|any|law|international|charter|resolution)\b", text, re.I
    ):
        return None
    seed = _made(block, sentence, OLD, _inner(block, low, low + len(text)))
    if seed is not None:
        seed.told = "breached"
    return seed


def _of_joint_words(block: Block, sentence: Span, jointly: bool, joint: bool) -> Seed | None:
    """What a joint statement, or both sides, say will be done."""
    if not jointly and not (joint and sentence[0].lower_ in ("it", "they", "the")):
        return None
    for token in sentence:
        if (
            token.lower_ in _PLANNED
            and token.dep_ == "aux"
            and token.head.pos_ in ("VERB", "AUX")
            and token.head.dep_ in ("ccomp", "ROOT", "conj", "parataxis")
        ):
            verb = token.head
            if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
                continue
            first, last = verb.left_edge, verb.right_edge
            return _made(block, sentence, NEW, _inner(block, *block.place_of(first, last)), joined=True)
    return None


def _of_denial(block: Block, sentence: Span, text: str, low: int, words: Words) -> Seed | None:
    lexicon = agreement_words()
    found = lexicon.phrases["no_deal"].search(text, words)
    if (found is not None and lexicon.patterns["denying"].search(text)) or lexicon.phrases["denied"].search(
        text, words
    ):
        seed = _made(block, sentence, NEW, _inner(block, low, low + len(text)))
    else:
        return None
    if seed is not None:
        seed.denied = True
    return seed


def _of_terms(block: Block, sentence: Span) -> Seed | None:
    """As in "The overtime rule of 2019 has been kept": what an agreement holds, and what became of it."""
    for token in sentence:
        if not among("terms_of", token.lower_) or token.pos_ != "NOUN" or token.dep_ not in ("nsubj", "nsubjpass"):
            continue
        if not any(c.lower_ in ("the", "that", "this", "its", "their", "a") or c.dep_ == "poss" for c in token.lefts):
            continue
        verb = token.head
        if (
            verb.pos_ not in ("VERB", "AUX")
            or reality(verb) == OPEN
            or any(c.dep_ == "aux" and among("modals", c.lower_) for c in verb.children)
        ):
            continue
        low, high = block.place_of(verb.left_edge, verb.right_edge)
        words = agreement_words().status
        text = block.text[low - block.start : high - block.start]
        if any(words[key].search(text) for key in ("implemented", "breached", "lapsed")):
            seed = _made(block, sentence, OLD, (low, high))
            if seed is not None:
                seed.noun, seed.own = token.lower_, True
            return seed
    return None


def _verb_at(block: Block, sentence: Span, low: int, high: int) -> Token | None:
    return next(
        (
            t
            for t in sentence
            if low <= block.start + t.idx < high
            and (among("consent", t.lower_) or among("made", t.lower_) or among("settle", t.lower_))
        ),
        None,
    )


def _inner(block: Block, low: int, high: int) -> SpanT | None:
    """A stretch without blanks and punctuation at its ends; None where nothing is left."""
    text = block.text
    low, high = low - block.start, high - block.start
    while low < high and not text[low].isalnum() and text[low] not in "$€£":
        low += 1
    while high > low and not text[high - 1].isalnum() and text[high - 1] != "%":
        high -= 1
    return (block.start + low, block.start + high) if low < high else None


def _made(block: Block, sentence: Span, kind: str, content: SpanT | None, joined: bool = False) -> Seed | None:
    if content is None:
        return None
    whole = _inner(block, *block.place(sentence))
    span = content if kind == OLD else (whole or content)
    return Seed(block, sentence, sentence.root, kind, span, [content], joined=joined)
