"""Names that are one actor's, brought together: full names first, then surnames, acronyms, seats and short forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.extract import gazetteer, kinds
from dragoman.extract.findings import ActorFound
from dragoman.extract.names import Name
from dragoman.extract.offices import (
    organisation_kind,
    organisations,
    polity,
    polity_word,
    role_level,
    single_polity,
    singular,
)
from dragoman.extract.spelling import (
    acronym_of,
    beginning,
    by_beginning,
    derived_from,
    fold,
    land_stem,
    parts,
    same_person,
    skeleton,
)


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


def split_states(names: list[Name]) -> None:
    """Cut "Keldonia Ana Ruhl" where Keldonia is a name by itself elsewhere (translated texts put them side by side)."""
    singles = {n.text for n in names if n.first == n.last and n.form == "name"}
    alike = by_beginning(singles)
    heads = {n.block.doc[n.first].text for n in names}
    singles |= {head for head in heads if any(derived_from(s, head) for s in alike.get(beginning(head), ()))}
    for n in list(names):
        words = n.last - n.first + 1
        if words < 3 or n.form != "name" or organisation_kind(n.text):
            continue
        head = n.block.doc[n.first].text
        before = n.block.doc[n.first - 1].lower_ if n.first else ""
        if head in singles and before in ("of", "from", "for") and "-" not in n.text.split()[0]:
            rest = Name(n.block, n.first + 1, n.last, n.text[len(head) :].strip(), headline=n.headline)
            names[names.index(n)] = Name(n.block, n.first, n.first, head, headline=n.headline)
            names.append(rest)
    names.sort(key=lambda n: (n.start, n.end))


def mark_peoples(names: list[Name], decided: dict[str, str | None]) -> None:
    """Mark the adjectives and peoples of lands that no gazetteer knows (Varonian, Varonians beside Varonia)."""
    lands = [
        t for t, k in decided.items() if k in (kinds.STATE, kinds.PLACE) or (k == kinds.PERSON and len(parts(t)) == 1)
    ]
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
            and any(
                role_level(t) or singular(t.lower_) in organisations().bodies or t.lower_ in kinds.beside("belonging")
                for t in ahead
            )
        ):
            continue
        n.form = "people" if n.text.endswith("s") else "adjective"
        n.extra["land"] = land or ""


def mark_acronyms(names: list[Name], decided: dict[str, str | None]) -> dict[str, str]:
    """Short forms that a text gives in brackets behind a name ("the Safeguards Office (SO-N)"), with the name."""
    found = {}
    for a, b in pairwise(names):
        if a.block is not b.block or b.first - a.last != 2 or a.block.doc[b.first - 1].text != "(":
            continue
        after = a.block.doc[b.last + 1] if b.last + 1 < len(a.block.doc) else None
        if after is None or after.text != ")" or not b.text.replace("-", "").isupper() or a.form != "name" or a.code:
            continue
        if decided.get(a.text) == kinds.STATE:
            continue
        found[b.text] = a.text
        decided[a.text] = decided[b.text] = kinds.ORGANISATION
    return found


def unmark_common(names: list[Name], decided: dict[str, str | None]) -> None:
    """Leave "Government" and "Cabinet" by themselves alone: they are somebody's, and no name."""
    for text in decided:
        lower = text.lower()
        mine = lower in organisations().governments or lower == "cabinet"
        if mine and not any(n.text.startswith(f"{text} of ") for n in names):
            decided[text] = None


def mark_short_firms(decided: dict[str, str | None]) -> None:
    """A firm is called by its name without "Holdings", "Steel" …: then the short name is the firm's too.

    And the People's Homestead by its last word.
    """
    for text, kind in list(decided.items()):
        words = text.split()
        if kind == kinds.ORGANISATION and len(words) == 2 and words[0].endswith(("'s", "’s")) and words[1] in decided:
            decided[words[1]] = kinds.ORGANISATION
        if kind != kinds.ORGANISATION or len(words) < 2 or organisation_kind(text) is None or "of" in words:
            continue
        for size in range(1 if organisation_kind(text) == "company" else 2, len(words)):
            short = " ".join(words[:size])
            if short in decided and organisation_kind(short) is None:
                decided[short] = kinds.ORGANISATION


def gather(names: list[Name], decided: dict[str, str | None], short_for: dict[str, str]) -> list[Draft]:
    """Bring names that are one actor's together; `short_for` has the short forms that the text itself gives."""
    drafts: list[Draft] = []
    states: dict[str, Draft] = {}
    heads = {word: n.text for n in names if n.form == "name" and (word := polity_word(n.text))}
    for n in names:
        kind = decided.get(n.text)
        if n.code:
            key = n.code
        elif n.extra.get("land") is not None:
            key = land_stem(n.extra["land"] or n.text, derived=not n.extra["land"])
        elif kind == kinds.STATE:
            key = _land_key(heads.get(n.text.split()[-1], n.text) if single_polity(n.text) else n.text)
        else:
            continue
        if key not in states:
            states[key] = Draft("state", code=n.code)
            drafts.append(states[key])
        states[key].names.append(n)
    drafts += _gather_people(
        [n for n in names if not n.code and n.form == "name" and decided.get(n.text) == kinds.PERSON]
    )
    drafts += _gather_organisations(
        [n for n in names if not n.code and n.form == "name" and decided.get(n.text) == kinds.ORGANISATION],
        short_for,
    )
    drafts = [d for d in drafts if d.names]
    _bloc_adjectives(names, drafts)
    for d in drafts:
        d.names.sort(key=lambda n: n.start)
    drafts.sort(key=lambda d: d.names[0].start)
    return drafts


def _land_key(text: str) -> str:
    """What all names of one land share: "Tarn", "Republic of Tarn", "Tarnian Federation"."""
    land = polity(text)
    adjective = land is not None and " of " not in text and land.endswith(("an", "ese", "ish"))
    return land_stem(land or text, derived=adjective)


def _bloc_adjectives(names: list[Name], drafts: list[Draft]) -> None:
    """ "Boreal" is the adjective of the Boreal Customs Union: give such words to the bloc, as adjectives."""
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
    """Full names first; then surnames (and given names) go to the full name they belong to, the last before."""
    drafts: list[Draft] = []
    first: dict[str, int] = {}
    for n in names:
        first[n.text] = min(n.start, first.get(n.text, n.start))
    texts = sorted(first, key=lambda t: (-len(parts(t)), first[t]))
    home: dict[str, Draft] = {}
    for text in texts:
        fitting = [d for d in drafts if any(same_person(text, other) for other in d.texts())]
        own = [n for n in names if n.text == text]
        if not fitting and len(parts(text)) == 1:
            fitting = [d for d in drafts if any(skeleton(parts(o)[0]) == skeleton(text) for o in d.texts())]
        if len(fitting) > 1:
            for n in own:  # two of one surname: the one named last
                before = [d for d in fitting if any(m.start < n.start for m in d.names)]
                best = max(
                    before or fitting, key=lambda d: max((m.start for m in d.names if m.start < n.start), default=-1)
                )
                best.names.append(n)
            continue
        if fitting:
            fitting[0].names.extend(own)
        else:
            home[text] = Draft("person", names=list(own))
            drafts.append(home[text])
    return drafts


_TAKEN_UP = frozenset(("group", "alliance", "bloc", "centre", "center", "party", "union", "movement", "front", "list"))
"""The Atoll Group is called the Atolls, the Liberal Party the Liberals."""


def _gather_organisations(names: list[Name], short_for: dict[str, str]) -> list[Draft]:
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
                    or short_for.get(text) == other
                    or (len(words) > 1 and words[-1:] == short and organisation_kind(other) is None)
                    or (
                        organisation_kind(other) == "bloc"
                        and short in ([words[0] + "s"], [words[0], "bloc"], [words[0], "union"])
                    )
                    or sorted(words) == sorted(short)
                    or (len(words) == 2 and short == [words[0] + "s"] and words[1] in _TAKEN_UP)
                    or (len(short) < len(words) and words[-len(short) :] == short and organisation_kind(text))
                    or (len(short) == 1 and organisation_kind(text) and _head_of(short[0], words))
                    or (len(short) == 1 and "of" in words and short[0] in (words[0], words[-1]))
                    or (organisation_kind(text) is None and f" {' '.join(short)} " in f" {' '.join(words)} ")
                    or (len(short) > 1 and words[: len(short)] == short and organisation_kind(text))
                    or (
                        len(short) < len(words)
                        and words[: len(short)] == short
                        and (organisation_kind(other) == "company" or len(short) > 1)
                    )
                ):
                    fitting.append(d)
                    break
        if fitting:
            first = min(n.start for n in own)
            best = max(
                fitting,
                key=lambda d: (len(d.names) if min(n.start for n in d.names) <= first else -1, -d.names[0].start),
            )
            best.names.extend(own)
            continue
        if text.islower():
            continue
        drafts.append(Draft(organisation_kind(text) or "organisation", names=own))
    return drafts


def _head_of(word: str, words: list[str]) -> bool:
    """Whether a word is the head noun of a longer name: its last, or the last before "of" or "for"."""
    cut = next((i for i, w in enumerate(words) if w in ("of", "for") and i), len(words))
    return words[cut - 1] == word or words[0] == word


def only_place(n: Name, draft: Draft) -> bool:
    """Whether a state's or capital's name is here but the place where something happens."""
    doc = n.block.doc
    if draft.kind != "state" or n.form != "name":
        return False
    before = doc[n.first - 1].lower_ if n.first else ""
    after = doc[n.last + 1] if n.last + 1 < len(doc) else None
    owning = after is not None and after.lower_ in ("'s", "’s") and n.last + 2 < len(doc)
    if owning and doc[n.last + 2].text[0].isupper() and doc[n.last + 2].text in gazetteer.towns():
        return True  # Varonia's Port Ruhl
    if (
        n.first == 0
        and after is not None
        and after.text in (",", "(", "—", "–", "-")
        and n.text in gazetteer.states().capitals
        and len(doc) > 12
        and doc[n.first].text.isupper()
    ):
        return True
    if before == "in" and n.first > 1 and doc[n.first - 2].lower_ in kinds.beside("rulers"):
        return False
    if before in kinds.beside("strictly_locative"):
        return not owning
    if before in ("to", "from", "into", "towards", "toward"):
        verb = doc[n.first - 1].head
        return verb.lower_ in kinds.beside("travelling")
    capital = n.text in gazetteer.states().capitals and n.text not in gazetteer.states().names
    if capital:
        governor = kinds.subject_of(n)
        doing = kinds.beside("acting") | kinds.beside("speaking")
        acting = governor is not None and governor.lower_ in doing
        linked = before in ("between", "and", "by", "with", "of") or (after is not None and after.lower_ == "and")
        return not (acting or owning or linked or (governor is not None and governor.pos_ in ("VERB", "AUX")))
    return False


def actor_found(draft: Draft) -> ActorFound:
    """What is kept of a draft: its fullest name, every spelling with its first place, its kind."""
    states = gazetteer.states()
    texts = draft.texts()
    names: dict[str, tuple[int, int]] = {}
    for n in draft.names:
        if n.form != "adjective" and not only_place(n, draft):
            names.setdefault(n.text, (n.start, n.end))
            if draft.kind == "state" and (longer := _styled(n)) is not None:
                names.setdefault(*longer)
    kind = draft.kind
    if draft.code and draft.code in states.by_code:
        state = states.by_code[draft.code]
        kind = state.kind
        proper = [t for t in names if t in states.names and t not in states.capitals]
        name = state.short if state.short in names else (proper or [*names, state.short])[0]
        key = f"iso:{draft.code}"
    else:
        ranked = (
            sorted(texts, key=lambda t: (-len(parts(t)), -texts[t], t))
            if kind == "person"
            else sorted(texts, key=lambda t: (-(n_form(draft, t) == "name"), t.isupper(), -len(t), t))
        )
        if kind == "state":
            lands = [t for t in ranked if n_form(draft, t) == "name"]
            ranked = sorted(lands, key=lambda t: (-texts[t], t)) + [t for t in ranked if t not in lands]
        name = ranked[0] if ranked else draft.names[0].text
        key = None
        if kind == "organisation":
            said = [n.block.doc[n.first - 1].lower_ for n in draft.names if n.first]
            meant = [organisations().nominals.get(w, frozenset()) for w in said]
            kind = next((k for m in meant for k in ("union", "company") if k in m and "armed_group" not in m), kind)
    return ActorFound(name=name, names=names, kind=kind, key=key, mentions=len(draft.names))


def _styled(n: Name) -> tuple[str, tuple[int, int]] | None:
    """The longer spelling of a land that is written small: "sultanate of Tarn", "government of Tarn"."""
    doc, k = n.block.doc, n.first - 1
    if k > 0 and doc[k].lower_ == "the":
        k -= 1
    if k < 1 or doc[k].lower_ != "of" or n.code:
        return None
    head = doc[k - 1]
    if not head.text[0].islower() or not (single_polity(head.text) or head.lower_ in ("duchy", "government")):
        return None
    start = n.block.start + head.idx
    return " ".join(n.block.text[head.idx : n.end - n.block.start].split()), (start, n.end)


def n_form(draft: Draft, text: str) -> str:
    """The form in which a draft has a spelling: name or people."""
    return next((n.form for n in draft.names if n.text == text), "name")
