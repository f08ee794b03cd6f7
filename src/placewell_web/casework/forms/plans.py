"""The plan made with the person: its goal, what a job search plan adds, and its steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from placewell_web.casework.actions.plans import OWNERS, SEARCH, SearchFacts, StepFacts
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, PlainCharField

MOST_STEPS = 12
SEARCH_LABELS = {
    "kinds_of_job": ("Kinds of job", "From what the person wants; also what they do not want"),
    "employers": ("Employers to approach", "Names, or where to look"),
    "how_often": ("How often", "Applications and visits a week, days to look, when to look back"),
}


class StepForm(forms.Form):
    """One step: empty is fine, half-filled is not. `parts`: what the contract says the plan covers."""

    part = ChoiceField(label="Part of the plan", choices=(), as_list=True)
    text = PlainCharField(label="Step", max_length=300)
    by_whom = ChoiceField(label="Who", choices=(), as_list=True)
    owner = PlainCharField(label="Name", max_length=100, width=10)
    due_on = DateField(label="By when")

    def __init__(self, *arguments: Any, called: str, parts: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        who = OWNERS | {"client": called}
        self.fields["by_whom"].choices = [("", "Not said"), *who.items()]  # type: ignore[attr-defined]
        self.fields["part"].choices = [("", "Choose"), *parts]  # type: ignore[attr-defined]
        self.has_parts = bool(parts)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        begun = any(said.get(name) for name in ("part", "by_whom", "owner", "due_on"))
        if begun and not said.get("text") and "text" not in self.errors:
            self.add_error("text", "Write what the step is.")
        if said.get("text") and self.has_parts and not said.get("part") and "part" not in self.errors:
            self.add_error("part", "Choose the part of the plan that the step belongs to.")
        return said


class PlanForm(forms.Form):
    """The goal, and the day the person agreed where they have."""

    edit_version = forms.IntegerField(**VERSION)
    goal = PlainCharField(label="Goal", max_length=300, missing="Write the goal in the person's words.")
    kinds_of_job = PlainCharField(max_length=1_000, multiline=True, rows=2)
    employers = PlainCharField(max_length=1_000, multiline=True, rows=2)
    how_often = PlainCharField(max_length=300)
    agreed_on = DateField(label="Day the person agreed the plan")

    def __init__(
        self,
        data: Any = None,
        *,
        today: date,
        earliest: date,
        called: str = "The person",
        agreeing: bool = False,
        searching: bool = False,
        parts: tuple[tuple[str, str], ...] = (),
        steps: list[dict[str, Any]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.agreeing, self.searching = agreeing, searching
        for name, (label, hint) in SEARCH_LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
            if not searching:
                del self.fields[name]
        day = self.fields["agreed_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        given = (steps or [])[:MOST_STEPS]
        empty: list[dict[str, Any]] = [{} for _ in range(MOST_STEPS - len(given))]
        self.steps = [
            StepForm(data, prefix=f"step-{number}", initial=initial, called=called, parts=parts)
            for number, initial in enumerate([*given, *empty], start=1)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(step.is_valid() for step in self.steps)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.agreeing:
            if not said.get("agreed_on") and "agreed_on" not in self.errors:
                self.add_error("agreed_on", "Enter the day the person agreed the plan.")
            if not any(step.is_valid() and step.cleaned_data.get("text") for step in self.steps):
                self.steps[0].add_error("text", "Write at least one step before the plan is agreed.")
        return said

    @property
    def shown_steps(self) -> int:
        """How many steps stand open: those written, and a few to write."""
        written = [n for n, step in enumerate(self.steps, 1) if step["text"].value() or step.errors]
        return min(MOST_STEPS, max(written, default=0) + 3)

    def step_facts(self) -> list[StepFacts]:
        said = [step.cleaned_data for step in self.steps]
        return [
            StepFacts(one["text"], one["owner"], one["due_on"], by_whom=one["by_whom"], part=one["part"])
            for one in said
            if one.get("text")
        ]

    def search_facts(self) -> SearchFacts | None:
        return SearchFacts(**{name: self.cleaned_data[name] for name in SEARCH}) if self.searching else None
