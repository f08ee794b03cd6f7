"""What stands in the form of a profile, an assessment or a plan, to be kept while it is written and filled in again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from placewell_web.casework.actions.assessments import COLUMNS
from placewell_web.casework.forms.assessments import AssessmentForm
from placewell_web.casework.forms.occasion import BOXES
from placewell_web.casework.forms.plans import MOST_STEPS, PlanForm, StepForm
from placewell_web.casework.forms.profiles import ProfileForm

SEEN = "edit_version"
NEVER = 0  # no document was ever saved at it: what was written before this version began is set beside it
_PARTS = re.compile(rf"[a-z0-9_]{{1,60}}_(?:{'|'.join(COLUMNS)})")
_STEPS = {
    f"step-{number}-{name}{box}"
    for number in range(1, MOST_STEPS + 1)
    for name in StepForm.base_fields
    for box in ("", *(f"-{one}" for one in BOXES))
}
_KNOWN = {
    *ProfileForm.base_fields,
    *AssessmentForm.base_fields,
    *PlanForm.base_fields,
    *(f"agreed_on-{box}" for box in BOXES),
    *_STEPS,
}


def sent(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a document among what was sent: nothing else is kept."""
    return {name: data.getlist(name) for name in data if name in _KNOWN or _PARTS.fullmatch(name)}


def refill(form: Any, fields: Mapping[str, list[str]], *, is_older: bool) -> None:
    """Fill an unbound form with what was kept, emptied boxes too; the rest stays as the document has it.

    `is_older`: the words were kept before this version of the document began.
    """
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    for one in _with_steps(form):
        typed = {
            name: field.widget.value_from_datadict(data, MultiValueDict(), one.add_prefix(name))
            for name, field in one.fields.items()
            if not field.widget.value_omitted_from_data(data, MultiValueDict(), one.add_prefix(name))
        }
        one.initial = {**one.initial, **typed}
    if is_older:
        form.initial[SEEN] = NEVER


def says_something_new(form: Any) -> bool:
    """Whether something that was sent, beside the version, differs from the document: `form` is bound and has both."""
    return any(set(one.changed_data) - {SEEN} - set(_omitted(one)) for one in _with_steps(form))


def _omitted(form: forms.Form) -> Iterator[str]:
    """The boxes that were not sent at all."""
    for name, field in form.fields.items():
        if field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)):
            yield name


def _with_steps(form: Any) -> Iterator[forms.Form]:
    yield form
    yield from getattr(form, "steps", ())
