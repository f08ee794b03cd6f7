"""An entry of the directory of other services."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from placewell.vocabulary import labels
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, PhoneField, PlainCharField, TickField

HOST = re.compile(r"^(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s<>\"']*)?$", re.I)


class OutsideServiceForm(forms.Form):
    """What someone needs to know to be sent there, or to go by themselves."""

    name = PlainCharField(label="Name", max_length=150, missing="Enter the name of the service.")
    kind = ChoiceField(label="Kind of service", choices=(), missing="Choose the kind of service.", as_list=True)
    help = PlainCharField(label="What it helps with", max_length=500, multiline=True, rows=2)
    only_lot = ChoiceField(label="For people of", choices=(), as_list=True)
    phone = PhoneField(label="Phone")
    web = PlainCharField(label="Website", max_length=200, help_text="Like www.example.org")
    how_to_refer = PlainCharField(label="How to refer someone", max_length=500, multiline=True, rows=2)
    who_for = PlainCharField(label="Who can use it", max_length=500, multiline=True, rows=2)
    access = PlainCharField(
        label="Getting in and being understood",
        max_length=500,
        multiline=True,
        rows=2,
        help_text="Steps, languages, sign language, opening hours.",
    )
    valid_until = DateField(label="Last day it can be used", help_text="Leave empty if there is none.")
    public = TickField(label="Show it on the public page of other support")
    version = forms.IntegerField(required=False, **VERSION)

    def __init__(self, *arguments: Any, lots: list[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = [("", "Choose"), *labels("onward_service").items()]  # type: ignore[attr-defined]
        self.fields["only_lot"].choices = [("", "Everywhere we work"), *lots]  # type: ignore[attr-defined]
        if len(lots) < 2:
            del self.fields["only_lot"]
        day = self.fields["valid_until"]
        assert isinstance(day, DateField)
        day.earliest = None if self.initial.get("valid_until") else today

    def clean_web(self) -> str:
        text = str(self.cleaned_data["web"])
        if text and not HOST.match(text):
            raise forms.ValidationError("Enter a website, like www.example.org.")
        return re.sub(r"^https?://", "", text, flags=re.I).rstrip("/")
