"""The web app: routes over one record, behind the guards of `dragoman.web.security`."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.library import open_record
from dragoman.web import pages
from dragoman.web.keeping import Keeper, NotReadyError
from dragoman.web.rendering import THEMES, environment, missing, prepare, state_of
from dragoman.web.security import KnownHosts, Password, SameSite, SecurityHeaders, form, inside

STATIC = Path(__file__).with_name("static")
YEAR = 365 * 24 * 3600
SOON = 2
"""Seconds after which a page that cannot be shown yet is asked for again."""


def create_app(place: str | Path, password: str | None = None, hosts: Iterable[str] = ()) -> FastAPI:
    """The app over a record.

    Args:
        place: the record; it must be there.
        password: what a user must know; None for nothing.
        hosts: the names under which it may be asked for; none for any.

    Raises:
        RecordError: the record cannot be used.
    """
    record = open_record(place)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=_warm, args=(app,), daemon=True).start()
        yield
        app.state.keeper.close()
        record.close()

    app = FastAPI(
        title="dragoman",
        version=__version__,
        description="A negotiation's record: dragoman-record/1, read-only, each entry with the words behind it.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=lifespan,
    )
    app.state.keeper = Keeper(record)
    app.state.record = record
    app.state.locked = password is not None
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in pages.routers():
        app.include_router(router)
    app.add_api_route("/login", _login, methods=["GET"], include_in_schema=False, response_model=None)
    app.add_api_route("/theme", _theme, methods=["POST"], include_in_schema=False, response_model=None)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(NotReadyError, _not_ready)
    # The last one added is the first that sees a request.
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    if password is not None:
        app.add_middleware(Password, password=password)
    app.add_middleware(SameSite)
    app.add_middleware(KnownHosts, hosts=tuple(hosts))
    app.add_middleware(SecurityHeaders)
    return app


def _warm(app: FastAPI) -> None:
    """What else the first who asks would wait for."""
    prepare()
    app.openapi()
    with contextlib.suppress(Exception):  # a request will say what is wrong
        app.state.keeper.state().warm()


def _not_ready(request: Request, error: Exception) -> Response:
    """A large record is still being gone through."""
    assert isinstance(error, NotReadyError)
    headers = {"Retry-After": str(SOON)}
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": str(error), "done": error.done, "total": error.total}, 503, headers)
    html = environment().get_template("loading.html").render(error=error, soon=SOON)
    return HTMLResponse(html.encode("utf-8", "replace"), 503, headers)


def _login(request: Request) -> Response:
    address = inside(request.query_params.get("next"))
    html = environment().get_template("login.html").render(next=address, wrong="wrong" in request.query_params)
    return HTMLResponse(html)


async def _theme(request: Request) -> Response:
    given = await form(request.receive)
    theme = given.get("theme", ["auto"])[0]
    answer = RedirectResponse(inside(given.get("next", ["/"])[0]), 303)
    if theme in THEMES:
        answer.set_cookie("dragoman_theme", theme, max_age=YEAR, httponly=True, samesite="lax")
    return answer


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith(("/api/", "/static/")):
        return JSONResponse({"detail": str(error.detail)}, error.status_code)
    if error.status_code == 404:
        return missing(request, state_of(request), "There is no such page.")
    return HTMLResponse(f"<!doctype html><title>{error.status_code}</title><p>{error.status_code}", error.status_code)
