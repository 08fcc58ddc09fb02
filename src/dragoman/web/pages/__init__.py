"""The pages: a module each, with a `router` that the app includes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from fastapi import APIRouter

MODULES = (
    *("overview", "documents", "encounters", "statements", "people", "disagreements", "sources", "positions"),
    *("agreements", "ask", "downloads", "api"),
)
"""The modules of this package that have pages."""


def routers() -> Iterator[APIRouter]:
    """The routers of all pages."""
    for name in MODULES:
        yield import_module(f"dragoman.web.pages.{name}").router
