"""The demo of another service: its own people, folder and name; every page opens, nothing is of the first service."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.site.migrated import copy_to

ROOT = Path(__file__).parents[3]
NORTHSHIRE = ROOT / "tests" / "spec" / "sixth_service" / "northshire"
PROGRAM = Path(__file__).with_name("every_page.py")


def run(*command, folder, **environment):
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    demo = {"PLACEWELL_DEMO": "1", "PLACEWELL_VAR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    found = subprocess.run(command, env=clean | demo | environment, capture_output=True, text=True, timeout=300)
    return found.stdout + found.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("service", "day", "form"),
    [("dorset_work_matters", "2019-06-14", "/refer/sent/ dorset"), (str(NORTHSHIRE), "2024-06-14", "/refer/")],
    ids=["a service without a limit, a trial or proofs", "a folder that is in no catalogue, without a form"],
)
def test_its_pages_open_and_its_form_can_be_sent(service, day, form, tmp_path, migrated_copy):
    copy_to(tmp_path / "demo" / "placewell.sqlite3", migrated_copy)
    told = run(sys.executable, PROGRAM, folder=tmp_path, PLACEWELL_SERVICE=service, DEMO_DAY=day)
    first, *failed = [line for line in told.splitlines() if not line.startswith('{"error"')]
    assert failed == []
    number, *who, came_to = first.split("; ")
    assert int(number) > 70
    assert "Team leader" in who
    assert came_to == form


@pytest.mark.parametrize(
    ("service", "targets"),
    [("thrive_into_work", "targets.toml"), ("dorset_work_matters", ""), (str(NORTHSHIRE), "")],
)
def test_the_demo_s_own_goals_are_of_one_service(service, targets, tmp_path):
    program = "from placewell_web.config import settings; print(settings.LOCAL_TARGETS)"
    told = run(sys.executable, "-c", program, folder=tmp_path, PLACEWELL_SERVICE=service)
    assert Path(told.strip()).name == targets


STAND_IN = '#!/bin/sh\necho "service=$PLACEWELL_SERVICE var=$PLACEWELL_VAR port=$2"\n'


@pytest.mark.parametrize(
    ("given", "service", "kept_in"),
    [
        ({}, "", ""),
        ({"SERVICE": "dorset_work_matters"}, "dorset_work_matters", "var/dorset_work_matters"),
        ({"SERVICE": "northshire"}, "{here}/northshire", "var/northshire"),
        ({"SERVICE": "dorset_work_matters", "PLACEWELL_VAR": "/elsewhere"}, "dorset_work_matters", "/elsewhere"),
    ],
)
def test_make_run_names_a_service_and_keeps_its_people_apart(given, service, kept_in, tmp_path):
    """The script with a stand-in for Python that says what it was told."""
    place = tmp_path / "placewell"
    for folder in ("scripts", ".venv/bin", "northshire"):
        (place / folder).mkdir(parents=True)
    script = place / "scripts" / "run_demo.sh"
    script.write_bytes((ROOT / "scripts" / "run_demo.sh").read_bytes())
    (place / ".venv/bin/python").write_text(STAND_IN)
    for program in (script, place / ".venv/bin/python"):
        program.chmod(0o755)
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    told = subprocess.run([script, "8123"], cwd=place, env=clean | given, capture_output=True, text=True, check=True)
    assert told.stdout == f"service={service.format(here=place)} var={kept_in} port=8123\n"
