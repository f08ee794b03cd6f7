"""Forms of a team leader: handing a caseload over, arranging cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from placewell_web.casework.actions.handover import Given
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, ManyChoiceField, PlainCharField, TickField

LONGEST_BACK = 31  # days: a handover keyed in later than it happened
LONGEST_COVER = 92  # days: what lasts longer is no cover


class AmongForm(forms.Form):
    """Among whom a caseload is shared out; nobody chosen is everybody who is not away."""

    among = ManyChoiceField(label="Share out among", choices=())

    def __init__(self, *data: Any, colleagues: Sequence[tuple[str, str]]) -> None:
        super().__init__(*data)
        self.fields["among"].choices = colleagues  # type: ignore[attr-defined]

    def chosen(self) -> set[str]:
        return set(self.cleaned_data.get("among", ())) if self.is_valid() else set()


class HandoverForm(forms.Form):
    """Who goes to whom: for each person a tick, a colleague, and what the colleague must know."""

    on = DateField(label="From which day?", missing="Enter the first day with the colleagues.")
    reason = PlainCharField(label="Why?", max_length=300, missing="Say why the caseload is handed over.")
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *data: Any,
        people: Sequence[Any],
        choices: Mapping[str, list[tuple[str, str]]],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*data, **options)
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = today - timedelta(days=LONGEST_BACK), today
        self.people = [row.case.episode_id for row in people]
        for row in people:
            self._add(row, choices.get(row.lot, []))

    def _add(self, row: Any, choices: list[tuple[str, str]]) -> None:
        id, name = row.case.episode_id, row.case.name
        proposed = str(row.proposed or "")
        self.fields[f"take-{id}"] = TickField(label=f"Hand over {name}", initial=bool(proposed))
        self.fields[f"to-{id}"] = ChoiceField(
            label=f"Who takes over {name}",
            choices=[("", "Nobody yet"), *choices],
            as_list=True,
            required=False,
            initial=proposed,
        )
        self.fields[f"note-{id}"] = PlainCharField(label=f"Note about {name}", max_length=2_000)
        self.fields[f"version-{id}"] = forms.IntegerField(**VERSION, initial=row.version)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        ticked = [id for id in self.people if said.get(f"take-{id}")]
        if not ticked and self.people:
            raise ValidationError("Tick at least one person to hand over.")
        for id in ticked:
            if not said.get(f"to-{id}") and f"to-{id}" not in self.errors:
                self._say(id, "choose a colleague, or take the tick away.")
        for id in (one for one in self.people if one not in ticked):
            if said.get(f"to-{id}") and said[f"to-{id}"] != self.fields[f"to-{id}"].initial:
                self._say(id, "you chose a colleague. Tick the name as well, or choose nobody.")
        return said

    def _say(self, id: str, words: str) -> None:
        self.add_error(f"to-{id}", f"{self.fields[f'to-{id}'].label}: {words}")

    def given(self) -> list[Given]:
        said = self.cleaned_data
        return [
            Given(UUID(id), said[f"version-{id}"], UUID(said[f"to-{id}"]), said[f"note-{id}"])
            for id in self.people
            if said[f"take-{id}"]
        ]


class CoverForm(forms.Form):
    """A colleague stands in from a day to a last day."""

    colleague = ChoiceField(label="Who covers?", choices=(), missing="Choose who covers.", as_list=True)
    from_on = DateField(label="First day", missing="Enter the first day of the cover.")
    to_on = DateField(label="Last day", missing="Enter the last day of the cover.")
    reason = PlainCharField(
        label="Why?", max_length=200, help_text="Leave, a course. Say nothing about anyone's health."
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *data: Any, colleagues: Sequence[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["colleague"].choices = [("", "Choose"), *colleagues]  # type: ignore[attr-defined]
        for name in ("from_on", "to_on"):
            day = self.fields[name]
            assert isinstance(day, DateField)
            day.earliest = today

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("from_on"), said.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "The last day must be on or after the first day.")
        elif first and last and last - first > timedelta(days=LONGEST_COVER):
            self.add_error("to_on", "Cover lasts three months at most. Hand the caseload over instead.")
        return said
