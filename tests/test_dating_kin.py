"""Documents dated by their copies, and by days of the calendar that they share with documents of the same affair."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman

ORCHARD = (
    "Growers of the Palden valley and the cannery Hessl Fruit agreed on Wednesday to a price of 412 thalers a ton for "
    "pears, ending a boycott in which 9,300 crates rotted on the quay of Ammer.\n\n"
    "The growers' chairwoman, Ilse Marrot, and the cannery's director, Conrad Bayle, shook hands in the weighing house "
    "of Ammer after eleven hours. The mediator, Judge Tessa Wolde, said that both had “counted every pear twice”.\n\n"
    "Bayle said the cannery would buy 21,500 tons before the frost. Marrot wants a second price for windfalls, and "
    "Wolde has asked both to the weighing house again for that on 17 September.\n\n"
    "The boycott began when the cannery cut its price by a fifth. Drivers of the valley joined it a week later, and "
    "the ferry to Ammer stood still for two nights.\n"
)
RETOLD = ORCHARD.replace("Growers of the Palden valley", "Pear growers of the valley of Palden", 1)
LATER = (
    "Growers of the Palden valley and Hessl Fruit will return to the weighing house of Ammer on Tuesday, 17 September, "
    "Judge Tessa Wolde said. Ilse Marrot, the growers' chairwoman, wants a price for windfalls.\n\n"
    "Conrad Bayle, the director of Hessl Fruit, told the paper that windfalls were “pears that have given up”, and "
    "that the cannery needed none of them. Marrot called him a man who had never bent down.\n"
)
OTHER_YEAR = LATER.replace("Tuesday, 17", "Monday, 17")


def dates(tmp_path: Path, **texts: str) -> dict[str, tuple[str, str] | None]:
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    record = dragoman.read(tmp_path)
    return {Path(d.name).stem: (d.dated.from_, d.dated.to) if d.dated else None for d in record.documents}


def test_a_copy_is_of_about_the_day_of_what_it_copies(tmp_path: Path) -> None:
    found = dates(tmp_path, a=f"Published: 5 September 2024\n\n{ORCHARD}", b=RETOLD)
    assert found["b"] is not None
    assert found["b"][0] <= "2024-09-05" <= found["b"][1]
    assert found["b"][1] <= "2024-09-06"


def test_a_day_with_its_weekday_is_of_the_year_of_those_who_are_named(tmp_path: Path) -> None:
    found = dates(tmp_path, a=f"Published: 5 September 2024\n\n{ORCHARD}", b=LATER)
    assert found["b"] is not None
    assert found["b"][0][:4] == found["b"][1][:4] == "2024"
    assert found["b"][1] <= "2024-09-17"


def test_a_weekday_that_does_not_fit_the_year_dates_nothing(tmp_path: Path) -> None:
    assert dates(tmp_path, a=f"Published: 5 September 2024\n\n{ORCHARD}", b=OTHER_YEAR)["b"] is None


def test_other_people_with_the_same_day_date_nothing(tmp_path: Path) -> None:
    others = LATER
    for name, instead in (
        ("Palden", "Rovik"),
        ("Hessl Fruit", "Tarn Copper"),
        ("Ammer", "Lusk"),
        ("Tessa Wolde", "Odo Finch"),
        ("Wolde", "Finch"),
        ("Ilse Marrot", "Petra Quill"),
        ("Marrot", "Quill"),
        ("Conrad Bayle", "Emil Starr"),
        ("Bayle", "Starr"),
    ):
        others = others.replace(name, instead)
    assert dates(tmp_path, a=f"Published: 5 September 2024\n\n{ORCHARD}", b=others)["b"] is None


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
def test_dates_do_not_depend_on_the_order_of_reading(tmp_path: Path, order: tuple[str, ...]) -> None:
    texts = {"a": f"Published: 5 September 2024\n\n{ORCHARD}", "b": RETOLD, "c": LATER}
    together = tmp_path / "together"
    together.mkdir()
    wanted = dates(together, **texts)
    for name in order:
        (tmp_path / f"{name}.txt").write_text(texts[name], encoding="utf-8")
        record = tmp_path / "r.db"
        dragoman.read(tmp_path / f"{name}.txt", record=record)
    found = dragoman.open(record)
    assert {Path(d.name).stem: (d.dated.from_, d.dated.to) if d.dated else None for d in found.documents} == wanted
