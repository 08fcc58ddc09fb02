"""Attribution by where the quotation marks and commas stand.

"…," X said; X said: "…"; …, X said, …: these hold where long quotations lead the parser astray.
"""

from __future__ import annotations

from dragoman.extract.attribution_speakers import FINITE, RELATIVE, Draft, Range, Speakers

_SUBORDINATE = RELATIVE | {"when", "where", "because", "but", "and", "if", "whether", "what", "although", "while"}
_SETTING = frozenset(
    ["when", "asked", "as", "after", "while", "before", "if", "although", "though", "once", "in", "on"]
)
_CONDITION = frozenset(
    [
        "provided",
        "if",
        "unless",
        "because",
        "since",
        "although",
        "though",
        "whereas",
        "once",
        "until",
        "lest",
        "so",
        "while",
        "for",
        "assuming",
    ]
)
_NOT_BEFORE = frozenset(("the", "a", "an", "of", "that"))
_BETWEEN = frozenset(("advmod", "dobj", "prep", "pobj", "dative", "mark", "nsubj", "det", "compound", "punct"))


class Quoted(Speakers):
    """Quotations beside a cue clause, and cue clauses between commas."""

    def _cue_start(self, draft: Draft, i: int) -> int:
        starts = [i, draft.cue[0][0]]
        starts += [first for first, _ in draft.source if first < i]
        return min(s for s in starts if self.t.stretch[s] == self.t.stretch[i])

    def _by_quotation(self, draft: Draft, i: int, subject: int, known: bool) -> bool:
        """Quotations right before or right after the cue clause."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        start = self._cue_start(draft, i)
        k = start - 1
        while (
            k >= a
            and t.quoted[k] < 0
            and (
                t.low[k] in (",", "and", "as", "then", "—", "–", "-", "but", "so", "thus")
                or (t.tag[k] == "RB" and k == i - 1)
            )
        ):
            k -= 1
        left = t.quoted[k] if k >= a else -1
        if left < 0 and known:
            left = self._comma_quotation(i, start, draft)
        if left >= 0 and (left in self.taken or not self._sentential(left)):
            left = -1
        if not known:
            # a verb that is no cue otherwise: only "…," he shrugged.
            if left < 0 or subject < 0 or t.dep[i] in ("relcl", "acl") or not t.block.doc[i].is_lower:
                return False
            last = t.last_inner(left)
            if not ((last >= 0 and t.low[last] in (",", "!", "?")) or t.low[k + 1] == ",") or t.pos[i] == "AUX":
                return False
        right = self._quotation_after(i, b, start)
        if left < 0 and right < 0:
            return False
        if left < 0 and self._breaks(right, start, a):
            return False  # he could wait, the Dane hinted, “perhaps a year”: the cue stands in the middle
        if left >= 0 and subject < 0 and not draft.source and t.tag[i] == "VBG":
            return False
        if left >= 0:
            draft.quotes.append(left)
        if right >= 0:
            end = t.spans[right][1]
            last = self._goes_on(right, i, b) if left < 0 else -1
            if last >= end:
                draft.content = [(t.spans[right][0], last)]  # says “…” is over: the words go on after the marks
                self.taken.add(right)
                return True
            draft.quotes.append(right)
        if left >= 0 and right < 0:
            # "…," he said, "…" with words of its own between
            for q in range(left + 1, len(t.spans)):
                first = t.spans[q][0]
                if t.stretch[first] != t.stretch[i]:
                    break
                if (
                    first > i
                    and t.low[first - 1] in (",", ":", ".")
                    and not self._cue_between(i, first)
                    and not (t.low[first - 1] == ":" and any(t.tag[m] in FINITE for m in range(i + 1, first)))
                ):
                    draft.quotes.append(q)
                    break
        return True

    def _breaks(self, q: int, start: int, a: int) -> bool:
        """Whether a cue clause from `start` stands between a clause and a quotation that goes on with it."""
        t = self.t
        first, _end = t.spans[q]
        inner = t.block.doc[first + 1].text[:1]
        if start - a < 3 or t.low[start - 1] not in (",", "—", "–") or t.low[first - 1] not in (",", "to", "—", "–"):
            return False
        if not inner.islower() or t.low[a] in _SETTING or t.tag[a] in ("VBN", "VBG"):
            return False
        return any(t.tag[k] in FINITE and t.quoted[k] < 0 and t.dep[k] != "relcl" for k in range(a, start - 1))

    def _continues(self, k: int, b: int, before: int) -> bool:
        """Whether the words from k, after the comma that ends a cue clause, go on with what is said before it."""
        t = self.t
        if k + 1 >= b or t.quoted[k] >= 0:
            return k < b and t.quoted[k] >= 0
        word = t.low[k]
        verbs = [m for m in range(k, b) if t.tag[m] in FINITE]
        if t.pos[before] == "AUX" or (word == "that" and t.tag[k] == "IN"):
            return True  # It was, he said, a failure; it is no surprise, he said, that …
        if word in _CONDITION or (word in ("as", "even", "only") and t.low[k + 1] in ("long", "soon", "if", "once")):
            return bool(verbs) and not (word == "if" and t.low[k + 1] == "asked")
        if word in ("and", "but", "or", "nor"):
            m = k + 1
            while m < b - 1 and t.pos[m] in ("ADV", "PART"):
                m += 1
            auxiliary = t.low[m] in ("had", "was", "were", "has", "have", "is", "are", "did", "does", "do")
            return t.tag[m] in ("MD", "VB") or auxiliary or t.low[k + 1] == "there"
        if t.tag[k] in ("VB", "VBP"):
            return any(t.tag[m] == "MD" for m in range(max(before - 4, 0), before + 1))
        verb = t.tag[k + 1] == "VB" or t.quoted[k + 1] >= 0
        return word == "to" and verb and t.pos[before] in ("VERB", "PRON", "PROPN", "NOUN")

    def _goes_on(self, q: int, i: int, b: int) -> int:
        """The last token of a clause that begins with a quotation and goes on after it; -1 where it does not."""
        t = self.t
        _first, end = t.spans[q]
        last = t.last_inner(q)
        if (
            end >= b - 1
            or last < 0
            or t.low[last] in (",", ".", "!", "?")
            or t.low[end] in (",", ".", ";", ":", "—", "–", "-")
        ):
            return -1
        clause = next((c for c in t.kids[i] if c > i and t.dep[c] == "ccomp"), -1)
        if clause >= 0 and t.right(clause) >= end:
            return min(t.right(clause), b - 1)
        return -1

    def _comma_quotation(self, i: int, start: int, draft: Draft) -> int:
        """A quotation ending in a comma earlier in the sentence, where the parser loses the subject between; or -1."""
        t = self.t
        a = t.stretches[t.stretch[i]][0]
        k = start - 1
        while k >= a and t.quoted[k] < 0:
            k -= 1
        if k < a or i - k > 25 or self._cue_between(k, i):
            return -1
        q, last = t.quoted[k], t.last_inner(t.quoted[k])
        if not ((last >= 0 and t.low[last] == ",") or t.low[k + 1] == ",") or t.dep[i] in ("relcl", "acl"):
            return -1
        first = k + 1 + (t.low[k + 1] == ",")
        end = first
        while end + 1 < i and t.low[end + 1] not in ("who", "which", "that", ","):
            end += 1
        while end > first and (
            t.dep[end] in ("aux", "auxpass", "neg", "advmod") or t.tag[end] in ("VBN", "VBD", "VBZ")
        ):
            end -= 1
        if end < i and t.pos[first] in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"):
            draft.source = [(first, end)]
            return q
        return -1

    def _quotation_after(self, i: int, b: int, start: int) -> int:
        """The quotation that the cue clause leads up to, or -1."""
        t = self.t
        k = next((k for k in range(i + 1, b) if t.quoted[k] >= 0), -1)
        if k < 0:
            return -1
        q, before = t.quoted[k], t.low[k - 1]
        if ")" in t.low[i:k] and "(" not in t.low[i:k]:
            return -1  # (…, he thunders) and then: “…”
        if q in self.taken or k != t.spans[q][0] or k + 1 >= t.spans[q][1] or self._cue_between(i, k):
            return -1
        if k - 1 == i:
            addressed = self.cues.lemma.get(t.low[i]) in self.cues.verbs["addressed"]
            end = t.spans[q][1]
            if addressed and any(t.low[m] == "to" and t.tag[m] == "TO" for m in range(end, min(end + 4, b))):
                return -1  # urged “both cousins” to …
            weak = self.cues.lemma.get(t.low[i]) not in self.cues.verbs["clause"]
            return -1 if weak and t.block.doc[k + 1].text[:1].islower() else q
        capital = t.block.doc[k + 1].text[:1].isupper()
        between = range(i + 1, k)
        if before == ":" and any(t.dep[m] == "conj" and t.tag[m] == t.tag[i] and t.head[m] == i for m in between):
            return -1  # “…,” he said, and shut the door: “…”
        if before == ":" and (capital or k - i <= 3):
            clause = t.kid(i, "ccomp")
            return -1 if i < clause < k and t.quoted[clause] < 0 else q
        if before == "," and capital:
            return -1 if any(t.dep[m] in ("ccomp", "advcl") and t.pos[m] == "VERB" for m in between) else q
        long = t.spans[q][1] - k > 5
        if (
            capital
            and k - i <= 15
            and long
            and before not in _NOT_BEFORE
            and not any(t.tag[m] in FINITE for m in between)
        ):
            return q
        if k - i <= 4 and all(t.dep[m] in _BETWEEN for m in between):
            return q if capital or all(t.dep[m] in ("advmod", "punct") for m in between) else -1
        return -1

    def _parenthesis(self, draft: Draft, i: int, subject: int) -> bool:
        """ "…, X said" and "…, X said, …": what stands around the cue clause is the content."""
        t = self.t
        start = self._cue_start(draft, i)
        a, b = self._within_brackets(i, start)
        if i + 1 < b and t.low[i + 1] == "that" and t.tag[i + 1] == "IN" and t.low[start - 1] != "as":
            return False  # it has its clause
        loose = self._apposed(i) == subject or (t.dep[i] == "acl" and t.head[i] == subject)
        for k in range(i + 1, min(i + 8, b - 1)):  # told the paper that …
            if t.low[k] in (",", ";", ":") or t.quoted[k] != t.quoted[i]:
                break
            if t.low[k] == "that" and t.tag[k] == "IN" and t.low[start - 1] != "as":
                return False
        if start <= a or subject < 0 or t.low[subject] in RELATIVE:
            return False
        if t.dep[i] in ("relcl", "acl", "pcomp", "xcomp") and not loose:
            return False
        if t.quoted[a] >= 0 and t.quoted[a] in self.taken and t.quoted[start - 1] < 0:
            return False  # «…», said X, reports Y
        before = start - 1
        as_clause = False
        if t.low[before] == "as" and before > a:
            as_clause = True
            before -= 1
        elif t.low[before] == "as":
            as_clause = True
        closed = before >= a and t.quoted[before] >= 0 and t.quoted[before] != t.quoted[i]
        if not as_clause and not closed and t.low[before] not in (",", "—", "–", "-", "--"):
            return False
        if t.dep[i] == "conj" and not closed and not as_clause and not loose and subject < i and t.head[subject] != i:
            return False
        # where the cue clause ends
        skip = max((last for _, last in draft.source if last > i), default=i)
        comma = next((k for k in range(max(i, skip) + 1, b) if t.quoted[k] < 0 and t.low[k] in (",", "—", "–")), -1)
        below = next((k for k in t.kids[i] if t.dep[k] in ("ccomp", "dobj") and k != subject and t.low[k] != "it"), -1)
        above = (
            t.head[i]
            if loose
            or t.tag[i] == "NNS"
            or (t.dep[i] in ("parataxis", "ccomp", "advcl", "dep", "conj", "ROOT") and t.head[i] != i)
            else -1
        )
        if below > i and (comma < 0 or below < comma) and t.dep[below] == "ccomp":
            return False  # it has its clause
        if below > i and t.dep[below] == "dobj" and not closed and t.low[i] not in ("told", "tells", "tell"):
            return False
        matrix = below if below >= 0 and (below < start or (comma >= 0 and below > comma)) else above
        inner = matrix_free = False
        if comma >= 0 and comma + 1 < b:
            inner = matrix > comma
            bare = t.low[a] == "what" or not self._finite_clause(a, before)
            verb = comma + 1 + (t.pos[comma + 1] == "ADV")
            if not inner and (
                (bare and t.tag[verb] in FINITE and t.low[before] == "," and not as_clause)
                or (t.quoted[comma + 1] >= 0 and (matrix < 0 or not closed))
                or (self._continues(comma + 1, b, before - 1) and not as_clause)
            ):
                inner = matrix_free = True
        if (loose and not inner) or matrix_free:
            matrix = -1
        if matrix < 0 and not closed and not inner and t.dep[i] != "ROOT" and not loose:
            return False
            # the content is no clause to the parser: only if the cue clause ends the sentence
        first = a
        if (
            matrix >= 0
            and t.dep[matrix] != "ROOT"
            and a < t.left(matrix) < before
            and t.low[max(t.left(matrix) - 1, a)] in ("that", ":", "—", "–")
        ):
            first = t.left(matrix)
        colon = next((k for k in range(before, first - 1, -1) if t.low[k] == ":" and t.quoted[k] < 0), -1)
        if first < colon < before - 1 + inner and (inner or any(t.tag[k] in FINITE for k in range(colon, before))):
            first = colon + 1
        pieces: list[Range] = []
        if (
            as_clause
            and comma >= 0
            and comma + 1 < b
            and t.quoted[comma + 1] >= 0
            and (t.low[before] != "," or t.low[before - 1] in _SUBORDINATE | _CONDITION)
        ):
            q = t.quoted[comma + 1]
            if q not in self.taken and t.quoted[i] < 0:
                draft.quotes.append(q)  # until, as X wrote, “…”
                return True
        if as_clause and before <= a and comma >= 0:
            pieces = [(comma + 1, b - 1)]
        else:
            left_end = before if closed else before - 1
            if left_end >= first and not (inner and left_end > first and t.low[left_end] in _SUBORDINATE):
                pieces.append((first, left_end))
            if inner:
                pieces.append((comma + 1, self._before_next_cue(comma + 1, b - 1)))
        if (
            (
                not inner
                and not closed
                and any(t.dep[k] == "advcl" and k < start and t.left(k) <= first + 1 for k in t.kids[i])
            )
            and not as_clause
            and matrix < 0
        ):
            return False  # until X spoke, Y had said …
        brief = subject > i and not as_clause and t.tag[i] in ("VBD", "VBZ")  # not so fast, says the guild
        if not pieces or not (
            brief or any(t.tag[k] in FINITE for first, last in pieces for k in range(first, last + 1))
        ):
            return False
        draft.content = pieces
        return True

    def _finite_clause(self, a: int, b: int) -> bool:
        """Whether the words from a to b, or those after a colon in them, have a verb of their own."""
        t = self.t
        colon = next((k for k in range(b - 1, a, -1) if t.low[k] == ":" and t.quoted[k] < 0), a - 1)
        return any(t.tag[k] in FINITE for k in range(colon + 1, b))

    def _within_brackets(self, i: int, start: int) -> Range:
        """The stretch of a cue clause, or the part of it between brackets: (…, he said)."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        for k in range(start - 1, a - 1, -1):
            if t.low[k] == ")":
                break
            if t.low[k] == "(":
                shut = next((m for m in range(i, b) if t.low[m] == ")"), -1)
                return (k + 1, shut) if shut > i else (a, b)
        return a, b

    def _before_next_cue(self, first: int, last: int) -> int:
        """The end of a content that a further cue clause follows: …, and she asked them to …"""
        t = self.t
        for k in range(first + 2, last):
            if t.low[k] in ("and", "but") and t.low[k - 1] == "," and t.quoted[k] < 0:
                for m in range(k + 1, min(k + 6, last)):
                    if (
                        (
                            t.quoted[m] < 0
                            and t.low[m] in self.cues.lemma
                            and t.tag[m] in ("VBD", "VBZ")
                            and t.dep[m] == "conj"
                        )
                        and t.kid(m, "nsubj") >= 0
                        and self.cues.lemma[t.low[m]] in self.cues.verbs["clause"]
                    ):
                        return k - 2
        return last

    def deputy(self, a: int, colon: int) -> list[Range]:
        """Whose words a letter or a mouth has before a colon; what counts as a message is known further on."""
        return []

    def colon(self, q: int) -> Draft | None:
        """A quotation after a colon that no cue leads up to: X was brief: “…”; X, asked about it: “…”."""
        t = self.t
        start = t.spans[q][0]
        a, _b = t.stretches[t.stretch[start]]
        if q > 0 and (self._sentential(q - 1) or start - a > 40):
            a = max(a, t.spans[q - 1][1])
        if start - a < 2 or t.low[start - 1] != ":" or not self._sentential(q) or start - a > 40:
            return None
        finite = [k for k in range(a, start) if t.tag[k] in FINITE]
        heads = [k for k in range(a, start) if t.dep[k] in ("nsubj", "nsubjpass") and t.head[k] < start]
        draft = Draft(cue=[(start - 1, start - 1)], quotes=[q], frame="colon")
        draft.source = self.deputy(a, start - 1)
        if draft.source:
            return draft
        if not finite:
            names = [
                k for k in range(a, start) if t.pos[k] in ("PROPN", "PRON", "NOUN") and t.head[k] not in range(a, k)
            ]
            noun = next(
                (
                    k
                    for k in names
                    if t.pos[k] == "PROPN"
                    or t.low[k] in self.cues.nouns["speakers"]
                    or (k == a and t.low[k + 1] in ("on", "about") and not t.block.doc[k].is_lower)
                ),
                -1,
            )
            if noun < 0 or noun - a > 6:
                return None
            while noun < t.head[noun] < start and t.dep[noun] == "compound":
                noun = t.head[noun]
            draft.source = self.source(noun, -1)
            first, last = draft.source[0]
            on = next((k for k in range(noun + 1, last + 1) if t.low[k] in ("on", "about", "to")), last + 1)
            draft.source[0] = (first, on - 1)
            return draft
        subject = heads[0] if heads else self.subject(finite[-1])
        if subject < 0:
            return None
        poss = t.kid(subject, "poss")
        if poss >= 0 and not self._actor(subject):
            subject = poss
        if t.low[subject] not in self.cues.nouns["speakers"] and not self._actor(subject):
            return None
        draft.source = self.source(subject, -1)
        if draft.source and draft.source[0][1] > draft.source[0][0] and t.tag[draft.source[0][1]] == "POS":
            draft.source[0] = (draft.source[0][0], draft.source[0][1] - 1)
        return draft
