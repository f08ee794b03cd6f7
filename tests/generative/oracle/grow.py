"""The second opinion on 003's figures: entry by acceptance, engaged by both, a job by a day or by four paid hours."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from .facts import histories
from .judgement import (
    EPISODE,
    EXCLUDED,
    JOB,
    NOT_COUNTED,
    NOT_DUE,
    PERSON,
    active,
    banded,
    event,
    judge_histories,
    referral,
)
from .work import BOUNDARY, band_over, in_work, window

SERVICE = "ips_grow"
PAID_HOURS = Decimal(4)


def accepted_on(episode, *_):
    return episode.get("accepted_on")


def with_starts(jobs, as_at):
    """The jobs with the day from which each counts in the place of its first day worked."""
    for job in jobs:
        first, begun = job["first_day_worked_on"], job["started_on"]
        if first is not None and first > as_at:
            first = None
        if first is None and begun is not None and begun <= as_at and by_hours(job):
            first = begun
        yield {**job, "first_day_worked_on": first}


def by_hours(job):
    """A part-time job that has paid four hours."""
    hours, paid = job["contract_hours"], job.get("paid_hours_to_date")
    return hours is not None and hours < BOUNDARY and paid is not None and paid >= PAID_HOURS


def engaged(question, history):
    profile = min(history.profile_ends, default=None)
    plan = min((row["agreed_on"] for row in history.plans), default=None)
    day = None if profile is None or plan is None else max(profile, plan)
    return event(question, day), day, None


def placed(question, history):
    day = history.first_job["first_day_worked_on"] if history.first_job else None
    return event(question, day), day, None


def sustained(question, history, weeks, wanted):
    if history.first_job is None:
        return NOT_DUE, None, None
    milestone = history.first_job["first_day_worked_on"] + timedelta(days=7 * weeks)
    if not question.holds(milestone):
        return EXCLUDED, milestone, None
    if milestone > question.as_at:
        return NOT_DUE, milestone, None
    if not in_work(history, milestone):
        return NOT_COUNTED, milestone, None
    return banded(question, milestone, wanted, band_over(history, window(milestone, 28)), always), milestone, None


def always(_day):
    """No document is asked for."""
    return True


INDICATORS = {
    "referrals": (EPISODE, "count", referral),
    "engaged": (PERSON, "count", engaged),
    "people_placed": (PERSON, "count", placed),
    "job_starts": (JOB, "count", None),
    "active_caseload": (PERSON, "count", active),
    **{
        f"sustained_{weeks}_weeks_{band}": (PERSON, "count", partial(sustained, weeks=weeks, wanted=band))
        for weeks in (13, 26, 52)
        for band in ("under_16", "16_and_over")
    },
}


def of_service(tables, as_at):
    """Every episode of the service, with its facts."""
    counted = {**tables, "jobs": list(with_starts(tables["jobs"], as_at))}
    return histories(counted, SERVICE, as_at, accepted_on)


def judge(everyone, indicator, question, lot=None):
    """The member table of an indicator."""
    return judge_histories(everyone, indicator, question, lot, INDICATORS)
