"""The tables of a record.

What documents say is kept as it was found (`documents`, `findings` and the rows that point into them), with profiles
in the place of actors: a profile is an actor as one or more documents have it. What is concluded from all of them
(`actors`, `meetings`, and which profile is which actor) is kept beside it, and made again where something under it
changed. No row of the first kind is ever rewritten because of the second.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Sorted by code point everywhere, so that a record comes out in the same order whatever keeps it.
Ordered = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What all tables share."""


class SettingRow(Base):
    """What a record was told once and keeps to: the set of issues that it is read with."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class DocumentRow(Base):
    """A document: its text, and what is known of it as a whole.

    `reader` says what read it (extractor and resolver; "" to have it read again), `state` what came of it: read, unread
    (a language that is not read) or failed; `note` is one line on anything but read.
    `dated` is its date by all that the record holds.
    """

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str] = mapped_column(Ordered, unique=True)
    sha256: Mapped[str] = mapped_column(String, index=True)
    reader: Mapped[str] = mapped_column(String, index=True)
    extractor: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    outlet: Mapped[str | None] = mapped_column(Text)
    credits: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str | None] = mapped_column(String)
    dated: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    dated_from: Mapped[str | None] = mapped_column(String)
    dated_to: Mapped[str | None] = mapped_column(String)
    words: Mapped[int] = mapped_column(Integer)
    furniture: Mapped[list[list[int]]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)  # last: rows are read without it


class FindingsRow(Base):
    """What an extractor found in a text, as JSON; however many documents have that text."""

    __tablename__ = "findings"
    sha256: Mapped[str] = mapped_column(String, primary_key=True)
    extractor: Mapped[str] = mapped_column(String, primary_key=True)
    data: Mapped[str] = mapped_column(Text)


class ProfileRow(Base):
    """An actor as documents have it; `places` counts in how many, `actor` is whom it was resolved to."""

    __tablename__ = "profiles"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    data: Mapped[str] = mapped_column(Text)
    places: Mapped[int] = mapped_column(Integer)
    actor: Mapped[str | None] = mapped_column(String, index=True)


class ProfileKeyRow(Base):
    """A key a profile goes by; profiles that share one are resolved together."""

    __tablename__ = "profile_keys"
    key: Mapped[str] = mapped_column(String, primary_key=True)
    profile: Mapped[str] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True, index=True)


class LocalActorRow(Base):
    """The actor at an index of a document's findings."""

    __tablename__ = "local_actors"
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    profile: Mapped[str] = mapped_column(ForeignKey("profiles.id"), index=True)


class RoleRow(Base):
    """A title that a document gives to one of its actors; `of` is the index of the actor it is held at."""

    __tablename__ = "roles"
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    profile: Mapped[str] = mapped_column(String, index=True)
    of: Mapped[str | None] = mapped_column(String)
    title: Mapped[str] = mapped_column(Text)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    quote: Mapped[str] = mapped_column(Text)


class StatementRow(Base):
    """Where a statement is: the index in its document's findings; speaker and principal are profiles."""

    __tablename__ = "statements"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    speaker: Mapped[str | None] = mapped_column(String, index=True)
    on_behalf_of: Mapped[str | None] = mapped_column(String, index=True)
    date_from: Mapped[str | None] = mapped_column(String)
    date_to: Mapped[str | None] = mapped_column(String)
    __table_args__ = (Index("statements_in_order", "document", "position", unique=True),)


class MeetingRow(Base):
    """An encounter; all else of it is settled from its accounts when it is read."""

    __tablename__ = "meetings"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    date_from: Mapped[str] = mapped_column(String)
    date_to: Mapped[str] = mapped_column(String)
    __table_args__ = (Index("meetings_in_order", "date_from", "date_to", "id"),)


class AccountRow(Base):
    """What one document says of an encounter: the finding and its quotes as JSON, with indices for actors.

    `month` is the month it is of, by its date, else by its document's; "" where neither is known.
    """

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    month: Mapped[str] = mapped_column(String, index=True)
    meeting: Mapped[str | None] = mapped_column(String, index=True)
    data: Mapped[str] = mapped_column(Text)


class AccountActorRow(Base):
    """An actor of an account, as `field`: parties, participants or mediators."""

    __tablename__ = "account_actors"
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    field: Mapped[str] = mapped_column(String)
    profile: Mapped[str] = mapped_column(String, index=True)


class DatingRow(Base):
    """What a document's date is worked out from: `own` is what it and its sidecar say, `reasons` say why it is so.

    A table of its own, not columns of `documents`: what stands behind a long text is slow to reach.
    """

    __tablename__ = "dating"
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str | None] = mapped_column(Text)
    sidecar: Mapped[str | None] = mapped_column(String)
    own: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class KeyRow(Base):
    """A key under which entries that may belong together find each other.

    `kind` is fact (events that date documents; the owner is the document), lookup (which of these a document asks for),
    claim (answers to one question; the claim), block (what a document's entries are compared in; the document) or cited
    (a block; a disagreement, with each document it cites).
    """

    __tablename__ = "keys"
    kind: Mapped[str] = mapped_column(String, primary_key=True)
    key: Mapped[str] = mapped_column(String, primary_key=True)
    owner: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)


class BandRow(Base):
    """A key of a document's text, of which copies share some; there are dozens for each document."""

    __tablename__ = "bands"
    band: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    __table_args__ = ({"sqlite_with_rowid": False},)  # half the size


class LinkRow(Base):
    """Two documents that are not independent of each other, as they were compared; `first` comes first by id."""

    __tablename__ = "links"
    first: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    second: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    data: Mapped[str] = mapped_column(Text)


class FamilyRow(Base):
    """A family of documents, as the record has it."""

    __tablename__ = "families"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    data: Mapped[str] = mapped_column(Text)


class MemberRow(Base):
    """A document of a family."""

    __tablename__ = "members"
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    family: Mapped[str] = mapped_column(String, index=True)


class ClaimRow(Base):
    """An answer that a document gives to a question, as JSON; actors are profiles."""

    __tablename__ = "claims"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    data: Mapped[str] = mapped_column(Text)


class DisagreementRow(Base):
    """A disagreement as the record has it; `block` is what it was worked out from and goes with.

    `hidden` marks one that asks what another asks that has more words behind it.
    """

    __tablename__ = "disagreements"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    block: Mapped[str] = mapped_column(String, primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String)
    about: Mapped[str] = mapped_column(String, index=True)
    rank: Mapped[int] = mapped_column(Integer)
    hidden: Mapped[bool] = mapped_column(Boolean)
    data: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("disagreements_in_order", "rank", "id"),)


class ComparedRow(Base):
    """What was found when the claims of a block, or of a part of one, were last compared, as JSON.

    That is its documents, and the questions between them, each with its disagreement: what comes later is compared with
    these documents, but they are not compared with each other again.
    """

    __tablename__ = "compared"
    block: Mapped[str] = mapped_column(String, primary_key=True)
    data: Mapped[str] = mapped_column(Text)


class DueRow(Base):
    """Something that has to be worked out anew, since what it follows from has changed."""

    __tablename__ = "due"
    kind: Mapped[str] = mapped_column(String, primary_key=True)
    key: Mapped[str] = mapped_column(String, primary_key=True)


class PositionRow(Base):
    """Where a stand is: the index in its document's findings; who holds, tells and is asked are profiles.

    `data` is the stand as the record has it, but for these three: many are compared, and none needs its document's
    findings for that. (What a dragoman of schema 0003 kept is without it until it is read again.)
    """

    __tablename__ = "positions"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    party: Mapped[str] = mapped_column(String, index=True)
    teller: Mapped[str | None] = mapped_column(String)
    addressee: Mapped[str | None] = mapped_column(String)
    issue: Mapped[str] = mapped_column(String, index=True)
    date_from: Mapped[str | None] = mapped_column(String)
    date_to: Mapped[str | None] = mapped_column(String)
    data: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("positions_in_order", "document", "position", unique=True),)


class OutlookRow(Base):
    """Where an outlook is: the index in its document's findings; its holder is a profile."""

    __tablename__ = "outlooks"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    holder: Mapped[str | None] = mapped_column(String, index=True)
    __table_args__ = (Index("outlooks_in_order", "document", "position", unique=True),)


class AgreementRow(Base):
    """An agreement; all else of it is settled from its accounts when it is read."""

    __tablename__ = "agreements"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    block: Mapped[str | None] = mapped_column(String, index=True)
    date_from: Mapped[str] = mapped_column(String)
    date_to: Mapped[str] = mapped_column(String)
    __table_args__ = (Index("agreements_in_order", "date_from", "date_to", "id"),)


class AgreedRow(Base):
    """What one document says of an agreement: the finding and its quotes as JSON; `met` is the account of a meeting."""

    __tablename__ = "agreed"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    block: Mapped[str | None] = mapped_column(String, index=True)
    agreement: Mapped[str | None] = mapped_column(String, index=True)
    met: Mapped[str | None] = mapped_column(String)
    data: Mapped[str] = mapped_column(Text)


class AgreedActorRow(Base):
    """A party of an agreement, as one document has it."""

    __tablename__ = "agreed_actors"
    account: Mapped[str] = mapped_column(ForeignKey("agreed.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    profile: Mapped[str] = mapped_column(String, index=True)


class ActorRow(Base):
    """An actor of the record; `side_key` is a key of the profile it speaks for, `rank` orders by part."""

    __tablename__ = "actors"
    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str] = mapped_column(Ordered)
    names: Mapped[list[str]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String)
    part: Mapped[str] = mapped_column(String)
    side_key: Mapped[str | None] = mapped_column(String, index=True)
    rank: Mapped[int] = mapped_column(Integer)
    places: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("actors_in_order", "rank", "places", "id"),)
