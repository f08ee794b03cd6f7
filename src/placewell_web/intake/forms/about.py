"""What is kept about a person: name and contact details, equality, health and work; a value that stands may stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import label, labels
from placewell_web.clients.wording import FLAG_WORDS, NOT_ASKED, time_in_words
from placewell_web.intake.forms.boxes import OLDEST, EmailField
from placewell_web.nhsuk.fields import (
    VERSION,
    ChoiceField,
    DateBoxes,
    DateField,
    NhsNumberField,
    PhoneField,
    PlainCharField,
    PostcodeField,
)
from placewell_web.nhsuk.words import day, phone

FLAGS: Mapping[str, bool | None] = {"yes": True, "no": False, "not_known": None}
FLAG_CHOICES = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))


class RecordForm(forms.Form):
    """A part of one record: `FIELDS` are its columns; `version` is the version that was read.

    What was imported may be no value this form would take (half a postcode): left as it stands, it is kept.
    """

    FIELDS: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(**VERSION)

    def __init__(self, data: Any = None, *, record: Any, **options: Any) -> None:
        self.record = record
        shown = {name: self.shown(name, getattr(record, name)) for name in self.FIELDS}
        super().__init__(data, initial={"version": record.version, **shown}, **options)

    def shown(self, name: str, value: Any) -> Any:
        """A value of the record as the form shows it."""
        if isinstance(self.base_fields.get(name), FlagField):
            return next(code for code, flag in FLAGS.items() if flag is value)
        return value

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self.FIELDS:
            if name in self.errors and not self.fields[name].required and self.data.get(name) == self.initial[name]:
                del self.errors[name]
                said[name] = getattr(self.record, name)
        return said

    def facts(self) -> dict[str, Any]:
        """Column → value; what was left as it stood has the very value that stood there."""
        return {
            name: getattr(self.record, name) if self.cleaned_data[name] == self.initial[name] else said
            for name, said in ((name, self.cleaned_data[name]) for name in self.FIELDS)
        }

    def differing(self, stored: Mapping[str, str], written: Mapping[str, str]) -> list[tuple[str, str]]:
        """Where two versions of the record differ: the field, and what is saved now, in words."""
        names = [name for name in self.FIELDS if stored.get(name, "") != written.get(name, "")]
        return [(str(self.fields[name].label), self._in_words(name, stored.get(name, ""))) for name in names]

    def _in_words(self, name: str, text: str) -> str:
        field = self.fields[name]
        if isinstance(field, FlagField):
            return FLAG_WORDS[{"True": True, "False": False}.get(text)]
        if isinstance(field, ChoiceField):
            return str(dict(field.choices).get(text, text)) or NOT_ASKED
        if text and isinstance(field, DateField):
            return day(date.fromisoformat(text))
        return str(self.shown(name, text)) or "(empty)"

    def offer(self, name: str, choices: Iterable[tuple[str, str]], list_name: str = "") -> None:
        """The choices of a list, led by "Not asked yet"; a value outside it that stands in the record is one too."""
        offered = dict(choices)
        stored = getattr(self.record, name)
        if stored and stored not in offered:
            offered[stored] = label(list_name, stored) if list_name else stored
        self.fields[name].choices = [("", NOT_ASKED), *offered.items()]  # type: ignore[attr-defined]


class FlagField(ChoiceField):
    """Yes, no or not known, side by side; cleaned to true, false or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=FLAG_CHOICES, inline=True, **{"required": False, **options})

    def clean(self, value: Any) -> bool | None:
        return FLAGS.get(super().clean(value))


def _typed(**attrs: str) -> forms.TextInput:
    """A box in which the browser does not offer what it knows of its own user."""
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


class DetailsForm(RecordForm):
    """Who the person is, how to reach them and how to be understood."""

    WHO = ("first_name", "surname", "preferred_name", "pronouns", "birth_date", "nhs_number")
    REACHING = ("phone", "email", "postcode", "contact_preference", "contact_time", "safe_to_leave_message")
    UNDERSTOOD = ("language", "needs_interpreter", "communication_needs")
    FIELDS = WHO + REACHING + UNDERSTOOD

    first_name = PlainCharField(label="First name", max_length=100, missing="Enter their first name.", widget=_typed())
    surname = PlainCharField(label="Last name", max_length=100, missing="Enter their last name.", widget=_typed())
    preferred_name = PlainCharField(label="Likes to be called", max_length=100, widget=_typed())
    pronouns = PlainCharField(label="Pronouns", max_length=40, width=20, widget=_typed())
    birth_date = DateField(label="Date of birth", widget=DateBoxes())
    nhs_number = NhsNumberField(label="NHS number", help_text="10 digits", widget=_typed(inputmode="numeric"))
    phone = PhoneField(label="Phone number", widget=_typed(type="tel", inputmode="tel"))
    email = EmailField(label="Email address", widget=_typed(type="email"))
    postcode = PostcodeField(label="Postcode", widget=_typed())
    contact_preference = ChoiceField(label="Best way to reach them", choices=(), required=False, as_list=True)
    contact_time = PlainCharField(label="Best time", max_length=60, help_text="Mornings; after 2pm; not on Fridays")
    safe_to_leave_message = FlagField(label="Is it safe to leave a message?")
    language = PlainCharField(
        label="Language they like to speak in", max_length=60, help_text="Leave empty for English"
    )
    needs_interpreter = FlagField(label="Do they need an interpreter?")
    communication_needs = PlainCharField(
        label="What helps them to be understood",
        max_length=500,
        multiline=True,
        rows=2,
        help_text="Large print, easy read, British Sign Language",
    )

    def __init__(self, data: Any = None, *, spec: Specification, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        born = self.fields["birth_date"]
        assert isinstance(born, DateField)
        born.earliest, born.latest = date(today.year - OLDEST, 1, 1), today
        self.offer("contact_preference", ways_to_reach(spec))

    def shown(self, name: str, value: Any) -> Any:
        if name == "phone":
            return phone(value) if value else ""
        return time_in_words(value) if name == "contact_time" else super().shown(name, value)

    def facts(self) -> dict[str, Any]:
        """The phone number is compared as people write it, so that one left alone stays as it was kept."""
        found = super().facts()
        typed = found["phone"]
        return found | {"phone": self.record.phone if typed and phone(typed) == self.initial["phone"] else typed}


def ways_to_reach(spec: Specification) -> list[tuple[str, str]]:
    """The ways of the public form, which fills the same column."""
    fields = (field for question in spec.referral.questions for field in question.fields)
    found = next((field for field in fields if field.fills == "people.contact_preference"), None)
    return [(option.id, option.label) for option in found.options] if found else []


class EqualityForm(RecordForm):
    """Equality monitoring: the person's own words, each of which they may keep to themselves."""

    FIELDS = ("gender", "ethnicity", "religion", "sexual_orientation", "education", "region")

    gender = ChoiceField(label="Gender", choices=(), required=False, as_list=True)
    ethnicity = ChoiceField(label="Ethnic group", choices=(), required=False, as_list=True)
    religion = ChoiceField(label="Religion or belief", choices=(), required=False, as_list=True)
    sexual_orientation = ChoiceField(label="Sexual orientation", choices=(), required=False, as_list=True)
    education = ChoiceField(label="Highest qualification", choices=(), required=False, as_list=True)
    region = ChoiceField(label="Region they live in", choices=(), required=False, as_list=True)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name in self.FIELDS:
            self.offer(name, labels(name).items(), name)


class HealthForm(RecordForm):
    """Health and work when the person was referred: what figures are broken down by."""

    CODED = ("primary_condition", "employment_at_entry", "time_since_last_worked")
    ASKED = (
        "has_long_term_condition",
        "has_common_mental_health_problem",
        "has_autism",
        "has_learning_disability",
    )
    FIELDS = ("primary_condition", *ASKED, "employment_at_entry", "time_since_last_worked", "gp_practice_id")

    primary_condition = ChoiceField(label="Main health condition", choices=(), required=False, as_list=True)
    has_long_term_condition = FlagField(label="Do they have a long-term condition?")
    has_common_mental_health_problem = FlagField(
        label="Do they have a common mental health problem?", help_text="Anxiety or depression, for example"
    )
    has_autism = FlagField(label="Are they autistic?")
    has_learning_disability = FlagField(label="Do they have a learning disability?")
    employment_at_entry = ChoiceField(label="Work when they were referred", choices=(), required=False, as_list=True)
    time_since_last_worked = ChoiceField(label="Time since they last worked", choices=(), required=False, as_list=True)
    gp_practice_id = ChoiceField(
        label="GP practice",
        choices=(),
        required=False,
        as_list=True,
        help_text="One that is missing is added by an administrator.",
    )

    def __init__(self, data: Any = None, *, practices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        for name in self.CODED:
            self.offer(name, labels(name).items(), name)
        self.offer("gp_practice_id", practices)

    def facts(self) -> dict[str, Any]:
        found = super().facts()
        return found | {"gp_practice_id": found["gp_practice_id"] or None}
