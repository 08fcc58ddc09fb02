"""The forms of English verbs: lexicons name a verb once, by its base form, and the pipeline has no lemmatizer."""

from __future__ import annotations

import functools

from dragoman.extract import lexicon

_VOWELS = "aeiou"


@functools.cache
def _irregular() -> dict[str, list[str]]:
    found: dict[str, list[str]] = lexicon.load("verbs")["irregular"]
    return found


@functools.cache
def verb_forms(base: str) -> frozenset[str]:
    """All forms of a verb: "refuse" gives refuse, refuses, refused, refusing.

    Regular spelling rules (Quirk et al. 1985, 3.5-3.10); irregular verbs, and those that double their last letter
    though it is not stressed, stand in lexicon/verbs.yaml. A prefixed verb follows the verb that it ends in.
    """
    irregular = _irregular()
    past = irregular.get(base)
    if past is None:
        for prefix in ("with", "under", "over", "out", "for", "re", "un", "mis", "up"):
            rest = base.removeprefix(prefix)
            if rest != base and rest in irregular and len(rest) > 3:
                past = [prefix + form for form in irregular[rest]]
                break
    stem = base
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        stem = base[:-1]
    elif _doubles(base):
        stem = base + base[-1]
    regular = stem + "ed"
    if base.endswith(("ee", "ye", "oe")):
        regular = base + "d"
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if base.endswith("y") and base[-2] not in _VOWELS:
        third, regular = base[:-1] + "ies", base[:-1] + "ied"
    progressive = base[:-2] + "ying" if base.endswith("ie") else stem + "ing"
    return frozenset([base, third, progressive, *(past if past is not None else [regular])])


def _doubles(base: str) -> bool:
    """Whether the last letter is doubled: one syllable that ends consonant, vowel, consonant; or listed."""
    if base in lexicon.words("verbs", "doubling"):
        return True
    if len(base) < 3 or base[-1] in _VOWELS + "wxy" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in base) == 1
