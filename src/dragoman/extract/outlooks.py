"""Outlooks: somebody's judgement of where the talks are going.

Two places are looked at: what people say (told.statements), and what the reporter says of somebody's expectation or of
the mood. What is said is split at contrasts, and each part leans one way by the phrases in it, turned round by a
negation before them, in the manner of lexicon-based sentiment analysis with contextual valence shifters
(Polanyi & Zaenen 2006); parts that lean both ways make a mixed outlook.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.extract.findings import OutlookFound, SpanT, StatementFound
from dragoman.extract.outlook_words import hits, hits_among, outlook_words
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span
from dragoman.extract.told import Told

_SPLIT = re.compile(
    r"[;—–:]|,? \b(?:but|although|though|however|yet|while|whereas|nevertheless|nonetheless)\b|\.(?=\s|$)", re.I
)
_NEGATIVE = re.compile(r"(?:no|not|nobody|nothing|never|little|few|don|do|does|would|wouldn|without)\b", re.I)
_WILL = re.compile(r"['’]ll\b")
_WORD = re.compile(r"[\w’'-]+")
_LITTLE = 45
"""A statement of more words is a speech: only its sure parts count, not what its words lean to."""


@dataclass(slots=True)
class Reading:
    """How some words lean: the sum of what speaks for hope and for doubt; `sure` if a phrase of judgement is there."""

    hope: float = 0.0
    doubt: float = 0.0
    mixed: bool = False
    sure: bool = False

    def add(self, other: Reading) -> None:
        """Takes in what other words of the same judgement say; a phrase of judgement outweighs mere leanings."""
        if self.sure and not other.sure:
            return
        if other.sure and not self.sure:
            self.hope = self.doubt = 0.0
            self.mixed, self.sure = False, True
        self.hope, self.doubt = self.hope + other.hope, self.doubt + other.doubt
        self.mixed = self.mixed or other.mixed

    @property
    def direction(self) -> str | None:
        """Which way the words lean, if they do."""
        if self.mixed or (self.hope and self.doubt and min(self.hope, self.doubt) * 3 > max(self.hope, self.doubt)):
            return "mixed"
        if self.hope > self.doubt:
            return "hopeful"
        return "doubtful" if self.doubt > self.hope else None


def find_outlooks(told: Told) -> list[OutlookFound]:
    """The outlooks on a page, in the order of the text.

    Args:
        told: the page with its cast, statements, meetings and issues.
    """
    found: list[tuple[OutlookFound, Reading]] = []
    starts = [b.start for b in told.page.blocks]
    for number, statement in enumerate(told.statements):
        outlook = _of_statement(told, number, statement)
        if outlook is not None:
            found.append(outlook)
    said = sorted(span for s in told.statements for span in [*s.content, *s.spans])
    heads = [*told.page.layout.headlines, *([told.page.layout.title] if told.page.layout.title else [])]
    for block, sentence in told.page.sentences():
        if any(a <= block.start < b for a, b in heads):
            continue
        outlook = _of_narration(told, block, sentence, said)
        if outlook is not None:
            found.append(outlook)
    found.sort(key=lambda o: o[0].spans[0])
    return _joined(told, found, starts)


# -- what people say --------------------------------------------------------------------------------------------------


def _of_statement(told: Told, number: int, statement: StatementFound) -> tuple[OutlookFound, Reading] | None:
    """The outlook in a statement: by a phrase of judgement about the talks, or an expert's words as they lean."""
    text = " ".join(told.page.quote(s) for s in statement.content)
    last = max(b for _, b in statement.content)
    if "?" in told.page.text[last - 1 : last + 1]:
        return None
    who = _described(told, statement)
    standing = _standing(told, statement, who)
    words = {w.lower() for w in _WORD.findall(text)}
    if words & outlook_words().sets["elsewhere"]:
        return None
    about = bool(words & outlook_words().sets["targets"])
    if len(words) <= 8 and statement.spans and not about:  # "called the session “useful”"
        around = told.page.text[min(a for a, _ in statement.spans) - 80 : max(b for _, b in statement.spans)]
        about = bool({w.lower() for w in _WORD.findall(around.rsplit(". ", 1)[-1])} & outlook_words().sets["targets"])
    outsider = standing == "outside" and _expert(told, statement, who)
    sure = read(text, about and (outsider or not _own_stand(text)), leaning=False)
    if sure.sure and (about or len(words) <= 30) and sure.direction is not None:
        return _outlook(statement, number, sure.direction, standing), sure
    if outsider and len(words) <= _LITTLE:
        reading = read(text, about=True, leaning=True)
        named = bool(who & outlook_words().sets["experts"])
        pronoun = named and bool(words & {"they", "it", "both", "neither", "this", "i", "that", "who"})
        if reading.direction is not None and (
            pronoun or (about and (named or outlook_words().single["judgement"].search(text)))
        ):
            return _outlook(statement, number, reading.direction, standing), reading
    return None


def _own_stand(text: str) -> bool:
    """Whether words are somebody's stand rather than a judgement: what we will not do, what others must do."""
    return outlook_words().single["own_stand"].search(text) is not None


def _outlook(statement: StatementFound, number: int, direction: str, standing: str) -> OutlookFound:
    return OutlookFound(
        spans=list(statement.content), direction=direction, holder=statement.speaker,
        holder_text=statement.speaker_text, standing=standing, statement=number,
    )  # fmt: skip


def _described(told: Told, statement: StatementFound) -> set[str]:
    """The words that describe a speaker: as written here, and the titles he is given anywhere."""
    parts = [statement.speaker_text or ""]
    if statement.speaker is not None:
        actor = told.cast.actors[statement.speaker]
        parts += [role.title for role in actor.roles]
        if statement.speaker_text and statement.spans:
            end = max(e for _, e in statement.spans)
            parts.append(told.page.text[end : end + 60].split(".")[0] if actor.part == "outside" else "")
    return {w.lower() for part in parts for w in _WORD.findall(part)}


def _standing(told: Told, statement: StatementFound, who: set[str]) -> str:
    """Whether a speaker is one of those who talk, mediate, host or support, or stands outside."""
    sets = outlook_words().sets
    if statement.speaker is not None:
        actor = told.cast.actors[statement.speaker]
        if actor.part != "outside" or actor.side is not None:
            return "official"
        return "official" if who & sets["officials"] and not who & sets["experts"] else "outside"
    if who & sets["experts"]:
        return "outside"
    return "official" if who & sets["officials"] else "outside"


def _expert(told: Told, statement: StatementFound, who: set[str]) -> bool:
    """Whether an outsider is one who is asked for a judgement: an analyst, a professor, a named person."""
    if who & outlook_words().sets["experts"]:
        return True
    return statement.speaker is not None and told.cast.actors[statement.speaker].kind == "person"


# -- what the reporter says -------------------------------------------------------------------------------------------


def _of_narration(told: Told, block: Block, sentence: Span, said: list[SpanT]) -> tuple[OutlookFound, Reading] | None:
    """The outlook in a sentence of narration: of the mood as such, or of somebody's expectation."""
    place = block.place(sentence)
    text = told.page.quote(place)
    if "?" in text:
        return None
    outside = _without(text, place, said)
    all_words = _WORD.findall(outside.lower())
    words, sets = set(all_words), outlook_words().sets
    mood, about = not words.isdisjoint(sets["moods"]), not words.isdisjoint(sets["targets"])
    if not words.isdisjoint(sets["elsewhere"]) or (len(all_words) > 12 and not about and not mood):
        return None
    matches = hits_among(text, told.words(place)) if outside == text else hits(outside)
    if not matches:
        return None
    judged = not words.isdisjoint(sets["judging"])
    holder = _feeler(told, place, min(start for _, start, _ in matches), sentence, block)
    contrast = (
        about
        and read(outside, about=True, leaning=False).direction == "mixed"
        and bool(outlook_words().contrast.search(outside.lower()))
    )
    general = about and (_general(text) or judged or contrast)
    reading = read(outside, holder is not None or general, leaning=False)
    if reading.direction is None:
        return None
    if holder is None and not mood and not general:
        first = read(outside, about=False, leaning=False)
        if first.direction is None or not (about or len(all_words) <= 12):
            return None
        reading = first
    direction = reading.direction or "mixed"
    outlook = OutlookFound(
        spans=[_tight(told.page.text, place)], direction=direction, holder=holder[0] if holder else None,
        holder_text=holder[1] if holder else None, standing=holder[2] if holder else None,
    )  # fmt: skip
    return outlook, reading


def _general(text: str) -> bool:
    return outlook_words().single["general"].search(text) is not None


def _without(text: str, place: SpanT, said: list[SpanT]) -> str:
    """The words of a span with what people say in it blanked."""
    for at in range(max(0, bisect_right(said, place) - 6), len(said)):
        start, end = said[at]
        if start >= place[1]:
            break
        low, high = max(start, place[0]) - place[0], min(end, place[1]) - place[0]
        if low < high:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def _feeler(
    told: Told, place: SpanT, at: int, sentence: Span, block: Block
) -> tuple[int | None, str | None, str] | None:
    """Whose feeling or expectation a sentence tells: its subject, a person or the description of one."""
    feeling = outlook_words().sets["feeling"]
    for token in sentence:
        if token.dep_ not in ("nsubj", "nsubjpass") or token.head.lower_ not in feeling:
            continue
        if block.start + token.idx > place[0] + at + 10:
            break
        words = " ".join(t.text for t in token.subtree)
        where = block.start + token.idx
        mention = next(
            (m for m in told.cast.within(where - 60, where + len(token) + 60) if m.start <= where < m.end), None
        )
        if mention is not None and told.cast.actors[mention.actor].kind == "person":
            actor = told.cast.actors[mention.actor]
            return mention.actor, words, "official" if actor.part != "outside" or actor.side is not None else "outside"
        low = {w.lower() for w in _WORD.findall(words)}
        sets = outlook_words().sets
        if low & (sets["experts"] | sets["officials"]) and not low & sets["moods"]:
            return None, words, "outside" if low & sets["experts"] else "official"
        if low & {"he", "she"}:
            return None, None, "outside"
    return None


def _tight(text: str, place: SpanT) -> SpanT:
    start, end = place
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if end > start else place


# -- reading ----------------------------------------------------------------------------------------------------------


def read(text: str, about: bool, leaning: bool) -> Reading:
    """How some words lean.

    Args:
        text: what is said.
        about: the talks are spoken of, so that phrases count that could be said of other things.
        leaning: count words that lean one way too, beside phrases of judgement.
    """
    patterns, reading = outlook_words().patterns, Reading()
    text = _WILL.sub(" will", text)
    taken: list[SpanT] = []
    for key, start, end in hits(text):
        if (key.endswith("_about") and not about) or any(a < end and start < b for a, b in taken):
            continue
        taken.append((start, end))
        reading.sure = True
        if key == "mixed":
            reading.mixed = True
            continue
        hopeful = key.startswith("hopeful")
        turned = outlook_words().single["negation"].search(text[max(0, start - 40) : start]) is not None
        if turned and not hopeful and _NEGATIVE.match(text[start:end]):
            turned = False
        _count(reading, hopeful != turned, 2.0)
    if leaning:
        for part in _SPLIT.split(text):
            if not part or not part.strip():
                continue
            hope = sum(
                1
                for m in patterns["leaning_hopeful"].finditer(part.lower())
                if not outlook_words().single["negation"].search(part[: m.start()])
            )
            doubt = len(list(patterns["leaning_doubtful"].finditer(part.lower())))
            if hope != doubt:
                _count(reading, hope > doubt, 1.0)
    return reading


def _count(reading: Reading, hope: bool, weight: float) -> None:
    if hope:
        reading.hope += weight
    else:
        reading.doubt += weight


def _joined(told: Told, found: list[tuple[OutlookFound, Reading]], starts: list[int]) -> list[OutlookFound]:
    """Outlooks of one holder in neighbouring sentences are one; its parts together say which way it leans."""
    kept: list[tuple[OutlookFound, Reading]] = []
    for outlook, reading in found:
        last, before = kept[-1] if kept else (None, None)
        if last is not None and before is not None:
            within = any(a < d and c < b for a, b in last.spans for c, d in outlook.spans)
            near = bisect_right(starts, outlook.spans[0][0]) == bisect_right(starts, last.spans[-1][0])
            if within or (near and _same_holder(last, outlook)):
                if not within:
                    before.add(reading)
                    last.spans += [s for s in outlook.spans if s not in last.spans]
                elif outlook.statement is not None and last.statement is None:
                    before.add(reading)
                last.direction = before.direction or last.direction
                if last.holder is None and last.statement is None:
                    last.holder, last.holder_text = outlook.holder, last.holder_text or outlook.holder_text
                    last.standing = outlook.standing or last.standing
                last.statement = last.statement if last.statement is not None else outlook.statement
                continue
        kept.append((outlook, reading))
    return [outlook for outlook, _ in kept]


def _same_holder(one: OutlookFound, other: OutlookFound) -> bool:
    if one.holder is not None or other.holder is not None:
        return one.holder == other.holder or (one.holder_text is None and one.holder is None)
    return one.holder_text == other.holder_text or one.holder_text is None or other.holder_text is None
