"""Events in PLOVER's form, a JSON object a line, from the encounters, agreements and stands of a record.

Types, modes, contexts, quad codes and field names are those of the manual of the Open Event Data Alliance (February
2024). How our entries map to them is data: plover.yaml, beside this file, with the reasons. PLOVER requires an id, a
date, an actor and a type: what lacks one is no event and is left out. All that PLOVER has no field for (mediators, who
tells it, citations …) is under one key of ours, `dragoman`; the entries' ids lead back to the other exports.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, TextIO

import yaml

from dragoman.record import Agreement, AgreementStatus, Citation, Meeting, Position
from dragoman.report.countries import alpha2_of, alpha3_of
from dragoman.report.source import Source
from dragoman.report.spool import Day, Spool, Told
from dragoman.report.words import side_of

Event = dict[str, Any]
Mapped = Mapping[str, Any]
"""An event's type, and where it has them its mode, context and further marks, as plover.yaml gives them."""

FIELDS = (
    "id", "date", "enddate", "actor", "recipient", "event", "mode", "context", "event_loc", "event_text", "quad_code",
    "text", "dragoman",
)  # fmt: skip
"""The fields of each record in their order: the manual's, then our own."""

_REMOTE = ("phone", "video")
_NEAR = 20  # letters before an act's words in which it is denied


@functools.cache
def mapping() -> Any:
    """The content of plover.yaml."""
    return yaml.safe_load(files("dragoman.report").joinpath("plover.yaml").read_text(encoding="utf-8"))


@functools.cache
def quad(event: str) -> int:
    """The quad code of a type: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    return next(int(code) for code, events in mapping()["quads"].items() if event in events)


def write_plover(source: Source, out: TextIO) -> Counter[str]:
    """Write the events of a record, one a line: encounters, then agreements, then stands, each in the record's order.

    Reprints and stands that only repeat what another record tells (see `dragoman.report.spool.Told`) are not written.

    Args:
        source: the record; it is gone through once, and little of it is held in memory.
        out: takes text; its encoding should be UTF-8.

    Returns: how many entries are no event, by reason.
    """
    left_out: Counter[str] = Counter()
    for event in events(source, left_out):
        out.write(json.dumps(event, ensure_ascii=False) + "\n")
    return left_out


def events(source: Source, left_out: Counter[str] | None = None) -> Iterator[Event]:
    """The events of a record; see `write_plover`.

    Args:
        source: the record.
        left_out: counts the entries that are no event, by reason.
    """
    counted = Counter[str]() if left_out is None else left_out
    with Spool(source) as spool:
        made = _Maker(spool, counted)
        for meeting in source.meetings:
            yield from made.meeting(meeting)
        for agreement in source.agreements:
            yield from made.agreement(agreement)
        for told in spool.positions(source):
            yield from made.position(told)


class _Maker:
    """Makes events of entries; `left_out` counts what is none."""

    def __init__(self, spool: Spool, left_out: Counter[str]) -> None:
        self._spool = spool
        self._left_out = left_out

    # -- entries -----------------------------------------------------------------------------------------------------

    def meeting(self, meeting: Meeting) -> Iterator[Event]:
        """An encounter; what is only announced, asked for or off is an event of the day when it is reported so."""
        mapped = mapping()["meetings"][meeting.status]
        accounts = [a for a in meeting.accounts if a.status in (None, meeting.status)] or meeting.accounts
        documents = [account.document for account in accounts]
        held = meeting.status == "held"
        # One held without a date is mostly an earlier one mentioned again: the day of its report is not its own.
        announced = None if held else self._spool.day(None, documents)
        day = announced or self._spool.day(meeting.date)
        who, hosts = self._who_met(meeting)
        modes = [mapped["mode"]] if mapped.get("mode") else _consulted(meeting, bool(hosts)) if held else []
        extra: Event = {
            "status": meeting.status,
            "title": meeting.title,
            "kind": meeting.kind,
            "level": meeting.level,
            "format": meeting.format,
            "round": meeting.round,
            "planned": None if held or meeting.date is None else [meeting.date.from_, meeting.date.to],
            "mover_known": mapped.get("mover_known", True),
            "mediators": self._named(meeting.mediators),
            "participants": self._named(meeting.participants),
            "outcome": meeting.outcome,
        }
        contexts = ["diplomatic", mapped.get("context")]
        told = [account.document for account in meeting.accounts]
        yield from self._event(
            "meetings", meeting.id, meeting.id, day, who, hosts, mapped["event"], modes, contexts,
            self._place(meeting), meeting.citations, told, extra,
        )  # fmt: skip

    def agreement(self, agreement: Agreement) -> Iterator[Event]:
        """An agreement: one event for its being made, and one for each later status that is an act."""
        about = _issue(agreement.issue)
        for number, (status, day, cited, documents) in enumerate(self._stages(agreement)):
            mapped = mapping()["agreements"][status]
            event, mode = (mapped["event"], None) if mapped else (None, None)
            if event == "agreed":
                event = "SUPPORT" if _signed(agreement, cited) else about["agreed"]
            elif event == "done":
                event, mode = about["done"] or (None, None)
            if event is None:
                self._left_out["agreements whose breach, lapse or denial has no known actor"] += 1
                continue
            extra: Event = {
                "status": status,
                "latest_status": agreement.status,
                "issue": agreement.issue,
                "content": agreement.content,
                "quantities": [agreement.quantity.model_dump()] if agreement.quantity else [],
                "until": agreement.until.model_dump(by_alias=True) if agreement.until else None,
                "condition": agreement.condition,
                "meeting": agreement.meeting,
            }
            contexts = [about["context"], "hypothetical" if agreement.condition and quad(event) == 1 else None]
            id_ = agreement.id if number == 0 else f"{agreement.id}/{status}"
            yield from self._event(
                "agreements", agreement.id, id_, day, agreement.parties, [], event, [mode], contexts,
                None, cited, documents, extra,
            )  # fmt: skip

    def position(self, told: Told) -> Iterator[Event]:
        """A stand, unless it only repeats what another record tells."""
        position = told.position
        if not told.counts:
            self._left_out["positions that are reprints" if told.reprint else "positions told elsewhere"] += 1
            return
        event, mode, context = _taken(position)
        extra: Event = {
            "issue": position.issue,
            "stance": position.stance,
            "content": position.content,
            "told_by": position.told_by,
            "teller": self._named([position.teller]),
            "past": position.past,
            "statement": position.statement,
            "quantities": [quantity.model_dump() for quantity in position.quantities],
            "copies": list(told.copies),
        }
        contexts = [_issue(position.issue)["context"], context, "historical" if position.past else None]
        yield from self._event(
            "positions", position.id, position.id, told.day, [position.party], [position.addressee], event, [mode],
            contexts, None, position.citations, None, extra, told.sources,
        )  # fmt: skip

    # -- what they have in common ------------------------------------------------------------------------------------

    def _event(
        self,
        part: str,
        entry: str,
        id_: str,
        day: Day | None,
        who: Iterable[str],
        whom: Iterable[str | None],
        event: str,
        modes: Sequence[str | None],
        contexts: Iterable[str | None],
        place: Event | None,
        cited: Sequence[Citation],
        documents: Sequence[str] | None,
        extra: Event,
        sources: int | None = None,
    ) -> Iterator[Event]:
        """The record of an event, if it has what PLOVER requires."""
        actors = self._actors(who)
        if day is None or not actors:
            self._left_out[f"{part} without {'a date' if day is None else 'an actor'}"] += 1
            return
        told = list(dict.fromkeys(documents if documents is not None else [c.document for c in cited]))
        quotes = list(dict.fromkeys(citation.quote for citation in cited))
        made: Event = {
            "id": id_,
            "date": day.start,
            "enddate": day.end,
            "actor": actors,
            "recipient": self._actors(whom),
            "event": [event],
            "mode": [mode for mode in modes if mode],
            "context": list(dict.fromkeys(context for context in contexts if context)),
            "event_loc": place,
            "event_text": quotes,
            "quad_code": quad(event),
            "text": "\n".join(quotes),
            "dragoman": {
                "part": part,
                "entry": entry,
                "date_basis": day.basis,
                **extra,
                "sources": sources or self._spool.sources(told),
                "documents": [{"id": d, "name": self._spool.document(d).name} for d in told],
                "citations": [citation.model_dump() for citation in cited],
            },
        }
        yield made

    def _actors(self, ids: Iterable[str | None]) -> list[Event]:
        """Actors as the manual's objects: code and sector where they are known, the name, and our id."""
        return [self._actor(id_) for id_ in dict.fromkeys(ids) if id_]

    def _actor(self, id_: str) -> Event:
        actor = self._spool.actors.get(id_)
        if actor is None:
            return {"code": None, "sector": None, "actor_text": id_, "side": None, "dragoman_id": id_}
        side = self._spool.actors.get(side_of(actor, self._spool.actors) or id_, actor)
        state = side.kind in ("state", "body")
        code = next(filter(None, map(alpha3_of, side.names)), None) if state else mapping()["codes"].get(side.kind)
        sector = mapping()["sectors"].get("state" if actor.kind == "body" else side.kind)
        return {
            "code": code,
            "sector": sector,
            "actor_text": actor.name,
            "side": side.name if side.id != actor.id else None,
            "dragoman_id": id_,
        }

    def _named(self, ids: Iterable[str | None]) -> list[dict[str, str]]:
        known = self._spool.actors
        return [{"id": i, "name": known[i].name if i in known else i} for i in dict.fromkeys(ids) if i]

    def _who_met(self, meeting: Meeting) -> tuple[list[str], list[str]]:
        """Who stands as actor of an encounter, and who as recipient: the host, where one side visits another.

        A mediator stands there only where a side meets it alone. Where no side is known those who took part do.
        """
        parties = list(dict.fromkeys(meeting.parties))
        met = parties if len(parties) > 1 else [*parties, *(m for m in meeting.mediators if m not in parties)]
        met = met or list(dict.fromkeys(meeting.participants))
        if meeting.kind == "visit" and meeting.country and meeting.status == "held":
            known = self._spool.actors
            hosts = [i for i in met if i in known and meeting.country in known[i].names]
            visitors = [i for i in met if i not in hosts]
            if len(hosts) == 1 and visitors:
                return visitors, hosts
        return met, []

    def _stages(self, agreement: Agreement) -> Iterator[tuple[AgreementStatus, Day | None, list[Citation], list[str]]]:
        """What became of an agreement: of each status the first day, all words for it, and who tells it.

        Something that was kept, broken or ran out was made before, if it has a date of its own.
        """
        told: dict[AgreementStatus, tuple[Day | None, list[Citation], list[str]]] = {}
        made: tuple[AgreementStatus, ...] = ("in_principle", "agreed")
        for account in agreement.accounts:
            _, cited, documents = told.setdefault(account.status, (None, [], []))
            cited.extend(account.citations)
            documents.append(account.document)
        for step in agreement.steps:
            day, cited, documents = told.setdefault(step.status, (None, [], []))
            cited.extend(c for c in step.citations if c not in cited)
            documents.append(step.document)
            own = self._spool.day(step.date)
            told[step.status] = (
                min(filter(None, (day, own)), key=lambda d: (d.end, d.start), default=None),
                cited,
                documents,
            )
        if not told:
            told[agreement.status] = (None, list(agreement.citations), [c.document for c in agreement.citations])
        if agreement.date and not any(status in told for status in (*made, "denied")):
            first = next(iter(told.values()))
            told = {"agreed": (None, first[1], first[2]), **told}
        for status in sorted(told, key=list(mapping()["agreements"]).index):
            day, cited, documents = told[status]
            dated = agreement.date if status in made else None
            yield status, day or self._spool.day(dated, documents), cited, documents

    @staticmethod
    def _place(meeting: Meeting) -> Event | None:
        name = meeting.place or meeting.country
        if name is None:
            return None
        return {
            "name": name,
            "country code": alpha2_of(meeting.country),
            "cc3": alpha3_of(meeting.country),
            "dragoman_country": meeting.country,
            "dragoman_venue": meeting.venue,
        }


def _consulted(meeting: Meeting, hosted: bool) -> list[str]:
    """How an encounter was held: by a remote medium, as a visit, through a third party, or by many."""
    if meeting.format in _REMOTE or meeting.kind == "call":
        return ["phone"]
    if hosted:
        return ["visit"]
    if meeting.mediators and len(set(meeting.parties)) > 1:
        return ["third-party"]
    if meeting.kind == "forum" or len(set(meeting.parties)) > 2:
        return ["multilateral"]
    return []


def _issue(issue: str) -> Any:
    return mapping()["issues"].get(issue, mapping()["unknown_issue"])


def _taken(position: Position) -> tuple[str, str | None, str | None]:
    """The type, mode and context of taking a stand."""
    said = "\n".join((position.content, *(citation.quote for citation in position.citations)))
    for turn in mapping()["turns"]:
        issues = turn.get("issues")
        fits = position.stance in turn["stances"] and (not issues or position.issue in issues)
        if fits and _told(turn["words"], said):
            return turn["event"], turn.get("mode"), None
    mapped, about = mapping()["stances"][position.stance], _issue(position.issue)
    event = about["accept"] if mapped["event"] == "accept" else mapped["event"]
    return event, about["ask"] if mapped.get("mode") == "ask" else None, mapped.get("context")


def _told(patterns: Iterable[str], said: str) -> bool:
    """Whether something is told in one of these words, and not denied just before them."""
    negated = _any_of(tuple(mapping()["negated"]))
    return any(
        not negated.search(said, max(0, m.start() - _NEAR), m.start()) for m in _any_of(tuple(patterns)).finditer(said)
    )


def _signed(agreement: Agreement, cited: Iterable[Citation]) -> bool:
    """Whether it is told as signed, not as to be signed."""
    said = "\n".join((agreement.content, *(citation.quote for citation in cited)))
    told = _any_of(tuple(mapping()["unsigned"])).sub(" ", said)
    return _any_of(tuple(mapping()["signed"])).search(told) is not None


@functools.cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.I)


__all__ = ["FIELDS", "events", "mapping", "quad", "write_plover"]
