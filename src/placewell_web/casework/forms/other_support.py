"""Sign-posting, methods to manage health and work, and steps that are no job: each a few taps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import ChoiceField, ManyChoiceField, PlainCharField


class OnwardForm(DatedForm):
    """Another service the person was referred on to, or told about."""

    to = ChoiceField(label="To which service?", choices=(), missing="Choose the service.")
    kind = ChoiceField(
        label="How?",
        choices=(("referral", "I referred them"), ("signpost", "I told them about it")),
        missing="Choose whether you referred them or told them about it.",
    )

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        first = (choice.id for choice in spec.referral.onward)
        self.fields["to"].choices = offered("onward_service", first)  # type: ignore[attr-defined]


class MethodsForm(DatedForm):
    """What the person does to manage health and work."""

    methods = ManyChoiceField(label="What do they use?", choices=(), missing="Choose at least one method.")

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["methods"].choices = offered("work_method", ())  # type: ignore[attr-defined]


class DestinationForm(DatedForm):
    """A step in the person's life that is no job."""

    code = ChoiceField(label="What happened?", choices=(), missing="Choose what happened.")
    detail = PlainCharField(label="Where, or what", max_length=300)

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        first = (choice.id for choice in spec.pathway.destinations)
        self.fields["code"].choices = offered("destination", first)  # type: ignore[attr-defined]


def offered(list_name: str, first: Iterable[str]) -> list[tuple[str, str]]:
    """The codes of a list: those the contract names, then the others, and "other" last."""
    words = labels(list_name)
    order = dict.fromkeys([*(code for code in first if code in words), *words])
    return [(code, words[code]) for code in sorted(order, key=lambda code: code == "other")]
