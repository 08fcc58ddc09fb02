"""Word lists as data: one commented YAML file a subject, beside the code that reads it."""

from __future__ import annotations

import functools
import importlib.resources
from typing import Any

import yaml


@functools.cache
def load(name: str) -> Any:
    """The content of lexicon/NAME.yaml. Raises FileNotFoundError where there is none."""
    text = importlib.resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def words(name: str, key: str) -> frozenset[str]:
    """The words under one key of a lexicon, lower case."""
    return frozenset(str(w).lower() for w in load(name)[key])
