"""The whole cue: not the verb of saying alone, but all the words that tell how it was said.

A finder marks the word by which it knows the cue. Annotators of attribution corpora (PDTB, PARC, PolNeAR) mark the
whole verbal group: auxiliaries, negation and adverbs ("has repeatedly denied"), the verbs above an infinitive
("declined to say"), particles, an object that only names the act ("took credit for", "issued a statement"), the
document in which it is said ("said in a statement") and a colon behind it. What the attribution holds as source or
content is never cue.
"""

from __future__ import annotations

import functools

from dragoman.extract import lexicon
from dragoman.extract.attribution_cues import cues
from dragoman.extract.attribution_speakers import Draft, Range
from dragoman.extract.attribution_tree import Tree
from dragoman.extract.offices import singular

_VERBAL = frozenset(("aux", "auxpass", "neg"))
_GROUP = ("VERB", "AUX")
_FURTHEST = 6
"""Tokens between a verb and the infinitive or participle below it; more are no chain of verbs but an object between."""


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in lexicon.load("cue_spans").items()}


def widen(t: Tree, draft: Draft) -> list[Range]:
    """A draft's cue, stretched over its verbal group.

    Args:
        t: the paragraph's tree.
        draft: an attribution of it; nothing of its source, content and quotations becomes cue.
    """
    held = _held(t, draft)
    cue: set[int] = set()
    for first, last in draft.cue:
        cue.update(range(first, last + 1))
    for i in sorted(cue):
        if t.pos[i] in _GROUP or i == draft.verb:
            cue |= _group(t, i, held)
        elif t.pos[i] in ("NOUN", "ADJ") or t.tag[i].startswith("N"):
            cue |= _phrase(t, i, held)
    if draft.verb >= 0:
        cue |= _document(t, draft.verb, held)
    end = max(cue, default=-1)
    if 0 <= end < t.n - 1 and t.low[end + 1] == ":" and end + 1 not in held:
        cue.add(end + 1)
    begin = min((first for first, _ in draft.content), default=-1)
    if 0 <= end == begin - 2 and t.pos[end + 1] in ("ADP", "PART") and t.quoted[end + 1] < 0:
        cue.add(end + 1)  # called on | both sides
    return _ranges(cue - held or cue)


def _held(t: Tree, draft: Draft) -> set[int]:
    """The tokens of an attribution's source and content."""
    held: set[int] = set()
    for first, last in [*draft.source, *draft.content]:
        held.update(range(first, last + 1))
    for q in draft.quotes:
        held.update(range(*t.spans[q]))
    return held


def _group(t: Tree, i: int, held: set[int]) -> set[int]:
    """The verbal group around a verb: what stands above it, before it and right behind it."""
    words = _words()
    group = {i}
    top = i
    for _ in range(4):  # has been trying | to explain
        above = t.head[top]
        near = above < top and top - above <= _FURTHEST and above not in held
        if not near or t.quoted[above] != t.quoted[i] or t.pos[above] not in ("VERB", "AUX", "ADJ"):
            break
        plain = not any(
            k in held or t.pos[k] in ("NOUN", "PROPN") or t.low[k] in (",", ";") for k in range(above + 1, top)
        )
        chained = t.dep[top] == "xcomp" or (
            t.dep[top] in ("advcl", "ccomp") and t.low[above] in cues().nouns["going_on"]
        )
        if not chained or not plain:
            break
        group.update(range(above, top + 1))
        top = above
    if t.pos[top] == "ADJ" and t.head[top] == top - 1 and t.pos[top - 1] == "AUX":
        group.add(top - 1)  # was quick to point out
        top -= 1
    first = min(group)
    kids = set(t.kids[top]) | set(t.kids[i])
    k = first - 1
    while k >= 0 and k not in held and k in kids and t.quoted[k] == t.quoted[i]:
        adverb = t.pos[k] == "ADV" or t.low[k] in words["quantifiers"]
        if t.dep[k] not in _VERBAL and not (adverb and t.low[k] not in words["adverbs_apart"]):
            break
        group.add(k)
        k -= 1
    group |= _behind(t, i, held)
    k = i + 1
    while k < t.n and k not in held and t.head[k] == i and t.quoted[k] == t.quoted[i]:
        if t.dep[k] != "prt" and not (t.pos[k] in ("ADV", "PART") and t.low[k] not in words["adverbs_apart"]):
            break
        group.add(k)
        k += 1
    for k in t.kids[i]:
        if k > i and t.dep[k] == "prep" and k not in held:
            noun = t.kid(k, "pobj")
            if k == i + 1 and t.low[k] in words["prepositions"] and t.low[i] in words["before_" + t.low[k]]:
                group.add(k)
            if k - i <= 3 and noun > k and singular(t.low[noun]) in words["documents"]:
                span = range(k, noun + 1)
                if not any(m in held for m in span):
                    group.update(span)
        elif k > i and t.dep[k] == "dobj" and singular(t.low[k]) in words["objects"] and k not in held:
            first = max(t.left(k), i + 1)
            if not any(m in held for m in range(first, k + 1)) and k - i <= _FURTHEST:
                group.update(range(i + 1, k + 1))
    return group


def _behind(t: Tree, i: int, held: set[int]) -> set[int]:
    """What right behind a verb is as good as part of it: made it clear, put it, said Tuesday, said last week."""
    words = _words()
    for k in t.kids[i]:
        if k <= i or k - i > 3 or k in held or t.quoted[k] != t.quoted[i]:
            continue
        near = not any(m in held or t.low[m] == "," for m in range(i + 1, k))
        plain = t.low[k] in words["plainness"] and t.low[i] in words["making"]
        day = t.dep[k] == "npadvmod" and t.left(k) == i + 1 and t.low[k] in words["times"]
        if near and (plain or day or (t.low[k] == "it" and t.low[i] in words["putting"])):
            return set(range(i + 1, k + 1))
    return set()


def _document(t: Tree, i: int, held: set[int]) -> set[int]:
    """The act of which a participle tells the words: issued a statement | saying."""
    noun = t.head[i]
    verb = t.head[noun]
    if t.dep[i] != "acl" or t.dep[noun] != "dobj" or not i - 2 * _FURTHEST <= verb < noun < i:
        return set()
    act = set(range(verb, i))
    return _group(t, verb, held) | act if not act & held and t.quoted[verb] == t.quoted[i] else set()


def _phrase(t: Tree, i: int, held: set[int]) -> set[int]:
    """A nominal cue: its adjectives, and the verb whose object it is ("had a favourable opinion of")."""
    group = {i}
    verb = t.head[i]
    if t.dep[i] == "dobj" and t.pos[verb] == "VERB" and verb < i <= verb + _FURTHEST:
        between = range(verb, i)
        if not any(k in held for k in between) and t.quoted[verb] == t.quoted[i]:
            return _group(t, verb, held) | set(range(verb, i + 1))
    predicate = t.dep[i] == "attr" and t.pos[verb] == "AUX" and t.pos[i] == "NOUN"
    near = verb < i <= verb + _FURTHEST and t.quoted[verb] == t.quoted[i]
    if predicate and near and not any(k in held for k in range(verb, i)):
        return set(range(verb, i + 1))  # is a fervent supporter of
    if t.dep[i] == "pobj" and verb == i - 1 and t.low[verb] == "in":
        return {verb, i}  # in support of
    k = i - 1
    while k >= 0 and t.head[k] == i and k not in held and t.quoted[k] == t.quoted[i]:
        if t.dep[k] not in ("amod", "advmod", "compound"):
            break
        group.add(k)
        k -= 1
    return group


def _ranges(tokens: set[int]) -> list[Range]:
    """A set of tokens as runs."""
    found: list[Range] = []
    for k in sorted(tokens):
        if found and found[-1][1] == k - 1:
            found[-1] = (found[-1][0], k)
        else:
            found.append((k, k))
    return found
