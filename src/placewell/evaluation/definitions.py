"""What the counts of a participant flow mean, in words for the footnotes of a page."""

from __future__ import annotations

from placewell.evaluation.trial import arm_name, trial_of
from placewell.periods import in_words
from placewell.specification import Specification
from placewell.specification.trial import TrialFile

NUMBERS = {1: "one", 2: "two", 3: "three", 6: "six", 9: "nine", 12: "twelve"}
FIRST_REASON = "Each excluded person has one reason, the first that applies in the order shown."


def footnotes(trial: TrialFile) -> tuple[str, ...]:
    """What stands under the diagram."""
    months = sorted({one.months for one in trial.follow_ups})
    if not months:
        return (FIRST_REASON,)
    named = " and ".join(f"{NUMBERS.get(month, month)}-month" for month in months)
    return (f"{FIRST_REASON} Withdrawn: before the {named} questionnaire.",)


def definitions(spec: Specification, *, arms: bool, handouts: bool) -> tuple[tuple[str, str], ...]:
    """Each count's name and meaning, in the order of the flow."""
    trial = trial_of(spec)
    last_day = in_words(trial.closes_at.date())
    enrolment = (
        (
            "Referred",
            f"People whose referral was received by {last_day} and since {in_words(trial.opens_on)}, or who were met "
            "in that time. A person referred more than once counts once, by the referral that came furthest.",
        ),
        ("First meeting not held", f"Nobody met the person by {last_day}."),
        ("Assessed for eligibility", "A first meeting was held: a criterion was decided, or consent was asked for."),
        ("Still open", "Met while the trial runs, and neither excluded nor randomised yet."),
        (
            "Did not meet the criteria",
            "At least one criterion is not met by its last answer. The first of them in the specification's order "
            "is the person's reason.",
        ),
        ("Declined to take part", "All criteria decided were met, and the person did not want to take part."),
        ("Baseline not completed", "The person agreed to take part, and the baseline questions were not completed."),
        ("Other reasons", "Met, and not randomised for another reason or none that is recorded."),
        ("Randomised", "An allocation stands in the ledger. It stays whatever happens later."),
    )
    follow_up = tuple(
        (
            one.label,
            f"Due {one.months} months after randomisation; an answer counts from {one.window_days} days before that "
            f"day to {one.window_days} days after it. Until then, without an answer, it is not due. Withdrawn: the "
            "person wanted no more contact by the end of that time. The share is of those whose time is over.",
        )
        for one in trial.follow_ups
    )
    analysed = (
        "Analysed",
        "By the arm allocated, whatever was received: those who answered the last follow-up and have not taken back "
        "what is held.",
    )
    return (*enrolment, *(_allocation(spec, handouts=handouts) if arms else ()), *follow_up, analysed)


def _allocation(spec: Specification, *, handouts: bool) -> tuple[tuple[str, str], ...]:
    trial = trial_of(spec)
    other = (
        "Every hand-out of the specification was given and at least one service pointed to."
        if handouts
        else "At least one service was pointed to. Hand-outs are not part of the data set."
    )
    return tuple(
        (
            f"Allocated to {arm_name(arm)}",
            "Received: an appointment was attended on a later day than randomisation. The reason for not receiving it "
            "is the first of: randomised in error, withdrawn, the reason the episode was closed for, an appointment "
            "not attended."
            if arm.enters_service
            else f"Received: {other[0].lower()}{other[1:]}",
        )
        for arm in trial.arms
    )
