# Every target first installs into .venv what it needs, if it is not there; `make` alone lists the targets.
PYTHON ?= python3
ARGS ?=

BIN := .venv/bin

# A stamp is written last, so an interrupted installation is taken up again. It carries the interpreter's
# name, so a .venv whose Python has gone or was replaced is looked at anew.
INTERPRETER := $(lastword $(notdir $(realpath $(BIN)/python)))
RUNTIME := .venv/runtime-$(INTERPRETER)
DEV := .venv/dev-$(INTERPRETER)

LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run quick test check fmt bench soak golden schema lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## start the assessment in this terminal (ARGS="--lang en" and the like are handed on)
	@XINGPING_COMMAND="make run" exec $(BIN)/xingping chat $(ARGS)

quick: $(DEV) ## what a change is most likely to break, in under a minute: no PostgreSQL, no started programs
	@$(BIN)/pytest -m "not bench and not soak and not postgres and not slow" --ignore tests/standin --numprocesses auto --maxprocesses 4 $(ARGS)

test: $(DEV) ## run the whole suite and hold the coverage floors (ARGS="-k word": a part of it, no floors)
	@deploy/test.sh $(ARGS)

check: $(DEV) ## format, lint, types and layers; fast enough for every commit
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "Not formatted: run make fmt." >&2; exit 1; }
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/mypy --no-error-summary
	@report=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$report" >&2; exit 1; }

fmt: $(DEV) ## format, and put right what the linter can
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

bench: $(DEV) ## measure speed
	@$(BIN)/pytest tests/bench -m bench -p no:randomly $(ARGS)

soak: $(DEV) ## the long runs
	@$(BIN)/pytest -m soak $(ARGS)

golden: $(DEV) ## write the golden transcripts anew; read the diff before committing it
	@$(BIN)/pytest -k "transcript or drifted" --golden-write $(ARGS)

schema: $(DEV) ## write the editors' schemas of scheme files anew
	@$(BIN)/xingping rubric schema rubric/schemes

lock: $(DEV) ## pin what pyproject.toml asks for (ARGS=--upgrade: everything at its newest)
	@$(LOCK) --group build --output-file deploy/requirements.txt
	@$(LOCK) --group dev --constraint deploy/requirements.txt --output-file deploy/requirements-dev.txt

$(RUNTIME): deploy/requirements.txt pyproject.toml
	@PYTHON="$(PYTHON)" deploy/venv.sh deploy/requirements.txt runtime

$(DEV): deploy/requirements.txt deploy/requirements-dev.txt pyproject.toml
	@PYTHON="$(PYTHON)" deploy/venv.sh deploy/requirements-dev.txt runtime dev
