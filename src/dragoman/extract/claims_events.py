"""What a report tells of an encounter that others may tell otherwise: who asked for it, who led, who ended it, who was
there, how long it took, which round it was, since when it was the first, and what came of it.

These are told in a few set frames ("at the request of …", "was headed by …", "after nine hours of …"), so words are
looked for first, and who is meant by where he stands next to them: a parser often misses the subject of such a clause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator

from dragoman.extract.claims_frames import (
    AHEAD,
    NOT,
    UNREAL,
    any_of,
    claim_of,
    has,
    people_in,
    side_after,
    side_before,
    side_in,
)
from dragoman.extract.claims_measures import lasted, ordinals, outcomes, rounds, since
from dragoman.extract.claims_words import Report, Said
from dragoman.extract.findings import ClaimFound
from dragoman.extract.lexicon import words

_ASKED = re.compile(
    r"\b(?:asked (?P<to>to (?:meet|see|talk|speak|sit down|move|postpone|delay|put|stop))|asked for|requested|"
    r"initiated|sought|begged for|pleaded for|pressed for|wanted|suggested|proposed|"
    r"asks (?:to move|for)|had called for)\b"
    r"(?P<rest>.{0,60})",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(
    r"\b(?:requested|asked for|initiated|sought|proposed|suggested|instigated|wanted) by\b", re.IGNORECASE
)
_CAME_FROM = re.compile(
    r"\b(?:initiative|request|idea|suggestion|proposal|wish|invitation)\b.{0,30}?\b(?:came|comes|was|had come) from\b",
    re.IGNORECASE,
)
_CLEFT_CALL = re.compile(
    r"\bit (?:was|is)\s+(?P<who>.{2,60}?)\s+(?:who|that|which) (?:had )?"
    r"(?:rung|rang|called|phoned|telephoned|dialled|picked up)\b",
    re.IGNORECASE,
)
_CLEFT_INVITED = re.compile(
    r"\bit (?:was|is)\s+(?P<who>.{2,60}?)\s+(?:who|that|which) (?:had )?(?:invited|summoned|sent for)\b", re.IGNORECASE
)
_FOR_WHICH = re.compile(r"\bfor which (?P<who>.{2,40}?) (?:had |has )?asked\b", re.IGNORECASE)
_KNOCKED = re.compile(r"\bknocked (?:on|at) the door\b|\bcame begging\b", re.IGNORECASE)
_LED_BY = re.compile(r"\b(?:headed|led|chaired|represented)\b[^.;:,]{0,30}? by\b|\bdelegation under\b", re.IGNORECASE)
_HEAD_OF = re.compile(
    r"\bat the head of\b.{0,60}?\b(?:team|delegation|side|negotiators)\b\s*(?:sat|stood|was|is|were)\b", re.IGNORECASE
)
_ROLE_WAS = re.compile(
    r"\b(?:head|leader|chief) of\b.{0,40}?\b(?:delegation|team|side|negotiators)\b\s*(?:was|is|were)\b", re.IGNORECASE
)
_FACED = re.compile(
    r"\b(?:(?:who|that) sat (?:across|opposite)(?: from)? .{3,90}?\b(?:was|is)|counterpart (?:was|is)|"
    r"opposite (?:him|her|them) sat)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(r"\b(?:delegation|team|negotiators|side)\b", re.IGNORECASE)


@functools.cache
def _led() -> re.Pattern[str]:
    verbs, team = ("|".join(sorted(words("claims", k))) for k in ("leading", "team"))
    return re.compile(
        rf"\b(?P<verb>{verbs})\b\s+(?:(?:the|its|their|his|her|our|a)\s+)?(?:[^\s,.;:]+\s+){{0,4}}?(?:{team})\b"
        rf"|\b(?P<for>{verbs}|spoke|negotiates|negotiating|negotiated|speaks) for\b|\b(?:led|headed) them\b",
        re.IGNORECASE,
    )


@functools.cache
def _triggers() -> dict[str, frozenset[str]]:
    """For each kind of question the words of which a sentence must have one; most have none."""

    def heads(*keys: str) -> frozenset[str]:
        return frozenset(p.split()[0].split("'")[0] for key in keys for p in words("claims", key))

    return {
        "asked": words("claims", "wishing")
        | {"asked", "requested", "initiated", "sought", "begged", "pleaded", "pressed", "wanted", "asks", "suggested"}
        | {
            "proposed",
            "mutual",
            "joint",
            "rung",
            "rang",
            "phoned",
            "telephoned",
            "invited",
            "knocked",
            "idea",
            "common",
        },
        "led": words("claims", "leading")
        | {"head", "sat", "counterpart", "leader", "opposite", "delegation", "speaks", "spoke"},
        "ended": heads("ending", "ended_by"),
        "came": heads("was_there", "was_not_there"),
        "lasted": frozenset({"hour", "hours", "minutes", "minute", "days", "day"}),
        "round": frozenset(ordinals()) | {"th"},
        "since": frozenset({"first", "last", "since"}),
    }


def events(report: Report) -> Iterator[ClaimFound]:
    """What a report tells of encounters, in its order; one claim for each sentence and kind of question.

    Args:
        report: its sentences with who says them.
    """
    yield from _by_rules(report, _RULES)
    yield from outcomes(report)


def _by_rules(report: Report, kinds: Iterable[str]) -> Iterator[ClaimFound]:
    triggers = _triggers()
    rules = [(triggers[kind], _RULES[kind]) for kind in kinds]
    for sentence in report.sentences:
        words_ = sentence.words
        for trigger, rule in rules:
            if not trigger.isdisjoint(words_):
                yield from rule(report, sentence)


def _asked(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    if any_of("joint").search(text, sentence.known):
        yield claim_of(report, sentence, "asked", _matter(text, report, sentence), [])
        return
    who: int | None = None
    at: re.Match[str] | None = None
    for match in _ASKED.finditer(text):
        rest = match["rest"]
        if not match["to"] and not _wanted_thing(rest):
            continue
        if _ASKED_BY.match(text, match.start()) or re.match(r"\s*by\b", rest):
            continue
        who = side_before(report, sentence, match.start())
        at = match
        break
    else:
        for pattern in (_CLEFT_CALL, _CLEFT_INVITED, _FOR_WHICH):
            found = pattern.search(text)
            if found is not None:
                who, at = side_in(report, sentence, found.start("who"), found.end("who")), found
                break
        else:
            found = _ASKED_BY.search(text) or _CAME_FROM.search(text)
            if found is not None and (_wanted_thing(text[: found.start()]) or _CAME_FROM.match(found.group())):
                who, at = side_after(report, sentence, found.end()), found
            else:
                wish = next((t for t in sentence.span if t.lower_ in words("claims", "wishing")), None)
                if wish is None:
                    found = _KNOCKED.search(text)
                    if found is None:
                        return
                    who, at = side_before(report, sentence, found.start()), found
                else:
                    start = sentence.block.at(wish)[0] - sentence.place[0]
                    found = re.match(rf"{re.escape(wish.text)}\s+(?:of|from|by)\s+", text[start:])
                    ahead = re.search(
                        r"\b(?:at|on|upon|by)\s+(?P<who>[^,;.]{2,60}?)['’]s?\s+(?:own |express |urgent )?$",
                        text[:start],
                    )
                    plain = re.search(r"\b(?:at|on|upon|by)\s+(?:the )?(?:[\w-]+ )?$", text[:start])
                    if found is not None and plain is not None:
                        who = side_after(report, sentence, start + found.end())
                    elif ahead is not None:
                        who = side_in(report, sentence, ahead.start("who"), ahead.end("who"))
                    wish_at = re.compile(re.escape(wish.text)).match(text, start)
                    if wish_at is None or not (has(sentence, "encounter") or any_of("delays").search(text)):
                        return
                    at = wish_at
    if who is None or at is None:
        return
    if UNREAL.search(text[: at.start()]):
        return
    denied = bool(NOT.search(text[max(0, at.start() - 40) : at.start()]))
    yield claim_of(report, sentence, "asked", _matter(text, report, sentence), [who], denied=denied)


def _wanted_thing(rest: str) -> bool:
    return (
        any(any_of(key).search(rest) is not None for key in ("delays", "breaks"))
        or re.search(
            r"\b(?:meeting|talks|round|session|call|conversation|consultations?|encounter|contact|interview)\b", rest
        )
        is not None
    )


def _matter(text: str, report: Report, sentence: Said) -> str:
    """What was asked for: another day, a break, a call, or to meet."""
    if any_of("breaks").search(text, sentence.known):
        return "break"
    before = report.sentences[sentence.at - 1] if sentence.at else None
    near = text + (" " + before.text if before is not None and before.paragraph == sentence.paragraph else "")
    if any_of("delays").search(text, sentence.known) or (len(text) < 120 and any_of("delays").search(near)):
        return "delay"
    if any_of("by_phone").search(text, sentence.known):
        return "call"
    return "meeting"


def _leads(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    people: list[int] = []
    for match in _LED_BY.finditer(text):
        if not (has(sentence, "team") or "delegation" in text.lower()):
            continue
        people += people_in(report, sentence, match.end(), match.end() + 110)[:2]
    for pattern in (_HEAD_OF, _ROLE_WAS, _FACED):
        found = pattern.search(text)
        if found is None:
            continue
        after = text[found.end() : found.end() + 12].lower()
        named = people_in(report, sentence, found.end(), found.end() + 110)
        if " not " in f" {after}" and len(named) > 1:
            named = named[1:]
        people += named[:1]
    if not people:
        for match in _led().finditer(text):
            named = people_in(report, sentence, max(0, match.start() - 90), match.start())
            if named:
                people += named[-1:]
    people = list(dict.fromkeys(people))
    sides: dict[int, list[int]] = {}
    team = _team(report, sentence) if len(people) == 1 else None
    for person in people:
        sides.setdefault(team if team is not None else report.side(person), []).append(person)
    for side, named in sorted(sides.items()):
        if side in named:
            continue  # nobody is known to be on whose side
        found_ = claim_of(report, sentence, "led", None, named)
        name = report.told.cast.actors[side].name
        found_.question = f"who led for {name}"
        found_.teller = side
        yield found_


def _team(report: Report, sentence: Said) -> int | None:
    """The side whose delegation a sentence names: "the Tarvian delegation", "for Tarvia"."""
    found = _TEAM.search(sentence.text)
    if found is None:
        return None
    actors = report.told.cast.actors
    at = sentence.place[0]
    near = report.told.cast.within(at + max(0, found.start() - 40), at + found.end())
    sides = [m.actor for m in near if actors[m.actor].kind != "person"]
    return report.side(sides[-1]) if sides else None


def _ended(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    found = any_of("ending").search(text, sentence.known)
    who: int | None = None
    if found is not None:
        ending = found.group().lower()
        loose = ending.endswith(" the") or ending in ("broke up", "called off", "cut short", "pulled out of")
        if loose and not re.match(
            r"\s*(?:[\w’'-]+\s+){0,3}?(?:session|talks|round|meeting|negotiations|evening|sitting|call|conversation)\b",
            text[found.end() :],
        ):
            return
        who = side_before(report, sentence, found.start())
    else:
        passive = re.search(
            rf"\b(?:was|were|been)\s+(?:{'|'.join(sorted(words('claims', 'ended_by')))})\s+(?:[\w-]+\s+){{0,3}}?by\b",
            text,
        )
        if passive is None or not has(sentence, "encounter"):
            return
        found = passive
        who = side_after(report, sentence, passive.end())
    if (
        who is None
        or UNREAL.search(text[: found.start()])
        or AHEAD.search(text[max(0, found.start() - 25) : found.start()])
    ):
        return
    denied = bool(NOT.search(text[max(0, found.start() - 40) : found.start()]))
    yield claim_of(report, sentence, "asked", "break", [who], denied=denied)


def _came(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    away = any_of("was_not_there").search(text, sentence.known)
    there = any_of("was_there").search(text, sentence.known) if away is None else None
    found = away or there
    if (
        found is None
        or UNREAL.search(text[: found.start()])
        or AHEAD.search(text[max(0, found.start() - 30) : found.start()])
    ):
        return
    people = people_in(report, sentence, max(0, found.start() - 80), found.start())
    if not people or re.match(r".{0,30}\bwithout\b", text[found.end() :]):
        return
    loose = found.group().lower() in ("himself", "herself", "personally") and not has(sentence, "encounter", "team")
    if loose and not re.search(r"\b(?:came|laid|brought|put|sat|led)\b", text):
        return
    person = people[-1]
    claim = claim_of(report, sentence, "came", None, [person], denied=away is not None)
    claim.question = f"whether {report.told.cast.actors[person].name} was there"
    yield claim


_RULES: dict[str, Callable[[Report, Said], Iterator[ClaimFound]]] = {
    "asked": _asked, "led": _leads, "ended": _ended, "came": _came, "lasted": lasted, "round": rounds, "since": since,
}  # fmt: skip
_DECISIVE = ("asked", "led", "ended", "lasted", "round")
"""Rules whose claims are made of negotiations only."""

TOLD = 3
"""Sentences with a word for talks or a deal that make a text one about a negotiation."""


def negotiated(report: Report) -> bool:
    """Whether a text in which no encounter was found is about a negotiation all the same.

    Args:
        report: its sentences.
    """
    nouns = words("claims", "talked") | words("claims", "dealt")
    if sum(not nouns.isdisjoint(sentence.words) for sentence in report.sentences) >= TOLD:
        return True
    return next(_by_rules(report, _DECISIVE), None) is not None
