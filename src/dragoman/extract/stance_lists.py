"""Lists of what is wanted or offered: after a colon, over several paragraphs with bullets, and their members."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from dragoman.extract import lexicon
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_content import trimmed
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_stand import Stand, plain_stand

_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦●‣]|\(?\d{1,2}[.)]|\(?[a-h]\))\s*")
_LONGEST = 70
"""Tokens of a list that are read."""


def colon_at(tokens: Span | list[Token]) -> int | None:
    """The index of the first colon among tokens, if it introduces something and is not part of a time of day."""
    for token in tokens:
        if token.text == ":" and not (
            token.i and token.nbor(-1).like_num and token.i + 1 < len(token.doc) and token.nbor(1).like_num
        ):
            return int(token.i)
    return None


def stretch(stand: Stand, sentence: Span) -> None:
    """Let a stand that ends before a colon ("three things: …") run over the list after it."""
    end = stand.content[-1].i
    if end + 2 >= sentence.end or stand.form in ("fragment", "answer"):
        return
    if sentence.doc[end + 1].text != ":" or stand.content[-1].lower_ not in lexicon.words("stances", "list_heads"):
        return
    rest = trimmed(list(sentence.doc[end + 2 : min(sentence.end, end + _LONGEST)]))
    if rest:
        stand.content = rest
        stand.whole = [*stand.whole, *rest]
        stand.weak = False


def announced(block: Block, sentence: Span, voices: Voices, covered: set[int]) -> Stand | None:
    """ "The union's bottom line: no lay-offs before May": what stands after the colon is what its noun says."""
    colon = colon_at(sentence)
    if colon is None or colon - sentence.start > 25 or colon + 2 >= sentence.end or colon + 1 in covered:
        return None
    nouns: dict[str, str] = {
        noun: stance for stance, words in lexicon.load("stances")["announcing"].items() for noun in words
    }
    for token in sentence.doc[sentence.start : colon]:
        if token.lower_ in nouns and token.pos_ in ("NOUN", "PROPN", "VERB") and token.dep_ != "compound":
            owners = voices.owners(token, block)
            rest = trimmed(list(sentence.doc[colon + 1 : min(sentence.end, colon + _LONGEST)]))
            if owners and rest:
                statement = voices.statement_at(block.start + rest[0].idx)
                return plain_stand(rest[0], block, nouns[token.lower_], owners, rest, statement, "list")
    return None


def bulleted(stands: list[Stand], sentence: Span, following: list[Block]) -> Iterator[Stand]:
    """The members of a list in the paragraphs after a sentence that ends in a colon, each with the sentence's stand."""
    wanted = [
        s for s in stands if s.holders and s.stance in ("demands", "proposes", "conditions", "rejects", "accepts")
    ]
    if not wanted or (sentence[-1].text not in (":", "：") and (len(sentence) < 2 or sentence[-2].text != ":")):
        return
    head = wanted[-1]
    for block in following:
        mark = _BULLET.match(block.text)
        if mark is None or not mark.group().strip():
            return
        tokens = trimmed([t for t in block.doc if t.idx >= mark.end()])
        if not tokens:
            return
        item = copy.copy(head)
        item.block, item.head, item.content, item.whole = block, tokens[0], tokens[:_LONGEST], tokens[:_LONGEST]
        item.form, item.weak, item.points, item.after = "list", False, "", None
        yield item


def parts_of(tokens: list[Token]) -> Iterator[list[Token]]:
    """The members of a list, cut at semicolons, commas and the last "and"."""
    marks = [t for t in tokens if t.text == ";"]
    run: list[Token] = []
    for token in tokens:
        if token.text == ";" or (not marks and (token.text == "," or (token.lower_ == "and" and token.dep_ == "cc"))):
            part = trimmed(run)
            if part:
                yield part
            run = []
        else:
            run.append(token)
    part = trimmed(run)
    if part:
        yield part
