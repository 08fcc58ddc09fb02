"""The parse as plain objects says what spaCy says; word classes are those of the pipeline's own rules."""

import importlib

import pytest

from dragoman.extract import DEFAULT_PIPELINE, pipeline
from dragoman.extract.parsed import Doc
from dragoman.extract.word_classes import can_read

TEXTS = [
    'Varonia\'s envoy, who had been in Port Ilse since Monday, said there was no deal, the talks ("hard ones") go on.',
    "What do they want? That the guns fall silent, that prisoners come home - and nothing else.  No troops have moved.",
    "Unions wo n't sign 'cause it's been told twice: 5.2 per cent, or \n a strike that nobody, not even they, wanted!",
    "",
]

VALUES = (
    *("i", "idx", "text", "lower_", "pos_", "tag_", "dep_", "whitespace_", "is_alpha", "is_punct", "is_space"),
    *("is_stop", "like_num", "is_sent_start", "is_lower", "is_upper", "is_title"),
)


@pytest.fixture(scope="module")
def full():
    return importlib.import_module(DEFAULT_PIPELINE).load(exclude=list(pipeline.LEFT_OUT))


@pytest.mark.parametrize("text", TEXTS)
def test_word_classes_are_those_of_the_pipelines_rules(full, text):
    ours, theirs = pipeline.load()(text), full(text)
    assert [(t.text, t.pos_, t.tag_, t.dep_) for t in ours] == [(t.text, t.pos_, t.tag_, t.dep_) for t in theirs]


def test_rules_that_ask_for_more_are_left_to_spacy():
    rule = {"patterns": [[{"TAG": "NN", "SHAPE": "xxx"}]], "attrs": {"POS": "X"}, "index": 0}
    assert not can_read([rule])
    assert can_read([{**rule, "attrs": {"LEMMA": "x"}}])  # nothing that is read is set
    assert not can_read([{**rule, "patterns": [[{"LOWER": {"REGEX": "^a"}}]]}])


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_as_spacy_has_them(full, text):
    theirs = full(text)
    ours = Doc(theirs)
    assert (ours.text, len(ours)) == (theirs.text, len(theirs))
    for one, other in zip(ours, theirs, strict=True):
        for name in VALUES:
            assert getattr(one, name) == getattr(other, name), (one, name)
        for name in ("children", "lefts", "rights", "subtree", "ancestors"):
            assert [t.i for t in getattr(one, name)] == [t.i for t in getattr(other, name)], (one, name)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(one, name).i == getattr(other, name).i, (one, name)
        assert (one.sent.start, one.sent.end) == (other.sent.start, other.sent.end)
        assert all(one.is_ancestor(a) == other.is_ancestor(b) for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_as_spacy_has_them(full, text):
    theirs = full(text)
    ours = Doc(theirs)
    assert [s.text for s in ours.sentences()] == [s.text for s in theirs.sents]
    for start in range(len(ours)):
        for end in range(start + 1, min(start + 9, len(ours) + 1)):
            one, other = ours[start:end], theirs[start:end]
            assert (one.text, one.start_char, one.end_char) == (other.text, other.start_char, other.end_char)
            assert (one.root.i, one[-1].i, one[1:].text) == (other.root.i, other[-1].i, other[1:].text)
    for start in range(len(text)):
        for end in range(start + 1, min(start + 12, len(text))):
            found = ours.span_at(start, end), theirs.char_span(start, end, alignment_mode="expand")
            one, other = ((s.start, s.end) if s is not None else None for s in found)
            assert one == other, (start, end)


def test_there_is_no_token_beside_the_last():
    doc = Doc(pipeline.load()("No deal."))
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[2].nbor()
    with pytest.raises(IndexError):
        doc[0:2][2]
