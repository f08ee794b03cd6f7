"""What a chart says, in plain sentences: chance first, the target second. Source: mockups/figures.md 9–11."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from placewell.spc.charts import ENOUGH_POINTS, Chart
from placewell.spc.limits import side
from placewell.spc.numbers import in_figures

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
VERDICTS = {"improvement": "a real improvement", "concern": "a real worsening", "neither": "a real change"}


@dataclass(frozen=True)
class Saying:
    """How a chart is spoken of: the names of its points, what one point is, and how its numbers are written."""

    labels: Sequence[str]
    point: str
    form: Callable[[float], str]
    note: str = ""


def sentence(
    chart: Chart,
    labels: Sequence[str] = (),
    point: str = "month",
    floor: float | None = None,
    form: Callable[[float], str] = in_figures,
    note: str = "",
) -> str:
    """What `chart` shows. `labels` name the points ("October 2018"); `point` says what one point is.

    `floor`: what no value can be less than (a count: 0), so that no limit is said to be; `form` writes a number;
    `note` follows the target (" a month").
    "Eight months in a row, since October 2018, are above the average of 7.6. That is a real improvement, not chance.
    The target of 9 lies inside the limits, so at this level some months will meet it and some will miss."
    """
    if not chart.enough:
        points = f"{point}s" if len(chart.points) != 1 else point
        return f"{len(chart.points)} {points} so far. Too few to judge: {ENOUGH_POINTS} are needed."
    if floor is not None and chart.lower is not None:
        chart = replace(chart, lower=max(chart.lower, floor))
    say = Saying(labels, point, form, note)
    return " ".join(part for part in (_change(chart, say), _target(chart, say)) if part)


def _change(chart: Chart, say: Saying) -> str:
    last = chart.points[-1]
    if last.special_cause is None:
        span = f"{say.form(chart.lower or 0)} to {say.form(chart.upper or 0)}"
        return f"The latest {say.point} lies within the limits, {span}: that is chance, no real change."
    kind, _, end = last.variation.partition("_")
    high = end == "high"
    seen = {
        "outside": _outside,
        "trend": _trend,
        "two_in_three": _two_in_three,
        "shift": _shift,
    }[last.special_cause](chart, say, high)
    return f"{seen} That is {VERDICTS[kind]}, not chance."


def _outside(chart: Chart, say: Saying, high: bool) -> str:
    which = say.labels[-1] if say.labels else f"The latest {say.point}"
    which = which[:1].upper() + which[1:]
    limit = f"above the upper limit of {say.form(chart.upper or 0)}"
    if not high:
        limit = f"below the lower limit of {say.form(chart.lower or 0)}"
    return f"{which}, at {say.form(chart.points[-1].value)}, lies {limit}."


def _two_in_three(chart: Chart, say: Saying, high: bool) -> str:
    limit = f"upper limit of {say.form(chart.upper or 0)}"
    if not high:
        limit = f"lower limit of {say.form(chart.lower or 0)}"
    return f"At least two of the last three {say.point}s lie close to the {limit}."


def _shift(chart: Chart, say: Saying, high: bool) -> str:
    wanted = 1 if high else -1
    length = _run(side(p.value, chart.mean, chart.width) == wanted for p in reversed(chart.points))
    where = f"{'above' if high else 'below'} the average of {say.form(chart.mean)}"
    return f"{_counted(length, say.point)} in a row{_since(say.labels, length)} are {where}."


def _trend(chart: Chart, say: Saying, high: bool) -> str:
    wanted = 1 if high else -1
    values = [p.value for p in chart.points]
    steps = zip(reversed(values[1:]), reversed(values[:-1]), strict=True)
    length = 1 + _run(side(later, earlier) == wanted for later, earlier in steps)
    since = _since(say.labels, length)
    return f"{_counted(length, say.point)} in a row{since} {'rise' if high else 'fall'} one after the other."


def _run(matches: Iterable[bool]) -> int:
    """How many are true before the first that is not."""
    return sum(1 for _ in takewhile(bool, matches))


def _counted(number: int, point: str) -> str:
    word = WORDS[number].capitalize() if number < len(WORDS) else str(number)
    return f"{word} {point}s"


def _since(labels: Sequence[str], length: int) -> str:
    return f", since {labels[-length]}," if len(labels) >= length else ""


def _target(chart: Chart, say: Saying) -> str:
    if chart.assurance is None or chart.target is None:
        return ""
    some = f"some {say.point}s will meet it and some will miss"
    who = {"pass": f"every {say.point} will meet it", "hit_or_miss": some, "fail": f"no {say.point} will meet it"}
    where = f"The target of {say.form(chart.target)}{say.note} lies {_place(chart, chart.target)}"
    return f"{where}, so at this level {who[chart.assurance]}."


def _place(chart: Chart, target: float) -> str:
    """Where a target lies: on a limit, inside the limits, or on the side that makes it sure or hopeless."""
    for end, limit in (("lower", chart.lower), ("upper", chart.upper)):
        if limit is not None and side(target, limit, chart.width) == 0:
            return f"on the {end} limit"
    if chart.assurance == "hit_or_miss":
        return "inside the limits"
    is_below = (chart.assurance == "pass") == (chart.better == "up")
    return f"{'below' if is_below else 'above'} the limits"
