"""What kind of thing a name names, by votes over all its mentions on a page.

On invented or rare names an entity tagger guesses; what stands beside them does not: titles, what they do, whose
ministry it is, whether things happen in them, whether a people is named after them.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict

from dragoman.extract import gazetteer, lexicon
from dragoman.extract.name_runs import APOSTROPHES
from dragoman.extract.names import Name
from dragoman.extract.offices import (
    POLITIES,
    of_trade,
    organisation_kind,
    organisations,
    polity,
    polity_word,
    role_level,
    single_polity,
    singular,
)
from dragoman.extract.parsed import Token
from dragoman.extract.roles import RolePhrase
from dragoman.extract.spelling import beginning, by_beginning, derived_from, fold, parts, same_surname, skeleton

PERSON, STATE, PLACE, ORGANISATION = "person", "state", "place", "organisation"
_RUNNERS = frozenset(
    ("director", "executive", "chairman", "chairwoman", "chair", "manager", "president", "owner", "officer", "founder")
)
SPEAKING = "speaking"
LOCATED = "located"
MIDWAY = "midway"
SURNAME = "surname"
MENTIONED = "mentioned"
ARTICLE = "article"


@functools.cache
def beside(key: str) -> frozenset[str]:
    """One list of lexicon/naming.yaml."""
    return lexicon.words("naming", key)


def _chain(name: Name) -> list[Token]:
    """The nouns of the of-phrases that a name ends: ministry and affairs of "ministry of foreign affairs of X"."""
    doc, found = name.block.doc, []
    i = name.first - 1
    while i >= 0 and i > name.first - 8 and (doc[i].lower_ in ("of", "the") or doc[i].pos_ in ("NOUN", "ADJ", "PROPN")):
        if doc[i].pos_ in ("NOUN", "PROPN"):
            found.append(doc[i])
        i -= 1
    return found


def _nominal(token: Token) -> bool:
    return token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON") or token.lower_ in (
        "'s",
        "’s",
        "-",
        "of",
        "owned",
    )


def _joined_between(name: Name) -> bool:
    """Whether the name is the second of "between X and Y", "delegations of X and Y"."""
    doc = name.block.doc
    for i in range(name.first - 2, max(-1, name.first - 9), -1):
        if doc[i].lower_ in ("between", "of", "from"):
            earlier = doc[i - 1].lower_ if i else ""
            return doc[i].lower_ == "between" or earlier in beside("belonging") or earlier in beside("contest")
        if doc[i].pos_ not in ("PROPN", "ADJ", "DET") and doc[i].text not in "-'’":
            return False
    return False


def _the(name: Name) -> bool:
    return name.first > 0 and name.block.doc.tokens[name.first - 1].lower_ == "the"


def _many(name: Name) -> bool:
    return " " in name.text


def subject_of(name: Name) -> Token | None:
    """The verb that the name is the subject of, or None."""
    root = name.block.doc[name.last]
    first = name.first
    while root.head.i != root.i and first <= root.head.i <= name.last:
        root = root.head
    if root.dep_ in ("nsubj", "nsubjpass"):
        return root.head
    if root.dep_ in ("conj", "appos") and root.head.dep_ in ("nsubj", "nsubjpass"):
        return root.head.head
    return None


def vote(
    names: list[Name], phrases: dict[int, list[RolePhrase]], dateline: str | None = None
) -> dict[str, Counter[str]]:
    """Votes for the kind of each unknown name, by its text; `dateline` is the place the report was sent from."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    derived = {n.text for n in names if n.form == "name"}
    lands = {land for text in derived if (land := polity(text))}
    bodied = [text for text in derived if " " in text]
    alike = by_beginning(derived)
    heads = {short for text in derived if (short := polity_word(text))}
    called, with_article = Counter(n.text for n in names), Counter(n.text for n in names if _the(n))
    whole = {
        n.text
        for n in names
        if len(parts(n.text)) > 1
        and " of " not in n.text
        and organisation_kind(n.text) is None
        and not _the(n)
        and n.text.split()[0].lower() not in beside("place_openers")
    }
    surnames = {skeleton(parts(t)[-1]) for t in whole} | {
        skeleton(parts(n.text)[0]) for n in names if n.text in whole and (n.title or phrases.get(id(n)))
    }
    for text in derived:
        kind = organisation_kind(text)
        if (
            text in heads
            or (  # "the Kingdom", after "the Kingdom of Tarn" or by itself
                single_polity(text)
                and not any(
                    text in other.partition(" of ")[0].split()[-1:] and organisation_kind(other) and not polity(other)
                    for other in bodied
                )
            )
        ):
            votes[text][STATE] += 12
        if kind:
            votes[text][ORGANISATION] += 6
        words = parts(text)
        if (
            singular(words[-1]) in beside("venues")
            and kind != "armed_group"
            and not (kind and {"of", "and"} & set(text.split()))
        ):
            votes[text][PLACE] += 8
        if polity(text):
            votes[text][STATE] += 12
        if text in lands:
            votes[text][STATE] += 8
        if text.isupper() and 2 <= len(text) <= 7 and text.isalpha():
            votes[text][ORGANISATION] += 4
        elif any(ch.isdigit() for ch in text):
            votes[text][PLACE] += 3
        if text in gazetteer.towns():
            votes[text][PLACE] += 3
        if len(words) > 1 and kind is None and words[0].lower() in beside("place_openers"):
            votes[text][PLACE] += 3
        elif len(words) > 1 and kind is None:
            votes[text][PERSON] += 2
        elif skeleton(words[-1]) in surnames and kind is None:
            votes[text][SURNAME] += 1
        # "the Lamp", "the White Lamp", of the International White Lamp Society
        part = kind is None and any(
            text in other and f" {text} " in f" {other} " and organisation_kind(other)
            for other in bodied
            if other != text
        )
        if part and with_article[text] * 2 > called[text]:
            votes[text][ORGANISATION] += 8
        if text.lower() not in beside("no_lands") and any(
            other != text and derived_from(other, text) for other in alike.get(beginning(text), ())
        ):
            votes[text][STATE] += 4
    below = {n.text for n in names if not n.headline}
    for n in names:
        if n.form != "name" or n.code:
            continue
        tally, doc = votes[n.text], n.block.doc.tokens
        bare = not (n.title or phrases.get(id(n)) or (n.first and doc[n.first - 1].lower_ == "of"))
        if n.headline and (bare or n.text in below):
            continue  # headlines leave out what would tell
        if not n.initial:
            tally[MIDWAY] = 1  # it stands where no sentence, label or heading begins
        if n.title or n.honorific:
            tally[PERSON] += 6
        if any(not p.verb for p in phrases.get(id(n), ())):
            tally[PERSON] += 4
        elif phrases.get(id(n)):
            tally[PERSON] += 2
        before = doc[n.first - 1] if n.first else None
        earlier = doc[n.first - 2] if n.first > 1 else None
        after = doc[n.last + 1] if n.last + 1 < len(doc) else None
        if before is not None:
            low = before.lower_
            if (
                low == "the"
                and earlier is not None
                and earlier.lower_ in ("from", "between")
                and n.first > 2
                and doc[n.first - 3].lower_ in beside("belonging") | beside("contest")
            ):
                tally[STATE] += 2  # "the team from the Lower Isles"
            if low == "the" and not n.title and (after is None or after.pos_ != "NOUN"):
                tally[ORGANISATION] += 2
                if earlier is not None and earlier.lower_ in beside("strictly_locative"):
                    tally[PLACE] += 1
            elif (
                low == "at"
                and earlier is not None
                and ((of_trade(earlier.text) and earlier.tag_ == "NNS") or earlier.lower_ in beside("employed"))
                and (after is None or after.pos_ not in ("NOUN", "PART"))
            ):
                tally[ORGANISATION] += 3  # "pilots at Tarn Blue"
            elif low == "in" and earlier is not None and earlier.lower_ in beside("rulers"):
                tally[STATE] += 3  # "the authorities in Port Tarn"
                tally[LOCATED] += 1
            elif low in beside("strictly_locative") and not (low in ("near",) and len(parts(n.text)) > 1):
                tally[PLACE] += 2
                tally[LOCATED] += 1
            elif low in beside("locative"):
                tally[PLACE] += 1
            numbered = after is not None and after.like_num  # "the channel Varonia 1" is not called Varonia
            meant = organisations().nominals.get(low, frozenset())
            named = low in organisations().media or (bool(meant & {"company", "union"}) and "armed_group" not in meant)
            if named and not numbered:
                tally[ORGANISATION] += 8 if _many(n) else 4
            led = low == "of" or (low == "the" and earlier is not None and earlier.lower_ == "of")
            if led and any(
                singular(t.lower_) in organisations().bodies or role_level(t) or t.lower_ in beside("belonging")
                for t in _chain(n)
            ):
                tally[STATE] += 2
            comma = after is not None and after.text == ","
            if comma and any(
                t.lower_ in beside("firms") for t in itertools.takewhile(_nominal, doc[n.last + 2 : n.last + 8])
            ):
                tally[ORGANISATION] += 8  # "Tarn Blue, the country's biggest airline"
            capital = comma and any(t.lower_ == "capital" for t in doc[n.last + 2 : n.last + 6])
            if (
                comma
                and doc[min(n.last + 2, len(doc) - 1)].lower_ in ("a", "the")
                and any(t.lower_ in beside("polities") for t in doc[n.last + 3 : n.last + 6])
            ):
                tally[STATE] += 4  # "Tarn, a kingdom that both trust"
            if low == "by" and earlier is not None and earlier.tag_ == "VBN" and not _many(n):
                tally[STATE] += 1
            if capital:
                tally[PLACE] += 4
                tally[LOCATED] += 1
            if low == "and" and _joined_between(n):
                tally[STATE] += 2
            if low in ("to", "into") and earlier is not None and earlier.lower_ in beside("travelling"):
                tally[LOCATED] += 1
            if (
                low == "from"
                and earlier is not None
                and earlier.lower_ in ("reported", "reporting", "reports", "dispatch", "correspondent")
            ):
                tally[LOCATED] += 1
            if (
                low == "("
                and earlier is not None
                and earlier.pos_ == "PROPN"
                and after is not None
                and after.text == ")"
                and not n.text.isupper()
            ):
                tally[STATE] += 2  # "A B (Varonia)"
            if low == "for" and after is not None and after.text == ",":
                tally[STATE] += 1
            if low == "of" and earlier is not None and earlier.lower_ in POLITIES:
                tally[STATE] += 6  # "the emirate of Tarn"
            if (
                low == "of"
                and earlier is not None
                and (earlier.lower_ in beside("polities") or earlier.lower_ in beside("venues"))
            ):
                tally[PLACE] += 3
            if low in ("on", "aboard") and earlier is not None:
                tally[PLACE] += 1
            if low in ("with", "by", "and", "between") and _many(n):
                tally[PERSON] += 1
            if low == "for" and earlier is not None and earlier.pos_ == "PROPN" and not _many(n):
                tally[STATE] += 2  # "A B for Varonia and C D for Keldonia"
            if (
                low in ("between", "from")
                and earlier is not None
                and (earlier.lower_ in beside("contest") or earlier.lower_ in beside("belonging"))
            ):
                tally[STATE] += 2
        if after is not None and after.lower_ == "and" and n.last + 2 < len(doc):
            second = doc[n.last + 3] if doc[n.last + 2].lower_ == "the" and n.last + 3 < len(doc) else doc[n.last + 2]
            if second.text in heads:
                tally[STATE] += 5  # "the Outer Isles and the Kingdom of Tarn"
        if after is not None:
            if after.lower_ in ("'s", "’s") or (after.text in APOSTROPHES and n.text.endswith("s")):
                for k in range(n.last + 2, min(n.last + 6, len(doc))):
                    word = doc[k]
                    if _many(n) and role_level(word) and word.lower_ in _RUNNERS:
                        tally[ORGANISATION] += 5  # "Tarn Terminals' managing director"
                        break
                    if (
                        role_level(word)
                        or singular(word.lower_) in organisations().bodies
                        or word.lower_ in beside("belonging")
                    ):
                        tally[STATE] += 3
                        break
                    if word.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM"):
                        break
            elif after.lower_ in beside("polities") and before is not None and before.lower_ == "the":
                tally[STATE] += 2
            elif (
                not _many(n)
                and after.text[0].islower()
                and role_level(after) in ("leaders", "ministers", "delegates")
                and n.last + 2 < len(doc)
                and doc[n.last + 2].text[0].isupper()
            ):
                tally[ORGANISATION if after.lower_ in _RUNNERS else STATE] += 2  # "Tarn diplomat Ana Ruhl"
            elif after.lower_ == "airport":
                tally[LOCATED] += 1
                tally[PLACE] += 2
            elif after.lower_ in (
                "delegation",
                "delegations",
                "officials",
                "envoys",
                "negotiators",
                "government",
                "representatives",
            ):
                tally[STATE] += 2
            elif (before is None or before.lower_ not in ("of", "for", "from")) and (
                after.lower_ == "who"
                or (after.text == "," and n.last + 2 < len(doc) and doc[n.last + 2].lower_ == "who")
            ):
                tally[PERSON] += 4
        verb = subject_of(n)
        tally[MENTIONED] += 1
        tally[ARTICLE] += _the(n)
        if verb is not None and any(t.lower_ == "its" for t in n.block.sentence(n.first) if t.i > n.last):
            tally[STATE] += 3  # what has an "its" is no person
            tally[PERSON] -= 1
        if verb is not None:
            if verb.lower_ in beside("speaking"):
                tally[SPEAKING] += 1
            elif verb.lower_ in beside("acting"):
                tally[STATE] += 2
                tally[ORGANISATION] += 1
                tally[PERSON] += 1 if _many(n) else 0
            elif not _many(n) and any(c.lower_ in beside("minded") for c in verb.children):
                tally[STATE] += 2  # "Tarn is willing to look at it"
            elif verb.pos_ in ("VERB", "AUX"):
                helped = any(c.dep_ == "aux" for c in verb.children)
                named_so = not _many(n) or singular(n.text.split()[-1]) in beside("venues")
                tally[STATE if named_so else PERSON] += 2 if helped and named_so else 1
    for text in derived:
        if dateline and fold(text) == fold(dateline):
            votes[text][PLACE] += 2
            votes[text][LOCATED] += 1
        head, of, rest = text.partition(" of ")
        if of and head in derived and not polity(text):
            votes[text].update(votes[head])  # "the Concord of Ten", later "the Concord"
        elif of and rest in derived and not polity(text) and votes[text][ORGANISATION]:
            votes[text].update({ORGANISATION: votes[rest][ORGANISATION]})  # or "the Ten"
    _called_in_full(names, phrases, votes)
    return votes


def _called_in_full(names: list[Name], phrases: dict[int, list[RolePhrase]], votes: dict[str, Counter[str]]) -> None:
    """Votes for names of two words that nobody would call a person by.

    People are taken up by their surname, firms and the like by their first word ("Tarn" of "Tarn Blue") or in full.
    """
    places: dict[str, list[Name]] = defaultdict(list)
    for n in names:
        if n.form == "name" and not n.code:
            places[n.text].append(n)
    firsts = {n.block.doc[n.first].text for n in names if n.first == n.last and n.form == "name" and not n.title}
    for text, own in places.items():
        words = text.split()
        if len(words) != 2 or organisation_kind(text) is not None or words[-1] in places:
            continue
        tally = votes[text]
        titled = any(n.title or n.honorific or phrases.get(id(n)) for n in own)
        if (
            titled
            or tally[LOCATED]
            or tally[PLACE] > 1
            or tally[STATE] > 2
            or any(same_surname(words[-1], other.split()[-1]) for other in places if other != text)
        ):
            continue
        tally[ORGANISATION] += 5 * (words[0] in firsts) + min(4, 2 * (sum(not n.headline for n in own) - 1))


def decide(text: str, votes: Counter[str]) -> str | None:
    """The kind that has the most votes, or None where nothing tells."""
    if not votes:
        return None
    many = len(parts(text)) > 1
    order: tuple[str, ...] = (ORGANISATION, PERSON, STATE, PLACE) if many else (PERSON, STATE, ORGANISATION, PLACE)
    votes = Counter(votes)
    if votes[SURNAME]:
        votes[PERSON] += 5 if votes[LOCATED] else 12
    if votes[ARTICLE] and votes[ARTICLE] == votes[MENTIONED] and votes[PERSON] < 6:
        votes[PERSON] = 0  # "the Western Concord": people take no article
        votes[ORGANISATION] += 1
    speaking = votes[SPEAKING]
    if many or votes[PERSON]:
        votes[PERSON] += 2 * speaking
    # one word that speaks, without a title or a full name anywhere, is rather a capital than a person
    votes[STATE] += speaking if many or votes[PERSON] else 2 * speaking
    if not many and votes[PERSON] < 4 and votes[STATE] + votes[PLACE] >= 2:
        order = (STATE, ORGANISATION, PLACE)  # nobody titles it, and it acts, or things happen there: not a person
    kind, count = max(((k, votes[k]) for k in order), key=lambda pair: (pair[1], -order.index(pair[0])))
    if kind == PLACE and votes[STATE] >= (1 if votes[LOCATED] and not many else 2) and text not in gazetteer.towns():
        return STATE  # a town that acts stands for those who govern from it
    enough = 3 if kind == ORGANISATION or (kind == PERSON and many and not votes[MIDWAY]) else 2
    return kind if count >= enough else None
