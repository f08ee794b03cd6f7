#!/usr/bin/env bash
# A module on SQLite, and on PostgreSQL where it is found; said loudly where it is not.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
export PYTHONPATH=src:.
unset DATABASE_URL
.venv/bin/python -m "$@" || status=1
if command -v pg_virtualenv >/dev/null 2>&1; then
  module=$* pg_virtualenv -t sh -c 'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres" \
    .venv/bin/python -m $module' || status=1
else
  echo "== NOT RUN on PostgreSQL: pg_virtualenv is not here (Debian: postgresql, postgresql-common)."
  status=1
fi
exit $status
