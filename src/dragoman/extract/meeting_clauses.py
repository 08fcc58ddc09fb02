"""The clause around a word that tells of an encounter, and what hangs on it in the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token

STOPS = frozenset({"who", "which", "that", "whose", "but", "before", "after", ";", ":", "–", "—", "-"})
QUOTES = frozenset("\"“”„«»‘’'")
CARRYING = frozenset({"in", "of", "at", "to", "with", "into", "for", "on", "out", "from", "during", "through", "as"})
PRUNED = frozenset({"relcl", "advcl", "ccomp", "parataxis", "csubj"})
BARE = frozenset({"talks", "negotiations", "meetings", "discussions", "chats", "contacts", "dialogue", "consultations"})


def has(name: str, word: str) -> bool:
    """Whether a word is in one of the lexicon's lists."""
    return word in words("meetings", name)


@dataclass(slots=True)
class Clause:
    """The part of a sentence that a trigger stands in, and its words in lower case."""

    head: Token
    tokens: list[Token]
    block: Block

    @property
    def span(self) -> SpanT:
        """From its first word to its last, without punctuation at either end."""
        inner = [t for t in self.tokens if not t.is_punct and not t.is_space] or self.tokens
        return self.block.place_of(inner[0], inner[-1])


def clause_of(trigger: Token, noun: bool, block: Block, alone: bool = False) -> Clause:
    """The clause around a token: the nearest verb above it that has a subject or is a root, and what hangs on that.

    Subordinate clauses that hold the token stay; others are cut off. A noun that is only an adverbial of its clause
    ("following a phone call between …") is taken by itself, and one that is `alone` as well.
    """
    head = trigger
    if noun and alone:
        first = trigger.left_edge if trigger.left_edge.i > trigger.i - 8 else trigger
        return Clause(trigger, list(trigger.doc[first.i : trigger.i + 1]), block)
    if noun and trigger.dep_ != "ROOT" and carrier(trigger) is None and not governed(trigger):
        return Clause(trigger, _run(sorted(below(trigger, trigger), key=lambda t: t.i), trigger), block)
    while head.dep_ != "ROOT":
        if head == trigger and not noun and head.dep_ == "conj":
            break
        if head.dep_ == "relcl" and head.head.lower_ in ("time", "occasion"):
            head = head.head  # "the last time they spoke was on Friday"
            continue
        if (
            head.pos_ in ("VERB", "AUX")
            and (head.dep_ in PRUNED | {"conj"} or subjects_of(head))
            and (head != trigger or subjects_of(head) or head.dep_ in PRUNED)
        ):
            break
        head = head.head
    tokens = _run(sorted(below(head, trigger), key=lambda t: t.i), trigger)
    return Clause(head, tokens + _rest(tokens[-1], trigger, block), block)


def _rest(last: Token, trigger: Token, block: Block) -> list[Token]:
    """What runs on after the clause up to the next verb or quotation mark.

    The parser drops such tails easily: "met the delegate, X, face to face in the garage on Monday".
    """
    tail: list[Token] = []
    for token in trigger.doc[last.i + 1 : min(block.sentence(trigger.i).end, last.i + 25)]:
        verb = token.pos_ in ("VERB", "AUX", "SCONJ") and not token.text[0].isupper() and token.lower_ != "face"
        if verb or token.lower_ in STOPS or token.text in QUOTES:
            break
        tail.append(token)
    subjects = ("nsubj", "nsubjpass")
    while tail and (tail[-1].is_punct or tail[-1].pos_ in ("CCONJ", "PART") or tail[-1].dep_ in (*subjects, "aux")):
        tail.pop()
    if any(t.dep_ in subjects and "face" not in (t.lower_, t.head.lower_) for t in tail):
        return []  # the beginning of another clause
    return tail


def governed(trigger: Token) -> bool:
    """Whether a noun is subject or object of a verb itself, or joined to one that is."""
    step = trigger
    while step.dep_ in ("conj", "compound", "nmod", "poss") and step.head.pos_ in ("NOUN", "PROPN"):
        step = step.head
    return step.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "appos", "npadvmod") and step.head.pos_ in (
        "VERB",
        "AUX",
    )


def company_of(verb: Token) -> list[Token]:
    """The "with" of a verb, be it of the wire that the parser hung it on: "spoke by telephone with X"."""
    found = [c for c in verb.children if c.lower_ == "with"]
    ways = [t for c in verb.children if c.dep_ in ("prep", "agent") for t in c.children if t.dep_ == "pobj"]
    for way in ways:
        if any(has(name, way.lower_) for name in ("phone_words", "video", "rooms", "call_nouns")):
            found += [c for c in way.children if c.lower_ == "with"]
    return found


def subjects_of(verb: Token) -> list[Token]:
    """The subjects that hang on a verb itself."""
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def below(head: Token, keep: Token) -> Iterator[Token]:
    """A token and what hangs on it, without clauses of their own, save those that hold `keep`."""
    yield head
    for child in head.children:
        cut = child.dep_ in PRUNED or (
            child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and bool(subjects_of(child))
        )
        if cut and not (child == keep or child.is_ancestor(keep)):
            continue
        yield from below(child, keep)


def _run(tokens: list[Token], keep: Token) -> list[Token]:
    """The tokens around one of them without a break of more than a few."""
    at = next(i for i, t in enumerate(tokens) if t.i == keep.i)
    low = high = at
    while low and tokens[low].i - tokens[low - 1].i <= 12:
        low -= 1
    while high + 1 < len(tokens) and tokens[high + 1].i - tokens[high].i <= 12:
        high += 1
    return tokens[low : high + 1]


def with_conjoined(verb: Token) -> Iterator[Token]:
    """A verb's children, and the subject it shares with the verbs it is joined to or governed by."""
    yield from verb.children
    step = verb
    while not subjects_of(step) and (
        step.dep_ in ("conj", "xcomp", "acomp", "pcomp")
        or (step.dep_ == "pobj" and step.lower_ == "order")
        or (step.dep_ in ("advcl", "acl", "ccomp") and any(c.lower_ == "to" for c in step.lefts))
        or (step.dep_ == "prep" and step != verb)
    ):
        step = step.head
        if step.pos_ == "NOUN" and step.dep_ == "dobj":
            step = step.head  # "found the time to receive X"
        yield from subjects_of(step)
        yield from (c for c in step.children if c.dep_ == "dobj" and step != verb and verb.dep_ == "xcomp")


CARRIERS = ("light_verbs", "meet_verbs", "proposed", "declined")


def joined(verb: Token) -> str:
    """A verb with its particle, as the lexicon has it: "ruled_out", "called_for"."""
    particle = next(
        (c for c in verb.children if c.dep_ in ("prt", "prep", "advmod") and c.i == verb.i + 1 and c.pos_ != "SCONJ"),
        None,
    )
    if particle is None:  # "called it off", "turned them down"
        particle = next((c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 2), None)
    return f"{verb.lower_}_{particle.lower_}" if particle is not None else verb.lower_


def carrier(trigger: Token) -> Token | None:
    """The verb that an encounter noun is subject, object or object of a preposition of, if it says that it happens."""
    step, hops = trigger, 0
    if step.dep_ == "compound" and step.head.pos_ == "VERB" and has("over_verbs", step.head.lower_):
        return step.head  # "Talks resume on Thursday"
    while (
        step.dep_ in ("pobj", "prep", "dobj", "nsubj", "nsubjpass", "attr", "conj", "xcomp", "pcomp", "acomp")
        and hops < 5
    ):
        if step.dep_ == "prep" and step.lower_ not in CARRYING:
            return None
        step, hops = step.head, hops + 1
        if step.pos_ in ("VERB", "AUX"):
            if any(has(name, step.lower_) or has(name, joined(step)) for name in CARRIERS):
                return step
            if trigger.dep_ == "pobj" and trigger.head.lower_ in ("at", "during", "in") and trigger.head.head == step:
                past = step.head if step.dep_ == "xcomp" else step
                return step if past.tag_ in ("VBD", "VBN") else None
            if has("video", trigger.lower_) and any(unnamed(c) for c in subjects_of(step)):
                return step
            if step.dep_ != "xcomp":
                return None
    return None


def belongs(token: Token, trigger: Token, clause: Clause) -> bool:
    """Whether an adverbial hangs on the encounter or its verb, and not on another verb or encounter in the clause."""
    for step in token.ancestors:
        if step == trigger or step == clause.head:
            break
        if (
            step.dep_ == "prep"
            and step.lower_ in ("since", "after", "before", "following", "than")
            and step != token.head
        ):
            return False
        if (
            step.pos_ == "NOUN"
            and any(has(n, step.lower_) for n in ("nouns", "rounds", "weak_nouns"))
            and not trigger.is_ancestor(step)
        ):
            if not step.is_ancestor(trigger):
                return False
        elif step.pos_ == "NOUN" and has("nouns", step.lower_) and step.head.lower_ not in ("of", "by", "via", "over"):
            return False
    if clause.tokens and token.i > trigger.i and not clause.head.is_ancestor(token) and token in clause.tokens:
        return True  # a tail that the parser dropped
    if trigger == token or trigger.is_ancestor(token):
        return not any(a.pos_ == "VERB" and trigger.is_ancestor(a) and a.dep_ in PRUNED for a in token.ancestors)
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return True
    own = carrier(trigger) or next((a for a in trigger.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb in (own, trigger, clause.head):
        return not has("neutral", verb.lower_)
    if trigger.dep_ == "advcl" and verb == trigger.head and has("travelling", verb.lower_):
        return True
    if trigger.dep_ == "conj" and verb == trigger.head and not subjects_of(trigger):
        return not any(c.dep_ in ("prep", "npadvmod") and c.i > trigger.i for c in trigger.children if c != token)
    # "met and agreed on Tuesday", "is to hold talks on Monday": verbs of one chain.
    if own is None or verb.head != own or subjects_of(verb):
        return False
    return verb.dep_ == "xcomp" or (verb.dep_ == "conj" and has("light_verbs", verb.lower_))


def unnamed(token: Token) -> bool:
    """Whether a word stands for those who meet without a name: "the delegations", "both presidents", "experts"."""
    if token.lower_ in ("two", "both") and token.dep_ in ("nsubj", "nsubjpass", "pobj"):
        return True
    if has("joint_bodies", token.lower_) and any(has("joint_words", c.lower_) for c in token.lefts):
        return True
    if token.lower_ in ("side", "party", "delegation", "camp", "team") and any(
        c.lower_ in ("each", "either") for c in token.lefts
    ):
        return True
    several = token.tag_ in ("NNS", "NNPS")
    if several and token.dep_ in ("nsubj", "dobj") and any(c.lower_ in ("two", "both") for c in token.lefts):
        return True
    return several and any(has(name, token.lower_) for name in ("delegations", "leaders", "ministers", "experts"))


def mentions_of(tokens: list[Token], block: Block, cast: Cast) -> list[Mention]:
    """The mentions that lie on some of these tokens."""
    if not tokens:
        return []
    places = {block.start + t.idx for t in tokens}
    low, high = block.place_of(min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i))
    return [m for m in cast.within(low, high) if any(m.start <= p < m.end for p in places)]


MOST_AWAY = 80
"""Characters from a token within which the whole of a mention must lie that it is part of."""


def standing_for(token: Token, block: Block, cast: Cast) -> list[Mention]:
    """The mentions that a token is the head of, or part of."""
    at = block.start + token.idx
    return [m for m in cast.within(at - MOST_AWAY, at + MOST_AWAY) if m.start <= at < m.end]


def before_verb(verb: Token, block: Block, cast: Cast) -> list[Mention]:
    """The mention that stands right before a verb, for where the parser found it no subject."""
    first = verb
    while first.i and first.nbor(-1).pos_ in ("AUX", "ADV"):
        first = first.nbor(-1)
    end = block.start + first.idx
    return [m for m in cast.within(max(block.start, end - 60), end) if 0 < end - m.end <= 2 and m.form != "adjective"]
