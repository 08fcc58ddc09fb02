"""How far two parties are apart, as far as that can be told: issue by issue, what is not known beside every figure.

What each figure means, and what it does not:

- Open items come first. An issue is open if both have a stand of their own on it and no agreement of both covers it.
- Red lines come before any mean: what one rejects of that which the other demands or proposes. Averages hide vetoes.
  A rejection whose words do not show that it is the same thing is named too, as one that may be of another.
- The gap of an issue is the widest among those of its stands that can be compared (`dragoman.report.comparing`).
- D = sum of w·d / sum of w over the issues that are measured; with the coverage c, the weight of these among all that
  are not agreed, it lies between D·c (all others are settled) and D·c + (1 - c) (all others are wide open).
- No D below `ENOUGH_ISSUES` measured issues or `ENOUGH_COVERAGE`: one issue is no distance between parties, and below a
  half the bounds are further apart than any difference that D could show.
- Who moved: m_p = d(p0, q0) - d(p1, q0), m_q = d(p0, q0) - d(p0, q1); what is left is d(p1, q1). More than 0 is nearer.

Only what a party says in its own words, as its present stand, is measured. Silence is no stance. Reprints change
nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.report.agreements import Commitment
from dragoman.report.comparing import LADDER, STEPS, WANTS, Apart, apart
from dragoman.report.stands import Stand, Stands
from dragoman.resolve.gist import Index, alike, other_number

ENOUGH_ISSUES = 3
"""So many issues must be measured before a distance over them is given …"""

ENOUGH_COVERAGE = 0.5
"""… and this share, by weight, of the issues that are not agreed."""


@dataclass(frozen=True)
class Pair:
    """Two stands that can be compared, the first party's and the second's."""

    first: Stand
    second: Stand
    apart: Apart


@dataclass(frozen=True)
class IssueGap:
    """What is known of an issue that is not agreed: both parties' own stands, the pairs that can be compared (the
    widest first), agreements that do not settle it (in principle, disputed, broken …), and its weight."""

    issue: str
    first: tuple[Stand, ...]
    second: tuple[Stand, ...]
    pairs: tuple[Pair, ...] = ()
    agreements: tuple[Commitment, ...] = ()
    weight: float = 1.0

    @property
    def open(self) -> bool:
        """Whether both have a stand of their own."""
        return bool(self.first and self.second)

    @property
    def d(self) -> float | None:
        """How far apart they are, 0 to 1; None where their stands cannot be compared."""
        return self.pairs[0].apart.d if self.pairs else None


@dataclass(frozen=True)
class Covered:
    """An issue that agreements of both cover, and the stands taken on it since that are more than a yes."""

    issue: str
    agreements: tuple[Commitment, ...]
    since: tuple[Stand, ...]


@dataclass(frozen=True)
class RedLine:
    """What one party rejects and the other wants; `sure` if their words show that it is the same thing."""

    issue: str
    rejects: Stand
    wants: Stand
    sure: bool = True


@dataclass(frozen=True)
class Moved:
    """Who moved on an issue since a day: m of the first and the second (more than 0: nearer), and what is left.

    A figure is None where the stands concerned cannot be compared. `before` and `after` are the stands it rests on.
    """

    issue: str
    day: str | None
    start: float
    first: float | None
    second: float | None
    left: float | None
    before: tuple[Stand, ...]
    after: tuple[Stand, ...]


@dataclass(frozen=True)
class Distance:
    """D over the measured issues; `value` and bounds are None where too little is known. Coverage is always there."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float
    measured: int
    of: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """Congruence and conflict of talk (Discourse Network Analyzer): climate, not positions."""

    congruence: float
    conflict: float
    issues: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """All that is told of two parties, in the order in which it should be read."""

    parties: tuple[str, str]
    issues: tuple[IssueGap, ...]
    covered: tuple[Covered, ...]
    red_lines: tuple[RedLine, ...]
    distance: Distance
    moves: tuple[Moved, ...]
    talk: Talk | None

    @property
    def open(self) -> tuple[IssueGap, ...]:
        """The open items."""
        return tuple(issue for issue in self.issues if issue.open)


def between(
    stands: Stands,
    first: str,
    second: str,
    commitments: Iterable[Commitment] = (),
    since: str | None = None,
    weights: Mapping[str, float] | None = None,
) -> Between:
    """The gaps between two parties.

    Args:
        stands: of the record.
        first: a party's id.
        second: another one's.
        commitments: the ledger, as known on the same day.
        since: what held before this day is where moves are counted from; None for the first day on which an issue could
            be measured.
        weights: of issues, if a person gives any; the others weigh 1. They must not be negative.

    Raises:
        ValueError: the parties are the same, or a weight is negative.
    """
    if first == second:
        raise ValueError("a party is no distance from itself")
    if weights and min(weights.values()) < 0:
        raise ValueError("a weight cannot be negative")
    both = [c for c in commitments if {first, second} <= set(c.parties)]
    issues, covered = [], []
    for issue in stands.issues:
        if not (stands.on(first, issue) or stands.on(second, issue)):
            continue
        own = tuple(stands.present(first, issue)), tuple(stands.present(second, issue))
        on_it = tuple(c for c in both if c.agreement.issue == issue)
        settled = tuple(c for c in on_it if c.covers)
        if settled:
            covered.append(Covered(issue, settled, _since(settled, itertools.chain(*own))))
            continue
        pairs = _pairs(stands, first, second, issue, *own)
        issues.append(IssueGap(issue, *own, pairs, on_it, (weights or {}).get(issue, 1.0)))
    red = sorted((line for gap in issues for line in _red_lines(gap)), key=lambda line: not line.sure)
    moves = [_moved(stands, first, second, gap.issue, since) for gap in issues if gap.open]
    return Between(
        parties=(first, second),
        issues=tuple(issues),
        covered=tuple(covered),
        red_lines=tuple(red),
        distance=distance(issues),
        moves=tuple(move for move in moves if move is not None),
        talk=_talk(stands, first, second, [gap.issue for gap in issues]),
    )


def distance(issues: Iterable[IssueGap]) -> Distance:
    """D over issues that are not agreed, its coverage and its bounds."""
    all_of = list(issues)
    known = [(gap, gap.d) for gap in all_of if gap.d is not None]
    total = sum(gap.weight for gap in all_of)
    weight = sum(gap.weight for gap, _ in known)
    coverage = weight / total if total else 0.0
    ids = tuple(
        dict.fromkeys(id_ for gap, _ in known for pair in gap.pairs[:1] for id_ in (pair.first.id, pair.second.id))
    )
    if len(known) < ENOUGH_ISSUES or coverage < ENOUGH_COVERAGE:
        return Distance(None, None, None, coverage, len(known), len(all_of), ids)
    value = sum(gap.weight * d for gap, d in known) / weight
    low, high = bounds(value, coverage)
    return Distance(value, low, high, coverage, len(known), len(all_of), ids)


def bounds(value: float, coverage: float) -> tuple[float, float]:
    """Between what a distance would be if all that is not known were agreed, and if all of it were wide open."""
    return value * coverage, value * coverage + (1 - coverage)


def congruence(
    first: Mapping[str, Mapping[float, float]], second: Mapping[str, Mapping[float, float]], values: int
) -> tuple[float, float]:
    """How much two say the same and the opposite: sum over issues and values k, k' of x_k · x'_k' · (1 - |k-k'|/(K-1)),
    and the same with |k-k'|/(K-1). After Leifeld, Discourse Network Analyzer; without its normalisation.

    Args:
        first: by issue, how often each value was said.
        second: the same of the other.
        values: K, how many values there are.
    """
    same = opposite = 0.0
    for issue in first.keys() & second.keys():
        for (k, x), (other, y) in itertools.product(first[issue].items(), second[issue].items()):
            far = abs(k - other) / (values - 1)
            same += x * y * (1 - far)
            opposite += x * y * far
    return same, opposite


def _talk(stands: Stands, first: str, second: str, issues: Iterable[str]) -> Talk | None:
    """Congruence over stances on the same things, each counted once a source; divided by the mean number of issues on
    which the two speak (the average activity)."""
    said: tuple[dict[str, dict[float, float]], ...] = ({}, {})
    spoken = [0, 0]
    ids: list[str] = []
    for issue in issues:
        own = [stands.own_words(party, issue) for party in (first, second)]
        # "demands" and "demands" on one issue say nothing of one another unless they are about one thing
        shared = [own[n].alike(own[1 - n]) for n in (0, 1)]
        for n in (0, 1):
            spoken[n] += bool(own[n].tellings)
            ids.extend(t.id for t in shared[n])
            for _, step in {(t.source, float(LADDER[t.position.stance])) for t in shared[n]}:
                counts = said[n].setdefault(issue, {})
                counts[step] = counts.get(step, 0) + 1
    common = len(said[0].keys() & said[1].keys())
    if common < ENOUGH_ISSUES:
        return None
    same, opposite = congruence(said[0], said[1], STEPS + 1)
    activity = sum(spoken) / 2
    return Talk(same / activity, opposite / activity, common, tuple(ids))


def _pairs(
    stands: Stands, first: str, second: str, issue: str, ours: Sequence[Stand], theirs: Sequence[Stand]
) -> tuple[Pair, ...]:
    """The stands of both that can be compared, the widest apart first."""
    spans = stands.spans(issue)
    members = stands.members(first, second)
    found = []
    index = Index((b.gist, b) for b in theirs)  # without one word in common they cannot be compared
    for a, b in [(stand, other) for stand in ours for other in index.sharing(stand.gist)]:
        far = apart(a.last.position, b.last.position, (a.gist, b.gist), spans, members)
        if far is not None:
            found.append(Pair(a, b, far))
    return tuple(sorted(found, key=lambda p: (-p.apart.d, sorted((p.first.id, p.second.id)))))


def _red_lines(gap: IssueGap) -> list[RedLine]:
    """Each rejection with what it rejects; one of which that cannot be told with the latest that the other wants."""
    sure, unsure = [], []
    for ours, theirs in ((gap.first, gap.second), (gap.second, gap.first)):
        wanted = [stand for stand in theirs if stand.stance in WANTS]
        for no in (stand for stand in ours if stand.stance == "rejects" and wanted):
            same = [RedLine(gap.issue, no, yes) for yes in wanted if _same(no, yes)]
            sure += same
            unsure += [] if same else [RedLine(gap.issue, no, wanted[0], sure=False)]
    return sure + unsure


def _same(a: Stand, b: Stand) -> bool:
    return alike(a.gist, b.gist) and not other_number(a.gist, b.gist) and not _named_apart(a, b)


def _named_apart(a: Stand, b: Stand) -> bool:
    """Whether both name something, and not the same."""
    return bool(a.gist.names and b.gist.names and not a.gist.names & b.gist.names)


def _since(settled: Sequence[Commitment], own: Iterable[Stand]) -> tuple[Stand, ...]:
    """Stands that were taken after an agreement and are more than a yes to it."""
    made = max((c.day or "" for c in settled), default="")
    return tuple(s for s in own if s.stance != "accepts" and made and (s.day or "") > made)


def _moved(stands: Stands, first: str, second: str, issue: str, since: str | None) -> Moved | None:
    """Who moved on an issue; None where nobody did, or where it could not be measured from."""

    def widest(ours: Sequence[Stand], theirs: Sequence[Stand]) -> Pair | None:
        pairs = _pairs(stands, first, second, issue, ours, theirs)
        return pairs[0] if pairs else None

    taken = [{step.day or "" for step in stands.steps(party, issue)} for party in (first, second)]
    both = max(min(days, default="") for days in taken)  # before one of them had spoken there was nothing to measure
    days = {day for day in taken[0] | taken[1] if day >= both}
    if since is not None:
        days = {max((day for day in days if day < since), default="")}
    for day in sorted(days):
        p0, q0 = stands.present(first, issue, day), stands.present(second, issue, day)
        start = widest(p0, q0)
        if start is not None:
            break
    else:
        return None
    p1, q1 = stands.present(first, issue), stands.present(second, issue)
    ours, theirs, left = widest(p1, q0), widest(p0, q1), widest(p1, q1)
    m_first, m_second = (None if pair is None else start.apart.d - pair.apart.d for pair in (ours, theirs))
    if not m_first and not m_second:
        return None
    return Moved(
        issue,
        day or None,
        start.apart.d,
        m_first,
        m_second,
        None if left is None else left.apart.d,
        (start.first, start.second),
        tuple(stand for pair in (left, ours, theirs) if pair for stand in (pair.first, pair.second)),
    )
