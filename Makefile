# One word per task; `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
NETRAL_HOME ?= var
PUBLIC_PORT ?= 8000
STAFF_PORT ?= 8001
export NETRAL_HOME
.DEFAULT_GOAL := help
.PHONY: help run test bench fmt migrations css lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(VENV)/.run ## serve the demonstration (NETRAL_HOME=… PUBLIC_PORT=… STAFF_PORT=…)
	@$(BIN)/netral demo --if-empty
	@exec $(BIN)/netral up --public-port $(PUBLIC_PORT) --staff-port $(STAFF_PORT)

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Netral memerlukan Python 3.11; pasang python3.11 (dengan modul venv) atau sebutkan: make run PYTHON=/jalur/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Netral memerlukan Python 3.11 atau lebih baru; $(PYTHON) adalah $$($(PYTHON) -V 2>&1)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Lingkungan Python tidak dapat dibuat di $(VENV); pasang python3.11-venv." >&2; exit 1; }

# The stamp is the lock as it was installed: a changed lock installs anew, an unchanged one costs nothing.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

test: $(VENV)/.test ## the whole check: lint, types, contracts, migrations, tests on both databases, browser
	@BIN=$(abspath $(BIN)) .ci/check

bench: $(VENV)/.test ## measure; asserts nothing
	@$(BIN)/python -m bench

fmt: $(VENV)/.test ## format code
	@$(BIN)/ruff check --fix --quiet src tests bench; $(BIN)/ruff format --quiet src tests bench

migrations: $(VENV)/.test ## write migrations for models that changed
	@NETRAL_TEST_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=netral.config.settings.test $(BIN)/python -m django makemigrations

css: ## compile the style sheets (needs Node; the results are committed)
	@npm ci --silent && npm run --silent css

lock: ## resolve requirements/*.in anew, with hashes (needs uv)
	@for name in run test; do \
	  uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove what the tasks built; the register in NETRAL_HOME stays
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
