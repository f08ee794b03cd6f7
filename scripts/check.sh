#!/usr/bin/env bash
# Everything that is not a test and must hold: format, lint, layers, types, migrations, generated documents.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
step() {
  local name=$1; shift
  if output=$("$@" 2>&1); then echo "ok       $name"; else echo "FAILED   $name"; printf '%s\n' "$output" | sed 's/^/         /'; status=1; fi
}
step "format" .venv/bin/ruff format --check --quiet src tests scripts benchmarks
step "lint" .venv/bin/ruff check --quiet src tests scripts benchmarks
step "templates" .venv/bin/python scripts/check_templates.py
step "import contracts" .venv/bin/lint-imports
step "types" .venv/bin/mypy
step "migrations" env PLACEWELL_DEMO=1 .venv/bin/placewell-site makemigrations --check --dry-run
step "generated documents" scripts/generate_docs.sh --check
step "locks name no address" sh -c '! grep -nE "https?://|--index-url|--find-links" requirements/*.lock package-lock.json .npmrc'
step "specification" .venv/bin/placewell check
exit $status
