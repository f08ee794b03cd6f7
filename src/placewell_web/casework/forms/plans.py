"""The vocational profile and the plan made with the person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from placewell_web.casework.actions.plans import StepFacts
from placewell_web.casework.actions.profiles import PARTS
from placewell_web.nhsuk.fields import VERSION, DateField, PlainCharField

PART_LABELS = {
    "preferences": ("What the person wants from work", "Kind of work, hours, travel, people, pay"),
    "experience": ("Past experience", "Paid and unpaid, what they liked, why jobs ended"),
    "skills": ("Skills", "Also languages, driving, software"),
    "strengths": ("Strengths", "What the person and those who know them say"),
    "adjustment": ("How things are now", "Daily life, housing, money, what gets in the way"),
    "education": ("Education and training", ""),
    "support_needs": ("Support needs at work", "Adjustments, breaks, equipment, Access to Work"),
    "personal_contacts": ("People they know", "Family, friends and former colleagues who may help"),
    "health": ("Health and work", "What helps, what makes it harder; in the person's own words"),
    "sources": ("Who was asked, with permission", "Clinicians, family, former employers"),
}
MOST_STEPS = 8


class ProfileForm(forms.Form):
    """Every part of a draft; nothing has to be filled in to save, something to complete."""

    edit_version = forms.IntegerField(**VERSION)
    preferences = PlainCharField(max_length=5_000, multiline=True, rows=3)
    experience = PlainCharField(max_length=5_000, multiline=True, rows=3)
    skills = PlainCharField(max_length=5_000, multiline=True, rows=2)
    strengths = PlainCharField(max_length=5_000, multiline=True, rows=2)
    adjustment = PlainCharField(max_length=5_000, multiline=True, rows=2)
    education = PlainCharField(max_length=5_000, multiline=True, rows=2)
    support_needs = PlainCharField(max_length=5_000, multiline=True, rows=2)
    personal_contacts = PlainCharField(max_length=5_000, multiline=True, rows=2)
    health = PlainCharField(max_length=5_000, multiline=True, rows=2)
    sources = PlainCharField(max_length=300)

    def __init__(self, *arguments: Any, completing: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.completing = completing
        for name, (label, hint) in PART_LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.completing and "preferences" not in self.errors and not said.get("preferences"):
            self.add_error("preferences", "Write what the person wants from work before you complete the profile.")
        return said

    def parts(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}


class StepForm(forms.Form):
    """One step: empty is fine, half-filled is not."""

    text = PlainCharField(label="Step", max_length=300)
    owner = PlainCharField(label="Who", max_length=100)
    due_on = DateField(label="By when")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (said.get("owner") or said.get("due_on")) and not said.get("text") and "text" not in self.errors:
            self.add_error("text", "Write what the step is.")
        return said


class PlanForm(forms.Form):
    """The goal, and the day the person agreed where they have."""

    edit_version = forms.IntegerField(**VERSION)
    goal = PlainCharField(label="Goal", max_length=300, missing="Write the goal in the person's words.")
    agreed_on = DateField(label="Day the person agreed the plan")

    def __init__(
        self,
        data: Any = None,
        *,
        today: date,
        earliest: date,
        agreeing: bool = False,
        steps: list[dict[str, Any]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.agreeing = agreeing
        day = self.fields["agreed_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        given = (steps or [])[:MOST_STEPS]
        empty: list[dict[str, Any]] = [{} for _ in range(MOST_STEPS - len(given))]
        self.steps = [
            StepForm(data, prefix=f"step-{number}", initial=initial)
            for number, initial in enumerate([*given, *empty], start=1)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(step.is_valid() for step in self.steps)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.agreeing:
            if not said.get("agreed_on") and "agreed_on" not in self.errors:
                self.add_error("agreed_on", "Enter the day the person agreed the plan.")
            if not any(step.is_valid() and step.cleaned_data.get("text") for step in self.steps):
                self.add_error(None, "Write at least one step before the plan is agreed.")
        return said

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        """Every error with the field it belongs to, steps too."""
        found = [("", error) for error in self.non_field_errors()]
        for form in (self, *self.steps):
            found += [(bound.auto_id, error) for bound in form for error in bound.errors]  # type: ignore[attr-defined]
        return found

    def step_facts(self) -> list[StepFacts]:
        said = [step.cleaned_data for step in self.steps]
        return [StepFacts(one["text"], one["owner"], one["due_on"]) for one in said if one.get("text")]
