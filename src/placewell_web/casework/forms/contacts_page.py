"""What an address asks of a person's contacts; anything that no contact of theirs has is read as not said."""

from __future__ import annotations

from typing import Any

from django import forms

from placewell_web.casework.queries.contacts import Filter, Occurring
from placewell_web.nhsuk.fields import SearchField


class ContactsForm(forms.Form):
    """`there`: the codes that occur among the contacts of the person."""

    kind = forms.CharField(required=False, max_length=40)
    with_whom = forms.CharField(required=False, max_length=40)
    happened = forms.CharField(required=False, max_length=40)
    about = forms.CharField(required=False, max_length=40)
    words = SearchField()
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, *data: Any, there: Occurring) -> None:
        super().__init__(*data)
        self._there = there

    def asked(self) -> Filter:
        self.is_valid()
        said = {name: self.cleaned_data.get(name) or "" for name in ("kind", "with_whom", "happened", "about")}
        known = {name: code if code in getattr(self._there, name) else "" for name, code in said.items()}
        return Filter(**known, words=self.cleaned_data.get("words") or "")

    def page_asked(self) -> int:
        """The page of a long list, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1
