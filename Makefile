# Everything a person does with this repository. CI calls the same targets and no others.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-demo demo test quick check fix bench docs requirements

help: ## Say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Set up .venv with everything that development needs
	@$(PYTHON) requirements/install.py dev

setup-demo:
	@$(PYTHON) requirements/install.py base

demo: setup-demo ## Build the demonstration and serve it (HOST=, PORT=); stop it with Ctrl-C
	@$(BIN)/evenhand demo --host $(HOST) --port $(PORT)

test: setup ## Run every test that this machine has an engine for, and end with one table
	@$(BIN)/python tests/suites.py

quick: setup ## The inner loop: the fast tests, in about a minute
	@$(BIN)/python tests/suites.py --quick

check: setup ## Style, import contracts, types, migrations in step, templates
	@$(BIN)/python tests/checks.py

fix: setup ## Put style right where a tool can
	@$(BIN)/ruff check --quiet --fix src tests bench requirements docs || true
	@$(BIN)/ruff format --quiet src tests bench requirements docs
	@$(BIN)/djlint --quiet --reformat src/evenhand/web/templates || true

bench: setup ## Measure what is claimed about speed, each as a ratio in one run
	@for file in bench/bench_*.py; do $(BIN)/python $$file || exit 1; done

docs: setup ## Write again the pages of docs/ that are made from the code
	@$(BIN)/python docs/reference/generate.py

requirements: setup ## Compile the pinned, hashed requirement files from pyproject.toml
	@$(BIN)/python requirements/compile.py
