"""Looking for an employer, and what is known of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.http import HttpRequest, QueryDict

from placewell.vocabulary import labels
from placewell_web.nhsuk.fields import ChoiceField, PhoneField, PlainCharField, SearchField


class EmployerSearchForm(forms.Form):
    q = SearchField(label="Name or town")
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

    def number(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("page") or 1


class EmployerForm(forms.Form):
    """Only the name is needed."""

    name = PlainCharField(label="Name", max_length=200, missing="Enter the employer's name.")
    town = PlainCharField(label="Town", max_length=100)
    industry = ChoiceField(label="Industry (SIC 2007)", choices=(), as_list=True)
    contact_name = PlainCharField(label="Who to ask for", max_length=150)
    contact_phone = PhoneField(label="Phone")
    contact_email = PlainCharField(label="Email", max_length=254)
    needs = PlainCharField(label="What they look for", max_length=5_000, multiline=True, rows=3)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", "Not known"), *((code, f"{code}  {text}") for code, text in labels("industry").items())]
        self.fields["industry"].choices = choices  # type: ignore[attr-defined]

    def clean_contact_email(self) -> str:
        text = str(self.cleaned_data["contact_email"])
        if text:
            EmailValidator("Enter an email address, like name@example.org.")(text)
        return text


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or nothing."""
    return request.POST if request.method == "POST" else None


def searched(request: HttpRequest) -> tuple[str, int]:
    """The words looked for and the page of the list."""
    form = EmployerSearchForm(request.GET)
    return form.words(), form.number()
