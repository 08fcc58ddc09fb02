"""What follows at once from documents that came or went: who is who.

Profiles that share a key may be one actor. From the keys that were touched we go breadth first to all profiles that can
be reached over shared keys, resolve these anew, and leave all others alone.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from dragoman.resolve.actors import Profile, resolve_component
from dragoman.resolve.ids import make_id
from dragoman.store.models import (
    AccountActorRow,
    AccountRow,
    ActorRow,
    AgreedActorRow,
    AgreedRow,
    LocalActorRow,
    OutlookRow,
    PositionRow,
    ProfileKeyRow,
    ProfileRow,
)
from dragoman.store.queries import delete_rows, rows_of, several

_RANKS = ("party", "mediator", "host", "supporter", "outside")


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touched: keys of profiles, actors whose profiles are no more, and the keys that those had."""

    keys: set[str]
    actors: set[str]
    lost: set[str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Profiles that are another actor now; actors that became a side of the matter, or are none any longer; actors who
    have another name now; and actors who speak for another side now."""

    moved: list[str]
    turned: set[str]
    renamed: set[str]
    sided: set[str]


# -- profiles -------------------------------------------------------------------------------------------------------


def count_profiles(connection: Connection, counts: Mapping[str, int], profiles: Mapping[str, Profile]) -> Touched:
    """Count profiles up and down; new ones are written, those that no document has any longer are deleted.

    Args:
        connection: in a transaction that writes.
        counts: for each profile touched, how many places more or fewer it now has (perhaps as many as before).
        profiles: the profiles by id, at least those that are new.
    """
    there = {
        id_: (places, actor)
        for id_, places, actor in rows_of(
            connection, select(ProfileRow.id, ProfileRow.places, ProfileRow.actor), ProfileRow.id, counts
        )
    }
    keys = {key for (key,) in rows_of(connection, select(ProfileKeyRow.key), ProfileKeyRow.profile, there)}
    counted, unused, fresh, fresh_keys = [], [], [], []
    for id_, more in counts.items():
        places = more + (there[id_][0] if id_ in there else 0)
        if id_ in there:
            if places > 0:
                counted.append({"this": id_, "places": places})
            else:
                unused.append(id_)
        elif places > 0:
            fresh.append({"id": id_, "data": dump_profile(profiles[id_]), "places": places, "actor": None})
            # One without a key is reached by nobody, but must be reached itself.
            own = sorted(profiles[id_].keys) or [f"profile:{id_}"]
            fresh_keys += [{"key": key, "profile": id_} for key in own]
            keys.update(own)
    lost = {key for (key,) in rows_of(connection, select(ProfileKeyRow.key), ProfileKeyRow.profile, unused)}
    delete_rows(connection, ProfileRow.id, unused)
    if counted:
        query = update(ProfileRow.__table__).where(ProfileRow.id == bindparam("this"))  # type: ignore[arg-type]
        connection.execute(query.values(places=bindparam("places")), counted)
    if fresh:
        connection.execute(insert(ProfileRow), fresh)
        connection.execute(insert(ProfileKeyRow), fresh_keys)
    return Touched(keys, {actor for id_ in unused if (actor := there[id_][1]) is not None}, lost)


def dump_profile(profile: Profile) -> str:
    """A profile as the store keeps it."""
    return json.dumps(dataclasses.asdict(profile), ensure_ascii=False, separators=(",", ":"))


@functools.lru_cache(30_000)
def load_profile(data: str) -> Profile:
    """A profile from what `dump_profile` made.

    Whoever shares a key with somebody new is resolved again, so that most are asked for again and again: they are kept,
    with the id and keys that they once worked out.
    """
    return Profile(**{name: _hashable(value) for name, value in json.loads(data).items()})


def _hashable(value: Any) -> Any:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


# -- actors ---------------------------------------------------------------------------------------------------------


def resolve_actors(connection: Connection, touched: Touched) -> Resolved:
    """Resolve anew all profiles that can be reached from the touched keys.

    Returns: what, of what was there before, is another now.
    """
    by_key = _reach(connection, touched.keys)
    loaded: dict[str, tuple[Profile, int]] = {}
    was: dict[str, str | None] = {}
    columns = (ProfileRow.id, ProfileRow.data, ProfileRow.places, ProfileRow.actor)
    for some in several(sorted(by_key)):
        holding = select(ProfileKeyRow.profile).where(ProfileKeyRow.key.in_(some))
        for id_, data, places, actor in connection.execute(select(*columns).where(ProfileRow.id.in_(holding))).all():
            loaded[id_] = load_profile(data), places
            was[id_] = actor
    actors: dict[str, dict[str, Any]] = {}
    now: dict[str, str] = {}
    for component in _components(by_key):
        members = [loaded[id_] for id_ in component]
        for draft, ids in resolve_component(members):
            # Two of one name in one component are told apart by what documents say of them.
            actor = draft.id if draft.id not in actors else make_id("a", draft.id, min(ids))
            actors[actor] = {
                "id": actor,
                "name": draft.name,
                "names": list(draft.names),
                "kind": draft.kind,
                "part": draft.part,
                "side_key": draft.side_key,
                "rank": _RANKS.index(draft.part),
                "places": sum(loaded[id_][1] for id_ in ids),
            }
            now.update(dict.fromkeys(ids, actor))
    before = touched.actors.union(filter(None, was.values()), actors)
    old = {row.id: row for row in _actor_rows(connection, before)}
    both = [(old[id_]._asdict(), actor) for id_, actor in actors.items() if id_ in old]
    turned = {actor["id"] for was_, actor in both if _is_side(was_) != _is_side(actor)}
    renamed = {actor["id"] for was_, actor in both if was_["name"] != actor["name"]}
    sided = {actor["id"] for was_, actor in both if was_["side_key"] != actor["side_key"]}
    delete_rows(connection, ActorRow.id, before)
    if actors:
        connection.execute(insert(ActorRow), list(actors.values()))
    changed = [id_ for id_, actor in now.items() if was[id_] != actor]
    if changed:
        query = update(ProfileRow.__table__).where(ProfileRow.id == bindparam("this"))  # type: ignore[arg-type]
        connection.execute(query.values(actor=bindparam("now")), [{"this": id_, "now": now[id_]} for id_ in changed])
    sided |= _of_other_sides(connection, by_key, was, now, {id_: row.places for id_, row in old.items()}, touched.lost)
    return Resolved([id_ for id_ in changed if was[id_] is not None], turned, renamed, sided)


def _is_side(actor: Mapping[str, Any]) -> bool:
    """Whether claims of documents that name an actor are taken to be of one negotiation."""
    return bool(actor["part"] == "party" and actor["kind"] != "person")


def _actor_rows(connection: Connection, ids: set[str]) -> Iterator[Any]:
    columns = (ActorRow.id, ActorRow.name, ActorRow.kind, ActorRow.part, ActorRow.side_key, ActorRow.places)
    for some in several(ids):
        yield from connection.execute(select(*columns).where(ActorRow.id.in_(some))).all()


def _of_other_sides(
    connection: Connection,
    by_key: Mapping[str, list[str]],
    was: Mapping[str, str | None],
    now: Mapping[str, str],
    places: Mapping[str, int],
    lost: set[str],
) -> set[str]:
    """The actors that speak for another now, since the key of their side leads to another actor.

    Args:
        connection: in a transaction that writes; actors are resolved already.
        by_key: the profiles that were resolved, by key.
        was: which actor each was.
        now: which actor each is.
        places: in how many places each actor was named.
        lost: keys that a profile had that is no more.
    """
    asked = set(connection.scalars(select(ActorRow.side_key).distinct().where(ActorRow.side_key.is_not(None))))
    keys = {key for key in asked if key is not None and (key in by_key or key in lost)}
    held = {now[id_] for key in keys for id_ in by_key.get(key, ())}
    named = dict(rows_of(connection, select(ActorRow.id, ActorRow.places), ActorRow.id, held))
    other = lost & keys
    for key in keys - lost:
        theirs = by_key[key]
        before = max(((places[a], a) for id_ in theirs if (a := was[id_]) is not None), default=None)
        after = max((named[now[id_]], now[id_]) for id_ in theirs)
        if before is None or before[1] != after[1]:
            other.add(key)
    return {id_ for (id_,) in rows_of(connection, select(ActorRow.id), ActorRow.side_key, other)}


def documents_naming(
    connection: Connection, profiles: Iterable[str], actors: Iterable[str], speakers: Iterable[str]
) -> tuple[set[str], set[str]]:
    """The documents that name one of the profiles or actors, and those in which one of the speakers is heard.

    Args:
        connection: its transaction is what is seen.
        profiles: ids.
        actors: ids.
        speakers: ids of actors whose name is asked for only where they are heard.
    """
    of_actor = select(ProfileRow.id)
    named = {id_ for (id_,) in rows_of(connection, of_actor, ProfileRow.actor, actors)}.union(profiles)
    heard = {id_ for (id_,) in rows_of(connection, of_actor, ProfileRow.actor, speakers)} - named
    local = select(LocalActorRow.document).distinct()
    found = {document for (document,) in rows_of(connection, local, LocalActorRow.profile, named)}
    hearing: set[str] = set()
    there = {document for (document,) in rows_of(connection, local, LocalActorRow.profile, heard)} - found
    stands = select(PositionRow.document, PositionRow.party, PositionRow.teller, PositionRow.addressee)
    outlooks = select(OutlookRow.document, OutlookRow.holder)
    met = select(AccountRow.document, AccountActorRow.profile)
    met = met.join(AccountActorRow, AccountActorRow.account == AccountRow.id)
    agreed = select(AgreedRow.document, AgreedActorRow.profile)
    agreed = agreed.join(AgreedActorRow, AgreedActorRow.account == AgreedRow.id)
    for query, model in ((stands, PositionRow), (outlooks, OutlookRow), (met, AccountRow), (agreed, AgreedRow)):
        for document, *told in rows_of(connection, query, model.document, there):
            if not heard.isdisjoint(told):
                hearing.add(document)
    return found, hearing


def documents_of(connection: Connection, actors: Iterable[str]) -> set[str]:
    """The documents with a stand or an outlook of one of the actors, which count as their side's."""
    profiles = {id_ for (id_,) in rows_of(connection, select(ProfileRow.id), ProfileRow.actor, actors)}
    found: set[str] = set()
    for document, column in ((PositionRow.document, PositionRow.party), (OutlookRow.document, OutlookRow.holder)):
        found |= {id_ for (id_,) in rows_of(connection, select(document).distinct(), column, profiles)}
    return found


def _reach(connection: Connection, keys: set[str]) -> dict[str, list[str]]:
    """All profiles by key that can be reached from the keys over shared keys."""
    by_key: dict[str, list[str]] = {}
    # In one string for each key: some have thousands of profiles, and a row costs more than an id.
    holders = select(ProfileKeyRow.key, func.aggregate_strings(ProfileKeyRow.profile, " ")).group_by(ProfileKeyRow.key)
    other = aliased(ProfileKeyRow)
    beside = select(other.key).distinct().join(ProfileKeyRow, ProfileKeyRow.profile == other.profile)
    frontier = set(keys)
    while frontier:
        found = {key: ids.split() for key, ids in rows_of(connection, holders, ProfileKeyRow.key, frontier)}
        by_key |= found
        frontier = {key for (key,) in rows_of(connection, beside, ProfileKeyRow.key, found)} - by_key.keys()
    return by_key


def _components(by_key: Mapping[str, list[str]]) -> list[list[str]]:
    """Groups of profiles that hang together over keys, each sorted, in a certain order (union-find over the keys)."""
    parent: dict[str, str] = {}
    under: dict[str, str] = {}  # for each profile one of its keys

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    for key, profiles in by_key.items():
        for first in {under.setdefault(profile, key) for profile in profiles}:
            parent[root(first)] = root(key)
    groups: dict[str, list[str]] = {}
    for profile in sorted(under):
        groups.setdefault(root(under[profile]), []).append(profile)
    return sorted(groups.values())
