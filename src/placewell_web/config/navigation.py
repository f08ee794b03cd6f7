"""The links in the header: which pages each role has, in the order of pages.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.urls import NoReverseMatch, reverse

from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.config import specification

LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    Role.SPECIALIST: (
        ("Today", "casework:today"),
        ("Caseload", "casework:caseload"),
        ("Trial meetings", "trial:list"),
        ("Employers", "employers:list"),
        ("My week", "casework:week"),
    ),
    Role.TEAM_LEADER: (
        ("Team", "casework:team"),
        ("Referrals", "intake:inbox"),
        ("Caseload", "casework:caseload"),
        ("Evidence", "casework:evidence_queue"),
        ("Employers", "employers:list"),
        ("This quarter", "reporting:quarter"),
        ("Training", "accounts:training"),
    ),
    Role.MANAGER: (
        ("This quarter", "reporting:quarter"),
        ("Team", "casework:team"),
        ("Claims", "reporting:claims"),
        ("Referrals", "intake:inbox"),
        ("Evidence", "casework:evidence_queue"),
        ("Caseload", "casework:caseload"),
        ("Employers", "employers:list"),
        ("Exports", "exchange:exports"),
        ("Training", "accounts:training"),
    ),
    Role.PROGRAMME: (("Contract", "reporting:contract"), ("Recruitment", "evaluation:recruitment")),
    Role.COMMISSIONER: (("Contract", "reporting:contract"),),
    Role.EVALUATOR: (
        ("Participant flow", "evaluation:flow"),
        ("Recruitment", "evaluation:recruitment"),
        ("Withdrawals", "evaluation:withdrawals"),
        ("Integrity", "evaluation:integrity"),
        ("Exports", "evaluation:exports"),
        ("Contract", "reporting:contract"),
    ),
    Role.UNBLINDED: (
        ("Participant flow", "evaluation:flow"),
        ("Recruitment", "evaluation:recruitment"),
        ("Balance", "evaluation:balance"),
        ("Withdrawals", "evaluation:withdrawals"),
        ("Integrity", "evaluation:integrity"),
        ("Exports", "evaluation:exports"),
    ),
    Role.ADMINISTRATOR: (
        ("Users", "accounts:users"),
        ("Teams", "accounts:teams"),
        ("GP practices", "accounts:practices"),
        ("Wording", "casework:wordings"),
        ("Training", "accounts:training"),
    ),
}


CLAIMS = "reporting:claims"
MEETINGS = "trial:list"
OF_A_TRIAL = ("evaluation:", "trial:")
UNDER: dict[str, tuple[str, ...]] = {"reporting:quarter": ("/figures/", "/fidelity/")}
"""Addresses that belong to a link's page without lying under its own."""


@dataclass(frozen=True)
class NavLink:
    label: str
    url: str
    current: bool


@cache
def address(name: str) -> str:
    """The address of a page without arguments, or nothing while the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def links_for(viewer: Viewer | None, path: str, today: date | None = None) -> list[NavLink]:
    """The header's links for a viewer; those of the trial's meetings only while its phase randomises."""
    if viewer is None:
        return []
    wanted = dict.fromkeys(link for role in Role.values if role in viewer.roles for link in LINKS.get(role, ()))
    return [
        NavLink(label, url, path.startswith((url, *UNDER.get(name, ()))))
        for label, name in wanted
        if is_served(name, today) and (url := address(name))
    ]


def is_served(name: str, today: date | None = None) -> bool:
    """Whether the service has such a page: a trial's only with a trial, claims where its contract pays for outcomes."""
    if name == MEETINGS:
        phase = specification.current().service.phase_on(today) if today else None
        return phase is not None and phase.randomised
    if name.startswith(OF_A_TRIAL):
        return specification.current().trial is not None
    payment = specification.current().payment
    return name != CLAIMS or (payment is not None and payment.outcome_payment is not None)


def places() -> dict[str, str]:
    """Addresses that layouts link to, empty while the page does not exist."""
    names = {
        "search": "casework:search",
        "account": "accounts:account",
        "sign_in": "account_login",
        "sign_out": "account_logout",
        "accessibility": "intake:accessibility",
        "privacy": "intake:privacy",
        "complaints": "intake:complaints",
        "languages": "intake:languages",
        "support": "intake:support",
        "contract": "reporting:contract",
    }
    found = {key: address(name) for key, name in names.items()}
    return found | {"claims": address(CLAIMS) if is_served(CLAIMS) else ""}
