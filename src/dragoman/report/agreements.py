"""The ledger: what was agreed, what became of it, and how much of it is known to be kept.

The scores of keeping are those of the Kroc Institute's Peace Accords Matrix: 0 not initiated, 1 minimal, 2 partial,
3 full. Beside them stands what is unknown and what is disputed: a mean alone would count silence as something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.record import Agreement, AgreementStatus, Citation, Document
from dragoman.report.stands import Stands, latest_day

ENOUGH_SCORED = 3
"""So many commitments must have evidence of being kept or broken before a mean of them is given …"""

ENOUGH_SHARE = 0.5
"""… and that share of all commitments: below it the mean would speak for fewer than it is silent about."""

FULL = 3
"""The score of a commitment that is kept in full."""

_DONE = {"implemented": FULL, "partly_implemented": 2}
_BROKEN_AFTER_DOING = 1  # something of it was done, and then it was broken: minimal
_EVIDENCE = (*_DONE, "breached")
_MADE = ("agreed", *_DONE)
_ORDER = ("in_principle", "agreed", "partly_implemented", "implemented", "breached", "lapsed", "denied")


@dataclass(frozen=True)
class Stage:
    """What one document says became of an agreement, and when."""

    status: AgreementStatus
    day: str | None
    document: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Commitment:
    """An agreement as it was known on a day, followed.

    `parties` are sides; `day` is when it was agreed; `stages` are in the order of time. `score` is how far it was kept,
    0–3, None where nobody says; `unknown_days` is for how long nobody has said it (until the latest document).
    """

    agreement: Agreement
    status: AgreementStatus
    parties: tuple[str, ...]
    day: str | None
    stages: tuple[Stage, ...]
    score: int | None
    disputed: bool
    unknown_days: int | None

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.agreement.id

    @property
    def binding(self) -> bool:
        """Whether it is a commitment that can be kept: not merely in principle, and not only denied."""
        return any(stage.status not in ("in_principle", "denied") for stage in self.stages)

    @property
    def covers(self) -> bool:
        """Whether it settles its issue as things stand: agreed or carried out, and no one denies it."""
        return self.status in _MADE and not self.disputed

    @property
    def unknown(self) -> bool:
        """Whether nobody says if this commitment is kept."""
        return self.binding and self.score is None and not self.disputed

    @property
    def denials(self) -> tuple[Stage, ...]:
        """Who says that there is no such agreement."""
        return tuple(stage for stage in self.stages if stage.status == "denied")


@dataclass(frozen=True)
class Implementation:
    """How far commitments are kept: the mean of their scores as a percentage (None where too little is known), and of
    all commitments the shares that are scored, unknown and disputed."""

    percent: float | None
    scored: int
    unknown: int
    disputed: int
    of: int
    ids: tuple[str, ...]

    def share(self, number: int) -> float:
        """A number of commitments as a share of all."""
        return number / self.of if self.of else 0.0


def ledger(agreements: Iterable[Agreement], stands: Stands) -> list[Commitment]:
    """The agreements in the order in which they were made, followed; those without a day come last.

    Args:
        agreements: of the record.
        stands: of the same record, for its documents and sides; if it is as known on a day, so is the ledger.
    """
    today = latest_day(stands.documents.values())
    found = [c for a in agreements if (c := _commitment(a, stands, today)) is not None]
    return sorted(found, key=lambda c: (c.day or "9999", c.id))


def implementation(commitments: Iterable[Commitment]) -> Implementation:
    """How far the commitments of a ledger are kept; what is only agreed in principle, or only denied, is none."""
    binding = [c for c in commitments if c.binding]
    scored = [c for c in binding if c.score is not None and not c.disputed]
    disputed = sum(c.disputed for c in binding)
    enough = len(scored) >= ENOUGH_SCORED and len(scored) >= ENOUGH_SHARE * len(binding)
    percent = 100 * sum(c.score or 0 for c in scored) / (FULL * len(scored)) if enough else None
    unknown = len(binding) - len(scored) - disputed
    return Implementation(percent, len(scored), unknown, disputed, len(binding), tuple(c.id for c in scored))


def _commitment(agreement: Agreement, stands: Stands, today: str | None) -> Commitment | None:
    stages = _stages(agreement, stands.documents)
    if not stages:
        return None
    parties = tuple(dict.fromkeys(stands.party_of(party) for party in agreement.parties))
    made = [s for s in stages if s.status in ("in_principle", *_MADE) and s.day]
    day = agreement.date.to if agreement.date else min((s.day for s in made if s.day), default=stages[0].day)
    score, disputed = _score(stages)
    status = agreement.status
    if stands.at is not None:
        status = max(stages, key=lambda s: (s.day or "", _ORDER.index(s.status))).status
    found = Commitment(agreement, status, parties, day, stages, score, disputed, None)
    if not (found.unknown and day and today and day <= today):
        return found
    days = (date.fromisoformat(today) - date.fromisoformat(day)).days
    return Commitment(agreement, status, parties, day, stages, score, disputed, days)


def _stages(agreement: Agreement, documents: Mapping[str, Document]) -> tuple[Stage, ...]:
    """What became of it by its steps and by what each document says of it as a whole; of the same said by one document
    the step, which has a day of its own."""
    found: dict[tuple[str, str], Stage] = {}

    def add(status: AgreementStatus, day: str | None, document: str, citations: Iterable[Citation]) -> None:
        if document in documents and (document, status) not in found:
            dated = documents[document].dated
            found[document, status] = Stage(status, day or (dated.to if dated else None), document, tuple(citations))

    for step in agreement.steps:
        add(step.status, step.date.to if step.date else None, step.document, step.citations)
    for account in agreement.accounts:
        # The date of an agreement is when it was made, not when it was broken.
        made = account.date if account.status in ("in_principle", "agreed") else None
        add(account.status, made.to if made else None, account.document, account.citations)
    if not agreement.accounts and not agreement.steps:
        for citation in agreement.citations:
            made = agreement.date if agreement.status in ("in_principle", "agreed") else None
            add(agreement.status, made.to if made else None, citation.document, [citation])
    return tuple(sorted(found.values(), key=lambda s: (s.day or "", _ORDER.index(s.status), s.document)))


def _score(stages: Iterable[Stage]) -> tuple[int | None, bool]:
    """How far it is kept, by the latest evidence, and whether that, or the agreement itself, is disputed.

    Broken scores 0, or 1 where something of it had been done before; that it ran out says nothing of its being kept.
    """
    stages = list(stages)
    denied = any(s.status == "denied" for s in stages)
    disputed = denied and any(s.status != "denied" for s in stages)
    evidence = [s for s in stages if s.status in _EVIDENCE]
    if not evidence:
        return None, disputed
    latest = max(s.day or "" for s in evidence)
    last = {s.status for s in evidence if (s.day or "") == latest}
    done = [_DONE[status] for status in last if status in _DONE]
    if "breached" in last:
        if done:
            return None, True
        before = any(s.status in _DONE for s in evidence)
        return (_BROKEN_AFTER_DOING if before else 0), disputed
    return min(done), disputed
