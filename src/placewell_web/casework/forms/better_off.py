"""A better-off sum: two amounts a week for each income and cost, and whom to tell of earnings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from placewell.vocabulary import labels
from placewell_web.casework.actions.better_off import SIDES, TOLD_TO, Amount, BetterOffFacts
from placewell_web.casework.forms.records import DatedForm
from placewell_web.nhsuk.fields import ChoiceField, HoursField, ManyChoiceField, MoneyField, PlainCharField

MOST = 10_000  # pounds a week
ZERO = "Enter both amounts: 0 where there is none."


class BetterOffForm(DatedForm):
    """A row left empty does not apply; one filled in on one side asks for the other."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    about = ChoiceField(
        label="What is it about?",
        choices=tuple(labels("benefits_advice_about").items()),
        missing="Choose what it is about.",
    )
    job = ChoiceField(label="For which job?", choices=(), as_list=True)
    weekly_hours = HoursField(label="Hours a week in the sum")
    advised_by = PlainCharField(label="Who gave the advice", max_length=120, help_text="You, or an expert by name")
    told_to = ManyChoiceField(label="Who must be told of the earnings?", choices=tuple(TOLD_TO.items()))
    words = PlainCharField(label="What to remember", max_length=1_000, multiline=True, rows=3)

    def __init__(self, *arguments: Any, jobs: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["job"].choices = jobs  # type: ignore[attr-defined]
        for side, codes in SIDES.items():
            for code, label in codes.items():
                for when in ("before", "after"):
                    words = f"{label} {'without' if when == 'before' else 'with'} the job"
                    self.fields[f"{side}_{code}_{when}"] = MoneyField(label=words, most=MOST, width=5)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        filled = False
        for name in self.amount_names():
            before, after = said.get(f"{name}_before"), said.get(f"{name}_after")
            filled = filled or before is not None or after is not None
            for when, value, other in (("before", before, after), ("after", after, before)):
                if value is None and other is not None and f"{name}_{when}" not in self.errors:
                    self.add_error(f"{name}_{when}", ZERO)
        if not filled and not any(name.startswith(("income_", "cost_")) for name in self.errors):
            self.add_error("income_wages_before", "Enter at least one income without the job and with it.")
        return said

    @staticmethod
    def amount_names() -> list[str]:
        return [f"{side}_{code}" for side, codes in SIDES.items() for code in codes]

    @property
    def tables(self) -> list[tuple[str, list[tuple[str, forms.BoundField, forms.BoundField]]]]:
        """Incomes and costs, each row with its two boxes."""
        titles = {"income": "Income a week, in pounds", "cost": "Costs a week, in pounds"}
        return [
            (
                titles[side],
                [(label, self[f"{side}_{code}_before"], self[f"{side}_{code}_after"]) for code, label in codes.items()],
            )
            for side, codes in SIDES.items()
        ]

    def facts(self) -> BetterOffFacts:
        said = self.cleaned_data
        amounts = [
            Amount(side, code, _pounds(said, side, code, "before"), _pounds(said, side, code, "after"))
            for side, codes in SIDES.items()
            for code in codes
            if said.get(f"{side}_{code}_before") is not None
        ]
        return BetterOffFacts(
            on=said["on"],
            about=said["about"],
            amounts=amounts,
            form_token=said["form_token"],
            weekly_hours=said["weekly_hours"],
            advised_by=said["advised_by"],
            told_to=tuple(said["told_to"]),
            words=said["words"],
        )


def _pounds(said: dict[str, Any], side: str, code: str, when: str) -> Decimal:
    found = said[f"{side}_{code}_{when}"]
    assert isinstance(found, Decimal)
    return found
