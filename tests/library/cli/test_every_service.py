"""Every service of the catalogue, from made-up people to its return: synth, validate, report and members."""

import csv
import io
import json

import pytest
from tests.library.cli.asking import asker

from placewell.specification import load, service_ids

SERVICES = service_ids()


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    from placewell.cli.main import main

    made = {}
    for service in SERVICES:
        made[service] = tmp_path_factory.mktemp(service) / "data"
        words = ("synth", service, "--people", "60", "--seed", "3", "--out", made[service], "--file-type", "csv")
        assert main([str(word) for word in words]) == 0
    return made


@pytest.fixture
def ask(capsysbinary):
    return asker(capsysbinary)


@pytest.mark.parametrize("service", SERVICES)
def test_its_made_up_people_are_sound(service, folders, ask):
    status, out, _ = ask("validate", folders[service], "--service", service)
    assert status == 0
    assert "error" not in out.replace("0 errors", "")


@pytest.mark.parametrize("service", SERVICES)
def test_its_return_as_json_and_csv_has_every_indicator(service, folders, ask):
    computed = [one.id for one in load(service).indicators.computed]
    asked = ("report", service, "--data", folders[service], "--period", "Y2")
    status, out, _ = ask(*asked, "--format", "json")
    assert (status, [one["id"] for one in json.loads(out)["indicators"]]) == (0, computed)
    status, out, _ = ask(*asked, "--format", "csv")
    lines = [row["indicator"] for row in csv.DictReader(io.StringIO(out)) if not row["breakdown"]]
    assert (status, lines) == (0, [one for one in load(service).report.indicator_ids() if one in computed])
    assert set(lines) == set(computed)


@pytest.mark.parametrize("service", SERVICES)
def test_its_return_as_a_page_has_every_section(service, folders, ask):
    spec = load(service)
    status, out, _ = ask("report", service, "--data", folders[service], "--period", "Y2", "--format", "html")
    assert status == 0
    assert spec.report.title in out
    for section in spec.report.sections:
        assert section.title in out


@pytest.mark.parametrize(
    ("service", "indicator"), [(service, one.id) for service in SERVICES for one in load(service).indicators.computed]
)
def test_the_members_of_each_figure_have_reasons(service, indicator, folders, ask):
    status, out, _ = ask("members", service, indicator, "--data", folders[service], "--period", "Y2")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert [row["subject_id"] for row in rows if not row["reason"]] == []
