"""Lists of phrases find what one alternation of them finds, though they try only those that a text has words for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.extract import phrase_list
from dragoman.extract.lexicon import load
from dragoman.extract.phrase_list import PhraseList, needed_words, words_of

WORDS = ["talks", "Talk", "talked", "no", "deal", "DEAL", "d", "dead", "line", "İn", "ſo", "stalks", "été", "x9", "_a"]
"""Beginnings and endings of each other, capitals, letters that match others where case does not count, digits."""

BETWEEN = [" ", "  ", "-", ", ", "'s ", ". ", "\n", "’", ""]

PARTS = [
    *WORDS,
    "(?:talks|deal)",
    "d(?:ead|oomed)?",
    "(?:no )?",
    "(?:very |no |)",
    "talk(?:s|ed)?",
    "talk(?:s|ed)",
    r"\w+",
    "[a-m]+",
    "[Dd]eal",
    r"(?:\w+ ){0,2}?",
    "(?:deal )+",
    r"(?=d)",
    r"(?!no)",
    "(?<=-)",
    r"\b",
    r"\bno\b",
    "(dead|line)",
    "deals?",
    r"[^.;]{0,9}?",
    ".{1,3}",
]
"""Optional parts, classes, groups, repeats, and what looks ahead or back."""

AROUND = [(r"(?<![\w-])", r"(?![\w-])"), (r"\b", r"\b"), ("", ""), (r"(?<![\w-])", ""), ("", r"\b")]


def texts() -> st.SearchStrategy[str]:
    """Words in a row, parted by anything."""
    pairs = st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN))
    return st.lists(pairs, max_size=12).map(lambda found: "".join(word + gap for word, gap in found))


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """Phrases that match no empty text, as they have a word somewhere."""
    parts = draw(st.lists(st.sampled_from(PARTS), max_size=3))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(WORDS)))
    return draw(st.sampled_from(["", " ", r"\s+", "[ -]?"])).join(parts)


def spans(matches: Iterable[re.Match[str]]) -> list[tuple[int, int, str]]:
    return [(*match.span(), match[0]) for match in matches]


def check(phrases: list[str], text: str, before: str, after: str, flags: re.RegexFlag) -> None:
    """The same matches, all of them, the first, and the one at each place."""
    ours = PhraseList(phrases, before=before, after=after, flags=flags)
    plain = re.compile(f"{before}(?:{'|'.join(phrases)}){after}", flags)
    expected = spans(plain.finditer(text))
    assert spans(ours.finditer(text)) == expected
    assert spans(ours.finditer(text, words_of(text + " and more than it: talks, no deal"))) == expected
    first = ours.search(text)
    assert (None if first is None else spans([first])[0]) == next(iter(expected), None)
    for place in range(len(text) + 1):
        one, other = ours.match(text, place), plain.match(text, place)
        assert (one is None) == (other is None)
        assert one is None or other is None or one.span() == other.span()


@given(st.lists(expressions(), min_size=1, max_size=4), texts(), st.sampled_from(AROUND), st.booleans())
@example([r"(?:no )?(?:talks|deal)", "no talks"], "No talks, no deal.", AROUND[0], True)
@example(["d(?:ead|oomed)line"], "a deadline, undead lines", AROUND[2], False)
@example(["İn", "ſo talks"], "in so TALKS", AROUND[1], True)
@example([r"[a-m]+line", r"\w+alks"], "deadline, stalks", AROUND[1], False)
@example(["talk", "talked"], "talked", AROUND[2], False)
def test_finds_what_the_alternation_finds(
    phrases: list[str], text: str, around: tuple[str, str], caseless: bool
) -> None:
    check(phrases, text, *around, re.IGNORECASE if caseless else re.NOFLAG)


def lists_of_the_lexicons() -> dict[str, list[str]]:
    """Every list of phrases that the lexicons hold, by file and key."""
    found: dict[str, list[str]] = {}
    for name in ("agreements", "outlooks", "claims"):
        for key, value in load(name).items():
            if value and isinstance(value, list) and all(isinstance(phrase, str) for phrase in value):
                found[f"{name}/{key}"] = [p if name != "claims" else re.escape(p) for p in value]
    return found


LISTS = lists_of_the_lexicons()


@pytest.mark.parametrize("name", LISTS)
def test_finds_what_the_alternation_finds_for_each_list_of_the_lexicons(name: str) -> None:
    """In texts of the words that stand in the phrases themselves, so that many match, and many nearly."""
    phrases = LISTS[name]
    chance = random.Random(name)
    # "(?:gave|given) its" becomes "gave given its", and a run of one of its branches "given its".
    likely = [re.sub(r"\W+", " ", re.sub(r"\\[a-zA-Z]|\(\?.", " ", p)).strip() for p in phrases]
    branches = [branch for p in phrases for branch in re.sub(r"\(\?[:!=<]+|\\[a-zA-Z]", "|", p).split("|")]
    known = [*likely, *(re.sub(r"[^\w '-]", "", b).strip() for b in branches), "the", "on Monday", "wordless"]
    for _ in range(8):
        words = [chance.choice(known) for _ in range(14)]
        text = "".join(word + chance.choice([" ", " ", " ", ", ", "-", ". "]) for word in words)
        check(phrases, text.upper() if chance.random() < 0.2 else text, *AROUND[0], re.IGNORECASE)


def test_the_lists_of_the_lexicons_are_looked_up_by_words() -> None:
    """Of the phrases of the longest lists hardly any needs trying on every text: it is what the lists are for."""
    for name in ("outlooks/hopeful", "outlooks/doubtful", "claims/hearsay", "agreements/idioms"):
        phrases = LISTS[name]
        assert sum(not needed_words(f"{AROUND[0][0]}(?:{p}){AROUND[0][1]}") for p in phrases) <= len(phrases) / 10


@pytest.mark.parametrize(
    ("phrase", "needed"),
    [
        (r"\bno deal\b", [{"deal"}, {"no"}]),
        (r"\b(?:no )?deal\b", [{"deal"}]),
        (r"\b(?:talks|deal)\b", [{"deal", "talks"}]),
        (r"\bd(?:eal|oom)s\b", [{"deals", "dooms"}]),
        (r"\bwars?\b", []),
        (r"\btalks?\b", [{"talk*"}]),
        (r"\btalking", [{"talk*"}]),
        (r"deal\b", []),
        (r"\b[dD]eal\b", []),
        (r"\b(?:deal|\w+)\b", []),
        (r"\bwar(?:\w+ )*talks\b", []),
    ],
)
def test_the_words_that_a_phrase_cannot_do_without(phrase: str, needed: list[set[str]]) -> None:
    found = [{*words.whole, *(f"{key}*" for key in words.keys)} for words in needed_words(phrase)]
    assert sorted(found, key=sorted) == sorted(needed, key=sorted)


def test_without_the_parser_of_expressions_every_phrase_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase_list, "_parser", None)
    assert needed_words(r"\bdeal\b") == []
    check(["no deal", "talks?"], "No deal, but talks.", *AROUND[0], re.IGNORECASE)
