"""`make bench`: a quarter from the command line beside hand-written SQL, then the site's pages, search, receipts."""

from __future__ import annotations

import subprocess
import sys

from benchmarks import pages, quarterly

if __name__ == "__main__":
    differing = quarterly.main()
    pages.main()
    for name in ("search", "receipts"):  # under the tests' settings, so each in a process of its own
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
    sys.exit(differing)
