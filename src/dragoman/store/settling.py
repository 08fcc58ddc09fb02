"""What follows at once from documents that came or went: who is who.

Profiles that share a key may be one actor. From the keys that were touched we go breadth first to all profiles that can
be reached over shared keys, resolve these anew, and leave all others alone.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from dragoman.resolve.actors import Profile, resolve_component
from dragoman.resolve.ids import make_id
from dragoman.store.models import (
    ActorRow,
    ProfileKeyRow,
    ProfileRow,
)
from dragoman.store.queries import delete_rows, rows_of

_RANKS = ("party", "mediator", "host", "supporter", "outside")


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touched: keys of profiles, and actors whose profiles are no more."""

    keys: set[str]
    actors: set[str]


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
    delete_rows(connection, ProfileRow.id, unused)
    if counted:
        query = update(ProfileRow.__table__).where(ProfileRow.id == bindparam("this"))  # type: ignore[arg-type]
        connection.execute(query.values(places=bindparam("places")), counted)
    if fresh:
        connection.execute(insert(ProfileRow), fresh)
        connection.execute(insert(ProfileKeyRow), fresh_keys)
    return Touched(keys, {actor for id_ in unused if (actor := there[id_][1]) is not None})


def dump_profile(profile: Profile) -> str:
    """A profile as the store keeps it."""
    return json.dumps(dataclasses.asdict(profile), ensure_ascii=False, separators=(",", ":"))


def load_profile(data: str) -> Profile:
    """A profile from what `dump_profile` made."""
    return Profile(**{name: _hashable(value) for name, value in json.loads(data).items()})


def _hashable(value: Any) -> Any:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


# -- actors ---------------------------------------------------------------------------------------------------------


def resolve_actors(connection: Connection, touched: Touched) -> list[str]:
    """Resolve anew all profiles that can be reached from the touched keys.

    Returns: the profiles, of those that were there before, that are another actor now.
    """
    by_key, was = _reach(connection, touched.keys)
    loaded = {
        id_: (load_profile(data), places)
        for id_, data, places in rows_of(
            connection, select(ProfileRow.id, ProfileRow.data, ProfileRow.places), ProfileRow.id, was
        )
    }
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
    delete_rows(connection, ActorRow.id, touched.actors.union(filter(None, was.values()), actors))
    if actors:
        connection.execute(insert(ActorRow), list(actors.values()))
    changed = [id_ for id_, actor in now.items() if was[id_] != actor]
    if changed:
        query = update(ProfileRow.__table__).where(ProfileRow.id == bindparam("this"))  # type: ignore[arg-type]
        connection.execute(query.values(actor=bindparam("now")), [{"this": id_, "now": now[id_]} for id_ in changed])
    return [id_ for id_ in changed if was[id_] is not None]


def _reach(connection: Connection, keys: set[str]) -> tuple[dict[str, list[str]], dict[str, str | None]]:
    """All profiles by key that can be reached from the keys over shared keys, and for each who it was until now."""
    by_key: dict[str, list[str]] = {}
    was: dict[str, str | None] = {}
    frontier = set(keys)
    holders = select(ProfileKeyRow.key, ProfileKeyRow.profile, ProfileRow.actor).join(
        ProfileRow, ProfileRow.id == ProfileKeyRow.profile
    )
    while frontier:
        met: set[str] = set()
        for key, profile, actor in rows_of(connection, holders, ProfileKeyRow.key, frontier):
            by_key.setdefault(key, []).append(profile)
            if profile not in was:
                was[profile] = actor
                met.add(profile)
        theirs = rows_of(connection, select(ProfileKeyRow.key).distinct(), ProfileKeyRow.profile, met)
        frontier = {key for (key,) in theirs} - by_key.keys()
    return by_key, was


def _components(by_key: Mapping[str, list[str]]) -> list[list[str]]:
    """Groups of profiles that hang together over keys, each sorted, in a certain order (union-find)."""
    parent: dict[str, str] = {}

    def root(profile: str) -> str:
        while parent.setdefault(profile, profile) != profile:
            parent[profile] = profile = parent[parent[profile]]
        return profile

    for profiles in by_key.values():
        first = root(profiles[0])
        for other in profiles[1:]:
            parent[root(other)] = first
    groups: dict[str, list[str]] = {}
    for profile in sorted(parent):
        groups.setdefault(root(profile), []).append(profile)
    return sorted(groups.values())
