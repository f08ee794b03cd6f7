#!/usr/bin/env bash
# Writes the locks: exact versions with hashes, and no registry's address.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --no-annotate "${@:2}" "requirements/$1.in" --output-file "requirements/$1.lock"
}
lock dev
lock runtime --constraints requirements/dev.lock
lock node
lock venv

# npm keeps the web addresses of sponsors in its lock: they lock nothing, and a lock names no address.
if command -v npm >/dev/null 2>&1; then npm install --package-lock-only --ignore-scripts --silent; fi
.venv/bin/python scripts/plain_npm_lock.py
