"""At whose request an encounter was, or was put off; who headed the delegations; who ended it.

Each is found as a phrase with its actors and given to the encounter that its sentence tells of, else to the one told
nearest before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.extract.cast import Cast
from dragoman.extract.findings import MeetingFound, SpanT
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_clauses import (
    before_verb,
    below,
    has,
    joined,
    mentions_of,
    standing_for,
    subjects_of,
    with_conjoined,
)
from dragoman.extract.meeting_groups import Group
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span, Token

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEAR = 500
"""How far, in characters, a phrase may stand from the encounter that it speaks of."""


@dataclass(slots=True, frozen=True)
class _Phrase:
    """Words that say one of the three things, and whom they name; `ahead` where they speak of what is to come."""

    field: str
    span: SpanT
    actors: tuple[int, ...]
    at: int
    ahead: bool = False


def note_roles(page: Page, cast: Cast, groups: Sequence[Group], found: Sequence[MeetingFound]) -> None:
    """Fill `asked`, `led` and the words for "asked", "lead" and "ended" of the encounters.

    Args:
        page: the text.
        cast: its actors.
        groups: the mentions of each encounter.
        found: the encounters, in the order of the groups; they are changed.
    """
    told = [(t, m) for g, m in zip(groups, found, strict=True) for t in g.told]
    if not told:
        return
    told.sort(key=lambda p: p[0].start)
    hints = words("meetings", "role_words") | words("meetings", "call_verbs")
    for block in page.blocks:
        if hints.isdisjoint(_WORD.findall(block.text.lower())):
            continue
        for sentence in block.sentences():
            if hints.isdisjoint(t.lower_ for t in sentence):
                continue
            for phrase in _phrases(sentence, block, cast):
                meant = _meant(phrase, sentence, block, told)
                if meant is not None:
                    _note(phrase, meant)


def _note(phrase: _Phrase, met: MeetingFound) -> None:
    spans = met.words.setdefault(phrase.field, [])
    if phrase.span not in spans:
        spans.append(phrase.span)
        spans.sort()
    actors = met.asked if phrase.field == "asked" else met.led
    if phrase.field != "ended":
        actors += [a for a in phrase.actors if a not in actors]


def _meant(phrase: _Phrase, sentence: Span, block: Block, told: list[tuple[Told, MeetingFound]]) -> MeetingFound | None:
    """The encounter that a phrase speaks of."""
    low, high = block.start + sentence.start_char, block.start + sentence.end_char
    here = [p for p in told if low <= p[0].start < high]
    if here:
        return min(here, key=lambda p: (abs(p[0].start - phrase.at), p[0].start))[1]
    if phrase.ahead:
        near = [p for p in told if p[1].status in ("scheduled", "postponed", "proposed") and p[0].start < low]
    else:
        near = [p for p in told if p[0].start < low and p[1].status != "declined"]
        if phrase.field == "lead":
            near = [p for p in near if p[1].status == "held" and not p[1].earlier] or near
    held_after = [p for p in told if high <= p[0].start < high + 300 and p[1].status == "held" and not p[1].earlier]
    coming = near and near[-1][1].status != "held"
    if phrase.field == "lead" and not phrase.ahead and coming and held_after:
        return held_after[0][1]
    if near and low - near[-1][0].start < _NEAR:
        return near[-1][1]
    after = [p for p in told if high <= p[0].start < high + 200]
    return after[0][1] if after and phrase.field != "asked" else None


def _phrases(sentence: Span, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """The phrases of a sentence that say who asked, who led or who ended."""
    for token in sentence:
        word = token.lower_
        if has("request_nouns", word) and token.pos_ in ("NOUN", "PROPN"):
            yield from _request(token, block, cast)
        elif word == "rung" and token.pos_ == "NOUN":
            yield from _it_was(token, block, cast)  # the tagger knows no other
        elif token.pos_ in ("VERB", "AUX"):
            if has("requesting", word) or has("requesting", joined(token)):
                yield from _requested(token, block, cast)
            if word in ("rang", "rung", "telephoned", "phoned", "dialled", "called") or has("requesting", word):
                yield from _it_was(token, block, cast)
            if has("call_verbs", word) and word not in ("called", "call", "calls"):
                yield from _rang(token, block, cast)
            if has("heading", word):
                yield from _headed(token, block, cast)
            if has("ending", joined(token)) or has("ending", word):
                yield from _ended(token, block, cast)
        elif word == "under" and has("headed", token.head.lower_) and token.dep_ == "prep":
            yield from _phrase("lead", token.head, list(token.subtree), block, cast, people=True)
        elif word in ("head", "leader", "chief") and token.pos_ == "NOUN":
            of = [t for p in token.children if p.lower_ == "of" for t in p.children]
            if any(has("headed", t.lower_) for t in of) and token.dep_ == "appos":
                yield from _phrase("lead", token, list(token.head.subtree), block, cast, people=True)


def _named(tokens: list[Token], block: Block, cast: Cast, people: bool = False) -> tuple[int, ...]:
    """The actors mentioned on some tokens, each once; `people` alone where it is asked."""
    found = [m for m in mentions_of(tokens, block, cast) if not people or cast.actors[m.actor].kind == "person"]
    if people:  # "X, President Y's adviser, led": X did
        free = [m for m in found if block.text[m.end - block.start : m.end - block.start + 2] not in ("'s", "’s")]
        found = free or found
    return tuple(dict.fromkeys(m.actor for m in found))


def _phrase(
    field: str,
    head: Token,
    who: list[Token],
    block: Block,
    cast: Cast,
    people: bool = False,
    ahead: bool = False,
    unnamed: bool = False,
) -> Iterator[_Phrase]:
    """A phrase from its first word to its last, if it names anybody or need not."""
    actors = _named(who, block, cast, people)
    if not actors and not unnamed:
        return
    inner = sorted([head, *(t for t in who if not t.is_punct)], key=lambda t: t.i)
    span = block.place_of(inner[0], inner[-1])
    yield _Phrase(field, span, actors, block.at(head)[0], ahead)


def _request(noun: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "At the request of X", "on X's initiative"; "the initiative came from X"."""
    whose = [t for c in noun.lefts if c.dep_ == "poss" for t in c.subtree]
    whose += [t for c in noun.rights if c.lower_ in ("of", "from", "by") and c.dep_ == "prep" for t in below(c, c)]
    if noun.dep_ == "pobj" and noun.head.lower_ in ("at", "on", "by", "upon", "following", "after") and whose:
        yield from _phrase("asked", noun.head, [*whose, noun], block, cast, unnamed=True)
    elif noun.dep_ == "nsubj" and noun.head.lower_ in ("came", "come", "comes", "lay", "was", "had"):
        source = [
            t for c in noun.head.children if c.lower_ in ("from", "with") or c.dep_ == "attr" for t in below(c, c)
        ]
        yield from _phrase("asked", noun, [*source, noun.head], block, cast)


def _requested(verb: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "X asked for the meeting", "wanted the round moved", "asks to move it"; "the delay was requested by X"."""
    if any(c.dep_ == "neg" for c in verb.children):
        return
    agents = [t for c in verb.children if c.dep_ == "agent" for t in below(c, c)]
    what = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    what += [t for c in verb.children if c.lower_ in ("for", "about") for t in c.children if t.dep_ == "pobj"]
    inner = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "oprd", "acl") and c.i > verb.i]
    inner += [c for w in what for c in w.children if c.dep_ in ("acl", "relcl") and c.i > verb.i]
    moving = [c for c in inner if has("postponed", joined(c)) or has("moving", c.lower_) or has("moving", joined(c))]
    names = ("nouns", "rounds", "call_nouns", "asked_for_things")
    fit = any(has(n, w.lower_) for w in [*what, *(s for c in inner for s in subjects_of(c))] for n in names)
    asking = verb.lower_ not in ("want", "wants", "wanted") or bool(moving)
    if not (moving or (fit and asking)):
        return
    who = agents or [t for c in with_conjoined(verb) if c.dep_ == "nsubj" for t in below(c, c)]
    who = who or [t for m in before_verb(verb, block, cast)[:1] if (s := block.tokens(m.start, m.end)) for t in s]
    yield from _phrase("asked", verb, [*who, *what[:1], *moving[:1]], block, cast) if who else ()


def _it_was(verb: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "It was the Emir who had rung", "it's the other side that wanted the week"."""
    if verb.dep_ not in ("relcl", "ccomp", "advcl"):
        return
    being = next((a for a in verb.ancestors if a.lower_ in ("was", "is", "'s", "’s")), None)
    if being is None or not any(c.lower_ == "it" for c in being.lefts) or verb.i - being.i > 12:
        return
    between = [t for t in verb.doc[being.i + 1 : verb.i] if t.lower_ not in ("who", "that", "which", "had", "has")]
    if any(t.lower_ in ("who", "that", "which") for t in verb.doc[being.i + 1 : verb.i]):
        yield from _phrase("asked", verb, between, block, cast, unnamed=bool(between))


def _rang(verb: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "X telephoned Y": it was X who rang."""
    who = [t for c in verb.children if c.dep_ == "nsubj" for t in below(c, c)]
    if who and any(c.dep_ in ("dobj", "oprd") for c in verb.children):
        yield from _phrase("asked", verb, who, block, cast, people=True)


def _headed(verb: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "X headed the delegation", "Arland's was led by X", "X, who leads for Arland"; "the union sent X"."""
    ahead = any(c.lower_ in ("will", "to", "would") for c in verb.children if c.dep_ == "aux")
    agents = [
        t for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by") for t in below(c, c)
    ]
    what = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        what.append(verb.head)
    own = any(
        has("headed", w.lower_) or has("nouns", w.lower_) or any(t.lower_ in ("'s", "’s") for t in w.subtree)
        for w in what
    )
    who = [t for c in with_conjoined(verb) if c.dep_ == "nsubj" for t in below(c, c)]
    if verb.dep_ == "relcl":
        who = [*who, verb.head, *(t for c in verb.head.lefts for t in c.subtree)]
        who += [t for c in verb.head.rights if c.dep_ == "appos" for t in c.subtree]
    if agents and own:
        yield from _phrase("lead", verb, agents, block, cast, people=True, ahead=ahead)
    elif verb.lower_ in ("sent", "sends", "send"):
        sent = [c for c in what if standing_for(c, block, cast)]
        sides = [a for a in _named(who, block, cast) if a in cast.parties]
        if sides and sent:
            yield from _phrase("lead", verb, [t for c in sent for t in below(c, c)], block, cast, people=True)
    elif who and (own or (not what and any(c.lower_ == "for" and c.dep_ == "prep" for c in verb.children))):
        yield from _phrase("lead", verb, [*who, *what[:1]], block, cast, people=True, ahead=ahead)


def _ended(verb: Token, block: Block, cast: Cast) -> Iterator[_Phrase]:
    """ "X walked out after an hour", "the mediators adjourned the session"."""
    if any(c.dep_ in ("neg", "aux") and c.lower_ not in ("had", "has", "have") for c in verb.children):
        return
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    met = any(has("nouns", o.lower_) or has("rounds", o.lower_) or has("call_nouns", o.lower_) for o in objects)
    out = verb.lower_ in ("walked", "stormed", "left") and has("ending", joined(verb))
    if not (met or out):
        return
    who = [t for c in with_conjoined(verb) if c.dep_ == "nsubj" for t in below(c, c)]
    yield from _phrase("ended", verb, [*who, *objects[:1]], block, cast, unnamed=bool(who))
