"""Questions in plain words, answered from the record: with its entries and their words, or not at all.

Nothing is made up and nothing is put into new words. A question is looked through for whom it is about, what days,
what issue, and what is asked (who met, who led, what was demanded, agreed, said …); what is left over must stand in an
entry for it to be an answer. Where nothing fits the answer is that the record does not say.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.record import Citation, Position, Statement
from dragoman.report import signs, words
from dragoman.report.encounters import Told
from dragoman.web.search import Query
from dragoman.web.state import State

MOST = 25
"""Answers that are shown."""

_STANCES = {
    "demands": r"demand\w*|want(?:s|ed)?|insist\w*|require\w*|ask(?:s|ed)? for|call(?:s|ed)? for",
    "proposes": r"propos\w*|offer\w*|suggest\w*",
    "accepts": r"accept\w*|conced\w*|concession\w*",
    "rejects": r"reject\w*|refus\w*|rul(?:e|es|ed|ing) out|red lines?|oppos\w*",
    "conditions": r"condition\w*",
    "open_to": r"open to|ready to|willing",
}
_INTENTS = (
    ("differ", r"differ\w*|disagree\w*|contradict\w*|disput\w*|conflicting"),
    ("agreed", r"agree(?:d|ment|ments|s)?|deals?|accords?|pact"),
    ("led", r"(?:led|head(?:s|ed)?|leads?|leading|chair\w*)"),
    ("next", r"next (?:meeting|round|talks|encounter|summit)|when will"),
    ("met", r"met|meet(?:s|ing|ings)?|talks|rounds?|summits?|encounters?|visit(?:s|ed)?|attend\w*|took part|take part"),
    ("stand", r"position\w*|stance\w*|stands?|view\w* on"),
    ("outlook", r"outlook\w*|hope\w*|optimis\w*|pessimis\w*|doubt\w*|expect\w*"),
    ("changed", r"chang\w*|moved?|new"),
    ("said", r"s(?:ay|ays|aid|tated)|statements?|told|tell|announc\w*|claim\w*|comment\w*|quot\w*|declar\w*"),
    ("who", r"who (?:is|are|was|were)"),
)
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = re.compile(
    rf"\b(?:(?P<word>since|after|from|until|till|before|by)\s+)?(?:in\s+|on\s+|of\s+)?(?:"
    rf"(?P<iso>\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?)|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\b(?:,?\s+(?P<y1>\d{{4}}))?|"
    rf"(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}))?|"
    rf"(?P<m3>{_MONTH})\b(?:,?\s+(?P<y3>\d{{4}}))?|(?P<y4>(?:19|20)\d{{2}}))\b",
    re.I | re.ASCII,
)
_WORD = re.compile(r"\w[\w’'-]*", re.UNICODE)
_STOP = frozenset(
    """
    a about all an and any are as at be been being between both but by can could did do does done during each either
    ever every for from had has have he her him his how i if in into is it its last latest made make many me more
    most much my no not of on or our over per please record shall she should show side sides so some than that the
    their them then there these they this those to under until up us was we were what when where whether which while
    who whom whose why will with would you your give list time first party parties delegation delegations report
    reports document documents article articles source sources outlet outlets
    """.split()  # noqa: SIM905  # a text can be read
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry that answers: its kind, id, day, a line on it, and its words."""

    kind: str
    id: str
    day: str | None
    line: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was understood of a question, in words; the answers, the best first; and how many more there are."""

    understood: tuple[str, ...]
    answers: tuple[Answer, ...]
    more: int
    search: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it was understood; `issues` are those that each of its words stands for."""

    actors: tuple[str, ...]
    intents: tuple[str, ...]
    stances: tuple[str, ...]
    issues: dict[str, frozenset[str]]
    keywords: tuple[str, ...]
    since: str | None
    until: str | None


def reply(state: State, question: str) -> Reply:
    """The answer to a question.

    Args:
        state: of the record.
        question: in English, in plain words.
    """
    asked = _understood(state, question)
    found = list(_answers(state, asked))
    return Reply(_said(state, asked), tuple(found[:MOST]), max(0, len(found) - MOST), " ".join(asked.keywords))


# -- understanding ----------------------------------------------------------------------------------------------------


def _understood(state: State, question: str) -> _Asked:
    rest = f" {question} "
    since, until, rest = _dates(state, rest)
    actors, rest = _actors(state, rest)
    stances = tuple(name for name, form in _STANCES.items() if re.search(rf"\b(?:{form})\b", rest, re.I))
    intents = tuple(name for name, form in _INTENTS if re.search(rf"\b(?:{form})\b", rest, re.I))
    for form in (*_STANCES.values(), *(form for _, form in _INTENTS)):
        rest = re.sub(rf"\b(?:{form})\b", " ", rest, flags=re.I)
    left = [w.casefold() for w in _WORD.findall(rest)]
    keywords = tuple(dict.fromkeys(w for w in left if w not in _STOP and len(w) > 1))
    issues = {word: frozenset(_issues(state, word)) for word in keywords}
    return _Asked(actors, intents, stances, issues, keywords, since, until)


def _dates(state: State, text: str) -> tuple[str | None, str | None, str]:
    """The days that a question names, and the question without them; a month without a year is the latest known."""
    since = until = None
    for found in _DATES.finditer(text):
        if found["m3"] and not found["y3"] and found["m3"].casefold() in ("may", "march", "mar") and not found["word"]:
            before = text[: found.start("m3")].rstrip().casefold()
            if not before.endswith((" in", " of", " during")):
                continue  # a verb, as in "what may …"
        days = _interval(state, found)
        if days is None:
            continue
        word = (found["word"] or "").casefold()
        if word not in ("until", "till", "before", "by"):
            since = max(since or "", days[0])
        if word not in ("since", "after", "from"):
            until = min(until or "9999", days[1])
        text = text.replace(found[0], " ", 1)
    return since, until, text


def _interval(state: State, found: re.Match[str]) -> tuple[str, str] | None:
    today = date.fromisoformat(state.today) if state.today else date(2000, 1, 1)
    try:
        if found["iso"]:
            parts = [int(p) for p in found["iso"].split("-")]
            year, month, day = parts[0], parts[1], parts[2] if len(parts) > 2 else None
        elif found["y4"]:
            return f"{int(found['y4']):04d}-01-01", f"{int(found['y4']):04d}-12-31"
        else:
            month = _MONTHS[(found["m1"] or found["m2"] or found["m3"]).casefold()]
            given, number = found["y1"] or found["y2"] or found["y3"], found["d1"] or found["d2"]
            year = int(given) if given else today.year - (month > today.month)
            day = int(number) if number else None
        first = date(year, month, day or 1)
        last = date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return first.isoformat(), last.isoformat()


def _actors(state: State, text: str) -> tuple[tuple[str, ...], str]:
    """Whom a question names, the longest names first, and the question without them."""
    found: list[str] = []
    matches = list(_WORD.finditer(text))
    taken: set[int] = set()
    for length in range(6, 0, -1):
        for start in range(len(matches) - length + 1):
            places = range(start, start + length)
            if taken & set(places):
                continue
            name = " ".join(re.sub(r"[’']s$", "", matches[n][0]).casefold() for n in places)
            actor = state.named.get(name)
            if actor is not None and (length > 1 or (len(name) > 2 and name not in _STOP)):
                found.append(actor)
                taken |= set(places)
    rest = "".join(c for i, c in enumerate(text) if not any(matches[n].start() <= i < matches[n].end() for n in taken))
    return tuple(dict.fromkeys(found)), rest


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, frozenset[str]]:
    """The issues of the set that comes with dragoman by the stems of their plain words."""
    from dragoman.extract.issue_sets import resolved

    found: dict[str, set[str]] = {}
    for name, issue in resolved("general").issues.items():
        for word, weight in issue.words.items():
            if weight >= 3 and " " not in word:
                found.setdefault(_stem(word.strip("=*")), set()).add(name)
    return {stem: frozenset(names) for stem, names in found.items()}


def _issues(state: State, word: str) -> Iterator[str]:
    known = set(state.stands.issues) | {c.agreement.issue for c in state.commitments}
    stem = _stem(word)
    for issue in known:
        if issue in _vocabulary().get(stem, ()) or stem in (_stem(part) for part in issue.split("_")):
            yield issue


def _stem(word: str) -> str:
    """A word without its inflection, roughly: enough to find "prisoner" by "prisoners"."""
    word = word.casefold()
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


# -- answering --------------------------------------------------------------------------------------------------------


def _answers(state: State, asked: _Asked) -> Iterator[Answer]:
    """What answers, the kinds of answers in the order of how surely they were asked for."""
    finders: dict[str, Callable[[State, _Asked], Iterable[Answer]]] = {
        "differ": _differing,
        "agreed": _agreed,
        "led": _led,
        "next": _coming,
        "met": _met,
        "outlook": _outlooks,
        "changed": _changed,
        "said": _statements,
        "who": _who,
    }
    seen: set[str] = set()
    chosen: list[Callable[[State, _Asked], Iterable[Answer]]] = []
    if asked.stances or "stand" in asked.intents:
        chosen.append(_positions)
    chosen.extend(finders[intent] for intent in asked.intents if intent in finders)
    if not chosen and (asked.actors or asked.keywords or asked.since or asked.until):
        chosen = [_who] if asked.actors and not asked.keywords else [_positions, _agreed, _statements]
    for find in chosen:
        for one in find(state, asked):
            if one.id not in seen:
                seen.add(one.id)
                yield one
        if seen and find is not _positions:
            return  # what was asked for first is answered


def _positions(state: State, asked: _Asked) -> Iterator[Answer]:
    stances, found = asked.stances, []
    for telling in state.stands.tellings:
        p = telling.position
        if stances and p.stance not in stances:
            continue
        if not _theirs(state, asked, (p.party, telling.party)) or not _within(asked, telling.day, telling.day):
            continue
        if _fits(asked, p.issue, (p.content, *(c.quote for c in p.citations))):
            found.append((telling.day or "", p))
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    for day, p in found:
        yield Answer("position", p.id, day or None, position_line(state, p), tuple(p.citations))


def position_line(state: State, p: Position) -> str:
    """A position in a line."""
    teller = (
        "" if p.told_by == "own" else f" (as {state.name(p.teller) if p.teller else p.told_by.replace('_', ' ')} says)"
    )
    said = f"{signs.STANCES[p.stance]}: {words.short(p.content, 160)}"
    return f"{state.name(p.party)} on {signs.issue(p.issue)} {said}{teller}"


def _agreed(state: State, asked: _Asked) -> Iterator[Answer]:
    for c in reversed(state.commitments):
        days = [d for d in (c.day, *(s.day for s in c.stages)) if d]
        if asked.actors and not any(_theirs(state, asked, (p,)) for p in c.parties):
            continue
        if (asked.since or asked.until) and not any(_within(asked, d, d) for d in days):
            continue
        a = c.agreement
        if _fits(asked, a.issue, (a.content, a.condition or "", *(x.quote for x in a.citations))):
            line = f"{signs.STATUSES[c.status]}: {words.short(a.content, 160)}"
            who = " and ".join(state.name(p) for p in c.parties)
            yield Answer("agreement", c.id, c.day, f"{line} ({who})" if who else line, tuple(a.citations))


def _meetings(state: State, asked: _Asked) -> Iterator[Told]:
    dated = [t for t in state.told.values() if t.meeting.date]
    for told in (*reversed(dated), *(t for t in state.told.values() if not t.meeting.date)):
        m = told.meeting
        present = (*m.parties, *m.participants, *m.mediators)
        if asked.actors and not all(_involves(state, actor, present) for actor in asked.actors):
            continue
        if not _within(asked, m.date.from_ if m.date else None, m.date.to if m.date else None):
            continue
        said = (m.title, m.place or "", m.country or "", m.venue or "", m.outcome or "", m.level, m.kind)
        if _fits(asked, "", (*said, *(c.quote for c in m.citations))):
            yield told


def _met(state: State, asked: _Asked) -> Iterator[Answer]:
    for told in _meetings(state, asked):
        yield _meeting(state, told)


def _coming(state: State, asked: _Asked) -> Iterator[Answer]:
    ahead = [t for t in _meetings(state, asked) if t.ahead]
    for told in sorted(ahead, key=lambda t: (t.meeting.status != "scheduled", *t.order())):
        yield _meeting(state, told)


def _led(state: State, asked: _Asked) -> Iterator[Answer]:
    """Who led a delegation at an encounter: as its documents say, else who of those present is given such a role."""
    for told in _meetings(state, asked):
        m = told.meeting
        heads = [state.actors[a] for a in m.led if a in state.actors]
        if heads:
            names = [a.name.split()[-1].casefold() for a in heads if a.name.split()]
            quoted = [c for a in m.accounts for c in a.citations if any(n in c.quote.casefold() for n in names)]
            answer = _meeting(state, told, f"led by {', '.join(a.name for a in heads)}")
        else:
            present = [state.actors[a] for a in m.participants if a in state.actors]
            heads = [a for a in present if words.standing(a) == 0]
            if not heads:
                continue
            quoted = [c for a in heads for r in a.roles if words.rank(r.title) == 0 for c in r.citations[:1]]
            answer = _meeting(
                state, told, f"there, and called head of a delegation: {', '.join(a.name for a in heads)}"
            )
        yield Answer(answer.kind, answer.id, answer.day, answer.line, tuple(quoted) or answer.citations)


def _meeting(state: State, told: Told, more: str = "") -> Answer:
    m = told.meeting
    people = words.listing([state.name(a) for a in m.participants], 6)
    parts = [
        words.when(m.date),
        words.flat(m.title),
        told.state,
        more or people,
        words.flat(m.place or m.country or ""),
    ]
    return Answer("meeting", m.id, m.date.to if m.date else None, ", ".join(p for p in parts if p), tuple(m.citations))


def _statements(state: State, asked: _Asked) -> Iterator[Answer]:
    text = " ".join(asked.keywords)
    wanted = [Query(text, None, asked.since, asked.until)]
    if asked.actors:
        wanted = [
            Query(text, {facet: actor}, asked.since, asked.until)
            for actor in asked.actors
            for facet in (("side",) if state.side(actor) == actor else ("speaker",))
        ]
    if text or asked.actors or asked.since or asked.until:
        for query in wanted:
            for s in state.index.find(query, 1, MOST, facets=False).statements:
                yield statement_answer(state, s)


def statement_answer(state: State, s: Statement) -> Answer:
    """A statement as an answer."""
    who = state.name(s.speaker) if s.speaker else words.flat(s.speaker_text or "unnamed")
    document = state.documents.get(s.document)
    dated = s.date or (document.dated if document else None)
    return Answer("statement", s.id, dated.to if dated else None, f"{who} {s.cue or ''}", tuple(s.content))


def _outlooks(state: State, asked: _Asked) -> Iterator[Answer]:
    for o in state.outlooks.values():
        document = state.documents.get(o.citations[0].document)
        dated = document.dated if document else None
        if not _within(asked, dated.from_ if dated else None, dated.to if dated else None):
            continue
        if _theirs(state, asked, (o.holder,)) and _fits(asked, "", tuple(c.quote for c in o.citations)):
            who = state.name(o.holder) if o.holder else words.flat(o.holder_text or "unnamed")
            yield Answer("outlook", o.id, dated.to if dated else None, f"{who}: {o.direction}", tuple(o.citations))


def _differing(state: State, asked: _Asked) -> Iterator[Answer]:
    for q in state.questions:
        if asked.actors and not any(_involves(state, a, tuple(q.actors)) for a in asked.actors):
            continue
        if not any(_within(asked, day, day) for day in (q.days or (None,))):
            continue
        quotes = [c.quote for v in q.entry.values for c in v.citations]
        if _fits(asked, "", (q.text, *(s.text for s in q.answers), *quotes)):
            line = (
                f"{q.entry.kind}: {words.short(q.text, 160)}: {' / '.join(words.short(s.text, 60) for s in q.answers)}"
            )
            said = tuple(c for s in q.answers for c in s.citations)
            yield Answer("disagreement", q.id, q.days[-1] if q.days else None, line, said)


def _changed(state: State, asked: _Asked) -> Iterator[Answer]:
    from dragoman.report.changes import changes, line

    for c in reversed(changes(state.stands, state.commitments, asked.since, asked.until)):
        if asked.actors and not any(_theirs(state, asked, (p,)) for p in c.parties):
            continue
        if _fits(asked, c.issue, (c.text, *(x.quote for x in c.citations))):
            yield Answer("change", c.id, c.day, f"{c.kind}: {line(state.stands, c)}", c.citations)


def _who(state: State, asked: _Asked) -> Iterator[Answer]:
    for id_ in asked.actors:
        actor = state.actors[id_]
        roles = [role for role in actor.roles if _fits(asked, "", (role.title,))]
        titles = "; ".join(words.titles(roles, 4))
        cited = tuple(c for role in sorted(roles, key=lambda r: words.rank(r.title)) for c in role.citations[:1])
        if cited:
            yield Answer("actor", id_, None, f"{actor.name}: {titles}", cited)


def _fits(asked: _Asked, issue: str, said: Iterable[str]) -> bool:
    """Whether each word of what is asked about stands in an entry, or for its issue."""
    if not asked.keywords:
        return True
    text = " ".join(said).casefold()
    return all(issue in asked.issues[word] or _stem(word) in text for word in asked.keywords)


def _theirs(state: State, asked: _Asked, actors: Iterable[str | None]) -> bool:
    return not asked.actors or any(_involves(state, wanted, tuple(a for a in actors if a)) for wanted in asked.actors)


def _involves(state: State, wanted: str, actors: tuple[str, ...]) -> bool:
    """Whether an actor, or (of a side) somebody who acts for it, is among some."""
    return not state.stands.members(wanted).isdisjoint(actors) if state.side(wanted) == wanted else wanted in actors


def _within(asked: _Asked, first: str | None, last: str | None) -> bool:
    if not (asked.since or asked.until):
        return True
    if first is None or last is None:
        return False
    return not ((asked.since and last < asked.since) or (asked.until and first > asked.until))


def _said(state: State, asked: _Asked) -> tuple[str, ...]:
    """What was understood, in words."""
    found = []
    if asked.actors:
        found.append("who: " + ", ".join(state.name(a) for a in asked.actors))
    asked_for = [*(signs.STANCES[s] for s in asked.stances if s in signs.STANCES), *asked.intents]
    if asked_for:
        found.append("what: " + ", ".join(asked_for))
    issues = sorted(frozenset().union(*asked.issues.values()))
    if issues:
        found.append("issue: " + ", ".join(signs.issue(i) for i in issues))
    if asked.keywords:
        found.append("words: " + ", ".join(asked.keywords))
    if asked.since or asked.until:
        days = [words.day(d) if d else "…" for d in (asked.since, asked.until)]
        found.append(f"when: {days[0]} – {days[1]}")
    return tuple(found)
