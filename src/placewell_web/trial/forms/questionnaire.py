"""A questionnaire keyed in from paper: the number of each item and the code of its answer, never its words."""

from __future__ import annotations

from typing import Any

from django import forms

from placewell.questionnaires import Instrument
from placewell_web.nhsuk.fields import PlainCharField, TickField


class QuestionnaireForm(forms.Form):
    """One box an item. An item that the person prefers to leave open is left open on purpose, once it was asked."""

    def __init__(self, data: Any = None, *, instrument: Instrument) -> None:
        super().__init__(data)
        self.instrument = instrument
        for item in in_order(instrument):
            self.fields[f"item_{item}"] = PlainCharField(
                label=f"Item {item}",
                max_length=10,
                width=2,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
        self.fields["leave_open"] = TickField(label="The person prefers not to answer the items left open")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for item in in_order(self.instrument):
            answers = self.instrument.answers_of(item)
            typed = said.get(f"item_{item}", "")
            if typed and answers is not None and typed not in answers.allowed:
                self.add_error(f"item_{item}", f"Item {item} must be {answers.in_words}.")
        if self.open_items and not self.errors and not said.get("leave_open"):
            self.add_error("leave_open", _still_open(self.open_items))
        return said

    @property
    def open_items(self) -> list[str]:
        """The items without an answer."""
        return [item for item in in_order(self.instrument) if not self.cleaned_data.get(f"item_{item}")]

    @property
    def lost_scales(self) -> list[str]:
        """The scales that cannot be worked out with these items open, in words."""
        missing = set(self.open_items) if self.is_bound and hasattr(self, "cleaned_data") else set()
        return [
            scale.id.replace("_", " ")
            for scale in self.instrument.scales
            if len(set(scale.items) - missing) < scale.least_answered
        ]

    @property
    def answers(self) -> dict[str, str]:
        return {item: self.cleaned_data[f"item_{item}"] for item in in_order(self.instrument)}


def in_order(instrument: Instrument) -> list[str]:
    """The items as they stand on paper."""
    return sorted(instrument.items, key=lambda item: (not item.isdigit(), int(item) if item.isdigit() else 0, item))


def _still_open(items: list[str]) -> str:
    if len(items) == 1:
        return f"Item {items[0]} is open. Ask for it, or tick that the person prefers not to answer it."
    shown = f"{', '.join(items[:-1])} and {items[-1]}"
    return f"Items {shown} are open. Ask for them, or tick that the person prefers not to answer them."
