"""A provider's own goals, beside a specification: never the contract's, and marked as local on every page."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from placewell.specification.entries import Identifier
from placewell.specification.indicators import Target
from placewell.specification.model import Specification
from placewell.specification.problems import Problem, SpecificationError, in_words


class LocalTarget(Target):
    """One goal of one indicator; `per_lot`: it is meant for each lot, so that several lots together have their sum."""

    indicator: Identifier
    per_lot: bool = False


class LocalTargets(BaseModel):
    """A file of local targets."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    targets: tuple[LocalTarget, ...] = Field(alias="target", default=())


def load_local_targets(path: str | Path, specification: Specification) -> LocalTargets:
    """Read a file of targets. Raises SpecificationError with every problem: file, key and what to do."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
        content = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        raise SpecificationError(
            str(Problem(file.name, "", f"cannot be read ({error}): name a file of targets."))
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SpecificationError(str(Problem(file.name, "", f"is not TOML: {error}."))) from error
    try:
        found = LocalTargets.model_validate(content)
    except ValidationError as error:
        raise SpecificationError(*map(str, in_words(file.name, error, LocalTargets, content, text))) from error
    known = {indicator.id for indicator in specification.indicators.computed}
    problems = [
        str(
            Problem(
                file.name, f"target[{number}].indicator", f'"{target.indicator}" is not an indicator of this service.'
            )
        )
        for number, target in enumerate(found.targets)
        if target.indicator not in known
    ]
    if problems:
        raise SpecificationError(*problems)
    return found


def for_lots(local: LocalTargets, specification: Specification, lots: int = 1) -> dict[str, Target]:
    """The goals by indicator, where the contract sets none; counts meant for each lot add up over `lots` of them."""
    free = {one.id for one in specification.indicators.computed if one.target is None}
    return {goal.indicator: _times(goal, lots) for goal in local.targets if goal.indicator in free}


def _times(goal: LocalTarget, lots: int) -> Target:
    times = lots if goal.per_lot and goal.basis != "value" else 1
    kept = goal.model_dump(exclude={"indicator", "per_lot"})
    amount = None if goal.amount is None else goal.amount * times
    quarters = tuple(str(Fraction(one) * times) for one in goal.quarters)
    return Target(**kept | {"amount": amount, "quarters": quarters, "local": True})
