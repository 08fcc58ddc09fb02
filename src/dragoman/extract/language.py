"""Which language a report is in, since so far only English is read.

py3langid (Lui & Baldwin's langid.py, ACL 2012: character n-grams of one to four bytes, naive Bayes) over a few thousand
characters: enough to tell, and no cost to speak of beside parsing.
"""

from __future__ import annotations

import functools
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MOST = 4_000
_LEAST = 20  # letters; below that a guess is worth nothing
_SURE = 0.5
_AHEAD = 4  # or this many times as likely as the second

# The languages that news is written in. Creoles and near relatives of larger ones (Scots, Luxembourgish, Nynorsk) are
# left out: between them and English a sentence full of foreign names is a toss-up.
_NEWS = [
    *("af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa"),
    *("fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn"),
    *("ko", "ku", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "ne", "nl", "no", "pa", "pl", "ps", "pt"),
    *("ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "ug", "uk"),
    *("ur", "uz", "vi", "zh"),
]

SHORT = 60
"""Words: a text below this whose language cannot be told is read as English; nothing is lost if it is another."""


@functools.cache
def _identifier() -> Any:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(_NEWS)
    return made


def language_of(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code, or None when it is too short or too mixed to tell.

    Give it the report without the furniture: menus are often in the site's language, not the report's. Of a long text
    pieces from the beginning, the middle and the end are looked at.
    """
    if len(text) > _MOST:
        third = _MOST // 3
        middle = len(text) // 2
        text = " ".join((text[:third], text[middle : middle + third], text[-third:]))
    if sum(map(str.isalpha, text)) < _LEAST:
        return None
    (code, likely), (_, second) = _identifier().rank(text)[:2]
    return str(code) if likely >= _SURE or (likely >= 0.2 and likely >= _AHEAD * second) else None


def is_read(language: str | None, words: int) -> bool:
    """Whether findings are looked for: in English, and in what is too short for its language to be told."""
    return language == "en" or (language is None and words < SHORT)
