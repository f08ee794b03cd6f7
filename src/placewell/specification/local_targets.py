"""A provider's own goals, laid over a specification: never the contract's, and marked as local on every page."""

import tomllib
from dataclasses import replace
from decimal import Decimal
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


def with_local_targets(specification: Specification, local: LocalTargets, lots: int = 1) -> Specification:
    """The specification with these goals on indicators for which the contract sets none; `lots` together add up.

    A contract's own target is never replaced. The hash stays the specification's: goals change no figure.
    """
    goals = {target.indicator: target for target in local.targets}
    indicators = tuple(
        indicator.model_copy(update={"target": _for_lots(goals[indicator.id], lots)})
        if indicator.id in goals and indicator.target is None
        else indicator
        for indicator in specification.indicators.indicators
    )
    return replace(specification, indicators=specification.indicators.model_copy(update={"indicators": indicators}))


def _refusal(file: Path, message: str) -> SpecificationError:
    return SpecificationError(str(Problem(file.name, "", message)))


def _for_lots(target: LocalTarget, lots: int) -> Target:
    """Counts of several lots add up; a rate or a median stays what it is."""
    times = lots if target.per_lot and target.basis != "value" else 1
    return Target(
        basis=target.basis,
        amount=target.amount * times,
        at_most=target.at_most,
        local=True,
        clause=target.clause,
        serves=target.serves,
        note=target.note,
    )
