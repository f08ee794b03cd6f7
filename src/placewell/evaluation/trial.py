"""What the specification says of a trial that the evaluator's view needs: arms in words, withdrawals, last days."""

from __future__ import annotations

from datetime import date, timedelta

from placewell.periods import add_months
from placewell.specification import Specification
from placewell.specification.trial import Arm, Covers, FollowUp, TrialFile

LONGEST_ABBREVIATION = 3


def trial_of(spec: Specification) -> TrialFile:
    """The trial of a service; ValueError where it has none."""
    if spec.trial is None:
        raise ValueError(f"{spec.service.id} has no trial")
    return spec.trial


def arm_name(arm: Arm) -> str:
    """An arm as a diagram names it, by its id: ips is IPS, control is control."""
    return arm.id.upper() if len(arm.id) <= LONGEST_ABBREVIATION else arm.id.replace("_", " ")


def scopes_that_stop(trial: TrialFile, *covers: Covers) -> list[str]:
    """The withdrawals that end any of these: support, contact, linkage, held_data. Source: 002 §11.9."""
    return [choice.id for choice in trial.withdrawals if set(covers) & set(choice.stops)]


def last_follow_up(trial: TrialFile) -> FollowUp | None:
    """The follow-up whose window closes last, by which people are analysed; None where nothing is asked again."""
    return max(trial.follow_ups, key=lambda one: (one.months, one.window_days), default=None)


def last_due_on(trial: TrialFile, follow_up: FollowUp) -> date:
    """The day on which a follow-up is due of someone randomised on the trial's last day."""
    return add_months(trial.closes_at.date(), follow_up.months)


def closes_on(trial: TrialFile, follow_up: FollowUp) -> date:
    """The last day on which anyone's answer to a follow-up still counts."""
    return last_due_on(trial, follow_up) + timedelta(days=follow_up.window_days)
