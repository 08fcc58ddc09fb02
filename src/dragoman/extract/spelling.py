"""When two spellings may be one name: transliteration, diacritics, hyphens, initials."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

_RULES = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"ck", "k"),
        (r"kh", "h"),
        (r"gh|qh|dh|th|bh", lambda m: m.group()[0]),
        (r"ic$", "ich"),
        (r"ci(?=[aou])", "ch"),
        (r"[qc](?!h)", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"tch|tsch|tš", "ch"),
        (r"sch|sh|sz|š", "s"),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
        (r"ii+", "i"),
    )
]


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case, without diacritics, article and punctuation: two names that fold alike are spelled alike."""
    text = name
    if not name.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    text = text.lower().replace("ı", "i")
    text = " ".join(re.sub(r"[^\w\s]", " ", text).split())
    return re.sub(r"^(the|a|an) ", "", text)


_SOUNDED = str.maketrans(
    {"č": "ch", "ć": "ch", "ç": "ch", "Č": "Ch", "Ć": "Ch", "Ç": "Ch", "š": "sh", "ş": "sh", "Š": "Sh", "Ş": "Sh"}
)


@functools.lru_cache(maxsize=65536)
def skeleton(word: str, sounded: bool = False) -> str:
    """What is left of a name's word when the habits of transliterators are taken off: Qoralkoff and Koralkov are one.

    A letter's diacritic may be dropped (Halvič, Halvic) or spelled out by its sound (Halvich): `sounded` gives the
    second reading.
    """
    if sounded:
        word = word.translate(_SOUNDED)
    text = re.sub(r"[^a-z]", "", anyascii(word).lower())
    for pattern, by in _RULES:
        text = pattern.sub(by, text)
    return re.sub(r"ov$|of$|off$|ow$", "ov", text)


@functools.lru_cache(maxsize=65536)
def skeletons(word: str) -> frozenset[str]:
    """Both readings of a name's word; two words are one name if they share a reading."""
    return frozenset((skeleton(word), skeleton(word, sounded=True)))


@functools.lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The consonants of a skeleton, which first names keep in all their forms (Dmitry, Dmytro)."""
    return re.sub(r"[aeiou]", "", skeleton(word))


def parts(name: str) -> list[str]:
    """The words of a person's name; a hyphen does not divide."""
    return list(_parts(name))


@functools.lru_cache(maxsize=16384)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(w for w in re.split(r"[\s]+", name.replace("’", "'").strip()) if re.search(r"\w", w))


@functools.lru_cache(maxsize=65536)
def same_surname(a: str, b: str) -> bool:
    """Whether two surnames are one: alike in skeleton, or one the first or last half of a double name."""
    if skeletons(a) & skeletons(b):
        return True
    halves_a, halves_b = a.split("-"), b.split("-")
    if len(halves_a) > 1 and len(halves_b) == 1:
        return bool(skeletons(b) & (skeletons(halves_a[0]) | skeletons(halves_a[-1])))
    if len(halves_b) > 1 and len(halves_a) == 1:
        return bool(skeletons(a) & (skeletons(halves_b[0]) | skeletons(halves_b[-1])))
    if min(len(a), len(b)) < 5 or skeleton(a)[:1] != skeleton(b)[:1]:
        return False
    return JaroWinkler.normalized_similarity(skeleton(a), skeleton(b)) >= 0.95


def same_given(a: list[str], b: list[str]) -> bool:
    """Whether two lists of given names can be one person's: one is missing, an initial, or shares a name."""
    if not a or not b:
        return True
    for x in a:
        for y in b:
            if len(x.rstrip(".")) == 1 or len(y.rstrip(".")) == 1:
                if x[0].lower() == y[0].lower():
                    return True
            elif skeleton(x) == skeleton(y) or (consonants(x) == consonants(y) and len(consonants(x)) > 2):
                return True
    return False


@functools.lru_cache(maxsize=65536)
def same_person(a: str, b: str) -> bool:
    """Whether two spellings of a person's name can be the same person's."""
    x, y = parts(a), parts(b)
    if not x or not y:
        return False
    return same_surname(x[-1], y[-1]) and same_given(x[:-1], y[:-1])


_PEOPLE = ("ians", "ian", "ans", "an", "ers", "er", "ish", "ese", "ns", "n", "is", "i", "ic", "s")


@functools.lru_cache(maxsize=65536)
def land_stem(word: str, derived: bool = False) -> str:
    """What the name of a land and the adjective of it have in common (Varonia, Varonian, Varonians: "varon")."""
    text = fold(word).replace(" ", "")
    if derived:
        for ending in _PEOPLE:
            if text.endswith(ending) and len(text) - len(ending) >= 3:
                text = text[: -len(ending)]
                break
    if text.endswith("land") and len(text) > 6:
        text = text[:-3]  # Graland, Gralish
    stripped = text[:-2] if text.endswith("ah") and len(text) > 5 else text.rstrip("aeiouy")
    return stripped if len(stripped) >= 3 else text


def beginning(word: str) -> str:
    """The letters that a land shares with everything that is `derived_from` it."""
    return fold(word)[:3]


def by_beginning(names: Iterable[str]) -> dict[str, list[str]]:
    """Words by their `beginning`, so that only those of a like one need to be compared."""
    found: dict[str, list[str]] = {}
    for word in names:
        found.setdefault(beginning(word), []).append(word)
    return found


@functools.lru_cache(maxsize=65536)
def derived_from(adjective: str, land: str) -> bool:
    """Whether a word may be the adjective or the people's name of a land."""
    a, b = fold(adjective), fold(land)
    if a == b or len(b) < 4 or " " in a:
        return False
    if b.endswith("land") and len(b) > 6 and a in {b[:-3] + "ish", b[:-4] + "ish", b + "ic", b + "er", b + "ers"}:
        return True
    stem = b[:-2] if b.endswith("ah") else b.rstrip("aeiouy")
    if len(stem) < 3 or not a.startswith(stem):
        return False
    if len(b) > 3 and a.startswith(b) and a[len(b) :] in ("an", "ans", "ian", "ians"):
        return True  # Skarvoyan, of Skarvoy
    if a == b + "s" and b.endswith(("an", "ar", "in")):
        return True  # the Tarans, of Taran
    return a[len(stem) :] in {
        "an",
        "ian",
        "n",
        "ans",
        "ians",
        "ish",
        "ese",
        "er",
        "ers",
        "i",
        "is",
        "ic",
        "ean",
        "eans",
        "ite",
        "ites",
        "ines",
        "ine",
        "oan",
        "onian",
        "onians",
    }


def acronym_of(short: str, full: str) -> bool:
    """Whether a word in capitals may stand for a longer name: its letters begin words of it, in order."""
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters):
        return False
    initials = [w[0].upper() for w in re.findall(r"\w+", anyascii(full)) if w[0].isupper()]
    if len(letters) > 1 and initials[:-1] == letters:
        return True  # the last word left out (UP of the United Pilots' Union)
    if initials == letters or (
        len(initials) >= 3 and letters[: len(initials)] == initials and len(letters) == len(initials) + 1
    ):
        return True  # the second: a last word left out ("Union of Port Pilots" beside UPPT, of Tarn)
    i = 0
    for initial in (w[0].upper() for w in re.findall(r"\w+", anyascii(full))):
        if i < len(letters) and initial == letters[i]:
            i += 1
    return i == len(letters) and len(letters) >= 3
