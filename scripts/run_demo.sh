#!/usr/bin/env bash
# The demo: an embedded database with made-up people, on a fixed day, for one machine. Never for real people.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}
export PLACEWELL_DEMO=1
# shellcheck disable=SC2086
.venv/bin/placewell-site prepare_demo --port "$port"
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 1 --blocking-threads 8 \
  --log-level warning --no-ws placewell_web.config.wsgi:application
