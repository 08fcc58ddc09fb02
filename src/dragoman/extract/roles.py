"""Role phrases: the words beside a name that say what its bearer is, and for whom.

"Keldonia's chief negotiator, Ana Ruhl", "Ana Ruhl, who chairs the union", "retired general Ana Ruhl", "the union's Ana
Ruhl". A phrase is cut from the tokens beside the name; whom it is for is settled in actors.py, when names have kinds.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.name_runs import CALENDAR
from dragoman.extract.names import Name
from dragoman.extract.offices import organisations, role_level, roles, singular
from dragoman.extract.page import Block
from dragoman.extract.parsed import Doc, Token

_LEFT = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
_BRIDGES = frozenset(("of", "the", "to", "for", "at", "-", "a", "an"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_HANGING = frozenset(
    ("of", "for", "to", "with", "by", "between", "in", "on", "at", "after", "before", "during", "against", "from")
)
_REACH = 24


@dataclass(slots=True)
class RolePhrase:
    """Tokens first..last of a block that give a role; `head` is the role's noun, `verb` stands for "who chairs X"."""

    block: Block
    first: int
    last: int
    head: int
    verb: bool = False

    @property
    def level(self) -> str:
        """leaders | ministers | delegates | officials | outside."""
        token = self.block.doc[self.head]
        if self.verb:
            return "outside" if token.lower_ in roles().acting_outside else "officials"
        return role_level(token) or "officials"

    @property
    def title(self) -> str:
        """The phrase as written, without its article."""
        doc = self.block.doc
        first = self.first
        if doc[first].lower_ in ("the", "a", "an") and first < self.last:
            first += 1
        return " ".join(doc[first : self.last + 1].text.split())


def finite(token: Token) -> bool:
    """Whether the token is a finite verb or a modal."""
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD")


def role_head(doc: Doc, first: int, last: int) -> int | None:
    """The head noun of the role that tokens first..last give: the last of the first run of role words."""
    head = None
    for i in range(first, last + 1):
        token = doc[i]
        if role_level(token) is not None and token.pos_ in ("NOUN", "PROPN", "ADJ"):
            head = i
        elif (head is None and token.lower_ in _HANGING) or (
            head is not None and singular(token.lower_) not in roles().modifiers and token.text not in "-"
        ):
            break
    if head is not None and head < last and doc[head + 1].pos_ == "NOUN" and doc[head + 1].dep_ != "appos":
        return None  # "expert groups", "union member states": the role is only an attribute
    return head


def _leftwards(doc: Doc, i: int, low: int) -> int:
    """The first token of the noun phrase that ends at token i."""
    first = i
    while i >= low and i > first - 16:
        token = doc[i]
        if token.tag_ in ("PRP$", "WP$"):
            return i
        if token.lower_ in CALENDAR:
            break
        good = (
            (token.pos_ in _LEFT and not finite(token))
            or token.lower_ in _BRIDGES
            or token.lower_ in _POSSESSIVE
            or role_level(token) is not None
            or singular(token.lower_) in roles().modifiers
            or (token.tag_ in ("VBN", "VBG") and i > low and doc[i - 1].text == "-")
            or (token.tag_ in ("VBN", "VBD") and singular(token.lower_) in roles().modifiers)
        )
        if not good:
            break
        first = i
        if token.pos_ == "DET" and (i == 0 or doc[i - 1].lower_ not in ("of", "to", "for", "at")):
            break
        i -= 1
    while first < len(doc) - 1 and doc[first].lower_ in ("of", "to", "for", "at", "-", "'", "’"):
        first += 1
    return first


def role_phrases(name: Name) -> list[RolePhrase]:
    """Every role phrase beside a name, nearest first."""
    found: list[RolePhrase] = []
    if name.code or name.form != "name":
        return found
    if (
        name.first
        and not name.title
        and name.block.doc[name.first - 1].lower_ in ("in", "at", "near", "outside", "inside")
    ):
        return found  # "In Tarn, spokeswoman Ana Ruhl said"
    near = _before(name)
    for phrase in (near, _further(name, near), *_after(name), _given_out(name)):
        if phrase is not None:
            found.append(phrase)
    return found


def _given_out(name: Name) -> RolePhrase | None:
    """The role of somebody "who gave only the name of Tam", "using the name Tam", "known as Tam"."""
    doc = name.block.doc
    low, _ = _sentence(name.block, name.first)
    begin = name.title[0] if name.title else name.first
    before = [t.lower_ for t in doc[max(low, begin - 5) : begin]]
    if not before or not (
        before[-1] == "name"
        or (before[-1] == "by" and {"goes", "went", "going"} & set(before))
        or (before[-1] == "as" and {"name", "known", "identified", "himself", "herself"} & set(before))
        or (before[-1] in ("named", "called") and before[-2:-1] not in (["-"], ["so"]))
    ):
        return None
    head = next((i for i in range(begin - 1, max(low, begin - 16) - 1, -1) if role_level(doc[i])), None)
    if head is None:
        return None
    last = head
    while last + 1 < begin and doc[last + 1].lower_ not in (
        "who",
        "using",
        "named",
        "known",
        "called",
        ",",
        "going",
        "calling",
        "goes",
    ):
        last += 1
    return RolePhrase(name.block, _leftwards(doc, head, low), last, head)


def _sentence(block: Block, i: int) -> tuple[int, int]:
    sent = block.sentence(i)
    return sent.start, sent.end - 1


def _further(name: Name, near: RolePhrase | None) -> RolePhrase | None:
    """A second phrase before the first ("the union's lead negotiator, retired general Ana Ruhl").

    The first need be no role: "its secretary, the pharmacist Ana Ruhl".
    """
    doc = name.block.doc
    start = near.first if near is not None else name.title[0] if name.title else name.first
    if near is None:
        k = start - 1
        while k > start - 6 and k > 0 and doc[k].pos_ in ("NOUN", "ADJ"):
            k -= 1
        if k < 0 or k == start - 1 or doc[k].lower_ not in ("the", "a", "an"):
            return None
        start = k
    if start < 3 or doc[start - 1].text != ",":
        return None
    i = start - 2
    low, _ = _sentence(name.block, name.first)
    first = _leftwards(doc, i, low)
    head = role_head(doc, first, i) if low <= first <= i else None
    return RolePhrase(name.block, first, i, head) if head is not None else None


def _before(name: Name) -> RolePhrase | None:
    doc = name.block.doc
    low, _ = _sentence(name.block, name.first)
    if name.title:
        first = name.title[0]
        while first > low and singular(doc[first - 1].lower_) in roles().modifiers:
            first -= 1
        if first - 1 > low and doc[first - 1].lower_ in _POSSESSIVE:
            first = _leftwards(doc, first - 1, low)
        head = role_head(doc, name.title[0], name.title[1])
        if head is not None:
            return RolePhrase(name.block, first, name.title[1], head)
        # an honorific by itself: what stands before it may be a role ("the judge, Mr Ask")
    begin = name.title[0] if name.title else name.first
    i = begin - 1
    if i < low:
        return None
    if doc[i].lower_ in ("'s", "’s") and name.last > name.first and i - 1 >= low:
        return RolePhrase(name.block, _leftwards(doc, i, low), i, i, verb=True)  # "the union's Ana Ruhl"
    comma = doc[i].text == ","
    if comma:
        i -= 1
    if i < low or doc[i].is_punct or doc[i].lower_ in _BRIDGES or doc[i].lower_ in _POSSESSIVE:
        return None
    first = _leftwards(doc, i, low)
    if first > i:
        return None
    head = role_head(doc, first, i)
    if head is None or any(finite(doc[k]) for k in range(first, i + 1)):
        return None
    plural = singular(doc[head].lower_) != doc[head].lower_
    if plural and not (name.last + 1 < len(doc) and doc[name.last + 1].lower_ in ("and", ",")):
        return None  # "To the journalists Ruhl said": no title
    if comma:
        # an enumeration is no apposition: a bare plural, or a name of its own before the comma
        run = i
        while run > head and (doc[run].text[0].isupper() or doc[run].text in "-'’"):
            run -= 1
        if run < i and run != head and doc[run].lower_ not in ("of", "the", "for", "at", "'s", "’s"):
            return None
    elif (
        doc[i].pos_ not in ("NOUN", "PROPN")
        or doc[i].tag_ in ("JJ", "NNPS")
        or (head != i and doc[head + 1].lower_ not in ("of", "to", "for", "at"))
    ):
        return None
    return RolePhrase(name.block, first, i, head)


def _after(name: Name) -> list[RolePhrase]:
    doc = name.block.doc
    _, high = _sentence(name.block, name.last)
    i = name.last + 1
    if i > high:
        return []
    if (
        doc[i].lower_ in ("for", "of")
        and i + 1 <= high
        and (doc[i + 1].text[0].isupper() or doc[i + 1].lower_ == "the")
    ):
        # "Ana Ruhl for Keldonia", "Ana Ruhl of the Dell Institute": whom for, but not as what
        return [RolePhrase(name.block, i, min(i + 6, high), i, verb=True)]
    if doc[i].text not in (",", "(", "–", "—", "-"):
        return []
    i += 1
    if doc[i - 1].text == "(" and i + 1 <= high and doc[i].text[0].isupper():
        close = next((k for k in range(i, min(i + 6, high) + 1) if doc[k].text == ")"), None)
        held = {singular(t.lower_) for t in doc[name.first : name.last + 1]} & organisations().heads.keys()
        if close is not None and not held and not doc[i].text.isupper() and role_head(doc, i, close - 1) is None:
            return [RolePhrase(name.block, i - 1, close - 1, i - 1, verb=True)]  # "Ana Ruhl (Keldonia)"
    if i <= high and doc[i].lower_ in (
        "as",
        "while",
        "when",
        "after",
        "before",
        "if",
        "although",
        "though",
        "whose",
        "which",
        "because",
        "since",
        "but",
        "and",
    ):
        return []
    last = i
    relative = None
    while last <= high and last < i + _REACH:
        token = doc[last]
        if token.lower_ == "who" and relative is None:
            relative = last
        elif (
            token.text in (",", ";", ")", ".", ":", "–", "—")
            or token.text in '“”"«»'
            or (relative is None and (finite(token) or (token.dep_ == "ROOT" and token.pos_ == "VERB")))
        ):
            break
        last += 1
    last -= 1
    found = []
    end = last if relative is None else relative - 1
    if end >= i:
        head = role_head(doc, i, min(end, i + 9))
        # the head must be the phrase's own, not that of something it hangs on: "in talks with the minister"
        other = head is not None and head < end and doc[head + 1].text[0].isupper()  # "A B, her envoy C D and …"
        if head is not None and not other and not any(doc[k].lower_ in _HANGING for k in range(i, head)):
            found.append(RolePhrase(name.block, i, end, head))
        elif head is None and doc[i].lower_ in ("from", "of", "at", "for"):
            found.append(RolePhrase(name.block, i, end, i, verb=True))
    if relative is not None:
        for k in range(relative + 1, min(relative + 4, last) + 1):
            if doc[k].lower_ in roles().acting_for or doc[k].lower_ in roles().acting_outside:
                found.insert(0, RolePhrase(name.block, i, last, k, verb=True))
                break
    return found
