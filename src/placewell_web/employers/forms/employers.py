"""Looking for an employer, what is known of one, who works there, and what they say of the service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.http import HttpRequest, QueryDict

from placewell.vocabulary import labels
from placewell_web.employers.choices import RELATIONSHIPS, ROLES, SIZES
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, PhoneField, PlainCharField, SearchField

OLDEST_FEEDBACK = timedelta(days=365)


class EmployerSearchForm(forms.Form):
    """What an address asks of the list; anything else is read as not said."""

    q = SearchField(label="Name or town")
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    stands = forms.CharField(required=False, max_length=20)
    sector = forms.CharField(required=False, max_length=10)

    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

    def number(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("page") or 1

    def asked(self, name: str, known: Any) -> str:
        """One of the known codes, or nothing."""
        self.is_valid()
        said = self.cleaned_data.get(name, "")
        return said if said in known else ""


class EmailTextField(PlainCharField):
    """An email address, or nothing."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text:
            EmailValidator("Enter an email address, like name@example.org.")(text)
        return text


class EmployerForm(forms.Form):
    """Only the name is needed."""

    name = PlainCharField(label="Name", max_length=200, missing="Enter the employer's name.")
    town = PlainCharField(label="Town", max_length=100)
    industry = ChoiceField(label="Industry (SIC 2007)", choices=(), as_list=True)
    size = ChoiceField(label="How many people work there", choices=[("", "Not known"), *SIZES.items()], as_list=True)
    contact_name = PlainCharField(label="Who to ask for first", max_length=150)
    contact_phone = PhoneField(label="Phone")
    contact_email = EmailTextField(label="Email", max_length=254)
    needs = PlainCharField(label="What they look for", max_length=5_000, multiline=True, rows=3)
    version = forms.IntegerField(required=False, **VERSION)
    another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", "Not known"), *((code, f"{code}  {text}") for code, text in labels("industry").items())]
        self.fields["industry"].choices = choices  # type: ignore[attr-defined]


class EmployerPersonForm(forms.Form):
    """Someone who works there."""

    name = PlainCharField(label="Name", max_length=150, missing="Enter their name.")
    role = ChoiceField(label="What they do there", choices=[("", "Not known"), *ROLES.items()], as_list=True)
    phone = PhoneField(label="Phone")
    email = EmailTextField(label="Email", max_length=254)
    note = PlainCharField(label="Note", max_length=500, help_text="When to ring, what they decide.")


class RelationshipForm(forms.Form):
    relationship = ChoiceField(
        label="Where does the relationship stand?",
        choices=tuple(RELATIONSHIPS.items()),
        missing="Choose where the relationship stands.",
    )
    words = PlainCharField(label="Why", max_length=500)


class OwnerForm(forms.Form):
    """Who looks after the employer from now on."""

    owner = ChoiceField(label="Who looks after this employer?", choices=(), missing="Choose a colleague.", as_list=True)

    def __init__(self, *arguments: Any, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["owner"].choices = [("", "Choose"), *colleagues]  # type: ignore[attr-defined]


class FeedbackForm(forms.Form):
    on = DateField(label="Date", missing="Enter the date.")
    words = PlainCharField(
        label="What they said", max_length=1000, multiline=True, rows=4, missing="Enter what the employer said."
    )
    acted = PlainCharField(label="What we did about it", max_length=1000, multiline=True, rows=2)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = today - OLDEST_FEEDBACK, today


class SameEmployerForm(forms.Form):
    """Which other record is the same employer; what is kept is the page it was opened from."""

    gone = ChoiceField(label="Which of these is the same employer?", choices=(), missing="Choose the other record.")

    def __init__(self, *arguments: Any, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["gone"].choices = others  # type: ignore[attr-defined]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or nothing."""
    return request.POST if request.method == "POST" else None


def searched(request: HttpRequest) -> EmployerSearchForm:
    """What the address asks of a list."""
    return EmployerSearchForm(request.GET)
