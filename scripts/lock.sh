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
