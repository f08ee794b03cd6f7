"""Episodes and their records as a viewer may see them; a view answers 404 for the rest."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from placewell_web.accounts.models import Posting, Role, User
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Contact, ContactDraft, Evidence, Job, Plan, PlanStep, Profile
from placewell_web.clients.models import Episode

WITH_NAMES = ("person", "lot", "team", "specialist", "gp_practice")


def episodes(viewer: Viewer) -> QuerySet[Episode]:
    """Every accepted episode the viewer may see."""
    return Episode.scoped.visible_to(viewer).filter(accepted_on__isnull=False).select_related(*WITH_NAMES)


def caseload_of(viewer: Viewer, specialist_id: object) -> QuerySet[Episode]:
    """The open episodes of one specialist."""
    return episodes(viewer).filter(specialist_id=specialist_id, closed_on__isnull=True, declined_on__isnull=True)


def jobs(viewer: Viewer) -> QuerySet[Job]:
    return Job.scoped.visible_to(viewer).select_related("employer", "episode__person")


def profiles(viewer: Viewer) -> QuerySet[Profile]:
    return Profile.scoped.visible_to(viewer).select_related("written_by", "episode__person")


def plans(viewer: Viewer) -> QuerySet[Plan]:
    return Plan.scoped.visible_to(viewer).select_related("written_by", "episode__person").prefetch_related("steps")


def steps(viewer: Viewer) -> QuerySet[PlanStep]:
    return PlanStep.scoped.visible_to(viewer).select_related("plan__episode__person")


def contacts(viewer: Viewer) -> QuerySet[Contact]:
    return Contact.scoped.visible_to(viewer).select_related("specialist", "episode__person")


def evidence(viewer: Viewer) -> QuerySet[Evidence]:
    names = ("episode__person", "episode__lot", "episode__specialist", "job__employer", "uploaded_by", "decided_by")
    return Evidence.scoped.visible_to(viewer).select_related(*names)


def draft_of(viewer: Viewer, episode: Episode) -> ContactDraft | None:
    """What the viewer began to write about a contact with this person."""
    return ContactDraft.scoped.visible_to(viewer).filter(episode=episode, author_id=viewer.user_id).first()


def specialists(viewer: Viewer, day: date) -> list[User]:
    """The specialists whose caseload the viewer may open: a leader's or manager's lots; else only oneself."""
    if not viewer.has_role(Role.TEAM_LEADER, Role.MANAGER):
        return list(User.objects.filter(pk=viewer.user_id))
    today = Q(postings__from_on__lte=day) & (Q(postings__to_on__isnull=True) | Q(postings__to_on__gte=day))
    mine = Q(postings__lot_id__in=viewer.lots) | Q(postings__team__lot_id__in=viewer.lots)
    return list(User.objects.filter(today & mine, postings__role=Role.SPECIALIST).distinct().order_by("name"))


def full_time_equivalent(user_id: object, day: date) -> float:
    """How much of full time someone works as a specialist on a day, at most 1."""
    posts = Posting.objects.filter(user_id=user_id, role=Role.SPECIALIST, from_on__lte=day)
    held = posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=day)).values_list("fte", flat=True)
    return float(min(sum(held), 1)) if held else 1.0
