# Everything a newcomer needs; `make help` lists it. Only Python 3.11+ and make must be there before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Compiled code is kept, whatever the shell says: demo and tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint translations bench lock
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 24

$(VENV)/installed: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable '.[dev]'
	touch $@

demo: $(VENV)/installed ## Run the portal with an invented buyer, suppliers and answers
	$(BIN)/portal demo

test: $(VENV)/installed-dev ## Run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/installed-dev ## Check style, types, arrows, templates and translations
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint
	$(BIN)/portal translations check

translations: $(VENV)/installed-dev ## Bring the catalogues up to the texts, then check them
	$(BIN)/portal translations extract
	$(BIN)/portal translations check

bench: $(VENV)/installed-dev ## Measure pages, surveys and exports as ratios to a floor
	$(BIN)/python -m bench

lock: ## Pin the newest versions that fit (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml --output-file requirements.lock
