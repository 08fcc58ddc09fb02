"""Articles made up for tests, about talks that nobody ever held; and a way to read just these, without a parser."""

from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path

from dragoman.extract.findings import ActorFound, DateFound, Findings, MeetingFound, StatementFound

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


def quick_read(text: str, *_: str | None) -> tuple[str | None, str | None]:
    """Stands in for `dragoman.extract.worker.read_one` where a test is about what comes before and after it.

    It takes as long as parsing would, but needs no spaCy, so that a process that a test starts is there at once.
    """
    time.sleep(0.005)
    found = Findings("en", len(text.split()))
    for kind, names in (("state", SIDES), ("person", PEOPLE)):
        for name in names:
            if (start := text.find(name)) >= 0:
                side = 0 if found.actors else None
                found.actors.append(ActorFound(name, {name: (start, start + len(name))}, kind, side=side))
    for said in re.finditer(r"said that ([^.]+)|According to \w+, ([^.]+)", text):
        content = said.span(1) if said[1] else said.span(2)
        found.statements.append(StatementFound([content], "indirect", [said.span()], len(found.actors) - 1))
    for met in re.finditer(r"met in ([A-Z][\w ]+) on (\d+) May 2031", text):
        day = f"2031-05-{int(met[2]):02}"
        date = DateFound(day, day, met[0], "stated")
        meeting = MeetingFound([met.span()], "talks", "delegations", "held", date=date, place=met[1], parties=[0, 1])
        found.meetings.append(meeting)
    return json.dumps(found.to_json()), None
