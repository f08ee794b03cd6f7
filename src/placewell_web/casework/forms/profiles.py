"""The vocational profile: its parts, and who was asked for it."""

from __future__ import annotations

from typing import Any

from django import forms

from placewell_web.casework.actions.profiles import PARTS, SOURCES
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import VERSION, ChoiceField, PlainCharField

PART_LABELS = {
    "preferences": ("What the person wants from work", "Kind of work, hours, travel, people, pay"),
    "goal": ("Goal for work", "In the person's own words"),
    "experience": ("Past experience", "Paid and unpaid, what they liked, why jobs ended"),
    "skills": ("Skills", "Also languages, driving, software"),
    "strengths": ("Strengths", "What the person and those who know them say"),
    "adjustment": ("How things are now", "Daily life, housing, money, what gets in the way"),
    "education": ("Education and training", "Also what they would like to learn"),
    "support_needs": ("Support needs at work", "Adjustments, breaks, equipment, Access to Work"),
    "personal_contacts": ("People they know", "Family, friends and former colleagues who may help"),
    "health": ("Health and work", "What helps, what makes it harder; in the person's own words"),
}

SHOWN_ALWAYS = ("preferences", "goal", "experience", "skills", "strengths", "education")
"""The parts on a page that whoever holds the link can open: what the person said of work, nothing of health, money,
home or other people."""


class ProfileForm(forms.Form):
    """Every part of a draft; nothing has to be filled in to save, something to complete."""

    edit_version = forms.IntegerField(**VERSION)
    preferences = PlainCharField(max_length=5_000, multiline=True, rows=3)
    goal = PlainCharField(max_length=1_000, multiline=True, rows=2)
    experience = PlainCharField(max_length=5_000, multiline=True, rows=3)
    skills = PlainCharField(max_length=5_000, multiline=True, rows=2)
    strengths = PlainCharField(max_length=5_000, multiline=True, rows=2)
    adjustment = PlainCharField(max_length=5_000, multiline=True, rows=2)
    education = PlainCharField(max_length=5_000, multiline=True, rows=2)
    support_needs = PlainCharField(max_length=5_000, multiline=True, rows=2)
    personal_contacts = PlainCharField(max_length=5_000, multiline=True, rows=2)
    health = PlainCharField(max_length=5_000, multiline=True, rows=2)

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


class SourceForm(DatedForm):
    """Someone who was asked, with the person's permission."""

    who = ChoiceField(label="Who was asked?", choices=tuple(SOURCES.items()), missing="Choose who was asked.")
    name = PlainCharField(label="Name", max_length=120, missing="Enter who it was, like Dr Rao or their sister.")
