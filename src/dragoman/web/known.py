"""Where the sides stood as it was known on a day, from what is already put together."""

from __future__ import annotations

import copy

from dragoman.report.stands import Stands, Thread


def as_known(stands: Stands, at: str) -> Stands:
    """The stands as the documents dated up to a day tell them.

    As `Stands.of(source, at)`, but fast: which tellings speak of one thing is taken over from the whole record, instead
    of being found again from fewer of them.

    Args:
        stands: of the whole record.
        at: a day (YYYY-MM-DD).
    """
    made = copy.copy(stands)
    made.at = at
    made.documents = {i: d for i, d in stands.documents.items() if d.dated is not None and d.dated.to <= at}
    kept = {id(t) for t in stands.tellings if t.position.citations[0].document in made.documents}
    made.tellings = [t for t in stands.tellings if id(t) in kept]
    made.threads = {}
    for key, threads in stands.threads.items():
        some = [Thread(t.party, t.issue, [one for one in t.tellings if id(one) in kept]) for t in threads]
        if any(t.tellings for t in some):
            made.threads[key] = [t for t in some if t.tellings]
    made._members, made._spans, made._own, made._held = {}, None, {}, {}
    for worked_out in ("issues", "parties"):
        made.__dict__.pop(worked_out, None)
    return made
