"""A plan as goals: which row is which figure of each service, what is left out, and a file that reads back exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from placewell.indicators.targets import due_by
from placewell.periods import parse_period
from placewell.planning import Plan, goals, goals_text, plan, preset
from placewell.specification import Specification, load
from placewell.specification.indicators import CalculatorRow, Target
from placewell.specification.local_targets import for_lots, load_local_targets

IPS_GROW = preset("ips-grow-2018")
ROWS = get_args(CalculatorRow)
SUSTAINED = [f"sustained_{weeks}_weeks_{band}" for weeks in (13, 26, 52) for band in ("16_and_over", "under_16")]
STANDARD = dict(zip(ROWS, ["referrals", "engaged", "people_placed", *SUSTAINED], strict=True))


def made(*, lagged: bool = False, money: int = 300_000, years: int = 5) -> Plan:
    return plan(IPS_GROW, [Fraction(money)], IPS_GROW.ramp[:years], lagged=lagged)


def test_the_rows_that_a_specification_may_name_are_those_of_a_plan() -> None:
    assert tuple(made().years[0].rows) == ROWS


@pytest.mark.parametrize(
    ("service", "named"),
    [
        ("ips_grow", STANDARD),
        ("dorset_work_matters", STANDARD),
        (
            "thrive_into_work",
            {
                "referrals": "referrals",
                "engaged": "engaged",
                "placed": "people_with_job_start",
                "sustained_26_weeks_16_and_over": "sustained_26_weeks_16_and_over",
                "sustained_26_weeks_under_16": "sustained_26_weeks_under_16",
            },
        ),
        ("workwise", {"referrals": "referrals"}),
        ("nottingham_health_employment", {"referrals": "referrals"}),
    ],
)
def test_which_row_is_which_figure(service: str, named: dict[str, str]) -> None:
    found, without = goals(made(), load(service))
    assert {goal.row: goal.indicator for goal in found} == named
    assert [one.row for one in without] == [row for row in ROWS if row not in named]


DUE = [  # by hand from the model: 87.80 referrals a quarter in year 2, 17.56 placed, 1/4 of them after 26 weeks
    ("referrals", False, [45, 90, 135, 180, 88, 176, 264, 352]),
    ("placed", False, [0, 9, 18, 27, 18, 36, 53, 71]),
    ("sustained_26_weeks_under_16", False, [0, 0, 0, 3, 5, 9, 14, 18]),
    ("sustained_26_weeks_under_16", True, [0, 0, 0, 3, 3, 5, 9, 14]),
    ("sustained_52_weeks_under_16", False, [0, 0, 0, 0, 3, 6, 9, 12]),
    ("sustained_52_weeks_under_16", True, [0, 0, 0, 0, 0, 2, 3, 5]),
]


@pytest.mark.parametrize(("row", "lagged", "due"), DUE)
def test_what_is_due_by_the_end_of_each_quarter(row: str, lagged: bool, due: list[int]) -> None:
    goal = next(one for one in goals(made(lagged=lagged), load("ips_grow"))[0] if one.row == row)
    assert list(goal.due[:8]) == due


@pytest.mark.parametrize("lagged", [False, True])
@pytest.mark.parametrize("service", ["ips_grow", "thrive_into_work", "workwise"])
def test_the_file_reads_back_to_the_same_numbers(tmp_path: Path, service: str, lagged: bool) -> None:
    spec, asked = load(service), made(lagged=lagged)
    read = read_back(tmp_path, asked, spec)
    starts = spec.service.first_quarter_starts
    assert len(read) == len(goals(asked, spec)[0])
    for goal in goals(asked, spec)[0]:
        target = read[goal.indicator]
        assert tuple(map(Fraction, target.quarters)) == goal.quarters
        assert target.local
        periods = [parse_period(f"Y{year}Q{quarter}", starts) for year in range(1, 6) for quarter in range(1, 5)]
        assert tuple(due_by(target, period, period.last_day, starts) for period in periods) == goal.due


def read_back(folder: Path, asked: Plan, spec: Specification) -> dict[str, Target]:
    file = folder / "goals.toml"
    file.write_text(goals_text(asked, spec), encoding="utf-8")
    return for_lots(load_local_targets(file, spec), spec)


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (made(), "# Goals of IPS Grow: set by its provider, not by a contract."),
        (made(), "# From the plan: IPS Grow outcomes target calculator, 2018."),
        (made(lagged=True), "# From the plan: IPS Grow outcomes target calculator, 2018, with its lags."),
        (made(years=2), "# Contract value by year: £300,000, £300,000. Steady state by year: 60 %, 100 %."),
        (made(), "# so far are added up, and the sum is rounded up to a whole number."),
        (made(), 'service = "ips_grow"'),
        (made(), '    "720/41", "720/41", "720/41", "720/41",  # year 2, due so far: 18, 36, 53, 71'),
        (
            plan(IPS_GROW.with_values({"inflation": Fraction(3, 100)}), [Fraction(300_000)]),
            "# Changed constants: inflation = 3/100.",
        ),
    ],
)
def test_the_file_says_whose_goals_they_are_and_what_they_were_made_from(asked: Plan, line: str) -> None:
    assert line in goals_text(asked, load("ips_grow")).splitlines()


def test_no_constant_is_said_to_be_changed_where_none_is() -> None:
    assert "Changed constants" not in goals_text(made(), load("ips_grow"))


def test_where_the_contract_sets_the_target_a_row_is_left_out() -> None:
    spec = load("ips_grow")
    target = Target(basis="year", amount=5, clause="003 header")
    aimed = tuple(
        one.model_copy(update={"target": target}) if one.id == "people_placed" else one
        for one in spec.indicators.indicators
    )
    contract = _with(spec, aimed)
    found, without = goals(made(), contract)
    assert len(found) == len(ROWS) - 1
    assert [(one.row, one.indicator) for one in without] == [("placed", "people_placed")]
    assert "people_placed" not in goals_text(made(), contract)


def _with(spec: Specification, indicators: tuple[object, ...]) -> Specification:
    return replace(spec, indicators=spec.indicators.model_copy(update={"indicators": indicators}))
