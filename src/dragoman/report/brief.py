"""Gathers the brief of a record; `brief_text`, `brief_md` and `brief_html` set it.

Every line says where it comes from. Nothing in it is
told as a fact: an encounter is "reported held", and where documents differ, each value stands with its documents.
The record is gone through once for the encounters and once for the statements; only what the page shows is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.record import Actor, Citation, Document, MeetingAccount, Statement
from dragoman.report import brief_differing, brief_stands, words
from dragoman.report.agreements import ledger
from dragoman.report.disagreements import Differences
from dragoman.report.encounters import Told, told
from dragoman.report.latest import Latest
from dragoman.report.page import Brief, Cited, Differing, Group, Line, Section
from dragoman.report.source import Source
from dragoman.report.stands import Stands
from dragoman.report.witnesses import Witnesses

SIDES = 4  # of a part: parties, mediators, hosts, supporters
PEOPLE = 5  # of one side
PAST = 8  # encounters behind, the latest ones
AHEAD = 5  # encounters ahead
QUOTES = 2  # shown with one line of text; further documents stand as numbers
SOURCES = 12  # with their words, for the writers that have room for all
LONG = 300  # characters of a quote that is still read at a glance
SAID = 2  # latest statements of one side
DOCUMENTS = 15  # listed at the end; of a larger record only those that the page cites


_AHEAD = {"scheduled": 0, "postponed": 1, "proposed": 2, "declined": 3}

CAUTION = (
    "What the documents report, in their words: nothing here is established as fact. "
    "Statements in “ ” are the speaker's words, the others the document's. "
    "“~” marks a date that was inferred, “≠” what is told differently."
)


def gather(source: Source) -> Brief:
    """The brief of a record.

    Args:
        source: the record; all its parts are read.
    """
    return _Gathering(source).brief()


@dataclass
class _Gathering:
    """What is collected while the record is gone through."""

    source: Source
    documents: dict[str, Document] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    members: dict[str, list[Actor]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    first: dict[str, Citation] = field(default_factory=dict)
    cited: set[int] = field(default_factory=set)
    differing: Mapping[str, tuple[Differing, ...]] = field(default_factory=dict)

    def brief(self) -> Brief:
        self._documents()
        if not self.documents:
            return Brief("Nothing read yet", "The record is empty: dragoman read PATH", "")
        self.actors = {actor.id: actor for actor in self.source.actors}
        for actor in self.actors.values():
            side = words.side_of(actor, self.actors)
            if side and side != actor.id:
                self.members.setdefault(side, []).append(actor)
        latest_day = max((d.dated.to for d in self.documents.values() if d.dated), default=None)
        witnesses = Witnesses.of(self.source.families)
        meetings = [self._count_meeting(told(m, self.documents, latest_day, witnesses)) for m in self.source.meetings]
        latest = Latest(self.actors, self.documents)
        unnamed: dict[str, list[Statement]] = {}
        for statement in self.source.statements:
            self._count_statement(statement)
            latest.add(statement)
            if statement.speaker is None:
                who = words.flat(statement.speaker_text or "no speaker at all")
                unnamed.setdefault(who.casefold(), []).append(statement)
        parties = self._heads("party")
        stands = Stands.of(self.source)
        differences = Differences.of(self.source)
        self.differing = brief_differing.by_entry(differences, self._cited)
        sections = (
            Section("glance", "At a glance", self._glance(meetings)),
            *brief_stands.sections(stands, ledger(self.source.agreements, stands), self.line),
            brief_differing.section(differences, self._cited),
            Section("parties", "Who negotiates", self._parties(parties)),
            Section("mediators", "Who mediates, hosts or backs", self._others()),
            Section("encounters", "Encounters", self._encounters(meetings)),
            Section("statements", "Latest statements", self._statements(latest, parties)),
            Section("unknown", "What is not known", self._unknown(meetings, unnamed)),
        )
        listed, rest = self._listed(sections)
        return Brief(
            title=self._title(parties),
            subtitle=self._subtitle(),
            caution=CAUTION,
            sections=tuple(s for s in sections if s.groups),
            documents=listed,
            documents_rest=rest,
        )

    # -- going through ------------------------------------------------------------------------------------------------

    def _documents(self) -> None:
        """Documents in the order in which they were written; their number on the page is their place in it."""
        everything = sorted(self.source.documents, key=lambda d: (d.dated.from_ if d.dated else "9999", d.name, d.id))
        self.documents = {d.id: d for d in everything}
        self.numbers = {d.id: place for place, d in enumerate(everything, 1)}

    def _count_meeting(self, found: Told) -> Told:
        meeting = found.meeting
        for actor in (*meeting.parties, *meeting.participants, *meeting.mediators):
            self._count(actor, meeting.citations)
        return found

    def _count_statement(self, statement: Statement) -> None:
        side = words.side_of(self.actors.get(statement.on_behalf_of or statement.speaker or ""), self.actors)
        for actor in {statement.speaker, statement.on_behalf_of, side} - {None}:
            self._count(str(actor), statement.citations)

    def _count(self, actor: str, citations: Sequence[Citation]) -> None:
        self.seen[actor] += 1
        for citation in citations[:1]:
            known = self.first.get(actor)
            if known is None or self._place(citation) < self._place(known):
                self.first[actor] = citation

    def _place(self, citation: Citation) -> tuple[int, int]:
        return self.numbers.get(citation.document, len(self.numbers) + 1), citation.start

    # -- citing -------------------------------------------------------------------------------------------------------

    def label(self, document: str) -> str:
        """A document in words: outlet and day."""
        found = self.documents[document]
        name = words.short(found.outlet or Path(found.name).name, 40)
        # How the day is known is the business of `dragoman documents`; a mark on every source would hide those below.
        return f"{name}, {words.interval(found.dated.from_, found.dated.to)}" if found.dated else name

    def line(
        self,
        lead: str,
        text: str,
        citations: Iterable[Citation] = (),
        limit: int = QUOTES,
        *,
        notes: tuple[str, ...] = (),
        differs: tuple[Differing, ...] = (),
        verbatim: bool = False,
        id: str | None = None,
    ) -> Line:
        """A line with its sources: one quote for each document, in their order, `limit` of them shown."""
        sources = self._cited(citations)
        differs = brief_differing.merged(differs, self.differing.get(id or "", ()))
        return Line(lead, text, notes, differs, sources[:SOURCES], limit, max(0, len(sources) - SOURCES), verbatim, id)

    def _cited(self, citations: Iterable[Citation]) -> tuple[Cited, ...]:
        by_document: dict[str, Citation] = {}
        for citation in citations:
            if citation.document in self.numbers:
                by_document.setdefault(citation.document, citation)
        ordered = sorted(by_document.values(), key=lambda c: self.numbers[c.document])
        return tuple(
            Cited(self.numbers[c.document], c.document, self.label(c.document), words.flat(c.quote)) for c in ordered
        )

    # -- parties and people -------------------------------------------------------------------------------------------

    def _heads(self, part: str) -> list[Actor]:
        """The actors of a part that speak for themselves (states, unions …), those met most often first."""
        found = [a for a in self.actors.values() if a.part == part and words.side_of(a, self.actors) == a.id]
        return sorted(found, key=lambda a: (-self.seen[a.id], a.name))

    def _parties(self, parties: Sequence[Actor]) -> tuple[Group, ...]:
        """Those for whom somebody named acts, with their people; the others in one list, each with its source."""
        sides = [(head, self._side(head)) for head in parties]
        groups = [group for _, group in sides if group.lines][:SIDES]
        left_out = sum(bool(group.lines) for _, group in sides) - len(groups)
        bare = [(head, group) for head, group in sides if not group.lines and head.id in self.first]
        lines = [
            self.line(group.title, group.note or words.listing(self._spellings(head), 3), [self.first[head.id]], 1)
            for head, group in bare[:PEOPLE]
        ]
        if lines:
            left_out += max(0, len(bare) - PEOPLE)
            rest = f"{left_out} more sides: dragoman actors" if left_out else ""
            groups.append(Group("Sides for which nobody is named" if groups else "", tuple(lines), rest=rest))
        return tuple(groups)

    def _side(self, head: Actor) -> Group:
        """A side and its people: heads of delegations first, then by office, then by how often they are met."""
        own = self.members.get(head.id, [])
        people = sorted(
            (a for a in own if a.kind == "person" and (a.roles or self.seen[a.id])),
            key=lambda a: (words.standing(a), -self.seen[a.id], a.name),
        )
        bodies = sorted((a for a in own if a.kind != "person"), key=lambda a: (-self.seen[a.id], a.name))
        note = words.listing([words.short(b.name, 40) for b in bodies], 4)
        return Group(
            words.short(head.name, 60) + ("" if head.kind == "state" else f" ({head.kind.replace('_', ' ')})"),
            tuple(self._person(a) for a in people[:PEOPLE]),
            note=f"speaks through {note}" if note else "",
            rest=f"{len(people) - PEOPLE} more: dragoman actors" if len(people) > PEOPLE else "",
        )

    def _spellings(self, actor: Actor) -> list[str]:
        return [f"also {n}" for n in actor.names if n.casefold() != actor.name.casefold()]

    def _person(self, actor: Actor) -> Line:
        shown = words.titles(actor.roles)
        citations = [role.citations[0] for role in sorted(actor.roles, key=lambda r: words.rank(r.title))]
        if not citations and actor.id in self.first:
            citations = [self.first[actor.id]]
        others = [n for n in actor.names if n.casefold() != actor.name.casefold() and len(n.split()) > 1]
        return self.line(
            words.short(actor.name, 34),
            "; ".join(shown) or "role not said",
            citations,
            1,
            notes=(f"also written {words.listing(others, 3)}",) if others else (),
            id=actor.id,
        )

    def _others(self) -> tuple[Group, ...]:
        """Mediators and hosts, then supporters, as far as they met anybody or said something."""
        found = []
        for part in ("mediator", "host", "supporter"):
            for head in self._heads(part)[:SIDES]:
                group = self._side(head)
                title = group.title + ("" if part == "mediator" else f", {part}")
                if group.lines:
                    found.append(Group(title, group.lines, group.note, group.rest))
                elif self.seen[head.id]:
                    found.append(Group(title, (self.line("", "nobody named", [self.first[head.id]], 1),), group.note))
        return tuple(found)

    # -- at a glance --------------------------------------------------------------------------------------------------

    def _glance(self, meetings: Sequence[Told]) -> tuple[Group, ...]:
        """What one wants to know first: the last encounter reported, the next one announced, what is disputed."""
        lines = []
        dated = sorted((m for m in meetings if m.meeting.date), key=Told.order)
        held = [m for m in dated if m.meeting.status == "held"]
        coming = [m for m in dated if m.meeting.status == "scheduled" and m.ahead]
        for lead, found in (("Last reported", held[-1:]), ("Next announced", coming[:1])):
            for told_of in found:
                line = self._meeting(told_of)
                text = ", ".join([line.lead, words.encounter(told_of.meeting), *line.notes[:1]])
                lines.append(Line(lead, text, differs=line.differs, sources=line.sources, id=line.id))
        disputed = [m for m in meetings if m.differs or m.meeting.id in self.differing]
        if disputed:
            text = f"{words.count(len(disputed), 'encounter')}, marked ≠ below"
            lines.append(self.line("Told differently", text, [m.meeting.citations[0] for m in disputed], 0))
        return (Group("", tuple(lines)),) if lines else ()

    # -- encounters ---------------------------------------------------------------------------------------------------

    def _encounters(self, meetings: Sequence[Told]) -> tuple[Group, ...]:
        past = sorted((m for m in meetings if not m.ahead and m.meeting.date), key=Told.order)
        ahead = sorted(
            (m for m in meetings if m.ahead), key=lambda m: (*m.order()[:2], _AHEAD[m.meeting.status], m.meeting.id)
        )
        undated = [m for m in meetings if not m.ahead and not m.meeting.date]
        undated.sort(key=lambda m: (-len(m.meeting.accounts), m.meeting.id))
        groups = []
        if past:
            cut = len(past) - PAST
            rest = f"{cut} earlier: dragoman meetings" if cut > 0 else ""
            groups.append(Group("So far", tuple(self._meeting(m) for m in past[-PAST:]), rest=rest))
        if ahead:
            rest = f"{len(ahead) - AHEAD} more: dragoman meetings" if len(ahead) > AHEAD else ""
            groups.append(
                Group("Ahead, asked for or refused", tuple(self._meeting(m) for m in ahead[:AHEAD]), rest=rest)
            )
        if undated:
            shown = undated[: max(3, PAST - len(past))]
            rest = f"{len(undated) - len(shown)} more: dragoman meetings" if len(undated) > len(shown) else ""
            groups.append(Group("Without a day", tuple(self._meeting(m) for m in shown), rest=rest))
        return tuple(groups)

    def _names(self, ids: Iterable[str], limit: int = 6) -> str:
        return words.listing([words.short(self.actors[i].name, 40) for i in ids if i in self.actors], limit)

    def _meeting(self, found: Told) -> Line:
        meeting = found.meeting
        where = ", ".join(p for p in (meeting.venue, meeting.place, meeting.country) if p)
        parties = " and ".join(self.actors[i].name for i in meeting.parties if i in self.actors)
        facts = [", ".join(p for p in (parties, where) if p)]
        if meeting.mediators:
            facts.append(f"through {self._names(meeting.mediators)}")
        if meeting.participants:
            facts.append(f"there: {self._names(meeting.participants)}")
        if meeting.duration_minutes and not any(d.field == "duration" for d in found.differs):
            facts.append(f"lasted {words.span_of_time(meeting.duration_minutes)}, as reported")
        if meeting.outcome:
            facts.append(f"outcome as reported: {words.short(meeting.outcome, 160)}")
        return self.line(
            words.when(meeting.date) if meeting.date else "no date",
            f"{words.encounter(meeting)} — {found.state}",
            [_telling(a) for a in meeting.accounts],
            notes=tuple(f for f in facts if f),
            differs=tuple(
                Differing(d.field, tuple(sorted(values, key=lambda said: [c.number for c in said[1]])))
                for d in found.differs
                for values in [[(value, self._cited(citations)[:SOURCES]) for value, citations in d.values]]
            ),
            id=meeting.id,
        )

    # -- statements ---------------------------------------------------------------------------------------------------

    def _statements(self, latest: Latest, parties: Sequence[Actor]) -> tuple[Group, ...]:
        groups = [Group(words.short(a.name, 60), self._said(latest, a.id, SAID)) for a in parties[:SIDES]]
        for part in ("mediator", "host", "supporter"):
            for head in self._heads(part)[:SIDES]:
                groups.append(Group(f"{words.short(head.name, 60)} ({part})", self._said(latest, head.id, SAID)))
        groups.append(Group("Others", self._said(latest, None, SAID)))
        return tuple(g for g in groups if g.lines)

    def _said(self, latest: Latest, side: str | None, limit: int) -> tuple[Line, ...]:
        lines = []
        for statement, citations in latest.of(side, limit):
            actor = self.actors.get(statement.speaker or "")
            office = "; ".join(words.titles(actor.roles, 1)) if actor and actor.kind == "person" else ""
            about = [office] if office else []
            if statement.channel:
                about.append(statement.channel)
            if statement.via:
                about.append(f"relayed by {statement.via}")
            lines.append(
                self.line(
                    words.speaker(statement, self.actors),
                    words.told_as(statement, 220),
                    citations,
                    1,
                    notes=(", ".join(about),) if about else (),
                    verbatim=True,
                    id=statement.id,
                )
            )
        return tuple(lines)

    # -- what is not known --------------------------------------------------------------------------------------------

    def _unknown(self, meetings: Sequence[Told], unnamed: dict[str, list[Statement]]) -> tuple[Group, ...]:
        lines: list[Line] = []
        vanished = [m for m in meetings if m.unconfirmed]
        if vanished:
            lines.append(self._gap("Announced, not reported held", vanished))
        held = [m for m in meetings if m.meeting.status == "held"]
        gaps = (
            ("on what day", [m for m in held if m.meeting.date is None]),
            ("where", [m for m in held if not words.placed(m.meeting) and m.meeting.kind != "call"]),
        )
        for what, lacking in gaps:
            if lacking:
                text = f"{len(lacking):,} of {len(held):,}"
                first = [m.meeting.citations[0] for m in lacking]
                lines.append(self.line(f"Reported held, not said {what}", text, first, 0))
        if unnamed:
            most = sorted(unnamed.values(), key=lambda group: (-len(group), group[0].id))
            names = [words.short(g[0].speaker_text or "no speaker at all", 50) for g in most]
            lines.append(
                self.line(
                    words.count(len(most), "speaker") + " without a name",
                    words.listing(names, 6),
                    [g[0].citations[0] for g in most[:6]],
                    1,
                )
            )
        stray = [
            a
            for a in self.actors.values()
            if a.kind == "person" and a.side is None and a.part != "outside" and self.seen[a.id]
        ]
        if stray:
            stray.sort(key=lambda a: (-self.seen[a.id], a.name))
            lines.append(
                self.line(
                    "People whose side is not said",
                    words.listing([a.name for a in stray], 6),
                    [self.first[a.id] for a in stray[:6]],
                    1,
                )
            )
        lines.extend(self._unread())
        return (Group("", tuple(lines)),) if lines else ()

    def _gap(self, lead: str, meetings: Sequence[Told]) -> Line:
        ordered = sorted(meetings, key=lambda m: (m.meeting.date.from_ if m.meeting.date else "", m.meeting.id))
        shown = [
            words.encounter(m.meeting) + (f", {words.when(m.meeting.date)}" if m.meeting.date else "") for m in ordered
        ]
        distinct = [f"{n} × {text}" if n > 1 else text for text, n in Counter(shown).items()]
        first = [m.meeting.citations[0] for m in ordered[:6]]
        return self.line(lead, words.listing(distinct, 5, "; "), first, 1)

    def _unread(self) -> list[Line]:
        """Documents that add nothing, or that nobody can place in time."""
        lines = []
        by_name = {d.name: d for d in self.documents.values()}
        why: dict[str, list[Document]] = {}
        for name, note in self.source.notes():
            if name in by_name:
                why.setdefault(note, []).append(by_name[name])
        for note, found in sorted(why.items()):
            lines.append(Line("Not read", f"{self._files(found)}: {words.short(note, 120)}"))
        unread = {d.id for found in why.values() for d in found}
        undated = [d for d in self.documents.values() if d.dated is None and d.id not in unread]
        if undated:
            lines.append(Line("Not said when written", self._files(undated)))
        return lines

    def _files(self, documents: Sequence[Document]) -> str:
        self.cited.update(self.numbers[d.id] for d in documents[:5])
        return words.listing([f"{words.short(Path(d.name).name, 40)} [{self.numbers[d.id]}]" for d in documents], 5)

    # -- the documents ------------------------------------------------------------------------------------------------

    def _title(self, parties: Sequence[Actor]) -> str:
        """The parties that are met most; one that is met far less than the first is no part of the title."""
        most = max((self.seen[a.id] for a in parties), default=0)
        named = [words.short(a.name, 40) for a in parties if 5 * self.seen[a.id] >= most]
        return " – ".join(named[:4]) or "A negotiation"

    def _subtitle(self) -> str:
        days = [
            (d.dated.from_, d.dated.to) for d in self.documents.values() if d.dated
        ]  # fmt: skip
        outlets = {d.outlet for d in self.documents.values() if d.outlet}
        said = words.count(len(self.documents), "document")
        if outlets:
            said += f" from {words.count(len(outlets), 'outlet')}"
        copies = Witnesses.of(self.source.families).copies
        if sources := len({copies.get(d, d) for d in self.documents}) if copies else 0:
            said += f" that count as {words.count(sources, 'source')}"
        if days:
            said += f", {words.interval(min(d[0] for d in days), max(d[1] for d in days))}"
        return said

    def _listed(self, sections: Sequence[Section]) -> tuple[tuple[Line, ...], str]:
        """The documents; of a large record those that the page cites."""
        for line in (line for section in sections for group in section.groups for line in group.lines):
            self.cited.update(c.number for c in line.sources)
            self.cited.update(c.number for d in line.differs for _, cited in d.values for c in cited)
        copies = {f.id: [self.numbers[d] for d in f.documents if d in self.numbers] for f in self.source.families}
        everything = list(self.documents.values())
        shown = [d for d in everything if len(everything) <= DOCUMENTS or self.numbers[d.id] in self.cited]
        lines = []
        for document in shown:
            number = self.numbers[document.id]
            kin = [n for n in copies.get(document.family or "", []) if n != number]
            note = (f"not independent of {''.join(f'[{n}]' for n in kin)}",) if kin else ()
            title = words.short(document.title, 80) if document.title else "no title"
            if document.outlet:
                note = (words.short(Path(document.name).name, 50), *note)
            lines.append(Line(f"[{number}]", f"{self.label(document.id)}: {title}", notes=note, id=document.id))
        cut = len(everything) - len(shown)
        return tuple(lines), f"{cut} more: dragoman documents" if cut else ""


def _telling(account: MeetingAccount) -> Citation:
    """Of an account's citations the one that says most by itself: when and where, then the longest that is readable."""
    facts = [f.casefold() for f in (account.date.text if account.date else None, account.place) if f]

    def worth(citation: Citation) -> tuple[int, int, int]:
        quote = citation.quote.casefold()
        length = len(quote) if len(quote) <= LONG else -len(quote)
        return sum(fact in quote for fact in facts), length, -citation.start

    return max(account.citations, key=worth)
