"""Attribution without a verb of saying: "according to", nouns of saying; and beliefs and intentions."""

from __future__ import annotations

from dragoman.extract.attribution_clauses import Clauses
from dragoman.extract.attribution_speakers import FINITE, RELATIVE, Draft, Range


class Nominal(Clauses):
    """Phrases and nouns that attribute, and, where asked for, thoughts."""

    def according(self, i: int) -> Draft | None:
        """According to X, …; …, according to X."""
        t = self.t
        if i + 2 >= t.n or t.low[i + 1] != "to":
            return None
        noun = t.kid(i + 1, "pobj")
        if noun < 0:
            noun = t.kid(i, "pobj")
        if noun < 0:
            return None
        if t.low[noun] in self.cues.nouns["rules"] and not self.thoughts:
            return None
        of = t.kid(noun, "prep")
        if t.low[noun] == "words" and of >= 0 and t.low[of] == "of" and t.kid(of, "pobj") >= 0:
            noun = t.kid(of, "pobj")
        elif t.low[noun] in self.cues.nouns["telling"] and t.kid(noun, "poss") >= 0:
            own = t.kid(noun, "poss")
            return self._around(Draft(cue=[(i, i + 1), (noun, noun)]), i, own, i, end=max(noun, own))
        return self._around(Draft(cue=[(i, i + 1)]), i, noun, i) or self._behind_comma(i, noun)

    def _behind_comma(self, i: int, noun: int) -> Draft | None:
        """According to a study by X, …, where the parser takes what follows the comma for part of the phrase."""
        t = self.t
        low, high = self._bounds(i)
        if i > low + 1:
            return None
        for k in range(noun + 1, high - 2):
            follows = t.low[k] == "," and t.quoted[k] == t.quoted[i] and t.pos[k + 1] not in ("VERB", "ADP", "SCONJ")
            if follows and t.low[k + 1] not in RELATIVE and any(t.tag[m] in FINITE for m in range(k + 1, high + 1)):
                return Draft(cue=[(i, i + 1)], source=[(i + 2, k - 1)], content=[(k + 1, high)])
        return None

    def measure(self, i: int) -> Draft | None:
        """…, by X's count; …, in the words of X."""
        t = self.t
        nouns = self.cues.measures[t.low[i]]
        views = self.cues.nouns["views"] if self.thoughts else ()
        for k in range(i + 1, min(i + 8, t.n)):
            if (t.low[k] in nouns or t.low[k] in views) and t.pos[k] == "NOUN":
                who = t.kid(k, "poss")
                if who < 0:
                    of = next((m for m in t.kids[k] if t.low[m] == "of"), -1)
                    who = t.kid(of, "pobj") if of >= 0 else -1
                if who < 0 or t.low[who] in ("my", "our"):
                    return None
                if t.tag[who] == "PRP$" and self._says_that(t.head[i]):
                    return None  # he answered, by his own account, that …: the verb has it
                draft = Draft(cue=[(i, i), (k, k)], thought=t.low[k] in views)
                around = self._around(draft, i, who, i, end=max(k, t.right(who)))
                counted = self._count_of(i, self._bounds(i)[0]) if around is not None else []
                if around is not None and counted:
                    around.content, around.quotes = counted, []
                return around
            if t.low[k] in (",", ".") or t.quoted[k] != t.quoted[i]:
                break
        return None

    def _around(self, draft: Draft, i: int, noun: int, start: int, end: int | None = None) -> Draft | None:
        """Content is what stands around a phrase from `start` to the end of the noun's phrase."""
        t = self.t
        low, high = self._bounds(i)
        plain, extra = t.noun_phrase(noun, i + 1, high)
        draft.source = [plain] if extra is None else [plain, extra]
        # the possessive mark is not part of the name
        first, last = draft.source[0]
        if last > first and t.tag[last] == "POS":
            draft.source[0] = (first, last - 1)
        finish = end if end is not None else max(last for _, last in draft.source)
        k = start - 1
        while k >= low and t.low[k] in (",", "—", "–", "-"):
            k -= 1
        begin = low
        for m in range(k - 1, low, -1):  # such a plan: it, by her words, …: the words after the colon only
            if t.low[m] == ":" and t.quoted[m] == t.quoted[i] and t.low[start - 1] == ",":
                begin = m + 1
                break
        pieces: list[Range] = []
        if k >= low and not (k - low < 2 and t.low[k] in ("but", "and", "so", "yet", "however", "or")):
            left = t.quoted[k]
            if left >= 0 and left != t.quoted[i] and self._sentential(left):
                draft.quotes.append(left)
            else:
                if begin == low and t.low[i] == "according" and t.quoted[i] < 0:
                    begin = self._before_semicolon(low)
                pieces.append((begin if t.quoted[i] < 0 or begin > low else low + 1, k))
        after = finish + 1
        comma = after <= high and t.low[after] in (",", "—", "–", ":")
        if (comma and after + 1 <= high) or (not pieces and not draft.quotes and after <= high):
            first = after + 1 if comma else after
            if not pieces and not draft.quotes and not comma and not self._clause_at(first, noun):
                return None
            if t.quoted[first] >= 0 and t.quoted[first] != t.quoted[i] and self._sentential(t.quoted[first]):
                draft.quotes.append(t.quoted[first])
            else:
                clause = any(t.tag[m] in FINITE for m in range(first, high + 1))
                whole = any(t.tag[m] in FINITE for a, b in pieces for m in range(a, b + 1)) or bool(draft.quotes)
                if clause or not whole or any(t.quoted[m] != t.quoted[i] for m in range(first, high + 1)):
                    pieces.append((first, high))
        draft.content = pieces
        return draft if pieces or draft.quotes else None

    def _count_of(self, i: int, low: int) -> list[Range]:
        """What alone is counted in "with 412 riders by the guild's count": the phrase right before, with its figure."""
        t = self.t
        k = i - 1
        while k > low and t.pos[k] in ("NOUN", "ADJ", "NUM", "PROPN") and t.quoted[k] == t.quoted[i]:
            k -= 1
        if t.low[k] not in ("with", "of", "to", "at", "for") or not any(t.pos[m] == "NUM" for m in range(k + 1, i)):
            return []
        return [(k + 1, i - 1)]

    def _before_semicolon(self, low: int) -> int:
        """Where the sentence begins of which a part ends in a semicolon before `low`, if that part has no cue."""
        t = self.t
        stretch = t.stretch[low]
        if low < 2 or t.low[low - 1] != ";" or t.quoted[low - 1] >= 0 or stretch == 0:
            return low
        a, b = t.stretches[stretch - 1]
        spoken = any(
            t.quoted[k] >= 0 or (self.cues.lemma.get(t.low[k]) in self.cues.speaking and t.kid(k, "ccomp") >= 0)
            for k in range(a, b)
        )
        return low if spoken or "according" in t.low[a:b] else a

    def _clause_at(self, k: int, noun: int) -> bool:
        """Whether a clause begins at k, right after a name: According to Ann Bell it was late."""
        t = self.t
        starts = t.low[k] in ("it", "he", "she", "they", "there", "this", "we") or t.pos[k] == "DET"
        named = t.pos[noun] in ("PROPN", "PRON", "NOUN")
        return starts and named and any(t.tag[m] in FINITE for m in range(k, t.n))

    def nominal(self, i: int, lemma: str) -> Draft | None:
        """A report by X that …; X's claim that …"""
        t, nouns = self.t, self.cues.nouns
        thought = lemma not in nouns["nominal"]
        if thought and not self.thoughts:
            return None
        clause = -1
        for k in t.kids[i]:
            if k > i and t.dep[k] in ("acl", "ccomp", "relcl") and self._said_that(k, i):
                clause = k
        above = t.head[t.head[i]] if t.dep[i] == "pobj" else t.head[i]
        if (
            clause >= 0
            and t.dep[i] in ("pobj", "dobj")
            and self.cues.lemma.get(t.low[above], "")
            in self.cues.verbs["clause"] | self.cues.verbs["denying"] | self.cues.verbs["noun"]
        ):
            return None  # said in a statement that …: the verb has it
        if clause < 0:
            return self._nominal_thought(i, lemma) if self.thoughts and t.quoted[i] < 0 else None
        _, high = self._bounds(i)
        first, last = t.left(clause), min(t.right(clause), high)
        while first <= last and t.low[first] in ("that", ","):
            first += 1
        if t.dep[i] in ("nsubj", "nsubjpass") and t.head[i] > last:
            # the subject's clause runs up to the verb, whatever the parser makes of its commas
            verb = t.head[i]
            last = (
                min([verb, *(k for k in t.kids[verb] if k > last and t.dep[k] in ("aux", "auxpass", "neg", "advmod"))])
                - 1
            )
        draft = Draft(cue=[(i, i)], content=[(first, last)], thought=thought)
        draft.source = self._owner(i, first)
        if not draft.source and t.dep[i] == "dobj" and t.pos[t.head[i]] == "VERB":
            draft.source = self.source(self.subject(t.head[i]), t.head[i])
        if not draft.source and t.dep[i] == "pobj" and t.low[t.head[i]] in ("after", "for", "without"):
            return None  # the guild is after a promise that …: nobody has made it
        if not draft.source and not thought:
            begin = t.left(i)
            draft.source = [(begin, i)]
        return draft if first <= last else None

    # -- beliefs and intentions -----------------------------------------------------------------------------------

    def _nominal_thought(self, i: int, lemma: str) -> Draft | None:
        """His plan to …, support for …"""
        t = self.t
        if lemma not in self.cues.nouns["thought_nominal"]:
            return None
        _, high = self._bounds(i)
        owner = self._owner(i, i)
        for k in t.kids[i]:
            if k > i and t.dep[k] == "acl" and self._to(k) >= 0 and owner:
                return Draft(cue=[(i, i)], source=owner, content=[(self._to(k), min(t.right(k), high))], thought=True)
            if k > i and t.low[k] in ("of", "for", "about") and owner and t.kid(k, "pobj") >= 0 and t.low[k] != "of":
                return Draft(cue=[(i, i)], source=owner, content=[(k + 1, min(t.right(k), high))], thought=True)
        return None

    def _thought(self, draft: Draft, i: int, lemma: str, passive: bool) -> bool:
        t, cues = self.t, self.cues
        verbs = cues.verbs
        if lemma in verbs["thought_clause"] and not passive and self._clause(draft, i, passive):
            return True
        for c in t.kids[i]:
            if c <= i or t.dep[c] not in ("xcomp", "ccomp"):
                continue
            to = self._to(c)
            if to < 0:
                continue
            if passive:
                if lemma in verbs["thought_passive"] or lemma in verbs["passive_infinitive"]:
                    noun = t.kid(i, "nsubjpass")
                    if noun >= 0:
                        draft.source = []
                        plain, _extra = t.noun_phrase(noun)
                        draft.content = [plain]
                        return self._add_infinitive(draft, i, c, to)
                return False
            if lemma in ("seem", "appear"):
                noun = t.kid(i, "nsubj")
                draft.source = []
                if noun >= 0:
                    draft.content = [t.noun_phrase(noun)[0]]
                return self._add_infinitive(draft, i, c, to)
            between = to > i + 1
            if lemma in verbs["thought_addressed" if between else "thought_infinitive"]:
                return self._put_infinitive(draft, i, c, to)
        preps = cues.thought_prepositional.get(lemma)
        if preps and not passive:
            for p in t.kids[i]:
                if p > i and t.dep[p] in ("prep", "prt") and t.low[p] in preps:
                    noun = t.kid(p, "pobj", "pcomp")
                    if noun >= 0:
                        draft.cue.append((p, p))
                        return self._put_noun(draft, i, noun)
        if lemma in verbs["thought_noun"] and not passive:
            noun = self._object(i)
            if noun >= 0 and t.pos[noun] != "PRON":
                return self._put_noun(draft, i, noun)
        return False

    def _add_infinitive(self, draft: Draft, i: int, c: int, to: int) -> bool:
        held = draft.content
        if not self._put_infinitive(draft, i, c, to):
            return False
        draft.content = held + draft.content
        return True
