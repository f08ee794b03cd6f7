"""Record one contact with an employer, for as many people as it was for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from placewell.vocabulary import labels
from placewell_web.casework.actions.job_search import EmployerContactFacts
from placewell_web.casework.forms.contact import typed as typed_of
from placewell_web.casework.forms.occasion import BOXES, TOKENS
from placewell_web.casework.forms.records import EMPLOYER_LIST, DatedForm
from placewell_web.nhsuk.fields import ChoiceField, ManyChoiceField, PlainCharField, TickField

LEAD = "lead"


class EmployerContactForm(DatedForm):
    """One contact with an employer, for as many people as it was for."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    other_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    employer = PlainCharField(
        label="Employer", max_length=200, missing="Enter the name of the employer.", widget=EMPLOYER_LIST
    )
    purpose = ChoiceField(label="What it was for", choices=(), missing="Choose what the contact was for.")
    lead_title = PlainCharField(label="Job", max_length=120)
    lead_words = PlainCharField(
        label="What they want",
        max_length=1_000,
        multiline=True,
        rows=2,
        help_text="Shifts, pay, what they ask for. Every team of your provider reads this, so name no client.",
    )
    face_to_face = TickField(label="We met face to face")
    people = ManyChoiceField(label="Who it was for", choices=(), help_text="Nobody in particular: leave all empty.")
    note = PlainCharField(label="Note", max_length=5_000, multiline=True, rows=3)

    def __init__(self, *arguments: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["purpose"].choices = list(labels("employer_contact_purpose").items())  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    def facts(self) -> EmployerContactFacts:
        said = self.cleaned_data
        names = ("on", "employer", "purpose", "face_to_face", "note", "lead_title", "lead_words")
        return EmployerContactFacts(**{name: said[name] for name in names})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("lead_words") and not said.get("lead_title") and "lead_title" not in self.errors:
            self.add_error("lead_title", "Enter what the job is, or empty what they want.")
        return said

    @property
    def shows_lead(self) -> bool:
        """Whether the part about a lead stands open: it is what the contact was for, or something is written there."""
        names = ("lead_title", "lead_words")
        return self["purpose"].value() == LEAD or any(self[name].value() or self[name].errors for name in names)

    def token(self, another: bool) -> Any:
        """The token it is saved under; that of `another` where the form's first was used before."""
        said = self.cleaned_data
        return (another and said["other_token"]) or said["form_token"]


def typed(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed into a kept draft, as a form's initial values."""
    return typed_of(fields, EmployerContactForm)


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The form's own fields of what was sent, for a draft: nothing else is kept."""
    known = set(EmployerContactForm.base_fields) | {f"on-{box}" for box in BOXES}
    return {name: data.getlist(name) for name in known if name in data and name not in TOKENS}
