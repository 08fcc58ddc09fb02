"""Sources: what each outlet has, whom it quotes, its words for the same act, families of copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.record import Citation, Family
from dragoman.report.disagreements import Question, Said
from dragoman.web.asked import Asked
from dragoman.web.charts.family import Member, family
from dragoman.web.charts.svg import bar
from dragoman.web.marking import Finding, Piece, pieces
from dragoman.web.rendering import missing, page, state_of
from dragoman.web.search import OTHERS
from dragoman.web.state import State
from dragoman.web.words import link

router = APIRouter(include_in_schema=False)

SIZE = 30
FAMILIES = 10
SIDES = 6
KINDS = {
    "duplicate": "the same text",
    "near_duplicate": "nearly the same text",
    "rewrite": "one text rewritten",
    "shared_source": "one source retold",
}
LONGEST = 40_000
"""Characters of a text that are shown beside another one."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its name, documents, days, statements, whom it quotes (side, number, share), copies among them."""

    name: str
    documents: int
    first: str | None
    last: str | None
    statements: int
    quoted: tuple[tuple[str, int, float], ...]
    copies: int

    @property
    def rest(self) -> float:
        """The share of those who are not named."""
        return 1 - sum(share for _, _, share in self.quoted) if self.quoted else 0.0

    def bar(self, colours: Mapping[str, str]) -> Markup:
        """Whom it quotes, as a picture."""
        return bar([(colours.get(side, "others"), share) for side, _, share in self.quoted])


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request) -> Response:
    """All outlets, or one; and families."""
    state = state_of(request)
    asked = Asked(request.query_params)
    wanted = asked.text("outlet")
    names = named(state, wanted)
    if wanted and not names:
        return missing(request, state, f"{wanted}: no document is of an outlet of that name.")
    number = asked.number("page", 1, 1, 10_000)
    at = asked.number("families", 1, 1, 100_000)
    kin = families(state, wanted)
    return page(
        request,
        "sources.html",
        state,
        asked,
        outlets=[outlet(state, name) for name in names[(number - 1) * SIZE : number * SIZE]],
        total=len(names),
        number=number,
        size=SIZE,
        wanted=wanted,
        query=asked.given("outlet"),
        framings=framings(state, names[0] if wanted else None)[:20],
        families=[(f, graph(state, f)) for f in kin[(at - 1) * FAMILIES : at * FAMILIES]],
        families_total=len(kin),
        families_at=at,
        families_size=FAMILIES,
        kinds=KINDS,
        colours=state.kept("colours", "", lambda: colours(state), 1),
    )


@router.get("/families/{id}", response_class=HTMLResponse)
def one_family(request: Request, id: str) -> Response:
    """One family; two of its documents side by side, the passages they share joined."""
    state = state_of(request)
    asked = Asked(request.query_params)
    found = state.families.get(id)
    if found is None:
        return missing(request, state, f"{id}: no family has this id.")
    members = [d for d in found.documents if d in state.documents]
    first = found.first if found.first in members else members[0] if members else ""
    left = asked.one("a", members, first) or first
    right = asked.one("b", members) or next((d for d in members if d != left), left)
    pair = passages(found, left, right)
    texts: list[tuple[str, list[Piece]]] = []
    for number, document in enumerate((left, right)):
        try:
            text = state.text(document)
        except KeyError:
            return missing(request, state, f"{document}: this document has just been taken out of the record.")
        shared = [Finding(p[number].start, p[number].end, "statement", str(n), "") for n, p in enumerate(pair, 1)]
        plain = [(s.start, s.end) for s in state.documents[document].furniture]
        texts.append((document, pieces(text[:LONGEST], shared, plain)))
    return page(
        request,
        "family.html",
        state,
        asked,
        family=found,
        members=members,
        graph=graph(state, found),
        left=left,
        right=right,
        texts=texts,
        passages=pair,
        kinds=KINDS,
    )


def named(state: State, wanted: str) -> list[str]:
    """The outlets that a request asks for: all, or the one of a name ("-": of no name)."""
    return [o for o in state.outlets if not wanted or (o or OTHERS) == wanted]


def families(state: State, wanted: str) -> list[Family]:
    """The families with a document of an outlet that a request asks for, the largest first."""
    names = named(state, wanted)
    found = (f for f in state.families.values() if not wanted or _of(state, f, names))
    return sorted(found, key=lambda f: (-len(f.documents), f.id))


def outlet(state: State, name: str, sides: int | None = SIDES) -> Outlet:
    """What is known of an outlet; of those whom it quotes so many sides, or all (None)."""
    documents = state.outlets[name]
    days = sorted(day for d in documents if d.dated for day in (d.dated.from_, d.dated.to))
    counts: Mapping[str, int] = state.index.quoted.get(name or OTHERS, {})
    total = sum(counts.values())
    order = sorted(counts.items(), key=lambda one: (one[0] == OTHERS, -one[1], one[0]))
    quoted = tuple((side, many, many / total) for side, many in order)
    copies = sum(1 for d in documents if d.family)
    return Outlet(
        name, len(documents), days[0] if days else None, days[-1] if days else None, total, quoted[:sides], copies
    )


def colours(state: State) -> dict[str, str]:
    """The colours of the sides that are quoted most, the same for every outlet."""
    total: Counter[str] = Counter()
    for counts in state.index.quoted.values():
        total.update({side: many for side, many in counts.items() if side != OTHERS})
    most = sorted(total.items(), key=lambda one: (-one[1], one[0]))[:4]
    return {OTHERS: "none"} | {side: f"side{number}" for number, (side, _) in enumerate(most, 1)}


def framings(state: State, name: str | None = None) -> list[tuple[Question, tuple[Said, ...]]]:
    """Which words outlets use for the same act; of one outlet only where it takes part."""
    found = []
    for question in state.questions:
        if question.entry.kind != "framing":
            continue
        if name is not None and not any(
            (state.documents[d].outlet or "") == name
            for said in question.answers
            for voice in said.voices
            for d in voice.documents
            if d in state.documents
        ):
            continue
        found.append((question, question.answers))
    return found


def graph(state: State, found: Family) -> Markup:
    """A family as a picture."""
    documents = [state.documents[d] for d in found.documents if d in state.documents]
    members = [Member(state.label(d.id), link(d.id), d.dated.from_ if d.dated else None) for d in documents]
    first = next((n for n, d in enumerate(documents) if d.id == found.first), None)
    return family(members, first, found.kind.replace("_", " "), found.source and state.name(found.source))


def passages(found: Family, left: str, right: str) -> list[tuple[Citation, Citation]]:
    """The passages that two documents of a family share, in the order of the first."""
    made = []
    for group in found.passages:
        a = next((c for c in group if c.document == left), None)
        b = next((c for c in group if c.document == right), None)
        if a is not None and b is not None:
            made.append((a, b))
    return sorted(made, key=lambda pair: pair[0].start)


def _of(state: State, found: Family, names: Sequence[str]) -> bool:
    return any((state.documents[d].outlet or "") in names for d in found.documents if d in state.documents)
