"""The confidential survey: starting a round, making codes, and the questions that somebody answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from placewell.questionnaires import Instrument
from placewell.questionnaires.wording import Wording
from placewell_web.casework.actions.surveys import LEAST_CODES, MOST_CODES
from placewell_web.casework.forms.questionnaires import AnswersForm
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, PlainCharField

LONGEST = 366  # days that a round can run
MOST_WORDS = 2_000


class RoundForm(forms.Form):
    """Where the survey is held, and from when to when."""

    lot = ChoiceField(label="Lot", choices=(), as_list=True, missing="Choose the lot.")
    opens_on = DateField(label="First day", missing="Enter the first day.")
    closes_on = DateField(
        label="Last day", missing="Enter the last day.", help_text="Results are shown from the day after, not before."
    )

    def __init__(self, *arguments: Any, lots: list[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["lot"].choices = [("", "Choose"), *lots]  # type: ignore[attr-defined]
        self.fields["opens_on"].earliest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("opens_on"), said.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Last day must be on or after the first day.")
        elif first and last and last - first > timedelta(days=LONGEST):
            self.add_error("closes_on", "Last day must be within a year of the first day.")
        return said


class CodesForm(forms.Form):
    """How many codes to make; and how many there were when the form was opened."""

    number = forms.IntegerField(
        label="How many codes?",
        min_value=LEAST_CODES,
        max_value=MOST_CODES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Enter how many codes to make.",
            "invalid": "Enter a whole number.",
            "min_value": f"Enter {LEAST_CODES} or more: a code made for one person would tell what they answer.",
            "max_value": f"Enter {MOST_CODES} or fewer: make more afterwards.",
        },
    )
    made_before = forms.IntegerField(**VERSION)


class SurveyForm(AnswersForm):
    """The questions that can be counted, none of which must be answered, and a remark."""

    def __init__(self, data: Any = None, *, instrument: Instrument, wording: Wording) -> None:
        super().__init__(data, instrument=instrument, wording=wording)
        self.items = {name: item for name, item in self.items.items() if instrument.answers_of(item) is not None}
        kept = {name: self.fields[name] for name in self.items}
        self.fields.clear()
        self.fields.update(kept)
        self.fields["remark"] = PlainCharField(
            label="Is there anything else you want to tell us?",
            max_length=MOST_WORDS,
            multiline=True,
            help_text="Do not write your name or anything by which somebody could tell who you are.",
        )

    def clean(self) -> dict[str, Any]:
        said = forms.Form.clean(self) or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in self.fields):
            self.add_error(next(iter(self.fields)), "Answer a question, or write something.")
        return said
