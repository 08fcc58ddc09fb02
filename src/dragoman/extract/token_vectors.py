"""The vectors of tokens that tagger and parser read, as the pipeline's own network gives them, in half the time.

The small pipelines of spaCy make them in two steps (https://spacy.io/api/architectures#MultiHashEmbed and
#MaxoutWindowEncoder): a vector for the word by itself, from its spelling, and then, layer by layer, one that also knows
the words around it. The first step is the same wherever a word stands, and most words of a text are old acquaintances,
so that what it gives is kept. The second is calculated here with the same operations in the same order, but without
the intermediate arrays that training needs, and with the parts of a layer that compete laid side by side.
What comes out is the same to the last bit (tests/test_token_vectors.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

TOK2VEC = "tok2vec"

Floats = NDArray[np.float32]

_WORD: list[int | str] = ["ORTH", "NORM", "SPACY"]
"""What tells words by themselves apart: all else that the first step asks of a token follows from its spelling."""

_KNOWN = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "LOWER", "ORTH", "SPACY", "IS_SPACE"}
"""What the first step may ask of a token for that to hold."""

_MOST = 50_000
"""Words whose vectors are kept: 20 MB of them. When there are more, all are let go of."""

_BLOCK = 32
"""Words whose vectors are made together, always so many: a library that multiplies matrices may go another way for
fewer, and what is kept of a word must not depend on which others were met with it."""


class _Layer:
    """One layer of the second step: each word with its two neighbours, the largest of some sums of them, normalized."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        """From spaCy's layers."""
        weights: Floats = np.asarray(maxout.get_param("W"))
        bias: Floats = np.asarray(maxout.get_param("b"))
        self.width, self.pieces = bias.shape
        # From (width, pieces, inputs) so that all first pieces come first, then all second ones: their maximum is then
        # one of long rows.
        self.weights: Floats = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(-1, weights.shape[2])
        self.bias: Floats = np.ascontiguousarray(bias.T).reshape(-1)
        self.scale: Floats = np.asarray(norm.get_param("G"))
        self.shift: Floats = np.asarray(norm.get_param("b"))


class TokenVectors:
    """The pipeline's network for the vectors of tokens."""

    def __init__(self, embed: Model[Any, Any], encode: Model[Any, Any]) -> None:
        """From spaCy's networks for the two steps; `can_read` must hold of them."""
        self._ops = NumpyOps()
        self._columns: list[int | str] = embed.layers[0].attrs["columns"]
        self._look_up, self._mix = embed.layers[2], embed.layers[3]
        self._layers = [
            _Layer(*(next(node for node in part.walk() if node.name == name) for name in ("maxout", "layernorm")))
            for part in encode.layers[0].layers
        ]
        self._pad: int = encode.attrs["pad"]
        self.width: int = self._layers[-1].width
        self._places: dict[bytes, int] = {}
        self._kept: Floats = np.zeros((1024, self.width), dtype="f")  # the first for the void between documents

    def vectors(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of the tokens of some documents, one array for each document."""
        if len(self._places) > _MOST:
            self._places.clear()
        rows = iter(self._rows(docs))
        void = [0] * self._pad
        laid = [*void]
        starts: list[int] = []
        for doc in docs:
            starts.append(len(laid))
            if len(doc):
                laid += islice(rows, len(doc))
                laid += void
        found = self._encode(self._kept.take(laid, axis=0))
        # A copy each: the vectors of a short paragraph must not keep those of all the others in memory.
        return [found[start : start + len(doc)].copy() for start, doc in zip(starts, docs, strict=True)]

    def _rows(self, docs: Sequence[Doc]) -> list[int]:
        """Where the vectors of their words are kept."""
        words = np.concatenate([doc.to_array(_WORD) for doc in docs])
        keys: list[bytes] = words.view(f"V{words.shape[1] * words.itemsize}").ravel().tolist()
        places = self._places
        rows = [places.get(key, 0) for key in keys]
        if 0 in rows:
            new = {key: i for i, (key, row) in enumerate(zip(keys, rows, strict=True)) if not row}
            features = np.concatenate([doc.to_array(self._columns) for doc in docs])
            self._add(list(new), features[list(new.values())])
            rows = [places[key] for key in keys]
        return rows

    def _add(self, keys: list[bytes], features: NDArray[np.uint64]) -> None:
        """Make and keep the vectors of words that were not met before."""
        first = len(self._places) + 1
        while first + len(keys) > len(self._kept):
            self._kept = np.concatenate([self._kept, np.zeros_like(self._kept)])
        looked_up: Floats = self._look_up.predict(features.astype("uint64"))
        block = np.zeros((_BLOCK, looked_up.shape[1]), dtype="f")
        for start in range(0, len(keys), _BLOCK):
            some = looked_up[start : start + _BLOCK]
            block[: len(some)] = some
            self._kept[first + start : first + start + len(some)] = self._mix.predict(block)[: len(some)]
        self._places.update(zip(keys, range(first, first + len(keys)), strict=True))

    def _encode(self, vectors: Floats) -> Floats:
        """The second step; what it is given is used up."""
        count, width = vectors.shape
        around: Floats = np.zeros((count, 3 * width), dtype="f")
        squares = np.empty((count, width), dtype="f")
        for layer in self._layers:
            around[1:, :width] = vectors[:-1]
            around[:, width : 2 * width] = vectors
            around[:-1, 2 * width :] = vectors[1:]
            sums = self._ops.gemm(around, layer.weights, trans2=True)
            sums += layer.bias
            pieces = sums.reshape(count, layer.pieces, width)
            best: Floats = np.maximum(pieces[:, 0], pieces[:, 1])
            for k in range(2, layer.pieces):
                np.maximum(best, pieces[:, k], out=best)
            best -= best.mean(axis=1, keepdims=True)
            np.multiply(best, best, out=squares)
            spread = squares.mean(axis=1, keepdims=True) + 1e-08
            best *= spread ** (-1.0 / 2.0)
            best *= layer.scale
            best += layer.shift
            vectors += best
        return vectors


def can_read(model: Model[Any, Any]) -> bool:
    """Whether a network is of the kind that is understood here: spaCy's for its small pipelines, on a processor."""
    if type(model.ops) is not NumpyOps or not all(model.has_ref(name) for name in ("embed", "encode")):
        return False
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    first = [layer.name.split("(")[0] for layer in embed.layers]
    if first != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        return False
    if not set(embed.layers[0].attrs["columns"]) <= _KNOWN or not encode.name.startswith("with_array("):
        return False
    return all(
        part.name == "residual(expand_window>>maxout>>layernorm>>dropout)"
        and all(node.attrs["window_size"] == 1 for node in part.walk() if node.name == "expand_window")
        for part in encode.layers[0].layers
    )


def put_into(nlp: Language) -> None:
    """Put this in the place of a pipeline's own network, if it has one that is understood."""
    if TOK2VEC not in nlp.pipe_names or nlp.get_pipe_meta(TOK2VEC).factory != TOK2VEC:
        return
    component: Any = nlp.get_pipe(TOK2VEC)
    if not can_read(component.model):
        return
    ours = TokenVectors(component.model.get_ref("embed"), component.model.get_ref("encode"))

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> Any:
        return ours.vectors(docs), lambda _: []

    component.model = Model("dragoman_token_vectors", forward, dims={"nO": ours.width}, ops=component.model.ops)
