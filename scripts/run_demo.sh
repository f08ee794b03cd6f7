#!/usr/bin/env bash
# The demo: an embedded database with made-up people, on a fixed day, for one machine. Never for real people.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python scripts/serve_demo.py "${1:-8000}"
