"""Who a report is by, from where, after whom: byline, dateline, date lines, names of outlets, credited agencies."""

from __future__ import annotations

import functools
import re

from dragoman.extract.layout_chrome import fold, outlet_like
from dragoman.extract.lexicon import load


def _any_of(key: str, lexicon: str = "furniture") -> str:
    """The words under a key as one group of a pattern, longest first."""
    found = load(lexicon)[key]
    words = {str(w) for group in found for w in (group if isinstance(group, list) else [group])}
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})"


_MONTH, _DAY = _any_of("months"), _any_of("days")
_DATE_WORDS = re.compile(rf"(?:\b(?:{_MONTH}|{_DAY}|{_any_of('date_words')})\b|[\d\W_])+", re.IGNORECASE)
_HAS_DATE = re.compile(rf"\b\d{{1,2}}[./:-]\d{{1,2}}\b|\b{_MONTH}\b|\b{_DAY}\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_OPENS_DATED = re.compile(
    rf"\d{{1,2}}\.?\s{_MONTH}\.?,?\s\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}",
    re.IGNORECASE,
)

_PLACE = r"[A-ZÀ-ÖØ-Þ][\w'’.\-À-ÿ]*(?:[ -][A-ZÀ-ÖØ-Þ][\w'’.\-À-ÿ]*){0,3}"
_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-]+(?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-]*){0,3}"
_WHEN = rf"(?:{_MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTH}\.?)(?:,?\s\d{{4}})?"
_AGENCY = r"\((?P<agency>[^()\n]{2,40})\)"
_DATELINE = re.compile(
    rf"(?:\*\*|__|\*|\()?(?:(?P<upper>{_UPPER})|(?P<mixed>{_PLACE}))(?P<region>(?:,\s?(?!{_MONTH}\b){_PLACE})?)"
    rf"(?P<when>(?:,?\s(?i:{_WHEN}))?),?(?:\s?{_AGENCY})?\)?\.?(?:\*\*|__|\*)?(?P<dash>\s?[—–―]\s?|\s-{{1,2}}\s|:\s)"
)
_BYLINE = re.compile(rf"^[*_]{{0,2}}{_any_of('bylines')}\s", re.IGNORECASE)
_RUBRIC = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’&-]*[ :,|–-]+){1,6}(?:by|By|BY) (?=[A-ZÀ-Þ])|"
    r"(?i:posted|filed|published|exclusive|analysis|opinion|comment|column|essay|report) (?:by|By|BY) (?=[A-ZÀ-Þ])"
)
_FROM = re.compile(
    r"^from (?:our|a) .{0,30}correspondent|^(?:our|special) correspondents?\b|^staff reporters?\b|"
    r".{3,40}, (?:our )?(?:staff )?(?:special )?(?:reporter|correspondent|staff writer)\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’À-ÿ-]+(?: [A-ZÀ-Þ]\.?)?(?: (?:von|van|de|del|der|al|bin|da|di))?(?: [A-ZÀ-Þ][\w'’À-ÿ-]+){1,2}$"
)


_FULL_DATE = rf"(?:(?:{_DAY}),?\s)?(?:\d{{1,2}}\.?\s{_MONTH}\.?,?\s\d{{4}}|{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}})"
_ENDS_DATED = re.compile(rf"[,|·–—-]\s*{_FULL_DATE}(?:,?\s(?:at\s)?\d{{1,2}}[.:h]\d\d\s?\w{{0,4}})?$", re.IGNORECASE)


def ends_dated(text: str) -> bool:
    """Whether a short line ends with a full date after a comma or a dash ("The Weekly, 3 May 2031")."""
    return len(text) <= 110 and _ENDS_DATED.search(text) is not None


def _name_and_date(text: str) -> bool:
    """Whether a line is a writer's or a place's name and a date, and nothing else."""
    match = _ENDS_DATED.search(text)
    return match is not None and re.fullmatch(rf"{_PLACE}", text[: match.start()].strip()) is not None


def date_line(text: str) -> bool:
    """Whether a line is a date or a time and nothing else, in some of the ways that pages write them."""
    return len(text) <= 90 and bool(_HAS_DATE.search(text)) and _DATE_WORDS.fullmatch(text) is not None


def byline(text: str) -> bool:
    """Whether a short line says who wrote the report."""
    if len(text) > 120 or len(text.split()) > 14:
        return False
    match = _BYLINE.match(text) or _RUBRIC.match(text)
    if match:
        rest = text[match.end() :].lstrip("*_ ")
        named = re.match(r"[A-ZÀ-Þ][\w'’.-]{2,}", rest) is not None
        ours = re.match(r"(?:[Oo]ur|[Tt]he|[Ss]taff|[Aa] [a-z]+) ", rest) is not None
        return (named or ours) and fold(rest) not in _nobody() and not re.search(r"[.!?]$", rest.rstrip("*_"))
    return _FROM.match(text) is not None


def slug(text: str) -> bool:
    """Whether a line is the slug of a wire report ("TALKS-NORTH/SOUTH (UPDATE 2)")."""
    return re.fullmatch(r"[A-Z][A-Z-]+(?:/[A-Z-]+)+(?: \([\w ]+\))?", text) is not None


def parts(text: str) -> list[tuple[int, int]]:
    """What stands between the separators of a line, as spans of it."""
    return [m.span() for m in re.finditer(r"(?:(?!\s*[|·•»]|\s/\s| {2}|\t).)+", text) if m.group().strip()]


def writer(text: str) -> tuple[int, int] | None:
    """Where in a line the writer is named: all of it, or what stands between separators ("3 May | by …"); or None."""
    for start, end in parts(text) if len(text) <= 200 else ():
        piece = text[start:end]
        if byline(piece.strip()):
            return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    return None


def dated(text: str) -> bool:
    """Whether a short line is about when and by whom something was written, not what."""
    if date_line(text) or writer(text) is not None or (_name_and_date(text) and not outlet_like(text)):
        return True
    return len(text.split()) <= 8 and _OPENS_DATED.match(text) is not None


def person(text: str) -> bool:
    """Whether a line is two or three capitalised words, as the name of a writer is."""
    return _PERSON.match(text) is not None and not outlet_like(text)


@functools.cache
def _nobody() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in load("furniture")["nobody"])


def nameless_post(text: str) -> bool:
    """Whether a line says that nobody in particular posted it ("Posted by: Staff")."""
    match = re.match(r"(?:posted |published |written )?by:? (.+)", text, re.IGNORECASE)
    return match is not None and fold(re.split(r"\||·|\s{2,}", match.group(1))[0]) in _nobody()


def dateline(text: str) -> tuple[int, int, str | None] | None:
    """The place at the head of a report ("VIENNA, July 1 (CPA) — …") as (start, end, agency), or None."""
    match = _DATELINE.match(text[:140])
    if match is None:
        return None
    agency = match["agency"]
    dash = match["dash"].strip()
    name = "upper" if match["upper"] else "mixed"
    place = match[name]
    if name == "mixed" or dash == ":":
        # Mixed case ("Perhaps – …") and a colon ("TARN: We …") are ambiguous: something else must say so.
        if not (agency or match["when"]) and not (dash != ":" and len(place.split()) <= 2 and match["region"]):
            return None
    elif len(place) < 3 and not (agency or match["when"]):
        return None
    return match.start(name), match.end(name), agency


# -- credits ----------------------------------------------------------------------------------------------------------


_CREDIT = re.compile(
    rf"^[-–—(\[*_]*\s*(?:{_any_of('credit_openers', 'outlets')}\s*:?|{_any_of('credit_labels', 'outlets')}\s*:)\s+",
    re.IGNORECASE,
)
_STOP = re.compile(rf"\W*\b{_any_of('credit_stops', 'outlets')}\b", re.IGNORECASE)


@functools.cache
def _agency_words() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in load("outlets")["agency"])


_ACRONYM = re.compile(r"\b[A-ZÀ-ÞА-Я]{2,6}\b|\b[A-Z][A-Za-z]*[A-Z]\b")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")


def credit_line(text: str) -> list[str] | None:
    """The outlets that a line credits ("Sources: ntv.de, AFP"); None if it is no such line.

    A credit names where the report comes from. People who reported or edited it are left out.
    """
    if len(text) > 300:
        return None
    match = _CREDIT.match(text)
    if match is None:
        return None
    rest = _STOP.split(text[match.end() :], maxsplit=1)[0].strip(" .;)]*_")
    if not rest or len(rest.split()) > 25:
        return None
    strict = re.match(r"\W*(?:additional )?report", text, re.IGNORECASE) is not None
    names: list[str] = []
    for piece in re.split(r"\s*[,;/|]\s*|\s+(?:and|und|et|y|e|en|och|og|i|и|та|ve|&|و)\s+", rest):
        name = _name(piece, strict)
        if name and name not in names:
            names.append(name)
    return names


def _name(piece: str, strict: bool) -> str | None:
    """The outlet in a piece of a credit, or None if it names a person or nothing."""
    piece = piece.strip(" .()[]*_\"'“”«»")
    piece = re.sub(r"^(?:the|by|from|le|la|der|die|das) (?=\w)", "", piece, flags=re.IGNORECASE)
    piece = re.sub(r"\s+(?:in|bureaus?|correspondents?|staff|desks?|newsrooms?|reporters?|archives?)\b.*$", "", piece)
    if not piece or len(piece.split()) > 6:
        return None
    if _DOMAIN.fullmatch(piece):
        return piece
    agency = bool(_ACRONYM.search(piece)) or any(word in _agency_words() for word in fold(piece).split())
    if agency or (not strict and piece[0].isupper() and not piece[0].isdigit()):
        return piece
    return None


def stands_for(name: str, acronym: str) -> bool:
    """Whether an acronym is made of the first letters of a name: "CPA" of "Continental Press Agency"."""
    return len(acronym) >= 2 and "".join(word[0] for word in name.split() if word[0].isupper()) == acronym
