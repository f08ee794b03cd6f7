"""Changes of a job: its hours, pay, first day, a problem in it, its end, and help with the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from placewell.vocabulary import PERIODS, hourly_pay, labels
from placewell_web.casework.actions.job_changes import ProblemFacts
from placewell_web.casework.forms.jobs import AHEAD, MOST_AN_HOUR
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, HoursField, MoneyField, PlainCharField

NEXT_HELP = (
    ("accepted", "Offered, and they want it"),
    ("declined", "Offered, and they do not want it now"),
    ("offered", "Offered, no answer yet"),
)


class HoursForm(forms.Form):
    """From a day on, other weekly hours."""

    from_on = DateField(label="From", missing="Enter the day the hours changed.")
    weekly_hours = HoursField(label="Hours a week", missing="Enter the hours a week, like 20.")

    def __init__(self, *arguments: Any, earliest: date, latest: date | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _limit(self, "from_on", earliest, latest)


class PayForm(forms.Form):
    """From a day on, other pay; by the week, month or year it needs the hours of a week."""

    from_on = DateField(label="From", missing="Enter the day the pay changed.")
    pay = MoneyField(label="Pay", above_least=True, missing="Enter the new pay.")
    pay_period = ChoiceField(
        label="Paid", choices=list(PERIODS.items()), as_list=True, missing="Choose what the pay is for."
    )

    def __init__(self, *arguments: Any, weekly_hours: Any, earliest: date, latest: date | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.weekly_hours = weekly_hours
        _limit(self, "from_on", earliest, latest)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        amount = said.get("pay")
        found = hourly_pay(amount, said.get("pay_period") or "hour", self.weekly_hours) if amount is not None else None
        if amount is not None and found is None:
            self.add_error("pay", "The hours a week are not known, so enter the pay by the hour.")
        if found is not None and not 0 < found <= MOST_AN_HOUR:
            self.add_error("pay", "Pay comes to no sensible sum an hour. Check it, and whether it is by the hour.")
        said["hourly_wage"] = found
        return said


class FirstDayForm(forms.Form):
    version = forms.IntegerField(**VERSION)
    worked_on = DateField(label="First day worked", missing="Enter the first day worked.")

    def __init__(self, *arguments: Any, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _limit(self, "worked_on", earliest, today)


class ProblemForm(forms.Form):
    """What is wrong in a job, and since when we know."""

    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = ChoiceField(label="What is the problem?", choices=(), missing="Choose what the problem is.")
    known_on = DateField(label="Day we heard of it", missing="Enter the day you heard of it.")
    words = PlainCharField(label="What happened", max_length=500, multiline=True, rows=3)

    def __init__(self, *arguments: Any, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = list(labels("job_problem_kind").items())  # type: ignore[attr-defined]
        _limit(self, "known_on", earliest, today)

    def facts(self) -> ProblemFacts:
        said = self.cleaned_data
        return ProblemFacts(said["known_on"], said["kind"], said["words"], said["form_token"])


class EndForm(forms.Form):
    """The last day, why, and when we heard of it."""

    version = forms.IntegerField(**VERSION)
    ended_on = DateField(label="Last day of the job", missing="Enter the last day of the job.")
    reason = ChoiceField(label="Why did it end?", choices=(), missing="Choose why the job ended.", as_list=True)
    known_on = DateField(label="Day we heard of it", missing="Enter the day you heard that the job ended.")

    def __init__(self, *arguments: Any, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].choices = [("", "Choose"), *labels("job_end_reason").items()]  # type: ignore[attr-defined]
        _limit(self, "ended_on", earliest, today + AHEAD)
        _limit(self, "known_on", earliest, today)


class NextHelpForm(forms.Form):
    """Help with another job is offered whatever the reason the last one ended (002 App. 7 Org 6)."""

    version = forms.IntegerField(**VERSION)
    answer = ChoiceField(label="Help with the next job", choices=NEXT_HELP, missing="Choose what was said.")
    on = DateField(label="Day it was offered", missing="Enter the day it was offered.")

    def __init__(self, *arguments: Any, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _limit(self, "on", earliest, today)


def day_to_remove(data: Mapping[str, Any]) -> date | None:
    """The day whose change a "Take back" button names; nothing where it names none."""
    try:
        return date.fromisoformat(str(data.get("remove", ""))[:10])
    except ValueError:
        return None


def _limit(form: forms.Form, name: str, earliest: date | None, latest: date | None) -> None:
    field = form.fields[name]
    assert isinstance(field, DateField)
    field.earliest, field.latest = earliest, latest
