"""Log a contact with one person: the occasion, and what was also covered in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from placewell_web.casework.actions.contacts import ContactFacts
from placewell_web.casework.forms.covered import CoveredForm
from placewell_web.casework.forms.occasion import BOXES, TOKENS
from placewell_web.nhsuk.fields import DateField

DATES = ("on", "next_on", "problem_known_on")


class ContactForm(CoveredForm):
    """Everything beside the six taps is there when wanted."""

    def __init__(
        self, *arguments: Any, called: str, today: date, earliest: date, jobs: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, called=called, today=today, earliest=earliest, **options)
        learned = self.fields["problem_known_on"]
        assert isinstance(learned, DateField)
        learned.earliest, learned.latest = earliest, today
        self.offer(called, jobs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.check_covered(said)
        return said

    def facts(self, another: bool = False) -> ContactFacts:
        """The contact as it will be recorded, as one of its own where the form's first was saved before."""
        return replace(
            self.occasion(self.cleaned_data["attendance"]),
            covered=self.covered_codes(),
            form_token=self.token(another),
            rows=self.covered_facts(),
        )


def typed(fields: Mapping[str, list[str]], form: type[forms.Form] = ContactForm) -> dict[str, Any]:
    """What was typed into a kept draft, as a form's initial values."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    found = {}
    for name, field in form.base_fields.items():
        value = field.widget.value_from_datadict(data, data, name)  # type: ignore[arg-type]
        if value not in (None, "", [], False) and name not in TOKENS:
            found[name] = value
    return found


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The form's own fields of what was sent, for a draft: nothing else is kept."""
    known = set(ContactForm.base_fields) | {f"{name}-{box}" for name in DATES for box in BOXES}
    return {name: data.getlist(name) for name in known if name in data and name not in TOKENS}
