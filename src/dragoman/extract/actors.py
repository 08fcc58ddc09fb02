"""Who is on a page: names gathered into actors, with their kinds, roles, sides and parts, and every mention of them."""

from __future__ import annotations

import itertools

from dragoman.extract import gazetteer, kinds
from dragoman.extract.affiliation import token_owners
from dragoman.extract.bodies import add_bodies
from dragoman.extract.cast import Cast, Mention, PlaceFound
from dragoman.extract.coreference import add_nominals, add_pronouns
from dragoman.extract.findings import Attribution
from dragoman.extract.gathering import (
    actor_found,
    gather,
    mark_acronyms,
    mark_peoples,
    mark_short_firms,
    only_place,
    split_states,
    unmark_common,
)
from dragoman.extract.names import Name, find_names
from dragoman.extract.offices import organisation_kind, organisations, polity, single_polity, singular
from dragoman.extract.page import Page
from dragoman.extract.parties import give_parts
from dragoman.extract.roles import RolePhrase, role_phrases
from dragoman.extract.sides import give_sides


def find_cast(page: Page, attributions: list[Attribution] | None = None) -> Cast:
    """The actors of a page, their mentions and the places.

    `attributions`, where they are known, tell which offices and bodies speak in their own name.
    """
    names, titles = find_names(page)
    split_states(names)
    phrases = {id(n): role_phrases(n) for n in names}
    _plural_titles(names, phrases)
    dateline = page.quote(page.layout.dateline).strip(" ,.-–—").title() if page.layout.dateline else None
    votes = kinds.vote(names, phrases, dateline)
    unknown = dict.fromkeys(n.text for n in names if n.form == "name" and not n.code)
    decided = {text: kinds.decide(text, votes[text]) for text in unknown}
    mark_peoples(names, decided)
    short_for = mark_acronyms(names, decided)
    mark_short_firms(decided)
    unmark_common(names, decided)
    drafts = gather(names, decided, short_for)
    cast = Cast()
    owner: dict[int, int] = {}
    for draft in drafts:
        index = len(cast.actors)
        cast.actors.append(actor_found(draft))
        for n in draft.names:
            if n.form == "name" and only_place(n, draft):
                cast.places.append(PlaceFound(n.start, n.end, n.text, _country(n)))
                continue
            owner[id(n)] = index
            form = "adjective" if n.form == "adjective" else "name"
            if (
                form == "adjective"
                and n.last + 1 < len(n.block.doc)
                and n.block.doc[n.last + 1].lower_ in kinds.beside("land_words")
            ):
                cast.places.append(PlaceFound(n.start, n.end, draft_name(cast, index), None))
            cast.mentions.append(Mention(n.start, n.end, index, form))
    for n in names:
        if (
            id(n) not in owner
            and n.form == "name"
            and (decided.get(n.text) == kinds.PLACE or n.text in gazetteer.towns())
        ):
            cast.places.append(PlaceFound(n.start, n.end, n.text, _country(n)))
    if page.layout.dateline:
        start, end = page.layout.dateline
        word = page.text[start:end].strip(" ,.-–—").title()
        cast.places.append(PlaceFound(start, end, word, gazetteer.towns().get(word)))
    cast.mentions.sort(key=lambda m: (m.start, m.end))
    cast.places.sort(key=lambda p: (p.start, p.end))
    seats = {t for t, k in decided.items() if k == kinds.STATE and (votes[t][kinds.LOCATED] or single_polity(t))}
    _firms(page, cast, {t for t in decided if votes[t][kinds.LOCATED]})
    give_parts(page, cast, names, owner, phrases, seats)
    give_sides(page, cast, names, owner, phrases, seats)
    add_nominals(page, cast, titles)
    add_pronouns(page, cast)
    return _without_bystanders(page, cast, attributions or [])


def _firms(page: Page, cast: Cast, towns: set[str]) -> None:
    """Take unknown lands for firms where the page speaks of a firm: nothing happens in them, no people is named so."""
    firms = kinds.beside("firms") | {"management"}
    said = sum(
        t.lower_ in firms and t.i > 0 and t.nbor(-1).lower_ in ("the", "its", "a", "an", "both")
        for b in page.blocks
        for t in b.doc
    )
    ruled = sum(t.lower_ in kinds.beside("governing") for b in page.blocks for t in b.doc)
    if said < 2:
        return
    lands = {m.actor for m in cast.mentions if m.form == "adjective" or _governed(page, m.end)}
    for i, actor in enumerate(cast.actors):
        unknown = actor.kind == "organisation" and all(organisation_kind(n) is None for n in actor.names)
        if unknown or (
            actor.kind == "state"
            and actor.key is None
            and said > ruled
            and i not in lands
            and not towns & set(actor.names)
            and not any(polity(n) for n in actor.names)
        ):
            actor.kind = "company"


def _governed(page: Page, end: int) -> bool:
    """Whether what ends here has a government, a president, a parliament: "X's prime minister"."""
    words = page.text[end : end + 40].replace("’", "'").split()
    lex = organisations()
    return (
        bool(words)
        and words[0] == "'s"
        and any(
            singular(w.strip(".,")) in lex.governments | lex.bodies or w in ("president", "minister", "army")
            for w in words[1:4]
        )
    )


def _country(n: Name) -> str | None:
    states = gazetteer.states()
    if n.text in gazetteer.towns():
        return gazetteer.towns()[n.text]
    if n.code and n.code in states.by_code:
        return states.by_code[n.code].short
    return None


def _plural_titles(names: list[Name], phrases: dict[int, list[RolePhrase]]) -> None:
    """Deal "Keldonian and Varonian Foreign Ministers A B and C D" out: the second adjective and title go to C D."""
    for a, b in itertools.pairwise(names):
        if not a.title or a.block is not b.block or b.title:
            continue
        doc = a.block.doc
        head = doc[a.title[1]]
        between = [t.lower_ for t in doc[a.last + 1 : b.first]]
        if singular(head.lower_) == head.lower_ or between not in (["and"], [","]):
            continue
        b.title = a.title
        phrases[id(b)] = list(phrases.get(id(a), []))
        first = a.title[0]
        if (first >= 2 and doc[first - 1].lower_ == "and") or (
            first >= 1 and doc[first].text[0].isupper() and doc[first - 1].lower_ in ("and",)
        ):
            a.extra["affiliation"] = str(first - 2)


def draft_name(cast: Cast, index: int) -> str:
    """The name of an actor."""
    return cast.actors[index].name


def _without_bystanders(page: Page, cast: Cast, attributions: list[Attribution]) -> Cast:
    """Add bodies that speak, and leave out names in passing: who neither speaks, meets, has a role nor is on a side."""
    add_bodies(page, cast, attributions)
    speaking = {m.actor for a in attributions for start, end in a.source for m in cast.within(start, end)}
    behind = {a.side for a in cast.actors if a.side is not None} | {
        r.of for a in cast.actors for r in a.roles if r.of is not None
    }
    acting = _acting(page, cast)
    peoples = {i for i, a in enumerate(cast.actors) if a.kind == "state" and a.key is None and len(a.names) > 1}
    kept = []
    for i, actor in enumerate(cast.actors):
        active = actor.part in ("party", "mediator") or i in speaking or i in acting or i in peoples
        if actor.kind == "person":
            active = active or bool(actor.roles) or actor.mentions > 1
        elif actor.kind in ("company", "union", "bloc", "armed_group"):
            active = active or i in behind or actor.mentions > 2
        else:
            active = active or i in behind
        if active and (actor.names or i in behind or (actor.part in ("party", "mediator") and actor.mentions)):
            kept.append(i)
    new = {old: index for index, old in enumerate(kept)}
    actors = [cast.actors[i] for i in kept]
    for actor in actors:
        actor.side = new.get(actor.side) if actor.side is not None else None
        for role in actor.roles:
            role.of = new.get(role.of) if role.of is not None else None
    return Cast(
        actors,
        [Mention(m.start, m.end, new[m.actor], m.form) for m in cast.mentions if m.actor in new],
        cast.places,
        [new[i] for i in cast.parties if i in new],
        [new[i] for i in cast.mediators if i in new],
        cast.unnamed,
    )


def _acting(page: Page, cast: Cast) -> set[int]:
    """The actors that are the subject of a verb somewhere, or meet somebody."""
    found = set()
    owners = token_owners(page, cast)
    for block in page.blocks:
        for token in block.doc:
            i = owners.get((block.start, token.i))
            if i is None or i in found:
                continue
            root = token
            while root.head.i != root.i and owners.get((block.start, root.head.i)) == i:
                root = root.head
            if root.dep_ == "pobj" and root.head.lower_ == "of" and cast.actors[i].kind in ("state", "bloc"):
                place = kinds.beside("venues") | kinds.beside("polities") | kinds.beside("land_words")
                if root.head.head.lower_ not in place and root.head.head.pos_ in ("NOUN", "PROPN"):
                    found.add(i)
            after = block.doc[token.i + 1 : token.i + 4]
            if (
                len(after) > 1
                and after[0].lower_ in ("'s", "’s")
                and any(singular(t.lower_) in organisations().bodies for t in after[1:])
            ):
                found.add(i)
            if (
                root.dep_ in ("nsubj", "nsubjpass", "agent")
                or (root.dep_ == "appos" and root.head.dep_ in ("nsubj", "nsubjpass"))
                or (root.dep_ == "pobj" and root.head.lower_ in ("by", "with", "between"))
                or (root.dep_ == "conj" and owners.get((block.start, root.head.i)) in found)
            ):
                found.add(i)
    return found
