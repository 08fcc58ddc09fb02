"""Whose stand it is, and whose word it is that they stand so."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Token

from dragoman.extract.cast import Mention
from dragoman.extract.findings import SpanT
from dragoman.extract.meeting_clauses import before_verb, standing_for, subjects_of, with_conjoined
from dragoman.extract.page import Block
from dragoman.extract.told import Told

FIRST = frozenset({"i", "we", "us", "our", "my", "me", "ours", "ourselves"})
_STANDING = frozenset({"state", "bloc", "armed_group", "union", "company"})
_TAKING_PART = frozenset({"party", "mediator", "host", "supporter"})


class Voices:
    """Who speaks where on a page, and for which party."""

    def __init__(self, told: Told) -> None:
        """Look up the statements of a page."""
        self.told = told
        self.cast = told.cast
        spans: list[tuple[SpanT, int]] = []
        self._cues: dict[int, int] = {}
        kept = [a for a in told.attributions if not a.thought and a.content]
        for index, statement in enumerate(told.statements):
            spans += [(span, index) for span in statement.content]
            if len(kept) == len(told.statements):
                for start, end in kept[index].cue:
                    self._cues.update(dict.fromkeys(range(start, end), index))
        self._spans = sorted(spans)
        self._starts = [span[0] for span, _ in self._spans]
        self._longest = max((span[1] - span[0] for span, _ in self._spans), default=0)

    def statement_at(self, position: int) -> int | None:
        """The statement that a place in the text is said in: of several, the innermost."""
        best: tuple[int, int] | None = None
        for i in range(bisect_right(self._starts, position) - 1, -1, -1):
            (start, end), index = self._spans[i]
            if start < position - self._longest:
                break
            if position < end and (best is None or end - start < best[0]):
                best = end - start, index
        return best[1] if best else None

    def cued_at(self, position: int) -> int | None:
        """The statement that a word is the cue of."""
        return self._cues.get(position)

    def party_of(self, actor: int | None) -> int | None:
        """The party (or the mediator, host or supporter) that an actor is, or speaks and acts for."""
        for _ in range(4):
            if actor is None:
                return None
            found = self.cast.actors[actor]
            if actor in self.cast.parties:
                return actor
            if found.side is None:
                if found.kind in _STANDING and (found.part in _TAKING_PART or found.kind == "state"):
                    return actor
                if found.kind in ("organisation", "body") and found.part in _TAKING_PART:
                    return actor
                return None
            actor = found.side
        return None

    def speaking(self, statement: int | None) -> int | None:
        """The party that a statement is made for."""
        if statement is None:
            return None
        said = self.told.statements[statement]
        return self.party_of(said.speaker if said.speaker is not None else said.on_behalf_of)

    def told_by(self, statement: int | None, holder: int, voiced: bool) -> tuple[str, int | None]:
        """Whose word it is: the `told_by` of the record, and the teller where that is an actor.

        Args:
            statement: in which it is said, None for narration.
            holder: whose stand it is.
            voiced: whether the narration tells of a word of the holder's own ("Varonia demanded").
        """
        if statement is None:
            return ("own", holder) if voiced else ("outlet", None)
        said = self.told.statements[statement]
        party = self.speaking(statement)
        if said.speaker is None:
            return "unnamed", said.on_behalf_of
        if party == holder:
            return "own", said.speaker
        part = self.cast.actors[said.speaker].part
        if party is not None and party in self.cast.parties:
            return "other_side", said.speaker
        if part in ("mediator", "host") or (party is not None and party in self.cast.mediators):
            return "mediator", said.speaker
        return "outlet", said.speaker

    # -- subjects ---------------------------------------------------------------------------------------------------

    def holders(self, head: Token, block: Block) -> list[int]:
        """The parties that the subject of a verb (or of an adjective's copula) names; several for "both sides"."""
        subject = self.subject_of(head)
        if subject is None:
            if is_imperative(head):
                return []
            verb = head.head if head.dep_ in ("acomp", "attr", "oprd") else head
            return self._parties(before_verb(verb, block, self.cast))
        return self.parties_at(subject, block)

    def subject_of(self, head: Token) -> Token | None:
        """The active subject of a verb, shared, controlled or its own; of an adjective, that of its copula."""
        step = head
        for _ in range(4):
            for child in with_conjoined(step):
                if child.dep_ in ("nsubj", "nsubjpass") and child != head:
                    if child.lower_ in ("who", "which", "that") and step.dep_ == "relcl":
                        return step.head
                    if child.lower_ in ("who", "which", "that") and step.head.dep_ == "relcl":
                        return step.head.head
                    return child
            if step.dep_ == "acl":
                return step.head
            if (
                step.dep_ in ("acomp", "attr", "oprd", "xcomp", "conj", "prep", "pcomp", "advcl", "ccomp")
                and step.head != step
            ):
                if step.dep_ == "ccomp" and any(c.dep_ == "mark" for c in step.children):
                    return None
                step = step.head
            else:
                return None
        return None

    def parties_at(self, token: Token, block: Block) -> list[int]:
        """The parties that a noun or pronoun stands for: by itself, by what it is of, or as who speaks."""
        if token.lower_ in FIRST:
            party = self.speaking(self.statement_at(block.start + token.idx))
            return [] if party is None else [party]
        own = self._parties(standing_for(token, block, self.cast))
        if own:
            return own + [
                p for c in token.children if c.dep_ == "conj" for p in self.parties_at(c, block) if p not in own
            ]
        if token.pos_ in ("NOUN", "PROPN"):
            return self.owners(token, block)
        return []

    def owners(self, noun: Token, block: Block) -> list[int]:
        """The parties that a noun is of: "Varonia's …", "the Varonian …", "… of the union", "their …"."""
        for child in noun.children:
            if child.lower_ in FIRST and child.dep_ == "poss":
                return self.parties_at(child, block)
            if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i:
                found = self._parties(standing_for(child, block, self.cast))
                if found:
                    return found
        for child in noun.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in ("of", "by", "from", "for"):
                if child.lower_ == "for" and noun.lower_.endswith(
                    ("mand", "mands", "call", "calls", "request", "requests")
                ):
                    continue
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        found = self._parties(standing_for(inner, block, self.cast))
                        if found:
                            return found
        return []

    def _parties(self, mentions: list[Mention]) -> list[int]:
        found = [self.party_of(m.actor) for m in mentions]
        return list(dict.fromkeys(p for p in found if p is not None))

    def opposite(self, party: int) -> int | None:
        """The other party, where there are just two."""
        others = [p for p in self.cast.parties if p != party]
        return others[0] if len(others) == 1 and len(self.cast.parties) == 2 else None


def is_imperative(verb: Token) -> bool:
    """Whether a verb stands at the head of its sentence in its base form, without a subject."""
    return (
        verb.tag_ in ("VB", "VBP")
        and not subjects_of(verb)
        and verb.dep_ in ("ROOT", "ccomp", "conj")
        and not any(c.tag_ in ("MD", "TO") for c in verb.children)
    )
