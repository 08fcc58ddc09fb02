"""Which actors are the parties and who stands between them: who is named beside whom, in what words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations

from dragoman.extract import gazetteer, kinds
from dragoman.extract.affiliation import Tokens, affiliation, appointed, nominal_owner, token_owners
from dragoman.extract.cast import Cast
from dragoman.extract.findings import ActorFound
from dragoman.extract.names import Name
from dragoman.extract.offices import organisation_kind, organisations, past, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Token
from dragoman.extract.roles import RolePhrase
from dragoman.extract.seats import is_lonely
from dragoman.extract.spelling import derived_from, fold


def _sides_of_bodies(page: Page, cast: Cast) -> None:
    """A ministry whose name begins with a people's adjective is on that state's side ("Varonian Foreign Ministry")."""
    by_code = {a.key: i for i, a in enumerate(cast.actors) if a.key}
    states = gazetteer.states()
    lands = {fold(n): i for i, a in enumerate(cast.actors) if a.kind in ("state", "bloc") for n in a.names}
    for actor in list(cast.actors):
        if actor.kind != "body":
            continue
        for word in (w for name in actor.names for w in name.replace("’s", "").replace("'s", "").split()):
            code = states.adjectives.get(word) or states.names.get(word) or states.capitals.get(word)
            if code and f"iso:{code}" not in by_code:
                by_code[f"iso:{code}"] = len(cast.actors)
                cast.actors.append(
                    ActorFound(states.by_code[code].short, {}, states.by_code[code].kind, f"iso:{code}", mentions=0)
                )
            side = by_code.get(f"iso:{code}") if code else lands.get(fold(word))
            if side is None and not code:
                side = next((i for land, i in lands.items() if derived_from(word, land)), None)
            if side is not None:
                actor.side = side
                break
        else:
            # "Estmark Labour Ministry": an unknown word before the office's own is the land's
            words = actor.name.split()
            land = words[0]
            if (
                len(words) > 2
                and words[-1] == "Ministry"
                and land.isalpha()
                and singular(land) not in roles().modifiers | roles().portfolios | organisations().bodies
            ):
                if fold(land) not in lands:
                    lands[fold(land)] = len(cast.actors)
                    start, _ = (
                        actor.names[actor.name] if actor.name in actor.names else next(iter(actor.names.values()))
                    )
                    cast.actors.append(
                        ActorFound(
                            land,
                            {land: (start, start + len(land))} if page.text[start : start + len(land)] == land else {},
                            "state",
                        )
                    )
                actor.side = lands[fold(land)]


def give_parts(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    towns: set[str],
) -> None:
    """Find the parties and the mediators, from who is named beside whom, and how; fills `part` of all but people."""
    _sides_of_bodies(page, cast)
    owners = token_owners(page, cast)
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    party: Counter[int] = Counter()
    between: dict[int, float] = defaultdict(float)
    behind = _represented(page, cast, names, owner, phrases, owners, party, between)
    for person, by in appointed(page, cast, owners):
        behind.setdefault(person, by)
    before: list[int] = []
    opposed: set[int] = set()
    for at, (block, sentence) in enumerate(page.sentences()):
        present: list[int] = []
        for token in sentence:
            i = owners.get((block.start, token.i))
            if token.i < 3 and any(t.text == ":" for t in block.doc[token.i : token.i + 3]):
                continue  # who speaks in an interview
            if i is None and token.pos_ == "NOUN" and token.i and block.doc[token.i - 1].lower_ in ("the", "this"):
                i = nominal_owner(cast, block, token)
                if i is not None:
                    cast.actors[i].mentions += 1
            if i is not None and cast.actors[i].kind != "person" and (not present or present[-1] != i):
                present.append(i)
        for a, b in {tuple(sorted((x, y))) for x in before for y in present if x != y}:
            pairs[(a, b)] += 0.4  # who is named in one sentence and who in the next
        before = present
        if not present:
            continue
        words = {t.lower_ for t in sentence}
        contest = bool(words & kinds.beside("contest"))
        front = 2.0 if at < 4 else 1.0
        for a, b in {tuple(sorted(p)) for p in combinations(present, 2) if p[0] != p[1]}:
            pairs[(a, b)] += front * (2 if contest else 0.5)
        _weigh(block, list(sentence), owners, cast, party, between, pairs, behind)
        for a, b in _set_against(block, list(sentence), owners, cast, behind):
            pairs[(min(a, b), max(a, b))] += 4
            opposed.update((a, b))
    for i, actor in enumerate(cast.actors):
        if actor.kind == "person" or not actor.names:
            continue
        words = set(fold(actor.name).split())
        if words & kinds.beside("studying"):
            between[i] = 0
        elif words & {"court", "tribunal"}:
            between[i] += 6 if _sits(page, cast, i, owners) else 0
        elif i not in opposed and words & kinds.beside("between"):
            if words & (roles().mediating | {"arbitration", "conciliation", "mediation"}):
                between[i] += 4
            else:
                between[i] += 3 if _sits(page, cast, i, owners, anything=True) else 2
    for i in _hosting(page, owners):
        between[i] += 1.5
    lonely = {i for i in range(len(cast.actors)) if is_lonely(cast, i, towns)}
    labels = {
        m.actor
        for m in cast.mentions
        if page.text[m.end : m.end + 1] == ":"
        and any(b.start == m.start for b in page.blocks)
        and cast.actors[m.actor].kind == "organisation"
    }
    _choose(cast, pairs, party, between, lonely, labels, _said_to_be(page))


def _hosting(page: Page, owners: Tokens) -> list[int]:
    """Lands in whose capital things happen ("in Tarn, the Varonian capital"), or that follow the dateline's town."""
    found = []
    for at, block in enumerate(page.blocks):
        doc = block.doc
        for token in doc:
            o = owners.get((block.start, token.i))
            if o is None:
                continue
            after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
            capital = after == "capital" and any(t.lower_ == "in" for t in doc[max(0, token.i - 6) : token.i])
            dateline = (
                page.layout.dateline is not None
                and at < 6
                and 0 <= block.start + token.idx - page.layout.dateline[1] < 4
            )
            if capital or dateline:
                found.append(o)
    return found


def _sits(page: Page, cast: Cast, i: int, owners: Tokens, anything: bool = False) -> bool:
    """Whether a court takes part: something happens in it, or it says something. Else it is but somewhere to go to.

    `anything`: of a commission whatever it does is enough, or what is done by it.
    """
    for block in page.blocks:
        for token in block.doc:
            if owners.get((block.start, token.i)) != i or owners.get((block.start, token.i - 1)) == i:
                continue
            k = token.i - 1
            while k >= 0 and block.doc[k].lower_ in ("the", "a"):
                k -= 1
            if k >= 0 and block.doc[k].lower_ in ("at", "in", "inside", "outside"):
                return True
        for token in block.doc:
            mine = owners.get((block.start, token.i)) == i
            subject = mine and token.dep_ == "nsubj"
            if anything and (subject or (mine and token.dep_ == "pobj" and token.head.lower_ == "by")):
                return True
            if subject and token.head.lower_ in kinds.beside("speaking") | kinds.beside("acting"):
                return True
    return False


def _represented(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    owners: Tokens,
    party: Counter[int],
    between: dict[int, float],
) -> dict[int, int]:
    """Who has people speaking, negotiating and mediating for it: negotiators make a party, mediators one between.

    Returns for whom each person is said to act.
    """
    seen = set()
    behind: dict[int, int] = {}
    for n in names:
        index = owner.get(id(n))
        if index is None or cast.actors[index].kind != "person":
            continue
        for phrase in phrases.get(id(n), ()):
            of, outside = affiliation(page, cast, phrase, owners)
            if past(phrase.title):
                continue
            if of is None or outside or of == index or (index, of) in seen or cast.actors[of].kind == "person":
                continue
            seen.add((index, of))
            behind.setdefault(index, of)
            of_side = cast.actors[of].side
            target = of_side if of_side is not None else of
            head = singular(phrase.block.doc[phrase.head].lower_)
            if head in roles().mediating or head == "envoy":
                between[target] += 3 if head in roles().mediating else 1
            else:
                party[target] += 2
    return behind


def _weigh(
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

    for k, token in enumerate(tokens):
        i = of(token)
        low = token.lower_
        person = owners.get((block.start, token.i))
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
            low in ("received", "receives", "welcomed", "hosted")
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
            or (
                low in ("organized", "organised", "initiated", "arranged", "arranging", "brokered")
                and kinds.beside("contest") & {t.lower_ for t in tokens}
            )
        ):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3


_COUNTED = {"three": 3, "four": 4, "five": 5}


def _said_to_be(page: Page) -> int:
    """How many parties the page says that there are ("the three governments", "the four parties"); 2 where it is silent."""
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


def _set_against(
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


def _choose(
    cast: Cast,
    pairs: dict[tuple[int, int], float],
    party: Counter[int],
    between: dict[int, float],
    lonely: set[int],
    labels: set[int],
    number: int,
) -> None:
    fit = ("state", "armed_group", "bloc", "union", "company", "organisation")

    def fits(i: int) -> bool:
        actor = cast.actors[i]
        if actor.kind == "organisation" and organisation_kind(actor.name) is None and not party[i]:
            return False  # it has a name, but nothing says that it is anybody: an agreement, a fishery
        words = fold(actor.name).split() or [""]
        watching = (
            bool(set(words) & kinds.beside("studying")) and not set(words) & kinds.beside("political")
        ) or words[-1] in kinds.beside("papers")
        if watching and actor.kind not in ("state", "bloc", "armed_group"):
            return False  # who looks on
        own = (
            actor.kind == "body"
            and actor.side is None
            and "ministry" not in words
            and (party[i] > 0 or actor.mentions > 1)
        )
        return (actor.kind in fit or own) and i not in labels

    def weight(pair: tuple[int, int]) -> float:
        a, b = pair
        if not fits(a) or not fits(b):
            return -1
        stands = min(party[a], 4) + min(party[b], 4)
        middle = 2.5 * (between[a] + between[b])
        said = min(cast.actors[a].mentions, 8) + min(cast.actors[b].mentions, 8)
        said -= 20 * sum(not cast.actors[i].names and cast.actors[i].key is not None for i in pair)
        said -= 6 * sum(not cast.actors[i].names for i in pair)  # only an adjective of it is there
        said -= 5 * sum(bool(set(fold(cast.actors[i].name).split()) & kinds.beside("seldom_sides")) for i in pair)
        shapes = {cast.actors[i].kind for i in pair}
        if "company" in shapes and shapes & {"state", "bloc", "armed_group"}:
            said -= 4  # a firm faces its workers, seldom a state
        said -= 6 * sum(i in lonely for i in pair)  # a town that stands for somebody who is there by name
        return pairs[pair] * 1.5 + stands + 0.7 * said - middle

    ranked = sorted(pairs, key=lambda p: (-weight(p), p))
    cast.parties = []
    if ranked and weight(ranked[0]) > 2:
        first = ranked[0]
        cast.parties = sorted(first, key=lambda i: (-cast.actors[i].mentions, i))
    else:  # nobody is set against anybody: the two of whom most is told, if they can be told from the rest
        alone = sorted(
            (
                i
                for i in range(len(cast.actors))
                if fits(i)
                and between[i] < 3
                and i not in lonely
                and not set(fold(cast.actors[i].name).split()) & kinds.beside("seldom_sides")
            ),
            key=lambda i: (-cast.actors[i].mentions - party[i], i),
        )
        if len(alone) > 1 and cast.actors[alone[1]].mentions + party[alone[1]] >= 2:
            cast.parties = alone[:2]
    if len(cast.parties) == 2 < number:
        more = [
            i
            for i in range(len(cast.actors))
            if i not in cast.parties
            and fits(i)
            and between[i] < 3
            and i not in lonely
            and cast.actors[i].names
            and cast.actors[i].mentions + party[i] > 1
        ]
        kind = {cast.actors[i].kind for i in cast.parties}
        more.sort(key=lambda i: (cast.actors[i].kind not in kind, -cast.actors[i].mentions - party[i], i))
        cast.parties += more[: number - 2]
    cast.mediators = sorted(
        (
            i
            for i, n in between.items()
            if n >= 3
            and i not in cast.parties
            and cast.actors[i].kind != "person"
            and (cast.actors[i].kind != "body" or cast.actors[i].side is None)
        ),
        key=lambda i: (-between[i], i),
    )
    for i, actor in enumerate(cast.actors):
        if actor.kind == "person":
            continue
        if i in cast.parties:
            actor.part = "party"
        elif i in cast.mediators:
            actor.part = "mediator"
        elif actor.kind in ("state", "bloc"):
            actor.part = "supporter"
    for actor in cast.actors:
        if actor.kind == "body" and actor.side is not None:
            actor.part = cast.actors[actor.side].part
