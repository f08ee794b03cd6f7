"""What is sent after an allocation: the booklet, services chosen, a mistake told, what is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from placewell.specification.trial import LocalService, TrialFile, Withdrawal
from placewell_web.nhsuk.fields import ChoiceField, DateField, ManyChoiceField, PlainCharField

WRONG_STRATUM = "wrong_stratum"
NONE = "none_for_now"


class ServicesForm(forms.Form):
    """The local services a person was told of; that none was wanted is said, not left out."""

    services = ManyChoiceField(
        label="Which did you choose together?",
        choices=(),
        missing="Choose at least one service, or “None for now”.",
    )

    def __init__(self, *arguments: Any, services: Iterable[LocalService], **options: Any) -> None:
        super().__init__(*arguments, **options)
        listed = list(services)
        field = self.fields["services"]
        field.choices = [*((one.id, one.label) for one in listed), (NONE, "None for now")]  # type: ignore[attr-defined]
        field.hints = {one.id: one.contact for one in listed if one.contact}  # type: ignore[attr-defined]

    def clean_services(self) -> list[str]:
        """The services; none of them where that was said alone."""
        chosen: list[str] = self.cleaned_data["services"]
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError("Choose services, or “None for now”, not both.")
        return [one for one in chosen if one != NONE]


class MistakeForm(forms.Form):
    """What was found wrong after the draw."""

    reason = ChoiceField(label="What is wrong?", choices=(), missing="Choose what is wrong.", widget=forms.RadioSelect)
    stratum = ChoiceField(
        label="Area the person should have been randomised in",
        choices=(),
        required=False,
        help_text="Only where the area is what is wrong",
    )
    words = PlainCharField(
        label="How it came to light",
        max_length=500,
        multiline=True,
        missing="Say how it came to light.",
        help_text="The second person reads this. It does not go to the researchers",
    )

    def __init__(self, *arguments: Any, trial: TrialFile, areas: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kinds = {one.id: one.kind for one in trial.mistakes}
        self.fields["reason"].choices = [(one.id, one.label) for one in trial.mistakes]  # type: ignore[attr-defined]
        self.fields["stratum"].choices = [("", "Choose"), *areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.kinds.get(said.get("reason", "")) == WRONG_STRATUM and not said.get("stratum"):
            self.add_error("stratum", "Choose the area the person should have been randomised in.")
        return said


class DecisionForm(forms.Form):
    """The second person's word."""

    decision = ChoiceField(
        label="Do you agree?",
        choices=(("agree", "Agree"), ("refuse", "Do not agree")),
        missing="Choose whether you agree.",
        widget=forms.RadioSelect,
    )


class LeavingForm(forms.Form):
    """What the person no longer agrees to, and from which day."""

    scopes = ManyChoiceField(
        label="What does the person no longer want?", choices=(), missing="Choose what the person no longer wants."
    )
    on = DateField(label="From which day?", missing="Enter the day from which it holds.")

    def __init__(
        self, *arguments: Any, scopes: Iterable[Withdrawal], earliest: date, today: date, **options: Any
    ) -> None:
        super().__init__(*arguments, initial={"on": today}, **options)
        listed = list(scopes)
        field = self.fields["scopes"]
        field.choices = [(one.id, one.label) for one in listed]  # type: ignore[attr-defined]
        field.hints = {one.id: one.help for one in listed if one.help}  # type: ignore[attr-defined]
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today


class LetterForm(forms.Form):
    """How large the letter is printed: an address asks for it; anything else is read as the usual."""

    print = forms.CharField(required=False, max_length=10)

    def asked(self) -> str:
        self.is_valid()
        said = getattr(self, "cleaned_data", {}).get("print")
        return said if said in ("large", "standard") else ""


class ReasonAsked(forms.Form):
    """The reason a link to the mistake page names; the form refuses one that is not in its list."""

    reason = forms.CharField(required=False, max_length=40)

    def asked(self) -> str:
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get("reason", "")
