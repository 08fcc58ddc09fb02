"""On whose side each person is: by the role phrases beside the name, else by the context."""

from __future__ import annotations

from collections import defaultdict

from dragoman.extract import kinds, lexicon
from dragoman.extract.affiliation import (
    Tokens,
    affiliation,
    appointed,
    callings,
    kind_for,
    leading,
    loose_phrases,
    office_of,
    role_found,
    token_owners,
)
from dragoman.extract.cast import Cast
from dragoman.extract.findings import ActorFound, RoleFound
from dragoman.extract.names import Name
from dragoman.extract.offices import organisations, past, role_level, roles, singular
from dragoman.extract.page import Page
from dragoman.extract.roles import RolePhrase
from dragoman.extract.seats import join_seats
from dragoman.extract.spelling import fold

FACING = lexicon.words("holders", "facing")
LABOUR = lexicon.words("holders", "labour_offices")
FIRM = lexicon.words("holders", "firm_offices")
HELD_THERE = lexicon.words("holders", "held_there")

_FORMS = kinds.beside("forms")


_GOVERNING = frozenset(("leaders", "ministers"))


_PUBLIC = kinds.beside("public_offices")


def give_sides(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    towns: set[str],
) -> None:
    """Give each person roles, a side and a part, from the role phrases beside the names; then settle what is left."""
    owners = token_owners(page, cast)
    cast.called = callings(page, cast, owners)
    levels: dict[int, set[str]] = defaultdict(set)
    loose: dict[int, tuple[Name, RolePhrase]] = {}
    outside: set[int] = set()
    chains: list[tuple[int, int]] = []
    for n in names:
        index = owner.get(id(n))
        if index is None or cast.actors[index].kind != "person":
            continue
        person = cast.actors[index]
        if (
            n.title
            and n.honorific
            and n.honorific not in _FORMS
            and not any(r.title.lower() == n.honorific for r in person.roles)
        ):
            start, end = n.block.place_of(n.block.doc[n.title[0]], n.block.doc[n.title[1]])
            person.roles.append(RoleFound(page.quote((start, end)), None, (start, end)))
        for phrase in phrases.get(id(n), ()):
            of, out = affiliation(page, cast, phrase, owners)
            if n.extra.get("affiliation"):
                of = owners.get((n.block.start, int(n.extra["affiliation"])), of)
            if of == index:
                of = None
            levels[index].add(phrase.level)
            found = role_found(phrase, of)
            if found and all(found.title != r.title for r in person.roles):
                person.roles.append(found)
            if out:
                outside.add(index)
            elif of is not None and person.side is None and not past(phrase.title):
                target = cast.actors[of]
                if target.kind == "person":
                    chains.append((index, of))
                elif target.kind == "body" and target.side is not None:
                    person.side = target.side
                elif target.kind == "body" and not phrase.verb and of not in cast.mediators and not _own_master(target):
                    loose.setdefault(
                        index, (n, phrase)
                    )  # "Foreign Ministry spokesman": of what land, the context tells
                elif (
                    target.kind in ("state", "bloc", "armed_group", "union")
                    or of in cast.parties
                    or of in cast.mediators
                ):
                    person.side = of
                elif (not phrase.verb or phrase.block.doc[phrase.head].lower_ in roles().acting_for) and not set(
                    fold(target.name).split()
                ) & (kinds.beside("studying") | organisations().media):
                    person.side = of  # an officer of an organisation speaks for it
                elif set(fold(target.name).split()) & kinds.beside("public") and not set(
                    fold(target.name).split()
                ) & kinds.beside("studying"):
                    person.side = of
                else:
                    outside.add(index)
            elif of is None and not phrase.verb:
                loose.setdefault(index, (n, phrase))
    for index, phrase in loose_phrases(page, cast, owners, phrases):
        person = cast.actors[index]
        of, out = affiliation(page, cast, phrase, owners)
        if of is None or out or person.side is not None or index in outside or cast.actors[of].kind == "person":
            continue
        found = role_found(phrase, of)
        if found:
            person.roles.append(found)
        levels[index].add(phrase.level)
        side = cast.actors[of].side
        person.side = side if cast.actors[of].kind == "body" and side is not None else of
    for index, of in [*leading(page, cast, owners), *appointed(page, cast, owners)]:
        if cast.actors[index].side is None and index not in outside:
            cast.actors[index].side = of
    for index, of in chains:
        if cast.actors[index].side is None:
            cast.actors[index].side = _of_chain(cast, index, of)
    for index in sorted(loose):
        office = office_of(cast, loose[index][1])
        if office is not None and cast.actors[index].side is None:
            cast.actors[index].side = office
    join_seats(page, cast, owners, towns)
    for index in sorted(loose):
        if cast.actors[index].side is None and index not in outside:
            name, phrase = loose[index]
            cast.actors[index].side = _by_office(cast, phrase)
            if cast.actors[index].side is None:
                near = side_by_context(page, cast, index, name, phrase, levels[index], owners)
                other = _exclusive(cast, index, phrase.title) if near in cast.parties else None
                cast.actors[index].side = near if other is None else other
            if cast.actors[index].side is None:
                cast.actors[index].side = _named_before(cast, name, phrase)
            cast.actors[index].sure = False
    for index, of in chains:
        if cast.actors[index].side is None:
            cast.actors[index].side = _of_chain(cast, index, of)
    for index, side in _paired(page, cast, owners, outside):
        if cast.actors[index].side is None:
            cast.actors[index].side, cast.actors[index].sure = side, False
    for index, person in enumerate(cast.actors):
        if person.kind != "person":
            continue
        if index in outside and not (levels[index] - {"outside"} and person.side is not None):
            person.side = None
        person.part = cast.actors[person.side].part if person.side is not None else "outside"


def _of_chain(cast: Cast, index: int, of: int) -> int | None:
    """The side of somebody whose role is at a person: his own, or, for "his counterpart", the other one of two."""
    side = cast.actors[of].side
    words = {singular(w) for r in cast.actors[index].roles if r.of == of for w in r.title.lower().split()}
    if words & FACING:
        facing = len(cast.parties) == 2 and side in cast.parties
        return next(p for p in cast.parties if p != side) if facing else None
    return side


_FACING = frozenset(
    ("met", "meet", "meets", "meeting", "spoke", "speak", "talked", "talk", "call", "telephoned", "phoned", "summit")
)


def _paired(page: Page, cast: Cast, owners: Tokens, outside: set[int]) -> list[tuple[int, int]]:
    """(person, party) for who faces somebody of a known side in a pair: "a call between A and B", "A and B spoke".

    Only for people of whom nothing else is told: two of one delegation are seldom named in this way without a title.
    """
    if len(cast.parties) != 2:
        return []
    found: list[tuple[int, int]] = []
    for block, sentence in page.sentences():
        if not any(t.lower_ in _FACING for t in sentence):
            continue
        people = [(t, i) for t in sentence if (i := owners.get((block.start, t.i))) is not None]
        for token, i in people:
            if token.dep_ != "conj" or cast.actors[i].kind != "person":
                continue
            other = owners.get((block.start, token.head.i))
            if other is None or other == i or cast.actors[other].kind != "person":
                continue
            for one, two in ((i, other), (other, i)):
                side = cast.actors[two].side
                bare = cast.actors[one].side is None and not cast.actors[one].roles and one not in outside
                if bare and side in cast.parties and cast.actors[two].sure:
                    found.append((one, next(p for p in cast.parties if p != side)))
    return found


def _own_master(body: ActorFound) -> bool:
    """Whether a body without a side is its own master: "Northern Safeguards Office", not "Foreign Ministry"."""
    words = [w for w in body.name.lower().split() if w not in ("of", "the", "for", "and", "on")]
    own = [
        w
        for w in words
        if w not in roles().modifiers | roles().portfolios and singular(w) not in organisations().bodies
    ]
    return len(words) > 2 and bool(own) and "ministry" not in words


def _exclusive(cast: Cast, index: int, title: str) -> int | None:
    """The other of two states, where somebody else holds the same office in the one: each has but one president."""
    if len(cast.parties) != 2 or any(cast.actors[p].kind != "state" for p in cast.parties):
        return None
    office = [w for w in fold(title).split() if singular(w) in roles().level or w in roles().modifiers]
    if not office or roles().level.get(singular(office[-1])) not in _GOVERNING or past(title):
        return None
    taken = {
        a.side
        for i, a in enumerate(cast.actors)
        if i != index and a.kind == "person" and a.sure and a.side in cast.parties
        for r in a.roles
        if not past(r.title)
        and [w for w in fold(r.title).split() if singular(w) in roles().level or w in roles().modifiers] == office
    }
    return next(p for p in cast.parties if p not in taken) if len(taken) == 1 else None


def _by_office(cast: Cast, phrase: RolePhrase) -> int | None:
    """The one party that has such an office: a mayor is the town's, a dean the chapter's, a shop steward the union's.

    And whose name the title gives in one word: "Front leader", "Liberal leader".
    """
    doc = phrase.block.doc
    head = singular(doc[phrase.head].lower_)
    others = [i for i, a in enumerate(cast.actors) if a.kind not in ("person", "state") and a.names]
    for token in doc[phrase.first : phrase.head]:
        if token.text[:1].isupper() and singular(token.lower_) not in roles().modifiers and not role_level(token):
            named = [i for i in others if token.lower_ in {w for n in cast.actors[i].names for w in fold(n).split()}]
            if len(named) == 1:
                return named[0]
    for heads, words in lexicon.load("holders")["offices_of"]:
        if head in heads:
            theirs = [i for i in cast.parties if set(fold(cast.actors[i].name).split()) & set(words)]
            if len(theirs) == 1:
                return theirs[0]
    for offices, kind in ((LABOUR, ("union",)), (FIRM, ("company", "organisation"))):
        theirs = [i for i in cast.parties if kind_for(cast.actors[i]) in kind]
        if head in offices and len(theirs) == 1:
            return theirs[0]
    return None


def _named_before(cast: Cast, name: Name, phrase: RolePhrase) -> int | None:
    """Who was named last before in the paragraph: "At the federation they smile. Secretary general Ana Ruhl …"."""
    head = singular(phrase.block.doc[phrase.head].lower_)
    if head not in HELD_THERE or head in roles().mediating:
        return None
    here = cast.within(name.block.start, name.start)
    sentence = name.block.start + name.block.sentence(name.first).start_char
    for mention in reversed([m for m in here if m.start < sentence]):
        actor = cast.actors[mention.actor]
        if actor.kind == "person":
            return None
        if actor.kind != "body":
            return (
                mention.actor
                if mention.actor in (*cast.parties, *cast.mediators)
                or actor.kind in ("organisation", "union", "company", "armed_group", "bloc")
                else None
            )
    return None


def side_by_context(
    page: Page, cast: Cast, index: int, name: Name, phrase: RolePhrase, levels: set[str], owners: Tokens
) -> int | None:
    """The side of somebody whose title names none: by kind of title, by who speaks of whom, by who is named before."""
    head = singular(phrase.block.doc[phrase.head].lower_)
    parties = cast.parties
    title = phrase.title.lower()
    if (
        any(t in title for t in kinds.beside("union_titles"))
        and len(unions := [i for i in parties if cast.actors[i].kind == "union"]) == 1
    ):
        return unions[0]
    if (
        any(t in title for t in kinds.beside("firm_titles"))
        and len(firms := [i for i in parties if cast.actors[i].kind in ("company", "organisation")]) == 1
    ):
        return firms[0]
    if "commission" in title and len(blocs := [i for i in parties if cast.actors[i].kind == "bloc"]) == 1:
        return blocs[0]
    if head in roles().mediating:
        return cast.mediators[0] if len(cast.mediators) == 1 else None
    states = [i for i in parties if cast.actors[i].kind == "state"]
    others = [i for i in parties if cast.actors[i].kind != "state"]
    if head == "commissioner" and len(blocs := [i for i in parties if cast.actors[i].kind == "bloc"]) == 1:
        return blocs[0]
    if levels & _GOVERNING and len(states) == 1 and head != "commissioner":
        return states[0]
    if (
        head in ("executive", "director", "manager", "owner", "officer")
        and len(firms := [i for i in others if cast.actors[i].kind in ("company", "organisation")]) == 1
    ):
        return firms[0]
    if not (levels & _GOVERNING or head in _PUBLIC):
        return None
    own = _spoken_for(page, cast, name, owners, parties)
    if own is not None:
        return own
    here = name.block.sentence(name.first)
    if not any(
        cast.actors[i].kind in ("state", "bloc")
        for t in here
        if t.i < name.first and (i := owners.get((name.block.start, t.i))) is not None
    ):
        opposite = _opposite(page, cast, index, name, levels, owners)
        if opposite is not None:
            return opposite
    # the state named last before; not one that the same sentence gives to somebody else
    here_people = {owners.get((name.block.start, t.i)) for t in name.block.sentence(name.first)} - {index, None}
    others_ = {cast.actors[i].side for i in here_people if i is not None and cast.actors[i].kind == "person"}
    found = None
    for block, sentence in page.sentences():
        for token in sentence:
            if block.start + token.idx >= name.start:
                return found
            i = owners.get((block.start, token.i))
            if i is None:
                continue
            side = cast.actors[i].side
            i = side if side is not None and cast.actors[i].kind == "body" else i
            beside = (
                name.block.start == block.start
                and block.sentence(token.i).start == name.block.sentence(name.first).start
            )
            if (
                cast.actors[i].kind in ("state", "bloc")
                and cast.actors[i].names
                and i not in others_
                and (beside or i in parties)
            ):
                found = i
    return found


def _spoken_for(page: Page, cast: Cast, name: Name, owners: Tokens, parties: list[int]) -> int | None:
    """The party that the person says something of as of his own: "the minister said that Varonia would sign"."""
    verb = kinds.subject_of(name)
    if verb is None or verb.lower_ not in kinds.beside("speaking"):
        return None
    for clause in verb.children:
        if clause.dep_ != "ccomp":
            continue
        for child in clause.children:
            if child.dep_ == "nsubj":
                i = owners.get((name.block.start, child.i))
                if i is None and singular(child.lower_) in organisations().governments:
                    i = next(
                        (o for c in child.children if (o := owners.get((name.block.start, c.i))) is not None), None
                    )
                if (
                    i is not None
                    and (i in parties or cast.actors[i].kind == "state")
                    and any(c.dep_ == "aux" or c.lower_ == "not" for c in clause.children)
                ):
                    return i
    return None


def _opposite(page: Page, cast: Cast, index: int, name: Name, levels: set[str], owners: Tokens) -> int | None:
    """The other party, where somebody of the same rank and a known side is named with this person in one sentence."""
    if len(cast.parties) != 2:
        return None
    sentence = name.block.sentence(name.first)
    tokens = list(sentence)
    if any(t.lower_ in ("he", "she") and t.i < name.first for t in tokens) and sentence.start:
        tokens += list(name.block.sentence(sentence.start - 1))
    sides = set()
    for token in tokens:
        i = owners.get((name.block.start, token.i))
        if i is None or i == index or cast.actors[i].kind != "person" or not cast.actors[i].sure:
            continue
        theirs = {
            r
            for role in cast.actors[i].roles
            for w in role.title.lower().split()
            if (r := roles().level.get(singular(w)))
        }
        if cast.actors[i].side is not None and theirs & levels:
            sides.add(cast.actors[i].side)
    if len(sides) != 1 or not sides & set(cast.parties):
        return None
    other = next(p for p in cast.parties if p not in sides)
    if levels & _GOVERNING and cast.actors[other].kind in ("company", "union"):
        return None  # a minister is no manager, though he met the union's general secretary
    return other
