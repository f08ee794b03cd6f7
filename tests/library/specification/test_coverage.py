"""The 355 rows of the requirements: each served, partly or not yet, with what serves it and why not further."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import placewell
from placewell.cli.main import COMMANDS
from placewell.specification import load
from placewell.specification.coverage import CATALOGUE, STATED_ONLY, building, expanded, rows, serving, stating

SOURCE = Path(placewell.__file__).parent.parent
COVERAGE = tomllib.loads((CATALOGUE / "coverage.toml").read_text(encoding="utf-8"))
EVERY = rows()
BY_ID = {row.id: row for row in EVERY}
SECTIONS = {
    "A": 18, "B": 20, "C": 20, "D": 17, "E": 14, "F": 21, "G": 23, "H": 18, "I": 135,
    "J": 9, "K": 7, "L": 14, "M": 12, "N": 10, "O": 7, "P": 10,
}  # fmt: skip


def test_there_are_355_rows_each_once():
    assert len(EVERY) == len(BY_ID) == 355
    assert (EVERY[0].id, EVERY[-1].id) == ("A1", "P10")
    assert Counter(row.id[0] for row in EVERY) == SECTIONS


@pytest.mark.parametrize("letter", SECTIONS)
def test_the_rows_of_a_section_are_numbered_without_a_gap(letter):
    first = 0 if letter == "I" else 1
    wanted = [f"{letter}{number}" for number in range(first, first + SECTIONS[letter])]
    assert [row.id for row in EVERY if row.id[0] == letter] == wanted


def test_every_row_is_accounted_for():
    assert [row.id for row in EVERY if (row.status == "served") == bool(row.reason)] == []
    assert all(row.title and row.source for row in EVERY)


def test_what_is_served_at_least_in_part_has_something_of_the_product_that_works_with_it():
    built = building(COVERAGE)
    assert [row.id for row in EVERY if row.status != "not_yet" and row.id not in built] == []


def test_nothing_serves_a_row_that_does_not_exist():
    assert set(stating(CATALOGUE)) | set(building(COVERAGE)) <= set(BY_ID)


def test_no_row_has_two_reasons():
    named = [
        id for key in ("partly", "not_yet") for each in COVERAGE[key] for ids in each["rows"] for id in expanded(ids)
    ]
    assert [id for id, times in Counter(named).items() if times > 1] == []
    assert set(named) <= set(BY_ID)


def test_the_rows_of_this_issue_are_served_at_least_in_part():
    key_figures = [f"I{number}" for number in range(55, 86)]
    assert [id for id in key_figures if BY_ID[id].status != "served"] == []
    assert "thrive_into_work/indicators.toml: indicator engaged" in BY_ID["I55"].served_by


@pytest.mark.parametrize("feature", COVERAGE["feature"], ids=lambda feature: feature["name"])
def test_a_feature_is_where_it_says(feature):
    assert ("where" in feature) != ("url" in feature)
    if "where" in feature:
        assert (SOURCE / feature["where"]).exists()
    else:
        app, _, name = feature["url"].partition(":")
        assert (SOURCE / "placewell_web" / app).is_dir()
        assert name


COMMANDS_CLAIMED = [feature for feature in COVERAGE["feature"] if feature["kind"] == "command"]


@pytest.mark.parametrize("feature", COMMANDS_CLAIMED, ids=lambda feature: feature["name"])
def test_a_command_that_is_claimed_exists(feature):
    name = feature["name"].removeprefix("placewell ")
    assert name in COMMANDS
    assert feature["where"] == f"placewell/cli/{name}.py"


FIGURES = [
    *(("workwise", number) for number in range(1, 55) if number != 18),  # the measures of I18 are still to be agreed
    *(("thrive_into_work", number) for number in range(55, 86)),
    *(("ips_grow", number) for number in range(86, 105) if number != 101),  # the actions of a plan are not held
]


@pytest.mark.parametrize(("service", "number"), FIGURES)
def test_each_figure_is_served_by_an_indicator_that_is_computed(service, number):
    named = {indicator.id for indicator in load(service).indicators.computed if f"I{number}" in indicator.serves}
    row = BY_ID[f"I{number}"]
    assert named
    assert {f"{service}/indicators.toml: indicator {id}" for id in named} <= set(row.served_by)
    assert row.is_served


@pytest.mark.parametrize("feature", COVERAGE["feature"], ids=lambda feature: feature["name"])
def test_kinds_of_features(feature):
    assert feature["kind"] in ("screen", "rule", "register", "command")
    assert ("url" in feature) == (feature["kind"] == "screen")


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
    """A catalogue with one service (document 002) and seven rows."""
    ids = (("A1", "002 §1"), ("A2-4", "001 §2; 004 §3"), ("A5", "x"), ("A6", "002 §2"), ("A7", "002 §3"))
    listed = ",".join(f"{{id='{id}', title='Title', source='{source}'}}" for id, source in ids)
    write(tmp_path, "requirements.toml", f"[[group]]\nletter='A'\nname='All'\nrows=[{listed}]")
    write(
        tmp_path,
        "coverage.toml",
        "[[feature]]\nkind='screen'\nname='The inbox'\nurl='x:y'\nserves=['A2-2', 'A6', 'A7']\n"
        "[[partly]]\nrows=['A6']\nreason='Half.'\n[[not_yet]]\nrows=['A5']\nreason='Later.'",
    )
    write(tmp_path, "one/service.toml", "serves=['A1', 'A7']\n[[document]]\nid='002'\n")
    return tmp_path


def test_rows_of_a_catalogue(small):
    found = {row.id: (row.served_by, row.status, row.reason) for row in rows(small)}
    nowhere = "The services of 001 and 004 are not in the catalogue yet."
    assert found == {
        "A1": (("one/service.toml: the file",), "not_yet", STATED_ONLY),
        "A2": (("screen: The inbox",), "served", ""),
        "A3": ((), "not_yet", nowhere),
        "A4": ((), "not_yet", nowhere),
        "A5": ((), "not_yet", "Later."),
        "A6": (("screen: The inbox",), "partly", "Half."),
        "A7": (("one/service.toml: the file", "screen: The inbox"), "served", ""),
    }
