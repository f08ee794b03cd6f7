"""Who may see what of a trial: the evaluator no arms, the unblinded statistician all, the programme team its pace."""

from __future__ import annotations

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer

EVALUATORS = (Role.EVALUATOR, Role.UNBLINDED)
"""Who sees the trial's records, of every lot: under trial numbers, never names (trust.md T5)."""
WATCHERS = (*EVALUATORS, Role.PROGRAMME)
"""Who sees recruitment against the plan: the programme team is central and no provider (disclosure.md R9)."""


def can_see_arms(viewer: Viewer) -> bool:
    """The unblinded statistician alone sees anything by arm."""
    return viewer.has_role(Role.UNBLINDED)


def check_can_see_trial(viewer: Viewer) -> None:
    """Raises Refused for whoever is no evaluator."""
    if not viewer.has_role(*EVALUATORS):
        raise Refused("The trial's records are for its evaluator. Ask the evaluator's team.")


def check_can_see_recruitment(viewer: Viewer) -> None:
    """Raises Refused for whoever is neither an evaluator nor of the programme team."""
    if not viewer.has_role(*WATCHERS):
        raise Refused("Recruitment against the plan is for the evaluator and the programme team.")


def check_can_see_arms(viewer: Viewer) -> None:
    """Raises Refused for whoever must stay blind."""
    check_can_see_trial(viewer)
    if not can_see_arms(viewer):
        raise Refused("What is told by arm is for the trial's unblinded statistician alone.")
