"""The brief as Markdown."""

from __future__ import annotations

import re

from dragoman.report import words
from dragoman.report.page import Brief, Line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: nothing in a quote becomes a link, a tag, a heading or a list."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words.flat(text))).replace("&", "&amp;")


def rendered(brief: Brief) -> str:
    """The brief as a Markdown page."""
    out = [f"# {escaped(brief.title)}", "", escaped(brief.subtitle)]
    if brief.caution:
        out += ["", f"*{escaped(brief.caution)}*"]
    for section in brief.sections:
        out += ["", f"## {section.title}"]
        for group in section.groups:
            out.append("")
            if group.title:
                out += [f"### {escaped(group.title)}", ""]
            if group.note:
                out += [escaped(group.note), ""]
            for line in group.lines:
                out += _line(line)
            if group.rest:
                out += ["", f"*{escaped(group.rest)}*"]
    if brief.documents:
        out += ["", "## Documents", ""]
        for line in brief.documents:
            notes = "".join(f" · {escaped(note)}" for note in line.notes)
            out.append(f"- {escaped(line.lead)} {escaped(line.text)}{notes}")
        if brief.documents_rest:
            out += ["", f"*{escaped(brief.documents_rest)}*"]
    return "\n".join(out) + "\n"


def _line(line: Line) -> list[str]:
    lead = f"**{escaped(line.lead)}**: " if line.lead else ""
    text = escaped(line.text)
    out = [f"- {lead}{text}"]
    if line.notes:
        out.append(f"  - {'; '.join(escaped(note) for note in line.notes)}")
    out += [f"  - **≠** {escaped(str(difference))}" for difference in line.differs]
    for cited in line.sources[: line.shown]:
        quote = "" if line.verbatim else f": “{escaped(words.short(cited.quote, 300))}”"
        out.append(rf"  - \[{cited.number}\] {escaped(cited.label)}{quote}")
    if line.numbers:
        out.append(
            "  - also "
            + " ".join(rf"\[{n}\]" for n in line.numbers)
            + (f" and {line.more:,} more" if line.more else "")
        )
    return out
