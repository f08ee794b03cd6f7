"""What people without an account send by a personal link: papers, a declaration, and an employer's confirmation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from placewell_web.casework.actions.arrivals import Said
from placewell_web.clients.documents import CheckedFile, FileRefused, check_file
from placewell_web.clients.documents.intake import MOST_BYTES
from placewell_web.nhsuk.fields import ChoiceField, DateField, HoursField, PlainCharField, TickField

DAYS_AHEAD = 31  # a pay period may end a little after the payslip is given
TOO_LARGE = "“{}” is larger than 5 MB. Take the photo again in a smaller size, or from further away."


class ManyFiles(forms.FileInput):
    """A control for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Every file that was chosen, unread."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, (list, tuple)) else [data]
        return [file for file in chosen if file]


class ProofForm(forms.Form):
    """Photos or files of one paper, what it is and the day it covers."""

    kind = ChoiceField(label="What paper is it?", choices=(), missing="Choose what paper it is.")
    about_on = DateField(
        label="Last day the paper covers",
        missing="Enter the last day the paper covers.",
        help_text="On a payslip, the end of the pay period. On a contract, the day you started.",
    )
    photo = forms.FileField(
        label="Take a photo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", "data-smaller": MOST_BYTES}),
        error_messages={"empty": "The photo is empty. Take it again."},
    )
    papers = ManyFilesField(
        label="Or choose photos or files",
        required=False,
        widget=ManyFiles(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx", "data-smaller": MOST_BYTES}),
    )

    def __init__(self, *arguments: Any, kinds: dict[str, tuple[str, str]], earliest: date, today: date, **options: Any):
        super().__init__(*arguments, **options)
        choices, covered = self.fields["kind"], self.fields["about_on"]
        assert isinstance(choices, ChoiceField) and isinstance(covered, DateField)
        choices.choices = [(kind, name) for kind, (name, _) in kinds.items()]
        choices.hints = {kind: hint for kind, (_, hint) in kinds.items() if hint}
        covered.earliest, covered.latest = earliest, max(earliest, today + timedelta(days=DAYS_AHEAD))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        sent = [*([said["photo"]] if said.get("photo") else []), *said.get("papers", ())]
        if not sent and not self.errors.keys() & {"photo", "papers"}:
            self.add_error("papers", "Take a photo, or choose one. If you chose one before, choose it again.")
        said["checked"] = [file for one in sent if (file := self._checked(one))]
        return said

    def _checked(self, sent: UploadedFile) -> CheckedFile | None:
        name = sent.name or "photo"
        if (sent.size or 0) > MOST_BYTES:
            self.add_error("papers", TOO_LARGE.format(name[:60]))
            return None
        try:
            return check_file(name, sent.read())
        except FileRefused as refused:
            self.add_error("papers", list(refused.problems))
            return None


class DeclarationForm(forms.Form):
    """The person's own word, where the contract accepts it."""

    true = TickField(label="This is true", missing="Tick the box if this is true.")
    name = PlainCharField(
        label="Your full name",
        max_length=150,
        missing="Enter your full name.",
        help_text="It stands for your signature.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


STILL = (("yes", "Yes"), ("left", "No, they have left"), ("never", "They never worked here"))


class ConfirmationForm(forms.Form):
    """What an employer knows of a job."""

    still = ChoiceField(label="Do they work for you now?", choices=STILL, missing="Choose whether they work for you.")
    started_on = DateField(label="First day they worked")
    left_on = DateField(label="Last day they worked", help_text="Only if they have left.")
    weekly_hours = HoursField(
        label="Hours a week",
        help_text="Those agreed, or the usual ones. Leave it empty if they change a lot.",
        width=5,
    )
    name = PlainCharField(
        label="Your name",
        max_length=150,
        missing="Enter your name.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = PlainCharField(
        label="Your role",
        max_length=100,
        missing="Enter your role.",
        help_text="For example: shift manager, payroll.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def __init__(self, *arguments: Any, called: str, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["still"].label = f"Does {called} work for you now?"
        for name, what in (("started_on", "First"), ("left_on", "Last")):
            field = self.fields[name]
            assert isinstance(field, DateField)
            field.label, field.latest = f"{what} day {called} worked", today

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        still, started, left = said.get("still"), said.get("started_on"), said.get("left_on")
        if still in ("yes", "left") and started is None and "started_on" not in self.errors:
            self.add_error("started_on", "Enter the first day they worked.")
        if still == "left" and left is None and "left_on" not in self.errors:
            self.add_error("left_on", "Enter the last day they worked.")
        if still == "left" and started and left and left < started:
            self.add_error("left_on", "The last day must be on or after the first.")
        return said

    def said(self) -> Said:
        """Only what belongs to the answer: who never worked there has neither days nor hours."""
        answer = self.cleaned_data
        worked = answer["still"] != "never"
        hours: Decimal | None = answer["weekly_hours"] if worked else None
        return Said(
            started_on=answer["started_on"] if worked else None,
            weekly_hours=hours,
            left_on=answer["left_on"] if answer["still"] == "left" else None,
            name=answer["name"],
            role=answer["role"],
        )
