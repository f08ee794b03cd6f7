"""Episodes and their records as a viewer may see them; a view answers 404 for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from placewell_web.accounts import service
from placewell_web.accounts.models import Lot, Posting, Role, User
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Contact, Evidence, Job, Plan, PlanStep, Profile
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

MOST_LOGGED = 100  # of one day
WITH_NAMES = ("person", "lot", "team", "specialist", "gp_practice", "allocation")


def episodes(viewer: Viewer) -> QuerySet[Episode]:
    """Every accepted episode the viewer may see."""
    return Episode.scoped.visible_to(viewer).filter(accepted_on__isnull=False).select_related(*WITH_NAMES)


def sees(viewer: Viewer, episode: Episode) -> bool:
    """Whether the viewer may open an episode that a record they see leads to."""
    return Episode.scoped.visible_to(viewer).filter(pk=episode.pk).exists()


def supported(viewer: Viewer) -> QuerySet[Episode]:
    """Open episodes that receive the service: whoever was allocated to another arm of the trial does not."""
    arm = service.current().outcomes.entry.arm
    receives = Q(allocation__isnull=True) | Q(allocation__arm=arm)
    return episodes(viewer).filter(receives, closed_on__isnull=True, declined_on__isnull=True)


def caseload_of(viewer: Viewer, specialist_id: object) -> QuerySet[Episode]:
    """The open episodes of one specialist."""
    return supported(viewer).filter(specialist_id=specialist_id)


def own_and_covered(viewer: Viewer) -> QuerySet[Episode]:
    """The viewer's own open episodes, and those of the colleagues they cover today."""
    return supported(viewer).filter(specialist_id__in={viewer.user_id, *viewer.covers})


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


def contacts_of_day(viewer: Viewer, ids: Iterable[object], day: date) -> QuerySet[Contact]:
    """Every contact with some people on a day, whoever logged it and when."""
    return contacts(viewer).filter(episode_id__in=list(ids), on=day)


def evidence(viewer: Viewer) -> QuerySet[Evidence]:
    names = ("episode__person", "episode__lot", "episode__specialist", "job__employer", "uploaded_by", "decided_by")
    names += ("link", "confirmation")
    return Evidence.scoped.visible_to(viewer).select_related(*names)


def sent_before(viewer: Viewer, hashes: Iterable[str]) -> dict[str, list[Evidence]]:
    """By hash of the file: every proof with that very file that the viewer may see, the earliest first."""
    found: dict[str, list[Evidence]] = {}
    wanted = [one for one in hashes if one]
    for one in evidence(viewer).filter(sha256__in=wanted).order_by("created_at"):
        found.setdefault(one.sha256, []).append(one)
    return found


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


def name_of(user_id: object) -> str:
    """The name of a member of staff."""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


def caseload_sizes(viewer: Viewer, day: date) -> list[tuple[User, int]]:
    """The specialists whose caseload the viewer may open, each with the number of open episodes."""
    counted = supported(viewer).order_by().values("specialist_id")
    sizes = {row["specialist_id"]: row["open"] for row in counted.annotate(open=Count("id"))}
    return [(user, sizes.get(user.pk, 0)) for user in specialists(viewer, day)]


def contacts_logged_on(viewer: Viewer, day: date) -> QuerySet[Contact]:
    """What the viewer logged on a day, newest first; of very much only the newest."""
    began = timezone.make_aware(datetime.combine(day, time.min))
    ended = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    mine = contacts(viewer).filter(specialist_id=viewer.user_id, created_at__gte=began, created_at__lt=ended)
    return mine.order_by("-created_at")[:MOST_LOGGED]


def planned_contacts(viewer: Viewer, ids: Iterable[object]) -> dict[str, date]:
    """By episode: the day the next contact was set for, of open episodes; the days to come too.

    It holds until another day is set or somebody has spoken with the person: a message, or a contact with someone else,
    deletes nothing.
    """
    after = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), created_at__gt=OuterRef("created_at"))
    spoken = Q(with_whom="client", attendance="attended")
    later = Contact.scoped.visible_to(viewer).filter(after, episode_id=OuterRef("episode_id"))
    found = contacts(viewer).filter(episode_id__in=list(ids), episode__closed_on__isnull=True, next_on__isnull=False)
    planned = found.filter(~Exists(later.filter(spoken | Q(next_on__isnull=False))))
    return {str(episode_id): on for episode_id, on in planned.values_list("episode_id", "next_on")}


def awaits_allocation(episode: Episode) -> bool:
    """Whether someone is accepted and has no group of the trial: where the phase randomises, their meeting comes."""
    open_ = episode.accepted_on is not None and episode.closed_on is None
    return open_ and getattr(episode, "allocation", None) is None


def awaiting_allocation(viewer: Viewer, specialist: object) -> frozenset[str]:
    """Those of a specialist's people who await it."""
    seen = caseload_of(viewer, specialist).filter(accepted_on__isnull=False, allocation=None)
    return frozenset(map(str, seen.values_list("pk", flat=True)))


def employer_names(viewer: Viewer) -> list[str]:
    """Names to choose from while an employer is typed in."""
    known = Employer.scoped.visible_to(viewer).filter(merged_into__isnull=True)
    return list(known.order_by("name").values_list("name", flat=True)[:500])


def own_lot(viewer: Viewer) -> Lot | None:
    """A lot of the viewer, for what belongs to no person: every lot of its provider shares it."""
    return Lot.objects.filter(code__in=viewer.lots).order_by("code").first()


def open_of(viewer: Viewer, specialists: list[object]) -> QuerySet[Episode]:
    """The open episodes of several specialists."""
    return supported(viewer).filter(specialist_id__in=specialists)


def supported_since(viewer: Viewer, specialists: list[object], since: date) -> QuerySet[Episode]:
    """The episodes of several specialists that are open, or were closed on a day or later."""
    arm = service.current().outcomes.entry.arm
    receives = Q(allocation__isnull=True) | Q(allocation__arm=arm)
    lately = Q(closed_on__isnull=True) | Q(closed_on__gte=since)
    held = episodes(viewer).filter(receives, lately, declined_on__isnull=True)
    return held.filter(specialist_id__in=specialists)


def unassigned(viewer: Viewer) -> int:
    """Accepted people without a specialist."""
    return supported(viewer).filter(specialist__isnull=True).count()


def full_time_equivalents(users: list[object], day: date) -> dict[object, float]:
    """How much of full time each works as a specialist on a day, at most 1."""
    held = Q(to_on__isnull=True) | Q(to_on__gte=day)
    rows = Posting.objects.filter(held, user_id__in=users, role=Role.SPECIALIST, from_on__lte=day)
    found: dict[object, float] = {}
    for user_id, fte in rows.values_list("user_id", "fte"):
        found[user_id] = min(found.get(user_id, 0.0) + float(fte), 1.0)
    return found
