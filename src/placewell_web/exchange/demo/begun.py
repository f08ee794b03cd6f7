"""Trial meetings that are under way on the demo's day, each left at another step, three of them at the last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.trial import TrialFile
from placewell_web.accounts.models import User
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Consent, Episode, Response
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.trial import enrolled
from placewell_web.exchange.demo.waiting import runs_on, specialist_of_the_day
from placewell_web.intake.models import CriterionAnswer, Screening
from placewell_web.trial.actions.baseline_items import items_of
from placewell_web.trial.actions.consent import ConsentFacts, kinds_given, signed_form
from placewell_web.trial.models import Meeting, MeetingDraft, Participant, StatementAnswer

STEPS = ("script_at", "eligible_at", "informed_at", "consented_at", "items_at", "baseline_at")
LEFT_AT = (6, 6, 6, 5, 3, 2, 1)
"""How many steps are done in each meeting that has begun; the other people have not been met."""
MINUTES = 4
HALF = 2


@dataclass(frozen=True)
class Begun:
    """A meeting under way: how many steps are done, and who holds it."""

    spec: Specification
    meeting: Meeting
    steps: int
    by: User

    def has(self, step: str) -> bool:
        return STEPS.index(step) < self.steps

    @property
    def trial(self) -> TrialFile:
        assert self.spec.trial is not None
        return self.spec.trial


def load_begun(spec: Specification, dataset: Dataset, places: Places, at: datetime) -> None:
    """Meetings of the busiest specialist on the demo's day; nothing when the trial does not run on it."""
    busiest = specialist_of_the_day(dataset, at.date())
    if spec.trial is None or busiest is None or not runs_on(spec.trial, at.date()):
        return
    user = places.staff[busiest[0]]
    waiting = Episode.unscoped.filter(
        specialist=user, accepted_on__isnull=False, closed_on=None, declined_on=None, allocation=None
    )
    again = Participant.unscoped.values("person")
    chosen = list(waiting.exclude(person__in=again).select_related("person").order_by("accepted_on", "pk"))
    started = [at - timedelta(minutes=MINUTES * (steps + 2)) for steps in LEFT_AT]
    participants = enrolled(spec.trial, zip((one.person for one in chosen), started, strict=False))
    Participant.unscoped.bulk_create(participants)
    meetings = [
        Begun(spec, _meeting(spec, episode, participant, user, begin, steps), steps, user)
        for episode, participant, begin, steps in zip(chosen, participants, started, LEFT_AT, strict=False)
    ]
    answered = _screenings(spec, dataset, meetings)
    Meeting.unscoped.bulk_create(one.meeting for one in meetings)
    CriterionAnswer.objects.bulk_create(answered)
    for keep in (_consent, _baseline(dataset), _draft):
        for one in meetings:
            keep(one)


def _meeting(
    spec: Specification, episode: Episode, participant: Participant, user: User, begin: datetime, steps: int
) -> Meeting:
    assert spec.trial is not None
    moments = {step: begin + timedelta(minutes=MINUTES * (place + 1)) for place, step in enumerate(STEPS[:steps])}
    version = spec.trial.consent_form.information_version if "informed_at" in moments else ""
    answered = moments.get("baseline_at")
    return Meeting(
        id=site_id("meetings", str(episode.pk)),
        episode=episode,
        participant=participant,
        started_at=begin,
        started_by=user,
        information_version=version,
        baseline_items=items_of(spec, episode.pk, answered.date()) if answered else "",
        version=steps + 1,
        **moments,
    )


def _screenings(spec: Specification, dataset: Dataset, meetings: Sequence[Begun]) -> list[CriterionAnswer]:
    """Every criterion met, as it was for somebody drawn before; the screenings are saved, their answers returned."""
    drawn = dataset["screenings"].join(dataset["allocations"], on="episode_id", how="semi")
    like = drawn.filter(pl.col("episode_id") == drawn["episode_id"][0]).rows(named=True)
    clauses = {criterion.id: criterion.clause for criterion in spec.eligibility.criteria}
    answers = []
    for one in (one for one in meetings if one.has("eligible_at")):
        at = one.meeting.eligible_at
        assert at is not None
        one.meeting.screening = Screening.objects.create(
            episode=one.meeting.episode,
            decided_on=at.date(),
            decided_at=at,
            decided_by=one.by,
            specification_version=spec.version,
            specification_hash=spec.hash,
            overall="eligible",
        )
        answers += [_met(one.meeting.screening, row, clauses) for row in like]
    return answers


def _met(screening: Screening, row: Mapping[str, Any], clauses: Mapping[str, str]) -> CriterionAnswer:
    name = row["criterion"]
    return CriterionAnswer(
        screening=screening, criterion=name, answer="met", reason=row["reason"] or "", clause=clauses.get(name, "")
    )


def _consent(one: Begun) -> None:
    meeting, form = one.meeting, one.trial.consent_form
    if not one.has("consented_at"):
        return
    assert meeting.consented_at is not None
    agreed = {statement.id: True for statement in form.statements}
    person = meeting.episode.person
    facts = ConsentFacts(agreed=agreed, signed_on="screen", signed_name=f"{person.first_name} {person.surname}")
    id, by = site_id("signed consents", str(meeting.pk)), Actor.user(one.by.pk, one.by.name)
    signed = signed_form(by, meeting.consented_at, meeting, form, facts, id, "")
    signed.save(force_insert=True)
    StatementAnswer.objects.bulk_create(StatementAnswer(consent=signed, statement=id, agreed=True) for id in agreed)
    Consent.unscoped.bulk_create(
        Consent(episode=meeting.episode, kind=kind, form_version=form.version, given_on=meeting.consented_at.date())
        for kind in kinds_given(form, agreed)
    )


def _baseline(dataset: Dataset) -> Callable[[Begun], None]:
    """Keeps the questionnaires of the baseline, answered as somebody drawn before answered them."""
    answers = dataset["responses"].filter(pl.col("occasion") == "baseline").rows(named=True)

    def keep(one: Begun) -> None:
        if one.has("baseline_at"):
            rows = (row for part in one.trial.baseline for row in _form(one.meeting, part.instrument, answers))
            Response.unscoped.bulk_create(rows)

    return keep


def _form(meeting: Meeting, instrument: str, answers: Sequence[Mapping[str, Any]]) -> Iterator[Response]:
    like = next((row["response_id"] for row in answers if row["instrument"] == instrument), None)
    at = meeting.baseline_at
    assert at is not None
    for row in answers:
        if row["response_id"] == like and row["instrument"] == instrument:
            yield Response(
                created_at=at,
                episode=meeting.episode,
                form_id=site_id(f"responses {instrument}", str(meeting.pk)),
                instrument=instrument,
                occasion="baseline",
                completed_on=at.date(),
                item=row["item"],
                answer=row["answer"] or "",
            )


def _draft(one: Begun) -> None:
    """What was typed and not kept: half of the statements, or the first items of a questionnaire."""
    fields: dict[str, list[str]] = {}
    step = ""
    statements = one.trial.consent_form.statements
    asked = next((part for part in one.trial.baseline if part.instrument), None)
    if one.steps == STEPS.index("consented_at"):
        step, fields = "consent", {f"statement_{each.id}": ["yes"] for each in statements[: len(statements) // HALF]}
    elif one.steps == STEPS.index("baseline_at") and asked is not None:
        step, fields = asked.id, {f"item_{number}": ["3"] for number in range(1, 5)}
    if step:
        MeetingDraft.unscoped.create(
            meeting=one.meeting,
            step=step,
            fields=json.dumps(fields, sort_keys=True),
            saved_at=one.meeting.started_at + timedelta(minutes=MINUTES * (one.steps + 1)),
            saved_by=one.by,
        )
