"""Log one contact for several people: who they are, what all had in common, and what was each one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from placewell_web.casework.actions.contacts import ContactFacts
from placewell_web.casework.forms.contact import typed as typed_of
from placewell_web.casework.forms.occasion import BOXES, TOKENS, OccasionForm, attendances
from placewell_web.nhsuk.fields import ChoiceField, PlainCharField, SearchField

MOST_PEOPLE = 60
DATES = ("on", "next_on")
OWN_FIELD = re.compile(r"(?:attendance|note)_[0-9a-f-]{36}")


class PeopleForm(forms.Form):
    """Who is meant: ticked in a list, named by a link, or looked for by name."""

    q = SearchField(label="Someone else")
    choose = forms.CharField(required=False, max_length=1)

    def words(self) -> str:
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get("q", "")

    def is_choosing(self) -> bool:
        """Whether the list of people is asked for, not the form yet."""
        self.is_valid()
        return bool(getattr(self, "cleaned_data", {}).get("choose"))

    def people(self) -> list[UUID]:
        """The episodes named, each once, at most as many as one session may have."""
        return people_named(self.data)  # type: ignore[arg-type]


def people_named(data: QueryDict) -> list[UUID]:
    """The ids sent as `people`."""
    return people_in({"people": data.getlist("people")})


def people_in(fields: Mapping[str, list[str]]) -> list[UUID]:
    """The ids a form or its draft is about, each once; what is no id is left out."""
    found: dict[UUID, None] = {}
    for text in fields.get("people", ()):
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)[:MOST_PEOPLE]


class SeveralForm(OccasionForm):
    """The six taps once for all, and for each person whether they came and what only their record shows."""

    def __init__(
        self, *arguments: Any, people: Sequence[tuple[str, str]], today: date, earliest: date, **options: Any
    ) -> None:
        super().__init__(*arguments, called="them", today=today, earliest=earliest, **options)
        self.people = people
        del self.fields["with_whom"]
        self.fields["note"].label = "Note for all"
        for id, name in people:
            self.fields[f"attendance_{id}"] = ChoiceField(
                label=f"Did it happen, {name}", choices=[("", "As for all"), *attendances("them")], as_list=True
            )
            self.fields[f"note_{id}"] = PlainCharField(
                label=f"Note on {name} alone", max_length=10_000, multiline=True, rows=2
            )

    def is_attended(self, said: Mapping[str, Any]) -> bool:
        return any(self._attendance(said, id) == "attended" for id, _ in self.people)

    def facts(self) -> list[ContactFacts]:
        """Each person's contact as it will be recorded, in the order of the people."""
        return [self._facts_of(id) for id, _ in self.people]

    def _facts_of(self, id: str) -> ContactFacts:
        said = self.cleaned_data
        shared, own = said["note"], said[f"note_{id}"]
        facts = self.occasion(self._attendance(said, id))
        return replace(facts, note="\n\n".join(text for text in (shared, own) if text))

    @staticmethod
    def _attendance(said: Mapping[str, Any], id: str) -> str:
        return said.get(f"attendance_{id}") or said.get("attendance") or ""


def typed(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed into a kept draft, as a form's initial values."""
    own = {name: values[0] for name, values in fields.items() if OWN_FIELD.fullmatch(name) and values}
    return typed_of(fields, OccasionForm) | own


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The form's own fields of what was sent, for a draft: nothing else is kept."""
    known = set(OccasionForm.base_fields) | {f"{name}-{box}" for name in DATES for box in BOXES} | {"people"}
    named = set(map(str, people_named(data)))
    known |= {name for name in data if OWN_FIELD.fullmatch(name) and name[-36:] in named}
    return {name: data.getlist(name) for name in known if name in data and name not in TOKENS}
