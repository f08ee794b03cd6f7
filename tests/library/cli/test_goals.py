"""`placewell report --goals`: figures judged against the provider's own goals, marked as theirs in every form."""

import csv
import io
import json

import pytest
from tests.factories import a_plan, a_profile, an_episode
from tests.library.cli.asking import a_folder, asker
from tests.library.reports.workbooks import Book, values, words

MARK = "Provider’s own goal"
PLAN = """
service = "{service}"

[[target]]
indicator = "engaged"
basis = "trajectory"
quarters = [{quarters}]
clause = "set by the provider"
"""


def person(number):
    episode = f"e{number}"
    entered = an_episode(episode, f"p{number}", entered="2019-04-02", service_id="ips_grow", lot="whole_service")
    return (entered, a_profile(episode, "2019-05-01", "2019-05-08"), a_plan(episode, "2019-05-09"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three people engaged in the first quarter of IPS Grow's contract, none later."""
    facts = [fact for number in range(3) for fact in person(number)]
    return a_folder(tmp_path_factory.mktemp("data") / "d", *facts)


@pytest.fixture
def goals(tmp_path):
    def write(quarters="2.5, 2.5", service="ips_grow", more=""):
        file = tmp_path / "goals.toml"
        file.write_text(PLAN.format(quarters=quarters, service=service) + more, encoding="utf-8")
        return file

    return write


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda service, *words: asked("report", service, "--data", folder, *words)


def engaged_of(out):
    return next(one for one in json.loads(out)["indicators"] if one["id"] == "engaged")


@pytest.mark.parametrize(
    ("quarters", "period", "target", "reached", "status"),
    [
        ("2.5, 2.5", "Y1Q1", 3, 3, "met"),  # 2.5, rounded up
        ("3.5, 2.5", "Y1Q1", 4, 3, "behind"),
        ("2.5, 2.5", "Y1Q2", 5, 3, "behind"),  # with the first quarter
        ('"4/3", "5/3"', "Y1Q2", 3, 3, "met"),  # exact thirds
        ('"4/3", "5/3", 0, 1', "Y1", 4, 3, "breached"),
        ("1, 1, 1, 1, 0", "Y2Q1", 0, 0, "not_due"),  # each year begins again
    ],
)
def test_a_figure_is_judged_against_the_quarters_gone(ask, goals, quarters, period, target, reached, status):
    code, out, told = ask("ips_grow", "--period", period, "--goals", goals(quarters))
    found = engaged_of(out)
    assert (code, told) == (0, "")
    assert (found["target"], found["value_to_date"], found["status"]) == (target, reached, status)
    assert (found["target_set_by"], found["consequence"]) == ("provider", None)


def test_the_report_names_the_goals_and_without_them_has_none(ask, goals):
    _, out, _ = ask("ips_grow", "--period", "Y1Q1", "--goals", goals())
    assert json.loads(out)["goals"]["set_by"] == "provider"
    assert {one["target_set_by"] for one in json.loads(out)["indicators"]} == {"provider", "contract", None}
    _, plain, _ = ask("ips_grow", "--period", "Y1Q1")
    assert "goals" not in json.loads(plain)
    assert (engaged_of(plain)["target"], engaged_of(plain)["target_set_by"]) == (None, None)
    assert json.loads(plain)["specification"] == json.loads(out)["specification"]


def test_the_table_says_who_set_each_target(ask, goals):
    _, out, _ = ask("ips_grow", "--period", "Y1Q1", "--goals", goals(), "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(out)) if not row["breakdown"]]
    by_id = {row["indicator"]: (row["target"], row["target_set_by"], len(row["goals"])) for row in rows}
    assert by_id["engaged"] == ("3", "provider", 64)
    assert by_id["fidelity_review"] == ("0", "contract", 0)
    assert by_id["referrals"] == ("", "", 0)


def test_the_page_marks_them_and_says_so_first(ask, goals):
    _, page, _ = ask("ips_grow", "--period", "Y1Q2", "--goals", goals(), "--format", "html")
    assert page.count(f">{MARK}</strong>") == 1
    assert "it is not the contract’s." in page
    assert "Of the provider’s own goals, 0 of 1 are reached." in page
    assert "3 so far, 5 wanted by now" in page
    _, plain, _ = ask("ips_grow", "--period", "Y1Q2", "--format", "html")
    assert "wn goal" not in plain


def test_the_workbook_says_who_set_each_target(ask, goals, tmp_path):
    for name, more in (("aimed", ("--goals", goals())), ("plain", ())):
        status, _, _ = ask("ips_grow", "--period", "Y1Q2", *more, "--format", "xlsx", "--out", tmp_path / name)
        assert status == 0
    aimed, plain = (Book((tmp_path / name).read_bytes()) for name in ("aimed", "plain"))
    heads = words(aimed.sheets["Return"][2])
    row = dict(zip(heads, values(aimed.figure("1.2")), strict=False))
    assert (row["Target"], row["Reached of it"], row["Where it stands"], row["Set by"]) == (
        5, 3, "2 below the line", MARK,
    )  # fmt: skip
    place = heads.index("Set by")
    set_by = [words(line)[place] for line in aimed.sheets["Return"] if len(line) > place]
    assert {"The contract", MARK} <= set(set_by)
    assert "Set by" not in words(plain.sheets["Return"][2])
    about = [words(line)[0] for line in aimed.sheets["About"] if line]
    assert "Provider’s own goals" in about


GOAL = """
[[target]]
indicator = "{indicator}"
basis = "{basis}"
amount = 1
clause = "set by the provider"
"""


@pytest.mark.parametrize(
    ("written", "period", "sentence"),
    [
        ({"service": "workwise"}, "Y1Q1", 'goals.toml: service: is "workwise", and ips_grow is asked about'),
        (
            {"more": GOAL.format(indicator="engagd", basis="year")},
            "Y1Q1",
            'goals.toml: target[1].indicator: "engagd" is not an indicator of this service.',
        ),
        (
            {"quarters": "2, 2"},
            "Y1Q3",
            "goals.toml: target[0].quarters: engaged has 2, and Y1Q3 ends with quarter 3 of the contract: add the",
        ),
        ({"quarters": "2, 2, 2, 2"}, "Y2", "engaged has 4, and Y2 ends with quarter 8 of the contract"),
        ({"quarters": ""}, "Y1Q1", "a trajectory needs quarters and no amount"),
        ({"more": "[["}, "Y1Q1", "goals.toml: is not TOML"),
        ({"more": GOAL.format(indicator="engaged", basis="year")}, "Y1Q1", '"engaged" has a goal already'),
        ({"more": GOAL.format(indicator="good_fidelity", basis="year")}, "Y1Q1", "good_fidelity is a proportion"),
    ],
)
def test_a_mistake_in_the_file_is_told_and_nothing_is_written(ask, goals, tmp_path, written, period, sentence):
    file, out_file = goals(**written), tmp_path / "return.json"
    status, out, told = ask("ips_grow", "--period", period, "--goals", file, "--out", out_file)
    assert (status, out, out_file.exists()) == (1, "", False)
    assert sentence in told


def test_a_file_that_is_not_there_is_told(ask, tmp_path):
    status, _, told = ask("ips_grow", "--period", "Y1Q1", "--goals", tmp_path / "none.toml")
    assert status == 1
    assert "none.toml: cannot be read" in told


def test_goals_do_not_go_with_another_service_s_definitions(ask, goals):
    status, _, told = ask("ips_grow", "--period", "Y1Q1", "--definitions", "--goals", goals())
    assert status == 2
    assert "--goals are for a service's own figures: leave out --definitions, or --goals." in told


def test_the_contract_s_target_stays_and_that_is_told(ask, goals):
    more = GOAL.format(indicator="fidelity_review", basis="year")
    _, out, told = ask("ips_grow", "--period", "Y1", "--goals", goals("1, 1, 1, 1", more=more))
    assert told == "warning: goals.toml: the contract sets the target of fidelity_review, which stays.\n"
    found = next(one for one in json.loads(out)["indicators"] if one["id"] == "fidelity_review")
    assert found["target_set_by"] == "contract"


LOTS = {
    "all lots": ((), "", 7, ""),
    "all lots, a goal for each": ((), "per_lot = true", 28, ""),
    "one lot, a goal for each": (("--lot", "dudley"), "per_lot = true", 7, ""),
    "one lot, a goal for all": (
        ("--lot", "dudley"),
        "",
        None,
        "warning: goals.toml: the goal of engaged is for all lots together, not for dudley: left out (see per_lot).\n",
    ),
}


@pytest.mark.parametrize(("lot", "per_lot", "target", "warned"), LOTS.values(), ids=LOTS.keys())
def test_goals_of_lots(ask, goals, lot, per_lot, target, warned):
    file = goals("7", "thrive_into_work", more=per_lot)
    _, out, told = ask("thrive_into_work", "--period", "Y1Q1", *lot, "--goals", file)
    goals_told = [line for line in told.splitlines(keepends=True) if "goals.toml" in line]
    assert (engaged_of(out)["target"], "".join(goals_told)) == (target, warned)


def test_a_plan_goes_from_the_calculator_to_the_return(ask, capsysbinary, tmp_path):
    file = tmp_path / "goals.toml"
    to_plan = ("targets", "--contract-value", "300000", "--lagged", "--for", "ips_grow", "--format", "toml")
    assert asker(capsysbinary)(*to_plan, "--out", file) == (0, "", "")
    _, out, told = ask("ips_grow", "--period", "Y1Q2", "--goals", file)
    found = {one["id"]: one["target"] for one in json.loads(out)["indicators"] if one["target_set_by"] == "provider"}
    assert told == ""
    assert (found["referrals"], found["engaged"], found["people_placed"]) == (90, 72, 9)
    assert found["sustained_13_weeks_under_16"] == 0
    assert len(found) == 9
