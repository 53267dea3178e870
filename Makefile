# Two commands on a fresh machine: `make run` and `make test`. Both make .venv first.
HOST ?= 127.0.0.1
PORT ?= 7860
GUTBRAIN_HOME ?= .gutbrain
PYTHON ?= python3
BIN := .venv/bin
# Two processes on two cores, one thread each; the tests of a file stay together.
WORKERS ?= 2

.PHONY: install run test check fix eval bench

install: .venv/installed

# torch comes first and alone, from the index of CPU builds where one is to be had: asked for
# together with the rest, pip takes the CUDA build of several gigabytes.
.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet "$$(grep '^torch==' requirements.lock)"
	$(BIN)/python -m pip install --quiet -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

run: install
	$(BIN)/python app.py --home $(GUTBRAIN_HOME) --host $(HOST) --port $(PORT)

test: install check
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The built-in cases on the sample library, with a report in runs/latest/SET/report.html.
eval: install .gutbrain-eval
	for set in answers abstain follow_ups robustness smalltalk; do \
	  $(BIN)/python -m eval run $$set --home .gutbrain-eval --out runs/latest/$$set || exit $$?; \
	done

# Timings of one run, as ratios to the one embedding that a question needs; then those of the page.
bench: install .gutbrain-eval
	$(BIN)/python -m eval.bench --home .gutbrain-eval
	$(BIN)/python -m eval.bench_page --home .gutbrain-eval

.gutbrain-eval: $(wildcard index/starter/*)
	$(BIN)/python -m index build index/starter --home $@
	touch $@
