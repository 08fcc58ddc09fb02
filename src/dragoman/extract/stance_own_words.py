"""Stands in what is said of a matter ("is out of the question"), and in somebody's words that are no whole clause.

Negotiators speak in fragments ("Not one metre." "First the list, then the buses." "Eight per cent, or nothing."), and
answer with a word what was asked before it.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator

from dragoman.extract import lexicon
from dragoman.extract.findings import SpanT
from dragoman.extract.inflection import verb_forms
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_content import after, subtree, trimmed
from dragoman.extract.stance_holders import FIRST, Voices
from dragoman.extract.stance_stand import Stand, is_hypothetical, plain_stand
from dragoman.extract.stance_words import forms_of, modal, negated
from dragoman.extract.told import Told

_COPULAS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "remains",
        "remain",
        "remained",
        "becomes",
        "became",
        "'s",
        "’s",
        "seems",
        "seemed",
        "stays",
        "stay",
        "stayed",
    ]
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MARKS = frozenset("\"“”«»„‘’'")
_NO = frozenset({"no", "not", "never", "none", "nothing", "neither", "nor", "nobody", "nowhere"})
_ADVERBS = frozenset(
    [
        "simply",
        "completely",
        "totally",
        "absolutely",
        "wholly",
        "entirely",
        "just",
        "plainly",
        "clearly",
        "also",
        "still",
        "therefore",
        "now",
        "quite",
        "really",
        "even",
        "yet",
        "currently",
        "frankly",
        "obviously",
        "certainly",
        "utterly",
    ]
)


class OwnWordsReader:
    """Reads predicates and fragments on one page."""

    def __init__(self, told: Told, voices: Voices) -> None:
        """For one page and its voices."""
        self.told = told
        self.voices = voices
        self._pieces: list[tuple[SpanT, int]] = sorted(
            (span, i) for i, s in enumerate(told.statements) if s.kind != "indirect" for span in s.content
        )
        self._ends = [end for (_, end), _ in self._pieces]

    # -- predicates -----------------------------------------------------------------------------------------------

    def predicate(self, verb: Token, block: Block) -> Stand | None:
        """What a copula says of a matter, in somebody's own words, or of a party, anywhere."""
        if verb.lower_ not in _COPULAS or is_hypothetical(verb) or _sets_time(verb):
            return None
        statement = self.voices.statement_at(block.start + verb.idx)
        speaking = self.voices.speaking(statement)
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
        rest = after(verb, verb.i)
        said = ("not " if negated(verb) else "") + " ".join(t.lower_ for t in rest[:9]).removeprefix("not ")
        answer = self._answer(subject, said, block)
        if answer is not None:
            stance, owners = answer
            holders = owners or ([speaking] if speaking is not None else [])
            return plain_stand(verb, block, stance, holders, _whole(subject, verb, rest), statement, "answer")
        judges = self._judges(verb, block)
        if judges and subject is not None and predicate_of(said) is not None:
            words = [*subtree(subject), verb, *rest]
            return plain_stand(verb, block, predicate_of(said) or "", judges, words, statement, "predicate")
        parties = self.voices.parties_at(subject, block) if subject is not None else []
        if parties or (subject is not None and subject.lower_ in FIRST):
            found = phrase_in("states", said)
            if found is None or not parties:
                return None
            words = rest[len(found[1].split()) - said.startswith("not ") :] or rest
            return plain_stand(
                verb, block, found[0], parties, words, statement, "predicate", whole=_whole(subject, verb, rest)
            )
        if speaking is None:
            return None
        if subject is None or subject.dep_ == "expl" or any(c.dep_ == "expl" for c in verb.children):
            return self._existential(verb, block, rest, said, speaking, statement)
        without = next((c for c in subject.children if c.dep_ == "prep" and c.lower_ == "without"), None)
        if without is not None:  # "a ceasefire without a withdrawal is …"
            words = subtree(subject)
            whole = _whole(subject, verb, rest)
            return plain_stand(verb, block, "conditions", [speaking], words, statement, "predicate", whole=whole)
        stance_ = predicate_of(said)
        if stance_ is None:
            return None
        waits = any(t.lower_ in ("without", "until", "unless", "before") for t in rest)
        if stance_ == "rejects" and waits and subject.left_edge.lower_ in _NO:
            stance_ = "conditions"  # "no signature is possible without …"
        return plain_stand(verb, block, stance_, [speaking], [*subtree(subject), verb, *rest], statement, "predicate")

    def _judges(self, verb: Token, block: Block) -> list[int]:
        """The parties for whom a matter is what is said of it: "unacceptable to Varonia", "for Varonia, …"."""
        preps = [c for c in verb.children if c.dep_ == "prep"]
        preps += [p for c in verb.children if c.dep_ in ("acomp", "attr") for p in c.children if p.dep_ == "prep"]
        for prep in preps:
            if prep.lower_ in ("to", "for"):
                for noun in prep.children:
                    found = self.voices.parties_at(noun, block) if noun.dep_ == "pobj" else []
                    if found:
                        return found
        return []

    def _answer(self, subject: Token | None, said: str, block: Block) -> tuple[str, list[int]] | None:
        """ "Varonia's answer was no": the stance, and whose answer it is."""
        if subject is None or subject.lower_ not in lexicon.words("stances", "answers"):
            return None
        first = said.replace(",", " ").split()[:2]
        owners = self.voices.owners(subject, block)
        if first and (
            first[0] in ("no", "negative", "never") or first in (["a", "no"], ["a", "refusal"], ["not", "yes"])
        ):
            return "rejects", owners
        if first and (first[0] in ("yes", "positive", "affirmative") or first == ["a", "yes"]):
            return "accepts", owners
        return None

    def _existential(
        self, verb: Token, block: Block, rest: list[Token], said: str, speaking: int, statement: int | None
    ) -> Stand | None:
        """ "There will be no …", "there can be no … without …"."""
        none = said.startswith(("no ", "not a ", "not one ", "not any ", "nothing "))
        will = modal(verb) in ("will", "can", "would", "could", "shall")
        if not none or said.startswith(_idle()):
            return None
        waits = any(t.lower_ in ("without", "until", "before", "unless", "till") for t in rest[1:]) or any(
            t.lower_ in ("without", "until", "unless", "before") for t in verb.doc[verb.left_edge.i : verb.i]
        )
        if not will and not waits and said.split()[1] not in lexicon.words("stances", "chances"):
            return None
        stance = "conditions" if waits else "rejects"
        return plain_stand(verb, block, stance, [speaking], rest, statement, "predicate")

    def judged(self, verb: Token, block: Block) -> Stand | None:
        """ "Called the plan an insult", "regards it as a trap": what a party's judgement says of a matter."""
        if verb.lower_ not in forms_of("judging") or negated(verb) or is_hypothetical(verb):
            return None
        words = after(verb, verb.i)
        if words and words[0].dep_ in ("prep", "prt") and words[0].lower_ != "as":
            return None  # "called off", "called on"
        names = verb.lower_ in forms_of("naming")
        for at in range(1, len(words)):
            if not names and all(t.lower_ != "as" for t in words[: at + 1]):
                continue
            stance = predicate_of(" ".join(t.lower_ for t in words[at:] if t.text not in _MARKS).removeprefix("as "))
            if stance is not None and words[0].lower_ not in ("him", "her", "them", "himself"):
                thing = trimmed([t for t in words[:at] if t.text not in _MARKS and t.lower_ != "as"])
                statement = self.voices.statement_at(block.start + verb.idx)
                holders = self.voices.holders(verb, block)
                if thing:
                    whole = trimmed(list(verb.doc[verb.i : words[-1].i + 1]))
                    return plain_stand(verb, block, stance, holders, thing, statement, "judgement", whole=whole)
        return None

    # -- numbers --------------------------------------------------------------------------------------------------

    def moved(self, verb: Token, block: Block) -> Stand | None:
        """ "Has gone up from 5 to 6 per cent", "stays at 5.5": where a party stands in figures."""
        words = _directions(verb.lower_)
        if not words or negated(verb):
            return None
        content = after(verb, verb.i)
        ways = [c for c in verb.children if c.i > verb.i and c.lower_ in words]
        if not ways or not any(t.like_num for t in content[:10]):
            return None
        holders = self.voices.holders(verb, block)
        kinds = {self.told.cast.actors[h].kind for h in holders}
        stance = "demands" if kinds == {"union"} else "proposes"
        statement = self.voices.statement_at(block.start + verb.idx)
        return plain_stand(verb, block, stance, holders, [verb, *content], statement, "figure", weak=False)

    # -- fragments ------------------------------------------------------------------------------------------------

    def fragments(self, block: Block, sentence: Span, covered: set[int]) -> Iterator[Stand]:
        """The stands in pieces of quoted words in a sentence that are no whole clause."""
        low, high = block.place(sentence)
        for k in range(bisect_right(self._ends, low), len(self._pieces)):
            (start, end), index = self._pieces[k]
            if start >= high:
                break
            party = self.voices.speaking(index)
            if party is None:
                continue
            span = block.tokens(max(start, low), min(end, high))
            if span is None:
                continue
            for tokens in _segments(span):
                if not any(t.i in covered for t in tokens):
                    stand = self._fragment(tokens, block, party, index)
                    if stand is not None:
                        yield stand

    def _fragment(self, tokens: list[Token], block: Block, party: int, statement: int) -> Stand | None:
        first = tokens[0]
        if not (first.text[0].isupper() or first.text[0].isdigit()) or (_finite(tokens) and not _ordered(tokens)):
            return None
        said = " ".join(t.lower_ for t in tokens)
        answer = phrase_in("replies", said.replace(" ,", ""), whole=True)
        if answer is not None:
            return plain_stand(first, block, answer[0], [party], tokens, statement, "answer")
        if len(tokens) < 2 or said.startswith(_idle()):
            return None
        stance = stance_of_fragment(said)
        limit = any(t.like_num or t.lower_ in ("or", "back") for t in tokens)
        if stance == "demands" and not (limit and self._telling(tokens, block)):
            return None
        return plain_stand(first, block, stance, [party], tokens, statement, "fragment")

    def _telling(self, tokens: list[Token], block: Block) -> bool:
        """Whether mere nouns are a thing to be had: a matter of the negotiation, and no question or aside."""
        last = tokens[-1]
        if tokens[0].pos_ in ("ADP", "SCONJ", "ADV", "PRON") or (
            last.i + 1 < len(last.doc) and last.nbor(1).text == "?"
        ):
            return False
        scores = self.told.issues.scores(self.told.page.quote(block.place_of(tokens[0], last)))
        return len(tokens) > 2 and any(v >= 2.0 for issue, v in scores.items() if issue != "other")


_DIRECTIONS = {
    "stay": {"at", "on", "with"},
    "go": {"up", "down", "above", "below", "higher", "lower", "as"},
    "raise": {"from", "to", "by"},
}
"""What must follow the verbs of each list of "moving" (they stand in it under these names)."""


@functools.cache
def _directions(word: str) -> frozenset[str]:
    """The words one of which must follow a verb for it to tell where a party stands; none for other verbs."""
    for name, verbs in lexicon.load("stances")["moving"].items():
        if any(word in verb_forms(verb) for verb in verbs):
            return frozenset(_DIRECTIONS[name])
    return frozenset()


def stance_of_fragment(said: str) -> str:
    """The stance of words without a verb: "no X without Y", "not one X", "first X, then Y", "X or nothing", "X"."""
    words = said.split()
    none = words[0] in _NO
    waiting = any(w in ("without", "until", "unless", "before", "till") for w in words)
    if waiting and (none or any(w in _NO for w in words)):
        return "conditions"
    if ("first" in words and ("then" in words or "and" in words or words[-1] == "first")) or " only " in said:
        return "conditions"
    if words[0] in ("if", "once", "only", "subject", "provided"):
        return "conditions"
    if words[-1] in ("never", "no") or (none and "or" not in words):
        return "rejects"
    if words[-1] in ("yes", "gladly", "agreed"):
        return "accepts"
    if " in exchange" in said or " in return" in said:
        return "proposes"
    return "demands"


def _finite(tokens: list[Token]) -> bool:
    """Whether there is a verb in the words that makes them a clause; those of relative clauses make none."""
    for token in tokens:
        if token.tag_ in _FINITE:
            inside = (token, *token.ancestors)
            if not any(step.dep_ in ("relcl", "acl", "advcl") and step.i > tokens[0].i for step in inside):
                return True
    return tokens[0].tag_ in ("VB", "VBP") or (len(tokens) > 1 and tokens[0].tag_ == "UH" and tokens[1].tag_ == "VB")


def _sets_time(verb: Token) -> bool:
    """Whether a clause says no more than when: "before the month is over"."""
    return verb.dep_ == "advcl" and any(
        c.lower_ in ("before", "after", "when", "while", "as") and c.i < verb.i for c in verb.children
    )


def _ordered(tokens: list[Token]) -> bool:
    """Whether words say what comes first and what after it: "The door first, then we talk about money"."""
    said = [t.lower_ for t in tokens[:25]]
    return "first" in said[:5] and any(w in ("then", "afterwards", "after") for w in said[said.index("first") :])


def _segments(span: Span) -> Iterator[list[Token]]:
    """A quoted piece cut at quotation marks, question marks and full stops."""
    run: list[Token] = []
    for token in span:
        if token.text in _MARKS or token.text in "?!.…—–;" or token.is_space:
            if run:
                yield from _trim(run)
            run = []
        else:
            run.append(token)
    if run:
        yield from _trim(run)


def _trim(run: list[Token]) -> Iterator[list[Token]]:
    tokens = trimmed(run)
    if tokens:
        yield tokens


def _whole(subject: Token | None, verb: Token, rest: list[Token]) -> list[Token]:
    first = subject.left_edge.i if subject is not None and 0 <= verb.i - subject.left_edge.i < 25 else verb.i
    return trimmed(list(verb.doc[first : (rest[-1].i if rest else verb.i) + 1]))


@functools.cache
def _idle() -> tuple[str, ...]:
    """Openings of words with "no" that refuse nothing: "no doubt", "no comment"."""
    return tuple(lexicon.words("stances", "idle"))


@functools.cache
def _phrases(name: str) -> dict[str, list[tuple[str, str]]]:
    """The phrases of a list with their stances by their first words, the longest first."""
    found = [(phrase, str(stance)) for stance, phrases in lexicon.load("stances")[name].items() for phrase in phrases]
    by_word: dict[str, list[tuple[str, str]]] = {}
    for phrase, stance in sorted(found, key=lambda pair: -len(pair[0])):
        by_word.setdefault(phrase.partition(" ")[0], []).append((phrase, stance))
    return by_word


def phrase_in(name: str, said: str, whole: bool = False) -> tuple[str, str] | None:
    """The stance and the phrase of a list that words begin with (or are, where they must be so as a whole)."""
    for phrase, stance in _phrases(name).get(said.partition(" ")[0], ()):
        if said == phrase or (not whole and said.startswith(phrase + " ")):
            return stance, phrase
    return None


def predicate_of(words: str) -> str | None:
    """The stance of what is said of a matter: "out of the question" rejects it."""
    said = words.split()
    no = said[:1] == ["not"]
    rest = said[1:] if no else said
    while rest and (rest[0] in _ADVERBS or rest[0] in _MARKS or rest[0] in ("a", "an", "the", "as", "too")):
        found = phrase_in("predicates", ("not " if no else "") + " ".join(rest))
        if found is not None:
            return found[0]
        rest = rest[1:]
    found = phrase_in("predicates", ("not " if no else "") + " ".join(rest))
    return found[0] if found is not None else None
