"""What stands around a word that tells of an encounter: who takes part, and where.

A mention is found by its trigger, a noun ("talks", "a third round", "call") or a verb ("met", "received", "telephoned")
of the lexicon (meeting_triggers.py), and read off the dependency parse around the trigger. Which mentions are one
encounter is settled later (meeting_groups.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.cast import Cast, Mention, PlaceFound
from dragoman.extract.findings import SpanT
from dragoman.extract.gazetteer import states, towns
from dragoman.extract.meeting_clauses import (
    Clause,
    before_verb,
    belongs,
    below,
    carrier,
    company_of,
    has,
    joined,
    mentions_of,
    subjects_of,
    with_conjoined,
)
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span, Token
from dragoman.extract.times import TimeFound


@dataclass(slots=True)
class Told:
    """One mention of an encounter: what its clause says of it.

    `sides`, `people` and `mediators` are actor refs named as taking part; `definite` says that the words point back
    ("the talks"), `when` that it is in a clause with "when", `moved` that its times are those it was put off to,
    `apart` that they met away from the table ("alone", "on the margins"), `strong` that they are enough for an entry of
    their own. `beside` are times that its sentence says of what it hangs on, `counted` is the distance of something
    else from it ("two weeks after their first round"), `model` the mention that it repeats ("as they had done a week
    earlier").
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
    chairs: list[int] = field(default_factory=list)
    round: int | None = None
    moved: bool = False
    apart: bool = False
    series: bool = False
    earlier: bool = False
    later: bool = False
    clause_alone: bool = False
    when: bool = False
    definite: bool = False
    strong: bool = False
    minutes: int | None = None
    order: int = 0
    beside: list[TimeFound] = field(default_factory=list)
    counted: TimeFound | None = None
    model: Told | None = None

    @property
    def start(self) -> int:
        """The trigger's place in the text."""
        return self.block.start + self.trigger.idx


# -- who takes part -------------------------------------------------------------------------------------------------


def partakers(trigger: Token, noun: bool, clause: Clause, cast: Cast) -> list[Mention]:
    """The mentions of those who take part, read off the parse around a trigger."""
    found: dict[tuple[int, int, int], Mention] = {}
    parts = partaking(trigger, noun)
    for part in parts:
        for mention in mentions_of(list(below(part, part)), clause.block, cast):
            found[(mention.start, mention.end, mention.actor)] = mention
    if not noun and not any(p.dep_ in ("nsubj", "nsubjpass", "relcl") or p == trigger.head for p in parts):
        for mention in before_verb(trigger, clause.block, cast):
            found[(mention.start, mention.end, mention.actor)] = mention
    for prep in [c for c in trigger.children if c.lower_ in ("with", "between") and c.dep_ == "prep"]:
        if not any(c.dep_ == "pobj" for c in prep.children):
            end = clause.block.start + prep.idx + len(prep)
            for mention in [m for m in cast.within(end, end + 60) if m.start - end <= 5][:1]:
                found[(mention.start, mention.end, mention.actor)] = mention
    for prep in [t for t in trigger.subtree if not noun and t.lower_ == "with" and has("lengths", t.head.lower_)]:
        for mention in mentions_of(list(below(prep, prep)), clause.block, cast):
            found[(mention.start, mention.end, mention.actor)] = mention
    start = clause.block.start + trigger.idx
    if not noun and not any(m.start > start for m in found.values()):
        end = start + len(trigger)
        for mention in [m for m in cast.within(end, end + 40) if m.start - end <= 5 and m.form == "name"][:1]:
            found[(mention.start, mention.end, mention.actor)] = mention
        if has("receive_verbs", trigger.lower_) or trigger.pos_ == "PROPN":
            for mention in [m for m in cast.within(end, end + 90) if cast.actors[m.actor].kind == "person"][:1]:
                found[(mention.start, mention.end, mention.actor)] = mention
    if not noun and trigger.pos_ == "PROPN":
        for mention in [m for m in cast.within(start - 60, start) if cast.actors[m.actor].kind == "person"][-1:]:
            found[(mention.start, mention.end, mention.actor)] = mention
    if not noun:
        # "the delegate, X, …": a name set off by a comma after the object, which the parse hung elsewhere.
        objects = [c for c in trigger.children if c.dep_ in ("dobj", "pobj", "prep")]
        ends = [clause.block.at(max(below(c, c), key=lambda t: t.i))[1] for c in objects]
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
        if verb is None and trigger.dep_ == "pobj" and _only_with(trigger):
            parts += _whose(trigger)
        if verb is not None and not has("arranging", verb.lower_) and _takes_subject(verb, trigger):
            parts += [
                c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "agent", "nsubjpass") and not _holds(c, trigger)
            ]
            parts += [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("with", "between")]
            if verb.lower_ in ("challenged", "challenges", "challenge", "invited", "invites", "invite"):
                parts += [c for c in verb.children if c.dep_ == "dobj"]
    else:
        parts += [c for c in with_conjoined(trigger) if c.dep_ in ("nsubj", "nsubjpass", "agent")]
        parts += [
            c
            for c in trigger.children
            if c.dep_ in ("dobj", "dative")
            or (c.dep_ == "oprd" and has("call_verbs", trigger.lower_))
            or (c.dep_ == "ccomp" and c.pos_ == "PROPN")
        ]
        parts += [
            c
            for c in trigger.children
            if c.dep_ == "prep"
            and c.lower_ in ("with", "to", "between", "opposite", "from", "across")
            and (c.lower_ != "to" or has("speak_verbs", trigger.lower_))
            and (c.lower_ not in ("from", "across") or trigger.lower_ in ("sat", "sit", "sitting"))
        ]
        if trigger.tag_ == "VBG" and trigger.dep_ == "advcl" and has("receive_verbs", trigger.lower_):
            parts += subjects_of(trigger.head)
        parts += [c for c in company_of(trigger) if c not in parts]
        for relative in [c for c in trigger.children if c.lower_ in ("who", "which", "that")][:1]:
            parts += [trigger.head] if trigger.dep_ == "relcl" else [relative]
    return parts


def _takes_subject(verb: Token, trigger: Token) -> bool:
    """Whether the subject of the verb takes part: of "X wants a meeting with Y", not of "X proposed talks between …".

    Nor does it where it is said not to: "X did not plan to attend".
    """
    chain = [verb, *(a for a in verb.ancestors if verb.dep_ == "xcomp" and a.pos_ in ("VERB", "AUX"))]
    if any(c.dep_ == "neg" for step in chain[:2] for c in step.children) and has("attending", verb.lower_):
        return False
    if verb.lower_ in ("challenged", "challenges", "challenge"):
        return True
    if not any(has(name, form) for name in ("proposed", "declined") for form in (verb.lower_, joined(verb))):
        return True
    return any(c.lower_ == "with" for c in trigger.children)


def _only_with(trigger: Token) -> bool:
    return {c.lower_ for c in trigger.children} & {"with", "between", "of"} == {"with"}


def _whose(trigger: Token) -> list[Token]:
    """Who is meant besides "with X": the subject in "during a meeting with X, Y said", "Y left for talks with X"."""
    step = trigger.head.head
    if step.pos_ == "PROPN":
        return [step]
    while step.pos_ not in ("VERB", "AUX") and step.dep_ in ("prep", "pobj", "amod", "acomp", "advmod", "npadvmod"):
        step = step.head
    return [c for c in with_conjoined(step) if c.dep_ in ("nsubj", "nsubjpass")] if step.pos_ in ("VERB", "AUX") else []


def _holds(token: Token, inner: Token) -> bool:
    return token == inner or token.is_ancestor(inner)


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


# -- where ------------------------------------------------------------------------------------------------------------


def place_of(trigger: Token, clause: Clause, cast: Cast) -> tuple[str | None, str | None]:
    """The town and the country that a clause puts an encounter in: after "in", "at" or "near", or before the noun."""
    block, best, nearest = clause.block, None, 10**6
    for place in cast.places_within(clause.span):
        span = block.tokens(place.start, place.end)
        if span is None or not len(span) or any(has("no_towns", word) for word in place.name.lower().split()):
            continue
        step = span.root
        while step.dep_ in ("compound", "appos", "nmod") and step.head.i != trigger.i:
            step = step.head
        if step.dep_ == "compound" and step.head.i == trigger.i:
            if place.name not in _sides(cast):
                return place_in(place, span, cast)
            continue
        before = block.doc[span.start - 1].lower_ if span.start else ""
        of = span.root.head.lower_ if span.root.dep_ == "pobj" else before
        hosting = span.root.dep_ == "nsubj" and span.root.head.lower_ in ("host", "hosts", "hosted")
        if (
            hosting
            or of in AT
            or before in ("'s", "’s", *AT)
            or (span.end < len(block.doc) and _is_land(block.doc[span.end]))
        ):
            if not belongs(span.root, trigger, clause):
                continue
            away = abs(span.root.i - trigger.i) + (8 if of == "to" else 0)
            if away < nearest:
                best, nearest = place_in(place, span, cast), away
    if best is None:
        for mention in cast.within(*clause.span):
            span = block.tokens(mention.start, mention.end)
            if cast.actors[mention.actor].kind != "state" or mention.form != "name" or span is None or not len(span):
                continue
            if span.root.dep_ == "pobj" and span.root.head.lower_ == "in" and belongs(span.root, trigger, clause):
                return None, cast.actors[mention.actor].name
    return best or (None, None)


AT = ("in", "at", "near", "to", "outside")


def _is_land(token: Token) -> bool:
    return token.lower_ in ("capital", "region", "province", "district", "valley", "peninsula", "oblast")


def place_in(place: PlaceFound, span: Span, cast: Cast) -> tuple[str | None, str | None]:
    """A place as town and country; a country alone has no town, save "the … capital"."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    land = place.name if place.name in states().names else None
    if land is not None and after is not None and after.lower_ in ("capital", "one"):
        code = states().names[land]
        return next((town for town, c in states().capitals.items() if c == code), None), land
    if land is not None or place.name == place.country:
        return None, place.name
    if any(
        a.kind in ("state", "bloc") and place.name in (a.name, *a.names) and place.name not in towns()
        for a in cast.actors
    ):
        seat = span.root.dep_ == "pobj" and span.root.head.lower_ in AT
        return (place.name, None) if seat else (None, place.name)
    if after is not None and _is_land(after) and after.lower_ != "capital":
        return f"{place.name} {after.text}", place.country
    return place.name, place.country


def _sides(cast: Cast) -> set[str]:
    return {name for p in cast.parties for name in (cast.actors[p].name, *cast.actors[p].names)}


def venue_of(clause: Clause, page: Page, trigger: Token) -> str | None:
    """The house that a clause puts an encounter in ("in the back room of the inn", "at the Rathaus")."""
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
