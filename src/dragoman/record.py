"""The record's vocabulary: the parts of dragoman-record/1 as types, and nothing else.

Every other module imports this one; it imports nothing of ours. The JSON of `dragoman export` is these types written
out, and `schema()` is the JSON Schema made from them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA = "dragoman-record/1"

ActorKind = Literal["person", "state", "armed_group", "bloc", "organisation", "company", "union", "body"]
Part = Literal["party", "mediator", "host", "supporter", "outside"]
MeetingKind = Literal["talks", "trilateral", "call", "visit", "summit", "forum"]
Level = Literal["leaders", "ministers", "delegations", "experts"]
Format = Literal["in_person", "video", "phone", "indirect"]
MeetingStatus = Literal["held", "scheduled", "proposed", "postponed", "cancelled", "declined"]
StatementKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["demands", "proposes", "accepts", "open_to", "conditions", "rejects"]
AgreementStatus = Literal["in_principle", "agreed", "implemented", "partly_implemented", "breached", "lapsed", "denied"]
Direction = Literal["hopeful", "doubtful", "mixed"]
ToldBy = Literal["own", "other_side", "mediator", "unnamed", "outlet"]
Standing = Literal["official", "outside"]
DisagreementKind = Literal["conflict", "revision", "framing"]
FamilyKind = Literal["duplicate", "near_duplicate", "rewrite", "shared_source"]
Basis = Literal["stated", "inferred", "metadata"]

DAY = r"^\d{4}-\d{2}-\d{2}$"


class Entry(BaseModel):
    """What all parts of a record have in common: they do not change, and know no other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Entry):
    """A stretch of a document's stored text; offsets in Unicode code points, end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)

    @model_validator(mode="after")
    def _not_empty(self) -> Span:
        if self.end <= self.start:
            raise ValueError(f"an empty span: {self.start}..{self.end}")
        return self


class Citation(Entry):
    """The words an entry comes from: `quote == text[start:end]` of the document's stored text, always."""

    document: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _as_long_as_it_says(self) -> Citation:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the quote is {len(self.quote)} long, its span {self.start}..{self.end}")
        return self


class Date(Entry):
    """A closed interval of days; `text` is the expression it comes from, `basis` how it is known."""

    from_: str = Field(alias="from", pattern=DAY)
    to: str = Field(pattern=DAY)
    text: str
    basis: Basis

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @model_validator(mode="after")
    def _in_order(self) -> Date:
        if self.to < self.from_:
            raise ValueError(f"an interval that ends before it begins: {self.from_}..{self.to}")
        return self


class Reason(Entry):
    """Why a document is given its date: a line in words, the days it leaves by itself, and the words it comes from.

    `against` marks what speaks against the date: a sidecar is believed, but a text that contradicts it is shown.
    """

    says: str
    date: Date | None = None
    against: bool = False
    citations: list[Citation] = []


class Document(Entry):
    """A document as it was read; `furniture` is what of its text is no report, `reasons` say how its date is known."""

    id: str
    name: str
    title: str | None = None
    outlet: str | None = None
    credits: list[str] = []
    language: str | None = None
    url: str | None = None
    dated: Date | None = None
    reasons: list[Reason] = []
    sha256: str
    words: int = Field(ge=0)
    furniture: list[Span] = []
    family: str | None = None


class Role(Entry):
    """A title somebody is given, and the actor it is held at or for."""

    title: str
    actor: str | None = None
    citations: list[Citation] = Field(min_length=1)


class Actor(Entry):
    """Somebody who meets, speaks, is spoken for, or takes part; all spellings in `names`."""

    id: str
    name: str
    names: list[str]
    kind: ActorKind
    side: str | None = None
    part: Part
    roles: list[Role] = []


class MeetingFields(Entry):
    """What can be said of an encounter, by the record or by one document.

    `asked` are those who asked for it or for its postponement, `led` those who headed a delegation at it.
    """

    title: str | None = None
    kind: MeetingKind | None = None
    level: Level | None = None
    format: Format | None = None
    status: MeetingStatus | None = None
    date: Date | None = None
    place: str | None = None
    country: str | None = None
    venue: str | None = None
    parties: list[str] = []
    participants: list[str] = []
    mediators: list[str] = []
    asked: list[str] = []
    led: list[str] = []
    round: int | None = None
    duration_minutes: int | None = None
    outcome: str | None = None


class MeetingAccount(MeetingFields):
    """What one document by itself says of an encounter."""

    document: str
    citations: list[Citation] = Field(min_length=1)


class MeetingStep(Entry):
    """What one document says of whether an encounter is to be or was, and when it says so."""

    document: str
    status: MeetingStatus
    date: Date | None = None
    citations: list[Citation] = Field(min_length=1)


class RoundTold(Entry):
    """Which round an encounter is, as some documents count: a claim, never a key."""

    round: int
    citations: list[Citation] = Field(min_length=1)


class Meeting(MeetingFields):
    """One encounter, however many documents report it; its fields are settled from the accounts.

    `steps` are its statuses in the order of the days on which documents say so; `rounds` who counts it as which.
    """

    id: str
    title: str
    kind: MeetingKind
    level: Level
    status: MeetingStatus
    accounts: list[MeetingAccount] = Field(min_length=1)
    steps: list[MeetingStep] = []
    rounds: list[RoundTold] = []
    citations: list[Citation] = Field(min_length=1)


class Statement(Entry):
    """Somebody says, writes or announces something in a document."""

    id: str
    document: str
    speaker: str | None = None
    speaker_text: str | None = None
    on_behalf_of: str | None = None
    cue: str | None = None
    content: list[Citation] = Field(min_length=1)
    kind: StatementKind
    channel: str | None = None
    via: str | None = None
    date: Date | None = None
    citations: list[Citation] = Field(min_length=1)


class Quantity(Entry):
    """A number and what it counts."""

    value: float
    unit: str


class Position(Entry):
    """What a party wants, gives or refuses, whoever reports it.

    `told_by` says whose word it is that the party stands so: its own (or its named delegate's), the other side's, a
    mediator's (or another third party's), that of a source without a name, or the outlet's; `teller` is who says it,
    where that is an actor. `addressee` is whom it is asked of or offered to. `past` marks a stand that the text tells
    as one of earlier days, not of its own. `quantities` are the numbers in it, as written.
    """

    id: str
    party: str
    issue: str
    stance: Stance
    content: str
    date: Date | None = None
    statement: str | None = None
    told_by: ToldBy = "outlet"
    teller: str | None = None
    addressee: str | None = None
    past: bool = False
    quantities: list[Quantity] = []
    citations: list[Citation] = Field(min_length=1)


class AgreementStep(Entry):
    """A step in what became of an agreement, as one document tells it."""

    document: str
    status: AgreementStatus
    date: Date | None = None
    citations: list[Citation] = Field(min_length=1)


class AgreementFields(Entry):
    """What can be said of an agreement, by the record or by one document."""

    issue: str
    content: str
    quantity: Quantity | None = None
    parties: list[str] = []
    status: AgreementStatus
    meeting: str | None = None
    date: Date | None = None
    until: Date | None = None
    condition: str | None = None


class AgreementAccount(AgreementFields):
    """What one document by itself says of an agreement."""

    document: str
    citations: list[Citation] = Field(min_length=1)


class Agreement(AgreementFields):
    """Something that parties are reported to have agreed, or that binds them already.

    `until` is when it ends, `condition` what it waits on, `steps` what became of it, in the order of time. A status of
    `agreed` without a later step means that nothing is known of its being kept.
    """

    id: str
    accounts: list[AgreementAccount] = []
    steps: list[AgreementStep] = []
    citations: list[Citation] = Field(min_length=1)


class Outlook(Entry):
    """Somebody's judgement of where the talks go; `standing` tells officials of those who talk from outside experts."""

    id: str
    holder: str | None = None
    holder_text: str | None = None
    direction: Direction
    standing: Standing | None = None
    statement: str | None = None
    citations: list[Citation] = Field(min_length=1)


class About(Entry):
    """The question that is answered differently: a field of an entry."""

    kind: str
    id: str
    field: str


class Value(Entry):
    """One answer, with its words."""

    value: str
    citations: list[Citation] = Field(min_length=1)


class Disagreement(Entry):
    """The same question answered differently.

    `about` names a field of an entry; where the texts answer something that no entry holds (`kind` is "claim") its `id`
    is the id of the first of them and `question` says in words what is asked.
    """

    id: str
    about: About
    kind: DisagreementKind
    question: str | None = None
    values: list[Value] = Field(min_length=2)


class Family(Entry):
    """Documents that are not independent of each other.

    `first` is the one that came first, where dates or text show it; `source` is whom they all rest on, where the family
    is one of a shared source.
    """

    id: str
    documents: list[str] = Field(min_length=2)
    kind: FamilyKind
    first: str | None = None
    source: str | None = None
    passages: list[list[Citation]] = []


class Export(Entry):
    """A whole record, as `dragoman export --format json` writes it."""

    schema_: Literal["dragoman-record/1"] = Field(default="dragoman-record/1", alias="schema")
    documents: list[Document] = []
    actors: list[Actor] = []
    meetings: list[Meeting] = []
    statements: list[Statement] = []
    positions: list[Position] = []
    agreements: list[Agreement] = []
    outlooks: list[Outlook] = []
    disagreements: list[Disagreement] = []
    families: list[Family] = []

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


PARTS: dict[str, type[Entry]] = {
    "documents": Document,
    "actors": Actor,
    "meetings": Meeting,
    "statements": Statement,
    "positions": Position,
    "agreements": Agreement,
    "outlooks": Outlook,
    "disagreements": Disagreement,
    "families": Family,
}
"""The parts of a record in the order in which an export has them."""


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an export."""
    made = Export.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **made}
