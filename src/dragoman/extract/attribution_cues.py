"""Cue words, ready for look-up by form: what `lexicon/cues.yaml` holds, inflected."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from dragoman.extract import lexicon

_NAME = "cues"


def inflect(verb: str, irregular: dict[str, list[str]], doubling: frozenset[str]) -> list[str]:
    """The forms of an English verb, the plain one first."""
    if verb in irregular:
        return [verb, *irregular[verb]]
    if verb in doubling:
        stem = verb + verb[-1]
        return [verb, verb + "s", stem + "ed", stem + "ing"]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", (verb[:-1] if not verb.endswith("ee") else verb) + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith(("al", "el", "il")) and verb[-3] not in "aeiou":
        return [verb, verb + "s", verb + "ed", verb + "ing", verb + "led", verb + "ling"]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return [verb, verb + "es", verb + "ed", verb + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


@dataclass(slots=True)
class Cues:
    """The lexicon as the finder uses it: sets of plain forms by frame, and the form → plain form table."""

    lemma: dict[str, str]
    verbs: dict[str, frozenset[str]]
    phrasal: dict[str, dict[str, str]]
    prepositional: dict[str, dict[str, str]]
    thought_prepositional: dict[str, list[str]]
    judging_plain: dict[str, str]
    nouns: dict[str, frozenset[str]]
    measures: dict[str, frozenset[str]]
    speaking: frozenset[str]
    relaying: frozenset[str]
    unspoken: frozenset[str]
    acts: frozenset[str]
    noun_forms: dict[str, str] = field(default_factory=dict)


_VERBS = (
    "clause", "clause_unsure", "quote", "infinitive", "addressed", "passive_infinitive", "noun", "noun_any", "judging",
    "answering", "listing",
    "thought_clause", "thought_infinitive", "thought_addressed", "thought_passive", "thought_noun",
    "trailing", "deeming", "litotes", "figures", "denying", "opinion",
)  # fmt: skip
_NOUNS = (
    "noun_objects", "nominal", "documents", "estimates", "thought_nominal", "going_on", "calling", "speakers", "told",
    "rules", "views", "telling", "certain", "holding", "holding_nouns", "messages", "people", "denied",
)  # fmt: skip


@functools.cache
def cues() -> Cues:
    """The cue lexicon, loaded once."""
    data = lexicon.load(_NAME)
    verbs = {key: frozenset(data[key].split()) for key in _VERBS}
    nouns = {key: frozenset(data[key].split()) for key in _NOUNS}
    irregular, doubling = data["irregular"], frozenset(data["doubling"].split())
    every = set().union(*verbs.values(), data["phrasal"], data["prepositional"], data["judging_plain"])
    every |= set(data["thought_prepositional"])
    lemma: dict[str, str] = {}
    for verb in sorted(every):
        for form in inflect(verb, irregular, doubling):
            lemma.setdefault(form, verb)
    for verb in every:  # a plain form is always its own
        lemma[verb] = verb
    unspoken = frozenset(form for verb in data["unspoken"].split() for form in inflect(verb, irregular, doubling))
    noun_forms: dict[str, str] = {}
    for noun in nouns["nominal"] | nouns["thought_nominal"]:
        noun_forms[noun] = noun
        plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"
        noun_forms[plural] = noun
    return Cues(
        lemma=lemma,
        verbs=verbs,
        phrasal=data["phrasal"],
        prepositional=data["prepositional"],
        thought_prepositional=data["thought_prepositional"],
        judging_plain=data["judging_plain"],
        nouns=nouns,
        measures={key: frozenset(value) for key, value in data["measures"].items()},
        speaking=verbs["clause"] | verbs["quote"],
        relaying=frozenset(data["relaying"].split()),
        acts=unspoken,
        unspoken=unspoken | {form for form, verb in lemma.items() if verb in verbs["thought_clause"] - verbs["clause"]},
        noun_forms=noun_forms,
    )
