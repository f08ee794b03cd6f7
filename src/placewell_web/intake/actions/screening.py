"""Screening: every criterion answered from facts, kept with the version it was answered under, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell.eligibility import decide, overall
from placewell.specification import Specification
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions import complete
from placewell_web.clients.models import Episode
from placewell_web.intake import permissions
from placewell_web.intake.models import CriterionAnswer, Screening

Facts = Mapping[str, bool | float | str | None]


@transaction.atomic
def screen(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    episode_id: UUID,
    specification: Specification,
    facts: Facts,
    birth_date: date | None = None,
    primary_condition: str = "",
) -> Screening:
    """Answer every criterion in force today from the facts; an earlier screening stays as it was. Source: 002 §10.

    A date of birth or main condition learnt on the way is kept in the record.
    """
    episode = people.get_episode(viewer, episode_id)
    permissions.check_can_screen(viewer, episode)
    complete(
        by=by,
        at=at,
        viewer=viewer,
        episode_id=episode_id,
        birth_date=birth_date,
        primary_condition=primary_condition,
    )
    answers = decide(specification, facts, at.date())
    screening = Screening(
        episode=episode,
        decided_on=at.date(),
        decided_at=at,
        decided_by_id=viewer.user_id,
        specification_version=specification.version,
        specification_hash=specification.hash,
        overall=overall(answers),
    )
    screening.save(force_insert=True)
    needs = {criterion.id: criterion.needs for criterion in specification.as_of(at.date()).eligibility.criteria}
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(
            screening=screening,
            criterion=answer.criterion,
            fact=_facts_said(facts, needs[answer.criterion]),
            answer=answer.answer,
            reason=answer.reason,
            clause=answer.clause,
        )
        for answer in answers
    )
    _note(by, at, "screen", episode, screening)
    return screening


@transaction.atomic
def override(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, specification: Specification, reason: str
) -> Screening:
    """Go against the last screening, with a reason, by a second person: a new screening, the old one stays."""
    episode = people.get_episode(viewer, episode_id)
    last = episode.screenings.order_by("-decided_at", "-id").first()
    if last is None:
        raise Refused("Nobody has screened this referral yet, so there is nothing to go against.")
    permissions.check_can_override(viewer, specification, last)
    answers = list(last.answers.order_by("pk"))
    screening = Screening(
        episode=episode,
        decided_on=at.date(),
        decided_at=at,
        decided_by_id=last.decided_by_id,
        specification_version=last.specification_version,
        specification_hash=last.specification_hash,
        overall=last.overall,
        override_reason=reason,
        override_by_id=viewer.user_id,
    )
    screening.save(force_insert=True)
    for answer in answers:
        answer.pk, answer.screening = None, screening
    CriterionAnswer.objects.bulk_create(answers)
    _note(by, at, "override_screening", episode, screening)
    return screening


def _facts_said(facts: Facts, needed: tuple[str, ...]) -> str:
    return "; ".join(f"{name}: {_in_words(facts.get(name))}" for name in needed)[:500]


def _in_words(value: bool | float | str | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value


def _note(by: Actor, at: datetime, verb: str, episode: Episode, screening: Screening) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        target_kind="screening",
        target_id=screening.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail={"overall": screening.overall, "specification": screening.specification_hash},
    )
