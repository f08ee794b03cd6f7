"""From a box of the specification to a form field, with the sentence shown when it is empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from placewell_web.intake.questions import YOUR, Box
from placewell_web.nhsuk import fields, words

OLDEST = 120  # years: a date of birth before that is a slip
PARTS_OF_NAMES = {
    "first_name": "given-name",
    "surname": "family-name",
    "referrer_name": "name",
    "referrer_organisation": "organization",
    "referrer_role": "organization-title",
}


class EmailField(fields.PlainCharField):
    """An email address on one line, in small letters."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "email", "autocomplete": "email"}))
        super().__init__(**{"max_length": 200, "width": 30, **options})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text:
            try:
                validate_email(text)
            except ValidationError:
                raise ValidationError("Enter an email address, like name@example.org.") from None
        return text.lower()


def field_for(box: Box, today: date, required: bool) -> forms.Field:
    """The form field of a box, ready to be drawn by nhsuk/forms.html."""
    said = {"label": box.label, "help_text": box.help, "missing": _missing(box, required)}
    field = _MAKERS[box.kind](box, today, said)
    if box.whose != YOUR and "autocomplete" in field.widget.attrs:
        field.widget.attrs["autocomplete"] = "off"  # a browser knows its own user, not the person referred
    return field


def _missing(box: Box, required: bool) -> str:
    """The sentence shown when a needed box is empty; empty for a box that may be left out."""
    if not required:
        return ""
    asked = words.mid_sentence(box.label)
    if dict(box.options).keys() == {"yes", "no"}:
        return f"Choose yes or no: {asked}"
    if box.kind in ("radios", "checkboxes"):
        return f"Choose an answer: {asked}"
    return f"Enter {asked}" if asked.startswith("your ") else f"Enter {box.whose} {asked}"


def _text(box: Box, today: date, said: dict[str, Any]) -> forms.Field:
    attrs = {"autocomplete": PARTS_OF_NAMES[box.id]} if box.id in PARTS_OF_NAMES else {}
    return fields.PlainCharField(max_length=box.max_length, widget=forms.TextInput(attrs=attrs), **said)


def _textarea(box: Box, today: date, said: dict[str, Any]) -> forms.Field:
    return fields.PlainCharField(max_length=box.max_length, multiline=True, rows=4, **said)


def _date(box: Box, today: date, said: dict[str, Any]) -> forms.Field:
    widget = fields.DateBoxes(attrs={"autocomplete": "bday"} if box.id == "birth_date" else {})
    return fields.DateField(earliest=date(today.year - OLDEST, 1, 1), latest=today, widget=widget, **said)


def _radios(box: Box, today: date, said: dict[str, Any]) -> forms.Field:
    return fields.ChoiceField(
        choices=list(box.options), hints=dict(box.hints), divider_before=box.divider_before, **said
    )


def _checkboxes(box: Box, today: date, said: dict[str, Any]) -> forms.Field:
    return fields.ManyChoiceField(choices=list(box.options), hints=dict(box.hints), **said)


def _simple(kind: type[fields.PlainCharField]) -> Callable[[Box, date, dict[str, Any]], forms.Field]:
    return lambda box, today, said: kind(**said)


_MAKERS: dict[str, Callable[[Box, date, dict[str, Any]], forms.Field]] = {
    "text": _text,
    "textarea": _textarea,
    "date": _date,
    "radios": _radios,
    "checkboxes": _checkboxes,
    "email": _simple(EmailField),
    "tel": _simple(fields.PhoneField),
    "nhs_number": _simple(fields.NhsNumberField),
    "postcode": _simple(fields.PostcodeField),
}
