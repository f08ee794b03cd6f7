"""What the data set does not tell of jobs: roles in full, a rise, a problem that was met, help with the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from placewell_web.casework.models import BenefitsAdvice, Contact, Job, JobPay, JobProblem
from placewell_web.exchange.demo.words import pick

# group (SOC 2020) and section (SIC 2007) of the data set: the title, the role and the industry in full
DETAILS = {
    ("92", "I"): ("Kitchen assistant", "9263", "56101"),
    ("92", "N"): ("Cleaner", "9223", "81210"),
    ("92", "H"): ("Warehouse operative", "9252", "52103"),
    ("91", "C"): ("Packer", "9132", "10890"),
    ("71", "G"): ("Shop assistant", "7111", "47110"),
    ("72", "N"): ("Call handler", "7211", "82200"),
    ("61", "Q"): ("Care assistant", "6135", "87300"),
    ("61", "P"): ("Teaching assistant", "6112", "85200"),
    ("41", "O"): ("Office assistant", "4159", "84110"),
    ("41", "Q"): ("Administrator", "4159", "86210"),
    ("82", "H"): ("Delivery driver", "8214", "53202"),
    ("81", "C"): ("Production operative", "8111", "10850"),
    ("53", "F"): ("Decorator", "5323", "43341"),
}
PROBLEMS = (
    ("health", "A bad spell with sleep; asked for later starts."),
    ("hours_or_pay", "Shifts changed at short notice."),
    ("colleagues", "A misunderstanding with the supervisor."),
    ("adjustments", "The quiet break that was agreed is not in the rota."),
)
ANSWERS = ("accepted", "accepted", "declined", "offered")
RISE_AFTER, RISE = timedelta(days=120), Decimal("0.30")
SETTLED = timedelta(days=14)  # nothing here falls due
ONE_IN_PROBLEM, ONE_IN_RISE = 6, 4


def load_job_details(at: datetime) -> None:
    """Add to the jobs that were loaded; every addition is answered already, so that no clock starts from it."""
    jobs = list(Job.unscoped.order_by("started_on", "id"))
    for job in jobs:
        _complete(job, at.date())
    told = [
        "title",
        "occupation",
        "industry",
        "pays_minimum",
        "open_to_anyone",
        "set_aside",
        "next_help",
        "next_help_on",
    ]
    Job.unscoped.bulk_update(jobs, told, batch_size=500)
    running = [job for job in jobs if job.ended_on is None]
    _rises([job for job in running if _one_in(ONE_IN_RISE, job, "rise")], at)
    _problems([job for job in running if _one_in(ONE_IN_PROBLEM, job, "problem")], at)


def _complete(job: Job, today: date) -> None:
    running = job.ended_on is None
    if running and (found := DETAILS.get((job.occupation, job.industry))):
        job.title, job.occupation, job.industry = found
    if job.competitive:
        job.pays_minimum, job.open_to_anyone, job.set_aside = True, True, False
    if job.ended_on is not None and job.ended_on < today - SETTLED:
        job.next_help = pick(ANSWERS, f"next help {job.pk}")
        job.next_help_on = job.ended_on + timedelta(days=2)


def _rises(jobs: list[Job], at: datetime) -> None:
    """A rise long ago, with advice on what it does to benefits on the same day."""
    risen = [job for job in jobs if job.hourly_wage is not None and job.started_on + RISE_AFTER < at.date() - SETTLED]
    JobPay.unscoped.bulk_create(
        JobPay(job=job, from_on=job.started_on + RISE_AFTER, hourly_wage=(job.hourly_wage or 0) + RISE, created_at=at)
        for job in risen
    )
    BenefitsAdvice.unscoped.bulk_create(
        BenefitsAdvice(
            episode_id=job.episode_id, job=job, on=job.started_on + RISE_AFTER, about="change", created_at=at
        )
        for job in risen
    )


def _problems(jobs: list[Job], at: datetime) -> None:
    """A problem heard of in a meeting, so that it was spoken about on the day."""
    met = Contact.unscoped.filter(
        episode__in=[job.episode_id for job in jobs],
        attendance="attended",
        with_whom="client",
        on__lt=at.date() - SETTLED,
    )
    last = dict(met.order_by("on").values_list("episode_id", "on"))
    JobProblem.unscoped.bulk_create(
        JobProblem(
            episode_id=job.episode_id,
            job=job,
            known_on=last[job.episode_id],
            kind=pick(PROBLEMS, f"problem {job.pk}")[0],
            words=pick(PROBLEMS, f"problem {job.pk}")[1],
            created_at=at,
        )
        for job in jobs
        if job.episode_id in last and last[job.episode_id] > (job.first_day_worked_on or job.started_on)
    )


def _one_in(number: int, job: Job, what: str) -> bool:
    return pick(range(number), f"{what} {job.pk}") == 0
