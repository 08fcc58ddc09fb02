"""Who is who across documents.

Every document has its own cast; a `Profile` is one actor as some documents have it. Profiles that share a key are
candidates for one another and are resolved together, apart from all others: so adding a document costs what its own
actors cost, and the order of reading cannot matter. Within a component states and organisations are one actor; people
of one surname are told apart by their given names and sides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from dragoman.extract.findings import ActorFound, Findings
from dragoman.extract.offices import organisation_kind, organisations, polity
from dragoman.extract.spelling import fold, land_stem, parts, same_person, skeleton, skeletons
from dragoman.resolve.ids import make_id

_SMALL = frozenset(("of", "the", "for", "and", "s", "de", "la", "le"))
_PARTS = ("party", "mediator", "host", "supporter", "outside")


@dataclass(frozen=True)
class Profile:
    """One actor as some documents have it, without its places in them.

    `keys` are what it may be known by elsewhere, `side_keys` those of its side, which is `sure` where it is told.
    """

    kind: str
    name: str
    names: tuple[str, ...]
    part: str
    key: str | None
    side_keys: tuple[str, ...]
    sure: bool = True

    @cached_property
    def keys(self) -> frozenset[str]:
        """What this actor may be known by in other documents; two profiles that share one are resolved together."""
        return frozenset(_keys(self.kind, self.name, self.names, self.key))

    @cached_property
    def id(self) -> str:
        """A stable identifier, from all that the profile says."""
        return make_id("p", self.kind, self.name, self.names, self.part, self.key, self.side_keys, self.sure)


class ActorDraft(NamedTuple):
    """An actor of the record; its side is given by a key of the side's own."""

    id: str
    name: str
    names: list[str]
    kind: str
    part: str
    side_key: str | None


def _bag(name: str) -> str:
    return " ".join(sorted(w for w in fold(name).split() if w not in _SMALL))


def _land(stem: str) -> str:
    return f"land:{skeleton(stem) or stem}"


def _keys(kind: str, name: str, names: tuple[str, ...], key: str | None) -> set[str]:
    if key is not None:
        return {key}
    # a name of one word may be taken for a person in one document and for a land in another
    one = {f"one:{fold(name)}"} if len(name.split()) == 1 else set()
    if kind == "person":
        surname = parts(name)[-1] if parts(name) else name
        halves = [half for half in (surname, *surname.split("-")) if half]
        return {f"person:{each or fold(half)}" for half in halves for each in skeletons(half)} | {
            f"one:{fold(surname)}"
        }
    if kind == "state":
        lands = set()
        for each in names or (name,):
            words = each.split()
            if words[-1].lower() in organisations().governments:
                words = words[:-1]
            land = polity(" ".join(words)) or " ".join(words)
            if land:
                lands.add(_land(land_stem(land)))
                if land.endswith(("an", "ians", "ans", "ish", "ese", "er", "ers")):
                    lands.add(_land(land_stem(land, derived=True)))
        return (lands or {_land(land_stem(name))}) | one
    found = one | {f"{'body' if kind == 'body' else 'name'}:{_bag(name) or fold(name)}"}
    if kind != "body":
        found |= {f"name:{fold(n)}" for n in names if n.isupper() and n.isalpha() and len(n) >= 3}
        found.add(f"name:{fold(name).replace(' ', '')}")  # Dockworkers, Dock Workers
        short = [n for n in names if len(n.split()) == 1 and not n.isupper() and organisation_kind(n) is None]
        found |= {f"one:{fold(n)}" for n in short}  # what a firm is called without "Terminals" may be all another has
        words = _bag(name).split() if kind != "person" else []
        found |= {f"tail:{a} {b}" for a, b in combinations(words, 2)} if len(words) <= 6 else set()
    return found


def profiles_of(findings: Findings) -> list[Profile]:
    """A profile for each actor of a document, in their order there."""

    def profile(actor: ActorFound) -> Profile:
        side: tuple[str, ...] = ()
        if actor.side is not None:
            other = findings.actors[actor.side]
            side = tuple(sorted(_keys(other.kind, other.name, tuple(sorted(other.names)), other.key)))
        return Profile(actor.kind, actor.name, tuple(sorted(actor.names)), actor.part, actor.key, side, actor.sure)

    return [profile(actor) for actor in findings.actors]


def resolve_component(profiles: list[tuple[Profile, int]]) -> list[tuple[ActorDraft, list[str]]]:
    """The actors that profiles connected by their keys stand for.

    Args:
        profiles: each with the number of documents that have it; in any order.

    Returns: each actor with the ids of its profiles; the same for the same profiles, whatever their order.
    """
    ordered = sorted(profiles, key=lambda p: p[0].id)
    lands = Counter({fold(n): 0 for p, _ in ordered if p.kind != "person" for n in (p.name,)})
    for profile, count in ordered:
        if profile.kind != "person":
            lands[fold(profile.name)] += count
    # "Varonia says" alone looks like a person's name; where others know it as a land or an organisation it is that
    # and "Ruhl wants" alone looks like a land, where others give Ruhl a first name
    names = {profile.name for profile, _ in ordered if profile.kind == "person"}
    surnames = {fold(parts(name)[-1]) for name in names if len(parts(name)) > 1}

    def is_person(profile: Profile, count: int) -> bool:
        one = len(parts(profile.name)) == 1
        if profile.kind == "person":
            return not (one and lands[fold(profile.name)] > count and fold(profile.name) not in surnames)
        return (
            one
            and profile.kind == "state"
            and profile.key is None
            and len(profile.names) == 1
            and fold(profile.name) in surnames
        )

    people = [p for p in ordered if is_person(*p)]
    apart = {p[0].id for p in people}
    others = [p for p in ordered if p[0].id not in apart]
    groups = _people(people)
    groups += _others(others)
    drafts = [(_draft(group), sorted(p.id for p, _ in group)) for group in groups]
    return sorted(drafts, key=lambda d: d[0].id)


def _others(profiles: list[tuple[Profile, int]]) -> list[list[tuple[Profile, int]]]:
    """Groups of profiles that are one state or organisation.

    Who shares a name, an acronym or a code is one; a shortened name ("the River Commission") is the one longer name
    that has its words, or stays by itself where several do.
    """
    groups: list[list[tuple[Profile, int]]] = []
    keys: list[set[str]] = []
    for item in profiles:
        own = {k for k in item[0].keys if not k.startswith("tail:")}
        mine = [i for i, theirs in enumerate(keys) if theirs & own]
        if not mine:
            groups.append([item])
            keys.append(own)
            continue
        first, *rest = mine
        groups[first].append(item)
        keys[first] |= own
        for i in reversed(rest):
            groups[first] += groups.pop(i)
            keys[first] |= keys.pop(i)

    def longest(group: list[tuple[Profile, int]]) -> list[str]:
        return max((_bag(p.name).split() for p, _ in group), key=lambda w: (len(w), w))

    long = sorted(groups, key=lambda g: (-len(longest(g)), longest(g)))
    kept: list[list[tuple[Profile, int]]] = []
    for group in long:
        words = longest(group)
        fitting = [g for g in kept if len(words) > 1 and len(longest(g)) > len(words) and set(words) <= set(longest(g))]
        if len(fitting) == 1 and fitting[0][0][0].kind != "state":
            fitting[0].extend(group)
        else:
            kept.append(group)
    return kept


def _people(profiles: list[tuple[Profile, int]]) -> list[list[tuple[Profile, int]]]:
    """Groups of profiles that are one person: full names first, then surnames to the one full name that fits.

    Names are compared, not profiles: thousands of documents know a person by a handful of names.
    """
    by_name: dict[str, list[tuple[Profile, int]]] = {}
    for item in profiles:
        by_name.setdefault(item[0].name, []).append(item)
    said = {name: sum(count for _, count in items) for name, items in by_name.items()}
    full = [name for name in by_name if len(parts(name)) > 1]
    named: list[list[str]] = []
    for name in sorted(full, key=lambda n: (-said[n], n)):
        for others in named:
            if any(same_person(name, other) for other in others):
                others.append(name)
                break
        else:
            named.append([name])
    groups = [[item for name in names for item in by_name[name]] for names in named]
    spellings = [{n for p, _ in group for n in (p.name, *p.names)} for group in groups]
    sides = [{k for p, _ in group if p.sure for k in p.side_keys} for group in groups]
    for name in sorted(by_name.keys() - set(full)):
        fits = {spelling: same_person(name, spelling) for spelling in set().union(*spellings, (name,))}
        for item in by_name[name]:
            own = set(item[0].side_keys) if item[0].sure else set()  # an inferred side keeps nobody apart
            fitting = [i for i, met in enumerate(spellings) if any(fits[n] for n in met if n in fits)]
            if len(fitting) > 1:
                same = [i for i in fitting if sides[i] & own]
                fitting = same if len(same) == 1 else fitting
            theirs = {k for i in fitting for k in sides[i]}
            if len(fitting) == 1 and (not theirs or not own or theirs & own):
                at = fitting[0]
            else:
                at = len(groups)
                groups.append([])
                spellings.append(set())
                sides.append(set())
            groups[at].append(item)
            spellings[at] |= {item[0].name, *item[0].names}
            sides[at] |= own
            fits |= {spelling: same_person(name, spelling) for spelling in item[0].names if spelling not in fits}
    return groups


def _draft(group: list[tuple[Profile, int]]) -> ActorDraft:
    # Plain dictionaries: there are thousands of profiles of some actors, and they are counted for each new document.
    names: set[str] = set()
    titles: dict[str, int] = {}
    kinds: dict[str, int] = {}
    roles: dict[str, int] = {}
    sides: dict[str, int] = {}
    for profile, count in group:
        names.update(profile.names)
        titles[profile.name] = titles.get(profile.name, 0) + count
        kinds[profile.kind] = kinds.get(profile.kind, 0) + count
        roles[profile.part] = roles.get(profile.part, 0) + count
        # what a document tells outweighs what was inferred from the context in however many
        weight = count * (1000 if profile.sure else 1)
        for key in profile.side_keys:
            sides[key] = sides.get(key, 0) + weight
    person = max(kinds, key=lambda k: kinds[k]) == "person"
    name = min(titles, key=lambda n: (-len(parts(n)) if person else 0, -titles[n], n))
    # "outside" and "supporter" are what is left where a document tells no more: any other part outweighs them
    told = {p: c for p, c in roles.items() if p not in ("outside", "supporter")} or roles
    part = min(told, key=lambda p: (-told[p], _PARTS.index(p)))
    side = min(sides, key=lambda k: (-sides[k], k)) if sides else None
    known = next((p.key for p, _ in group if p.key), None)
    identity = known or min(k for p, _ in group for k in p.keys if not k.startswith(("tail:", "one:")))
    first = min((fold(n) for n in titles), default="") if person else ""
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    return ActorDraft(make_id("a", identity, first), name, sorted(names), kind, part, side)
