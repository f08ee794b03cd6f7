"""The items about the person (002 App. 6 i-xvii): filled in already where known; "prefers not to say" is an answer."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from placewell.specification import Specification
from placewell.vocabulary import labels
from placewell_web.intake.forms.about import DetailsForm, EqualityForm, HealthForm
from placewell_web.nhsuk.fields import VERSION, ChoiceField, DateField, ManyChoiceField, TickField
from placewell_web.nhsuk.words import phone
from placewell_web.trial.actions.baseline import ItemFacts

KNOWN = ("referred_on", "consent")  # the referral and the consent step answered these
NAMED = ("first_name", "surname", "birth_date")  # nobody is randomised without them
TEXTS = ("email", "phone")
NOT_SAID, NOT_SAID_WORDS = "not_said", "Prefers not to say"
OLDEST = 120
MISSING = "Choose an answer: {}."


class ItemsForm(forms.Form):
    """Every item of the baseline that is asked, in the order of the specification."""

    person_version = forms.IntegerField(**VERSION)
    episode_version = forms.IntegerField(**VERSION)

    def __init__(
        self,
        data: Any = None,
        *,
        items: Iterable[str],
        stored: Mapping[str, Any],
        not_said: Iterable[str],
        spec: Specification,
        today: date,
    ) -> None:
        super().__init__(data)
        self.items = [item for item in items if item not in KNOWN]
        for item in self.items:
            self._add(item, spec, today)
        self.initial |= {name: _shown(name, stored.get(name)) for name in self.items}
        self.initial |= {name: stored[name] for name in ("person_version", "episode_version")}
        for name in not_said:
            self.initial |= {f"{name}_not_said": True} if name in TEXTS else {name: _not_said_value(name)}

    def _add(self, item: str, spec: Specification, today: date) -> None:
        if item in NAMED + TEXTS:
            field = copy.deepcopy(DetailsForm.base_fields[item])
            field.required = item in NAMED
            field.error_messages["required"] = f"Enter the {str(field.label).lower()}."
            if isinstance(field, DateField):
                field.earliest, field.latest = date(today.year - OLDEST, 1, 1), today
            self.fields[item] = field
            if item in TEXTS:
                self.fields[f"{item}_not_said"] = TickField(label="Has none, or prefers not to say")
        elif item == "benefits":
            self.fields[item] = ManyChoiceField(
                label="Benefits they receive now",
                choices=[*offered("benefit"), (NOT_SAID, NOT_SAID_WORDS)],
                missing="Choose the benefits they receive, or none, or that they prefer not to say.",
            )
        else:
            self.fields[item] = _coded(item, spec)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in TEXTS:
            if name in self.fields and not said.get(name) and not said.get(f"{name}_not_said"):
                words = str(self.fields[name].label).lower()
                if name not in self.errors:
                    self.add_error(name, f"Enter the {words}, or tick that they have none or prefer not to say.")
        benefits = set(said.get("benefits") or ())
        if len(benefits) > 1 and benefits & {"none", NOT_SAID}:
            self.add_error("benefits", "Choose the benefits they receive, or none, or that they prefer not to say.")
        return said

    def facts(self) -> ItemFacts:
        said = self.cleaned_data
        asked = [item for item in self.items if item != "benefits"]
        columns = {name: _kept(name, said[name]) for name in asked}
        benefits = tuple(code for code in said.get("benefits", ()) if code != NOT_SAID)
        return ItemFacts(columns, benefits, self.not_said, said["person_version"], said["episode_version"])

    @property
    def not_said(self) -> tuple[str, ...]:
        """The items the person preferred not to answer."""
        said = self.cleaned_data
        return tuple(name for name in self.items if _is_not_said(name, said.get(name)) or said.get(f"{name}_not_said"))


def _coded(item: str, spec: Specification) -> ChoiceField:
    if item == "source":
        words, choices = "Who referred them", [(one.id, one.label) for one in spec.referral.sources]
    else:
        found = {**EqualityForm.base_fields, **HealthForm.base_fields}[item]
        words, choices = str(found.label), offered(item)
        if not declined_code(item):
            choices.append((NOT_SAID, NOT_SAID_WORDS))
    return ChoiceField(
        label=words,
        choices=[("", "Choose"), *choices],
        as_list=True,
        missing=MISSING.format(words[:1].lower() + words[1:]),
    )


def offered(list_name: str) -> list[tuple[str, str]]:
    """The answers of a list; "not known" is none, since the person is there to be asked."""
    return [(code, words) for code, words in labels(list_name).items() if words != "Not known"]


def declined_code(list_name: str) -> str:
    """The list's own code for what someone prefers not to say; empty where it has none."""
    return next((code for code, words in labels(list_name).items() if words == NOT_SAID_WORDS), "")


def _not_known_code(list_name: str) -> str:
    return next((code for code, words in labels(list_name).items() if words == "Not known"), "")


def _not_said_value(name: str) -> Any:
    return [NOT_SAID] if name == "benefits" else declined_code(name) or NOT_SAID


def _is_not_said(name: str, answer: Any) -> bool:
    if name == "benefits":
        return answer == [NOT_SAID]
    return bool(answer) and answer in (NOT_SAID, "" if name in (*NAMED, *TEXTS, "source") else declined_code(name))


def _kept(name: str, answer: Any) -> Any:
    return _not_known_code(name) if answer == NOT_SAID else answer


def _shown(name: str, value: Any) -> Any:
    """A stored value as the form shows it: what is "not known" is to be asked for."""
    if name == "phone" and value:
        return phone(value)
    if name in (*NAMED, *TEXTS, "benefits", "source") or not value:
        return value
    return "" if value == _not_known_code(name) else value
