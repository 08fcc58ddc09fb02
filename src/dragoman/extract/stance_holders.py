"""Whose stand it is, and whose word it is that they stand so.

Who a pronoun or a common noun stands for is taken from the cast where that knows it; what it leaves open is settled
here for parties only, by the centre of attention: the subject of the clause or sentence before (Grosz, Joshi and
Weinstein 1995), or, in reported speech, whoever speaks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dragoman.extract import kinds
from dragoman.extract.affiliation import nominal_owner
from dragoman.extract.cast import Mention
from dragoman.extract.findings import ActorFound, SpanT
from dragoman.extract.meeting_clauses import MOST_AWAY, before_verb
from dragoman.extract.offices import organisations, role_level, roles, singular
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.stance_antecedents import IT, THEY, Antecedents
from dragoman.extract.stance_descriptions import (
    ANYBODY,
    ASIDE,
    BOTH,
    FACING,
    LINKS,
    SIDE,
    SPEAKING_FOR,
    in_office,
    mediating,
)
from dragoman.extract.stance_heard import Heard
from dragoman.extract.stance_subjects import is_imperative, subject_of
from dragoman.extract.told import Told

FIRST = frozenset({"i", "we", "us", "our", "my", "me", "ours", "ourselves"})
_STANDING = frozenset({"state", "bloc", "armed_group", "union", "company"})
_TAKING_PART = frozenset({"party", "mediator", "host", "supporter"})
_SHE = frozenset({"he", "she", "his", "her", "him", "hers"})
_REACH = 260
"""Characters: how far back the party that "its", or a nameless spokesman, is of may be named."""


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
        self._sources = [a.source for a in kept] if len(kept) == len(told.statements) else []
        self._for: dict[int, int | None] = {}
        self._open = 0
        self._sides: dict[int, int | None] = {}
        # What is asked again and again of the same words, by place in the text or by token.
        self._statements: dict[int, int | None] = {}
        self._subjects: dict[Token, Token | None] = {}
        self._meant: dict[Token, list[int]] = {}
        self._owned: dict[Token, list[int]] = {}
        self._named = _by_place(told.cast.mentions)
        self.heard = Heard(self)
        self._antecedents = Antecedents(self)
        self._between = {
            s.speaker
            for s in told.statements
            if s.speaker is not None and mediating() & set((s.speaker_text or "").lower().split())
        }
        self._blocks = [b.start for b in told.page.blocks]
        self._spans = sorted(spans)
        self._starts = [span[0] for span, _ in self._spans]
        self._longest = max((span[1] - span[0] for span, _ in self._spans), default=0)

    def statement_at(self, position: int) -> int | None:
        """The statement that a place in the text is said in: of several, the innermost."""
        if position not in self._statements:
            self._statements[position] = self._innermost(position)
        return self._statements[position]

    def _innermost(self, position: int) -> int | None:
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
        if actor is None:
            return None
        if actor not in self._sides:
            self._sides[actor] = self._on_side(actor)
        return self._sides[actor]

    def _on_side(self, actor: int) -> int | None:
        for _ in range(4):
            if actor in self.cast.parties:
                return actor
            found = self.cast.actors[actor]
            if found.side is None:
                return self._by_itself(actor, found)
            actor = found.side
        return None

    def _by_itself(self, actor: int, found: ActorFound) -> int | None:
        """The holder that somebody without a side is: himself, where he is no bystander, or nobody."""
        if found.kind in _STANDING:
            return actor
        words = set(found.name.lower().replace("’", "'").split())
        if found.kind == "person":
            told = {singular(w) for r in found.roles for w in r.title.lower().split()}
            return actor if actor in self._between or told & mediating() else None
        if words & (kinds.beside("studying") | organisations().media):
            return None
        if found.kind == "organisation":
            return actor
        if found.part in _TAKING_PART or len(words) > 2:
            return actor
        return self._only("state")

    def _only(self, kind: str) -> int | None:
        """The one party of a kind, where there is but one."""
        found = [p for p in self.cast.parties if self.cast.actors[p].kind == kind]
        return found[0] if len(found) == 1 else None

    def speaking(self, statement: int | None) -> int | None:
        """The party that a statement is made for."""
        if statement is None:
            return None
        if not self._for:
            # All at once and in their order: where two speakers are described by each other's words, what comes out
            # must not depend on which of them is asked for first.
            for each in range(len(self.told.statements)):
                self._settled(each)
        return self._settled(statement)

    def _settled(self, statement: int) -> int | None:
        if statement not in self._for:
            self._for[statement] = None  # whoever is described by what he himself says
            self._open += 1
            self._for[statement] = self._speaks_for(statement)
            self._open -= 1
        return self._for[statement]

    def _speaks_for(self, statement: int) -> int | None:
        said = self.told.statements[statement]
        if said.speaker is None and self._sources and self._sources[statement]:
            start, end = self._sources[statement][0]
            block = self._block(start)
            span = block.tokens(start, end) if block is not None else None
            if block is not None and span is not None and (facing := self._facing(span.root, block)) is not None:
                return facing
        for actor in (said.speaker, said.on_behalf_of):
            party = self.party_of(actor)
            if party is not None:
                return party
        if said.speaker is not None and self.cast.actors[said.speaker].kind != "person":
            return None
        if not self._sources or not self._sources[statement]:
            return None
        return self.described(self._sources[statement][0])

    def described(self, source: SpanT) -> int | None:
        """The party that somebody is said to be of: "its chairwoman", "a Varonian lawmaker", "the firm's lawyers"."""
        block = self._block(source[0])
        span = block.tokens(*source) if block is not None else None
        if block is None or span is None or len(span) > 14:
            return None
        words = [t for t in span if t.pos_ in ("NOUN", "PROPN", "ADJ")]
        if any(singular(t.lower_) in roles().outside or t.lower_ in ASIDE for t in words):
            return None
        official = [t for t in words if self.is_official(t)]
        if not official:
            return None
        head = span.root
        for mention in self.cast.within(*source):
            root = block.tokens(mention.start, mention.end)
            token = root.root if root is not None else None
            if token is None or (token.dep_ == "pobj" and token.head.lower_ not in LINKS):
                continue
            owned = token.dep_ in ("poss", "compound", "amod", "nmod", "pobj") or token.i < head.i
            if self.cast.actors[mention.actor].kind == "person" and token.dep_ != "poss":
                continue
            party = self.party_of(mention.actor) if owned else None
            if party is not None:
                return party
        for token in span:
            if token.lower_ in IT | THEY | FIRST and token.dep_ == "poss":
                return next(iter(self.parties_at(token, block)), None)
            if token.pos_ == "NOUN" and token.dep_ in ("compound", "poss", "pobj") and token != head:
                owner = self.party_of(nominal_owner(self.cast, block, token))
                if owner is not None:
                    return owner
        if any(t.dep_ == "prep" for t in span):
            return None
        if any(role_level(t) in ("leaders", "ministers") for t in official):
            return self._only("state")
        if singular(head.lower_) in ANYBODY and span[0].lower_ != "the":
            return None
        return self._last_named(block, source[0]) if span[0].lower_ in ("a", "an", "the") else None

    def is_official(self, token: Token) -> bool:
        """Whether a noun is an office or a body that speaks for somebody, or whoever speaks for somebody."""
        word = singular(token.lower_)
        lex = organisations()
        if word in lex.media and word not in ("agency",):
            return False
        level = role_level(token)
        return (level is not None and level != "outside") or word in lex.bodies or word in SPEAKING_FOR

    def _block(self, place: int) -> Block | None:
        k = bisect_right(self._blocks, place) - 1
        block = self.told.page.blocks[k] if k >= 0 else None
        return block if block is not None and place < block.end else None

    def _last_named(self, block: Block, place: int) -> int | None:
        """The party or go-between named last before a place in a paragraph."""
        near = self.cast.within(max(block.start, place - _REACH), place)
        return next((p for m in reversed(near) if (p := self._taking_part(m.actor)) is not None), None)

    def _taking_part(self, actor: int) -> int | None:
        party = self.party_of(actor)
        known = party is not None and (party in self.cast.parties or party in self.cast.mediators)
        return party if known else None

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
        teller = said.speaker if said.speaker is not None else said.on_behalf_of
        if party != holder and self._together(statement, holder):
            return "own", teller
        if said.speaker is None:
            words = set((said.speaker_text or "").lower().split())
            if any(singular(w) in mediating() for w in words) and party != holder:
                return "mediator", teller
            if party is None or not in_office(said.speaker_text or ""):
                return "unnamed", teller
        if party == holder:
            return "own", teller
        part = self.cast.actors[teller].part if teller is not None else None
        if part in ("mediator", "host") or (party is not None and party in self.cast.mediators):
            return "mediator", teller
        if party is not None and party in self.cast.parties:
            return "other_side", teller
        return "outlet", teller

    def _together(self, statement: int, holder: int) -> bool:
        """Whether a party speaks with another one: "Varonia and Tarn undertake", "a joint statement", "both sides"."""
        words = set((self.told.statements[statement].speaker_text or "").lower().split())
        if holder in self.cast.parties and ("joint" in words or (words & SIDE and words & {"both", "two"})):
            return True
        if "and" not in words or not self._sources or not self._sources[statement]:
            return False
        named = self.cast.within(*self._sources[statement][0])
        return any(m.actor == holder and m.form == "name" for m in named)

    # -- subjects ---------------------------------------------------------------------------------------------------

    def holders(self, head: Token, block: Block) -> list[int]:
        """The parties that the subject of a verb (or of an adjective's copula) names; several for "both sides"."""
        subject = self.subject_of(head)
        if subject is None:
            if is_imperative(head):
                return []
            verb = head.head if head.dep_ in ("acomp", "attr", "oprd") else head
            return self.parties_of(before_verb(verb, block, self.cast))
        return self.parties_at(subject, block)

    def subject_of(self, head: Token) -> Token | None:
        """The active subject of a verb, shared, controlled or its own; of an adjective, that of its copula."""
        if head not in self._subjects:
            self._subjects[head] = subject_of(head)
        return self._subjects[head]

    def parties_at(self, token: Token, block: Block) -> list[int]:
        """The parties that a noun or pronoun stands for: by itself, by what it is of, or as who speaks."""
        if self._open:  # not all is known yet of who speaks
            return self._parties_at(token, block)
        if token not in self._meant:
            self._meant[token] = self._parties_at(token, block)
        return self._meant[token]

    def _parties_at(self, token: Token, block: Block) -> list[int]:
        low = token.lower_
        if low in FIRST:
            party = self.speaking(self.statement_at(block.start + token.idx))
            return [] if party is None else [party]
        own = self.parties_of(self.named(token, block))
        if own:
            return own + [
                p for c in token.children if c.dep_ == "conj" for p in self.parties_at(c, block) if p not in own
            ]
        if low in IT or low in THEY:
            return self._antecedents.of(token, block)
        if low in _SHE:
            unnamed = self.cast.unnamed.get(block.start + token.idx)
            party = self.described(unnamed) if unnamed is not None else None
            return [] if party is None else [party]
        if len(self.cast.parties) == 2 and (
            (low in BOTH and token.dep_ in ("nsubj", "nsubjpass"))
            or (low in SIDE and any(c.lower_ in BOTH for c in token.children))
        ):
            return list(self.cast.parties)
        if token.pos_ in ("NOUN", "PROPN"):
            facing = self._facing(token, block)
            if facing is not None:
                return [facing]
            owners = self.owners(token, block)
            if not owners and token.pos_ == "NOUN" and not any(c.lower_ in ("a", "an") for c in token.children):
                owner = self.party_of(nominal_owner(self.cast, block, token))
                return [] if owner is None else [owner]
            return owners
        return []

    def _facing(self, noun: Token, block: Block) -> int | None:
        """The party that "her counterpart", "the other side" or "our opponents" means: the other one of two."""
        word = singular(noun.lower_)
        other = any(c.lower_ in ("other", "opposite", "opposing") for c in noun.children)
        if word in FACING or (word == "number" and other):
            owner = next((c for c in noun.children if c.dep_ == "poss"), None)
            mine = self.parties_at(owner, block) if owner is not None else []
        elif word in SIDE and other:
            speaking = self.speaking(self.statement_at(block.start + noun.idx))
            before = [t for t in block.sentence(noun.i) if t.i < noun.i]
            mine = [speaking] if speaking is not None else self._antecedents.named_among(before, block, False)
        else:
            return None
        return self.opposite(mine[0]) if len(mine) == 1 else None

    def owners(self, noun: Token, block: Block) -> list[int]:
        """The parties that a noun is of: "Varonia's …", "the Varonian …", "… of the union", "their …"."""
        if self._open:
            return self._owners(noun, block)
        if noun not in self._owned:
            self._owned[noun] = self._owners(noun, block)
        return self._owned[noun]

    def _owners(self, noun: Token, block: Block) -> list[int]:
        for child in noun.children:
            if child.lower_ in FIRST and child.dep_ == "poss":
                return self.parties_at(child, block)
            if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i:
                found = self.parties_of(self.named(child, block))
                if not found and child.dep_ == "poss" and child.lower_ in IT | THEY | _SHE:
                    found = self.parties_at(child, block)
                if not found and child.pos_ == "NOUN" and child.dep_ != "amod":
                    owner = self.party_of(nominal_owner(self.cast, block, child))
                    found = [] if owner is None else [owner]
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
                        found = self.parties_of(self.named(inner, block))
                        if not found and inner.pos_ == "NOUN":
                            owner = self.party_of(nominal_owner(self.cast, block, inner))
                            found = [] if owner is None else [owner]
                        if found:
                            return found
        return []

    def named(self, token: Token, block: Block) -> Sequence[Mention]:
        """The mentions that a token is the head of, or part of; see `standing_for`."""
        return self._named.get(block.start + token.idx, ())

    def parties_of(self, mentions: Sequence[Mention]) -> list[int]:
        """The parties that the actors mentioned are, or speak and act for; none twice."""
        if not mentions:
            return []
        found = [self.party_of(m.actor) for m in mentions]
        return list(dict.fromkeys(p for p in found if p is not None))

    def opposite(self, party: int) -> int | None:
        """The other party, where there are just two."""
        others = [p for p in self.cast.parties if p != party]
        return others[0] if len(others) == 1 and len(self.cast.parties) == 2 else None


def _by_place(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """For each place in the text the mentions that `standing_for` finds for a token that begins there."""
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        for place in range(
            max(mention.start, mention.end - MOST_AWAY), min(mention.end, mention.start + MOST_AWAY + 1)
        ):
            found.setdefault(place, []).append(mention)
    return found
