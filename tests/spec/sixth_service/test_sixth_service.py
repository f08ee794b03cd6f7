"""A sixth service that no code knows: a folder of data, taken through every command from its check to its return."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.library.cli.asking import asker

from placewell.cli import claims, members, report, validate
from placewell.cli.main import main
from placewell.dataset import validate_folder, write_folder
from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load, service_ids
from placewell.synthetic import make, plant
from placewell.synthetic.mix import own_reason

FOLDER = Path(__file__).parent / "northshire"
SPEC = load(FOLDER)
PERIOD = ("--period", "Y2Q2")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("northshire") / "data"
    assert main(["synth", str(FOLDER), "--people", "300", "--seed", "1", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def ask(capsysbinary):
    return asker(capsysbinary)


def test_it_is_data_alone_and_not_in_the_catalogue():
    assert {path.suffix for path in FOLDER.rglob("*") if path.is_file()} == {".toml"}
    assert SPEC.id not in service_ids()


def test_check(ask):
    status, out, _ = ask("check", FOLDER)
    assert (status, out) == (0, f"{FOLDER}: no problems; 2 worked examples.\n")


@pytest.mark.parametrize("form", validate.FORMATS)
def test_validate_finds_nothing(ask, made, form):
    status, out, told = ask("validate", made, "--service", FOLDER, "--format", form)
    assert (status, told) == (0, "")
    assert out == {"text": "0 errors, 0 warnings.\n", "json": "[]\n"}.get(form, f"{','.join(validate.COLUMNS)}\n")


@pytest.mark.parametrize("definitions", [(), ("--definitions",), ("--definitions", FOLDER)])
@pytest.mark.parametrize("form", report.FORMATS)
def test_report_in_every_form(made, tmp_path, form, definitions):
    file = tmp_path / f"return.{form}"
    asked = ["report", FOLDER, "--data", made, *PERIOD, *definitions, "--format", form, "--out", file]
    assert main([str(word) for word in asked]) == 0
    assert file.stat().st_size > 1000


def test_its_return_has_its_own_figures_in_its_own_order(ask, made):
    _, out, _ = ask("report", FOLDER, "--data", made, *PERIOD)
    answer = json.loads(out)
    assert answer["service"] == "northshire"
    assert [one["id"] for one in answer["indicators"]] == ["engaged", "job_start", "in_work_13_weeks", "referrals"]
    assert answer["period"]["start"] == "2024-07-01"
    _, page, _ = ask("report", FOLDER, "--data", made, *PERIOD, "--format", "html")
    assert [title for title in ("Quarterly report", "1. Outcomes", "2. Referrals", "NW §6") if title not in page] == []


def test_one_lot(ask, made):
    values = []
    for words in (("--lot", "hills"), ("--lot", "coast"), ()):
        _, out, _ = ask("report", FOLDER, "--data", made, *PERIOD, *words)
        values.append(next(one["value"] for one in json.loads(out)["indicators"] if one["id"] == "referrals"))
    assert values[0] + values[1] == values[2] > 0
    status, _, told = ask("report", FOLDER, "--data", made, *PERIOD, "--lot", "north")
    assert (status, told) == (2, 'northshire has no lot "north": its lots are hills, coast.\n')


@pytest.mark.parametrize("form", members.FORMATS)
@pytest.mark.parametrize("indicator", [one.id for one in SPEC.indicators.computed])
def test_members_of_every_figure(ask, made, indicator, form):
    status, out, _ = ask("members", FOLDER, indicator, "--data", made, *PERIOD, "--format", form)
    rows = json.loads(out) if form == "json" else list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert rows
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize("form", claims.FORMATS)
def test_claims_by_its_own_price(ask, made, form):
    status, out, _ = ask("claims", FOLDER, "--data", made, "--as-at", "2026-03-31", "--format", form)
    assert status == 0
    assert out.count("600.00") > 10
    assert "750.00" not in out.replace("67500.00", "")


def test_made_up_people_are_in_every_figure(made):
    whole = parse_period("2023-04-01/2026-04-01", SPEC.service.first_quarter_starts)
    counted = {one.id: one.members["counted"] for one in figures(SPEC, make(SPEC, 300, 1), whole)}
    assert min(counted.values()) > 0


def test_made_up_people_have_its_own_reasons():
    episodes = make(SPEC, 300, 1)["episodes"]
    assert set(episodes["decline_reason"].drop_nulls()) == {"lives_elsewhere", "did_not_reply"}
    assert set(episodes["closure_reason"].drop_nulls()) == {"finished", "stopped"}


@pytest.mark.parametrize(
    ("code", "reasons", "own"),
    [
        ("no_answer", [("no_answer", False), ("other", False)], "no_answer"),
        ("no_answer", [("too_far", True), ("silent", False), ("other", False)], "other"),
        ("no_answer", [("too_far", True), ("silent", False)], "silent"),
        ("no_answer", [("too_far", True)], "too_far"),
        ("no_answer", [], "no_answer"),
    ],
)
def test_a_reason_that_it_has_no_word_for(code, reasons, own):
    reason = SPEC.pathway.decline_reasons[0]
    known = [reason.model_copy(update={"id": id, "unsuitable": unsuitable}) for id, unsuitable in reasons]
    assert own_reason(code, known) == own


def test_planted_faults_are_found(tmp_path):
    spoiled, faults = plant(make(SPEC, 300, 1), 4)
    found = validate_folder(write_folder(spoiled, tmp_path / "d"), validate.service_codes(SPEC))
    assert {(one.table, one.row, one.column) for one in faults} <= {(one.table, one.row, one.column) for one in found}


@pytest.mark.parametrize("command", ["report", "members", "claims", "synth", "check"])
def test_a_folder_that_is_not_there(ask, command, tmp_path):
    words = {
        "report": ("--data", tmp_path, *PERIOD),
        "members": ("engaged", "--data", tmp_path, *PERIOD),
        "claims": ("--data", tmp_path, "--as-at", "2024-01-01"),
        "synth": ("--people", 1, "--seed", 1, "--out", tmp_path / "d"),
        "check": (),
    }
    status, out, told = ask(command, tmp_path / "southshire", *words[command])
    assert (status, out) == (2, "")
    assert told.startswith(f'There is no service and no folder "{tmp_path}/southshire": the catalogue has ')


def test_a_folder_that_is_no_specification(ask, tmp_path, made):
    status, out, told = ask("report", tmp_path, "--data", made, *PERIOD)
    assert (status, out) == (1, "")
    assert told.count("is missing from") == 7
