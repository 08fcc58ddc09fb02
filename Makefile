# make demo | test | lint | score | floors | train | bench | screenshots | lock: each sets up what it needs. Nothing is installed outside .venv.
PYTHON ?= python3
BIN := .venv/bin
DEMO_RECORD := demo/record.db

.PHONY: setup demo test lint score floors train bench screenshots lock

setup: .venv/ready

# The whole environment, from hashes; made again only when the lock or the package's metadata changed.
.venv/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed (apt-get install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv (Debian keeps it apart from Python)"; \
	  $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq python3-venv; } || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The example articles, read into a record that stays, and the brief of it.
demo: setup
	@mkdir -p $(dir $(DEMO_RECORD))
	@$(BIN)/dragoman read examples/20* --record $(DEMO_RECORD)
	@echo
	@$(BIN)/dragoman brief --record $(DEMO_RECORD)
	@$(BIN)/dragoman brief --record $(DEMO_RECORD) --format html --output $(dir $(DEMO_RECORD))brief.html
	@echo
	@echo "The record is $(DEMO_RECORD) (for a browser: $(dir $(DEMO_RECORD))brief.html). Try: $(BIN)/dragoman statements --record $(DEMO_RECORD)"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# pytest's own closing line is the last one, for whoever reads it (.ci/run).
test: lint
	$(BIN)/python -m pytest

# How good the record is, against articles with a hand-made answer: first our own, then those beside the checkout, on
# which the rules were worked out (what they score says little about articles that nobody has seen).
score: setup
	@test -d ../shared/score || { echo "no ../shared here: the scorer is missing"; exit 1; }
	@work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && \
	for set in "tests/gold/texts tests/gold/answers" "../shared/seeds ../shared/gold" \
	           "../shared/practice/texts ../shared/practice/gold"; do \
	  texts=$${set% *}; gold=$${set#* }; record=$$work/$$(echo $$texts | tr / -).db; \
	  $(BIN)/dragoman read $$texts --record $$record >"$$work/log" 2>&1 || { cat "$$work/log"; exit 1; }; \
	  $(BIN)/dragoman export --record $$record --output "$$work/record.json" || exit 1; \
	  echo "== $$texts"; \
	  $(BIN)/python ../shared/score/score.py "$$work/record.json" --gold $$gold --texts $$texts || exit 1; \
	done

# Raise the quality floors of the tests to what is measured now; none is ever lowered.
floors: setup
	$(BIN)/python tools/floors.py

# The models of stances and issues, trained anew: to be done where rules or lexicons that they build on have changed.
train: setup
	$(BIN)/python tools/train_stances.py
	$(BIN)/python tools/train_issues.py

# Speed and memory against bare spaCy, side by side in one run, about a quarter of an hour; then the web app over 10,000
# documents, which take half an hour to read. Writes benchmarks/README.md.
bench: setup
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/attribution.py --write
	$(BIN)/python benchmarks/web.py --write

# Pictures of every page of the web app, in build/screenshots; needs Debian's chromium and says so where there is none.
screenshots: setup
	$(BIN)/python tools/screenshots.py

# Needs uv (pip install uv).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --no-header --quiet -o requirements.lock pyproject.toml
