"""Where the sides stand: the matrix, what it was on a day, how it went, and that it can be read at 80 columns."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from dragoman import cli
from dragoman.extract.findings import ActorFound, AgreementFound, DateFound, Findings, PositionFound
from dragoman.library import Record
from dragoman.record import Family
from dragoman.report import brief_html, brief_md, brief_text, gaps, show, signs
from dragoman.report.brief import gather
from dragoman.report.measures import between
from dragoman.report.positions import Only, history, issue_named, matrix, matrix_rows
from dragoman.report.positions_table import show_history, show_matrix
from dragoman.report.source import ExportSource
from dragoman.report.stands import Stands
from dragoman.report.views import UnknownError, Wanted, Written, positions
from made_up import TEXT, keep, kept, span
from stood import agreed, date, document, source, stand

DOCUMENTS = [
    document("a", "2024-03-01"),
    document("b", "2024-03-08"),
    document("c", "2024-03-15"),
    document("d", None),
]
VALLEY = "the return of the Umber valley"
SAID = [
    stand("p1", "a", "minister", "territory", "demands", VALLEY),
    stand("p2", "b", "orvale", "territory", "open_to", "leasing the Umber valley"),
    stand("p3", "a", "keth", "territory", "rejects", "any return of the Umber valley"),
    stand("p4", "c", "keth", "territory", "rejects", "a return of the valley"),
    stand("p5", "c", "keth", "territory", "rejects", "a return of the valley", told_by="outlet"),
    stand("p6", "b", "keth", "arms", "demands", "new inspections", told_by="other_side", teller="minister"),
    stand("p7", "c", "orvale", "arms", "demands", "inspections of all depots", past=True),
    stand("p8", "a", "orvale", "arms", "proposes", "inspections every month"),
    stand("p9", "d", "orvale", "justice", "demands", "a tribunal"),
    stand("m1", "b", "dun", "process", "proposes", "talks in its capital"),
]


def ids(of: object) -> list[str]:
    return [s.id for s in of]  # type: ignore[attr-defined]


@pytest.fixture
def record() -> ExportSource:
    return source(DOCUMENTS, SAID)


def test_a_cell_has_the_latest_own_stand_of_the_whole_side(record: ExportSource) -> None:
    made = matrix(Stands.of(record))
    assert made.parties == ("orvale", "keth", "dun"), "negotiating parties first"
    assert ids(made.cells["territory", "orvale"].shown) == ["p2"], "a minister's demand is left for what is said later"
    assert ids(made.cells["territory", "keth"].shown) == ["p4"]
    assert ("process", "keth") not in made.cells


def test_a_past_stand_is_not_the_latest_where_there_is_a_present_one(record: ExportSource) -> None:
    assert ids(matrix(Stands.of(record)).cells["arms", "orvale"].shown) == ["p8"]
    alone = Stands.of(source(DOCUMENTS, [SAID[6]]))
    (cell,) = matrix(alone).cells.values()
    assert [s.past for s in cell.shown] == [True]
    assert signs.day(cell.shown[0].last) == "earlier"


def test_a_claim_by_others_stands_in_only_where_the_party_has_not_spoken(record: ExportSource) -> None:
    stands = Stands.of(record)
    made = matrix(stands)
    (claim,) = made.cells["arms", "keth"].shown
    assert (claim.id, claim.own, signs.sign(claim)) == ("p6", False, "(!)")
    assert signs.teller(claim.last, stands) == "Ana Brill"
    assert made.cells["territory", "keth"].claims == ()


def test_how_often_it_is_told_and_by_how_many_independent_sources() -> None:
    said = [stand(f"p{d}", d, "keth", "territory", "rejects", VALLEY) for d in "abc"]
    free = Stands.of(source(DOCUMENTS, said)).held("keth", "territory")[0]
    assert (free.times, free.sources, free.day) == (3, 3, "2024-03-15")
    family = Family(id="f", documents=["a", "c"], kind="near_duplicate")
    kin = Stands.of(source(DOCUMENTS, said, families=[family])).held("keth", "territory")[0]
    assert (kin.times, kin.sources, kin.day, kin.id) == (3, 2, "2024-03-08", "pb"), "the reprint counts as its first"
    marked = [document("a", "2024-03-01", "f"), document("b", "2024-03-08"), document("c", "2024-03-15", "f")]
    assert Stands.of(source(marked, said)).held("keth", "territory")[0].sources == 2
    echoed = Stands.of(source(DOCUMENTS, SAID)).held("keth", "territory")[0]
    assert (echoed.times, echoed.sources, echoed.ids) == (3, 2, ("p4", "p3", "p5"))


def test_the_matrix_as_it_was_known_on_a_day(record: ExportSource) -> None:
    then = matrix(Stands.of(record, at="2024-03-07"))
    assert ids(then.cells["territory", "orvale"].shown) == ["p1"]
    assert ids(then.cells["territory", "keth"].shown) == ["p3"]
    assert "justice" not in then.issues, "nobody knows when an undated document was known"
    assert matrix(Stands.of(record, at="2024-02-01")).cells == {}


def test_the_day_of_a_stand_is_its_own_before_its_document_s() -> None:
    said = [
        stand("p1", "c", "keth", "arms", "rejects", "inspections", date=date("2024-02-20")),
        stand("p2", "a", "keth", "arms", "open_to", "inspections"),
        stand("p3", "a", "keth", "labour", "demands", "a rise", date=date("2024-03-01", "2024-03-31")),
    ]
    stands = Stands.of(source(DOCUMENTS, said))
    assert ids(stands.held("keth", "arms")) == ["p2"]
    assert stands.held("keth", "labour")[0].day == "2024-03-01", "this month is no later than the day of the report"


def test_stands_of_one_day_stand_side_by_side() -> None:
    said = [
        stand("p1", "a", "keth", "arms", "accepts", "inspections of depots"),
        stand("p2", "a", "keth", "arms", "rejects", "inspections of barracks"),
        stand("p3", "b", "keth", "arms", "accepts", "inspections of depots"),
    ]
    stands = Stands.of(source(DOCUMENTS, said))
    assert ids(stands.held("keth", "arms")) == ["p3", "p2"], "to repeat one does not take back the other"
    assert [s.before for s in stands.steps("keth", "arms")] == [None, None]


def test_the_history_shows_moves_and_what_they_left(record: ExportSource) -> None:
    stands = Stands.of(record)
    steps = history(stands, "territory")
    assert [(s.stand.id, s.before and s.before.id) for s in steps] == [
        ("p1", None), ("p4", None), ("p2", "p1"), ("p5", None),
    ]  # fmt: skip
    assert issue_named(stands, "Territory") == "territory"
    assert issue_named(stands, "water") is None
    out = io.StringIO()
    show_history(stands, steps, "territory", Console(file=out, width=80))
    assert "moved from !" in out.getvalue()
    assert "[p1]" in out.getvalue()


def test_a_changed_number_is_a_move_and_other_words_are_none() -> None:
    said = [
        stand("p1", "a", "keth", "labour", "demands", "a rise of 10 percent", (10, "percent")),
        stand("p2", "b", "keth", "labour", "demands", "a decent rise"),
        stand("p3", "c", "keth", "labour", "demands", "a rise of 8%", (8, "%")),
    ]
    steps = Stands.of(source(DOCUMENTS, said)).steps("keth", "labour")
    assert [(s.stand.id, s.before and s.before.id) for s in steps] == [("p2", None), ("p3", "p2")]


def test_the_matrix_is_narrowed(record: ExportSource) -> None:
    stands = Stands.of(record)
    assert matrix(stands, Only(parties={"dun"})).parties == ("dun",)
    assert {s for c in matrix(stands, Only(since="2024-03-10")).cells.values() for s in ids(c.shown)} == {"p4"}
    assert set(matrix(stands, Only(until="2024-03-02")).cells) == {("territory", "keth"), ("arms", "orvale")}
    assert set(matrix(stands, Only(text="TRIBUNAL")).cells) == {("justice", "orvale")}


@pytest.mark.parametrize("width", [60, 80, 120])
def test_tables_keep_to_their_width_and_show_every_id(record: ExportSource, width: int) -> None:
    stands = Stands.of(record)
    made = matrix(stands)
    out = io.StringIO()
    console = Console(file=out, width=width)
    show_matrix(stands, made, console)
    page = out.getvalue()
    for id_ in ("p2", "p4", "p6", "p8", "p9", "m1"):
        assert id_ in page
    for name in ("Orvale", "Keth", "Dunmere", "as Ana Brill says", "✗ rejects"):
        assert name in page
    show_history(stands, history(stands, "territory"), "territory", console)
    gaps.show(stands, between(stands, "orvale", "keth"), console)
    assert max(map(len, out.getvalue().splitlines())) <= width


def test_rows_say_what_the_matrix_shows(record: ExportSource) -> None:
    stands = Stands.of(record)
    rows = {row["id"]: row for row in matrix_rows(stands, matrix(stands))}
    assert rows["p2"]["party"] == "orvale"
    assert (rows["p4"]["told"], rows["p4"]["sources"], rows["p4"]["ids"]) == (3, 2, ["p4", "p3", "p5"])
    assert (rows["p6"]["own"], rows["p6"]["teller"]) == (False, "Ana Brill")
    assert rows["p4"]["quote"] == "a return of the valley"


def test_what_is_open_comes_before_red_lines_and_these_before_figures(record: ExportSource) -> None:
    stands = Stands.of(source(DOCUMENTS, [*SAID[:1], *SAID[2:4], SAID[7]]))
    out = io.StringIO()
    gaps.show(stands, between(stands, "orvale", "keth"), Console(file=out, width=80))
    page = out.getvalue()
    places = [page.index(words) for words in ("Open items: 1 of 2", "not Keth", "Red lines", "Gaps", "No distance")]
    assert places == sorted(places)
    assert "it takes 3" in page.replace("\n", " ")
    rows = gaps.rows(stands, between(stands, "orvale", "keth"))
    assert [row["item"] for row in rows] == ["open", "one_sided", "red_line", "gap", "distance"]
    assert rows[3]["value"] == 1
    assert rows[3]["ids"] == ["p1", "p4"]
    assert (rows[4]["value"], rows[4]["coverage"]) == (None, 0.5)


def test_what_the_record_does_not_know_is_said_in_one_line(record: ExportSource) -> None:
    to = Written("table", io.StringIO(), Console(file=io.StringIO()))
    for asked in (
        {"wanted": Wanted(actor="Nobody")},
        {"history": "water"},
        {"between": ("Orvale", "Nobody")},
        {"between": ("Orvale", "Ana Brill")},
    ):
        with pytest.raises(UnknownError) as told:
            positions(record, to, **asked)  # type: ignore[arg-type]
        assert "\n" not in str(told.value)


def test_the_brief_shows_where_the_sides_stand() -> None:
    deal = agreed("g1", "a", "prisoners", "an exchange of 85 prisoners", "implemented", (("b", "implemented", None),))
    made = gather(source(DOCUMENTS, SAID, [deal]))
    told = {s.key: [line for g in s.groups for line in g.lines] for s in made.sections}
    first, second, *_ = told["stands"]
    assert (first.lead, first.text) == ("territory", "Orvale ○ leasing the Umber valley")
    assert second.text == "Keth ✗ a return of the valley"
    assert "told 3 times, by 2 independent sources" in second.notes[0]
    assert told["agreed"][0].text == "an exchange of 85 prisoners — carried out"
    moved = next(line for line in told["changed"] if line.id == "p2")
    assert moved.text.startswith("territory, moved: Orvale ○")
    assert moved.notes == ("before: ! the return of the Umber valley",)
    assert ("Keth", "has not said where it stands on arms, justice; the other side has") in [
        (line.lead, line.text) for line in told["unsaid"]
    ]
    assert all(line.sources for part in ("stands", "agreed", "changed", "unsaid") for line in told[part])
    out = io.StringIO()
    brief_text.show(made, Console(file=out, width=80))
    assert max(map(len, out.getvalue().splitlines())) <= 80
    for page in (out.getvalue(), brief_md.rendered(made), brief_html.rendered(made)):
        for title in ("where the sides stand", "what is agreed", "what changed last", "what nobody has said"):
            assert title in page.lower()


# -- the command ------------------------------------------------------------------------------------------------------

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run_


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A record of one document in which two states stand against each other, with an agreement."""
    states = [ActorFound(n, {n: span(n)}, "state", key=f"iso:{n}", part="party") for n in ("Velcora", "Tashmere")]
    found = Findings(
        "en",
        40,
        dated=DateFound("2031-05-06", "2031-05-06", "then", "stated"),
        actors=states,
        positions=[
            PositionFound([span("spoke of progress")], 0, "process", "demands", "a word of progress", told_by="own"),
            PositionFound([span("Vantor did not")], 1, "process", "rejects", "=any word of progress", told_by="own"),
        ],
        agreements=[AgreementFound([span("met Oleg Vantor")], "other", "to meet", "agreed", parties=[0, 1])],
    )
    keep(tmp_path / "r.db", [kept("one.txt", found)])
    return tmp_path / "r.db"


@pytest.mark.parametrize(
    "words",
    [
        ["positions"],
        ["positions", "--history", "process"],
        ["positions", "--between", "Velcora", "Tashmere"],
        ["positions", "--at", "2031-05"],
        ["agreements"],
        ["changes", "--since", "2031"],
    ],
)
def test_a_view_is_the_same_in_every_format(run: Run, place: Path, words: list[str]) -> None:
    as_json = json.loads(run(*words, "-f", "json", "-r", place)[1])
    as_lines = [json.loads(line) for line in run(*words, "-f", "jsonl", "-r", place)[1].splitlines()]
    as_rows = list(csv.DictReader(io.StringIO(run(*words, "-f", "csv", "-r", place)[1], newline="")))
    assert as_json == as_lines
    assert as_json
    assert [list(row) for row in as_json] == [list(row) for row in as_rows]
    assert not any(cell.startswith(("=", "+", "@")) for row in as_rows for cell in row.values())
    code, table, err = run(*words, "-r", place)
    assert (code, err) == (0, "")
    known = {id_ for row in as_json for id_ in [row.get("id"), *row.get("ids", [])] if id_}
    for id_ in known:
        assert id_ in table
        assert run("show", id_, "-r", place)[0] == 0


def test_an_id_opens_the_words(run: Run, place: Path) -> None:
    with Record(place, create=False) as made:
        stand_of, agreement = made.positions[0], made.agreements[0]
    page = run("show", stand_of.id, "-r", place)[1]
    assert "Velcora demands: a word of progress" in page
    assert "⟦spoke of progress⟧" in page
    assert "⟦met Oleg Vantor⟧" in run("show", agreement.id, "-r", place)[1]
    assert show.context(TEXT, *span("spoke")) is not None


@pytest.mark.parametrize(
    "words",
    [
        ["positions", "--between", "Velcora", "Nobody"],
        ["positions", "--between", "Velcora", "Tashmere", "--history", "process"],
        ["positions", "--history", "water"],
        ["positions", "--at", "soon"],
        ["changes", "--since", "2032", "--until", "2031"],
        ["agreements", "--actor", "Nobody"],
    ],
)
def test_an_error_is_one_line(run: Run, place: Path, words: list[str]) -> None:
    code, out, err = run(*words, "-r", place)
    assert (code, out) == (1, "")
    assert err.startswith("dragoman: ")
    assert err.count("\n") == 1
    assert err.count("dragoman: ") == 1
