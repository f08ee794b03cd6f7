"""Runs the worked examples of a specification: tables in, and every answer that differs from the expected one out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placewell.errors import UserError
from placewell.specification import Specification
from placewell.specification.examples import (
    Example,
    ExampleFile,
    ExpectedFigure,
    ExpectedMember,
    ExpectedOutcome,
    ExpectedPayment,
    read_examples,
    without_example,
)

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.indicators import Workings
    from placewell.periods import Period


def run_examples(spec: Specification, folder: Path) -> tuple[int, tuple[str, ...]]:
    """Run every worked example of a folder: how many there are, and one sentence for each answer that differs."""
    try:
        files = read_examples(folder)
    except UserError as error:
        return 0, error.problems
    failures = [
        f"examples/{name}: {example.id}: {difference}"
        for name, file in files.items()
        for example in file.examples
        for difference in differences(spec, file, example)
    ]
    return sum(len(file.examples) for file in files.values()), tuple(failures)


def unshown(spec: Specification, folder: Path) -> tuple[str, ...]:
    """One sentence for each outcome, criterion, indicator or payment that no worked example of the folder shows."""
    try:
        files = read_examples(folder)
    except UserError:
        return ()  # `run_examples` tells what is wrong with them
    return tuple(f"examples: {what} has no worked example: add one" for what in without_example(spec, files.values()))


def differences(spec: Specification, file: ExampleFile, example: Example) -> Iterator[str]:
    """What one example should answer and does not. A mistake in the example's own tables is a difference too."""
    try:
        yield from _answers(spec, example)
        if file.rows or example.rows:
            yield from _figures_and_members(spec, example, dataset_of(file, example))
    except UserError as error:
        yield from error.problems
    except ValueError as error:
        yield str(error)


def dataset_of(file: ExampleFile, example: Example) -> Dataset:
    """The data set of an example; keys that were not given are numbered, so that an example holds what matters."""
    from placewell.dataset import TABLES, Dataset

    rows = file.rows_of(example)
    for name in rows.keys() & TABLES.keys():
        own = next((c.name for c in TABLES[name].columns if c.key and not c.refers_to and c.name.endswith("_id")), None)
        if own is not None:
            rows[name] = [{own: f"{name}-{number}", **row} for number, row in enumerate(rows[name], 1)]
    return Dataset.from_rows(rows)


def _answers(spec: Specification, example: Example) -> Iterator[str]:
    if example.facts is None:
        return
    from placewell.eligibility import decide, overall

    answers = decide(spec, _plain(example.facts), example.decided_on or spec.service.contract_start)
    found = {answer.criterion: answer for answer in answers}
    for expected in example.answers:
        answer = found.get(expected.criterion)
        if answer is None:
            yield f"there is no criterion {expected.criterion} on that day"
        elif answer.answer != expected.answer or expected.reason not in answer.reason:
            wanted = f"{expected.answer} {expected.reason}".strip()
            yield f"{expected.criterion} is {answer.answer} ({answer.reason}), expected {wanted}"
        elif expected.sends_to and expected.sends_to != answer.sends_to:
            yield f"{expected.criterion} sends to {answer.sends_to or 'nobody'}, expected {expected.sends_to}"
    if example.overall and overall(answers) != example.overall:
        yield f"together the answers are {overall(answers)}, expected {example.overall}"


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in facts.items()}


def _figures_and_members(spec: Specification, example: Example, dataset: Dataset) -> Iterator[str]:
    from placewell.indicators import Workings
    from placewell.periods import parse_period

    period = parse_period(example.period or "Y1", spec.service.first_quarter_starts)
    as_at = example.as_at or period.last_day
    shared = Workings(spec, dataset, as_at)
    yield from _figures(shared, example, dataset, period)
    yield from _members(shared, example, dataset, period)
    yield from _outcomes(shared, example.outcomes)
    if example.payments is not None:
        yield from _payments(spec, example.payments, dataset, as_at)


def _figures(shared: Workings, example: Example, dataset: Dataset, period: Period) -> Iterator[str]:
    if not example.figures:
        return
    from placewell.indicators import figures

    only = tuple(dict.fromkeys(expected.indicator for expected in example.figures))
    answered = figures(shared.spec, dataset, period, shared.as_at, example.lot, only, workings=shared)
    found = {figure.id: figure for figure in answered}
    for expected in example.figures:
        yield from _figure(expected, found[expected.indicator])


def _figure(expected: ExpectedFigure, figure: Any) -> Iterator[str]:
    wanted: dict[str, Any] = {name: getattr(expected, name) for name in ("value", "numerator", "denominator")}
    if expected.none:
        yield from _differ(f"{figure.id} value", None, figure.value, always=True)
    for name, value in wanted.items():
        yield from _differ(f"{figure.id} {name}", value, getattr(figure, name))
    for name, cells in expected.breakdown.items():
        found = {cell.key: cell.numerator for cell in figure.breakdowns.get(name, ())}
        for key, numerator in cells.items():
            yield from _differ(f"{figure.id} by {name}, {key}", numerator, found.get(key))


def _differ(what: str, expected: Any, found: Any, *, always: bool = False) -> Iterator[str]:
    if (expected is not None or always) and not _same(expected, found):
        yield f"{what} is {_said(found)}, expected {_said(expected)}"


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, Decimal) and found is not None:
        return abs(Decimal(str(found)) - expected) < Decimal("0.00005")  # worked examples write four places
    return bool(expected == found)


def _said(value: Any) -> str:
    return "empty" if value is None else str(value)


def _members(shared: Workings, example: Example, dataset: Dataset, period: Period) -> Iterator[str]:
    from placewell.indicators import members

    for indicator in dict.fromkeys(expected.indicator for expected in example.members):
        table = members(shared.spec, indicator, dataset, period, shared.as_at, example.lot, shared)
        found = {row["subject_id"]: row for row in table.iter_rows(named=True)}
        for expected in (item for item in example.members if item.indicator == indicator):
            yield from _member(expected, found.get(expected.subject))


def _member(expected: ExpectedMember, row: Mapping[str, Any] | None) -> Iterator[str]:
    who = f"{expected.subject} in {expected.indicator}"
    if row is None:
        yield f"{who} is not in the member table"
        return
    if row["status"] != expected.status or expected.reason not in (row["reason"] or ""):
        wanted = f"{expected.status} {expected.reason}".strip()
        yield f"{who} is {row['status']} ({row['reason']}), expected {wanted}"
    yield from _differ(f"{who}, day,", expected.on, row["outcome_on"])
    yield from _differ(f"{who}, evidence,", expected.evidence or None, row["evidence"])


def _outcomes(shared: Workings, wanted: Iterable[ExpectedOutcome]) -> Iterator[str]:
    wanted = tuple(wanted)
    if not wanted:
        return
    table = shared.outcomes.table.collect(engine="in-memory")
    rows = {row["episode_id"]: row for row in table.iter_rows(named=True)}
    for expected in wanted:
        who, row = f"{expected.outcome} of {expected.episode}", rows.get(expected.episode, {})
        yield from _differ(f"{who}, day,", expected.on, row.get(f"{expected.outcome}_on"), always=expected.met is None)
        yield from _differ(f"{who}, met,", expected.met, row.get(f"{expected.outcome}_met"))
        yield from _differ(f"{who}, band,", expected.band or None, row.get(f"{expected.outcome}_band"))


def _payments(spec: Specification, wanted: Iterable[ExpectedPayment], dataset: Dataset, as_at: date) -> Iterator[str]:
    from placewell.payment import ledger

    found = ledger(spec, dataset, as_at).to_dicts()
    wanted = tuple(wanted)
    if len(found) != len(wanted):
        yield f"the ledger has {len(found)} lines, expected {len(wanted)}"
    for expected, line in zip(wanted, found, strict=False):
        said = f"{line['person_id']} {line['state']} {line['amount']} {line['quarter']}"
        same = (line["person_id"], line["state"]) == (expected.person, expected.state)
        same = same and line["amount"] == expected.amount and expected.quarter in ("", line["quarter"])
        if not same or expected.backup not in (None, line["backup"]):
            yield f"a line is {said}, expected {expected.person} {expected.state} {expected.amount} {expected.quarter}"
