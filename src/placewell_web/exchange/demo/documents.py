"""The demo's documents: job search plans, who was asked, barriers, adjustments, sums, and what people wrote."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from placewell.specification import Specification
from placewell_web.casework import models as casework
from placewell_web.casework.queries.links import hash_of
from placewell_web.clients.models import Benefit, Consent, Episode
from placewell_web.exchange.demo.moments import noted
from placewell_web.exchange.demo.places import site_id
from placewell_web.exchange.demo.words import PART_STEPS, pick

BATCH = 500
SKILLS = (
    "Till and stock, a little Polish",
    "Driving licence, forklift",
    "Word and e-mail",
    "Cooking for many",
    "Gardening",
)
EDUCATION = (
    "GCSEs; would like to learn accounts",
    "Food hygiene certificate 2012",
    "Left school at 16",
    "NVQ 2 in care",
)
NOW_WORDS = ("Rents alone; the bus stops at six", "Lives with family; quiet house", "Cares for a son of nine")
KINDS_OF_JOB = (
    "Shop floor and stock; not the till alone",
    "Kitchen, days only",
    "Office, four mornings",
    "Care, school hours",
)
TO_APPROACH = ("Garden centres, the market, Oakline Foods", "Cafés near the station", "Schools within two miles")
HOW_OFTEN = ("Two applications and one visit a week", "Adverts on Mondays and Thursdays; one call a day")
ASKED = {
    "contact_clinician": ("clinician", ("Dr Rao", "Nurse Ellis", "Dr Okafor")),
    "contact_family": ("family", ("Sister", "Father", "Partner")),
    "contact_previous_employer": ("previous_employer", ("Beacon Bakery", "Swan Laundry")),
}
BARRIERS = (
    ("transport", "No bus before eight"),
    ("debt", "Letters about rent; the advice centre helps"),
    ("childcare", "Only in school hours"),
    ("family", "Worried that work brings the illness back"),
    ("confidence", "Four years without an interview"),
    ("housing", "Moving in the autumn"),
)
ADJUSTMENTS = (
    ("breaks", "A break at eleven each day"),
    ("equipment", "A stool at the till"),
    ("instructions", "A list in writing at the start of the shift"),
    ("hours", "A start after nine on clinic days"),
)
TO_WORK = ("considered", "not_needed", "applied")
COMMENTS = (
    "I would rather not do Saturdays. Can we change the second step?",
    "My sister can drive me on Tuesdays, so the shop in Netherton is fine.",
    "I sent the form. They said two weeks.",
)
PARTS = {
    "words": ("Steady most days; tires by the afternoon", "Worried about going back; sleeps badly before shifts"),
    "obstacles": ("Standing for long", "Not knowing what to say at work", "The first bus is at eight"),
    "helps": ("Short breaks", "Talking it through beforehand", "A lift from a colleague"),
}


def load_documents(specification: Specification, at: datetime) -> None:
    """For everyone who is supported: most of what a specialist would have written down by now."""
    found = Episode.unscoped.filter(accepted_on__isnull=False, accepted_on__lte=at.date())
    arm = specification.outcomes.entry.arm
    served = found.filter(Q(allocation__isnull=True) | Q(allocation__arm=arm))
    episodes = list(served.filter(closed_on__isnull=True).select_related("specialist"))
    jobs: dict[Any, list[casework.Job]] = {}
    for job in casework.Job.unscoped.filter(episode__in=episodes).order_by("started_on", "id"):
        jobs.setdefault(job.episode_id, []).append(job)
    _fill_in(specification, episodes)
    _save(casework.ProfileSource, _sources(episodes, at))
    _save(casework.Barrier, _barriers(episodes, at))
    _save(casework.Adjustment, _adjustments(episodes, jobs, at))
    _save(casework.AccessToWork, _access_to_work(episodes, at))
    _sums(episodes, jobs, at)
    _comments(episodes, at)
    if specification.pathway.assessment_parts:
        _assessments(specification, episodes, at)


def _save(model: Any, rows: Iterable[Any]) -> None:
    model.unscoped.bulk_create(rows, batch_size=BATCH)


def _fill_in(specification: Specification, episodes: list[Episode]) -> None:
    """The parts of profiles and plans that no data set holds, and under which part of the plan a step stands."""
    profiles = list(casework.Profile.unscoped.filter(episode__in=episodes))
    for one in profiles:
        key = str(one.episode_id)
        one.skills, one.education, one.adjustment = (pick(of, key) for of in (SKILLS, EDUCATION, NOW_WORDS))
        one.goal = pick(("Own money again, and people to talk to", "A job that lasts", "Part time, then more"), key)
    casework.Profile.unscoped.bulk_update(profiles, ["skills", "education", "adjustment", "goal"], batch_size=BATCH)
    plans = list(casework.Plan.unscoped.filter(episode__in=episodes, kind="job_search"))
    for plan in plans:
        key = str(plan.episode_id)
        plan.kinds_of_job, plan.employers, plan.how_often = (
            pick(of, key) for of in (KINDS_OF_JOB, TO_APPROACH, HOW_OFTEN)
        )
    casework.Plan.unscoped.bulk_update(plans, ["kinds_of_job", "employers", "how_often"], batch_size=BATCH)
    for kind in specification.pathway.plan_kinds:
        _under_parts(kind.id, [part.id for part in specification.pathway.parts_of(kind.id)])
    told = casework.Disclosure.unscoped.filter(episode__in=episodes, decision="yes")
    told.update(tell_when="offer")


def _under_parts(kind: str, parts: Sequence[str]) -> None:
    """Each step of such plans under a part, with words that belong there; from plan to plan other parts stay empty."""
    if not parts:
        return
    steps = list(
        casework.PlanStep.unscoped.filter(plan__kind=kind).select_related("plan__episode__person", "plan__written_by")
    )
    for step in steps:
        plan = step.plan
        step.part = parts[(plan.id.int + step.position) % len(parts)]
        if step.part in PART_STEPS:
            step.text, owner = pick(PART_STEPS[step.part], str(plan.episode_id))
            specialist = plan.written_by.name.split()[0]
            step.owner = owner.format(person=plan.episode.person.first_name, specialist=specialist)
    casework.PlanStep.unscoped.bulk_update(steps, ["part", "text", "owner"], batch_size=BATCH)


def _sources(episodes: list[Episode], at: datetime) -> Iterator[casework.ProfileSource]:
    """One person asked for each profile where a consent held by then."""
    completed: dict[Any, casework.Profile] = {}
    for one in casework.Profile.unscoped.filter(episode__in=episodes, completed_on__isnull=False).order_by("version"):
        completed.setdefault(one.episode_id, one)
    consents = Consent.unscoped.filter(episode__in=episodes, kind__in=ASKED).order_by("given_on", "kind")
    for consent in consents:
        profile = completed.pop(consent.episode_id, None)
        if profile is None or profile.completed_on is None or consent.given_on > profile.completed_on:
            continue
        who, names = ASKED[consent.kind]
        key = f"source {consent.episode_id}"
        yield casework.ProfileSource(
            id=site_id("profile_sources", key),
            profile=profile,
            who=who,
            name=pick(names, key),
            on=max(consent.given_on, profile.started_on),
            consent=consent,
            created_at=noted(profile.completed_on, at, key),
        )


def _barriers(episodes: list[Episode], at: datetime) -> Iterator[casework.Barrier]:
    for one in episodes:
        key = f"barrier {one.pk}"
        if pick(range(3), key):
            code, words = pick(BARRIERS, key)
            on = _after(one, 7, at)
            ended = on + timedelta(days=60) if pick(range(4), f"{key} ends") == 0 else None
            yield casework.Barrier(
                id=site_id("barriers", key),
                episode=one,
                on=on,
                barrier=code,
                words=words,
                ended_on=ended if ended and ended <= at.date() else None,
                recorded_by=one.specialist,
                created_at=noted(on, at, key),
            )


def _adjustments(
    episodes: list[Episode], jobs: dict[Any, list[casework.Job]], at: datetime
) -> Iterator[casework.Adjustment]:
    for one in episodes:
        key = f"adjustment {one.pk}"
        started = [job for job in jobs.get(one.pk, ()) if job.started_on <= at.date()]
        if started and pick(range(2), key):
            code, words = pick(ADJUSTMENTS, key)
            on = max(started[-1].started_on, one.referred_on)
            agreed, in_place = on + timedelta(days=5), on + timedelta(days=12)
            yield casework.Adjustment(
                id=site_id("adjustments", key),
                episode=one,
                job=started[-1],
                on=on,
                kind=code,
                words=words,
                agreed_on=agreed if agreed <= at.date() else None,
                in_place_on=in_place if in_place <= at.date() and pick(range(4), f"{key} in place") else None,
                recorded_by=one.specialist,
                created_at=noted(on, at, key),
            )


def _access_to_work(episodes: list[Episode], at: datetime) -> Iterator[casework.AccessToWork]:
    for one in episodes:
        key = f"access to work {one.pk}"
        if pick(range(2), key):
            on = _after(one, 21, at)
            yield casework.AccessToWork(
                id=site_id("access_to_work", key),
                episode=one,
                on=on,
                step=pick(TO_WORK, f"{key} step"),
                recorded_by=one.specialist,
                created_at=noted(on, at, key),
            )


def _sums(episodes: list[Episode], jobs: dict[Any, list[casework.Job]], at: datetime) -> None:
    """A better-off sum before a job started, of those who had one to start."""
    advice, sums, amounts = [], [], []
    received: dict[Any, list[str]] = {}
    for episode_id, benefit in Benefit.unscoped.filter(received=True).values_list("episode_id", "benefit"):
        received.setdefault(episode_id, []).append(benefit)
    for one in episodes:
        key = f"sum {one.pk}"
        if not jobs.get(one.pk) or not pick(range(3), key):
            continue
        job = jobs[one.pk][0]
        on = min(max(job.started_on - timedelta(days=4), one.referred_on), at.date())
        moment = noted(on, at, key)
        row = casework.BenefitsAdvice(
            id=site_id("benefits_advice", key),
            episode=one,
            job=job,
            on=on,
            about="before_start",
            recorded_by=one.specialist,
            created_at=moment,
        )
        total = casework.BetterOff(
            id=site_id("better_off", key),
            advice=row,
            weekly_hours=job.contract_hours,
            advised_by="Citizens’ advice office",
            told_to="dwp,council_tax",
            form_token=uuid.uuid5(uuid.NAMESPACE_OID, key),
            created_at=moment,
        )
        advice.append(row)
        sums.append(total)
        amounts += list(_amounts(total, job, moment, received.get(one.pk, ())))
    _save(casework.BenefitsAdvice, advice)
    _save(casework.BetterOff, sums)
    _save(casework.WeeklyAmount, amounts)


def _amounts(
    total: casework.BetterOff, job: casework.Job, moment: datetime, received: Collection[str]
) -> Iterator[casework.WeeklyAmount]:
    """Wages and costs of the job, and of the benefits received what becomes of them."""
    wages = Decimal(round((job.contract_hours or 16) * (job.hourly_wage or 9) * 95 / 100, 2))
    credit = Decimal("164.50")
    benefits = (
        ("universal_credit", credit, max(credit - wages * 63 / 100, Decimal(0))),
        ("esa", Decimal("111.65"), Decimal(0)),
        ("jsa", Decimal("73.10"), Decimal(0)),
        ("pip", Decimal("58.70"), Decimal("58.70")),
    )
    rows = [
        ("income", "wages", Decimal(0), wages),
        *(("income", *benefit) for benefit in benefits if benefit[0] in received),
        ("cost", "travel", Decimal(0), Decimal("17.50")),
        ("cost", "clothes_and_meals", Decimal(0), Decimal("6.00")),
    ]
    for side, code, before, after in rows:
        yield casework.WeeklyAmount(
            id=site_id("weekly_amounts", f"{total.pk} {side} {code}"),
            better_off=total,
            side=side,
            code=code,
            before=before,
            after=round(after, 2),
            created_at=moment,
        )


def _comments(episodes: list[Episode], at: datetime) -> None:
    """One person of each specialist wrote about the plan since yesterday; it waits to be read."""
    plans = {plan.episode_id: plan for plan in casework.Plan.unscoped.filter(episode__in=episodes, ended_on=None)}
    writers: dict[Any, Episode] = {}
    for one in sorted(episodes, key=lambda episode: str(episode.pk)):
        if one.pk in plans and one.specialist_id:
            writers.setdefault(one.specialist_id, one)
    links, comments = [], []
    for one in writers.values():
        key = f"plan link {one.pk}"
        made = at - timedelta(days=3)
        link = casework.PersonalLink(
            id=site_id("links", key),
            episode=one,
            purpose="plan",
            given_to="client",
            token_hash=hash_of(f"demo {one.pk}, which nobody holds"),
            made_by=one.specialist,
            expires_at=made + timedelta(days=14),
            opened_at=at - timedelta(hours=20),
            created_at=made,
        )
        links.append(link)
        comments.append(
            casework.PlanComment(
                id=site_id("plan_comments", key),
                episode=one,
                plan=plans[one.pk],
                link=link,
                text=pick(COMMENTS, key),
                form_token=uuid.uuid5(uuid.NAMESPACE_OID, key),
                created_at=at - timedelta(hours=19),
            )
        )
    _save(casework.PersonalLink, links)
    _save(casework.PlanComment, comments)


def _assessments(specification: Specification, episodes: list[Episode], at: datetime) -> None:
    """Of those who had a first appointment: completed on that day."""
    met = casework.Contact.unscoped.filter(
        episode__in=episodes, with_whom="client", attendance="attended", kind="appointment"
    )
    first: dict[Any, date] = {}
    for episode_id, on in met.order_by("on").values_list("episode_id", "on"):
        first.setdefault(episode_id, on)
    made, parts = [], []
    for one in episodes:
        if one.pk not in first or one.specialist is None:
            continue
        key, on = f"assessment {one.pk}", first[one.pk]
        row = casework.Assessment(
            id=site_id("assessments", key),
            episode=one,
            version=1,
            started_on=on,
            completed_on=on,
            face_to_face=True,
            written_by=one.specialist,
            created_at=noted(on, at, key),
        )
        made.append(row)
        for part in specification.pathway.assessment_parts:
            said = {column: pick(of, f"{key} {part.id} {column}") for column, of in PARTS.items()}
            parts.append(casework.AssessmentPart(assessment=row, part=part.id, created_at=row.created_at, **said))
    _save(casework.Assessment, made)
    _save(casework.AssessmentPart, parts)


def _after(episode: Episode, days: int, at: datetime) -> date:
    """So many days after someone was accepted, or the demo's day if that comes first."""
    assert episode.accepted_on is not None
    return min(episode.accepted_on + timedelta(days=days), at.date())
