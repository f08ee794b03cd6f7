"""What an address asks of a list: which rows, in which order, whose; anything else is read as the usual."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import HttpRequest

from placewell_web.nhsuk.fields import SearchField


class CaseloadForm(forms.Form):
    """The pills, the sorted column and, for leaders and managers, the specialist.

    `pills`, `clocks` and `columns` are the names the page offers: it draws them, so it says which there are.
    """

    show = forms.CharField(required=False, max_length=40)
    clock = forms.CharField(required=False, max_length=40)
    sort = forms.CharField(required=False, max_length=40)
    order = forms.CharField(required=False, max_length=10)
    specialist = forms.UUIDField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, *data: Any, pills: Collection[str], clocks: Collection[str], columns: Collection[str]) -> None:
        super().__init__(*data)
        self._pills, self._clocks, self._columns = pills, clocks, columns

    def asked(self) -> dict[str, str]:
        """The view asked for; a word we do not know counts as not said."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        return {
            "show": said.get("show") if said.get("show") in self._pills else "all",
            "clock": said.get("clock") if said.get("clock") in self._clocks else "",
            "sort": said.get("sort") if said.get("sort") in self._columns else "due",
            "order": "down" if said.get("order") == "down" else "up",
            "specialist": str(said.get("specialist") or ""),
        }

    def page_asked(self) -> int:
        """The page of a long list, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1


class PeopleSearchForm(forms.Form):
    """A few letters of a name, or a number: TW-10482."""

    q = SearchField()

    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


class BehindForm(forms.Form):
    """Which number of the team board the list is behind."""

    show = forms.CharField(required=False, max_length=40)

    def __init__(self, *data: Any, columns: Collection[str]) -> None:
        super().__init__(*data)
        self._columns = columns

    def asked(self) -> str:
        """The number asked for; a word we do not know counts as all open cases."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {}).get("show", "")
        return said if said in self._columns else "open"


class PageForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


def page_number(request: HttpRequest) -> int:
    """The page of a long list that an address asks for, from 1."""
    form = PageForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("page") or 1
