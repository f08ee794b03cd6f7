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

from placewell.vocabulary import labels
from placewell_web.casework.actions.contacts import ContactFacts
from placewell_web.casework.actions.covered import COVERED, TOGETHER, BenefitsAdviceFacts, CoveredFacts
from placewell_web.casework.forms.contact import typed as typed_of
from placewell_web.casework.forms.covered import NEEDS
from placewell_web.casework.forms.occasion import BOXES, KINDS, TOKENS, WITH_WHOM, OccasionForm, attendances
from placewell_web.nhsuk.fields import ChoiceField, ManyChoiceField, PlainCharField, SearchField

MOST_PEOPLE = 60
DATES = ("on", "next_on")
CALLED = "them"
WAYS = ("group", "joint_with_clinician", "text", "email", "appointment", "video", "call", "letter", "outreach")
"""How several people are met, the most usual first; a phone shows six."""
JOINED = (
    "Where a clinician joined them, keep Them and choose With clinician under How. "
    "Where someone of the family joined one of them, keep Them and say so in the note on that person alone."
)
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
    """The six taps and what was covered once for all; for each person whether they came and what is their own."""

    covered = ManyChoiceField(label="Also covered", choices=[one for one in COVERED if one[0] in TOGETHER])
    advice_about = ChoiceField(label="Advice about", choices=())

    def __init__(
        self, *arguments: Any, people: Sequence[tuple[str, str]], today: date, earliest: date, **options: Any
    ) -> None:
        super().__init__(*arguments, called=CALLED, today=today, earliest=earliest, **options)
        self.people = people
        self.fields["note"].label = "Note for all"
        self.choose_from(
            "with_whom", [(code, {"client": "Them"}.get(code, labels("with_whom")[code])) for code in WITH_WHOM]
        )
        self.fields["with_whom"].help_text = JOINED
        self.choose_from("kind", sorted(KINDS, key=lambda kind: WAYS.index(kind[0])))
        self.choose_from("advice_about", list(labels("benefits_advice_about").items()))
        for id, name in people:
            self.fields[f"attendance_{id}"] = ChoiceField(
                label=f"Did it happen, {name}", choices=[("", "As for all"), *attendances(CALLED)], as_list=True
            )
            self.fields[f"note_{id}"] = PlainCharField(
                label=f"Note on {name} alone", max_length=10_000, multiline=True, rows=2
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        covered = said.get("covered") or ()
        if covered and said.get("attendance") and not self.is_attended(said):
            self.add_error("covered", "Nobody attended, so nothing was covered. Mark who attended, or untick it.")
        for code in covered:
            for name, sentence in NEEDS.get(code, ()):
                if name in self.fields and not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return said

    def is_usual(self) -> bool:
        """Whether it says: with the people themselves, today."""
        day = self["on"]
        shown = day.field.widget.format_value
        return self["with_whom"].value() == "client" and bool(shown(day.value()) == shown(self.today))

    def is_attended(self, said: Mapping[str, Any]) -> bool:
        return any(self._attendance(said, id) == "attended" for id, _ in self.people)

    def facts(self) -> list[ContactFacts]:
        """Each person's contact as it will be recorded, in the order of the people."""
        return [self._facts_of(id) for id, _ in self.people]

    def _facts_of(self, id: str) -> ContactFacts:
        said = self.cleaned_data
        shared, own = said["note"], said[f"note_{id}"]
        facts = self.occasion(self._attendance(said, id))
        facts = replace(facts, note="\n\n".join(text for text in (shared, own) if text))
        return replace(facts, covered=self._codes(), rows=self._rows()) if facts.attendance == "attended" else facts

    def _codes(self) -> tuple[str, ...]:
        """What was covered, in the order of the chips."""
        return tuple(code for code, _ in COVERED if code in self.cleaned_data["covered"])

    def _rows(self) -> CoveredFacts:
        said = self.cleaned_data
        advised = "benefits_advice" in said["covered"]
        return CoveredFacts(benefits_advice=BenefitsAdviceFacts(said["on"], said["advice_about"]) if advised else None)

    @staticmethod
    def _attendance(said: Mapping[str, Any], id: str) -> str:
        return said.get(f"attendance_{id}") or said.get("attendance") or ""


def typed(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed into a kept draft, as a form's initial values."""
    own = {name: values[0] for name, values in fields.items() if OWN_FIELD.fullmatch(name) and values}
    return typed_of(fields, SeveralForm) | own


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The form's own fields of what was sent, for a draft: nothing else is kept."""
    known = set(SeveralForm.base_fields) | {f"{name}-{box}" for name in DATES for box in BOXES} | {"people"}
    named = set(map(str, people_named(data)))
    known |= {name for name in data if OWN_FIELD.fullmatch(name) and name[-36:] in named}
    return {name: data.getlist(name) for name in known if name in data and name not in TOKENS}
