"""The lexicons of titles, roles and organisations as sets, and how their words are looked up."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.extract import lexicon

if TYPE_CHECKING:  # spaCy is slow to import, and resolving needs these words without it
    from dragoman.extract.parsed import Token


@dataclass(frozen=True, slots=True)
class Roles:
    """lexicon/roles.yaml as sets."""

    male: frozenset[str]
    female: frozenset[str]
    honorifics: frozenset[str]
    level: dict[str, str]
    outside: frozenset[str]
    mediating: frozenset[str]
    heads: frozenset[str]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    acting_for: frozenset[str]
    acting_outside: frozenset[str]


@functools.cache
def roles() -> Roles:
    """The lexicon of titles and roles; `level` has a role's head: leaders, ministers, delegates, officials, outside."""
    data = lexicon.load("roles")
    honorifics = {k: frozenset(v) for k, v in data["honorifics"].items()}
    level: dict[str, str] = {}
    for name in ("leaders", "ministers", "delegates", "officials", "outside"):
        for word in data[name]:
            level.setdefault(word, name)
    level["counterpart"] = level["colleague"] = "officials"
    return Roles(
        honorifics["male"],
        honorifics["female"],
        honorifics["male"] | honorifics["female"] | honorifics["any"],
        level,
        frozenset(data["outside"]),
        frozenset(data["mediating"]),
        frozenset(data["heads"]),
        frozenset(data["modifiers"]),
        frozenset(data["portfolios"]),
        frozenset(data["acting_for"]),
        frozenset(data["acting_outside"]),
    )


@dataclass(frozen=True, slots=True)
class Organisations:
    """lexicon/organisations.yaml: head nouns with their kind, and bodies."""

    heads: dict[str, str]
    bodies: frozenset[str]
    governments: frozenset[str]
    workers: frozenset[str]
    states: frozenset[str]
    media: frozenset[str]
    nominals: dict[str, frozenset[str]]


@functools.cache
def organisations() -> Organisations:
    """The lexicon of organisations."""
    data = lexicon.load("organisations")
    heads: dict[str, str] = {}
    for kind in ("union", "bloc", "armed_group", "company", "organisation", "court"):
        for word in data[kind]:
            heads.setdefault(word, "organisation" if kind == "court" else kind)
    nominals: dict[str, frozenset[str]] = {}
    for kind, words in data["nominals"].items():
        for word in words:  # "the union" is one of workers or one of states
            nominals[word] = nominals.get(word, frozenset()) | {kind}
    return Organisations(
        heads,
        frozenset(data["bodies"]),
        frozenset(data["governments"]),
        frozenset(data["workers"]) | {w.removesuffix("s") for w in data["workers"]},
        frozenset(data["states"]),
        frozenset(data["media"]),
        nominals,
    )


@functools.lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The word without a plural ending, for looking role and head nouns up."""
    word = word.lower().rstrip(".")
    known = roles().level
    if word in known or word in organisations().heads:
        return word
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def role_level(token: Token) -> str | None:
    """The level of the role that this token is the head of, or None."""
    return roles().level.get(singular(token.lower_))


POLITIES = frozenset(
    (
        "federation",
        "republic",
        "kingdom",
        "confederation",
        "commonwealth",
        "emirate",
        "canton",
        "principality",
        "sultanate",
        "duchy",
        "khanate",
    )
)
_LOOSE = frozenset(("federation", "confederation", "commonwealth"))
"""Sportsmen and workers have these too: behind another word only the adjective of a land makes a state of them."""
_LEADING = {
    **dict.fromkeys(
        ("brauhaus", "groupe", "grupo", "gruppo", "compagnie", "stadtwerke", "maison", "société", "airlines"), "company"
    ),
    **dict.fromkeys(("bank", "banco", "banque", "banca"), "organisation"),
}
_MEMBERS = frozenset(
    ("states", "nations", "countries", "neighbours", "neighbors", "powers", "republics", "governments")
)
_GATHERINGS = frozenset(
    ("forum", "conference", "assembly", "group", "community", "council", "association", "organisation", "organization")
)
_STYLES = frozenset(
    (
        "grand", "federal", "democratic", "people's", "people’s", "islamic", "socialist", "autonomous", "free",
        "united", "arab", "popular", "plurinational", "independent", "federated", "co-operative",
    )
)  # fmt: skip


def _unstyled(text: str) -> list[str]:
    """The words of a name without what republics put before the word ("Federal Republic of Tarn")."""
    words = text.split()
    while len(words) > 1 and words[0].lower() in _STYLES and singular(words[1]) in POLITIES | _STYLES:
        words = words[1:]
    return words


@functools.lru_cache(maxsize=65536)
def single_polity(text: str) -> bool:
    """Whether a name is but the word for a polity ("the Federation", "the Grand Duchy")."""
    words = _unstyled(text)
    return len(words) == 1 and singular(words[0]) in POLITIES


@functools.lru_cache(maxsize=65536)
def polity(text: str) -> str | None:
    """The land of a name like "Republic of Tarn", "Federation of the Outer Isles", "Tarn Republic"; None of others."""
    words = _unstyled(text)
    workers = organisations().workers
    head = singular(words[-1])
    if 1 < len(words) < 4 and head in POLITIES and "of" not in words:
        adjective = len(words) == 2 and words[0].endswith(("an", "ese", "ish"))
        return " ".join(words[:-1]) if words[0][0].isupper() and (head not in _LOOSE or adjective) else None
    if (
        len(words) < 3
        or singular(words[0]) not in POLITIES | {"dominion", "state", "province", "islands", "government"}
        or words[1] != "of"
    ):
        return None
    land = words[3:] if words[2].lower() == "the" else words[2:]
    return " ".join(land) if land and not {singular(w) for w in land} & workers else None


def polity_word(text: str) -> str | None:
    """By what word alone a name like "Federal Republic of Tarn" is taken up again ("the Republic"), or None."""
    if polity(text) is None:
        return None
    words = _unstyled(text)
    return words[-1] if singular(words[-1]) in POLITIES and "of" not in words else words[0]


def of_trade(word: str) -> bool:
    """Whether a word means people by their work: dockers, trawlermen, metalworkers."""
    word = word.lower()
    return (
        singular(word) in organisations().workers
        or word.endswith(("workers", "worker"))
        or (word.endswith("men") and len(word) > 5 and word not in ("women", "statesmen", "specimen", "regimen"))
    )


@functools.lru_cache(maxsize=65536)
def organisation_kind(text: str) -> str | None:
    """The kind of organisation that a name's own words tell, or None."""
    lex = organisations()
    words = [w.strip("'’") for w in text.split()]
    lower = [singular(w) for w in words]
    if len(words) > 1 and words[-1].endswith(("s", "men")) and of_trade(words[-1]):
        return "union"  # "United Dockworkers"
    if "&" in words:
        return "company"
    if "and" in words and (lower[0] in lex.workers or lower[-1] in lex.workers) and not set(lower) & lex.heads.keys():
        return "union" if lower[-1] in lex.workers else "organisation"  # "Farmers and Coast"
    if len(words) > 1 and lower[0] in lex.media:
        return "organisation"
    if len(words) > 1 and lower[0] in _LEADING:
        return _LEADING[lower[0]]  # "Bank Tarn", "Groupe Tarn"
    cut = next((i for i, w in enumerate(lower) if w in ("of", "for") and i), len(lower))
    if cut < len(lower) and words[cut - 1].lower().endswith(("s", "men")) and of_trade(words[cut - 1]):
        return "union"  # "Trawlermen of Tarn"
    for i in (cut - 1, 0, *range(1, cut - 1)):
        if not 0 <= i < len(lower):
            continue
        word = lower[i]
        if word in lex.bodies and word not in lex.heads:
            return "body"
        kind = lex.heads.get(word)
        if kind is None or (i == 0 and cut != 1 and len(words) > 1 and i != cut - 1):
            continue
        raw = {w.lower() for w in words} | set(lower)
        if kind == "bloc" and not raw & lex.states:
            return "union" if raw & lex.workers else "organisation"
        if kind == "union" and raw & lex.states:
            return "bloc" if len(words) > 1 else kind
        if raw & {"employer", "employers", "industry", "business", "owners"} and kind in ("union", "organisation"):
            return "organisation"
        if kind == "organisation" and raw & _MEMBERS and word in _GATHERINGS:
            return "bloc"  # "Forum of Island States"
        if (
            kind == "organisation"
            and raw & lex.workers
            and word
            in (
                "association",
                "federation",
                "confederation",
                "syndicate",
                "society",
                "guild",
                "branch",
                "lodge",
                "organisation",
                "organization",
            )
        ):
            return "union"
        if kind == "organisation" and word in (
            "ministry",
            "office",
            "bureau",
            "directorate",
            "department",
            "administration",
            "council",
            "secretariat",
        ):
            return "body"
        return kind
    return None


def past(title: str) -> bool:
    """Whether a title is one that its bearer has no more ("former president"): it gives nobody a side.

    A former mayor "who chairs the board" does so now.
    """
    _, _, now = title.lower().partition(" who ")
    if now and now.split()[0].endswith("s"):
        title = now
    return bool({"former", "ex", "onetime", "erstwhile", "one-time"} & set(title.lower().replace("-", " ").split()))
