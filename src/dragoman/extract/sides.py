"""Which actors are the parties, who stands between them, and on whose side each person is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations

from spacy.tokens import Token

from dragoman.extract import gazetteer, kinds
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import ActorFound, RoleFound
from dragoman.extract.names import Name, organisations, role_level, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.roles import RolePhrase
from dragoman.extract.spelling import derived_from, fold

Tokens = dict[tuple[int, int], int]  # (start of block, index of token) -> actor


def token_owners(page: Page, cast: Cast) -> Tokens:
    """Which actor each token of a mention stands for."""
    owners: Tokens = {}
    for block in page.blocks:
        found = cast.within(block.start, block.end)
        if not found:
            continue
        for mention in found:
            span = block.tokens(mention.start, mention.end)
            for token in span or ():
                owners.setdefault((block.start, token.i), mention.actor)
    return owners


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
                cast.actors.append(ActorFound(states.by_code[code].short, {}, states.by_code[code].kind, f"iso:{code}", mentions=0))
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
            if len(words) > 2 and words[-1] == "Ministry" and land.isalpha() and singular(land) not in roles().modifiers | roles().portfolios | organisations().bodies:
                if fold(land) not in lands:
                    lands[fold(land)] = len(cast.actors)
                    start, _ = actor.names[actor.name] if actor.name in actor.names else next(iter(actor.names.values()))
                    cast.actors.append(ActorFound(land, {land: (start, start + len(land))} if page.text[start : start + len(land)] == land else {}, "state"))
                actor.side = lands[fold(land)]


def give_parts(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    towns: set[str],
) -> None:
    """Find the parties and the mediators, from who is named beside whom, in what words; fills `part` of all but people."""
    _sides_of_bodies(page, cast)
    owners = token_owners(page, cast)
    pairs: Counter[tuple[int, int]] = Counter()
    party: Counter[int] = Counter()
    between: Counter[int] = Counter()
    behind = _represented(page, cast, names, owner, phrases, owners, party, between)
    before: list[int] = []
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
    for i, actor in enumerate(cast.actors):
        if actor.kind == "person" or not actor.names:
            continue
        words = set(fold(actor.name).split())
        if words & kinds.beside("studying"):
            between[i] = 0
        elif words & {"court", "tribunal"}:
            between[i] += 6 if not _only_appealed_to(page, cast, i) else 0
        elif words & kinds.beside("between"):
            between[i] += 4 if words & roles().mediating else 2
    lonely = {i for i in range(len(cast.actors)) if _lonely(cast, i, towns)}
    labels = {
        m.actor
        for m in cast.mentions
        if page.text[m.end : m.end + 1] == ":" and any(b.start == m.start for b in page.blocks) and cast.actors[m.actor].kind == "organisation"
    }
    _choose(cast, pairs, party, between, lonely, labels)


def _only_appealed_to(page: Page, cast: Cast, i: int) -> bool:
    """Whether a court is but somewhere to go to: "would take the case to the court"."""
    before = [page.text[max(0, m.start - 12) : m.start].split() for m in cast.mentions if m.actor == i]
    return all({"to", "before"} & {w.lower() for w in words[-2:]} for words in before)


def _represented(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    owners: Tokens,
    party: Counter[int],
    between: Counter[int],
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
            of, outside = _affiliation(page, cast, phrase, owners)
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
    block: Block, tokens: list[Token], owners: Tokens, cast: Cast, party: Counter[int], between: Counter[int], pairs: Counter[tuple[int, int]], behind: dict[int, int]
) -> None:
    """Add one sentence's evidence: delegations and stands make a party; mediating words beside a name make a mediator."""
    acting, mediating, contest = kinds.beside("acting"), kinds.beside("mediating"), kinds.beside("contest")

    def of(token: Token) -> int | None:
        i = owners.get((block.start, token.i))
        return None if i is None or cast.actors[i].kind == "person" else i

    for k, token in enumerate(tokens):
        i = of(token)
        low = token.lower_
        if i is not None:
            # X and Y, X-Y, between X and Y
            joint = tokens[k + 1 : k + 8]
            cut = next((n for n, t in enumerate(joint) if t.pos_ in ("VERB", "AUX") or t.text in ",;:"), len(joint))
            bridge = next((n for n, t in enumerate(joint[:cut]) if t.lower_ in ("and", "-", "–", "with", "versus")), None)
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
            if any(w in ("delegation", "delegations", "negotiators", "negotiator", "delegates", "proposal", "demands", "side") for w in ahead[:3]):
                party[i] += 2
            if any(w in kinds.beside("mediating_phrases") for w in ahead[:3]) or (k and tokens[k - 1].lower_ in ("through", "via")):
                between[i] += 3
            lead = [t.lower_ for t in tokens[max(0, k - 4) : k]]
            if "of" in lead and any(w in kinds.beside("mediating_phrases") for w in lead):
                between[i] += 4  # under the auspices of X
            if any(w in ("envoy", "envoys", "mediator", "mediators", "facilitator") for w in ahead[:3]):
                between[i] += 1
            if k > 1 and tokens[k - 1].lower_ in ("of", "from", "for") and tokens[k - 2].lower_ in ("envoy", "envoys", "mediator", "mediators", "diplomats"):
                between[i] += 3 if tokens[k - 2].lower_ in ("mediator", "mediators") else 1
        if i is not None or (block.start, token.i) in owners:
            continue  # a word inside a name: the Centre for Mediation
        if low in ("received", "receives", "welcomed", "hosted") and len({x for x in map(of, (t for c in token.children if c.dep_ == "dobj" for t in c.subtree)) if x is not None}) > 1:
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3
        if low in kinds.beside("presiding") and (not k or tokens[k - 1].text != "-") and contest & {t.lower_ for c in token.children if c.dep_ in ("dobj", "prep") for t in c.subtree}:
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3
        elif low in mediating or (low in ("organized", "organised", "initiated", "arranged", "arranging", "brokered") and kinds.beside("contest") & {t.lower_ for t in tokens}):
            for i in _doers(token, lambda t: behind.get(owners.get((block.start, t.i), -1), of(t))):
                between[i] += 3


def _doers(token: Token, of: Callable[[Token], int | None]) -> set[int]:
    """The actors that a mediating word is said of: its subject, its agent after "by", its possessor."""
    found: set[int] = set()
    for child in token.children:
        if child.dep_ == "nsubj" and child.lower_ in ("who", "which", "that"):
            verb = token
            while verb.dep_ == "conj" and verb.head.i != verb.i:
                verb = verb.head
            if verb.dep_ == "relcl" and (i := of(verb.head)) is not None:
                found.add(i)
        elif child.dep_ == "prep" and child.lower_ in ("alongside", "with", "together"):
            found |= {i for t in child.subtree if (i := of(t)) is not None} if token.pos_ == "VERB" and child.lower_ == "alongside" else set()
        elif child.dep_ in ("nsubj", "poss", "compound", "amod", "nmod"):
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
    pairs: Counter[tuple[int, int]],
    party: Counter[int],
    between: Counter[int],
    lonely: set[int],
    labels: set[int],
) -> None:
    fit = ("state", "armed_group", "bloc", "union", "company", "organisation")

    def fits(i: int) -> bool:
        actor = cast.actors[i]
        if actor.kind == "organisation" and kinds.organisation_kind(actor.name) is None and not party[i]:
            return False  # it has a name, but nothing says that it is anybody: an agreement, a fishery
        return actor.kind in fit and i not in labels

    def weight(pair: tuple[int, int]) -> float:
        a, b = pair
        if not fits(a) or not fits(b):
            return -1
        stands = min(party[a], 4) + min(party[b], 4)
        middle = 2.5 * (between[a] + between[b])
        said = min(cast.actors[a].mentions, 8) + min(cast.actors[b].mentions, 8)
        said -= 6 * sum(not cast.actors[i].names for i in pair)  # only an adjective of it is there
        said -= 5 * sum(bool(set(fold(cast.actors[i].name).split()) & kinds.beside("seldom_sides")) for i in pair)
        said -= 6 * sum(i in lonely for i in pair)  # a town that stands for somebody who is there by name
        return pairs[pair] * 1.5 + stands + 0.7 * said - middle

    ranked = sorted(pairs, key=lambda p: (-weight(p), p))
    cast.parties = []
    if ranked and weight(ranked[0]) > 2:
        first = ranked[0]
        cast.parties = sorted(first, key=lambda i: (-cast.actors[i].mentions, i))
    else:  # nobody is set against anybody: the two of whom most is told, if they can be told from the rest
        alone = sorted((i for i in range(len(cast.actors)) if fits(i) and between[i] < 3 and i not in lonely and not set(fold(cast.actors[i].name).split()) & kinds.beside("seldom_sides")), key=lambda i: (-cast.actors[i].mentions - party[i], i))
        if len(alone) > 1 and cast.actors[alone[1]].mentions + party[alone[1]] >= 2:
            cast.parties = alone[:2]
    cast.mediators = sorted(
        (i for i, n in between.items() if n >= 3 and i not in cast.parties and cast.actors[i].kind != "person" and (cast.actors[i].kind != "body" or cast.actors[i].side is None)),
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


def nominal_owner(cast: Cast, block: Block, token: Token) -> int | None:
    """The actor that a common noun means ("the authority", "the rebels", "the government"), or None."""
    word = singular(token.lower_)
    lex = organisations()
    cand = [i for i, a in enumerate(cast.actors) if a.kind not in ("person", "body") and any(word == singular(w) for n in a.names for w in fold(n).split())]
    if word in kinds.beside("polities") and word not in lex.heads and cand:
        return max(cand, key=lambda i: cast.actors[i].mentions)
    if word in lex.heads or word in lex.nominals or token.lower_ in lex.nominals or word in lex.bodies or word in lex.workers:
        named = [i for i in cand if cast.actors[i].kind not in ("state",)]
        first = [i for i in named if i in cast.parties] or [i for i in named if i in cast.mediators] or named
        if len(first) >= 1:
            return max(first, key=lambda i: cast.actors[i].mentions)
        kind = lex.nominals.get(token.lower_) or lex.nominals.get(word)
        if word in lex.governments:
            kind = "state"
        fitting = [i for i in cast.parties if cast.actors[i].kind == kind]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _owner_of_its(page: Page, cast: Cast, block: Block, i: int, owners: Tokens) -> int | None:
    """Whom "its" belongs to: the last actor that is no person, before it in the sentence, else at the head of the one before."""
    doc = block.doc
    sentence = block.sentence(i)
    for k in range(i - 1, sentence.start - 1, -1):
        found = owners.get((block.start, k))
        if found is not None and cast.actors[found].kind != "person":
            return found
    if sentence.start > 0:
        for token in block.sentence(sentence.start - 1):
            found = owners.get((block.start, token.i))
            if found is not None and cast.actors[found].kind != "person":
                return found
    return None


def _affiliation(page: Page, cast: Cast, phrase: RolePhrase, owners: Tokens) -> tuple[int | None, bool]:
    """(actor that a role is held at or for, whether the role is an outsider's)."""
    doc, block = phrase.block.doc, phrase.block
    outside = phrase.level == "outside"

    def actor_at(i: int) -> int | None:
        found = owners.get((block.start, i))
        if found is not None:
            return found
        token = doc[i]
        after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
        before = doc[i - 1].lower_ if i else ""
        lex = organisations()
        owning = singular(token.lower_) in lex.governments or singular(token.lower_) in lex.nominals or singular(token.lower_) in lex.heads
        if owning and (phrase.first <= i < phrase.head or phrase.verb) and token.text[0].islower():
            return nominal_owner(cast, block, token)  # "government spokeswoman", "union leader"
        if token.pos_ in ("NOUN", "PROPN") and i != phrase.head and (after in ("'s", "’s", "'", "’") or before in ("the", "of")):
            return nominal_owner(cast, block, token)
        return None

    def through(i: int) -> bool:
        """Whether what follows "X's" is X's own office, not an organisation of its own beside X."""
        while owners.get((block.start, i + 1)) == owners.get((block.start, i)) is not None:
            i += 1
        if i + 1 >= len(doc) or doc[i + 1].lower_ not in ("'s", "’s", "'", "’"):
            return True
        for k in range(i + 2, min(i + 6, len(doc))):
            word = singular(doc[k].lower_)
            if k == phrase.head or word in organisations().bodies or role_level(doc[k]):
                return True
            if word in organisations().heads:
                return False
            if doc[k].pos_ not in ("NOUN", "ADJ", "PROPN", "PART", "PUNCT"):
                return True
        return True

    if not phrase.verb or doc[phrase.head].lower_ in ("'s", "’s"):
        for i in range(phrase.head - 1, phrase.first - 1, -1):
            if doc[i].lower_ == "its":
                found = _owner_of_its(page, cast, block, i, owners)
            elif doc[i].lower_ in ("his", "her") and i < phrase.head:
                found = next((o for k in range(i - 1, -1, -1) if (o := owners.get((block.start, k))) is not None and cast.actors[o].kind == "person"), None)
            else:
                found = actor_at(i)
            if found is not None:
                return found, outside
    low = phrase.head + 1
    for i in range(low, phrase.last + 1):
        if doc[i].lower_ == "its" and phrase.verb:
            return _owner_of_its(page, cast, block, i, owners), outside
        if doc[i].lower_ in ("on", "with", "in", "about", "against") and not phrase.verb:
            break
        found = actor_at(i)
        if found is not None:
            if not through(i):
                return None, True
            return found, outside
    return None, outside


def give_sides(
    page: Page,
    cast: Cast,
    names: list[Name],
    owner: dict[int, int],
    phrases: dict[int, list[RolePhrase]],
    towns: set[str],
) -> None:
    """Give each person roles, a side and a part, from the role phrases beside the names; then settle what is left."""
    owners = token_owners(page, cast)
    levels: dict[int, set[str]] = defaultdict(set)
    loose: dict[int, tuple[Name, RolePhrase]] = {}
    outside: set[int] = set()
    chains: list[tuple[int, int]] = []
    for n in names:
        index = owner.get(id(n))
        if index is None or cast.actors[index].kind != "person":
            continue
        person = cast.actors[index]
        if n.title and n.honorific and n.honorific not in _FORMS and not any(r.title.lower() == n.honorific for r in person.roles):
            start, end = n.block.place_of(n.block.doc[n.title[0]], n.block.doc[n.title[1]])
            person.roles.append(RoleFound(page.quote((start, end)), None, (start, end)))
        for phrase in phrases.get(id(n), ()):
            of, out = _affiliation(page, cast, phrase, owners)
            if n.extra.get("affiliation"):
                of = owners.get((n.block.start, int(n.extra["affiliation"])), of)
            if of == index:
                of = None
            levels[index].add(phrase.level)
            found = _role(phrase, of)
            if found and all(found.title != r.title for r in person.roles):
                person.roles.append(found)
            if out:
                outside.add(index)
            elif of is not None and person.side is None:
                target = cast.actors[of]
                if target.kind == "person":
                    chains.append((index, of))
                elif target.kind == "body" and target.side is not None:
                    person.side = target.side
                elif target.kind in ("state", "bloc", "armed_group", "union") or of in cast.parties or of in cast.mediators:
                    person.side = of
                elif (not phrase.verb or phrase.block.doc[phrase.head].lower_ in roles().acting_for) and not set(fold(target.name).split()) & (kinds.beside("studying") | organisations().media):
                    person.side = of  # an officer of an organisation speaks for it
                elif set(fold(target.name).split()) & kinds.beside("public") and not set(fold(target.name).split()) & kinds.beside("studying"):
                    person.side = of
                else:
                    outside.add(index)
            elif of is None and not phrase.verb:
                loose.setdefault(index, (n, phrase))
    for index, phrase in _loose_phrases(page, cast, owners, phrases):
        person = cast.actors[index]
        of, out = _affiliation(page, cast, phrase, owners)
        if of is None or out or person.side is not None or index in outside or cast.actors[of].kind == "person":
            continue
        found = _role(phrase, of)
        if found:
            person.roles.append(found)
        levels[index].add(phrase.level)
        side = cast.actors[of].side
        person.side = side if cast.actors[of].kind == "body" and side is not None else of
    for index, of in _leading(page, cast, owners):
        if cast.actors[index].side is None and index not in outside:
            cast.actors[index].side = of
    for index, of in chains:
        if cast.actors[index].side is None:
            cast.actors[index].side = cast.actors[of].side
    for index in sorted(loose):
        office = _office_of(cast, loose[index][1])
        if office is not None and cast.actors[index].side is None:
            cast.actors[index].side = office
    _seats(page, cast, owners, towns)
    for index in sorted(loose):
        if cast.actors[index].side is None and index not in outside:
            cast.actors[index].side = _by_context(page, cast, index, *loose[index], levels[index], owners)
            cast.actors[index].sure = False
    for index, of in chains:
        if cast.actors[index].side is None:
            cast.actors[index].side = cast.actors[of].side
    for index, person in enumerate(cast.actors):
        if person.kind != "person":
            continue
        if index in outside and not (levels[index] - {"outside"} and person.side is not None):
            person.side = None
        person.part = cast.actors[person.side].part if person.side is not None else "outside"


def _loose_phrases(
    page: Page, cast: Cast, owners: Tokens, phrases: dict[int, list[RolePhrase]]
) -> list[tuple[int, RolePhrase]]:
    """Role phrases that stand in a sentence of their own, with the nameless person they are of.

    "Varonia's deputy minister has come out. Ana Ruhl took two questions." and "Ana Ruhl left first. Its owner, the foreign
    minister of Varonia, …": the person named at the head of the next sentence, else the last one named before.
    """
    taken = {(p.block.start, i) for found in phrases.values() for p in found for i in range(p.first, p.last + 1)}
    found = []
    for block in page.blocks:
        doc = block.doc
        sentences = block.sentences()
        for n, sentence in enumerate(sentences):
            for token in sentence:
                if role_level(token) in (None, "outside") or singular(token.lower_) != token.lower_ or (block.start, token.i) in taken:
                    continue
                if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("nsubj", "nsubjpass", "appos", "conj"):
                    continue
                ahead = doc[token.i + 1] if token.i + 1 < len(doc) else None
                if ahead is not None and (block.start, ahead.i) in owners and cast.actors[owners[(block.start, ahead.i)]].kind == "person":
                    continue
                first = min((t.i for t in token.subtree if t.i <= token.i), default=token.i)
                last = max((t.i for t in token.subtree if t.i < token.i + 7), default=token.i)
                whose = [o for i in range(first, last + 1) if (o := owners.get((block.start, i))) is not None and cast.actors[o].kind != "person"]
                if not whose:
                    continue
                after = next((o for t in sentences[n + 1][:4] if (o := owners.get((block.start, t.i))) is not None), None) if n + 1 < len(sentences) else None
                before = None
                for k in range(first - 1, sentences[n - 1].start - 1 if n else -1, -1):
                    o = owners.get((block.start, k))
                    if o is not None and cast.actors[o].kind == "person":
                        before = o
                        break
                for candidate in (after, before):
                    if candidate is not None and cast.actors[candidate].kind == "person" and cast.actors[candidate].side is None and not cast.actors[candidate].roles:
                        found.append((candidate, RolePhrase(block, first, last, token.i)))
                        break
    return found


def _office_of(cast: Cast, phrase: RolePhrase) -> int | None:
    """The organisation that is named after a role ("the state conciliator", of the State Conciliator's Office)."""
    words = set(fold(phrase.title).split())
    head = singular(phrase.block.doc[phrase.head].lower_)
    for i, actor in enumerate(cast.actors):
        if actor.kind != "person" and (actor.part in ("party", "mediator") or actor.kind == "body"):
            name = fold(actor.name).split()
            if head == "minister" and "ministry" in name and actor.side is not None and words - {"minister", "the"} and words - {"minister", "the"} <= set(name):
                return actor.side
            if head in name and words <= {*name, "former", "deputy", "chief"} and len(words) > 1:
                return i
    return None


def _leading(page: Page, cast: Cast, owners: Tokens) -> list[tuple[int, int]]:
    """(person, party) for who heads a party's delegation: "A led the Varonian team", "the delegation was led by A"."""
    found = []
    for block in page.blocks:
        for verb in block.doc:
            if verb.lower_ not in ("led", "leads", "lead", "leading", "headed", "heads", "heading", "represented", "represents", "representing"):
                continue
            people: list[int] = []
            parties: list[int] = []
            for child in (*verb.children, *([verb.head] if verb.dep_ in ("acl", "relcl") else ())):
                tokens = child.subtree if child.i != verb.head.i else (*child.lefts, child, *(t for r in child.rights if r.i < verb.i for t in r.subtree))
                for token in tokens:
                    i = owners.get((block.start, token.i))
                    if i is None:
                        continue
                    if cast.actors[i].kind == "person":
                        people.append(i)
                    elif cast.actors[i].kind != "body":
                        parties.append(i)
            if people and parties:
                found.append((people[0], parties[0]))
    return found


def _role(phrase: RolePhrase, of: int | None) -> RoleFound | None:
    doc = phrase.block.doc
    if phrase.verb and doc[phrase.head].lower_ not in roles().acting_for | roles().acting_outside:
        return None
    start, end = phrase.block.place_of(doc[phrase.first], doc[phrase.last])
    return RoleFound(phrase.title, of, (start, end))


def merge(cast: Cast, gone: int, into: int) -> None:
    """Make one actor of two; `gone` keeps its place in the list, without names, so that no index moves."""
    a, b = cast.actors[gone], cast.actors[into]
    for name, span in a.names.items():
        if name not in b.names or span < b.names[name]:
            b.names[name] = span
    b.mentions += a.mentions
    a.names, a.mentions = {}, 0
    cast.mentions = [Mention(m.start, m.end, into, m.form) if m.actor == gone else m for m in cast.mentions]
    cast.parties = [i for i in cast.parties if i != gone]
    cast.mediators = [i for i in cast.mediators if i != gone]
    for actor in cast.actors:
        if actor.side == gone:
            actor.side = into
        for role in actor.roles:
            if role.of == gone:
                role.of = into


def _seats(page: Page, cast: Cast, owners: Tokens, towns: set[str]) -> None:
    """Unknown towns that act are the seats of a party's government: find whose, by who is named against whom.

    "Tolm offered ninety; Varonia's envoy ...": a land of a single name in which things happen too, and without a people
    of its own, stands for the party that it is never set against. Only where one party is left.
    """
    lonely = [
        i
        for i in range(len(cast.actors))
        if _lonely(cast, i, towns) and i not in cast.mediators and (i not in cast.parties or any(kinds.single_polity(n) for n in cast.actors[i].names))
    ]
    holders = [
        i
        for i, a in enumerate(cast.actors)
        if a.kind in ("state", "bloc") and i not in lonely and (i in cast.parties or _landed(cast, i)) and i not in cast.mediators
    ]
    against: dict[int, Counter[int]] = defaultdict(Counter)
    for block, sentence in page.sentences():
        present = {owners[(block.start, t.i)] for t in sentence if (block.start, t.i) in owners}
        for i in present & set(lonely):
            against[i].update(present - {i})
    last: int | None = None
    for block, sentence in page.sentences():
        inside = {owners[(block.start, t.i)] for t in sentence if (block.start, t.i) in owners}
        people = [i for i in inside if cast.actors[i].kind == "person"]
        speaks = any(t.lower_ in ("he", "she") and t.head.lower_ in kinds.beside("speaking") | {"suggested", "indicated", "went"} for t in sentence)
        teller = people[0] if len(people) == 1 else last if speaks and not people else None
        if teller is not None and (home := cast.actors[teller].side) is not None:
            for i in inside & set(lonely):
                against[i][home] -= 2  # whoever speaks of a capital's will speaks mostly of his own
        if people:
            last = people[-1]
    for i, holder in _capitals(page, cast, owners):
        if i in lonely and holder in holders and i != holder:
            lonely.remove(i)
            merge(cast, i, holder)
    pending = list(lonely)
    while pending:
        choices = []
        for i in pending:
            ranked = sorted(
                (h for h in holders if not _other_polity(cast, i, h)), key=lambda h: (against[i][h], h not in cast.parties, h)
            )
            if not ranked:
                continue
            margin = against[i][ranked[1]] - against[i][ranked[0]] if len(ranked) > 1 else 1
            if len(ranked) > 1 and not margin and (ranked[0] in cast.parties) > (ranked[1] in cast.parties):
                margin = 1
            choices.append((margin, -i, i, ranked[0]))
        if not choices:
            return
        margin, _, i, holder = max(choices)
        if margin <= 0:
            return
        pending.remove(i)
        for other in pending:
            against[other][holder] += against[other][i]
        merge(cast, i, holder)


def _other_polity(cast: Cast, i: int, holder: int) -> bool:
    """Whether one is called "the Kingdom" and the other has a polity of another kind in its name."""
    word = next((n for n in cast.actors[i].names if kinds.single_polity(n)), None)
    heads = {n.split()[0] for n in cast.actors[holder].names if kinds.polity(n) or kinds.single_polity(n)}
    return word is not None and bool(heads) and word not in heads


def _capitals(page: Page, cast: Cast, owners: Tokens) -> list[tuple[int, int]]:
    """(town, land) where a town is said to be a land's capital: "Port Ruhl, the Varonian capital"."""
    found = []
    for block in page.blocks:
        doc = block.doc
        for token in doc:
            if token.lower_ != "capital" or token.i < 3:
                continue
            land = next((o for k in range(token.i - 1, max(token.i - 4, -1), -1) if (o := owners.get((block.start, k))) is not None), None)
            comma = next((k for k in range(token.i - 1, max(token.i - 6, -1), -1) if doc[k].text == ","), None)
            town = owners.get((block.start, comma - 1)) if comma else owners.get((block.start, token.i + 1)) or owners.get((block.start, min(token.i + 2, len(doc) - 1)))
            if land is not None and town is not None and town != land:
                found.append((town, land))
    return found


def _landed(cast: Cast, i: int) -> bool:
    """Whether an actor is a land that no gazetteer knows and that has an adjective of its own on the page."""
    return cast.actors[i].key is None and any(m.actor == i and m.form == "adjective" for m in cast.mentions)


def _lonely(cast: Cast, i: int, towns: set[str]) -> bool:
    """Whether an actor is a land that only one name stands for, that of a place, and no adjective."""
    actor = cast.actors[i]
    return actor.kind == "state" and actor.key is None and len(actor.names) == 1 and set(actor.names) <= towns and not _landed(cast, i)


_FORMS = frozenset("mr mrs ms miss sir madam mx dr prof rev hon sr jr don herr frau monsieur madame señor señora signor signora mister excellency".split())
_GOVERNING = frozenset(("leaders", "ministers"))
_PUBLIC = frozenset(
    ("general", "commander", "spokesperson", "spokesman", "spokeswoman", "lawmaker", "senator", "governor", "mayor", "ambassador", "envoy", "diplomat", "negotiator",
     "adviser", "advisor", "aide", "admiral", "colonel", "congressman", "congresswoman", "parliamentarian", "delegate", "representative", "marshal")
)


def _by_context(
    page: Page, cast: Cast, index: int, name: Name, phrase: RolePhrase, levels: set[str], owners: Tokens
) -> int | None:
    """The side of somebody whose title names none: by kind of title, by who speaks of whom, by who is named before."""
    head = singular(phrase.block.doc[phrase.head].lower_)
    parties = cast.parties
    title = phrase.title.lower()
    if any(t in title for t in kinds.beside("union_titles")) and len(unions := [i for i in parties if cast.actors[i].kind == "union"]) == 1:
        return unions[0]
    if any(t in title for t in kinds.beside("firm_titles")) and len(firms := [i for i in parties if cast.actors[i].kind in ("company", "organisation")]) == 1:
        return firms[0]
    if "commission" in title and len(blocs := [i for i in parties if cast.actors[i].kind == "bloc"]) == 1:
        return blocs[0]
    if head in roles().mediating:
        return cast.mediators[0] if len(cast.mediators) == 1 else None
    states = [i for i in parties if cast.actors[i].kind == "state"]
    others = [i for i in parties if cast.actors[i].kind != "state"]
    if head == "commissioner" and len(blocs := [i for i in parties if cast.actors[i].kind == "bloc"]) == 1:
        return blocs[0]
    if levels & _GOVERNING and len(states) == 1 and head != "commissioner":
        return states[0]
    if head in ("executive", "director", "manager", "owner", "officer") and len(firms := [i for i in others if cast.actors[i].kind in ("company", "organisation")]) == 1:
        return firms[0]
    if not (levels & _GOVERNING or head in _PUBLIC):
        return None
    own = _spoken_for(page, cast, name, owners, parties)
    if own is not None:
        return own
    here = name.block.sentence(name.first)
    if not any(cast.actors[i].kind in ("state", "bloc") for t in here if t.i < name.first and (i := owners.get((name.block.start, t.i))) is not None):
        opposite = _opposite(page, cast, index, name, levels, owners)
        if opposite is not None:
            return opposite
    # the state named last before; not one that the same sentence gives to somebody else
    here_people = {owners.get((name.block.start, t.i)) for t in name.block.sentence(name.first)} - {index, None}
    others_ = {cast.actors[i].side for i in here_people if i is not None and cast.actors[i].kind == "person"}
    found = None
    for block, sentence in page.sentences():
        for token in sentence:
            if block.start + token.idx >= name.start:
                return found
            i = owners.get((block.start, token.i))
            if i is None:
                continue
            side = cast.actors[i].side
            i = side if side is not None and cast.actors[i].kind == "body" else i
            here = name.block.start == block.start and block.sentence(token.i).start == name.block.sentence(name.first).start
            if cast.actors[i].kind in ("state", "bloc") and cast.actors[i].names and i not in others_ and (here or i in parties):
                found = i
    return found


def _spoken_for(page: Page, cast: Cast, name: Name, owners: Tokens, parties: list[int]) -> int | None:
    """The party that the person says something of as of his own: "the minister said that Varonia would sign"."""
    verb = kinds.subject_of(name)
    if verb is None or verb.lower_ not in kinds.beside("speaking"):
        return None
    for clause in verb.children:
        if clause.dep_ != "ccomp":
            continue
        for child in clause.children:
            if child.dep_ == "nsubj":
                i = owners.get((name.block.start, child.i))
                if i is None and singular(child.lower_) in organisations().governments:
                    i = next((o for c in child.children if (o := owners.get((name.block.start, c.i))) is not None), None)
                if i is not None and (i in parties or cast.actors[i].kind == "state") and any(c.dep_ == "aux" or c.lower_ == "not" for c in clause.children):
                    return i
    return None


def _opposite(page: Page, cast: Cast, index: int, name: Name, levels: set[str], owners: Tokens) -> int | None:
    """The other party, where somebody of the same rank and a known side is named with this person in one sentence."""
    if len(cast.parties) != 2:
        return None
    sentence = name.block.sentence(name.first)
    tokens = list(sentence)
    if any(t.lower_ in ("he", "she") and t.i < name.first for t in tokens) and sentence.start:
        tokens += list(name.block.sentence(sentence.start - 1))
    sides = set()
    for token in tokens:
        i = owners.get((name.block.start, token.i))
        if i is None or i == index or cast.actors[i].kind != "person" or not cast.actors[i].sure:
            continue
        theirs = {r for role in cast.actors[i].roles for w in role.title.lower().split() if (r := roles().level.get(singular(w)))}
        if cast.actors[i].side is not None and theirs & levels:
            sides.add(cast.actors[i].side)
    if len(sides) != 1 or not sides & set(cast.parties):
        return None
    return next(p for p in cast.parties if p not in sides)
