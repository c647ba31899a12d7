# Two commands matter: `make serve` and `make test`. Both set up what they need on first use.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
FRONTEND := lite_site/frontend
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
FRONTEND_SOURCES := $(shell find $(FRONTEND) -path '*/node_modules' -prune -o -path '*/dist' -prune -o -path '*/lib' -prune -o -type f -print 2>/dev/null | sed 's/ /\\ /g')

.PHONY: help serve test check format bench frontend lock clean

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

serve: .venv/ready frontend ## Build the courses and show them on http://127.0.0.1:8000/, with a hub on port 8001
	@$(BIN)/passerelle hub serve

test: system .venv/ready frontend check ## Run everything that must hold, with the real browser
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: system
system:
	@sh scripts/ensure-system make test

check: .venv/ready $(FRONTEND)/node_modules/ready ## Lint, types, arrows between rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE) npm --prefix $(FRONTEND) run --silent check

format: .venv/ready ## Put the code in house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready frontend ## Measure every claim beside its peer; one JSON line a figure
	@for script in benchmarks/*_*.py; do PYTHONPATH=. $(BIN)/python $$script || exit 1; done

frontend: $(FRONTEND)/dist/start.js ## Build what runs in the page

$(FRONTEND)/dist/start.js: $(FRONTEND_SOURCES) $(FRONTEND)/node_modules/ready
	$(NODE) npm --prefix $(FRONTEND) run --silent build
	@touch $@

$(FRONTEND)/node_modules/ready: $(FRONTEND)/package-lock.json .venv/ready
	cd $(FRONTEND) && $(NODE) npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

.venv/ready: requirements/dev.txt pyproject.toml
	@sh scripts/ensure-system make serve
	@test -x .venv/bin/pip || python3 -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock: .venv/ready ## Pin the requirements anew
	$(COMPILE) pyproject.toml -o requirements/site.txt
	$(COMPILE) pyproject.toml --extra hub -o requirements/hub.txt
	$(COMPILE) pyproject.toml --extra hub --group build --group dev -o requirements/dev.txt

clean: ## Remove what was built here (the download cache stays)
	rm -rf _site _site.* .passerelle dist $(FRONTEND)/dist $(FRONTEND)/lib
