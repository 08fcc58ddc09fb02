"""Where stands and agreements are told differently.

Two demands on one issue are no disagreement, and a party that asks for one thing and refuses another contradicts
nobody. So two stands are compared only where their words, beyond the issue's name, show that they are about the same
thing, and answer differently: yes and no, or another number of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dragoman.extract.time_words import number
from dragoman.record import About, Agreement, AgreementAccount, Citation, Date, Disagreement, Position, Quantity
from dragoman.resolve.differing import Answer, Kind, Known, by_time, disagreement, piece
from dragoman.resolve.disagreements_meetings import any_of
from dragoman.resolve.gist import Gist, gist, stems, unit_of

_YES = ("accepts", "proposes", "open_to", "demands")
_TABLED = ("demands", "proposes", "accepts", "open_to")
_WORDS = 2
"""Telling words, at least, that two stands must share to be about one thing."""
_SOON = 7
"""Days: what is kept in one report and broken in one of later days is a course of events."""
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[a-z]+(?:-[a-z]+)?)"
_UNIT = r"(?:per\s?cent|percent|%|[a-z]+)"
_FROM_TO = re.compile(
    rf"\bfrom\s+(?:[€$£]\s?)?(?P<old>{_NUMBER})\s?(?:{_UNIT}\s+)?to\s+(?:[€$£]\s?)?(?P<new>{_NUMBER})"
    rf"(?:[\s-]?(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b(?=(?P<n>{_NUMBER})[\s-]?(?P<unit>{_UNIT}))", re.IGNORECASE)
"""Looks ahead: a word before a number must not be taken for one whose unit it is."""
_KEPT, _BROKEN = ("implemented",), ("breached",)
_STANDING = ("in_principle", "agreed", "implemented", "partly_implemented")


def of_positions(positions: Iterable[Position], known: Known) -> list[Disagreement]:
    """The questions on which a party is told to stand differently, sorted by id.

    Args:
        positions: of a record, or of its part about one side and one issue; others are not compared.
        known: of the documents; `sides` says whose people's stands are a party's.
    """
    blocks: dict[tuple[str, str], list[Position]] = {}
    for position in sorted(positions, key=lambda p: p.id):
        blocks.setdefault((known.side(position.party), position.issue), []).append(position)
    skip = stems(known.names.values())
    found: dict[str, Disagreement] = {}
    for (party, issue), stands in sorted(blocks.items()):
        gists = [(p, gist(p, skip)) for p in stands]
        told = (
            *_changed(stands, party, issue, known),
            *_numbers(gists, party, issue, known),
            *_yes_and_no(gists, party, issue, known),
        )
        for made in told:
            found.setdefault(made.id, made)
    return sorted(found.values(), key=lambda d: d.id)


def of_agreement(agreement: Agreement, known: Known) -> list[Disagreement]:
    """The questions about an agreement that its accounts answer differently, sorted by id."""
    about = [(a, a.citations) for a in agreement.accounts]
    found = [
        _status(agreement.id, [(str(a.status), c) for a, c in about], known),
        _quantity(agreement.id, agreement.accounts, known),
    ]
    return sorted((d for d in found if d is not None), key=lambda d: d.id)


def of_agreements(agreements: Iterable[Agreement], known: Known) -> list[Disagreement]:
    """The questions on which entries of one agreement, that nothing definite made one, differ, sorted by id.

    Args:
        agreements: of a record, or of its part about one issue.
        known: of the documents.
    """
    skip = stems(known.names.values())
    ordered = [(a, _gist(a, skip)) for a in sorted(agreements, key=lambda a: a.id)]
    found = []
    for (a, first), (b, second) in combinations(ordered, 2):
        if a.issue != b.issue or not _one_pact(a, b, first, second, known):
            continue
        told = [(str(x.status), x.citations) for x in (a, b)]
        found.append(_status(a.id, told, known))
    return sorted({d.id: d for d in found if d is not None}.values(), key=lambda d: d.id)


# -- stands ---------------------------------------------------------------------------------------------------------


def _changed(stands: Sequence[Position], party: str, issue: str, known: Known) -> Iterator[Disagreement]:
    """A number that a party is told to have changed: "has come down from 700 to 650 cubic metres".

    Who told the old one before stands behind it; else the words of the change do.
    """
    for position in stands:
        citation = position.citations[0]
        change = _FROM_TO.search(citation.quote)
        moved = any_of("changed").search(citation.quote, 0, change.start()) if change is not None else None
        if change is None or moved is None:
            continue
        between = citation.quote[moved.start() : change.start()]
        if any_of("changed_thing").search(moved.group()) and not any_of("stands").search(between):
            continue  # "cut its tariff from 22 to 14" moves a tariff and not a stand
        old, new = _figure(change["old"]), _figure(change["new"])
        if old is None or new is None or old == new:
            continue
        unit = unit_of(change["unit"] or "")[0]
        earlier = [
            Answer("old", _amounted(old, change["unit"]), (c,))
            for p in stands
            for c in p.citations[:1]
            if c.document != citation.document
            and any(_figure(m["n"]) == old and _one_unit(m["unit"], change["unit"]) for m in _COUNTED.finditer(c.quote))
        ]
        before = Answer("old", _amounted(old, change["unit"]), (piece(citation, 0, change.end("old")),))
        after = Answer(
            "new", _amounted(new, change["unit"]), (piece(citation, change.end("old"), change.end()),), rank=1
        )
        about = About(kind="position", id=position.id, field="quantities")
        made = disagreement(about, "revision", [*(earlier or [before]), after], known, (party, issue, unit))
        if made is not None:
            yield made


def _one_unit(a: str, b: str | None) -> bool:
    """Whether two units are one; a number without a unit ("from 700 to 650") has that of the number it was."""
    return b is None or unit_of(a)[0] == unit_of(b)[0]


def _amounted(value: float, unit: str | None) -> str:
    return f"{value:g} {unit}" if unit else f"{value:g}"


def _figure(text: str) -> float | None:
    """A number in words or figures."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    found = number(text)
    return float(found) if found is not None else None


def _numbers(stands: Sequence[tuple[Position, Gist]], party: str, issue: str, known: Known) -> Iterator[Disagreement]:
    """Other numbers of the same thing, put on the table by one party."""
    by_unit: dict[str, list[tuple[Position, Gist, Quantity]]] = {}
    for position, about in stands:
        if position.stance not in _TABLED:
            continue
        units: dict[str, list[Quantity]] = {}
        for quantity in position.quantities:
            units.setdefault(unit_of(quantity.unit)[0], []).append(quantity)
        for unit, given in units.items():
            if len(given) == 1:
                by_unit.setdefault(unit, []).append((position, about, given[0]))
    for unit, told in sorted(by_unit.items()):
        done: set[str] = set()
        for position, about, _ in told:
            if position.id in done:
                continue
            same = [
                t
                for t in told
                if t[0].id not in done and _one_amount(about, t[1], unit) and _may_differ(position, t[0])
            ]
            values = {_amount(q) for _, _, q in same}
            if len(values) > 1:
                answers = [
                    Answer(str(_amount(q)), f"{q.value:g} {q.unit}", (p.citations[0],), _late(p)) for p, _, q in same
                ]
                made = disagreement(
                    About(kind="position", id=position.id, field="quantities"),
                    _kind([p for p, _, _ in same], answers, known),
                    answers,
                    known,
                    (party, issue, unit),
                )
                if made is not None:
                    yield made
            done |= {p.id for p, _, _ in same}


def _may_differ(a: Position, b: Position) -> bool:
    """Whether two numbers may answer one question: a text that has both tells them of two things, or of two times."""
    if a.id == b.id or a.past != b.past:
        return True
    return a.citations[0].document != b.citations[0].document


def _one_amount(a: Gist, b: Gist, unit: str) -> bool:
    """Whether numbers of one unit count the same thing: by a shared word beside the unit's own."""
    if a is b:
        return True
    own = stems([unit]) | {unit}
    return bool((a.words & b.words) - own - _amount_words())


def _amount_words() -> frozenset[str]:
    return stems(["per cent", "percent", "year", "day", "week", "month", "million", "billion", "hour"])


def _amount(quantity: Quantity) -> float:
    return round(quantity.value * unit_of(quantity.unit)[1], 6)


def _yes_and_no(
    stands: Sequence[tuple[Position, Gist]], party: str, issue: str, known: Known
) -> Iterator[Disagreement]:
    """A thing that a party refuses and, as another source tells or as it stands now, does not refuse."""
    no = [(p, g) for p, g in stands if p.stance == "rejects"]
    yes = [(p, g) for p, g in stands if p.stance in _YES]
    used: set[str] = set()
    for refused, about in no:
        if refused.id in used:
            continue
        against = [p for p, g in yes if _taken_back(refused, p, about, g) or _told_apart(refused, p, about, g, known)]
        if not against:
            continue
        others = [p for p, g in no if p.id == refused.id or (p.past == refused.past and _shared(about, g) >= _WORDS)]
        used |= {p.id for p in others}
        answers = [Answer("no", _said(p), (p.citations[0],), _late(p)) for p in others]
        answers += [Answer("yes", _said(p), (p.citations[0],), _late(p)) for p in against]
        about_ = About(kind="position", id=min(p.id for p in (*others, *against)), field="stance")
        made = disagreement(about_, _kind([*others, *against], answers, known), answers, known, (party, issue))
        if made is not None:
            yield made


def _taken_back(refused: Position, granted: Position, first: Gist, second: Gist) -> bool:
    """Whether one text tells that a party refused before what it grants now."""
    same = refused.citations[0].document == granted.citations[0].document
    return same and refused.past and not granted.past and _shared(first, second) >= _WORDS


def _told_apart(refused: Position, granted: Position, first: Gist, second: Gist, known: Known) -> bool:
    """Whether two sources tell opposite stands on one bloc, or on a thing that most of their words are about."""
    if known.source(refused.citations[0].document) == known.source(granted.citations[0].document):
        return False
    if refused.issue == "alliances" and first.names & second.names:
        return True  # there the name of a bloc is the matter
    shared = _shared(first, second)
    return shared >= _WORDS and 2 * shared >= max(len(first.words), len(second.words))


def _shared(a: Gist, b: Gist) -> int:
    return len((a.words & b.words) - _amount_words())


def _said(position: Position) -> str:
    return f"{position.stance.replace('_', ' ')}: {position.content}"


def _late(position: Position) -> int:
    return 0 if position.past else 1


def _kind(positions: Sequence[Position], answers: Sequence[Answer], known: Known) -> Kind:
    """A revision where a stand is told as past, or its answers follow each other in time; else a conflict."""
    if any(p.past for p in positions) and not all(p.past for p in positions):
        return "revision"
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.key, []).append(answer)
    return "revision" if by_time(list(groups.values()), known) else "conflict"


# -- agreements -----------------------------------------------------------------------------------------------------


def _status(id: str, told: Sequence[tuple[str, Sequence[Citation]]], known: Known) -> Disagreement | None:
    """Kept and broken, or there and denied, as told at about the same time."""
    for yes, no in ((_KEPT, _BROKEN), (_STANDING, ("denied",))):
        answers = [Answer("yes", s.replace("_", " "), (c[0],)) for s, c in told if s in yes]
        against = [Answer("no", s.replace("_", " "), (c[0],)) for s, c in told if s in no]
        if not answers or not against:
            continue
        if no == _BROKEN and _gap(answers, against, known) > _SOON:
            continue
        return disagreement(
            About(kind="agreement", id=id, field="status"), "conflict", [*answers, *against], known, (yes[0],)
        )
    return None


def _gap(first: Sequence[Answer], second: Sequence[Answer], known: Known) -> int:
    """Days between the writing of two groups of answers; 0 where they are not known."""
    from datetime import date as day

    def latest(answers: Sequence[Answer]) -> Date | None:
        dated = [d for a in answers if (d := known.written(a.document)) is not None]
        return max(dated, key=lambda d: d.from_) if dated else None

    a, b = latest(first), latest(second)
    return abs((day.fromisoformat(b.from_) - day.fromisoformat(a.from_)).days) if a and b else 0


def _quantity(id: str, accounts: Sequence[AgreementAccount], known: Known) -> Disagreement | None:
    """Other numbers of the same unit in the accounts of one agreement."""
    units: dict[str, list[tuple[AgreementAccount, Quantity]]] = {}
    for account in accounts:
        if account.quantity:
            units.setdefault(unit_of(account.quantity.unit)[0], []).append((account, account.quantity))
    for unit, told in sorted(units.items()):
        answers = [Answer(str(_amount(q)), f"{q.value:g} {q.unit}", tuple(a.citations[:1])) for a, q in told]
        groups: dict[str, list[Answer]] = {}
        for answer in answers:
            groups.setdefault(answer.key, []).append(answer)
        kind: Kind = "revision" if by_time(list(groups.values()), known) else "conflict"
        made = disagreement(About(kind="agreement", id=id, field="quantity"), kind, answers, known, (unit,))
        if made is not None:
            return made
    return None


def _gist(agreement: Agreement, skip: frozenset[str]) -> Gist:
    """What an agreement is about, by its content as that of a stand is compared."""
    quantities = [agreement.quantity] if agreement.quantity else []
    as_stand = Position(
        id=agreement.id,
        party="",
        issue=agreement.issue,
        stance="accepts",
        content=agreement.content,
        quantities=quantities,
        citations=agreement.citations[:1],
    )
    return gist(as_stand, skip)


def _one_pact(a: Agreement, b: Agreement, first: Gist, second: Gist, known: Known) -> bool:
    """Whether two entries may be one agreement: shared parties, words, and nothing told of both by one source."""
    if a.parties and b.parties and not set(a.parties) & set(b.parties):
        return False
    if {known.source(c.document) for c in a.citations} & {known.source(c.document) for c in b.citations}:
        return False
    if a.date and b.date and (a.date.to < b.date.from_ or b.date.to < a.date.from_):
        return False
    shared = (first.words & second.words) - _amount_words()
    return len(shared) >= _WORDS
