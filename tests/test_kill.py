"""A process that is killed, at any moment, leaves a whole record that reading again completes; two at once do too."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import dragoman
from articles import quick_read, write_articles
from dragoman import reading
from dragoman.extract import worker
from made_up import exported

QUICK = """
import sys
sys.path.insert(0, sys.argv[3])
import articles, dragoman
from dragoman import reading
from dragoman.extract import worker
worker.read_one = articles.quick_read
reading.reader_version = reading.extractor = lambda *_: "quick"
reading.BATCH_SECONDS, reading.BATCH_DOCUMENTS = 0, 3
dragoman.read(sys.argv[1], sys.argv[2], processes=1, progress=lambda done, total: print(done, flush=True))
"""
REAL = """
import sys
import dragoman
from dragoman import reading
from dragoman.extract import pool
reading.BATCH_SECONDS, reading.BATCH_DOCUMENTS, pool.FEW, pool.CHUNK = 0, 3, 0, 1500
dragoman.read(sys.argv[1], sys.argv[2], processes=2, progress=lambda done, total: print(done, flush=True))
"""
MANY = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    write_articles(folder, range(MANY))
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read here as the processes of the tests read."""
    monkeypatch.setattr(worker, "read_one", quick_read)
    monkeypatch.setattr(reading, "extractor", lambda *_: "quick")
    monkeypatch.setattr(reading, "reader_version", lambda *_: "quick")


def undisturbed(folder: Path, place: Path) -> str:
    dragoman.read(folder, place, processes=1).close()
    return exported(place)


def start(program: str, folder: Path, place: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, str(folder), str(place), str(Path(__file__).parent)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("quick")
def test_killed_at_any_moment(folder: Path, tmp_path: Path) -> None:
    place, chance = tmp_path / "r.db", random.Random(7)
    sizes = []
    for after in (1, 5, 9, 11, 13):  # documents more than the last time
        child = start(QUICK, folder, place)
        assert child.stdout is not None
        until = (sizes[-1] if sizes else 0) + after
        for line in child.stdout:
            if int(line) >= until:
                break
        time.sleep(chance.uniform(0, 0.03))
        child.kill()
        child.communicate()
        assert child.returncode == -signal.SIGKILL
        with dragoman.open(place) as record:  # it opens, and what it has is whole
            sizes.append(len(record.documents))
            assert len({s.document for s in record.statements}) == sizes[-1]
            known = {a.id for a in record.actors}
            assert all(s.speaker in known for s in record.statements if s.speaker)
            assert all(i in known for m in record.meetings for i in (*m.parties, *m.participants, *m.mediators))
    assert 0 < sizes[-1] < MANY
    with dragoman.read(folder, place) as record:
        assert record.last_read.unchanged == sizes[-1]
        assert record.last_read.read == MANY - sizes[-1]
    assert exported(place) == undisturbed(folder, tmp_path / "other.db")


def test_killed_while_processes_read_for_it(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    child = start(REAL, folder, place)
    assert child.stdout is not None
    child.stdout.readline()
    readers = psutil.Process(child.pid).children(recursive=True)
    assert len(readers) == 2
    child.kill()
    child.communicate()
    _, alive = psutil.wait_procs(readers, timeout=10)
    assert alive == []  # they end by themselves
    dragoman.read(folder, place).close()
    assert exported(place) == undisturbed(folder, tmp_path / "other.db")


@pytest.mark.usefixtures("quick")
def test_two_at_once(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    children = [start(QUICK, folder, place), start(QUICK, folder, place)]
    for child in children:
        _, error = child.communicate(timeout=120)
        assert (child.returncode, error) == (0, "")
    assert exported(place) == undisturbed(folder, tmp_path / "other.db")
    with dragoman.open(place) as record:
        assert len(record.documents) == MANY


INTERRUPTED = f"""
try:
    {QUICK.strip().replace(chr(10), chr(10) + "    ")}
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.usefixtures("quick")
def test_ctrl_c_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    child = start(INTERRUPTED.replace("BATCH_DOCUMENTS = 0, 3", "BATCH_DOCUMENTS = 99, 999"), folder, tmp_path / "r.db")
    assert child.stdout is not None
    for _ in range(20):
        assert child.stdout.readline()
    child.send_signal(signal.SIGINT)
    _, error = child.communicate(timeout=30)
    assert (child.returncode, error) == (7, "")
    with dragoman.read(folder, tmp_path / "r.db") as record:
        assert 20 <= record.last_read.unchanged < MANY
        assert len(record.documents) == MANY
