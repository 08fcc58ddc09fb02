"""What the parser says of a paragraph, as plain objects that are made once: tokens, spans of tokens, the whole.

spaCy makes a new token object each time one is asked for, looks its strings up at every access, and searches a token's
children anew at every visit; finders ask thousands of times. These classes hold what spaCy found, under spaCy's names
and with spaCy's meaning (https://spacy.io/api/token, /span, /doc), so far as finders use it. Nothing can be changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc as SpacyDoc

_index = attrgetter("i")
_NONE: tuple[Token, ...] = ()

_ARRAY: list[int | str] = ["ORTH", "POS", "TAG", "DEP", "HEAD", "SENT_START", "IDX", "SPACY"]
"""What is asked of a parse, all tokens at once: asked one by one it takes several times as long."""

_SIGN = 1 << 63
"""From here on a number of the array is a negative one."""

_WORD = re.compile(r"\w+(?:[-.,]\w+)*|['’]\w+|[^\w\s]")

_MOST_LEXEMES = 100_000
_lexemes: dict[int, tuple[str, str, bool, bool, bool, bool, bool]] = {}
"""What is known of a word by itself, by spaCy's number of it (a hash of the word, the same in every vocabulary)."""

_names: dict[int, str] = {}
"""Names of classes, tags and relations, by spaCy's numbers of them."""


def _named(number: int, strings: StringStore) -> str:
    name = _names[number] = str(strings[number]) if number else ""
    return name


class Token:
    """A token; two are the same only if they are the same object, as each is made just once."""

    __slots__ = (
        "_subtree", "children", "dep_", "doc", "head", "i", "idx", "is_alpha", "is_punct", "is_sent_start", "is_space",
        "is_stop", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    i: int
    idx: int
    text: str
    lower_: str
    pos_: str
    tag_: str
    dep_: str
    whitespace_: str
    is_alpha: bool
    is_punct: bool
    is_sent_start: bool | None
    is_space: bool
    is_stop: bool
    like_num: bool
    doc: Doc
    head: Token
    children: Sequence[Token]
    _subtree: list[Token] | None

    def __len__(self) -> int:
        """Its characters."""
        return len(self.text)

    def __str__(self) -> str:
        """As it is written."""
        return self.text

    def __repr__(self) -> str:
        """As it is written."""
        return self.text

    @property
    def is_lower(self) -> bool:
        """Whether it is written in lower case."""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """Whether it is written in capitals."""
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """Whether just its first letter is a capital."""
        return self.text.istitle()

    @property
    def lefts(self) -> list[Token]:
        """The children before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """The children after it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> list[Token]:
        """It and all below it, in the order of the text."""
        if self._subtree is None:
            found = [self]
            for token in found:  # which grows while it is gone through
                found += token.children
            if len(found) > 1:
                found.sort(key=_index)
            self._subtree = found
        return self._subtree

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return self.subtree[0]

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return self.subtree[-1]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, and so on."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether it stands above another token in the tree."""
        return any(token is self for token in descendant.ancestors)

    def nbor(self, steps: int = 1) -> Token:
        """The token so many places after it (before it, for a negative number).

        Raises:
            IndexError: there is none.
        """
        if self.i + steps < 0:
            raise IndexError(self.i + steps)
        return self.doc.tokens[self.i + steps]

    @property
    def sent(self) -> Span:
        """Its sentence."""
        return self.doc.sentence(self.i)


class Span:
    """Tokens that follow each other: those from `start` up to `end`, which is the index after the last."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        """Some tokens of a document."""
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        """How many tokens there are."""
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        """Its tokens."""
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        """Its tokens, the last one first."""
        return reversed(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        """A token, or some of the tokens, by indices from the span's start."""
        if isinstance(key, slice):
            start, end, _ = key.indices(self.end - self.start)
            return Span(self.doc, self.start + start, self.start + max(start, end))
        place = self.start + key if key >= 0 else self.end + key
        if not self.start <= place < self.end:
            raise IndexError(key)
        return self.doc.tokens[place]

    def __eq__(self, other: object) -> bool:
        """Spans are equal that hold the same tokens."""
        if not isinstance(other, Span):
            return NotImplemented
        return self.doc is other.doc and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        """By its place."""
        return hash((self.start, self.end))

    def __str__(self) -> str:
        """As it is written."""
        return self.text

    def __repr__(self) -> str:
        """As it is written."""
        return self.text

    @property
    def start_char(self) -> int:
        """Where it starts in the text of the document."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where it ends in the text of the document."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """As it is written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The highest of its tokens, the first of several; no mark or space where there is a word."""
        tokens = self.doc.tokens[self.start : self.end]
        for token in tokens:
            if token.head is token:
                return token
        outer = [t for t in tokens if not self.start <= t.head.i < self.end]
        return min(outer, key=_depth, default=self.doc.tokens[self.start])


class Doc:
    """A parsed text."""

    __slots__ = ("_bounds", "_places", "text", "tokens")

    def __init__(self, parsed: SpacyDoc) -> None:
        """Take over what spaCy found; its own document is not needed any more."""
        self.text: str = parsed.text
        self.tokens: list[Token] = []
        self._take(parsed, 0)
        self._finish()

    @classmethod
    def joined(cls, text: str, parts: Iterable[tuple[int, SpacyDoc | str]]) -> Doc:
        """A text of which only some parts were parsed; in the others each word is a sentence's word and nothing more.

        Args:
            text: all of it.
            parts: in order, where each begins, and the parse or the mere words of it; only white space lies between.
        """
        self = cls.__new__(cls)
        self.text, self.tokens = text, []
        for start, part in parts:
            if self.tokens:
                last = self.tokens[-1]
                stop = last.idx + len(last.text)
                last.whitespace_ = " " if text[stop : stop + 1] == " " else last.whitespace_
            if isinstance(part, str):
                self._plain(part, start)
            else:
                self._take(part, start)
        self._finish()
        return self

    def _take(self, parsed: SpacyDoc, offset: int) -> None:
        """Add the tokens of a parse that begins at an offset into the text."""
        if not len(parsed):
            return
        strings, lexemes, first = parsed.vocab.strings, _lexemes, len(self.tokens)
        if len(lexemes) > _MOST_LEXEMES:
            lexemes.clear()
        made: list[Token] = []
        heads: list[int] = []
        for orth, pos, tag, dep, head, start, idx, space in parsed.to_array(_ARRAY).tolist():
            lexeme = lexemes.get(orth)
            if lexeme is None:
                found = parsed.vocab[orth]
                lexeme = lexemes[orth] = (
                    found.text, found.lower_, found.is_alpha, found.is_punct, found.is_space, found.is_stop,
                    found.like_num,
                )  # fmt: skip
            token = Token()
            token.doc, token.i, token.idx = self, first + len(made), offset + idx
            token.text, token.lower_, token.is_alpha, token.is_punct, token.is_space, token.is_stop, token.like_num = (
                lexeme
            )
            token.whitespace_ = " " if space else ""
            name = _names.get(pos)
            token.pos_ = name if name is not None else _named(pos, strings)
            name = _names.get(tag)
            token.tag_ = name if name is not None else _named(tag, strings)
            name = _names.get(dep)
            token.dep_ = name if name is not None else _named(dep, strings)
            token.is_sent_start = True if start == 1 else None if start == 0 else False
            token.children, token._subtree = _NONE, None
            heads.append(head if head < _SIGN else head - 2 * _SIGN)
            made.append(token)
        below: dict[int, list[Token]] = {}
        for i, (token, head) in enumerate(zip(made, heads, strict=True)):
            if head:
                token.head = made[i + head]
                below.setdefault(i + head, []).append(token)
            else:
                token.head = token
        for i, children in below.items():
            made[i].children = children
        self.tokens += made

    def _plain(self, words: str, offset: int) -> None:
        """Add words that were not parsed."""
        for number, found in enumerate(_WORD.finditer(words)):
            token = Token()
            token.doc, token.i, token.idx = self, len(self.tokens), offset + found.start()
            text = token.text = found[0]
            token.lower_ = text.lower()
            token.whitespace_ = " " if words[found.end() : found.end() + 1] == " " else ""
            token.pos_, token.tag_, token.dep_ = "X", "", ""
            token.is_alpha, token.is_punct = text.isalpha(), not (text[-1].isalnum() or text[-1] == "_")
            token.is_space = token.is_stop = token.like_num = False
            token.is_sent_start = number == 0
            token.head, token.children, token._subtree = token, _NONE, None
            self.tokens.append(token)

    def _finish(self) -> None:
        self._places = [token.idx for token in self.tokens]
        self._bounds = [0, *(t.i for t in self.tokens if t.i and t.is_sent_start), len(self.tokens)]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        """Its tokens."""
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        """A token, or some of the tokens."""
        if isinstance(key, slice):
            start, end, _ = key.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[key]

    def sentences(self) -> list[Span]:
        """Its sentences."""
        return [Span(self, a, b) for a, b in zip(self._bounds, self._bounds[1:], strict=False) if a < b]

    def sentence(self, i: int) -> Span:
        """The sentence in which the token of this index stands."""
        k = min(bisect_right(self._bounds, i), len(self._bounds) - 1)
        return Span(self, self._bounds[k - 1], self._bounds[k])

    def span_at(self, start: int, end: int) -> Span | None:
        """The tokens that lie, wholly or in part, between two offsets into its text; None where there are none.

        The space after a token belongs to it where the second offset falls on it, but not where the first does.
        """
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        if start == first.idx + len(first.text):
            return Span(self, first.i + 1, max(first.i + 1, last.i + 1))
        return Span(self, first.i, last.i + 1)

    def _token_at(self, offset: int) -> Token | None:
        k = bisect_right(self._places, offset) - 1
        if k < 0:
            return None
        token = self.tokens[k]
        return token if offset < token.idx + len(token.text) + len(token.whitespace_) else None


def _depth(token: Token) -> int:
    """How many tokens stand above one; for a mark or a space with nothing below it, as many as could."""
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)
