"""What one paragraph says somebody said: a cue verb or noun, and around it the frame that makes it a statement.

Each finder takes a cue token and gives a `Draft` in tokens, or None. Attributions by quotation look at where the marks
stand, which holds where the parser is led astray by long quotations; the rest look at the parse.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.attribution_cues import Cues
from dragoman.extract.attribution_tree import STOP, Tree

Range = tuple[int, int]
"""A run of tokens, first and last, both included."""

FIRST_SECOND = frozenset(("i", "we", "you", "me", "us"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
DASHES = frozenset(("—", "–", "-", "--"))
_GOING_ON = frozenset(("go", "goes", "went", "going", "gone", "continue", "continued", "continues", "continuing", "hasten",
                       "hastened", "like", "want", "wanted", "began", "proceeded"))  # fmt: skip
_SUBORDINATE = RELATIVE | {"when", "where", "because", "but", "and", "if", "whether", "what", "although", "while"}
_HUMAN = frozenset(("he", "she", "they", "his", "her", "their", "minister", "president", "envoy", "mediator", "official",
                    "spokesman", "spokeswoman", "spokesperson", "negotiator", "delegate", "leader", "chief", "head",
                    "secretary", "ambassador", "diplomat", "source", "commissioner", "general"))  # fmt: skip
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CALLING = frozenset(("rang", "rung", "called", "phoned", "telephoned", "wrote", "written", "emailed", "texted"))
_UNSAID = frozenset(("could", "may", "might", "should", "must", "ca", "cannot"))
_CLAUSAL = ("ccomp",)


@dataclass(slots=True)
class Draft:
    """An attribution in tokens. `quotes` are the quotations (numbers in the tree) that are content as a whole."""

    cue: list[Range]
    source: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    thought: bool = False
    verb: int = -1
    frame: str = ""


class Frames:
    """The finders over one paragraph."""

    def __init__(self, tree: Tree, cues: Cues, thoughts: bool) -> None:
        """Over this tree, with this lexicon; `thoughts` also finds beliefs and intentions."""
        self.t, self.cues, self.thoughts = tree, cues, thoughts
        self.taken: set[int] = set()  # quotations that have their attribution

    # -- all ------------------------------------------------------------------------------------------------------

    def find(self) -> list[Draft]:
        """Every draft of the paragraph in the order of its cues."""
        t, cues = self.t, self.cues
        drafts: list[Draft] = []
        for i in range(t.n):
            word = t.low[i]
            draft: Draft | None = None
            lemma = cues.lemma.get(word)
            if lemma is not None and (t.pos[i] in ("VERB", "AUX") or self._beside_quote(i)):
                draft = self.verb(i, lemma)
            elif word == "according":
                draft = self.according(i)
            elif word in cues.noun_forms and t.pos[i] == "NOUN":
                draft = self.nominal(i, cues.noun_forms[word])
            elif word in cues.measures and t.pos[i] == "ADP":
                draft = self.measure(i)
            elif t.tag[i] in ("VBD", "VBZ") and self._beside_quote(i):
                draft = self.verb(i, "")
            if draft is not None and (draft.content or draft.quotes):
                drafts.append(draft)
                self.taken.update(draft.quotes)
        for q in range(len(t.spans)):
            if q not in self.taken:
                draft = self.colon(q)
                if draft is not None:
                    drafts.append(draft)
                    self.taken.add(q)
        return drafts

    def _beside_quote(self, i: int) -> bool:
        """Whether a quotation ends right before this word, a comma aside: «…», declared she."""
        t = self.t
        if t.quoted[i] >= 0:
            return False
        k = i - 1
        while k >= 0 and t.low[k] in (",", "—", "–", "-"):
            k -= 1
        if k < 0 or t.quoted[k] < 0 or t.stretch[k] != t.stretch[i]:
            return k >= 1 and i - k <= 1 and t.pos[k] in ("PRON", "PROPN") and self._near_comma_quote(k)
        return t.tag[i].startswith("VB") or (i + 1 < t.n and t.pos[i + 1] in ("PRON", "PROPN", "DET"))

    def _near_comma_quote(self, k: int) -> bool:
        """Whether the subject that ends at k begins right after a quotation that ends in a comma."""
        t = self.t
        while k >= 0 and t.quoted[k] < 0 and t.pos[k] in ("PRON", "PROPN", "DET", "NOUN", "ADJ"):
            k -= 1
        if k >= 0 and t.low[k] == "," and t.quoted[k] < 0:
            k -= 1
            return k >= 0 and t.quoted[k] >= 0
        if k < 0 or t.quoted[k] < 0:
            return False
        last = t.last_inner(t.quoted[k])
        return last >= 0 and t.low[last] in (",", "?", "!")

    # -- verbs ----------------------------------------------------------------------------------------------------

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
        beside = speaks or frame == "quote" or lemma in verbs["quote"] or not lemma
        thinks = self.thoughts and lemma in verbs["thought_clause"]
        inside = t.quoted[i] >= 0
        kids = t.kids[i]
        auxiliaries = [k for k in kids if k < i and t.dep[k] in ("aux", "auxpass", "neg")]
        negated = any(t.dep[k] == "neg" or t.low[k] == "never" for k in kids)
        passive = any(t.dep[k] == "auxpass" for k in kids) or any(t.dep[k] == "nsubjpass" for k in kids)
        infinitive = any(t.low[k] == "to" for k in auxiliaries)
        if any(t.low[k] in ("will", "wo", "’ll", "'ll") for k in auxiliaries) and not self.thoughts:
            return None  # nothing is said yet
        modal = any(t.low[k] in _UNSAID for k in auxiliaries)
        if t.tag[i] == "VB" and not auxiliaries and t.dep[i] != "conj" and not self._beside_quote(i):
            return None  # an imperative
        if infinitive and t.low[t.head[i]] not in _GOING_ON and not (lemma == "ask" or t.low[t.head[i]] in _CALLING):
            return None
        set_off = t.dep[i] == "acl" and i + 1 < t.n and t.low[i - 1] == "," and t.low[i + 1] != "by"
        if t.tag[i] == "VBN" and not auxiliaries and t.dep[i] in ("acl", "advcl", "amod", "relcl") and not set_off:
            return None
        if t.dep[i] in ("csubj", "amod", "compound", "nmod") or (lemma not in verbs["judging"] and any(t.low[k] == "what" and k < i for k in kids)):
            return None
        subject = self.subject(i, passive)
        if subject >= 0 and t.low[subject] in FIRST_SECOND and inside:
            return None
        draft = Draft(cue=[self._cue(i, auxiliaries)], verb=i)
        draft.source = self._source(subject, i)
        if not inside and beside and not (negated and lemma):
            if self._by_quotation(draft, i, subject, known=bool(lemma)):
                draft.frame = "quotation"
                return draft
            printed = subject > i and t.low[subject] in self.cues.nouns["documents"]
            if (speaks and not unsure or printed) and t.tag[i] in ("VBD", "VBZ", "VBP", "VBN") and self._parenthesis(draft, i, subject):
                draft.frame = "parenthesis"
                return draft
        if not lemma or (negated and lemma != "deny" and not self.thoughts) or (modal and not self.thoughts):
            return None
        if not inside and self._bullets_follow(i, draft):
            return draft
        if speaks and (not unsure or thinks) and (subject >= 0 or passive) and self._clause(draft, i, passive):
            draft.frame = "clause"
            return draft
        if inside:
            draft.frame = "noun"
            return draft if lemma not in verbs["noun_any"] and self._noun(draft, i, lemma) else None
        if lemma in verbs["judging"] or lemma in self.cues.judging_plain:
            if self._judging(draft, i, lemma):
                draft.frame = "judging"
                return draft
        if self._infinitive(draft, i, lemma, passive, subject):
            draft.frame = "infinitive"
            return draft
        if self._noun(draft, i, lemma):
            draft.frame = "noun"
            return draft
        if self._prepositional(draft, i, lemma):
            draft.frame = "prepositional"
            return draft
        if self.thoughts and not inside and self._thought(draft, i, lemma, passive):
            draft.thought = True
            return draft
        return None

    def _cue(self, i: int, auxiliaries: list[int]) -> Range:
        first = i
        while first - 1 in auxiliaries and self.t.low[first - 1] != "to":
            first -= 1
        last = i
        for k in self.t.kids[i]:
            if k == last + 1 and self.t.dep[k] == "prt":
                last = k
        return first, last

    # -- who ------------------------------------------------------------------------------------------------------

    def subject(self, i: int, passive: bool = False, depth: int = 0) -> int:
        """The head of the phrase that names the speaker of verb i, or -1."""
        t = self.t
        if depth > 4:
            return -1
        if passive:
            agent = t.kid(i, "agent")
            if agent >= 0:
                return t.kid(agent, "pobj")
            if t.low[i] not in ("told", "asked", "informed", "quoted", "reminded", "warned", "assured"):
                return self._in_document(i)
        for k in t.kids[i]:
            if t.dep[k] in ("nsubj", "nsubjpass", "csubj", "expl"):
                if t.dep[k] == "nsubjpass" and t.low[i] != "quoted":
                    return -1
                if t.low[k] in RELATIVE and t.dep[i] in ("relcl", "acl", "ccomp") and k < i:
                    return t.head[i] if t.dep[i] == "relcl" else -1
                if any(c.isalpha() for c in t.low[k]) and (t.quoted[k] == t.quoted[i]):
                    return k
        head, dep = t.head[i], t.dep[i]
        thing = t.kid(i, "dobj")
        if i and t.low[i - 1] == "," and i < thing and t.left(thing) == i + 1 and t.tag[i] in ("VBD", "VBZ"):
            if t.right(thing) + 1 >= t.n or t.low[t.right(thing) + 1] in (",", ".", ";"):
                return thing  # the strike goes on, vowed the union
        apposed = self._apposed(i)
        if apposed >= 0:
            return apposed
        if dep == "conj" and t.low[i - 1] != "”":
            return self.subject(head, False, depth + 1)
        if dep in ("advcl", "xcomp", "ccomp", "dep") and head != i and t.pos[head] in ("VERB", "AUX"):
            if t.tag[i] == "VBG" or dep == "xcomp" or t.low[head] in _GOING_ON:
                return self.subject(head, t.kid(head, "auxpass") >= 0 and t.low[head] != "quoted", depth + 1)
        if dep == "acl" and (t.tag[i] in ("VBG", "VBD", "VBZ") or t.low[i - 1] == ","):
            return head
        if dep == "pcomp":
            verb = t.head[head]
            if t.pos[verb] in ("VERB", "AUX"):
                if t.low[head] == "as" and t.kid(verb, "dobj") >= 0:
                    return t.kid(verb, "dobj")  # quoted X as saying
                return self.subject(verb, False, depth + 1)
            return -1
        return self._inverted(i)

    def _apposed(self, i: int) -> int:
        """The subject that the parser took for an apposition to the sentence before: …, Ann Bell, the mayor, said."""
        t = self.t
        if t.tag[i] not in ("VBD", "VBZ") or i < 2:
            return -1
        best, a = -1, t.stretches[t.stretch[i]][0]
        for k in range(i - 1, max(a, i - 30), -1):
            if t.quoted[k] != t.quoted[i]:
                break
            if t.dep[k] == "appos" and t.pos[k] in ("PROPN", "NOUN") and t.left(k) > a + 1 and t.low[t.left(k) - 1] == ",":
                if t.right(k) in (i - 1, i - 2) or t.right(k) >= i > k:
                    best = k
        return best

    def _inverted(self, i: int) -> int:
        """The subject after the verb, where the parse has none: «…», declared she."""
        t = self.t
        k = i + 1
        while k < t.n and t.low[k] in ("dr", "mr", "ms", "mrs") or (k < t.n and t.pos[k] in ("DET", "ADJ", "NUM")):
            k += 1
        if k < t.n and t.pos[k] in ("PRON", "PROPN", "NOUN") and t.quoted[k] == t.quoted[i] and self._beside_quote(i):
            seen = 0
            while t.head[k] != k and t.head[k] > i and t.pos[t.head[k]] in ("PROPN", "NOUN") and seen < 20:
                k, seen = t.head[k], seen + 1
            return k
        return -1

    def _in_document(self, i: int) -> int:
        """Whose document it is in "…, is said in the announcement of X"."""
        t = self.t
        for k in t.kids[i]:
            if t.low[k] in ("in", "by", "from"):
                noun = t.kid(k, "pobj")
                if noun >= 0 and t.low[noun] in self.cues.nouns["documents"]:
                    of = t.kid(noun, "prep")
                    if of >= 0 and t.low[of] in ("of", "by", "from") and t.kid(of, "pobj") >= 0:
                        return t.kid(of, "pobj")
                    poss = t.kid(noun, "poss")
                    return poss if poss >= 0 else noun
        return -1

    def _source(self, head: int, verb: int) -> list[Range]:
        """The plain phrase of a speaker, and after it what is said of him; nothing where there is no speaker."""
        t = self.t
        if head < 0 or t.low[head] in ("it", "there") and t.dep[head] == "expl":
            return []
        low, high = (0, t.n - 1) if verb < 0 else (0, verb - 1) if head < verb else (verb + 1, t.n - 1)
        a, b = t.stretches[t.stretch[head]]
        plain, extra = t.noun_phrase(head, max(low, a), min(high, b - 1))
        if extra is not None and t.pos[head] == "NOUN" and t.pos[extra[0]] == "PROPN":
            end = extra[0]
            while end < extra[1] and t.pos[end + 1] == "PROPN":
                end += 1
            if end - plain[1] <= 6:
                return [(plain[0], end)]  # a title, and whose it is
        return [plain] if extra is None else [plain, extra]

    # -- by quotation marks ---------------------------------------------------------------------------------------

    def _cue_start(self, draft: Draft, i: int) -> int:
        starts = [i, draft.cue[0][0]]
        starts += [first for first, _ in draft.source if first < i]
        return min(s for s in starts if self.t.stretch[s] == self.t.stretch[i])

    def _sentential(self, q: int) -> bool:
        """Whether a quotation is a whole sentence or more, by where it stands and how it begins."""
        t = self.t
        first, last = t.spans[q]
        a = t.stretches[t.stretch[first]][0]
        while a < first and t.low[a] in ("•", "-", "—", "–", "*", "and", "but", ","):
            a += 1
        if a == first:
            return True
        capital = first + 1 < last and t.block.doc[first + 1].text[:1].isupper()
        return capital and t.low[first - 1] in (",", ":", "—", "–", "-", "--") and last - first > 3

    def _by_quotation(self, draft: Draft, i: int, subject: int, known: bool) -> bool:
        """Quotations right before or right after the cue clause."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        start = self._cue_start(draft, i)
        k = start - 1
        while k >= a and t.quoted[k] < 0 and t.low[k] in (",", "and", "as", "then", "—", "–", "-", "but", "so"):
            k -= 1
        left = t.quoted[k] if k >= a else -1
        if left < 0 and known:
            left = self._comma_quotation(i, start, draft)
        if left >= 0 and (left in self.taken or not self._sentential(left)):
            left = -1
        if not known:
            # a verb that is no cue otherwise: only "…," he shrugged.
            if left < 0 or subject < 0:
                return False
            last = t.last_inner(left)
            if not (last >= 0 and t.low[last] == "," or t.low[k + 1] == ",") or t.pos[i] == "AUX":
                return False
        right = self._quotation_after(i, b, start)
        if left < 0 and right < 0:
            return False
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
                if first > i and t.low[first - 1] in (",", ":", ".") and not self._cue_between(i, first):
                    draft.quotes.append(q)
                    break
        return True

    def _goes_on(self, q: int, i: int, b: int) -> int:
        """The last token of a clause that begins with a quotation and goes on after it; -1 where it does not."""
        t = self.t
        first, end = t.spans[q]
        last = t.last_inner(q)
        if end >= b - 1 or last < 0 or t.low[last] in (",", ".", "!", "?") or t.low[end] in (",", ".", ";", ":", "—", "–", "-"):
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
        if not (last >= 0 and t.low[last] == "," or t.low[k + 1] == ",") or t.dep[i] in ("relcl", "acl"):
            return -1
        first = k + 1 + (t.low[k + 1] == ",")
        end = first
        while end + 1 < i and t.low[end + 1] not in ("who", "which", "that", ","):
            end += 1
        while end > first and (t.dep[end] in ("aux", "auxpass", "neg", "advmod") or t.tag[end] in ("VBN", "VBD", "VBZ")):
            end -= 1
        if end < i and t.pos[first] in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"):
            draft.source = [(first, end)]
            return q
        return -1

    def _cue_between(self, i: int, j: int) -> bool:
        """Whether between the two stands another verb that could take the quotation."""
        t = self.t
        return any(
            self.cues.lemma.get(t.low[k]) in self.cues.speaking and t.tag[k] in ("VBD", "VBZ", "VBP", "VBG") and t.pos[k] == "VERB"
            for k in range(i + 1, j)
        )

    def _quotation_after(self, i: int, b: int, start: int) -> int:
        """The whole-sentence quotation that the cue clause leads up to, or -1."""
        t = self.t
        for k in range(i + 1, b):
            q = t.quoted[k]
            if q < 0:
                continue
            if q in self.taken or k != t.spans[q][0]:
                return -1
            before = t.low[k - 1]
            if k + 1 >= t.spans[q][1]:
                return -1
            capital = t.block.doc[k + 1].text[:1].isupper()
            if before == ":" and (capital or k - i <= 3):
                clause = t.kid(i, "ccomp")
                return -1 if self._cue_between(i, k) or (i < clause < k and t.quoted[clause] < 0) else q
            if before == "," and capital and not self._cue_between(i, k):
                return q if all(t.dep[m] not in ("ccomp", "advcl") or t.pos[m] != "VERB" for m in range(i + 1, k)) else -1
            if k - 1 == i:
                return q
            if capital and k - i <= 15 and t.spans[q][1] - k > 5 and not self._cue_between(i, k):
                if not any(t.tag[m] in ("VBD", "VBZ", "VBP", "MD") for m in range(i + 1, k)) and before not in ("the", "a", "an", "of", "that"):
                    return q
            if k - i <= 4 and all(t.dep[m] in ("advmod", "dobj", "prep", "pobj", "dative", "mark", "nsubj", "det", "compound", "punct") for m in range(i + 1, k)):
                if capital or all(t.dep[m] in ("advmod", "punct") for m in range(i + 1, k)):
                    return q
            return -1
        return -1

    # -- parentheses ----------------------------------------------------------------------------------------------

    def _parenthesis(self, draft: Draft, i: int, subject: int) -> bool:
        """"…, X said" and "…, X said, …": what stands around the cue clause is the content."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        start = self._cue_start(draft, i)
        loose = self._apposed(i) == subject or (t.dep[i] == "acl" and t.head[i] == subject)
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
        if t.dep[i] == "conj" and not closed and not as_clause and not loose:
            return False
        # where the cue clause ends
        skip = max((last for _, last in draft.source if last > i), default=i)
        comma = next((k for k in range(max(i, skip) + 1, b) if t.quoted[k] < 0 and t.low[k] in (",", "—", "–")), -1)
        below = next((k for k in t.kids[i] if t.dep[k] in ("ccomp", "dobj") and k != subject and t.low[k] != "it"), -1)
        above = t.head[i] if loose or t.dep[i] in ("parataxis", "ccomp", "advcl", "dep", "conj", "ROOT") and t.head[i] != i else -1
        if below > i and (comma < 0 or below < comma) and t.dep[below] == "ccomp":
            return False  # it has its clause
        if below > i and t.dep[below] == "dobj" and not closed and t.low[i] not in ("told", "tells", "tell"):
            return False
        matrix = below if below >= 0 and (below < start or comma >= 0 and below > comma) else above
        inner = False
        if comma >= 0 and comma + 1 < b:
            inner = matrix > comma
            if not inner and t.quoted[comma + 1] >= 0 and matrix < 0:
                inner = True
        if loose and not inner:
            matrix = -1
        if matrix < 0 and not closed and not inner:
            if t.dep[i] != "ROOT" and not loose:
                return False
            # the content is no clause to the parser: only if the cue clause ends the sentence
        first = a
        if 0 <= matrix and t.dep[matrix] != "ROOT" and a < t.left(matrix) < before and t.low[max(t.left(matrix) - 1, a)] in ("that", ":", "—", "–"):
            first = t.left(matrix)
        colon = next((k for k in range(before, first - 1, -1) if t.low[k] == ":" and t.quoted[k] < 0), -1)
        if first < colon < before - 1 + inner and (inner or any(t.tag[k] in _FINITE for k in range(colon, before))):
            first = colon + 1
        pieces: list[Range] = []
        if as_clause and before <= a and comma >= 0:
            pieces = [(comma + 1, b - 1)]
        else:
            left_end = before if closed else before - 1
            if left_end >= first and not (inner and left_end > first and t.low[left_end] in _SUBORDINATE):
                pieces.append((first, left_end))
            if inner:
                pieces.append((comma + 1, self._before_next_cue(comma + 1, b - 1)))
        if not inner and not closed and any(t.dep[k] == "advcl" and k < start and t.left(k) <= first + 1 for k in t.kids[i]):
            if not as_clause and matrix < 0:
                return False  # until X spoke, Y had said …
        if not pieces or not any(t.tag[k] in _FINITE for first, last in pieces for k in range(first, last + 1)):
            return False
        draft.content = pieces
        return True

    def _before_next_cue(self, first: int, last: int) -> int:
        """The end of a content that a further cue clause follows: …, and she asked them to …"""
        t = self.t
        for k in range(first + 2, last):
            if t.low[k] in ("and", "but") and t.low[k - 1] == "," and t.quoted[k] < 0:
                for m in range(k + 1, min(k + 6, last)):
                    if t.quoted[m] < 0 and t.low[m] in self.cues.lemma and t.tag[m] in ("VBD", "VBZ") and t.dep[m] == "conj":
                        if t.kid(m, "nsubj") >= 0 and self.cues.lemma[t.low[m]] in self.cues.verbs["clause"]:
                            return k - 2
        return last

    # -- clauses --------------------------------------------------------------------------------------------------

    def _bounds(self, i: int) -> Range:
        """Between which tokens the content of a verb at i may lie."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        if t.quoted[i] >= 0:
            first, last = t.spans[t.quoted[i]]
            return max(first, 0), min(last, t.n) - 1
        return a, b - 1

    def _to(self, k: int) -> int:
        """The "to" of an infinitive at k, or -1."""
        for m in self.t.kids[k]:
            if self.t.low[m] == "to" and self.t.dep[m] == "aux":
                return m
        return -1

    def _clause(self, draft: Draft, i: int, passive: bool) -> bool:
        """verb + (that) clause on its right."""
        t = self.t
        for c in t.kids[i]:
            if c <= i or t.dep[c] not in _CLAUSAL and not (t.dep[c] in ("advcl", "acl", "relcl", "xcomp") and self._that(c)):
                continue
            to = self._to(c)
            if to >= 0 and not self._has_subject_before(c, i):
                continue
            if to >= 0 and t.tag[c] == "VB":
                continue
            if t.tag[c] == "VBG" and t.kid(c, "nsubj", "aux", "expl", "nsubjpass") < 0:
                continue
            if t.pos[c] in ("NOUN", "PROPN", "NUM", "ADP") and t.kid(c, "nsubj", "cop", "expl") < 0 and not self._that(c):
                continue
            self._put_clause(draft, i, c)
            return bool(draft.content)
        low, high = self._bounds(i)
        for k in range(i + 2, min(i + 30, high)):  # said on Monday, after a meeting, that …
            if t.low[k] == "that" and t.low[k - 1] == "," and t.quoted[k] == t.quoted[i] and t.tag[k] == "IN":
                verbs = [m for m in range(k + 1, high + 1) if t.tag[m] in _FINITE and t.quoted[m] == t.quoted[i]]
                if verbs:
                    draft.content = [(k + 1, self._without_tail(i, verbs[0], k + 1, high))]
                    return True
            if t.tag[k] in _FINITE and t.dep[k] != "relcl":
                break
        for p in t.kids[i]:  # said in a statement that …: the parser gives the clause to the noun
            if p > i and t.dep[p] in ("prep", "dobj", "dative") or t.dep[p] == "npadvmod":
                noun = t.kid(p, "pobj") if t.dep[p] == "prep" else p
                for c in t.kids[noun] if noun > i else ():
                    if t.dep[c] in ("acl", "ccomp", "relcl") and self._said_that(c, noun):
                        self._put_clause(draft, i, c)
                        return bool(draft.content)
        return False

    def _that(self, c: int) -> bool:
        t = self.t
        return any(t.dep[k] == "mark" and t.low[k] in ("that", "whether") for k in t.kids[c])

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
                if i < k < first and t.dep[k] in ("advcl", "advmod", "prep") and t.low[first - 1] == "," and t.right(k) > k:
                    if t.low[t.left(k) - 1] != ",":
                        first = min(first, t.left(k))
        if t.tag[i] in ("VBD", "VBZ") and t.tag[c] != t.tag[i]:
            for k in t.kids[c]:  # says X would and tells Y: Y is no part of X
                if t.dep[k] == "conj" and t.tag[k] == t.tag[i] and self.cues.lemma.get(t.low[k]) in self.cues.speaking:
                    if t.kid(k, "nsubj", "nsubjpass") < 0 and k > c:
                        last = min(last, k - 1)
                        while last > first and t.low[last] in ("and", "but", ","):
                            last -= 1
        if first + 2 < last and t.low[first] == "it":
            that = next((k for k in range(first, min(first + 4, last)) if t.low[k] == "that"), -1)
            if that > 0 and self.cues.lemma.get(t.low[i]) in self.cues.phrasal:
                first = that + 1  # made it clear that …
        last = self._without_tail(i, c, first, last)
        while first <= last and t.low[first] in ("that", ",", ":") or (first <= last and t.dep[first] == "mark" and t.low[first] == "that"):
            first += 1
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

    def _without_tail(self, i: int, c: int, first: int, last: int) -> int:
        """Where a clause ends that another attribution follows: …, according to X; …, warning that …"""
        t = self.t
        for k in range(c + 1, last):
            if t.low[k] != "," or t.quoted[k] != t.quoted[i]:
                continue
            after = t.low[k + 1]
            if after == "according" and t.right(k + 1) >= last - 1:
                return k - 1
            if t.tag[k + 1] == "VBG" and t.dep[k + 1] == "advcl" and self.cues.lemma.get(after) in self.cues.verbs["clause"]:
                if t.head[k + 1] in (i, c) and t.kid(k + 1, "ccomp") >= 0:
                    return k - 1
        return last

    # -- other frames ---------------------------------------------------------------------------------------------

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
            if addressed and not plain and not between:
                continue
            return self._put_infinitive(draft, i, c, to)
        if addressed:
            # asked them to “…”: the parser does not see through the marks
            a, b = t.stretches[t.stretch[i]]
            for k in range(i + 2, min(i + 12, b - 1)):
                if t.low[k] == "to" and t.quoted[k + 1] >= 0 and t.quoted[i] < 0 and t.spans[t.quoted[k + 1]][0] == k + 1:
                    draft.content = [(k, t.spans[t.quoted[k + 1]][1] - 1)]
                    return True
        return False

    def _put_infinitive(self, draft: Draft, i: int, c: int, to: int) -> bool:
        t = self.t
        _, high = self._bounds(i)
        last = min(t.right(c), high)
        q = t.quoted[last]
        if q >= 0 and q != t.quoted[i]:
            last = max(last, t.spans[q][1] - 1)
        first = to
        if t.quoted[to] >= 0 and t.spans[t.quoted[to]][0] == to - 1 and t.quoted[i] < 0:
            first = to - 1
        draft.content = [(first, last)]
        return first <= last

    def _object(self, i: int) -> int:
        t = self.t
        return next((k for k in t.kids[i] if k > i and t.dep[k] in ("dobj", "attr", "oprd")), -1)

    def _noun(self, draft: Draft, i: int, lemma: str) -> bool:
        """verb + noun phrase that is what was said."""
        t, cues = self.t, self.cues
        if lemma not in cues.verbs["noun"]:
            return False
        noun = self._object(i)
        if noun < 0 or t.pos[noun] == "PRON":
            return False
        if lemma not in cues.verbs["noun_any"] and t.low[noun] not in cues.nouns["noun_objects"]:
            return False
        return self._put_noun(draft, i, noun)

    def _put_noun(self, draft: Draft, i: int, noun: int) -> bool:
        t = self.t
        _, high = self._bounds(i)
        first, last = max(t.left(noun), i + 1), min(t.right(noun), high)
        q = t.quoted[last]
        if q >= 0 and q != t.quoted[i]:
            last = max(last, t.spans[q][1] - 1)
        draft.content = [(first, last)]
        return first <= last

    def _judging(self, draft: Draft, i: int, lemma: str) -> bool:
        """called it “…”, likened it to …, put it at …"""
        t, cues = self.t, self.cues
        a, b = t.stretches[t.stretch[i]]
        if t.kid(i, "prt") >= 0 or i + 1 >= t.n or t.low[i + 1] in ("for", "on", "off", "in", "to", "at"):
            return False
        if t.quoted[i] < 0:
            for k in range(i + 1, min(i + 25, b)):
                q = t.quoted[k]
                if q >= 0:
                    if q not in self.taken and lemma in cues.verbs["judging"] and (
                        i in self._above(t.spans[q][0] + 1, 6) or k <= i + 6
                    ):
                        if t.spans[q][0] == i + 1 or t.low[i + 1] in ("a", "an", "as") or self._object_before(i):
                            draft.quotes.append(q)
                        else:
                            draft.content = [(i + 1, t.spans[q][1] - 1)]
                            self.taken.add(q)
                        return True
                    break
                if k > i + 1 and t.tag[k] in ("VBD", "VBZ", "VBP") or t.low[k] in (",", ";", ":"):
                    break
        link = cues.judging_plain.get(lemma)
        if link is None or t.quoted[i] >= 0:
            return False
        if lemma == "put":
            noun = self._object(i)
            prep = next((k for k in range(i + 1, min(i + 18, b)) if t.low[k] == "at"), -1)
            if noun < 0 or prep < 0 or t.low[noun] not in cues.nouns["estimates"]:
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
        if clause < 0 or lemma != "call" or t.left(clause) < i or self._to(clause) >= 0 or t.tag[clause] in ("VB", "VBD"):
            return False
        first = t.left(clause)
        noun = self._object(i)
        if t.dep[clause] == "oprd" and 0 <= noun < clause:
            first = max(i + 1, min(first, t.left(noun)))
        if t.dep[clause] == "oprd" and not 0 <= noun < clause:
            return False
        draft.content = [(max(first, i + 1), min(t.right(clause), b - 1))]
        return True

    def _object_before(self, i: int) -> bool:
        """Whether the verb's object stands before it: the talks, which he called “useful”."""
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
        a, b = t.stretches[t.stretch[i]]
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
            if q >= 0 and t.spans[q][0] > p + 3 and noun >= 0 and t.right(noun) >= t.spans[q][0]:
                draft.cue.append((p, p))
                return self._put_noun(draft, i, noun)
            if q >= 0 and t.quoted[i] < 0 and q not in self.taken:
                draft.quotes.append(q)
                draft.cue.append((p, p))
                return True
            if how == "plain" and noun >= 0:
                draft.cue.append((p, p))
                return self._put_noun(draft, i, noun)
        return False

    def _bullets_follow(self, i: int, draft: Draft) -> bool:
        """It demands: (and then a list); the list is put in by the caller, who sees the paragraphs."""
        t = self.t
        a, b = t.stretches[t.stretch[i]]
        return False if b != t.n or t.low[b - 1] != ":" or i < b - 8 else self._open_end(draft)

    def _open_end(self, draft: Draft) -> bool:
        draft.verb = -2
        return False

    # -- beliefs and intentions -----------------------------------------------------------------------------------

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
                        plain, extra = t.noun_phrase(noun)
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

    # -- without a verb -------------------------------------------------------------------------------------------

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
        if t.low[noun] in ("agreement", "plan", "schedule", "rules", "law", "order", "size", "terms"):
            return None
        return self._around(Draft(cue=[(i, i + 1)]), i, noun, i)

    def measure(self, i: int) -> Draft | None:
        """…, by X's count; …, in the words of X."""
        t = self.t
        nouns = self.cues.measures[t.low[i]]
        for k in range(i + 1, min(i + 8, t.n)):
            if t.low[k] in nouns and t.pos[k] == "NOUN":
                who = t.kid(k, "poss")
                if who < 0:
                    of = next((m for m in t.kids[k] if t.low[m] == "of"), -1)
                    who = t.kid(of, "pobj") if of >= 0 else -1
                if who < 0:
                    return None
                return self._around(Draft(cue=[(i, i), (k, k)]), i, who, i, end=max(k, t.right(who)))
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
        pieces: list[Range] = []
        if k >= low and not (k - low < 2 and t.low[k] in ("but", "and", "so", "yet", "however", "or")):
            left = t.quoted[k]
            if left >= 0 and left != t.quoted[i] and self._sentential(left):
                draft.quotes.append(left)
            else:
                pieces.append((low if t.quoted[i] < 0 else low + 1, k))
        after = finish + 1
        comma = after <= high and t.low[after] in (",", "—", "–", ":")
        if comma and after + 1 <= high or not pieces and not draft.quotes and after <= high:
            first = after + 1 if comma else after
            if not pieces and not draft.quotes and not comma:
                return None
            if t.quoted[first] >= 0 and t.quoted[first] != t.quoted[i] and self._sentential(t.quoted[first]):
                draft.quotes.append(t.quoted[first])
            else:
                clause = any(t.tag[m] in _FINITE for m in range(first, high + 1))
                whole = any(t.tag[m] in _FINITE for a, b in pieces for m in range(a, b + 1)) or bool(draft.quotes)
                if clause or not whole or any(t.quoted[m] != t.quoted[i] for m in range(first, high + 1)):
                    pieces.append((first, high))
        draft.content = pieces
        return draft if pieces or draft.quotes else None

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
        if clause >= 0 and t.dep[i] in ("pobj", "dobj") and self.cues.lemma.get(t.low[above], "") in self.cues.verbs["clause"]:
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
            last = min([verb, *(k for k in t.kids[verb] if k > last and t.dep[k] in ("aux", "auxpass", "neg", "advmod"))]) - 1
        draft = Draft(cue=[(i, i)], content=[(first, last)], thought=thought)
        draft.source = self._owner(i, first)
        if not draft.source and t.dep[i] == "dobj" and t.pos[t.head[i]] == "VERB":
            draft.source = self._source(self.subject(t.head[i]), t.head[i])
        if not draft.source and not thought:
            begin = t.left(i)
            draft.source = [(begin, i)]
        return draft if first <= last else None

    def colon(self, q: int) -> Draft | None:
        """A quotation after a colon that no cue leads up to: X was blunter: “…”; X, asked about it: “…”."""
        t = self.t
        start = t.spans[q][0]
        a, b = t.stretches[t.stretch[start]]
        if start - a < 2 or t.low[start - 1] != ":" or not self._sentential(q) or start - a > 25:
            return None
        finite = [k for k in range(a, start) if t.tag[k] in _FINITE]
        heads = [k for k in range(a, start) if t.dep[k] in ("nsubj", "nsubjpass") and t.head[k] < start]
        draft = Draft(cue=[(start - 1, start - 1)], quotes=[q], frame="colon")
        if not finite:
            names = [k for k in range(a, start) if t.pos[k] in ("PROPN", "PRON", "NOUN") and t.head[k] not in range(a, k)]
            noun = next((k for k in names if t.pos[k] == "PROPN" or t.low[k] in _HUMAN), -1)
            if noun < 0 or noun - a > 6:
                return None
            draft.source = self._source(noun, -1)
            return draft
        if not heads:
            return None
        subject = heads[0]
        poss = t.kid(subject, "poss")
        if poss >= 0:
            subject = poss
        if t.low[subject] not in _HUMAN and t.pos[subject] != "PROPN":
            return None
        draft.source = self._source(subject, -1)
        if draft.source and draft.source[0][1] > draft.source[0][0] and t.tag[draft.source[0][1]] == "POS":
            draft.source[0] = (draft.source[0][0], draft.source[0][1] - 1)
        return draft

    def _said_that(self, clause: int, noun: int) -> bool:
        """Whether the clause is what the noun says: "that" is no subject or object in it."""
        t = self.t
        first = t.left(clause)
        if first <= noun:
            return False
        return t.low[first] == "that" and t.dep[first] == "mark"

    def _owner(self, i: int, before: int) -> list[Range]:
        t = self.t
        poss = t.kid(i, "poss")
        if poss >= 0:
            (first, last), _ = t.noun_phrase(poss, 0, i - 1)
            if last > first and t.tag[last] == "POS":
                last -= 1
            return [(first, last)]
        for k in t.kids[i]:
            if k > i and t.low[k] in ("by", "from", "of"):
                noun = t.kid(k, "pobj")
                if 0 <= noun < before:
                    return self._source(noun, -1)[:1]
        return []

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


def sentence_final(tree: Tree, i: int) -> bool:
    """Whether the token ends a sentence."""
    return tree.low[i] in STOP
