"""What the page about a person needs beside the record: practices, every alert and consent, questions of who it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F
from django.shortcuts import get_object_or_404

from placewell_web.accounts.models import GpPractice
from placewell_web.accounts.queries import open_practices
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Alert, Consent, Episode
from placewell_web.intake.queries import open_questions


def practices_for(viewer: Viewer, episode: Episode, day: date) -> list[tuple[str, str]]:
    """The open practices of the episode's lot (without one: of the viewer's lots), and the one that stands."""
    lots = {episode.lot_id} if episode.lot_id else viewer.lots
    offered = {one.code: one.name for one in open_practices(day).filter(lot__in=lots)}
    standing = GpPractice.objects.filter(code=episode.gp_practice_id).first()
    if standing is not None and standing.code not in offered:
        offered[standing.code] = standing.name
    return list(offered.items())


def alerts(episode: Episode) -> list[Alert]:
    """Every alert there was, those that hold first, the one looked at last on top."""
    return list(episode.person.alerts.order_by(F("ended_on").desc(nulls_first=True), "-reviewed_on", "title"))


def alert(episode: Episode, alert_id: UUID) -> Alert:
    return get_object_or_404(episode.person.alerts, pk=alert_id)


def consents(episode: Episode) -> list[Consent]:
    """Every consent, withdrawn ones too, the newest first."""
    return list(episode.consents.order_by("-given_on", "kind"))


def consent(episode: Episode, consent_id: UUID) -> Consent:
    return get_object_or_404(episode.consents, pk=consent_id)


def questions(viewer: Viewer, episode: Episode) -> list[UUID]:
    """The undecided questions whether this is someone the service knows, about records the viewer may see."""
    asked = open_questions(viewer, {episode.pk: episode.person_id}).get(episode.pk, [])
    return [question.pk for question, _ in asked]
