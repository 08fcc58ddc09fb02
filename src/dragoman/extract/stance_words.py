"""Words of stance: verbs, adjectives and nouns that say that somebody wants, offers, accepts or refuses something."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract import lexicon
from dragoman.extract.inflection import verb_forms
from dragoman.extract.parsed import Span, Token

_GAP = 11
"""Words that may stand between a verb and a word that belongs to it ("put the whole plan back on the table")."""

_VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})

_PREPOSITIONS = frozenset((word,) for word in ("to", "of", "at", "for", "from", "on", "in", "with", "against", "into"))

_COMPARED = frozenset({"more", "less", "fewer", "later", "earlier", "sooner", "longer", "lower", "higher", "other"})
"""After "no", these set a limit."""

Expression = tuple[tuple[str, ...], str, str]
"""The words after the first, the stance, and the expression as the lexicon has it."""


@dataclass(slots=True)
class Trigger:
    """A word of stance in a sentence; `last` is the index of the last token of its expression.

    `form` is verb, adjective, noun, predicate, modal or condition; `key` the expression as the lexicon has it.
    """

    head: Token
    last: int
    stance: str
    form: str
    key: str

    @property
    def weak(self) -> bool:
        """Whether it counts only where what it is said of is a matter of the negotiation."""
        return self.key in lexicon.words("stances", "weak_nouns" if self.form == "noun" else "weak")

    def listed(self, name: str) -> bool:
        """Whether the expression stands in one of the lexicon's lists."""
        return self.key in lexicon.words("stances", name)


@functools.cache
def _verbs() -> dict[str, list[Expression]]:
    found: dict[str, list[Expression]] = {}
    for stance, expressions in lexicon.load("stances")["verbs"].items():
        for expression in expressions:
            base, *rest = expression.split()
            for form in verb_forms(base):
                found.setdefault(form, []).append((tuple(rest), stance, expression))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


@functools.cache
def _words(part: str) -> dict[str, str]:
    return {word: stance for stance, words in lexicon.load("stances")[part].items() for word in words}


@functools.cache
def _known() -> frozenset[str]:
    """All words that an expression of stance can begin with: a quick test for every token."""
    return frozenset({*_verbs(), *_words("adjectives"), *_words("nouns")})


@functools.cache
def forms_of(name: str) -> frozenset[str]:
    """All forms of the first words of a list of verbs ("light", "dropping")."""
    return frozenset(form for verb in lexicon.load("stances")[name] for form in verb_forms(verb.split()[0]))


def is_verb(token: Token) -> bool:
    """Whether a token is a verb: by its tag, which the parser gets right more often than its part of speech."""
    return token.tag_ in _VERBAL or token.pos_ == "VERB"


def triggers_in(sentence: Span) -> Iterator[Trigger]:
    """The verbs, adjectives and nouns of stance in a sentence, in its order."""
    known = _known()
    for token in sentence:
        word = token.lower_
        if word not in known:
            continue
        if is_verb(token) and word in _verbs():
            found = _expression(token, sentence)
            if found is not None:
                yield found
                continue
        if token.pos_ in ("ADJ", "VERB", "ADP", "ADV") and word in _words("adjectives") and _predicative(token):
            yield Trigger(token, token.i, _words("adjectives")[word], "adjective", word)
        elif token.pos_ in ("NOUN", "PROPN") and word in _words("nouns"):
            yield Trigger(token, token.i, _words("nouns")[word], "noun", word)


def _expression(token: Token, sentence: Span) -> Trigger | None:
    """The longest expression that begins with a verb."""
    ahead = {t.lower_ for t in token.doc.tokens[token.i + 1 : min(token.i + 1 + _GAP, sentence.end)]}
    for rest, stance, key in _verbs()[token.lower_]:
        if not rest:
            last: int | None = token.i
        elif rest[0] == "~":
            last = _takes(token)
        else:
            last = _rest_of(token, rest, sentence) if rest[0] in ahead else None
        if last is not None and not (key in lexicon.words("stances", "with_would") and not _would(token)):
            return Trigger(token, last, stance, "verb", key)
    return None


def _would(token: Token) -> bool:
    return modal(token) in ("would", "should") or any(c.lower_ in ("'d", "’d") for c in token.children)


def _takes(token: Token) -> int | None:
    """For "take ~": the verb alone, where its object is an offer, a deal or the like."""
    offers = lexicon.words("stances", "offers")
    return token.i if any(c.dep_ in ("dobj", "nsubjpass") and c.lower_ in offers for c in token.children) else None


def _rest_of(token: Token, rest: tuple[str, ...], sentence: Span) -> int | None:
    """The index of the last word of an expression, or None where its words do not follow."""
    i, tokens = token.i, token.doc.tokens
    for number, word in enumerate(rest):
        limit = min(i + 1 + (_GAP if number == 0 else 2), sentence.end)
        for j in range(i + 1, limit):
            other = tokens[j]
            if (
                word == "no"
                and other.lower_ == word
                and other.i + 1 < sentence.end
                and other.nbor(1).lower_ in _COMPARED
            ):
                return None  # "wants no more than …" is a demand
            if other.lower_ == word and (j == i + 1 or number > 0 or _follows(rest, j, token)):
                if j > i + 1 and rest in _PREPOSITIONS and any(c.dep_ == "dobj" and c.i < j for c in token.children):
                    return None  # "held its output to …" is no "hold to"
                i = j
                break
            if other.is_punct or (is_verb(other) and j > i + 1) or other.dep_ in ("mark", "nsubj"):
                return None
        else:
            return None
    return i


def _follows(rest: tuple[str, ...], at: int, verb: Token) -> bool:
    """Whether the words from a place on are those of an expression, and (where it is but one) hang on its verb."""
    words = tuple(t.lower_ for t in verb.doc[at : at + len(rest)])
    return words == rest and (len(rest) > 2 or _hangs_on(verb.doc[at], verb))


def _hangs_on(word: Token, verb: Token) -> bool:
    return word.head == verb or word.head.head == verb


def _predicative(token: Token) -> bool:
    """Whether an adjective is said of a subject, or stands after its noun, and not before it ("a firm offer")."""
    return token.dep_ in (
        "acomp",
        "ROOT",
        "conj",
        "xcomp",
        "ccomp",
        "oprd",
        "advcl",
        "attr",
        "acl",
        "amod",
        "prep",
    ) and not (token.dep_ == "amod" and token.head.i > token.i)


def negated(token: Token, last: int = -1) -> bool:
    """Whether a word is negated: "did not", "never", "no longer", "neither", "nobody", "not one X will".

    Args:
        token: the head of an expression.
        last: the index of the expression's last word; a "no" that belongs to the expression does not count.
    """
    steps = [token]
    if token.dep_ in ("acomp", "attr", "xcomp", "oprd", "prep", "pobj") and token.head.pos_ in ("AUX", "VERB", "ADP"):
        steps.append(token.head)
    for step in steps:
        for child in step.children:
            if token.i < child.i <= last:
                continue
            if child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor", "hardly", "scarcely", "nowhere"):
                return True
            if child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
                return True
            if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none", "nothing", "no-one"):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj") and _none_of(child, token, last):
                return True
        if step.i and step.nbor(-1).lower_ in ("not", "n't", "never") and step.nbor(-1).head in (step, step.head):
            return True
    return False


def not_come_for(verb: Token) -> bool:
    """Whether a verb is what somebody has not come for: "We did not come here to discuss the dam"."""
    if verb.tag_ != "VB" or verb.dep_ not in ("advcl", "xcomp", "relcl", "acl") or not negated(verb.head):
        return False
    come = verb.head.lower_ in forms_of("coming") | {"here"} or any(c.lower_ == "here" for c in verb.head.children)
    return come and any(c.lower_ == "to" for c in verb.children)


def _none_of(noun: Token, head: Token, last: int) -> bool:
    """Whether there is none of what a noun names: "no troops", "not one metre", "not a single day", "none of"."""
    first = noun.left_edge
    if head.i < first.i <= last:
        return False
    if first.lower_ in ("no", "neither", "none", "nobody", "nothing"):
        if first.lower_ == "no" and first.i + 1 < len(first.doc) and first.nbor(1).lower_ in _COMPARED:
            return False  # "wants no more than …" is a demand
        return first.lower_ != "no" or first.i + 1 >= len(first.doc) or first.nbor(1).lower_ != "doubt"
    return first.lower_ == "not" and first.nbor(1).lower_ in ("one", "a", "an", "even", "any", "single")


def modal(token: Token) -> str | None:
    """The modal verb of a verb or of the copula above an adjective: "will", "could"."""
    for step in (token, token.head if token.dep_ in ("acomp", "attr", "oprd") else token):
        for child in step.children:
            if child.tag_ == "MD":
                return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would", "sha": "shall"}.get(
                    child.lower_, child.lower_
                )
    return None
