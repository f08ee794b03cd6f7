"""`placewell coverage`: 355 rows, each served or with a reason."""

import json
from pathlib import Path

import pytest

import placewell
from placewell.cli.coverage import summary
from placewell.cli.main import main
from placewell.cli.requirements import CATALOGUE, Row, expanded, rows, servers, serving

SOURCE = Path(placewell.__file__).parent.parent
EVERY = rows()


def test_there_are_355_rows_each_once():
    assert len(EVERY) == 355
    assert len({row.id for row in EVERY}) == 355
    assert (EVERY[0].id, EVERY[-1].id) == ("A1", "P10")


def test_every_row_is_served_or_says_why_not():
    assert [row.id for row in EVERY if not row.is_served and not row.reason] == []


def test_nothing_serves_a_row_that_does_not_exist():
    assert set(servers(CATALOGUE)) - {row.id for row in EVERY} == set()


def test_the_seven_key_outcomes_of_002_are_served_by_their_indicators():
    by_id = {row.id: row for row in EVERY}
    assert "thrive_into_work/indicators.toml: indicator engaged" in by_id["I55"].served_by
    assert all(by_id[f"I{number}"].is_served for number in range(55, 62))


def test_every_feature_is_where_it_says():
    import tomllib

    features = tomllib.loads((CATALOGUE / "features.toml").read_text(encoding="utf-8"))["feature"]
    assert [feature["name"] for feature in features if not (SOURCE / feature["where"]).exists()] == []


@pytest.mark.parametrize(
    ("given", "ids"),
    [("H1", ["H1"]), ("I55-57", ["I55", "I56", "I57"]), ("I0", ["I0"]), ("P10", ["P10"])],
)
def test_runs_of_rows(given, ids):
    assert expanded(given) == ids


@pytest.mark.parametrize("given", ["", "H", "1", "Q1", "I55-", "I55-I57", "h1"])
def test_what_is_not_a_row_is_refused(given):
    with pytest.raises(ValueError, match="neither a row"):
        expanded(given)


def test_entries_are_found_at_any_depth():
    document = {
        "serves": ["A1"],
        "plain": 3,
        "section": {"serves": ["A2"], "inner": {"serves": ["A3"]}},
        "indicator": [{"id": "engaged", "serves": ["I55"]}, {"serves": ["A4"]}, {"id": "none"}],
    }
    assert dict(serving(document)) == {
        "the file": ["A1"],
        "section": ["A2"],
        "section.inner": ["A3"],
        "indicator engaged": ["I55"],
        "indicator 1": ["A4"],
    }


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def small(tmp_path):
    """A catalogue with one service (document 002) and five rows."""
    ids = (("A1", "002 §1"), ("A2-4", "001 §2; 004 §3"), ("A5", "x"))
    listed = ",".join(f"{{id='{id}', title='Title', source='{source}'}}" for id, source in ids)
    write(tmp_path, "requirements.toml", f"[[group]]\nletter='A'\nname='All'\nrows=[{listed}]")
    write(
        tmp_path,
        "features.toml",
        "[[feature]]\nkind='screen'\nname='The inbox'\nwhere='x'\nserves=['A2-2']\n"
        "[[not_yet]]\nrows=['A5']\nreason='Later.'",
    )
    write(tmp_path, "one/service.toml", "serves=['A1']\n[[document]]\nid='002'\n")
    return tmp_path


def test_rows_of_a_catalogue(small):
    found = {row.id: (row.served_by, row.reason) for row in rows(small)}
    nowhere = "The services of 001 and 004 are not in the catalogue yet."
    assert found == {
        "A1": (("one/service.toml: the file",), ""),
        "A2": (("screen: The inbox",), nowhere),
        "A3": ((), nowhere),
        "A4": ((), nowhere),
        "A5": ((), "Later."),
    }


def test_the_summary_counts_by_reason():
    every = [
        Row("A1", "g", "t", "s", ("x",)),
        Row("A2", "g", "t", "s", (), "Later."),
        Row("A3", "g", "t", "s", (), "Later."),
    ]
    assert summary(every) == "1 of 3 rows are served; 2 are not:\n    2  Later."


def test_text_groups_the_rows(capsys):
    assert main(["coverage", "--row", "H1", "--row", "C2"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Eligibility\n  C2   Open to a Community Mental Health Team (000 §3.3)\n")
    assert "\n\nOutcomes, evidence and data items\n  H1   Engaged (002 App 6)\n" in shown
    assert " of 355 rows are served; " in shown


def test_missing_shows_only_what_nothing_serves(capsys):
    assert main(["coverage", "--missing", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert all(row["served_by"] == [] and row["reason"] for row in shown)
    assert {row["id"] for row in shown} == {row.id for row in EVERY if not row.is_served}


def test_csv_has_a_line_for_every_row(capsys):
    assert main(["coverage", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "id,group,title,source,served_by,reason"
    assert len(lines) == 356


def test_an_unknown_row_is_a_usage_error(capsys):
    assert main(["coverage", "--row", "Z9"]) == 2
    assert capsys.readouterr().err == 'There is no requirement "Z9": the rows run from A1 to P10.\n'
