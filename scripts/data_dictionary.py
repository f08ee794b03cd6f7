"""Writes docs/reference/data-dictionary.md from the declared tables."""

import sys

from publishing import publish

from placewell.dataset.dictionary import dictionary

if __name__ == "__main__":
    sys.exit(publish("data-dictionary.md", dictionary(), sys.argv[1:]))
