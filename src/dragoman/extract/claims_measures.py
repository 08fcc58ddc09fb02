"""How long an encounter took, which round it was, since when it was the first, and what came of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dragoman.extract.claims_frames import (
    AHEAD,
    BACK,
    NOT,
    UNREAL,
    any_of,
    claim_of,
    has,
    manner,
    sides_in,
    teller_of,
    times_of,
)
from dragoman.extract.claims_words import Report, Said
from dragoman.extract.findings import ClaimFound
from dragoman.extract.lexicon import load, words
from dragoman.extract.meeting_fields import minutes_of
from dragoman.extract.phrase_list import PhraseList, words_of
from dragoman.extract.time_words import number, times_in

_SINCE = re.compile(r"\bfirst\b[^.;!?]{0,90}?\b(?:since|after)\b(?P<when>[^.;!?]{2,120})", re.IGNORECASE)
_LAST = re.compile(
    r"(?:\b(?:not|never|n[’']t)\s+(?:\w+ )?(?:seen|met|spoken|talked|sat|been)\b[^.;!?]{0,60}?\bsince\b"
    r"|\blast\s+(?:met|saw|spoke|sat|talked|been)\b)(?P<when>[^.;!?]{2,80})",
    re.IGNORECASE,
)


@functools.cache
def _counted() -> re.Pattern[str]:
    nth = "|".join(sorted(map(re.escape, ordinals()), key=len, reverse=True))
    nouns = "|".join(sorted(words("claims", "rounds")))
    return re.compile(
        rf"\b(?P<n>{nth}|\d\d?(?:st|nd|rd|th))\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>{nouns})\b"
        rf"|\b(?:was|were|is|are|be|been)\s+(?:only |already |actually |in fact )?the\s+(?P<n2>{nth})\b"
        rf"(?!\s+(?:to|of the|in which|who|country|company|man|woman|person|state|largest|biggest|highest|time since))"
        rf"|(?:session|round|meeting|talks)\b[^.;]{{0,40}},\s+the\s+(?P<n3>{nth})\b",
        re.IGNORECASE,
    )


@functools.cache
def ordinals() -> dict[str, int]:
    """Ordinals with their numbers."""
    return {str(w).lower(): int(n) for w, n in load("meetings")["ordinals"].items() if int(n) > 0}


@functools.cache
def _lengths() -> re.Pattern[str]:
    n = r"(?:\d{1,3}|[a-z]+(?:-(?!hour|minute|day)[a-z]+)?)"
    return re.compile(
        rf"\b(?P<half>half an hour)\b|\b(?P<quarter>a quarter of an hour)\b|\b(?P<quarters>three quarters of an hour)\b"
        rf"|\b(?P<an>an hour)(?P<more> and a half)?\b|\b(?P<n>{n})(?P<and> and a half)?[-\s](?P<u>hour|minute|day)s?\b",
        re.IGNORECASE,
    )


@functools.cache
def _no_length(key: str) -> re.Pattern[str]:
    found = sorted((str(w) for w in load("differing")[key]), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in found) + r")\b", re.IGNORECASE)


def lasted(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """How long an encounter took: "after nine hours of talks", "it was over in twenty minutes"."""
    text = sentence.text
    before = report.sentences[sentence.at - 1] if sentence.at else None
    near = before if before is not None and before.paragraph == sentence.paragraph else None
    own = bool(sentence.words & words("claims", "encounter") - {"lasted"})
    short = len(text) < 110 and near is not None and has(near, "encounter")
    if not own and not short:
        return
    for found in _lengths().finditer(text):
        count = 30 if found["half"] else 15 if found["quarter"] else 45 if found["quarters"] else 0
        unit = "minutes"
        if found["an"]:
            count = 90 if found["more"] else 60
        if found["n"]:
            if found["u"].lower() == "day":
                count, unit = int(number(found["n"]) or 0), "days"
                if not re.search(
                    r"\bdays?\W+(?:of|from)\b|\b(?:after|for|took|lasted)\s+[\w-]+\s+days\b|-day\b",
                    text[max(0, found.start() - 10) : found.end() + 8],
                ):
                    continue
                if count > 14 or re.match(
                    r"\s*(?:of|without)\s+(?:quiet|shooting|truce|ceasefire|peace|strike)", text[found.end() :]
                ):
                    continue
            else:
                count = minutes_of(f"{found['n']} {found['u']}s") or 0
                count += 30 if count and found["and"] else 0
        if not count or (unit == "minutes" and count > 2400):
            continue
        word = re.search(r"[\w-]+\s*$", text[: found.start()])
        if (
            word
            and _no_length("no_length_before").fullmatch(word.group().strip())
            and not re.search(r"\bafter\s*$", text[: found.start()], re.IGNORECASE)
        ):
            continue
        if _no_length("no_length_after").match(text[found.end() :].lstrip()):
            continue
        if UNREAL.search(text[: found.start()]):
            continue
        claim = claim_of(
            report, sentence, "lasted", unit, sides_in(report, sentence) or (sides_in(report, near) if near else [])
        )
        claim.number = float(count)
        claim.question = "how long it lasted"
        about = set(claim.about)
        if near is not None and not own:
            about |= manner(near)
        claim.about = sorted(about)
        yield claim
        return


def rounds(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """Which of its kind an encounter is: "the fourth round", "met for the fifth time"."""
    text = sentence.text
    for found in _counted().finditer(text):
        word = (found["n"] or found["n2"] or found["n3"]).lower()
        count = ordinals().get(word) or int(re.sub(r"\D", "", word) or 0)
        noun = (found["noun"] or "").lower()
        if not count or count > 40:
            continue
        if noun == "time" and not re.search(r"\b(?:met|meet|sat|talked|spoke|gathered)\b", text[: found.start()]):
            continue
        if not noun and not re.search(r"\b(?:round|session|meeting|talks|sitting|encounter)\b", text, re.IGNORECASE):
            before = report.sentences[sentence.at - 1] if sentence.at else None
            if (
                before is None
                or before.paragraph != sentence.paragraph
                or not re.search(r"\b(?:round|session)\b", before.text)
            ):
                continue
        if count == 1 or re.search(r"\b(?:a|any|another)\s+$", text[: found.start()]):
            continue  # "a third round" is one to come; the first of them is rarely in doubt
        claim = claim_of(report, sentence, "round", None, sides_in(report, sentence))
        claim.number = float(count)
        claim.question = "which round it was"
        yield claim
        return


def since(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    """Since when it is the first: "their first meeting since May", "had not met since 2019"."""
    text = sentence.text
    for pattern, rule in ((_SINCE, "first"), (_LAST, "last")):
        found = pattern.search(text)
        if found is None:
            continue
        if rule == "first" and not re.search(
            r"\b(?:meeting|talks|contact|encounter|session|round|met|meet|saw|sat|spoke|together|visit|call|face)\b",
            text,
            re.IGNORECASE,
        ):
            continue
        time = next(iter(times_in(found["when"].split(", when")[0][:70])), None)
        if time is None:
            continue
        claim = claim_of(report, sentence, "since", None, sides_in(report, sentence))
        sort = {
            f"^sort:{q}"
            for q in re.findall(r"high-level|direct|official|ministerial|in person|face[- ]to[- ]face", text.lower())
        }
        claim.about = sorted({*(a for a in claim.about if not a.startswith("@=")), f"^since:{time.text}", *sort})
        claim.question = "when they had last met"
        yield claim
        return


def outcomes(report: Report) -> Iterator[ClaimFound]:
    """What talks, or what came of them, are called: by a verb, a noun, an adjective."""
    headline = report.headings()
    kinds: list[str] = list(load("claims")["outcomes"])
    index = _outcome_index()
    places = [(s.text, s.place, s) for s in report.sentences] + [(t, p, None) for t, p in headline]
    seen: set[tuple[str, str, object]] = set()
    for text, place, sentence in places:
        if sentence is not None and index.isdisjoint(sentence.words):
            continue
        low = text.lower()
        known = sentence.known if sentence is not None else words_of(low)
        for name in kinds:
            match = _outcome(name).search(low, known)
            if match is None:
                continue
            before = low[max(0, match.start() - 30) : match.start()]
            if (NOT.search(before) and not name.startswith("without")) or UNREAL.search(before) or AHEAD.search(before):
                continue
            if re.match(r"\s+to\b", low[match.end() :]):
                continue  # "failed to sign"
            if re.search(r"\bto\s+$", before) or AHEAD.search(low[match.end() : match.end() + 40]):
                continue  # "to compromise", "the success would depend on"
            what = _outcome_of(report, sentence, low, match)
            if what is None or (what == "deal" and name == "without result"):
                continue
            teller = teller_of(report, sentence) if sentence is not None else None
            if (what, name, teller) in seen:
                continue
            seen.add((what, name, teller))
            claim = ClaimFound("outcome", [], text, [place], unit=what, teller=teller, rule=name)
            claim.about = (
                sorted({f"@={t.text}" for t in times_in(text)}) if sentence is None else times_of(report, sentence)
            )
            claim.actors = sorted({report.side(a) for a in report.actors(place)})
            claim.question = "how the talks ended" if what == "talks" else "what the agreement is"
            yield claim
            break


def _outcome_of(report: Report, sentence: Said | None, low: str, match: re.Match[str]) -> str | None:
    """Whether an outcome is that of talks or of a deal; None where it is of neither."""
    before = low[: match.start()]
    if re.search(
        r"\b(?:earlier|previous|last|first|former|other)\s+(?:\w+\s+){0,2}(?:attempt|round|talks|deal|agreement)\b", low
    ):
        return None
    for key, name in (("dealt", "deal"), ("talked", "talks")):
        if any_of(key).search(before[-45:]) or any_of(key).search(low[match.end() : match.end() + 30]):
            return name
    if sentence is None:
        return "deal" if match.re is not None and re.search(r"surrender|betray|capitul|sell", low) else None
    if re.search(
        r"\b(?:it|that|this)\b[^.]{0,20}$|spoke of (?:a )?$|call(?:s|ed)? it (?:a )?$|\b(?:feel|feels|felt) $|"
        r"it (?:was|is) (?:a |an )?$",
        before,
    ):
        for other in [sentence, *report.before(sentence, BACK)]:
            for key, name in (("dealt", "deal"), ("talked", "talks")):
                if any_of(key).search(other.text):
                    return name
        lead = " ".join([*(t for t, _ in report.headings()), *(s.text for s in report.sentences[:3])])
        return next((name for key, name in (("dealt", "deal"), ("talked", "talks")) if any_of(key).search(lead)), None)
    return None


@functools.cache
def _outcome(name: str) -> PhraseList:
    found = sorted((str(w).lower() for w in load("claims")["outcomes"][name]), key=len, reverse=True)
    return PhraseList([re.escape(w).replace(r"\ ", r"\s+") for w in found], before=r"\b", after=r"\b")


@functools.cache
def _outcome_index() -> frozenset[str]:
    return frozenset(
        re.split(r"[ -]", str(w).lower())[0] for group in load("claims")["outcomes"].values() for w in group
    )
