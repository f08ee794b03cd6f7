"""`placewell targets`: what a contract's money can buy, quarter by quarter, and which targets cannot be met."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.planning import Plan, Preset

FORMATS = ("table", "json", "toml")
DEFAULT_PRESET = "ips-grow-2018"

EXAMPLES = """
  placewell targets --contract-value 300000 --ramp 60,100,100,100,80
  placewell targets --contract-value 250000,300000,300000 --ramp 50,90,100 --lagged --format json
  placewell targets --contract-value 300000 --london --cost-per-specialist 58000
  placewell targets --contract-value 300000 --set engaged_of_referrals=0.7 --set inflation=0.03
  placewell targets --contract-value 300000 --lagged --for ips_grow --format toml --out goals.toml
  placewell targets --constants
"""

NAMES = {
    "referrals": "Referrals",
    "engaged": "People engaged",
    "placed": "People placed in paid work",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Money, ramp, preset, and every constant that may be changed."""
    parser.add_argument("--contract-value", metavar="POUNDS", help="a year, one for all years or one for each: 300000")
    parser.add_argument(
        "--ramp", metavar="PERCENT", help="of the steady state, by year; default: the preset's, 60,100,100,100,80"
    )
    parser.add_argument("--preset", default=DEFAULT_PRESET, metavar="P", help=f"default: {DEFAULT_PRESET}")
    parser.add_argument(
        "--lagged", action="store_true", help="let each outcome come only from placements made early enough"
    )
    parser.add_argument(
        "--london", action="store_true", help="a service in London: needs --cost-per-specialist, which is not published"
    )
    parser.add_argument("--cost-per-specialist", metavar="POUNDS", help="in year 1, in place of the preset's")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change a constant: 0.8, or 1/3; may be repeated",
    )
    parser.add_argument(
        "--constants", action="store_true", help="print the constants used, with their sources, instead"
    )
    parser.add_argument(
        "--for",
        dest="service",
        metavar="SERVICE",
        help="with --format toml: write the plan as goals of this service or folder, for `report --goals`",
    )
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print the plan or its constants; its warnings stand in the table and the object, of goals on standard error."""
    from placewell.errors import UserError
    from placewell.planning import plan, preset

    form = chosen_format(arguments.format, FORMATS[:2] if arguments.constants else FORMATS)
    if (form == "toml") != bool(arguments.service):
        raise UsageError("--format toml and --for SERVICE go together: goals are those of a service.")
    try:
        chosen = preset(arguments.preset).with_values(_changed(arguments))
        if arguments.constants:
            deliver(_constants(chosen, form), arguments.out)
            return 0
        if not arguments.contract_value:
            raise UsageError("--contract-value: say how many pounds a year, one for all years or one for each.")
        money = _numbers("--contract-value", arguments.contract_value)
        ramp = _numbers("--ramp", arguments.ramp) if arguments.ramp else None
        made = plan(chosen, money, ramp, lagged=arguments.lagged)
    except UserError as error:
        raise error if isinstance(error, UsageError) else UsageError(*error.problems) from error
    if form == "toml":
        content = _goals(made, arguments.service)
    else:
        content = (
            json_text(answer(made, london=arguments.london)) if form == "json" else table(made, london=arguments.london)
        )
    deliver(content, arguments.out)
    return 0


def _goals(made: Plan, service: str) -> str:
    """The plan as a file of goals; what it leaves out, and what cannot be met, is told on standard error."""
    from placewell.cli.inputs import specification
    from placewell.planning import goals, goals_text, warnings

    spec = specification(service)
    spec = spec.as_of(spec.service.first_quarter_starts)
    found, without = goals(made, spec)
    if not found:
        raise UsageError(
            f"--for {service}: no row of the plan can be a goal of {spec.id}; calculator_row says which can."
        )
    for one in without:
        why = f"the contract sets the target of {one.indicator}" if one.indicator else f"{spec.id} has no such figure"
        print(f"left out: {_name(one.row)}: {why}.", file=sys.stderr)
    for sentence in warnings(made):
        print(f"warning: {sentence}", file=sys.stderr)
    return goals_text(made, spec)


def answer(made: Plan, *, london: bool = False) -> dict[str, Any]:
    """The plan as the object of semantics.md §5: every number unrounded."""
    from placewell.planning import warnings

    return {
        "preset": made.preset.id,
        "inputs": {
            "contract_value": [_plain(value) for value in made.contract_values],
            "ramp": [_plain(share) for share in made.ramp],
            "london": london,
            "lagged": made.lagged,
            "constants": {name: _plain(one.value) for name, one in made.preset.constants.items()},
        },
        "years": [
            {
                "year": year.number,
                "specialists": _plain(year.specialists),
                "caseload": _plain(year.caseload),
                **{
                    name: {"quarters": [_plain(number) for number in row.quarters], "total": _plain(row.total)}
                    for name, row in year.rows.items()
                },
                "cost_per_person_placed": None
                if year.cost_per_person_placed is None
                else _plain(year.cost_per_person_placed),
            }
            for year in made.years
        ],
        "warnings": list(warnings(made)),
    }


def table(made: Plan, *, london: bool = False) -> str:
    """The plan as aligned text: every cell rounded half up, totals from the unrounded quarters."""
    from placewell.planning import warnings

    width = max(len(_name(row)) for row in made.years[0].rows)
    where = ", in London" if london else ""
    lines = [f"{made.preset.name}{where}{', each outcome from placements made early enough' if made.lagged else ''}"]
    for year, value, share in zip(made.years, made.contract_values, made.ramp, strict=True):
        head = f"Year {year.number}: £{_whole(value):,}, {_whole(share)} % of the steady state"
        cost = year.cost_per_person_placed
        placed = f"£{_whole(cost):,} per person placed" if cost is not None else "nobody placed"
        lines += ["", head, f"{_tenth(year.specialists)} specialists, caseload up to {_whole(year.caseload)}, {placed}"]
        lines.append(f"{'':{width}}{'Q1':>7}{'Q2':>7}{'Q3':>7}{'Q4':>7}{'Total':>8}")
        lines += [
            f"{_name(name):{width}}{''.join(f'{_whole(number):>7}' for number in row.quarters)}{_whole(row.total):>8}"
            for name, row in year.rows.items()
        ]
    said = warnings(made)
    if said:
        lines += ["", "These targets cannot all be met (--lagged shows what can):", *said]
    return "\n".join(lines) + "\n"


def _constants(chosen: Preset, form: str) -> str:
    rows = [
        {"name": one.name, "value": _plain(one.value), "unit": one.unit, "about": one.about}
        | {"status": one.status, "clause": one.clause}
        for one in chosen.constants.values()
    ]
    ramp = [_plain(share) for share in chosen.ramp]
    if form == "json":
        return json_text({"preset": chosen.id, "name": chosen.name, "ramp": ramp, "constants": rows})
    lines = [f"{one['name']:<26}{one['value']:>10.6g}  {one['about']} ({one['unit']}; {one['status']})" for one in rows]
    lines.append(f"{'ramp':<26}{','.join(map(str, ramp)):>10}  Share of the steady state by year (percent; --ramp)")
    return "\n".join([chosen.name, *lines]) + "\n"


def _changed(arguments: Namespace) -> dict[str, Fraction]:
    changed = {}
    for given in arguments.set:
        name, equals, value = given.partition("=")
        if not equals:
            raise UsageError(f"--set {given}: give NAME=VALUE, such as engaged_of_referrals=0.8.")
        changed[name.strip()] = _number(f"--set {name.strip()}", value)
    if arguments.cost_per_specialist:
        changed["cost_per_specialist"] = _number("--cost-per-specialist", arguments.cost_per_specialist)
    if arguments.london and "cost_per_specialist" not in changed:
        raise UsageError(
            "--london: what a specialist costs in London is not published; say it with --cost-per-specialist."
        )
    return changed


def _numbers(argument: str, given: str) -> list[Fraction]:
    return [_number(argument, part) for part in given.split(",")]


def _number(argument: str, given: str) -> Fraction:
    try:
        return Fraction(given.strip().removeprefix("£"))
    except (ValueError, ZeroDivisionError):
        raise UsageError(f'{argument}: expected a number, such as 300000, 0.8 or 1/3; "{given}" is none.') from None


def _name(row: str) -> str:
    if row in NAMES:
        return NAMES[row]
    weeks, _, band = row.removeprefix("sustained_").partition("_weeks_")
    return f"In work after {weeks} weeks, {'16 hours and over' if band == '16_and_over' else 'under 16 hours'}"


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)


def _whole(number: Fraction) -> int:
    """Rounded half up."""
    return (2 * number + 1) // 2


def _tenth(number: Fraction) -> str:
    tenths = (20 * number + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"
