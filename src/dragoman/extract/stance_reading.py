"""Reading the clauses of a page for stands: who wants, offers, accepts, refuses what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from dragoman.extract import lexicon
from dragoman.extract.meeting_clauses import subjects_of
from dragoman.extract.page import Block
from dragoman.extract.stance_conditions import condition_on
from dragoman.extract.stance_content import after, is_matter, subtree, trimmed
from dragoman.extract.stance_holders import FIRST, Voices, is_imperative
from dragoman.extract.stance_words import Trigger, forms_of, is_verb, modal, negated, triggers_in
from dragoman.extract.told import Told

_HYPOTHETICAL = frozenset({"if", "unless", "once", "until", "whether", "provided", "should", "lest", "till"})
_NEGATED = {
    "demands": None,
    "proposes": None,
    "accepts": "rejects",
    "open_to": "rejects",
    "conditions": None,
    "rejects": "open_to",
}
_PAST = re.compile(
    r"\b(?:had|earlier|previously|formerly|originally|initially|at first|once|used to|until recently|back then|in (?:19|20)\d\d|last year|years? ago|months? ago|at the time)\b",
    re.I,
)


@dataclass(slots=True)
class Stand:
    """A stand as a clause tells it; `content` are the words of what is wanted or refused, `whole` the clause's."""

    block: Block
    head: Token
    stance: str
    holders: list[int]
    content: list[Token]
    whole: list[Token]
    statement: int | None
    voiced: bool
    form: str
    past: bool = False
    weak: bool = False
    addressee: int | None = None
    covered: set[int] = field(default_factory=set)


class StanceReader:
    """Reads a page."""

    def __init__(self, told: Told) -> None:
        """For one page."""
        self.told = told
        self.voices = Voices(told)

    def stands(self) -> Iterator[Stand]:
        """All stands, in the order of the text; the same may come more than once."""
        for block in self.told.page.blocks:
            for sentence in block.sentences():
                yield from self._in_sentence(block, sentence)

    def _in_sentence(self, block: Block, sentence: Span) -> Iterator[Stand]:
        if sentence[-1].text == "?" or (len(sentence) > 1 and sentence[-2].text == "?"):
            return
        found: list[Stand] = []
        covered: set[int] = set()
        triggers = list(triggers_in(sentence))
        for trigger in triggers:
            if trigger.head.i in covered and not self._of_another(trigger, block):
                continue
            if is_hypothetical(trigger.head):
                continue
            stand = self._of(trigger, block)
            if stand is not None:
                found.append(stand)
                covered |= stand.covered
        for token in sentence:
            if token.i in covered or not is_verb(token) and token.pos_ != "AUX":
                continue
            stand = self._modal(token, block)
            if stand is not None and not is_hypothetical(token):
                found.append(stand)
                covered |= stand.covered
        found += self._bare(block, sentence, covered)
        if not found or all(s.stance not in ("conditions",) for s in found):
            for stand in found:
                self._condition(stand, sentence)
        for stand in found:
            if stand.holders:
                yield stand

    # -- triggers -------------------------------------------------------------------------------------------------

    def _of_another(self, trigger: Trigger, block: Block) -> bool:
        """Whether a noun inside another stand is of a stand of its own, by a holder that is named with it."""
        return trigger.form == "noun" and bool(self.voices.owners(trigger.head, block))

    def _of(self, trigger: Trigger, block: Block) -> Stand | None:
        if trigger.form == "noun":
            return self._noun(trigger, block)
        if trigger.form == "adjective":
            return self._adjective(trigger, block)
        return self._verb(trigger, block)

    def _verb(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        place = block.start + head.idx
        content = after(head, trigger.last)
        passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in head.children) or (
            head.tag_ == "VBN" and head.dep_ in ("acl", "amod") and not any(c.dep_ == "dobj" for c in head.children)
        )
        clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i and subjects_of(c)), None)
        if trigger.listed("speech") and clause is not None and not self._wished(clause, head):
            return None  # what is said is read by itself
        addressee: list[int] = []
        if passive:
            subject = next(
                (c for c in head.children if c.dep_ == "nsubjpass"),
                head.head if head.dep_ in ("acl", "relcl") else None,
            )
            agent = next((p for c in head.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
            if agent is not None:
                holders = self.voices.parties_at(agent, block)
            else:
                asked = self.voices.parties_at(subject, block) if subject is not None else []
                if asked and (trigger.listed("asking") or trigger.key in ("offer", "refuse", "deny")):
                    other = self.voices.opposite(asked[0]) if len(asked) == 1 else None
                    holders, addressee = ([] if other is None else [other]), asked
                else:
                    holders = self._speaking(place)
            if subject is not None and subject.dep_ == "nsubjpass" and not addressee:
                content = subtree(subject) + content
        else:
            holders = self.voices.holders(head, block)
            if not holders and self.voices.subject_of(head) is None and head.tag_ in ("VBG", "VB"):
                holders = []
        if head.dep_ == "relcl" and not any(
            c.dep_ in ("dobj", "ccomp", "xcomp") and c.lower_ not in ("which", "that") for c in head.children
        ):
            subject = self.voices.subject_of(head)
            if subject is not None and subject != head.head:
                content = subtree(head.head, head) + content
        if trigger.listed("asking"):
            target = next(
                (c for c in head.children if c.dep_ in ("dobj", "dative") or (c.dep_ == "ccomp" and subjects_of(c))),
                None,
            )
            if target is not None:
                someone = target if target.dep_ != "ccomp" else subjects_of(target)[0]
                addressee = self.voices.parties_at(someone, block) or addressee
        cued = self.voices.cued_at(place)
        if not content and cued is not None:
            content = self._said(cued, block)
        if not content:
            return None
        stance = self._turned(trigger, head)
        if stance is None:
            return None
        return self._stand(
            trigger,
            block,
            stance,
            [h for h in holders if h not in addressee],
            content,
            cued,
            addressee[0] if len(addressee) == 1 else None,
        )

    def _turned(self, trigger: Trigger, head: Token) -> str | None:
        """The stance of a word under negation and with a modal verb; None where nothing of it is left."""
        stance: str | None = trigger.stance
        if negated(head):
            stance = _NEGATED[trigger.stance]
        above = modal(head)
        if stance == "accepts" and above in ("could", "would", "might", "may"):
            stance = "open_to"
        if above in ("must", "should", "ought") or any(
            c.lower_ == "to" and head.dep_ == "xcomp" and head.head.lower_ in ("has", "have", "needs", "need", "had")
            for c in head.children
        ):
            return None
        return stance

    def _wished(self, clause: Token, head: Token) -> bool:
        """Whether the clause after a verb of saying is one of what ought to be, or of what its own subject will do."""
        verb = modal(clause)
        if verb in ("must", "should", "shall", "ought"):
            return head.lower_[:5] in ("insis", "sugge", "deman", "recom", "urged", "reque")
        if (
            clause.tag_ == "VB"
            and verb is None
            or any(c.lower_ == "be" and c.tag_ == "VB" and c.dep_ in ("aux", "auxpass") for c in clause.children)
            and verb is None
        ):
            return True
        return False

    def _adjective(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        content = after(head, trigger.last)
        if not content or (content[0].dep_ == "punct"):
            return None
        if trigger.key in (
            "ready",
            "free",
            "available",
            "happy",
            "content",
            "glad",
            "firm",
            "bound",
            "cool",
            "game",
            "relaxed",
            "committed",
            "determined",
            "eager",
            "keen",
            "anxious",
            "open",
        ) and content[0].lower_ not in (
            "to",
            "for",
            "in",
            "on",
            "about",
            "with",
            "that",
        ):
            return None
        stance: str | None = trigger.stance
        if negated(head):
            stance = _NEGATED[trigger.stance]
        if stance is None:
            return None
        return self._stand(trigger, block, stance, self.voices.holders(head, block), content, None, None)

    def _noun(self, trigger: Trigger, block: Block) -> Stand | None:
        head = trigger.head
        content = [t for t in after(head, trigger.last)]
        carrier = head.head if head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj") else None
        stance: str | None = trigger.stance
        owners = self.voices.owners(head, block)
        none = any(c.lower_ in ("no", "any") and c.dep_ == "det" for c in head.children)
        content = self._without_owner(content)
        predicate: list[Token] = []
        if (
            carrier is not None
            and head.dep_ in ("nsubj", "nsubjpass")
            and carrier.lower_
            in (
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
            )
        ):
            predicate = after(carrier, carrier.i)
        if (
            not owners
            and carrier is not None
            and head.dep_ == "dobj"
            and carrier.lower_ in forms_of("light") | forms_of("dropping")
        ):
            owners = self.voices.holders(carrier, block)
        if carrier is not None and head.dep_ == "dobj" and carrier.lower_ in forms_of("dropping"):
            stance = {
                "demands": "accepts",
                "rejects": "accepts",
                "conditions": "accepts",
                "proposes": None,
                "accepts": None,
                "open_to": None,
            }[trigger.stance]
        if none or (carrier is not None and negated(carrier) and head.dep_ in ("dobj", "attr")):
            stance = {"rejects": "open_to", "open_to": "rejects", "accepts": "rejects"}.get(trigger.stance)
        if stance is None or not owners:
            return None
        words = predicate or content
        if not words:
            rest = self._after_colon(head)
            words = rest
        if not words:
            if trigger.weak:
                return None
            words = trimmed([t for t in head.subtree])
        return self._stand(trigger, block, stance, owners, words, None, None)

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

    # -- what ought to be, and what will or will not be done ---------------------------------------------------------

    def _modal(self, verb: Token, block: Block) -> Stand | None:
        place = block.start + verb.idx
        statement = self.voices.statement_at(place)
        speaking = self.voices.speaking(statement)
        above = modal(verb)
        going = verb.dep_ == "xcomp" and verb.head.lower_ == "going" and any(c.lower_ == "to" for c in verb.children)
        if going:
            above = "will"
        subject = self.voices.subject_of(verb.head if going else verb)
        subjects = self.voices.parties_at(subject, block) if subject is not None else []
        no = negated(verb.head if going else verb)
        content = trimmed([t for t in after(verb, verb.i)])
        whole = trimmed([t for t in verb.subtree])
        if subject is not None and subject.dep_ == "nsubjpass":
            content = subtree(subject) + [verb] + content
        obliged = above in ("must", "should", "shall", "ought") or (
            verb.dep_ == "xcomp"
            and verb.head.lower_ in ("has", "have", "needs", "need", "ought")
            and any(c.lower_ == "to" for c in verb.children)
        )
        if speaking is not None:
            if obliged and subject is not None and subject.lower_ not in ("i",):
                mine = speaking in subjects
                stance = "rejects" if no and (mine or not subjects) else "demands"
                asked = next((s for s in subjects if s != speaking), None)
                return self._plain(
                    verb,
                    block,
                    stance,
                    [speaking],
                    [*subtree(subject), verb, *content] if not mine else [verb, *content],
                    statement,
                    "obligation",
                    asked,
                )
            if (
                is_imperative(verb)
                and statement is not None
                and self.told.statements[statement].kind != "indirect"
                and verb.i == block.sentence(verb.i).start
            ):
                return self._plain(
                    verb,
                    block,
                    "rejects" if no else "demands",
                    [speaking],
                    [verb, *content],
                    statement,
                    "imperative",
                    None,
                )
            mine = speaking in subjects
            if (
                no
                and above in ("will", "would", "can", "could", "shall")
                and (mine or (subject is not None and not subjects))
            ):
                if self._epistemic(verb):
                    return None
                return self._plain(
                    verb,
                    block,
                    "rejects",
                    [speaking],
                    [*subtree(subject), verb, *content] if subject is not None else [verb, *content],
                    statement,
                    "refusal",
                    None,
                )
            if (
                mine
                and not no
                and above in ("will", "shall", "would", "can", "could", "may", "might")
                and verb.lower_ in forms_of("giving")
                and verb.lower_ not in forms_of("threats")
            ):
                return self._plain(
                    verb,
                    block,
                    "accepts" if above in ("will", "shall", "would") else "open_to",
                    [speaking],
                    [verb, *content],
                    statement,
                    "promise",
                    None,
                )
            return None
        # Narration, or the word of somebody who stands for no party: only of what a named party will (not) do.
        if subjects and no and above in ("will", "would", "can", "could") and not self._epistemic(verb):
            return self._plain(verb, block, "rejects", subjects, [verb, *content], statement, "refusal", None, whole)
        if (
            subjects
            and not no
            and above in ("will", "would")
            and verb.lower_ in forms_of("giving")
            and verb.lower_ not in forms_of("threats")
        ):
            return self._plain(verb, block, "accepts", subjects, [verb, *content], statement, "promise", None, whole)
        return None

    def _epistemic(self, verb: Token) -> bool:
        return verb.lower_ in (
            "be",
            "know",
            "say",
            "comment",
            "see",
            "imagine",
            "believe",
            "remember",
            "confirm",
            "happen",
            "help",
            "understand",
            "guess",
            "predict",
            "have",
            "work",
            "last",
            "hold",
            "get",
            "tell",
            "speak",
            "afford",
            "find",
            "survive",
            "reach",
            "recall",
            "count",
        )

    def _plain(
        self,
        verb: Token,
        block: Block,
        stance: str,
        holders: list[int],
        content: list[Token],
        statement: int | None,
        form: str,
        addressee: int | None,
        whole: list[Token] | None = None,
    ) -> Stand:
        content = trimmed(sorted(set(content), key=lambda t: t.i))
        return Stand(
            block,
            verb,
            stance,
            holders,
            content,
            whole or content,
            statement,
            False,
            form,
            past=self._past(verb),
            weak=True,
            addressee=addressee,
            covered={t.i for t in content},
        )

    def _bare(self, block: Block, sentence: Span, covered: set[int]) -> list[Stand]:
        """Predicates of a matter ("is unacceptable"), and sentences that begin with "no", in somebody's own words."""
        found = []
        for token in sentence:
            if (
                token.i in covered
                or token.pos_ not in ("AUX", "VERB")
                or token.lower_
                not in (
                    "is",
                    "are",
                    "was",
                    "were",
                    "be",
                    "been",
                    "remains",
                    "remain",
                    "'s",
                    "’s",
                    "remained",
                    "becomes",
                )
            ):
                continue
            statement = self.voices.statement_at(block.start + token.idx)
            speaking = self.voices.speaking(statement)
            if speaking is None or is_hypothetical(token):
                continue
            rest = after(token, token.i)
            said = " ".join(t.lower_ for t in rest[:8])
            stance = predicate_of(("not " if negated(token) else "") + said.removeprefix("not ")) or predicate_of(said)
            subject = next(iter(subjects_of(token)), None)
            if stance is None or (subject is not None and subject.lower_ in ("i", "we", "he", "she")):
                if (
                    subject is None
                    and token.lower_ in ("is", "be", "are")
                    and any(c.dep_ == "expl" for c in token.children)
                    and any(c.dep_ == "det" and c.lower_ == "no" for c in (rest[1:2] and rest[:2]))
                ):
                    pass
                elif (
                    rest
                    and rest[0].lower_ == "no"
                    and any(c.dep_ == "expl" for c in token.children)
                    and modal(token) in ("will", "can", "would", "could")
                ):
                    found.append(self._plain(token, block, "rejects", [speaking], rest, statement, "predicate", None))
                continue
            content = (subtree(subject) if subject is not None and subject.dep_ != "expl" else []) + rest
            if content:
                found.append(self._plain(token, block, stance, [speaking], content, statement, "predicate", None))
        return found

    # -- both ---------------------------------------------------------------------------------------------------

    def _stand(
        self,
        trigger: Trigger,
        block: Block,
        stance: str,
        holders: list[int],
        content: list[Token],
        cued: int | None,
        addressee: int | None,
    ) -> Stand | None:
        head = trigger.head
        statement = cued if cued is not None else self.voices.statement_at(block.start + head.idx)
        voiced = trigger.listed("voiced") if trigger.form == "verb" else trigger.form == "noun" and cued is not None
        first, last = min(head.i, content[0].i), max(trigger.last, content[-1].i)
        subject = next(iter(subjects_of(head)), None)
        if subject is not None and subject.left_edge.i < first and first - subject.left_edge.i < 20:
            first = subject.left_edge.i
        inside = content[0].doc == head.doc
        whole = list(head.doc[first : last + 1]) if inside else [head]
        if not holders and trigger.form == "verb" and self.voices.subject_of(head) is None:
            holders = []
        return Stand(
            block,
            head,
            stance,
            holders,
            content,
            trimmed(whole),
            statement,
            voiced,
            trigger.form,
            self._past(head),
            trigger.weak,
            addressee,
            {t.i for t in content} | {head.i},
        )

    def _speaking(self, place: int) -> list[int]:
        party = self.voices.speaking(self.voices.statement_at(place))
        return [] if party is None else [party]

    def _said(self, statement: int, block: Block) -> list[Token]:
        """The words of a statement, so far as they stand in this paragraph."""
        for start, end in self.told.statements[statement].content:
            span = block.tokens(start, end)
            if span is not None:
                return trimmed(list(span))
        return []

    def _past(self, head: Token) -> bool:
        """Whether a stand is told as one of earlier days: in the pluperfect, or with a word or date of the past."""
        verb = head if is_verb(head) else head.head
        if any(c.lower_ in ("had", "'d") and c.dep_ == "aux" for c in verb.children):
            return self.told.page is not None and not self._reported(verb)
        words = (
            " ".join(t.lower_ for t in verb.children if t.dep_ in ("advmod", "npadvmod"))
            + " "
            + " ".join(
                f"{t.lower_} {' '.join(c.lower_ for c in t.subtree if c != t)}"
                for t in verb.children
                if t.dep_ == "prep"
            )
        )
        return bool(_PAST.search(words))

    def _reported(self, verb: Token) -> bool:
        """Whether a pluperfect is only the past of indirect speech ("said that it had rejected")."""
        return verb.dep_ == "ccomp"

    def _condition(self, stand: Stand, sentence: Span) -> None:
        if stand.stance in ("accepts", "open_to", "proposes", "rejects") and stand.form != "noun":
            strength = condition_on(stand.head, sentence, set(t.i for t in stand.whole))
            if strength == "strong" or (strength == "weak" and stand.stance in ("accepts", "open_to")):
                if stand.stance == "rejects" and stand.form not in ("refusal", "predicate", "verb"):
                    return
                stand.stance = "conditions"


def is_hypothetical(token: Token) -> bool:
    """Whether a word stands in a clause that is not asserted: after if, unless, once, whether."""
    for step in (token, *token.ancestors):
        if step.dep_ in ("advcl", "ccomp", "pcomp") and any(
            c.dep_ in ("mark", "advmod", "aux")
            and c.lower_ in _HYPOTHETICAL
            and c.i <= step.i
            and (c.dep_ != "aux" or c.i == step.left_edge.i)
            for c in step.children
        ):
            return True
    return False


def predicate_of(words: str) -> str | None:
    """The stance of what is said of a matter: "out of the question" rejects it."""
    for article in ("", "a ", "an ", "the "):
        rest = words.removeprefix(article) if article else words
        for stance, phrases in lexicon.load("stances")["predicates"].items():
            for phrase in phrases:
                if rest == phrase or rest.startswith(phrase + " "):
                    return str(stance)
    for adverb in (
        "simply ",
        "completely ",
        "totally ",
        "absolutely ",
        "wholly ",
        "entirely ",
        "just ",
        "plainly ",
        "clearly ",
        "also ",
        "still ",
        "therefore ",
        "now ",
    ):
        if words.startswith(adverb):
            return predicate_of(words.removeprefix(adverb))
    if (
        words.startswith("not ")
        and words.split()[1:2]
        and words.split()[1] in ("simply", "even", "yet", "really", "just", "currently", "now")
    ):
        return predicate_of("not " + " ".join(words.split()[2:]))
    return None


__all__ = ["FIRST", "Stand", "StanceReader", "is_hypothetical", "is_matter", "predicate_of"]
