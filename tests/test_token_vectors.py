"""The pipeline's own networks, calculated another way: the vectors and the trees are the same to the last bit."""

import importlib

import numpy as np
import pytest
import spacy
from spacy.training import Example

from dragoman.extract import DEFAULT_PIPELINE, parser_steps, pipeline, token_vectors, word_classes

PARAGRAPHS = [
    'Varonia\'s envoy, who had been in Port Ilse since Monday, said there was no deal; the talks ("hard ones") go on.',
    "",
    "What do they want? That the guns fall silent, that prisoners come home - and nothing else.  No troops have moved.",
    "Unions wo n't sign 'cause it's been told twice: 5.2 per cent, or \n a strike that nobody, not even they, wanted!",
    " ",
    "No.",
    "«Мы не подпишем», said Ana Ruhl 🙂, of the Trawlermen's League, at 19:30.",
]
SEEN = ("TAG", "POS", "DEP", "HEAD", "SENT_START")


@pytest.fixture(scope="module")
def full():
    return importlib.import_module(DEFAULT_PIPELINE).load(exclude=list(pipeline.LEFT_OUT))


def fresh():
    """A pipeline of ours that has not met any word."""
    pipeline.load.cache_clear()
    return pipeline.load()


def test_both_stand_in_the_place_of_spacys_own():
    nlp = pipeline.load()
    assert nlp.get_pipe(token_vectors.TOK2VEC).model.name == "dragoman_token_vectors"
    assert parser_steps.NAME in nlp.pipe_names
    assert parser_steps.PARSER not in nlp.pipe_names


@pytest.mark.parametrize("batch", [1, 3, 32])
def test_vectors_and_trees_are_spacys_to_the_last_bit(full, batch):
    ours, theirs = fresh().pipe(PARAGRAPHS, batch_size=batch), full.pipe(PARAGRAPHS, batch_size=batch)
    for one, other in zip(ours, theirs, strict=True):
        if len(other):
            assert np.array_equal(one.tensor, other.tensor), other.text
        assert np.array_equal(one.to_array(list(SEEN)), other.to_array(list(SEEN))), other.text


def test_what_was_read_before_changes_nothing(monkeypatch):
    alone = [doc.tensor for doc in fresh().pipe(PARAGRAPHS)]
    nlp = fresh()
    for text in reversed(PARAGRAPHS):
        nlp(text + " Some other words, wholly unknown: gribble, Skarvoy, undelegated.")
    later = [doc.tensor for doc in nlp.pipe(PARAGRAPHS)]
    assert all(np.array_equal(one, other) for one, other in zip(alone, later, strict=True))
    monkeypatch.setattr(token_vectors, "_MOST", 5)  # more words than are kept: all are made anew each time
    again = [nlp(text).tensor for text in PARAGRAPHS]
    assert all(np.array_equal(one, other) for one, other in zip(alone, again, strict=True))


def test_networks_of_another_kind_are_left_to_spacy(full):
    model = full.get_pipe("tok2vec").model
    assert token_vectors.can_read(model)
    window = next(node for node in model.walk() if node.name == "expand_window")
    window.attrs["window_size"] = 2
    try:
        assert not token_vectors.can_read(model)
    finally:
        window.attrs["window_size"] = 1
    assert not token_vectors.can_read(full.get_pipe("tagger").model)
    parser = full.get_pipe("parser")
    assert parser_steps.can_read(parser)
    parser.cfg["beam_width"] = 4
    try:
        assert not parser_steps.can_read(parser)
    finally:
        parser.cfg["beam_width"] = 1


def trained(*components, **config):
    """A pipeline with a tiny parser that has seen one sentence."""
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component, config=config.get(component, {}))
    words = {"words": ["Both", "sides", "met", "us"], "heads": [1, 2, 2, 2], "deps": ["det", "nsubj", "ROOT", "dobj"]}
    tags = {"tags": ["DT", "NNS", "VBD", "PRP"], "sent_starts": [1, 0, 0, 0]}
    seen = [
        Example.from_dict(nlp.make_doc("Both sides met us"), {**words, **tags})
    ] * 40  # relations seen less are dropped
    nlp.initialize(lambda: seen)
    nlp.update(seen)
    return nlp


SHARED = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
ANOTHER = {
    "parser alone": lambda: trained("parser"),
    "parser and tagger": lambda: trained("parser", "tagger"),
    "no ruler, vectors of its own kind": lambda: trained(
        "tok2vec",
        "tagger",
        "parser",
        tok2vec={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 2, "embed_size": 500,
                           "window_size": 1, "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}},
        parser={"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser",
                          "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True,
                          "nO": None, "tok2vec": SHARED}},
    ),
    "parser without an upper layer": lambda: trained(
        "parser",
        parser={"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser",
                          "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": False,
                          "nO": None, "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 2,
                          "embed_size": 500, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
                          "pretrained_vectors": None}}},
    ),
    "parser of several guesses": lambda: trained("beam_parser"),
    "sentences alone": lambda: trained("senter"),
    "other components of the same names": lambda: misnamed(),
    "a ruler that asks for what is not understood": lambda: ruled(),
}  # fmt: skip


def misnamed():
    nlp = spacy.blank("en")
    for name in ("tok2vec", "attribute_ruler", "parser"):
        nlp.add_pipe("sentencizer", name=name)
    return nlp


def ruled():
    nlp = trained("parser")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"TEXT": {"REGEX": "^[A-Z]"}}]], {"POS": "PROPN"})
    ruler.add([[{"LOWER": "met"}]], {"POS": "VERB"})
    return nlp


@pytest.mark.parametrize("kind", ANOTHER)
def test_another_pipeline_is_loaded_from_its_path_and_gives_what_spacy_gives(kind, tmp_path):
    ANOTHER[kind]().to_disk(tmp_path / "another")
    ours, theirs = pipeline.load(str(tmp_path / "another")), spacy.load(tmp_path / "another")
    for one, other in zip(ours.pipe(PARAGRAPHS, batch_size=3), theirs.pipe(PARAGRAPHS, batch_size=3), strict=True):
        assert np.array_equal(one.to_array(list(SEEN)), other.to_array(list(SEEN))), other.text
        assert np.array_equal(one.tensor, other.tensor), other.text


def test_what_is_not_understood_stays_spacys(tmp_path):
    ANOTHER["parser without an upper layer"]().to_disk(tmp_path / "lower")
    assert pipeline.load(str(tmp_path / "lower")).pipe_names == ["parser"]
    ruled().to_disk(tmp_path / "ruled")
    assert word_classes.NAME not in pipeline.load(str(tmp_path / "ruled")).pipe_names


def test_there_is_no_such_pipeline():
    with pytest.raises(OSError, match="no_such"):
        pipeline.load("no_such_pipeline")
