"""Fills an empty demo database once: places and staff, people, their work, and sign-ins for every role."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from placewell import synthetic
from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.accounts.models import Posting, Role, User
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.exchange.demo.around_jobs import load_around_jobs
from placewell_web.exchange.demo.arrivals import load_arrivals
from placewell_web.exchange.demo.begun import load_begun
from placewell_web.exchange.demo.courses import load_courses
from placewell_web.exchange.demo.documents import load_documents
from placewell_web.exchange.demo.employers import load_relationships
from placewell_web.exchange.demo.falling_due import due_from, let_fall_due
from placewell_web.exchange.demo.follow_ups import answer_again
from placewell_web.exchange.demo.job_details import load_job_details
from placewell_web.exchange.demo.keeping import keep_up
from placewell_web.exchange.demo.lately import six_weeks_lately
from placewell_web.exchange.demo.leaving import let_one_leave
from placewell_web.exchange.demo.meetings import held
from placewell_web.exchange.demo.papers import load_papers
from placewell_web.exchange.demo.people import load_people
from placewell_web.exchange.demo.places import load_places, site_id
from placewell_web.exchange.demo.questionnaires import load_questionnaires
from placewell_web.exchange.demo.screenings import load_screenings
from placewell_web.exchange.demo.team import load_team
from placewell_web.exchange.demo.today import load_today
from placewell_web.exchange.demo.trial import load_training, load_trial
from placewell_web.exchange.demo.trial_data import agree_with_trial
from placewell_web.exchange.demo.trouble import let_trouble_arise
from placewell_web.exchange.demo.unsaved import leave_unsaved
from placewell_web.exchange.demo.waiting import let_wait
from placewell_web.exchange.demo.work import load_work
from placewell_web.trial.allocator.demo_history import DemoDraws

PEOPLE = 600
SEED = 2019
ARRANGED = (
    six_weeks_lately,
    agree_with_trial,
    let_one_leave,
    answer_again,
    let_wait,
    keep_up,
    let_fall_due,
    let_trouble_arise,
)
"""What is done to the made-up data set, one after the other."""


def is_loaded() -> bool:
    return User.objects.exists()


def load(specification: Specification, at: datetime) -> None:
    """Loads everything in one transaction, or nothing. `at` is the demo's moment; no fact is dated after its day."""
    dataset = made_up(specification, at.date(), PEOPLE)
    soonest = due_from(specification, dataset, at.date())
    with transaction.atomic():
        places = load_places(specification, dataset, specification.service.contract_start)
        load_training(dataset, places, at)
        load_people(dataset, places, at)
        meetings = held(specification, dataset, at)
        answered_at = {one.episode_id: one.answered_at for one in meetings if one.drawn_at}
        load_screenings(specification, dataset, places, at, answered_at)
        load_trial(specification, dataset, places, at, meetings)
        load_begun(specification, dataset, places, at)
        load_work(dataset, places, at, {one.episode_id: one.moments["baseline_at"] for one in meetings if one.drawn_at})
        load_job_details(at)
        load_around_jobs(dataset, places, at)
        load_today(places, at, soonest)
        load_team(dataset, places, at)
        load_arrivals(at)
        leave_unsaved(places, at)
        load_papers(at)
        load_questionnaires(specification, dataset, places, at)
        load_relationships(places, at)
        load_courses(at)
        load_documents(specification, at)
        users = [user.pk for user in _signing_in(dataset, at.date()).values()]
        User.objects.filter(pk__in=users).update(password=make_password(settings.DEMO_PASSWORD))
        record(
            by=Actor.system("demo"),
            at=at,
            verb="load_demo",
            target_kind="service",
            target_id=specification.service.id,
            detail={"people": PEOPLE, "seed": SEED},
        )


def made_up(specification: Specification, day: date, people: int) -> Dataset:
    """Made-up people whose caseloads are kept as good services keep them, with a little of everything due."""
    arms = DemoDraws(specification) if specification.trial else None
    made = synthetic.make(specification, people=people, seed=SEED, through=day, arms=arms)
    for arrange in ARRANGED:
        made = arrange(specification, made, day)
    return made


def _signing_in(dataset: Dataset, day: date) -> dict[str, User]:
    """The busiest specialist and that team's leader; whoever holds the only posts of the other roles."""
    held = [
        posting
        for posting in Posting.objects.select_related("user", "team").order_by("user__name")
        if posting.from_on <= day and (posting.to_on is None or posting.to_on >= day)
    ]
    open_cases = Counter(
        dataset["episodes"].filter(dataset["episodes"]["closed_on"].is_null())["specialist_id"].drop_nulls().to_list()
    )
    cases = {site_id("staff", staff): count for staff, count in open_cases.items()}
    specialists = [posting for posting in held if posting.role == Role.SPECIALIST]
    busiest = max(specialists, key=lambda posting: cases.get(posting.user_id, 0))
    chosen = {Role.SPECIALIST.value: busiest.user}
    for posting in held:
        if posting.role == Role.TEAM_LEADER and posting.team_id not in (None, busiest.team_id):
            continue
        chosen.setdefault(posting.role, posting.user)
    return chosen
