"""Opens the record of one person for a page: in scope or 404, and written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.presenters import overview
from placewell_web.casework.presenters.cases import Case, cases
from placewell_web.casework.presenters.person import head
from placewell_web.casework.presenters.states import DIED, OUTSIDE, state_of
from placewell_web.casework.queries import caseload, episodes, person
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.clients import queries as clients
from placewell_web.clients.wording import goes_on_in_words


@dataclass(frozen=True)
class Opened:
    """One person's record as a page shows it."""

    viewer: Viewer
    episode: Any
    loaded: Caseload
    case: Case
    context: dict[str, Any]
    died: bool = False


def opened(request: HttpRequest, episode_id: UUID, tab: str) -> Opened:
    """The episode where the viewer may see it, with its view entry; 404 otherwise."""
    found = reached(request, episode_id)
    record_view(request, found, tab)
    loaded = caseload.load(episodes.episodes(request.viewer).filter(pk=found.pk), request.today)
    case = cases(loaded)[0]
    state = state_of([], [], "", request.today, closed=True) if found.closed_on else case.state
    served, died = permissions.receives_support(found), clients.has_died(found)
    state = DIED if died else state if served else OUTSIDE
    case = replace(case, dues=()) if died else case
    top = head(found, person.alerts(found, request.today), state, tab, request.today, served=served, died=died)
    why = overview.why_ended(loaded.spec, found, None)
    top = replace(top, why_closed=why, **_where_it_goes_on(request.viewer, found))
    awaits = episodes.awaits_allocation(found)
    return Opened(
        request.viewer, found, loaded, case, {"person": top, "episode": found, "tab": tab, "awaits": awaits}, died
    )


def _where_it_goes_on(viewer: Viewer, episode: Any) -> dict[str, str]:
    """The referral that follows one which has ended, in words, and its address where the viewer may open it."""
    later = clients.goes_on_in(episode)
    if later is None:
        return {}
    said = {"goes_on": goes_on_in_words(episode, later)}
    if not episodes.sees(viewer, later):
        return said
    page = "casework:person" if later.accepted_on else "intake:referral"
    return said | {"goes_on_url": reverse(page, args=[later.pk])}


def reached(request: HttpRequest, episode_id: UUID) -> Any:
    """The episode, or 404 for one that is not there to be seen."""
    return get_object_or_404(episodes.episodes(request.viewer), pk=episode_id)


def record_view(request: HttpRequest, episode: Any, page: str) -> None:
    """Write down that the viewer saw this person on this page."""
    audit.record_view(
        by=request.actor,
        at=request.now,
        verb="view_person",
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail={"page": page} | ({} if _is_expected(request.viewer, episode) else {"own_caseload": False}),
    )


def _is_expected(viewer: Viewer, episode: Any) -> bool:
    """A specialist opens their own clients and those they cover; a colleague's they may, and the audit says so."""
    leads = viewer.has_role(Role.TEAM_LEADER, Role.MANAGER)
    return leads or episode.specialist_id in {viewer.user_id, *viewer.covers}
