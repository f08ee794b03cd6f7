"""A job, a change of hours, the end of a job; with a warning where the pay is under the minimum wage."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from placewell.periods import age_on
from placewell.vocabulary import labels, minimum_wage
from placewell_web.casework.actions.jobs import JobFacts
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, HoursField, MoneyField, PlainCharField
from placewell_web.nhsuk.words import day, money

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
TRUTH = {"yes": True, "no": False}


class JobForm(forms.Form):
    """What is known of a job today; hours and pay may come later."""

    version = forms.IntegerField(required=False, **VERSION)
    title = PlainCharField(label="Job title", max_length=120, missing="Enter the job title.")
    employer = PlainCharField(
        label="Employer", max_length=200, widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"})
    )
    started_on = DateField(label="Start date in the contract", missing="Enter the start date.")
    first_day_worked_on = DateField(label="First day worked", help_text="Leave empty until they have worked a day.")
    contract_hours = HoursField(label="Hours a week in the contract", help_text="Leave empty if not known, like 15.5")
    hourly_wage = MoneyField(label="Pay an hour", help_text="Or what it comes to an hour")
    contract_type = ChoiceField(label="Kind of contract", choices=(), as_list=True)
    self_employed = ChoiceField(label="Self-employed?", choices=YES_NO, missing="Choose yes or no.", inline=True)
    competitive = ChoiceField(
        label="Is it a competitive job?",
        choices=YES_NO,
        missing="Choose whether it is a competitive job.",
        inline=True,
        help_text="Pays at least the minimum wage, open to anyone, not set aside for people with a condition.",
    )
    occupation = ChoiceField(label="Job role (SOC 2020)", choices=(), as_list=True)
    industry = ChoiceField(label="Industry (SIC 2007)", choices=(), as_list=True)
    disclosed = ChoiceField(label="Does the employer know of a condition?", choices=YES_NO, inline=True)
    low_pay_checked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, today: date, earliest: date, birth_date: date | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.birth_date, self.low_pay = birth_date, ""
        self._limits("started_on", earliest, None)
        self._limits("first_day_worked_on", earliest, today)
        for name in ("contract_type", "occupation", "industry"):
            self.fields[name].choices = [("", "Not known"), *_coded(name)]  # type: ignore[attr-defined]

    def _limits(self, name: str, earliest: date, latest: date | None) -> None:
        field = self.fields[name]
        assert isinstance(field, DateField)
        field.earliest, field.latest = earliest, latest

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, first = said.get("started_on"), said.get("first_day_worked_on")
        if starts and first and first < starts:
            self.add_error("first_day_worked_on", f"The first day worked must be on or after {day(starts)}, the start.")
        self.low_pay = self._low_pay(said)
        if self.low_pay and said.get("competitive") == "yes":
            self.add_error(
                "competitive", f"{self.low_pay} A job paid under it is not competitive: choose no, or check the pay."
            )
        return said

    def _low_pay(self, said: dict[str, Any]) -> str:
        """A sentence where the pay is under the minimum wage for the person's age on the day (002 App. 7 Sv 10)."""
        wage, starts = said.get("hourly_wage"), said.get("first_day_worked_on") or said.get("started_on")
        if wage is None or starts is None or self.birth_date is None or said.get("self_employed") == "yes":
            return ""
        least = minimum_wage(
            age_on(self.birth_date, starts), starts, apprentice=said.get("contract_type") == "apprenticeship"
        )
        if least is None or wage >= least:
            return ""
        return f"{money(wage)} an hour is under the minimum wage of {money(least)} on {day(starts)} at this age."

    def facts(self) -> JobFacts:
        said = self.cleaned_data
        return JobFacts(
            title=said["title"],
            employer=said["employer"],
            started_on=said["started_on"],
            first_day_worked_on=said["first_day_worked_on"],
            contract_hours=said["contract_hours"],
            self_employed=TRUTH.get(said["self_employed"]),
            competitive=TRUTH.get(said["competitive"]),
            contract_type=said["contract_type"],
            hourly_wage=said["hourly_wage"],
            occupation=said["occupation"],
            industry=said["industry"],
            disclosed=TRUTH.get(said["disclosed"]),
        )


class HoursForm(forms.Form):
    """From a day on, other weekly hours."""

    from_on = DateField(label="From", missing="Enter the day the hours changed.")
    weekly_hours = HoursField(label="Hours a week", missing="Enter the hours a week, like 20.")


class EndForm(forms.Form):
    """The last day, why, and when we heard of it."""

    version = forms.IntegerField(**VERSION)
    ended_on = DateField(label="Last day of the job", missing="Enter the last day of the job.")
    reason = ChoiceField(label="Why did it end?", choices=(), missing="Choose why the job ended.", as_list=True)
    known_on = DateField(label="Day we heard of it", missing="Enter the day you heard that the job ended.")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].choices = [("", "Choose"), *labels("job_end_reason").items()]  # type: ignore[attr-defined]
        known = self.fields["known_on"]
        assert isinstance(known, DateField)
        known.latest = today


def _coded(name: str) -> list[tuple[str, str]]:
    """Codes with their number in front, so that a letter typed finds them."""
    if name == "contract_type":
        return list(labels(name).items())
    return [(code, f"{code}  {text}") for code, text in labels(name).items()]
