"""Statements: attributions with their speakers, channels and relays."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right

from dragoman.extract import gazetteer, lexicon
from dragoman.extract.affiliation import nominal_owner
from dragoman.extract.cast import Cast, Mention
from dragoman.extract.findings import Attribution, DateFound, SpanT, StatementFound
from dragoman.extract.offices import organisations, role_level, singular
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Span
from dragoman.extract.spelling import parts, skeleton
from dragoman.extract.statement_dates import said_when
from dragoman.extract.time_days import settle_past

_COLLECTIVE = frozenset(
    ("side", "delegation", "negotiators", "team", "government", "authorities", "regime", "leadership")
)
_NAMED = r"((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*)*)"
_RELAY = re.compile(
    r"\b(?:cited|quoted|reported|carried|relayed|published) by (?:the )?(?:\w+ ){0,2}?"
    + _NAMED
    + r"|\b(?:told|tells) (?:the )?(?:(?:daily|newspaper|agency|station|broadcaster|weekly|website) )?"
    + _NAMED
    + r"|\breports? (?:the )?(?:newspaper|daily|agency|website|weekly|station) "
    + _NAMED
)
_ISSUED = re.compile(
    r"(?: (?:by|from|of|the|that|which|a))*(?: (?:issued|released|published|put out|handed out) by(?: the)?)?\s*"
)
"""What may stand between a paper and who issued it ("a paper the ministry gave to reporters")."""
_NEAR = 400
"""Characters: how far back the speaker of the statement before may lie to be meant again."""
_LONGEST = 1200
"""Characters: a statement longer than this is cited by its pieces, not by all that lies between them."""


@functools.cache
def _channels() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (channel, re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b", re.IGNORECASE))
        for channel, words in lexicon.load("channels").items()
    ]


def find_statements(
    page: Page, cast: Cast, attributions: list[Attribution], written: DateFound | None = None
) -> list[StatementFound]:
    """A statement for each attribution that somebody is said to have voiced, in the order of the text.

    `written` is the day of writing, if it is known.
    """
    starts = [b.start for b in page.blocks]
    found: list[StatementFound] = []
    epithets: dict[str, int] = {}
    for attribution in attributions:
        if attribution.thought or not attribution.content:
            continue
        speaker, principal, words = _speaker(page, cast, attribution, starts)
        if speaker is None and attribution.source:
            speaker, words = _by_discourse(page, cast, attribution, starts, found, words, epithets)
        around = _around(page, attribution, starts)
        home = bisect_right(starts, attribution.cue[0][0]) - 1 if attribution.cue else -1
        when = said_when(attribution, page.blocks[home]) if home >= 0 else None
        found.append(
            StatementFound(
                content=list(attribution.content),
                kind=attribution.kind,
                spans=_spans(attribution),
                speaker=speaker,
                speaker_text=words,
                on_behalf_of=principal if speaker is None else None,
                cue=" ".join(page.quote(c) for c in attribution.cue) or None,
                channel=_channel(around),
                via=_via(around, cast, speaker),
                date=settle_past(when, written) if when is not None else None,
                when=when,
            )
        )
    return found


_PAPERS = frozenset(
    (
        "statement",
        "communique",
        "communiqué",
        "declaration",
        "release",
        "announcement",
        "message",
        "post",
        "letter",
        "readout",
        "text",
        "document",
        "report",
        "note",
    )
)


def _by_discourse(
    page: Page,
    cast: Cast,
    attribution: Attribution,
    starts: list[int],
    before: list[StatementFound],
    words: str | None,
    epithets: dict[str, int],
) -> tuple[int | None, str | None]:
    """The speaker of a source that only the sentences before it explain: "the office", "the veteran"."""
    start, end = attribution.source[0]
    block = _block(page, starts, start)
    span = block.tokens(start, end) if block is not None else None
    if block is None or span is None or words is None:
        return None, words
    if start in cast.unnamed:
        return None, " ".join(page.quote(cast.unnamed[start]).split())
    head = span.root
    noun = singular(head.lower_)
    last = before[-1] if before else None
    first = span[0].lower_
    near = last is not None and block.start + block.sentence(span.start).start_char - last.spans[-1][1] < _NEAR
    if head.lower_ == "it":
        if last is not None and near:
            noun = singular(next(iter(_heads(last.speaker_text or "")), ""))
            if last.speaker is not None and cast.actors[last.speaker].kind != "person":
                return last.speaker, words
            if last.speaker is None and (noun in _PAPERS or noun in organisations().bodies):
                return None, last.speaker_text
        return _last_named(cast, start), words
    if head.lower_ == "they":
        same = next(
            (s for s in reversed(before) if s.speaker is None and s.speaker_text and _plural(s.speaker_text)), None
        )
        if same is not None and start - same.spans[-1][1] < _NEAR:
            return None, same.speaker_text
        group = next((m for m in reversed(cast.mentions) if m.start < start and m.form != "pronoun"), None)
        kinds = ("armed_group", "union", "bloc", "company")
        if group is not None and start - group.start < _NEAR // 2 and cast.actors[group.actor].kind in kinds:
            return group.actor, words
        return None, words
    if noun in _PAPERS | {"answer", "reply", "response"}:
        issuers = [
            m.actor for m in cast.within(start, end) if cast.actors[m.actor].kind != "person" and m.form != "adjective"
        ]
        behind = [
            m
            for m in cast.within(end, end + 60)
            if m.form == "name" and cast.actors[m.actor].kind not in ("person", "state")
        ]
        if behind and _ISSUED.fullmatch(page.text[end : behind[0].start]):
            issuers.append(behind[0].actor)
        if issuers:
            return issuers[0], words
        if first in ("a", "an", "one"):
            return None, " ".join(block.text[span.start_char : head.idx + len(head)].split())
    label = _interviewed(page, cast, before, start, words) if words.strip(" :.") in _ANSWER else _label(cast, words)
    if label is not None:
        return label, words
    if first not in ("the", "their", "its", "his", "her", "this", "that"):
        return None, words
    if noun in _PAPERS:
        issuer = next(
            (s.speaker for s in reversed(before) if s.speaker is not None and cast.actors[s.speaker].kind != "person"),
            None,
        )
        return issuer, words
    named = [
        m
        for m in cast.mentions
        if m.start < start
        and m.form == "name"
        and cast.actors[m.actor].kind == "body"
        and noun in cast.actors[m.actor].name.lower().split()
    ]
    if named and len(span) <= 2:
        return named[-1].actor, words
    owner = nominal_owner(cast, block, head)
    if owner is not None and len(span) <= 3:
        return owner, words
    if noun in epithets and len(span) <= 3:
        return epithets[noun], words
    if first == "the" and len(span) <= 3:
        same = next(
            (s for s in reversed(before) if s.speaker is None and s.speaker_text and noun in _heads(s.speaker_text)),
            None,
        )
        if same is not None:
            return None, same.speaker_text  # "an aide to Mr Ruhl … the aide"
        lex = organisations()
        collective = (
            noun in lex.bodies
            or noun in lex.heads
            or noun in lex.nominals
            or head.lower_ in lex.nominals
            or noun in _PAPERS
        )
        if (
            noun == head.lower_
            and not collective
            and head.pos_ in ("NOUN", "PROPN")
            and last is not None
            and last.speaker is not None
            and near
            and cast.actors[last.speaker].kind == "person"
        ):
            # an epithet of whoever spoke last: "the veteran", "the retired general", "the prelate"
            epithets[noun] = last.speaker
            return last.speaker, words
    return None, words


def _heads(words: str) -> set[str]:
    """The nouns of a description before its first preposition: aide of "an aide to Mr Ruhl"."""
    found = []
    for word in words.lower().split():
        if word in ("of", "to", "for", "in", "from", "at", "with", "on", "who", "close", "familiar"):
            break
        found.append(word)
    return set(found[-1:])


def _plural(words: str) -> bool:
    first = words.lower().split()[0]
    return first in (
        "two",
        "three",
        "four",
        "five",
        "several",
        "some",
        "officials",
        "people",
        "sources",
        "diplomats",
        "participants",
        "many",
    ) or bool(_heads(words) & {"people", "officials", "sources", "diplomats", "aides", "insiders", "delegates"})


_ANSWER = frozenset(("A", "Answer", "ANSWER"))
_QUESTION = frozenset(("Q", "Question", "QUESTION", *_ANSWER))


def _interviewed(page: Page, cast: Cast, before: list[StatementFound], start: int, words: str) -> int | None:
    """Who answers in an interview ("Q: … A: …"): the person named last before the first question, or named first."""
    asked = (s.spans[0][0] for s in before if (s.speaker_text or "").strip(" :.") in _QUESTION)
    first = min((*asked, start))
    heading = re.search(r"^(?:\*\*)?(?:Q|Question)\b", page.text[:first], re.MULTILINE | re.IGNORECASE)
    first = heading.start() if heading else first
    people = [
        m.actor for m in cast.mentions if m.form == "name" and cast.actors[m.actor].kind == "person" and m.start < first
    ]
    known = [i for i in people if cast.actors[i].side is not None] or people
    return known[-1] if known else None


def _label(cast: Cast, words: str) -> int | None:
    """The person whom the label of a transcript means ("RUHL (recording)")."""
    name = re.sub(r"\(.*?\)", "", words).strip(" :.—–-")
    if not name.isupper() or not 2 < len(name) < 30:
        return None
    surname = skeleton(name.split()[-1])
    found = [
        i
        for i, a in enumerate(cast.actors)
        if a.kind == "person" and any(skeleton(parts(n)[-1]) == surname for n in (a.name, *a.names) if parts(n))
    ]
    return found[0] if len(found) == 1 else None


def _last_named(cast: Cast, offset: int) -> int | None:
    """The party, mediator or body named last before an offset, in reach of a pronoun; else any that is no person."""
    near = [m.actor for m in cast.mentions if offset - 300 < m.start < offset and cast.actors[m.actor].kind != "person"]
    known = [i for i in near if cast.actors[i].part in ("party", "mediator") or cast.actors[i].kind == "body"]
    found = known or near
    return found[-1] if found else None


def _block(page: Page, starts: list[int], offset: int) -> Block | None:
    k = bisect_right(starts, offset) - 1
    if k < 0 or offset >= page.blocks[k].end:
        return None
    return page.blocks[k]


def _spans(attribution: Attribution) -> list[SpanT]:
    """What to cite: everything from the first word to the last, or, where that is far, the pieces."""
    pieces = sorted([*attribution.source, *attribution.cue, *attribution.content])
    start, end = pieces[0][0], max(p[1] for p in pieces)
    return [(start, end)] if end - start <= _LONGEST else sorted(set(pieces))


def _speaker(
    page: Page, cast: Cast, attribution: Attribution, starts: list[int]
) -> tuple[int | None, int | None, str | None]:
    """(speaker, on whose behalf, the speaker in the text's words) of an attribution."""
    if not attribution.source:
        return None, None, None
    start, end = attribution.source[0]
    words = " ".join(page.quote((start, end)).split())
    block = _block(page, starts, start)
    if block is None:
        return None, None, words
    span = block.tokens(start, end)
    if span is None:
        return None, None, words
    inside = list(cast.within(start, end))
    whole = [m for m in inside if m.end >= end - 1 and _starts_at(page, m, start)]
    if whole:
        best = max(whole, key=lambda m: (m.form == "name", m.end - m.start))
        return best.actor, None, words
    by_role = _by_role_span(cast, start, end)
    if by_role is not None:
        return by_role, None, words
    head = span.root
    at_head = [
        m
        for m in inside
        if block.start + head.idx >= m.start and block.start + head.idx < m.end and m.form != "adjective"
    ]
    if at_head:
        best = max(at_head, key=lambda m: m.end - m.start)
        if cast.actors[best.actor].kind == "person" or singular(head.lower_) not in organisations().bodies:
            return best.actor, None, words
    person = [m for m in inside if cast.actors[m.actor].kind == "person" and m.form == "name" and not _owned(page, m)]
    if person and _apposed(span, block, person[0]):
        return person[0].actor, None, words
    others = [m for m in inside if cast.actors[m.actor].kind != "person"]
    if head.lower_ in _COLLECTIVE and others:
        return others[0].actor, None, words
    level = role_level(head)
    if level in ("leaders", "ministers", "delegates", "officials") and inside:
        principal = inside[-1].actor
        side = cast.actors[principal].side
        return None, side if cast.actors[principal].kind == "person" and side is not None else principal, words
    return None, None, words


def _by_role_span(cast: Cast, start: int, end: int) -> int | None:
    """The person whose role phrase the source is ("the union's chief negotiator", before ", Ana Ruhl, …")."""
    for i, actor in enumerate(cast.actors):
        if actor.kind != "person":
            continue
        for role in actor.roles:
            if role.span[0] <= start + 4 and start < role.span[1] and end >= role.span[1] - 4:
                named = [
                    m
                    for m in cast.within(role.span[0], max(end, role.span[1]) + 140)
                    if m.actor == i and m.form == "name"
                ]
                if named:
                    return i
    return None


def _starts_at(page: Page, m: Mention, start: int) -> bool:
    """Whether only an article, a title, an apposition or nothing stands between the source's start and the mention."""
    between = page.text[start : m.start]
    words = between.split()
    if len(words) <= 1 or (m.form == "name" and between.rstrip().endswith(",")):
        return True
    return (
        m.form == "name"
        and len(words) <= 3
        and not {w.lower() for w in words} & {"of", "for", "from", "at", "in", "with", "and", "to"}
        and not between.rstrip().endswith(("'s", "’s"))
    )


def _owned(page: Page, m: Mention) -> bool:
    """Whether a possessive follows: "Ruhl's lawyer" is not Ruhl."""
    return page.text[m.end : m.end + 2] in ("'s", "’s")


def _apposed(span: Span, block: Block, m: Mention) -> bool:
    """Whether the person named in a source is the one who speaks: its head, beside its head, or in apposition to it."""
    named = block.tokens(m.start, m.end)
    if named is None:
        return False
    token = named.root
    while token.i != span.root.i and token.head.i != token.i:
        if token.dep_ in ("pobj", "poss"):
            return False
        token = token.head
    return token.i == span.root.i


def _around(page: Page, attribution: Attribution, starts: list[int]) -> str:
    """The words beside source and cue, without what is said."""
    places = attribution.cue or attribution.source
    if not places:
        return ""
    block = _block(page, starts, places[0][0])
    if block is None:
        return ""
    low, high = max(block.start, places[0][0] - 120), min(block.end, places[-1][1] + 120)
    kept = []
    at = low
    for start, end in sorted(attribution.content):
        if end <= low or start >= high:
            continue
        kept.append(page.text[at : max(at, start)])
        at = max(at, end)
    kept.append(page.text[at:high])
    # the nearest sentence part only: another sentence may tell of another channel
    text = " … ".join(kept)
    cue = page.quote(places[0])
    k = text.find(cue)
    if k >= 0:
        left = max(text.rfind(". ", 0, k) + 2, 0) if text.rfind(". ", 0, k) >= 0 else 0
        right = text.find(". ", k)
        text = text[left : right if right >= 0 else len(text)]
    return text


def _channel(around: str) -> str | None:
    for channel, pattern in _channels():
        if pattern.search(around):
            return channel
    return None


def _via(around: str, cast: Cast, speaker: int | None) -> str | None:
    match = _RELAY.search(around)
    if match is None:
        return None
    name = next(g for g in match.groups() if g)
    if name in gazetteer.states().adjectives or any(
        m.form == "adjective" and name in cast.actors[m.actor].name for m in cast.mentions
    ):
        return None  # "told Varonian state radio": the station's name goes on in lower case
    for actor in cast.actors:
        if actor.kind == "person" and name in actor.names:
            return None  # "told Ruhl": an addressee, who relays nothing
        if actor.part in ("party", "mediator") and name in actor.names:
            return None
    return name
