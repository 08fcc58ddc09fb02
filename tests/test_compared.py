"""One more document is compared with what is there, and what is there is not compared with itself again."""

import io
from pathlib import Path

import pytest

import dragoman
from dragoman.resolve.claims import Compared

COUNTED = "The two sides hold talks this week. {} has {} inspectors at the harbour of Kessary, a spokesman said."
TEXTS = (
    "ASTERHOLM, 3 March 2031 - Ferries left late again as envoys of Morvane and Pelluria sat down. "
    + COUNTED.format("Morvane", 140),
    "The tariff was on everybody's lips in Asterholm on 4 March 2031, where Pelluria and Morvane argue over it. "
    + COUNTED.format("Morvane", 170),
    "KESSARY, 4 March 2031 - Fishermen watched from the pier. Morvane and Pelluria have quarrelled here for years. "
    + COUNTED.format("Morvane", 230),
    "On 5 March 2031 snow kept most offices of Pelluria closed, but not the hall in which Morvane waited. "
    + COUNTED.format("Morvane", 260),
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Reports that count the same inspectors, each otherwise."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def exported(record: dragoman.Record) -> str:
    """The record as JSON."""
    stream = io.StringIO()
    record.write_json(stream)
    return stream.getvalue()


def test_one_by_one_is_as_all_at_once(files: list[Path]) -> None:
    with dragoman.read(files, processes=1) as together:
        assert [d.question for d in together.disagreements if d.about.field == "number"] == ["how many inspectors"]
        whole = exported(together)
    record = dragoman.Record()
    for file in (files[2], files[0], files[3], files[1]):
        record.read(file, processes=1)
    assert exported(record) == whole
    record.forget(next(d.name for d in record.documents if d.name.endswith("2.txt")))
    assert exported(record) != whole
    record.read(files[2], processes=1)
    assert exported(record) == whole


def test_only_what_came_is_compared(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    record = dragoman.read(files[:3], processes=1)
    came = {d.id for d in record.documents}
    compared: list[tuple[str, str]] = []
    between = Compared._between
    monkeypatch.setattr(Compared, "_between", lambda self, *both: compared.append(both) or between(self, *both))
    record.read(files[3], processes=1)
    assert compared
    assert not [both for both in compared if came.issuperset(both)]
