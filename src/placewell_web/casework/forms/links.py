"""Giving a personal link: how it reaches whoever it is for, and that an employer may be asked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms

from placewell_web.nhsuk.fields import ChoiceField, PlainCharField, TickField


def new_token() -> str:
    """What tells a form that is sent twice from two forms."""
    return secrets.token_urlsafe(16)


class GiveForm(forms.Form):
    """How to give the link: `ways` have id, label and hint. `doubt`: what the person must say yes to once more, before
    their employer is asked."""

    how = ChoiceField(label="How do you want to give it?", choices=(), missing="Choose how to give the link.")
    agreed = TickField(label="", missing="Ask first. Tick the box when you have a yes.")
    token = PlainCharField(max_length=60, missing="Open the page again.", widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, ways: Sequence[Any], doubt: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = self.fields["how"]
        assert isinstance(choices, ChoiceField)
        choices.choices = [(way.id, way.label) for way in ways]
        choices.hints = {way.id: way.hint for way in ways}
        if doubt:
            self.fields["agreed"].label = doubt
        else:
            del self.fields["agreed"]
