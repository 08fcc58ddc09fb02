"""What a party refuses in the same breath as it gives something: "observers, but not in uniform"; "They will not."

Ellipsis leaves the refusal without a verb of its own (Huddleston and Pullum 2002, 15.10 and 17.6): it is the party's
that accepts the rest, or whose subject stands before a bare auxiliary, and it is about what was said before.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_content import trimmed
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_stand import Stand, plain_stand
from dragoman.extract.stance_words import is_verb

_YES = frozenset({"accepts", "open_to"})
_GIVEN = _YES | {"demands", "proposes"}
_BEFORE = frozenset({"but", "though", "although", "albeit", "if", "yet", "however", "and", ","})
_NO_CONTRAST = frozenset(
    {"only", "just", "yet", "necessarily", "least", "because", "to", "that", "so", "always", "quite", "enough", "all"}
)
_WAITING = frozenset({"before", "until", "unless", "without", "till"})
_THINGS = frozenset({"DET", "NOUN", "PROPN", "ADP", "SCONJ", "ADJ", "NUM", "PRON"})
_AUXILIARIES = frozenset({"do", "does", "did"})
_LONGEST = 25
"""Tokens after "but not" that are read."""


def contrasted(stands: list[Stand], earlier: Stand | None, block: Block, sentence: Span) -> Iterator[Stand]:
    """What is left out of what is accepted: "…, but not in uniform", "… Not, however, from the Alliance".

    Args:
        stands: those of the sentence. One that runs on over the contrast is cut there.
        earlier: the last stand before the sentence.
        block, sentence: where they stand.
    """
    for token in sentence:
        if token.lower_ != "not" or not _contrasts(token, sentence):
            continue
        but = token.i > 0 and token.nbor(-1).lower_ in ("but", "though")
        given = next(
            (s for s in reversed(stands) if s.stance in (_GIVEN if but else _YES) and s.head.i < token.i), None
        )
        if given is None and token.i - sentence.start <= 1 and not any(is_verb(t) for t in sentence):
            given = earlier if earlier is not None and earlier.stance in _YES and earlier.block is block else None
        words = _left_out(token, sentence)
        if given is None or not words:
            continue
        kept = trimmed([t for t in given.content if t.i < token.i]) if given.content[0].doc is token.doc else []
        if kept and given.content[-1].i > token.i:
            given.content = kept
            given.whole = trimmed([t for t in given.whole if t.i < token.i]) or kept
        stance = "conditions" if words[0].lower_ in _WAITING else "rejects"
        stand = plain_stand(token, block, stance, given.holders, words, given.statement, "contrast", weak=False)
        stand.whole = [token, *words]
        stand.after = given
        yield stand


def _contrasts(word: Token, sentence: Span) -> bool:
    """Whether a "not" sets one thing against another, and does not negate a verb."""
    following = word.doc[word.i + 1] if word.i + 1 < sentence.end else None
    while following is not None and (following.text == "," or following.lower_ in ("however", "though", "even")):
        following = following.doc[following.i + 1] if following.i + 1 < sentence.end else None
    if following is None or following.lower_ in _NO_CONTRAST:
        return False
    if following.tag_ in ("VB", "VBP") and word.i and word.nbor(-1).lower_ == "but":
        return True  # "wants to disarm but not to occupy", "… but not occupy"
    if following.pos_ not in _THINGS:
        return False
    if word.i == sentence.start:
        return True
    before = word.nbor(-1)
    return before.lower_ in _BEFORE or before.text in ("—", "–", "-", '"', "“", "‘", ";")


def _left_out(word: Token, sentence: Span) -> list[Token]:
    """The words after a "not", up to the end of its phrase."""
    found: list[Token] = []
    for token in sentence.doc[word.i + 1 : min(sentence.end, word.i + _LONGEST)]:
        if token.text in (";", ":", "—", "–", ".", '"', "”", "“") and found:
            break
        if token.text == "," and found:
            ahead = token.doc[token.i + 1].lower_ if token.i + 1 < sentence.end else ""
            if ahead not in ("not", "nor", "or"):
                break
        if token.lower_ == "but" and found:
            break
        if found or not (token.is_punct or token.lower_ in ("however", "though", "even")):
            found.append(token)
    return trimmed(found)


def elliptic(verb: Token, block: Block, voices: Voices) -> Stand | None:
    """ "They will not.", "Kalvaria cannot": a bare auxiliary under negation refuses what was asked before."""
    if verb.lower_ in ("told", "tell", "tells"):
        return _told_no(verb, block, voices)
    if verb.tag_ != "MD" and verb.lower_ not in _AUXILIARIES:
        return None
    if verb.dep_ in ("aux", "auxpass") or not any(c.dep_ == "neg" for c in verb.children):
        return None
    if any(c.i > verb.i and c.dep_ not in ("neg", "punct", "advmod", "npadvmod") for c in verb.children):
        return None
    holders = voices.holders(verb, block)
    subject = voices.subject_of(verb)
    if not holders or subject is None or subject.i > verb.i:
        return None
    words = trimmed([t for t in verb.doc[subject.left_edge.i : verb.i + 2] if t.i <= verb.right_edge.i])
    statement = voices.statement_at(block.start + verb.idx)
    return plain_stand(verb, block, "rejects", holders, words, statement, "answer")


def _told_no(verb: Token, block: Block, voices: Voices) -> Stand | None:
    """ "We told them no"."""
    answer = next((c for c in verb.children if c.lower_ in ("no", "yes") and c.dep_ != "det" and c.i > verb.i), None)
    if answer is None or answer.i - verb.i > 4:
        return None
    words = list(verb.doc[verb.i : answer.i + 1])
    stance = "rejects" if answer.lower_ == "no" else "accepts"
    statement = voices.statement_at(block.start + verb.idx)
    return plain_stand(verb, block, stance, voices.holders(verb, block), words, statement, "answer")
