#!/usr/bin/env bash
# Writes the generated documents anew, or with --check says which are stale.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
.venv/bin/python -m placewell.cli.reference "$@" || status=1
for script in data_dictionary indicator_book questionnaire_book permission_matrix; do
  .venv/bin/python "scripts/$script.py" "$@" || status=1
done
exit $status
