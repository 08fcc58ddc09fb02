"""Stands that a word of stance tells: a verb ("rejected"), an adjective ("ready to"), a noun ("its demand for")."""

from __future__ import annotations

from dragoman.extract import lexicon
from dragoman.extract.meeting_clauses import subjects_of
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.stance_content import after, subtree, trimmed
from dragoman.extract.stance_holders import Voices
from dragoman.extract.stance_stand import Stand, is_past
from dragoman.extract.stance_subjects import is_imperative
from dragoman.extract.stance_words import Trigger, forms_of, modal, negated, not_come_for
from dragoman.extract.told import Told

NEGATED: dict[str, str | None] = {
    "demands": None,
    "proposes": None,
    "accepts": "rejects",
    "open_to": "rejects",
    "conditions": None,
    "rejects": "open_to",
}
"""What a stance turns into under negation."""

_DROPPED = {"demands": "accepts", "rejects": "accepts", "conditions": "accepts"}
_COMPLEMENTS = frozenset({"to", "for", "in", "on", "about", "with", "that", "against", "of"})
_COPULAS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "include",
        "includes",
        "included",
        "remains",
        "remain",
        "remained",
        "covers",
        "cover",
        "range",
        "ranges",
    ]
)
_ADVERBIAL = frozenset({"at", "in", "on", "after", "before", "during", "within", "by", "since", "as", "like"})
_SUBJUNCTIVE = frozenset({"insis", "sugge", "deman", "recom", "urged", "reque", "propo"})
_QUOTE = '"“”«»„‘'


class LexicalReader:
    """Reads the words of stance in the clauses of one page."""

    def __init__(self, told: Told, voices: Voices) -> None:
        """For one page and its voices."""
        self.told = told
        self.voices = voices

    def of(self, trigger: Trigger, block: Block) -> Stand | None:
        """The stand that a word of stance tells; None where it tells none. Its holders may be none."""
        if trigger.form == "noun":
            return self._noun(trigger, block)
        if trigger.form == "adjective":
            return self._adjective(trigger, block)
        return self._verb(trigger, block)

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _verb(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        if trigger.listed("quitting") and not self._of_talks(trigger):
            return None
        stance = turned(trigger, head)
        clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i and subjects_of(c)), None)
        if trigger.key == "consider" and clause is not None:
            return None  # an opinion
        if trigger.listed("speech") and clause is not None and not wished(clause, head):
            future = modal(clause) in ("will", "would", "shall")
            if not future or trigger.stance != "accepts" or self.voices.cued_at(block.start + head.idx) is not None:
                return None  # what is said is read by itself
            if stance is not None and negated(clause):
                stance = NEGATED[stance]
        if stance is None or (trigger.listed("pending") and happened(head) and not negated(head)):
            return None
        place = block.start + head.idx
        content, holders, addressee = self._told_of(trigger, block)
        if trigger.key == "avoid" and not any(c.dep_ in ("dobj", "nsubjpass") for c in head.children):
            return None
        if _quarrels(trigger, head):
            return None
        if _adverbial(trigger, content):
            content = []
        if _for_the_press(content) or (trigger.listed("joint") and _together(head, holders)):
            return None
        cued = self.voices.cued_at(place)
        if not content and cued is not None:
            if trigger.stance in ("accepts", "rejects", "open_to") or trigger.listed("speech"):
                return None  # "…," he conceded: the words are read by themselves
            content = self._said(cued, block)
            if content and content[-1].i + 1 < len(head.doc) and content[-1].nbor(1).text == "?":
                return None
        if not content:
            if not trigger.listed("alone"):
                return None
            content = list(head.doc[head.i : trigger.last + 1])
        holders = [h for h in holders if h not in addressee]
        return self._stand(
            trigger, block, stance, holders, content, cued, addressee[0] if len(addressee) == 1 else None
        )

    def _of_talks(self, trigger: Trigger) -> bool:
        """Whether what is left or walked out of is the talks, a text or a treaty, and no place."""
        tables = lexicon.words("stances", "tables")
        return any(t.lower_ in tables for t in after(trigger.head, trigger.last)[:8])

    def _told_of(self, trigger: Trigger, block: Block) -> tuple[list[Token], list[int], list[int]]:
        """The content of a verb's stand, those who hold it and those who are asked."""
        head = trigger.head
        content = [*self._between(trigger), *after(head, trigger.last)]
        addressee: list[int] = []
        if is_passive(head):
            subject = next(
                (c for c in head.children if c.dep_ == "nsubjpass"),
                head.head if head.dep_ in ("acl", "relcl") else None,
            )
            holders, addressee = self._of_passive(trigger, subject, block)
            if subject is not None and (subject.dep_ == "nsubjpass") and not addressee:
                content = subtree(subject) + content
        else:
            holders = self.voices.holders(head, block)
        fronted = self._fronted(head)
        if fronted:
            content = fronted + content
        if trigger.listed("asking"):
            addressee = self._asked(head, block) or addressee
        return content, holders, addressee

    def _between(self, trigger: Trigger) -> list[Token]:
        """The object that stands between a verb and the rest of its expression: "turned the offer down"."""
        words = len(trigger.key.replace("~", "").split()) - 1
        gap = list(trigger.head.doc[trigger.head.i + 1 : trigger.last - words + 1]) if words else []
        return trimmed(gap) if any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for t in gap) else []

    def _of_passive(self, trigger: Trigger, subject: Token | None, block: Block) -> tuple[list[int], list[int]]:
        head = trigger.head
        agent = next((p for c in head.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
        if agent is not None:
            return self.voices.parties_at(agent, block), []
        asked = self.voices.parties_at(subject, block) if subject is not None else []
        if trigger.key in ("ask", "expect"):
            return [], []  # by whom? by reporters, as often as not
        if asked and (trigger.listed("asking") or trigger.key in ("offer", "refuse", "deny")):
            other = self.voices.opposite(asked[0]) if len(asked) == 1 else None
            return ([] if other is None else [other]), asked
        party = self.voices.speaking(self.voices.statement_at(block.start + head.idx))
        return ([] if party is None else [party]), []

    def _fronted(self, head: Token) -> list[Token]:
        """What a relative clause is about ("a step which it refused"), or an object that stands before its verb."""
        taken = any(
            c.dep_ in ("dobj", "ccomp", "xcomp") and c.lower_ not in ("which", "that", "whom", "what")
            for c in head.children
        )
        if head.dep_ == "relcl" and not taken:
            subject = self.voices.subject_of(head)
            if subject is not None and subject != head.head:
                return subtree(head.head, head)
        cleft = _cleft(head)
        if cleft:
            return cleft
        front = next(
            (c for c in head.children if c.dep_ == "dobj" and c.i < head.i and c.pos_ in ("NOUN", "PROPN")), None
        )
        return subtree(front) if front is not None else []

    def _asked(self, head: Token, block: Block) -> list[int]:
        target = next(
            (c for c in head.children if c.dep_ in ("dobj", "dative") or (c.dep_ == "ccomp" and subjects_of(c))),
            None,
        )
        if target is None:
            return []
        return self.voices.parties_at(target if target.dep_ != "ccomp" else subjects_of(target)[0], block)

    def _said(self, statement: int, block: Block) -> list[Token]:
        """The words of a statement, so far as they stand in this paragraph."""
        for start, end in self.told.statements[statement].content:
            span = block.tokens(start, end)
            if span is not None:
                return trimmed(list(span))
        return []

    # -- adjectives and nouns -------------------------------------------------------------------------------------

    def _adjective(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        content = after(head, trigger.last)
        while content and content[0].text in _QUOTE:
            content = content[1:]
        if not content or content[0].dep_ == "punct" or content[0].lower_ not in _COMPLEMENTS:
            return None
        stance = NEGATED[trigger.stance] if negated(head) else trigger.stance
        if stance is None:
            return None
        return self._stand(trigger, block, stance, self.voices.holders(head, block), content, None, None)

    def _noun(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        content = self._without_owner(after(head, trigger.last))
        carrier = head.head if head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj") else None
        owners = self.voices.owners(head, block)
        predicate: list[Token] = []
        if carrier is not None and head.dep_ in ("nsubj", "nsubjpass") and carrier.lower_ in _COPULAS:
            predicate = after(carrier, carrier.i)
            if predicate and predicate[0].pos_ == "ADP":
                predicate = []  # "is on the table"
        owners = owners or self._carried(head, carrier, block)
        stance = self._of_noun(trigger, carrier)
        if stance is None or not owners:
            return None
        words = predicate or content or self._after_colon(head)
        if not words:
            if trigger.weak or carrier is None or carrier.lower_ not in forms_of("light") | forms_of("dropping"):
                return None
            words = trimmed(list(head.subtree))
        elif words is content and trigger.weak and not _linked(trigger, content):
            return None
        return self._stand(trigger, block, stance, owners, words, None, None)

    def _carried(self, head: Token, carrier: Token | None, block: Block) -> list[int]:
        """Whose a noun is by its verb: "has a plan for", "came with an offer"."""
        if carrier is not None and head.dep_ == "dobj" and carrier.lower_ in forms_of("light") | forms_of("dropping"):
            return self.voices.holders(carrier, block)
        verb = head.head.head
        if head.dep_ == "pobj" and head.head.lower_ == "with" and verb.lower_ in forms_of("coming"):
            return self.voices.holders(verb, block)
        return []

    def _of_noun(self, trigger: Trigger, carrier: Token | None) -> str | None:
        """A noun's stance: dropped, it turns; where there is none of it, it is negated."""
        head = trigger.head
        stance: str | None = trigger.stance
        if carrier is not None and head.dep_ == "dobj" and carrier.lower_ in forms_of("dropping"):
            stance = _DROPPED.get(trigger.stance)
        none = any(c.lower_ in ("no", "any") and c.dep_ == "det" for c in head.children)
        if none or (carrier is not None and negated(carrier) and head.dep_ in ("dobj", "attr")):
            stance = {"rejects": "open_to", "open_to": "rejects", "accepts": "rejects"}.get(trigger.stance)
        return stance

    def _without_owner(self, tokens: list[Token]) -> list[Token]:
        """A noun's complement without "of Varonia", "by Varonia" at its head."""
        if tokens and tokens[0].lower_ in ("of", "by", "from") and tokens[0].dep_ in ("prep", "agent"):
            gone = {t.i for t in tokens[0].subtree}
            if any(t.pos_ == "PROPN" for t in tokens[0].subtree) and len(gone) <= 5:
                return trimmed([t for t in tokens if t.i not in gone])
        return tokens

    def _after_colon(self, token: Token) -> list[Token]:
        """What follows the next colon in the sentence or its paragraph, for "the demands are unchanged: …"."""
        for other in token.doc[token.i + 1 : token.i + 12]:
            if other.text == ":":
                return trimmed(list(token.doc[other.i + 1 : min(other.i + 60, len(token.doc))]))
        return []

    # -- all ------------------------------------------------------------------------------------------------------

    def _stand(
        self,
        trigger: Trigger,
        block: Block,
        stance: str,
        holders: list[int],
        content: list[Token],
        cued: int | None,
        addressee: int | None,
    ) -> Stand:
        head = trigger.head
        statement = cued if cued is not None else self.voices.statement_at(block.start + head.idx)
        first, last = min(head.i, content[0].i), max(trigger.last, content[-1].i)
        subject = next(iter(subjects_of(head)), None)
        if subject is not None and subject.left_edge.i < first and first - subject.left_edge.i < 20:
            first = subject.left_edge.i
        return Stand(
            block,
            head,
            stance,
            holders,
            content,
            trimmed(list(head.doc[first : last + 1])) or [head],
            statement,
            trigger.listed("voiced") if trigger.form == "verb" else trigger.form == "noun" and cued is not None,
            trigger.form,
            is_past(head),
            trigger.weak,
            addressee,
            {t.i for t in content} | {head.i},
        )


def _cleft(head: Token) -> list[Token]:
    """What "what it wants is …" or "… is what it wants" is about; nothing where a verb is in no such clause."""
    what = next(
        (c for c in head.subtree if c.lower_ == "what" and c.i < head.i and c.dep_ in ("dobj", "pobj", "attr")), None
    )
    copula = head.head
    if (
        what is None
        or head.dep_ not in ("ccomp", "csubj", "nsubj", "attr")
        or copula.lower_ not in ("is", "was", "are", "were", "be")
    ):
        return []
    if copula.i < head.i:
        subject = next(iter(subjects_of(copula)), None)
        return subtree(subject) if subject is not None else trimmed(list(copula.doc[copula.left_edge.i : copula.i]))
    return after(copula, copula.i)


def happened(verb: Token) -> bool:
    """Whether a verb tells of what was done: in the past tense, or in the perfect or a past passive."""
    if verb.tag_ == "VBN":
        return any(c.lower_ in ("was", "were", "has", "have", "had", "been") for c in verb.children)
    return verb.tag_ == "VBD" or any(c.lower_ == "did" for c in verb.children)


def _quarrels(trigger: Trigger, head: Token) -> bool:
    """Whether what is promised is a quarrel: "vowed to strike" accepts nothing."""
    return trigger.stance == "accepts" and any(
        c.dep_ == "xcomp" and c.lower_ in forms_of("threats") for c in head.children
    )


def _together(head: Token, holders: list[int]) -> bool:
    """Whether several agree together, or it is not said who: "the sides agreed", "was agreed"."""
    if is_passive(head):
        return not any(c.dep_ == "agent" for c in head.children)
    return len(holders) > 1 and not negated(head)


def _adverbial(trigger: Trigger, content: list[Token]) -> bool:
    """Whether what follows a verb is only when, where or how: "broke off at noon", "offered in a speech"."""
    head = trigger.head
    if is_passive(head) or not content or content[0].dep_ != "prep" or content[0].lower_ not in _ADVERBIAL:
        return False
    if trigger.key.split()[-1] in _ADVERBIAL or content[0].head != head:
        return False
    return not any(c.dep_ in ("dobj", "ccomp", "xcomp", "dative") for c in head.children)


def _for_the_press(content: list[Token]) -> bool:
    """Whether what is asked for or declined has to do with the press: "not to be named", "to comment"."""
    said = " ".join(t.lower_ for t in content[:4])
    if content and content[0].lower_ in ("himself", "herself", "itself", "themselves", "ourselves"):
        return True
    if len(content) <= 2 and said in lexicon.words("stances", "vague"):
        return True
    return any(said == phrase or said.startswith(phrase + " ") for phrase in lexicon.words("stances", "press"))


def _linked(trigger: Trigger, content: list[Token]) -> bool:
    links = ("for", "to", "that") if trigger.listed("strict_nouns") else lexicon.words("stances", "noun_links")
    if trigger.key in ("claim", "claims"):
        links = ("for", "to", "on")
    return content[0].lower_ in links or (trigger.key == "interest" and content[0].lower_ == "in")


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, or a participle after its noun ("the plan rejected by both")."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "dobj" for c in verb.children)


def turned(trigger: Trigger, head: Token) -> str | None:
    """The stance of a verb under negation and with a modal verb; None where nothing of it is left."""
    stance: str | None = trigger.stance
    no = negated(head, trigger.last)
    if trigger.listed("only_negated"):
        return "rejects" if no else None
    if not no and not_come_for(head):
        return "rejects"
    if (no and trigger.listed("never_negated")) or (trigger.listed("talking") and not no and not _proposed(head)):
        return None
    if no:
        if trigger.stance == "accepts" and trigger.listed("alone") and _not_yet(head):
            return None  # "neither side has said yes": it may still do so
        stance = NEGATED[trigger.stance]
        if trigger.listed("wishing"):
            stance = "accepts" if any(c.lower_ == "longer" for c in head.children) else "rejects"
    above = modal(head)
    would_have = above in ("would", "could") and any(c.lower_ in ("have", "'ve", "’ve") for c in head.children)
    if would_have and not any(s.lower_ in ("i", "we") for s in subjects_of(head)):
        return None
    if stance == "accepts" and above in ("could", "would", "might", "may"):
        stance = "open_to"
    obliged = head.dep_ == "xcomp" and head.head.lower_ in ("has", "have", "needs", "need", "had")
    if above in ("must", "should", "ought") or (obliged and any(c.lower_ == "to" for c in head.children)):
        return None  # what ought to be is the stand of whoever says so
    return stance


def _proposed(head: Token) -> bool:
    """Whether talk is to come, and not under way: "will discuss", "wants to discuss", "let us talk about"."""
    return modal(head) is not None or head.tag_ == "VB"


def _not_yet(head: Token) -> bool:
    """Whether a verb under negation tells of what has not been done so far: "has not agreed"."""
    return head.tag_ == "VBN" and any(c.lower_ in ("has", "have", "'ve", "’ve") for c in head.children)


def wished(clause: Token, head: Token) -> bool:
    """Whether the clause after a verb of saying is one of what ought to be, or of what its own subject will do."""
    verb = modal(clause)
    if verb in ("must", "should", "shall", "ought"):
        return head.lower_[:5] in _SUBJUNCTIVE
    bare_be = any(c.lower_ == "be" and c.tag_ == "VB" and c.dep_ in ("aux", "auxpass") for c in clause.children)
    if verb is None and clause.tag_ == "VBP" and head.tag_ in ("VBD", "VBN") and head.lower_[:5] in _SUBJUNCTIVE:
        return True  # after a past tense, a clause in the present is no report: "insisted that they leave"
    return verb is None and (clause.tag_ == "VB" or bare_be)


__all__ = ["LexicalReader", "is_imperative", "is_passive", "turned", "wished"]
