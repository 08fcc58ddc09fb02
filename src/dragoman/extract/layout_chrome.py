"""What a line of a page is by its own looks: report, or one of the things that pages have besides.

Line by line as in boilerplate removal over shallow features (Kohlschütter, Fankhauser & Nejdl, "Boilerplate Detection
using Shallow Text Features", WSDM 2010), with words of page chrome in some fifteen languages in place of link density,
which plain text does not have. What a line's neighbours say of it is the business of layout.py.
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections import Counter

from dragoman.extract import layout_words as words_of
from dragoman.extract.lexicon import load


class Looks(enum.Enum):
    """What a line is by itself."""

    REPORT = "report"
    MENU = "menu"  # furniture at the head or the end of a page; in the middle it may be a table or a subhead
    CHROME = "chrome"  # furniture wherever it stands
    LISTING = "listing"  # the heading of a block of links
    ENDING = "ending"  # furniture, and such as stands after the report
    COMMENTS = "comments"  # where the readers' comments or the page's foot begins


_STRONG = re.compile(
    r"\s*(?:[|¦☰≡⋮]|>{1,3}(?=\s)|\+{3}|[←→⟵⟶▸►▶▾▼▲↗↑↓✉🔍🔗🔔🔖💬👍🖨🎧🔊⬇]\ufe0f?)\s*|(?:^|\s+)[·•◦∙/»›‹+](?:\s+|$)"
)
_WIDE = re.compile(r"\t+\s*| {2,}")
_COMMAS = re.compile(r"\s*[,;]\s+|\s+[-–—/]\s+|[!?.]\s+|\s+&\s+")
_DASHES = re.compile(r"\s+[-–—/]\s+")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_RIGHTS = re.compile(r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?|copyright\b.{0,30}\b(?:19|20)\d\d\b", re.IGNORECASE)
_FOLLOW = re.compile(
    r"(?:follow|join|find|like|like us|visit) .{1,40}\b(?:on|at|in) "
    r"(?:our )?(?:facebook|twitter|x|telegram|instagram|whatsapp|google news|youtube|linkedin|tiktok|viber)\W*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?$|[\w.+-]+@[\w-]+\.[\w.]+$", re.IGNORECASE)
_ICON = re.compile(r"(?:[▾▼▲↗⤴↑⎙👁🔍🔗🖨🔔🔖🎧🔊💬👍👎🔥⬇⏯▶☰☕✉🛒🌐📧📩📲📥]\ufe0f?\s?)+")
_THOUSANDS = re.compile(r"(?<=\d)\s?[kKmMкК]\b|\bx\b")
_PLAYER = re.compile(r"\W*(?:\d{1,2}:)?\d{1,2}:\d\d\s?(?:/|–|-)\s?(?:\d{1,2}:)?\d{1,2}:\d\d(?:\W*\d(?:\.\d+)?x)?\W*$")
_ORNAMENT = re.compile(r"^(?:(?![\w\"'“«„‘—–\[(<©+→←☰≡#-])\S|#(?!\w)|\s|[-*]\s)+")
_NUMBERED = re.compile(
    r"(?:table|figure|fig\.|chart|graphic|tabelle|abbildung|tableau|tabla|таблица|рис\.) ?\d+\s?[:.]\s", re.IGNORECASE
)
_MINUTES = re.compile(r"\s*\(?\d{1,3}(?::\d\d)?\s?\w{0,7}\)?$")
_MORE_FROM = re.compile(r"(?:read |see |also )?more (?:from|on|in|about|news) (?:\S+ ?){1,5}$", re.IGNORECASE)
_LETTERS = re.compile(r"(?:([AaTt])\1?[+−–-]?\s*){2,4}|[AaTt][+−–-]")  # the size of the type
_PLUS_MORE = re.compile(r"[+>»→▸]\s?(?:More|Also|Read|See|Watch)\b.{0,30}:\s")
_IN_CAPITALS = re.compile(r"(?:MORE|READ MORE|NEWS|ALSO|OTHER NEWS) (?:ON|ABOUT|FROM|IN) ")
_LINKED = re.compile(r"[^.!?]*[(<](?:https?://|www\.)[^\s)>]+[)>]$")
_INITIALS = re.compile(r"[a-z]{2,4}(?:/[a-z]{2,4})+")  # who wrote and who edited, as agencies sign
_HASHTAGS = re.compile(r"(?:#[^\s#,]+[\s,]*)+$")
_NOT_WORD = re.compile(r"^[^\w+]+|[^\w+]+$")
_COUNTER = re.compile(
    r"\s*[(\[]?\b\d[\d.,\s\u00a0\u202f]*[kKmM]?[)\]]?$|^[(\[]?\d[\d.,\s\u00a0\u202f]*[kKmM]?[)\]]?\s+"
)
_QUOTED = re.compile(r"[“«„\"].*?[”»“\"]")
_VOLUME = re.compile(
    r"\b(?:vol(?:ume)?|issue|no|nr|n[º°]|issn|isbn|price|year|circulation)\b\.?:? ?[\dIVXLC]", re.IGNORECASE
)
_MEDIA_ICON = re.compile(r"[🔊🎧⏯🔍🔔🔗🖨📷📸🎥🎬🛒☰⎙▾↗📲📥]")
_PAGE = re.compile(
    r"[-–—] ?\d{1,4} ?[-–—]$|(?:page|seite|pagina|página|стр\.?)\s+\d+(?:\s+(?:of|von|de|из|/)\s+\d+)?$", re.IGNORECASE
)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*$")
_MARKDOWN_LINKS = re.compile(r"\[([^\]\n]{1,80})\]\([^)\s]*\)")


@functools.cache
def _entries(key: str, lexicon: str = "furniture") -> frozenset[str]:
    """All the words under a key, whichever language's line they are in."""
    groups = load(lexicon)[key]
    return frozenset(fold(str(word)) for group in groups for word in (group if isinstance(group, list) else [group]))


@functools.cache
def _any_of(key: str, before: str = "", after: str = "", lexicon: str = "furniture") -> re.Pattern[str]:
    """A pattern for the longest word of a key at one place."""
    groups = load(lexicon)[key]
    words = [str(w).casefold() for group in groups for w in (group if isinstance(group, list) else [group])]
    either = "|".join(re.escape(w).replace("'", "['’]") for w in sorted(words, key=len, reverse=True))
    return re.compile(f"{before}(?:{either}){after}", re.IGNORECASE)


@functools.cache
def _long_listing() -> re.Pattern[str]:
    """A heading of links with more words after it ("Other news from the coast:"), if it has several itself."""
    words = sorted((w for w in _entries("lists") if " " in w), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\b")


@functools.cache
def _shared() -> re.Pattern[str]:
    """ "Share on …": a verb, perhaps with an object and a short word, and where to."""
    verb, target = _any_of("share_verbs").pattern, _any_of("share_targets").pattern
    return re.compile(rf"{verb} (?:(?:this|article|it) )*(?:\w{{1,3}} )?{target}")


@functools.cache
def _ago() -> re.Pattern[str]:
    """ "Updated 3 hours ago", in a few languages."""
    unit, before, after = (_any_of(key).pattern for key in ("ago", "ago_before", "ago_after"))
    what = r"(?:(?:last )?(?:updated?|published|posted|modified)[: ]*)?"
    return re.compile(rf"{what}(?:{before} \d{{1,3}} {unit}|(?:about |an? )?\d{{0,3}} ?{unit} {after})", re.IGNORECASE)


def fold(item: str) -> str:
    """An item of a menu as it is compared: lower case, without the signs around it."""
    plain = item.casefold().replace("’", "'").replace("\u0307", "")
    return " ".join(_NOT_WORD.sub("", plain).split())


@functools.lru_cache(maxsize=4096)
def known(item: str) -> str | None:
    """What an item is on a page: button, list, count or section; None for anything else."""
    bare = fold(item)
    if not bare:
        return "button"
    if bare in _entries("buttons") or _shared().fullmatch(bare):
        return "button"
    if _LETTERS.fullmatch(item.strip()):
        return "button"
    if bare in _entries("endings"):
        return "list"
    if bare in _entries("lists"):
        return "list"
    uncounted = fold(_COUNTER.sub("", bare)) if bare[-1].isdigit() or bare[0].isdigit() else bare
    if uncounted != bare and uncounted in _entries("counts"):
        return "count"
    if uncounted != bare and uncounted in _entries("buttons"):
        return "button"
    timed = _MINUTES.sub("", bare)
    if timed != bare and fold(timed) in _entries("buttons"):
        return "button"  # "Listen (5 min)"
    named = uncounted.split()
    if uncounted != bare and 2 <= len(named) <= 3 and bare[-1].isdigit() and named[-1] in _comment_counts():
        return "count"  # "Reader comments (58)"
    if len(bare.split()) <= 5:
        if _any_of("list_openers", "", r"\s").match(bare):
            return "list"
        if _any_of("button_openers", "", r"\s").match(bare):
            return "button"
    if bare in _entries("sections"):
        return "section"
    return None


def _counted(text: str) -> bool:
    """Several counts run together: "19 views0 comments"."""
    rest = _any_of("counts", r"\d[\d.,\s\u00a0]*[kKmM]?\s*", r"\s*").sub("", text)
    return rest != text and not any(c.isalnum() for c in rest)


def looks(text: str) -> Looks:
    """What a line is by itself: see `Looks`."""
    if not any(c.isalnum() for c in text):
        # A quotation mark on a line of its own opens or closes speech; stars and dashes divide the page.
        return Looks.REPORT if any(c in '"“”«»‘’„' for c in text) else Looks.CHROME
    if len(text) > 1500:
        return Looks.REPORT
    if words_of.bracketed(text) or _signed(text) or _PAGE.match(text):
        return Looks.CHROME
    if "](" in text:
        if _MARKDOWN_PICTURE.match(text):
            return Looks.CHROME
        text = _MARKDOWN_LINKS.sub(r"\1", text)
    if len(text) <= 160 and _PLUS_MORE.match(text):
        return Looks.CHROME
    text = _ORNAMENT.sub("", text) or text
    words = len(text.split())
    if text[0] in "—–“«„‘\"'":
        return Looks.REPORT
    if words <= 60:
        found = _by_items(text, words)
        if found is not Looks.REPORT:
            return found
    return _by_phrases(text, words)


def icons(text: str) -> bool:
    """Whether a text has pictograms in it."""
    return not text.isascii() and any(unicodedata.category(c) == "So" for c in text)


def player(text: str) -> bool:
    """Whether a line is the clock of an audio player ("00:00 / 23:41")."""
    return _PLAYER.match(text) is not None


def _signed(text: str) -> bool:
    """Whether a short line is counts beside icons, a player's clock, or a button with its icon."""
    if len(text) > 90:
        return False
    if not any(map(str.isalpha, _THOUSANDS.sub("", text))) and icons(text):
        return True
    if player(text) or (_MEDIA_ICON.match(text) and text[-1] not in ".?!" and len(text.split()) <= 10):
        return True
    icon = _ICON.match(text)
    rest = text[icon.end() :] if icon else _ICON.sub("", text[-3:]) != text[-3:] and text
    return bool(rest) and len(str(rest).split()) <= 10 and words_of.aside(_ICON.sub("", str(rest)).strip() or "x")


def _of_kind(item: str, kind: str) -> Looks:
    bare = fold(item)
    if bare in _entries("endings") or (kind == "count" and fold(_COUNTER.sub("", bare)) in _comment_counts()):
        return Looks.COMMENTS
    return {"button": Looks.CHROME, "list": Looks.LISTING, "count": Looks.CHROME, "section": Looks.MENU}[kind]


@functools.cache
def _comment_counts() -> frozenset[str]:
    """Those of the counted words that count comments, in any language."""
    roots = (
        "comment",
        "komment",
        "comentari",
        "comentár",
        "reacti",
        "коммент",
        "комент",
        "yorum",
        "koment",
        "تعليق",
        "תגוב",
    )
    return frozenset(w for w in _entries("counts") if w.startswith(roots) and not w.startswith("reaction"))


def _by_items(text: str, words: int) -> Looks:
    """By what stands between separators."""
    single = known(text)
    if single is not None and (words > 1 or text[-1] not in ".?" or text.endswith("...")):
        return _of_kind(text, single)
    if _counted(text):
        return Looks.COMMENTS if any(root in text.casefold() for root in _comment_counts()) else Looks.CHROME
    items = [item for item in _STRONG.split(text) if item]
    strong = len(items)
    items = [part for item in items for part in _WIDE.split(item) if part]
    if len(items) >= 2:
        kinds = [known(item) or ("button" if words_of.item(item) else None) for item in items]
        of_site = sum(kind is not None for kind in kinds)
        if of_site == len(items):
            if any(
                fold(item) in _entries("endings") or fold(_COUNTER.sub("", fold(item))) in _comment_counts()
                for item in items
            ):
                return Looks.COMMENTS
            return Looks.CHROME if len(items) > 2 or "section" not in kinds else Looks.MENU
        if len(items) >= 3 and not any(item[-1] in ".;" and len(item.split()) > 2 for item in items[:-1]):
            longest = max(len(item.split()) for item in items)
            if of_site >= len(items) / 2 and longest <= 12:
                return Looks.CHROME
            if strong >= 3 and longest <= 14 and text[-1] != ".":
                return Looks.CHROME
            if longest <= 4:
                return Looks.MENU
    if strong >= 2 or text.startswith(("←", "→", "☰", "≡")) or text.endswith(("→", "»", "›", ">>")):
        if text.startswith(("←", "→")) or text.endswith(("→", ">>")):
            return Looks.ENDING
        if text.startswith(("☰", "≡")) or (re.search(r"\s[»›>]\s", text) and "«" not in text and words <= 14):
            return Looks.MENU
    parts = [part for part in _COMMAS.split(text) if part]
    if len(parts) >= 2:
        kinds = [known(part) for part in parts]
        if all(kind in ("button", "count", "list") for kind in kinds):
            return Looks.COMMENTS if fold(parts[0]) in _entries("endings") else Looks.CHROME
        dashed = [known(part) for part in _DASHES.split(text)]
        if len(dashed) >= 3 and all(dashed):
            return Looks.MENU
    if words > 2 and all(known(word) == "section" for word in text.split()):
        return Looks.MENU
    return Looks.REPORT


def _by_phrases(text: str, words: int) -> Looks:
    """By how it begins and ends, and what it says."""
    lower = text.casefold().replace("’", "'")
    label, colon, rest = text.partition(":")
    if colon and len(label) <= 40 and words <= 45:
        bare = fold(label)
        if bare in _entries("lists"):
            return Looks.CHROME if rest.strip() else Looks.LISTING
        if not rest.strip() and words <= 7 and _long_listing().match(bare):
            return Looks.LISTING
        if bare in _entries("labels"):
            tagged = bare.startswith(
                ("tag", "topic", "label", "keyword", "filed", "categor", "schlag", "тег", "тэг", "etiket")
            )
            if not tagged and not rest.strip() and bare not in _entries("buttons"):
                return Looks.REPORT  # "Sections:" may be a subhead
            return Looks.ENDING if tagged else Looks.CHROME
    if colon and words <= 40 and _MORE_FROM.match(label) and not rest.strip()[:1].isdigit():
        return Looks.LISTING if not rest.strip() else Looks.CHROME
    capital = re.match(r"([A-Z][A-Z ]{3,}?)\s*(?:[-–—:]|>{2}|»)\s", text)
    if capital and (fold(capital.group(1)) in _entries("lists") | _entries("buttons")):
        return Looks.CHROME
    if words <= 30 and (_RIGHTS.match(text)):
        return Looks.COMMENTS
    if _HASHTAGS.match(text):
        return Looks.ENDING
    if _ADDRESS.match(text) or _ago().fullmatch(text.strip(" .")) or _FOLLOW.match(text):
        return Looks.CHROME
    if words <= 20 and text[-1] not in ".?" and _NUMBERED.match(text):
        return Looks.CHROME
    if words <= 6 and text.isupper() and _IN_CAPITALS.match(text):
        return Looks.LISTING
    if _INITIALS.fullmatch(text) or (words <= 9 and _LINKED.match(text)):
        return Looks.CHROME
    if words <= 20 and len(_VOLUME.findall(text)) >= 2:
        return Looks.CHROME
    if text.isdigit() and len(text) <= 3:
        return Looks.MENU
    if words <= 45 and _any_of("openers", "", r"\b").match(lower):
        foot = lower.startswith(("leave a", "comments are", "no comments", "your email address"))
        return Looks.COMMENTS if foot else Looks.CHROME
    if words <= 150:
        outside = _QUOTED.sub("", lower)
        phrase = _any_of("phrases", r"(?<!\w)", r"(?!\w)").search(outside)
        if phrase and (words <= 40 or "cookie" in outside or "privacy" in outside or "rights reserved" in outside):
            return Looks.CHROME
    if words_of.button(text) or words_of.labelled(text):
        return Looks.CHROME
    if words <= 45:
        last = _SENTENCE.split(text)
        if len(last) >= 2 and text[-1] not in ".?" and known(last[-1]) in ("button", "list"):
            return Looks.CHROME
    return Looks.REPORT


def photo_credit(text: str) -> int | None:
    """Where a picture's credit begins in a line ("… home. Photo: Courier/…"), or None."""
    text_from = len(text) - 300 if len(text) > 5000 else 0
    found = None
    pattern = _any_of("photo", r"(?:(?<=^)|(?<=[\s(\[|/.]))[(\[]?", r"(?:\s+(?:by|credit|von|de|di))?\s?(?::|/|©)\s?\S")
    signed = any(sign in text for sign in ":/©")  # most lines have none, and need no closer look
    for match in pattern.finditer(text, text_from) if signed else ():
        rest = text[match.end() - 1 :]
        before = text[: match.start()].rstrip()
        opens = not before or before[-1] in ".!?…\"'”’»)|/–—-" or match.group()[0] in "(["
        if opens and len(rest.split()) <= 10 and not re.search(r"[.!?]\s+\w+\s+\w+", rest):
            found = match.start()
            break
    if found is None and text_from == 0 and len(text.split()) <= 12:
        bare = re.match(r"(?:photos?|pictures?|images?|photographs?) (?:by|courtesy of|credit) \S", text, re.IGNORECASE)
        found = 0 if bare else None
    return found


def captioned(text: str) -> bool:
    """Whether a short line has the signs of a caption: who stands left, a file picture."""
    lower = text.casefold()
    return any(sign in lower for sign in _caption_signs())


@functools.cache
def _caption_signs() -> tuple[str, ...]:
    return tuple(str(sign).casefold() for sign in load("furniture")["caption_signs"])


def inline(text: str) -> int | None:
    """Where at the end of a paragraph something begins that is not the report ("… he said. Also read: …"), or None."""
    window = max(0, len(text) - 260)
    if ":" not in text[window:]:
        return None
    for match in re.finditer(r"(?:(?<=[.!?…”\"’»)])\s+|(?<=\s))[(\[]?(?=\w)", text[window:]):
        at = window + match.end()
        label, colon, rest = text[at : at + 120].partition(":")
        opening = text[at - 1] in "(["
        listed = label[:1].isupper() and len(label) <= 30 and fold(label) in _entries("lists")
        if listed and colon and rest.strip() and len(text) - at <= 200:
            return at - 1 if opening else at
    return None


def numbered_issue(text: str) -> bool:
    """Whether a line has the number of an issue beside something else ("A letter to members · Issue 12")."""
    return _VOLUME.search(text) is not None and len([p for p in _STRONG.split(text) if p]) > 1


def navigation(text: str) -> bool:
    """Whether a line is a menu of the site's sections, not a share bar."""
    items = [part for item in _STRONG.split(text) if item for part in _WIDE.split(item) if part]
    return len(items) >= 2 and any(known(item) == "section" for item in items)


def site(text: str) -> bool:
    """Whether every word of a line is one that sites have in their menus."""
    return looks(text) is not Looks.REPORT or all(known(word) for word in text.split())


def section(text: str) -> bool:
    """Whether a line is the name of a section of a site."""
    return known(text) == "section"


def outlet_like(name: str) -> bool:
    """Whether a short line reads like the name of a paper, an agency or a station."""
    bare = fold(name).removeprefix("the ")
    found = bare.split()
    if not found or len(found) > 9:
        return False
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", bare):
        return True
    return any(word in _entries("masthead", "outlets") for word in found) and name[:1].upper() == name[:1]


@functools.lru_cache(maxsize=512)
def _script(letter: str) -> str:
    try:
        return unicodedata.name(letter).split()[0]
    except ValueError:
        return "?"


def script_of(text: str) -> str | None:
    """The script that most letters of a text are in, as Unicode names it ("LATIN"); None without letters."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else None
    counts: dict[str, int] = {}
    for letter, number in Counter(text).items():  # in the order of the text
        if letter.isalpha():
            name = "LATIN" if letter < "\u0250" else _script(letter)
            counts[name] = counts.get(name, 0) + number
    return max(counts, key=lambda name: counts[name]) if counts else None
