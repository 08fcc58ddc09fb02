"""Where those who judge the talks at one time judge them differently: hopeful here, doubtful there.

One question for each negotiation and week: where do the talks stand? Only who is named or described is heard: the
outlet's own mood is nobody's judgement, and that of the experts it asks stands apart from that of the sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as calendar_day

from dragoman.record import About, Disagreement, Outlook
from dragoman.resolve.differing import Answer, Known, disagreement

_WEEK = 7
"""Days within which judgements are of the same talks, at most."""


def of_outlooks(outlooks: Iterable[Outlook], known: Known) -> list[Disagreement]:
    """Where the holders of outlooks differ, sorted by id.

    Args:
        outlooks: of a record; those of other negotiations or weeks are not compared.
        known: of the documents; `sides` tells which holders speak for one side.
    """
    heard = [
        o
        for o in sorted(outlooks, key=lambda o: o.id)
        if o.direction != "mixed" and _holder(o, known) and _says(o.citations[0].quote)
    ]
    found = []
    for talks in _negotiations(heard, known):
        for told in _weeks(talks, known):
            made = _differ(told, known)
            if made is not None:
                found.append(made)
    return sorted({d.id: d for d in found}.values(), key=lambda d: d.id)


def _differ(outlooks: Sequence[Outlook], known: Known) -> Disagreement | None:
    """The hopeful and the doubtful among those of one kind, where they are not the same people."""
    official = [o for o in outlooks if o.standing == "official"]
    hopeful = [o for o in official if o.direction == "hopeful"]
    doubtful = [o for o in official if o.direction == "doubtful"]
    sure = {_holder(o, known) for o in hopeful} - {_holder(o, known) for o in doubtful}
    unsure = {_holder(o, known) for o in doubtful} - {_holder(o, known) for o in hopeful}
    if not sure or not unsure:
        return None
    told = [o for o in hopeful if _holder(o, known) in sure] + [o for o in doubtful if _holder(o, known) in unsure]
    answers = [Answer(o.direction, o.direction, (o.citations[0],)) for o in told]
    return disagreement(
        About(kind="outlook", id=min(o.id for o in told), field="direction"), "conflict", answers, known
    )


def _holder(outlook: Outlook, known: Known) -> str | None:
    """Who judges, as a side where that is known."""
    if outlook.holder:
        return known.side(outlook.holder)
    return outlook.holder_text.casefold() if outlook.holder_text else None


def _says(quote: str) -> bool:
    """Whether words say anything, and are no bare name."""
    return any(word[:1].islower() for word in quote.split())


def _negotiations(outlooks: Sequence[Outlook], known: Known) -> Iterator[list[Outlook]]:
    """Outlooks whose documents hear the same sides."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for outlook in outlooks:
        document = find("d " + outlook.citations[0].document)
        if outlook.holder:
            first, second = sorted((document, find("a " + known.side(outlook.holder))))
            root[second] = first
    groups: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        groups.setdefault(find("d " + outlook.citations[0].document), []).append(outlook)
    for key in sorted(groups, key=lambda k: groups[k][0].id):
        yield groups[key]


def _weeks(outlooks: Sequence[Outlook], known: Known) -> Iterator[list[Outlook]]:
    """Outlooks of documents of about one time, from the first on; those of one undated document are of one time."""
    dated: list[tuple[str, Outlook]] = []
    undated: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        document = outlook.citations[0].document
        day = known.written(document)
        if day is None:
            undated.setdefault(document, []).append(outlook)
        else:
            dated.append((day.from_, outlook))
    dated.sort(key=lambda told: (told[0], told[1].id))
    week: list[Outlook] = []
    first: calendar_day | None = None
    for day_, outlook in dated:
        at = calendar_day.fromisoformat(day_)
        if first is not None and (at - first).days > _WEEK:
            yield week
            week, first = [], None
        first = first or at
        week.append(outlook)
    if week:
        yield week
    for document in sorted(undated):
        yield undated[document]
