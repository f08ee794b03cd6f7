"""The check digit of an NHS number, beside a library that has it too."""

from random import Random

import nhs_number
import polars as pl
import pytest

from placewell.dataset.validation.person_rules import valid_nhs_number


def valid(*numbers: str) -> list[bool]:
    return pl.DataFrame({"n": list(numbers)}).select(valid_nhs_number("n")).to_series().to_list()


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("9434765919", True),
        ("943 476 5919", True),
        ("943-476-5919", True),
        ("9434765918", False),
        ("4857773456", False),  # the example of many documents fails its own check
        ("4010232137", True),
        ("0000000000", True),
        ("943476591", False),
        ("94347659190", False),
        ("943476591X", False),
        ("９434765919", False),
        ("", False),
    ],
)
def test_known_numbers(number: str, answer: bool) -> None:
    assert valid(number) == [answer]


def test_five_thousand_numbers_have_the_check_digit_another_library_gives() -> None:
    dice = Random(485)
    numbers = [f"{dice.randrange(10**10):010}" for _ in range(5_000)]
    expected = [nhs_number.calculate_checksum(number[:9]) == int(number[9]) for number in numbers]
    assert valid(*numbers) == expected
    assert 300 < sum(expected) < 600  # about one in eleven
