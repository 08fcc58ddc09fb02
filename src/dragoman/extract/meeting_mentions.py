"""Where a text tells of an encounter: the words, their clause, and who, when, where and how stand around them.

A mention is found by its trigger, a noun ("talks", "a third round", "call") or a verb ("met", "received", "telephoned")
of the lexicon, and read off the dependency parse around the trigger. Which mentions are one encounter is settled later
(meetings.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from dragoman.extract.cast import Cast, Mention, PlaceFound
from dragoman.extract.findings import SpanT
from dragoman.extract.lexicon import load, words
from dragoman.extract.page import Block, Page
from dragoman.extract.times import TimeFound

QUOTES = frozenset("\"“”„«»‘’'")
CARRYING = frozenset({"in", "of", "at", "to", "with", "into", "for", "on", "out", "from", "during", "through", "as"})
PRUNED = frozenset({"relcl", "advcl", "ccomp", "parataxis", "csubj"})
BARE = frozenset({"talks", "negotiations", "meetings", "discussions", "chats", "contacts", "dialogue", "consultations"})


def has(name: str, word: str) -> bool:
    """Whether a word is in one of the lexicon's lists."""
    return word in words("meetings", name)


@dataclass(slots=True)
class Told:
    """One mention of an encounter: what its clause says of it.

    `sides`, `people` and `mediators` are actor refs named as taking part; `definite` says that the words point back
    ("the talks"), `strong` that they are enough for an entry of their own.
    """

    trigger: Token
    block: Block
    span: SpanT
    noun: bool
    kind: str = "talks"
    level: str | None = None
    format: str | None = None
    status: str | None = None
    times: list[TimeFound] = field(default_factory=list)
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    sides: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    mediators: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    round: int | None = None
    series: bool = False
    earlier: bool = False
    later: bool = False
    definite: bool = False
    strong: bool = False
    minutes: int | None = None
    order: int = 0

    @property
    def start(self) -> int:
        """The trigger's place in the text."""
        return self.block.start + self.trigger.idx


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


def clause_of(trigger: Token, noun: bool, block: Block) -> Clause:
    """The clause around a token: the nearest verb above it that has a subject or is a root, and what hangs on that.

    Subordinate clauses that hold the token stay; others are cut off. A noun that is only an adverbial of its clause
    ("following a phone call between …") is taken by itself.
    """
    head = trigger
    if noun and trigger.dep_ != "ROOT" and carrier(trigger) is None and not governed(trigger):
        return Clause(trigger, _run(sorted(_below(trigger, trigger), key=lambda t: t.i), trigger), block)
    while head.dep_ != "ROOT":
        if head.pos_ in ("VERB", "AUX") and (head.dep_ in PRUNED | {"conj"} or _subjects(head)) and (
            head != trigger or _subjects(head) or head.dep_ in PRUNED
        ):
            break
        head = head.head
    tokens = _run(sorted(_below(head, trigger), key=lambda t: t.i), trigger)
    return Clause(head, tokens + _rest(tokens[-1], trigger), block)


def _rest(last: Token, trigger: Token) -> list[Token]:
    """What runs on after the clause up to the next verb or quotation mark: the parser drops such tails easily
    ("met the delegate, X, face to face in the garage on Monday").
    """
    tail: list[Token] = []
    for token in trigger.doc[last.i + 1 : min(trigger.sent.end, last.i + 25)]:
        stop = token.pos_ in ("VERB", "AUX", "SCONJ") or token.lower_ in ("who", "which", "that", "whose", "but", "before", "after")
        if stop or token.text in QUOTES or token.text in (";", ":", "–", "—", "-"):
            break
        tail.append(token)
    while tail and (tail[-1].is_punct or tail[-1].pos_ in ("CCONJ", "PART") or tail[-1].dep_ in ("nsubj", "nsubjpass", "aux")):
        tail.pop()
    if any(t.dep_ in ("nsubj", "nsubjpass") for t in tail):
        return []  # the beginning of another clause
    return tail


def governed(trigger: Token) -> bool:
    """Whether a noun is subject or object of a verb itself, or joined to one that is."""
    step = trigger
    while step.dep_ in ("conj", "compound", "nmod", "poss") and step.head.pos_ in ("NOUN", "PROPN"):
        step = step.head
    return step.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "appos", "npadvmod") and step.head.pos_ in ("VERB", "AUX")


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _below(head: Token, keep: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        cut = child.dep_ in PRUNED or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and bool(_subjects(child)))
        if cut and not (child == keep or child.is_ancestor(keep)):
            continue
        yield from _below(child, keep)


def _run(tokens: list[Token], keep: Token) -> list[Token]:
    """The tokens around one of them without a break of more than a few."""
    at = next(i for i, t in enumerate(tokens) if t.i == keep.i)
    low = high = at
    while low and tokens[low].i - tokens[low - 1].i <= 12:
        low -= 1
    while high + 1 < len(tokens) and tokens[high + 1].i - tokens[high].i <= 12:
        high += 1
    return tokens[low : high + 1]


# -- triggers ---------------------------------------------------------------------------------------------------------


def triggers(block: Block, sentence: Span, cast: Cast) -> Iterator[tuple[Token, bool]]:
    """The words of a sentence that mean an encounter, with whether they are nouns."""
    for token in sentence:
        word = token.lower_
        if token.pos_ in ("NOUN", "PROPN") and _noun(token, word):
            yield token, True
        elif token.pos_ in ("VERB", "AUX") and _verb(token, word, block, cast):
            yield token, False
        elif has("phone_words", word) and token.head.lower_ in ("by", "over", "via", "on") and _by_phone(token, block, cast):
            yield token.head.head, False
        elif word in ("due", "expected") and token.dep_ in ("acomp", "ROOT") and _awaited(token):
            yield token, False


def _noun(token: Token, word: str) -> bool:
    if has("rounds", word):
        counted = any(has("ordinals", c.lower_) or c.lower_ in ("last", "next", "another", "new") for c in token.lefts)
        of = any(has("nouns", t.lower_) or has("weak_nouns", t.lower_) for p in token.children if p.lower_ == "of" for t in p.children)
        before = any(has("nouns", c.lower_) for c in token.lefts)
        return of or before or (word in ("round", "rounds") and (counted or any(c.lower_ == "the" for c in token.lefts)))
    if not (has("nouns", word) or has("weak_nouns", word) or has("call_nouns", word) or has("visit_nouns", word)):
        return False
    head = token.head
    if token.dep_ == "compound" and head.i > token.i:
        return False  # "talks team", "meeting room"
    if head.lower_ == "of" and has("rounds", head.head.lower_):
        return False  # "a round of talks" is told by "round"
    if word in ("conference", "exchange", "contact", "talk", "attempt", "conversation", "chat", "meet", "conversations"):
        lefts = {c.lower_ for c in token.lefts}
        if word == "conference":
            return bool(lefts & words("meetings", "video") or lefts & {"peace"})
        if word == "attempt":
            return bool(lefts & {"next", "new", "another"})
        if word == "exchange":
            return bool(lefts & {"phone", "telephone"})
    if word == "session" or word == "sessions":
        return not any(c.lower_ in ("parliamentary", "plenary", "training") for c in token.lefts)
    return True


def _verb(token: Token, word: str, block: Block, cast: Cast) -> bool:
    if token.dep_ in ("amod", "compound"):
        return False
    if has("call_verbs", word):
        if word in ("called", "call", "calls") and any(c.dep_ in ("oprd", "prep", "prt", "ccomp", "xcomp") for c in token.children):
            return False
        return any(_actors(block, c, cast) or c.pos_ == "PRON" for c in token.children if c.dep_ == "dobj") and (
            word not in ("called", "call", "calls") or _near(token, "phone_words")
        )
    if word in ("visited", "visits", "visit", "visiting"):
        objects = [c for c in token.children if c.dep_ == "dobj"]
        return bool(objects) and any(_actors(block, c, cast) for c in objects) and any(
            c.dep_ == "nsubj" for c in with_conjoined(token)
        )
    if has("receive_verbs", word) and not (has("meet_verbs", word) and _needed(token, word)):
        objects = [m for c in token.children if c.dep_ in ("dobj", "nsubjpass") for m in _actors(block, c, cast)]
        subjects = [m for c in with_conjoined(token) if c.dep_ in ("nsubj", "agent") for m in _actors(block, c, cast)]
        subjects = subjects or before_verb(token, block, cast)
        people = [m for m in objects if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
        return bool(people) and bool(subjects)
    if not has("meet_verbs", word):
        return False
    if has("speak_verbs", word):
        partner = [m for p in token.children if p.lower_ in ("with", "to") for m in _actors(block, p, cast)]
        joint = [m for c in token.children if c.dep_ == "nsubj" for m in _actors(block, c, cast)]
        joint_sides = {cast.actors[m.actor].side if cast.actors[m.actor].side is not None else m.actor for m in joint}
        if token.dep_ == "relcl" and not partner and (len(joint_sides) > 1 or any(unnamed(c) for c in token.children)):
            return any(has("phone_words", t.lower_) for t in token.sent)
        return (bool(partner) or len(joint_sides) > 1) and any(has("speak_needs", t.lower_) for t in token.subtree)
    needs = load("meetings")["verb_needs"].get(word)
    if needs and not _needed(token, word):
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children) and word in ("met", "seen"):
        return False  # "demands must be met"
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if objects and word in ("meet", "met", "meets", "meeting") and not any(
        _actors(block, c, cast) or c.pos_ == "PRON" or c.lower_ in ("counterpart", "counterparts", "other", "him", "her") for c in objects
    ):
        return False  # "meet the deadline"
    return True


def _by_phone(token: Token, block: Block, cast: Cast) -> bool:
    """ "X and Y settled the matter by telephone": subjects of two sides, and a verb that is no trigger itself."""
    verb = token.head.head
    if verb.pos_ != "VERB" or has("speak_verbs", verb.lower_) or has("meet_verbs", verb.lower_) or has("call_verbs", verb.lower_):
        return False
    found = [m for c in with_conjoined(verb) if c.dep_ == "nsubj" for m in _actors(block, c, cast)]
    sides = {cast.actors[m.actor].side if cast.actors[m.actor].kind == "person" else m.actor for m in found}
    return len(sides - {None}) >= 2


def before_verb(verb: Token, block: Block, cast: Cast) -> list[Mention]:
    """The mention that stands right before a verb, for where the parser found it no subject."""
    end = block.start + verb.idx
    return [m for m in cast.within(max(block.start, end - 60), end) if 0 < end - m.end <= 2 and m.form != "adjective"]


def _awaited(token: Token) -> bool:
    """ "The ministers are due at the castle on Friday": several are, in or at a place."""
    subjects = _subjects(token) or _subjects(token.head)
    several = any(c.tag_ in ("NNS", "NNPS") or c.lower_ == "they" or any(d.dep_ == "conj" for d in c.children) for c in subjects)
    return several and any(c.dep_ == "prep" and c.lower_ in ("in", "at") for c in (*token.children, *token.head.children))


def unnamed(token: Token) -> bool:
    """Whether a word stands for those who meet without a name: "the delegations", "both presidents", "experts"."""
    several = token.tag_ in ("NNS", "NNPS")
    return several and any(has(name, token.lower_) for name in ("delegations", "leaders", "ministers", "experts"))


def _needed(token: Token, word: str) -> bool:
    needs = load("meetings")["verb_needs"].get(word) or []
    return any(t.lower_ in needs for t in token.subtree if t.i > token.i and t.i < token.i + 12)


def _near(token: Token, name: str) -> bool:
    return any(has(name, t.lower_) for t in token.subtree)


def _actors(block: Block, token: Token, cast: Cast) -> list[Mention]:
    """The actors mentioned in what hangs on a token, subordinate clauses left out."""
    return mentions_of(list(_below(token, token)), block, cast)


def mentions_of(tokens: list[Token], block: Block, cast: Cast) -> list[Mention]:
    """The mentions that lie on some of these tokens."""
    if not tokens:
        return []
    places = {block.start + t.idx for t in tokens}
    low, high = block.place_of(min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i))
    return [m for m in cast.within(low, high) if any(m.start <= p < m.end for p in places)]


# -- who takes part ---------------------------------------------------------------------------------------------------


def partakers(trigger: Token, noun: bool, clause: Clause, cast: Cast) -> list[Mention]:
    """The mentions of those who take part, read off the parse around a trigger."""
    found: dict[tuple[int, int, int], Mention] = {}
    parts = partaking(trigger, noun)
    for part in parts:
        for mention in mentions_of(list(_below(part, part)), clause.block, cast):
            found[(mention.start, mention.end, mention.actor)] = mention
    if not noun and not any(p.dep_ in ("nsubj", "nsubjpass", "relcl") or p == trigger.head for p in parts):
        for mention in before_verb(trigger, clause.block, cast):
            found[(mention.start, mention.end, mention.actor)] = mention
    if not noun:
        # "the delegate, X, …": a name set off by a comma after the object, which the parse hung elsewhere.
        ends = [m.end for m in found.values() if m.start > clause.block.start + trigger.idx]
        for mention in cast.within(clause.block.start + trigger.idx, clause.span[1]):
            if mention.form == "name" and any(0 < mention.start - e <= 2 for e in ends):
                found[(mention.start, mention.end, mention.actor)] = mention
    return sorted(found.values(), key=lambda m: (m.start, m.actor))


def partaking(trigger: Token, noun: bool) -> list[Token]:
    """The heads of the words that name those who take part."""
    parts: list[Token] = []
    if noun:
        parts += _around_noun(trigger)
        verb = carrier(trigger)
        if verb is not None and not has("arranging", verb.lower_) and _takes_subject(verb, trigger):
            parts += [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "agent", "nsubjpass") and not _holds(c, trigger)]
            parts += [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("with", "between")]
    else:
        parts += [c for c in with_conjoined(trigger) if c.dep_ in ("nsubj", "nsubjpass", "agent")]
        parts += [c for c in trigger.children if c.dep_ in ("dobj", "dative")]
        parts += [c for c in trigger.children if c.dep_ == "prep" and c.lower_ in ("with", "to", "between") and (
            c.lower_ != "to" or has("speak_verbs", trigger.lower_))]
        for relative in [c for c in trigger.children if c.lower_ in ("who", "which", "that")][:1]:
            parts += [trigger.head] if trigger.dep_ == "relcl" else [relative]
    return parts


def _takes_subject(verb: Token, trigger: Token) -> bool:
    """Whether the subject of the verb takes part: not of "X proposed talks between …", but of "X wants to meet with Y"."""
    if not (has("proposed", verb.lower_) or has("declined", verb.lower_)):
        return True
    return any(c.lower_ == "with" for c in trigger.children)


def _holds(token: Token, inner: Token) -> bool:
    return token == inner or token.is_ancestor(inner)


def with_conjoined(verb: Token) -> Iterator[Token]:
    """A verb's children, and the subject it shares with the verbs it is joined to or governed by."""
    yield from verb.children
    step = verb
    while step.dep_ in ("conj", "xcomp", "acomp") and not _subjects(step):
        step = step.head
        yield from _subjects(step)
        yield from (c for c in step.children if c.dep_ == "dobj" and step != verb and verb.dep_ == "xcomp")


def _around_noun(trigger: Token) -> list[Token]:
    parts = [c for c in trigger.lefts if c.dep_ in ("compound", "amod", "poss", "nmod")]
    for child in trigger.rights:
        if child.dep_ == "prep" and child.lower_ in ("between", "with", "of", "among", "from", "by"):
            inner = [t for t in child.children if has("nouns", t.lower_) or has("weak_nouns", t.lower_)]
            if child.lower_ == "of" and inner:
                for noun in inner:
                    parts += _around_noun(noun)
                continue
            parts.append(child)
        if child.dep_ in ("acl", "relcl") and has("presiding", child.lower_):
            parts.append(child)
    return parts


def carrier(trigger: Token) -> Token | None:
    """The verb that an encounter noun is subject, object or object of a preposition of, if it says that it happens."""
    step, hops = trigger, 0
    while step.dep_ in ("pobj", "prep", "dobj", "nsubj", "nsubjpass", "attr", "conj", "xcomp", "pcomp", "acomp") and hops < 5:
        if step.dep_ == "prep" and step.lower_ not in CARRYING:
            return None
        step, hops = step.head, hops + 1
        if step.pos_ in ("VERB", "AUX"):
            if any(has(name, step.lower_) for name in ("light_verbs", "meet_verbs", "proposed", "declined")):
                return step
            if trigger.dep_ == "pobj" and trigger.head.lower_ in ("at", "during", "in") and trigger.head.head == step:
                return step if step.tag_ in ("VBD", "VBN") else None
            if step.dep_ != "xcomp":
                return None
    return None


# -- where ------------------------------------------------------------------------------------------------------------


def belongs(token: Token, trigger: Token, clause: Clause) -> bool:
    """Whether an adverbial hangs on the encounter or its verb, and not on another verb or encounter in the clause."""
    for step in token.ancestors:
        if step == trigger or step == clause.head:
            break
        if step.dep_ == "prep" and step.lower_ in ("since", "after", "before", "following", "than") and step != token.head:
            return False
        if step.pos_ == "NOUN" and (has("nouns", step.lower_) or has("rounds", step.lower_)) and not trigger.is_ancestor(step):
            if not step.is_ancestor(trigger):
                return False
        elif step != trigger and step.pos_ == "NOUN" and has("nouns", step.lower_) and step.head.lower_ != "of":
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
    # "met and agreed on Tuesday", "is to hold talks on Monday": verbs of one chain.
    if own is None or verb.head != own or _subjects(verb):
        return False
    return verb.dep_ == "xcomp" or (verb.dep_ == "conj" and (has("light_verbs", verb.lower_) or has("meet_verbs", verb.lower_)))


def place_of(trigger: Token, clause: Clause, cast: Cast) -> PlaceFound | None:
    """The place that a clause puts an encounter in: after "in", "at" or "near", or before the noun itself."""
    block, best, nearest = clause.block, None, 10**6
    for place in cast.places_within(clause.span):
        span = block.doc.char_span(place.start - block.start, place.end - block.start, alignment_mode="expand")
        if span is None or not len(span):
            continue
        step = span.root
        while step.dep_ in ("compound", "appos", "nmod") and step.head.i != trigger.i:
            step = step.head
        if step.dep_ == "compound" and step.head.i == trigger.i:
            if place.name not in _sides(cast):
                return place
            continue
        before = block.doc[span.start - 1].lower_ if span.start else ""
        of = step.head.lower_ if step.dep_ == "pobj" else before
        if of in ("in", "at", "near", "to", "outside") or before in ("'s", "’s", "in", "at", "near", "to"):
            if not belongs(span.root, trigger, clause):
                continue
            away = abs(span.root.i - trigger.i) + (8 if of == "to" else 0)
            if away < nearest:
                best, nearest = place, away
    return best


def _sides(cast: Cast) -> set[str]:
    return {name for p in cast.parties for name in (cast.actors[p].name, *cast.actors[p].names)}


def venue_of(clause: Clause, page: Page, trigger: Token) -> str | None:
    """The house that a clause puts an encounter in ("in the hotel garage", "at the Hofburg")."""
    for token in clause.tokens:
        if token.dep_ != "prep" or token.lower_ not in ("in", "at", "inside", "aboard", "of"):
            continue
        for head in token.children:
            if head.dep_ != "pobj":
                continue
            inside = _name_of(head)
            if not (has("venues", head.lower_) or head.lower_ in ("capital",)) and not _named_house(head):
                continue
            if token.lower_ == "of" or not belongs(head, trigger, clause):
                continue
            inside = sorted(inside, key=lambda t: t.i)
            if inside[0].lower_ in ("the", "a", "an") and has("venues", head.lower_) is False:
                inside = inside[1:]
            low, high = clause.block.place_of(inside[0], inside[-1])
            return " ".join(page.text[low:high].split())
    return None


def _name_of(head: Token) -> list[Token]:
    """A noun with what stands before it and its "of …", as far as it runs on without a gap."""
    tokens = [t for c in head.lefts for t in c.subtree] + [head]
    for child in head.rights:
        if child.lower_ in ("of", "in", "near") and child.i == tokens[-1].i + 1:
            for inner in child.children:
                tokens += [child, *_name_of(inner)] if inner.dep_ == "pobj" else []
    return tokens


def _named_house(head: Token) -> bool:
    lefts = [c for c in head.lefts if c.dep_ != "punct"]
    return head.pos_ == "PROPN" and len(lefts) == 1 and lefts[0].lower_ == "the" and head.i > 0
