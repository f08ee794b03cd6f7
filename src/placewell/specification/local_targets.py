"""A provider's own goals, beside a specification: never the contract's, and marked as local on every page."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from placewell.specification.entries import Identifier
from placewell.specification.indicators import Target
from placewell.specification.model import Specification
from placewell.specification.problems import Problem, SpecificationError, in_words
from placewell.specification.reading import frozen


class LocalTarget(Target):
    """One goal of one indicator; `per_lot`: it is meant for each lot, so that several lots together have their sum."""

    indicator: Identifier
    per_lot: bool = False


class LocalTargets(BaseModel):
    """A file of local targets; `service`: whose they are, where the file says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    service: Identifier | None = None
    targets: tuple[LocalTarget, ...] = Field(alias="target", default=())


def load_local_targets(path: str | Path, specification: Specification) -> LocalTargets:
    """Read a file of targets. Raises SpecificationError with every problem: file, key and what to do."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
        content = frozen(tomllib.loads(text, parse_float=Decimal))
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
    problems = [str(Problem(file.name, *one)) for one in _problems(found, specification)]
    if problems:
        raise SpecificationError(*problems)
    return found


def _problems(found: LocalTargets, specification: Specification) -> Iterator[tuple[str, str]]:
    """What does not fit the service: the key, and what is wrong."""
    if found.service not in (None, specification.id):
        yield "service", f'is "{found.service}", and {specification.id} is asked about: name its own file of goals.'
        return
    known = {indicator.id: indicator for indicator in specification.indicators.computed}
    seen: set[str] = set()
    for number, target in enumerate(found.targets):
        one, at = known.get(target.indicator), f"target[{number}]"
        if one is None:
            yield f"{at}.indicator", f'"{target.indicator}" is not an indicator of this service.'
        elif target.basis != "value" and one.measure != "count":
            yield f"{at}.basis", f'is "{target.basis}", and {one.id} is a {one.measure}, no count: use "value".'
        if target.lot is not None:
            yield f"{at}.lot", "names a lot, as only a contract's target does: take it out, or say per_lot."
        if target.indicator in seen:
            yield f"{at}.indicator", f'"{target.indicator}" has a goal already: keep one of them.'
        seen.add(target.indicator)


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
