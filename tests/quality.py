"""How good a record is against answers written by hand: the figures that the floors in floors.json hold.

A small scorer of our own, for the invented articles in gold/, which ship; the definitions are those of the record's
page: what is found must stand in the right words, and a name must lead to exactly one actor.
"""

import json
import unicodedata
from collections import defaultdict
from datetime import date as day
from datetime import timedelta
from pathlib import Path

GOLD = Path(__file__).parent / "gold"

GROUPS = {"unlearned": ("s", "u"), "across": ("v", "w", "x")}
"""Batches with figures of their own: those that no model is trained on (tools/train_stances.py leaves them out) and few
rules have seen, and those of several documents to a negotiation, written for what shows only across them. All others
are `own`."""


def group_of(name):
    """The group of a text or an answer, by the first letter of its name, which is that of its batch."""
    return next((group for group, batches in GROUPS.items() if name.startswith(batches)), "own")


def folded(name):
    text = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c)).lower()
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def places(text, piece):
    """The characters that an answer's quote covers ("piece@@2": its second place, "first…last": all between)."""
    piece, _, nth = piece.partition("@@")
    if "…" in piece and piece not in text:
        first, last = (places(text, half) for half in piece.split("…", 1))
        return set(range(min(first), max(last) + 1))
    at = -1
    for _ in range(int(nth or 1)):
        at = text.index(piece, at + 1)
    return set(range(at, at + len(piece)))


def cited(entry, document):
    return {i for c in entry.citations if c.document == document for i in range(c.start, c.end)}


def pairs(gold, found, quality):
    """The best one-to-one pairs by falling quality, none of quality 0."""
    ranked = sorted(((quality(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    taken, matched = (set(), set()), []
    for q, i, j in ranked:
        if q and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matched.append((gold[i], found[j]))
    return matched


class Tally:
    """Right, found and to be found, by figure."""

    def __init__(self):
        self.rows = defaultdict(lambda: [0, 0, 0])

    def f1(self, name, right, found, wanted):
        self.rows[name] = [a + b for a, b in zip(self.rows[name], (2 * right, found, wanted), strict=True)]

    def share(self, name, right, asked):
        self.rows[name] = [a + b for a, b in zip(self.rows[name], (right, asked, 0), strict=True)]

    def figures(self):
        return {name: round(n / (a + b), 3) for name, (n, a, b) in sorted(self.rows.items()) if a + b}


def measure(record, group="own", answers=GOLD / "answers"):
    """The figures of a record of the articles in gold/texts that belong to a group."""
    tally = Tally()
    actors = {a.id: a for a in record.actors}
    documents = {Path(d.name).name: d for d in record.documents}

    def goes_by(actor, name):
        if actor is None or name is None:
            return actor is None and name is None
        return folded(name) in {folded(n) for n in (actors[actor].name, *actors[actor].names)}

    for path in sorted(answers.glob("*.json")):
        if path.name == "corpus.json" or group_of(path.name) != group:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = documents[gold["document"]]
        text = record.text(document.id)
        noise = {i for piece in gold["furniture"] for i in places(text, piece) if not text[i].isspace()}
        seen = {i for f in document.furniture for i in range(f.start, f.end) if not text[i].isspace()}
        tally.f1("furniture", len(noise & seen), len(seen), len(noise))
        for answer in gold["actors"]:
            homes = {a for a in actors if goes_by(a, answer["name"])}
            tally.share("actors found", bool(homes), 1)
            for name in answer["names"]:
                tally.share("names resolved", {a for a in actors if goes_by(a, name)} == homes and len(homes) == 1, 1)
            if answer["kind"] == "person" and homes:
                tally.share("sides of people", goes_by(actors[min(homes)].side, answer.get("side")), 1)
        _statements(tally, gold, [s for s in record.statements if s.document == document.id], text, goes_by)
        _meetings(tally, gold, record, document, text, goes_by)
        _stands(tally, gold, record, document, text, goes_by)
        if gold["dated"]:
            tally.share("document dates", dated_right(document.dated, gold["dated"]), 1)
    _across(tally, json.loads((answers / "corpus.json").read_text(encoding="utf-8")), record, documents, group)
    return tally.figures()


def days(date):
    return (day.fromisoformat(date.from_), day.fromisoformat(date.to)) if date else None


def meet(ours, gold):
    """Whether a date meets that of an answer, or comes within a day of it; where the answer has none, ours has none."""
    if not gold or ours is None:
        return not gold and ours is None
    first, last = (day.fromisoformat(d) for d in gold)
    return first - timedelta(1) <= days(ours)[1] and days(ours)[0] <= last + timedelta(1)


def dated_right(ours, gold):
    """Whether a document's date meets the answer's and is not much longer."""
    if ours is None or not meet(ours, gold):
        return False
    length = day.fromisoformat(gold[1]) - day.fromisoformat(gold[0])
    return days(ours)[1] - days(ours)[0] <= length + timedelta(2)


def _across(tally, gold, record, documents, group):
    """What shows only across documents: disagreements (an answer is found by two of its values) and families."""
    ids = {name: document.id for name, document in documents.items()}

    def within(names):
        return all(group_of(name) == group for name in names)

    asked = [g for g in gold["disagreements"] if within(name for v in g["values"] for name, _ in v["quotes"])]
    found = [
        [{(c.document, i) for c in v.citations for i in range(c.start, c.end)} for v in d.values]
        for d in record.disagreements
    ]

    def same(answer, values):
        hit = set()
        for value in answer["values"]:
            words = {(ids[n], i) for n, q in value["quotes"] for i in places(record.text(ids[n]), q)}
            hit |= set(next(([k] for k, mine in enumerate(values) if mine & words), []))
        return len(hit) if len(hit) >= 2 else 0

    tally.share("disagreements found", len(pairs(asked, found, same)), len(asked))

    def couples(families):
        return {frozenset((a, b)) for family in families for a in family for b in family if a != b}

    wanted = couples([ids[name] for name in family] for family in gold["families"] if within(family))
    ours = couples(family.documents for family in record.families)
    tally.f1("families", len(wanted & ours), len(ours), len(wanted))


def _statements(tally, gold, found, text, goes_by):
    wanted = [(g, set().union(*(places(text, p) for p in g["content"]))) for g in gold["statements"]]
    ours = [(s, {i for c in s.content for i in range(c.start, c.end)}) for s in found]

    def overlap(g, s):
        shared = len(g[1] & s[1]) / len(g[1] | s[1])
        return shared if shared >= 0.5 else 0

    matched = pairs(wanted, ours, overlap)
    right = sum(
        goes_by(s.speaker, g["speaker"]) or folded(g["speaker"]) == folded(s.speaker_text) for (g, _), (s, _) in matched
    )
    tally.f1("statements", len(matched), len(ours), len(wanted))
    tally.f1("statements with their speaker", right, len(ours), len(wanted))


def _meetings(tally, gold, record, document, text, goes_by):
    wanted = [(g, set().union(*(places(text, p) for p in g["quotes"]))) for g in gold["meetings"]]
    ours = []
    for meeting in record.meetings:
        account = next((a for a in meeting.accounts if a.document == document.id), None)
        if account is not None:
            ours.append((meeting, account, cited(meeting, document.id)))

    def same(g, m):
        answer, (meeting, account, words) = g[0], m
        place = account.place or meeting.place
        if answer["place"] and place and folded(place) != folded(answer["place"]):
            return 0
        kind = (account.kind or meeting.kind) == answer["kind"]
        placed = bool(answer["place"] and place)
        return (4 + placed + kind) if g[1] & words and (kind or placed) else 0

    matched = pairs(wanted, ours, same)
    tally.f1("meetings", len(matched), len(ours), len(wanted))
    for (answer, _), (meeting, account, _) in matched:
        tally.share("meeting status", account.status == answer["status"], 1)
        tally.share("meeting dates", meet(account.date or meeting.date, answer["date"]), 1)
        for field in ("parties", "participants", "mediators"):
            mine = getattr(account, field)
            right = sum(any(goes_by(a, name) for a in mine) for name in answer[field])
            tally.f1(f"meeting {field}", right, len(mine), len(answer[field]))


def _stands(tally, gold, record, document, text, goes_by):
    def here(part):
        return [(e, cited(e, document.id)) for e in getattr(record, part) if cited(e, document.id)]

    def wanted(part):
        return [(g, set().union(*(places(text, p) for p in g["quotes"]))) for g in gold[part]]

    def same_position(g, p):
        answer, ours = g[0], p[0]
        if not g[1] & p[1] or not goes_by(ours.party, answer["party"]) or ours.issue != answer["issue"]:
            return 0
        same = (ours.stance == "rejects") == (answer["stance"] == "rejects")
        return same + (ours.stance == answer["stance"]) if same else 0

    matched = pairs(wanted("positions"), here("positions"), same_position)
    tally.f1("positions", len(matched), len(here("positions")), len(gold["positions"]))
    exact = sum(g["stance"] == p.stance for (g, _), (p, _) in matched)
    tally.share("position stances, exact", exact, len(matched))
    tally.share(
        "rejections found",
        sum(g["stance"] == "rejects" for (g, _), _ in matched),
        sum(g["stance"] == "rejects" for g in gold["positions"]),
    )
    matched = pairs(
        wanted("agreements"), here("agreements"), lambda g, a: bool(g[1] & a[1]) and g[0]["issue"] == a[0].issue
    )
    tally.f1("agreements", len(matched), len(here("agreements")), len(gold["agreements"]))
    for (answer, _), (ours, _) in matched:
        account = next(a for a in ours.accounts if a.document == document.id)
        tally.share("agreement status", account.status == answer["status"], 1)
    matched = pairs(
        wanted("outlooks"), here("outlooks"), lambda g, o: bool(g[1] & o[1]) and g[0]["direction"] == o[0].direction
    )
    tally.f1("outlooks", len(matched), len(here("outlooks")), len(gold["outlooks"]))
