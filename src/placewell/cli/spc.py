"""`placewell spc`: an XmR chart of a column of numbers, with what it says in words."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.errors import UserError

if TYPE_CHECKING:
    import polars as pl

    from placewell.spc import Chart
    from placewell.spc.charts import Better

FORMATS = ("table", "json", "svg")

EXAMPLES = """
  placewell spc months.csv --column job_starts
  placewell spc months.csv --column job_starts --target 9 --better up --format json
  placewell spc months.csv --column days_to_first_contact --better down --method ptd
  placewell spc months.csv --column job_starts --labels month --target 9 --format svg --out job_starts.svg
"""


def add_arguments(parser: ArgumentParser) -> None:
    """FILE, its column, the target and which way is better."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a .csv or .parquet file, one row per point, oldest first"
    )
    parser.add_argument("--column", required=True, metavar="C", help="the column that holds the numbers")
    parser.add_argument("--target", type=target, metavar="T", help="a target to hold the limits against")
    parser.add_argument(
        "--better",
        choices=("up", "down", "neither"),
        help="which way is better; default: up where there is a target, a number to reach; else neither",
    )
    parser.add_argument(
        "--method",
        choices=("mdc", "ptd"),
        default="mdc",
        help="mdc keeps all moving ranges, ptd screens them; default: mdc",
    )
    parser.add_argument(
        "--labels",
        metavar="L",
        help="the column that names the points; months (2018-10 or its first day) are shown as months",
    )
    add_output(parser, FORMATS)


def target(text: str) -> float:
    """A target from the command line. Raises ArgumentTypeError for what is no number."""
    number = _number(text)
    if number is None:
        raise ArgumentTypeError(f'"{text}" is no number')
    return number


def run(arguments: Namespace) -> int:
    """Print mean, limits and the special cause of every point; or the picture, with what it says."""
    from placewell.spc import chart

    form = chosen_format(arguments.format, FORMATS)
    frame = _read(arguments.file)
    values = numbers(frame, arguments.file, arguments.column)
    names = labels(frame, arguments.file, arguments.labels) if arguments.labels else None
    better = direction(arguments)
    if form == "svg":
        deliver(picture(arguments, values, names, better), arguments.out)
        return 0
    drawn = chart(values, arguments.target, better, arguments.method)
    deliver(json_text(answer(drawn)) if form == "json" else table(drawn, names), arguments.out)
    return 0


def direction(arguments: Namespace) -> Better | None:
    """Which way is better: as said; up where there is a target, a number to reach; else neither."""
    if arguments.better is None:
        return None if arguments.target is None else "up"
    return None if arguments.better == "neither" else cast("Better", arguments.better)


def picture(arguments: Namespace, values: Sequence[float], names: Sequence[str] | None, better: Better | None) -> str:
    """The chart as SVG, with its sentence, its icons and its text alternative."""
    from placewell.spc import Plot, to_svg
    from placewell.spc.numbers import fitting

    written, ticks, point = points(names, len(values))
    plot = Plot(tuple(values), written, ticks, arguments.target, better, arguments.method, point, form=fitting(values))
    return to_svg(plot, in_words(arguments.column), arguments.file.name)


def in_words(column: str) -> str:
    """A column's name as a heading: job_starts is Job starts."""
    words = column.replace("_", " ").strip() or column
    return words[:1].upper() + words[1:]


def points(names: Sequence[str] | None, count: int) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], str]:
    """How points are named in full and under the axis, and what one point is: a month, or a point."""
    from placewell.spc.plot import day_ticks, month_ticks

    if names is None:
        names = [str(number) for number in range(1, count + 1)]
        return tuple(f"point {name}" for name in names), tuple((name, "") for name in names), "point"
    found = [_day(name) for name in names]
    days = [day for day in found if day]
    if len(days) < len(names):
        return tuple(names), tuple((name, "") for name in names), "point"
    if all(day.day == 1 for day in days):
        return tuple(f"{day:%B %Y}" for day in days), month_ticks(days), "month"
    return tuple(f"{day.day} {day:%B %Y}" for day in days), day_ticks(days), "point"


def answer(drawn: Chart) -> dict[str, Any]:
    """The chart as the object of semantics.md §5."""
    return {
        "mean": drawn.mean,
        "lower": drawn.lower,
        "upper": drawn.upper,
        "enough": drawn.enough,
        "points": [{"value": point.value, "special_cause": point.special_cause} for point in drawn.points],
        "variation": drawn.variation,
        "assurance": drawn.assurance,
    }


def table(drawn: Chart, names: Sequence[str] | None = None) -> str:
    """The chart as aligned text, with the sentence that says what it shows."""
    from placewell.spc import sentence
    from placewell.spc.numbers import fitting

    written, _, point = points(names, len(drawn.points))
    form = fitting([each.value for each in drawn.points])
    width = max(5, *(len(name) for name in written)) if names else 5
    lines = [f"{name:<11}{value}" for name, value in _head(drawn)]
    lines += ["", sentence(drawn, written if names else (), point, form=form)]
    lines += ["", f"{'point':<{width}}     value  special cause"]
    for n, (name, each) in enumerate(zip(written, drawn.points, strict=True), 1):
        first = f"{name:<{width}}" if names else f"{n:>{width}}"
        lines.append(f"{first}{_short(each.value):>10}  {each.special_cause or '-'}")
    return "\n".join(lines) + "\n"


def _head(drawn: Chart) -> list[tuple[str, str]]:
    return [
        ("average", _short(drawn.mean)),
        ("limits", f"{_short(drawn.lower)} to {_short(drawn.upper)}"),
        ("points", f"{len(drawn.points)}{'' if drawn.enough else ' (too few to judge: 15 are needed)'}"),
        ("variation", drawn.variation),
        ("assurance", drawn.assurance or _no_assurance(drawn)),
    ]


def _no_assurance(drawn: Chart) -> str:
    if drawn.target is None:
        return "no target"
    return "neither way is better" if drawn.better is None else "no limits"


def numbers(frame: pl.DataFrame, file: Path, column: str) -> Sequence[float]:
    """The numbers of a column, oldest first. Raises UserError naming the file, row and column of every fault."""
    faults, found = [], []
    for row, cell in enumerate(_column(frame, file, column), 2):
        number = _number(cell)
        if number is None:
            shown = "nothing" if cell is None or cell == "" else f'"{cell}"'
            faults.append(f"{file}, row {row}, column {column}: expected a number, {shown} stands there.")
        else:
            found.append(number)
    if faults:
        raise UserError(*faults)
    return found


def labels(frame: pl.DataFrame, file: Path, column: str) -> Sequence[str]:
    """The names of the points. Raises UserError for a column that is not there."""
    return ["" if cell is None else str(cell) for cell in _column(frame, file, column)]


def _column(frame: pl.DataFrame, file: Path, column: str) -> list[Any]:
    if column not in frame.columns:
        raise UserError(
            f"{file}, column {column}: expected a column of that name; the file has {', '.join(frame.columns)}."
        )
    return frame[column].to_list()


def _read(file: Path) -> pl.DataFrame:
    import polars as pl

    if not file.is_file():
        raise UserError(f"{file}: expected a .csv or .parquet file; there is none.")
    try:
        return pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise UserError(f"{file}: expected a table with a header row: {reason}.") from error


def _number(cell: Any) -> float | None:
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < float("inf") else None


def _day(name: str) -> date | None:
    """A day as 2018-10-01, or a month as 2018-10."""
    try:
        return date.fromisoformat(f"{name}-01" if len(name) == len("2018-10") else name)
    except ValueError:
        return None


def _short(number: float | None) -> str:
    """A number with two decimals, or with three digits where it is small."""
    if number is None:
        return "-"
    if 0 < abs(number) < 0.1:
        return f"{number:.3g}"
    return f"{number:.2f}".rstrip("0").rstrip(".")
