"""Forms of supervision: what was agreed, and who came to the group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from placewell_web.casework.actions.supervision import Agreed
from placewell_web.nhsuk.fields import ChoiceField, DateField, ManyChoiceField, PlainCharField, TickField

ROWS = 5
WEEKS = (("1", "In 1 week"), ("2", "In 2 weeks"), ("4", "By the next supervision, in 4 weeks"), ("", "No day"))
MEMORY = 62  # days back that a meeting may be written down


class SheetForm(forms.Form):
    """Notes, what was done of what was agreed before, and up to five new actions."""

    notes = PlainCharField(label="Notes", max_length=10_000, multiline=True, rows=6)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *data: Any, opened: Sequence[Any], people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*data, **options)
        self.opened = [str(one.pk) for one in opened if one.done_on is None]
        for one in opened:
            if one.done_on is None:
                self.fields[f"done-{one.pk}"] = TickField(label=one.what)
        for number in range(1, ROWS + 1):
            self.fields[f"what-{number}"] = PlainCharField(label=f"Action {number}", max_length=300)
            self.fields[f"who-{number}"] = ChoiceField(
                label=f"Who does action {number}", choices=people, as_list=True, required=False, initial=people[0][0]
            )
            self.fields[f"when-{number}"] = ChoiceField(
                label=f"By when is action {number} done", choices=WEEKS, as_list=True, required=False, initial="4"
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("notes") and not any(said.get(f"what-{n}") for n in range(1, ROWS + 1)):
            self.add_error("notes", "Write a note or agree an action: an empty sheet says nothing to whoever reads it.")
        return said

    def agreed(self, today: date) -> list[Agreed]:
        said = self.cleaned_data
        return [
            Agreed(
                said[f"what-{n}"],
                UUID(said[f"who-{n}"] or self.fields[f"who-{n}"].initial),
                _day(said[f"when-{n}"], today),
            )
            for n in range(1, ROWS + 1)
            if said[f"what-{n}"]
        ]

    def done(self) -> list[UUID]:
        return [UUID(id) for id in self.opened if self.cleaned_data.get(f"done-{id}")]


class GroupForm(forms.Form):
    """Who came, on which day, and what was shared."""

    on = DateField(label="Day", missing="Enter the day of the meeting.")
    came = ManyChoiceField(label="Who came?", choices=(), missing="Tick who came.")
    leads = PlainCharField(
        label="Leads shared",
        max_length=10_000,
        multiline=True,
        rows=4,
        help_text="Jobs and employers. No names of clients.",
    )
    notes = PlainCharField(label="Notes", max_length=10_000, multiline=True, rows=4)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *data: Any, members: Sequence[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["came"].choices = members  # type: ignore[attr-defined]
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = today - timedelta(days=MEMORY), today


def _day(weeks: str, today: date) -> date | None:
    return today + timedelta(weeks=int(weeks)) if weeks else None
