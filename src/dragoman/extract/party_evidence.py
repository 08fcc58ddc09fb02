"""What the sentences of a page tell about who negotiates with whom, and who stands between them."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable

from dragoman.extract import kinds
from dragoman.extract.affiliation import Tokens
from dragoman.extract.cast import Cast
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Token

_HOSTING = frozenset(("received", "receives", "welcomed", "hosted"))
_ARRANGING = frozenset(("organized", "organised", "initiated", "arranged", "arranging", "brokered"))


@functools.cache
def _telling() -> frozenset[str]:
    """The words, besides names, that can tell who stands between the parties."""
    lists = ("carrying", "seeing", "urging", "presiding", "mediating")
    return _HOSTING.union(_ARRANGING, *(kinds.beside(name) for name in lists))


def weigh(
    block: Block,
    tokens: list[Token],
    owners: Tokens,
    cast: Cast,
    party: Counter[int],
    between: dict[int, float],
    pairs: dict[tuple[int, int], float],
    behind: dict[int, int],
) -> None:
    """Add one sentence's evidence: delegations and stands make a party; mediating words, a mediator."""
    acting, mediating, contest = kinds.beside("acting"), kinds.beside("mediating"), kinds.beside("contest")

    def of(token: Token) -> int | None:
        i = owners.get((block.start, token.i))
        return None if i is None or cast.actors[i].kind == "person" else i

    telling = _telling()
    for k, token in enumerate(tokens):
        low = token.lower_
        person = owners.get((block.start, token.i))
        if person is None and low not in telling:
            continue
        i = of(token)
        if i is None and person in behind:
            before = {t.lower_ for t in tokens[max(0, k - 4) : k]}
            if "of" in before and before & kinds.beside("mediating_phrases"):
                between[behind[person]] += 4  # under the facilitation of A B, whom X has appointed
        if i is not None:
            # X and Y, X-Y, between X and Y
            joint = tokens[k + 1 : k + 8]
            cut = next((n for n, t in enumerate(joint) if t.pos_ in ("VERB", "AUX") or t.text in ",;:"), len(joint))
            bridge = next(
                (n for n, t in enumerate(joint[:cut]) if t.lower_ in ("and", "-", "–", "with", "versus")), None
            )
            if bridge is not None and bridge <= 3:
                j = next((x for x in map(of, joint[bridge + 1 : cut]) if x is not None), None)
                if j is not None and j != i:
                    pairs[(min(i, j), max(i, j))] += 3
            root = token
            while root.head.i != root.i and of(root.head) == i:
                root = root.head
            head = root.head
            if root.dep_ in ("nsubj", "nsubjpass") and head.lower_ in acting:
                party[i] += 1
            ahead = [t.lower_ for t in tokens[k + 1 : k + 5]]
            if any(
                w
                in (
                    "delegation",
                    "delegations",
                    "negotiators",
                    "negotiator",
                    "delegates",
                    "proposal",
                    "demands",
                    "side",
                )
                for w in ahead[:3]
            ):
                party[i] += 2
            if any(w in kinds.beside("mediating_phrases") for w in ahead[:3]) or (
                k
                and (
                    tokens[k - 1].lower_ in ("through", "via")
                    or [t.lower_ for t in tokens[max(0, k - 4) : k] if t.lower_ != "the"][-3:] == ["by", "way", "of"]
                )
            ):
                between[i] += 3
            lead = [t.lower_ for t in tokens[max(0, k - 4) : k]]
            if "of" in lead and any(w in kinds.beside("mediating_phrases") for w in lead):
                between[i] += 4  # under the auspices of X
            if any(w in ("envoy", "envoys", "mediator", "mediators", "facilitator") for w in ahead[:3]):
                between[i] += 1
            if (
                k > 1
                and tokens[k - 1].lower_ in ("of", "from", "for")
                and tokens[k - 2].lower_ in ("envoy", "envoys", "mediator", "mediators", "diplomats")
            ):
                between[i] += 3 if tokens[k - 2].lower_ in ("mediator", "mediators") else 2
        if low in kinds.beside("carrying") and any(
            t.lower_ in kinds.beside("carried") for c in token.children if c.dep_ == "dobj" for t in c.subtree
        ):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3
        if i is not None or (block.start, token.i) in owners:
            continue  # a word inside a name: the Centre for Mediation
        seeing, urging = low in kinds.beside("seeing"), low in kinds.beside("urging")
        if (seeing or urging) and any(_both(c) for c in token.subtree if token.i < c.i < token.i + 7):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3 if seeing else 2  # whoever calls on both sides is neither
        if (
            low in _HOSTING
            and len(
                {
                    x
                    for x in map(of, (t for c in token.children if c.dep_ == "dobj" for t in c.subtree))
                    if x is not None
                }
            )
            > 1
        ):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3
        if (
            (
                low in kinds.beside("presiding")
                and (not k or tokens[k - 1].text != "-")
                and contest & {t.lower_ for c in token.children if c.dep_ in ("dobj", "prep") for t in c.subtree}
            )
            or low in mediating
            or (low in _ARRANGING and kinds.beside("contest") & {t.lower_ for t in tokens})
        ):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3


_COUNTED = {"three": 3, "four": 4, "five": 5}


def said_to_be(page: Page) -> int:
    """How many parties there are by the page's own count ("the three governments"); 2 where it is silent."""
    return max(
        (
            number
            for block in page.blocks
            for token in block.doc
            if (number := _COUNTED.get(token.lower_))
            and any(t.lower_ in kinds.beside("counted") for t in block.doc[token.i + 1 : token.i + 3])
        ),
        default=2,
    )


def set_against(
    block: Block, tokens: list[Token], owners: Tokens, cast: Cast, behind: dict[int, int]
) -> list[tuple[int, int]]:
    """Who is said to talk, or to be at odds, with whom: "talks between X and Y", "X has been negotiating with Y"."""

    def of(token: Token) -> int | None:
        i = owners.get((block.start, token.i))
        i = behind.get(i, i) if i is not None else None
        return None if i is None or cast.actors[i].kind == "person" else i

    found = []
    for k, token in enumerate(tokens):
        if token.lower_ == "between" and {t.lower_ for t in tokens[max(0, k - 4) : k]} & kinds.beside("contest"):
            named: list[int] = []
            for t in tokens[k + 1 : k + 30]:
                if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and "and" in {
                    x.lower_ for x in tokens[k + 1 : t.i - tokens[0].i]
                }:
                    break
                if (i := of(t)) is not None and i not in named:
                    named.append(i)
            if len(named) == 2:
                found.append((named[0], named[1]))
        elif token.lower_ == "with" and token.head.lower_ in kinds.beside("negotiating"):
            one = {i for c in token.head.children if c.dep_ == "nsubj" for t in c.subtree if (i := of(t)) is not None}
            two = {i for t in token.subtree if (i := of(t)) is not None}
            if len(one) == len(two) == 1 and one != two:
                found.append((min(one), min(two)))
    return found


def _both(token: Token) -> bool:
    """Whether a word stands for the two who negotiate: "both sides", "the two parties", "both" by itself."""
    if token.lower_ in ("sides", "parties", "delegations", "governments", "teams", "camps", "neighbours", "neighbors"):
        return any(c.lower_ in ("both", "two") for c in token.lefts)
    return token.lower_ == "both" and token.dep_ in ("dobj", "pobj")


def _doers(token: Token, of: Callable[[Token], int | None]) -> set[int]:
    """The actors that a mediating word is said of: its subject, its agent after "by", its possessor."""
    found: set[int] = set()
    for child in token.children:
        if child.dep_ == "nsubj" and child.lower_ in ("who", "which", "that"):
            verb = token
            while verb.dep_ == "conj" and verb.head.i != verb.i:
                verb = verb.head
            head = verb.head.head if verb.head.dep_ == "appos" and of(verb.head) is None else verb.head
            if verb.dep_ == "relcl" and (i := of(head)) is not None:
                found.add(i)
        elif child.dep_ == "prep" and child.lower_ in ("alongside", "with", "together"):
            found |= (
                {i for t in child.subtree if (i := of(t)) is not None}
                if token.pos_ == "VERB" and child.lower_ == "alongside"
                else set()
            )
        elif child.dep_ in ("nsubj", "poss", "compound", "amod", "nmod") or (
            child.dep_ == "appos"
            and token.lower_ in ("mediator", "mediators", "facilitator", "go-between", "intermediary")
        ):
            found |= {i for t in child.subtree if (i := of(t)) is not None and t.dep_ not in ("pobj",)}
        elif child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found |= {i for t in child.subtree if (i := of(t)) is not None}
    if token.tag_ == "VBG" and token.head.pos_ in ("VERB", "AUX") and not found:
        for child in token.head.children:
            if child.dep_ == "nsubj":
                found |= {i for t in child.subtree if (i := of(t)) is not None}
    if len(found) > 2:
        return set()
    return found
