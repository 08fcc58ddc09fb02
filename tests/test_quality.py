"""Quality floors: the figures on the answers written by hand may not fall.

floors.json holds them; `make floors` raises them to what is measured, and never lowers one. `TARGETS` are what the
project has promised: no floor may lie below its target.
"""

import importlib.util
import json
from pathlib import Path

import pytest

import dragoman
import quality

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
TARGETS = {
    "citations that quote exactly (accuracy)": 1.0,
    "furniture (characters)": 0.95,
    "actors found (recall)": 0.90,
    "names resolved (accuracy)": 0.90,
    "sides of people (accuracy)": 0.85,
    "statements": 0.80,
    "statements with their speaker": 0.72,
    "meetings": 0.65,
    "meeting mediators": 0.60,
    "meeting participants": 0.60,
    "meeting status (accuracy)": 0.80,
}
STANDS = {
    "positions": 0.60,
    "position stances, exact (accuracy)": 0.75,
    "rejections found (recall)": 0.55,
    "agreements": 0.65,
    "agreement status (accuracy)": 0.80,
    "outlooks": 0.50,
}
"""Promised for the two sets taken together: there are two agreements and five rejections in the seeds."""
ACROSS = {
    "document dates (accuracy)": 0.90,
    "meeting dates (accuracy)": 0.85,
    "meetings": 0.72,
}
"""Promised for the two sets taken together: of three documents of the seeds one cannot be dated from these texts. (The
recall of disagreements, promised at .60, stands at .57 and has a floor, but keeps no promise.)"""
ATTRIBUTION = {
    "detect": 0.68,
    "joint": 0.58,
    "source": 0.70,
    "cue": 0.65,
    "content": 0.80,
    "dq_detect": 0.85,
    "dq_joint": 0.72,
}
"""Promised for the dev part of the attribution corpus: F1 as its scorer defines them, beliefs and intentions too."""
SETS = {"seeds": ("seeds", "gold"), "practice": ("practice/texts", "practice/gold")}
VISIBLE = "seeds and practice"
CORPUS = "attribution"


def own_figures(group="own"):
    """Of our own articles: those of a group, read together."""
    texts = quality.GOLD / "texts"
    some = [p for p in sorted(texts.iterdir()) if quality.group_of(p.name) == group]
    with dragoman.read(some) as record:
        return quality.measure(record, group)


def scorer(name):
    spec = importlib.util.spec_from_file_location(f"shared_{name}", SHARED / "score" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def attribution_figures():
    """Of the dev part of the attribution corpus, as a user gets them: through the cascade, with all cores."""
    score = scorer("attribution")
    with (SHARED / "polnear" / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = dragoman.attributions_of((row["text"] for row in rows), thoughts=True)
    ours = [[{"source": a.source, "cue": a.cue, "content": a.content} for a in some] for some in found]
    result = score.evaluate(
        (score.Article(row["text"]), row["attributions"], some) for row, some in zip(rows, ours, strict=True)
    )
    return {name: result[name]["f1"] for name in ATTRIBUTION}


def shared_figures(name, folder):
    score = scorer("score")
    texts, gold = both(Path(folder)) if name == VISIBLE else (SHARED / part for part in SETS[name])
    path = Path(folder) / f"{name}.json"
    with dragoman.read([texts]) as record, path.open("w", encoding="utf-8") as out:
        record.write_json(out)
    figures = score.score(json.loads(path.read_text(encoding="utf-8")), gold, texts)
    assert figures.pop("entries without a citation (count)")[0] == 0
    found = rejections(score, json.loads(path.read_text(encoding="utf-8")), gold, texts)
    return {name: value for name, (value, _) in figures.items() if value is not None} | {
        "rejections found (recall)": found
    }


def both(folder):
    """All visible texts and answers in one folder each."""
    for number, part in enumerate(("texts", "answers")):
        (folder / part).mkdir()
        for where in SETS.values():
            for path in (SHARED / where[number]).iterdir():
                if path.name not in ("README.md", "corpus.json"):
                    (folder / part / path.name).symlink_to(path.resolve())
    corpora = [SHARED / answers / "corpus.json" for _, answers in SETS.values()]
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in corpora]
    both = {part: [entry for one in gold for entry in one[part]] for part in ("disagreements", "families")}
    (folder / "answers" / "corpus.json").write_text(json.dumps(both), encoding="utf-8")
    return folder / "texts", folder / "answers"


def rejections(score, record, gold_dir, text_dir):
    """How many of the rejections are found: they matter most, are missed most, and have no figure there."""
    documents = {Path(d["name"]).name: d for d in record["documents"]}
    right = asked = 0
    for path in sorted(gold_dir.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if path.name == "corpus.json":
            continue
        text = (text_dir / gold["document"]).read_text(encoding="utf-8")
        for entry in gold["positions"]:
            entry["spans"] = [score.locate(text, quote) for quote in entry["quotes"]]
        share = score.Share(record, documents[gold["document"]])
        pairs = score.pair_up(
            gold["positions"], share.entries("positions"), lambda g, e, share=share: score.same_position(g, e, share)
        )
        right += sum(g["stance"] == "rejects" for g, _ in pairs)
        asked += sum(g["stance"] == "rejects" for g in gold["positions"])
    return right / asked


def below(figures, floors):
    return {name: (figures.get(name), floor) for name, floor in floors.items() if figures.get(name, 0) < floor}


@pytest.mark.parametrize("name", ["own", *quality.GROUPS])
def test_own_articles_stay_above_their_floors(name):
    assert not below(own_figures(name), FLOORS[name])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles and answers are not beside this checkout")
@pytest.mark.parametrize("name", [*SETS, VISIBLE])
def test_shared_articles_stay_above_their_floors(name, tmp_path):
    assert not below(shared_figures(name, tmp_path), FLOORS[name])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the attribution corpus is not beside this checkout")
def test_attributions_stay_above_their_floors():
    assert not below(attribution_figures(), FLOORS[CORPUS])


def test_no_floor_of_attributions_lies_below_what_was_promised():
    assert not below(FLOORS[CORPUS], ATTRIBUTION)


@pytest.mark.parametrize("name", SETS)
def test_no_floor_lies_below_what_was_promised(name):
    assert not below(FLOORS[name], TARGETS)


def test_no_floor_for_stands_lies_below_what_was_promised():
    assert not below(FLOORS[VISIBLE], STANDS)


def test_no_floor_for_what_shows_across_documents_lies_below_what_was_promised():
    assert not below(FLOORS[VISIBLE], ACROSS)


def test_the_floors_can_fail():
    assert below({"statements": 0.5}, {"statements": 0.8})
    assert below({}, {"statements": 0.8})
    assert not below({"statements": 0.8}, {"statements": 0.8})
