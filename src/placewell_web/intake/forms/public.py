"""Forms of the public referral: who it is for, one question at a time, the link to come back with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing

from placewell_web.intake.answers import Answers, cleaned, is_needed
from placewell_web.intake.forms.boxes import EmailField, field_for
from placewell_web.intake.questions import THEIR, Page
from placewell_web.nhsuk import fields

SALT = "placewell.referral-draft"


class AudienceForm(forms.Form):
    """Whether the referral is for the reader or for someone else."""

    who = fields.ChoiceField(
        label="Who is this for?",
        missing="Choose who this is for",
        choices=[("self", "Myself"), ("professional", "Someone else")],
        hints={
            "self": "Someone you trust can help you fill it in",
            "professional": "For GPs, nurses, therapists and others who work with them",
        },
    )


class ChangeForm(forms.Form):
    """Whether the reader came from the page that shows all answers, and goes back there."""

    change = forms.BooleanField(required=False)

    @property
    def wanted(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["change"])


class TabForm(forms.Form):
    """Which of the drafts begun in this browser a page is about; the first one where nothing is said."""

    form = forms.IntegerField(required=False, min_value=0, max_value=10_000)

    @property
    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data["form"]) or 0


class DraftForm(forms.Form):
    """The signed name of the draft in every page: the answers are found when the session is gone."""

    draft = forms.CharField(required=False, max_length=200)
    save_for_later = forms.CharField(required=False, max_length=5)
    change = forms.BooleanField(required=False)

    def draft_id(self, most_seconds: int) -> UUID | None:
        """The draft the page belongs to, if the signature is ours and not too old."""
        if not self.is_valid():
            return None
        try:
            return UUID(signing.loads(self.cleaned_data["draft"], salt=SALT, max_age=most_seconds))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    @property
    def wants_to_save(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["save_for_later"])

    @property
    def changing(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["change"])


def signed(draft_id: UUID) -> str:
    return signing.dumps(str(draft_id), salt=SALT)


class LinkForm(forms.Form):
    """Where to send the link to come back with."""

    email = EmailField(label="Email address", missing="Enter the email address to send the link to")


class QuestionForm(forms.Form):
    """The boxes of some pages of the specification; what one answer makes necessary is asked for."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        pages: Iterable[Page],
        today: date,
        answers: Answers | None = None,
        needed: frozenset[str] | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(pages := tuple(pages), answers or {}))
        self.boxes = {box.id: box for page in pages for box in page.boxes}
        self.needed = needed
        if needed is not None:  # staff key in what someone else told them
            self.boxes = {name: replace(box, whose=THEIR) for name, box in self.boxes.items()}
        for box in self.boxes.values():
            required = box.required if needed is None else box.id in needed
            self.fields[box.id] = field_for(box, today, required)
        for page in pages if needed is None else ():
            if page.title_is_label:  # only the label that is drawn: messages keep the short one
                self[page.boxes[0].id].label = page.title

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.needed is None:
            self._ask_for_what_is_needed(values)
        return values

    def _ask_for_what_is_needed(self, values: Mapping[str, Any]) -> None:
        for box in self.boxes.values():
            lacking = not values.get(box.id) and box.id not in self.errors
            if lacking and not box.required and is_needed(box, cleaned(values)):
                name = box.short[:1].lower() + box.short[1:]
                self.add_error(box.id, f"Enter the {name}, or choose another way")

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers of a valid form."""
        return cleaned(self.cleaned_data)


def answers_so_far(form: QuestionForm) -> dict[str, Any]:
    """What of a form is right so far: kept when someone stops in the middle."""
    form.is_valid()
    return cleaned(form.cleaned_data)


def _initial(pages: Iterable[Page], answers: Answers) -> dict[str, Any]:
    known = {box.id: answers[box.id] for page in pages for box in page.boxes if box.id in answers}
    dates = {box.id for page in pages for box in page.boxes if box.kind == "date"}
    return {name: date.fromisoformat(value) if name in dates else value for name, value in known.items()}
