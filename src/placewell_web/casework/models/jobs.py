"""Jobs, and the hours worked in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer


class Job(Record):
    """A job (table `jobs`); hours that change are spells of `JobHours`."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="jobs")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    title = models.CharField(max_length=120, blank=True)
    started_on = models.DateField()
    first_day_worked_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    end_known_on = models.DateField(null=True, blank=True, help_text="the day the service learned of the end")
    contract_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    paid_hours_to_date = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    self_employed = models.BooleanField(null=True)
    competitive = models.BooleanField(null=True)
    contract_type = models.CharField(max_length=30, blank=True)
    hourly_wage = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    occupation = models.CharField(max_length=4, blank=True, help_text="SOC 2020, any level")
    industry = models.CharField(max_length=5, blank=True, help_text="SIC 2007, any level")
    disclosed = models.BooleanField(null=True)
    pays_minimum = models.BooleanField(null=True, help_text="pays at least the minimum wage, as said or worked out")
    open_to_anyone = models.BooleanField(null=True)
    set_aside = models.BooleanField(null=True, help_text="kept for people with a condition or disability")
    next_help = models.CharField(max_length=20, blank=True, help_text="after its end: offered | accepted | declined")
    next_help_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="job_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(contract_hours__isnull=True) | Q(contract_hours__gt=0), name="job_hours_above_zero"
            ),
        ]


class JobHours(Record):
    """A spell of weekly hours within a job (table `job_hours`); `to_on` is its last day, null while it lasts."""

    episode_path = "job__episode"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="hours")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["from_on"]
        constraints = [models.UniqueConstraint(fields=["job", "from_on"], name="one_spell_a_day")]


class JobPay(Record):
    """A change of pay within a job (table `job_pay`); the pay at the start stands with the job."""

    episode_path = "job__episode"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="pay")
    from_on = models.DateField()
    hourly_wage = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(fields=["job", "from_on"], name="one_pay_a_day"),
            models.CheckConstraint(condition=Q(hourly_wage__gt=0), name="job_pay_above_zero"),
        ]


class JobProblem(Record):
    """A problem in a job that the service learned of (table `job_problems`; 002 App. 7 Sv 12)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="job_problems")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="problems")
    known_on = models.DateField()
    kind = models.CharField(max_length=30)
    words = models.CharField(max_length=500, blank=True)
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
