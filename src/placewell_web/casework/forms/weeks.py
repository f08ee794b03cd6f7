"""Whose week an address asks for, and the tick of whoever reviews it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from placewell_web.nhsuk.fields import PlainCharField


class WeekForm(forms.Form):
    week = forms.DateField(required=False)
    specialist = forms.UUIDField(required=False)


class ReviewForm(forms.Form):
    words = PlainCharField(label="What you agreed", max_length=1000, multiline=True, rows=2)


def week_asked(request: HttpRequest, today: date) -> tuple[date, UUID | None]:
    """The day the week is of, never later than today, and the specialist; what cannot be read counts as not said."""
    form = WeekForm(request.GET)
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    return min(said.get("week") or today, today), said.get("specialist")
