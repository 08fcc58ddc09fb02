"""Mentions that are no names: "the minister", "both sides", "the Varonian side", he and she.

Rules of nearness and agreement, after Hobbs (1978) and the sieves of Lee et al. (2013), the surest first;
what no rule settles stays unresolved.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from dragoman.extract.affiliation import callings, nominal_owner, token_owners
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import SpanT
from dragoman.extract.kinds import beside
from dragoman.extract.names import Title
from dragoman.extract.offices import organisations, role_level, roles, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Token

_BOTH = frozenset(("both", "two", "the"))
_SIDES = frozenset(("sides", "parties", "countries", "delegations", "neighbours", "neighbors", "governments", "teams"))
_DEFINITE = frozenset(("the", "this", "that"))
_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_FEMALE_NOUNS = frozenset(
    (
        "lady",
        "woman",
        "spokeswoman",
        "chairwoman",
        "congresswoman",
        "queen",
        "princess",
        "mother",
        "sister",
        "businesswoman",
    )
)
_MALE_NOUNS = frozenset(
    ("gentleman", "man", "spokesman", "chairman", "congressman", "king", "prince", "father", "brother", "businessman")
)
_SYNONYMS = {
    "leader": ("president", "premier", "chancellor", "king"),
    "premier": ("minister",),
    "diplomat": ("minister",),
}


def add_nominals(page: Page, cast: Cast, titles: list[Title]) -> None:
    """Add mentions by common nouns, and the names that a state has by its government ("the Varonian regime")."""
    owners = token_owners(page, cast)
    cast.called = callings(page, cast, owners)
    added: list[Mention] = []
    longer: list[Mention] = []
    lex = organisations()
    people = {i: _role_words(cast, i) for i, a in enumerate(cast.actors) if a.kind == "person"}
    first_seen: dict[int, int] = {}
    for m in cast.mentions:
        if m.actor in people and m.actor not in first_seen:
            first_seen[m.actor] = m.start
    for block in page.blocks:
        doc = block.doc
        for token in doc:
            i = owners.get((block.start, token.i))
            if i is not None:
                ahead = doc[token.i + 1] if token.i + 1 < len(doc) else None
                if ahead is not None and ahead.lower_ in lex.governments and cast.actors[i].kind in ("state", "bloc"):
                    span = (block.start + token.idx, block.start + ahead.idx + len(ahead))
                    longer.append(Mention(span[0], span[1], i, "name"))
                    if ahead.lower_ != "side":
                        cast.actors[i].names.setdefault(page.quote(span), span)
                continue
            low = token.lower_
            if low in _SIDES and token.i and doc[token.i - 1].lower_ in _BOTH and len(cast.parties) == 2:
                start = token.i - 1
                if start and doc[start].lower_ == "two" and doc[start - 1].lower_ == "the":
                    start -= 1
                if low in ("countries", "governments") and any(cast.actors[p].kind != "state" for p in cast.parties):
                    continue
                span = block.place_of(doc[start], token)
                added += [Mention(*span, p, "nominal") for p in cast.parties]
                continue
            if not token.i or token.pos_ not in ("NOUN", "PROPN"):
                continue
            article = _determiner(token)
            if article is None:
                continue
            start = article
            if (role_level(token) is not None and singular(low) == low) or low in roles().honorifics:
                who = _by_role(page, cast, block, token, start, people, first_seen, owners)
                if who is not None:
                    added.append(Mention(*block.place_of(doc[start], token), who, "nominal"))
            elif token.i - start <= 2 and not any(
                owners.get((block.start, k)) is not None for k in range(start, token.i)
            ):
                who = nominal_owner(cast, block, token)
                following = doc[token.i + 1] if token.i + 1 < len(doc) else None
                if (
                    who is not None
                    and not (following is not None and following.pos_ in ("NOUN", "PROPN"))
                    and not (following is not None and following.lower_ in ("of", "for"))
                ):
                    added.append(Mention(*block.place_of(doc[start], token), who, "nominal"))
    covered = {(m.start, m.end) for m in longer}
    starts = {m.start for m in longer}
    cast.mentions = (
        [m for m in cast.mentions if m.start not in starts] + [m for m in longer if (m.start, m.end) in covered] + added
    )
    cast.mentions.sort(key=lambda m: (m.start, -m.end, m.actor))


def _determiner(token: Token) -> int | None:
    """The index of the definite article of the noun phrase that ends at the token, or None."""
    doc = token.doc.tokens
    k = token.i - 1
    while k >= 0 and k >= token.i - 4:
        if doc[k].lower_ in _DEFINITE:
            return k
        if doc[k].pos_ not in ("ADJ", "NOUN", "PROPN", "NUM") and singular(doc[k].lower_) not in roles().modifiers:
            return None
        k -= 1
    return None


def _role_words(cast: Cast, i: int) -> list[set[str]]:
    """The words of each role up to what it is a role in: the secretary of a president is no president."""
    found = []
    for role in cast.actors[i].roles:
        words = role.title.lower().replace("’s", "").replace("'s", "").split()
        if words[0] in ("who",):
            continue
        cut = next((k for k, w in enumerate(words) if w in ("of", "for", "to", "at") and k), len(words))
        found.append({singular(w) for w in words[:cut]})
    return found


def _by_role(
    page: Page,
    cast: Cast,
    block: Block,
    token: Token,
    start: int,
    people: dict[int, list[set[str]]],
    first_seen: dict[int, int],
    owners: dict[tuple[int, int], int],
) -> int | None:
    """The person last named before whom the words of a definite role phrase fit."""
    doc = token.doc
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is not None and (after.lower_ in ("of", "for", "'s", "’s") and after.lower_ in ("of", "for")):
        return None
    if after is not None and (
        after.pos_ in ("PROPN",) or (after.text == "," and token.i + 2 < len(doc) and doc[token.i + 2].pos_ == "PROPN")
    ):
        return None  # a title before its name
    head = singular(token.lower_)
    wanted = {singular(t.lower_) for t in doc[start + 1 : token.i] if singular(t.lower_) in roles().modifiers}
    side = next((i for k in range(start, token.i) if (i := owners.get((block.start, k))) is not None), None)
    heads = {head, *_SYNONYMS.get(head, ())}
    position = block.start + token.idx
    best, nearest = None, -1
    for i, roles_of in people.items():
        if first_seen.get(i, 1 << 60) >= position:
            continue
        if side is not None and cast.actors[i].side != side:
            continue
        if not any(heads & words and wanted <= words for words in roles_of):
            continue
        last = max((m.start for m in cast.mentions if m.actor == i and m.start < position), default=-1)
        if last > nearest:
            best, nearest = i, last
    return best


@dataclass(slots=True)
class _Focus:
    """Somebody who could be meant by a pronoun, and where he or she stood last; `actor` is below 0 for the unnamed."""

    actor: int
    start: int
    sentence: int
    subject: bool
    speaking: bool = False


def _genders(page: Page, cast: Cast) -> dict[int, str]:
    """What titles and nouns beside people tell of their gender."""
    found: dict[int, str] = {}
    lex = roles()
    owners = token_owners(page, cast)
    for block in page.blocks:
        for token in block.doc:
            low = token.lower_.rstrip(".")
            if low in lex.male or low in lex.female:
                nxt = owners.get((block.start, token.i + 1))
                if nxt is not None and cast.actors[nxt].kind == "person":
                    found.setdefault(nxt, "m" if low in lex.male else "f")
    for i, actor in enumerate(cast.actors):
        for role in actor.roles:
            words = set(role.title.lower().split())
            if words & _FEMALE_NOUNS:
                found.setdefault(i, "f")
            elif words & _MALE_NOUNS:
                found.setdefault(i, "m")
    return found


def add_pronouns(page: Page, cast: Cast) -> None:
    """Add mentions by he and she, where one person is nearest by sentence, subject and gender."""
    genders = _genders(page, cast)
    quoted = _quoted(page)
    people = [m for m in cast.mentions if cast.actors[m.actor].kind == "person"]
    at = 0
    recent: list[_Focus] = []
    added: list[Mention] = []
    unnamed: list[SpanT] = []
    for number, (block, sentence) in enumerate(page.sentences()):
        for token in sentence:
            position = block.start + token.idx
            while at < len(people) and people[at].start <= position:
                m = people[at]
                at += 1
                if any(s <= m.start < e for s, e in _near(quoted, m.start)) and not any(
                    s <= position < e for s, e in _near(quoted, position)
                ):
                    continue
                subject = _is_subject(block, m)
                recent.append(
                    _Focus(
                        m.actor,
                        m.start,
                        number,
                        subject is not None,
                        subject is not None and subject.lower_ in beside("speaking"),
                    )
                )
            low = token.lower_
            described = _unnamed(block, token) if token.pos_ in ("NOUN", "PROPN") else None
            if described is not None and not any(
                m.start < described[1] and m.end > position and cast.actors[m.actor].kind == "person"
                for m in cast.within(*described)
            ):
                unnamed.append(described)
                recent.append(_Focus(-len(unnamed), position, number, token.dep_ in ("nsubj", "nsubjpass")))
            gender = "m" if low in _HE else "f" if low in _SHE else None
            if gender is None:
                continue
            inside = any(s <= position < e for s, e in _near(quoted, position))
            saying = token.dep_ == "nsubj" and token.head.lower_ in beside("speaking")
            colon = max(
                (block.start + t.idx for t in sentence if t.text in ":;" and block.start + t.idx < position), default=-1
            )
            who = _antecedent(recent, number, position, gender, genders, low in ("his", "her"), inside, saying, colon)
            if who is None:
                continue
            genders.setdefault(who, gender)
            recent.append(_Focus(who, position, number, token.dep_ in ("nsubj", "nsubjpass"), saying))
            if who < 0:
                cast.unnamed[position] = unnamed[-who - 1]
                continue
            added.append(Mention(position, position + len(token), who, "pronoun"))
        recent = [f for f in recent if f.sentence >= number - 4]
    cast.mentions = sorted([*cast.mentions, *added], key=lambda m: (m.start, -m.end, m.actor))


def _unnamed(block: Block, token: Token) -> SpanT | None:
    """The description of somebody who is brought in by a noun without a name ("a senior official of …"), or None."""
    if singular(token.lower_) != token.lower_:
        return None
    if role_level(token) is None and token.lower_ not in (
        "source",
        "person",
        "participant",
        "insider",
        "relative",
        "mother",
        "father",
        "worker",
    ):
        return None
    doc = token.doc
    k = token.i - 1
    while k >= 0 and k >= token.i - 4 and doc[k].lower_ not in ("a", "an", "one", "another"):
        if doc[k].pos_ not in ("ADJ", "NOUN", "PROPN") and doc[k].text not in "-":
            return None
        k -= 1
    if k < 0 or doc[k].lower_ not in ("a", "an", "one", "another"):
        return None
    last = token
    ahead = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if ahead is not None and (
        ahead.pos_ == "PROPN"
        or (ahead.text == "," and doc[min(token.i + 2, len(doc) - 1)].pos_ == "PROPN")
        or ahead.pos_ == "NOUN"
    ):
        return None
    if k and doc[k - 1].text == "," and k > 1 and doc[k - 2].pos_ == "PROPN":
        return None  # an apposition: its bearer is named
    if ahead is not None and ahead.lower_ in ("of", "for", "in", "from", "at", "with", "on", "close", "familiar"):
        for t in ahead.subtree:
            if t.i > token.i and t.i < token.i + 10 and t.i == last.i + 1 and t.text not in ",.;:":
                last = t
    return block.place_of(doc[k], last)


def _quoted(page: Page) -> list[SpanT]:
    return sorted((q.start, q.end) for q in page.quotations() if q.depth == 0)


def _near(spans: list[SpanT], position: int) -> list[SpanT]:
    k = bisect_left(spans, (position + 1, 0))
    return spans[max(0, k - 1) : k]


def _is_subject(block: Block, mention: Mention) -> Token | None:
    """The verb that the mention is the subject of, or None."""
    if not block.start <= mention.start < block.end:
        return None
    span = block.tokens(mention.start, mention.end)
    if span is None:
        return None
    root = span.root
    while root.dep_ == "appos" and root.head.i != root.i:
        root = root.head  # "the minister, Ana Ruhl, insisted"
    return root.head if root.dep_ in ("nsubj", "nsubjpass") else None


def _antecedent(
    recent: list[_Focus],
    number: int,
    position: int,
    gender: str,
    genders: dict[int, str],
    possessive: bool,
    inside: bool,
    saying: bool,
    colon: int,
) -> int | None:
    def score(f: _Focus) -> tuple[float, int]:
        distance = number - f.sentence
        value = -2.0 * distance + (1.5 if f.subject else 0)
        if genders.get(f.actor) == gender:
            value += 1
        if saying and distance == 0 and f.start > colon:
            value -= 3  # "The president had been courteous, she said": whom the sentence is about is not who says it
        if saying and f.speaking:
            value += 1.5
        return value, f.start

    fitting = [f for f in recent if f.start < position and genders.get(f.actor, gender) == gender]
    if not possessive:
        # a subject pronoun does not take up a non-subject of its own clause
        fitting = [
            f for f in fitting if not (f.sentence == number and not f.subject and position - f.start < 12)
        ] or fitting
    if inside:
        fitting = [f for f in fitting if f.sentence >= number - 2]
    return max(fitting, key=score).actor if fitting else None
