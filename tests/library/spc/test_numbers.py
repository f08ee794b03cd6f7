"""Numbers beside a chart, as people read them."""

import pytest

from placewell.spc.numbers import few_digits, fitting, in_figures


@pytest.mark.parametrize(
    ("number", "shown"),
    [(7.6, "7.6"), (9.0, "9"), (0.04, "0"), (-0.04, "0"), (-3.25, "−3.2"), (1234.5, "1,234.5"), (100, "100")],
)
def test_numbers_as_people_read_them(number: float, shown: str) -> None:
    assert in_figures(number) == shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (7, "7"), (7.5, "7.5"), (0.25, "0.25"), (1234, "1,234"), (2 / 3, "0.67"), (-3.5, "−3.5"),
        (0.004, "0.004"), (0.00125, "0.0013"), (-0.02, "−0.02"), (40_000_000, "40,000,000"),
    ],
)  # fmt: skip
def test_an_axis_has_numbers_of_few_digits(value: float, words: str) -> None:
    assert few_digits(value) == words


@pytest.mark.parametrize(
    ("values", "number", "shown"),
    [
        ((4, 11), 7.647, "7.6"),
        ((0.1, 0.275), 0.1912, "0.19"),
        ((0.001, 0.0035), 0.00221, "0.0022"),
        ((1, 1 + 1e-12), 1.0000001, "1"),  # six decimals at most
        ((10_000, 90_000), 49_253.8, "49,254"),
        ((5, 5, 5), 5.04, "5"),
        ((0.02, 0.02), 0.0214, "0.021"),
        ((0, 0), 0.25, "0.2"),
        ((7,), 7, "7"),
    ],
)
def test_as_many_decimals_as_tell_the_values_apart(values: tuple[float, ...], number: float, shown: str) -> None:
    assert fitting(values)(number) == shown
