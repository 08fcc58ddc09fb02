"""Attribution by what depends on the cue verb: that-clauses, infinitives, noun phrases, judgements."""

from __future__ import annotations

from dragoman.extract.attribution_quoted import Quoted
from dragoman.extract.attribution_speakers import FINITE, RELATIVE, Draft, Range
from dragoman.extract.offices import singular


class Clauses(Quoted):
    """The frames to the right of a cue verb."""

    def _clause(self, draft: Draft, i: int, passive: bool) -> bool:
        """verb + (that) clause on its right."""
        t = self.t
        for c in t.kids[i]:
            if c <= i or (
                t.dep[c] != "ccomp"
                and not (t.dep[c] == "xcomp" and self._relative_gap(i, c))
                and not (t.dep[c] in ("advcl", "acl", "relcl", "xcomp") and self._that(c))
            ):
                continue
            to = self._to(c)
            if to >= 0 and not self._has_subject_before(c, i):
                continue
            if to >= 0 and t.tag[c] == "VB":
                continue
            if t.tag[c] == "VBG" and t.kid(c, "nsubj", "aux", "expl", "nsubjpass") < 0:
                continue
            if (
                t.pos[c] in ("NOUN", "PROPN", "NUM", "ADP")
                and t.kid(c, "nsubj", "cop", "expl") < 0
                and not self._that(c)
            ):
                continue
            self._put_clause(draft, i, c)
            return bool(draft.content)
        _low, high = self._bounds(i)
        for k in range(i + 2, min(i + 30, high)):  # said on Monday, after a meeting, that …
            near = t.low[k - 1] == "," or k - i <= 12
            if t.low[k] == "that" and near and t.quoted[k] == t.quoted[i] and t.tag[k] == "IN":
                verbs = [m for m in range(k + 1, high + 1) if t.tag[m] in FINITE]
                verbs = [m for m in verbs if t.quoted[m] == t.quoted[i]] or verbs
                if verbs:
                    draft.content = [(k + 1, self._without_tail(i, verbs[0], k + 1, high))]
                    return True
            speaks = t.tag[k] == "VBG" and self.cues.lemma.get(t.low[k]) in self.cues.speaking
            if speaks or (t.tag[k] in FINITE and t.dep[k] != "relcl"):
                break
        for p in t.kids[i]:  # said in a statement that …: the parser gives the clause to the noun
            if (p > i and t.dep[p] in ("prep", "dobj", "dative")) or t.dep[p] == "npadvmod":
                noun = t.kid(p, "pobj") if t.dep[p] == "prep" else p
                for c in t.kids[noun] if noun > i else ():
                    if t.dep[c] in ("acl", "ccomp", "relcl") and self._said_that(c, noun):
                        self._put_clause(draft, i, c)
                        return bool(draft.content)
        return False

    def _bracketed(self, draft: Draft, i: int) -> bool:
        """verb + ":" + words without marks, and verb + (bracket) + that-clause: the parser loses both."""
        t = self.t
        _a, b = t.stretches[t.stretch[i]]
        if i + 4 < b and t.low[i + 1] == ":" and t.quoted[i + 2] < 0 and t.dep[i] not in ("relcl", "acl"):
            draft.content = [(i + 2, b - 1)]
            return True
        begin = next((k for k in range(i + 1, min(i + 9, b)) if t.low[k] == "("), -1)
        shut = next((k for k in range(begin, b) if t.low[k] == ")"), -1) if begin > 0 else -1
        if 0 < shut < b - 3 and t.low[shut + 1] == "that" and all(t.quoted[k] < 0 for k in range(i, shut)):
            draft.content = [(shut + 2, b - 1)]
            return True
        return False

    def _relative_gap(self, i: int, c: int) -> bool:
        """Whether a relative pronoun stands for a clause's subject: a strike that the firm says cost it much."""
        t = self.t
        return t.dep[i] == "relcl" and c == i + 1 and self._to(c) < 0 and any(t.low[k] in RELATIVE for k in t.kids[i])

    def _has_subject_before(self, c: int, i: int) -> bool:
        t = self.t
        return any(t.dep[k] in ("nsubj", "nsubjpass", "expl") and i < k < c for k in t.kids[c]) and self._that(c)

    def _put_clause(self, draft: Draft, i: int, c: int) -> None:
        t = self.t
        low, high = self._bounds(i)
        first, last = max(t.left(c), i + 1, low), min(t.right(c), high)
        for k in t.kids[i]:
            if k > c and k > last and t.dep[k] in ("advcl", "prep", "npadvmod", "advmod", "ccomp", "dep", "xcomp"):
                last = max(last, min(t.right(k), high))
        if t.tag[i] == "VBG" and t.tag[c] != "VBG":
            for k in t.kids[c]:  # saying X and signalling Y: Y is no part of X
                if t.dep[k] == "conj" and t.tag[k] == "VBG" and self.cues.lemma.get(t.low[k]):
                    last = min(last, k - 1)
                    while last > first and t.low[last] in ("and", "but", ","):
                        last -= 1
        if not self._that(c):
            for k in t.kids[i]:  # says no matter what X does, Y
                if (
                    i < k < first
                    and t.dep[k] in ("advcl", "advmod", "prep")
                    and t.low[first - 1] == ","
                    and t.right(k) > k
                ) and t.low[t.left(k) - 1] != ",":
                    first = min(first, t.left(k))
        if t.tag[i] in ("VBD", "VBZ") and t.tag[c] != t.tag[i]:
            for k in t.kids[c]:  # says X would and tells Y: Y is no part of X
                speaks = t.tag[k] == t.tag[i] and self.cues.lemma.get(t.low[k]) in self.cues.speaking
                if speaks and t.dep[k] == "conj" and t.kid(k, "nsubj", "nsubjpass") < 0 and k > c:
                    last = min(last, k - 1)
                    while last > first and t.low[last] in ("and", "but", ","):
                        last -= 1
        if first + 2 < last and t.low[first] in ("it", "known", "clear", "plain", "public"):
            that = next((k for k in range(first, min(first + 4, last)) if t.low[k] == "that"), -1)
            if that > 0 and self.cues.lemma.get(t.low[i]) in self.cues.phrasal:
                first = that + 1  # made it clear that …
        last = self._without_tail(i, c, first, last)
        first, last = self._without_aside(i, first, last)
        while (first <= last and t.low[first] in ("that", ",", ":") and t.dep[first] != "nsubj") or (
            first <= last and t.dep[first] == "mark" and t.low[first] == "that"
        ):
            first += 1
        colon = next((k for k in range(first, last) if t.low[k] == ":" and t.quoted[k] < 0 <= t.quoted[k + 1]), -1)
        if colon > first and t.quoted[i] < 0 and self._sentential(t.quoted[colon + 1]):
            last = colon - 1
        if last + 1 < t.n and t.low[last + 1] in ("n't", "n’t"):
            last += 1
        # what is quoted goes in whole
        q = t.quoted[last]
        if q >= 0 and q != t.quoted[i]:
            last = max(last, t.spans[q][1] - 1)
        if last + 1 < t.n and t.quoted[last + 1] >= 0 and t.quoted[last + 1] != t.quoted[i]:
            q = t.quoted[last + 1]
            if t.spans[q][0] == last + 1 and not self._sentential(q) and last + 1 <= high:
                last = max(last, t.spans[q][1] - 1)
        if first <= last:
            draft.content = [(first, last)]
            # denied that …: “…”
            k = last + 1
            if k + 1 < t.n and t.low[k] == ":" and t.quoted[k + 1] >= 0 and t.quoted[i] < 0:
                draft.quotes.append(t.quoted[k + 1])

    def _without_aside(self, i: int, first: int, last: int) -> Range:
        """A clause less what a colon with a cue of its own adds, and a second act."""
        t = self.t
        if t.low[first] in ("only", "merely", "simply", "just", "also") and t.low[first + 1] == "that" and first < last:
            first += 1
        for k in range(first + 3, last - 2):  # …, while a third called it “promising”
            if t.low[k] in ("while", "whereas") and t.low[k - 1] == "," and t.quoted[k] == t.quoted[i]:
                verb = t.head[k]
                if t.tag[verb] == t.tag[i] and self.cues.lemma.get(t.low[verb]) and t.kid(verb, "nsubj") > k:
                    last = k - 2
                    break
        colon = next((k for k in range(first, last) if t.low[k] == ":" and t.quoted[k] == t.quoted[i]), -1)
        if colon > 0 and any(
            t.low[k] == "," and t.low[k + 1] in ("according", "by", "as", "in") and t.quoted[k] == t.quoted[i]
            for k in range(colon, last)
        ):
            last = colon - 1
        for k in range(first + 2, last):
            if t.low[k] == "and" and t.quoted[k] == t.quoted[i] and 0 <= t.quoted[k - 1] != t.quoted[i]:
                m = k + 1
                while m < last and t.pos[m] == "ADV":
                    m += 1
                # hopes that “…” and invited him
                if t.tag[m] == t.tag[i] == "VBD" and t.quoted[m] == t.quoted[i] and t.kid(m, "nsubj", "aux") < 0:
                    return first, k - 1
        return first, last

    def _without_tail(self, i: int, c: int, first: int, last: int) -> int:
        """Where a clause ends that another attribution follows: …, according to X; …, warning that …"""
        t = self.t
        for k in range(c + 1, last):
            if t.low[k] != "," or t.quoted[k] != t.quoted[i]:
                continue
            after = t.low[k + 1]
            if after == "according" and t.right(k + 1) >= last - 1:
                return k - 1
            if (
                (
                    t.tag[k + 1] == "VBG"
                    and t.dep[k + 1] == "advcl"
                    and self.cues.lemma.get(after) in self.cues.verbs["clause"] | self.cues.verbs["addressed"]
                )
                and t.head[k + 1] <= k
                and (t.kid(k + 1, "ccomp", "xcomp") >= 0 or self.cues.lemma.get(after) in self.cues.verbs["addressed"])
            ):
                return k - 1
        return last

    def _infinitive(self, draft: Draft, i: int, lemma: str, passive: bool, subject: int) -> bool:
        t, verbs = self.t, self.cues.verbs
        plain, addressed = lemma in verbs["infinitive"], lemma in verbs["addressed"]
        if not (plain or addressed) or passive:
            return False
        for c in t.kids[i]:
            if c <= i or t.dep[c] not in ("xcomp", "ccomp", "advcl"):
                continue
            to = self._to(c)
            if to < 0:
                continue
            between = any(t.pos[k] in ("NOUN", "PROPN", "PRON") for k in range(i + 1, to))
            if plain and subject >= 0 and t.low[subject] in ("it", "this", "which", "that"):
                continue
            if lemma in ("call", "appeal") and not any(t.low[k] in ("on", "to", "upon") for k in range(i + 1, to)):
                continue  # called for talks to …
            if addressed and not plain and not between:
                continue
            return self._put_infinitive(draft, i, c, to)
        q = t.quoted[i + 1] if i + 1 < t.n else -1
        if addressed and q >= 0 and t.quoted[i] < 0 and q not in self.taken:
            end = t.spans[q][1]
            to = next((k for k in range(end, min(end + 4, t.n)) if t.tag[k] == "TO"), -1)
            if to > 0 and t.stretch[to] == t.stretch[i]:
                return self._put_infinitive(draft, i, t.head[to], to)  # urged “both cousins” to …
        if addressed:
            # asked them to “…”: the parser does not see through the marks
            _a, b = t.stretches[t.stretch[i]]
            for k in range(i + 2, min(i + 12, b - 1)):
                if (
                    t.low[k] == "to"
                    and t.quoted[k + 1] >= 0
                    and t.quoted[i] < 0
                    and t.spans[t.quoted[k + 1]][0] == k + 1
                ):
                    draft.content = [(k, t.spans[t.quoted[k + 1]][1] - 1)]
                    return True
        return False

    def _put_infinitive(self, draft: Draft, i: int, c: int, to: int) -> bool:
        t = self.t
        _, high = self._bounds(i)
        last = min(t.right(c), high)
        for k in range(to + 2, last):  # vowed to fight on after the army shot: when, not what
            when = t.low[k] in ("after", "when", "as") and t.dep[k] in ("mark", "advmod", "prep")
            if when and t.tag[i] == "VBD" and t.tag[t.head[k]] == "VBD" and t.quoted[k] == t.quoted[i]:
                last = k - 1
                break
        while last > c and t.low[last] == ",":
            last -= 1
        q = t.quoted[last]
        if q >= 0 and q != t.quoted[i]:
            last = max(last, t.spans[q][1] - 1)
        first = to
        mark = t.kid(c, "mark")
        if i < mark < to and t.low[mark] == "for":
            first = mark + 1  # asked for the ferries to be kept
        if t.low[to - 1] in ("not", "never") and to - 1 > i:
            first = to - 1
        if t.quoted[to] >= 0 and t.spans[t.quoted[to]][0] == to - 1 and t.quoted[i] < 0:
            first = to - 1
        draft.content = [(first, last)]
        return first <= last

    def _noun(self, draft: Draft, i: int, lemma: str) -> bool:
        """verb + noun phrase that is what was said."""
        t, cues = self.t, self.cues
        if lemma in cues.verbs["denying"]:
            noun = self._object(i)
            if noun >= 0 and singular(t.low[noun]) in cues.nouns["denied"]:
                return self._put_noun(draft, i, noun)
        if lemma not in cues.verbs["noun"]:
            return False
        noun = self._object(i)
        if noun < 0 or t.pos[noun] == "PRON":
            return False
        clause = next((k for k in t.kids[noun] if k > noun and self._said_that(k, noun)), -1)
        if clause >= 0 and lemma not in cues.verbs["denying"] and t.quoted[noun] == t.quoted[i]:
            draft.cue.append((t.left(noun) if t.left(noun) > i else noun, noun))
            self._put_clause(draft, i, clause)  # voiced the hope that …
            return bool(draft.content)
        if lemma not in cues.verbs["noun_any"] and t.low[noun] not in cues.nouns["noun_objects"]:
            return False
        return self._put_noun(draft, i, noun)

    def _figure(self, draft: Draft, i: int, lemma: str, subject: int) -> bool:
        """The guild says ten minutes: a number as the whole of what is said."""
        t = self.t
        if lemma not in self.cues.verbs["figures"] or not self._actor(subject):
            return False
        noun = next((k for k in t.kids[i] if k > i and t.dep[k] in ("dobj", "npadvmod", "attr", "ccomp")), -1)
        if noun < 0 or t.left(noun) != i + 1 or not any(t.pos[k] == "NUM" and k < noun for k in t.kids[noun]):
            return False
        return t.tag[noun] not in FINITE and self._put_noun(draft, i, noun)

    def _put_noun(self, draft: Draft, i: int, noun: int) -> bool:
        t = self.t
        _, high = self._bounds(i)
        first, last = max(t.left(noun), i + 1), min(t.right(noun), high)
        after = last + 1
        if (
            after <= high
            and t.head[after] == i
            and t.low[after] in ("for", "of", "in", "to")
            and t.dep[after] == "prep"
        ):
            last = min(t.right(after), high)  # the parser gives the verb what belongs to its object
        q = t.quoted[last]
        if q >= 0 and q != t.quoted[i]:
            last = max(last, t.spans[q][1] - 1)
        draft.content = [(first, last)]
        return first <= last

    def _judging(self, draft: Draft, i: int, lemma: str) -> bool:
        """called it “…”, likened it to …, put it at …"""
        t, cues = self.t, self.cues
        _a, b = t.stretches[t.stretch[i]]
        if t.kid(i, "prt") >= 0 or i + 1 >= t.n or t.low[i + 1] in ("for", "on", "off", "in", "to", "at"):
            return False
        if t.quoted[i] < 0:
            for k in range(i + 1, min(i + 25, b)):
                q = t.quoted[k]
                if q >= 0:
                    if (
                        q not in self.taken
                        and lemma in cues.verbs["judging"]
                        and (i in self._above(t.spans[q][0] + 1, 6) or k <= i + 6)
                    ):
                        alone = t.kid(i, "auxpass") >= 0 or t.spans[q][0] == i + 1 or self._object_before(i)
                        if alone or t.low[i + 1] in ("a", "an", "as"):
                            draft.quotes.append(q)
                        else:
                            draft.content = [(i + 1, t.spans[q][1] - 1)]
                            self.taken.add(q)
                        return True
                    break
                if (k > i + 1 and t.tag[k] in ("VBD", "VBZ", "VBP")) or t.low[k] in (",", ";", ":"):
                    break
        if lemma in cues.verbs["deeming"] and t.quoted[i] < 0 and self._deeming(draft, i, b):
            return True
        link = cues.judging_plain.get(lemma)
        if link is None or t.quoted[i] >= 0:
            return False
        if lemma == "put":
            noun = self._object(i)
            prep = next((k for k in range(i + 1, min(i + 18, b)) if t.low[k] == "at"), -1)
            counted = prep >= 0 and prep + 1 < b and (t.pos[prep + 1] == "NUM" or t.quoted[prep + 1] >= 0)
            signed = noun >= 0 and singular(t.low[noun]) in ("signature", "name", "pen", "seal")  # at five o'clock
            if noun < 0 or prep < 0 or signed or not (t.low[noun] in cues.nouns["estimates"] or counted):
                return False
            draft.content = [(t.left(noun) if t.left(noun) > i else i + 1, self._phrase_end(prep, b - 1))]
            return True
        if link:
            noun = self._object(i)
            prep = next((k for k in range(i + 1, min(i + 18, b)) if t.low[k] == link), -1)
            if noun < 0 or prep < noun:
                return False
            draft.content = [(max(t.left(noun), i + 1), self._phrase_end(prep, b - 1))]
            return True
        clause = next((k for k in t.kids[i] if k > i and t.dep[k] in ("ccomp", "oprd", "xcomp")), -1)
        if lemma == "call" and clause < 0 and t.low[max(self._object(i), 0)] == "fact":
            return self._put_noun(draft, i, self._object(i))
        if (
            clause < 0
            or t.quoted[clause] != t.quoted[i]
            or lemma != "call"
            or t.left(clause) < i
            or self._to(clause) >= 0
            or t.tag[clause] in ("VB", "VBD")
        ):
            return False
        first = t.left(clause)
        noun = self._object(i)
        if t.dep[clause] == "oprd" and 0 <= noun < clause:
            first = max(i + 1, min(first, t.left(noun)))
        if t.dep[clause] == "oprd" and not 0 <= noun < clause:
            return False
        draft.content = [(max(first, i + 1), min(t.right(clause), b - 1))]
        return True

    def _deeming(self, draft: Draft, i: int, b: int) -> bool:
        """found it “too short”; the toll, …, he named «theft»: a quoted word for a thing."""
        t = self.t
        k = next((k for k in range(i + 1, min(i + 12, b)) if t.quoted[k] >= 0), -1)
        if k < 0 or t.quoted[k] in self.taken or t.spans[t.quoted[k]][1] - k < 4:
            return False
        q, between = t.quoted[k], range(i + 1, k)
        if t.block.doc[k + 1].text[:1].isupper() or any(t.tag[m] in FINITE or t.low[m] in (",", ":") for m in between):
            return False
        kinds = ("PRON",) if self.cues.lemma.get(t.low[i]) == "name" else ("PRON", "NOUN", "PROPN")
        thing = any(t.dep[m] in ("dobj", "nsubj") and t.pos[m] in kinds for m in between)
        if t.low[k - 1] in ("word", "words", "phrase", "slogan", "name", "note", "sign"):
            return False  # found the word “brother” on the wall
        a = t.stretches[t.stretch[i]][0]
        subject = self.subject(i)
        turned = k == i + 1 and a < subject < i and t.low[t.left(subject) - 1] == ","
        last = t.pos[k - 1] not in ("ADP", "DET") and t.low[k - 1] not in ("a", "an", "the")
        if not self._actor(subject) or not last or not (thing or turned):
            return False
        draft.quotes.append(q)
        return True

    def _object_before(self, i: int) -> bool:
        """Whether the verb's object stands before it: the talks, which he called “pleasant”."""
        return any(self.t.low[k] in RELATIVE or self.t.low[k] == "what" for k in self.t.kids[i] if k < i)

    def _phrase_end(self, prep: int, high: int) -> int:
        return min(max(self.t.right(prep), prep + 1), high)

    def _above(self, i: int, depth: int) -> list[int]:
        chain = []
        while depth and i < self.t.n and self.t.head[i] != i:
            i = self.t.head[i]
            chain.append(i)
            depth -= 1
        return chain

    def _prepositional(self, draft: Draft, i: int, lemma: str) -> bool:
        """spoke of “…”, warned of …, called on X to …"""
        t = self.t
        frames = self.cues.prepositional.get(lemma)
        if not frames:
            return False
        _a, b = t.stretches[t.stretch[i]]
        for p in range(i + 1, min(i + 10, b - 1)):
            how = frames.get(t.low[p])
            if how is None or t.quoted[p] != t.quoted[i] or (t.head[p] != i and p > i + 1):
                continue
            if how == "addressed":
                to = next((k for k in range(p + 1, min(p + 16, b)) if t.low[k] == "to" and t.tag[k] == "TO"), -1)
                if to < 0:
                    return False
                draft.cue.append((p, p))
                if t.quoted[to] >= 0 and t.quoted[to] != t.quoted[i]:
                    draft.quotes.append(t.quoted[to])
                    return True
                return self._put_infinitive(draft, i, t.head[to], to)
            q = next((t.quoted[k] for k in range(p + 1, min(p + 8, b)) if t.quoted[k] >= 0), -1)
            noun = t.kid(p, "pobj", "pcomp")
            doing = noun >= 0 and t.dep[noun] == "pcomp" and t.quoted[noun] < 0
            if q >= 0 and (doing or t.spans[q][0] > p + 3) and noun >= 0 and t.right(noun) >= t.spans[q][0]:
                draft.cue.append((p, p))
                return self._put_noun(draft, i, noun)
            if q >= 0 and t.quoted[i] < 0 and q not in self.taken:
                draft.quotes.append(q)
                draft.cue.append((p, p))
                return True
            if how == "past" and noun < 0 and t.tag[i] in ("VBD", "VBN"):
                asked = next((c for c in t.kids[i] if t.kid(c, "mark") == p and self._to(c) > p), -1)
                if asked >= 0:  # called for the ferries to be kept
                    draft.cue.append((p, p))
                    return self._put_infinitive(draft, i, asked, self._to(asked))
            called = how == "past" and t.tag[i] in ("VBD", "VBN") and noun >= 0 and t.pos[noun] == "NOUN"
            # called for the opening of a road: a demand in words; called for talks: a wish as anybody may report it
            full = called and t.low[noun].isalpha() and t.kid(noun, "det") > 0 and t.kid(noun, "prep") > noun
            if (how == "plain" and noun >= 0) or full:
                draft.cue.append((p, p))
                return self._put_noun(draft, i, noun)
        return False
