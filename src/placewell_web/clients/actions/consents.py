"""Consents: given on a day, under a version of a form, and withdrawn by another entry; none is ever erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Consent, Episode


@transaction.atomic
def give_consents(
    *, by: Actor, at: datetime, episode: Episode, kinds: Iterable[str], given_on: date, form_version: str = ""
) -> list[Consent]:
    """Record what a person agreed to on a day; what is recorded of that day already is not recorded twice."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    standing = Consent.unscoped.filter(episode=episode, given_on=given_on, withdrawn_on__isnull=True)
    already = set(standing.values_list("kind", flat=True))
    given = []
    for kind in dict.fromkeys(kinds):
        if kind not in already:
            row = Consent.unscoped.create(episode=episode, kind=kind, given_on=given_on, form_version=form_version)
            detail = {"kind": kind, "given_on": given_on.isoformat(), "form_version": form_version}
            note(by=by, at=at, verb="give_consent", record=row, episode=episode, detail=detail)
            given.append(row)
    return given


@transaction.atomic
def withdraw_consent(*, by: Actor, at: datetime, consent: Consent, withdrawn_on: date) -> Consent:
    """Record the day from which a consent no longer holds. Raises Refused where that is recorded already."""
    standing = Consent.unscoped.select_for_update().get(pk=consent.pk)
    if standing.withdrawn_on is not None:
        raise Refused("This consent has been withdrawn already.", "If the person agrees again, record a new consent.")
    if withdrawn_on < standing.given_on:
        raise Refused(f"The consent was given on {in_words(standing.given_on)}, so it was not withdrawn before.")
    standing.withdrawn_on = withdrawn_on
    standing.save(update_fields=["withdrawn_on"])
    detail = {"kind": standing.kind, "withdrawn_on": withdrawn_on.isoformat()}
    note(by=by, at=at, verb="withdraw_consent", record=standing, episode=consent.episode, detail=detail)
    return standing
