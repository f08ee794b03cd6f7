# The only commands anyone needs. `make run` and `make test` set up what they need.
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
export PYTHON

.PHONY: help setup run test check format lock docs pictures bench load torture restore-drill clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup:  ## install everything into .venv and build the design system (nothing to do when up to date)
	@scripts/setup.sh

run: setup  ## start the demo site on 127.0.0.1:8000 (PORT=8080 for another port, SERVICE=folder for another service)
	@exec scripts/run_demo.sh $(PORT)

test: setup  ## all tests that need nothing but Python; browser and PostgreSQL tests where these are found
	@scripts/test.sh

check: setup  ## format, lint, layers, types, migrations, generated documents
	@scripts/check.sh

format: setup  ## put the code into its standard form
	@.venv/bin/ruff check --fix-only --quiet src tests scripts benchmarks
	@.venv/bin/ruff format --quiet src tests scripts benchmarks

lock: setup  ## write requirements/*.lock anew from requirements/*.in
	@scripts/lock.sh

docs: setup  ## write the generated reference documents anew
	@scripts/generate_docs.sh

pictures: setup  ## take the README's pictures from the demo (needs Chromium)
	@.venv/bin/python scripts/take_pictures.py

bench: setup  ## measure speed and print a table (not part of the tests)
	@.venv/bin/python -m benchmarks

load: setup  ## twenty users at once over 10,000 people and 400,000 contacts, on SQLite and PostgreSQL, as a table
	@scripts/both_databases.sh benchmarks.load

torture: setup  ## kill eight drawing processes over and over, on SQLite and PostgreSQL (five minutes and seven on an idle machine)
	@scripts/both_databases.sh tests.torture

restore-drill: setup  ## the five restores of the trial's ledger, as a table
	@scripts/both_databases.sh tests.torture.restore_drill

clean:  ## remove what set-up and runs have made, the demo's data too
	rm -rf .venv .tools node_modules var src/placewell_web/nhsuk/static/nhsuk/vendor
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
