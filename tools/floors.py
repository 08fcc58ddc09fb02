"""Raise the quality floors in tests/floors.json to what is measured now; none is ever lowered.

A margin is kept below the measured figure: the sets are small, one entry is up to .02 of a figure, and near-perfect
figures on articles that rules were written on must not hold up a change that is better everywhere else.
"""

import json
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

import quality  # noqa: E402
import test_quality  # noqa: E402

MARGIN = 0.03
MARGIN_OF_MEETINGS = 0.06  # a dozen entries each; which of two like entries is paired depends on ids, so on paths
LEFT_OUT = ("disagreements the record holds",)  # a count, no figure


def main():
    path = TESTS / "floors.json"
    floors = json.loads(path.read_text(encoding="utf-8"))
    measured = {name: test_quality.own_figures(name) for name in ("own", *quality.GROUPS)}
    if test_quality.SHARED.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            sets = [*test_quality.SETS, test_quality.VISIBLE]
            measured |= {name: test_quality.shared_figures(name, folder) for name in sets}
    for name, figures in measured.items():
        known = floors.setdefault(name, {})
        for figure, value in figures.items():
            if figure.startswith(LEFT_OUT):
                continue
            floor = (
                value
                if value == 1.0 and figure.startswith("citations")
                else round(max(value - (MARGIN_OF_MEETINGS if figure.startswith("meeting") else MARGIN), 0), 3)
            )
            known[figure] = max(known.get(figure, 0), floor)
            print(f"{name:9} {value:6.3f}  floor {known[figure]:6.3f}  {figure}")
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
