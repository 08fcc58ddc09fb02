"""Which mentions are of one encounter.

Mentions that say enough by themselves start groups or join one that nothing contradicts (date, place, round, people,
kind, status); those that only point back ("the talks") then join the group that they fit best. It is the clustering
of event coreference, with the contradictions as hard limits and what two mentions share as the measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dragoman.extract.findings import DateFound
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.times import FUTURE, PAST, TimeFound, settle


@dataclass(slots=True)
class Group:
    """Mentions of one encounter, and its date."""

    told: list[Told] = field(default_factory=list)
    date: DateFound | None = None

    def together(self, name: str) -> list[int]:
        """What the mentions say of who, without repetition, in their order."""
        out: list[int] = []
        strong = [t.order for t in self.told if t.strong]
        for told in self.told:
            # A mention that only points back, from afar, may mean the whole process: it adds nobody.
            if not told.strong and told.status is None and min((abs(told.order - o) for o in strong), default=0) > 2:
                continue
            out += [r for r in getattr(told, name) if r not in out]
        return out

    def first(self, name: str) -> Any:
        """The first value that a mention gives of a field, or None."""
        return next((v for t in self.told if (v := getattr(t, name)) is not None), None)

    @property
    def kind(self) -> str:
        """The kind by the mention that says the most."""
        kinds = [t.kind for t in self.told]
        for kind in ("call", "trilateral", "visit", "summit", "forum"):
            if kind in kinds:
                return kind
        return "talks"

    @property
    def level(self) -> str | None:
        """The level that a mention names that says enough by itself."""
        return next((t.level for t in self.told if t.level and t.strong), None)

    @property
    def status(self) -> str:
        """The latest status: put off or called off, then held, then how firmly it is planned."""
        off = ("postponed", "cancelled", "declined")
        given = [t.status for t in self.told if t.status and (t.strong or (t.definite and t.status in off))]
        for status in ("postponed", "cancelled", "held", "scheduled", "proposed", "declined"):
            if status in given:
                return status
        return "held"

    @property
    def series(self) -> bool:
        """Whether it is a series of encounters."""
        return any(t.series for t in self.told)


def group(told: list[Told], written: DateFound | None) -> list[Group]:
    """The groups, in the order in which the text first tells of them."""
    groups: list[Group] = []
    days = {id(t): day_of(t, written, None) for t in told}
    for one in (t for t in told if t.strong):
        _anchor(one, groups, days, written)
        best, most = None, 0
        for g in groups:
            fit = _fit(one, g, days)
            if fit >= most and fit > 0:
                best, most = g, fit
        if best is None:
            best = Group()
            groups.append(best)
        best.told.append(one)
        best.date = _narrow(best.date, days[id(one)])
    for one in (
        t for t in told if not t.strong and (t.definite or (t.mediators and not t.noun and t.status == "held"))
    ):
        fits = [(_fit(one, g, days, loose=True), i) for i, g in enumerate(groups)]
        fits = [f for f in fits if f[0] > 0]
        before = [f for f in fits if min(t.order for t in groups[f[1]].told) < one.order]
        fits = before or fits
        if fits:
            near = max(fits, key=lambda f: (f[0] // 3, -_away(one, groups[f[1]])))
            groups[near[1]].told.append(one)
    groups = _joined(groups)
    for g in groups:
        g.told.sort(key=lambda t: t.order)
    return sorted(groups, key=lambda g: g.told[0].order)


def _joined(groups: list[Group]) -> list[Group]:
    """Groups that are one encounter told on: the second gives no day of its own and nothing that contradicts the first.

    A report tells the day in its lead and who sat where in the paragraphs after it.
    """
    out: list[Group] = []
    for g in groups:
        before = next((o for o in reversed(out) if o.status == "held" and o.kind in ("talks", "trilateral")), None)
        if before is not None and _goes_on(before, g):
            before.told += g.told
            before.date = _narrow(before.date, g.date)
        else:
            out.append(g)
    return out


def _goes_on(a: Group, b: Group) -> bool:
    """Whether a group tells on of the one before it."""
    if b.status != "held" or b.kind not in ("talks", "trilateral") or (b.date and a.date):
        return False
    if (a.date is not None and a.date.basis == "stated") or any(t.series or t.earlier for g in (a, b) for t in g.told):
        return False
    for name in ("place", "country", "round", "format", "level"):
        mine, theirs = a.first(name), b.first(name)
        if mine and theirs and mine != theirs:
            return False
    if "experts" in (a.level, b.level) or (a.level != b.level and b.level in ("leaders", "ministers")):
        return False
    if any(t.times for t in b.told) and b.date is None:
        return False
    people, others = set(a.together("people")), set(b.together("people"))
    if people and others and not people & others:
        return False
    near = min(t.block.start for t in b.told) - max(t.block.end for t in a.told)
    return near < 400 and (set(b.together("sides")) <= set(a.together("sides")) or not a.together("sides"))


def day_of(told: Told, written: DateFound | None, anchor: DateFound | None) -> DateFound | None:
    """The days that a mention's own words give."""
    way = FUTURE if told.status in ("scheduled", "postponed", "proposed") else PAST if told.status == "held" else None
    times = told.times
    since = [t for t in times if told.block.text[: t.start - told.block.start].lower().endswith("since ")]
    helpers = {c.lower_ for c in told.trigger.children if c.dep_ == "aux"}
    lasting = not told.noun and told.trigger.tag_ == "VBN" and bool(helpers & {"has", "have"})
    if (told.series or lasting) and since and written is not None:
        first = settle(since[0], written, anchor, PAST)
        return DateFound(first.start, written.end, f"since {first.text}", first.basis) if first else None
    if (told.noun or told.trigger.tag_ != "VBG") and (len(times) > len(since) or not told.noun):
        times = [t for t in times if t not in since]
    if told.status in ("postponed", "cancelled", "declined") and told.noun and not told.moved:
        # "was put off on Monday" dates the decision; "Monday's session" and "until Wednesday" the encounter.
        times = [t for t in times if _of_encounter(t, told)]
    if told.status == "postponed":
        times = times[-1:]
    found = [d for t in times if (d := settle(t, written, anchor, _way(t, way))) is not None]
    if not found:
        return None
    near = sorted(found, key=lambda d: (_length(d), found.index(d)))[0]
    others = [d for d in found if d is not near and abs(_gap(d, near)) <= 2 and _length(d) <= 2]
    if len(others) and told.status == "held" and len(times) == 2 and _length(near) == 0:
        both = [near, *others]
        return DateFound(min(d.start for d in both), max(d.end for d in both), near.text, near.basis)
    return near


def _of_encounter(time: TimeFound, told: Told) -> bool:
    doc, span = told.block.doc, told.block.tokens(time.start, time.end)
    if span is None or not len(span):
        return False
    before = doc[span.start - 1].lower_ if span.start else ""
    anew = span.root.dep_ == "pobj" and span.root.head.head.lower_ in ("held", "place", "moved", "open", "resume")
    return told.trigger.is_ancestor(span.root) or before in ("until", "till", "to", "for") or (before == "on" and anew)


def _way(time: TimeFound, way: int | None) -> int | None:
    """The tense of the encounter rules that of the clause, save where the words themselves say."""
    if time.form == "weekday" and time.step == 0:
        return way if way is not None else time.direction
    if time.form == "calendar" and time.year is None:
        return way if way is not None else time.direction
    return None


def _length(day: DateFound) -> int:
    return (date.fromisoformat(day.end) - date.fromisoformat(day.start)).days


def _gap(a: DateFound, b: DateFound) -> int:
    return (date.fromisoformat(a.start) - date.fromisoformat(b.start)).days


def _anchor(one: Told, groups: list[Group], days: dict[int, DateFound | None], written: DateFound | None) -> None:
    """Settle "the day before" by the encounter told nearest before."""
    if days[id(one)] is None and any(t.form == "anchored" for t in one.times):
        anchor = next((g.date for g in reversed(groups) if g.date is not None and g.told[-1].status == "held"), None)
        days[id(one)] = day_of(one, written, anchor)


def _narrow(a: DateFound | None, b: DateFound | None) -> DateFound | None:
    if a is None or b is None:
        return a or b
    return a if _length(a) <= _length(b) else b


def _formats_clash(one: Told, g: Group) -> bool:
    other = g.first("format")
    if one.format and other:
        return bool(one.format != other)
    far = (one.format in ("video", "phone") and g.first("place")) or (other in ("video", "phone") and one.place)
    return bool(far)


def _clash(a: DateFound | None, b: DateFound | None) -> bool:
    return a is not None and b is not None and (a.end < b.start or b.end < a.start)


def _times_clash(one: Told, other: Told) -> bool:
    """Whether two mentions name different days by their words alone."""
    ahead = one.status in ("scheduled", "proposed") and other.status in ("scheduled", "proposed")
    for a in one.times:
        for b in other.times:
            if a.form == b.form == "weekday" and a.weekday != b.weekday and a.direction == b.direction:
                return True
            if a.form == b.form == "calendar" and a.day and b.day and (a.month, a.day) != (b.month, b.day):
                # Two days that touch may be one plan told twice.
                return not (ahead and a.month == b.month and abs(a.day - b.day) == 1)
    return False


def _away(one: Told, g: Group) -> int:
    return min((abs(one.order - t.order) for t in g.told), default=10**6)


def _fit(one: Told, g: Group, days: dict[int, DateFound | None], loose: bool = False) -> int:
    """How much a mention shares with a group; 0 where something contradicts or nothing is shared."""
    mine = days[id(one)]
    kinds = {one.kind, g.kind}
    if (
        len(kinds) > 1
        and kinds & {"call", "trilateral", "visit", "forum"}
        and not (loose and one.kind == "talks" and g.kind != "call")
    ):
        return 0
    if not loose and "experts" in (one.level, g.level) and one.level != g.level:
        return 0
    if loose and one.kind == "summit" and g.kind != "summit" and g.level != "leaders":
        return 0
    if not loose and (one.kind == "summit") != (g.kind == "summit") and not (one.level == g.level == "leaders"):
        return 0
    if _clash(mine, g.date) or ((mine is None or g.date is None) and any(_times_clash(one, t) for t in g.told)):
        return 0
    place, number = g.first("place"), g.first("round")
    if one.place and place and one.place != place:
        return 0
    if one.country and (land := g.first("country")) and one.country != land:
        return 0
    if one.round and number and one.round != number:
        return 0
    if one.series != g.series:
        return 0
    if not loose and one.earlier != any(t.earlier for t in g.told) and not (mine and g.date):
        return 0
    if one.level and g.level and one.level != g.level:
        return 0
    if _formats_clash(one, g):
        return 0
    people, sides = g.together("people"), g.together("sides")
    mine_only, theirs_only = set(one.people) - set(people), set(people) - set(one.people)
    if one.people and people and (not set(one.people) & set(people) or (mine_only and theirs_only)):
        return 0
    if one.sides and sides and not set(one.sides) & set(sides):
        return 0
    subset = set(one.sides) <= set(sides) or set(sides) <= set(one.sides)
    if one.kind in ("call", "visit") and not (
        set(one.sides) == set(sides) or (one.kind == "call" and subset and not g.first("mediators"))
    ):
        return 0
    land = bool(one.country and one.country == g.first("country"))
    known = bool(mine and g.date) or bool(one.place and place) or bool(one.round and number) or land
    if not loose and not known and one.kind != "call" and (len(one.people) >= 2) != (len(people) >= 2):
        return 0
    history = [d for d in (mine, g.date) if d is not None and d.basis == "stated"]
    if not loose and not known and history and (mine is None or g.date is None):
        return 0  # a day told with its year is of another story than one without
    again = one.when and bool(set(one.people) & set(people))
    if one.status and one.status != g.status and not loose and not again and not (one.round and one.round == number):
        if "held" in (one.status, g.status) and not (one.status == "proposed" and one.place and one.place == place):
            return 0  # save that what was proposed for a place came about there
        firm = {"declined", "cancelled", "postponed"} & {one.status, g.status}
        if firm and not (one.definite or (mine and g.date)):
            return 0
        if "proposed" in (one.status, g.status) and not known and g.kind != "summit":
            return 0
    if loose and one.status and (one.status == "held") != (g.status == "held"):
        return 0
    if loose and one.status == "scheduled" and g.status in ("declined", "cancelled"):
        return 0
    fit = 1 + 4 * bool(mine and g.date) + 2 * bool(one.place and one.place == place) + 2 * bool(one.round and number)
    if loose and one.noun and any(t.trigger.lower_ == one.trigger.lower_ for t in g.told):
        fit += 3 * (one.trigger.lower_ not in ("talks", "negotiations"))
    return fit + 2 * bool(set(one.people) & set(people)) + bool(one.sides and set(one.sides) == set(sides))
