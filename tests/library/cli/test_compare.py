"""`placewell compare`: the table, the list, JSON, CSV and the page; and what is said of what makes no sense."""

import csv
import io
import json

import pytest
from tests.factories import a_job, a_profile, an_appointment, an_episode
from tests.library.cli.asking import FACTS, SERVICE, a_folder, asker

from placewell.specification import load, service_ids

SECOND = (
    an_episode("e4", "p4", entered="2019-04-02", lot="dudley"),
    an_appointment("e4", "2019-05-03"),
    an_episode("e5", "p5", entered="2019-04-02", lot="dudley"),
    a_profile("e5", "2019-05-03", "2019-05-06"),
    a_job("e5", "j5", first_day="2019-06-03", hours="20"),
)
PERIOD = ("--period", "2019-04-01/2019-07-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return a_folder(tmp_path_factory.mktemp("data") / "d", *FACTS, *SECOND)


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("compare", SERVICE, "--data", folder, *PERIOD, *words)


@pytest.fixture
def say(capsysbinary):
    return asker(capsysbinary)


TABLE = """\
Thrive Into Work, 2019-04-01/2019-07-01 (1 April 2019 to 30 June 2019), all lots, as at 30 June 2019

A  definition.engaged=one_meeting: One meeting (002 §17.9 iii)

                       as shipped         A
engaged                         2    2 (±0)
lines payable                   1         1
pounds                    £750.00   £750.00
pounds of the period      £750.00   £750.00

35 other figures are the same under every reading.

A  engaged: 1 joins, 1 leaves
   joins       p4, episode e4
      was not_due: needs 3 appointments or a completed profile; has 1 appointment
      is  counted: Engaged (one meeting) on 3 May 2019.
   leaves      p5, episode e5
      was counted: Engaged (3 appointments or a completed profile) on 6 May 2019.
      is  not_due: needs 1 appointment; has 0 appointments
"""


def test_the_table(ask):
    status, out, told = ask("--with", "definition.engaged=one_meeting")
    assert (status, out) == (0, TABLE)
    assert all("Working out" in line for line in told.splitlines())


def test_several_readings_stand_side_by_side(ask):
    _, out, _ = ask(
        "--with", "hours.band_boundary=lower", "evidence.accepted=figure_2", "--with", "rapid.limit_days=60"
    )
    lines = out.splitlines()
    assert lines[2:5] == [
        "A  hours.band_boundary=lower: Exactly 16 hours in the lower band (002 App. 6)",
        "B  evidence.accepted=figure_2: The documents of Figure 2 alone (002 Fig. 2)",
        "C  rapid.limit_days=60: Within 60 days (002 §9.12 vi, App. 7 Sv 4)",
    ]
    figures = {line.split("   ")[0].strip(): line.split()[1:] for line in lines[6:12]}
    assert figures["job_start_under_16"] == ["0", "1", "(+1)", "0", "0"]
    assert figures["job_start_16_and_over"] == ["1", "0", "(−1)", "0", "(−1)", "1"]
    assert "B  payment: 0 join, 1 leaves, −£750.00" in lines
    assert "   denominator" in out


def test_a_service_that_pays_for_nothing_has_no_pounds(say, folder):
    status, out, _ = say("compare", "ips_grow", "--data", folder, *PERIOD, "--with", "definition.engaged=one_meeting")
    assert status == 0
    assert "pounds" not in out


def test_one_lot_as_at_a_later_day(ask):
    _, out, _ = ask("--with", "definition.engaged=one_meeting", "--lot", "wolverhampton", "--as-at", "2019-07-31")
    assert out.splitlines()[0].endswith("lot wolverhampton, as at 31 July 2019")
    assert any(line.split() == ["lines", "payable", "0", "0"] for line in out.splitlines())


def test_the_same_reading_is_worked_out_once(ask):
    _, out, _ = ask("--with", "definition.engaged=one_meeting", "definition.engaged=one_meeting")
    assert "A  definition" in out
    assert "B  definition" not in out


def test_json(ask):
    status, out, _ = ask("--with", "definition.engaged=all", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert [one["with"].partition("=")[2] for one in found["readings"]] == [
        "three_appointments_or_profile", "one_meeting", "profile_and_plan", "profile_started",
    ]  # fmt: skip
    engaged = [
        next(each for each in one["figures"] if each["id"] == "engaged")["is"]["value"] for one in found["readings"]
    ]
    assert engaged == [2, 2, 0, 2]
    assert found["payment"]["payable"] == {"lines": 1, "amount": "750.00"}
    assert found["period"] == {"label": "2019-04-01/2019-07-01", "start": "2019-04-01", "end": "2019-07-01"}


def test_csv(ask):
    status, out, _ = ask("--with", "definition.engaged=one_meeting,evidence.accepted=figure_2", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    engaged = [row for row in rows if row["id"] == "engaged"]
    assert [(row["row"], row["was"], row["is"], row["difference"], row["subject_id"]) for row in engaged] == [
        ("figure", "2", "2", "0", ""), ("joins", "", "", "", "p4"), ("leaves", "", "", "", "p5"),
    ]  # fmt: skip
    money = [row for row in rows if row["id"] == "payment"]
    assert [(row["row"], row["was"], row["is"], row["difference"]) for row in money] == [
        ("lines", "1", "0", "-1"), ("pounds", "750.00", "0.00", "-750.00"), ("leaves", "", "", ""),
    ]  # fmt: skip
    assert {row["with"] for row in rows} == {"definition.engaged=one_meeting,evidence.accepted=figure_2"}


def test_a_page_in_a_file(ask, tmp_path):
    page = tmp_path / "comparison.html"
    status, out, _ = ask("--with", "definition.engaged=one_meeting", "--format", "html", "--out", page)
    assert (status, out) == (0, "")
    assert page.read_text().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--with: missing. Give them, or see with --list what can be compared."),
        (("--with", "definition.engaged=two"), "--with definition.engaged=two: definition.engaged has no variant"),
        (("--with", "X12=a"), "--with X12=a: There is no definition \"X12\" to compare: X12 changes no figure."),
        (("--with", "fidelity.bands=good"), "--with fidelity.bands=good: fidelity.bands=good does not fit thrive"),
        (("--with", "rapid.limit_days=30", "--format", "pdf"), "--format pdf is not a format of this command"),
        (("--with", "rapid.limit_days=30", "--lot", "leeds"), 'thrive_into_work has no lot "leeds"'),
        (("--with", "rapid.limit_days=30", "--as-at", "2019-03-01"), "--as-at 2019-03-01 lies before the period"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense(ask, words, said):
    status, out, told = ask(*words)
    assert (status, out) == (2, "")
    assert told.startswith(said)


def test_everything_that_is_missing_is_told_at_once(say):
    status, out, told = say("compare")
    assert (status, out) == (2, "")
    assert told.startswith("SERVICE, --data, --period, --with: missing.")


def test_a_specification_that_a_reading_sets_against_itself(capsysbinary, folder):
    ask = asker(capsysbinary)
    status, out, told = ask(
        "compare", "ips_grow", "--data", folder, *PERIOD, "--with", "evidence.required=asked_everywhere"
    )
    assert (status, out) == (1, "")
    assert "evidence.required=asked_everywhere: indicators.toml: indicator[" in told


def test_the_list_names_every_row(say):
    status, out, _ = say("compare", "--list")
    named = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert status == 0
    assert named == [f"X{number}" for number in range(1, 53)]
    assert "definition.engaged=one_meeting" in out
    assert "rapid.limit_days=NUMBER" in out
    assert "Changes no figure. " in out


@pytest.mark.parametrize("service", service_ids())
def test_the_list_says_what_fits_a_service(say, service):
    status, out, _ = say("compare", service, "--list", "--format", "json")
    rows = json.loads(out)
    standing = {
        f"{definition['id']}={variant['id']}": variant["standing"]
        for row in rows
        for definition in row["definitions"]
        for variant in definition["variants"]
    }
    assert status == 0
    assert set(standing.values()) == {"shipped", "fits", "does_not_fit"}
    searches = load(service).outcomes.of_kind("rapid_job_search")
    assert standing["rapid.limit_days=NUMBER"] == ("fits" if searches else "does_not_fit")
    for row in rows:
        assert bool(row["why_unchanged"]) is not bool(row["definitions"])


def test_the_list_marks_what_a_service_ships(say):
    _, out, _ = say("compare", SERVICE, "--list")
    lines = {line.split()[0]: line for line in out.splitlines() if "=" in line.split()[0]}
    assert lines["definition.engaged=three_appointments_or_profile"].endswith("(as shipped)")
    assert lines["fidelity.bands=good"].endswith("(does not fit this service)")
    assert lines["part_time.threshold_hours=NUMBER"].endswith("(does not fit this service)")
    assert lines["definition.engaged=one_meeting"].endswith("(002 §17.9 iii)")


def test_the_list_has_no_other_form(say):
    status, out, told = say("compare", "--list", "--format", "html")
    assert (status, out) == (2, "")
    assert told.startswith("--format html is not a format of --list; available: table, json.")
