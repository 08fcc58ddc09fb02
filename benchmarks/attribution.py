"""Who said what, side by side: bare spaCy, textacy's quotations, dragoman with and without the cascade.

    attribution.py [--texts N] [--dev N] [--write]

One run on one machine: words per second over news (PolNeAR's train part where it lies beside the repository, else
made-up articles), F1 on its dev part. Every program reads the same texts in a fresh process with as many processes as
there are cores, start-up counted for all; each runs several times, in turns, and the median counts. textacy is put into
an environment of its own under .venv, once; where it cannot be, its line says so.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
POLNEAR = SHARED / "polnear"
BEGIN, END = "<!-- attribution: begin -->", "<!-- attribution: end -->"

TEXTACY = "textacy==0.13.0"
PEER = HERE.parent / ".venv" / "textacy"
REPEATS = 3

_READ = """
import json, sys
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
processes = int(sys.argv[3])
"""

BARE = (
    _READ
    + """
import importlib
from dragoman.extract import DEFAULT_PIPELINE
nlp = importlib.import_module(DEFAULT_PIPELINE).load()
for _ in nlp.pipe(texts, n_process=processes):
    pass
"""
)

DRAGOMAN = (
    _READ
    + """
import dragoman
found = dragoman.attributions_of(texts, thoughts="thoughts" in sys.argv, processes=processes,
                                 cascade="whole" not in sys.argv)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for some in found:
        print(json.dumps([{"source": a.source, "cue": a.cue, "content": a.content} for a in some]), file=out)
"""
)

# By paragraph, as an odd number of marks makes it give up on all that it is given.
TEXTACY_RUN = (
    _READ
    + r"""
import importlib, re
from concurrent.futures import ProcessPoolExecutor
from textacy.extract.triples import direct_quotations
nlp = None
def read(text):
    global nlp
    if nlp is None:
        nlp = importlib.import_module(sys.argv[4]).load(exclude=["ner"])
    found = []
    for match in re.finditer(r"[^\n]+", text):
        try:
            quotes = list(direct_quotations(nlp(match[0])))
        except ValueError:
            continue
        start = match.start()
        def spans(tokens):
            return [[start + t.idx, start + t.idx + len(t)] for t in tokens]
        for quote in quotes:
            whole = quote.content
            content = [[start + whole.start_char, start + whole.end_char]]
            found.append({"source": spans(quote.speaker), "cue": spans(quote.cue), "content": content})
    return found
with ProcessPoolExecutor(processes) as pool, open(sys.argv[2], "w", encoding="utf-8") as out:
    for some in pool.map(read, texts, chunksize=8):
        print(json.dumps(some), file=out)
"""
)


def peer() -> str | None:
    """The interpreter of textacy's environment, made where it is missing; None where it cannot be."""
    python = PEER / "bin" / "python"
    ready = PEER / "ready"
    if not ready.exists():
        steps = (
            [sys.executable, "-m", "venv", "--clear", str(PEER)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", TEXTACY, *_same()],
        )
        for step in steps:
            if subprocess.run(step, check=False).returncode:
                return None
        ready.touch()
    works = [str(python), "-c", "from textacy.extract.triples import direct_quotations"]
    return str(python) if subprocess.run(works, check=False, capture_output=True).returncode == 0 else None


def _same() -> list[str]:
    """The spaCy and the pipeline that we have, so that all read with the same."""
    from dragoman.extract import DEFAULT_PIPELINE

    names = ("spacy", DEFAULT_PIPELINE)
    return [f"{name}=={importlib.metadata.version(name)}" for name in names]


def scorer() -> ModuleType | None:
    """The scorer that comes with the corpus, where it lies beside the repository."""
    file = SHARED / "score" / "attribution.py"
    spec = importlib.util.spec_from_file_location("attribution_scorer", file)
    if not file.exists() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def run(python: str, program: str, *arguments: object) -> float:
    """Seconds that a program takes."""
    began = time.monotonic()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([python, "-c", program, *map(str, arguments)], check=True, env=environment)
    return time.monotonic() - began


def f1(module: ModuleType, rows: list[dict[str, Any]], file: Path) -> dict[str, float]:
    """F1 by measure, of the attributions in a file against the gold."""
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    articles = [module.Article(row["text"]) for row in rows]
    gold = [row["attributions"] for row in rows]
    result = module.evaluate(zip(articles, gold, found, strict=True))
    return {name: value["f1"] if isinstance(value, dict) else value[-1] for name, value in result.items()}


def rows_of(file: Path, many: int | None) -> list[dict[str, Any]]:
    """The articles of a part of the corpus."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:many]


def table(many: int | None, dev: int | None, processes: int) -> Iterator[str]:
    """The table, line by line."""
    from bench import varied

    module = scorer()
    if (POLNEAR / "train.jsonl").exists():
        texts = [row["text"] for row in rows_of(POLNEAR / "train.jsonl", many)]
    else:
        texts = ["\n\n".join(varied(n * 2 + m) for m in range(2)) for n in range(many or 840)]
    gold = rows_of(POLNEAR / "dev.jsonl", dev) if module else []
    words = sum(len(text.split()) for text in texts)
    beside = peer()
    from dragoman.extract import DEFAULT_PIPELINE

    programs: list[tuple[str, str | None, str, tuple[str, ...]]] = [
        ("bare `nlp.pipe`, the pipeline as it ships", sys.executable, BARE, ()),
        (f"{TEXTACY}, quotations by paragraph", beside, TEXTACY_RUN, (DEFAULT_PIPELINE,)),
        ("dragoman, all parsed, thoughts too", sys.executable, DRAGOMAN, ("whole", "thoughts")),
        ("**dragoman, thoughts too**", sys.executable, DRAGOMAN, ("thoughts",)),
        ("dragoman, all parsed, what is said", sys.executable, DRAGOMAN, ("whole",)),
        ("**dragoman, what is said**", sys.executable, DRAGOMAN, ()),
    ]
    measures = ("detect", "joint", "source", "cue", "content", "dq_detect", "dq_joint")
    yield "| | words/s | to bare | " + " | ".join(measures) + " |"
    yield "| --- |" + " ---: |" * (2 + len(measures))
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as folder:
        scratch = Path(folder)
        for name, some in (("texts", texts), ("dev", [row["text"] for row in gold])):
            lines = (json.dumps({"text": text}) + "\n" for text in some)
            (scratch / name).write_text("".join(lines), encoding="utf-8")
        took: list[list[float]] = [[] for _ in programs]
        for _ in range(REPEATS):
            for times, (_, python, program, arguments) in zip(took, programs, strict=True):
                if python is not None:
                    times.append(run(python, program, scratch / "texts", scratch / "out", processes, *arguments))
        for times, (name, python, program, arguments) in zip(took, programs, strict=True):
            if python is None:
                yield f"| {name} | could not be installed | |" + " |" * len(measures)
                continue
            ratio = statistics.median(bare / mine for bare, mine in zip(took[0], times, strict=True))
            cells = [f"{words / statistics.median(times):,.0f}", f"{ratio:.2f}"]
            if program is BARE or module is None:
                cells += [""] * len(measures)
            else:
                run(python, program, scratch / "dev", scratch / "found", processes, *arguments)
                scores = f1(module, gold, scratch / "found")
                cells += [f"{scores[measure]:.3f}".lstrip("0") for measure in measures]
            yield f"| {name} | " + " | ".join(cells) + " |"
    yield "| GenderGapTracker's extractor (quoted, not run) | | | .478 | .390 | .597 | .351 | .670 | .620 | .454 |"
    yield ""
    versions = ", ".join(_same())
    yield (
        f"{len(texts):,} texts, {words:,} words, {processes} processes, median of {REPEATS} turns; {versions};"
        f" Python {platform.python_version()}, {platform.machine()}, {date.today().isoformat()}"
    )


def write(lines: list[str]) -> None:
    """Put the table into README.md, in the place of the one that is there."""
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    readme.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print the table, and write it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=int, help="only so many texts for the speed")
    parser.add_argument("--dev", type=int, help="only so many articles for the figures")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    lines = []
    for line in table(options.texts, options.dev, processes):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        write(lines)


if __name__ == "__main__":
    main()
