"""A small data set of Thrive Into Work with known figures, and the report made from it."""

from datetime import date

import pytest

from placewell.dataset import Dataset
from placewell.periods import parse_period
from placewell.reports import report_object
from placewell.specification import load

LOTS = ("dudley", "wolverhampton")


def person(number, *, hours, kind, lot, practice="M99100"):
    """One person accepted on 2 April 2019, with a profile, a job from 6 May and a verified document."""
    episode, job = f"ep{number}", f"job{number}"
    return {
        "people": {"person_id": f"p{number}", "gender": "1" if number % 2 else "2"},
        "episodes": {
            "episode_id": episode,
            "person_id": f"p{number}",
            "service_id": "thrive_into_work",
            "lot": lot,
            "gp_practice": practice,
            "referred_on": "2019-04-01",
            "accepted_on": "2019-04-02",
            "source": "gp",
        },
        "profiles": {"episode_id": episode, "version": 1, "started_on": "2019-04-08", "completed_on": "2019-04-15"},
        "jobs": {
            "job_id": job,
            "episode_id": episode,
            "first_day_worked_on": "2019-05-06",
            "contract_hours": hours,
            "competitive": "true",
            "occupation": "9233",
        },
        "evidence": {
            "evidence_id": f"doc{number}",
            "episode_id": episode,
            "outcome": "job_start",
            "kind": kind,
            "about_on": "2019-05-06",
            "received_on": "2019-05-20",
            "status": "verified",
            "verified_on": "2019-05-21",
            "decided_on": "2019-05-21",
        },
    }


@pytest.fixture(scope="session")
def dataset():
    """Five people at work: 12 hours; exactly 16, by declaration; 30; hours not known; 20 without a document."""
    made = [
        person(1, hours="12", kind="payslip", lot=LOTS[0]),
        person(2, hours="16", kind="client_declaration", lot=LOTS[0]),
        person(3, hours="30", kind="contract", lot=LOTS[1], practice="M99101"),
        person(4, hours=None, kind="contract", lot=LOTS[1], practice=None),
        person(5, hours="20", kind="contract", lot=LOTS[1]),
    ]
    rows = {table: [each[table] for each in made] for table in made[0]}
    rows["evidence"] = rows["evidence"][:4]
    return Dataset.from_rows(rows)


@pytest.fixture(scope="session")
def spec():
    return load("thrive_into_work")


@pytest.fixture(scope="session")
def period(spec):
    return parse_period("Y2Q3", spec.service.first_quarter_starts)


@pytest.fixture(scope="session")
def report(spec, dataset, period):
    return report_object(spec, dataset, period, date(2019, 6, 30))


@pytest.fixture(scope="session")
def by_id(report):
    return {figure["id"]: figure for figure in report["indicators"]}
