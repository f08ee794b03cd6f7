"""The form of a job: who for, as what, from when, for what pay, and whether it is a competitive one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from placewell.vocabulary import PERIODS, hourly_pay, labels
from placewell_web.casework.actions.jobs import JobFacts, before_it_begins
from placewell_web.casework.wages import least_at
from placewell_web.nhsuk import words
from placewell_web.nhsuk.code_search import CodeField, Typed, as_typed, typed_so_far
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, HoursField, MoneyField, PlainCharField

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
TRUTH = {"yes": True, "no": False}
SAID = {True: "yes", False: "no", None: "not_known"}
MOST_AN_HOUR = Decimal("99999.99")
AHEAD = timedelta(days=366)  # a start further off is a slip of the year
OWN_ANSWERS = ("pays_minimum", "open_to_anyone", "set_aside")


class JobForm(forms.Form):
    """What is known of a job today; hours and pay may come later."""

    version = forms.IntegerField(required=False, **VERSION)
    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    employer = PlainCharField(
        label="Employer",
        max_length=200,
        help_text="Choose one that is known, or type a new name.",
        widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"}),
    )
    town = PlainCharField(label="Town of the employer", max_length=100, help_text="Of a new one.")
    title = PlainCharField(label="Job title", max_length=120, missing="Enter the job title.")
    occupation = CodeField(
        kind="occupation",
        label="Job role",
        help_text="A word or two, like cleaner or care assistant. With none, Search takes the job title.",
        suggest_from="title",
    )
    industry = CodeField(
        kind="industry",
        label="Industry of the employer",
        help_text="Like supermarket or care home. With none, what is known of the employer is taken.",
    )
    started_on = DateField(label="Start date in the contract", missing="Enter the start date.")
    first_day_worked_on = DateField(label="First day worked", help_text="Leave empty until they have worked a day.")
    contract_hours = HoursField(label="Hours a week in the contract", help_text="Leave empty if not known, like 15.5")
    pay = MoneyField(label="Pay", above_least=True, help_text="By the week, month or year it is turned to pay an hour.")
    pay_period = ChoiceField(label="Paid", choices=list(PERIODS.items()), as_list=True, required=False)
    contract_type = ChoiceField(label="Kind of contract", choices=(), as_list=True)
    self_employed = ChoiceField(
        label="Self-employed?", choices=YES_NO, missing="Choose whether they are self-employed."
    )
    pays_minimum = ChoiceField(
        label="Does it pay at least the minimum wage?",
        choices=YES_NO,
        help_text="Worked out where pay and age are known. Not asked of self-employed people.",
    )
    open_to_anyone = ChoiceField(
        label="Could anyone have applied?", choices=YES_NO, missing="Choose whether anyone could have applied."
    )
    set_aside = ChoiceField(
        label="Is it set aside for people with a condition or disability?",
        choices=YES_NO,
        missing="Choose whether it is set aside.",
    )
    disclosed = ChoiceField(label="Does the employer know of a condition?", choices=YES_NO)
    advised = ChoiceField(
        label="Have they had advice on what this job does to their benefits?",
        choices=(("yes", "Yes"), ("no", "Not yet")),
    )
    advised_on = DateField(label="Day of the advice")

    def __init__(
        self,
        *arguments: Any,
        today: date,
        earliest: date,
        birth_date: date | None,
        pay_since: Any = None,
        job: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.birth_date, self.pay_since, self.job = birth_date, pay_since, job
        if pay_since is not None:
            now = f"It pays {words.money(pay_since.hourly_wage)} an hour since {words.day(pay_since.from_on)}."
            self.fields["pays_minimum"].help_text = f"{now} Answer for the job as it is now."
            self.fields["pay"].help_text = "At the start. Later changes stand with the job."
        self._limits("started_on", earliest, today + AHEAD)
        self._limits("first_day_worked_on", earliest, today)
        self._limits("advised_on", earliest, today)
        contracts = [("", "Not known"), *(item for item in labels("contract_type").items() if item[0] != "not_known")]
        self.fields["contract_type"].choices = contracts  # type: ignore[attr-defined]

    def _limits(self, name: str, earliest: date, latest: date | None) -> None:
        field = self.fields[name]
        assert isinstance(field, DateField)
        field.earliest, field.latest = earliest, latest

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, first = said.get("started_on"), said.get("first_day_worked_on")
        if starts and first and first < starts:
            self.add_error(
                "first_day_worked_on", f"The first day worked must be on or after {words.day(starts)}, the start."
            )
        begins = first or starts
        if self.job is not None and begins and (why := before_it_begins(self.job, begins)):
            self.add_error("first_day_worked_on" if first else "started_on", why)
        said["hourly_wage"] = self._hourly(said)
        if said.get("advised") == "yes" and not said.get("advised_on") and "advised_on" not in self.errors:
            self.add_error("advised_on", "Enter the day of the advice.")
        self._judge_pay(said)
        return said

    def _hourly(self, said: dict[str, Any]) -> Decimal | None:
        """The pay as pay an hour, with a message where it can't be worked out or is more than can be."""
        amount, hours = said.get("pay"), said.get("contract_hours")
        if amount is None:
            return None
        found = hourly_pay(amount, said.get("pay_period") or "hour", hours)
        if found is None and "contract_hours" not in self.errors:
            self.add_error("contract_hours", "Enter the hours a week, so that the pay an hour can be worked out.")
        if found is not None and not 0 < found <= MOST_AN_HOUR:
            self.add_error("pay", "Pay comes to no sensible sum an hour. Check it, and whether it is by the hour.")
        return found

    def _judge_pay(self, said: dict[str, Any]) -> None:
        """What pay and age say of the minimum wage counts more than the answer (002 App. 7 Sv 10).

        Not of pay that has changed since the start; self-employed people have no minimum wage.
        """
        starts, wage = said.get("first_day_worked_on") or said.get("started_on"), said["hourly_wage"]
        own = said.get("self_employed") == "yes"
        least = least_at(self.birth_date, starts, said.get("contract_type", "")) if starts else None
        if own:
            said["pays_minimum"] = ""
        if own or wage is None or least is None or (self.pay_since is not None and said.get("pays_minimum")):
            return
        said["pays_minimum"] = "yes" if wage >= least else "no"

    def facts(self) -> JobFacts:
        said = self.cleaned_data
        answers = {name: TRUTH.get(said[name]) for name in ("self_employed", *OWN_ANSWERS, "disclosed")}
        return JobFacts(
            title=said["title"],
            employer=said["employer"],
            town=said["town"],
            started_on=said["started_on"],
            first_day_worked_on=said["first_day_worked_on"],
            contract_hours=said["contract_hours"],
            contract_type=said["contract_type"],
            hourly_wage=said["hourly_wage"],
            occupation=said["occupation"],
            industry=said["industry"],
            advised_on=said["advised_on"] if said["advised"] == "yes" else None,
            form_token=said["form_token"],
            **answers,
        )


def asked_again(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed when a search was asked for; a role with no words of its own is looked up by the job title."""
    initial = typed_so_far(JobForm, data)
    role = as_typed(initial["occupation"])
    if data.get("search") == "occupation" and not role.words:
        initial["occupation"] = Typed(initial["title"] or "", role.code)
    return initial


def as_recorded(job: Any) -> dict[str, Any]:
    """The job as initial values of the form; a judgement recorded without its questions answers them."""
    plain = ("version", "title", "started_on", "first_day_worked_on", "contract_hours", "contract_type")
    found = {name: getattr(job, name) for name in (*plain, "occupation", "industry")}
    answers = {name: getattr(job, name) for name in OWN_ANSWERS}
    if job.competitive and set(answers.values()) == {None}:
        answers = {"pays_minimum": True, "open_to_anyone": True, "set_aside": False}
    found |= {name: SAID[value] for name, value in answers.items()}
    found |= {name: SAID[getattr(job, name)] for name in ("self_employed", "disclosed")}
    employer = job.employer.name if job.employer else ""
    found["contract_hours"] = words.hours(job.contract_hours) if job.contract_hours is not None else ""
    found["contract_type"] = "" if job.contract_type == "not_known" else job.contract_type
    return found | {"employer": employer, "pay": job.hourly_wage, "pay_period": "hour"}
