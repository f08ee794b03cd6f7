"""What every contact is logged with: when, how, whether it happened, how long, where, what next, and a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from placewell.periods import add_months
from placewell.vocabulary import labels
from placewell_web.casework.actions.contacts import ContactFacts
from placewell_web.nhsuk.fields import ChoiceField, DateField, NumberField, PlainCharField
from placewell_web.nhsuk.words import short_day

KINDS = (
    ("appointment", "Appointment"),
    ("call", "Call"),
    ("video", "Video"),
    ("text", "Text"),
    ("email", "Email"),
    ("joint_with_clinician", "With clinician"),
    ("letter", "Letter"),
    ("outreach", "Outreach"),
    ("group", "Group"),
)
REMOTE = frozenset({"call", "video", "text", "email", "letter"})
PLACES = (
    ("community", "Community"),
    ("health_setting", "Health setting"),
    ("employer", "At work"),
    ("home", "At home"),
    ("office", "Our office"),
    ("remote", "Remote"),
)
MINUTES = ("15", "30", "45", "60", "90")
BOXES = ("day", "month", "year")
TOKENS = ("form_token", "other_token")
WITH_WHOM = ("client", "clinician", "employer", "family", "jobcentre", "other")


class OccasionForm(forms.Form):
    """Chips with nothing chosen, a day and a note: six taps and it can be saved."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    other_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = DateField(label="Date", missing="Enter the date of the contact.")
    with_whom = ChoiceField(label="With", choices=(), missing="Choose who the contact was with.")
    kind = ChoiceField(label="How", choices=KINDS, missing="Choose how you were in contact.")
    attendance = ChoiceField(label="Did it happen?", choices=(), missing="Choose whether it happened.")
    minutes = ChoiceField(label="Minutes", choices=[(m, m) for m in MINUTES] + [("other", "Other")])
    minutes_other = NumberField(label="How many minutes", most=600, above_least=True, unit="minutes")
    place = ChoiceField(label="Where", choices=PLACES)
    next = ChoiceField(label="Next contact", choices=(), missing="Choose when you will be in contact next, or None.")
    next_on = DateField(label="Day of the next contact")
    note = PlainCharField(label="Note", max_length=20_000, multiline=True, rows=4)

    def __init__(self, *arguments: Any, called: str, today: date, earliest: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today, self.called = today, called
        day, with_whom = self.fields["on"], self.fields["with_whom"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        named = labels("with_whom") | {"client": called}
        with_whom.choices = [(code, named[code]) for code in WITH_WHOM]  # type: ignore[attr-defined]
        self.choose_from("attendance", attendances(called))
        self.choose_from("next", [(code, text) for code, text, _ in _next_days(today)])
        self.fields["next"].hints = {code: hint for code, _, hint in _next_days(today)}  # type: ignore[attr-defined]

    def choose_from(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the list of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        attended = self.is_attended(said)
        if attended and not said.get("minutes"):
            self.add_error("minutes", "Choose how many minutes it took.")
        if said.get("minutes") == "other" and not said.get("minutes_other") and "minutes_other" not in self.errors:
            self.add_error("minutes_other", "Enter how many minutes it took, like 20.")
        if attended and said.get("kind") and said["kind"] not in REMOTE and not said.get("place"):
            self.add_error("place", "Choose where you met.")
        if said.get("next") == "day":
            self._check_next(said)
        return said

    def is_attended(self, said: Mapping[str, Any]) -> bool:
        """Whether it happened, so that it has a length and a place."""
        return said.get("attendance") == "attended"

    def _check_next(self, said: Mapping[str, Any]) -> None:
        if said.get("next_on") is None:
            if "next_on" not in self.errors:
                self.add_error("next_on", "Enter the day of the next contact.")
        elif said["next_on"] < self.today:
            self.add_error("next_on", "The day of the next contact must be today or later.")

    def occasion(self, attendance: str) -> ContactFacts:
        """The contact as it will be recorded, for whoever came or did not."""
        said = self.cleaned_data
        minutes = said["minutes_other"] if said["minutes"] == "other" else said["minutes"]
        return ContactFacts(
            on=said["on"],
            kind=said["kind"],
            attendance=attendance,
            with_whom=said.get("with_whom", "client"),
            minutes=int(minutes) if minutes and attendance == "attended" else None,
            place="remote" if said["kind"] in REMOTE else said["place"],
            next_on=self._next_day(),
            note=said["note"],
        )

    def token(self, another: bool) -> Any:
        """The token it is saved under; that of `another` where the form's first was used before."""
        said = self.cleaned_data
        return (another and said["other_token"]) or said["form_token"]

    def _next_day(self) -> date | None:
        chosen = self.cleaned_data["next"]
        if chosen == "day":
            return self.cleaned_data["next_on"]  # type: ignore[no-any-return]
        return _days(self.today).get(chosen)


def attendances(called: str) -> list[tuple[str, str]]:
    """Whether it happened, in words that name the person."""
    return [
        ("attended", "Attended"),
        ("did_not_attend", "Did not attend"),
        ("cancelled_by_client", f"Cancelled by {called}"),
        ("cancelled_by_service", "Cancelled by us"),
        ("one_way", "Message only"),
    ]


def _days(today: date) -> dict[str, date]:
    return {"week": today + timedelta(days=7), "fortnight": today + timedelta(days=14), "month": add_months(today, 1)}


def _next_days(today: date) -> list[tuple[str, str, str]]:
    names = {"week": "1 week", "fortnight": "2 weeks", "month": "1 month"}
    found = [(code, names[code], short_day(day)) for code, day in _days(today).items()]
    return [*found, ("day", "Choose a day", ""), ("none", "None", "")]
