"""Agreements told by what is arranged: the next meeting of both, terms that were laid down, a "that much is agreed"."""

from __future__ import annotations

from dragoman.extract.agreement_clauses import NEW, OLD, YEAR, Seed, dated_by, has_no
from dragoman.extract.agreement_reality import OPEN, reality
from dragoman.extract.agreement_words import agreement_words, among
from dragoman.extract.findings import SpanT
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.phrase_list import Words

_NEXT = frozenset(
    {"next", "again", "resume", "resumes", "reconvene", "reconvenes", "back", "meeting", "round", "session"}
)
_TERMS_DEPS = ("acl", "relcl", "amod", "advcl", "conj", "ROOT", "ccomp")
_SMALL = 400


def next_meeting(block: Block, sentence: Span, known: Words) -> Seed | None:
    """That both will meet again, told as a fact: "The sides meet again on Tuesday", "Next call: Friday".

    A meeting that a mediator calls, expects or is due is none of their own agreements, nor is one that is wished for.
    """
    if known.whole.isdisjoint(_NEXT):
        return None
    words = {t.lower_ for t in sentence}
    if not words & _NEXT or len(words) > 45:
        return None
    low, high = block.place(sentence)
    text = block.text[low - block.start : high - block.start]
    found = agreement_words().phrases["next_meeting"].search(text, known)
    if found is None or agreement_words().patterns["no_next"].search(text):
        return None
    first = next((t for t in sentence if block.start + t.idx >= low + found.start()), sentence[0])
    last = first
    for token in sentence[first.i - sentence.start :]:
        if token.text in (",", ";", "–", "—", "(", "“", '"') and token.i > first.i + 5:
            break
        if token.is_alpha or token.like_num:
            last = token
    span = block.place_of(first, last)
    return Seed(block, sentence, sentence.root, NEW, span, [span], own=True)


def pointing_back(block: Block, sentence: Span, before: SpanT | None) -> Seed | None:
    """As in "That at least was agreed": what the sentence before says, or the next."""
    if len(sentence) > 14 or before is None:
        return None
    low, high = block.place(sentence)
    text = block.text[low - block.start : high - block.start]
    if agreement_words().patterns["that_agreed"].match(text) is None or not block.start <= before[0] < low:
        return None
    end = high
    while end > low and not block.text[end - 1 - block.start].isalnum():
        end -= 1
    return Seed(block, sentence, sentence.root, NEW, (low, end), [before], own=True)


def laid_down(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """What a participle says was agreed of a noun: "the hours agreed in 2021", "the limit laid down in 2004"."""
    if verb.tag_ not in ("VBN", "VBD") or has_no(verb) or any(c.dep_ == "auxpass" for c in verb.children):
        return None
    if verb.dep_ == "acl":
        noun = verb.head
    elif verb.i > sentence.start and verb.dep_ in _TERMS_DEPS:
        step = verb.nbor(-1)
        if step.text == "," and verb.i - 2 >= sentence.start:
            step = verb.nbor(-2)
        noun = step
    else:
        return None
    if noun.pos_ not in ("NOUN",) or among("deals", noun.lower_) or among("together", noun.lower_):
        return None
    if among("not_terms", noun.lower_) or any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.children):
        return None
    if any(t.lower_ in ("no", "any", "neither", "without", "an") for t in noun.lefts):
        return None
    dated = any(YEAR.match(t.text) or among("months", t.lower_) for t in verb.subtree) or dated_by(noun)
    both = any(t.lower_ in ("both", "two", "sides", "parties", "jointly") for t in verb.subtree)
    apart = verb.i > noun.i + 1
    rest = sentence.doc[verb.right_edge.i + 1 if verb.dep_ == "acl" else verb.i + 1 : sentence.end]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in rest)
    if not (dated or both) or not (verb.dep_ == "acl" or apart or finite):
        return None
    if reality(noun, noun=True) == OPEN:
        return None
    start = noun.left_edge if noun.left_edge.i >= sentence.start else noun
    stop = noun.right_edge if noun.i < noun.right_edge.i < sentence.end else sentence[-1]
    top = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and top.pos_ in ("VERB", "AUX") and top.i < sentence.end:
        stop = max(stop, top, key=lambda t: t.i)
    while stop.i > start.i and stop.is_punct:
        stop = stop.nbor(-1)
    span = block.place_of(start, stop)
    if span[1] - span[0] > _SMALL:
        return None
    return Seed(block, sentence, verb, OLD, span, [span], noun=noun.lower_, definite=False, dated=dated)


def traded(noun: Token, block: Block, sentence: Span) -> Seed | None:
    """An exchange that took place: "in the third exchange of prisoners since …", "a swap of bodies took place"."""
    if not any(among("captives", t.lower_) for t in noun.subtree) or reality(noun, noun=True) != "real":
        return None
    if any(t.lower_ in ("a", "an", "any", "no", "every", "further", "future", "proposed", "general", "all")
           for t in noun.lefts):  # fmt: skip
        return None
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") else None
    numbered = any(among("ordinals", t.lower_) for t in noun.lefts)
    if verb is None or verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBN") or not numbered:
        return None
    first, last = verb.left_edge, noun.right_edge
    span = block.place_of(first if first.i >= sentence.start else verb, last if last.i < sentence.end else noun)
    seed = Seed(block, sentence, noun, OLD, span, [span], noun=noun.lower_)
    seed.told = "implemented"
    return seed
