"""Uploading proof, and deciding it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.casework.actions.proofs import ProofFacts
from placewell_web.clients.documents import CheckedFile, FileRefused, check_file
from placewell_web.clients.documents.intake import MOST_BYTES, WHAT_IS_ACCEPTED
from placewell_web.nhsuk.fields import ChoiceField, DateField, PlainCharField


class UploadForm(forms.Form):
    """A document and what it proves. The file is judged by its content here, before anything is kept."""

    outcome = ChoiceField(label="What does it prove?", choices=(), missing="Choose what the document proves.")
    kind = ChoiceField(label="Kind of document", choices=(), missing="Choose the kind of document.")
    job = ChoiceField(label="Which job?", choices=(), as_list=True)
    about_on = DateField(
        label="Day it vouches for",
        missing="Enter the day the document vouches for.",
        help_text="The last day of the pay period on a payslip; for a contract, the start it names.",
    )
    received_on = DateField(label="Day you received it", missing="Enter the day you received it.")
    file = forms.FileField(
        label="File",
        help_text=WHAT_IS_ACCEPTED,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx", "data-smaller": MOST_BYTES}),
        error_messages={
            "required": "Choose a file. If you chose one, choose it again: it is not kept when the form has an error.",
            "empty": "The file is empty. Choose it again, or take the picture again.",
            "invalid": "Choose a file.",
        },
    )

    def __init__(
        self,
        *arguments: Any,
        spec: Specification,
        jobs: list[tuple[str, str]],
        today: date,
        earliest: date,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.checked: CheckedFile | None = None
        proved = [(rule.outcome, label("evidence_outcome", rule.outcome)) for rule in spec.outcomes.evidence]
        kinds = {kind for rule in spec.outcomes.evidence for kind in _kinds(rule)}
        self._choices("outcome", proved)
        self._choices("kind", [(kind.id, kind.label) for kind in spec.pathway.evidence_kinds if kind.id in kinds])
        self.fields["kind"].hints = {kind.id: kind.help for kind in spec.pathway.evidence_kinds if kind.help}  # type: ignore[attr-defined]
        self._choices("job", [("", "Not about one job"), *jobs])
        for name, latest in (("about_on", None), ("received_on", today)):
            field = self.fields[name]
            assert isinstance(field, DateField)
            field.earliest, field.latest = earliest, latest

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> CheckedFile:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than 5 MB. {WHAT_IS_ACCEPTED}")
        try:
            return check_file(sent.name, sent.read())
        except FileRefused as refused:
            raise forms.ValidationError(list(refused.problems)) from refused

    def facts(self) -> ProofFacts:
        said = self.cleaned_data
        return ProofFacts(said["outcome"], said["kind"], said["about_on"], said["received_on"])


class DecisionForm(forms.Form):
    """Verify, or reject with the reason the specialist will read."""

    decision = ChoiceField(
        label="Does it prove the claim?",
        choices=(("verified", "Yes, verify it"), ("rejected", "No, reject it")),
        missing="Choose whether the document proves the claim.",
    )
    reason = PlainCharField(
        label="Reason, if you reject it",
        max_length=300,
        multiline=True,
        rows=3,
        help_text="Say what to ask for next. The specialist reads this on their page Today.",
    )
    seen = PlainCharField(label="", max_length=20, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "rejected" and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why it is rejected, so that the specialist knows what to ask for.")
        return said


def _kinds(rule: Any) -> set[str]:
    return {*rule.accepted, *(kind for group in rule.backup for kind in group)}
