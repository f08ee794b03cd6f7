"""`placewell coverage`: the rows as text, CSV and JSON."""

import json

from placewell.cli.coverage import summary
from placewell.cli.main import main
from placewell.specification.coverage import Row, rows

EVERY = rows()


def test_the_summary_counts_by_status_and_reason():
    every = [
        Row("A1", "g", "t", "s", ("x",), "served"),
        Row("A2", "g", "t", "s", ("x",), "partly", "Half."),
        Row("A3", "g", "t", "s", (), "not_yet", "Later."),
        Row("A4", "g", "t", "s", (), "not_yet", "Later."),
    ]
    assert summary(every) == (
        "1 of 4 rows are served, 1 partly, 2 not yet.\nWhy not, or not whole:\n    2  Later.\n    1  Half."
    )


def test_rows_of_one_group_stand_under_one_head(capsys):
    assert main(["coverage", "--row", "H1", "--row", "H2"]) == 0
    assert capsys.readouterr().out.count("Outcomes, evidence and data items") == 1


def test_text_groups_the_rows(capsys):
    assert main(["coverage", "--row", "H1", "--row", "D1", "--row", "O2"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "Consent, baseline, randomisation\n  D1   Standard script (002 §11.5)\n       thrive_into_work/"
    )
    assert "\n       not covered: Interviews and visits" in shown
    assert "\n\nOutcomes, evidence and data items\n  H1   Engaged (002 App 6)\n" in shown
    assert " of 355 rows are served, " in shown


def test_a_row_served_in_part_says_what_serves_it_and_what_is_missing(capsys):
    assert main(["coverage", "--row", "I127"]) == 0
    shown = capsys.readouterr().out
    assert "       command: placewell report\n" in shown
    assert "       partly: The return is computed" in shown


def test_missing_shows_only_what_is_not_wholly_served(capsys):
    assert main(["coverage", "--missing", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {row["status"] for row in shown} == {"partly", "not_yet"}
    assert all(row["reason"] for row in shown)
    assert {row["id"] for row in shown} == {row.id for row in EVERY if not row.is_served}


def test_csv_has_a_line_for_every_row(capsys):
    assert main(["coverage", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "id,group,title,source,status,served_by,reason"
    assert len(lines) == 356


def test_an_unknown_row_is_a_usage_error(capsys):
    assert main(["coverage", "--row", "Z9"]) == 2
    assert capsys.readouterr().err == 'There is no requirement "Z9": the rows run from A1 to P10.\n'
