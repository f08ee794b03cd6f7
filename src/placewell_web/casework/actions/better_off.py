"""A better-off sum: what a person would have a week without and with a job, kept as benefits advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.other_support import can_undo
from placewell_web.casework.models import BenefitsAdvice, BetterOff, Job, WeeklyAmount
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode

INCOMES = {
    "wages": "Wages after tax",
    "universal_credit": "Universal Credit",
    "esa": "Employment and Support Allowance",
    "jsa": "Jobseeker’s Allowance",
    "pip": "Personal Independence Payment",
    "housing_benefit": "Housing Benefit",
    "council_tax_reduction": "Council Tax Reduction",
    "working_tax_credit": "Working Tax Credit",
    "child_tax_credit": "Child Tax Credit",
    "child_benefit": "Child Benefit",
    "carers_allowance": "Carer’s Allowance",
    "travel_concession": "Travel concession",
    "other": "Other income",
}
"""What work changes of a week's income: 002 App. 7 Sv 1 names four of them and "etc."."""

COSTS = {
    "travel": "Travel",
    "childcare": "Childcare",
    "care": "Care for an adult",
    "health_charges": "Prescriptions, teeth and eyes",
    "clothes_and_meals": "Clothes and meals",
    "other": "Other costs",
}
"""Costs of a week that work changes: the document says "all costs"; the list is ours."""

TOLD_TO = {
    "dwp": "Department for Work and Pensions",
    "housing": "Housing Benefit at the council",
    "council_tax": "Council Tax at the council",
    "hmrc": "HM Revenue and Customs",
    "landlord": "Landlord",
    "other": "Someone else",
}
"""Whom earnings are reported to; 002 App. 7 Sv 1 names Housing, Council Tax and HMRC."""

SIDES = {"income": INCOMES, "cost": COSTS}


@dataclass(frozen=True)
class Amount:
    """A weekly amount without the job and with it."""

    side: str
    code: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class BetterOffFacts:
    on: date
    about: str
    amounts: Sequence[Amount]
    form_token: UUID
    weekly_hours: Decimal | None = None
    advised_by: str = ""
    told_to: Sequence[str] = field(default_factory=tuple)
    words: str = ""


@transaction.atomic
def record_better_off(
    *, by: Actor, at: datetime, episode: Episode, facts: BetterOffFacts, job: Job | None = None
) -> BetterOff | None:
    """The advice and its sum; None where the same form was sent before. Source: 002 §9.10 vi, App. 7 Sv 1."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if BetterOff.unscoped.filter(form_token=facts.form_token).exists():
        return None
    advice = BenefitsAdvice.unscoped.create(
        episode=episode,
        job=job,
        on=facts.on,
        about=facts.about,
        words=facts.words,
        recorded_by_id=by.id,
        created_at=at,
    )
    row = BetterOff.unscoped.create(
        advice=advice,
        weekly_hours=facts.weekly_hours,
        advised_by=facts.advised_by,
        told_to=",".join(facts.told_to),
        form_token=facts.form_token,
        created_at=at,
    )
    WeeklyAmount.unscoped.bulk_create(
        WeeklyAmount(better_off=row, side=one.side, code=one.code, before=one.before, after=one.after, created_at=at)
        for one in facts.amounts
    )
    detail = {"on": facts.on.isoformat(), "about": facts.about, "amounts": len(facts.amounts)}
    note(by=by, at=at, verb="record_benefits_advice", record=advice, episode=episode, detail=detail)
    return row


@transaction.atomic
def undo_better_off(*, by: Actor, at: datetime, row: BetterOff) -> None:
    """Take back a sum that was wrong: who recorded it, on the same day. An older one is followed by a new one."""
    advice = row.advice
    if not can_undo(advice, by.id, day_of(at)):
        raise Refused(
            "A sum can only be taken back on the day it was recorded, by the person who recorded it.",
            "Record a new one: the newest is the one that holds.",
        )
    detail = {"on": advice.on.isoformat(), "about": advice.about}
    note(by=by, at=at, verb="undo_benefits_advice", record=advice, episode=advice.episode, detail=detail)
    row.amounts.all().delete()
    row.delete()
    advice.delete()
