"""Sharing a lead, and closing one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from placewell_web.employers.choices import LEAD_CLOSED
from placewell_web.nhsuk.fields import ChoiceField, DateField, HoursField, PlainCharField

LONGEST = timedelta(days=366)


class LeadForm(forms.Form):
    """What work there may be. The employer may be new: a name is enough."""

    employer = PlainCharField(
        label="Employer",
        max_length=200,
        missing="Enter the name of the employer.",
        widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"}),
    )
    title = PlainCharField(label="Job", max_length=120, missing="Enter what the job is.")
    hours = HoursField(label="Hours a week")
    until_on = DateField(label="Last day to apply")
    words = PlainCharField(
        label="What to know",
        max_length=1000,
        multiline=True,
        rows=3,
        help_text="Shifts, pay, what they ask for. Every team of your provider reads this, so name no client.",
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        day = self.fields["until_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = today, today + LONGEST


class CloseLeadForm(forms.Form):
    because = ChoiceField(
        label="Why is it closed?", choices=tuple(LEAD_CLOSED.items()), missing="Choose why the lead is closed."
    )
