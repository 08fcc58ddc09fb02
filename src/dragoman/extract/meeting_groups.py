"""Which mentions are of one encounter.

Mentions that say enough by themselves start groups or join one that nothing contradicts (date, place, round, people,
kind, status); those that only point back ("the talks") then join the group that they fit best. It is the clustering
of event coreference, with the contradictions as hard limits and what two mentions share as the measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dragoman.extract.findings import DateFound, TimeFound, WhenFound
from dragoman.extract.meeting_clauses import has
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.meeting_times import names_event, together, when_beside, when_of
from dragoman.extract.ordinals import ordinal
from dragoman.extract.time_days import settle_when
from dragoman.extract.times import FUTURE

_CLOSE = 7
_NEAR = 3
"""Days: how wide a date may be to tell encounters by, and how far what is told around one may lie from its day."""


_Days = dict[int, DateFound | None]


@dataclass(slots=True)
class Group:
    """Mentions of one encounter, what they say of when it was, and which days that is."""

    told: list[Told] = field(default_factory=list)
    when: WhenFound | None = None
    date: DateFound | None = None
    beside: list[DateFound | None] = field(default_factory=list)

    def around(self, status: str | None) -> DateFound | None:
        """When the words around its mentions put it, if it is held as the other is."""
        if status not in (None, "held") or self.status != "held":
            return None
        return next((d for d in self.beside if d is not None), None)

    def settle(self, when: WhenFound | None, written: DateFound | None) -> None:
        """Take in what another mention says of when it was."""
        self.when = together(self.when, when, written)
        self.date = settle_when(self.when, written) if self.when is not None else None

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
    whens = {id(t): when_of(t, None) for t in told}
    days = {key: _settled(w, written) for key, w in whens.items()}
    weak = {id(t): _settled(when_beside(t), written) for t in told if t.strong}
    for one in (t for t in told if t.strong):
        if days[id(one)] is None and (anchor := _anchor_of(one, groups)) is not None:
            found = whens[id(one)] = when_of(one, anchor)
            days[id(one)] = _settled(found, written)
        best, most = None, 0
        for g in groups:
            fit = _fit(one, g, days, weak)
            if fit >= most and fit > 0:
                best, most = g, fit
        if best is None:
            best = Group()
            groups.append(best)
        best.told.append(one)
        best.beside.append(weak[id(one)])
        best.settle(whens[id(one)], written)
    for one in (
        t for t in told if not t.strong and (t.definite or (t.mediators and not t.noun and t.status == "held"))
    ):
        fits = [(_fit(one, g, days, weak, loose=True), i) for i, g in enumerate(groups)]
        fits = [f for f in fits if f[0] > 0]
        before = [f for f in fits if min(t.order for t in groups[f[1]].told) < one.order]
        fits = before or fits
        if fits:
            near = max(fits, key=lambda f: (f[0] // 3, -_away(one, groups[f[1]])))
            groups[near[1]].told.append(one)
    groups = _joined(groups, written)
    for g in groups:
        g.told.sort(key=lambda t: t.order)
    groups.sort(key=lambda g: g.told[0].order)
    _from_around(groups, written)
    return groups


def _settled(when: WhenFound | None, written: DateFound | None) -> DateFound | None:
    return settle_when(when, written) if when is not None else None


def _from_around(groups: list[Group], written: DateFound | None) -> None:
    """Give those that no mention dates by itself the times told around them, then what counts from another encounter.

    A time beside a mention is weaker than one of its own; it never decides which mentions are of one encounter.
    """
    for g in groups:
        if g.date is not None or g.series:
            continue
        loose = [t for t in g.told if not t.strong and t.noun and t.status in (None, g.status)]
        beside = [w for t in loose if (w := when_of(t, None)) is not None]
        beside += [w for t in g.told if t.beside and (w := when_beside(t)) is not None]
        found = next((w for w in beside if written is None or settle_when(w, written) is not None), None)
        if found is not None:
            g.settle(found, written)
    for g in groups:
        if g.date is not None:
            continue
        for one in g.told:
            if not one.strong or g.date is not None:
                continue
            when = _counted(one, g, groups)
            if when is not None:
                g.settle(when, written)


def _counted(one: Told, g: Group, groups: list[Group]) -> WhenFound | None:
    """When an encounter was that is told by its distance from another, one way round or the other."""
    others = [o for o in groups if o is not g and o.when is not None and o.when.how != "since"]
    for time in (t for t in one.times if t.form == "anchored"):
        whole = _named_by(time, one, others)
        if whole is not None and whole.when is not None:
            return WhenFound([replace(time, anchor=whole.when.times[0])])
    if one.counted is None:
        return None
    # "Two weeks after their first round they met again": the round was two weeks before.
    back = replace(one.counted, step=-one.counted.step)
    if one.counted.anchor is not None:
        return WhenFound([back])
    same = next(
        (o for o in others if any(t.block is one.block and t.order - one.order in (1, 2) for t in o.told)), None
    )
    return WhenFound([replace(back, anchor=same.when.times[0])]) if same is not None and same.when else None


def _named_by(time: TimeFound, one: Told, others: list[Group]) -> Group | None:
    """The encounter that an expression counts from: "the day before the round" from the one told of the most."""
    after = one.block.text[time.end - one.block.start :].split()[:4]
    number = next((n for word in after if (n := ordinal(word.strip(",.").lower()))), None)
    if number is not None:
        return next((o for o in others if o.first("round") == number), None)
    nouns = [low for w in after if has("nouns", low := w.strip(",.").lower()) or has("rounds", low)]
    if nouns:
        same = [o for o in others if any(t.trigger.lower_ == nouns[0] and t.order < one.order for t in o.told)]
        if len(same) > 1 or (same and not any(t.round for t in same[0].told)):
            return max(same, key=lambda o: max(t.order for t in o.told if t.order < one.order))
        told = [o for o in others if not any(t.earlier for t in o.told)] or others
        return max(told, key=lambda o: len(o.told), default=None)
    if names_event(time, one):
        return None
    before = [o for o in others if min(t.order for t in o.told) < one.order and not any(t.earlier for t in o.told)]
    return before[-1] if before else None


def _joined(groups: list[Group], written: DateFound | None) -> list[Group]:
    """Groups that are one encounter told on: the second gives no day of its own and nothing that contradicts the first.

    A report tells the day in its lead and who sat where in the paragraphs after it.
    """
    out: list[Group] = []
    for g in groups:
        before = next((o for o in reversed(out) if o.status == "held" and o.kind in ("talks", "trilateral")), None)
        if before is not None and _goes_on(before, g):
            before.told += g.told
            before.beside += g.beside
            before.settle(g.when, written)
        else:
            out.append(g)
    return out


def _goes_on(a: Group, b: Group) -> bool:
    """Whether a group tells on of the one before it."""
    if b.status != "held" or b.kind not in ("talks", "trilateral") or (b.date and a.date):
        return False
    if _far(a.date, b.around(None), b.date) or _far(b.date, a.around(None), a.date):
        return False
    if (a.date is not None and a.date.basis == "stated") or any(t.series or t.earlier for g in (a, b) for t in g.told):
        return False
    if any(t.apart for g in (a, b) for t in g.told):
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


def _anchor_of(one: Told, groups: list[Group]) -> TimeFound | None:
    """When the encounter was that "the day before" counts from: the one told nearest before.

    What repeats an encounter ("as they had done a week earlier") counts from that.
    """
    counting = [t for t in one.times if t.form == "anchored"]
    if not counting:
        return None
    if one.model is not None:
        model = next((g.when for g in groups if any(t is one.model for t in g.told)), None)
        return model.times[0] if model is not None else None
    held = [g for g in groups if g.when is not None and g.when.how != "since"]
    if counting[0].text.lower().endswith(("before", "after", "of", "earlier")):
        named = _named_by(counting[0], one, held)
        if named is not None and named.when is not None:
            return named.when.times[0]
        if names_event(counting[0], one):
            return None
    whens = (g.when for g in reversed(groups) if g.told[-1].status == "held")
    return next((w.times[0] for w in whens if w is not None and w.how != "since"), None)


def _formats_clash(one: Told, g: Group) -> bool:
    other = g.first("format")
    if one.format and other:
        return bool(one.format != other)
    far = (one.format in ("video", "phone") and g.first("place")) or (other in ("video", "phone") and one.place)
    return bool(far)


def _clash(a: DateFound | None, b: DateFound | None) -> bool:
    return a is not None and b is not None and (a.end < b.start or b.end < a.start)


def _far(known: DateFound | None, around: DateFound | None, own: DateFound | None) -> bool:
    """Whether a date lies well away from when the words around another mention, without a date of its own, put it."""
    if known is None or around is None or own is not None:
        return False
    return _days_between(known, around) > _NEAR


def _days_between(a: DateFound, b: DateFound) -> int:
    gaps = (date.fromisoformat(x.start) - date.fromisoformat(y.end) for x, y in ((a, b), (b, a)))
    return max(0, *(gap.days for gap in gaps))


def _narrow(day: DateFound | None) -> bool:
    """Whether a date is close enough to tell encounters by."""
    return day is not None and (date.fromisoformat(day.end) - date.fromisoformat(day.start)).days <= _CLOSE


def _times_clash(one: Told, other: Told) -> bool:
    """Whether two mentions name different days by their words alone."""
    ahead = one.status in ("scheduled", "proposed") and other.status in ("scheduled", "proposed")
    near = [{_recent(t) for t in told.times or told.beside} for told in (one, other)]
    if not ahead and {True, False} <= near[0] | near[1] and not near[0] & near[1]:
        return True
    for a in one.times:
        for b in other.times:
            if a.form == b.form == "weekday" and a.weekday != b.weekday and a.direction == b.direction:
                return True
            if a.form == b.form == "weekday" and abs(a.step - b.step) > 1:
                return True  # "on Monday", "a week ago on Monday"
            if a.form == b.form == "calendar" and a.day and b.day and (a.month, a.day) != (b.month, b.day):
                # Two days that touch may be one plan told twice.
                return not (ahead and a.month == b.month and abs(a.day - b.day) == 1)
    return False


def _recent(time: TimeFound) -> bool | None:
    """Whether a time is of the days around the writing, or is told by its month or year, as nobody tells of those."""
    if time.form == "weekday" or (time.form == "offset" and time.unit == "day"):
        return True
    if time.form == "calendar" and time.day is None and time.direction != FUTURE:
        return False
    return None


def _away(one: Told, g: Group) -> int:
    return min((abs(one.order - t.order) for t in g.told), default=10**6)


def _fit(one: Told, g: Group, days: _Days, weak: _Days, loose: bool = False) -> int:
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
    if loose and g.kind == "summit" and g.kind != one.kind and has("rounds", one.trigger.lower_):
        return 0  # "the round" is none of leaders, nor a ceremony
    if loose and one.kind == "summit" and g.kind != "summit" and g.level != "leaders":
        return 0
    pair = len(one.people) > 1 and set(one.people) == set(g.together("people"))
    if not loose and (one.kind == "summit") != (g.kind == "summit") and not (one.level == g.level == "leaders" or pair):
        return 0
    dated = _narrow(mine) and _narrow(g.date)
    if not loose and (_far(mine, g.around(one.status), g.date) or _far(g.date, weak.get(id(one)), mine)):
        return 0
    if _clash(mine, g.date) or (not dated and any(_times_clash(one, t) for t in g.told)):
        return 0
    place, number = g.first("place"), g.first("round")
    if one.place and place and one.place != place:
        return 0
    if one.country and (land := g.first("country")) and one.country != land:
        return 0
    if one.round and number and one.round != number:
        return 0
    if not loose and ((one.apart and (number or g.first("venue"))) or (one.round and any(t.apart for t in g.told))):
        return 0  # "met alone on the margins of the third round"
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
    known = dated or bool(one.place and place) or bool(one.round and number) or land
    wish = one.status == g.status and g.status in ("declined", "proposed") and set(one.people) <= set(people)
    if (
        not loose
        and not known
        and not (wish and one.people)
        and one.kind != "call"
        and (len(one.people) >= 2) != (len(people) >= 2)
    ):
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
    fit = 1 + 4 * dated + 2 * bool(one.place and one.place == place) + 2 * bool(one.round and number)
    if loose and one.noun and any(t.trigger.lower_ == one.trigger.lower_ for t in g.told):
        fit += 3 * (one.trigger.lower_ not in ("talks", "negotiations"))
    return fit + 2 * bool(set(one.people) & set(people)) + bool(one.sides and set(one.sides) == set(sides))
