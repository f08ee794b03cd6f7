"""`placewell spc`: an XmR chart of a column of numbers, with what it says in words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.errors import UserError

if TYPE_CHECKING:
    import polars as pl

    from placewell.spc import Chart

FORMATS = ("table", "json")
LATER = ("svg",)

EXAMPLES = """
  placewell spc months.csv --column job_starts
  placewell spc months.csv --column job_starts --target 9 --better up --format json
  placewell spc months.csv --column days_to_first_contact --better down --method ptd
"""


def add_arguments(parser: ArgumentParser) -> None:
    """FILE, its column, the target and which way is better."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a .csv or .parquet file, one row per point, oldest first"
    )
    parser.add_argument("--column", required=True, metavar="C", help="the column that holds the numbers")
    parser.add_argument("--target", type=float, metavar="T", help="a target to hold the limits against")
    parser.add_argument("--better", choices=("up", "down"), default="up", help="which way is better; default: up")
    parser.add_argument(
        "--method",
        choices=("mdc", "ptd"),
        default="mdc",
        help="mdc keeps all moving ranges, ptd screens them; default: mdc",
    )
    add_output(parser, FORMATS, LATER)


def run(arguments: Namespace) -> int:
    """Print mean, limits and the special cause of every point."""
    from placewell.spc import chart

    form = chosen_format(arguments.format, FORMATS, LATER)
    values = numbers(arguments.file, arguments.column)
    drawn = chart(values, target=arguments.target, better=arguments.better, method=arguments.method)
    content = json_text(answer(drawn)) if form == "json" else table(drawn)
    deliver(content, arguments.out)
    return 0


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


def table(drawn: Chart) -> str:
    """The chart as aligned text, with the sentence that says what it shows."""
    from placewell.spc import sentence

    head = [
        ("average", _short(drawn.mean)),
        ("limits", f"{_short(drawn.lower)} to {_short(drawn.upper)}"),
        ("points", f"{len(drawn.points)}{'' if drawn.enough else ' (too few to judge: 15 are needed)'}"),
        ("variation", drawn.variation),
        ("assurance", drawn.assurance or "no target"),
    ]
    lines = [f"{name:<11}{value}" for name, value in head]
    lines += [
        "",
        sentence(drawn, point="point"),
        "",
        "point     value  special cause",
    ]
    lines += [
        f"{n:>5}{_short(point.value):>10}  {point.special_cause or '-'}" for n, point in enumerate(drawn.points, 1)
    ]
    return "\n".join(lines) + "\n"


def numbers(file: Path, column: str) -> Sequence[float]:
    """The numbers of a column, oldest first. Raises UserError naming the file, row and column of every fault."""
    frame = _read(file)
    if column not in frame.columns:
        raise UserError(
            f"{file}, column {column}: expected a column of that name; the file has {', '.join(frame.columns)}."
        )
    cells = frame[column].to_list()
    faults, found = [], []
    for row, cell in enumerate(cells, 2):
        number = _number(cell)
        if number is None:
            faults.append(
                f'{file}, row {row}, column {column}: expected a number, "{"" if cell is None else cell}" stands there.'
            )
        else:
            found.append(number)
    if faults:
        raise UserError(*faults)
    return found


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


def _short(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")
