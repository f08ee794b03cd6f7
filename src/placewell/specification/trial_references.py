"""What must agree within trial.toml and between it and the other files: consents, lots, arms, steps and their order."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, get_args

from placewell.specification.trial import StepKind, TrialFile

Key = tuple[str | int, ...]
Problem = tuple[Key, str]

IN_ORDER = ("eligibility", "consent", "baseline", "randomise")
"""The steps whose order protects the person: nobody consents who is not eligible, nobody is drawn before the baseline.
The first and the last stand outside it, and the information may be given before or after eligibility."""
STRATA = ("lot",)
"""What the randomisation can be stratified by: only the lot is known of everybody and never changes."""
TWO_ARMS = 2


def trial_problems(models: Mapping[str, Any]) -> Iterator[Problem]:
    """Every disagreement, as the key it stands at and the words; nothing where there is no trial.toml.

    Source: 002 §9.10 iii, §11.
    """
    trial = models.get("trial")
    if trial is None:
        return
    yield from _steps(trial)
    yield from _arms(trial)
    yield from _blocks(trial)
    yield from _strata(trial)
    if "pathway" in models:
        yield from _consents(trial, {kind.id for kind in models["pathway"].consent_kinds})
    if "service" in models:
        yield from _lots(trial, {lot.id for lot in models["service"].lots})


def _steps(trial: TrialFile) -> Iterator[Problem]:
    """One step of each kind, and the protected ones in their order."""
    places: dict[str, int] = {}
    for index, step in enumerate(trial.steps):
        if step.kind in places:
            words = f"is a second step of the kind {step.kind}: take one of the two out"
            yield ("step", index, "kind"), words
        places.setdefault(step.kind, index)
    for kind in get_args(StepKind):
        if kind not in places:
            yield ("step",), f"none is of the kind {kind}: add it"
    for earlier, later in pairwise(IN_ORDER):
        if places.get(later, len(trial.steps)) < places.get(earlier, -1):
            words = f"{later} stands before {earlier}: put {earlier} first"
            yield ("step", places[later], "kind"), words


def _arms(trial: TrialFile) -> Iterator[Problem]:
    entering = [index for index, arm in enumerate(trial.arms) if arm.enters_service]
    if len(entering) != 1:
        at = ("arm", entering[1], "enters_service") if entering else ("arm",)
        yield at, f"{len(entering)} arms enter the service: let exactly one enter it"
    planned = sum(arm.planned for arm in trial.arms)
    if planned != trial.planned_participants:
        words = f"is {trial.planned_participants}, but the arms plan {planned}: correct one of them"
        yield ("planned_participants",), words
    if trial.method == "big_stick" and [arm.share for arm in trial.arms] != [1] * TWO_ARMS:
        words = "is big_stick, which is for two arms of the same share: use permuted_blocks or simple"
        yield ("method",), words


def _blocks(trial: TrialFile) -> Iterator[Problem]:
    whole = sum(arm.share for arm in trial.arms)
    for place, size in enumerate(trial.block_sizes):
        if size < whole or size % whole:
            words = f"{size} is not a multiple of {whole}, the sum of the arms' shares: correct it"
            yield ("block_sizes", place), words


def _strata(trial: TrialFile) -> Iterator[Problem]:
    for place, name in enumerate(trial.stratified_by):
        if name not in STRATA:
            yield ("stratified_by", place), f"{name!r} is not known of everyone beforehand: use {', '.join(STRATA)}"


def _consents(trial: TrialFile, kinds: set[str]) -> Iterator[Problem]:
    for index, statement in enumerate(trial.consent_form.statements):
        if statement.consent not in kinds:
            yield ("consent_form", "statement", index, "consent"), _no_kind(statement.consent)
    for index, withdrawal in enumerate(trial.withdrawals):
        for place, named in enumerate(withdrawal.withdraws):
            if named not in kinds:
                yield ("withdrawal", index, "withdraws", place), _no_kind(named)


def _no_kind(named: str) -> str:
    return f"there is no consent_kind {named!r} in pathway.toml: correct it, or add the consent_kind"


def _lots(trial: TrialFile, lots: set[str]) -> Iterator[Problem]:
    for index, service in enumerate(trial.local_services):
        for place, lot in enumerate(service.lots):
            if lot not in lots:
                yield ("local_service", index, "lots", place), f"there is no lot {lot!r}: correct it, or add the lot"
