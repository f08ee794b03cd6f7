"""`--definitions`: two services counted alike, each figure marked, and what cannot be asked."""

import csv
import io
import json

import pytest
from tests.library.cli.asking import asker

from placewell.cli.inputs import COMMON
from placewell.cli.main import main
from placewell.specification import load

TWO = ("dorset_work_matters", "thrive_into_work")
PERIOD = ("--period", "2019-10-01/2020-01-01")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    made = {service: tmp_path_factory.mktemp(service) / "data" for service in TWO}
    for service, folder in made.items():
        assert main(["synth", service, "--people", "80", "--seed", "3", "--out", str(folder)]) == 0
    return made


@pytest.fixture
def ask(capsysbinary, folders):
    asked = asker(capsysbinary)
    return lambda command, service, *words: asked(command, service, *words, "--data", folders[service], *PERIOD)


@pytest.mark.parametrize("given", [(), (COMMON,)])
def test_two_services_stand_side_by_side(ask, given):
    answers = {}
    for service in TWO:
        status, out, _ = ask("report", service, "--definitions", *given)
        assert status == 0
        answers[service] = json.loads(out)
    one, other = answers.values()
    same = ("id", "name", "clause", "unit", "in_contract", "target")
    assert [[figure[key] for key in same] for figure in one["indicators"]] == [
        [figure[key] for key in same] for figure in other["indicators"]
    ]
    assert one["definitions"] == other["definitions"]
    assert one["definitions"]["service"] == "ips_grow"
    assert (one["service"], other["service"]) == TWO
    assert one["specification"]["version"] == load(TWO[0]).version


def test_without_it_nothing_is_said_of_definitions(ask):
    assert "definitions" not in json.loads(ask("report", TWO[0])[1])


@pytest.mark.parametrize(("words", "named"), [((), ""), (("--definitions",), "ips_grow")])
def test_the_table_names_them_on_every_line(ask, words, named):
    _, out, _ = ask("report", TWO[0], *words, "--format", "csv")
    assert {row["definitions"] for row in csv.DictReader(io.StringIO(out))} == {named}


def test_the_page_is_no_return(ask):
    _, out, _ = ask("report", TWO[1], "--definitions", "--format", "html")
    assert "Counted by the definitions of IPS Grow" in out
    assert "Return due" not in out
    assert "sets no targets" not in out
    assert "Nothing written yet" not in out
    assert f"ips_grow, version {load('ips_grow').version}" in out


def test_the_members_are_those_of_the_figure(ask):
    _, out, _ = ask("report", TWO[1], "--definitions", "--format", "csv")
    [line] = [row for row in csv.DictReader(io.StringIO(out)) if row["indicator"] == "people_placed" and not row["key"]]
    _, out, _ = ask("members", TWO[1], "people_placed", "--definitions")
    counted = [row for row in csv.DictReader(io.StringIO(out)) if row["status"] == "counted"]
    assert len(counted) == int(line["counted"]) > 0


def test_a_service_by_its_own_definitions_is_in_its_contract(ask):
    _, out, _ = ask("report", TWO[1], "--definitions", TWO[1])
    assert {figure["in_contract"] for figure in json.loads(out)["indicators"]} == {True}


def test_definitions_that_are_not_there(ask):
    status, out, told = ask("report", TWO[0], "--definitions", "nowhere")
    assert (status, out) == (2, "")
    assert told.startswith('There is no service and no folder "nowhere"')


def test_an_indicator_that_the_definitions_do_not_have(ask):
    status, _, told = ask("members", TWO[0], "in_paid_work", "--definitions")
    assert status == 2
    assert "has no indicator" in told
