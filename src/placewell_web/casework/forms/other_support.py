"""Sign-posting, methods to manage health and work, and steps that are no job: each a few taps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import label, labels
from placewell_web.casework.forms.records import DatedForm
from placewell_web.casework.onward_outcomes import OUTCOMES
from placewell_web.nhsuk.fields import ChoiceField, ManyChoiceField, PlainCharField


class OnwardForm(DatedForm):
    """Another service the person was referred on to, or told about: one of the directory, or any of a kind."""

    service = ChoiceField(label="Which service of the directory?", choices=(), as_list=True)
    to = ChoiceField(label="To which service?", choices=())
    another = PlainCharField(label="Its name, where it is not in the directory", max_length=150)
    kind = ChoiceField(
        label="How?",
        choices=(("referral", "I referred them"), ("signpost", "I told them about it")),
        missing="Choose whether you referred them or told them about it.",
    )

    def __init__(self, *arguments: Any, spec: Specification, directory: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        first = (choice.id for choice in spec.referral.onward)
        self.directory = {str(one.pk): one for one in directory}
        self.fields["to"].choices = offered("onward_service", first)  # type: ignore[attr-defined]
        entries = [(pk, f"{one.name} ({label('onward_service', one.kind)})") for pk, one in self.directory.items()]
        self.fields["service"].choices = [("", "Another service"), *entries]  # type: ignore[attr-defined]
        if self.directory:
            self.fields["to"].label, self.fields["to"].widget = "If it is another: what kind?", forms.Select()
            self.fields["to"].choices = [("", "Choose"), *self.fields["to"].choices]  # type: ignore[attr-defined]
        else:
            del self.fields["service"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("to") and not said.get("service") and not {"to", "service"} & set(self.errors):
            self.add_error("to", "Choose the service.")
        return said

    def facts(self) -> dict[str, Any]:
        """What the action takes; an entry of the directory says its own kind."""
        said = self.cleaned_data
        chosen = self.directory.get(said.get("service", ""))
        facts = {"on": said["on"], "kind": said["kind"], "to": said["to"], "service": chosen}
        return facts | {"service_name": "" if chosen else said["another"]}


class OnwardOutcomeForm(DatedForm):
    """What came of it; dated on or after the day the person was sent there."""

    outcome = ChoiceField(label="What came of it?", choices=tuple(OUTCOMES.items()), missing="Choose what came of it.")


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
