"""Words that say little by themselves (spaCy's list), loaded when they are first asked for.

spaCy takes half a second to import, and who only asks a record something needs nothing else of it.
"""

from __future__ import annotations

import functools


@functools.cache
def stop_words() -> frozenset[str]:
    """Articles, pronouns, auxiliaries and the like, in small letters."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
