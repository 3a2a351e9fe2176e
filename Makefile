# Two commands are enough: `make run` and `make test`. Each sets up what is missing first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

# Without what Python keeps of compiled modules every run of the tests, and every server that they start,
# compiles all modules anew: half a minute of pytest's alone.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run quick test journeys check lint type contracts unit coverage browser screenshots docs bench clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# A virtual environment with the pinned packages; made anew when the pins change.
$(VENV)/.run: requirements.txt
	$(PYTHON) run.py --only-set-up

$(VENV)/.test: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python scripts/chromium.py
	@touch $@

run: ## Start the app on this machine, with the example review ready
	$(PYTHON) run.py --port $(PORT)

quick: $(VENV)/.test ## Style, types, and the tests that a change can touch, in less than a minute
	$(BIN)/python scripts/quick.py

# The browser mostly waits, so style and types are looked at meanwhile.
test: unit ## Everything that must hold, from style to a journey in a browser
	$(MAKE) -j 2 check browser

check: lint type contracts ## Style, types, and the rules between rooms

lint: $(VENV)/.test ## Style and formatting
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

type: $(VENV)/.test ## Types, strictly
	$(BIN)/mypy

contracts: $(VENV)/.test ## Which room may import which
	$(BIN)/lint-imports --no-logo

unit: $(VENV)/.test ## All tests but those in a browser
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not browser and not journey"

coverage: $(VENV)/.test ## Which lines no test runs; it takes nearly twice as long
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not browser and not journey" --cov --cov-report=term

# On a busy machine a page may be late once; what fails twice is broken.
browser: $(VENV)/.test ## The journeys in Chromium
	$(BIN)/pytest -q -n 2 --dist worksteal -m "browser and not journey" tests/browser || $(BIN)/pytest -q -m "browser and not journey" --last-failed tests/browser

# What takes long (screening and teams in browsers; every page under axe, with hostile texts, with a database
# that is busy or full; cuts of minutes, kills, restores, an installed wheel, a base path; steps on PostgreSQL), and
# later servers and programs beside ours (nginx, a sign-in server, LibreOffice).
# A file stays with one worker, so that what its tests share (servers, made databases) is made once.
journeys: $(VENV)/.test ## The slow journeys in Chromium, and with other programs
	$(BIN)/pytest -q -n 2 --dist loadfile -m journey || $(BIN)/pytest -q -m journey --last-failed

screenshots: $(VENV)/.test ## The pictures in docs/ and README.md
	$(BIN)/python scripts/screenshots.py
	$(BIN)/python -m scripts.map_screenshots
	$(BIN)/python -m scripts.figures
	$(BIN)/python -m scripts.report_pages

# The notice is about a successor of the theme; docs/dependencies.md has it.
docs: $(VENV)/.test ## The site of the documentation, in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

bench: $(VENV)/.test ## The measurements in docs/benchmarks.md
	$(BIN)/python benchmarks/road.py

clean: ## Remove the virtual environment and what tests leave behind
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
