"""Which words of a sentence mean an encounter: nouns and verbs of the lexicon, by what stands beside them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dragoman.extract.cast import Cast, Mention
from dragoman.extract.lexicon import load, words
from dragoman.extract.meeting_clauses import (
    before_verb,
    below,
    company_of,
    has,
    mentions_of,
    standing_for,
    subjects_of,
    unnamed,
    with_conjoined,
)
from dragoman.extract.meeting_frames import frames
from dragoman.extract.meeting_parts import Frame
from dragoman.extract.ordinals import ordinal
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.times import times_in

_MANNER = frozenset({"face", "eye", "heart", "tomorrow", "today", "yesterday", "tonight"})
"""Words of how or when that the parser takes for an object of "meet": "met face to face"."""
NOUNS = ("nouns", "weak_nouns", "rounds", "call_nouns", "visit_nouns")
VERBS = ("call_verbs", "receive_verbs", "meet_verbs", "speak_verbs", "phone_words")


@functools.cache
def trigger_words() -> frozenset[str]:
    """Every word that can mean an encounter."""
    return frozenset({"due", "expected"}.union(*(words("meetings", name) for name in (*NOUNS, *VERBS))))


def triggers(block: Block, sentence: Span, cast: Cast) -> list[tuple[Token, bool, Frame | None]]:
    """The words of a sentence that mean an encounter, whether they are nouns, and the frame that a verb is in."""
    framed = {f.token.i: f for f in frames(block, sentence, cast)}
    found: list[tuple[Token, bool, Frame | None]] = []
    for token, noun in _worded(block, sentence, cast):
        found.append((token, noun, None if noun else framed.pop(token.i, None)))
    found += [(f.token, False, f) for f in framed.values()]
    return sorted(found, key=lambda f: f[0].i)


def _worded(block: Block, sentence: Span, cast: Cast) -> Iterator[tuple[Token, bool]]:
    """The words of the lexicon that mean an encounter where they stand."""
    possible = trigger_words()
    for token in sentence:
        word = token.lower_
        if word not in possible:
            continue
        if _mistagged(token, word, block, cast):
            yield token, False
        elif token.pos_ in ("NOUN", "PROPN") and _noun(token, word):
            yield token, True
        elif token.pos_ in ("VERB", "AUX") and _verb(token, word, block, cast):
            yield token, False
        elif (
            has("phone_words", word)
            and token.head.lower_ in ("by", "over", "via", "on")
            and _by_phone(token, block, cast)
        ):
            yield token.head.head, False
        elif word in ("due", "expected") and token.dep_ in ("acomp", "ROOT") and _awaited(token):
            yield token, False


def _noun(token: Token, word: str) -> bool:
    if has("rounds", word):
        return _round(token, word)
    if not any(has(name, word) for name in ("nouns", "weak_nouns", "call_nouns", "visit_nouns")):
        return False
    head = token.head
    if token.dep_ == "compound" and head.i > token.i and not _headline(token):
        return False  # "talks team", "meeting room"
    if head.lower_ == "of" and has("rounds", head.head.lower_):
        return False  # "a round of talks" is told by "round"
    lefts = {c.lower_ for c in token.lefts}
    if word == "conference":
        return bool(lefts & words("meetings", "video") or "peace" in lefts)
    if word == "attempt":
        counted = any(ordinal(w) or has("earlier", w) or has("new", w) for w in lefts)
        return counted and not any(c.dep_ in ("acl", "relcl") for c in token.children)
    if word in ("face", "eye") and any(has("nouns", c.lower_) for c in token.lefts):
        # "the second meeting eye to eye", where the parser took the meeting for part of a name
        return token.i + 2 < len(token.doc) and token.nbor(2).lower_ == word
    if word == "eye":
        return False
    if word == "face":
        beside = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        if beside is not None and has("meet_verbs", beside.lower_):
            return False  # "to meet him face to face" is told by "meet"
        return token.nbor(2).lower_ == "face" if token.i + 2 < len(token.doc) else False
    if word == "process":
        return head.pos_ == "VERB" and token.dep_ in ("nsubj", "nsubjpass") and has("beginning", head.lower_)
    if word in ("exchange", "talk"):
        counted = any(ordinal(w) for w in lefts) and not any(c.lower_ == "of" for c in token.children)
        return counted or bool(lefts & words("meetings", "phone_words"))
    if head.lower_ == "of" and has("joint_bodies", word):
        return False
    of = [t for p in token.children if p.lower_ == "of" for t in p.children if has("joint_bodies", t.lower_)]
    if "its" in lefts:
        of += [c for c in with_conjoined(head) if c.dep_ == "nsubj" and has("joint_bodies", c.lower_)]
    if any(has("joint_words", c.lower_) for t in of for c in t.subtree):
        return True
    return not lefts & words("meetings", "inner")  # a cabinet's meeting, a parliament's session


def _headline(token: Token) -> bool:
    """ "Talks resume on Thursday", where the parser took the subject for part of a name."""
    return token.head.i == token.i + 1 and token.head.pos_ == "VERB" and has("over_verbs", token.head.lower_)


def _round(token: Token, word: str) -> bool:
    """Whether "round", "set", "series" counts encounters: "a round of talks", "the third round", not "of a debate"."""
    of = [t.lower_ for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"]
    if of:
        return any(has("nouns", t) or has("weak_nouns", t) for t in of)
    if any(has("nouns", c.lower_) for c in token.lefts):
        return True
    counted = any(has(name, c.lower_) for c in token.lefts for name in ("ordinals", "earlier", "new"))
    counted = counted or any(c.dep_ == "poss" and times_in(c.text) for c in token.lefts)
    counted = counted or (word == "rounds" and any(c.dep_ == "nummod" for c in token.lefts))
    return word in ("round", "rounds") and (counted or any(c.lower_ == "the" for c in token.lefts))


def _verb(token: Token, word: str, block: Block, cast: Cast) -> bool:
    if token.dep_ in ("amod", "compound"):
        return False
    if has("call_verbs", word):
        if word in ("called", "call", "calls") and any(
            c.dep_ in ("prt", "ccomp", "xcomp")
            or (c.dep_ == "oprd" and (c.pos_ != "PROPN" or any(d.dep_ == "dobj" for d in token.children)))
            or (c.dep_ == "prep" and c.lower_ in ("for", "on", "off", "out", "upon", "up", "into") and not _dated(c))
            for c in token.children
        ):
            return False
        callees = [c for c in token.children if c.dep_ in ("dobj", "oprd")]
        dated = [t for t in token.children if t.dep_ in ("prep", "npadvmod") and _dated(t)]
        person = any(cast.actors[m.actor].kind == "person" for c in callees for m in standing_for(c, block, cast))
        return any(_actors(block, c, cast) or unnamed(c) or c.pos_ == "PRON" for c in callees) and (
            word not in ("called", "call", "calls")
            or _near(token, "phone_words")
            or (word == "called" and person and bool(dated))
        )
    if word in ("visited", "visits", "visit", "visiting"):
        visited = [c for c in token.children if c.dep_ == "dobj"]
        return (
            bool(visited)
            and any(_actors(block, c, cast) for c in visited)
            and any(c.dep_ == "nsubj" for c in with_conjoined(token))
        )
    if has("receive_verbs", word) and not (has("meet_verbs", word) and _needed(token, word)):
        received = [
            m
            for c in token.children
            if c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "ccomp" and c.pos_ == "PROPN")
            for m in (
                _actors(block, c, cast) if unnamed(c) or standing_for(c, block, cast) else _apposed(block, c, cast)
            )
        ]
        subjects = [m for c in with_conjoined(token) if c.dep_ in ("nsubj", "agent") for m in _actors(block, c, cast)]
        if not subjects and token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "xcomp"):
            subjects = [m for c in subjects_of(token.head) for m in _actors(block, c, cast)]
        subjects = subjects or before_verb(token, block, cast)
        people = [m for m in received if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
        people = [m for m in people if not _owned(m, block)]  # "welcomed X's election"
        if not people and not any(c.dep_ == "dobj" for c in token.children):
            people = _next_named(token, block, cast)
        several = any(
            unnamed(c) or has("delegations", c.lower_) for c in token.children if c.dep_ in ("dobj", "nsubjpass")
        )
        return (bool(people) or several) and bool(subjects)
    if not has("meet_verbs", word):
        return False
    if has("speak_verbs", word):
        ends = [*company_of(token), *(c for c in token.children if c.lower_ == "to")]
        partner = [m for p in ends for m in _actors(block, p, cast)]
        joint = [m for c in token.children if c.dep_ == "nsubj" for m in _actors(block, c, cast)]
        joint_sides = {cast.actors[m.actor].side if cast.actors[m.actor].side is not None else m.actor for m in joint}
        if token.dep_ == "relcl" and not partner and (len(joint_sides) > 1 or any(unnamed(c) for c in token.children)):
            return any(has("phone_words", t.lower_) for t in block.sentence(token.i))
        people = [
            m for m in partner if cast.actors[m.actor].kind == "person" and cast.actors[m.actor].part != "outside"
        ]
        lately = bool(people) and any(times_in(t.text) for t in token.subtree) and word != "speaking"
        if any(unnamed(c) for c in token.children if c.dep_ == "nsubj") and any(
            times_in(t.text) for t in token.subtree
        ):
            return True
        return (bool(partner) or len(joint_sides) > 1) and (
            lately or any(has("speak_needs", t.lower_) for t in token.subtree)
        )
    needs = load("meetings")["verb_needs"].get(word)
    if needs and not _needed(token, word) and not _in_company(token, word, block, cast):
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children) and word in ("met", "seen"):
        return False  # "demands must be met"
    objects = [c for c in token.children if c.dep_ == "dobj" and c.lower_ not in _MANNER]
    mate = any(
        _actors(block, c, cast)
        or unnamed(c)
        or c.pos_ == "PRON"
        or c.lower_ in ("counterpart", "counterparts", "other")
        for c in objects
    )
    # "meet the deadline" is none.
    return mate or not objects or word not in ("meet", "met", "meets", "meeting")


def _mistagged(token: Token, word: str, block: Block, cast: Cast) -> bool:
    """A verb between two names that the tagger took for part of one: "X, the minister, rang President Y"."""
    if token.pos_ != "PROPN" or not token.text.islower():
        return False
    if not (has("call_verbs", word) or has("receive_verbs", word) or (has("meet_verbs", word) and word == "met")):
        return False
    at = block.start + token.idx
    return bool(_next_named(token, block, cast)) and any(m.form != "adjective" for m in cast.within(at - 60, at))


def _next_named(token: Token, block: Block, cast: Cast) -> list[Mention]:
    """The first person named after a token and before the next verb, for where the parser found no object."""
    start = block.start + token.idx + len(token)
    for mention in cast.within(start, start + 90):
        if cast.actors[mention.actor].kind != "person" or mention.form == "adjective" or _owned(mention, block):
            continue
        between = block.tokens(start, mention.start)
        clear = between is None or not any(
            t.pos_ in ("VERB", "AUX", "SCONJ") or t.lower_ in (";", ":", "and", "that", "who") for t in between
        )
        return [mention] if clear else []
    return []


def _dated(token: Token) -> bool:
    """Whether a day or a month is named in what hangs on a token."""
    return any(times_in(t.text) for t in token.subtree if t.text[0].isupper() or t.lower_ in ("yesterday", "today"))


def _apposed(block: Block, token: Token, cast: Cast) -> list[Mention]:
    """The persons that a noun stands for: its apposition, or the name that ends its phrase ("the envoy of N, X")."""
    return [m for c in token.children if c.dep_ == "appos" for m in standing_for(c, block, cast)]


def _in_company(token: Token, word: str, block: Block, cast: Cast) -> bool:
    """ "Sat with X until midnight", "the ministers are to gather in …": with somebody of the cast, or several."""
    if word in ("came", "come", "saw", "seen", "resume", "shuttle", "shuttles"):
        return False
    others = ("with", "opposite", "across", "from", "beside", "between")
    if any(mentions_of(list(below(c, c)), block, cast) for c in token.children if c.lower_ in others):
        return True
    heads = [c for c in with_conjoined(token) if c.dep_ == "nsubj"]
    anchored = any(c.lower_ in ("in", "at", "on") for c in token.children)
    joint = any(t.lower_ in ("side", "both", "two", "each", "either") for h in heads for t in h.subtree)
    return anchored and any(unnamed(h) and (joint or not has("experts", h.lower_)) for h in heads)


def _awaited(token: Token) -> bool:
    """ "The ministers are due at the castle on Friday": several are, in or at a place."""
    subjects = subjects_of(token) or subjects_of(token.head)
    several = any(
        c.tag_ in ("NNS", "NNPS") or c.lower_ == "they" or any(d.dep_ == "conj" for d in c.children) for c in subjects
    )
    return several and any(
        c.dep_ == "prep" and c.lower_ in ("in", "at", "before", "back") for c in (*token.children, *token.head.children)
    )


def _needed(token: Token, word: str) -> bool:
    needs = load("meetings")["verb_needs"].get(word) or []
    return any(t.lower_ in needs for t in token.subtree if t.i > token.i and t.i < token.i + 12)


def _near(token: Token, name: str) -> bool:
    return any(has(name, t.lower_) for t in token.subtree)


def _by_phone(token: Token, block: Block, cast: Cast) -> bool:
    """ "X and Y settled the matter by telephone": subjects of two sides, and a verb that is no trigger itself."""
    verb = token.head.head
    if (
        verb.pos_ != "VERB"
        or has("speak_verbs", verb.lower_)
        or has("meet_verbs", verb.lower_)
        or has("call_verbs", verb.lower_)
    ):
        return False
    found = [m for c in with_conjoined(verb) if c.dep_ == "nsubj" for m in _actors(block, c, cast)]
    sides = {cast.actors[m.actor].side if cast.actors[m.actor].kind == "person" else m.actor for m in found}
    return len(sides - {None}) >= 2


def _owned(mention: Mention, block: Block) -> bool:
    """Whether a mention is a possessive: not the person, but something of his."""
    after = block.text[mention.end - block.start : mention.end - block.start + 2]
    return after in ("'s", "’s") or after[:1] in ("'", "’")


def _actors(block: Block, token: Token, cast: Cast) -> list[Mention]:
    """The actors mentioned in what hangs on a token, subordinate clauses left out."""
    return mentions_of(list(below(token, token)), block, cast)
