"""Plans made with the person: versions, the steps with who and by when, the day they agreed, ticking off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.drafts import Writing, discard_document
from placewell_web.casework.models import Plan, PlanStep
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

OWNERS = {
    "client": "The person",
    "specialist": "The specialist",
    "clinician": "Someone who treats them",
    "employer": "The employer",
    "other": "Someone else",
}
"""Who does a step."""


@dataclass(frozen=True)
class StepFacts:
    text: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    by_whom: str = ""
    part: str = ""


@dataclass(frozen=True)
class SearchFacts:
    """What a job search plan says beside its goal and steps (002 App. 7 Sv 5)."""

    kinds_of_job: str = ""
    employers: str = ""
    how_often: str = ""


SEARCH = tuple(one.name for one in fields(SearchFacts))


@transaction.atomic
def start_plan(*, by: Actor, at: datetime, episode: Episode, kind: str) -> Plan:
    """Begin the next version with the goal and the open steps of the last; a draft already there is gone on with."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    last = Plan.unscoped.filter(episode=episode, kind=kind).order_by("-version").first()
    if last is not None and last.agreed_on is None:
        return last
    plan = Plan.unscoped.create(
        episode=episode,
        kind=kind,
        version=last.version + 1 if last else 1,
        goal=last.goal if last else "",
        **{name: getattr(last, name) for name in SEARCH if last},
        written_by_id=by.id,
        created_at=at,
    )
    still_open = last.steps.filter(done_on__isnull=True) if last else ()
    carried = [StepFacts(s.text, s.owner, s.due_on, by_whom=s.by_whom, part=s.part) for s in still_open]
    _write_steps(plan, carried, at)
    detail = {"kind": kind, "version": plan.version}
    note(by=by, at=at, verb="start_plan", record=plan, episode=episode, detail=detail)
    return plan


@transaction.atomic
def save_plan(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    edit_version: int,
    goal: str,
    steps: Sequence[StepFacts],
    search: SearchFacts | None = None,
    agreed_on: date | None = None,
    offered_on: date | None = None,
    writing: Writing | None = None,
) -> Plan:
    """Write a draft's goal and steps; with `agreed_on`, the person agreed and the version before it ends.

    With `offered_on` the person may read the draft by their link and agree it there.
    """
    plan.refresh_from_db()
    if plan.agreed_on is not None:
        raise Refused(
            f"Version {plan.version} of the plan was agreed with the person and is kept as it was.",
            "Tick its steps off as they are done, or start a new version.",
        )
    said = asdict(search) if search else {}
    written = {"goal": goal, **said, "steps_in_words": "\n".join(step.text for step in steps)}
    plan.steps_in_words = "\n".join(step.text for step in plan.steps.all())  # type: ignore[attr-defined]
    claim(plan, edit_version, "edit_version", written)
    plan.goal, plan.agreed_on, plan.written_by_id = goal, agreed_on, by.id
    plan.offered_on = offered_on or plan.offered_on
    for name, text in said.items():
        setattr(plan, name, text)
    plan.save()
    plan.steps.all().delete()
    _write_steps(plan, steps, at)
    told = (goal, *said.values(), *(" ".join((step.text, step.owner, step.by_whom, step.part)) for step in steps))
    discard_document(by=by, episode=plan.episode, writing=writing, saved=told)
    if agreed_on:
        end_the_one_before(by=by, at=at, plan=plan, agreed_on=agreed_on)
    detail = {"kind": plan.kind, "version": plan.version, "steps": len(steps)}
    verb = "agree_plan" if agreed_on else "offer_plan" if offered_on else "save_plan"
    note(by=by, at=at, verb=verb, record=plan, episode=plan.episode, detail=detail)
    return plan


@transaction.atomic
def tick_step(*, by: Actor, at: datetime, step: PlanStep, done: bool) -> PlanStep:
    """Tick a step off, or take the tick away."""
    step.done_on = day_of(at) if done else None
    step.save(update_fields=["done_on"])
    verb = "tick_step" if done else "untick_step"
    note(by=by, at=at, verb=verb, record=step, episode=step.plan.episode, detail={"position": step.position})
    return step


def _write_steps(plan: Plan, steps: Sequence[StepFacts], at: datetime) -> None:
    PlanStep.unscoped.bulk_create(
        PlanStep(
            plan=plan,
            position=position,
            text=step.text,
            part=step.part,
            by_whom=step.by_whom,
            owner=step.owner,
            due_on=step.due_on,
            done_on=step.done_on,
            created_at=at,
        )
        for position, step in enumerate(steps, 1)
    )


def end_the_one_before(*, by: Actor, at: datetime, plan: Plan, agreed_on: date) -> None:
    """The version before holds to the day before; on one and the same day, that day."""
    before = Plan.unscoped.filter(episode=plan.episode, kind=plan.kind, agreed_on__isnull=False, ended_on__isnull=True)
    for old in before.exclude(pk=plan.pk):
        old.ended_on = max(old.agreed_on or agreed_on, agreed_on - timedelta(days=1))
        old.save(update_fields=["ended_on"])
        detail = {"ended_on": old.ended_on.isoformat()}
        note(by=by, at=at, verb="end_plan", record=old, episode=plan.episode, detail=detail)
