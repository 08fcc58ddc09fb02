"""Articles made up for tests: any number, no two the same, about talks that nobody ever held."""

from __future__ import annotations

import random
from pathlib import Path

PEOPLE = ("Mara Destrin", "Oleg Vantor", "Ines Calloway", "Pavo Lindrum", "Tessa Orme", "Jorun Hask")
SIDES = ("Velcora", "Tashmere")
TOWNS = ("Port Ilvane", "Ambry", "Castel Orso")
TITLES = ("foreign minister", "chief negotiator", "deputy prime minister", "spokeswoman")
THINGS = (
    "the ceasefire will hold until the end of the month",
    "prisoners must be exchanged before anything else",
    "no troops will leave the valley without guarantees",
    "the next round may take place within two weeks",
    "the draft is closer to an agreement than ever",
)


def article(number: int) -> str:
    """An article of some 90 words; the same number gives the same one."""
    chance = random.Random(number)
    first, second = chance.sample(PEOPLE, 2)
    side, other = chance.sample(SIDES, 2)
    day = chance.randint(3, 24)
    return "\n\n".join(
        (
            f"{side} and {other} meet again in {chance.choice(TOWNS)}",
            f"{chance.choice(TOWNS).upper()}, {day + 1} May 2031 – Delegations of {side} and {other} met in"
            f" {chance.choice(TOWNS)} on {day} May 2031, {side}'s {chance.choice(TITLES)} {first} said.",
            f"“{chance.choice(THINGS).capitalize()},” {first.split()[-1]} told reporters. “We have said so {number}"
            " times.”",
            f"{other}'s {chance.choice(TITLES)}, {second}, said that {chance.choice(THINGS)}. According to"
            f" {second.split()[-1]}, {chance.choice(THINGS)}.",
            f"The {chance.choice(('first', 'second', 'third'))} round had ended without a result, {other} announced.",
        )
    )


def write_articles(folder: Path, numbers: range) -> list[Path]:
    """The articles as files, in a folder that is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:04}.txt" for number in numbers]
    for number, file in zip(numbers, files, strict=True):
        file.write_text(article(number), encoding="utf-8")
    return files
