# `make demo` and `make test` are the two commands of the README; each installs what it needs into .venv.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
CHECKED := archive crawler index webui tests scrutiny.py crawling.py asking.py house.py telling.py

.PHONY: test test-slow bench bench-large demo install check format clean
.DEFAULT_GOAL := test

install: $(VENV)/installed
demo: $(VENV)/installed
	$(BIN)/python -m tests.site.show --port $(PORT)

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-slow: $(VENV)/installed-test
	$(BIN)/python -m pytest -m slow -n auto --ignore tests/crash/test_pace.py
	$(BIN)/python -m pytest -m slow tests/crash/test_pace.py

bench: $(VENV)/installed-bench
	$(BIN)/python -m tests.bench

bench-large: $(VENV)/installed-test
	$(BIN)/python -m tests.bench.large --folder .bench-large --rebuild

check: $(VENV)/installed-test
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-test: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test,bench]'
	@touch $@ $(VENV)/installed-test $(VENV)/installed
