"""How a document is laid out: what of it is report, what is furniture, and where its head is.

A page is read in lines. Each is judged by itself (layout_chrome.py); then its place decides the rest: at the head
everything before the headline that is not a date or a byline is the site's; at the end, once comments, tags or links
have begun, what follows is the site's too; between the two only what is furniture by itself is taken, since losing
report is worse than keeping a button.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.extract import layout_chrome as chrome
from dragoman.extract import layout_head as head
from dragoman.extract.findings import Layout, SpanT
from dragoman.extract.layout_chrome import Looks, looks
from dragoman.extract.layout_lines import Line, cut, hidden, lines, veiled
from dragoman.extract.layout_repeats import repeated

_SITE = (Looks.CHROME, Looks.LISTING, Looks.ENDING, Looks.COMMENTS)
_SITE_NAME = re.compile(r"\s[|–—-]\s")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]+ (?:[A-ZÀ-Þ]\. )?[A-ZÀ-Þ][\w'’-]+")


@dataclass(slots=True)
class _Work:
    """The page while it is being laid out: its lines, how they look, and which are taken for furniture."""

    text: str
    lines: list[Line]
    looks: list[Looks]
    off: list[bool]
    marks: list[SpanT] = field(default_factory=list)
    parts: dict[int, list[SpanT]] = field(default_factory=dict)
    title: int | None = None
    decks: list[int] = field(default_factory=list)
    byline: int | None = None
    outlet: str | None = None
    credits: list[str] = field(default_factory=list)
    first: int = 0
    last: int = -1

    def report(self) -> Iterable[int]:
        """The lines that are report so far."""
        return (i for i in range(len(self.lines)) if not self.off[i])


def lay_out(text: str) -> Layout:
    """How a text is laid out.

    Takes any text; raises nothing. Furniture and paragraphs are sorted, disjoint, within the text, and together cover
    all of it but white space. The same text is always laid out the same way, in time linear in its length.
    """
    unseen = hidden(text)
    all_lines = lines(veiled(text, unseen))
    work = _Work(text, all_lines, [looks(line.text) for line in all_lines], [False] * len(all_lines))
    work.marks.extend(unseen)
    _bounds(work)
    _by_themselves(work)
    _listings(work)
    _head(work)
    _tail(work)
    _repeats(work)
    _captions(work)
    _credits(work)
    return _result(work)


def _bounds(work: _Work) -> None:
    """Find the first and the last line that clearly are report; a foot of readers' comments is not looked at."""
    clear = [
        i for i, line in enumerate(work.lines) if line.sentence and work.looks[i] is Looks.REPORT and not _credit(line)
    ]
    if not clear:
        clear = [i for i, line in enumerate(work.lines) if line.ended and work.looks[i] is Looks.REPORT]
    if not clear:
        work.first, work.last = len(work.lines), len(work.lines) - 1
        return
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
        if work.looks[i] is Looks.REPORT and (line.ended or line.bullet) and (line.words >= 3 or line.quoted):
            last = i
    work.first, work.last = clear[0], last


def _credit(line: Line) -> bool:
    return head.credit_line(line.text) is not None


def _by_themselves(work: _Work) -> None:
    """Take the lines and the parts of lines that are furniture wherever they stand."""
    for i, line in enumerate(work.lines):
        how = work.looks[i]
        if how in _SITE:
            if how is not Looks.REPORT and _credit(line):
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
        if at is not None and not _credit(line):
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
_COUNT_AT_END = re.compile(
    r"\s(?=[^\W\d]+\s?:?\s?\(?\d[\d\s.,]*[kKmM]?\)?$)|\s(?=\d+\s?[kKmM]?\s[^\W\d]+(?:\s[^\W\d]+)?$)"
)


def _dated_part(line: Line) -> list[SpanT] | None:
    """The furniture in a line that also has a date or the writer's name ("21.02. 18:02 Views: 4 113"); else None."""
    if line.words > 24:
        return None
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
    if not any(kept) or all(kept):
        return None
    site = [looks(line.text[a:b]) is not Looks.REPORT for a, b in pieces]
    if not any(site):
        return None
    spans: list[SpanT] = []
    for k, (a, b) in enumerate(pieces):
        if site[k]:  # with the separator before it, or after it at the start of the line
            spans.append((line.start + (pieces[k - 1][1] if k else a), line.start + (b if k else pieces[1][0])))
    return spans


def _listings(work: _Work) -> None:
    """Take the items under the heading of a block of links."""
    for i in range(len(work.lines)):
        if work.looks[i] is not Looks.LISTING or not work.off[i]:
            continue
        j = i + 1
        taken: list[int] = []
        heading_apart = j < len(work.lines) and work.lines[j].gap
        while j < len(work.lines):
            line = work.lines[j]
            if work.looks[j] in _SITE:
                break
            joined = not line.gap or j == i + 1
            short = line.words <= 16 and not line.ended
            teaser = line.words <= 30 and not line.gap and not line.quoted and work.lines[i].gap
            if not (short or (teaser and not heading_apart)) or line.heading or line.quoted or _credit(line):
                break
            if not joined and not (line.bullet or work.lines[j - 1].bullet is line.bullet):
                break
            taken.append(j)
            j += 1
        if not taken:
            continue
        stopped = work.lines[j] if j < len(work.lines) else None
        last = work.lines[taken[-1]]
        follows = stopped is not None and work.looks[j] is Looks.REPORT and (stopped.sentence or stopped.ended)
        if follows and len(taken) > 1 and last.gap == (stopped.gap if stopped else False) and not last.bullet:
            taken.pop()  # what stands between the links and the report may be a subhead
        for k in taken:
            work.off[k] = True
            work.looks[k] = Looks.CHROME


def _head(work: _Work) -> None:
    """Find the headline; take what stands before it, and menus up to the first paragraph."""
    top = [i for i in range(min(work.first, len(work.lines))) if i <= work.last or work.last < 0]
    free = [i for i in top if not work.off[i]]
    for i in free:
        text = work.lines[i].text
        if work.byline is None and head.byline(text):
            work.byline = i
    named = [
        i
        for i in free
        if i != work.byline
        and not head.date_line(_unmarked(work, i))
        and not head.byline(work.lines[i].text)
        and work.looks[i] is Looks.REPORT
        and not work.lines[i].quoted | work.lines[i].bullet
    ]
    work.title = _title(work, named)
    some_menu = any(work.off[i] or work.looks[i] is Looks.MENU for i in top)
    after_last = work.first >= len(work.lines)
    for i in free:
        line = work.lines[i]
        if i in (work.title, work.byline) or head.date_line(_unmarked(work, i)) or head.byline(line.text):
            continue
        if work.looks[i] is Looks.MENU and not after_last:
            work.off[i] = True
        elif work.title is not None and i < work.title:
            masthead = chrome.outlet_like(line.text)
            if (masthead or some_menu or line.words <= 3) and not line.quoted and not line.ended:
                work.off[i] = True
                if work.outlet is None and (masthead or (i <= 2 and not chrome.known(line.text))):
                    work.outlet = _outlet_name(line.text) or (
                        line.text if 2 <= line.words <= 9 and not chrome.site(line.text) else None
                    )
        elif work.title is not None and i > work.title and head.nameless_post(line.text):
            work.off[i] = True
    if work.outlet is None:
        for i in top:
            if (work.title is None or i < work.title) and work.off[i]:
                name = _outlet_name(work.lines[i].text)
                if name and chrome.outlet_like(name) and not chrome.known(name):
                    work.outlet = name
                    break
    if work.title is not None:
        _columns(work, [i for i in free if i > work.title and not work.off[i]])
        for i in named:
            if i > work.title and not work.off[i] and work.lines[i].words >= 4:
                work.decks.append(i)
            elif i > work.title and work.byline is None and head.person(work.lines[i].text):
                work.byline = i


def _columns(work: _Work, free: list[int]) -> None:
    """Take a menu that stands one item a line below the headline."""
    run: list[int] = []
    for i in [*free, -1]:
        line = work.lines[i] if i >= 0 else None
        if line and line.words <= 2 and not line.ended and not line.quoted and not head.date_line(line.text):
            run.append(i)
            continue
        if len(run) >= 3 and any(chrome.section(work.lines[k].text) for k in run):
            for k in run:
                work.off[k] = True
        run = []


def _unmarked(work: _Work, i: int) -> str:
    """A line without the parts of it that are marked as furniture."""
    text = work.lines[i].text
    for start, end in work.parts.get(i, ()):
        text = text.replace(work.text[start:end], "")
    return text.strip(" |·•/-–—")


def _title(work: _Work, named: list[int]) -> int | None:
    """Which line of the head is the headline: a marked one, one that is repeated, else the first that reads like one."""
    if not named:
        return None
    marked = [i for i in named if work.lines[i].heading]
    if marked:
        return marked[0]
    times = Counter(chrome.fold(line.text) for line in work.lines if line.words >= 3 and len(line.text) < 400)
    for i in named:
        if times[chrome.fold(work.lines[i].text)] > 1 and not _masthead(work, i) and not _by_menu(work, i):
            return i
    long = [i for i in named if work.lines[i].words >= 4 and not _masthead(work, i)]
    apart = [i for i in long if not _by_menu(work, i)]
    if long:
        return (apart or long)[0]
    short = [i for i in named if not _masthead(work, i) and work.lines[i].words >= 2]
    return short[-1] if short else None


def _masthead(work: _Work, i: int) -> bool:
    """Whether a line of the head is the outlet's name: it reads like one, and is the first or stands by a menu."""
    line = work.lines[i]
    if line.words > 6:
        return False
    beside = any(
        0 <= k < len(work.lines) and (work.off[k] or work.looks[k] is not Looks.REPORT) for k in (i - 1, i + 1)
    )
    return (chrome.outlet_like(line.text) and line.words <= 5) or (beside and i <= 1 and line.words <= 4)


def _by_menu(work: _Work, i: int) -> bool:
    """Whether a line stands with a menu of the site, no blank line between them: a name or a motto, not a headline."""
    for step in (1, -1):
        k = i
        while 0 <= k + step < len(work.lines) and not work.lines[max(k, k + step)].gap and abs(k + step - i) <= 4:
            k += step
            if work.lines[k].sentence:
                break
            if work.looks[k] is Looks.MENU or chrome.navigation(work.lines[k].text):
                return True
    return False


def _outlet_name(text: str) -> str | None:
    parts = [p.strip(" -–—#*☰≡") for p in re.split(r"[|»›·>:/]|\s[-–—]\s| {2,}|\t", text)]
    named = (p for p in parts if 2 <= len(p.split()) <= 6 and not chrome.known(p) and chrome.outlet_like(p))
    return next((p for p in named if not all(map(chrome.known, p.split()))), None)


def _tail(work: _Work) -> None:
    """Once the end of the page has begun after the last paragraph, take what follows."""
    begun = ended = False
    sentences = sum(line.ended for i, line in enumerate(work.lines) if work.first <= i <= work.last)
    start = work.last + 1
    if work.first >= len(work.lines):
        return
    feet = _feet(work, start)
    opening = " ".join(work.lines[i].text[:140] for i in itertools.islice(work.report(), 8))
    for i in range(start, len(work.lines)):
        line, how = work.lines[i], work.looks[i]
        if i in feet:
            work.off[i] = begun = True
            continue
        if how is not Looks.REPORT:
            work.off[i] = True
            begun = True
            ended = ended or how in (Looks.ENDING, Looks.COMMENTS, Looks.LISTING)
        elif work.off[i]:
            begun = True
        elif (
            _credit(line) or head.byline(line.text) or head.date_line(line.text) or work.lines[i].heading and not ended
        ):
            continue
        elif ended or (begun and not line.ended and not line.quoted):
            work.off[i] = True
        elif not begun and not line.ended and not line.bullet and not line.quoted and line.words <= 8 and sentences:
            after = work.looks[i + 1] if i + 1 < len(work.lines) else None
            site = (
                after in _SITE and not work.lines[i + 1].gap or after in (Looks.COMMENTS, Looks.ENDING) and not line.gap
            )
            if site and not _agency(opening, line.text) and not head.person(line.text):
                work.off[i] = True


def _feet(work: _Work, start: int) -> set[int]:
    """The lines at the end that stand with furniture between the same blank lines, where no sentence does."""
    feet: set[int] = set()
    group: list[int] = []
    for i in range(start, len(work.lines) + 1):
        if i == len(work.lines) or work.lines[i].gap:
            site = any(work.looks[k] is not Looks.REPORT for k in group)
            plain = [k for k in group if work.looks[k] is Looks.REPORT]
            kept = any(work.lines[k].quoted or work.lines[k].bullet or _credit(work.lines[k]) for k in plain)
            if site and plain and not kept and work.lines[group[0]].gap and not any(work.lines[k].ended for k in plain):
                feet.update(plain)
            group = []
        if i < len(work.lines):
            group.append(i)
    return feet


def _agency(opening: str, name: str) -> bool:
    """Whether a line at the end is the name of the agency whose initials the dateline has, or an agency's at all."""
    return any(head.stands_for(name, m) for m in re.findall(r"\(([A-Z]{2,6})\)", opening)) or (
        chrome.outlet_like(name) and bool(re.search(r"(?i)agenc|agent|wire|press", name))
    )


def _repeats(work: _Work) -> None:
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


def _captions(work: _Work) -> None:
    """Take captions: lines in the body that end as no sentence, name people in full and repeat what the report says.

    A subhead is short and looks forward to what follows; a caption is long, and its words are elsewhere on the page.
    """
    body = [i for i in work.report() if work.first < i < work.last]
    if not body or sum(work.lines[i].ended for i in body) < 0.5 * len(body):
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
        if chrome.captioned(line.text):
            sure.append(i)
        elif named and line.words >= 8 and share >= 0.6:
            sure.append(i)
        elif line.words >= 10 and share >= 0.75 and not titled and "‘" not in line.text:
            likely.append(i)
    for i in sure + (likely if len(sure) >= 2 else []):
        work.off[i] = True


def _stems(text: str) -> list[str]:
    return [w[:5] for w in re.findall(r"\w+", text.casefold()) if len(w) > 3]


def _credits(work: _Work) -> None:
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


def _result(work: _Work) -> Layout:
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
    return Layout(
        paragraphs=paragraphs,
        furniture=furniture,
        title=place.get(work.title) if work.title is not None else None,
        headlines=sorted({place[i] for i in headlines if i is not None and i in place}),
        outlet=work.outlet,
        credits=work.credits,
        dateline=dateline,
        byline=place.get(work.byline) if work.byline is not None else None,
    )


def _subhead(work: _Work, i: int) -> bool:
    line = work.lines[i]
    if line.heading:
        return True
    if line.ended or line.bullet or line.quoted or line.text.endswith((":", ",", ";")) or not line.gap:
        return False
    return 1 <= line.words <= 12 and i < work.last and not head.date_line(line.text) and not head.byline(line.text)


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
