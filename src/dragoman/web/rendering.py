"""Templates into answers: what every page has, and how data becomes text that is safe to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.record import Citation, Date
from dragoman.report import signs
from dragoman.report import words as report_words
from dragoman.web import words
from dragoman.web.asked import Asked
from dragoman.web.keeping import Keeper
from dragoman.web.state import State

PAGES = (
    ("/", "Overview"),
    ("/encounters", "Encounters"),
    ("/positions", "Positions"),
    ("/agreements", "Agreements"),
    ("/statements", "Statements"),
    ("/people", "People"),
    ("/disagreements", "Disagreements"),
    ("/sources", "Sources"),
    ("/documents", "Documents"),
    ("/ask", "Ask"),
)
"""The pages in the order of the menu."""

THEMES = ("auto", "light", "dark")


def _finalize(value: Any) -> Any:
    """What every `{{ … }}` goes through before it is escaped: in text nothing hidden acts; None is nothing."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return words.visible(value)
    return "" if value is None else value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates' environment: everything is escaped."""
    made = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "when": report_words.when,
        "day": report_words.day,
        "days": words.days,
        "flat": report_words.flat,
        "short": report_words.short,
        "spelled": words.spelled,
        "issue": signs.issue,
        "link": words.link,
        "outward": words.outward,
        "number": lambda value: f"{value:,}",
        "quoted": lambda value: quote(value, safe=""),
    }
    made.globals |= {
        "pages": PAGES,
        "place": words.place,
        "cited": cited,
        "asked_of": asked_of,
        "plural": words.plural,
        "with_query": words.with_query,
        "span_of_time": report_words.span_of_time,
        "encounter": report_words.encounter,
        "signs": signs,
        "version": __version__,
    }
    return made


def prepare() -> None:
    """Compile the templates, else the first who looks at a page waits for that."""
    made = environment()
    for name in made.list_templates():
        made.get_template(name)


def cited(citations: Iterable[Citation], limit: int = 3) -> list[Citation]:
    """Of some citations the first of each document."""
    found: dict[str, Citation] = {}
    for one in citations:
        found.setdefault(one.document, one)
    return list(found.values())[:limit]


def asked_of(question: str, title: str) -> str:
    """A question without what it is about, on a page that is about it: "which round"."""
    about, found, rest = question.partition(": ")
    return rest if found and title and about.startswith(report_words.flat(title)) else question


def interval(date: Date | None) -> str:
    """A date in words."""
    return report_words.when(date)


def state_of(request: Request) -> State:
    """The state of the record to show."""
    keeper: Keeper = request.app.state.keeper
    return keeper.state()


def page(
    request: Request, template: str, state: State, asked: Asked | None = None, status: int = 200, **given: Any
) -> HTMLResponse:
    """A page of the app.

    Args:
        request: what was asked.
        template: a file of web/templates.
        state: of the record.
        asked: the parameters, for the notes on what of them was not understood.
        status: the HTTP status.
        given: what the template shows.
    """
    theme = request.cookies.get("dragoman_theme", "auto")
    path = request.url.path
    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=path,
            here=path + (f"?{request.url.query}" if request.url.query else ""),
            state=state,
            theme=theme if theme in THEMES else "auto",
            themes=THEMES,
            notices=asked.ignored if asked else [],
            locked=request.app.state.locked,
            **given,
        )
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status)


def listing(
    request: Request,
    template: str,
    state: State,
    asked: Asked,
    found: Sequence[Any],
    size: int,
    filters: Iterable[str],
    **given: Any,
) -> HTMLResponse:
    """A page of a list: the entries of the page that is asked for.

    Args:
        request: what was asked.
        template: a file of web/templates; it is given `found`, `total`, `number`, `size` and `query`.
        state: of the record.
        asked: the parameters.
        found: all that is listed.
        size: entries of a page.
        filters: the parameters that links to other pages of the list keep.
        given: what else the template shows.
    """
    number = asked.number("page", 1, 1, 10_000)
    shown: dict[str, Any] = {
        "found": found[(number - 1) * size : number * size],
        "total": len(found),
        "number": number,
        "size": size,
    }
    return page(request, template, state, asked, **shown, query=asked.given(*filters), **given)


def missing(request: Request, state: State, what: str) -> HTMLResponse:
    """A page that says that something is not in the record."""
    return page(request, "missing.html", state, status=404, what=what)
