"""What a chart says, in plain sentences: chance first, the target second. Source: mockups/figures.md 9–11."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from placewell.spc.charts import ENOUGH_POINTS, Chart
from placewell.spc.limits import side

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
VERDICTS = {"improvement": "a real improvement", "concern": "a real worsening", "neither": "a real change"}


def sentence(chart: Chart, labels: Sequence[str] = (), point: str = "month") -> str:
    """What `chart` shows. `labels` name the points ("October 2018"); `point` says what one point is.

    "Eight months in a row, since October 2018, are above the average of 7.6. That is a real improvement, not chance.
    The target of 9 lies inside the limits, so at this level some months will meet it and some will miss."
    """
    if not chart.enough:
        points = f"{point}s" if len(chart.points) != 1 else point
        return f"{len(chart.points)} {points} so far. Too few to judge: {ENOUGH_POINTS} are needed."
    return " ".join(part for part in (_change(chart, labels, point), _target(chart, point)) if part)


def in_figures(number: float) -> str:
    """A number as people read it: at most one decimal, and none where it says nothing."""
    shown = f"{number:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _change(chart: Chart, labels: Sequence[str], point: str) -> str:
    last = chart.points[-1]
    if last.special_cause is None:
        span = f"{in_figures(chart.lower or 0)} to {in_figures(chart.upper or 0)}"
        return f"The latest {point} lies within the limits, {span}: that is chance, no real change."
    kind, _, end = last.variation.partition("_")
    high = end == "high"
    seen = {
        "outside": _outside,
        "trend": _trend,
        "two_in_three": _two_in_three,
        "shift": _shift,
    }[last.special_cause](chart, labels, point, high)
    return f"{seen} That is {VERDICTS[kind]}, not chance."


def _outside(chart: Chart, labels: Sequence[str], point: str, high: bool) -> str:
    which = labels[-1] if labels else f"The latest {point}"
    limit = f"above the upper limit of {in_figures(chart.upper or 0)}"
    if not high:
        limit = f"below the lower limit of {in_figures(chart.lower or 0)}"
    return f"{which}, at {in_figures(chart.points[-1].value)}, lies {limit}."


def _two_in_three(chart: Chart, labels: Sequence[str], point: str, high: bool) -> str:
    limit = f"upper limit of {in_figures(chart.upper or 0)}"
    if not high:
        limit = f"lower limit of {in_figures(chart.lower or 0)}"
    return f"At least two of the last three {point}s lie close to the {limit}."


def _shift(chart: Chart, labels: Sequence[str], point: str, high: bool) -> str:
    wanted = 1 if high else -1
    length = _run(side(p.value, chart.mean) == wanted for p in reversed(chart.points))
    where = f"{'above' if high else 'below'} the average of {in_figures(chart.mean)}"
    return f"{_counted(length, point)} in a row{_since(labels, length)} are {where}."


def _trend(chart: Chart, labels: Sequence[str], point: str, high: bool) -> str:
    wanted = 1 if high else -1
    values = [p.value for p in chart.points]
    steps = zip(reversed(values[1:]), reversed(values[:-1]), strict=True)
    length = 1 + _run(side(later, earlier) == wanted for later, earlier in steps)
    return (
        f"{_counted(length, point)} in a row{_since(labels, length)} {'rise' if high else 'fall'} one after the other."
    )


def _run(matches: Iterable[bool]) -> int:
    """How many are true before the first that is not."""
    return sum(1 for _ in takewhile(bool, matches))


def _counted(number: int, point: str) -> str:
    word = WORDS[number].capitalize() if number < len(WORDS) else str(number)
    return f"{word} {point}s"


def _since(labels: Sequence[str], length: int) -> str:
    return f", since {labels[-length]}," if len(labels) >= length else ""


def _target(chart: Chart, point: str) -> str:
    if chart.assurance is None or chart.target is None:
        return ""
    target = f"The target of {in_figures(chart.target)}"
    if chart.assurance == "hit_or_miss":
        return f"{target} lies inside the limits, so at this level some {point}s will meet it and some will miss."
    below = chart.target <= (chart.lower or 0)
    who = f"every {point} will meet it" if chart.assurance == "pass" else f"no {point} will meet it"
    return f"{target} lies {'below' if below else 'above'} the limits, so at this level {who}."
