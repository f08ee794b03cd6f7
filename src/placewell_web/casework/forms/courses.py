"""Planning a course, giving places on it, and its register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell_web.casework.actions.courses import CourseFacts
from placewell_web.nhsuk.fields import ChoiceField, DateField, ManyChoiceField, NumberField, PlainCharField

MOST_SESSIONS = 30
REACH = timedelta(days=366)
MARKS = (("attended", "Came"), ("did_not_attend", "Did not come"), ("cancelled_by_client", "Said they could not"))


class SessionForm(forms.Form):
    """One more session of a course."""

    on = DateField(label="Date", missing="Enter the date of the session.")
    hours = NumberField(label="Hours", most=12, above_least=True, unit="hours")
    place = PlainCharField(label="Where", max_length=120)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = today - REACH, today + REACH


class SessionChangeForm(SessionForm):
    """A session put right; once its register is taken, where it was alone."""

    def __init__(self, *arguments: Any, is_marked: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if is_marked:
            del self.fields["on"], self.fields["hours"]


class CancelForm(forms.Form):
    """Why a course or a session is cancelled; it must be said where somebody has a place."""

    reason = PlainCharField(label="Why is it cancelled?", max_length=300, multiline=True, rows=3)

    def __init__(self, *arguments: Any, has_places: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if has_places:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "Say why: people have a place, and may ask."


class CourseForm(SessionForm):
    """A course of one session or more, a week apart."""

    name = PlainCharField(label="Name of the course", max_length=120, missing="Enter the name of the course.")
    words = PlainCharField(label="What it is about", max_length=1000, multiline=True, rows=3)
    locality = ChoiceField(label="Locality", choices=(), as_list=True)
    sessions = NumberField(label="How many sessions, one a week", least=1, most=MOST_SESSIONS)
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("name", "words", "locality", "on", "sessions", "hours", "place")

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["on"].label = "First day"
        _offer_localities(self, spec)

    def clean_sessions(self) -> int:
        number = self.cleaned_data["sessions"] or 1
        if number != int(number):
            raise forms.ValidationError("How many sessions must be a whole number, like 6.")
        return int(number)

    def facts(self) -> CourseFacts:
        said = self.cleaned_data
        return CourseFacts(
            name=said["name"],
            first_on=said["on"],
            sessions=said["sessions"],
            hours=said["hours"],
            place=said["place"],
            words=said["words"],
            locality=said.get("locality", ""),
            form_token=said["form_token"],
        )


class CourseChangeForm(forms.Form):
    """What a course is called, what it is about, and where."""

    name = PlainCharField(label="Name of the course", max_length=120, missing="Enter the name of the course.")
    words = PlainCharField(label="What it is about", max_length=1000, multiline=True, rows=3)
    locality = ChoiceField(label="Locality", choices=(), as_list=True)

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _offer_localities(self, spec)


def _offer_localities(form: forms.Form, spec: Specification) -> None:
    localities = [(one.id, one.name) for one in spec.service.localities]
    form.fields["locality"].choices = [("", "Not known, or all"), *localities]  # type: ignore[attr-defined]
    if not localities:
        del form.fields["locality"]


class PlacesForm(forms.Form):
    """Who has a place; of those not offered here nothing changes."""

    people = ManyChoiceField(label="Who has a place?", choices=())

    def __init__(self, *arguments: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class RegisterForm(forms.Form):
    """One line for each person who has no mark yet; a line left empty stays so."""

    def __init__(self, *arguments: Any, people: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        for id, name in people.items():
            self.fields[f"mark_{id}"] = ChoiceField(label=name, choices=MARKS)

    def marks(self) -> dict[str, str]:
        """By episode: the mark, of those who have one."""
        return {name.removeprefix("mark_"): mark for name, mark in self.cleaned_data.items() if mark}
