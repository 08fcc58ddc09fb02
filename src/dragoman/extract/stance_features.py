"""What a clause looks like to the model of stances: its words, its shape, and how who may hold its stand stands to it.

Names never become features: who holds and who else is named are marked as such, numbers as numbers, so that nothing
that is learned holds for one negotiation only.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import pairwise

from dragoman.extract import lexicon
from dragoman.extract.inflection import verb_forms
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token
from dragoman.extract.stance_holders import FIRST, Voices
from dragoman.extract.stance_subjects import is_imperative
from dragoman.extract.stance_words import modal, negated

_SUFFIX = re.compile(r"(?:ations?|ings?|edly|ed|ies|es|s|ly)$")
_MARKS = frozenset(
    [
        "if",
        "unless",
        "once",
        "until",
        "because",
        "that",
        "after",
        "when",
        "while",
        "only",
        "as",
        "before",
        "whether",
        "for",
    ]
)
_WAITING = frozenset(["if", "unless", "once", "until", "after", "when", "only", "as", "before"])
_PRONOUNS = frozenset(("they", "you", "he", "she", "it", "there", "this", "that", "nobody", "what", "who"))
_LENGTHS = ((0, 6), (6, 12), (12, 25), (25, 999))


@dataclass(slots=True)
class Clause:
    """A clause: its head and words, the sentence it stands in, its subject, and the statement it is said in."""

    block: Block
    sentence: Span
    head: Token
    tokens: list[Token]
    subject: Token | None
    statement: int | None


def stem(word: str) -> str:
    """A crude stem, so that "refused" and "refusing" are one feature; short words stay as they are."""
    if len(word) < 5:
        return word
    short = _SUFFIX.sub("", word)
    return short if len(short) >= 3 else word


def features_of(clause: Clause, holder: int, relation: str, voices: Voices) -> list[str]:
    """The features of a clause for one who may hold its stand; none twice."""
    head = clause.head
    who = _class_of_subject(clause, holder, voices)
    no, verb, lemma = negated(head), modal(head) or "", stem(head.lower_)
    said = "told" if clause.statement is None else voices.told.statements[clause.statement].kind
    cue = _cue(clause.statement, voices)
    words = _words(clause, holder, voices)
    found = [
        f"k={relation}:{said if relation == 'speaker' else ''}",
        f"k={relation}",
        f"s={who}",
        f"k={relation} s={who}",
        f"m={verb}",
        f"m={verb} n={no} s={who}",
        f"n={no}",
        f"n={no} k={relation}",
        f"d={head.dep_}",
        f"tag={head.tag_}",
        f"h={lemma}",
        f"h={lemma} n={no}",
        f"h={lemma} k={relation}",
        f"h={lemma} s={who}",
        f"m={verb} h={lemma}",
        f"cue={cue}",
        f"cue={cue} k={relation}",
        f"first={words[0]}",
    ]
    if is_imperative(head):
        found.append("imperative")
    if clause.sentence[-1].text == "?" or (len(clause.sentence) > 1 and clause.sentence[-2].text == "?"):
        found.append("question")
    found += _marks(head, relation)
    if head.head != head:
        found += [f"up={stem(head.head.lower_)}", f"up={stem(head.head.lower_)} d={head.dep_}"]
    found += [f"len={low}" for low, high in _LENGTHS if low <= len(words) < high]
    found += [f"w={word}" for word in words] + [f"b={a} {b}" for a, b in pairwise(words)]
    found += [f"t={a} {b} {c}" for (a, b), (_, c) in pairwise(pairwise(words))]
    if no:
        found += [f"no {word}" for word in words]
    return list(dict.fromkeys(found + _lexical(clause.tokens, who)))


def _marks(head: Token, relation: str) -> list[str]:
    found = []
    for child in head.children:
        if child.dep_ in ("mark", "advmod") and child.i < head.i and child.lower_ in _MARKS:
            found += [f"mark={child.lower_}", f"mark={child.lower_} k={relation}"]
            break
    for child in head.children:
        if child.dep_ == "advcl":
            found += [
                f"under={mark.lower_}"
                for mark in child.children
                if mark.dep_ in ("mark", "advmod") and mark.lower_ in _WAITING
            ]
    return found


def _lexical(tokens: list[Token], own: str) -> list[str]:
    """What the lexicon says of single words of the clause, whatever construction they stand in."""
    found = set()
    lists = _lists()
    for token in tokens:
        for name in lists.get(token.lower_, ()):
            no = negated(token) if name[:2] in ("v:", "a:") else any(c.lower_ in ("no", "any") for c in token.children)
            found |= {f"lex={name}", f"lex={name} n={no}", f"lex={name} s={own}", f"lex={name} n={no} s={own}"}
    return sorted(found)


@functools.cache
def _lists() -> dict[str, tuple[str, ...]]:
    """For each form of a word the lists of the lexicon that it stands in."""
    found: dict[str, set[str]] = {}
    lists = lexicon.load("stances")
    for stance, expressions in lists["verbs"].items():
        for expression in expressions:
            for form in verb_forms(expression.split()[0]):
                found.setdefault(form, set()).add(f"v:{stance}" if " " not in expression else f"part:{stance}")
    for stance, words in lists["adjectives"].items():
        for word in words:
            found.setdefault(word, set()).add(f"a:{stance}")
    for stance, words in lists["nouns"].items():
        for word in words:
            found.setdefault(word, set()).add(f"n:{stance}")
    for stance, phrases in lists["predicates"].items():
        for phrase in phrases:
            if " " not in phrase:
                found.setdefault(phrase, set()).add(f"p:{stance}")
    for name in ("giving", "threats", "dropping", "refusing", "taking", "light"):
        for expression in lists[name]:
            if " " not in expression:
                for form in verb_forms(expression):
                    found.setdefault(form, set()).add(name)
    for word in lists["matters"]:
        found.setdefault(word, set()).add("matter")
    return {form: tuple(sorted(names)) for form, names in found.items()}


def _words(clause: Clause, holder: int, voices: Voices) -> list[str]:
    """The clause's words as stems, with mentions of actors and numbers by what they are."""
    block, tokens = clause.block, clause.tokens
    mentions = voices.cast.within(block.start + tokens[0].idx, block.start + tokens[-1].idx + len(tokens[-1]))
    marked: dict[int, str] = {}
    for mention in mentions:
        if mention.form == "pronoun":
            continue
        party = voices.party_of(mention.actor)
        word = "HOLDER" if party == holder else "PARTY" if party in voices.cast.parties else "ACTOR"
        for place in range(mention.start, mention.end):
            marked[place] = word
    words: list[str] = []
    for token in tokens:
        at = block.start + token.idx
        if at in marked:
            if not words or words[-1] != marked[at]:
                words.append(marked[at])
        elif token.like_num or token.text[0].isdigit():
            words.append("NUM")
        elif token.is_punct:
            continue
        elif token.text[0].isupper() and token.i and not token.is_sent_start and token.pos_ == "PROPN":
            if not words or words[-1] != "NAME":
                words.append("NAME")
        else:
            words.append(stem(token.lower_))
    return words or ["NONE"]


def _class_of_subject(clause: Clause, holder: int, voices: Voices) -> str:
    """What the subject is to the holder: the first person, itself, both sides, another party, a thing, a pronoun."""
    subject = clause.subject
    if subject is None:
        return "none"
    if subject.lower_ in FIRST:
        return "first"
    parties = voices.parties_at(subject, clause.block)
    if holder in parties:
        return "both" if len(parties) > 1 else "holder"
    if parties:
        return "party"
    return subject.lower_ if subject.lower_ in _PRONOUNS else "thing"


def _cue(statement: int | None, voices: Voices) -> str:
    if statement is None:
        return ""
    cue = voices.told.statements[statement].cue
    return stem(cue.split()[-1].lower()) if cue else "-"
