"""`make restore-drill`: the restores of trial.md §6, and one in place, on a database of their own, as a table."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.torture.stage import database


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as name, database(Path(name)) as kind:
        from tests.site.conftest import make_world
        from tests.site.trial.restores import play

        print(f"{kind}: a copy of the machine after 200 people, 300 drawn\n", flush=True)
        failed = 0
        for row in play(make_world(), Path(name) / "trial", backup=200, truth=300):
            print(f"{'ok' if row.sound else 'FAILED':8}{row.case:36}{row.came}", flush=True)
            failed += not row.sound
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
