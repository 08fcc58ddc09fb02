"""Attribution without a listed cue: actors by what they do beside a clause, a colon or a piece of quotation.

The verbs of saying are an open class: whoever "crows", "floats" or "hastens to add" something says it. What tells these
from other acts is the shape around them: a person or body as subject, and a that-clause, a colon with words after it or
a fragment in quotation marks. Only verbs of knowing, wishing and bringing about are kept out, by a list.
"""

from __future__ import annotations

from dragoman.extract.attribution_nominal import Nominal
from dragoman.extract.attribution_speakers import FINITE, Draft
from dragoman.extract.offices import singular

_SETTING = frozenset(
    [
        "when",
        "asked",
        "as",
        "after",
        "while",
        "before",
        "if",
        "although",
        "though",
        "once",
        "in",
        "on",
        "since",
        "because",
    ]
)
_BE = frozenset(("is", "are", "was", "were", "be", "been", "'s", "’s", "remains", "remained"))
_ANAPHORS = frozenset(("this", "that", "it"))
_REASONS = frozenset(("for", "until", "because", "unless", "so", "as", "since", "if", "while", "pending"))
_CLAUSE_BREAK = frozenset((",", ";", ":", "—", "–"))


class Open(Nominal):
    """Finders that need no verb of the lexicon."""

    def open_verb(self, i: int) -> Draft | None:
        """An unlisted verb with an actor as subject and a that-clause: the mayor floated that …"""
        t = self.t
        if (
            t.tag[i] not in ("VBD", "VBZ", "VBP", "VBN")
            or t.low[i] in self.cues.unspoken
            or t.quoted[i] >= 0
            or any(t.dep[k] in ("neg", "auxpass") or t.low[k] in ("will", "could", "may", "might") for k in t.kids[i])
        ):
            return None
        that = self._says_that(i)
        between = not that and i >= 2 and i + 1 < t.n and t.low[i + 1] in (",", ".", "to", "over", "in", "on", "at")
        if not that and not between:
            return None
        subject = self.subject(i)
        if not self._actor(subject):
            return None
        draft = Draft(cue=[self._cue(i, [k for k in t.kids[i] if k < i and t.dep[k] == "aux"])], verb=i, frame="open")
        draft.source = self.source(subject, i)
        if that:
            return draft if self._clause(draft, i, False) else None
        first = self._cue_start(draft, i)
        a, b = t.stretches[t.stretch[i]]
        if first - a < 3 or first >= i or t.low[first - 1] != "," or t.quoted[first - 2] >= 0 or t.low[a] in _SETTING:
            return None
        above = t.kid(i, "ccomp")
        middle = t.low[i + 1] == "," and i + 3 < b and t.tag[i + 2] in (*FINITE, "VB", "RB")
        if not (a <= above < first - 1 or middle) or not self._parenthesis(draft, i, subject):
            return None
        return draft

    # -- states of mind that are told as opinions -----------------------------------------------------------------

    def state(self, i: int) -> Draft | None:
        """X is convinced that …; X has no doubt that …; X is of the opinion that …"""
        t, nouns = self.t, self.cues.nouns
        if t.quoted[i] >= 0 or i + 2 >= t.n or i < 2:
            return None
        adjective = t.low[i] in nouns["certain"]
        verb = i - 1
        while verb > 0 and t.pos[verb] in ("ADV", "DET", "ADP") and i - verb < 4:
            if t.low[verb] in ("not", "n't", "n’t"):
                return None
            verb -= 1
        if adjective and t.low[verb] not in _BE:
            return None
        if not adjective and t.low[verb] not in nouns["holding"]:
            return None
        clause = i + 1
        if t.low[clause] != "that":
            return None
        subject = self.subject(verb)
        if not self._actor(subject) or t.low[subject] in ("i", "we"):
            return None
        _, high = self._bounds(i)
        last = self._clause_end(i, clause + 1, high)
        if last <= clause:
            return None
        draft = Draft(cue=[(verb, i)], content=[(clause + 1, last)], verb=i, frame="state")
        draft.source = self.source(subject, verb)
        return draft

    def message(self, i: int) -> Draft | None:
        """Tovia's position is that …: a noun of saying, and what it says behind "is that"."""
        t = self.t
        be = i - 1
        if t.low[be] not in _BE or t.quoted[i] >= 0 or t.tag[i] not in ("IN", "WDT") or t.dep[i] != "mark":
            return None
        noun = t.kid(be, "nsubj")
        if noun < 0 or singular(t.low[noun]) not in self.cues.nouns["messages"]:
            return None
        owner = self._owner(noun, be)
        _, high = self._bounds(i)
        if not owner or i >= high:
            return None
        content = [(i + 1, self._clause_end(i, i + 1, high))]
        return Draft(cue=[(noun, be)], source=owner, content=content, verb=be, frame="message")

    def _clause_end(self, i: int, first: int, high: int) -> int:
        """Where a clause from `first` ends that is read by its place, not by its parse."""
        t = self.t
        verbs = [k for k in range(first, high + 1) if t.tag[k] in FINITE and t.quoted[k] == t.quoted[i]]
        if not verbs:
            return high
        return self._without_tail(i, verbs[0], first, high)

    def opinion_beside(self, i: int) -> Draft | None:
        """«…», is convinced the deputy: a state after a quotation, its holder behind it."""
        t = self.t
        if t.low[i] not in _BE or not self._beside_quote(i) or i + 2 >= t.n:
            return None
        if t.low[i + 1] not in self.cues.nouns["certain"]:
            return None
        head = self._nominal_after(i + 2)
        k = i - 1
        while k >= 0 and t.quoted[k] < 0:
            k -= 1
        if head < 0 or k < 0 or t.quoted[k] in self.taken:
            return None
        draft = Draft(cue=[(i, i + 1)], verb=i, frame="quotation", quotes=[t.quoted[k]])
        draft.source = self.source(head, i + 1)
        return draft

    # -- colons ---------------------------------------------------------------------------------------------------

    def colon_clause(self, c: int, drafts: list[Draft]) -> Draft | None:
        """Words outside marks after a colon that a cue leads up to: X confirmed what all feared: …; her advice: …"""
        t = self.t
        a, b = t.stretches[t.stretch[c]]
        if t.quoted[c] >= 0 or c - a < 2 or c + 3 >= b or t.quoted[c + 1] >= 0:
            return None
        before = [d for d in drafts if any(a <= p < c for p, _ in d.cue)]
        for d in before:
            if d.content and d.content[0][1] == c - 1 and t.low[d.content[0][0]] == "what":
                d.content = [(c + 1, b - 1)]
                return None
        if any(last > c for d in drafts for _, last in d.content if last < b) or any(
            a <= t.spans[q][0] < b for d in drafts for q in d.quotes
        ):
            return None
        draft = Draft(cue=[(c, c)], content=[(c + 1, b - 1)], frame="colon")
        finite = [k for k in range(a, c) if t.tag[k] in FINITE and t.quoted[k] < 0]
        for k in range(a + 1, c):
            if t.low[k] in ("as", "per", "according") and t.low[k - 1] == ",":
                to = k + 1 + (t.low[k] == "according")
                head = self._nominal_after(to)
                if head >= 0 and (self._actor(head) or t.pos[head] == "PROPN"):
                    draft.source, draft.cue = self.source(head, -1), [(k, to - 1)]
                    first, last = draft.source[0]
                    draft.source[0] = (first, min(last, c - 1))
                    return draft
        if len(finite) == 1 and t.low[finite[0]] not in _BE and not before:
            # the minister read out a paper for an hour: his country would …
            subject = self.subject(finite[0])
            given, lemma = self._object(finite[0]), self.cues.lemma.get(t.low[finite[0]], "")
            told = self.cues.verbs["judging"] | self.cues.verbs["denying"] | self.cues.verbs["quote"]
            given_self = given >= 0 and t.low[given] in ("himself", "herself", "themselves", "itself")
            said = (given >= 0 and self._messages(given)) or lemma in told
            said = said or (given_self and t.low[finite[0]] in ("expressed", "expresses"))
            if said and self._actor(subject) and any(t.tag[k] in FINITE for k in range(c + 1, b)):
                draft.source, draft.cue = self.source(subject, finite[0]), [(finite[0], finite[0])]
                return draft
        if len(finite) > 1 or before:
            return None
        for k in range(a, finite[0] if finite else c):
            if singular(t.low[k]) in self.cues.nouns["messages"] and t.pos[k] == "NOUN" and t.block.doc[k].is_lower:
                if finite and t.low[finite[0]] not in _BE and t.dep[k] != "nsubj":
                    return None
                draft.source = self._owner(k, c)
                after = t.low[draft.source[0][1] + 1] if draft.source else ""
                if draft.source and (
                    t.tag[draft.source[0][1]] == "PRP$" or after in ("'s", "’s", "'", "’") or draft.source[0][0] > k
                ):
                    draft.cue = [(k, k)]
                    return draft
                return None
        return None

    def _messages(self, noun: int) -> bool:
        """Whether a noun, or one that it leads to, is something said or written."""
        nouns, word = self.cues.nouns, singular(self.t.low[noun])
        return word in nouns["messages"] or word in nouns["documents"] or word in self.cues.noun_forms

    def _nominal_after(self, k: int) -> int:
        """The head of the noun phrase that begins at k, or -1."""
        t = self.t
        while k + 1 < t.n and (t.pos[k] in ("DET", "ADJ", "NUM", "ADV") or t.tag[k] in ("VBN", "PRP$")):
            k += 1
        if k >= t.n or t.pos[k] not in ("PROPN", "NOUN", "PRON"):
            return -1
        while k + 1 < t.n and t.pos[k + 1] in ("PROPN", "NOUN") and t.low[k + 1] not in _CLAUSE_BREAK:
            k += 1
            if t.pos[k] == "PROPN" and t.pos[k - 1] == "NOUN":
                break
        while k + 2 < t.n and t.low[k + 1] == "-" and t.stop[k] == t.idx[k + 1] and t.stop[k + 1] == t.idx[k + 2]:
            k += 2  # Bell-Dorn
        return k

    # -- what was told before -------------------------------------------------------------------------------------

    def anaphor(self, i: int) -> Draft | None:
        """This was announced by X; about this reported X: what is said stands in the sentence before."""
        t, cues = self.t, self.cues
        a, b = t.stretches[t.stretch[i]]
        if t.quoted[i] >= 0 or t.stretch[i] == 0 or i - a > 4 or cues.lemma.get(t.low[i]) not in cues.relaying:
            return None
        before = t.stretches[t.stretch[i] - 1]
        if before[1] - before[0] < 4 or any(t.quoted[k] >= 0 for k in (before[0], before[1] - 1)):
            return None
        head = -1
        passive = t.tag[i] == "VBN" and t.low[a] in _ANAPHORS and t.low[a + 1] in _BE | {"has"}
        about = t.low[a] in ("about", "of") and t.low[a + 1] in _ANAPHORS and i == a + 2
        if passive:
            by = next((k for k in range(i + 1, min(i + 3, b)) if t.low[k] in ("by", "in", "at")), -1)
            if by < 0 or any(t.low[k] == "that" for k in range(i + 1, min(i + 12, b))):
                return None
            head = self._nominal_after(by + 1)
        elif about:
            head = self._nominal_after(i + 1)
        if head < 0 or not self._actor(head):
            return None
        draft = Draft(cue=[(i, i)], verb=i, frame="anaphor")
        draft.source = self.source(head, i)
        draft.content = [(before[0], before[1] - 1)]
        return draft

    # -- pieces of quotation --------------------------------------------------------------------------------------

    def fragment(self, q: int, drafts: list[Draft]) -> Draft | None:
        """Quoted words inside somebody's act: the firm greeted the ruling with “deep relief”."""
        t = self.t
        start, end = t.spans[q]
        last = t.last_inner(q)
        reason = t.low[start + 1] in _REASONS if start + 1 < end else False
        if last - start < 3 or not t.quotes[q][1].closed or self._sentential(q):
            return None
        words = [t.block.doc[k] for k in range(start + 1, last + 1) if t.low[k][:1].isalpha()]
        if not words or not words[0].text[:1].islower() or sum(w.text[:1].isupper() for w in words) * 2 > len(words):
            return None  # a name or a title
        if any(first <= start <= stop for d in drafts for first, stop in d.content):
            return None
        a, _b = t.stretches[t.stretch[start]]
        verb = self._governor(q, a)
        if verb < 0 or (verb > start and t.low[end - 1] != ",") or (t.low[verb] in self.cues.acts and not reason):
            return None
        if any(verb in range(p, s + 1) for d in drafts for p, s in d.cue):
            return None
        negated = any(t.dep[k] == "neg" for k in t.kids[verb])
        modal = any(t.low[k] in ("will", "would", "could", "may", "might", "can") for k in t.kids[verb])
        if negated != modal:
            return None  # would not exclude “…” is said; did not exclude and would exclude are not
        passive = t.kid(verb, "auxpass") >= 0
        subject = self.subject(verb, passive)
        owner = self._owner(subject, verb) if subject >= 0 and t.pos[verb] == "AUX" and self._messages(subject) else []
        if not owner and (not self._actor(subject) or t.pos[verb] == "AUX"):
            return None
        draft = Draft(cue=[(verb, verb)], verb=verb, frame="fragment")
        draft.source = owner or self.source(subject, verb)
        noun = self._object(verb)
        first = t.left(noun) if verb < noun < start and t.left(noun) > verb else start
        plain = reason or t.low[start - 1] in ("with", "by", "for", "in")
        if passive or plain or start - first > 12:
            draft.quotes = [q]
        else:
            draft.content = [(first, end - 1)]
            self.taken.add(q)
        return draft

    def _governor(self, q: int, a: int) -> int:
        """The finite verb on which a quotation hangs, or -1."""
        t = self.t
        start, end = t.spans[q]
        heads = [k for k in range(start, end) if not start <= t.head[k] < end]
        if not heads:
            return -1
        k, seen = heads[0], 0
        while seen < 12:
            up = t.head[k]
            infinitive = t.dep[k] == "advcl" and t.low[start - 1] == "to"
            if up == k or up < a or (t.dep[k] in ("relcl", "nsubj", "nsubjpass", "advcl") and not infinitive):
                return -1
            k, seen = up, seen + 1
            if t.pos[k] in ("VERB", "AUX"):
                finite = (t.tag[k] in ("VBD", "VBZ", "VBP") or (t.tag[k] == "VBG" and t.dep[k] == "advcl")) or any(
                    t.dep[m] in ("aux", "auxpass") and t.low[m] != "to" for m in t.kids[k]
                )
                return k if finite and (t.pos[k] == "VERB" or t.low[k] in _BE) else -1
        return -1
