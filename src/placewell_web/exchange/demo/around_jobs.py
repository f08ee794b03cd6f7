"""The demo's benefits advice, problems in jobs and changes of pay, with made-up words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from placewell.dataset import Dataset
from placewell_web.casework import models as casework
from placewell_web.exchange.demo.places import Places, site_id
from placewell_web.exchange.demo.words import pick
from placewell_web.exchange.demo.work import Loader

ADVISED = (
    "Went through the sums together; better off with the job.",
    "Explained what happens to Universal Credit with each pay day.",
    "Travel and lunch counted in; will tell the council about the new income.",
)
PROBLEMS = {
    "health": "Slept badly and dreads the early shift.",
    "attendance": "Late twice this week; the bus was changed.",
    "tasks": "Finds the till hard when it is busy.",
    "hours_or_pay": "The first pay slip does not show all hours.",
    "colleagues": "A harsh word from the supervisor.",
    "adjustments": "The quieter desk has not come yet.",
    "notice": "Told that the contract may not go on.",
}


def load_around_jobs(dataset: Dataset, places: Places, at: datetime) -> None:
    """The tables that hang on jobs and come after them."""
    loader = Loader(dataset, places, at, {})
    loader.save(casework.BenefitsAdvice, _advice(loader))
    loader.save(casework.JobProblem, _problems(loader))
    loader.save(casework.JobPay, _pay(loader))
    loader.save(casework.SupportRequest, _requests(loader))


ASKED = {
    "person": "The shifts change next month and they would like to talk it through.",
    "employer": "The manager rang: happy with the work, worried about the last two weeks.",
}


def _job(row: dict[str, Any]) -> UUID | None:
    return site_id("jobs", row["job_id"]) if row["job_id"] else None


def _advice(loader: Loader) -> Iterator[casework.BenefitsAdvice]:
    for row in loader.rows("benefits_advice"):
        key = f"advice {row['episode_id']} {row['on']}"
        yield casework.BenefitsAdvice(
            episode_id=loader.episode(row),
            job_id=_job(row),
            on=row["on"],
            about=row["about"],
            words=pick(ADVISED, key),
            recorded_by_id=loader.member_of_staff(row),
            created_at=loader.then(row["on"], key),
        )


def _requests(loader: Loader) -> Iterator[casework.SupportRequest]:
    for row in loader.rows("support_requests"):
        yield casework.SupportRequest(
            id=site_id("support_requests", row["support_request_id"]),
            episode_id=loader.episode(row),
            on=row["on"],
            asked_by=row["asked_by"],
            granted=row["granted"],
            decided_on=row["decided_on"],
            words=ASKED[row["asked_by"]],
            decided_by=loader.leader_of(row),
            form_token=site_id("request forms", row["support_request_id"]),
            created_at=loader.then(row["on"], f"asked again {row['episode_id']}"),
        )


def _problems(loader: Loader) -> Iterator[casework.JobProblem]:
    for row in loader.rows("job_problems"):
        yield casework.JobProblem(
            id=site_id("job_problems", row["job_problem_id"]),
            episode_id=loader.episode(row),
            job_id=_job(row),
            known_on=row["known_on"],
            kind=row["kind"],
            words=PROBLEMS.get(row["kind"], ""),
            recorded_by_id=loader.member_of_staff(row),
            created_at=loader.then(row["known_on"], row["job_problem_id"]),
        )


def _pay(loader: Loader) -> Iterator[casework.JobPay]:
    for row in loader.rows("job_pay"):
        yield casework.JobPay(
            job_id=_job(row),
            from_on=row["from_on"],
            hourly_wage=row["hourly_wage"],
            created_at=loader.then(row["from_on"], f"pay {row['job_id']}"),
        )
