"""Forms of staff: a referral keyed in, screening, and the decisions about a referral."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from placewell.periods import age_on
from placewell.specification import Specification
from placewell.specification.eligibility import Fact
from placewell.vocabulary import labels
from placewell_web.intake.forms.boxes import OLDEST
from placewell_web.intake.forms.public import QuestionForm
from placewell_web.intake.questions import Page
from placewell_web.nhsuk import fields

ROUTES = [("phone", "By phone"), ("email", "By email"), ("in_person", "In person")]
LEAST = frozenset({"first_name", "surname", "lot"})
NOT_KNOWN = "not_known"
BORN = "people.birth_date"
CONDITION = "primary_condition"


class InboxForm(forms.Form):
    """Which part of the inbox is shown; anything else shows all of it."""

    show = forms.CharField(required=False, max_length=20)
    page = forms.CharField(required=False, max_length=6)

    def chosen(self, among: Iterable[str]) -> str:
        shown = self.cleaned_data.get("show", "") if self.is_valid() else ""
        return shown if shown in set(among) else ""

    @property
    def number(self) -> int:
        typed = self.cleaned_data.get("page", "") if self.is_valid() else ""
        return max(1, int(typed)) if typed.isascii() and typed.isdigit() else 1


class KeyedForm(QuestionForm):
    """Every question on one page, for a referral that came by phone, by email or in person; few must be answered."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, pages: Iterable[Page], today: date) -> None:
        super().__init__(data, pages=pages, today=today, needed=LEAST)
        self.fields["route"] = fields.ChoiceField(
            label="How did it come?", choices=ROUTES, missing="Choose how the referral came", inline=True
        )
        self.fields["received_on"] = fields.DateField(
            label="Day it came", missing="Enter the day it came", latest=today, earliest=date(2012, 1, 1)
        )
        self.fields["token"] = forms.UUIDField(widget=forms.HiddenInput)
        self.initial |= {"received_on": today, "token": uuid.uuid4()}

    @property
    def answers(self) -> dict[str, Any]:
        kept = super().answers
        return {name: value for name, value in kept.items() if name in self.boxes}


class ScreeningForm(forms.Form):
    """The facts that the criteria need; a fact left open stays not known, and the answer says so.

    The age follows from the date of birth: that is asked for only where the record lacks it.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        specification: Specification,
        said: Mapping[str, Any],
        today: date,
        born: date | None = None,
        condition: str = "",
    ) -> None:
        super().__init__(data, initial={name: _shown(value) for name, value in said.items()} | {CONDITION: condition})
        self.today, self.born = today, born
        self.facts = {fact.id: fact for fact in specification.eligibility.facts}
        labels_of = {choice.id: choice.label for choice in specification.eligibility.excluded_conditions}
        for fact in self.facts.values():
            if fact.derived_from == BORN:
                if born is None:
                    self.fields[fact.id] = fields.DateField(
                        label=fact.ask, required=False, latest=today, earliest=date(today.year - OLDEST, 1, 1)
                    )
                continue
            self.fields[fact.id] = _fact_field(fact, labels_of)
        self.fields[CONDITION] = fields.ChoiceField(
            label="What is their main health condition?",
            help_text="For the report’s breakdown. It decides nothing here.",
            choices=[("", "Not asked yet"), *labels("primary_condition").items()],
            as_list=True,
            required=False,
        )

    @property
    def birth_date(self) -> date | None:
        """The date of birth that was learnt now, where the record had none."""
        name = next((fact.id for fact in self.facts.values() if fact.derived_from == BORN), "")
        return self.cleaned_data.get(name)

    @property
    def primary_condition(self) -> str:
        return str(self.cleaned_data[CONDITION])

    @property
    def values(self) -> dict[str, bool | float | str | None]:
        """The facts as screening takes them; not known is None."""
        return {name: self._fact_value(fact) for name, fact in self.facts.items()}

    def _fact_value(self, fact: Fact) -> bool | float | str | None:
        if fact.derived_from == BORN:
            born = self.born or self.birth_date
            return float(age_on(born, self.today)) if born else None
        return _value(fact, self.cleaned_data.get(fact.id))


def _fact_field(fact: Fact, labels: Mapping[str, str]) -> forms.Field:
    if fact.type == "number":
        most = 130 if fact.unit == "years" else 5200
        return fields.NumberField(label=fact.ask, most=most, unit=fact.unit, required=False)
    if fact.type == "text":
        named = [(option, labels.get(option, option.replace("_", " ").capitalize())) for option in fact.options]
        return fields.ChoiceField(label=fact.ask, choices=[*named, (NOT_KNOWN, "Not known")], required=False)
    choices = [("yes", "Yes"), ("no", "No"), (NOT_KNOWN, "Not known")]
    return fields.ChoiceField(label=fact.ask, choices=choices, required=False, inline=True)


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value


def _value(fact: Fact, typed: Any) -> bool | float | str | None:
    if typed in (None, "", NOT_KNOWN):
        return None
    if fact.type == "boolean":
        return bool(typed == "yes")
    return float(typed) if isinstance(typed, Decimal) else str(typed)


class DeclineForm(forms.Form):
    """Why a referral is not taken on, and the words for the person."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, specification: Specification) -> None:
        super().__init__(data)
        reasons = specification.pathway.decline_reasons
        self.fields["reason"] = fields.ChoiceField(
            label="Reason",
            choices=[(reason.id, reason.label) for reason in reasons],
            missing="Choose the reason",
            hints={reason.id: "Say more in the words below" for reason in reasons if reason.needs_words},
        )
        self.fields["words"] = fields.PlainCharField(
            label="What you will tell the person",
            help_text="Plain, kind words, with what they can do instead. They are kept here; nothing is sent.",
            missing="Enter what you will tell the person",
            max_length=1000,
            multiline=True,
        )


class OverrideForm(forms.Form):
    """Why a decision of screening is set aside."""

    reason = fields.PlainCharField(
        label="Reason for going against the criteria",
        missing="Enter the reason for going against the criteria",
        max_length=500,
        multiline=True,
        rows=3,
    )


class AssignForm(forms.Form):
    """Who becomes the person's specialist."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        specialists: Iterable[tuple[str, str, str]],
        may_go_over: bool = False,
    ) -> None:
        super().__init__(data)
        rows = list(specialists)
        self.fields["specialist"] = fields.ChoiceField(
            label="Specialist",
            choices=[(key, name) for key, name, _ in rows],
            hints={key: load for key, _, load in rows},
            missing="Choose a specialist",
        )
        if may_go_over:
            self.fields["over_limit_reason"] = fields.PlainCharField(
                label="Reason for going over the limit",
                help_text="Only if the specialist you chose is full",
                required=False,
                max_length=300,
            )

    def clean_specialist(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["specialist"])
        except ValueError:
            raise ValidationError("Choose a specialist of the list.") from None

    @property
    def over_limit_reason(self) -> str:
        reason: str = self.cleaned_data.get("over_limit_reason", "")
        return reason


class PlaceForm(forms.Form):
    """Into which area a referral is taken."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lots: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["lot"] = fields.ChoiceField(label="Area", choices=list(lots), missing="Choose the area")


class SameForm(forms.Form):
    """Whether two records are one person, and which is kept."""

    decision = fields.ChoiceField(
        label="Are they the same person?",
        missing="Choose whether they are the same person",
        choices=[
            ("keep_other", "Yes, keep the earlier record"),
            ("keep_this", "Yes, keep this record"),
            ("different", "No, they are different people"),
        ],
        hints={
            "keep_other": "This referral moves to the earlier record, as a new episode",
            "keep_this": "The earlier episodes move to this record",
        },
    )
