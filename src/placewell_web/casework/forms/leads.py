"""For whom a lead is taken."""

from __future__ import annotations

from typing import Any

from django import forms

from placewell_web.nhsuk.fields import ManyChoiceField, TickField


class TakeLeadForm(forms.Form):
    people = ManyChoiceField(label="Whom is it for?", choices=(), missing="Choose at least one person.")
    close = TickField(label="Close the lead, so that nobody else tries")

    def __init__(self, *arguments: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["people"].choices = people  # type: ignore[attr-defined]
