"""Sets of issues as they are written: files read, extended and checked. The format is told in issues/general.yaml."""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LAST = "other"
"""Every set ends in it."""

_SET_KEYS = {"extends", "issues", "ignore", "keep", "without"}
_ISSUE_KEYS = {"covers", "everywhere", "scale", "start", "words", "together"}
_PAIR_KEYS = {"of", "and", "weight"}
_DEEPEST = 8


class IssueSetError(ValueError):
    """A set of issues that cannot be used; its text is one line that names the file."""


@dataclass(slots=True)
class RawPair:
    """Words that speak for an issue where one of each half stands in the same text."""

    one: list[str]
    other: list[str]
    weight: float


@dataclass(slots=True)
class RawIssue:
    """One issue as it is written: what it covers, its words with their weights, its pairs.

    `levels` has for each word how many files that extend one another lie below the one that lists it.
    """

    covers: str = ""
    everywhere: bool = False
    scale: float = 1.0
    start: float = 0.0
    words: dict[str, float] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    together: list[RawPair] = field(default_factory=list)


@dataclass(slots=True)
class RawIssues:
    """A set as it is written, with all that it extends.

    `digest` changes with the content of any of its files; `files` are those of them that are the user's.
    """

    issues: dict[str, RawIssue]
    ignore: list[str]
    digest: str
    files: list[Path] = field(default_factory=list)
    level: int = 0


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML in which a key that stands twice is an error: the later one would silently replace the earlier."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            if isinstance(key, Hashable):
                seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def shipped() -> list[str]:
    """The names of the sets that come with dragoman."""
    folder = importlib.resources.files("dragoman.extract.lexicon").joinpath("issues")
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def resolved(name: str) -> RawIssues:
    """A set with all that it extends.

    Args:
        name: of a set that comes with dragoman, or the path of a file.

    Raises:
        IssueSetError: there is no such set, or a file does not hold one.
    """
    return _resolved(name, None, 0)


def digest_of(name: str) -> str:
    """What changes with the content of a set: for one that comes with dragoman its name, as that is in the source.

    Raises:
        IssueSetError: there is no such set, or a file does not hold one.
    """
    return name if name in shipped() else resolved(name).digest


def _resolved(name: str, beside: Path | None, depth: int) -> RawIssues:
    content, place, folder = _content(name, beside)
    if depth > _DEEPEST:
        raise IssueSetError(f"{place}: it extends itself")
    data = _parsed(content, place)
    digest = hashlib.blake2b(content, digest_size=16)
    base = RawIssues({}, [], "")
    if data.get("extends") is not None:
        if not isinstance(data["extends"], str):
            raise IssueSetError(f"{place}: extends: the name of one set or file is wanted")
        base = _resolved(data["extends"], folder, depth + 1)
        base.level += 1
        digest.update(base.digest.encode())
    read_set(data, place, base)
    base.digest = digest.hexdigest()
    if folder is not None:
        base.files.append(Path(place))
    return base


def _content(name: str, beside: Path | None) -> tuple[bytes, str, Path | None]:
    """The bytes of a set, what it is called in messages, and the folder it lies in if it is the user's."""
    if name in shipped():
        folder = importlib.resources.files("dragoman.extract.lexicon").joinpath("issues")
        return folder.joinpath(f"{name}.yaml").read_bytes(), f"{name}.yaml", None
    path = Path(name)
    if beside is not None and not path.is_absolute():
        path = beside / path
    try:
        return path.read_bytes(), str(path), path.parent
    except FileNotFoundError:
        known = ", ".join(shipped())
        raise IssueSetError(f"{name}: neither a file nor a set of issues (there are {known})") from None
    except (OSError, ValueError) as error:
        raise IssueSetError(f"{name}: {getattr(error, 'strerror', None) or error}") from None


def _parsed(content: bytes, place: str) -> dict[str, Any]:
    try:
        data = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError:
        raise IssueSetError(f"{place}: not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise IssueSetError(f"{place}: not YAML: {line}{error.problem or 'it cannot be read'}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise IssueSetError(f"{place}: not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(data, dict):
        raise IssueSetError(f"{place}: not a set of issues: a mapping with the key issues is wanted")
    return data


def read_set(data: dict[str, Any], place: str, into: RawIssues) -> None:
    """Put a parsed file over what it extends.

    Args:
        data: the file's mapping.
        place: what the file is called in messages.
        into: the set that it extends, which is changed; an empty one if there is none.

    Raises:
        IssueSetError: something in it is not as it should be.
    """
    _only(data, _SET_KEYS, place)
    for name in _words(data.get("without") or [], f"{place}: without"):
        if name not in into.issues:
            raise IssueSetError(f"{place}: without: there is no issue {name} in what it extends")
        del into.issues[name]
    if data.get("keep") is not None:
        kept = _words(data["keep"], f"{place}: keep")
        for name in kept:
            if name not in into.issues:
                raise IssueSetError(f"{place}: keep: there is no issue {name} in what it extends")
        into.issues = {name: into.issues[name] for name in kept}
    issues = data.get("issues")
    if issues is None and into.issues:
        issues = {}
    if not isinstance(issues, dict) or not (issues or into.issues):
        raise IssueSetError(f"{place}: no issues: under the key issues a mapping of names is wanted")
    for name, value in issues.items():
        if not isinstance(name, str) or not name.strip():
            raise IssueSetError(f"{place}: issues: {name!r} is not a name (put it in quotes)")
        where = f"{place}: {name}"
        _read_issue(value, where, into.issues.setdefault(name.strip(), RawIssue()), into.level)
    into.ignore += _words(data.get("ignore") or [], f"{place}: ignore")
    into.issues[LAST] = into.issues.pop(LAST, RawIssue(covers="anything else"))


def _read_issue(value: Any, where: str, into: RawIssue, level: int) -> None:
    if value is None:
        return
    if isinstance(value, list):
        value = {"words": value}
    if not isinstance(value, dict):
        raise IssueSetError(f"{where}: a list of words, or a mapping with the key words, is wanted")
    _only(value, _ISSUE_KEYS, where)
    if not isinstance(value.get("covers", ""), str):
        raise IssueSetError(f"{where}: covers: text is wanted")
    if not isinstance(value.get("everywhere", False), bool):
        raise IssueSetError(f"{where}: everywhere: true or false is wanted")
    into.covers = value.get("covers", into.covers)
    into.everywhere = value.get("everywhere", into.everywhere)
    into.scale = number_of(value.get("scale", into.scale), f"{where}: scale")
    into.start = number_of(value.get("start", into.start), f"{where}: start")
    listed = value.get("words") or {}
    if not isinstance(listed, (dict, list)):
        raise IssueSetError(f"{where}: words: a list, or a mapping from weights to lists, is wanted")
    fresh: dict[str, float] = {}
    for weight, words in ({2: listed} if isinstance(listed, list) else listed).items():
        amount = number_of(weight, f"{where}: words")
        for word in _words(words, f"{where}: words"):
            if word in fresh:
                raise IssueSetError(f"{where}: {word!r} stands twice")
            fresh[word] = amount
    into.words.update(fresh)
    into.levels.update(dict.fromkeys(fresh, level))
    pairs = value.get("together") or []
    if not isinstance(pairs, list):
        raise IssueSetError(f"{where}: together: a list is wanted")
    for pair in pairs:
        if not isinstance(pair, dict) or not {"of", "and"} <= set(pair):
            raise IssueSetError(f"{where}: together: each entry has the keys of, and, weight")
        _only(pair, _PAIR_KEYS, f"{where}: together")
        one, other = (_words(pair[key], f"{where}: together: {key}") for key in ("of", "and"))
        into.together.append(RawPair(one, other, number_of(pair.get("weight", 2), f"{where}: together: weight")))


def _words(value: Any, where: str) -> list[str]:
    if not isinstance(value, list):
        raise IssueSetError(f"{where}: a list of words is wanted")
    for word in value:
        if not isinstance(word, str):
            raise IssueSetError(f"{where}: {word!r} is not a word (put it in quotes)")
        parts = word.split()
        if (
            not parts
            or parts[0].strip(".") == ""
            or parts[-1].strip(".") == ""
            or any(len(p.rstrip("*")) < 3 for p in parts if "*" in p)
        ):
            raise IssueSetError(f"{where}: {word!r} is not a word or phrase")
    return [" ".join(word.lower().split()) for word in value]


def number_of(value: Any, where: str) -> float:
    """A weight. Raises IssueSetError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -100 <= value <= 100:
        raise IssueSetError(f"{where}: {value!r} is not a weight (a number, 1 for a hint to 4)")
    return float(value)


def _only(data: dict[Any, Any], known: set[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise IssueSetError(f"{where}: unknown key {key!r} (there are {', '.join(sorted(known))})")
