#!/usr/bin/env bash
# The demo: an embedded database with made-up people, on a fixed day, for one machine. Never for real people.
# SERVICE names another service, an id of the catalogue or a folder, and DEMO_DAY another day; each has its people in a
# folder of its own.
set -euo pipefail
if [ -n "${SERVICE:-}" ]; then
  if [ -d "$SERVICE" ]; then SERVICE=$(cd "$SERVICE" && pwd); fi
  export PLACEWELL_SERVICE="$SERVICE"
  cd "$(dirname "$0")/.."
  export PLACEWELL_VAR="${PLACEWELL_VAR:-var/$(basename "$SERVICE")}"
else
  cd "$(dirname "$0")/.."
fi
if [ -n "${DEMO_DAY:-}" ]; then export PLACEWELL_VAR="${PLACEWELL_VAR:-var}/on-${DEMO_DAY//[^0-9A-Za-z-]/_}"; fi
exec .venv/bin/python scripts/serve_demo.py "${1:-8000}"
