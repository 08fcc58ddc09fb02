"""What is found in one document, before anything is known of the others.

Findings are pure data: plain dataclasses of numbers, strings, lists and None, so that they can cross processes, be
cached as JSON and be compared. A span is a pair (start, end) of offsets in code points into the document's stored text,
end exclusive, never empty. An actor is named by its index into `Findings.actors`.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

SpanT = tuple[int, int]


@dataclass(slots=True)
class Layout:
    """How a document is laid out: what of it is report and what is furniture.

    `furniture` is sorted and does not overlap; `paragraphs` are the spans of the report's blocks (headline included)
    between furniture, in the order of the text; `title` and `outlet` are spans or None; `credits` are names of agencies
    or outlets that the text itself credits; `dateline` is the span of a place at the head of the report ("VIENNA").
    """

    paragraphs: list[SpanT]
    furniture: list[SpanT] = field(default_factory=list)
    title: SpanT | None = None
    headlines: list[SpanT] = field(default_factory=list)
    outlet: str | None = None
    credits: list[str] = field(default_factory=list)
    dateline: SpanT | None = None
    byline: SpanT | None = None


@dataclass(slots=True)
class DateFound:
    """A date as an interval of days, ISO 8601, with the words it comes from and how it is known."""

    start: str
    end: str
    text: str
    basis: str


@dataclass(slots=True, frozen=True)
class TimeFound:
    """One time expression.

    `form` says how it is to be read:

    * calendar: `year`, `month`, `day`, `last` (last day of a range), `part` (early, mid, late, first, second, a
      season); each None where the words do not say (a day alone, "the 18th", is of the month next to the writing)
    * weekday: `weekday` (0 is Monday), `last` the weekday that a range ends with; `step` is -1 for "last", 1 for "next"
    * offset: `step` units of `unit` from the day of writing
    * anchored: `step` units of `unit` from another event, told elsewhere
    * until: from the day of writing to the end of the `unit` it is in, or of `month`
    * near: up to `step` units of `unit` before or after the day of writing (0 for "in recent days": as far as it goes)
    * some: a few units of `unit` from the day of writing; `part` has the words

    `direction` is the tense around it: -1 past, 1 future, 0 unknown.
    """

    start: int
    end: int
    text: str
    form: str
    direction: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    part: str | None = None
    weekday: int | None = None
    unit: str | None = None
    step: int = 0
    anchor: TimeFound | None = None


@dataclass(slots=True)
class WhenFound:
    """What the words say of when something was, before it is settled into days: what a later date of writing changes.

    `times` are the expressions, `how` says how they make one date: `one` (the first that gives days), `since` (from the
    first to the writing), `span` (from the first to the last), `pair` (both, where they are next to each other, else
    the first).
    """

    times: list[TimeFound]
    how: str = "one"


@dataclass(slots=True)
class ClueFound:
    """Something in a text that bounds the day it was written; see `dragoman.extract.dating`.

    `rule` names the kind of clue, `time` is the expression it rests on, `way` says on which side of it the writing is:
    -1 before, 0 on, 1 after (never the day itself where `strict`).
    """

    rule: str
    span: SpanT
    time: TimeFound
    way: int = 0
    strict: bool = False


@dataclass(slots=True)
class ReasonFound:
    """Why a text is dated as it is: a line in words, the days that this leaves by itself, and the words it rests on.

    `document` is the id of the document in which the words stand, None for the one that is dated. `against` marks what
    contradicts the date that was given.
    """

    says: str
    date: DateFound | None = None
    against: bool = False
    spans: list[SpanT] = field(default_factory=list)
    document: str | None = None


@dataclass(slots=True)
class SketchFound:
    """What a text is compared with others by, to find copies; see `dragoman.extract.sketch`.

    `bands` are hashes of which copies share several.
    """

    bands: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ClaimFound:
    """An answer that a text gives to a question that others may answer differently; see `dragoman.extract.claims`.

    `kind` names the kind of question, `keys` are words that tell which question it is (claims that share one are
    compared), `value` is the answer, `actors` whom it is about and `teller` who says so (indices into
    `Findings.actors`); `meeting` is the encounter it is about, if it is about one (an index into `Findings.meetings`).
    `about` holds the concepts of its words, `exact` how exactly a number is meant, `answers` the claim of the same
    document that it gainsays (an index into `Findings.claims`), `rule` how it was found, `question` what is asked, in
    words.
    """

    kind: str
    keys: list[str]
    value: str
    spans: list[SpanT]
    number: float | None = None
    unit: str | None = None
    denied: bool = False
    actors: list[int] = field(default_factory=list)
    teller: int | None = None
    statement: int | None = None
    meeting: int | None = None
    date: DateFound | None = None
    about: list[str] = field(default_factory=list)
    exact: str = ""
    answers: int | None = None
    rule: str = ""
    question: str = ""


@dataclass(slots=True)
class Attribution:
    """Somebody says something: who, by what words, what. Spans may be several; source and cue may be empty.

    `parent` is the index of the attribution that reports this one ("the office said that X stressed …"), or None.
    `kind` is direct, indirect or mixed; `thought` is true for beliefs and intentions that nobody voiced.
    """

    source: list[SpanT]
    cue: list[SpanT]
    content: list[SpanT]
    kind: str
    thought: bool = False
    parent: int | None = None


@dataclass(slots=True)
class RoleFound:
    """A title somebody is given in a document; `of` is the index of the actor it is held at or for."""

    title: str
    of: int | None
    span: SpanT


@dataclass(slots=True)
class ActorFound:
    """One actor as one document has it; `names` gives for every spelling its first place.

    `key` is what the actor is known by everywhere if it is (ISO 3166 code of a state: "iso:FR"), else None. `side` is
    the index of the party it speaks or acts for; `sure` is false where the side is inferred from the context, not told
    beside the name.
    """

    name: str
    names: dict[str, SpanT]
    kind: str
    key: str | None = None
    side: int | None = None
    sure: bool = True
    part: str = "outside"
    roles: list[RoleFound] = field(default_factory=list)
    mentions: int = 1


@dataclass(slots=True)
class StatementFound:
    """One statement: speaker and the rest as the spec has them, with spans in the place of citations."""

    content: list[SpanT]
    kind: str
    spans: list[SpanT]
    speaker: int | None = None
    speaker_text: str | None = None
    on_behalf_of: int | None = None
    cue: str | None = None
    channel: str | None = None
    via: str | None = None
    date: DateFound | None = None
    when: WhenFound | None = None


@dataclass(slots=True)
class MeetingFound:
    """One encounter as one document tells of it.

    `words` gives for a field (date, place, round, duration_minutes, status …) the words that say it. `series` marks
    several encounters told as one ("several rounds"), `earlier` one told as being before the text's own ("the previous
    round"). `asked` are those who asked for it, or for its postponement, `led` those who headed a delegation at it;
    their words are under "asked" and "lead", and under "ended" who or what ended it.
    """

    spans: list[SpanT]
    kind: str
    level: str
    status: str
    format: str | None = None
    date: DateFound | None = None
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    parties: list[int] = field(default_factory=list)
    participants: list[int] = field(default_factory=list)
    mediators: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    led: list[int] = field(default_factory=list)
    round: int | None = None
    duration_minutes: int | None = None
    outcome: str | None = None
    series: bool = False
    earlier: bool = False
    when: WhenFound | None = None
    words: dict[str, list[SpanT]] = field(default_factory=dict)


@dataclass(slots=True)
class PositionFound:
    """One stand as one document has it: fields as the spec has them, spans in the place of citations.

    `party`, `teller` and `addressee` are indices into `Findings.actors`, `statement` one into `Findings.statements`.
    `quantities` are pairs of a number and its unit.
    """

    spans: list[SpanT]
    party: int
    issue: str
    stance: str
    content: str
    date: DateFound | None = None
    statement: int | None = None
    told_by: str = "outlet"
    teller: int | None = None
    addressee: int | None = None
    past: bool = False
    quantities: list[tuple[float, str]] = field(default_factory=list)
    when: WhenFound | None = None


@dataclass(slots=True)
class StepFound:
    """What became of an agreement at some time; `date` None where the text does not say when."""

    status: str
    spans: list[SpanT]
    date: DateFound | None = None
    when: WhenFound | None = None


@dataclass(slots=True)
class AgreementFound:
    """One agreement as one document has it; `status` is the latest it tells, `steps` all that it tells.

    `parties` are indices into `Findings.actors`, `meeting` is one into `Findings.meetings`.
    """

    spans: list[SpanT]
    issue: str
    content: str
    status: str
    quantity: tuple[float, str] | None = None
    parties: list[int] = field(default_factory=list)
    meeting: int | None = None
    date: DateFound | None = None
    until: DateFound | None = None
    condition: str | None = None
    steps: list[StepFound] = field(default_factory=list)
    when: WhenFound | None = None
    until_when: WhenFound | None = None


@dataclass(slots=True)
class OutlookFound:
    """Somebody's judgement of where the talks go; `holder` is an index into `Findings.actors`, if it is an actor."""

    spans: list[SpanT]
    direction: str
    holder: int | None = None
    holder_text: str | None = None
    standing: str | None = None
    statement: int | None = None


@dataclass(slots=True)
class Findings:
    """All that is found in one document."""

    language: str | None
    words: int
    title: str | None = None
    outlet: str | None = None
    credits: list[str] = field(default_factory=list)
    dated: DateFound | None = None
    furniture: list[SpanT] = field(default_factory=list)
    actors: list[ActorFound] = field(default_factory=list)
    statements: list[StatementFound] = field(default_factory=list)
    meetings: list[MeetingFound] = field(default_factory=list)
    positions: list[PositionFound] = field(default_factory=list)
    agreements: list[AgreementFound] = field(default_factory=list)
    outlooks: list[OutlookFound] = field(default_factory=list)
    clues: list[ClueFound] = field(default_factory=list)
    reasons: list[ReasonFound] = field(default_factory=list)
    claims: list[ClaimFound] = field(default_factory=list)
    sketch: SketchFound | None = None

    def to_json(self) -> dict[str, Any]:
        """The findings as plain JSON values (spans become lists of two)."""
        return {name: _plain(getattr(self, name)) for name in _names(Findings)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Findings:
        """Findings from what `to_json` made.

        Raises: pydantic.ValidationError where `data` is not that.
        """
        return _findings().validate_python(data)


@functools.cache
def _findings() -> TypeAdapter[Findings]:
    return TypeAdapter(Findings)


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(entry.name for entry in dataclasses.fields(kind))


def _plain(value: Any) -> Any:
    """A value of findings as JSON has it; what dataclasses.asdict does, without its copies, in a fifth of the time."""
    kind: Any = type(value)
    if kind is str or kind is int or value is None or kind is bool or kind is float:
        return value
    if kind is list or kind is tuple:
        return [_plain(item) for item in value]
    if kind is dict:
        return {key: _plain(item) for key, item in value.items()}
    return {name: _plain(getattr(value, name)) for name in _names(kind)}
