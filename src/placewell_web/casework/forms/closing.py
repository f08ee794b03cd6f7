"""Forms of ending support, and of coming back: reasons of the specification, with words where they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, PlainCharField, TickField

NOT_BY_HAND = "moved_lot"  # a move has a page of its own
ASKED_BY = labels("support_asked_by")
GRANTED = MappingProxyType({"yes": True, "no": False, "later": None})


class ClosureForm(forms.Form):
    """Why support ends, and what the person goes on to."""

    reason = ChoiceField(label="Why does support end?", choices=(), missing="Choose why support ends.")
    words = PlainCharField(label="In a few words", max_length=500, multiline=True, rows=3)
    destination = ChoiceField(label="What do they go on to, beside work?", choices=(), as_list=True, required=False)
    despite = TickField(label="They are in work, although no job is recorded", required=False)
    version = forms.IntegerField(**VERSION)
    sure = TickField(label="I have told the person how to come back to the service", required=False)

    def __init__(self, *arguments: Any, spec: Specification, **options: Any) -> None:
        super().__init__(*arguments, **options)
        reasons = [one for one in spec.pathway.closure_reasons if one.id != NOT_BY_HAND]
        self.untold = {one.id for one in reasons if one.out_of_reach or one.death}
        named = " or ".join(f"“{one.label}”" for one in reasons if one.id in self.untold)
        self.fields["sure"].help_text = f"Leave it empty where support ends because of {named}." if named else ""
        self.need_words = {one.id for one in reasons if one.needs_words}
        self.fields["reason"].choices = [(one.id, one.label) for one in reasons]  # type: ignore[attr-defined]
        places = [(one.id, one.label) for one in spec.pathway.destinations]
        self.fields["destination"].choices = [("", "Nothing that is recorded"), *places]  # type: ignore[attr-defined]
        if not places:
            del self.fields["destination"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("reason") in self.need_words and not said.get("words"):
            self.add_error("words", "Say in a few words why support ends.")
        if not said.get("sure") and said.get("reason") not in self.untold:
            self.add_error("sure", "Tell the person how they can come back, then tick the box.")
        return said


class AgainForm(forms.Form):
    """A new referral of someone the service knows."""

    on = DateField(label="Day of the referral", missing="Enter the day of the referral.")
    source = ChoiceField(label="Who refers?", choices=(), missing="Choose who refers.", as_list=True)

    def __init__(self, *data: Any, spec: Specification, earliest: date, today: date, **options: Any) -> None:
        super().__init__(*data, **options)
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        sources = [(one.id, one.label) for one in spec.referral.sources]
        self.fields["source"].choices = [("", "Choose"), *sources]  # type: ignore[attr-defined]


class SupportAgainForm(forms.Form):
    """Who asks for support in work again, when, and what was decided; `may_wait`: or that it is still to be."""

    asked_by = ChoiceField(label="Who asks?", choices=(), missing="Choose who asks.")
    on = DateField(label="When did they ask?", missing="Enter the day they asked.")
    granted = ChoiceField(
        label="What was decided?",
        choices=(
            ("yes", "Support in work is taken up again"),
            ("no", "Not now"),
            ("later", "Nothing yet: it is still to be decided"),
        ),
        missing="Choose what was decided.",
    )
    words = PlainCharField(label="In your words", max_length=500, multiline=True, rows=3)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *data: Any, who: Sequence[str], earliest: date, today: date, may_wait: bool, **options: Any
    ) -> None:
        super().__init__(*data, **options)
        if not may_wait:
            del self.fields["granted"].choices[-1]  # type: ignore[attr-defined]
        day = self.fields["on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = earliest, today
        self.fields["asked_by"].choices = [(one, ASKED_BY[one]) for one in who]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("granted") == "no" and not said.get("words"):
            self.add_error("words", "Say why not: the person or the employer will ask.")
        return said


class MoveForm(forms.Form):
    """The area someone moves to, why, and whether their profile and plan go along."""

    lot = ChoiceField(label="Which area do they move to?", choices=(), missing="Choose the area they move to.")
    words = PlainCharField(label="Why?", max_length=500, missing="Say why they move.")
    shares = ChoiceField(
        label="Does the person agree that their profile and plan go along?",
        choices=(("yes", "Yes"), ("no", "No, only the referral")),
        missing="Ask the person, and choose yes or no.",
        inline=True,
    )
    version = forms.IntegerField(**VERSION)

    def __init__(self, *data: Any, lots: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["lot"].choices = lots  # type: ignore[attr-defined]
