"""`make bench`: every service's return, a quarter and three hard figures beside hand-written SQL, then the site."""

from __future__ import annotations

import subprocess
import sys

from benchmarks import pages, quarterly

if __name__ == "__main__":
    failed = quarterly.main()
    for name in ("returns", "hardest", "evaluation"):
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    pages.main()
    for name in ("search", "receipts", "draws"):  # under the tests' settings, so each in a process of its own
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
    sys.exit(failed)
