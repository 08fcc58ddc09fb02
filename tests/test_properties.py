"""What must hold for any documents: exact citations, no dependence on order, nothing changed by reading again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from articles import PEOPLE, SIDES, THINGS
from dragoman.extract.findings import DateFound, Findings
from dragoman.extract.parsing import PIECE, pieces
from dragoman.extract.reader import read_text
from dragoman.record import schema
from dragoman.resolve.entries import quotes
from dragoman.resolve.meetings import Account, merge_accounts, settle
from made_up import exported, findings, keep, kept

several = st.lists(st.one_of(findings(), st.none()), min_size=2, max_size=6)
store = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
parse = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def citations_of(node: object) -> list[dict[str, object]]:
    if isinstance(node, list):
        return [c for child in node for c in citations_of(child)]
    if not isinstance(node, dict):
        return []
    own = [node] if "quote" in node else []
    return own + [c for child in node.values() for c in citations_of(child)]


@store
@given(several, st.randoms())
def test_order_and_batches_never_matter(found: list[Findings | None], chance: object) -> None:
    documents = [kept(f"{n}.txt", f) for n, f in enumerate(found)]
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder) / "one", documents)
        other = list(documents)
        chance.shuffle(other)  # type: ignore[attr-defined]
        keep(Path(folder) / "other", *([document] for document in other))
        written = exported(Path(folder) / "one")
        assert exported(Path(folder) / "other") == written
        jsonschema.validate(json.loads(written), schema())


@store
@given(several, st.data())
def test_forgotten_is_as_never_read(found: list[Findings | None], data: st.DataObject) -> None:
    documents = [kept(f"{n}.txt", f) for n, f in enumerate(found)]
    gone = data.draw(st.sets(st.sampled_from(documents)))
    stays = [document for document in documents if document not in gone]
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder) / "all", documents)
        with dragoman.open(Path(folder) / "all") as record:
            for document in gone:
                assert record.forget(document.name)
        keep(Path(folder) / "never", stays)
        assert exported(Path(folder) / "all") == exported(Path(folder) / "never")


@store
@given(several, several)
def test_changed_is_as_if_it_had_always_been_so(first: list[Findings | None], then: list[Findings | None]) -> None:
    before = [kept(f"{n}.txt", f) for n, f in enumerate(first)]
    after = [kept(f"{n}.txt", f, " (changed)", "2") for n, f in enumerate(then)]
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder) / "changed", before, after, after)
        keep(Path(folder) / "always", before[len(after) :] + after)
        assert exported(Path(folder) / "changed") == exported(Path(folder) / "always")


@store
@given(several)
def test_every_citation_of_a_record_is_exact(found: list[Findings | None]) -> None:
    documents = [kept(f"{n}.txt", f) for n, f in enumerate(found)]
    texts = {document.id: document.text for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder) / "r", documents)
        for cited in citations_of(json.loads(exported(Path(folder) / "r"))):
            assert texts[str(cited["document"])][cited["start"] : cited["end"]] == cited["quote"] != ""  # type: ignore[misc]


pieces_of_reports = st.one_of(
    st.sampled_from([*PEOPLE, *SIDES, *THINGS]),
    st.sampled_from(
        ["said", "told reporters that", "According to", "“", "”", '"', "«", "»", "'", "‘", ",", ".", "\n\n", "\n"]
    ),
    st.sampled_from(
        ["\0", "‏", "\ufeff", "\u00ad", "😀", "é", "على", "– ", "on 4 May 2031", "met", "will meet", "in Ambry"]
    ),
    st.text(max_size=8).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)),
)


@parse
@given(st.lists(pieces_of_reports, max_size=60))
def test_whatever_is_read_its_spans_lie_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = read_text(text)
    stack: list[object] = [found.to_json()]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            assert 0 <= node[0] < node[1] <= len(text)
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    assert Findings.from_json(json.loads(json.dumps(found.to_json()))) == found


@given(st.text(st.sampled_from("ab. \n”"), max_size=200), st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220))))
def test_quotes_are_exact_and_never_empty(text: str, at: list[tuple[int, int]]) -> None:
    for _, start, end, quote in quotes("d", text, at):
        assert text[start:end] == quote == quote.strip() != ""


@given(st.lists(st.sampled_from(["word", ". ", " ", "x" * 3000, "Yes.” "]), max_size=40))
def test_pieces_are_the_paragraph_cut(words: list[str]) -> None:
    text = "".join(words)
    cut = pieces(text, (0, len(text)))
    assert "".join(text[start:end] for start, end in cut).strip() == text.strip()
    assert all(end - start <= PIECE for start, end in cut)


accounts = st.builds(
    Account,
    id=st.integers(0, 10**6).map(lambda n: f"m-{n:07}"),
    document=st.sampled_from(["d-1", "d-2", "d-3", "d-4"]),
    kind=st.sampled_from(["talks", "call", "visit", "trilateral"]),
    level=st.sampled_from(["leaders", "ministers", "delegations"]),
    status=st.sampled_from(["held", "scheduled", "postponed"]),
    date=st.just(DateFound("2031-05-04", "2031-05-04", "then", "stated")),
    place=st.sampled_from([None, "Ambry", "Port Ilvane"]),
    parties=st.lists(st.sampled_from(["a-1", "a-2", "a-3"]), unique=True).map(tuple),
    participants=st.lists(st.sampled_from(["a-4", "a-5", "a-6"]), unique=True).map(tuple),
)


@given(st.lists(accounts, max_size=8, unique_by=lambda a: a.id), st.randoms())
def test_merging_keeps_what_differs_apart(told: list[Account], chance: object) -> None:
    groups = merge_accounts(told)
    assert sorted(a.id for group in groups for a in group) == sorted(a.id for a in told)
    for group in groups:
        assert len({a.place for a in group} - {None}) <= 1
        assert len({a.kind == "call" for a in group}) == 1
        for a in group:
            assert all(a.document != b.document or (a.parties, a.kind) == (b.parties, b.kind) for b in group)
        named = {i for a in group for i in a.participants}
        assert set(settle(group).participants) == named
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_accounts(shuffled) == groups
