"""What pages after an allocation show: the group, what was handed out, mistakes told, what was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from placewell.specification.trial import Arm, LocalService
from placewell_web.accounts import service
from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients import queries as people
from placewell_web.clients.models import Episode
from placewell_web.trial.models import ErrorReport, Handout, LedgerEntry, Meeting, Notice, Participant, Withdrawal
from placewell_web.trial.queries.participants import of_episode


@dataclass(frozen=True)
class Group:
    """The group of a person, by the ledger."""

    arm: Arm
    number: str
    at: datetime

    @property
    def enters_service(self) -> bool:
        return self.arm.enters_service


def group_of(viewer: Viewer, episode_id: UUID) -> Group | None:
    """The group of the person of an episode, in whatever episode it was drawn; None before the draw."""
    participant, trial = of_episode(viewer, episode_id), service.current().trial
    if participant is None or trial is None:
        return None
    drawn = LedgerEntry.objects.filter(kind="allocation", person=participant.number).first()
    if drawn is None:
        return None
    return Group(next(arm for arm in trial.arms if arm.id == drawn.arm), participant.number, drawn.at)


def services_for(episode: Episode) -> list[LocalService]:
    """The directory of the person's lot: services of every lot, and those of this one. Source: 002 §9.10 xi."""
    trial = service.current().trial
    return [one for one in trial.local_services if not one.lots or episode.lot_id in one.lots] if trial else []


def handouts(viewer: Viewer, episode_id: UUID) -> list[Handout]:
    """What the person of an episode was given or did not want, in the order it was recorded."""
    seen = people.get_episode(viewer, episode_id)
    return list(Handout.scoped.visible_to(viewer).filter(episode=seen).order_by("recorded_at", "code"))


def withdrawn(participant: Participant | None) -> list[Withdrawal]:
    """What a participant no longer agrees to, in the order it was said."""
    if participant is None:
        return []
    return list(Withdrawal.scoped.filter(participant=participant).order_by("on", "recorded_at", "scope"))


def reports_of(viewer: Viewer, participant: Participant | None) -> list[ErrorReport]:
    """The mistakes told of a participant, the newest first; of a meeting in another area they are that area's."""
    if participant is None:
        return []
    return list(reports(viewer).filter(participant=participant).order_by("-reported_at"))


def reports(viewer: Viewer) -> QuerySet[ErrorReport]:
    """The mistakes told of people whose trial meeting the viewer may see; of the record, where none was held here."""
    seen = Episode.scoped.visible_to(viewer)
    without = Q(participant__meetings=None, participant__person__episodes__in=seen)
    mine = Q(participant__meetings__episode__in=seen) | without
    ids = ErrorReport.scoped.filter(mine).values("pk")
    return ErrorReport.scoped.filter(pk__in=ids).select_related("participant__person", "reported_by", "decided_by")


def episode_of(viewer: Viewer, participant: Participant) -> Episode | None:
    """The episode of a participant that the viewer may see: of the meeting, else the person's newest."""
    seen = Episode.scoped.visible_to(viewer).select_related("person", "lot")
    held = Meeting.scoped.filter(participant=participant).order_by("-started_at").values_list("episode_id", flat=True)
    return next((found for pk in held if (found := seen.filter(pk=pk).first())), None) or (
        seen.filter(person=participant.person_id).order_by("-referred_on").first()
    )


def lots_named(viewer: Viewer) -> list[tuple[str, str]]:
    """Every lot by name: which area a person should have been drawn in may be another's."""
    return list(Lot.objects.order_by("name").values_list("code", "name"))


def notices(viewer: Viewer, most: int = 200) -> list[Notice]:
    """The outbox: that something waits or was sent and when; what it says is the evaluator's alone.

    A manager sees those of the people they may see. Receipts, one for each allocation, are left out: their number
    would tell how many were randomised (disclosure.md R9).
    """
    told = Notice.objects.exclude(kind="receipt").order_by("sent_at", "due_at")
    seen = Episode.scoped.visible_to(viewer)
    mine = Participant.scoped.filter(Q(meetings__episode__in=seen) | Q(person__episodes__in=seen)).values("number")
    return list(told.filter(participant_number__in=mine)[:most])


def late_notices(at: datetime) -> int:
    """How many notices have not been sent by the moment they were due: a number for whoever runs the outbox."""
    return Notice.objects.filter(sent_at__isnull=True, due_at__lt=at).count()


def seen_report(viewer: Viewer, report_id: UUID) -> ErrorReport:
    """One report; 404 where it is of nobody the viewer may see."""
    found = reports(viewer).filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found
