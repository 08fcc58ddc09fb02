"""Which actors are the parties and who stands between them: who is named beside whom, in what words."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from dragoman.extract import gazetteer, kinds
from dragoman.extract.affiliation import Tokens, affiliation, appointed, nominal_owner, token_owners
from dragoman.extract.cast import Cast
from dragoman.extract.findings import ActorFound
from dragoman.extract.names import Name
from dragoman.extract.offices import organisation_kind, organisations, past, roles, singular
from dragoman.extract.page import Page
from dragoman.extract.party_evidence import said_to_be, set_against, weigh
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
        weigh(block, list(sentence), owners, cast, party, between, pairs, behind)
        for a, b in set_against(block, list(sentence), owners, cast, behind):
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
    labels |= _reporting(page, cast)
    _choose(cast, pairs, party, between, lonely, labels, said_to_be(page))


def _reporting(page: Page, cast: Cast) -> set[int]:
    """The outlet itself and whom it credits, by name or initials: they report talks, and are no side in them."""
    known = [name for name in (page.layout.outlet, *page.layout.credits) if name]
    told = {fold(name) for name in known}
    told |= {fold(word) for name in known for word in name.split() if len(word) > 1 and word.isupper()}
    told |= {fold("".join(w[0] for w in name.split() if w[0].isupper())) for name in known if len(name.split()) > 2}
    return {
        i
        for i, actor in enumerate(cast.actors)
        if actor.kind not in ("person", "state") and any(fold(name) in told for name in actor.names)
    }


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
        kind = {cast.actors[i].kind for i in cast.parties}
        more = [
            i
            for i in range(len(cast.actors))
            if i not in cast.parties
            and fits(i)
            and between[i] < 3
            and i not in lonely
            and cast.actors[i].names
            and (cast.actors[i].mentions + party[i] > 1 or cast.actors[i].kind in kind)
        ]
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
