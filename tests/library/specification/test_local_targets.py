"""A provider's own goals: read, refused with every reason, and never put in the place of the contract's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from placewell.specification import SpecificationError, load
from placewell.specification.local_targets import for_lots, load_local_targets

GOAL = """
[[target]]
indicator = "{indicator}"
basis = "{basis}"
amount = {amount}
clause = "set by the provider"
{more}
"""


def write(folder: Path, *goals: dict[str, str]) -> Path:
    file = folder / "targets.toml"
    usual = {"indicator": "engaged", "basis": "year", "amount": "40", "more": ""}
    file.write_text("".join(GOAL.format(**{**usual, **goal}) for goal in goals))
    return file


@pytest.mark.parametrize(
    ("goal", "lots", "amount"),
    [
        ({}, 1, 40),
        ({}, 4, 40),
        ({"more": "per_lot = true"}, 1, 40),
        ({"more": "per_lot = true"}, 4, 160),
        ({"basis": "quarter", "more": "per_lot = true"}, 2, 80),
        (
            {"indicator": "applied_within_4_weeks", "basis": "value", "amount": "0.8", "more": "per_lot = true"},
            4,
            Decimal("0.8"),
        ),
    ],
)
def test_goals_of_several_lots_add_up_unless_they_are_rates(
    tmp_path: Path, goal: dict[str, str], lots: int, amount: object
) -> None:
    specification = load("thrive_into_work")
    goals = load_local_targets(write(tmp_path, goal), specification)
    target = for_lots(goals, specification, lots)[goal.get("indicator", "engaged")]
    assert (target.amount, target.local) == (amount, True)


def test_a_contract_s_own_target_is_not_replaced(tmp_path: Path) -> None:
    specification = load("thrive_into_work")
    goals = load_local_targets(write(tmp_path, {}), specification)
    own = for_lots(goals, specification)["engaged"]
    indicators = tuple(
        one.model_copy(update={"target": own}) if one.id == "engaged" else one
        for one in specification.indicators.indicators
    )
    contract = replace(specification, indicators=specification.indicators.model_copy(update={"indicators": indicators}))
    assert for_lots(goals, contract) == {}


TRAJECTORY = """
service = "{service}"

[[target]]
indicator = "engaged"
basis = "trajectory"
quarters = [{quarters}]
per_lot = {per_lot}
clause = "set by the provider"
serves = ["I55"]
"""


def write_trajectory(
    folder: Path, service: str = "thrive_into_work", quarters: str = "", per_lot: str = "false"
) -> Path:
    file = folder / "targets.toml"
    file.write_text(TRAJECTORY.format(service=service, quarters=quarters, per_lot=per_lot))
    return file


@pytest.mark.parametrize(
    ("quarters", "per_lot", "lots", "read"),
    [
        ("10, 12", "false", 4, ("10", "12")),
        ("10, 12", "true", 4, ("40", "48")),
        ('9, "3600/41"', "false", 1, ("9", "3600/41")),
        ('"3600/41", 1.5', "true", 2, ("7200/41", "3")),
    ],
)
def test_a_trajectory_is_read_exactly_and_adds_up_over_lots(
    tmp_path: Path, quarters: str, per_lot: str, lots: int, read: tuple[str, ...]
) -> None:
    specification = load("thrive_into_work")
    goals = load_local_targets(write_trajectory(tmp_path, quarters=quarters, per_lot=per_lot), specification)
    target = for_lots(goals, specification, lots)["engaged"]
    assert (goals.service, target.basis, target.quarters) == ("thrive_into_work", "trajectory", read)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service": "workwise", "quarters": "1"}, 'service: is "workwise", and thrive_into_work is asked about'),
        ({"service": "Not an id", "quarters": "1"}, "service: is 'Not an id'"),
        ({"quarters": '"many"'}, "target[0].quarters[0]"),
        ({}, "a trajectory needs quarters and no amount"),
        ({"quarters": '"1/0"'}, "target[0].quarters[0]"),
    ],
)
def test_a_wrong_trajectory_is_refused_with_its_place(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        load_local_targets(write_trajectory(tmp_path, **change), load("thrive_into_work"))
    assert "targets.toml" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("basis", "indicator", "says"),
    [
        ("year", "applied_within_4_weeks", 'is "year", and applied_within_4_weeks is a proportion, no count'),
        ("quarter", "days_to_first_contact", 'is "quarter", and days_to_first_contact is a median, no count'),
    ],
)
def test_only_counts_have_goals_that_add_up(tmp_path: Path, basis: str, indicator: str, says: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        load_local_targets(write(tmp_path, {"basis": basis, "indicator": indicator}), load("thrive_into_work"))
    assert f'{says}: use "value".' in str(caught.value)


def test_a_second_goal_of_an_indicator_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecificationError) as caught:
        load_local_targets(write(tmp_path, {}, {"amount": "50"}), load("thrive_into_work"))
    assert caught.value.problems == (
        'targets.toml: target[1].indicator: "engaged" has a goal already: keep one of them.',
    )


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ({"indicator": "engagd"}, '"engagd" is not an indicator'),
        ({"basis": "month"}, "target[0].basis"),
        ({"amount": '"many"'}, "target[0].amount"),
        ({"more": 'lot = "dudley"'}, "target[0].lot: names a lot, as only a contract's target does"),
        ({"more": "colour = 1"}, "colour"),
        ({"more": "= 1"}, "is not TOML"),
    ],
)
def test_a_wrong_goal_is_refused_with_its_place(tmp_path: Path, goal: dict[str, str], words: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        load_local_targets(write(tmp_path, goal), load("thrive_into_work"))
    assert "targets.toml" in str(caught.value)
    assert words in str(caught.value)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SpecificationError) as caught:
        load_local_targets(write(tmp_path, {"indicator": "one"}, {}, {"indicator": "two"}), load("thrive_into_work"))
    assert len(caught.value.problems) == 2


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SpecificationError, match="cannot be read"):
        load_local_targets(tmp_path / "none.toml", load("thrive_into_work"))
