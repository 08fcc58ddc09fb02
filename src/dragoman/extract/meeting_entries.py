"""From a group of mentions to an entry: who took part on which side, at which level, by whose mediation."""

from __future__ import annotations

import re

from dragoman.extract.cast import Cast
from dragoman.extract.findings import MeetingFound, SpanT
from dragoman.extract.meeting_clauses import carrier, has, unnamed, with_conjoined
from dragoman.extract.meeting_fields import rank_of, tense_past
from dragoman.extract.meeting_groups import Group
from dragoman.extract.meeting_mentions import Told
from dragoman.extract.meeting_words import OUTCOME, words_of
from dragoman.extract.page import Page

HIGHER = {"leaders": 3, "ministers": 2, "delegations": 1, "experts": 0}


def entry(g: Group, groups: list[Group], cast: Cast, page: Page) -> MeetingFound:
    """The entry that a group of mentions makes; `groups` are all of the page."""
    told, people = g.told, g.together("people")
    place = g.first("place")
    country = next((t.country for t in told if t.country and t.place == place), None) or g.first("country")
    sides, mediators = _sides(g, people, country, cast, page)
    if not people and g.level in ("ministers", "leaders") and any(_pointing(t) for t in told):
        people += _holders(g.level, sides, cast)
    lead = g is groups[0]  # the negotiators named are those of the session that the report is about
    if (
        lead
        and not people
        and g.status == "held"
        and g.kind == "talks"
        and g.level not in ("experts", "leaders", "ministers")
    ):
        people += _negotiators(sides, cast)
    if g.status == "held":
        people += [p for p in _acting("attending", g, groups, cast, page, mediators) if p not in people]
    kind = g.kind
    both = len({cast.actors[p].side for p in people} & set(sides)) > 1
    if kind == "talks" and both and any(cast.actors[p].side in mediators for p in people):
        kind = "trilateral"
    if kind == "trilateral" and not mediators and len(cast.mediators) == 1:
        mediators += cast.mediators
    people += [p for p in g.together("chairs") if p not in people]
    if g.status == "held":
        people += [p for p in _acting("presiding", g, groups, cast, page, mediators) if p not in people]
    level = _level(g, kind, people, sides, cast)
    top = len([p for p in people if rank_of(p, cast) == "leaders"]) > 1
    if kind == "talks" and level == "leaders" and (len(sides) == 2 or top) and g.status in ("proposed", "declined"):
        kind = "summit"
    form = g.first("format") or ("phone" if kind == "call" else None)
    if form is None and (kind == "visit" or g.first("venue") or (place and g.status in ("held", "scheduled"))):
        form = "in_person"
    spans: list[SpanT] = sorted({t.span for t in told})
    found = MeetingFound(
        spans=spans,
        kind=kind,
        level=level,
        status=g.status,
        format=form,
        date=g.date,
        place=place,
        country=country,
        venue=g.first("venue"),
        parties=sides,
        participants=people,
        mediators=mediators,
        round=g.first("round"),
        duration_minutes=g.first("minutes"),
        outcome=_outcome(g, page),
        series=g.series,
        earlier=any(t.earlier for t in told),
        when=g.when,
    )
    found.words = words_of(found, told, cast, page)
    return found


def _sides(g: Group, people: list[int], country: str | None, cast: Cast, page: Page) -> tuple[list[int], list[int]]:
    """The sides that meet and the mediators; talks without a named side are those of the page's parties."""
    sides, mediators = g.together("sides"), g.together("mediators")
    mediators = [r for r in mediators if cast.actors[r].part != "party"]
    others = [r for r in g.together("others") if r not in mediators]
    # A third that meets one side by itself is taken for one that works on the matter; several are its friends.
    alone = len(sides) == 1 and len(people) >= 2 and any(cast.actors[p].side not in sides for p in people)
    if len(sides) == 1 and not mediators and len(others) == 1:
        mediators += others
    if g.kind not in ("call", "visit") and not alone:
        apart = len(sides) == 1 and not g.first("round") and any(t.mediators and t.sides and t.strong for t in g.told)
        for ref in cast.parties[:2]:
            if ref not in sides and len(sides) < 2 and not apart:
                sides.append(ref)
    if g.kind in ("talks", "trilateral") and len(sides) >= 2:
        hosts = [i for i, a in enumerate(cast.actors) if a.kind == "state" and a.part != "party"]
        for ref in [*cast.mediators, *(h for h in hosts if h not in cast.mediators)]:
            if ref not in mediators and _mediates(ref, g, cast, page, country):
                mediators.append(ref)
        if not mediators and not others and _between_parties(g, sides, country, cast, page):
            mediators += cast.mediators
    return sides, mediators


def _between_parties(g: Group, sides: list[int], country: str | None, cast: Cast, page: Page) -> bool:
    """Whether it is a session of the process that the page's mediators run: of both parties, not of them alone.

    What is only wished for, what leaders or two people have among themselves, and what is said to be direct is not.
    """
    if g.kind == "summit" or g.level in ("leaders", "experts") or g.status in ("proposed", "declined"):
        return False
    if (
        len(cast.mediators) != 1
        or cast.actors[cast.mediators[0]].part != "mediator"
        or not set(cast.parties[:2]) <= set(sides)
    ):
        return False
    if country is not None and country not in cast.actors[cast.mediators[0]].names:
        return False  # a state mediates at home, or where nobody is said to be the host
    text = " ".join(page.quote(t.span) for t in g.told if t.strong).lower()
    return re.search(r"\b(?:direct(?:ly)?|without (?:the|a|any)|bilateral|alone)\b", text) is None


def _level(g: Group, kind: str, people: list[int], sides: list[int], cast: Cast) -> str:
    """The level by the titles of those who meet, else by the words, else delegations. A mediator lifts no talks."""
    ranks = [r for p in people if (r := rank_of(p, cast)) and (kind != "talks" or cast.actors[p].side in sides)]
    highest = max(ranks, key=lambda r: HIGHER[r], default=None)
    if highest and (len(ranks) > 1 or kind in ("call", "visit")):
        return highest
    return g.level or highest or "delegations"


def _outcome(g: Group, page: Page) -> str | None:
    """What came of it, where the text says it in a few words ("without an agreement", "with no deal reached")."""
    for told in g.told:
        if told.status == "held":
            found = OUTCOME.search(page.quote(told.span))
            if found is not None:
                return " ".join(found.group().split())
    return None


def _pointing(told: Told) -> bool:
    """Whether the encounter is of "the (two) ministers", who must have been named elsewhere."""
    verb = carrier(told.trigger) if told.noun else told.trigger
    heads = [t for c in told.trigger.children if c.lower_ in ("between", "of") for t in c.children]
    heads += [c for c in with_conjoined(verb) if c.dep_ in ("nsubj", "nsubjpass")] if verb is not None else []
    ranked = [t for t in heads if unnamed(t) and (has("ministers", t.lower_) or has("leaders", t.lower_))]
    return any(c.lower_ in ("the", "both") for t in ranked for c in t.lefts)


def _holders(level: str, sides: list[int], cast: Cast) -> list[int]:
    """The one person of each side that a level fits; nobody where a side has none or several."""
    found = []
    for side in sides:
        fit = [
            i for i, a in enumerate(cast.actors) if a.kind == "person" and a.side == side and rank_of(i, cast) == level
        ]
        if len(fit) != 1:
            return []
        found += fit
    return found


def _negotiators(sides: list[int], cast: Cast) -> list[int]:
    """The chief negotiator of each side, where each side has just one."""
    found = []
    for side in sides:
        heads = [
            i
            for i, a in enumerate(cast.actors)
            if a.kind == "person"
            and a.side == side
            and any(has("heads", w) for r in a.roles for w in r.title.lower().split())
        ]
        if len(heads) != 1:
            return []
        found += heads
    return found if len(found) > 1 else []


def _acting(how: str, g: Group, groups: list[Group], cast: Cast, page: Page, mediators: list[int]) -> list[int]:
    """Whom the words that follow a mention of the encounter name as acting at it for the mediator.

    "X sent everyone home", "X took part as well"; the last encounter told before is meant.
    """
    starts = sorted((t.start, other is g) for other in groups for t in other.told if t.strong)
    found = []
    blocks = {id(t.block): t.block for t in g.told if t.strong}
    for block in blocks.values():
        for mention in cast.within(block.start, block.end):
            actor = cast.actors[mention.actor]
            if actor.kind != "person" or actor.side not in mediators or mention.form != "name":
                continue
            before = [mine for start, mine in starts if block.start <= start < mention.start]
            after = [mine for start, mine in starts if mention.start <= start < block.end]
            if not (before[-1] if before else after[0]):
                continue
            span = block.tokens(mention.start, mention.end)
            head = span.root if span is not None and len(span) else None
            while head is not None and head.dep_ in ("appos", "compound"):
                head = head.head
            if head is not None and head.dep_ == "nsubj" and has(how, head.head.lower_) and tense_past(head.head):
                found.append(mention.actor)
    return found


def _mediates(ref: int, g: Group, cast: Cast, page: Page, country: str | None) -> bool:
    """Whether a mediator of the page is said, or by the place known, to be at this encounter."""
    actor = cast.actors[ref]
    if ref not in cast.mediators:
        return bool(country and country in {actor.name, *actor.names})
    if country and country in {actor.name, *actor.names}:
        return True
    for told in g.told:
        if not told.strong:
            continue
        if told.format == "indirect" and told.status == "held":
            return True
        words = {w.strip(".,;:“”\"'’").lower() for w in page.quote(told.span).split()}
        if any(has("mediating_words", w) for w in words) and any(m.actor == ref for m in cast.within(*told.span)):
            return True
    # A court or board that mediates a dispute of labour or trade does so throughout; a state does where it is host.
    direct = any("direct" in page.quote(t.span).lower().split() for t in g.told if t.strong)
    states = any(cast.actors[p].kind in ("state", "armed_group", "bloc") for p in cast.parties)
    return actor.kind != "state" and not states and not direct and g.status != "proposed"
