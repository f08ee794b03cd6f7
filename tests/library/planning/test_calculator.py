"""The calculator reproduces every printed number, tells the truth with its lags, and refuses what makes no sense."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from placewell.errors import UserError
from placewell.planning import Plan, plan, preset, preset_ids, warnings

PRINTED = json.loads((Path(__file__).parent / "targets_ips_grow_2018.json").read_text(encoding="utf-8"))
IPS_GROW = preset("ips-grow-2018")
MONEY = [Fraction(300_000)]
SUSTAINED = [(weeks, band) for weeks in (13, 26, 52) for band in ("16_and_over", "under_16")]


def half_up(number: Fraction) -> int:
    return int((number + Fraction(1, 2)) // 1)


def published() -> Plan:
    inputs = PRINTED["inputs"]
    return plan(
        IPS_GROW, list(map(Fraction, inputs["contract_value"])), list(map(Fraction, inputs["steady_state_percent"]))
    )


def printed_rows() -> list[tuple[str, str]]:
    rows = [("referrals", "referrals"), ("engaged", "engaged"), ("placed", "placed")]
    return rows + [
        (f"sustained_{weeks}_weeks_per_hours_band", f"sustained_{weeks}_weeks_{band}") for weeks, band in SUSTAINED
    ]


@pytest.mark.parametrize(("printed", "row"), printed_rows())
def test_every_printed_cell(printed: str, row: str) -> None:
    cells, years = PRINTED["printed"][printed], published().years
    for number in (1, 2):
        mine = years[number - 1].rows[row]
        assert [half_up(one) for one in mine.quarters] == cells[f"Y{number}"]
        assert half_up(mine.total) == cells[f"Y{number}_total"]
    assert half_up(years[2].rows[row].quarters[0]) == cells["Y3Q1"]


def test_printed_specialists_and_cost() -> None:
    years = published().years
    assert [f"{float(year.specialists):.1f}" for year in years] == PRINTED["printed"]["specialists"]
    assert [half_up(year.cost_per_person_placed or Fraction(0)) for year in years] == PRINTED["printed"][
        "cost_per_person_placed"
    ]


@pytest.mark.parametrize(("weeks", "year_2"), [(13, "20.6"), (26, "13.3"), (52, "4.5")])
def test_with_lags_each_outcome_comes_from_earlier_placements(weeks: int, year_2: str) -> None:
    true = plan(IPS_GROW, MONEY, lagged=True)
    row = true.years[1].rows[f"sustained_{weeks}_weeks_under_16"]
    assert f"{float(row.total):.1f}" == year_2
    assert true.years[0].rows["placed"] == published().years[0].rows["placed"]


def test_warnings_name_year_weeks_and_both_numbers() -> None:
    assert warnings(published())[0] == (
        "Year 2, 13 weeks: 46.8 are targeted, and 41.1 can come from the placements made early enough, "
        "at the same rate."
    )
    assert {sentence.partition(":")[0] for sentence in warnings(published())} == {
        "Year 2, 13 weeks",
        "Year 2, 26 weeks",
        "Year 2, 52 weeks",
    }
    assert warnings(plan(IPS_GROW, MONEY, lagged=True)) == ()


def test_no_warning_where_nothing_is_targeted_too_early() -> None:
    nobody_stays = dict.fromkeys((f"sustained_{weeks}_weeks" for weeks in (13, 26, 52)), Fraction(0))
    assert warnings(plan(IPS_GROW.with_values(nobody_stays), MONEY)) == ()


@pytest.mark.parametrize(
    ("money", "ramp", "years"),
    [([300_000], [100], 1), ([300_000], [60, 100, 100], 3), ([300_000, 320_000], [60, 100], 2), ([300_000], None, 5)],
)
def test_other_contract_lengths(money: list[int], ramp: list[int] | None, years: int) -> None:
    made = plan(IPS_GROW, list(map(Fraction, money)), list(map(Fraction, ramp)) if ramp else None)
    assert [year.number for year in made.years] == list(range(1, years + 1))
    assert all(len(row.quarters) == 4 for year in made.years for row in year.rows.values())


def test_caseload_follows_the_specialists() -> None:
    assert published().years[0].caseload == 100
    fewer = plan(IPS_GROW.with_values({"caseload_per_specialist": Fraction(25)}), MONEY)
    assert fewer.years[0].caseload == 125


def test_nothing_placed_costs_nothing_per_person() -> None:
    nobody = plan(IPS_GROW.with_values({"placed_of_engaged": Fraction(0)}), MONEY)
    assert nobody.years[0].cost_per_person_placed is None


@pytest.mark.parametrize(
    ("money", "ramp", "sentence"),
    [
        ([40_000], [60], "The contract value of year 1, £40,000, is less than setting up costs, £50,000"),
        ([-1], [60], "The contract value of year 1 is -1: give pounds, 0 or more."),
        ([300_000], [60, 201], "Year 2 of the ramp is 201 %: give 0 to 200."),
        ([300_000], [-1], "Year 1 of the ramp is -1 %: give 0 to 200."),
        ([1, 2], [60, 100, 100], "2 contract values for 3 years of ramp: give one for all, or one for each."),
        ([300_000], [100] * 31, "The ramp has 31 years: give 1 to 30 percentages."),
    ],
)
def test_what_makes_no_sense_is_refused(money: list[int], ramp: list[int], sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        plan(IPS_GROW, list(map(Fraction, money)), list(map(Fraction, ramp)))
    assert any(sentence in problem for problem in caught.value.problems)


def test_a_specialist_who_costs_nothing_is_refused() -> None:
    with pytest.raises(UserError, match="cost_per_specialist must be more than 0"):
        plan(IPS_GROW.with_values({"cost_per_specialist": Fraction(0)}), MONEY)


def test_presets_are_named_and_their_constants_say_where_they_come_from() -> None:
    assert preset_ids() == ("ips-grow-2018",)
    assert all(one.clause and one.unit and one.about for one in IPS_GROW.constants.values())
    assert {one.status for one in IPS_GROW.constants.values()} == {"printed", "derived", "other source"}
    model = PRINTED["model_that_reproduces_all_printed_numbers"]
    assert IPS_GROW["referrals_per_specialist"] == model["referrals_per_specialist_year"]
    with pytest.raises(UserError, match='There is no preset "london"'):
        preset("london")


def test_a_constant_that_is_not_there_or_under_nothing_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        IPS_GROW.with_values({"luck": Fraction(1), "inflation": Fraction(-1)})
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        'ips-grow-2018 has no constant "luck"',
        "inflation must be 0 or more, not -1.",
    ]
