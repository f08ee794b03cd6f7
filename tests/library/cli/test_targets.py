"""`placewell targets`: the object promised, the table printed, and every wrong input refused in a sentence."""

import json

import pytest
from tests.library.cli.asking import asker
from tests.library.specification.small import folder_of

ASKED = ("--contract-value", "300000", "--ramp", "60,100,100,100,80")
ROWS = [
    "referrals",
    "engaged",
    "placed",
    *(f"sustained_{weeks}_weeks_{band}" for weeks in (13, 26, 52) for band in ("16_and_over", "under_16")),
]


@pytest.fixture
def ask(capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("targets", *words)


def answered(ask, *words):
    status, out, told = ask(*words, "--format", "json")
    assert (status, told) == (0, "")
    return json.loads(out)


def test_the_object_has_every_row_of_every_year_unrounded(ask):
    given = answered(ask, *ASKED)
    assert list(given) == ["preset", "inputs", "years", "warnings"]
    assert given["preset"] == "ips-grow-2018"
    assert [year["year"] for year in given["years"]] == [1, 2, 3, 4, 5]
    for year in given["years"]:
        assert list(year) == ["year", "specialists", "caseload", *ROWS, "cost_per_person_placed"]
        assert all(list(year[row]) == ["quarters", "total"] and len(year[row]["quarters"]) == 4 for row in ROWS)
    second = given["years"][1]
    assert second["specialists"] == 300_000 / 51_250
    assert second["engaged"]["total"] == pytest.approx(280.9756097561)
    assert second["cost_per_person_placed"] == pytest.approx(4270.8333333333)


def test_what_was_asked_stands_beside_the_answer(ask):
    given = answered(ask, *ASKED, "--london", "--cost-per-specialist", "58000", "--set", "engaged_of_referrals=3/4")
    assert given["inputs"]["contract_value"] == [300_000] * 5
    assert given["inputs"]["ramp"] == [60, 100, 100, 100, 80]
    assert (given["inputs"]["london"], given["inputs"]["lagged"]) == (True, False)
    constants = given["inputs"]["constants"]
    assert (constants["cost_per_specialist"], constants["engaged_of_referrals"]) == (58_000, 0.75)


def test_the_lagged_plan_has_fewer_and_no_warnings(ask):
    published, true = answered(ask, *ASKED), answered(ask, *ASKED, "--lagged")
    assert len(published["warnings"]) == 3
    assert true["warnings"] == []
    row = "sustained_52_weeks_under_16"
    assert published["years"][1][row]["total"] > true["years"][1][row]["total"] == 4.5


def test_the_table_rounds_half_up_and_warns(ask):
    status, out, _ = ask(*ASKED)
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "IPS Grow outcomes target calculator, 2018"
    assert "5.9 specialists, caseload up to 117, £4,271 per person placed" in lines
    row = "In work after 26 weeks, 16 hours and over"
    assert [line.split()[-5:] for line in lines if line.startswith(row)][:2] == [
        ["0", "0", "0", "2", "2"],
        ["4", "4", "4", "4", "18"],
    ]
    assert "These targets cannot all be met (--lagged shows what can):" in lines
    _, lagged, _ = ask(*ASKED, "--lagged")
    assert lagged.splitlines()[0].endswith(", each outcome from placements made early enough")
    assert "cannot all be met" not in lagged


LONDON = ("--london", "--cost-per-specialist", "58000")
NAME, TRUE = "IPS Grow outcomes target calculator, 2018", ", each outcome from placements made early enough"


@pytest.mark.parametrize(
    ("more", "head", "specialists"),
    [
        ((), NAME, "5.0"),
        (LONDON, f"{NAME}, in London", "4.3"),
        ((*LONDON, "--lagged"), f"{NAME}, in London{TRUE}", "4.3"),
    ],
)
def test_the_table_says_where_it_is_for(ask, more, head, specialists):
    _, out, _ = ask(*ASKED, *more)
    assert out.splitlines()[0] == head
    assert f"{specialists} specialists, caseload up to" in out


def test_nobody_placed_is_said_in_words(ask):
    _, out, _ = ask("--contract-value", "300000", "--ramp", "100", "--set", "placed_of_engaged=0")
    assert "nobody placed" in out


def test_constants_are_listed_with_their_sources(ask):
    status, out, _ = ask("--constants")
    assert status == 0
    assert "placed_of_engaged" in out
    assert out.splitlines()[-1].split()[:2] == ["ramp", "60,100,100,100,80"]
    assert answered(ask, "--constants")["ramp"] == [60, 100, 100, 100, 80]
    listed = answered(ask, "--contract-value", "0", "--constants", "--set", "inflation=0")["constants"]
    assert {one["name"]: one["status"] for one in listed}["inflation"] == "changed"
    assert all(one["clause"] for one in listed)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--contract-value", "much"), '--contract-value: expected a number, such as 300000, 0.8 or 1/3; "much" is'),
        (("--contract-value", "300000", "--ramp", "60,,80"), "--ramp: expected a number"),
        (("--contract-value", "1/0"), "--contract-value: expected a number"),
        (
            ("--contract-value", "300000,300000"),
            "2 contract values for 5 years of ramp: give one for all, or one for each.",
        ),
        (("--contract-value", "40000"), "is less than setting up costs, £50,000"),
        (("--contract-value", "300000", "--preset", "mine"), 'There is no preset "mine": there are ips-grow-2018.'),
        (("--contract-value", "300000", "--set", "luck=1"), 'ips-grow-2018 has no constant "luck"'),
        (("--contract-value", "300000", "--set", "luck"), "--set luck: give NAME=VALUE"),
        (("--contract-value", "300000", "--set", "inflation=x"), "--set inflation: expected a number"),
        (("--contract-value", "300000", "--london"), "what a specialist costs in London is not published"),
        (("--contract-value", "300000", "--format", "xlsx"), "--format xlsx is not a format of this command"),
        ((), "--contract-value: say how many pounds a year"),
        ((*ASKED, "--format", "toml"), "--format toml and --for SERVICE go together"),
        ((*ASKED, "--for", "ips_grow"), "--format toml and --for SERVICE go together"),
        ((*ASKED, "--for", "ips_gro", "--format", "toml"), 'There is no service and no folder "ips_gro"'),
        (("--constants", "--format", "toml"), "--format toml is not a format of this command; available: table, json"),
    ],
)
def test_wrong_usage_is_refused_in_a_sentence(ask, words, sentence):
    status, out, told = ask(*words)
    assert (status, out) == (2, "")
    assert sentence in told


def test_it_can_go_into_a_file(ask, tmp_path):
    status, out, _ = ask(*ASKED, "--out", tmp_path / "plan.txt")
    assert (status, out) == (0, "")
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8").startswith("IPS Grow outcomes target calculator")


GOALS = ("--format", "toml", "--for")
EARLY = "warning: Year 2, 52 weeks: 23.4 are targeted, and 9.0 can come from the placements made early enough"


@pytest.mark.parametrize(
    ("service", "more", "targets", "left_out", "warned"),
    [
        ("ips_grow", (), 9, 0, 3),
        ("ips_grow", ("--lagged",), 9, 0, 0),
        ("thrive_into_work", ("--lagged",), 5, 4, 0),
        ("workwise", (), 1, 8, 3),
    ],
)
def test_the_plan_is_written_as_goals_and_what_is_left_out_is_told(ask, service, more, targets, left_out, warned):
    status, out, told = ask(*ASKED, *more, *GOALS, service)
    assert status == 0
    assert out.count("[[target]]") == targets
    assert f'service = "{service}"' in out
    lines = told.splitlines()
    assert sum(line.startswith("left out: ") for line in lines) == left_out
    assert sum(line.startswith("warning: ") for line in lines) == warned == len(lines) - left_out
    assert any(line.startswith(EARLY) for line in lines) == bool(warned)


def test_what_is_left_out_is_named_with_the_reason(ask, tmp_path):
    _, _, told = ask(*ASKED, *GOALS, "thrive_into_work", "--lagged")
    assert told.splitlines()[0] == (
        "left out: In work after 13 weeks, 16 hours and over: thrive_into_work has no such figure."
    )


JOB_STARTS = 'outcome = "job_start"\nclause = "009 §6"\n'
ROW = 'calculator_row = "placed"\n'
TARGET = '[indicator.target]\nbasis = "year"\namount = 9\nclause = "009 §6"\n'
REFERRALS = """
[[indicator]]
id = "everybody"
name = "Everybody"
group = "operational"
outcome = "job_start"
calculator_row = "referrals"
clause = "009 §6"
"""


def test_the_contract_s_own_target_is_no_goal_and_that_is_told(ask, tmp_path):
    folder = folder_of(tmp_path, ("indicators", JOB_STARTS, JOB_STARTS + ROW + TARGET + REFERRALS))
    status, out, told = ask(*ASKED, *GOALS, folder)
    assert (status, out.count("[[target]]")) == (0, 1)
    assert "left out: People placed in paid work: the contract sets the target of job_starts." in told


@pytest.mark.parametrize("row", ["", ROW + TARGET])
def test_a_service_without_any_goal_is_refused(ask, tmp_path, row):
    folder = folder_of(tmp_path, ("indicators", JOB_STARTS, JOB_STARTS + row))
    status, out, told = ask(*ASKED, *GOALS, folder, "--out", tmp_path / "goals.toml")
    assert (status, out) == (2, "")
    assert "left out" not in told
    assert told.strip().endswith("no row of the plan can be a goal of small; calculator_row says which can.")
    assert not (tmp_path / "goals.toml").exists()
