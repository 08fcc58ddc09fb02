"""Which accounts of several documents are made one encounter: pairs of accounts, against the gold of each document.

    tools/score_encounters.py TEXTS GOLD [--list] [--dated] [--only PREFIX]

Documents of one negotiation share the part of their name before the first hyphen (all are of one where there is none).
The gold says of each document by itself what it tells; two of its entries are taken for one encounter where their
days overlap and neither place, kind nor people speak against it. An account of ours stands for the gold entry that the
scorer pairs it with. Prints for pairs of accounts in different documents: right, made one but are not, split. `--dated`
gives every document its gold date; `--list` prints the groups of several accounts with their words.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.extract.findings import DateFound, Findings
from dragoman.extract.reader import read_text
from dragoman.extract.redating import redate
from dragoman.resolve.actors import profiles_of, resolve_component
from dragoman.resolve.encounters import encounters
from dragoman.resolve.ids import Numbered
from dragoman.resolve.meetings import PEOPLE, Account, block_of, merge_accounts

ROOT = Path(__file__).resolve().parents[1]
_CLASS = {"trilateral": "talks", "summit": "talks"}
_NAMED = ("place", "round")


def scorer(shared: Path) -> Any:
    """The scorer of the shared gold, as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def accounts_of(found: dict[str, Findings]) -> tuple[list[Account], dict[str, Any], dict[str, str]]:
    """The accounts of some documents with resolved actors, the findings behind them, and the actors' names."""
    profiles = {name: profiles_of(findings) for name, findings in found.items()}
    counts: dict[str, list[Any]] = {}
    for of in profiles.values():
        for profile in {p.id: p for p in of}.values():
            counts.setdefault(profile.id, [profile, 0])[1] += 1
    actor, names = {}, {}
    for component in _components([p for p, _ in counts.values()]):
        for draft, ids in resolve_component([(counts[i][0], counts[i][1]) for i in component]):
            id_ = f"{draft.id}{min(ids)}"
            actor.update(dict.fromkeys(ids, id_))
            names[id_] = draft.name
    told, behind, numbered = [], {}, Numbered()
    for name, findings in found.items():
        for met in findings.meetings:
            data = asdict(met)
            id_ = numbered.make_id("m", name, met.spans)
            people = {f: tuple(dict.fromkeys(actor[profiles[name][i].id] for i in data.pop(f))) for f in PEOPLE}
            fields = {k: v for k, v in data.items() if k not in ("spans", "when", "words", "date")}
            told.append(Account(id_, name, date=met.date, written=findings.dated, **fields, **people))
            behind[id_] = met
    return told, behind, names


def by_day(accounts: list[Account]) -> list[list[Account]]:
    """What single days alone tell: to measure against."""
    days: dict[str | None, list[Account]] = defaultdict(list)
    for account in accounts:
        days[block_of(account.date)].append(account)
    alone = [[account] for account in days.pop(None, [])]
    return [*alone, *(group for day in days.values() for group in merge_accounts(day))]


def _components(profiles: list[Any]) -> list[list[str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for profile in profiles:
        for key in profile.keys or [profile.id]:
            by_key[key].append(profile.id)
    home = {p.id: {p.id} for p in profiles}
    for ids in by_key.values():
        whole = set().union(*(home[i] for i in ids))
        for i in whole:
            home[i] = whole
    return [sorted(c) for c in {frozenset(c) for c in home.values()}]


def same_gold(a: dict[str, Any], b: dict[str, Any]) -> bool | None:
    """Whether two gold entries of different documents are one encounter; None where it cannot be told."""
    if _CLASS.get(a["kind"], a["kind"]) != _CLASS.get(b["kind"], b["kind"]):
        return False
    if a["place"] and b["place"] and a["place"].casefold() != b["place"].casefold() and a["date"] != b["date"]:
        return False
    mine, theirs = ({_last(p) for p in x.get("participants") or []} for x in (a, b))
    planned = [x for x in (a, b) if x["status"] != "held"]
    if mine and theirs and not mine & theirs and a["date"] != b["date"]:
        return False
    if not a["date"] or not b["date"]:
        if a["date"] or b["date"]:
            return None if planned else False
        return None if mine and mine == theirs else False
    (af, at), (bf, bt) = ([date.fromisoformat(d) for d in x["date"]] for x in (a, b))
    apart = (max(af, bf) - min(at, bt)).days
    if apart > 0:
        return None if planned and apart <= (31 if "postponed" in (a["status"], b["status"]) else 3) else False
    if max((at - af).days, (bt - bf).days) > 10 and (at - af) != (bt - bf):
        return None
    if a["kind"] != "call" and (len(mine) > 1) != (len(theirs) > 1) and not (a["place"] and b["place"]):
        return None
    return True


def _likeness(a: dict[str, Any], b: dict[str, Any]) -> int:
    mine, theirs = ({_last(p) for p in x.get("participants") or []} for x in (a, b))
    same = sum(a[field] == b[field] for field in ("kind", "place", "date", "status"))
    return 2 * len(mine & theirs) - len(mine ^ theirs) + same


def gold_pairs(gold: dict[str, Any]) -> dict[tuple[tuple[str, int], tuple[str, int]], bool | None]:
    """For every two gold entries of different documents whether they are one; of several that fit, the likest."""
    told: dict[tuple[tuple[str, int], tuple[str, int]], bool | None] = {}
    for one, two in combinations(sorted(gold), 2):
        mine, theirs = gold[one]["meetings"], gold[two]["meetings"]
        same = {(i, j): same_gold(a, b) for i, a in enumerate(mine) for j, b in enumerate(theirs)}
        like = {(i, j): _likeness(mine[i], theirs[j]) for (i, j), is_ in same.items() if is_ is not False}
        for (i, j), is_ in same.items():
            better = is_ is not False and any(n > like[i, j] + 1 for (k, m), n in like.items() if (k == i) != (m == j))
            told[(one, i), (two, j)] = False if better else is_
    return told


def _last(name: str) -> str:
    return name.split()[-1].casefold().translate(str.maketrans("qcyz", "kkis"))[:4]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--days", action="store_true", help="merge by single days alone")
    parser.add_argument("--cache", type=Path, help="a folder that keeps findings, for work on what follows them")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    score = scorer(options.shared)
    piles: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(options.texts.glob(f"{options.only}*.txt")):
        piles[path.name.split("-")[0] if "-" in path.name else ""].append(path)
    total = [0, 0, 0]
    for pile, paths in piles.items():
        right, wrong, split = score_pile(pile, paths, options, score)
        total = [total[0] + right, total[1] + wrong, total[2] + split]
    f1 = 2 * total[0] / max(1, 2 * total[0] + total[1] + total[2])
    sys.stdout.write(f"pairs: {total[0]} right, {total[1]} wrongly one, {total[2]} split: F1 {f1:.3f}\n")


def score_pile(pile: str, paths: list[Path], options: argparse.Namespace, score: Any) -> tuple[int, int, int]:
    """The pairs of one negotiation: right, wrongly made one, split; prints those that are not right."""
    texts = {p.name: p.read_text(encoding="utf-8") for p in paths}
    gold = {n: json.loads(f.read_text("utf-8")) for n in texts if (f := options.gold / f"{Path(n).stem}.json").exists()}
    found = {name: _read(name, text, options.cache) for name, text in texts.items()}
    if options.dated:
        for name, answers in gold.items():
            if answers.get("dated"):
                found[name] = redate(found[name], DateFound(*answers["dated"], "given", "metadata"))
    accounts, behind, names = accounts_of(found)
    of_gold: dict[str, tuple[str, int]] = {}
    for name, answers in gold.items():
        mine = [a for a in accounts if a.document == name]
        for entry in answers["meetings"]:
            entry["spans"] = [score.locate(texts[name], q) for q in entry.get("quotes", [])]
        plain = [_plain(a, behind[a.id], name, texts[name]) for a in mine]
        share = score.Share({"actors": []}, {"id": name})
        for entry, ours in score.pair_up(
            answers["meetings"], plain, lambda g, e, share=share: score.same_meeting(g, e, share)
        ):
            of_gold[ours["id"]] = (name, answers["meetings"].index(entry))
    groups = encounters(accounts) if not options.days else by_day(accounts)
    home = {a.id: i for i, group in enumerate(groups) for a in group}
    truth = gold_pairs(gold)
    right = wrong = missed = 0
    for a, b in combinations(sorted(of_gold), 2):
        (one, i), (two, j) = of_gold[a], of_gold[b]
        if one == two:
            continue
        should, did = truth[min((one, i), (two, j)), max((one, i), (two, j))], home[a] == home[b]
        if should is None:
            continue
        right += should and did
        wrong += did and not should
        missed += should and not did
        if should != did:
            sys.stdout.write(f"-- {pile}: {'split' if should else 'WRONGLY ONE'}\n")
            for id_ in (a, b):
                account = next(x for x in accounts if x.id == id_)
                sys.stdout.write(
                    _line(account, behind[id_], texts, names, gold[of_gold[id_][0]]["meetings"][of_gold[id_][1]])
                )
    if options.list:
        for group in groups:
            if len({a.document for a in group}) > 1:
                sys.stdout.write(f"== {pile}\n" + "".join(_line(a, behind[a.id], texts, names) for a in group))
    return right, wrong, missed


def _read(name: str, text: str, cache: Path | None) -> Findings:
    kept = cache and cache / f"{name}.json"
    if kept and kept.exists():
        return Findings.from_json(json.loads(kept.read_text("utf-8")))
    found = read_text(text)
    if kept:
        kept.write_text(json.dumps(found.to_json()), "utf-8")
    return found


def _plain(account: Account, met: Any, name: str, text: str) -> dict[str, Any]:
    days = account.date and {"from": account.date.start, "to": account.date.end}
    cited = [{"document": name, "start": s, "end": e, "quote": text[s:e]} for s, e in met.spans]
    return {"id": account.id, "kind": account.kind, "place": account.place, "date": days, "citations": cited}


def _line(account: Account, met: Any, texts: dict[str, str], names: dict[str, str], gold: Any = None) -> str:
    words = " | ".join(" ".join(texts[account.document][s:e].split())[:100] for s, e in met.spans[:3])
    days = f"{account.date.start}..{account.date.end}" if account.date else "no date"
    who = [[names[i] for i in getattr(account, f)] for f in PEOPLE]
    told = f" GOLD {gold['date']} {gold['place']} {gold['status']}" if gold else ""
    flags = ("series " if account.series else "") + ("earlier " if account.earlier else "")
    return (
        f"   {account.document[:14]} {account.kind} {account.level} {account.status} {days} {account.place} "
        f"{account.round} {flags}{account.format} {who} "
        f"w={account.written and account.written.start}{told}\n      {words}\n"
    )


if __name__ == "__main__":
    main()
