"""How a document is laid out: what of it is report, what is furniture, and where its head is.

A page is read in lines. Each is judged by itself (layout_chrome.py); then its place decides the rest (layout_zones.py):
at the head everything before the headline that is not a date or a byline is the site's; at the end, once comments, tags
or links have begun, what follows is the site's too; between the two only what is furniture by itself is taken, or
repeats what the report says, since losing report is worse than keeping a button.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from dragoman.extract import layout_chrome as chrome
from dragoman.extract import layout_head as head
from dragoman.extract import layout_words as words_of
from dragoman.extract import layout_zones as zones
from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.layout_chrome import Looks, looks
from dragoman.extract.layout_lines import Line, cut, hidden, lines, veiled
from dragoman.extract.layout_repeats import repeated
from dragoman.extract.layout_work import SITE, Work, credited

_EDGE = 2_000
"""No page has more lines than twice this: of a longer text only so many at either end are looked at."""
_POSED = re.compile(
    r"\b(?:outside|during|arriv(?:es|ing)|leav(?:es|ing)|speaking|address(?:es|ing)|greets|poses|posing|shakes hands|"
    r"at (?:the|a|an|his|her|their) |after (?:the|a|an|his|her|their) |on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"this (?:morning|afternoon|evening|week)|last (?:week|month|year|night)|in (?:19|20)\d\d)"
)
_SITE_NAME = re.compile(r"\s[|–—-]\s")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]+ (?:[A-ZÀ-Þ]\. )?[A-ZÀ-Þ][\w'’-]+")


def lay_out(text: str) -> Layout:
    """How a text is laid out.

    Takes any text; raises nothing. Furniture and paragraphs are sorted, disjoint, within the text, and together cover
    all of it but white space. The same text is always laid out the same way, in time linear in its length.
    """
    unseen = hidden(text)
    all_lines = lines(veiled(text, unseen))
    between = all_lines[_EDGE:-_EDGE] if len(all_lines) > 2 * _EDGE else []
    if between:
        all_lines = all_lines[:_EDGE] + all_lines[-_EDGE:]
    work = Work(text, all_lines, [looks(line.text) for line in all_lines], [False] * len(all_lines))
    work.marks.extend(unseen)
    _running_heads(work)
    _bounds(work)
    _by_themselves(work)
    zones.listings(work)
    zones.around_headline(work)
    zones.page_end(work)
    _repeats(work)
    _captions(work)
    _credits(work)
    layout = _result(work)
    if between:
        cuts = (piece for line in between for piece in cut(text, line.start, line.end))
        layout.paragraphs = sorted([*layout.paragraphs, *cuts])
    return layout


def _bounds(work: Work) -> None:
    """Find the first and the last line that clearly are report; a foot of readers' comments is not looked at."""
    clear = [
        i for i, line in enumerate(work.lines) if line.sentence and work.looks[i] is Looks.REPORT and not credited(line)
    ]
    if not clear:
        clear = [i for i, line in enumerate(work.lines) if line.ended and work.looks[i] is Looks.REPORT]
    if not clear:
        work.first, work.last = len(work.lines), len(work.lines) - 1
        return
    clear = _without_edges(work, clear)
    total = sum(work.lines[i].words for i in clear)
    main = chrome.script_of(" ".join(work.lines[i].text[:300] for i in clear[:100]))
    for i, line in enumerate(work.lines):
        if (
            work.looks[i] is Looks.REPORT
            and line.words <= 12
            and not line.sentence
            and chrome.script_of(line.text) not in (main, None)
        ):
            work.looks[i] = Looks.CHROME
    for i in range(clear[0] + 1, len(work.lines)):
        if work.looks[i] is Looks.REPORT and not work.lines[i].ended and words_of.teaser(work.lines[i].text):
            work.looks[i] = Looks.CHROME
    last, before = clear[-1], 0
    foot = [i for i, how in enumerate(work.looks) if how is Looks.COMMENTS]
    at = 0
    for i in foot:
        while at < len(clear) and clear[at] < i:
            before += work.lines[clear[at]].words
            at += 1
        after = clear[at:]
        if before >= 0.6 * total and after and all(work.lines[j].words < 45 for j in after):
            last = clear[at - 1]
            break
    for i in range(last + 1, len(work.lines)):
        # Short paragraphs after the last long one are report until the end of the page has begun.
        line = work.lines[i]
        if work.looks[i] in (Looks.ENDING, Looks.COMMENTS, Looks.LISTING):
            break
        if work.looks[i] is not Looks.REPORT or chrome.photo_credit(line.text) is not None:
            continue
        if not credited(line) and not line.bullet and _aside(line):
            work.looks[i] = Looks.CHROME
            continue
        above = work.lines[i - 1]
        listed = line.bullet and (line.gap or last == i - 1 or above.ended or above.text.endswith(":"))
        if listed or (line.quoted and not line.bullet) or (line.ended and not line.bullet and line.words >= 2):
            last = i
    work.first, work.last = clear[0], last


def _aside(line: Line) -> bool:
    if words_of.programme(line.text):
        return True
    return words_of.aside(line.text) or (words_of.contact(line.text) and not line.quoted)


def _without_edges(work: Work, clear: list[int]) -> list[int]:
    """The clear lines less those at both ends in which the site speaks; they and what leads over are marked."""
    kept = list(clear)
    while len(kept) > 1 and _aside(work.lines[kept[-1]]):
        work.looks[kept.pop()] = Looks.CHROME
    front = 0
    while front < len(kept) - 1 and _aside(work.lines[kept[front]]):
        work.looks[kept[front]] = Looks.CHROME
        front += 1
    kept = _without_foot(work, kept)
    for i in range(len(work.lines) - 1, kept[front], -1):
        if work.looks[i] is not Looks.REPORT or (i > kept[-1] and _aside(work.lines[i])):
            continue
        if not words_of.segue(work.lines[i].text) or i == 0:
            break
        work.looks[i] = Looks.CHROME
        if kept[-1] == i and len(kept) > front + 1:
            kept.pop()
    return kept[front:]


def _without_foot(work: Work, clear: list[int]) -> list[int]:
    """The clear lines less those that stand below the site's own between the last blank lines of the page.

    What stands with buttons and notices, no blank line between them, is one of them even where it is a sentence.
    """
    total = sum(work.lines[i].words for i in clear)
    kept = list(clear)
    end = len(work.lines)
    while end > 0:
        start = end - 1
        while start > 0 and not work.lines[start].gap:
            start -= 1
        group = range(start, end)
        site = [i for i in group if work.looks[i] is not Looks.REPORT or _aside(work.lines[i])]
        below = [i for i in group if site and i > site[0] and i not in site]
        if start == 0 or not site:
            break
        mine = sum(work.lines[i].words for i in below if i in kept)
        plain = [work.lines[i] for i in below]
        sentences = any(ln.quoted or ln.bullet or ln.words > 40 for ln in plain)
        if below and 3 * len(site) >= len(group) and mine <= 0.2 * total and not sentences:
            for i in (*below, *site):
                line = work.lines[i]
                if credited(line) or head.byline(line.text) or head.date_line(line.text):
                    continue
                if work.looks[i] is Looks.REPORT:
                    work.looks[i] = Looks.CHROME
                    if i in kept and len(kept) > 1:
                        kept.remove(i)
        if any(i in kept for i in group):
            break
        end = start
    return kept


def _running_heads(work: Work) -> None:
    """Take what stands at every page of a printed text: short lines that come again with other numbers or none."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(work.lines):
        if (
            3 <= line.words <= 12
            and not line.ended
            and not line.bullet
            and not line.quoted
            and _NUMBER.search(line.text)
        ):
            places.setdefault(_NUMBER.sub("#", chrome.fold(line.text)), []).append(i)
    for same in places.values():
        if len(same) < 2 or any(b - a < 3 for a, b in itertools.pairwise(same)):
            continue
        paged = any(
            work.looks[k] is Looks.CHROME
            for i in same
            for k in (i - 1, i + 1)
            if 0 <= k < len(work.lines) and not work.lines[max(i, k)].gap
        )
        if len(same) >= 3 or paged:
            for i in same:
                work.looks[i] = Looks.CHROME


def _by_themselves(work: Work) -> None:
    """Take the lines and the parts of lines that are furniture wherever they stand."""
    for i, line in enumerate(work.lines):
        how = work.looks[i]
        if how in SITE:
            if how is not Looks.REPORT and credited(line):
                work.looks[i] = Looks.REPORT
                continue
            kept = _dated_part(line)
            if kept is not None:
                work.looks[i] = Looks.REPORT
                work.marks.extend(kept)
                work.parts[i] = kept
            else:
                work.off[i] = True
            continue
        if how is Looks.MENU:
            continue
        if line.heading:
            marks = line.text.index(" ")
            work.marks.append((line.start, line.start + marks))
        at = chrome.photo_credit(line.text)
        if at is not None and not credited(line):
            if line.words <= 60:
                work.off[i] = True
                work.looks[i] = Looks.CHROME
            else:
                work.marks.append((line.start + at, line.end))
            continue
        at = chrome.inline(line.text)
        if at is not None:
            work.marks.append((line.start + at, line.end))
            continue
        kept = _dated_part(line) if line.words <= 16 and not line.ended else None
        if kept:
            work.marks.extend(kept)
            work.parts[i] = kept


_PARTS = re.compile(r"\s*[|·•»/]\s*| {2,}|\t+")
_NUMBER = re.compile(r"\d+")
_NUMBERED_ITEM = re.compile(r"\W*(?:[\w ]{2,20}:\s?)?[\d\s.,]+[kKmM]?\W*$")
_COUNT_AT_END = re.compile(
    r"\s(?=[^\W\d]+\s?:?\s?\(?\d[\d\s.,]*[kKmM]?\)?$)|\s(?=\d+\s?[kKmM]?\s[^\W\d]+(?:\s[^\W\d]+)?$)"
)


def _dated_part(line: Line) -> list[SpanT] | None:
    """The furniture in a line that also has a date or the writer's name ("21.02. 18:02 Views: 4 113"); else None."""
    if line.words > 24 or chrome.player(line.text):
        return None
    if head.date_line(line.text) and not chrome.icons(line.text):
        return []
    pieces: list[SpanT] = []
    at = 0
    for match in _PARTS.finditer(line.text):
        if match.start() > at:
            pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(line.text)))
    if len(pieces) == 1:
        for match in _COUNT_AT_END.finditer(line.text):
            if head.date_line(line.text[: match.start()]):
                pieces = [(0, match.start()), (match.end(), len(line.text))]
                break
    if len(pieces) < 2:
        return None
    kept = [head.date_line(line.text[a:b]) or head.byline(line.text[a:b]) for a, b in pieces]
    if not any(kept):
        return None
    if all(kept):
        return []
    texts = [line.text[a:b] for a, b in pieces]
    site = [
        not kept[k]
        and (looks(t) is not Looks.REPORT or words_of.item(t) or _NUMBERED_ITEM.match(t) is not None or chrome.icons(t))
        for k, t in enumerate(texts)
    ]
    if not any(site):
        return None
    spans: list[SpanT] = []
    for k, (a, b) in enumerate(pieces):
        if site[k]:  # with the separator before it, or after it at the start of the line
            spans.append((line.start + (pieces[k - 1][1] if k else a), line.start + (b if k else pieces[1][0])))
    return spans


def _repeats(work: Work) -> None:
    """Take the headline's later places, and lines that another paragraph has word for word."""
    if work.title is not None:
        title = chrome.fold(work.lines[work.title].text)
        before_site = chrome.fold(re.split(r"\s[|–—-]\s", work.lines[work.title].text)[0])
        for i in range(work.title + 1, len(work.lines)):
            line = work.lines[i]
            if len(line.text) > 400 or work.off[i]:
                continue
            bare = chrome.fold(line.text)
            again = bare.startswith(title) and re.match(r"\W+(?:\w+\W*){1,6}$", bare[len(title) :])
            if bare == title or (bare == before_site and line.words >= 4) or (again and _SITE_NAME.search(line.text)):
                work.off[i] = True
    for i in repeated([(i, work.lines[i]) for i in work.report() if i != work.title]):
        work.off[i] = True
    work.decks = [i for i in work.decks if not work.off[i]]


def _captions(work: Work) -> None:
    """Take captions: lines in the body that end as no sentence, name people in full and repeat what the report says.

    A subhead is short and looks forward to what follows; a caption is long, and its words are elsewhere on the page.
    """
    body = [i for i in work.report() if work.first < i < work.last]
    ended = sum(work.lines[i].ended for i in work.report() if work.first <= i <= work.last)
    if not body or ended < 0.5 * len(body):
        return
    loose = [
        i
        for i in body
        if not work.lines[i].ended
        and not work.lines[i].bullet
        and not work.lines[i].quoted
        and not work.lines[i].heading
        and work.lines[i].text[-1] not in ":;,-–—"
        and 6 <= work.lines[i].words <= 40
        and work.lines[i].words > 0
    ]
    if not loose:
        return
    stems = Counter(stem for i in body if work.lines[i].ended for stem in set(_stems(work.lines[i].text)))
    sure: list[int] = []
    likely: list[int] = []
    for i in loose:
        line = work.lines[i]
        own = set(_stems(line.text))
        share = sum(stems[stem] > 0 for stem in own) / max(1, len(own))
        low = sum(w[:1].islower() for w in line.text.split())
        titled = low < 0.35 * line.words
        named = _NAME.search(line.text) is not None and not titled
        posed = _NAME.match(line.text) is not None and _POSED.search(line.text) is not None and not titled
        if chrome.captioned(line.text) or (posed and line.words >= 6) or (named and line.words >= 8 and share >= 0.6):
            sure.append(i)
        elif line.words >= 10 and share >= 0.75 and not titled and "‘" not in line.text:
            likely.append(i)
    for i in sure + (likely if len(sure) >= 2 else []):
        work.off[i] = True


def _stems(text: str) -> list[str]:
    return [w[:5] for w in re.findall(r"\w+", text.casefold()) if len(w) > 3]


def _credits(work: Work) -> None:
    for i in work.report():
        line = work.lines[i]
        if len(line.text) <= 300:
            for name in head.credit_line(line.text) or []:
                if name not in work.credits:
                    work.credits.append(name)
    for i in itertools.islice(work.report(), 8):
        found = head.dateline(work.lines[i].text)
        if found and found[2]:
            for name in re.split(r"\s*[/,]\s*", found[2]):
                if name not in work.credits and (name.isupper() or chrome.outlet_like(name)):
                    work.credits.append(name)


def _result(work: Work) -> Layout:
    """The layout, from which lines are off and which parts are marked."""
    furniture = _merged(
        work.text, [*work.marks, *((ln.start, ln.end) for ln, off in zip(work.lines, work.off, strict=True) if off)]
    )
    paragraphs: list[SpanT] = []
    place: dict[int, SpanT] = {}
    at = 0
    for i in work.report():
        line = work.lines[i]
        while at < len(furniture) and furniture[at][1] <= line.start:
            at += 1
        pieces: list[SpanT] = []
        start, k = line.start, at
        while k < len(furniture) and furniture[k][0] < line.end:
            pieces.append((start, furniture[k][0]))
            start = max(start, furniture[k][1])
            k += 1
        pieces.append((start, line.end))
        for piece in pieces:
            bare = _bare(work.text, *piece)
            if bare:
                place.setdefault(i, bare)
                paragraphs.extend(cut(work.text, *bare))
    headlines = [work.title, *work.decks] if work.title is not None else []
    headlines += [i for i in work.report() if i > work.first and _subhead(work, i)]
    dateline = None
    for i in itertools.islice((i for i in work.report() if i >= work.first), 2):
        found = head.dateline(work.lines[i].text)
        if found:
            dateline = (work.lines[i].start + found[0], work.lines[i].start + found[1])
            break
    byline = place.get(work.byline) if work.byline is not None else None
    named = head.writer(work.text[slice(*byline)]) if byline else None
    if byline and named:
        byline = (byline[0] + named[0], byline[0] + named[1])
    return Layout(
        paragraphs=paragraphs,
        furniture=furniture,
        title=place.get(work.title) if work.title is not None else None,
        headlines=sorted({place[i] for i in headlines if i is not None and i in place}),
        outlet=work.outlet,
        credits=work.credits,
        dateline=dateline,
        byline=byline,
    )


def _subhead(work: Work, i: int) -> bool:
    line = work.lines[i]
    if line.heading:
        return True
    if line.ended or line.bullet or line.quoted or line.text.endswith((":", ",", ";")) or not line.gap:
        return False
    if credited(line):
        return False
    return 1 <= line.words <= 12 and i < work.last and not head.dated(line.text)


def _bare(text: str, start: int, end: int) -> SpanT | None:
    """A span without the white space around it; None if nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if right > left else None


def _merged(text: str, spans: Iterable[SpanT]) -> list[SpanT]:
    """Spans sorted and without overlaps, those with nothing but white space between them as one."""
    merged: list[SpanT] = []
    for start, end in sorted(spans):
        bare = _bare(text, start, end)
        if bare is None:
            continue
        if merged and (bare[0] <= merged[-1][1] or not text[merged[-1][1] : bare[0]].strip()):
            merged[-1] = (merged[-1][0], max(merged[-1][1], bare[1]))
        else:
            merged.append(bare)
    return merged
