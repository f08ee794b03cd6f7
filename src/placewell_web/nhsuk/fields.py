"""Form fields of the site: each cleans what people type into a value, says in words what is wrong, and re-shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import nhs_number
import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from uk_postcodes_parsing import ukpostcode

BIDI = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
HIDDEN = ("Cc", "Cs", "Co", "Cn")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BOXES = ("day", "month", "year")
VERSION = {"widget": forms.HiddenInput, "min_value": 0, "max_value": 2_000_000_000}
"""Of a hidden field: the version of a record that a form was filled from."""


def plain(text: str, multiline: bool = False) -> str:
    """Text without control, direction and half characters; one line unless `multiline`."""
    text = unicodedata.normalize("NFC", BIDI.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    kept = "".join(
        char for char in text if char in "\n\t " or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")
    )
    return kept.strip() if multiline else " ".join(kept.split())


def named(label: str | None, otherwise: str) -> str:
    """How a message names a box: by its label, unless that is a question or empty."""
    return str(label) if label and not label.endswith("?") else otherwise


class PlainCharField(forms.CharField):
    """A line of text, or several; `missing` is the sentence shown when it is empty."""

    def __init__(
        self,
        *,
        max_length: int,
        missing: str = "",
        multiline: bool = False,
        rows: int = 5,
        width: int | None = None,
        **options: Any,
    ) -> None:
        self.multiline, self.rows, self.width = multiline, rows, width
        options.setdefault("required", bool(missing))
        options.setdefault("widget", forms.Textarea if multiline else forms.TextInput)
        options["error_messages"] = {"required": missing, **options.get("error_messages", {})}
        super().__init__(max_length=None, strip=True, **options)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        text = plain(str(value), self.multiline) if value not in self.empty_values else ""
        if len(text) > self.limit:
            what = named(self.label, "Your answer")
            raise ValidationError(f"{what} must be {self.limit:,} characters or fewer. It has {len(text):,}.")
        return text


class PhoneField(PlainCharField):
    """A telephone number, cleaned to E.164 (+441632960147)."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", self.widget)
        super().__init__(**{"max_length": 40, "width": 20, **options})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            parsed = phonenumbers.parse(text, "GB")
        except phonenumbers.NumberParseException:
            parsed = None
        if parsed is None or not phonenumbers.is_possible_number(parsed):
            raise ValidationError("Enter a phone number, like 01632 960 001 or 07700 900 982.")
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class PostcodeField(PlainCharField):
    """A full UK postcode, cleaned to its usual spelling (DY1 1HF)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "postal-code"}))
        super().__init__(**{"max_length": 12, "width": 10, **options})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        found = ukpostcode.parse(text)
        if found is None:
            raise ValidationError("Enter a full UK postcode, like DY1 1HF.")
        return str(found.postcode)


class NhsNumberField(PlainCharField):
    """An NHS number whose check digit holds, cleaned to ten digits."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}))
        super().__init__(**{"max_length": 20, "width": 20, **options})

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s-]", "", super().clean(value))
        if not digits:
            return ""
        if not re.fullmatch(r"[0-9]{10}", digits) or not nhs_number.is_valid(digits):
            raise ValidationError("Enter the 10 digits of the NHS number. Check them: these do not fit together.")
        return digits


class NumberField(PlainCharField):
    """A number with up to two decimals, within limits, cleaned to Decimal; base of hours and money."""

    def __init__(
        self,
        *,
        least: Decimal | int = 0,
        most: Decimal | int,
        above_least: bool = False,
        unit: str = "",
        **options: Any,
    ) -> None:
        self.least, self.most, self.above_least, self.unit = Decimal(least), Decimal(most), above_least, unit
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**{"max_length": 20, "width": 5, **options})

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean("" if value is None else value).replace(",", "").replace("£", "").strip()
        if not text:
            return None
        what = named(self.label, "The answer")
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{0,12})?|-?\.[0-9]{1,12}", text):
            raise ValidationError(f"{what} must be a number, like {self.example}.")
        try:
            number = Decimal(text)
        except InvalidOperation:  # a lone dot or minus
            raise ValidationError(f"{what} must be a number, like {self.example}.") from None
        if number != round(number, 2):
            raise ValidationError(f"{what} must have no more than 2 decimal places.")
        if number > self.most or number < self.least or (self.above_least and number == self.least):
            low = f"more than {self.least}" if self.above_least else f"{self.least} or more"
            raise ValidationError(f"{what} must be {low}, and {self.most:,} or fewer.")
        return number

    example = "15.5"


class HoursField(NumberField):
    """Hours a week: more than 0, at most 168."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 168, "above_least": True, "unit": "hours", **options})


class MoneyField(NumberField):
    """Pounds and pence."""

    example = "11.44"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 1_000_000, "unit": "£", "width": 10, **options})


class DateBoxes(forms.Widget):
    """Three boxes; their value is what was typed, so that it is shown again as it was."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str, str] | None:
        typed = tuple(str(data.get(f"{name}-{box}", "")).strip()[:20] for box in BOXES)
        return typed if any(typed) else None  # type: ignore[return-value]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{box}" not in data for box in BOXES)

    def format_value(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        return tuple(value) if value else ("", "", "")


class DateField(forms.Field):
    """A day in three boxes, cleaned to a date; `earliest` and `latest` may be given when the form is made."""

    widget = DateBoxes

    def __init__(
        self, *, missing: str = "", earliest: date | None = None, latest: date | None = None, **options: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        options.setdefault("required", bool(missing))
        super().__init__(error_messages={"required": missing}, **options)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        what = named(self.label, "The date")
        lacking = [box for box, typed in zip(BOXES, value, strict=True) if not typed]
        if lacking:
            raise ValidationError(f"{what} must include a {' and a '.join(lacking)}.", "part", {"boxes": lacking})
        return self._within(_real_day(value, what), what)

    def _within(self, day: date, what: str) -> date:
        if self.latest is not None and day > self.latest:
            raise ValidationError(f"{what} must be on or before {_said(self.latest)}.")
        if self.earliest is not None and day < self.earliest:
            raise ValidationError(f"{what} must be on or after {_said(self.earliest)}.")
        return day


def _real_day(typed: Sequence[str], what: str) -> date:
    day, month, year = typed
    month = str(MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in MONTHS else month
    if re.fullmatch(r"[0-9]{1,3}", year):
        raise ValidationError(f"{what} must have a year of 4 numbers, like 1984.", "part", {"boxes": ["year"]})
    try:
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in (day, month, year)):
            raise ValueError
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(f"{what} must be a real date, like 27 3 1984.") from None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def wrong_boxes(bound: forms.BoundField) -> list[str]:
    """Which boxes of a date are wrong: those the error names, else all three."""
    found = [error.params["boxes"] for error in bound.form.errors.as_data().get(bound.name, []) if error.params]
    return list(found[0]) if found else list(BOXES)


class ChoiceField(forms.ChoiceField):
    """One of a few: radios (`chips` draws them as chips), or a list to choose from with `as_list=True`.

    `hints` says more under a choice; `divider_before` puts "or" before the last one.
    """

    def __init__(
        self,
        *,
        choices: Any,
        missing: str = "",
        as_list: bool = False,
        hints: Mapping[str, str] | None = None,
        divider_before: str = "",
        inline: bool = False,
        **options: Any,
    ) -> None:
        self.hints, self.divider_before, self.inline = dict(hints or {}), divider_before, inline
        options.setdefault("required", bool(missing))
        options.setdefault("widget", forms.Select if as_list else forms.RadioSelect)
        unknown = "Choose one of the answers in the list."
        super().__init__(choices=choices, error_messages={"required": missing, "invalid_choice": unknown}, **options)


class ManyChoiceField(forms.MultipleChoiceField):
    """Any of a few: checkboxes."""

    def __init__(
        self, *, choices: Any, missing: str = "", hints: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        self.hints, self.divider_before, self.inline = dict(hints or {}), "", False
        options.setdefault("required", bool(missing))
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        unknown = "Choose only answers in the list."
        super().__init__(choices=choices, error_messages={"required": missing, "invalid_choice": unknown}, **options)


class TickField(forms.BooleanField):
    """One box to tick."""

    def __init__(self, *, missing: str = "", **options: Any) -> None:
        options.setdefault("required", bool(missing))
        super().__init__(error_messages={"required": missing}, **options)


class SearchField(PlainCharField):
    """A few words to search for: short, plain and never an error."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))
        super().__init__(**{"max_length": 80, "required": False, **options})

    def to_python(self, value: Any) -> str:
        return plain(str(value))[: self.limit] if value not in self.empty_values else ""
