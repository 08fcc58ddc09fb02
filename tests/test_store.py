"""The record's database: its schema, what is no record, who is who, and which accounts are of one encounter."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

import dragoman
from dragoman.extract.findings import ActorFound, DateFound, Findings, MeetingFound, RoleFound, StatementFound
from dragoman.resolve.agreements import AgreedAccount, merge_agreements
from dragoman.resolve.meetings import Account, merge_accounts, settle
from dragoman.store import Database, RecordError, database
from dragoman.store.models import Base
from made_up import exported, keep, kept, span


def actor(name: str, kind: str = "person", side: int | None = None, **more: object) -> ActorFound:
    return ActorFound(name, {name: span("Mara")}, kind, side=side, **more)  # type: ignore[arg-type]


def day(number: int, text: str = "then") -> DateFound:
    return DateFound(f"2031-05-{number:02}", f"2031-05-{number:02}", text, "stated")


# -- the schema -------------------------------------------------------------------------------------------------------


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    kept = Database(tmp_path / "r.db")
    with kept.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == database.HEAD


def test_head_is_the_last_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [database.HEAD]


# -- what is no record ------------------------------------------------------------------------------------------------


def refused(place: Path | str) -> str:
    with pytest.raises(RecordError) as error:
        dragoman.open(place)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(str(place))
    return str(error.value)


def test_no_record() -> None:
    assert "there is no record here" in refused("nowhere/at-all.db")
    with pytest.raises(RecordError, match="there is no folder nowhere"):
        dragoman.read([], "nowhere/at-all.db")
    assert not Path("nowhere").exists()


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("Delegations met in Ambry. " * 99)
    assert "not a record" in refused(tmp_path / "r.db")
    assert "a folder" in refused(tmp_path)
    assert "URL" in refused("postgres//://")


def test_damaged(tmp_path: Path) -> None:
    keep(tmp_path / "r.db", [kept("a.txt", None)])
    content = bytearray((tmp_path / "r.db").read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    (tmp_path / "r.db").write_bytes(content)
    with pytest.raises(RecordError, match=r"r\.db: the file is damaged"), dragoman.open(tmp_path / "r.db") as record:
        list(record.documents)


def test_another_programs_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "r.db") as other:
        other.execute("create table accounts (iban text)")
    assert "not a dragoman record" in refused(tmp_path / "r.db")
    assert sqlite3.connect(tmp_path / "r.db").execute("select name from sqlite_master").fetchall() == [("accounts",)]


def test_made_by_a_newer_dragoman(tmp_path: Path) -> None:
    Database(tmp_path / "r.db").close()
    with sqlite3.connect(tmp_path / "r.db") as newer:
        newer.execute("update alembic_version set version_num = '9999'")
    assert "made by a newer dragoman" in refused(tmp_path / "r.db")


def test_killed_while_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "r.db").touch()  # the file is there before its first table
    with dragoman.open(tmp_path / "r.db") as record:
        assert len(record.documents) == 0


def test_only_to_be_read(tmp_path: Path) -> None:
    keep(tmp_path / "r.db", [kept("a.txt", None)])
    (tmp_path / "r.db").chmod(0o444)
    with dragoman.open(tmp_path / "r.db") as record:
        assert [d.name for d in record.documents] == ["a.txt"]


def test_a_temporary_record_is_gone_when_closed() -> None:
    record = dragoman.Record()
    assert Path(record.place).exists()
    record.close()
    assert not Path(record.place).parent.exists()


# -- transactions -----------------------------------------------------------------------------------------------------


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    keep(tmp_path / "r.db", [kept("a.txt", Findings("en", 3, actors=[actor("Mara Destrin")]))])
    before = exported(tmp_path / "r.db")
    broken = Findings(
        "en", 3, actors=[actor("Oleg Vantor")], statements=[StatementFound([span("was")], "direct", [], 7)]
    )
    with pytest.raises(IndexError):
        keep(tmp_path / "r.db", [kept("b.txt", broken)])
    assert exported(tmp_path / "r.db") == before


def test_writers_wait_for_each_other_and_readers_see_one_state(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    Database(place).close()
    found = Findings("en", 3, actors=[actor("Velcora", "state"), actor("Mara Destrin", side=0)])
    many = [kept(f"{n:02}.txt", found) for n in range(40)]
    problems: list[BaseException] = []

    def write(documents: list[object]) -> None:
        try:
            keep(place, *([document] for document in documents))  # type: ignore[list-item]
        except BaseException as error:
            problems.append(error)

    writers = [threading.Thread(target=write, args=(some,)) for some in (many[:30], many[10:], many)]
    with dragoman.open(place) as record:
        seen = iter(record.documents)
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert problems == []
        assert len(record.documents) == 40
        assert list(seen) == [] or len(list(record.documents)) == 40
    keep(tmp_path / "once.db", many)
    assert exported(place) == exported(tmp_path / "once.db")


# -- who is who -------------------------------------------------------------------------------------------------------


def test_one_actor_from_several_documents(tmp_path: Path) -> None:
    title = RoleFound("chief negotiator", 0, span("chief negotiator"))
    first = Findings("en", 3, actors=[actor("Velcora", "state", part="party"), actor("Destrin", side=0)])
    second = Findings("en", 3, actors=[actor("Velcora", "state"), actor("Mara Destrin", side=0, roles=[title])])
    second.statements = [
        StatementFound([span("spoke of progress")], "indirect", [span("Destrin spoke of progress")], 1)
    ]
    keep(tmp_path / "r.db", [kept("a.txt", first)], [kept("b.txt", second)])
    with dragoman.open(tmp_path / "r.db") as record:
        state, person = record.actors
        assert (state.name, state.part, state.side) == ("Velcora", "party", None)
        assert (person.name, person.names, person.side) == ("Mara Destrin", ["Destrin", "Mara Destrin"], state.id)
        [role] = person.roles
        assert (role.title, role.actor, role.citations[0].quote) == ("chief negotiator", state.id, "chief negotiator")
        assert [s.speaker for s in record.statements] == [person.id]
        assert [a.name for a in record.actors.where(actor="velcora")] == ["Velcora", "Mara Destrin"]
        assert [d.name for d in record.documents.where(actor="Mara Destrin")] == ["a.txt", "b.txt"]


# -- which accounts are of one encounter ------------------------------------------------------------------------------


def met(
    number: int | None, *people: int, place: str | None = None, status: str = "held", **more: object
) -> MeetingFound:
    date = None if number is None else day(number)
    return MeetingFound(  # type: ignore[misc]
        **{
            "spans": [span("Mara Destrin of Velcora met")],
            "kind": "talks",
            "level": "ministers",
            "status": status,
            "date": date,
            "place": place,
            "parties": list(people),
            **more,
        }
    )


def told(*meetings: MeetingFound, dated: int | None = None) -> Findings:
    states = [actor("Velcora", "state"), actor("Tashmere", "state"), actor("Quorland", "state")]
    return Findings("en", 3, dated=day(dated) if dated else None, actors=states, meetings=list(meetings))


def test_accounts_of_one_day_and_place_are_one_meeting(tmp_path: Path) -> None:
    first = told(met(4, 0, 1, place="Ambry", status="scheduled"), dated=3)
    second = told(met(4, 0, 1, mediators=[2], round=2), met(9, 0, 1), met(None, 0, 1))
    keep(tmp_path / "r.db", [kept("a.txt", first)], [kept("b.txt", second)])
    with dragoman.open(tmp_path / "r.db") as record:
        one, other, undated = record.meetings
        names = {a.id: a.name for a in record.actors}
        assert len(one.accounts) == 2
        assert (one.status, one.place, one.round) == ("held", "Ambry", 2)
        assert [names[i] for i in one.mediators] == ["Quorland"]
        assert {a.status for a in one.accounts} == {"scheduled", "held"}
        assert one.title.startswith("Talks of ")
        assert one.title.endswith(" in Ambry, round 2")
        assert (other.date.from_, undated.date) == ("2031-05-09", None)  # type: ignore[union-attr]
        assert record.meetings.where(actor="Quorland")[0] == one
        assert len(record.meetings.where(actor="Quorland")) == 1
        assert list(record.meetings.where(since="2031-05-05")) == [other]
        assert list(record.meetings.where(until="2031-05-05")) == [one]
        record.forget("b.txt")
        [left] = record.meetings
        assert (left.status, left.round, left.mediators) == ("scheduled", None, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (met(4, 0, 1), met(5, 0, 1)),
        (met(4, 0, 1, place="Ambry"), met(4, 0, 1, place="Port Ilvane")),
        (met(4, 0, 1), met(4, 0, 1, kind="call", format="phone")),
        (met(4, 0, 1), met(4, 0, 2)),
        (met(4, participants=[0]), met(4, participants=[1])),
        (met(4, 0, 1), met(4, 0, 1, level="leaders")),
        (met(None, 0, 1), met(None, 0, 1)),
        (met(4), met(4)),
    ],
)
def test_what_differs_stays_apart(tmp_path: Path, one: MeetingFound, other: MeetingFound) -> None:
    keep(tmp_path / "r.db", [kept("a.txt", told(one)), kept("b.txt", told(other))])
    with dragoman.open(tmp_path / "r.db") as record:
        assert len(record.meetings) == 2


def test_who_is_who_decides_anew_which_accounts_are_one(tmp_path: Path) -> None:
    """Two surnames could be anybody's; a third document tells that they are one woman, and so one meeting."""

    def document(name: str) -> Findings:
        return Findings("en", 3, actors=[actor(name)], meetings=[met(4, participants=[0], place="Ambry")])

    short, long = document("Destrin"), document("Mara Destrin")
    keep(tmp_path / "r.db", [kept("a.txt", short)], [kept("b.txt", long)])
    with dragoman.open(tmp_path / "r.db") as record:
        assert len(record.actors) == 1
        [meeting] = record.meetings
        assert len(meeting.accounts) == 2
        record.forget("b.txt")
        assert [a.name for a in record.actors] == ["Destrin"]
        assert record.meetings[0].participants == [record.actors[0].id]


def account(id: str, status: str, dated: str | None = None, date: DateFound | None = None) -> Account:
    written = DateFound(dated, dated, "", "stated") if dated else None
    return Account(
        id, f"d-{id}", "talks", "ministers", status, date=date or day(4), written=written, parties=("a-1", "a-2")
    )


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (("postponed", "2031-05-03"), ("scheduled", "2031-05-01"), "postponed"),
        (("postponed", "2031-05-01"), ("scheduled", "2031-05-03"), "scheduled"),
        (("held", "2031-05-05"), ("scheduled", "2031-05-09"), "held"),
        (("proposed", None), ("cancelled", None), "cancelled"),
    ],
)
def test_the_latest_status_counts(one: tuple[str, str | None], other: tuple[str, str | None], status: str) -> None:
    assert settle([account("1", *one), account("2", *other)]).status == status


def test_the_narrowest_date_counts() -> None:
    week = DateFound("2031-05-04", "2031-05-10", "that week", "stated")
    assert settle([account("1", "held", date=week), account("2", "held", date=day(6))]).date == day(6)


def test_two_encounters_of_one_document_stay_two() -> None:
    one, other = account("1", "held"), account("2", "scheduled")
    groups = merge_accounts([one, Account(**{**_fields(other), "document": one.document})])
    assert len(groups) == 2


def _fields(of: Account) -> dict[str, object]:
    return {name: getattr(of, name) for name in of.__dataclass_fields__}


def test_an_agreement_told_a_day_later_is_one_and_another_of_that_month_is_not() -> None:
    def account(id_: str, content: str, day_: int) -> AgreedAccount:
        return AgreedAccount(id_, f"d-{id_}", "prisoners", content, "agreed", date=day(day_))

    first = account("g-1", "to free the fishermen of both ports", 4)
    later = account("g-2", "to free the fishermen of both ports", 5)
    other = account("g-3", "to publish the lists of the missing", 5)
    much_later = account("g-4", "to free the fishermen of both ports", 20)
    groups = [[a.id for a in group] for group in merge_agreements([other, much_later, later, first])]
    assert groups == [["g-1", "g-2"], ["g-3"], ["g-4"]]
