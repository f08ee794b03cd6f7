"""Ten thousand people: what each question of the evaluator's pages and an export take of the processor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any

from placewell.dataset import Dataset
from placewell.evaluation.balance import balance
from placewell.evaluation.completeness import completeness
from placewell.evaluation.consort import to_svg
from placewell.evaluation.exports import export
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.recruitment import recruitment
from placewell.evaluation.withdrawals import withdrawals
from placewell.specification import load
from placewell.synthetic import make

DAY, PEOPLE, TIMES = date(2019, 6, 14), 10_000, 3
SPEC = load("thrive_into_work")
QUESTIONS: dict[str, Callable[[Dataset, LedgerFacts], Any]] = {
    "flow": lambda tables, entries: to_svg(participant_flow(tables, SPEC, entries, DAY), "Trial"),
    "recruitment": lambda tables, entries: recruitment(tables, SPEC, entries, DAY),
    "completeness": lambda tables, entries: completeness(tables, SPEC, DAY),
    "withdrawals": lambda tables, entries: withdrawals(tables, SPEC, entries, DAY, arms=True),
    "balance": lambda tables, entries: balance(tables, SPEC, entries, DAY),
    "export": lambda tables, entries: export(tables, SPEC, entries, DAY, arms=True),
}


def main() -> None:
    """The least of three, in seconds of the processor."""
    tables = make(SPEC, PEOPLE, 1, DAY)
    numbers = {id: f"TIW {at:06}" for at, id in enumerate(tables["allocations"]["episode_id"])}
    entries = LedgerFacts.of_dataset(tables, numbers)
    print(f"\nthe evaluator's questions, {PEOPLE:,} people: seconds of the processor, the least of {TIMES}")
    for name, ask in QUESTIONS.items():
        print(f"  {name:14}{min(_once(ask, tables, entries) for _ in range(TIMES)):8.2f}")


def _once(ask: Callable[[Dataset, LedgerFacts], Any], tables: Dataset, entries: LedgerFacts) -> float:
    start = process_time()
    ask(tables, entries)
    return process_time() - start


if __name__ == "__main__":
    main()
