"""What a reader of the trial may choose: the area, a count of the flow, an anchor to compare, a file to take."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django import forms

from placewell_web.nhsuk.fields import ChoiceField, PlainCharField, TickField

HASH = re.compile(r"[0-9a-f]{64}")
GAPS = re.compile(r"[\s-]+")


class AreaForm(forms.Form):
    """Which area; what is left out or unknown is all of them."""

    area = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, str] | None, *, areas: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen(self) -> str | None:
        """The code of the area asked for, None for all of them."""
        return self.cleaned_data.get("area") or None


class PeopleForm(forms.Form):
    """Which count of the flow to open, and which page of its people; without one, everyone randomised."""

    box = PlainCharField(max_length=60, required=False)
    line = PlainCharField(max_length=200, required=False)
    arm = PlainCharField(max_length=20, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def __init__(self, data: Mapping[str, str] | None) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def count(self) -> tuple[str, str, str]:
        """Box, line and arm."""
        box, line, arm = (str(self.cleaned_data.get(name) or "") for name in ("box", "line", "arm"))
        return (box, line, arm) if box else ("randomised", "", "")

    @property
    def page_number(self) -> int:
        """The page asked for, from 1."""
        return int(self.cleaned_data.get("page") or 1)


class AnchorForm(forms.Form):
    """An anchor as the evaluator keeps it: the number of an entry, and its hash."""

    seq = forms.IntegerField(
        label="Number of the entry",
        min_value=0,
        max_value=10**12,
        error_messages={
            "required": "Enter the number of the entry, as it stands on your anchor.",
            "invalid": "Enter the number of the entry in figures.",
            "min_value": "Enter the number of the entry: 0 or more.",
            "max_value": "Enter the number of the entry: it is shorter.",
        },
    )
    hash = PlainCharField(
        label="Hash of the entry",
        max_length=100,
        help_text="64 letters and figures; spaces do no harm",
        missing="Enter the hash of the entry, as it stands on your anchor.",
    )

    def clean_hash(self) -> str:
        """The hash in small letters, without gaps."""
        found = GAPS.sub("", self.cleaned_data["hash"]).lower()
        if not HASH.fullmatch(found):
            raise forms.ValidationError("A hash is 64 figures and letters from a to f: copy the whole of it.")
        return found


class TakeForm(forms.Form):
    """Which file to take, with the word that its report was read."""

    file = ChoiceField(label="File", choices=[], missing="Choose the file.")
    read = TickField(
        label="I have read what the report says, and the file goes only to people named in the data-sharing agreement",
        missing="Say that you have read the report before you take a file.",
    )

    def __init__(self, data: Mapping[str, str] | None, *, files: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["file"].choices = list(files)  # type: ignore[attr-defined]
        self.fields["file"].widget.choices = list(files)  # type: ignore[attr-defined]
