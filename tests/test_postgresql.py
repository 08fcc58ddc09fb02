"""A team's record in a PostgreSQL database: the same, byte for byte, as one in a file."""

from __future__ import annotations

import io
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman
from dragoman.library import RecordError

EXAMPLES = Path(__file__).parents[1] / "examples"


def programs() -> Path | None:
    """Where the server's programs are: on the path, or where Debian has them."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _command(*arguments: object) -> list[str]:
    """The server refuses to run as root; Debian makes a user for it."""
    words = [str(argument) for argument in arguments]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server of our own, without the name of a database."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'dragoman[postgresql]')")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    if os.geteuid() == 0 and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        pytest.skip("PostgreSQL's server does not run as root, and there is no user postgres")
    folder = Path(tempfile.mkdtemp())  # pytest's own are closed to other users

    def run(program: str, *arguments: object) -> None:
        command = _command(found / program, *arguments)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, timeout=60)

    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        run("initdb", "-D", folder / "data", "-A", "trust", "-U", "dragoman", "-N")
        # No port: it listens on a socket in its folder, so that no other server can be in the way.
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        run("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        try:
            for name in ("team", "other", "order"):
                run("createdb", "-h", folder, "-U", "dragoman", name)
            yield f"postgresql+psycopg://dragoman@/%s?host={folder}"
        finally:
            run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def exported(record: dragoman.Record) -> str:
    out = io.StringIO()
    record.write_json(out)
    return out.getvalue()


def test_the_same_record_as_in_a_file(server: str) -> None:
    files = sorted(EXAMPLES.glob("20*"))
    with dragoman.read(files) as record:
        wanted = exported(record)
    with dragoman.read(files[5:], server % "team") as record:
        assert exported(record) != wanted
        record.read(files)
        assert exported(record) == wanted
        assert record.forget([d.name for d in record.documents][3])
        assert exported(record) != wanted
    with dragoman.read(files, server % "team") as record:
        assert record.last_read.unchanged == len(files) - 1
        assert exported(record) == wanted


def test_in_what_order_documents_came(server: str) -> None:
    files = sorted(EXAMPLES.glob("20*"))[:3]
    with dragoman.read(files[1:], server % "order") as record:
        before = record.arrivals()
        assert before.keys() == {d.id for d in record.documents}
        assert len(set(before.values())) == 2
        record.read(files)  # what is concluded across documents changes the rows of those that were there
        after = record.arrivals()
    (came,) = after.keys() - before.keys()
    assert {id_: after[id_] for id_ in before} == before
    assert after[came] > max(before.values())


def test_nothing_there_yet(server: str) -> None:
    with pytest.raises(RecordError, match="there is no record here"):
        dragoman.open(server % "other")


def test_no_server_is_one_line_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'dragoman[postgresql]')")
    with pytest.raises(RecordError) as error:
        dragoman.open("postgresql+psycopg://somebody:sesame@/nothing?host=/nowhere")
    assert "\n" not in str(error.value)
    assert "sesame" not in str(error.value)


def test_no_driver_for_a_database_is_one_line() -> None:
    with pytest.raises(RecordError, match="there is no database of that kind"):
        dragoman.open("postgresql+nothing://host/name")
