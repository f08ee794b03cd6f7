"""Start-up is lazy: a command imports what it needs and nothing else. Measured in a fresh process."""

import json
import subprocess
import sys

import pytest

PROBE = """
import json, sys
from placewell.cli.main import main
status = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps([status, sorted(sys.modules)]))
"""


def run(*words):
    """Exit status and the modules loaded at the end."""
    done = subprocess.run([sys.executable, "-c", PROBE, *words], capture_output=True, text=True, check=True)
    status, modules = json.loads(done.stderr.splitlines()[-1])
    return status, set(modules)


@pytest.mark.parametrize(
    "words",
    [
        ["services"],
        ["--help"],
        ["--version"],
        ["report", "--help"],
        ["compare", "--help"],
        ["coverage"],
        ["nonsense"],
        ["trial", "--help"],
    ],
)
def test_light_commands_load_neither_tables_nor_models(words):
    _, modules = run(*words)
    assert not modules & {"polars", "pydantic", "jinja2", "django", "numpy"}


def test_a_report_loads_no_template_engine_unless_it_is_html():
    _, modules = run("report", "thrive_into_work", "--data", "no/such/folder", "--period", "Y1Q1")
    assert "polars" in modules
    assert not modules & {"jinja2", "django", "xlsxwriter", "govuk_bank_holidays"}
