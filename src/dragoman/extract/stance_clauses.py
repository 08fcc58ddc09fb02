"""Stands that no word of stance tells: what must be, will be or will not be done, and on what condition."""

from __future__ import annotations

import functools

from dragoman.extract import lexicon
from dragoman.extract.meeting_clauses import subjects_of
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.stance_conditions import conditional_clause, refusal_waits
from dragoman.extract.stance_content import after, subtree, trimmed
from dragoman.extract.stance_holders import FIRST, Voices
from dragoman.extract.stance_stand import Stand, plain_stand
from dragoman.extract.stance_subjects import is_imperative
from dragoman.extract.stance_words import forms_of, modal, negated, not_come_for
from dragoman.extract.told import Told

_WILLING = frozenset({"will", "would", "shall", "can", "could", "may", "might"})
_REFUSING = frozenset({"will", "would", "shall", "can", "could"})
_FIRM = frozenset({"will", "would", "shall"})
_OBLIGED = frozenset({"must", "should", "shall", "ought"})
_LEADING = frozenset({"then", "so", "and", "but", "please", "just", "now", "first", "or", "ok", "okay", "well", "to"})
_OWN = frozenset({"his", "her", "its", "their", "our", "my"})
_OTHERS = frozenset({"they", "you", "he", "she", "nobody", "none"})
_THEY = frozenset({"it", "he", "she", "they", "you", "this", "that", "which", "who", "there"})
_PRESENT = frozenset({"VBZ", "VBP", "VB"})


class ClauseReader:
    """Reads what a clause says ought to be, or will (not) be done, by whom."""

    def __init__(self, told: Told, voices: Voices) -> None:
        """For one page and its voices."""
        self.told = told
        self.voices = voices

    def of(self, verb: Token, block: Block) -> Stand | None:
        """The stand of a verb's clause by its mood; its holders may be none."""
        clause = _Clause(verb, block, self)
        if clause.speaking is not None:
            return self._own(clause)
        if clause.modal not in _WILLING and not (clause.modal is None and verb.lower_ in forms_of("giving")):
            return None
        return self._told(clause)

    def _own(self, clause: _Clause) -> Stand | None:
        """In the words of somebody who speaks for a party."""
        if not_come_for(verb := clause.verb):
            return clause.stand("rejects", [clause.speaker], "refusal", [verb, *clause.content])
        for reading in (
            self._obligation,
            self._imperative,
            self._conditional,
            self._refusal,
            self._harm,
            self._other_side,
            self._promise,
        ):
            stand = reading(clause)
            if stand is not None:
                return stand
        return None

    def _told(self, clause: _Clause) -> Stand | None:
        """In narration, or the word of one who stands for no party: only what a named party will (not) do."""
        verb, above = clause.verb, clause.modal
        if clause.subjects and clause.no and above in _REFUSING and _is_away(verb):
            return clause.stand("rejects", clause.subjects, "refusal", whole=clause.whole)
        if not clause.subjects or epistemic(verb):
            return None
        if above in _FIRM | {"can", "could"} and conditional_clause(verb) and not threat(verb):
            return clause.stand("conditions", clause.subjects, "conditional", whole=clause.whole)
        if clause.no and above in _REFUSING:
            return clause.stand("rejects", clause.subjects, "refusal", whole=clause.whole, weak=False)
        if clause.no or threat(verb) or _perfect(verb):
            return None
        giving = verb.lower_ in forms_of("giving")
        if giving and (above in ("will", "would") or (above is None and verb.tag_ != "VBD" and _returned(verb))):
            return clause.stand("accepts", clause.subjects, "promise", whole=clause.whole)
        if above in ("would", "could", "might") and verb.lower_ not in forms_of("saying"):
            return clause.stand("open_to", clause.subjects, "promise", whole=clause.whole)
        return None

    # -- readings of own words ------------------------------------------------------------------------------------

    def _obligation(self, clause: _Clause) -> Stand | None:
        verb, subject = clause.verb, clause.subject
        obliged = clause.modal in _OBLIGED or (
            verb.dep_ == "xcomp"
            and verb.head.lower_ in ("has", "have", "needs", "need", "ought")
            and any(c.lower_ == "to" for c in verb.children)
        )
        if not obliged or subject is None or subject.lower_ == "i" or verb.lower_ in forms_of("saying"):
            return None
        if clause.modal == "shall" and (clause.mine or subject.lower_ == "we"):
            return None
        stance = "rejects" if clause.no and (clause.mine or not clause.subjects) else "demands"
        asked = next((s for s in clause.subjects if s != clause.speaking), None)
        words = [verb, *clause.content] if clause.mine else [*subtree(subject), verb, *clause.content]
        return clause.stand(stance, [clause.speaker], "obligation", words, addressee=asked)

    def _imperative(self, clause: _Clause) -> Stand | None:
        verb, statement = clause.verb, clause.statement
        if statement is None or self.told.statements[statement].kind == "indirect":
            return None
        if not is_imperative(verb) or not _leads(verb) or verb.lower_ in forms_of("saying"):
            return None
        stance = "rejects" if clause.no else "demands"
        promised = next((c for c in verb.children if c.dep_ == "conj" and modal(c) in _FIRM and subjects_of(c)), None)
        if promised is not None and any(c.lower_ == "and" for c in verb.children):
            stance = "conditions"
        return clause.stand(stance, [clause.speaker], "imperative", [verb, *clause.content])

    def _conditional(self, clause: _Clause) -> Stand | None:
        verb = clause.verb
        if clause.subject is None or threat(verb) or epistemic(verb):
            return None
        own = clause.mine or not clause.subjects
        possible = clause.modal in _WILLING or (clause.mine and verb.tag_ in _PRESENT)
        if own and possible and (conditional_clause(verb) or self._goes_on_with_if(clause)):
            words = [*subtree(clause.subject), verb, *clause.content]
            return clause.stand("conditions", [clause.speaker], "conditional", words, whole=clause.whole)
        return None

    def _goes_on_with_if(self, clause: _Clause) -> bool:
        """Whether what is said goes on with "if …" after the cue: "Aid could pass, he said, if …"."""
        if clause.statement is None:
            return False
        place = clause.block.start + clause.verb.idx
        for start, end in self.told.statements[clause.statement].content:
            if start > place:
                first = self.told.page.text[start:end].lower().split(maxsplit=1)
                return bool(first) and first[0] in ("if", "unless", "once", "provided", "providing", "until")
        return False

    def _refusal(self, clause: _Clause) -> Stand | None:
        verb, subject = clause.verb, clause.subject
        if not clause.no:
            return None
        own = clause.mine or (subject is not None and not clause.subjects)
        words = [*subtree(subject), verb, *clause.content] if subject is not None else [verb, *clause.content]
        kept = subject is not None and subject.lower_ in _OTHERS and verb.lower_ in forms_of("getting")
        away = clause.mine and _is_away(verb)
        if clause.modal in _REFUSING and own and (kept or away or not epistemic(verb, clause.mine)):
            stance = "conditions" if refusal_waits(verb) else "rejects"
            return clause.stand(stance, [clause.speaker], "refusal", words, weak=not clause.mine)
        present = verb.tag_ in _PRESENT and clause.modal is None and not any(c.lower_ == "did" for c in verb.children)
        if subject is None or not own or not present:
            return None
        if verb.lower_ in forms_of("dealing"):
            return clause.stand("rejects", [clause.speaker], "refusal", words, weak=not clause.mine)
        if verb.pos_ == "AUX" or subject.i > verb.i:
            return None
        quoted = clause.statement is not None and self.told.statements[clause.statement].kind != "indirect"
        aloud = clause.mine or subject.lower_ in ("nobody", "none", "one")
        if quoted and aloud and not epistemic(verb) and verb.lower_ not in forms_of("saying") | forms_of("feeling"):
            return clause.stand("rejects", [clause.speaker], "refusal", words)
        return None

    def _harm(self, clause: _Clause) -> Stand | None:
        """ "Foreign troops would violate our sovereignty": what is said to do harm is refused."""
        if clause.no or clause.mine or clause.subjects or clause.subject is None or not clause.content:
            return None
        present = clause.verb.tag_ in ("VBZ", "VBP") and clause.modal is None
        if clause.verb.lower_ not in forms_of("harming") or not (present or clause.modal in ("would", "will", "could")):
            return None
        nothing = any(t.lower_ in ("no", "neither", "nothing", "little", "nobody") for t in clause.content[:3])
        if nothing or clause.subject.lower_ in _THEY or conditional_clause(clause.verb):
            return None
        words = [*subtree(clause.subject), clause.verb, *clause.content]
        return clause.stand("rejects", [clause.speaker], "judgement", words)

    def _other_side(self, clause: _Clause) -> Stand | None:
        """What the other party is said to refuse ("they will not sit down with us"), or shall not have."""
        if not clause.no or clause.mine or not clause.subjects or clause.modal not in ("will", "would"):
            return None
        if epistemic(clause.verb):
            return None
        words = [clause.verb, *clause.content]
        if clause.verb.lower_ in forms_of("getting"):
            return clause.stand("rejects", [clause.speaker], "refusal", words, whole=clause.whole)
        return clause.stand("rejects", clause.subjects, "refusal", words, whole=clause.whole)

    def _promise(self, clause: _Clause) -> Stand | None:
        verb = clause.verb
        if not clause.mine or clause.no or clause.modal not in _WILLING or threat(verb):
            return None
        if _is_away(verb):
            return clause.stand("accepts", [clause.speaker], "promise", whole=clause.whole)
        if any(c.lower_ in ("rather", "sooner") for c in verb.children):
            return clause.stand("rejects", [clause.speaker], "refusal", [verb, *clause.content])
        if verb.lower_ not in forms_of("giving"):
            return None
        stance = "accepts" if clause.modal in _FIRM and not _perfect(verb) else "open_to"
        return clause.stand(stance, [clause.speaker], "promise", [verb, *clause.content])


class _Clause:
    """What the readings ask of a clause, found once, and not before one asks: most clauses are no stand at all."""

    def __init__(self, verb: Token, block: Block, reader: ClauseReader) -> None:
        going = verb.dep_ == "xcomp" and verb.head.lower_ == "going" and any(c.lower_ == "to" for c in verb.children)
        self.verb, self.block, self._reader = verb, block, reader
        self._top = verb.head if going else verb
        self.statement = reader.voices.statement_at(block.start + verb.idx)
        self.speaking = reader.voices.speaking(self.statement)
        self.modal = "will" if going else modal(verb)

    @functools.cached_property
    def subject(self) -> Token | None:
        return self._reader.voices.subject_of(self._top)

    @functools.cached_property
    def no(self) -> bool:
        return negated(self._top)

    @functools.cached_property
    def content(self) -> list[Token]:
        content = trimmed(after(self.verb, self.verb.i))
        if self.subject is not None and self.subject.dep_ == "nsubjpass":
            return [*subtree(self.subject), self.verb, *content]
        return content

    @property
    def subjects(self) -> list[int]:
        """The parties that the subject names."""
        return self._whose[0]

    @property
    def mine(self) -> bool:
        """Whether the subject is who speaks."""
        return self._whose[1]

    @functools.cached_property
    def _whose(self) -> tuple[list[int], bool]:
        if self.subject is None:
            return [], False
        subjects = self._reader.voices.parties_at(self.subject, self.block)
        if self.speaking is None:
            return subjects, False
        if self.speaking in subjects or self.subject.lower_ in FIRST:
            return subjects, True
        if not subjects and self._reports_itself(self.subject):
            return [self.speaking], True
        return subjects, False

    def _reports_itself(self, subject: Token) -> bool:
        """Whether the subject is a bare pronoun in reported speech, or "his government", "our members"."""
        if self.statement is None:
            return False
        if subject.lower_ in ("it", "he", "she", "they"):
            return self._reader.told.statements[self.statement].kind == "indirect"
        own = any(c.dep_ == "poss" and c.lower_ in _OWN for c in subject.children)
        return own and subject.lower_ in lexicon.words("stances", "own_side")

    @property
    def speaker(self) -> int:
        assert self.speaking is not None
        return self.speaking

    @property
    def whole(self) -> list[Token]:
        """The clause from its subject on."""
        tokens = [self.verb, *self.content]
        if self.subject is not None and -25 < self.subject.i - self.verb.i < 0:
            tokens += subtree(self.subject)
        tokens = sorted(set(tokens), key=lambda t: t.i)
        return trimmed(list(self.verb.doc[tokens[0].i : tokens[-1].i + 1])) or [self.verb]

    def stand(
        self,
        stance: str,
        holders: list[int],
        form: str,
        words: list[Token] | None = None,
        *,
        addressee: int | None = None,
        whole: list[Token] | None = None,
        weak: bool = True,
    ) -> Stand:
        """A stand of this clause."""
        return plain_stand(
            self.verb,
            self.block,
            stance,
            holders,
            words or [self.verb, *self.content],
            self.statement,
            form,
            addressee=addressee,
            whole=whole,
            weak=weak,
        )


def epistemic(verb: Token, mine: bool = False) -> bool:
    """Whether a verb under "will not" or "cannot" tells of what is known or likely, not of what is refused."""
    words = lexicon.words("stances", "epistemic")
    return verb.lower_ in words or (not mine and verb.lower_ in lexicon.words("stances", "happening"))


def threat(verb: Token) -> bool:
    """Whether a verb tells of quarrel: "we will strike" is no offer."""
    return verb.lower_ in forms_of("threats")


def _is_away(verb: Token) -> bool:
    """Whether a verb with "will not" tells of staying away: "will not be at the table", "will not be there"."""
    if verb.lower_ != "be" or any(c.dep_ in ("acomp", "attr") for c in verb.children):
        return False
    return any(
        (c.dep_ == "prep" and c.lower_ in ("at", "on", "in")) or c.lower_ in ("there", "present") for c in verb.children
    )


def _perfect(verb: Token) -> bool:
    """Whether a verb tells of what would have been: "would have signed"."""
    return any(c.lower_ in ("have", "'ve", "’ve") and c.dep_ == "aux" for c in verb.children)


def _returned(verb: Token) -> bool:
    """Whether what is done is given for something: "suspends its suit in return"."""
    return any(t.lower_ in ("return", "exchange") and t.i and t.nbor(-1).lower_ == "in" for t in verb.subtree)


def _leads(verb: Token) -> bool:
    """Whether an imperative stands where one can: first in its sentence or quotation, or after a word that leads in."""
    for step in range(verb.i - 1, max(-1, verb.i - 4), -1):
        token = verb.doc[step]
        if token.is_punct or token.is_space or verb.doc[step + 1].is_sent_start:
            return True
        if token.lower_ not in _LEADING and token.dep_ not in ("neg", "aux", "advmod"):
            return False
    return verb.i == 0 or bool(verb.is_sent_start) or verb.i < 4
