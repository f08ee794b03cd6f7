"""What the evidence radar asks beside a caseload: whose proof is looked at, links given for it, and consents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from placewell_web.accounts import service
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Evidence, Job, PersonalLink
from placewell_web.casework.queries import episodes
from placewell_web.clients.models import Episode

ASKING = ("proof", "employment")
BACK_DAYS = 60  # a rejection is told for so long


def looked_at(viewer: Viewer) -> QuerySet[Episode]:
    """A specialist's own open cases, as on Today; a leader's or manager's lots, those who left too."""
    if not viewer.has_role(Role.TEAM_LEADER, Role.MANAGER):
        return episodes.caseload_of(viewer, viewer.user_id)
    arm = service.current().outcomes.entry.arm
    receives = Q(allocation__isnull=True) | Q(allocation__arm=arm)
    worked = Job.scoped.visible_to(viewer).values("episode_id")
    return episodes.episodes(viewer).filter(receives, declined_on__isnull=True, pk__in=worked)


def links_asking(viewer: Viewer, shown: Iterable[str]) -> list[PersonalLink]:
    """Links given for proof of these episodes, the newest first."""
    found = PersonalLink.scoped.visible_to(viewer).filter(episode_id__in=list(shown), purpose__in=ASKING)
    return list(found.order_by("-created_at"))


def may_ask_employers(viewer: Viewer, shown: Iterable[str], day: date) -> set[str]:
    """Of these episodes, those of people who agree that employers are contacted."""
    holds = Q(consents__withdrawn_on__isnull=True) | Q(consents__withdrawn_on__gt=day)
    seen = Episode.scoped.visible_to(viewer).filter(pk__in=list(shown))
    agreed = seen.filter(holds, consents__kind="contact_employer", consents__given_on__lte=day)
    return {str(one) for one in agreed.values_list("pk", flat=True)}


def names_of_specialists(viewer: Viewer, day: date) -> dict[str, str]:
    """By id, where the viewer looks at more than their own cases."""
    if not viewer.has_role(Role.TEAM_LEADER, Role.MANAGER):
        return {}
    return {str(one.pk): one.name for one in episodes.specialists(viewer, day)}


def sent_back(viewer: Viewer, day: date) -> list[Evidence]:
    """Rejected proof of the viewer's own cases that nothing has replaced yet, the newest first."""
    mine = Evidence.scoped.visible_to(viewer).filter(
        episode__specialist_id=viewer.user_id, episode__closed_on__isnull=True
    )
    latest: dict[tuple[object, str], Evidence] = {}
    for one in mine.select_related("episode__person", "decided_by").order_by("received_on", "created_at"):
        latest[one.episode_id, one.outcome] = one
    back = [one for one in latest.values() if one.status == "rejected" and (day - one.decided_on).days <= BACK_DAYS]
    return sorted(back, key=lambda one: one.decided_on, reverse=True)
