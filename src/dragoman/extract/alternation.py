"""Long alternations of phrases as regular expressions that need not try every phrase at every place."""

from __future__ import annotations

from collections.abc import Iterable


def alternation(phrases: Iterable[str]) -> str:
    """What `"|".join(phrases)` matches, the same one first, but tried by the first letter.

    Python's engine tries the branches of an alternation one by one; here one of some twenty is chosen, and only those
    phrases are tried that begin with its letter. Phrases that begin with anything but a plain letter stay where they
    are, and those before and after them are grouped apart, so that of several that fit the first still has its way.

    Args:
        phrases: regular expressions; each stands in a group of its own where it has branches.
    """
    branches: list[str] = []
    groups: dict[str, list[str]] = {}

    def close() -> None:
        for letter, rests in groups.items():
            branches.append(letter + rests[0] if len(rests) == 1 else f"{letter}(?:{'|'.join(rests)})")
        groups.clear()

    for phrase in phrases:
        plain = phrase[:1].isascii() and phrase[:1].isalpha() and phrase[1:2] not in ("?", "*", "+", "{")
        if plain and not _branches(phrase):
            groups.setdefault(phrase[0], []).append(phrase[1:])
        else:
            close()
            branches.append(phrase)
    close()
    return "|".join(branches)


def _branches(phrase: str) -> bool:
    """Whether a regular expression has branches outside all groups and classes (or may have)."""
    depth, inside, escaped = 0, False, False
    for letter in phrase:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif inside:
            inside = letter != "]"
        elif letter == "[":
            inside = True
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and depth == 0:
            return True
    return False
