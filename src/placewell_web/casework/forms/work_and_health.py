"""Barriers, adjustments and Access to Work: each a few taps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.casework.forms.other_support import offered
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import ChoiceField, DateField, PlainCharField

Jobs = list[tuple[str, str]]


class BarrierForm(DatedForm):
    """Something that stands in the way of work."""

    barrier = ChoiceField(label="What stands in the way?", choices=(), missing="Choose what stands in the way.")
    words = PlainCharField(label="More about it", max_length=500, multiline=True, rows=2)

    def __init__(self, *arguments: Any, spec: Specification, jobs: Jobs, **options: Any) -> None:
        super().__init__(*arguments, **options)
        first = (choice.id for choice in spec.pathway.barriers)
        self.fields["barrier"].choices = offered("work_barrier", first)  # type: ignore[attr-defined]


class JobForm(DatedForm):
    """Something about one of the person's jobs, or about none in particular."""

    job = ChoiceField(label="For which job?", choices=(), as_list=True)
    words = PlainCharField(label="In a few words", max_length=500, multiline=True, rows=2)

    def __init__(self, *arguments: Any, spec: Specification, jobs: Jobs, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["job"].choices = jobs  # type: ignore[attr-defined]


class AdjustmentForm(JobForm):
    """A change at work that the person asks for."""

    kind = ChoiceField(
        label="What kind of adjustment?",
        choices=tuple(labels("adjustment_kind").items()),
        missing="Choose the kind of adjustment.",
    )


class AccessToWorkForm(JobForm):
    """A step with Access to Work."""

    step = ChoiceField(
        label="What was done or decided?",
        choices=tuple(labels("access_to_work_step").items()),
        missing="Choose what was done or decided.",
    )


class EndForm(forms.Form):
    """The last day on which something stood in the way."""

    ended_on = DateField(label="Last day it stood in the way", missing="Enter the last day.")

    def __init__(self, *arguments: Any, earliest: date, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _within(self.fields["ended_on"], earliest, today)


class AdjustmentStepForm(forms.Form):
    """What became of an adjustment."""

    step = ChoiceField(
        label="What became of it?",
        choices=(("agreed", "The employer agreed"), ("in_place", "It is in place"), ("refused", "It was refused")),
        missing="Choose what became of it.",
    )
    on = DateField(label="Since when", missing="Enter the day.")

    def __init__(self, *arguments: Any, earliest: date, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _within(self.fields["on"], earliest, today)


def _within(field: forms.Field, earliest: date, latest: date) -> None:
    assert isinstance(field, DateField)
    field.earliest, field.latest = earliest, latest
