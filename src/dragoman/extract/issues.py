"""What a negotiation is about: sets of issues, and which of them some words belong to.

A set is a YAML file: for each issue its words and phrases with their weights (the format is described in
lexicon/issues/general.yaml). Words of a text are matched by their stems, so that "tariff" is found in "tariffs" and
"withdraw" in "withdrawing"; where phrases overlap, the longest one counts and the words within it do not. What a
stand's own words say weighs most; what stands around it, and what the page is about, decide where they say little.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.extract import DEFAULT_ISSUES, issue_model
from dragoman.extract.issue_model import IssueModel
from dragoman.extract.issue_sets import IssueSetError, RawIssues, resolved
from dragoman.extract.issue_words import Matcher, tokens_of

OTHER = "other"
"""Where everything goes that fits no issue of the set."""

AROUND = 0.5
"""What a word around the stand counts, of what it counts in it."""

PAGE = 3.0
"""What a page that is about one issue alone adds to that issue."""

FADING = 0.5
"""What each further match of an issue counts, of the one before: three weak hints are not as good as a plain word."""

FLOOR = 0.5
"""Below this sum nothing is said of any issue."""

EVERYWHERE_AROUND, EVERYWHERE_ON_PAGE = 0.7, 0.25
"""What a procedural issue's words count around a stand and on its page: every page is full of talks and meetings."""

LEXICON, NEAR, ON_PAGE = 0.3, 0.3, 2.0
"""What the lexicon's scores add to what the model says: those of the stand, and the shares of these that scores around
it and of the page have. The model has seen few words, the lexicon has more; found by tools/train_issues.py."""

SURE = math.log(0.5)
"""How likely the model must find an issue of which the lexicon finds nothing."""

REMEMBERED = 200
"""Texts whose scores are kept."""


@dataclass(slots=True)
class Issues:
    """A set of issues, ready to classify. Made by `issues_of`."""

    name: str
    issues: list[str]
    covers: dict[str, str]
    digest: str
    _matcher: Matcher
    _everywhere: frozenset[str]
    _scales: dict[str, float]
    _starts: dict[str, float]
    _learned: bool
    _places: dict[str, int]
    _pages: dict[str, dict[str, float]] = field(default_factory=dict)
    _scored: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(
        self,
        words: str,
        around: str = "",
        page: Mapping[str, float] | None = None,
        model: IssueModel | None = None,
    ) -> str:
        """The issue that words belong to.

        With the set `general`, as it comes with dragoman, a model has its say too (issue_model.py); any other set goes
        by its words alone.

        Args:
            words: the stand's own words.
            around: what stands about them (the paragraph), which counts for less.
            page: what the page is about, from `prior`; counts where neither says much.
            model: what weighs besides the words; None for the one that comes with dragoman, where it knows this set.
        """
        page = page or {}
        if model is None:
            if not self._learned:
                return self.by_words(words, around, page)
            model = issue_model.load()
        if model.issues != self.issues:
            return self.by_words(words, around, page)
        first = self.by_words(words, around, page)
        own, near = self.scores(words), self.scores(around)
        sums = model.likely(words, around, own, near, page, first)
        if first == OTHER and sums.max() < SURE:
            return OTHER
        for scores, share in ((own, 1.0), (near, NEAR), (page, ON_PAGE)):
            for issue, score in scores.items():
                if issue in self._scales and issue != OTHER:
                    sums[self._places[issue]] += LEXICON * share * score
        return self.issues[int(sums.argmax())]

    def by_words(self, words: str, around: str, page: Mapping[str, float]) -> str:
        """The issue that the words of the set tell, without the model; the arguments are those of `of`."""
        total = dict(self._starts)
        for issue, score in self.scores(words).items():
            total[issue] = total.get(issue, 0.0) + score
        if around:
            for issue, score in self.scores(around).items():
                total[issue] = total.get(issue, 0.0) + score * AROUND * (
                    EVERYWHERE_AROUND if issue in self._everywhere else 1.0
                )
        for issue, share in page.items():
            if issue in self._scales:
                total[issue] = total.get(issue, 0.0) + share * PAGE
        total.pop(OTHER, None)
        best = max(total, key=lambda issue: (total[issue], issue), default=OTHER)
        return best if total.get(best, 0.0) - self._starts.get(best, 0.0) >= FLOOR else OTHER

    def scores(self, words: str) -> dict[str, float]:
        """How strongly words speak for each issue: some 1 for a hint, 3 and more for a plain word; no entry for 0."""
        known = self._scored.get(words)  # a paragraph stands around each of its stands
        if known is None:
            found = self._matcher.weights(tokens_of(words))
            known = {issue: _faded(weights) * self._scales[issue] for issue, weights in found.items()}
            if len(self._scored) >= REMEMBERED:
                self._scored.clear()
            self._scored[words] = known
        return dict(known)

    def is_everywhere(self, issue: str) -> bool:
        """Whether an issue is one of procedure, of which every page has words."""
        return issue in self._everywhere

    def prior(self, text: str) -> dict[str, float]:
        """What a whole page is about: shares of its issues, adding up to 1 at most; for `of`.

        Procedural issues count little in it: every page is full of meetings. The last page is remembered.
        """
        if text not in self._pages:
            sums = {
                issue: sum(weights) * self._scales[issue] * (EVERYWHERE_ON_PAGE if issue in self._everywhere else 1.0)
                for issue, weights in self._matcher.weights(tokens_of(text)).items()
                if issue != OTHER
            }
            total = max(sum(sums.values()), 10.0)  # a few hints on a page are not yet what it is about
            self._pages.clear()
            self._pages[text] = {issue: value / total for issue, value in sums.items()}
        return self._pages[text]


def _faded(weights: list[float]) -> float:
    """The sum of weights, each further one counting less."""
    total, factor = 0.0, 1.0
    for weight in sorted(weights, reverse=True):
        total += weight * factor
        factor *= FADING
    return total


_made: dict[str, tuple[list[tuple[Path, int, int]], Issues]] = {}


def issues_of(name: str) -> Issues:
    """The set of this name, or the set in the file at this path; made once, and anew when a file of it has changed.

    Raises:
        IssueSetError: there is no such set, or the file does not hold one; one line that names the file.
    """
    if name in _made:
        stamps, issues = _made[name]
        if stamps == _stamps([path for path, _, _ in stamps]):
            return issues
    raw = resolved(name)
    issues = _compiled(name, raw)
    _made[name] = _stamps(raw.files), issues
    return issues


def _stamps(files: list[Path]) -> list[tuple[Path, int, int]]:
    """What changes when a file is written: its time and its size."""
    found = []
    for path in files:
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path, status.st_mtime_ns, status.st_size))
    return found


def _compiled(name: str, raw: RawIssues) -> Issues:
    return Issues(
        name=name,
        issues=list(raw.issues),
        covers={issue: entry.covers for issue, entry in raw.issues.items()},
        digest=raw.digest,
        _matcher=Matcher(raw),
        _everywhere=frozenset(issue for issue, entry in raw.issues.items() if entry.everywhere),
        _scales={issue: entry.scale for issue, entry in raw.issues.items()},
        _starts={issue: entry.start for issue, entry in raw.issues.items() if entry.start},
        _learned=name == DEFAULT_ISSUES,
        _places={issue: place for place, issue in enumerate(raw.issues)},
    )


__all__ = ["DEFAULT_ISSUES", "OTHER", "IssueSetError", "Issues", "issues_of"]
