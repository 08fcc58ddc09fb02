"""What a report tells of an encounter that others may tell otherwise: who asked for it, who led, who ended it, who was
there, how long it took, which round it was, since when it was the first, and what came of it.

These are told in a few set frames ("at the request of …", "was headed by …", "after nine hours of …"), so words are
looked for first, and who is meant by where he stands next to them: a parser often misses the subject of such a clause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from dragoman.extract.claims_words import Report, Said, phrases
from dragoman.extract.findings import ClaimFound
from dragoman.extract.lexicon import load, words
from dragoman.extract.meeting_fields import minutes_of
from dragoman.extract.time_words import number, times_in

BACK = 3
"""Sentences before one in which its day is looked for."""

_NOT = re.compile(r"\b(?:not|never|nor|nobody|neither|no longer|denied|denies)\b|n[’']t\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|shall|is to|are to|may|might|should|could|plans? to|due to)\b", re.IGNORECASE)
_UNREAL = re.compile(r"\b(?:if|unless|whether|in case|had .{3,30} been)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[;:–—]|, (?:but|while|and|whereas|who|which)\b|\b(?:while|whereas|although|after|because|since)\b"
)
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
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
_SINCE = re.compile(r"\bfirst\b[^.;!?]{0,90}?\b(?:since|after)\b(?P<when>[^.;!?]{2,120})", re.IGNORECASE)
_LAST = re.compile(
    r"(?:\b(?:not|never|n[’']t)\s+(?:\w+ )?(?:seen|met|spoken|talked|sat|been)\b[^.;!?]{0,60}?\bsince\b"
    r"|\blast\s+(?:met|saw|spoke|sat|talked|been)\b)(?P<when>[^.;!?]{2,80})",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told [^,.;]{0,25}|announced|confirmed|reported|stressed|wrote|added|statement|press conference)"
    r"\s+(?:late |early )?(?:on |in )?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^a-z]{2,}.{0,50}?[–—-] ")


@functools.cache
def _any(key: str) -> re.Pattern[str]:
    return phrases(key)


@functools.cache
def _led() -> re.Pattern[str]:
    verbs, team = ("|".join(sorted(words("claims", k))) for k in ("leading", "team"))
    return re.compile(
        rf"\b(?P<verb>{verbs})\b\s+(?:(?:the|its|their|his|her|our|a)\s+)?(?:[^\s,.;:]+\s+){{0,4}}?(?:{team})\b"
        rf"|\b(?P<for>{verbs}|spoke|negotiates|negotiating|negotiated|speaks) for\b|\b(?:led|headed) them\b",
        re.IGNORECASE,
    )


@functools.cache
def _counted() -> re.Pattern[str]:
    ordinals = "|".join(sorted(map(re.escape, _ordinals()), key=len, reverse=True))
    nouns = "|".join(sorted(words("claims", "rounds")))
    return re.compile(
        rf"\b(?P<n>{ordinals}|\d\d?(?:st|nd|rd|th))\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>{nouns})\b"
        rf"|\b(?:was|were|is|are|be|been)\s+(?:only |already |actually |in fact )?the\s+(?P<n2>{ordinals})\b"
        rf"(?!\s+(?:to|of the|in which|who|country|company|man|woman|person|state|largest|biggest|highest|time since))"
        rf"|(?:session|round|meeting|talks)\b[^.;]{{0,40}},\s+the\s+(?P<n3>{ordinals})\b",
        re.IGNORECASE,
    )


@functools.cache
def _ordinals() -> dict[str, int]:
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
        "round": frozenset(_ordinals()) | {"th"},
        "since": frozenset({"first", "last", "since"}),
    }


def events(report: Report) -> Iterator[ClaimFound]:
    """What a report tells of encounters, in its order; one claim for each sentence and kind of question.

    Args:
        report: its sentences with who says them.
    """
    rules = {
        "asked": _asked, "led": _leads, "ended": _ended, "came": _came, "lasted": _lasted, "round": _rounds,
        "since": _since,
    }  # fmt: skip
    triggers = _triggers()
    for sentence in report.sentences:
        for kind, rule in rules.items():
            if triggers[kind] & sentence.words:
                yield from rule(report, sentence)
    yield from _outcomes(report)


# -- the questions ----------------------------------------------------------------------------------------------------


def _asked(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    if _any("joint").search(text):
        yield _claim(report, sentence, "asked", _matter(text, report, sentence), [])
        return
    who: int | None = None
    at: re.Match[str] | None = None
    for match in _ASKED.finditer(text):
        rest = match["rest"]
        if not match["to"] and not _wanted_thing(rest):
            continue
        if _ASKED_BY.match(text, match.start()) or re.match(r"\s*by\b", rest):
            continue
        who = _before(report, sentence, match.start())
        at = match
        break
    else:
        for pattern in (_CLEFT_CALL, _CLEFT_INVITED, _FOR_WHICH):
            found = pattern.search(text)
            if found is not None:
                who, at = _in(report, sentence, found.start("who"), found.end("who")), found
                break
        else:
            found = _ASKED_BY.search(text) or _CAME_FROM.search(text)
            if found is not None and (_wanted_thing(text[: found.start()]) or _CAME_FROM.match(found.group())):
                who, at = _after(report, sentence, found.end()), found
            else:
                wish = next((t for t in sentence.span if t.lower_ in words("claims", "wishing")), None)
                if wish is None:
                    found = _KNOCKED.search(text)
                    if found is None:
                        return
                    who, at = _before(report, sentence, found.start()), found
                else:
                    start = sentence.block.at(wish)[0] - sentence.place[0]
                    found = re.match(rf"{re.escape(wish.text)}\s+(?:of|from|by)\s+", text[start:])
                    ahead = re.search(
                        r"\b(?:at|on|upon|by)\s+(?P<who>[^,;.]{2,60}?)['’]s?\s+(?:own |express |urgent )?$",
                        text[:start],
                    )
                    plain = re.search(r"\b(?:at|on|upon|by)\s+(?:the )?(?:[\w-]+ )?$", text[:start])
                    if found is not None and plain is not None:
                        who = _after(report, sentence, start + found.end())
                    elif ahead is not None:
                        who = _in(report, sentence, ahead.start("who"), ahead.end("who"))
                    wish_at = re.compile(re.escape(wish.text)).match(text, start)
                    if wish_at is None or not (_has(sentence, "encounter") or _any("delays").search(text)):
                        return
                    at = wish_at
    if who is None or at is None:
        return
    if _UNREAL.search(text[: at.start()]):
        return
    denied = bool(_NOT.search(text[max(0, at.start() - 40) : at.start()]))
    yield _claim(report, sentence, "asked", _matter(text, report, sentence), [who], denied=denied)


def _wanted_thing(rest: str) -> bool:
    return (
        any(_any(key).search(rest) is not None for key in ("delays", "breaks"))
        or re.search(
            r"\b(?:meeting|talks|round|session|call|conversation|consultations?|encounter|contact|interview)\b", rest
        )
        is not None
    )


def _matter(text: str, report: Report, sentence: Said) -> str:
    """What was asked for: another day, a break, a call, or to meet."""
    if _any("breaks").search(text):
        return "break"
    before = report.sentences[sentence.at - 1] if sentence.at else None
    near = text + (" " + before.text if before is not None and before.paragraph == sentence.paragraph else "")
    if _any("delays").search(text) or (len(text) < 120 and _any("delays").search(near)):
        return "delay"
    if _any("by_phone").search(text):
        return "call"
    return "meeting"


def _leads(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    people: list[int] = []
    for match in _LED_BY.finditer(text):
        if not (_has(sentence, "team") or "delegation" in text.lower()):
            continue
        people += _people(report, sentence, match.end(), match.end() + 110)[:2]
    for pattern in (_HEAD_OF, _ROLE_WAS, _FACED):
        found = pattern.search(text)
        if found is None:
            continue
        after = text[found.end() : found.end() + 12].lower()
        named = _people(report, sentence, found.end(), found.end() + 110)
        if " not " in f" {after}" and len(named) > 1:
            named = named[1:]
        people += named[:1]
    if not people:
        for match in _led().finditer(text):
            named = _people(report, sentence, max(0, match.start() - 90), match.start())
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
        found_ = _claim(report, sentence, "led", None, named)
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
    found = _any("ending").search(text)
    who: int | None = None
    if found is not None:
        ending = found.group().lower()
        loose = ending.endswith(" the") or ending in ("broke up", "called off", "cut short", "pulled out of")
        if loose and not re.match(
            r"\s*(?:[\w’'-]+\s+){0,3}?(?:session|talks|round|meeting|negotiations|evening|sitting|call|conversation)\b",
            text[found.end() :],
        ):
            return
        who = _before(report, sentence, found.start())
    else:
        passive = re.search(
            rf"\b(?:was|were|been)\s+(?:{'|'.join(sorted(words('claims', 'ended_by')))})\s+(?:[\w-]+\s+){{0,3}}?by\b",
            text,
        )
        if passive is None or not _has(sentence, "encounter"):
            return
        found = passive
        who = _after(report, sentence, passive.end())
    if (
        who is None
        or _UNREAL.search(text[: found.start()])
        or _AHEAD.search(text[max(0, found.start() - 25) : found.start()])
    ):
        return
    denied = bool(_NOT.search(text[max(0, found.start() - 40) : found.start()]))
    yield _claim(report, sentence, "asked", "break", [who], denied=denied)


def _came(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    away = _any("was_not_there").search(text)
    there = _any("was_there").search(text) if away is None else None
    found = away or there
    if (
        found is None
        or _UNREAL.search(text[: found.start()])
        or _AHEAD.search(text[max(0, found.start() - 30) : found.start()])
    ):
        return
    people = _people(report, sentence, max(0, found.start() - 80), found.start())
    if not people or re.match(r".{0,30}\bwithout\b", text[found.end() :]):
        return
    loose = found.group().lower() in ("himself", "herself", "personally") and not _has(sentence, "encounter", "team")
    if loose and not re.search(r"\b(?:came|laid|brought|put|sat|led)\b", text):
        return
    person = people[-1]
    claim = _claim(report, sentence, "came", None, [person], denied=away is not None)
    claim.question = f"whether {report.told.cast.actors[person].name} was there"
    yield claim


def _lasted(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    before = report.sentences[sentence.at - 1] if sentence.at else None
    near = before if before is not None and before.paragraph == sentence.paragraph else None
    own = bool(sentence.words & words("claims", "encounter") - {"lasted"})
    short = len(text) < 110 and near is not None and _has(near, "encounter")
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
        if _UNREAL.search(text[: found.start()]):
            continue
        claim = _claim(
            report, sentence, "lasted", unit, _sides(report, sentence) or (_sides(report, near) if near else [])
        )
        claim.number = float(count)
        claim.question = "how long it lasted"
        about = set(claim.about)
        if near is not None and not own:
            about |= _manner(near)
        claim.about = sorted(about)
        yield claim
        return


def _rounds(report: Report, sentence: Said) -> Iterator[ClaimFound]:
    text = sentence.text
    for found in _counted().finditer(text):
        word = (found["n"] or found["n2"] or found["n3"]).lower()
        count = _ordinals().get(word) or int(re.sub(r"\D", "", word) or 0)
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
        claim = _claim(report, sentence, "round", None, _sides(report, sentence))
        claim.number = float(count)
        claim.question = "which round it was"
        yield claim
        return


def _since(report: Report, sentence: Said) -> Iterator[ClaimFound]:
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
        claim = _claim(report, sentence, "since", None, _sides(report, sentence))
        sort = {
            f"^sort:{q}"
            for q in re.findall(r"high-level|direct|official|ministerial|in person|face[- ]to[- ]face", text.lower())
        }
        claim.about = sorted({*(a for a in claim.about if not a.startswith("@=")), f"^since:{time.text}", *sort})
        claim.question = "when they had last met"
        yield claim
        return


def _outcomes(report: Report) -> Iterator[ClaimFound]:
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
        for name in kinds:
            match = _outcome(name).search(low)
            if match is None:
                continue
            before = low[max(0, match.start() - 30) : match.start()]
            if (
                (_NOT.search(before) and not name.startswith("without"))
                or _UNREAL.search(before)
                or _AHEAD.search(before)
            ):
                continue
            if re.match(r"\s+to\b", low[match.end() :]):
                continue  # "failed to sign"
            if re.search(r"\bto\s+$", before) or _AHEAD.search(low[match.end() : match.end() + 40]):
                continue  # "to compromise", "the success would depend on"
            what = _outcome_of(report, sentence, low, match)
            if what is None or (what == "deal" and name == "without result"):
                continue
            teller = _teller(report, sentence) if sentence is not None else None
            if (what, name, teller) in seen:
                continue
            seen.add((what, name, teller))
            claim = ClaimFound("outcome", [], text, [place], unit=what, teller=teller, rule=name)
            claim.about = (
                sorted({f"@={t.text}" for t in times_in(text)}) if sentence is None else _times(report, sentence)
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
        if _any(key).search(before[-45:]) or _any(key).search(low[match.end() : match.end() + 30]):
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
                if _any(key).search(other.text):
                    return name
        lead = " ".join([*(t for t, _ in report.headings()), *(s.text for s in report.sentences[:3])])
        return next((name for key, name in (("dealt", "deal"), ("talked", "talks")) if _any(key).search(lead)), None)
    return None


@functools.cache
def _outcome(name: str) -> re.Pattern[str]:
    found = sorted((str(w).lower() for w in load("claims")["outcomes"][name]), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in found) + r")\b")


@functools.cache
def _outcome_index() -> frozenset[str]:
    return frozenset(re.split(r"[ -]", str(w).lower())[0] for group in load("claims")["outcomes"].values() for w in group)


# -- what they share --------------------------------------------------------------------------------------------------


def _claim(
    report: Report, sentence: Said, kind: str, unit: str | None, actors: Iterable[int], denied: bool = False
) -> ClaimFound:
    about = {*_times(report, sentence), *_manner(sentence)}
    if _AHEAD.search(sentence.text):
        about.add("^ahead")
    found = ClaimFound(kind, [], sentence.text, [sentence.place], unit=unit, denied=denied, about=sorted(about))
    found.actors = sorted(set(actors))
    found.teller = _teller(report, sentence)
    if kind == "asked":
        found.question = {
            "break": "who ended it", "delay": "who asked for another date", "call": "who asked for the call",
        }.get(unit or "", "who asked for the meeting")  # fmt: skip
    return found


def _times(report: Report, sentence: Said) -> list[str]:
    """The days that a sentence names, marked as such; else those of the sentences before it, marked as less sure."""
    own = _days(sentence)
    if own:
        return [f"@={day}" for day in own]
    for other in report.before(sentence, BACK):
        near = _days(other)
        if near:
            return [f"@~{day}" for day in near[:2]]
    return []


def _days(sentence: Said) -> list[str]:
    """The expressions in a sentence that name a day or a week; that of a dateline is the day of writing."""
    text, start = sentence.text, 0
    if not sentence.at:
        dash = _DATELINE.match(text)
        start = dash.end() if dash is not None else 0
    return [
        t.text
        for t in times_in(text)
        if t.start >= start
        and t.form != "anchored"
        and _SAYING.search(text[: t.start]) is None
        and not (t.form == "calendar" and t.day is None)
        and t.unit not in ("year", "month", "decade", "quarter")
    ]


def _manner(sentence: Said) -> set[str]:
    """How and by whom an encounter is held, where that tells it from others."""
    return {f"^{key}" for key in ("by_phone", "by_video", "experts", "alone") if words("claims", key) & sentence.words}


def _has(sentence: Said, *keys: str) -> bool:
    return any(words("claims", key) & sentence.words for key in keys)


def _teller(report: Report, sentence: Said) -> int | None:
    voices = sorted(v for v in sentence.speakers if isinstance(v, int))
    return voices[0] if len(voices) == 1 else None


def _sides(report: Report, sentence: Said) -> list[int]:
    return sorted({report.side(a) for a in report.actors(sentence.place)})


def _people(report: Report, sentence: Said, start: int, end: int) -> list[int]:
    """The persons meant between two offsets into a sentence, in order; pronouns left out where a name is there."""
    at = sentence.place[0]
    found = report.told.cast.within(at + start, min(at + end, sentence.place[1]))
    actors = report.told.cast.actors
    owners = ("’s", "'s")  # whose adviser, not who
    people = [
        m for m in found if actors[m.actor].kind == "person" and not report.told.page.text.startswith(owners, m.end)
    ]
    named = [m for m in people if m.form != "pronoun"]
    return list(dict.fromkeys(m.actor for m in named or people))


def _before(report: Report, sentence: Said, position: int) -> int | None:
    """The side that stands nearest before an offset, in its clause; "we" is the side that speaks."""
    text = sentence.text[:position]
    low = max((m.end() for m in _BREAK.finditer(text)), default=0)
    found = _in(report, sentence, low, position, last=True)
    return found if found is not None else _in(report, sentence, max(0, position - 80), position, last=True)


def _after(report: Report, sentence: Said, position: int) -> int | None:
    return _in(report, sentence, position, position + 70)


def _in(report: Report, sentence: Said, start: int, end: int, last: bool = False) -> int | None:
    at = sentence.place[0]
    found = report.told.cast.within(at + start, min(at + end, sentence.place[1]))
    actors = [m.actor for m in found]
    words_ = sentence.text[start:end]
    if _WE.search(words_) and (not actors or last):
        we = _teller(report, sentence)
        if we is not None:
            return we
    if not actors:
        return None
    return report.side(actors[-1] if last else actors[0])
