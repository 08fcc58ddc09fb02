"""Whose stand it is, and whose word it is that they stand so.

Who a pronoun or a common noun stands for is taken from the cast where that knows it; what it leaves open is settled
here for parties only, by the centre of attention: the subject of the clause or sentence before (Grosz, Joshi and
Weinstein 1995), or, in reported speech, whoever speaks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dragoman.extract import kinds
from dragoman.extract.affiliation import nominal_owner
from dragoman.extract.cast import Mention
from dragoman.extract.findings import ActorFound, SpanT
from dragoman.extract.meeting_clauses import before_verb, standing_for, subjects_of, with_conjoined
from dragoman.extract.offices import organisations, role_level, roles, singular
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_descriptions import (
    ANYBODY,
    ASIDE,
    BOTH,
    FACING,
    LINKS,
    SIDE,
    SPEAKING_FOR,
    in_office,
    is_empty,
    is_plural,
    mediating,
)
from dragoman.extract.stance_heard import Heard
from dragoman.extract.told import Told

FIRST = frozenset({"i", "we", "us", "our", "my", "me", "ours", "ourselves"})
_STANDING = frozenset({"state", "bloc", "armed_group", "union", "company"})
_TAKING_PART = frozenset({"party", "mediator", "host", "supporter"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
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
        self._alone: dict[int, int | None] = {}
        self.heard = Heard(self)
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
            if actor in self.cast.parties:
                return actor
            found = self.cast.actors[actor]
            if found.side is None:
                return self._by_itself(actor, found)
            actor = found.side
        return None

    def _by_itself(self, actor: int, found: ActorFound) -> int | None:
        """The holder that somebody without a side is: himself, where he is no bystander, or nobody."""
        if actor not in self._alone:
            self._alone[actor] = self._standing(actor, found)
        return self._alone[actor]

    def _standing(self, actor: int, found: ActorFound) -> int | None:
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
        if statement not in self._for:
            self._for[statement] = None  # whoever is described by what he himself says
            self._for[statement] = self._speaks_for(statement)
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
        official = [t for t in words if self._is_official(t)]
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
            if token.lower_ in _IT | _THEY | FIRST and token.dep_ == "poss":
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

    def _is_official(self, token: Token) -> bool:
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
        low = token.lower_
        if low in FIRST:
            party = self.speaking(self.statement_at(block.start + token.idx))
            return [] if party is None else [party]
        own = self._parties(standing_for(token, block, self.cast))
        if own:
            return own + [
                p for c in token.children if c.dep_ == "conj" for p in self.parties_at(c, block) if p not in own
            ]
        if low in _IT or low in _THEY:
            return self._antecedents(token, block)
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
            mine = [speaking] if speaking is not None else self._named_among(before, block, False)
        else:
            return None
        return self.opposite(mine[0]) if len(mine) == 1 else None

    def _antecedents(self, token: Token, block: Block) -> list[int]:
        """Whom "it" or "they" means: who speaks, in what is reported; else the subject before, or who is there."""
        place = block.start + token.idx
        statement = self.statement_at(place)
        sentence = block.sentence(token.i)
        many = token.lower_ in _THEY
        if token.dep_ == "expl" or (token.dep_ == "nsubj" and is_empty(token)):
            return []
        if statement is not None and self.told.statements[statement].kind == "indirect":
            inside = [t for t in sentence if t.i < token.i and self.statement_at(block.start + t.idx) == statement]
            for other in reversed(inside):
                if other.dep_ in ("nsubj", "nsubjpass") and other.lower_ not in _IT | _THEY:
                    found = self._acting(other, block, many)
                    if found:
                        return found
            said = self.told.statements[statement]
            party = self.speaking(statement)
            alone = said.speaker is None or self.cast.actors[said.speaker].kind != "person"
            if many == is_plural(said.speaker_text or "") and party is not None:
                return [party]
            if party is not None and many and alone:
                return [party]
        if statement is not None and self.told.statements[statement].kind != "indirect" and many:
            # in somebody's own words "they" are mostly those on the other side
            party = self.speaking(statement)
            inside = [t for t in sentence if t.i < token.i and self.statement_at(block.start + t.idx) == statement]
            if party is not None and not any(t.tag_ in ("NNS", "NNPS") for t in inside):
                other_side = self.opposite(party)
                return [] if other_side is None else [other_side]
        before = [t for t in sentence if t.i < token.i]
        found = self._named_among(before, block, many)
        if found:
            return found
        for earlier in self._sentences_before(sentence, block):
            found = self._named_among(list(earlier[1]), earlier[0], many)
            if found or any(t.dep_ == "nsubj" and t.pos_ == "PROPN" for t in earlier[1]):
                return found
        return []

    def _sentences_before(self, sentence: Span, block: Block) -> list[tuple[Block, Span]]:
        """The two sentences before one, the nearer first; at the head of a paragraph, the last of the one above."""
        found: list[tuple[Block, Span]] = []
        start = sentence.start
        while start > 0 and len(found) < 2:
            earlier = block.sentence(start - 1)
            found.append((block, earlier))
            start = earlier.start
        if not found:
            k = bisect_left(self._blocks, block.start) - 1
            if k >= 0 and (above := self.told.page.blocks[k].sentences()):
                found.append((self.told.page.blocks[k], above[-1]))
        return found

    def _named_among(self, tokens: list[Token], block: Block, many: bool) -> list[int]:
        """The party that these words are about: their subject, else the last that is named in them."""
        for token in tokens:
            if token.dep_ in ("nsubj", "nsubjpass"):
                found = self._acting(token, block, many)
                if found:
                    return found
        for token in reversed(tokens):
            if token.dep_ in ("dobj", "pobj", "dative", "poss", "agent"):
                found = self._acting(token, block, many)
                if found:
                    return found
        return []

    def _acting(self, token: Token, block: Block, many: bool) -> list[int]:
        """The parties, no persons, that a noun names; for "they", only such as are many."""
        meant = [m for m in standing_for(token, block, self.cast) if self.cast.actors[m.actor].kind != "person"]
        if many and not any(self._is_many(m.actor, token) for m in meant):
            meant = []
        found = self._parties(meant)
        official = token.pos_ == "NOUN" and (role_level(token) is not None or self._is_official(token))
        if not found and official and (not many or token.tag_ == "NNS"):
            return self.owners(token, block)
        return found

    def _is_many(self, actor: int, token: Token) -> bool:
        kind = self.cast.actors[actor].kind
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("s")
        return plural or kind in ("union", "armed_group", "company")

    def owners(self, noun: Token, block: Block) -> list[int]:
        """The parties that a noun is of: "Varonia's …", "the Varonian …", "… of the union", "their …"."""
        for child in noun.children:
            if child.lower_ in FIRST and child.dep_ == "poss":
                return self.parties_at(child, block)
            if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i:
                found = self._parties(standing_for(child, block, self.cast))
                if not found and child.dep_ == "poss" and child.lower_ in _IT | _THEY | _SHE:
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
                        found = self._parties(standing_for(inner, block, self.cast))
                        if not found and inner.pos_ == "NOUN":
                            owner = self.party_of(nominal_owner(self.cast, block, inner))
                            found = [] if owner is None else [owner]
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
