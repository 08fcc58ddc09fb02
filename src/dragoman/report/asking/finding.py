"""Which entries answer a question, the best first.

An entry answers if it is of whom and of the days that are asked about, and holds most of the words that are left of the
question once names, days and the words of asking are taken out. Among those, what counts is whether it is of the kind
that is asked for, whether it says what is asked (a stance, who led, where), how much of the words it holds, and last
its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.record import Statement
from dragoman.report import words
from dragoman.report.agreements import Commitment
from dragoman.report.asking import lexicon
from dragoman.report.asking.entries import Item, citations, text_of
from dragoman.report.asking.known import Known
from dragoman.report.asking.lexicon import coverage, stems
from dragoman.report.asking.names import Named
from dragoman.report.asking.question import ORDINALS, Asked
from dragoman.report.disagreements import Question
from dragoman.report.encounters import Told

ENOUGH = 0.5
"""So much of the weight of a question's words an entry must hold to answer it."""

_COVERED = 4.0
_STANCE, _NEAR, _FIELD, _LEVEL, _OBJECT, _OWN, _WHOSE = 2.0, 0.9, 1.6, 0.8, 1.0, 0.3, 0.8
_LOOKED_AT, _OF_KIND = 1500, 400  # entries that are judged; of more, of each kind so many: the latest, or the earliest
_SIDE = 0.8  # kinds of less weight answer only where words of the question stand in them
_PEOPLE = frozenset({"led", "speaks_for", "mediated", "who_is"})
_NEEDED = ("led", "mediators", "duration_minutes")
_SPOKEN = ("statement", "position")
_FEW = 3  # with fewer answers of that kind in the question's words, those are looked for that stand near them
_AROUND, _BESIDE = 450, 0.8  # characters around an entry's words that are looked through; what of the question is there
_LOOKED_AROUND = 60
_NONE: set[str] = set()
_STATEMENTS = 40  # statements that are taken from an index for each way of asking


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that answers, and how well; `beside` if what is asked about stands only near its words."""

    item: Item
    score: float
    covered: float
    beside: bool = False

    def order(self, oldest: bool) -> tuple[object, ...]:
        """The best first; of the same worth the latest, or the first if that was asked for."""
        day = self.item.last or ""
        return (-round(self.score, 2), day or "9999" if oldest else tuple(-ord(c) for c in day or "0"), self.item.id)


def hits(known: Known, asked: Asked) -> list[Hit]:
    """What answers a question, the best first."""
    if asked.empty or asked.unknown:  # nothing answers for a name that the record does not have
        return []
    looked = _Looked(known, asked)
    found = looked.hits()
    if (
        asked.subjects
        and asked.heavy
        and not set(asked.intents) & _PEOPLE
        and sum(h.item.kind in _SPOKEN for h in found) < _FEW
    ):
        found += looked.beside({h.item.id for h in found})
    if asked.oldest or asked.newest:  # "latest", "first": time decides among what fits
        best = max((h.score for h in found), default=0.0)
        good = [h for h in found if h.score >= best - 1.2 and h.item.last]
        rest = [h for h in found if h not in good]
        good.sort(key=lambda h: (h.item.last or "", h.item.id), reverse=not asked.oldest)
        return good + sorted(rest, key=lambda h: h.order(asked.oldest))
    return sorted(found, key=lambda h: h.order(asked.oldest))


class _Looked:
    """One question looked for in a record: which entries hold which of its words and names."""

    def __init__(self, known: Known, asked: Asked) -> None:
        self.known, self.asked = known, asked
        self.exact = [frozenset(known.holding([lexicon.stem(k.text)])) for k in asked.keywords]
        self.alike = [frozenset(known.holding(k.stems)) for k in asked.keywords]
        self.whole = sum(k.weight for k in asked.keywords)
        everybody = (*asked.subjects, *asked.objects)
        self.members = {one: frozenset().union(*(known.members(i) for i in one.ids)) for one in everybody}
        self.named = {one: frozenset().union(*(self._naming(i) for i in one.ids)) for one in everybody}
        wanted = asked.subjects if asked.stances or {"wants", "any"} & set(asked.intents or ("any",)) else ()
        self.voiced = {one: frozenset().union(*(self._voiced(i) for i in one.ids)) for one in wanted}
        self.kinds: dict[str, float] = {}
        for intent in asked.intents or ("any",):
            for kind, weight in lexicon.load()["intents"][intent]["kinds"].items():
                self.kinds[kind] = max(weight, self.kinds.get(kind, 0.0))
        if "differ" in asked.intents and not asked.subjects:  # what divides nobody in particular is no stand
            self.kinds["position"] = _SIDE

    def _voiced(self, id_: str) -> set[int]:
        actor = self.known.actors.get(id_)
        return self.known.voiced(id_) if actor and actor.kind == "person" else set()

    def _naming(self, id_: str) -> frozenset[int]:
        """The entries whose words name somebody, by the last word of one of his names."""
        actor = self.known.actors.get(id_)
        found: set[int] = set()
        for last in {name.split()[-1] for name in (actor.names if actor else [])}:
            sets = [set(self.known.holding([key])) for key in stems(last)]
            found |= set.intersection(*sets) if sets else set()
        return frozenset(found)

    # -- which entries -------------------------------------------------------------------------------------------------

    def hits(self) -> list[Hit]:
        """The entries that answer."""
        found = [self._judged(n, self.known.items[n]) for n in self._numbers()]
        found += [self._judged(None, item) for item in self._others()]
        return [hit for hit in found if hit is not None and hit.score > 0]

    def _numbers(self) -> Iterable[int]:
        """The entries that may answer: those that hold one of the words, else those of whom it is asked."""
        asked, known = self.asked, self.known
        people = {a for members in self.members.values() for a in members}
        heavy = [i for i, k in enumerate(asked.keywords) if k in asked.heavy]
        if not heavy:
            voiced = frozenset().union(*self.voiced.values()) if self.voiced else frozenset()
            for one in asked.objects:
                voiced |= self.named[one]
            return known.latest(
                self._fitting, known.of(people) | voiced if people else None, self._fits, _OF_KIND, asked.oldest
            )
        found = set().union(*(self.alike[i] for i in heavy))
        issues = frozenset().union(*(asked.keywords[i].issues for i in heavy))
        for issue in issues:
            found.update(known.on(issue))
        if "actor" in self.kinds and set(asked.intents) & _PEOPLE:
            found.update(n for n in known.of(people) if known.items[n].kind == "actor")
        if len(found) > _LOOKED_AT and people:
            near = found & known.of(people)
            found = near | frozenset().union(*(found & self.named[one] for one in self.named))
        if len(found) > _LOOKED_AT:
            return known.latest(self._fitting, found, self._fits, _OF_KIND, asked.oldest)
        return sorted(found)

    @cached_property
    def _fitting(self) -> frozenset[str]:
        """The kinds of entries that may answer."""
        least = 0.1 if self.asked.heavy else _SIDE
        return frozenset(kind for kind, weight in self.kinds.items() if weight >= least)

    def _fits(self, item: Item) -> bool:
        """Whether an entry is of days that may answer."""
        return item.first is None or self.asked.days.holds(item.first, item.last)

    def _others(self) -> Iterator[Item]:
        """The statements that an index finds, and changes: neither is among the entries that are held here."""
        if self.known.find is not None and "statement" in self.kinds:
            for statement in self._statements([k.text for k in sorted(self.asked.heavy, key=lambda k: -k.weight)]):
                yield self.known.statement(statement)
        if "changed" in self.asked.intents:
            for c in self.known.changes:
                yield Item("change", c.id, c, frozenset(c.parties), frozenset(), c.issue, c.kind, c.day, c.day)

    def _statements(self, heavy: list[str]) -> Iterable[Statement]:
        """Statements from the index: by all of the words, by each of them, or of the speaker alone."""
        find, days = self.known.find, self.asked.days
        assert find is not None
        facets = [
            {"side": id_} if self.known.side(id_) == id_ else {"speaker": id_}
            for one in self.asked.subjects
            for id_ in one.ids[:2]
        ]
        texts = [" ".join(heavy)] if heavy else [""] if facets or days else []
        texts += heavy[:3] if len(heavy) > 1 else []
        found: dict[str, Statement] = {}
        for text in texts:
            for facet in facets[:3] or [{}]:
                for s in find(text, facet, days.since, days.until):
                    found.setdefault(s.id, s)
            if len(found) >= _STATEMENTS:
                break
        return found.values()

    def beside(self, but: set[str]) -> list[Hit]:
        """What those who are asked for say or want where a text speaks of what is asked about, but not in its words.

        Args:
            but: the ids of entries that are found already.
        """
        known, asked = self.known, self.asked
        people = {a for members in self.members.values() for a in members}
        some = [known.items[n] for n in known.of(people) if known.items[n].kind in _SPOKEN]
        if known.find is not None and "statement" in self.kinds:
            some += [known.statement(s) for s in self._statements([])]
        some = [i for i in some if i.id not in but and i.kind in self.kinds and asked.days.holds(i.first, i.last)]
        some.sort(key=lambda i: (i.last or "", i.id), reverse=True)
        found = []
        for item in some[:_LOOKED_AROUND]:
            whose = self._whose(None, item)
            words_of = citations(item)
            if whose is None or not words_of:
                continue
            covered = coverage(asked.keywords, stems(known.around(words_of[0], _AROUND)))
            if covered >= _BESIDE:
                score = self.kinds[item.kind] + whose + 0.6 * _COVERED * covered + _field(known, asked, item)
                found.append(Hit(item, score, covered, beside=True))
        return found

    # -- how well ------------------------------------------------------------------------------------------------------

    def _judged(self, n: int | None, item: Item) -> Hit | None:
        """Whether an entry answers, and how well."""
        asked = self.asked
        kind = self.kinds.get(item.kind, 0.0)
        if not kind or (kind < _SIDE and not asked.heavy) or _lacks(asked, item):
            return None
        whose = self._whose(n, item)
        if whose is None:
            return None
        if not asked.days.holds(item.first, item.last) and not self._told_of(item):
            return None
        if asked.round is not None and not self._of_round(item):
            return None
        covered = self._covered(n, item)
        people = item.kind == "actor" and bool(set(asked.intents) & _PEOPLE) and bool(asked.subjects)
        if covered < ENOUGH and not (people and all(self.alike)):
            return None
        score = kind + whose + (_COVERED * covered if asked.keywords else 0.0) + _field(self.known, asked, item)
        return Hit(item, score + (_OWN if item.own else 0.0), covered)

    def _of_round(self, item: Item) -> bool:
        """Whether an entry is of the round of talks that is asked for, or tells of it."""
        number = self.asked.round or 0
        if isinstance(item.subject, Told) and item.subject.meeting.round is not None:
            return item.subject.meeting.round == number
        name = ORDINALS[number - 1] if number <= len(ORDINALS) else f"round {number}"
        low = text_of(item, self.known.name).casefold()
        return name in low or f"round {number}" in low

    def _covered(self, n: int | None, item: Item) -> float:
        """How much of the question's words an entry holds."""
        if not self.whole:
            return 1.0
        if n is None:
            return coverage(self.asked.keywords, stems(text_of(item, self.known.name)), item.issue)
        got = 0.0
        for k, exact, alike in zip(self.asked.keywords, self.exact, self.alike, strict=True):
            got += k.weight * (1.0 if n in exact else 0.85 if n in alike else lexicon.worth(k, _NONE, item.issue))
        return got / self.whole

    def _told_of(self, item: Item) -> bool:
        """Whether an entry without a day tells of the days in the question's own words: "the talks of March 2031"."""
        if item.first is not None or not self.asked.days.texts:
            return False
        low = text_of(item, self.known.name).casefold()
        return all(t.casefold() in low for t in self.asked.days.texts)

    def _whose(self, n: int | None, item: Item) -> float | None:
        """How well an entry is of whom it is asked; None if it is not."""
        asked, score = self.asked, 0.0
        if asked.subjects:
            here = [one for one in asked.subjects if self._is_of(one, item, item.who, n)]
            beside = [one for one in asked.subjects if one not in here and self._is_of(one, item, item.others, n)]
            if item.kind == "actor":
                here += beside
            if item.kind in ("meeting", "disagreement", "agreement") and len(asked.subjects) > 1:
                if any(o not in here and o not in beside and not self._names(o, n, item) for o in asked.subjects):
                    return None
            elif not here and not self._told_of_them(n, item, bool(beside)):
                return None
            score += _WHOSE * len(here) / len(asked.subjects) + 0.3 * bool(beside)
        for one in asked.objects:
            others = not asked.subjects and item.kind in (
                *_SPOKEN,
                "outlook",
            )  # who speaks of them is another
            if others and (self._is_of(one, item, item.who, n) or not self._names(one, n, item)):
                return None
            if self._is_of(one, item, item.who | item.others, n):
                score += _OBJECT
            elif self._names(one, n, item):
                score += _OBJECT * 0.9
            elif not asked.subjects and not asked.keywords:
                return None
            else:
                score -= _OBJECT
        return score

    def _told_of_them(self, n: int | None, item: Item, beside: bool) -> bool:
        """Whether an entry that is not theirs tells of those asked about, where their own words are not asked for."""
        asked = self.asked
        own = bool({"said", "wants", "expects"} & set(asked.intents) or asked.stances) and not asked.yes_no
        if item.kind in ("position", "statement", "outlook") and own:
            return False
        if item.kind == "outlook" or (item.kind == "position" and not beside):
            return False
        return beside or (bool(asked.heavy) and all(self._names(one, n, item) for one in asked.subjects))

    def _is_of(self, one: Named, item: Item, actors: frozenset[str], n: int | None) -> bool:
        if not actors:
            return False
        if not actors.isdisjoint(one.ids) or (n is not None and n in self.voiced.get(one, ())):
            return True
        if item.kind != "actor" and not actors.isdisjoint(self.members[one]):
            return True
        if item.kind == "meeting":  # somebody who is told to be there though only his side is listed
            return any(self.known.side(i) in actors for i in one.ids) and self._names(one, n, item)
        return False

    def _names(self, one: Named, n: int | None, item: Item) -> bool:
        """Whether an entry's words name somebody."""
        if n is not None:
            return n in self.named[one]
        here = stems(text_of(item, self.known.name))
        actors = [self.known.actors[i] for i in one.ids if i in self.known.actors]
        return any(stems(name.split()[-1]) <= here for a in actors for name in a.names)


def _lacks(asked: Asked, item: Item) -> bool:
    """Whether an encounter does not say what alone is asked of it: who led, who mediated, how long it lasted."""
    if not isinstance(item.subject, Told):
        return False
    return any(not getattr(item.subject.meeting, name) for name in asked.wanted if name in _NEEDED)


def _field(known: Known, asked: Asked, item: Item) -> float:
    """How well an entry says what is asked: the stance, who led, where, how long."""
    score = 0.0
    if asked.stances and item.kind == "position":
        near = {n for s in asked.stances for n in lexicon.load()["near"][s]}
        exact = _STANCE * (0.3 if asked.yes_no or "differ" in asked.intents else 1.0)
        score += exact if item.stance in asked.stances else _NEAR * 0.6 if item.stance in near else -0.6
    if asked.stances and item.kind == "agreement" and not {"accepts", "proposes"} & set(asked.stances):
        score -= 1.5
    if asked.statuses and item.kind == "agreement":
        score += _STANCE if item.stance in (*asked.statuses, "partly_implemented") else -0.5
    subject = item.subject
    if isinstance(subject, Told):
        score += _of_meeting(known, asked, subject)
    elif isinstance(subject, Question):
        score += _of_question(asked, subject)
    elif isinstance(subject, Commitment):
        score += _of_agreement(asked, subject)
    if item.kind == "actor":
        score += _of_actor(known, asked, item)
    if item.kind == "outlook" and asked.outside:
        score += 0.6 if getattr(subject, "standing", None) == "outside" else 0.0
    if "kept" in asked.intents and item.kind in ("statement", "position", "disagreement"):
        score += 1.2 if lexicon.listed("intents", "kept", "verbs").search(text_of(item, known.name)) else -0.8
    if "number" in asked.wanted and any(c.isdigit() for c in text_of(item, known.name)):
        score += 0.5
    return score


def _of_meeting(known: Known, asked: Asked, told: Told) -> float:
    m, score = told.meeting, 0.0
    for wanted in asked.wanted:
        if wanted == "ahead":
            score += _FIELD + (0.5 if m.date else 0.0) if told.ahead else -_FIELD
        elif wanted == "call":
            score += 1.0 if m.kind == "call" or m.format in ("phone", "video") else -1.5
        elif wanted == "number":
            continue
        elif getattr(m, wanted, None):
            score += _FIELD if wanted not in ("place", "date", "participants") else _FIELD / 2
        else:
            score -= _FIELD / 2
    if "round" in asked.wanted and m.round and m.status == "held":
        score += 0.2 * m.round
    if asked.levels:
        score += _LEVEL if m.level in asked.levels else -_LEVEL / 2
    if asked.round is not None:
        score += _FIELD if m.round == asked.round else -_FIELD
    if asked.ahead and "ahead" not in asked.wanted:
        score += 0.8 if told.ahead else -0.3
    elif not asked.ahead and "ahead" not in asked.wanted and "moved_date" not in asked.intents:
        score += 0.4 if m.status == "held" else 0.0
    if "moved_date" in asked.intents:
        score += 0.8 if m.status in ("postponed", "cancelled") or len({s.status for s in m.steps}) > 1 else 0.0
    score += 0.2 if m.date else -0.2
    return score


def _of_agreement(asked: Asked, made: Commitment) -> float:
    score, dated = 0.0, made.agreement.date
    if "date" in asked.wanted:
        score += 1.0 if dated and dated.from_ == dated.to else -0.5
    if "lapsed" in asked.statuses:
        score += 1.0 if made.agreement.until else 0.0
    if "kept" in asked.intents:
        score += 0.6 if len({s.status for s in made.stages}) > 1 or made.score is not None else -0.6
    return score


def _of_question(asked: Asked, question: Question) -> float:
    about = question.entry.about.field
    for wanted, fields in (
        ("duration_minutes", ("duration_minutes", "lasted", "counted")),
        ("date", ("date",)),
        ("round", ("round",)),
    ):
        if wanted in asked.wanted:
            return 1.4 if about in fields else -0.5
    return 0.0


def _of_actor(known: Known, asked: Asked, item: Item) -> float:
    """How well somebody's roles answer who led, who mediates, who speaks for a side."""
    actor = known.actors[item.id]
    if "led" in asked.intents:
        return _FIELD if any(words.rank(r.title) == 0 for r in actor.roles) else -2.0
    if "mediated" in asked.intents:
        return _FIELD if actor.part == "mediator" else -2.0
    if "speaks_for" in asked.intents:
        return 1.2 - 0.3 * words.standing(actor) if actor.part != "outside" else -1.0
    if "who_is" in asked.intents and asked.subjects and any(item.id in one.ids for one in asked.subjects):
        return _FIELD
    return 0.0 if asked.keywords or asked.subjects else -5.0
