"""Days in work and hours, one day after the other."""

from datetime import timedelta
from decimal import Decimal

BOUNDARY = Decimal(16)
ONE_DAY = timedelta(days=1)


def covers(job, day):
    """From the first day worked to the end, both days included; no end: still."""
    return job["first_day_worked_on"] <= day and (job["ended_on"] is None or day <= job["ended_on"])


def in_work(history, day):
    return any(covers(job, day) for job in history.jobs)


def days_in_work(history, wanted, as_at):
    """The first `wanted` days in work since the first job start, or None when there are fewer by the as-at day."""
    found = []
    if history.first_job is None:
        return None
    day = history.first_job["first_day_worked_on"]
    while day <= as_at:
        if in_work(history, day):
            found.append(day)
            if len(found) == wanted:
                return found
        day += ONE_DAY
    return None


def hours_of_job(history, job, day):
    """The spell that covers the day, else the contract; None when neither says."""
    for spell in history.spells.get(job["job_id"], ()):
        if spell["from_on"] <= day and (spell["to_on"] is None or day <= spell["to_on"]):
            return spell["weekly_hours"]
    return job["contract_hours"]


def band_of(hours):
    if hours is None:
        return "unknown"
    return "under_16" if Decimal(hours) < BOUNDARY else "16_and_over"


def band_over(history, days):
    """Mean weekly hours over these days, simultaneous jobs added; one unknown makes the whole unknown."""
    total = Decimal(0)
    for day in days:
        for job in history.jobs:
            if covers(job, day):
                hours = hours_of_job(history, job, day)
                if hours is None:
                    return "unknown"
                total += Decimal(hours)
    # the mean is below the boundary exactly when the sum is below boundary × days: no division, no rounding
    return "under_16" if total < BOUNDARY * len(days) else "16_and_over"


def window(last, length):
    return [last - timedelta(days=back) for back in range(length)]
