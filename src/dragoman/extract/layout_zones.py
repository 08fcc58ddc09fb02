"""What a line's place on the page says of it: links under a heading, what is around the headline, the page's end."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from dragoman.extract import layout_chrome as chrome
from dragoman.extract import layout_head as head
from dragoman.extract import layout_words as words_of
from dragoman.extract.layout_chrome import Looks
from dragoman.extract.layout_work import SITE, Work, credited
from dragoman.extract.lexicon import load

_ONE_ITEM = frozenset(chrome.fold(str(word)) for word in load("furniture")["caption_labels"])
_GENRES = frozenset(chrome.fold(str(word)) for word in load("furniture")["genres"])
_INSTITUTION = re.compile(r"(?:The )?[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)* (?:of|for)(?: (?:the |and |of |for )*[A-ZÀ-Þ]\w+)+$")
_SITE_NAME = re.compile(r"\s[|–—-]\s")


def listings(work: Work) -> None:
    """Take the items under the heading of a block of links."""
    for i in range(len(work.lines)):
        if work.looks[i] is not Looks.LISTING or not work.off[i]:
            continue
        j = i + 1
        taken: list[int] = []
        heading_apart = j < len(work.lines) and work.lines[j].gap
        while j < len(work.lines):
            line = work.lines[j]
            if work.looks[j] in SITE:
                break
            joined = not line.gap or j == i + 1
            short = line.words <= 16 and not line.ended
            teaser = line.words <= 30 and not line.gap and not line.quoted and work.lines[i].gap
            if not (short or (teaser and not heading_apart)) or line.heading or line.quoted or credited(line):
                break
            if taken and chrome.fold(work.lines[i].text) in _ONE_ITEM:
                break
            if head.dated(line.text):
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
        alike = last.gap == (stopped.gap if stopped else False)
        if follows and len(taken) > 1 and alike and not last.bullet and "  " not in last.text:
            taken.pop()  # what stands between the links and the report may be a subhead
        for k in taken:
            work.off[k] = True
            work.looks[k] = Looks.CHROME


def around_headline(work: Work) -> None:
    """Find the headline; take what stands before it, and menus up to the first paragraph."""
    top = [i for i in range(min(work.first, len(work.lines))) if i <= work.last or work.last < 0]
    free = [i for i in top if not work.off[i]]
    for i in free:
        text = work.lines[i].text
        if work.byline is None and head.writer(text):
            work.byline = i
    named = [
        i
        for i in free
        if i != work.byline
        and not _dated(work, i)
        and work.looks[i] is Looks.REPORT
        and not work.lines[i].bullet
        and not (work.lines[i].quoted and (work.lines[i].ended or work.lines[i].text[0] in "-—–"))
    ]
    named = [i for i in named if not words_of.aside(work.lines[i].text)] or named
    own = [i for i in named if not _no_headline(work, i)]
    work.title = _title(work, own)
    if work.title is None:
        work.title = _title(work, named)
    papers = [i for i in named if words_of.paper(work.lines[i].text) and work.lines[i].gap and i > 0]
    if papers and (work.title is None or work.title in _first_group(work, top)):
        work.title = papers[0]
    group = set() if work.title is None else _first_group(work, top)
    group = group if work.title not in group else set()
    some_menu = any(
        work.off[i] or work.looks[i] is Looks.MENU or (i != work.title and words_of.aside(work.lines[i].text))
        for i in top
    )
    after_last = work.first >= len(work.lines)
    for i in free:
        line = work.lines[i]
        if i in (work.title, work.byline) or _dated(work, i):
            continue
        if words_of.paper(line.text) or head.slug(line.text) or _genre(work, i) or line.text.endswith(","):
            continue
        if head.ends_dated(line.text) and i not in group:
            continue
        if not after_last and (
            work.looks[i] is Looks.MENU
            or (words_of.aside(line.text) and not credited(line))
            or (i in group and work.title is not None and i < work.title and not line.quoted and line.words <= 20)
        ):
            work.off[i] = True
            if work.title is not None and i < work.title:
                _note_outlet(work, i)
        elif work.title is not None and i < work.title:
            masthead = chrome.outlet_like(line.text)
            if (masthead or (not after_last and (some_menu or line.words <= 3))) and not line.quoted and not line.ended:
                work.off[i] = True
                _note_outlet(work, i)
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
            line = work.lines[i]
            if i > work.title and not work.off[i] and line.words >= 4 and not line.ended and len(work.decks) < 3:
                if not after_last and not credited(line):
                    work.decks.append(i)
            elif i > work.title and work.byline is None and head.person(work.lines[i].text):
                work.byline = i


def _no_headline(work: Work, i: int) -> bool:
    """Whether a line of the head is about the text and not its headline: its number, its date, a motto, a greeting."""
    text = work.lines[i].text
    motto = text[0].islower() and i <= 4 and not work.lines[i].gap
    return (
        words_of.paper(text)
        or head.slug(text)
        or head.ends_dated(text)
        or motto
        or text.endswith(",")
        or (i <= 4 and chrome.numbered_issue(text))
    )


def _genre(work: Work, i: int) -> bool:
    """Whether a line is a word for the kind of the text ("Analysis"), apart from the site's menus."""
    apart = work.lines[i].gap and (i + 1 >= len(work.lines) or work.lines[i + 1].gap or i + 1 == work.title)
    return apart and chrome.fold(work.lines[i].text) in _GENRES


def _note_outlet(work: Work, i: int) -> None:
    """Take a line over the headline for the outlet's name if it reads like one, or stands first and like no button."""
    text = work.lines[i].text
    if work.outlet is not None or work.lines[i].ended or chrome.known(text) or words_of.aside(text):
        return
    masthead = chrome.outlet_like(text)
    if masthead or i <= 2:
        plain = text if 2 <= work.lines[i].words <= 9 and not chrome.site(text) else None
        work.outlet = _outlet_name(text) or (plain and plain.strip(" <>|*#"))


def _first_group(work: Work, top: list[int]) -> set[int]:
    """The lines before the first blank one, if a menu or a notice of the site is among them."""
    group: set[int] = set()
    for i in top:
        if group and work.lines[i].gap:
            break
        group.add(i)
    site = any(
        (work.off[i] or work.looks[i] is not Looks.REPORT) and not words_of.tools(work.lines[i].text) for i in group
    )
    return group if site and len(group) > 1 else set()


def _columns(work: Work, free: list[int]) -> None:
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


def _dated(work: Work, i: int) -> bool:
    """Whether a line, or what of it is not furniture, says when and by whom the report was written."""
    return i in work.parts or head.dated(work.lines[i].text)


def _title(work: Work, named: list[int]) -> int | None:
    """Which line of the head is the headline: a marked or repeated one, else the first that reads like one."""
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


def _masthead(work: Work, i: int) -> bool:
    """Whether a line of the head is the outlet's name: it reads like one, and is the first or stands by a menu."""
    line = work.lines[i]
    if line.words > 12:
        return False
    beside = any(
        0 <= k < len(work.lines) and (work.off[k] or work.looks[k] is not Looks.REPORT) for k in (i - 1, i + 1)
    )
    if i == 0 and beside and not line.ended and len(work.lines) > 2 and work.lines[2].gap and not work.lines[1].gap:
        # A name with its motto, or a long name, and a row of buttons under it, and then a blank line.
        motto = _SITE_NAME.search(line.text) is not None and len(_SITE_NAME.split(line.text)[0].split()) <= 4
        if motto or (chrome.outlet_like(line.text) and line.words <= 9):
            return True
    return (chrome.outlet_like(line.text) and line.words <= 5) or (beside and i <= 1 and line.words <= 4)


def _by_menu(work: Work, i: int) -> bool:
    """Whether a line stands with a menu of the site, no blank line between them: a name or a motto, not a headline."""
    for step in (1, -1):
        k = i
        while 0 <= k + step < len(work.lines) and not work.lines[max(k, k + step)].gap and abs(k + step - i) <= 4:
            k += step
            if work.lines[k].sentence:
                break
            if work.looks[k] is Looks.MENU:
                return True
            if k < 4 and work.off[k] and not head.dated(work.lines[k].text) and not words_of.tools(work.lines[k].text):
                return True
            if chrome.navigation(work.lines[k].text):
                return True
    return False


def _outlet_name(text: str) -> str | None:
    text = re.sub(r"^[^\w]+|[^\w.)!]+$", "", text)
    first, _, rest = text.partition(" ")
    if chrome.known(first) == "button" and rest:
        text = rest  # "Search the Courier"
    parts = [p.strip(" -–—#*☰≡") for p in re.split(r"[|»›·>:/]|<+|\s[-–—]\s| {2,}|\t", text)]
    named = (
        p for p in parts if 2 <= len(p.split()) <= 6 and "(" not in p and not chrome.known(p) and chrome.outlet_like(p)
    )
    return next((p for p in named if not all(map(chrome.known, p.split()))), None)


def page_end(work: Work) -> None:
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
        elif credited(line) or head.byline(line.text) or head.date_line(line.text) or (line.heading and not ended):
            continue
        elif ended or (begun and not line.ended and not line.quoted) or words_of.tail_label(line.text):
            work.off[i] = begun = True
        elif not begun and not line.ended and not line.bullet and not line.quoted and line.words <= 8 and sentences:
            after = work.looks[i + 1] if i + 1 < len(work.lines) else None
            joined = after in SITE and not work.lines[i + 1].gap
            site = joined or (after in (Looks.COMMENTS, Looks.ENDING) and not line.gap)
            if site and not (_agency(opening, line.text) or head.person(line.text) or _INSTITUTION.match(line.text)):
                work.off[i] = True


def _feet(work: Work, start: int) -> set[int]:
    """The lines at the end that stand with furniture between the same blank lines, where no sentence does."""
    feet: set[int] = set()
    group: list[int] = []
    for i in range(start, len(work.lines) + 1):
        if i == len(work.lines) or work.lines[i].gap:
            site = any(work.looks[k] is not Looks.REPORT for k in group)
            plain = [k for k in group if work.looks[k] is Looks.REPORT]
            kept = any(work.lines[k].quoted or work.lines[k].bullet or credited(work.lines[k]) for k in plain)
            kept = kept or (
                bool(plain) and plain[0] == group[0] and bool(_INSTITUTION.match(work.lines[plain[0]].text))
            )
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
