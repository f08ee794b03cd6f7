"""What a person agreed to, and what they took back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import DateField, ManyChoiceField, PlainCharField


class ConsentForm(DatedForm):
    """One form signed, or one conversation: everything the person agreed to in it."""

    kinds = ManyChoiceField(label="What did they agree to?", choices=(), missing="Choose what they agreed to.")
    form_version = PlainCharField(
        label="Version of the form", max_length=40, width=20, help_text="As it stands on the form they signed"
    )

    def __init__(self, *arguments: Any, spec: Specification, today: date, **options: Any) -> None:
        super().__init__(*arguments, today=today, **options)
        self.kind_labels = offered_kinds(spec, today)
        self.on_a_form = {kind.id for kind in spec.pathway.consent_kinds if kind.needs_form}
        self.fields["kinds"].choices = list(self.kind_labels.items())  # type: ignore[attr-defined]
        self.fields["on"].label = "Day they agreed"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        needing = [self.kind_labels[kind] for kind in said.get("kinds", ()) if kind in self.on_a_form]
        if needing and not said.get("form_version") and "form_version" not in self.errors:
            what = needing[0][:1].lower() + needing[0][1:]
            self.add_error("form_version", f"Enter the version of the form they signed: it is needed for {what}.")
        return said


def offered_kinds(spec: Specification, today: date) -> dict[str, str]:
    """The contract's kinds of consent in the phase of the day, then the kinds of the list that it does not name."""
    phase = spec.service.phase_on(today)
    words = labels("consent_kind")
    of_contract = {kind.id: kind.phases for kind in spec.pathway.consent_kinds}
    now = [kind for kind, phases in of_contract.items() if not phases or (phase and phase.id in phases)]
    others = [kind for kind in words if kind not in of_contract]
    return {kind: words[kind] for kind in (*now, *others) if kind in words}


class WithdrawalForm(forms.Form):
    """The day from which a consent no longer holds."""

    withdrawn_on = DateField(label="Day they took it back", missing="Enter the day they took it back.")

    def __init__(self, *arguments: Any, given_on: date, today: date, **options: Any) -> None:
        super().__init__(*arguments, initial={"withdrawn_on": today}, **options)
        day = self.fields["withdrawn_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = given_on, today
