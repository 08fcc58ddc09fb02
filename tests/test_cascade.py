"""What is parsed at all when attributions are asked for, and that next to nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.extract import pipeline
from dragoman.extract.cascade import attributing, parse_attributing, plan, sentences
from dragoman.extract.layout import lay_out
from dragoman.extract.parsing import parse

TEXTS = Path(__file__).parent / "gold" / "texts"

QUIET = "The ferry left the pier at noon with forty lorries aboard."
TOLD = "The harbour master said that the ferry would be back by night."


@pytest.mark.parametrize(
    ("text", "spoken", "thought"),
    [
        (QUIET, False, False),
        (TOLD, True, True),
        ("The crane is safe, according to the yard.", True, True),
        ("“Nothing moves here.”", True, True),
        ("Three things remain: bread, water, coal.", True, True),
        ("The growers loathed the rain.", False, True),
        ("The envoy retold the tale; a re-stated claim.", True, True),
    ],
)
def test_a_sentence_is_parsed_if_it_has_a_cue(text: str, spoken: bool, thought: bool) -> None:
    assert attributing(text, 0, len(text), thoughts=False) is spoken
    assert attributing(text, 0, len(text), thoughts=True) is thought


@pytest.mark.parametrize(
    "text",
    [
        "Gov. Ada Mott left. | The rain went on.",
        "Dr. J. R. Lund of the U.N. mission slept. | Nobody woke him.",
        "It cost 3.5 million. | “Too much!” | They paid.",
        "He waited… | Then he left?! | (Nobody came.) | ‘Well.’ | She slept.",
        "Pier No. 5 was shut. | All of it.",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    whole = text.replace("| ", "")
    assert [whole[s:e].strip() for s, e in sentences(whole, 0, len(whole))] == [s.strip() for s in text.split("|")]


@given(st.text(alphabet="aB .?!“”’\n-:9", max_size=80), st.booleans())
def test_stretches_cover_the_paragraph(text: str, thoughts: bool) -> None:
    [found] = plan(text, [(0, len(text))], thoughts)
    assert "".join(text[start:end] for start, end, _ in found) == text


def test_only_what_may_attribute_is_parsed_and_every_word_keeps_its_place() -> None:
    text = f"{QUIET} {QUIET} {TOLD} {QUIET}\n\nRain fell on the empty market square all afternoon."
    layout = lay_out(text)
    [page] = parse_attributing(pipeline.load(), [(text, layout)], thoughts=False)
    first, second = page.blocks
    assert {t.pos_ for t in second.doc} == {"X"}
    parsed = [t for t in first.doc if t.pos_ != "X"]
    assert text[first.start + parsed[0].idx :].startswith("The harbour master said")
    assert parsed[-1].idx < len(first.text) - len(QUIET)
    for block in page.blocks:
        for i, token in enumerate(block.doc):
            assert token.i == i
            assert block.text[token.idx : token.idx + len(token)] == token.text
            assert block.doc[token.head.i] is token.head
        assert "".join(t.text + t.whitespace_ for t in block.doc) == block.text
        assert len(block.doc.sentences()) == block.text.count(".")


def test_what_may_attribute_wholly_is_parsed_as_ever() -> None:
    text = f"{TOLD} {TOLD}"
    layout = lay_out(text)
    [ours] = parse_attributing(pipeline.load(), [(text, layout)], thoughts=False)
    [whole] = parse(pipeline.load(), [(text, layout)])
    assert [(t.text, t.tag_, t.dep_, t.head.i) for t in ours.blocks[0].doc] == [
        (t.text, t.tag_, t.dep_, t.head.i) for t in whole.blocks[0].doc
    ]


@pytest.mark.parametrize("thoughts", [False, True])
def test_next_to_nothing_is_lost(thoughts: bool) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.iterdir())[:12] if path.suffix == ".txt"]
    asked = {"thoughts": thoughts, "processes": 1}
    with_it = [{(*a.content, *a.source) for a in found} for found in dragoman.attributions_of(texts, **asked)]
    without = [
        {(*a.content, *a.source) for a in found} for found in dragoman.attributions_of(texts, **asked, cascade=False)
    ]
    every = sum(map(len, without))
    assert every > 100
    assert sum(len(a & b) for a, b in zip(with_it, without, strict=True)) >= 0.97 * every


def test_many_texts_are_read_by_processes_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.extract.pool.FEW", 100)
    monkeypatch.setattr("dragoman.extract.pool.LONG_CHUNK", 200)
    texts = [f"{QUIET} Witness {n} said that pier {n} was shut." for n in range(12)]
    found = list(dragoman.attributions_of(texts, processes=2))
    assert [text[slice(*a.content[0])] for text, [a] in zip(texts, found, strict=True)] == [
        f"pier {n} was shut" for n in range(12)
    ]
    assert found == list(dragoman.attributions_of(texts, processes=1))
