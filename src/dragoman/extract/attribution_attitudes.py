"""Attitudes: who backs, blames, sees, shows or wants what, though no words of his are told.

Corpora of attribution (PARC, PolNeAR) mark these beside speech; the record of a negotiation does not. They are read
from the parse alone: a verb, adjective or noun of `lexicon/attitudes.yaml` and what depends on it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dragoman.extract import lexicon
from dragoman.extract.attribution_open import Open
from dragoman.extract.attribution_speakers import FINITE, RELATIVE, Draft, Range
from dragoman.extract.inflection import verb_forms
from dragoman.extract.offices import singular

_ANY = frozenset(("about", "prepositional about"))
"""What any word opens: who speaks, worries or is clear about a thing holds something of it."""
_HAVE = frozenset(("has", "have", "had", "having"))
_WHETHER = frozenset(("if", "whether", "why", "how", "what", "when", "who", "where", "which"))


@dataclass(slots=True)
class _Words:
    """The lexicon by form: which frames each verb, adjective and noun opens."""

    verbs: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]


_PLAIN = ("object", "infinitive", "gerund", "clause", "passive", "passive_alone", "seeming", "asked", "moving",
          "object_infinitive")  # fmt: skip
_KEYED = ("object_with", "prepositional", "participle")


@functools.cache
def _words() -> _Words:
    data = lexicon.load("attitudes")
    verbs: dict[str, set[str]] = {}
    for key in _PLAIN:
        for verb in data[key].split():
            verbs.setdefault(verb, set()).add(key)
    for key in _KEYED:
        for prep, listed in data[key].items():
            for verb in listed.split():
                verbs.setdefault(verb, set()).add(f"{key} {prep}")
    forms: dict[str, frozenset[str]] = {}
    for verb, frames in sorted(verbs.items()):
        for form in verb_forms(verb):
            forms[form] = forms.get(form, frozenset()) | frames
    adjectives: dict[str, set[str]] = {}
    nouns: dict[str, set[str]] = {}
    for table, name in ((adjectives, "adjectives"), (nouns, "nouns")):
        for frame, listed in data[name].items():
            for word in listed.split():
                table.setdefault(word, set()).add(frame)
    return _Words(
        forms,
        {word: frozenset(frames) for word, frames in adjectives.items()},
        {word: frozenset(frames) for word, frames in nouns.items()},
    )


@functools.cache
def attitude_words() -> frozenset[str]:
    """Every form of a word on which an attitude can hang, for a scan of the plain text (see cascade.py)."""
    words = _words()
    plural = {n[:-1] + "ies" if n.endswith("y") and n[-2:-1] not in "aeiou" else n + "s" for n in words.nouns}
    return frozenset({*words.verbs, *words.adjectives, *words.nouns, *plural})


class Attitudes(Open):
    """Finders of what is held without being said."""

    def attitude(self, i: int) -> Draft | None:
        """The attitude that the word at i tells of, or None."""
        t, words = self.t, _words()
        if t.quoted[i] >= 0:
            return None
        if t.pos[i] == "VERB":
            return self._held_by_verb(i, words.verbs.get(t.low[i], _ANY) | _ANY)
        if t.pos[i] == "ADJ":
            return self._held_by_adjective(i, words.adjectives.get(t.low[i], _ANY) | _ANY)
        if t.pos[i] == "NOUN":
            return self._held_by_noun(i, words.nouns.get(singular(t.low[i]), _ANY) | _ANY)
        return None

    def _plain(self, i: int) -> bool:
        """Whether a word is no part of a name or of a headline in capitals."""
        t = self.t
        return t.block.doc[i].is_lower or i == t.stretches[t.stretch[i]][0]

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _held_by_verb(self, i: int, frames: frozenset[str]) -> Draft | None:
        t = self.t
        mark = t.kid(i, "mark")
        finite = t.tag[i] in ("VBD", "VBZ")
        if (t.dep[i] in ("amod", "compound", "nmod", "csubj") and not finite) or not self._plain(i):
            return None
        if (mark >= 0 and t.low[mark] in ("if", "that")) or any(t.low[k] in ("can", "ca") for k in t.kids[i]):
            return None  # only supposed, or possible
        passive = t.kid(i, "auxpass") >= 0
        if passive:
            return self._passive(i, frames)
        if t.tag[i] == "VBN" and t.kid(i, "aux") < 0:
            return self._participle(i, frames)
        draft = Draft(cue=[(i, i)], verb=i, thought=True, frame="attitude")
        draft.source = self.source(self.subject(i), i)
        noun = -1
        _, high = self._bounds(i)
        for k in t.kids[i]:
            if k < i or (t.quoted[k] >= 0 and t.dep[k] != "dobj"):
                continue
            dep = t.dep[k]
            if dep in ("ccomp", "xcomp"):
                to = self._to(k)
                if to >= 0:
                    who = t.kid(k, "nsubj")
                    if "object_infinitive" in frames and i < who < to:
                        return self._with(draft, (max(t.left(who), i + 1), min(t.right(k), high)), "attitude obj inf")
                    if "infinitive" in frames and not any(t.pos[m] in ("NOUN", "PROPN") for m in range(i + 1, to)):
                        return self._with(draft, (to, min(t.right(k), high)), "attitude inf")
                elif t.tag[k] == "VBG" and dep == "xcomp":
                    if "gerund" in frames:
                        return self._with(draft, (max(t.left(k), i + 1), min(t.right(k), high)), "attitude ing")
                elif ("clause" in frames or self._told(i, k)) and self._clause(draft, i, False):
                    draft.frame = "attitude clause"
                    return draft
            elif dep == "dobj" and noun < 0:
                noun = k
            elif dep in ("prep", "prt") and noun < 0 and f"prepositional {t.low[k]}" in frames:
                below = t.kid(k, "pobj", "pcomp")
                if below > k:
                    draft.cue.append((k, k))
                    return self._with(draft, (k + 1, min(t.right(k), high)), "attitude prep " + t.low[k])
            elif dep in ("acomp", "oprd") and "seeming" in frames:
                return self._seeming(draft, i, k)
        if noun < 0:
            return self._gap(draft, i) if "object" in frames else None
        if t.low[noun] in ("it", "that", "what"):
            return None
        oneself = t.low[noun] in ("themselves", "himself", "herself", "itself")
        first, last = max(t.left(noun), i + 1), min(t.right(noun), high)
        if "moving" in frames:
            subject = t.kid(i, "nsubj")
            if subject < 0 or t.low[subject] in RELATIVE or t.pos[subject] == "PRON":
                return None
            draft.source = [t.noun_phrase(noun, i + 1, high)[0]]
            return self._with(draft, t.noun_phrase(subject, 0, i - 1)[0], "attitude moving")
        for k in t.kids[i]:
            inner = t.dep[k] in ("xcomp", "ccomp") and self._to(k) > i
            if inner and "object_infinitive" in frames:
                return self._with(draft, (first, min(t.right(k), high)), "attitude obj inf")
        for k in t.kids[i]:
            if k > noun and t.dep[k] == "prep" and f"object_with {t.low[k]}" in frames:
                return self._with(draft, (first, min(t.right(k), high)), "attitude obj " + t.low[k])
        told = t.dep[i] != "acl" or self._actor(t.head[i]) or singular(t.low[t.head[i]]) in self.cues.nouns["documents"]
        if "object" in frames and not oneself and draft.source and told:
            return self._with(draft, (first, last), "attitude obj")
        return None

    def _told(self, i: int, clause: int) -> bool:
        """Whether a verb tells what an actor holds: any with a finite clause, but those of making and helping."""
        t = self.t
        finite = t.tag[clause] in FINITE or any(t.tag[k] in FINITE for k in t.kids[clause])
        return finite and t.low[i] not in self.cues.acts and t.low[i] not in _HAVE and self._actor(self.subject(i))

    def _seeming(self, draft: Draft, i: int, k: int) -> Draft | None:
        """The deal looks dead: nobody's judgement of its subject."""
        t = self.t
        subject = t.kid(i, "nsubj")
        if subject < 0:
            return None
        draft.source = []
        _, high = self._bounds(i)
        draft.content = [t.noun_phrase(subject, 0, i - 1)[0], (max(t.left(k), i + 1), min(t.right(k), high))]
        draft.frame = "attitude seeming"
        return draft

    def _gap(self, draft: Draft, i: int) -> Draft | None:
        """A verb whose object stands before it: the toll that he opposes; which she backed; what they fear."""
        t = self.t
        if not draft.source:
            return None
        asked = next((k for k in t.kids[i] if k < i and t.dep[k] == "dobj" and t.tag[k] in ("WDT", "WP")), -1)
        if asked >= 0:
            return self._with(draft, (asked, asked), "attitude gap")
        if t.dep[i] != "relcl" or t.head[i] > i or t.kid(i, "nsubj") < 0 or t.low[t.kid(i, "nsubj")] in RELATIVE:
            return None
        if any(k > i and t.dep[k] in ("ccomp", "xcomp", "prep") for k in t.kids[i]):
            return None
        plain, _ = t.noun_phrase(t.head[i], 0, i - 1)
        return self._with(draft, plain, "attitude gap")

    def _passive(self, i: int, frames: frozenset[str]) -> Draft | None:
        t = self.t
        subject, agent = t.kid(i, "nsubjpass"), t.kid(i, "agent")
        draft = Draft(cue=[(i, i)], verb=i, thought=True, frame="attitude passive")
        _, high = self._bounds(i)
        for k in t.kids[i]:
            clause = t.dep[k] in ("ccomp", "advcl") and t.low[t.left(k)] in _WHETHER
            if k > i and clause and "asked" in frames and t.left(k) > i:
                return self._with(draft, (t.left(k), min(t.right(k), high)), "attitude asked")
            if k > i and t.dep[k] == "prep" and t.low[k] == "about" and "participle about" in frames:
                draft.cue.append((k, k))
                return self._with(draft, (k + 1, min(t.right(k), high)), "attitude asked")
        if subject < 0:
            return None
        by = t.kid(agent, "pobj") if agent >= 0 else -1
        if by >= 0 and "passive" in frames:
            draft.cue.append((agent, agent))
            draft.source = self.source(by, i)
        elif "passive_alone" not in frames:
            return None
        content = [(t.left(subject), t.right(subject))]
        for k in t.kids[i]:
            if k > i and t.dep[k] == "prep" and f"participle {t.low[k]}" in frames and t.kid(k, "pobj", "pcomp") > k:
                content.append((k, min(t.right(k), high)))
        draft.content = content
        return draft

    def _participle(self, i: int, frames: frozenset[str]) -> Draft | None:
        t = self.t
        _, high = self._bounds(i)
        for k in t.kids[i]:
            clause = t.dep[k] in ("ccomp", "advcl") and t.low[t.left(k)] in _WHETHER
            if k > i and clause and "asked" in frames and t.left(k) > i:
                return self._with(
                    Draft(cue=[(i, i)], verb=i, thought=True), (t.left(k), min(t.right(k), high)), "attitude asked"
                )
            if k > i and t.dep[k] == "prep" and f"participle {t.low[k]}" in frames:
                draft = Draft(cue=[(i, i), (k, k)], verb=i, thought=True)
                return self._with(draft, (k + 1, min(t.right(k), high)), "attitude part " + t.low[k])
        agent = t.kid(i, "agent")
        by = t.kid(agent, "pobj") if agent >= 0 else -1
        if by < 0 or "passive" not in frames or t.dep[i] != "acl" or t.head[i] > i:
            return None
        draft = Draft(cue=[(i, i), (agent, agent)], source=self.source(by, i), verb=i, thought=True)
        return self._with(draft, t.noun_phrase(t.head[i], 0, i - 1)[0], "attitude part by")

    # -- adjectives and nouns -------------------------------------------------------------------------------------

    def _held_by_adjective(self, i: int, frames: frozenset[str]) -> Draft | None:
        t = self.t
        be = t.head[i]
        draft = Draft(cue=[(i, i)], verb=i, thought=True)
        _, high = self._bounds(i)
        if t.dep[i] in ("acomp", "oprd", "attr") and t.pos[be] in ("VERB", "AUX"):
            draft.source = self.source(self.subject(be), be)
            draft.cue = [(be, i)] if i - be <= 3 and t.low[be] != "," else [(i, i)]
        elif t.dep[i] == "amod" and t.head[i] < i:
            draft.source = [t.noun_phrase(t.head[i], 0, i - 1)[0]]
        elif t.dep[i] not in ("advcl", "conj", "ROOT"):
            return None
        for k in t.kids[i]:
            if k < i or t.quoted[k] >= 0:
                continue
            if t.dep[k] == "xcomp" and "infinitive" in frames and self._to(k) >= 0:
                return self._with(draft, (self._to(k), min(t.right(k), high)), "attitude adj inf")
            if t.dep[k] == "ccomp" and "clause" in frames:
                return self._with(draft, (max(t.left(k), i + 1), min(t.right(k), high)), "attitude adj clause")
            if t.dep[k] == "prep" and t.low[k] in frames and t.kid(k, "pobj", "pcomp") > k:
                draft.cue.append((k, k))
                return self._with(draft, (k + 1, min(t.right(k), high)), "attitude adj " + t.low[k])
        return None

    def _held_by_noun(self, i: int, frames: frozenset[str]) -> Draft | None:
        t = self.t
        _, high = self._bounds(i)
        for k in t.kids[i]:
            if k < i or t.quoted[k] >= 0:
                continue
            if t.dep[k] in ("acl", "relcl", "ccomp"):
                if "infinitive" in frames and self._to(k) >= 0:
                    return self._with(self._of_noun(i), (self._to(k), min(t.right(k), high)), "attitude noun inf")
                if "clause" in frames and t.low[t.left(k)] == "that" and t.left(k) > i:
                    return self._with(self._of_noun(i), (t.left(k), min(t.right(k), high)), "attitude noun that")
            elif t.dep[k] == "prep" and t.low[k] in frames and t.kid(k, "pobj", "pcomp") > k:
                draft = self._of_noun(i)
                draft.cue.append((k, k))
                return self._with(draft, (k + 1, min(t.right(k), high)), "attitude noun " + t.low[k])
        return None

    def _of_noun(self, i: int) -> Draft:
        """A draft whose cue is a noun, with whose it is: by a possessive, as subject of its verb, or as what it is."""
        t = self.t
        source = self._owner(i, i)
        above = t.head[i]
        verb = t.head[above] if t.dep[i] == "pobj" else above
        if source:
            pass
        elif t.dep[i] == "appos" and above < i:
            source = [t.noun_phrase(above, 0, i - 1)[0]]  # Ann Bell, a supporter of …
        elif (t.dep[i] == "dobj" and t.pos[verb] == "VERB") or (t.dep[i] == "attr" and t.pos[verb] == "AUX"):
            source = self.source(self.subject(verb), verb)
        elif t.dep[i] == "pobj" and t.pos[verb] in ("VERB", "AUX") and verb < i:
            subject = self.subject(verb)
            source = self.source(subject, verb) if self._actor(subject) else []
        return Draft(cue=[(i, i)], source=source, thought=True)

    def _with(self, draft: Draft, content: Range, frame: str) -> Draft | None:
        first, last = content
        if first > last:
            return None
        q = self.t.quoted[last]
        if q >= 0:
            last = max(last, self.t.spans[q][1] - 1)
        draft.content, draft.frame = [(first, last)], frame
        return draft
