"""Recording what the service does that is not about one person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.employers.actions.activities import ActivityFacts
from placewell_web.employers.choices import FOR_EMPLOYERS
from placewell_web.nhsuk.fields import ChoiceField, DateField, NumberField, PlainCharField

COURSE = "course"
"""A course is recorded by its register, so that who came stands with each person."""


class ActivityForm(forms.Form):
    """One session, visit or meeting."""

    kind = ChoiceField(label="What was it?", choices=(), missing="Choose what it was.", as_list=True)
    on = DateField(label="Date", missing="Enter the date.")
    organisation = PlainCharField(
        label="With which organisation",
        max_length=200,
        help_text="For a session with an employer, its name. Else the practice, Jobcentre or partner.",
        widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"}),
    )
    locality = ChoiceField(label="Locality", choices=(), as_list=True)
    attendees = NumberField(label="How many came", most=10_000)
    hours = NumberField(label="Hours it took", most=100, above_least=True, unit="hours")
    words = PlainCharField(label="What it was about", max_length=1000, multiline=True, rows=3)
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, spec: Specification, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds = [pair for pair in labels("activity_kind").items() if pair[0] != COURSE]
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        localities = [(one.id, one.name) for one in spec.service.localities]
        self.fields["locality"].choices = [("", "Not known, or all"), *localities]  # type: ignore[attr-defined]
        if not localities:
            del self.fields["locality"]
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today

    def clean_attendees(self) -> int | None:
        number = self.cleaned_data["attendees"]
        if number is not None and number != int(number):
            raise forms.ValidationError("How many came must be a whole number, like 12.")
        return None if number is None else int(number)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") in FOR_EMPLOYERS and not said.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", "Enter the name of the employer it was with.")
        return said

    def facts(self) -> ActivityFacts:
        said = self.cleaned_data
        with_employer = said["kind"] in FOR_EMPLOYERS
        return ActivityFacts(
            on=said["on"],
            kind=said["kind"],
            locality=said.get("locality", ""),
            employer=said["organisation"] if with_employer else "",
            outside="" if with_employer else said["organisation"],
            attendees=said["attendees"],
            hours=said["hours"],
            words=said["words"],
            form_token=said["form_token"],
        )


class ActivityListForm(forms.Form):
    """The kind asked for; a code we do not know counts as not said."""

    kind = forms.CharField(required=False, max_length=40)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def asked(self) -> tuple[str, int]:
        self.is_valid()
        said = self.cleaned_data
        return said.get("kind", "") if said.get("kind") in labels("activity_kind") else "", said.get("page") or 1


def listed(request: HttpRequest) -> ActivityListForm:
    """What the address asks of the list."""
    return ActivityListForm(request.GET)
