#!/usr/bin/env bash
# The demo: an embedded database with made-up people, on a fixed day, for one machine. Never for real people.
# SERVICE names another service, an id of the catalogue or a folder; its people are kept in a folder of their own.
set -euo pipefail
if [ -n "${SERVICE:-}" ]; then
  if [ -d "$SERVICE" ]; then SERVICE=$(cd "$SERVICE" && pwd); fi
  export PLACEWELL_SERVICE="$SERVICE"
  cd "$(dirname "$0")/.."
  export PLACEWELL_VAR="${PLACEWELL_VAR:-var/$(basename "$SERVICE")}"
else
  cd "$(dirname "$0")/.."
fi
exec .venv/bin/python scripts/serve_demo.py "${1:-8000}"
