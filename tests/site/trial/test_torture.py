"""A short form of `make torture`, on whichever database the tests run on (trust.md, promises 1 and 2)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.site.trial.processes import environment

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_lost_doubled_or_changed() -> None:
    words = ["--attempts", "240", "--kills", "8", "--at-points", "1", "--seed", "20181114"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", *words], cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("another answer on reopening 0") == 10
