"""The brief as one HTML file that needs nothing else: no script, no font, no address to load from."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dragoman.report.page import Brief


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("dragoman.report", "templates"),
        autoescape=True,  # quotes come from anywhere
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html.j2")


def rendered(brief: Brief) -> str:
    """The brief as an HTML page; the words behind a line show on hover and on click."""
    return _template().render(brief=brief) + "\n"
