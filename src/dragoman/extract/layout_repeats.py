"""Lines that stand on a page twice: pull quotes, captions and headlines that repeat what another line says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from dragoman.extract.layout_lines import Line

_WORD = re.compile(r"\w+")
_RUN = 6  # words; a shorter repetition may be chance or a refrain
_AGAIN = 8  # words; from here a whole line that stands there twice is no refrain
_LONGEST = 60
_ALIKE = 20  # lines that begin alike and are compared; bounds the work on a page of nothing but such

_Words = tuple[str, ...]


def repeated(lines: Sequence[tuple[int, Line]]) -> list[int]:
    """The numbers of lines all of whose words stand, in a row, in a longer line of the page or in an earlier same one.

    Takes (number, line) in the order of the text; one pass over the text, whatever its length.
    """
    words = {i: tuple(_WORD.findall(line.text.casefold())) for i, line in lines}
    found: set[int] = set()
    places: dict[_Words, list[int]] = {}
    for i, line in lines:
        own = words[i]
        if len(own) < _RUN or line.words > _LONGEST:
            continue
        same = places.setdefault(own, [])
        if same and len(own) >= _AGAIN:
            found.add(i)
        else:
            same.append(i)
    starts: dict[_Words, list[_Words]] = {}
    for own in places:
        alike = starts.setdefault(own[:_RUN], [])
        if len(alike) < _ALIKE:
            alike.append(own)
    ended = {i: line.ended for i, line in lines}
    after = {a: b for (a, _), (b, _) in itertools.pairwise(lines)}
    for number, _ in lines:
        whole = words[number]
        for at in range(len(whole) - _RUN + 1):
            for own in starts.get(whole[at : at + _RUN], ()):
                if len(own) >= len(whole) or whole[at : at + len(own)] != own:
                    continue
                # A subhead takes up words of the paragraph that it stands over; a caption stands elsewhere.
                found.update(i for i in places[own] if ended[i] or (len(own) >= _AGAIN and after.get(i) != number))
    return sorted(found)
