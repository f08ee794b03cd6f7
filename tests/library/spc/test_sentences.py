"""The sentence beside a chart: chance first, the target second, never jargon."""

import pytest

from placewell.spc import chart, sentence

MONTHS = [f"month {n}" for n in range(1, 41)]
STEADY = [5, 6] * 8


@pytest.mark.parametrize(
    ("values", "target", "better", "says"),
    [
        (
            [5, 7, 6, 8, 4, 6, 7, 8, 9, 10, 9, 9, 10, 9, 8],
            9,
            "up",
            "Eight months in a row, since month 8, are above the average of 7.7. That is a real improvement, "
            "not chance. The target of 9 lies inside the limits, so at this level some months will meet it "
            "and some will miss.",
        ),
        (STEADY, None, "up", "The latest month lies within the limits, 2.8 to 8.2: that is chance, no real change."),
        (
            STEADY,
            2,
            "up",
            "The latest month lies within the limits, 2.8 to 8.2: that is chance, no real change. "
            "The target of 2 lies below the limits, so at this level every month will meet it.",
        ),
        (
            STEADY,
            9.5,
            "up",
            "The latest month lies within the limits, 2.8 to 8.2: that is chance, no real change. "
            "The target of 9.5 lies above the limits, so at this level no month will meet it.",
        ),
        (
            STEADY,
            9.5,
            "down",
            "The latest month lies within the limits, 2.8 to 8.2: that is chance, no real change. "
            "The target of 9.5 lies above the limits, so at this level every month will meet it.",
        ),
        (
            STEADY,
            2,
            "down",
            "The latest month lies within the limits, 2.8 to 8.2: that is chance, no real change. "
            "The target of 2 lies below the limits, so at this level no month will meet it.",
        ),
        (
            [*STEADY, 20],
            None,
            "up",
            "Month 17, at 20, lies above the upper limit of 11.2. That is a real improvement, not chance.",
        ),
        (
            [*STEADY, -9],
            None,
            "up",
            "Month 17, at −9, lies below the lower limit of −0.3. That is a real worsening, not chance.",
        ),
        (
            [*[5, 6] * 6, 12, 11, 10, 9, 8, 7, 6],
            None,
            "down",
            "Seven months in a row, since month 13, fall one after the other. That is a real improvement, not chance.",
        ),
        (
            [*[5, 6] * 6, 1, 2, 3, 4, 5, 6, 7],
            None,
            None,
            "Seven months in a row, since month 13, rise one after the other. That is a real change, not chance.",
        ),
        ([1, 2, 3], 9, "up", "3 months so far. Too few to judge: 15 are needed."),
        ([1], None, "up", "1 month so far. Too few to judge: 15 are needed."),
    ],
)
def test_sentences(values: list[float], target: float | None, better: str | None, says: str) -> None:
    drawn = chart(values, target, better)  # type: ignore[arg-type]
    assert sentence(drawn, MONTHS[: len(values)]) == says


def test_two_of_three_near_a_limit() -> None:
    values = [*[5, 7] * 6, 7, 10, 10]
    drawn = chart(values)
    assert drawn.points[-1].special_cause == "two_in_three"
    assert sentence(drawn).startswith("At least two of the last three months lie close to the upper limit of 11.4.")
    low = chart([-value for value in values])
    assert "close to the lower limit of −11.4. That is a real worsening" in sentence(low)


@pytest.mark.parametrize(
    ("floor", "says"), [(None, "the limits, −1.2 to 4.2: that"), (0, "the limits, 0 to 4.2: that"), (-9, "−1.2 to 4.2")]
)
def test_a_limit_is_not_said_to_be_under_what_a_value_can_be(floor: float | None, says: str) -> None:
    assert says in sentence(chart([1, 2] * 8), floor=floor)


def test_numbers_are_written_as_asked() -> None:
    said = sentence(chart([0.4, 0.5] * 8, 0.8), form=lambda value: f"{100 * value:.0f}%")
    assert "the limits, 18% to 72%" in said
    assert "The target of 80% lies above" in said


def test_without_labels_and_with_other_points() -> None:
    drawn = chart([*STEADY, 20])
    assert sentence(drawn, point="week").startswith("The latest week, at 20, lies above")
    assert sentence(chart([7, 9] * 10 + [3, 5] * 10), point="quarter").startswith(
        "20 quarters in a row are below the average of 6."
    )


LOWER, UPPER = 5.5 - 2.66, 5.5 + 2.66


@pytest.mark.parametrize(
    ("target", "better", "method", "says"),
    [
        (LOWER, "up", "mdc", "on the lower limit, so at this level every month will meet it."),
        (UPPER, "up", "mdc", "on the upper limit, so at this level no month will meet it."),
        (LOWER, "down", "mdc", "on the lower limit, so at this level no month will meet it."),
        (UPPER, "down", "mdc", "on the upper limit, so at this level every month will meet it."),
        (LOWER, "up", "ptd", "on the lower limit, so at this level some months will meet it and some will miss."),
        (UPPER, "up", "ptd", "on the upper limit, so at this level some months will meet it and some will miss."),
        (LOWER * (1 + 1e-12), "up", "mdc", "on the lower limit, so at this level every month will meet it."),
    ],
)
def test_a_target_on_a_limit_is_said_to_be_on_it(target: float, better: str, method: str, says: str) -> None:
    drawn = chart(STEADY, target, better, method)  # type: ignore[arg-type]
    assert sentence(drawn).partition(" lies ")[2].partition(" lies ")[2] == says


def test_words_after_the_target() -> None:
    assert "The target of 9 a month lies above the limits" in sentence(chart(STEADY, 9), note=" a month")
