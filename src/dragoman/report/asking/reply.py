"""The answer to a question: what was understood, the entries that answer with their words, or that there are none."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.record import Citation, Outlook, Position, Statement
from dragoman.report import signs, words
from dragoman.report.agreements import Commitment
from dragoman.report.asking.entries import Item, citations
from dragoman.report.asking.finding import Hit, hits
from dragoman.report.asking.known import Known
from dragoman.report.asking.lexicon import stems
from dragoman.report.asking.question import Asked, understood
from dragoman.report.changes import Change, line
from dragoman.report.disagreements import Question
from dragoman.report.encounters import Told

MOST = 25
"""Answers that are given."""

SHOWN = 4
"""Pieces of an answer's words that are given."""

_CLOSE = 1.4  # what is worth so much less than the best answer only comes near
_PASSAGES = 3  # sentences that are given where no entry answers
_NEAR = 8  # of what comes near so much is given
_INTENTS = {
    "wants": "positions", "said": "statements", "agreed": "agreements", "kept": "what became of agreements",
    "met": "encounters", "called": "calls", "led": "heads of delegations", "speaks_for": "who speaks for a side",
    "mediated": "mediation", "attended": "who was there", "wished": "requests", "moved_date": "what was moved",
    "next": "what lies ahead", "expects": "outlooks", "differ": "what is disputed", "changed": "changes",
    "who_is": "who somebody is", "why": "reasons that are given",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry that answers: its kind, id, day, a line on it, and its words, those first that hold what is asked."""

    kind: str
    id: str
    day: str | None
    line: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class More:
    """All entries of a kind that a list shows: its part, how many answers are of it, and the filters it takes."""

    part: str
    count: int
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question.

    `understood` is the question as it was read, in one line; `answers` are the entries that answer it, `near` those
    that come close (a proposal where a demand was asked for, a statement beside the agreement), the best first in
    both; where no entry answers, `near` are sentences of documents that have the words. `total` counts the answers.
    `notes` say what was read as something else, or is not in the record, with `corrections`: each a question to ask
    instead. Without `answers` the record does not say.
    """

    question: str
    understood: str
    answers: tuple[Answer, ...] = ()
    near: tuple[Answer, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    more: tuple[More, ...] = field(default=())

    @property
    def silent(self) -> bool:
        """Whether the record does not say."""
        return not self.answers


def reply(known: Known, question: str) -> Reply:
    """The answer to a question in plain words.

    Args:
        known: the record.
        question: in English; only its first 300 characters are read.
    """
    asked = understood(known, question)
    found = _distinct(hits(known, asked))
    best = max((hit.score for hit in found), default=0.0)
    passages = () if found else _passages(known, asked)
    close = [hit for hit in found if hit.score >= best - _CLOSE]
    near = [hit for hit in found if hit.score < best - _CLOSE]
    return Reply(
        asked.text,
        said(known, asked),
        tuple(answer(known, asked, hit) for hit in close[:MOST]),
        tuple(answer(known, asked, hit) for hit in near[:_NEAR]) or passages,
        len(close),
        _notes(known, asked),
        _corrections(asked),
        _more(asked, close),
    )


def _distinct(found: list[Hit]) -> list[Hit]:
    """The answers without those that quote the same words again, as reprints do; they come after all others."""
    seen: set[str] = set()
    first: list[Hit] = []
    again: list[Hit] = []
    for hit in found:
        own = citations(hit.item)
        key = " ".join(sorted(stems(own[0].quote))) if own else hit.item.id
        (again if (hit.item.kind + key) in seen else first).append(hit)
        seen.add(hit.item.kind + key)
    return first + again


# -- words ------------------------------------------------------------------------------------------------------------


def said(known: Known, asked: Asked) -> str:
    """What was understood, in one line: "Positions (demands) of Taverra on flow, June 2031"."""
    what = [_INTENTS[i] for i in asked.intents if i in _INTENTS][:3] or (["all entries"] if not asked.empty else [])
    line_ = " and ".join(what)
    if asked.stances:
        line_ += f" ({', '.join(signs.STANCES[s] for s in asked.stances)})"
    if asked.statuses:
        line_ += f" ({', '.join(signs.STATUSES[s] for s in asked.statuses)})"
    if asked.levels:
        line_ += f", at the level of {', '.join(asked.levels)}"
    if asked.subjects:
        line_ += f" of {' and '.join(_name(known, one.ids) for one in asked.subjects)}"
    if asked.objects:
        line_ += f", with regard to {' and '.join(_name(known, one.ids) for one in asked.objects)}"
    if asked.round is not None:
        line_ += f", round {asked.round}"
    if asked.unknown:
        line_ += f", with “{'”, “'.join(one.text for one in asked.unknown)}”, who or which is not in the record"
    about = [k.text for k in asked.keywords if k.weight]
    if about:
        issues = sorted(frozenset().union(*(k.issues for k in asked.heavy))) if asked.heavy else []
        line_ += f", on “{' '.join(about)}”"
        if issues:
            line_ += f" (issue: {', '.join(signs.issue(i) for i in issues)})"
    if asked.days:
        line_ += f", {_days(asked)}"
    if asked.newest or asked.oldest:
        line_ += f", the {'first' if asked.oldest else 'latest'} first" if asked.newest else ", the earliest first"
    return line_[:1].upper() + line_[1:]


def _days(asked: Asked) -> str:
    since, until = asked.days.since, asked.days.until
    if since and until and since <= until:
        return words.interval(since, until)
    if since and until:
        return f"{words.day(since)} – {words.day(until)}"
    return f"since {words.day(since)}" if since else f"until {words.day(until or '')}"


def _name(known: Known, ids: tuple[str, ...]) -> str:
    return " or ".join(dict.fromkeys(known.name(i) for i in ids[:3]))


def _notes(known: Known, asked: Asked) -> tuple[str, ...]:
    notes = [
        f"“{one.text}” was read as {_name(known, one.ids)}." for one in (*asked.subjects, *asked.objects) if one.read
    ]
    notes += [
        f"“{one.text}” may be {_name(known, one.ids)}: all are answered for."
        for one in (*asked.subjects, *asked.objects)
        if len({known.name(i) for i in one.ids}) > 1
    ]
    notes += [f"No “{one.text}” in the record." for one in asked.unknown]
    missing = [k.text for k in asked.heavy if not known.says(k.text) and k.weight < 2]
    if missing:
        notes += [f"No entry has the word “{word}”." for word in missing]
    return tuple(notes)


def _corrections(asked: Asked) -> tuple[str, ...]:
    """The question with a name that the record has in place of one that it has not."""
    return tuple(asked.text.replace(one.text, name) for one in asked.unknown for name in one.like)[:4]


def answer(known: Known, asked: Asked, hit: Hit) -> Answer:
    """An entry as an answer."""
    item = hit.item
    keys: set[str] = set().union(*(k.stems for k in asked.keywords))
    cited = citations(item)
    if isinstance(item.subject, Told):
        people = _asked_for(item.subject, asked)
        last = [stems(known.name(i).split()[-1]) for i in people]
        if people and not any(name <= stems(c.quote) for c in cited for name in last):
            cited = _roles(known, people, asked) + cited
        keys |= set().union(*last)
    if keys and item.kind not in ("disagreement", "statement", "actor"):
        cited.sort(key=lambda c: -len(keys & stems(c.quote)))  # stable: else as the entry has them
    told_ = _line(known, asked, item)
    if hit.beside:
        told_ += f", where the text speaks of “{' '.join(k.text for k in asked.keywords)}”"
    day = item.subject.day if isinstance(item.subject, Commitment) else item.last
    return Answer(item.kind, item.id, day, told_, tuple(cited[:SHOWN]))


def _passages(known: Known, asked: Asked) -> tuple[Answer, ...]:
    """Sentences that hold all words and names of a question that no entry answers."""
    wanted = [k.stems for k in asked.heavy]
    wanted += [frozenset(stems(word)) for one in asked.unknown for word in one.text.split()]
    if not wanted or asked.days:
        return ()
    for one in (*asked.subjects, *asked.objects):
        names = [name.split()[-1] for i in one.ids if i in known.actors for name in known.actors[i].names]
        wanted.append(frozenset().union(*(stems(name) for name in names)))
    found = known.passages.holding(wanted, _PASSAGES)
    days = {c.document: known.documents[c.document].dated for c in found}
    return tuple(
        Answer(
            "document",
            c.document,
            dated.to if (dated := days[c.document]) else None,
            "no entry, but the words stand in the text",
            (c,),
        )
        for c in found
    )


def _roles(known: Known, people: list[str], asked: Asked) -> list[Citation]:
    """The words that give somebody the role that is asked for: "head of the delegation"."""
    wanted = {"led": 0}.get(asked.wanted[0]) if asked.wanted else None
    found = []
    for actor in (known.actors[i] for i in people if i in known.actors):
        roles = sorted(actor.roles, key=lambda r: words.rank(r.title))
        found += [c for r in roles[:1] if wanted in (None, words.rank(r.title)) for c in r.citations[:1]]
    return found


def _asked_for(told: Told, asked: Asked) -> list[str]:
    m = told.meeting
    fields = {"led": m.led, "mediators": m.mediators, "participants": m.participants, "asked": m.asked}
    return [a for name in asked.wanted if name in fields for a in fields[name]]


def _line(known: Known, asked: Asked, item: Item) -> str:
    s = item.subject
    if isinstance(s, Position):
        teller = f" (as {known.name(s.teller) if s.teller else s.told_by.replace('_', ' ')} says)"
        on = f"{known.name(s.party)} on {signs.issue(s.issue)}"
        return f"{on}: {signs.STANCES[s.stance]} {words.short(s.content, 160)}{'' if s.told_by == 'own' else teller}"
    if isinstance(s, Commitment):
        until = f", until {words.when(s.agreement.until)}" if s.agreement.until else ""
        who = " and ".join(known.name(p) for p in s.parties)
        what = f"{signs.STATUSES[s.status]}{until}: {words.short(s.agreement.content, 160)}"
        return f"{what} ({who})" if who else what
    if isinstance(s, Told):
        return _meeting(known, asked, s)
    if isinstance(s, Statement):
        who = known.name(s.speaker) if s.speaker else words.short(s.speaker_text or "unnamed", 60)
        through = f" ({words.short(s.channel, 30)})" if s.channel else ""
        return f"{who} {words.flat(s.cue or 'says')}{through}"
    if isinstance(s, Outlook):
        who = known.name(s.holder) if s.holder else words.short(s.holder_text or "unnamed", 60)
        return f"{who}: {s.direction}"
    if isinstance(s, Question):
        told_ = " / ".join(words.short(a.text, 60) for a in s.answers)
        return f"{s.entry.kind}: {words.short(s.text, 160)}: {told_}"
    if isinstance(s, Change):
        return f"{s.kind}: {line(known.stands, s)}"
    roles = "; ".join(words.titles(s.roles, 4))
    side = known.side(s.id)
    for_ = f", {known.name(side)}" if side and side != s.id else ""
    return f"{words.flat(s.name)}: {roles}{for_}" + (" (mediator)" if s.part == "mediator" else "")


def _meeting(known: Known, asked: Asked, told: Told) -> str:
    m = told.meeting

    def people(label: str, ids: list[str]) -> str:
        return f"{label} {words.listing([known.name(i) for i in ids], 6)}" if ids else ""

    facts = {
        "led": people("led by", m.led),
        "mediators": people("mediated by", m.mediators),
        "participants": people("there:", m.participants),
        "asked": people("asked for by", m.asked),
        "duration_minutes": f"lasted {words.span_of_time(m.duration_minutes)}" if m.duration_minutes else "",
        "round": f"round {m.round}" if m.round else "",
    }
    first = [facts.pop(name) for name in asked.wanted if name in facts]
    where = ", ".join(dict.fromkeys(words.flat(x) for x in (m.venue, m.place, m.country) if x))
    parts = [words.when(m.date), words.flat(m.title), where, told.state, *first, facts.get("participants", "")]
    return ", ".join(p for p in parts if p)


# -- where the rest is ------------------------------------------------------------------------------------------------

_PARTS = {
    "position": "positions", "statement": "statements", "agreement": "agreements", "meeting": "meetings",
    "disagreement": "disagreements",
}  # fmt: skip


def _more(asked: Asked, found: list[Hit]) -> tuple[More, ...]:
    """The lists that show more of what answers, with the filters that fit the question."""
    counts: dict[str, int] = {}
    for hit in found:
        if hit.item.kind in _PARTS:
            counts[hit.item.kind] = counts.get(hit.item.kind, 0) + 1
    made = []
    for kind, many in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:3]:
        filters: dict[str, str] = {}
        if asked.subjects:
            filters["actor"] = asked.subjects[0].ids[0]
        if asked.days.since:
            filters["since"] = asked.days.since
        if asked.days.until:
            filters["until"] = asked.days.until
        heavy = [k.text for k in asked.heavy]
        if heavy and kind == "statement":
            filters["q"] = max(heavy, key=len)
        issues = {hit.item.issue for hit in found if hit.item.kind == kind}
        if kind == "position" and len(issues) == 1:
            filters["issue"] = next(iter(issues))
        made.append(More(_PARTS[kind], many, filters))
    return tuple(made)
