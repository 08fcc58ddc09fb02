"""The pipeline's own parser, taken step by step for all paragraphs at once.

spaCy's parser (https://spacy.io/api/dependencyparser) makes its decisions in a compiled loop that lets go of Python's
lock, and then asks for it back 64 times a decision, which is half of its time (spaCy 3.8). The steps that it offers for
training do the same with the lock held: which words each open decision looks at, the scores of what can be done, and
the doing of the best. Each document's decisions are its own; what comes out is the same (tests/test_token_vectors.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

NAME = "dragoman_parser"
PARSER = "parser"


class ParserSteps:
    """Sets the trees of documents; a component of the pipeline, in the place of its parser."""

    def __init__(self, parser: Any) -> None:
        """From the pipeline's parser; `can_read` must hold of it."""
        self._parser = parser
        self._ops = NumpyOps()
        upper = parser.model.get_ref("upper")
        self._weights, self._bias = upper.get_param("W"), upper.get_param("b")

    def __call__(self, doc: Doc) -> Doc:
        """Set the tree of a document."""
        self._parse([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Set the trees of documents, so many at once."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            self._parse(batch)
            yield from batch

    def _parse(self, docs: list[Doc]) -> None:
        parser = self._parser
        states = parser.moves.init_batch(docs)
        if any(len(doc) for doc in docs):
            network = parser.model.predict(docs)
            going = [state for state in states if not state.is_final()]
            while going:
                looked_at = network.state2vec.predict(network.get_token_ids(going))
                scores = self._ops.gemm(looked_at, self._weights, trans2=True)
                scores += self._bias
                going = parser.transition_states(going, scores)
            network.clear_memory()
        parser.set_annotations(docs, states)


def can_read(parser: Any) -> bool:
    """Whether a parser is of the kind that is understood here: spaCy's, one guess at a time, on a processor."""
    model = parser.model
    return (
        type(model.ops) is NumpyOps
        and model.name == "parser_model"
        and bool(model.attrs["has_upper"])
        and not model.attrs["unseen_classes"]
        and parser.cfg["beam_width"] == 1
    )


def put_into(nlp: Language) -> None:
    """Put this in the place of a pipeline's parser, if it has one that is understood."""
    known = PARSER in nlp.pipe_names and nlp.get_pipe_meta(PARSER).factory == PARSER
    if known and can_read(nlp.get_pipe(PARSER)):
        nlp.add_pipe(NAME, after=PARSER)
        nlp.remove_pipe(PARSER)


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> ParserSteps:
    return ParserSteps(nlp.get_pipe(PARSER))
