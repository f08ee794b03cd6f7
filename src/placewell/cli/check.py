"""`placewell check`: reads a specification, reports every problem, warns of open points, runs its worked examples."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.output import same_place
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.specification import Specification

EXAMPLES = """
  placewell check
  placewell check thrive_into_work
  placewell check my-service
"""


def add_arguments(parser: ArgumentParser) -> None:
    """A service of the catalogue, or a folder; without one, the whole catalogue."""
    parser.add_argument("service", nargs="?", metavar="SERVICE or DIR", help="default: every service of the catalogue")


def run(arguments: Namespace) -> int:
    """Check each specification: one line per problem (file, key, what to do), one line of summary each."""
    statuses = [check(name) for name in chosen(arguments.service)]
    return 1 if any(statuses) else 0


def chosen(given: str | None) -> tuple[str, ...]:
    """The specifications to check. Raises UsageError for one that is not there."""
    from placewell.specification import service_ids

    if given is None:
        return service_ids()
    if given not in service_ids() and not Path(given).is_dir():
        known = ", ".join(service_ids())
        raise UsageError(f'There is no service and no folder "{given}": the catalogue has {known}.')
    return (given,)


def check(name: str) -> int:
    """Check one specification and say what was found; 1 when there is any problem."""
    from placewell.cli.worked_examples import run_examples, unshown
    from placewell.specification import SpecificationError, folder_of, load
    from placewell.specification.check import content_warnings

    try:
        spec = load(name)
    except SpecificationError as error:
        return _told(name, error.problems, "the worked examples were not run")
    if problems := content_problems(spec):
        return _told(name, problems, "the worked examples were not run")
    with step(f"Running the worked examples of {name}"):
        folder = folder_of(name) / "examples"
        count, failures = run_examples(spec, folder)
    warnings = content_warnings(spec)
    _say(f"{name}/{warning} (Only a warning.)" for warning in warnings)
    counted = [f"{count} worked example{'' if count == 1 else 's'}"]
    counted += [f"{len(warnings)} open point{'' if len(warnings) == 1 else 's'}"] if warnings else []
    return _told(name, (*failures, *unshown(spec, folder)), "; ".join(counted))


def content_problems(spec: Specification) -> tuple[str, ...]:
    """What the specification names and the product does not have: codes, columns, questionnaires and their scales."""
    from placewell.questionnaires import instrument, instrument_ids
    from placewell.questionnaires.value_sets import value_set_ids
    from placewell.specification.check import content_problems as named_problems
    from placewell.specification.outcomes import QuestionnaireChange

    found = [*named_problems(spec), *_not_scored(spec)]
    for outcome in (one for one in spec.outcomes.outcomes if isinstance(one, QuestionnaireChange)):
        where, known = f"outcomes.toml: outcome “{outcome.id}”", instrument_ids()
        scales = [scale.id for scale in instrument(outcome.instrument).scales] if outcome.instrument in known else []
        if not scales:
            scored = ", ".join(id for id in known if instrument(id).scales)
            found.append(f"{where}.instrument: no questionnaire {outcome.instrument!r} can be scored: use {scored}")
        elif outcome.scale not in scales:
            found.append(f"{where}.scale: there is no scale {outcome.scale!r}: use {', '.join(scales)}")
        elif outcome.value_set and outcome.value_set not in value_set_ids(outcome.instrument):
            shipped = ", ".join(value_set_ids(outcome.instrument)) or "none"
            found.append(
                f"{where}.value_set: {outcome.instrument} has no value set {outcome.value_set!r}: use {shipped}"
            )
    return (*found, *measure_problems(spec))


def measure_problems(spec: Specification) -> tuple[str, ...]:
    """What of the fidelity guidelines cannot be worked out: kinds that do not exist, numbers that are missing."""
    from placewell.fidelity.measures import measures_of
    from placewell.fidelity.measuring import problem_of

    judged = ((measure, problem_of(measure)) for measure in measures_of(spec))
    return tuple(f"governance.toml: fidelity_measure “{one.id}”.kind: {said}" for one, said in judged if said)


def _not_scored(spec: Specification) -> Iterator[str]:
    """The trial's questionnaires that are in no data file, so that nothing could be asked."""
    from placewell.questionnaires import instrument_ids

    if spec.trial is None:
        return
    asked = [("baseline", part.id, part.instrument) for part in spec.trial.baseline if part.instrument]
    asked += [("follow_up", again.id, again.instrument) for again in spec.trial.follow_ups]
    for key, id, named in asked:
        if named not in instrument_ids():
            yield f"trial.toml: {key} “{id}”: there is no questionnaire {named!r}: correct it, or add its items"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)
        if not same_place():
            print(line)


def _told(name: str, problems: tuple[str, ...], examples: str) -> int:
    _say(f"{name}/{problem}" for problem in problems)
    found = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "no problems"
    print(f"{name}: {found}; {examples}.")
    return 1 if problems else 0
