"""Who speaks: from the verb of a cue to the phrase that names its speaker.

The parser is asked first; where it loses the subject (a quotation before it, an apposition taken for one of the
sentence before, inverted order) the place of commas and marks decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.extract.attribution_cues import Cues
from dragoman.extract.attribution_tree import Tree
from dragoman.extract.offices import organisations, roles, singular

Range = tuple[int, int]
"""A run of tokens, first and last, both included."""

RELATIVE = frozenset(("who", "which", "that", "whom"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(slots=True)
class Draft:
    """An attribution in tokens. `quotes` are the quotations (numbers in the tree) that are content as a whole.

    `verb` (-1: none) and `frame` say which word and which rule found it; they are there for studying the finders.
    """

    cue: list[Range]
    source: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    thought: bool = False
    verb: int = -1
    frame: str = ""


class Speakers:
    """The paragraph's tree and the lexicon, and who speaks in it."""

    def __init__(self, tree: Tree, cues: Cues, thoughts: bool) -> None:
        """Over this tree, with this lexicon; `thoughts` also finds beliefs and intentions."""
        self.t, self.cues, self.thoughts = tree, cues, thoughts
        self.taken: set[int] = set()  # quotations that have their attribution

    def subject(self, i: int, passive: bool = False) -> int:
        """The head of the phrase that names the speaker of verb i, or -1."""
        found = self._whose(self._subject(i, passive))
        if found >= 0 and self.t.quoted[found] >= 0 > self.t.quoted[i]:
            return self._inverted(i)  # a subject inside the quotation is none of the cue's
        return found

    def _subject(self, i: int, passive: bool, depth: int = 0) -> int:
        t = self.t
        if depth > 4:
            return -1
        if passive:
            agent = t.kid(i, "agent")
            if agent >= 0:
                return t.kid(agent, "pobj")
            if t.low[i] not in self.cues.nouns["told"]:
                return self._in_document(i)
        begin = t.stretches[t.stretch[i]][0]
        for k in t.kids[i]:
            if t.dep[k] in ("nsubj", "nsubjpass", "csubj", "expl"):
                if k < begin and any(begin <= m < i and t.dep[m] == "nsubj" for m in t.kids[i]):
                    continue  # of the sentence before, or a dateline
                if t.dep[k] == "csubj" and t.tag[k] == "VBN":
                    continue  # asked about it, the envoy, Ann Bell, replied
                if t.dep[k] == "nsubjpass" and t.low[i] != "quoted":
                    return -1
                later = next((m for m in t.kids[i] if k < m < i and t.dep[m] == "nsubj"), -1)
                if t.low[k] in RELATIVE and t.dep[i] == "relcl" and later > 0 and t.low[later] not in RELATIVE:
                    return later  # a strike that the firm says cost it much
                if t.low[k] in RELATIVE and t.dep[i] == "ccomp" and 0 < k < i and t.pos[k - 1] in _NOMINAL:
                    return k - 1  # it was he who demanded that …
                if t.low[k] in RELATIVE and t.dep[i] in ("relcl", "acl", "ccomp") and k < i:
                    if self.thoughts:
                        return k
                    return self._whole(t.head[i], k) if t.dep[i] == "relcl" else -1
                if any(c.isalpha() for c in t.low[k]) and (t.quoted[k] == t.quoted[i]):
                    return self._nearer(self._named(k, i), i)
        head, dep = t.head[i], t.dep[i]
        thing = t.kid(i, "dobj")
        after = t.low[t.right(thing) + 1] if i < thing and t.right(thing) + 1 < t.n else "."
        inverted = i > 0 and t.low[i - 1] in (",", "as") and (t.tag[i] in ("VBD", "VBZ") or t.low[i - 1] == "as")
        inverted = inverted or (thing > i and self._beside_quote(i))
        if inverted and i < thing and t.left(thing) == i + 1 and after in (",", ".", ";"):
            return thing  # the strike goes on, vowed the union
        if dep == "amod" and head > i and self._beside_quote(i):
            return head  # “…!” roared Ann Bell
        like = t.kid(i, "prep")
        if 0 <= like < i and t.low[like] == "as" and t.kid(like, "pobj") >= 0:
            return t.kid(like, "pobj")  # as one of them put it
        apposed = self._apposed(i)
        if apposed >= 0:
            return apposed
        above = t.head[head]
        speaks = t.dep[head] == "ccomp" and self.cues.lemma.get(t.low[above]) in self.cues.speaking
        if dep == "conj" and speaks and t.tag[i] == t.tag[above] and t.tag[i] != t.tag[head]:
            return self._subject(above, False, depth + 1)  # says X would and tells Y
        if dep == "conj" and t.low[i - 1] != "”":
            return self._subject(head, False, depth + 1)
        shares = t.tag[i] == "VBG" or dep == "xcomp" or t.low[head] in self.cues.nouns["going_on"]
        shares = shares or t.low[head] in self.cues.nouns["calling"]
        if shares and dep in ("advcl", "xcomp", "ccomp", "dep") and head != i and t.pos[head] in ("VERB", "AUX"):
            heard = t.kid(head, "nsubjpass")
            if heard >= 0 and t.tag[i] == "VBG" and self._actor(heard):
                return heard  # would not be drawn, saying that …
            found = self._subject(head, t.kid(head, "auxpass") >= 0 and t.low[head] != "quoted", depth + 1)
            if found >= 0 and t.dep[head] == "ccomp" and speaks and not self._actor(found):
                return self._subject(above, False, depth + 1)  # X said the rest was easy, calling on Y to …
            return found
        if dep == "acl" and t.tag[i] == "VBG" and t.dep[head] == "dobj" and t.low[i - 1] != ",":
            nouns = self.cues.nouns
            if t.low[head] not in nouns["documents"] and t.low[head] not in nouns["nominal"]:
                return self._subject(t.head[head], False, depth + 1)  # wrote to members saying …
        if dep == "acl" and (t.tag[i] in ("VBG", "VBD", "VBZ") or t.low[i - 1] == "," or self._bare(i)):
            while t.tag[i] == "VBD" and t.dep[head] in ("pobj", "prep", "amod") and t.head[head] < head:
                head = t.head[head]  # the parser hangs the main verb on the last noun before it
            return head
        if dep == "pcomp":
            verb = t.head[head]
            if t.pos[verb] in ("VERB", "AUX"):
                if t.low[head] == "as" and t.kid(verb, "dobj") >= 0:
                    return t.kid(verb, "dobj")  # quoted X as saying
                return self._subject(verb, False, depth + 1)
            return -1
        opening = self._opening(i)
        return opening if opening >= 0 else self._inverted(i)

    def _whose(self, k: int) -> int:
        """Not the thing owned but its owner: Ann Bell, whose yard …, urged …"""
        t = self.t
        poss = t.left(k) if k >= 0 else -1
        while 0 <= poss < k and t.low[poss] != "whose":
            poss += 1
        if poss < 2 or t.low[poss] != "whose" or t.low[poss - 1] != ",":
            return k
        owner = poss - 2
        return owner if t.pos[owner] in ("PROPN", "NOUN") else k

    def _whole(self, head: int, who: int) -> int:
        """The person whom ", who" is about: all of "Ann Bell of the bank Moor", not the bank."""
        t = self.t
        placed = t.dep[head] == "pobj" and t.low[t.head[head]] in ("in", "at")
        if not (t.low[who] == "who" or (t.low[who] == "which" and placed)) or t.low[who - 1] != ",":
            return head
        top, seen = head, 0
        while seen < 6 and t.dep[top] in ("pobj", "prep", "appos", "compound") and t.head[top] < top:
            top, seen = t.head[top], seen + 1
        return top if t.pos[top] in ("PROPN", "NOUN") and self._actor(top) else head

    def _named(self, k: int, i: int) -> int:
        """The name after a title, where the parser takes both for subjects: the deputy director Ana Bell wrote."""
        t = self.t
        for m in t.kids[i]:
            if k < m < i and t.dep[m] == "nsubj" and t.pos[m] == "PROPN" and t.left(m) == k + 1 and t.pos[k] == "NOUN":
                return m
        return k

    def _opening(self, i: int) -> int:
        """The subject at the head of the sentence, cut off by a relative clause: a captain who sails, …, tells me …"""
        t = self.t
        a, _b = t.stretches[t.stretch[i]]
        if t.low[i - 1] != "," or t.tag[i] not in ("VBD", "VBZ", "VBP") or t.quoted[i] >= 0:
            return -1
        k = a + (t.low[a] in ("but", "and", "yet", "so"))
        for m in range(i - 2, a, -1):  # …, but envoys of the duke, who …, said
            if t.low[m] in ("but", "and", "while") and t.low[m - 1] == "," and t.quoted[m] < 0:
                if t.pos[m + 1] in ("DET", "ADJ", "NUM", "PROPN", "NOUN"):
                    k = m + 1
                break
        while k < i and t.pos[k] in ("DET", "ADJ", "NUM"):
            k += 1
        while k + 1 < i and t.pos[k + 1] in ("PROPN", "NOUN"):
            k += 1
        end = k
        while end + 2 < i and t.low[end + 1] == "of":
            end += 2
            while end + 1 < i and t.pos[end] in ("DET", "ADJ", "PROPN", "NOUN") and t.pos[end + 1] in ("PROPN", "NOUN"):
                end += 1
        if end > k and end < i and t.low[end + 1] == "," and t.low[end + 2] in ("who", "which"):
            return k
        if k >= i or t.pos[k] not in ("PROPN", "NOUN") or (t.low[k + 1] not in RELATIVE and t.low[k + 1] != ","):
            return -1
        return k if k + 1 < i - 1 and t.quoted[k] < 0 else -1

    def _nearer(self, k: int, i: int) -> int:
        """The subject of verb i, which is not k where commas show another: The army, Ann Bell claimed, …"""
        t = self.t
        comma = next((m for m in range(i - 1, k, -1) if t.low[m] == "," and t.quoted[m] == t.quoted[i]), -1)
        if comma < 0:
            return k
        end = i - 1
        while end > comma and t.pos[end] in ("AUX", "ADV", "PART"):
            end -= 1
        if end == comma or t.pos[end] not in ("PROPN", "PRON", "NOUN") or t.low[end] in RELATIVE:
            return k
        if any(t.pos[m] not in ("PROPN", "PRON", "NOUN", "DET", "ADJ", "NUM") for m in range(comma + 1, end)):
            return k
        return end if t.low[k] not in RELATIVE and t.head[k] == i else k

    def _apposed(self, i: int) -> int:
        """The subject that the parser took for an apposition to the sentence before: …, Ann Bell, the mayor, said."""
        t = self.t
        if t.tag[i] not in ("VBD", "VBZ") or i < 2:
            return -1
        best, a = -1, t.stretches[t.stretch[i]][0]
        for k in range(i - 1, max(a, i - 30), -1):
            if t.quoted[k] != t.quoted[i]:
                break
            if (
                t.dep[k] == "appos"
                and t.pos[k] in ("PROPN", "NOUN")
                and t.left(k) > a + 1
                and t.low[t.left(k) - 1] == ","
            ) and (t.right(k) in (i - 1, i - 2) or t.right(k) >= i > k):
                best = k
        return best

    def _inverted(self, i: int) -> int:
        """The subject after the verb, where the parse has none: «…», declared she."""
        t = self.t
        k = i + 1
        if k < t.n and t.low[k] in ("us", "me", "them"):
            k += 1
        if k < t.n and t.pos[k] == "ADP" and self._beside_quote(i):
            k = self._past_phrase(k)  # “…,” assured to this paper one of the drivers
            if k + 1 < t.n and t.low[k] == "one" and t.low[k + 1] == "of":
                return k
        while (k < t.n and t.low[k] in ("dr", "mr", "ms", "mrs")) or (k < t.n and t.pos[k] in ("DET", "ADJ", "NUM")):
            k += 1
        if k < t.n and t.pos[k] in ("PRON", "PROPN", "NOUN") and t.quoted[k] == t.quoted[i] and self._beside_quote(i):
            seen = 0
            while t.head[k] != k and t.head[k] > i and t.pos[t.head[k]] in ("PROPN", "NOUN") and seen < 20:
                k, seen = t.head[k], seen + 1
            other = next((m for m in t.kids[i] if m > k and t.dep[m] in ("dobj", "nsubj", "npadvmod")), -1)
            if other > 0 and not self._actor(k) and self._actor(other):
                return other  # “…,” described the situation one of the guests
            return k
        if k < t.n and t.pos[k - 1] == "ADJ" and t.pos[k - 2] == "DET" and k - 2 > i and self._beside_quote(i):
            return k - 1  # a noun that the parser does not know
        return -1

    def _past_phrase(self, k: int) -> int:
        """The token after the preposition at k and the plain noun phrase behind it."""
        t = self.t
        k += 1
        while k + 1 < t.n and t.pos[k] in ("DET", "ADJ", "NOUN") and t.pos[k + 1] not in ("DET", "PROPN", "NUM"):
            k += 1
        return k + 1

    def _in_document(self, i: int) -> int:
        """Whose document it is in "…, it says in the notice of X"."""
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

    def source(self, head: int, verb: int) -> list[Range]:
        """The plain phrase of a speaker, and after it what is said of him; nothing where there is no speaker."""
        t = self.t
        if head < 0 or (t.low[head] in ("it", "there") and t.dep[head] == "expl"):
            return []
        low, high = (0, t.n - 1) if verb < 0 else (0, verb - 1) if head < verb else (verb + 1, t.n - 1)
        a, b = t.stretches[t.stretch[head]]
        plain, extra = t.noun_phrase(head, max(low, a), min(high, b - 1))
        first, last = plain
        if t.pos[first] == "ADP" and first < head:  # on her part, a counsellor
            first = next((k + 1 for k in range(head - 1, first, -1) if t.low[k] == ","), first)
        if t.low[head] == "one" and first < head and t.pos[head] == "NUM":
            first = head
        while first < last and t.pos[first] == "NUM" and (":" in t.low[first] or "." in t.low[first]):
            first += 1  # the hour of a live report
        while last > first and last > head and t.pos[last] == "ADV":
            last -= 1
        while first < head and t.pos[first] == "ADJ" and len(t.low[first]) > 3 and t.block.doc[first].is_upper:
            first += 1  # FURIOUS miners: a tabloid's shout
        first, last = self._whole_name(first, last, max(low, a), min(high, b - 1))
        plain = (first, last)
        title = plain[0] - 1
        if title >= max(low, a) and t.head[title] == verb and t.dep[title] == "nsubj" and t.pos[title] == "NOUN":
            plain = (max(t.left(title), low, a), plain[1])
        if extra is not None and t.pos[head] == "NOUN" and t.pos[extra[0]] == "PROPN":
            end = extra[0]
            while end < extra[1] and t.pos[end + 1] == "PROPN":
                end += 1
            if end - plain[1] <= 6:
                return [(plain[0], end)]  # a title, and whose it is
        return [plain] if extra is None else [plain, extra]

    def _whole_name(self, first: int, last: int, low: int, high: int) -> Range:
        """A phrase with the rest of a name that the parser cuts: al-Hadri, the deputy director | Ana Bell."""
        t = self.t

        def glued(k: int) -> bool:
            return t.low[k] in ("-", "‑") and t.stop[k - 1] == t.idx[k] and t.stop[k] == t.idx[k + 1]

        while last + 2 <= high and glued(last + 1):
            last += 2
        while first - 2 >= low and glued(first - 1):
            first -= 2
        named = t.pos[last] == "PROPN" or t.low[last] in ("al", "el", "bin", "ibn", "abu")
        while named and last < high and t.pos[last + 1] == "PROPN" and t.block.doc[last + 1].text[:1].isupper():
            last += 1
        return first, last

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
                    return self.source(noun, -1)[:1]
        return []

    # -- small questions that every frame asks --------------------------------------------------------------------

    def _cue(self, i: int, auxiliaries: list[int]) -> Range:
        first = i
        while first - 1 in auxiliaries and self.t.low[first - 1] != "to":
            first -= 1
        last = i
        for k in self.t.kids[i]:
            if k == last + 1 and self.t.dep[k] == "prt":
                last = k
        return first, last

    def _beside_quote(self, i: int) -> bool:
        """Whether a quotation ends right before this word, a comma aside: «…», declared she."""
        t = self.t
        if t.quoted[i] >= 0:
            return False
        k = i - 1
        while k >= 0 and t.quoted[k] < 0 and (t.low[k] in (",", "—", "–", "-", "so", "thus") or t.tag[k] == "RB"):
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

    def _cue_between(self, i: int, j: int) -> bool:
        """Whether between the two stands another verb that could take the quotation."""
        t = self.t
        return any(
            self.cues.lemma.get(t.low[k]) in self.cues.speaking
            and t.tag[k] in ("VBD", "VBZ", "VBP", "VBG")
            and t.pos[k] == "VERB"
            for k in range(i + 1, j)
        )

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

    def _says_that(self, i: int) -> bool:
        """Whether a clause with "that" hangs on the verb."""
        return any(c > i and self.t.dep[c] == "ccomp" and self._that(c) for c in self.t.kids[i])

    def _bare(self, i: int) -> bool:
        """Whether a participle is the verb of its sentence, taken for a phrase: A captain hissed that …"""
        t = self.t
        head = t.head[i]
        main = t.dep[i] == "acl" and t.dep[head] == "ROOT" and t.pos[head] in ("NOUN", "PROPN")
        if not main or t.low[i] in self.cues.nouns["told"]:
            return False
        # the clause may hang on the noun: an aide repeated to the station that …
        return self._says_that(i) or any(
            t.low[k] == "that" and t.dep[k] == "mark" and t.head[t.head[k]] == head
            for k in range(i + 2, min(i + 12, t.n))
        )

    def person(self, head: int) -> bool:
        """Whether the head of a phrase is a name or a word for somebody who can speak."""
        return self.t.pos[head] in ("PROPN", "NOUN") and self._actor(head)

    def _actor(self, head: int) -> bool:
        """Whether the head of a phrase names somebody who can speak: a person, a body, a side."""
        t = self.t
        if head < 0:
            return False
        word = t.low[head]
        if t.pos[head] == "PRON":
            return word in ("he", "she", "they") or (word in ("one", "some", "others", "many") and head + 1 < t.n)
        if t.pos[head] == "PROPN":
            return True
        if t.pos[head] not in ("NOUN", "ADJ"):
            return False
        one = singular(word)
        if one in self.cues.nouns["people"] or word in self.cues.nouns["people"] or one in roles().level:
            return True
        known = organisations()
        kinds = (known.bodies, known.heads, known.nominals, known.media, known.workers)
        return any(one in kind or word in kind for kind in kinds)

    def _place(self, i: int) -> list[Range]:
        """Who speaks where a verb has no subject but a place before it: in the ministry reported that …"""
        t = self.t
        a, _b = t.stretches[t.stretch[i]]
        if t.low[a] not in ("in", "from", "at") or t.quoted[i] >= 0 or i - a > 11:
            return []
        head = t.kid(a, "pobj")
        if head < 0 or head > i or any(t.low[k] in (",", ";") for k in range(a, i)):
            return []
        if not self._actor(head) and t.low[head] == "side" and t.kid(head, "prep") >= 0:
            head = t.kid(t.kid(head, "prep"), "pobj")
        if not self._actor(head):
            return []
        end = min(t.right(head), i - 1)
        while end > head and t.pos[end] in ("ADV", "AUX", "PUNCT", "PRON"):
            end -= 1
        return [(a + 1, end)]

    def _that(self, c: int) -> bool:
        t = self.t
        return any(t.dep[k] == "mark" and t.low[k] in ("that", "whether") for k in t.kids[c])

    def _said_that(self, clause: int, noun: int) -> bool:
        """Whether the clause is what the noun says: "that" is no subject or object in it."""
        t = self.t
        first = t.left(clause)
        if first <= noun:
            return False
        return t.low[first] == "that" and t.dep[first] == "mark"

    def _object(self, i: int) -> int:
        t = self.t
        return next((k for k in t.kids[i] if k > i and t.dep[k] in ("dobj", "attr", "oprd")), -1)
