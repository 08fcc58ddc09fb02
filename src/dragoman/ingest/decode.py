"""From bytes to text: which encoding they are in, and what is changed on the way.

Cheap checks that are certain come first (a byte order mark, valid UTF-8, the zeroes of UTF-16), then own checks for
what articles usually come in besides (Cyrillic and western code pages; these hold for short texts too), and last
charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

import charset_normalizer

_SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"{\\rtf",
)
_CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьі")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_NUL_PER = 1000  # one NUL in so many characters is an accident; more of them is another kind of file


class Undecodable(ValueError):  # noqa: N818
    """The bytes are no text, or in no encoding that is known; str() says which, for a person to read."""


@dataclass(slots=True)
class Decoded:
    """A text, the encoding it was in, and what had to be changed beyond newlines and a byte order mark."""

    text: str
    encoding: str
    notes: list[str] = field(default_factory=list)


def decode(data: bytes) -> Decoded:
    """The text in some bytes: newlines as \\n, no byte order mark, stray NULs as U+FFFD, nothing else changed.

    Raises Undecodable for binary data and for text in no known encoding.
    """
    if data.startswith(_MAGIC):
        raise Undecodable("binary, not text")
    found = _unicode(data)
    if found is None:
        if data[:_SAMPLE].count(0) or _mostly_controls(data[:_SAMPLE]):
            raise Undecodable("binary, not text")
        found = _code_page(data)
    if _mostly_controls(found.text[:_SAMPLE].encode("utf-8", "replace").replace(b"\0", b"")):
        raise Undecodable("binary, not text")
    text = found.text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    nuls = text.count("\0")
    if nuls:
        if nuls > max(3, len(text) // _NUL_PER):
            raise Undecodable("binary, not text")
        text = text.replace("\0", "\ufffd")
        found.notes.append(f"{nuls} NUL character{'s' if nuls > 1 else ''} replaced by U+FFFD")
    return Decoded(text, found.encoding, found.notes)


def _unicode(data: bytes) -> Decoded | None:
    """The text if the bytes are some form of Unicode, damaged in a few places perhaps; else None."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8":
                    break
                continue
    # UTF-16 may well be valid UTF-8 too: with a zero or a control character in every second place.
    wide = _without_mark(data)
    if wide is not None:
        return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(c > "\x7f" for c in text[:_SAMPLE]) - lost
    if 0 < lost <= max(1, len(text) // 2000) and whole >= 3 * lost:
        note = f"{lost} place{'s' if lost > 1 else ''} not valid UTF-8, replaced by U+FFFD"
        return Decoded(text, "utf-8", [note])
    return None


def _without_mark(data: bytes) -> Decoded | None:
    """The text if the bytes are UTF-16 or UTF-32 without a mark.

    Spaces and newlines tell, in any script: in UTF-16 they have their zero on one side always.
    """
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[: 4096 * 4]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if not (even or odd) or (sample.count(0) < 0.2 * len(sample) and not _mostly_controls(sample)):
        return None
    orders = ["utf-32-le", "utf-32-be"] if sample.count(0) > 0.45 * len(sample) and not len(data) % 4 else []
    orders += ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]
    for encoding in orders:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:2000]
        plain = sum(c.isalnum() or c.isspace() for c in head)
        blocks = {ord(c) >> 8 for c in head if c.isalpha()}
        if (
            plain >= 0.7 * len(head)
            and len(blocks) <= 4
            and "\0" not in head
            and (" " in head or "\n" in head or len(blocks) == 1)
        ):
            return Decoded(text, encoding)
    return None


def _mostly_controls(sample: bytes) -> bool:
    """Whether more than one byte in a hundred is a control character that no text has."""
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100


def _code_page(data: bytes) -> Decoded:
    """The text if the bytes are in one of the one-byte code pages, or in what charset-normalizer knows."""
    sample = data[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    letters = high + sum(map(sample.count, _ASCII_LETTERS))
    if high >= 0.3 * letters:
        encoding = _cyrillic(sample)
        if encoding:
            return Decoded(data.decode(encoding), encoding)
    if high < 0.5 * letters:
        encoding = _western(sample)
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            pass
    best = charset_normalizer.from_bytes(sample, steps=8, chunk_size=1024).best()
    if best is not None:
        try:
            return Decoded(data.decode(best.encoding), best.encoding.replace("_", "-"))
        except UnicodeDecodeError:
            pass
    raise Undecodable("neither text nor a known encoding")


_ASCII_LETTERS = [bytes([c]) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B))]


def _cyrillic(sample: bytes) -> str | None:
    """Which Cyrillic code page the bytes are in, by letters and case as Russian and Ukrainian have them; or None."""
    best, most = None, 0.0
    for encoding in _CYRILLIC:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        others = [c for c in text if c > "\x7f"]
        cyrillic = sum("\u0400" <= c <= "\u04ff" for c in others)
        frequent = sum(c in _FREQUENT for c in others)
        jumps = len(re.findall(r"[а-яёіїє][А-ЯЁІЇЄ]", text))
        score = (frequent + 0.3 * cyrillic - 2 * jumps) / len(others)
        if cyrillic >= 0.75 * len(others) and score > most:
            best, most = encoding, score
    return best if most >= 0.75 else None


def _western(sample: bytes) -> str:
    """The code page of a text in Latin letters: western, unless letters stand where western has signs."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return "cp1250" if sample.count(b"\x9d") + sample.count(b"\x8d") else "latin-1"
    if re.search(r"[a-zß-ÿ][³¹¿]|[³¿][a-z]|[a-z]œ[a-z]*\b.*ê", text):
        return "cp1250"
    icelandic = len(re.findall(r"[áéíóúæ]", text))
    if len(re.findall(r"[a-zü-ÿ][ðýþ]|[ðýþ][a-z]", text)) > icelandic:
        return "cp1254"
    return "cp1252"
