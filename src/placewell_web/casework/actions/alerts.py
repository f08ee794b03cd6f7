"""Alerts: added, looked at again, ended; their words are for the people who meet the person, not for the audit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Alert, Episode


@transaction.atomic
def add_alert(*, by: Actor, at: datetime, episode: Episode, kind: str, title: str, text: str = "") -> Alert:
    """Tell everyone who meets the person; sent twice, it stands once."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    same = Alert.unscoped.filter(person_id=episode.person_id, kind=kind, title=title, text=text, ended_on=None).first()
    if same is not None:
        return same
    alert = Alert.unscoped.create(
        person_id=episode.person_id, kind=kind, title=title, text=text, reviewed_on=day_of(at)
    )
    note(by=by, at=at, verb="add_alert", record=alert, episode=episode, detail={"kind": kind})
    return alert


@transaction.atomic
def review_alert(*, by: Actor, at: datetime, episode: Episode, alert: Alert) -> None:
    """The alert was looked at again and still holds."""
    standing = Alert.unscoped.select_for_update().get(pk=alert.pk)
    if standing.ended_on is not None:
        raise Refused("This alert has ended.", "If it holds again, add a new one.")
    standing.reviewed_on = day_of(at)
    standing.save(update_fields=["reviewed_on"])
    note(by=by, at=at, verb="review_alert", record=standing, episode=episode, detail={"kind": alert.kind})


@transaction.atomic
def end_alert(*, by: Actor, at: datetime, episode: Episode, alert: Alert) -> None:
    """The alert no longer holds: the day before was its last."""
    standing = Alert.unscoped.select_for_update().get(pk=alert.pk)
    if standing.ended_on is not None:
        raise Refused("This alert has ended already.")
    standing.ended_on = day_of(at) - timedelta(days=1)
    standing.save(update_fields=["ended_on"])
    note(by=by, at=at, verb="end_alert", record=standing, episode=episode, detail={"kind": alert.kind})
