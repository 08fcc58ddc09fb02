"""Clauses that may hold a stand, each with who would hold it, described by features for the model of stances.

A clause is a verb with what hangs on it, without the clauses below it. Who may hold its stand: in the words of somebody
who speaks for a party, that party; anywhere, a party that is the clause's subject, its agent, or the owner of a noun in
it. Names never become features: who holds and who else is named are marked as such, numbers as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract.meeting_clauses import subjects_of
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_content import trimmed
from dragoman.extract.stance_features import Clause, features_of
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_stand import Stand
from dragoman.extract.stance_subjects import is_imperative
from dragoman.extract.stance_words import is_verb
from dragoman.extract.told import Told

_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis", "conj", "csubj", "acl", "pcomp", "dep", "appos"})


@dataclass(slots=True)
class Candidate:
    """A clause with one who may hold a stand in it.

    `relation` is speaker, subject, other (a party named in somebody's word), owner, agent, heard (in whose voice the
    sentence is told) or rule; `stands` are those of the holder's that the rules found in the clause.
    """

    clause: Clause
    holder: int
    relation: str
    stands: list[Stand]
    voices: Voices

    @property
    def block(self) -> Block:
        """The paragraph."""
        return self.clause.block

    @property
    def head(self) -> Token:
        """The clause's head."""
        return self.clause.head

    @property
    def tokens(self) -> list[Token]:
        """The clause's words."""
        return self.clause.tokens

    @property
    def statement(self) -> int | None:
        """The statement that the clause is said in."""
        return self.clause.statement

    @property
    def content(self) -> list[Token]:
        """The clause's words as one stretch."""
        tokens = self.clause.tokens
        return tokens[0].doc.tokens[tokens[0].i : tokens[-1].i + 1]

    @property
    def features(self) -> list[str]:
        """The clause as the model sees it; worked out whenever it is asked for, as most often nobody does."""
        clause, told = self.clause, self.voices.told
        words = told.page.quote(clause.block.place_of(clause.tokens[0], clause.tokens[-1]))
        return [
            *features_of(clause, self.holder, self.relation, self.voices),
            *_about(told.issues.scores(words)),
            *_ruled(self.stands),
        ]


def candidates_on(told: Told, voices: Voices, stands: list[Stand]) -> Iterator[Candidate]:
    """The clauses of a page with those who may hold a stand in them, in the order of the text.

    Whoever the rules found to hold a stand in a clause is tried too.

    Args:
        told: the page.
        voices: who speaks where on it.
        stands: what the rules found on it.
    """
    ruled: dict[tuple[int, int], list[Stand]] = {}
    for stand in stands:
        ruled.setdefault((stand.block.start, stand.head.i), []).append(stand)
    for block, sentence in told.page.sentences():
        yield from _in_sentence(block, sentence, voices, ruled)


def _in_sentence(
    block: Block,
    sentence: Span,
    voices: Voices,
    ruled: dict[tuple[int, int], list[Stand]],
) -> Iterator[Candidate]:
    tokens = list(sentence)
    members: dict[Token, list[Token]] = {t: [] for t in tokens if _is_clause(t)}
    for token in tokens:
        step = token
        while step not in members and step.head is not step:
            step = step.head
        if step in members:
            members[step].append(token)
    for head, inside in members.items():
        words = trimmed([t for t in inside if not t.is_space])
        if words:
            stands = [s for t in inside for s in ruled.get((block.start, t.i), ())] if ruled else []
            yield from _held(block, sentence, head, words, voices, stands)


def _is_clause(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.dep_ not in _CLAUSAL or not (is_verb(token) or token.pos_ == "AUX"):
        return False
    return token.dep_ != "pcomp" or bool(subjects_of(token))


def _held(
    block: Block,
    sentence: Span,
    head: Token,
    tokens: list[Token],
    voices: Voices,
    stands: list[Stand],
) -> Iterator[Candidate]:
    place = block.start + (tokens[0].idx if not is_verb(head) else head.idx)
    statement = voices.statement_at(place)
    if statement is None:
        statement = voices.statement_at(block.start + tokens[-1].idx)
    subject = voices.subject_of(head)
    holders = _holders(block, head, tokens, subject, statement, voices)
    for stand in stands:
        for party in stand.holders:
            holders.setdefault(party, "rule")
    heard = voices.heard.at(block, sentence) if not holders else None
    if heard is not None:
        holders[heard] = "heard"
    if not holders:
        return
    clause = Clause(block, sentence, head, tokens, subject, statement)
    for holder, relation in holders.items():
        mine = [s for s in stands if holder in s.holders]
        yield Candidate(clause, holder, relation, mine, voices)


def _holders(
    block: Block, head: Token, tokens: list[Token], subject: Token | None, statement: int | None, voices: Voices
) -> dict[int, str]:
    """Who may hold a stand in a clause, each with how it stands to it."""
    speaking = voices.speaking(statement)
    holders: dict[int, str] = {}
    if speaking is not None:
        holders[speaking] = "speaker"
    named = "other" if speaking is not None else "subject"
    if subject is not None:
        for party in voices.parties_at(subject, block):
            holders.setdefault(party, named)
    elif not is_imperative(head):
        for party in voices.holders(head, block):
            holders.setdefault(party, named)
    for token in tokens:
        if token.dep_ == "agent":
            for child in token.children:
                for party in voices.parties_at(child, block):
                    holders.setdefault(party, "agent")
        elif token.pos_ == "NOUN" and token.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "attr", "ROOT"):
            for party in voices.owners(token, block):
                holders.setdefault(party, "owner")
    return holders


def _about(scores: dict[str, float]) -> list[str]:
    """What the issues say of a clause: how strongly it is of any, and of which."""
    top = max(scores.values(), default=0.0)
    found = ["issue=none" if top < 0.5 else "issue=weak" if top < 1.5 else "issue=mid" if top < 3 else "issue=strong"]
    return found + ([f"topic={max(scores, key=lambda i: (scores[i], i))}"] if scores else [])


def _ruled(stands: list[Stand]) -> list[str]:
    """What the rules say of a clause."""
    if not stands:
        return ["rule=no"]
    return sorted({f for s in stands for f in (f"rule={s.stance}", f"form={s.form}:{s.stance}", f"weak={s.weak}")})
