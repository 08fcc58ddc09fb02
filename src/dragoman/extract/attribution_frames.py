"""What one paragraph says somebody said: a cue verb or noun, and around it the frame that makes it a statement.

Each finder takes a cue token and gives a `Draft` in tokens, or None. The classes build on each other: who speaks
(`attribution_speakers`), quotations and parentheses (`attribution_quoted`), what depends on the verb
(`attribution_clauses`), what needs no verb (`attribution_nominal`); here it is decided which frames a cue is tried on.
"""

from __future__ import annotations

from dragoman.extract.attribution_asides import Asides
from dragoman.extract.attribution_speakers import Draft

_FIRST_SECOND = frozenset(("i", "we", "you", "me", "us"))
_ASIDES = frozenset(("believe", "believes", "trust", "trusts", "believed", "mail", "mails", "mailed"))
_WHETHER = frozenset(("whether", "if", "about", "by", "why", "what", "how", "when", "who", "where", "for"))
_UNSAID = frozenset(("could", "may", "might", "should", "must", "ca", "cannot"))


class Frames(Asides):
    """The finders over one paragraph, tried in order."""

    def find(self) -> list[Draft]:
        """Every draft of the paragraph in the order of its cues."""
        t, cues = self.t, self.cues
        drafts: list[Draft] = []
        for i in range(t.n):
            word = t.low[i]
            draft: Draft | None = None
            lemma = cues.lemma.get(word)
            if i > 1 and word in _ASIDES:
                draft = self.believed(i) or self.e_mailed(i)
            if draft is not None:
                pass
            elif lemma is not None and (t.pos[i] in ("VERB", "AUX") or self._beside_quote(i) or self._lost_verb(i)):
                draft = self.verb(i, lemma)
            elif word == "according":
                draft = self.according(i)
            elif word in cues.noun_forms and t.pos[i] == "NOUN":
                draft = self.nominal(i, cues.noun_forms[word])
            elif word in cues.measures and t.pos[i] == "ADP":
                draft = self.measure(i)
            elif t.tag[i] in ("VBD", "VBZ") and self._beside_quote(i):
                draft = self.opinion_beside(i) or self.verb(i, "")
            elif t.pos[i] == "VERB":
                draft = self.open_verb(i)
            if draft is None:
                draft = self._besides(i)
            if draft is None and self.thoughts:
                draft = self.attitude(i)
            if draft is not None and (draft.content or draft.quotes):
                drafts.append(draft)
                self.taken.update(draft.quotes)
        for q in range(len(t.spans)):
            if q not in self.taken:
                draft = self.so_quoted(q) or self.topic(q, drafts) or self.colon(q)
                start = t.spans[q][0]
                led = next((d for d in drafts if d.content and d.content[-1][1] == start - 2 and d.verb >= 0), None)
                led = led if t.low[start - 1] == ":" else None
                if draft is not None and led is not None and not led.quotes:
                    led.quotes.append(q)  # rejected the claim: “…”
                    self.taken.add(q)
                elif draft is not None:
                    drafts.append(draft)
                    self.taken.add(q)
        for i in range(t.n):
            if t.low[i] == ":":
                draft = self.colon_clause(i, drafts)
                if draft is not None:
                    drafts.append(draft)
        for q in range(len(t.spans)):
            if q not in self.taken:
                draft = self.fragment(q, drafts)
                if draft is not None:
                    drafts.append(draft)
                    self.taken.update(draft.quotes)
        return drafts

    def _besides(self, i: int) -> Draft | None:
        """What a word may attribute besides being a cue verb or noun."""
        word, nouns = self.t.low[i], self.cues.nouns
        if word == "that" and i > 2:
            return self.message(i)
        if (word in nouns["certain"] or word in nouns["holding_nouns"]) and i + 1 < self.t.n:
            return self.state(i)
        return self.anaphor(i) if self.cues.lemma.get(word) in self.cues.relaying else None

    def verb(self, i: int, lemma: str) -> Draft | None:
        """The attribution by the verb at i, if there is one."""
        t, verbs = self.t, self.cues.verbs
        frame = ""
        if lemma in self.cues.phrasal:
            for k in range(i + 1, min(i + 4, t.n)):
                found = self.cues.phrasal[lemma].get(t.low[k])
                if found:
                    frame = found
                    break
        speaks = frame in ("clause", "clause_unsure") or lemma in verbs["clause"]
        unsure = frame == "clause_unsure" or lemma in verbs["clause_unsure"]
        listed = speaks or frame == "quote" or lemma in verbs["quote"]
        thinks = self.thoughts and lemma in verbs["thought_clause"]
        inside = t.quoted[i] >= 0
        kids = [k for k in t.kids[i] if t.quoted[k] == t.quoted[i]]
        auxiliaries = [k for k in kids if k < i and t.dep[k] in ("aux", "auxpass", "neg")]
        negated = any(t.dep[k] == "neg" or t.low[k] == "never" for k in kids)
        passive = any(t.dep[k] == "auxpass" for k in kids) or any(t.dep[k] == "nsubjpass" for k in kids)
        if i > 0 and t.low[i - 1] == "nor":
            return None
        if t.low[i] == "asked" and t.dep[i] in ("acl", "advcl") and t.kid(i, "nsubj") < 0:
            return None  # the mayor, asked about it, shrugged
        if t.low[i] == "asked" and i > 0 and t.low[i - 1] == "," and self._asked_aside(i):
            return None
        infinitive = any(t.low[k] == "to" for k in auxiliaries)
        if any(t.low[k] in ("will", "wo", "’ll", "'ll") for k in auxiliaries) and not self.thoughts:
            return None  # nothing is said yet
        modal = any(t.low[k] in _UNSAID for k in auxiliaries)
        own = any(t.dep[k] == "nsubj" and k < i for k in kids)
        if t.tag[i] == "VB" and not auxiliaries and t.dep[i] != "conj" and not own and not self._beside_quote(i):
            return None  # an imperative
        if (
            infinitive
            and t.low[t.head[i]] not in self.cues.nouns["going_on"]
            and not (lemma == "ask" or t.low[t.head[i]] in self.cues.nouns["calling"])
        ):
            return None
        reported = i > 0 and t.low[i - 1] == "as" and t.kid(i, "agent", "dobj") >= 0  # as reported by X
        passive = passive or (reported and t.kid(i, "agent") >= 0)
        set_off = t.dep[i] == "acl" and i + 1 < t.n and t.low[i - 1] == "," and t.low[i + 1] != "by"
        if (
            t.tag[i] == "VBN"
            and not auxiliaries
            and t.dep[i] in ("acl", "advcl", "amod", "relcl")
            and not (set_off or reported or self._beside_quote(i) or self._bare(i))
        ):
            return None
        if (t.dep[i] in ("csubj", "amod", "compound", "nmod") and not self._beside_quote(i)) or (
            lemma not in verbs["judging"] and any(t.low[k] == "what" and k < i for k in kids)
        ):
            return None
        subject = self.subject(i, passive)
        if (
            subject >= 0
            and t.low[subject] in _FIRST_SECOND
            and (inside or (not self.thoughts and (t.low[subject] in ("i", "we") or t.low[subject - 1] == "let")))
        ):
            return None  # the author of the page is nobody's source
        if subject >= 0 and not self.thoughts and self._nobody(subject):
            return None
        if not self.thoughts and (
            self._hears(i, lemma, passive) or (t.tag[i] == "VBG" and self._addressed(subject, i))
        ):
            return None
        draft = Draft(cue=[self._cue(i, auxiliaries)], verb=i)
        draft.source = self.source(subject, i)
        if frame == "clause" and lemma == "let" and not inside and subject >= 0 and self._let_know(draft, i):
            draft.frame = "clause"
            return draft
        if subject >= 0 and t.pos[subject] == "NOUN" and t.low[subject] in self.cues.nouns["messages"] and subject > i:
            draft.source = self._owner(subject, t.n) or draft.source  # “…,” comes the answer from the palace
        if speaks and not inside and not negated and not modal and subject >= 0 and self._bracketed(draft, i):
            draft.frame = "clause"
            return draft
        if not inside and not (negated and lemma):
            if self._by_quotation(draft, i, subject, known=listed):
                draft.frame = "quotation"
                relayed = self._object(i)
                if (
                    i < relayed
                    and t.low[i + 1 : i + 2] != ["as"]
                    and t.low[relayed + 1 : relayed + 3] == ["as", "saying"]
                ):
                    draft.source = self.source(relayed, i)  # “…,” the paper quoted her as saying
                return draft
            printed = subject >= 0 and t.low[subject] in self.cues.nouns["documents"]
            snaps = lemma in verbs["quote"] and not passive and not auxiliaries and self._actor(subject)
            trails = (
                frame == "quote"
                or (snaps and self._object(i) < 0)
                or (lemma in verbs["trailing"] and not passive and self._actor(subject) and self._object(i) < 0)
            )
            if (
                ((speaks and not unsure) or printed or trails)
                and (t.tag[i] in ("VBD", "VBZ", "VBP", "VBN") or own)
                and self._parenthesis(draft, i, subject)
            ):
                draft.frame = "parenthesis"
                return draft
        if (
            not lemma
            or (negated and (passive or lemma not in verbs["litotes"]) and not self.thoughts)
            or (modal and not self.thoughts)
        ):
            return None
        they = subject >= 0 and t.low[subject] == "they"
        if speaks and (not draft.source or (they and t.low[t.stretches[t.stretch[i]][0]] in ("in", "from"))):
            draft.source = self._place(i if not they else t.left(subject)) or draft.source
            subject = draft.source[0][1] if draft.source else subject
        open_class = lemma in verbs["quote"] | verbs["opinion"] and self._says_that(i) and self._actor(subject)
        if (
            ((speaks and (not unsure or thinks)) or open_class)
            and (subject >= 0 or passive)
            and self._clause(draft, i, passive)
        ):
            draft.frame = "clause"
            return draft
        if inside:
            draft.frame = "noun"
            return draft if lemma not in verbs["noun_any"] and self._noun(draft, i, lemma) else None
        judges = lemma in verbs["judging"] or lemma in self.cues.judging_plain or lemma in verbs["deeming"]
        if judges and self._judging(draft, i, lemma):
            draft.frame = "judging"
            return draft
        if self._infinitive(draft, i, lemma, passive, subject):
            draft.frame = "infinitive"
            return draft
        if self._noun(draft, i, lemma) or self._figure(draft, i, lemma, subject):
            draft.frame = "noun"
            return draft
        if not passive and self._prepositional(draft, i, lemma):
            draft.frame = "prepositional"
            return draft
        if self.thoughts and not inside and self._thought(draft, i, lemma, passive):
            draft.thought = True
            return draft
        return None

    def _lost_verb(self, i: int) -> bool:
        """Whether a form in -s that the parser takes for a noun is a verb between commas: …, he thunders)."""
        t = self.t
        return t.tag[i] == "NNS" and i > 2 and t.low[i - 1] in ("he", "she") and t.low[i - 2] == ","

    def _asked_aside(self, i: int) -> bool:
        """Whether "asked" only sets the scene: the mayor, asked whether it was late, shrugged."""
        t = self.t
        _a, b = t.stretches[t.stretch[i]]
        if i + 1 >= b or t.low[i + 1] not in _WHETHER:
            return False
        comma = next((k for k in range(i + 2, b - 1) if t.low[k] == "," and t.quoted[k] == t.quoted[i]), -1)
        return comma > 0 and t.tag[comma + 1] in ("VBD", "VBN", "VBZ")

    def _hears(self, i: int, lemma: str, passive: bool) -> bool:
        """Whether the verb only tells what somebody was told, by nobody: Bell has been told that …"""
        t = self.t
        return (
            passive
            and lemma in ("tell", "inform", "assure", "remind")
            and t.kid(i, "agent") < 0
            and not (self._beside_quote(i))
        )

    def _addressed(self, subject: int, i: int) -> bool:
        """Whether the subject of a participle is the reader, of a remark put in between: as you'll remember."""
        t = self.t
        return subject >= 0 and t.low[subject] == "you" and t.head[subject] != i

    def _let_know(self, draft: Draft, i: int) -> bool:
        """let us know that …, let it be understood that …"""
        t = self.t
        _, high = self._bounds(i)
        that = next((k for k in range(i + 1, min(i + 7, high)) if t.low[k] == "that" and t.quoted[k] < 0), -1)
        if that < 0:
            return False
        draft.content = [(that + 1, self._clause_end(i, that + 1, high))]
        return True

    def _nobody(self, subject: int) -> bool:
        """Neither side, no minister, nobody: who does not say it."""
        t = self.t
        if t.low[subject] in ("nobody", "none", "neither", "nothing"):
            return True
        return any(
            t.low[k] in ("neither", "no") and t.dep[k] in ("det", "preconj", "cc:preconj") for k in t.kids[subject]
        )
