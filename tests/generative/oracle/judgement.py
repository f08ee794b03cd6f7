"""The member table of each indicator of 002: who counted, who did not, who is not due, who is excluded."""

from datetime import timedelta
from functools import partial

from .facts import histories
from .proof import proved
from .work import band_of, band_over, days_in_work, in_work, window

SERVICE = "thrive_into_work"
EXCLUDED, NOT_DUE, COUNTED, NOT_COUNTED = "excluded", "not_due", "counted", "not_counted"


class Question:
    """One indicator asked of a period [start, end) as at a day."""

    def __init__(self, start, end, as_at):
        self.start, self.end, self.as_at = start, end, as_at

    def holds(self, day):
        return self.start <= day < self.end


def event(question, day, *conditions):
    """A thing that happened on a day (None: not yet); its further conditions are asked only in the period."""
    if day is not None and not question.holds(day):
        return EXCLUDED
    if day is None:
        return NOT_DUE
    return COUNTED if all(conditions) else NOT_COUNTED


def referral(question, history):
    day = history.row["referred_on"]
    return event(question, day), day, None


def re_referral(question, history):
    day = history.row["referred_on"]
    return event(question, day, history.has_earlier_episode), day, None


def first_contact(question, history):
    received = history.row["referred_on"]
    day = min((on for on in history.two_way_ever if on >= received), default=None)
    return event(question, day), day, None if day is None else (day - received).days


def met_once(question, history):
    day = history.appointments[0] if history.appointments else None
    return event(question, day), day, None


def engaged(question, history):
    days = [*history.appointments[2:3], *sorted(history.profile_ends)[:1]]
    day = min(days, default=None)
    return event(question, day), day, None


def profile_completed(question, history):
    day = min(history.profile_ends, default=None)
    return event(question, day), day, None


def applied(question, history):
    limit = history.entered_on + timedelta(days=28)
    if not question.holds(limit):
        return EXCLUDED, limit, None
    if limit > question.as_at:
        return NOT_DUE, limit, None
    in_time = any(history.entered_on <= on <= limit for on in history.applications)
    return COUNTED if in_time else NOT_COUNTED, limit, None


def banded(question, day, wanted, band, proof):
    """Outside the period or in the other band: excluded; hours unknown or proof missing: not counted."""
    if day is not None and not question.holds(day):
        return EXCLUDED
    if day is not None and band not in (wanted, "unknown"):
        return EXCLUDED
    return event(question, day, band == wanted, day is not None and proof(day))


def job_start(question, history, wanted):
    job = history.first_job
    if job is None:
        return NOT_DUE, None, None
    proof = partial(prove, history, "job_start", question.as_at, job["job_id"])
    day = job["first_day_worked_on"]
    return banded(question, day, wanted, band_of(job["contract_hours"]), proof), day, None


def prove(history, outcome, as_at, job_id, day):
    return proved(history, outcome, day, as_at, job_id)


def six_weeks(question, history, wanted):
    days = days_in_work(history, 42, question.as_at)
    if days is None:
        return NOT_DUE, None, None
    proof = partial(prove, history, "six_weeks", question.as_at, None)
    return banded(question, days[-1], wanted, band_over(history, days), proof), days[-1], None


def sustained(question, history, wanted):
    if history.first_job is None:
        return NOT_DUE, None, None
    milestone = history.first_job["first_day_worked_on"] + timedelta(days=182)
    if not question.holds(milestone):
        return EXCLUDED, milestone, None
    if milestone > question.as_at:
        return NOT_DUE, milestone, None
    if not in_work(history, milestone):  # an outcome that was not reached has no band
        return NOT_COUNTED, milestone, None
    proof = partial(prove, history, "sustained_26_weeks", question.as_at, None)
    band = band_over(history, window(milestone, 28))
    return banded(question, milestone, wanted, band, proof), milestone, None


def total_days(question, history, wanted):
    days = days_in_work(history, wanted, question.as_at)
    day = None if days is None else days[-1]
    return event(question, day), day, None


def days_to_first_job(question, history):
    job = history.first_job
    begun = min(history.profile_starts, default=None)
    day = None if job is None else job["first_day_worked_on"]
    if begun is None:
        return EXCLUDED, day, None
    return event(question, day), day, None if day is None else (day - begun).days


def active(question, history):
    day = min(question.end - timedelta(days=1), question.as_at)
    if history.entered_on > day:
        return EXCLUDED, None, None
    closed = history.row.get("closed_on")
    is_open = closed is None or closed > day
    in_touch = any(on in history.two_way for on in window(day, 28))
    planned = any(
        plan["agreed_on"] <= day and (plan["ended_on"] is None or plan["ended_on"] >= day) for plan in history.plans
    )
    return COUNTED if is_open and in_touch and planned else NOT_COUNTED, None, None


EPISODE, PERSON, JOB = "episode", "person", "job"
INDICATORS = {
    "referrals": (EPISODE, "count", referral),
    "re_referrals": (EPISODE, "count", re_referral),
    "days_to_first_contact": (EPISODE, "median", first_contact),
    "met_once": (PERSON, "count", met_once),
    "engaged": (PERSON, "count", engaged),
    "profile_completed": (PERSON, "count", profile_completed),
    "applied_within_4_weeks": (PERSON, "proportion", applied),
    "job_start_under_16": (PERSON, "count", partial(job_start, wanted="under_16")),
    "job_start_16_and_over": (PERSON, "count", partial(job_start, wanted="16_and_over")),
    "job_starts": (JOB, "count", None),
    "days_to_first_job": (PERSON, "median", days_to_first_job),
    "six_weeks_under_16": (PERSON, "count", partial(six_weeks, wanted="under_16")),
    "six_weeks_16_and_over": (PERSON, "count", partial(six_weeks, wanted="16_and_over")),
    "sustained_26_weeks_under_16": (PERSON, "count", partial(sustained, wanted="under_16")),
    "sustained_26_weeks_16_and_over": (PERSON, "count", partial(sustained, wanted="16_and_over")),
    "six_weeks_total": (PERSON, "count", partial(total_days, wanted=42)),
    "six_months_total": (PERSON, "count", partial(total_days, wanted=182)),
    "active_caseload": (PERSON, "count", active),
}


def key_of(code):
    """The recorded code; booleans in words; absent: unknown."""
    if code is None:
        return "unknown"
    return str(code).lower() if isinstance(code, bool) else str(code)


def member(history, subject_id, status, day, value, job):
    """One row of the member table with its breakdown values; a job's attributes are the first job start's."""
    job = job or {}
    cells = {
        "lot": history.row.get("lot"),
        "source": history.row.get("source"),
        "primary_condition": history.row.get("primary_condition"),
        "gender": history.person.get("gender"),
        "gp_practice": history.row.get("gp_practice"),
        "occupation": job.get("occupation"),
        "industry": job.get("industry"),
        "self_employed": job.get("self_employed"),
    }
    keys = {name: key_of(code) for name, code in cells.items()}
    return {
        "subject_id": subject_id,
        "episode_id": history.row["episode_id"],
        "person_id": history.row["person_id"],
        "status": status,
        "outcome_on": day,
        "value": value,
        "cells": keys,
    }


def judge(tables, indicator, start, end, as_at, lot=None):
    """The member table: a list of dicts, in the order of the episodes."""
    question = Question(start, end, as_at)
    return judge_histories(histories(tables, SERVICE, as_at), indicator, question, lot)


def judge_histories(everyone, indicator, question, lot=None, indicators=INDICATORS):
    """The same from histories already cut at the as-at day (they can be shared by all indicators)."""
    subject, measure, decide = indicators[indicator]
    asked = [history for history in everyone if lot is None or history.row.get("lot") == lot]
    if subject == EPISODE:
        return [
            member(history, history.row["episode_id"], *decide(question, history), history.first_job)
            for history in asked
        ]
    entered = [history for history in asked if history.entered_on is not None]
    if subject == JOB:
        return [
            member(
                history,
                job["job_id"],
                event(question, job["first_day_worked_on"]),
                job["first_day_worked_on"],
                None,
                job,
            )
            for history in entered
            for job in history.jobs
        ]
    rows = [
        member(history, history.row["person_id"], *decide(question, history), history.first_job) for history in entered
    ]
    return once_per_person(rows, measure)


def once_per_person(rows, measure):
    """The first episode that counts stands; where none counts, a proportion still holds the person once."""
    stands_for = (COUNTED, NOT_COUNTED) if measure == "proportion" else (COUNTED,)
    settled = {}
    for status in stands_for:
        for row in rows:
            if row["status"] == status:
                settled.setdefault(row["person_id"], row)
    for row in rows:
        chosen = settled.get(row["person_id"])
        if chosen is None or chosen is row:
            continue
        if chosen["status"] == COUNTED or row["status"] in stands_for:
            row["status"] = EXCLUDED
    return rows
