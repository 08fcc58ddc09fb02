"""Seats of government that no gazetteer knows: towns that act stand for a party, if it can be told for which."""

from __future__ import annotations

from collections import Counter, defaultdict

from dragoman.extract import kinds
from dragoman.extract.affiliation import Tokens
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.offices import polity, single_polity
from dragoman.extract.page import Page


def merge(cast: Cast, gone: int, into: int) -> None:
    """Make one actor of two; `gone` keeps its place in the list, without names, so that no index moves."""
    a, b = cast.actors[gone], cast.actors[into]
    for name, span in a.names.items():
        if name not in b.names or span < b.names[name]:
            b.names[name] = span
    b.mentions += a.mentions
    a.names, a.mentions = {}, 0
    cast.mentions = [Mention(m.start, m.end, into, m.form) if m.actor == gone else m for m in cast.mentions]
    cast.parties = [i for i in cast.parties if i != gone]
    cast.mediators = [i for i in cast.mediators if i != gone]
    for actor in cast.actors:
        if actor.side == gone:
            actor.side = into
        for role in actor.roles:
            if role.of == gone:
                role.of = into


def join_seats(page: Page, cast: Cast, owners: Tokens, towns: set[str]) -> None:
    """Unknown towns that act are the seats of a party's government: find whose, by who is named against whom.

    "Tolm offered ninety; Varonia's envoy ...": a land of a single name in which things happen too, and without a people
    of its own, stands for the party that it is never set against. Only where one party is left.
    """
    _join_heads(page, cast)
    _join_party_seat(cast, towns)
    lonely = [
        i
        for i in range(len(cast.actors))
        if is_lonely(cast, i, towns)
        and i not in cast.mediators
        and (i not in cast.parties or any(single_polity(n) for n in cast.actors[i].names))
    ]
    acting = [i for i in range(len(cast.actors)) if i not in lonely and _may_be_seat(cast, i)]
    lonely += acting
    holders = [
        i
        for i, a in enumerate(cast.actors)
        if (a.kind in ("state", "bloc") or (a.kind == "organisation" and i in cast.parties))
        and i not in lonely
        and (i in cast.parties or _landed(cast, i))
        and i not in cast.mediators
    ]
    against: dict[int, Counter[int]] = defaultdict(Counter)
    for block, sentence in page.sentences():
        present = {owners[(block.start, t.i)] for t in sentence if (block.start, t.i) in owners}
        for i in present & set(lonely):
            against[i].update(present - {i})
    last: int | None = None
    for block, sentence in page.sentences():
        inside = {owners[(block.start, t.i)] for t in sentence if (block.start, t.i) in owners}
        people = [i for i in inside if cast.actors[i].kind == "person"]
        speaks = any(
            t.lower_ in ("he", "she") and t.head.lower_ in kinds.beside("speaking") | {"suggested", "indicated", "went"}
            for t in sentence
        )
        teller = people[0] if len(people) == 1 else last if speaks and not people else None
        if teller is not None and (home := cast.actors[teller].side) is not None:
            for i in inside & set(lonely):
                against[i][home] -= 2  # whoever speaks of a capital's will speaks mostly of his own
        if people:
            last = people[-1]
    for i, holder in _capitals(page, cast, owners):
        if i in lonely and holder in holders and i != holder:
            lonely.remove(i)
            merge(cast, i, holder)
    pending = list(lonely)
    while pending:
        choices = []
        for i in pending:
            ranked = sorted(
                (
                    h
                    for h in holders
                    if not _other_polity(cast, i, h)
                    and (h in cast.parties if i in acting else cast.actors[h].kind != "organisation")
                ),
                key=lambda h: (against[i][h], h not in cast.parties, h),
            )
            if not ranked:
                continue
            margin = against[i][ranked[1]] - against[i][ranked[0]] if len(ranked) > 1 else 1
            if len(ranked) > 1 and not margin and (ranked[0] in cast.parties) > (ranked[1] in cast.parties):
                margin = 2 if len(cast.parties) < 2 or ranked[1] not in cast.parties else 1
            if i in acting and (len(ranked) < 2 or against[i][ranked[0]] == against[i][ranked[1]]):
                continue  # nothing on the page tells whose it is
            choices.append((margin, -i, i, ranked[0]))
        if not choices:
            break
        margin, _, i, holder = max(choices)
        if margin < 1:
            break
        pending.remove(i)
        for other in pending:
            against[other][holder] += against[other][i]
        merge(cast, i, holder)


def _join_heads(page: Page, cast: Cast) -> None:
    """Take "the Concord", and "the Seven", for the "Concord of Seven" that is named too, where but one is named so."""
    for gone, actor in enumerate(cast.actors):
        if actor.kind in ("person", "body") or actor.key or len(actor.names) != 1:
            continue
        name = next(iter(actor.names))
        if " " in name or not all(_after_the(page, m) for m in cast.mentions if m.actor == gone and m.form == "name"):
            continue
        whole = [
            i
            for i, other in enumerate(cast.actors)
            if i != gone
            and other.kind not in ("person", "body", "union")
            and any(
                n.startswith((f"{name} of ", f"{name} for ")) or n.endswith((f" of {name}", f" of the {name}"))
                for n in other.names
                if " of " in n or " for " in n
            )
        ]
        if len(whole) == 1:
            into = whole[0]
            if gone in cast.parties and into not in cast.parties:
                cast.parties = [into if i == gone else i for i in cast.parties]
            if cast.actors[into].part == "outside" or actor.part == "party":
                cast.actors[into].part = actor.part
            merge(cast, gone, into)


def _after_the(page: Page, mention: Mention) -> bool:
    return page.text[max(0, mention.start - 4) : mention.start].lower() == "the "


def _join_party_seat(cast: Cast, towns: set[str]) -> None:
    """Take a party that is but a town for the seat of the one land that is named besides, and is on no other side."""
    lonely = [i for i in cast.parties if is_lonely(cast, i, towns)]
    if len(lonely) != 1 or any(cast.actors[i].kind in ("state", "bloc") for i in cast.parties if i not in lonely):
        return
    lands = [
        i
        for i, a in enumerate(cast.actors)
        if a.kind == "state"
        and a.key is None
        and i not in cast.mediators
        and i not in cast.parties
        and not is_lonely(cast, i, towns)
        and ((a.names and a.mentions > 1) or _landed(cast, i))
    ]
    if len(lands) == 1:
        cast.parties = [lands[0] if i == lonely[0] else i for i in cast.parties]
        cast.actors[lands[0]].part = "party"
        merge(cast, lonely[0], lands[0])


def _other_polity(cast: Cast, i: int, holder: int) -> bool:
    """Whether one is called "the Kingdom" and the other has a polity of another kind in its name."""
    word = next((n for n in cast.actors[i].names if single_polity(n)), None)
    heads = {n.split()[0] for n in cast.actors[holder].names if polity(n) or single_polity(n)}
    return word is not None and bool(heads) and word not in heads


def _capitals(page: Page, cast: Cast, owners: Tokens) -> list[tuple[int, int]]:
    """(town, land) where a town is said to be a land's capital: "Port Ruhl, the Varonian capital"."""
    found = []
    for block in page.blocks:
        doc = block.doc
        for token in doc:
            if token.lower_ != "capital" or token.i < 3:
                continue
            land = next(
                (
                    o
                    for k in range(token.i - 1, max(token.i - 4, -1), -1)
                    if (o := owners.get((block.start, k))) is not None
                ),
                None,
            )
            comma = next((k for k in range(token.i - 1, max(token.i - 6, -1), -1) if doc[k].text == ","), None)
            town = (
                owners.get((block.start, comma - 1))
                if comma
                else owners.get((block.start, token.i + 1)) or owners.get((block.start, min(token.i + 2, len(doc) - 1)))
            )
            if land is not None and town is not None and town != land:
                found.append((town, land))
    return found


def _may_be_seat(cast: Cast, i: int) -> bool:
    """Whether a land of a single name, without a people, that acts beside two parties may be the seat of one of them.

    Nothing is said to happen there, so it may be a land as well: only who it is named against decides.
    """
    actor = cast.actors[i]
    lands = [p for p in cast.parties if cast.actors[p].kind in ("state", "bloc", "organisation")]
    return (
        actor.kind == "state"
        and actor.key is None
        and actor.part in ("supporter", "outside")
        and len(actor.names) == 1
        and " " not in next(iter(actor.names))
        and len(lands) == len(cast.parties) == 2
        and i not in (*cast.parties, *cast.mediators)
        and any(cast.actors[p].kind == "state" for p in lands)
        and not _landed(cast, i)
        and not any(single_polity(n) or polity(n) for n in actor.names)
        and not any(other.side == i for other in cast.actors if other.kind == "body")
    )


def _landed(cast: Cast, i: int) -> bool:
    """Whether an actor is a land that no gazetteer knows and that has an adjective of its own on the page."""
    return cast.actors[i].key is None and any(m.actor == i and m.form == "adjective" for m in cast.mentions)


def is_lonely(cast: Cast, i: int, towns: set[str]) -> bool:
    """Whether an actor is a land that only one name stands for, that of a place, and no adjective."""
    actor = cast.actors[i]
    return (
        actor.kind == "state"
        and actor.key is None
        and len(actor.names) == 1
        and set(actor.names) <= towns
        and not _landed(cast, i)
    )
