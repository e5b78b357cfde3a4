# Two commands do everything: `make run` and `make test`. `make help` lists the others.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run index test check corpus bench eval baseline lock clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## make .venv and install what is pinned in requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name it with PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

index: setup ## index corpus/ if it has changed, and publish unless answers got worse
	$(BIN)/python -m staff build --if-needed || [ $$? -eq 2 ]  # 2: the gate is closed, the live release stays

run: index ## open the chat on http://127.0.0.1:8501 (PORT=… for another)
	@echo "Shared Safety Assistant: http://127.0.0.1:$(PORT)  (stop with Ctrl+C)"
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: setup ## run all tests, those in a browser included
	tests/browser/install-chromium.sh
	tests/answer/install-small-model.sh $(BIN)/python
	$(BIN)/python -m pytest

check: setup ## ruff, mypy and import-linter
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

corpus: setup ## rebuild the starter digest's PDFs from corpus/src
	$(BIN)/python corpus/src/build.py --write-sha256

bench: setup ## time ingest, index and questions
	$(BIN)/python -m benchmarks

eval: index ## run the project's own questions and compare with the accepted run
	$(BIN)/python -m eval run eval/sets/starter.jsonl --json var/eval/runs/own.json
	$(BIN)/python -m eval compare eval/baselines/starter.json var/eval/runs/own.json

baseline: index ## accept a new run of the project's own questions
	$(BIN)/python -m eval run eval/sets/starter.jsonl --json eval/baselines/starter.json

lock: ## resolve requirements.lock anew from pyproject.toml
	rm -rf var/lock && $(PYTHON) -m venv var/lock
	var/lock/bin/python -m pip install --quiet --disable-pip-version-check "torch==2.13.0"
	var/lock/bin/python -m pip install --quiet --disable-pip-version-check ".[dev]"
	var/lock/bin/python -m pip freeze --all --exclude shared-safety-assistant --exclude pip | sed 's/+cpu//' > requirements.lock
	rm -rf var/lock

clean: ## remove caches and what `make run` makes again; releases, records and question sets stay
	rm -rf var/index/cache var/encoders var/lock
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
