"""For whom a role is held: the actor that a role phrase names, by possessor, adjective, "of" or "its".

The union of "the union's Ana Ruhl", the state of "Varonia's deputy minister", the party whose delegation one leads.
"""

from __future__ import annotations

from dragoman.extract import kinds
from dragoman.extract.cast import Cast
from dragoman.extract.findings import ActorFound, RoleFound
from dragoman.extract.offices import organisations, role_level, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc, Token
from dragoman.extract.roles import RolePhrase
from dragoman.extract.spelling import fold

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


def nominal_owner(cast: Cast, block: Block, token: Token) -> int | None:
    """The actor that a common noun means ("the authority", "the rebels", "the government"), or None."""
    word = singular(token.lower_)
    lex = organisations()
    land = word in kinds.beside("polities") and word not in lex.heads
    group = (
        word in lex.heads
        or word in lex.nominals
        or token.lower_ in lex.nominals
        or word in lex.bodies
        or word in lex.workers
    )
    called = cast.called.get(word)
    if not land and not group and called is None:
        return None
    people = word in lex.workers  # "the operator" is no member of the "Crane Operators"
    cand = [
        i
        for i, a in enumerate(cast.actors)
        if (a.kind != "person" and not (a.kind == "body" and (a.side is not None or word in kinds.beside("venues"))))
        and any(token.lower_ == w if people else word == singular(w) for n in a.names for w in fold(n).split())
    ]
    if called is not None and called not in cand:
        cand = cand or [called]
        group = group or not land
    if land and cand:
        return max(cand, key=lambda i: cast.actors[i].mentions)
    if group:
        named = [i for i in cand if cast.actors[i].kind not in ("state",)]
        first = [i for i in named if i in cast.parties] or [i for i in named if i in cast.mediators] or named
        if len(first) >= 1:
            return max(first, key=lambda i: cast.actors[i].mentions)
        meant = lex.nominals.get(token.lower_) or lex.nominals.get(word) or frozenset()
        if word in lex.governments:
            meant = frozenset(("state",))
        if people and token.lower_ != word:
            meant = meant | {"union"}
        fitting = [i for i in cast.parties if kind_for(cast.actors[i]) in meant]
        if len(fitting) == 1:
            return fitting[0]
    return None


def kind_for(actor: ActorFound) -> str:
    """What an actor is on the other side of a table: an organisation named after workers is theirs."""
    if actor.kind == "organisation" and set(actor.name.lower().split()) & organisations().workers:
        return "union"
    return actor.kind


def _is_many(actor: ActorFound) -> bool:
    """Whether "they" can mean an actor: a union, a movement, or one with a plural for a name."""
    return kind_for(actor) in ("union", "armed_group") or actor.name.endswith("s")


def callings(page: Page, cast: Cast, owners: Tokens) -> dict[str, int]:
    """What actors are said to be when they are named: "the airline Tarn Blue", "Tarn Blue, a carrier of …".

    Args:
        page: the page.
        cast: who is on it.
        owners: which actor each token stands for.

    Returns:
        For each noun (singular) that tells of one actor only, that actor.
    """
    told: dict[str, set[int]] = {}
    for block in page.blocks:
        doc = block.doc
        for mention in cast.within(block.start, block.end):
            if mention.form != "name" or cast.actors[mention.actor].kind in ("person", "body"):
                continue
            span = block.tokens(mention.start, mention.end)
            for noun in (_named_after(doc, span.start), _told_behind(doc, span.end)) if span is not None else ():
                if noun is not None and (block.start, noun.i) not in owners and role_level(noun) is None:
                    told.setdefault(singular(noun.lower_), set()).add(mention.actor)
    return {word: next(iter(actors)) for word, actors in told.items() if len(actors) == 1}


def _named_after(doc: Doc, start: int) -> Token | None:
    """The noun of "the airline Tarn Blue", "the airline, Tarn Blue,", for a name that starts here."""
    k = start - 1
    if k > 0 and doc[k].text == ",":
        k -= 1
    if k < 1 or doc[k].pos_ != "NOUN":
        return None
    first = k
    while first > 0 and doc[first - 1].pos_ in ("NOUN", "ADJ"):
        first -= 1
    return doc[k] if first > 0 and doc[first - 1].lower_ in ("the", "a", "an", "our", "their") else None


def _told_behind(doc: Doc, end: int) -> Token | None:
    """The noun of "Tarn Blue, an airline of the north", for a name that ends here."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the"):
        return None
    k = end + 2
    while k < len(doc) and doc[k].pos_ in ("NOUN", "ADJ") and not (doc[k].pos_ == "ADJ" and doc[k - 1].pos_ == "NOUN"):
        k += 1
    after = doc[k].lower_ if k < len(doc) else "."
    told = doc[k - 1].pos_ == "NOUN" and after in (",", "of", "that", "which", "behind", "in", "with", "for")
    return doc[k - 1] if told else None


def owner_of_its(page: Page, cast: Cast, block: Block, i: int, owners: Tokens) -> int | None:
    """Whom "its" means: the actor (no person) named last before it in the sentence, or first in the one before."""
    sentence = block.sentence(i)
    for k in range(i - 1, sentence.start - 1, -1):
        found = owners.get((block.start, k))
        if found is not None and cast.actors[found].kind != "person":
            return found
    start = sentence.start
    for _ in range(3):  # a quotation may stand between
        if start <= 0:
            return None
        earlier = block.sentence(start - 1)
        for token in earlier:
            found = owners.get((block.start, token.i))
            if found is None:
                found = nominal_owner(cast, block, token) if token.i and token.nbor(-1).lower_ == "the" else None
            if found is not None and cast.actors[found].kind != "person":
                return found
        start = earlier.start
    return None


def affiliation(page: Page, cast: Cast, phrase: RolePhrase, owners: Tokens) -> tuple[int | None, bool]:
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
        owning = (
            singular(token.lower_) in lex.governments
            or singular(token.lower_) in lex.nominals
            or singular(token.lower_) in lex.heads
        )
        if owning and (phrase.first <= i < phrase.head or phrase.verb) and token.text[0].islower():
            return nominal_owner(cast, block, token)  # "government spokeswoman", "union leader"
        if (
            token.pos_ in ("NOUN", "PROPN")
            and i != phrase.head
            and (after in ("'s", "’s", "'", "’") or before in ("the", "of"))
        ):
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
            if doc[i].lower_ in ("its", "whose", "their"):
                found = owner_of_its(page, cast, block, i, owners)
                if doc[i].lower_ == "their" and found is not None and not _is_many(cast.actors[found]):
                    found = None
            elif doc[i].lower_ in ("his", "her") and i < phrase.head:
                found = next(
                    (
                        o
                        for k in range(i - 1, -1, -1)
                        if (o := owners.get((block.start, k))) is not None and cast.actors[o].kind == "person"
                    ),
                    None,
                )
            else:
                found = actor_at(i)
            if found is not None:
                return found, outside
    low = phrase.head + 1
    for i in range(low, phrase.last + 1):
        if doc[i].lower_ == "its" and phrase.verb:
            return owner_of_its(page, cast, block, i, owners), outside
        heads_it = phrase.verb and doc[phrase.head].lower_ in roles().acting_for
        if doc[i].lower_ in ("on", "with", "in", "about", "against") and (not phrase.verb or heads_it):
            break
        if doc[i].lower_ == "and" and i < phrase.last and doc[i + 1].lower_ in ("of", "for") and i > low:
            break  # "of Keldonia, headed by its minister Ana Ruhl, and of Varonia": the next party
        found = actor_at(i)
        if found is not None:
            if not through(i):
                return None, True
            return found, outside
    return None, outside


def loose_phrases(
    page: Page, cast: Cast, owners: Tokens, phrases: dict[int, list[RolePhrase]]
) -> list[tuple[int, RolePhrase]]:
    """Role phrases that stand in a sentence of their own, with the nameless person they are of.

    "Varonia's deputy minister has come out. Ana Ruhl took two questions." and "Ana Ruhl left. Its owner, the foreign
    minister of Varonia, …": the person named at the head of the next sentence, else the last one named before.
    """
    taken = {(p.block.start, i) for found in phrases.values() for p in found for i in range(p.first, p.last + 1)}
    found = []
    for block in page.blocks:
        doc = block.doc
        sentences = block.sentences()
        for n, sentence in enumerate(sentences):
            for token in sentence:
                if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("nsubj", "nsubjpass", "appos", "conj"):
                    continue
                if (
                    role_level(token) in (None, "outside")
                    or singular(token.lower_) != token.lower_
                    or (block.start, token.i) in taken
                ):
                    continue
                ahead = doc[token.i + 1] if token.i + 1 < len(doc) else None
                if (
                    ahead is not None
                    and (block.start, ahead.i) in owners
                    and cast.actors[owners[(block.start, ahead.i)]].kind == "person"
                ):
                    continue
                first = min((t.i for t in token.subtree if t.i <= token.i), default=token.i)
                last = max((t.i for t in token.subtree if t.i < token.i + 7), default=token.i)
                whose = [
                    o
                    for i in range(first, last + 1)
                    if (o := owners.get((block.start, i))) is not None and cast.actors[o].kind != "person"
                ]
                if not whose:
                    continue
                after = (
                    next((o for t in sentences[n + 1][:4] if (o := owners.get((block.start, t.i))) is not None), None)
                    if n + 1 < len(sentences)
                    else None
                )
                before = None
                for k in range(first - 1, sentences[n - 1].start - 1 if n else -1, -1):
                    o = owners.get((block.start, k))
                    if o is not None and cast.actors[o].kind == "person":
                        before = o
                        break
                for candidate in (after, before):
                    if (
                        candidate is not None
                        and cast.actors[candidate].kind == "person"
                        and cast.actors[candidate].side is None
                        and not cast.actors[candidate].roles
                    ):
                        found.append((candidate, RolePhrase(block, first, last, token.i)))
                        break
    return found


def office_of(cast: Cast, phrase: RolePhrase) -> int | None:
    """The organisation that is named after a role ("the state conciliator", of the State Conciliator's Office)."""
    words = set(fold(phrase.title).split())
    head = singular(phrase.block.doc[phrase.head].lower_)
    for i, actor in enumerate(cast.actors):
        if actor.kind != "person" and (actor.part in ("party", "mediator") or actor.kind == "body"):
            name = fold(actor.name).split()
            if (
                head == "minister"
                and "ministry" in name
                and actor.side is not None
                and words - {"minister", "the"}
                and words - {"minister", "the"} <= set(name)
            ):
                return actor.side
            if head in name and words <= {*name, "former", "deputy", "chief"} and len(words) > 1:
                return i
    return None


def leading(page: Page, cast: Cast, owners: Tokens) -> list[tuple[int, int]]:
    """(person, party) for who heads a party's delegation: "A led the Varonian team", "the delegation was led by A"."""
    found = []
    for block in page.blocks:
        for verb in block.doc:
            if verb.lower_ not in (
                "led",
                "leads",
                "lead",
                "leading",
                "headed",
                "heads",
                "heading",
                "represented",
                "represents",
                "representing",
            ):
                continue
            people: list[int] = []
            parties: list[int] = []
            for child in (*verb.children, *([verb.head] if verb.dep_ in ("acl", "relcl") else ())):
                tokens = (
                    child.subtree
                    if child.i != verb.head.i
                    else (*child.lefts, child, *(t for r in child.rights if r.i < verb.i for t in r.subtree))
                )
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


def role_found(phrase: RolePhrase, of: int | None) -> RoleFound | None:
    """A role phrase as a finding; None where it says for whom somebody acts, but not as what."""
    doc = phrase.block.doc
    if phrase.verb and doc[phrase.head].lower_ not in roles().acting_for | roles().acting_outside:
        return None
    start, end = phrase.block.place_of(doc[phrase.first], doc[phrase.last])
    return RoleFound(phrase.title, of, (start, end))


_APPOINTING = frozenset(
    ("named", "appointed", "mandated", "sent", "chosen", "tasked", "nominated", "picked", "dispatched", "delegated")
)


def appointed(page: Page, cast: Cast, owners: Tokens) -> list[tuple[int, int]]:
    """(person, organisation) for whom somebody was named to a task by: "Ana Ruhl, who was appointed by the League"."""
    found = []
    for block in page.blocks:
        for verb in block.doc:
            if verb.lower_ not in _APPOINTING:
                continue
            ahead = block.doc[verb.i + 1 : verb.i + 14]
            agent = next((t.i for t in ahead if t.lower_ == "by"), None)
            agents = () if agent is None else block.doc[agent + 1 : agent + 5]
            by = next((o for t in agents if (o := owners.get((block.start, t.i))) is not None), None)
            if by is None or cast.actors[by].kind == "person":
                continue
            for k in range(verb.i - 1, block.sentence(verb.i).start - 1, -1):
                person = owners.get((block.start, k))
                if person is not None and cast.actors[person].kind == "person":
                    found.append((person, by))
                    break
    return found
