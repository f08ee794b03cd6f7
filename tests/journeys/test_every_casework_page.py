"""Every page of casework and of employers that a specialist or a team leader may open, with something on it.

The pages come from the addresses of the site and their samples (tests/site/matrix_samples.py), so that a page nobody
wrote a journey for is walked all the same: axe, one h1, a title, no sideways scroll, nothing in the console, and what
has the focus is seen.
A team leader walks what a specialist may not open: what both open is walked once.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.journeys.steps import given
from tests.journeys.steps.focus import unseen
from tests.journeys.steps.journey import Journey
from tests.site.conftest import World
from tests.site.matrix_samples import ADDRESSES, Made, url_of

from placewell_web.accounts.models import Role
from placewell_web.config.addresses import Address

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "phone-no-script")]
APPS = ("casework", "employers")
NO_PAGES = {"casework:evidence_file", "casework:evidence_picture"}
"""What is downloaded or stands in a page."""
LOOKED_AT = (200, 403, 410)
"""Also how a page says no: who may open what is test_policy_matrix.py's."""
NO_PAGE = (302, 405)
"""An address that leads on where there is nothing to ask, or only takes what is sent."""


def opened_by(role: Role) -> Callable[[Address], bool]:
    def opens(address: Address) -> bool:
        policy = address.policy
        return policy.kind in ("public", "signed_in") or (policy.kind != "closed" and role in policy.roles)

    return opens


def paths(world: World, addresses: list[Address]) -> list[str]:
    """Where each stands with its sample; all samples are made first, so that pages are full."""
    made = Made(world, world.own.code)
    return [url_of(address, made) for address in addresses]


def walked(journey: Journey, path: str) -> str | None:
    """One page opened and looked at: its fault in words, `""` for none; nothing where there is no page."""
    answer = journey.page.request.get(journey.address + path, max_redirects=0)
    if answer.status in NO_PAGE or "html" not in answer.headers["content-type"]:
        return None
    journey.expects(answer.status if answer.status in LOOKED_AT else 200)
    try:
        journey.visit(path)
    except AssertionError as fault:
        journey.complaints.clear()
        return str(fault)[:1500]
    hidden = unseen(journey)
    return f"{path} hides what has the focus: {', '.join(hidden)}" if hidden else ""


@pytest.mark.parametrize(("role", "least"), [(Role.SPECIALIST, 90), (Role.TEAM_LEADER, 8)])
def test_every_page(journey: Journey, world: World, role: Role, least: int) -> None:
    opens, walks_it_too = opened_by(role), opened_by(Role.SPECIALIST)
    here = [one for one in ADDRESSES.values() if one.name.split(":")[0] in APPS and one.name not in NO_PAGES]
    mine = [one for one in here if opens(one) and (role == Role.SPECIALIST or not walks_it_too(one))]
    given.signed_in(journey, world.user(role))
    seen = [walked(journey, one) for one in paths(world, mine)]
    faults = [fault for fault in seen if fault]
    assert not faults, "\n".join(faults)
    assert len([one for one in seen if one is not None]) >= least
