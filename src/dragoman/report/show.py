"""One entry with its quotes where they stand: the sentences around them, the quote marked, furniture greyed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from dragoman.record import (
    Actor,
    Agreement,
    AgreementFields,
    Citation,
    Disagreement,
    Document,
    Entry,
    Family,
    Meeting,
    MeetingFields,
    Outlook,
    Position,
    Quantity,
    Statement,
)
from dragoman.report import disagreements_table, families, signs, words
from dragoman.report.disagreements import Differences, Question, beside
from dragoman.report.source import Source

_AROUND = 320  # characters of context at most, on each side of a quote
_DIFFERENT = 8  # disagreements beside an entry
_PASSAGES = 40  # pairs of passages of a family
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")
QUOTE, FINDING, FURNITURE = "bold reverse", "underline", "bright_black"
# Where there are no styles to see (a file, a pipe), the same is said with brackets.
_BRACKETS = {QUOTE: ("⟦", "⟧"), FINDING: ("⟦", "⟧"), FURNITURE: ("⟨", "⟩")}

Marks = Sequence[tuple[int, int, str]]


def show(entry: Entry, source: Source, console: Console) -> None:
    """Prints an entry of the record (a document, an actor, a meeting, a statement, a position …).

    Args:
        entry: as the record's `find` gave it.
        source: the record it is from.
        console: where to; without colours quotes stand in ⟦ ⟧ and furniture in ⟨ ⟩.
    """
    actors = {actor.id: actor for actor in source.actors}
    documents = {document.id: document for document in source.documents}
    shown = _Shown(console, source, actors, documents)
    if isinstance(entry, Document):
        shown.document(entry)
    elif isinstance(entry, Actor):
        shown.actor(entry)
    elif isinstance(entry, Meeting):
        shown.meeting(entry)
    elif isinstance(entry, Statement):
        shown.statement(entry)
    elif isinstance(entry, Position):
        shown.position(entry)
    elif isinstance(entry, Agreement):
        shown.agreement(entry)
    elif isinstance(entry, Outlook):
        shown.outlook(entry)
    elif isinstance(entry, Disagreement):
        shown.disagreement(entry)
    elif isinstance(entry, Family):
        console.print(families.told(families.kin(entry, documents, source), _PASSAGES), soft_wrap=True)
    else:
        console.print_json(entry.model_dump_json(by_alias=True))
    if isinstance(entry, Meeting | Agreement | Position | Outlook | Statement):
        shown.told_differently(entry)


def context(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or sentences around a span: from the last sentence end before it to the next one after it.

    Args:
        text: the document's stored text.
        start: where the span starts.
        end: where it ends.
    """
    lower, upper = max(0, start - _AROUND), min(len(text), end + _AROUND)
    first = max((lower + m.end() for m in _SENTENCE_END.finditer(text[lower:start])), default=lower)
    after = _SENTENCE_END.search(text, max(start, end - 1), upper)
    last = after.end() if after else upper
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, max(last, end)


def marked(text: str, first: int, last: int, marks: Marks, plain: bool) -> Text:
    """A stretch of text with styles on its marks (or brackets around them, if `plain`). Later marks win."""
    if plain:
        return Text(_bracketed(text, first, last, marks))
    made = Text(text[first:last])
    for start, end, style in marks:
        if start < last and end > first:
            made.stylize(style, max(start, first) - first, min(end, last) - first)
    return made


def _bracketed(text: str, first: int, last: int, marks: Marks) -> str:
    """Brackets instead of styles; marks of one style that touch or overlap become one."""
    inserts: list[tuple[int, int, str]] = []  # position, closing before opening, bracket
    for style in dict.fromkeys(style for *_, style in marks):
        opening, closing = _BRACKETS[style]
        for start, end in _merged((s, e) for s, e, kind in marks if kind == style):
            start, end = max(start, first), min(end, last)
            if start < end:
                inserts += [(start, 1, opening), (end, 0, closing)]
    made, place = [], first
    for position, _, bracket in sorted(inserts):
        made += [text[place:position], bracket]
        place = position
    return "".join([*made, text[place:last]])


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _quantity(quantity: Quantity) -> str:
    return f"{signs.number(quantity.value)} {words.flat(quantity.unit)}"


class _Shown:
    """Prints entries; knows the record's names and texts."""

    def __init__(
        self, console: Console, source: Source, actors: Mapping[str, Actor], documents: Mapping[str, Document]
    ) -> None:
        self.console, self.source, self.actors, self.documents = console, source, actors, documents
        self.plain = console.no_color or not console.is_terminal

    def document(self, document: Document) -> None:
        """The whole text: furniture greyed, what entries cite underlined."""
        self._title(document.title or document.name, document.id)
        self._field("file", document.name)
        self._field("outlet", document.outlet)
        self._field("credits", ", ".join(document.credits))
        self._field("written", words.when(document.dated))
        self._field("language", document.language)
        self._field("words", f"{document.words:,}")
        self._family(document)
        cited = [
            (c.start, c.end, FINDING) for citations in self._citations() for c in citations if c.document == document.id
        ]
        furniture = [(f.start, f.end, FURNITURE) for f in document.furniture]
        legend = "⟨…⟩ is not the report, ⟦…⟧ is cited" if self.plain else "grey is not the report, underlined is cited"
        self._field("marks", legend)
        text = words.showable(self.source.text(document.id))
        self._print()
        self.console.print(marked(text, 0, len(text), [*cited, *furniture], self.plain), soft_wrap=False)

    def _family(self, document: Document) -> None:
        """Which documents this one is not independent of, and which of them came first."""
        family = next((f for f in self.source.families if f.id == document.family), None)
        if family is None:
            return
        found = families.kin(family, self.documents, self.source)
        others = [families.label(m.document) for m in found.members if m.document.id != document.id]
        first = "the first of them" if family.first == document.id else ""
        if family.first and not first:
            first = f"after {families.label(self.documents[family.first])}"
        shared = next(f"{m.copied:.0%} shared" for m in found.members if m.document.id == document.id)
        kind = family.kind.replace("_", " ")
        said = [f"{kind}, with {words.listing(others, 4)}", shared, first, family.id]
        self._field("family", "; ".join(filter(None, said)))

    def _citations(self) -> Iterable[Sequence[Citation]]:
        for statement in self.source.statements:
            yield statement.content
        for part in (self.source.meetings, self.source.positions, self.source.agreements):
            for entry in part:
                yield entry.citations

    def actor(self, actor: Actor) -> None:
        """Names, side, part and roles."""
        self._title(actor.name, actor.id)
        self._field("kind", actor.kind.replace("_", " "))
        self._field("part", actor.part)
        self._field("side", self._name(actor.side) if actor.side else "")
        self._field("names", ", ".join(actor.names))
        for role in sorted(actor.roles, key=lambda r: words.rank(r.title)):
            at = f", {self._name(role.actor)}" if role.actor else ""
            self._heading(f"{words.flat(role.title)}{at}")
            self._quotes(role.citations)
        own = [s for s in self.source.statements if actor.id in (s.speaker, s.on_behalf_of)]
        met = [m for m in self.source.meetings if actor.id in (*m.parties, *m.participants, *m.mediators)]
        if own:
            self._heading(f"{words.count(len(own), 'statement')}, the first ones")
            for statement in own[:5]:
                self._print(f"  {statement.id}  {words.said(statement, 80)}")
        if met:
            self._heading(words.count(len(met), "encounter"))
            for meeting in met[:10]:
                self._print(f"  {meeting.id}  {words.when(meeting.date)}  {words.encounter(meeting)}, {meeting.status}")

    def meeting(self, meeting: Meeting) -> None:
        """The settled fields, then what each document says, with its words."""
        self._title(f"{words.encounter(meeting)}, {words.when(meeting.date)}", meeting.id)
        self._fields(meeting)
        for account in sorted(meeting.accounts, key=lambda a: self._order(a.document)):
            self._heading(f"as told by {self._label(account.document)}")
            self._fields(account)
            self._quotes(account.citations)

    def statement(self, statement: Statement) -> None:
        """Who, how and when; then the words."""
        self._title(words.speaker(statement, self.actors), statement.id)
        self._field("as written", statement.speaker_text)
        self._field("on behalf of", self._name(statement.on_behalf_of) if statement.on_behalf_of else "")
        self._field("cue", statement.cue)
        self._field("kind", statement.kind)
        self._field("channel", statement.channel)
        self._field("relayed by", statement.via)
        self._field("said", words.when(statement.date))
        self._field("document", self._label(statement.document))
        self._heading("what is said")
        self._quotes(statement.content)
        if statement.citations != statement.content:
            self._heading("cited as a whole")
            self._quotes(statement.citations)

    def position(self, position: Position) -> None:
        """Whose stand it is and by whose word, on what; then the words."""
        self._title(f"{self._name(position.party)} {signs.STANCES[position.stance]}: {position.content}", position.id)
        self._field("issue", signs.issue(position.issue))
        self._field("told by", position.told_by.replace("_", " "))
        self._field("teller", self._name(position.teller) if position.teller else "")
        self._field("asked of", self._name(position.addressee) if position.addressee else "")
        self._field("date", words.when(position.date) if position.date else "")
        self._field("past", "told as a stand of earlier days" if position.past else "")
        self._field("numbers", ", ".join(map(_quantity, position.quantities)))
        self._field("statement", position.statement)
        self._field("document", self._label(position.citations[0].document))
        self._heading("the words")
        self._quotes(position.citations)

    def agreement(self, agreement: Agreement) -> None:
        """The settled fields, what each document says, and what became of it."""
        self._title(agreement.content, agreement.id)
        self._agreed(agreement)
        for account in sorted(agreement.accounts, key=lambda a: self._order(a.document)):
            self._heading(f"as told by {self._label(account.document)}")
            self._agreed(account)
            self._quotes(account.citations)
        for step in agreement.steps:
            date = words.when(step.date) if step.date else "no date"
            self._heading(f"{signs.STATUSES[step.status]}, {date}: {self._label(step.document)}")
            self._quotes(step.citations)
        if not agreement.accounts and not agreement.steps:
            self._quotes(agreement.citations)

    def outlook(self, outlook: Outlook) -> None:
        """Who is hopeful or doubtful; then the words."""
        holder = self._name(outlook.holder) if outlook.holder else outlook.holder_text or "not said who"
        self._title(f"{holder}: {outlook.direction}", outlook.id)
        self._field("as written", outlook.holder_text)
        self._field("standing", outlook.standing)
        self._field("statement", outlook.statement)
        self._heading("the words")
        self._quotes(outlook.citations)

    def disagreement(self, disagreement: Disagreement) -> None:
        """The question, and each answer with its words."""
        question = Differences.of(self.source).question(disagreement)
        self._title(question.text, disagreement.id)
        self._field("kind", disagreement.kind)
        self._field("about", f"{disagreement.about.kind} {disagreement.about.id}, {disagreement.about.field}")
        self._field("sources", question.sources)
        for said in question.answers:
            self._heading(f"≠ {said.text}")
            self._quotes(c for voice in said.voices for c in voice.citations)

    def told_differently(self, entry: Entry) -> None:
        """The disagreements that an entry has part in, each answer with its sources and words."""
        found = list(beside(entry, self.source.disagreements))
        if not found:
            return
        self._heading("told differently")
        differences = Differences.of(self.source)
        questions = sorted((differences.question(d) for d in found), key=Question.order)
        for question in questions[:_DIFFERENT]:
            self.console.print(Text("  ") + disagreements_table.head(question), soft_wrap=True)
            for said in question.answers:
                self.console.print(disagreements_table.answer(differences, said, 4), soft_wrap=True)
        if len(questions) > _DIFFERENT:
            self._print(f"  {len(questions) - _DIFFERENT} more: dragoman disagreements")

    # -- pieces -------------------------------------------------------------------------------------------------------

    def _fields(self, fields: MeetingFields) -> None:
        self._field("status", fields.status)
        self._field("level", fields.level)
        self._field("date", words.when(fields.date) if fields.date else "")
        if fields.date:
            self._field("date as written", f"“{words.flat(fields.date.text)}” ({fields.date.basis})")
        self._field("place", ", ".join(p for p in (fields.venue, fields.place, fields.country) if p))
        self._field("format", (fields.format or "").replace("_", " "))
        self._field("round", fields.round)
        self._field("parties", ", ".join(map(self._name, fields.parties)))
        self._field("participants", ", ".join(map(self._name, fields.participants)))
        self._field("mediators", ", ".join(map(self._name, fields.mediators)))
        if fields.duration_minutes:
            self._field("duration", words.span_of_time(fields.duration_minutes))
        self._field("outcome", fields.outcome)

    def _agreed(self, fields: AgreementFields) -> None:
        self._field("issue", signs.issue(fields.issue))
        self._field("content", fields.content)
        self._field("status", signs.STATUSES[fields.status])
        self._field("parties", ", ".join(map(self._name, fields.parties)))
        self._field("number", _quantity(fields.quantity) if fields.quantity else "")
        self._field("date", words.when(fields.date) if fields.date else "")
        self._field("until", words.when(fields.until) if fields.until else "")
        self._field("condition", fields.condition)
        self._field("meeting", fields.meeting)

    def _quotes(self, citations: Iterable[Citation]) -> None:
        """Quotes in their context; those whose contexts meet are shown in one piece."""
        by_document: dict[str, list[Citation]] = {}
        for citation in citations:
            by_document.setdefault(citation.document, []).append(citation)
        for document in sorted(by_document, key=self._order):
            found = by_document[document]
            text = words.showable(self.source.text(document))
            known = self.documents.get(document)
            marks = [(f.start, f.end, FURNITURE) for f in (known.furniture if known else [])]
            marks += [(c.start, c.end, QUOTE) for c in found]
            for first, last in _merged(context(text, c.start, c.end) for c in found):
                where = Text(f"  {known.name if known else document}, characters {first}–{last}", style="dim")
                self.console.print(where, soft_wrap=True)
                made = marked(text, first, last, marks, self.plain)
                for line in made.split("\n"):
                    if line.plain.strip():
                        for piece in line.wrap(self.console, max(40, min(self.console.width, 110) - 4)):
                            self.console.print(Text("    ") + piece, soft_wrap=True)

    def _order(self, document: str) -> tuple[str, str]:
        """Documents in the order in which they were written."""
        known = self.documents.get(document)
        return (known.dated.from_ if known and known.dated else "9999", known.name if known else document)

    def _name(self, actor: str | None) -> str:
        return self.actors[actor].name if actor and actor in self.actors else str(actor)

    def _label(self, document: str) -> str:
        known = self.documents.get(document)
        if known is None:
            return document
        said = f"{known.outlet}, " if known.outlet else ""
        return f"{said}{words.when(known.dated)} ({known.name}, {known.id})"

    def _title(self, text: str, id: str) -> None:
        self.console.print(Text(words.flat(text), style="bold") + Text(f"  {id}", style="dim"), soft_wrap=True)

    def _heading(self, text: str) -> None:
        self._print()
        self.console.print(Text(words.flat(text), style="bold cyan"), soft_wrap=True)

    def _field(self, name: str, value: str | int | None) -> None:
        if value:
            shown = Text(f"{name + ':':<17}", style="dim") + Text(words.flat(str(value)))
            self.console.print(shown, soft_wrap=True)

    def _print(self, text: str = "") -> None:
        self.console.print(Text(text), soft_wrap=True)
