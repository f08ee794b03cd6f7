"""Value sets of EQ-5D by name: what each state of health is worth. There is no such thing as "the" EQ-5D score."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from placewell.dataset.conversion import FIRST_ROW_IN_A_FILE
from placewell.questionnaires.facts import Fact
from placewell.questionnaires.reading import Exact, QuestionnaireError, read_shipped, read_toml
from placewell.specification.entries import Words

VALUE_SETS = Path(__file__).parent / "data" / "value_sets"
DIMENSIONS = ("mobility", "self_care", "usual_activities", "pain", "anxiety")
NO_PROBLEM = "11111"
LEVELS = {"eq5d3l": 3, "eq5d5l": 5}
FOUR_DECIMALS = Decimal("0.0001")
A_VALUE = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class ValueSet(Fact):
    """What each state is worth: 1 less the decrement of each dimension's level, and less the constants that apply.

    A set that is no such sum lists the value of every state in `values` instead. A state is its five levels in the
    order of DIMENSIONS: 11111 is no problem in any. `vectors` are published values, which the file must give.
    """

    id: Words
    instrument: Literal["eq5d3l", "eq5d5l"]
    name: Words
    constant_any_above_1: Exact = Decimal(0)
    constant_any_worst: Exact = Decimal(0)
    decrements: dict[str, tuple[Exact, ...]] = {}
    values: dict[str, Exact] = {}
    vectors: dict[str, Exact] = {}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.decrements) == bool(self.values):
            raise ValueError("decrements: give these, or the values of all states, not both")
        _check_decrements(self)
        _check_states("values", self.values, self.instrument)
        if self.values and len(self.values) < len(_states(self.instrument)):
            absent = next(state for state in _states(self.instrument) if state not in self.values)
            raise ValueError(f"values: state {absent} has none: list all {len(_states(self.instrument))}")
        _check_states("vectors", self.vectors, self.instrument)
        for state, value in self.vectors.items():
            if self.worth(state) != value:
                raise ValueError(f"vectors: {state} comes to {self.worth(state)}, not {value}: correct either")
        return self

    def worth(self, state: str) -> Decimal:
        """The value of one state."""
        if self.values:
            return self.values[state]
        levels = zip(DIMENSIONS, state, strict=True)
        return self._less(state, [self.decrements[name][int(level) - 1] for name, level in levels])

    def _less(self, state: str, lost: Iterable[Decimal]) -> Decimal:
        constants = Decimal(0) if state == NO_PROBLEM else self.constant_any_above_1
        if str(LEVELS[self.instrument]) in state:
            constants += self.constant_any_worst
        return 1 - sum(lost, constants)

    @cached_property
    def table(self) -> tuple[tuple[int, Decimal], ...]:
        """Every state, read as a number, with its value to four decimals (half is rounded up)."""
        states = _states(self.instrument)
        if self.values:
            worth = [self.values[state] for state in states]
        else:  # the decrements in the order of the states, without looking each up
            worth = list(map(self._less, states, product(*(self.decrements[name] for name in DIMENSIONS))))
        rounded = (value.quantize(FOUR_DECIMALS, ROUND_HALF_UP) for value in worth)
        return tuple(zip(map(int, states), rounded, strict=True))


def value_set_ids(instrument: str | None = None) -> tuple[str, ...]:
    """The value sets shipped, in alphabetical order; those of one questionnaire only where it is named."""
    found = sorted(path.stem for path in VALUE_SETS.glob("*.toml"))
    return tuple(id for id in found if instrument is None or _shipped(id).instrument == instrument)


def value_set(given: str, instrument: str) -> ValueSet:
    """A value set for a questionnaire: shipped, by its name, or from a file of the service's own.

    A file is TOML in the form of those shipped, or CSV with the columns state and value and a row for every state.
    Raises QuestionnaireError for one that is not there, is faulty, or belongs to another questionnaire.
    """
    if instrument not in LEVELS:
        raise QuestionnaireError(f"{instrument} has no value sets: {' and '.join(LEVELS)} have.")
    if given in value_set_ids():
        found = _shipped(given)
    elif Path(given).is_file():
        found = _from_csv(Path(given), instrument) if given.endswith(".csv") else read_toml(Path(given), ValueSet)
    else:
        known = ", ".join(value_set_ids(instrument))
        raise QuestionnaireError(f'There is no value set and no file "{given}": {instrument} has {known}.')
    if found.instrument != instrument:
        raise QuestionnaireError(f"{given}: is a value set of {found.instrument}, not of {instrument}.")
    return found


@cache
def _shipped(id: str) -> ValueSet:
    return read_shipped(VALUE_SETS / f"{id}.toml", ValueSet)


def _from_csv(file: Path, instrument: str) -> ValueSet:
    """A value set as a table: the form in which crosswalks are published. Every fault is named with its row."""
    values: dict[str, Decimal] = {}
    faults = []
    for row, (state, value) in enumerate(_rows(file), start=FIRST_ROW_IN_A_FILE):
        if state not in _states(instrument) or state in values:
            expected = f"expected a state of {instrument} once, like 11111"
            faults.append(f'{file}, row {row}, column state: {expected}; "{state}" stands there.')
        elif not A_VALUE.fullmatch(value):
            faults.append(f'{file}, row {row}, column value: expected a number, like 0.76; "{value}" stands there.')
        else:
            values[state] = Decimal(value)
    if not faults and len(values) < len(_states(instrument)):
        faults.append(f"{file}: expected all {len(_states(instrument))} states; there are {len(values)}.")
    if faults:
        raise QuestionnaireError(*faults)
    names = {"id": file.stem, "name": file.stem, "instrument": instrument}
    return ValueSet.model_validate(names | {"values": values, "status": "the service's own", "source": file.name})


def _rows(file: Path) -> list[tuple[str, str]]:
    """State and value of each row, as text. Raises QuestionnaireError where there are no such columns."""
    from placewell.dataset.csv_files import UnreadableFile, read_csv

    try:
        frame = read_csv(file)
    except UnreadableFile as error:
        faults = [(f", row {fault.row}" if fault.row else "", fault.expected) for fault in error.faults]
        raise QuestionnaireError(*(f"{file}{row}: expected {expected}." for row, expected in faults)) from error
    if absent := [name for name in ("state", "value") if name not in frame.columns]:
        raise QuestionnaireError(*(f"{file}: expected a column {name}; there is none." for name in absent))
    return frame.select("state", "value").fill_null("").rows()


@cache
def _states(instrument: str) -> dict[str, None]:
    """Every state of health a questionnaire can describe, in order."""
    levels = map(str, range(1, LEVELS[instrument] + 1))
    return dict.fromkeys(map("".join, product(levels, repeat=len(DIMENSIONS))))


def _check_decrements(given: ValueSet) -> None:
    if given.decrements and set(given.decrements) != set(DIMENSIONS):
        raise ValueError(f"decrements: give one list for each of {', '.join(DIMENSIONS)}")
    for name, losses in given.decrements.items():
        if len(losses) != LEVELS[given.instrument] or losses[0] != 0:
            raise ValueError(f"decrements.{name}: give {LEVELS[given.instrument]} numbers, the first of them 0")


def _check_states(key: str, given: dict[str, Decimal], instrument: str) -> None:
    if strange := [state for state in given if state not in _states(instrument)]:
        raise ValueError(f"{key}: {strange[0]} is no state of {instrument}: five levels of 1 to {LEVELS[instrument]}")
