"""Who is on a page: names gathered into actors, with their kinds, roles, sides and parts, and every mention of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Span

from dragoman.extract import gazetteer, kinds
from dragoman.extract.cast import Cast, Mention, PlaceFound
from dragoman.extract.coreference import add_nominals, add_pronouns
from dragoman.extract.findings import ActorFound, Attribution
from dragoman.extract.names import Name, find_names, organisations, role_level, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.roles import RolePhrase, role_phrases
from dragoman.extract.sides import give_parts, give_sides, token_owners
from dragoman.extract.spelling import acronym_of, derived_from, fold, land_stem, parts, same_person, skeleton


@dataclass(slots=True)
class Draft:
    """An actor in the making: its names as they stand on the page, and what they tell."""

    kind: str
    names: list[Name] = field(default_factory=list)
    code: str | None = None
    bloc: bool = False

    def texts(self) -> Counter[str]:
        """How often each proper spelling stands there (adjectives are no names)."""
        return Counter(n.text for n in self.names if n.form != "adjective")


def find_cast(page: Page, attributions: list[Attribution] | None = None) -> Cast:
    """The actors of a page, their mentions and the places.

    `attributions`, where they are known, tell which offices and bodies speak in their own name.
    """
    names, titles = find_names(page)
    _split_states(names)
    phrases = {id(n): role_phrases(n) for n in names}
    _plural_titles(names, phrases)
    dateline = page.quote(page.layout.dateline).strip(" ,.-–—").title() if page.layout.dateline else None
    votes = kinds.vote(names, phrases, dateline)
    decided = {n.text: kinds.decide(n.text, votes[n.text]) for n in names if n.form == "name" and not n.code}
    _peoples(names, decided)
    _short_firms(decided)
    drafts = _gather(names, decided)
    cast = Cast()
    owner: dict[int, int] = {}
    for draft in drafts:
        index = len(cast.actors)
        cast.actors.append(_found(draft))
        for n in draft.names:
            if n.form == "name" and _only_place(n, draft):
                cast.places.append(PlaceFound(n.start, n.end, n.text, _country(n)))
                continue
            owner[id(n)] = index
            form = "adjective" if n.form == "adjective" else "name"
            if form == "adjective" and n.last + 1 < len(n.block.doc) and n.block.doc[n.last + 1].lower_ in kinds.beside("land_words"):
                cast.places.append(PlaceFound(n.start, n.end, draft_name(cast, index), None))
            cast.mentions.append(Mention(n.start, n.end, index, form))
    for n in names:
        if id(n) not in owner and n.form == "name" and (decided.get(n.text) == kinds.PLACE or n.text in gazetteer.towns()):
            cast.places.append(PlaceFound(n.start, n.end, n.text, _country(n)))
    if page.layout.dateline:
        start, end = page.layout.dateline
        word = page.text[start:end].strip(" ,.-–—").title()
        cast.places.append(PlaceFound(start, end, word, gazetteer.towns().get(word)))
    cast.mentions.sort(key=lambda m: (m.start, m.end))
    cast.places.sort(key=lambda p: (p.start, p.end))
    seats = {t for t, k in decided.items() if k == kinds.STATE and (votes[t][kinds.LOCATED] or kinds.single_polity(t))}
    _firms(page, cast, {t for t in decided if votes[t][kinds.LOCATED]})
    give_parts(page, cast, names, owner, phrases, seats)
    give_sides(page, cast, names, owner, phrases, seats)
    add_nominals(page, cast, titles)
    add_pronouns(page, cast)
    return _without_bystanders(page, cast, attributions or [])


_FIRM_WORDS = frozenset(("company", "firm", "airline", "carrier", "employer", "manufacturer", "operator", "producer", "steelmaker", "miner", "shipyard", "retailer", "carmaker", "management", "utility", "brewer", "publisher"))


def _firms(page: Page, cast: Cast, towns: set[str]) -> None:
    """Take unknown lands for firms where the page speaks of a firm: nothing happens in them, and no people is named after them."""
    said = sum(
        t.lower_ in _FIRM_WORDS and t.i > 0 and t.nbor(-1).lower_ in ("the", "its", "a", "an", "both") for b in page.blocks for t in b.doc
    )
    if said < 2:
        return
    lands = {m.actor for m in cast.mentions if m.form == "adjective" or _governed(page, m.end)}
    for i, actor in enumerate(cast.actors):
        if actor.kind == "state" and actor.key is None and i not in lands and not towns & set(actor.names) and not any(kinds.polity(n) for n in actor.names):
            actor.kind = "company"


def _governed(page: Page, end: int) -> bool:
    """Whether what ends here has a government, a president, a parliament: "X's prime minister"."""
    words = page.text[end : end + 40].replace("’", "'").split()
    lex = organisations()
    return bool(words) and words[0] == "'s" and any(
        singular(w.strip(".,")) in lex.governments | lex.bodies or w in ("president", "minister", "army") for w in words[1:4]
    )


def _country(n: Name) -> str | None:
    states = gazetteer.states()
    if n.text in gazetteer.towns():
        return gazetteer.towns()[n.text]
    if n.code and n.code in states.by_code:
        return states.by_code[n.code].short
    return None


def _split_states(names: list[Name]) -> None:
    """Cut "Keldonia Ana Ruhl" where Keldonia is a name by itself elsewhere (translated texts put them side by side)."""
    singles = {n.text for n in names if n.first == n.last and n.form == "name"}
    singles |= {n.block.doc[n.first].text for n in names if any(derived_from(s, n.block.doc[n.first].text) for s in singles)}
    for n in list(names):
        words = n.last - n.first + 1
        if words < 3 or n.form != "name" or kinds.organisation_kind(n.text):
            continue
        head = n.block.doc[n.first].text
        before = n.block.doc[n.first - 1].lower_ if n.first else ""
        if head in singles and before in ("of", "from", "for") and "-" not in n.text.split()[0]:
            rest = Name(n.block, n.first + 1, n.last, n.text[len(head) :].strip(), headline=n.headline)
            names[names.index(n)] = Name(n.block, n.first, n.first, head, headline=n.headline)
            names.append(rest)
    names.sort(key=lambda n: (n.start, n.end))


def _plural_titles(names: list[Name], phrases: dict[int, list[RolePhrase]]) -> None:
    """Deal "Keldonian and Varonian Foreign Ministers A B and C D" out: the second adjective and title go to C D."""
    for a, b in zip(names, names[1:], strict=False):
        if not a.title or a.block is not b.block or b.title:
            continue
        doc = a.block.doc
        head = doc[a.title[1]]
        between = [t.lower_ for t in doc[a.last + 1 : b.first]]
        if singular(head.lower_) == head.lower_ or between not in (["and"], [","]):
            continue
        b.title = a.title
        phrases[id(b)] = list(phrases.get(id(a), []))
        first = a.title[0]
        if first >= 2 and doc[first - 1].lower_ == "and":
            a.extra["affiliation"] = str(first - 2)
        elif first >= 1 and doc[first].text[0].isupper() and doc[first - 1].lower_ in ("and",):
            a.extra["affiliation"] = str(first - 2)


def _peoples(names: list[Name], decided: dict[str, str | None]) -> None:
    """Mark the adjectives and peoples of lands that no gazetteer knows (Varonian, Varonians beside Varonia)."""
    lands = [t for t, k in decided.items() if k in (kinds.STATE, kinds.PLACE) or (k == kinds.PERSON and len(parts(t)) == 1)]
    for n in names:
        if n.code or n.form != "name" or n.first != n.last:
            continue
        land = next((x for x in lands if derived_from(n.text, x)), None)
        ahead = n.block.doc[n.last + 1 : n.last + 4]
        if land is not None:
            decided[land] = kinds.STATE
        elif n.text.lower() in kinds.beside("no_lands") or not (
            n.text.endswith(("ian", "ean", "ish", "ese"))
            and decided.get(n.text) not in (kinds.PERSON, kinds.ORGANISATION)
            and any(role_level(t) or singular(t.lower_) in organisations().bodies or t.lower_ in kinds.beside("belonging") for t in ahead)
        ):
            continue
        n.form = "people" if n.text.endswith("s") else "adjective"
        n.extra["land"] = land or ""


def _short_firms(decided: dict[str, str | None]) -> None:
    """A firm is called by its name without "Holdings", "Steel" …: then the short name is the firm's too."""
    for text, kind in list(decided.items()):
        words = text.split()
        if kind != kinds.ORGANISATION or len(words) < 2 or kinds.organisation_kind(text) != "company":
            continue
        for size in range(1, len(words)):
            short = " ".join(words[:size])
            if short in decided and kinds.organisation_kind(short) is None:
                decided[short] = kinds.ORGANISATION


def _gather(names: list[Name], decided: dict[str, str | None]) -> list[Draft]:
    """Bring names that are one actor's together."""
    drafts: list[Draft] = []
    states: dict[str, Draft] = {}
    heads = {n.text.split()[0]: land for n in names if n.form == "name" and (land := kinds.polity(n.text))}
    for n in names:
        kind = decided.get(n.text)
        if n.code:
            key = n.code
        elif n.extra.get("land") is not None:
            key = land_stem(n.extra["land"] or n.text, derived=not n.extra["land"])
        elif kind == kinds.STATE:
            key = land_stem(kinds.polity(n.text) or heads.get(n.text, n.text))
        else:
            continue
        if key not in states:
            states[key] = Draft("state", code=n.code)
            drafts.append(states[key])
        states[key].names.append(n)
    drafts += _gather_people([n for n in names if not n.code and n.form == "name" and decided.get(n.text) == kinds.PERSON])
    drafts += _gather_organisations([n for n in names if not n.code and n.form == "name" and decided.get(n.text) == kinds.ORGANISATION])
    drafts = [d for d in drafts if d.names]
    _bloc_adjectives(names, drafts)
    for d in drafts:
        d.names.sort(key=lambda n: n.start)
    drafts.sort(key=lambda d: d.names[0].start)
    return drafts


def _bloc_adjectives(names: list[Name], drafts: list[Draft]) -> None:
    """"Boreal" is the adjective of the Boreal Customs Union: give such words to the bloc, as adjectives."""
    for draft in drafts:
        if draft.kind != "bloc":
            continue
        first = {n.text.split()[0] for n in draft.names if len(n.text.split()) > 1}
        taken = {id(n) for d in drafts for n in d.names}
        for n in names:
            if id(n) not in taken and n.form == "name" and not n.code and n.text in first:
                n.form = "adjective"
                draft.names.append(n)


def _gather_people(names: list[Name]) -> list[Draft]:
    """Full names first; then surnames (and given names) go to the full name that they belong to, the last before them."""
    drafts: list[Draft] = []
    texts = sorted({n.text for n in names}, key=lambda t: (-len(parts(t)), min(n.start for n in names if n.text == t)))
    home: dict[str, Draft] = {}
    for text in texts:
        fitting = [d for d in drafts if any(same_person(text, other) for other in d.texts())]
        own = [n for n in names if n.text == text]
        if not fitting and len(parts(text)) == 1:
            fitting = [d for d in drafts if any(skeleton(parts(o)[0]) == skeleton(text) for o in d.texts())]
        if len(fitting) > 1:
            for n in own:  # two of one surname: the one named last
                before = [d for d in fitting if any(m.start < n.start for m in d.names)]
                best = max(before or fitting, key=lambda d: max((m.start for m in d.names if m.start < n.start), default=-1))
                best.names.append(n)
            continue
        if fitting:
            fitting[0].names.extend(own)
        else:
            home[text] = Draft("person", names=list(own))
            drafts.append(home[text])
    return drafts


def _gather_organisations(names: list[Name]) -> list[Draft]:
    """Long names first; acronyms, heads ("the Union") and shortened forms go to the long name before them."""
    drafts: list[Draft] = []
    texts = sorted({n.text for n in names}, key=lambda t: (-len(t), t))
    for text in texts:
        own = [n for n in names if n.text == text]
        fitting = []
        for d in drafts:
            for other in d.texts():
                words, short = fold(other).split(), fold(text).split()
                if (
                    acronym_of(text, other)
                    or (kinds.organisation_kind(other) == "bloc" and short in ([words[0] + "s"], [words[0], "bloc"], [words[0], "union"]))
                    or sorted(words) == sorted(short)
                    or (len(short) < len(words) and words[-len(short) :] == short and kinds.organisation_kind(text))
                    or (len(short) == 1 and kinds.organisation_kind(text) and _head_of(short[0], words))
                    or (len(short) == 1 and "of" in words and short[0] in (words[0], words[-1]))
                    or (kinds.organisation_kind(text) is None and f" {' '.join(short)} " in f" {' '.join(words)} ")
                    or (len(short) > 1 and words[: len(short)] == short and kinds.organisation_kind(text))
                    or (len(short) < len(words) and words[: len(short)] == short and kinds.organisation_kind(other) == "company")
                ):
                    fitting.append(d)
                    break
        if fitting:
            first = min(n.start for n in own)
            best = max(fitting, key=lambda d: (len(d.names) if min(n.start for n in d.names) <= first else -1, -d.names[0].start))
            best.names.extend(own)
            continue
        if text.islower():
            continue
        drafts.append(Draft(kinds.organisation_kind(text) or "organisation", names=own))
    return drafts


def _head_of(word: str, words: list[str]) -> bool:
    """Whether a word is the head noun of a longer name: its last, or the last before "of" or "for"."""
    cut = next((i for i, w in enumerate(words) if w in ("of", "for") and i), len(words))
    return words[cut - 1] == word or words[0] == word


def _only_place(n: Name, draft: Draft) -> bool:
    """Whether a state's or capital's name is here but the place where something happens."""
    doc = n.block.doc
    if draft.kind != "state" or n.form != "name":
        return False
    before = doc[n.first - 1].lower_ if n.first else ""
    after = doc[n.last + 1] if n.last + 1 < len(doc) else None
    owning = after is not None and after.lower_ in ("'s", "’s") and n.last + 2 < len(doc)
    if owning and doc[n.last + 2].text[0].isupper() and doc[n.last + 2].text in gazetteer.towns():
        return True  # Varonia's Port Ruhl
    if n.first == 0 and after is not None and after.text in (",", "(", "—", "–", "-") and n.text in gazetteer.states().capitals and len(doc) > 12 and doc[n.first].text.isupper():
        return True
    if before in kinds.beside("strictly_locative"):
        return not owning
    if before in ("to", "from", "into", "towards", "toward"):
        verb = doc[n.first - 1].head
        return verb.lower_ in ("travel", "travelled", "flew", "fly", "returned", "return", "arrived", "came", "went", "back", "trip", "way", "flight", "send", "move", "brought")
    capital = n.text in gazetteer.states().capitals and n.text not in gazetteer.states().names
    if capital:
        verb = kinds.subject_of(n)
        acting = verb is not None and (verb.lower_ in kinds.beside("acting") or verb.lower_ in kinds.beside("speaking"))
        linked = before in ("between", "and", "by", "with", "of") or (after is not None and after.lower_ == "and")
        return not (acting or owning or linked or (verb is not None and verb.pos_ in ("VERB", "AUX")))
    return False


def _found(draft: Draft) -> ActorFound:
    states = gazetteer.states()
    texts = draft.texts()
    names: dict[str, tuple[int, int]] = {}
    for n in draft.names:
        if n.form != "adjective" and not _only_place(n, draft):
            names.setdefault(n.text, (n.start, n.end))
    kind = draft.kind
    if draft.code and draft.code in states.by_code:
        state = states.by_code[draft.code]
        kind = state.kind
        proper = [t for t in names if t in states.names and t not in states.capitals]
        name = state.short if state.short in names else (proper or [*names, state.short])[0]
        key = f"iso:{draft.code}"
    else:
        ranked = sorted(texts, key=lambda t: (-len(parts(t)), -texts[t], t)) if kind == "person" else sorted(
            texts, key=lambda t: (-(n_form(draft, t) == "name"), t.isupper(), -len(t), t)
        )
        if kind == "state":
            lands = [t for t in ranked if n_form(draft, t) == "name"]
            ranked = sorted(lands, key=lambda t: (-texts[t], t)) + [t for t in ranked if t not in lands]
        name = ranked[0] if ranked else draft.names[0].text
        key = None
        if kind == "organisation":
            said = [n.block.doc[n.first - 1].lower_ for n in draft.names if n.first]
            kind = next((k for w in said if (k := organisations().nominals.get(w)) in ("union", "company")), kind)
    return ActorFound(name=name, names=names, kind=kind, key=key, mentions=len(draft.names))


def draft_name(cast: Cast, index: int) -> str:
    """The name of an actor."""
    return cast.actors[index].name


def n_form(draft: Draft, text: str) -> str:
    """The form in which a draft has a spelling: name or people."""
    return next((n.form for n in draft.names if n.text == text), "name")


def _without_bystanders(page: Page, cast: Cast, attributions: list[Attribution]) -> Cast:
    """Add bodies that speak, and leave out names in passing: who neither speaks, meets, has a role nor is on a side."""
    add_bodies(page, cast, attributions)
    speaking = {m.actor for a in attributions for start, end in a.source for m in cast.within(start, end)}
    behind = {a.side for a in cast.actors if a.side is not None} | {r.of for a in cast.actors for r in a.roles if r.of is not None}
    acting = _acting(page, cast)
    peoples = {i for i, a in enumerate(cast.actors) if a.kind == "state" and a.key is None and len(a.names) > 1}
    kept = []
    for i, actor in enumerate(cast.actors):
        active = actor.part in ("party", "mediator") or i in speaking or i in acting or i in peoples
        if actor.kind == "person":
            active = active or bool(actor.roles) or actor.mentions > 1
        else:
            active = active or i in behind
        if active and (actor.names or i in behind or (actor.part in ("party", "mediator") and actor.mentions)):
            kept.append(i)
    new = {old: index for index, old in enumerate(kept)}
    actors = [cast.actors[i] for i in kept]
    for actor in actors:
        actor.side = new.get(actor.side) if actor.side is not None else None
        for role in actor.roles:
            role.of = new.get(role.of) if role.of is not None else None
    return Cast(
        actors,
        [Mention(m.start, m.end, new[m.actor], m.form) for m in cast.mentions if m.actor in new],
        cast.places,
        [new[i] for i in cast.parties if i in new],
        [new[i] for i in cast.mediators if i in new],
        cast.unnamed,
    )


def _acting(page: Page, cast: Cast) -> set[int]:
    """The actors that are the subject of a verb somewhere, or meet somebody."""
    found = set()
    owners = token_owners(page, cast)
    for block in page.blocks:
        for token in block.doc:
            i = owners.get((block.start, token.i))
            if i is None or i in found:
                continue
            root = token
            while root.head.i != root.i and owners.get((block.start, root.head.i)) == i:
                root = root.head
            if root.dep_ == "pobj" and root.head.lower_ == "of" and cast.actors[i].kind in ("state", "bloc"):
                place = kinds.beside("venues") | kinds.beside("polities") | kinds.beside("land_words")
                if root.head.head.lower_ not in place and root.head.head.pos_ in ("NOUN", "PROPN"):
                    found.add(i)
            after = block.doc[token.i + 1 : token.i + 4]
            if len(after) > 1 and after[0].lower_ in ("'s", "’s") and any(singular(t.lower_) in organisations().bodies for t in after[1:]):
                found.add(i)
            if root.dep_ in ("nsubj", "nsubjpass", "agent") or (root.dep_ == "pobj" and root.head.lower_ in ("by", "with", "between")):
                found.add(i)
            elif root.dep_ == "conj" and owners.get((block.start, root.head.i)) in found:
                found.add(i)
    return found


_SEATS_OF_POWER = frozenset(("presidency", "palace", "chancellery", "chancellory", "cabinet", "premiership"))


def _nameless_body(page: Page, cast: Cast, block: Block, span: Span, end: int) -> None:
    """Take "the economy ministry", "the presidency" for a body where nothing says whose; its side is the one state there is."""
    first = span[0]
    if first.lower_ == "the":
        if len(span) < 2:
            return
        first = span[1]
    head = span.root
    said = first.i < head.i and all(t.pos_ in ("ADJ", "NOUN", "PROPN") for t in span[first.i - span.start : head.i - span.start])
    if span[-1].i != head.i or not (said or singular(head.lower_) in _SEATS_OF_POWER):
        return
    begin = block.start + first.idx
    name = " ".join(page.text[begin:end].split())
    known = next((i for i, a in enumerate(cast.actors) if a.kind == "body" and fold(a.name) == fold(name)), None)
    if known is None:
        states = [i for i in cast.parties if cast.actors[i].kind == "state"]
        side = states[0] if len(states) == 1 else None
        known = len(cast.actors)
        cast.actors.append(ActorFound(name, {name: (begin, end)}, "body", None, side, part="party" if side is not None else "outside"))
    cast.mentions.append(Mention(begin, end, known, "name"))


def add_bodies(page: Page, cast: Cast, attributions: list[Attribution]) -> None:
    """Offices and bodies that speak in their own name become actors on the side of whom they belong to.

    "the office of the Varonian president", "Varonia's foreign ministry": a noun phrase whose head is a body, with a
    known actor inside it.
    """
    lex = organisations()
    starts = {b.start: b for b in page.blocks}
    for attribution in attributions:
        if not attribution.source:
            continue
        start, end = attribution.source[0]
        block = next((b for s, b in starts.items() if s <= start and end <= b.end), None)
        if block is None:
            continue
        span = block.tokens(start, end)
        if span is None or len(span) > 9 or (len(span) < 2 and span[0].i == 0):
            continue
        head = span.root
        if singular(head.lower_) not in lex.bodies or singular(head.lower_) in lex.governments or head.lower_ in ("team", "side", "staff"):
            continue
        inside = [m for m in cast.within(start, end) if m.form != "pronoun"]
        if not inside:
            _nameless_body(page, cast, block, span, end)
            continue
        whole = [m for m in inside if m.form == "name" and (cast.actors[m.actor].kind == "body" or (m.end == end and kinds.organisation_kind(page.quote((m.start, m.end)))))]
        if whole:
            continue
        belongs = inside[-1] if "of" in [t.lower_ for t in span] else inside[0]
        first = span[1] if span[0].lower_ in ("the", "a", "an") else span[0]
        begin = block.start + first.idx
        name = " ".join(page.text[begin:end].split())
        owner = cast.actors[belongs.actor]
        known = next((i for i, a in enumerate(cast.actors) if a.kind == "body" and fold(a.name) == fold(name)), None)
        if known is None:
            known = len(cast.actors)
            side = belongs.actor if owner.kind != "person" else owner.side
            cast.actors.append(ActorFound(name, {name: (begin, end)}, "body", None, side, part=owner.part))
        cast.mentions.append(Mention(begin, end, known, "name"))
    cast.mentions.sort(key=lambda m: (m.start, -m.end))
