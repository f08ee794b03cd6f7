"""`--goals`: a file of the provider's own goals, which figures are judged against where the contract sets no target."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.inputs import Question
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.specification.local_targets import LocalTarget, LocalTargets


def add_goals(parser: ArgumentParser) -> None:
    """Declare `--goals`."""
    parser.add_argument(
        "--goals",
        type=Path,
        metavar="FILE",
        help="judge figures against the provider's own goals too, such as `placewell targets --for` writes",
    )


def with_goals(asked: Question, file: Path | None) -> Question:
    """The question with the goals of a file as targets; what does not apply is told on standard error.

    Raises UsageError under another service's definitions, SpecificationError for a faulty file, or a trajectory that
    ends before the period does.
    """
    if file is None:
        return asked
    from placewell.specification.aimed import aimed
    from placewell.specification.local_targets import for_lots, load_local_targets

    if getattr(asked.spec, "definitions", None) is not None:
        raise UsageError("--goals are for a service's own figures: leave out --definitions, or --goals.")
    found = load_local_targets(file, asked.spec)
    _refuse_short(file, found, asked)
    wide = _too_wide(found, asked)
    for sentence in (*_of_the_contract(found, asked), *(_of_all_lots(one, asked) for one in wide)):
        print(f"warning: {file.name}: {sentence}", file=sys.stderr)
    kept = found.model_copy(update={"targets": tuple(one for one in found.targets if one not in wide)})
    lots = 1 if asked.lot else len(asked.spec.service.lots)
    return replace(asked, spec=aimed(asked.spec, for_lots(kept, asked.spec, lots)))


def _refuse_short(file: Path, found: LocalTargets, asked: Question) -> None:
    from placewell.indicators.targets import quarters_until
    from placewell.specification import SpecificationError

    needed = quarters_until(asked.period, asked.spec.service.first_quarter_starts)
    problems = [
        f"{file.name}: target[{number}].quarters: {one.indicator} has {len(one.quarters)}, and {asked.period.label} "
        f"ends with quarter {needed} of the contract: add the quarters up to it."
        for number, one in enumerate(found.targets)
        if one.basis == "trajectory" and len(one.quarters) < needed
    ]
    if problems:
        raise SpecificationError(*problems)


def _of_the_contract(found: LocalTargets, asked: Question) -> Iterator[str]:
    aimed_at = {one.id for one in asked.spec.indicators.computed if one.target is not None}
    for one in found.targets:
        if one.indicator in aimed_at:
            yield f"the contract sets the target of {one.indicator}, which stays."


def _too_wide(found: LocalTargets, asked: Question) -> tuple[LocalTarget, ...]:
    """Counts meant for all lots together, where one of several is asked for."""
    if asked.lot is None or len(asked.spec.service.lots) == 1:
        return ()
    return tuple(one for one in found.targets if one.basis != "value" and not one.per_lot)


def _of_all_lots(one: LocalTarget, asked: Question) -> str:
    return f"the goal of {one.indicator} is for all lots together, not for {asked.lot}: left out (see per_lot)."
