"""The words of a search for a job role or an industry."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from placewell_web.nhsuk.fields import SearchField


class CodeSearchForm(forms.Form):
    q = SearchField()


def asked(request: HttpRequest) -> str:
    """The words looked for, however they are written."""
    form = CodeSearchForm(request.GET)
    form.is_valid()
    return str(form.cleaned_data.get("q", ""))
