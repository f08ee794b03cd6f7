"""`make bench`: the quarter from the command line beside hand-written SQL, then the quarter's page of the site."""

from __future__ import annotations

import sys

from benchmarks import pages, quarterly

if __name__ == "__main__":
    differing = quarterly.main()
    pages.main()
    sys.exit(differing)
