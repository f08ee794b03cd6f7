#!/usr/bin/env bash
# All tests. Those that need Chromium or PostgreSQL run where these are found and say loudly when they are not.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
.venv/bin/pytest -n auto --dist worksteal "$@" || status=1
if command -v pg_virtualenv >/dev/null 2>&1; then
  echo "== the database tests on PostgreSQL"
  pg_virtualenv -t -o fsync=off sh -c 'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres" \
    .venv/bin/pytest -m "not browser and not any_database" tests/site -n auto --dist worksteal' || status=1
else
  echo "== NOT RUN: the database tests on PostgreSQL. pg_virtualenv is not here (Debian: postgresql, postgresql-common)."
fi
exit $status
