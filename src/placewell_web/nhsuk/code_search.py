"""A field for a SOC 2020 or SIC 2007 code: a box for words, and the codes they find to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from placewell.vocabulary import FoundCode, label, search_industries, search_occupations
from placewell_web.nhsuk.fields import plain

LONGEST_WORDS, LONGEST_CODE = 80, 5
SEARCHES = MappingProxyType({"occupation": search_occupations, "industry": search_industries})
THINGS = MappingProxyType({"occupation": "job role", "industry": "industry"})


@dataclass(frozen=True)
class Typed:
    """What stands in the field: the words to search for, and the code that was chosen."""

    words: str = ""
    code: str = ""


class CodeBoxes(forms.Widget):
    """The box `NAME_words` and the choice `NAME`; their value is both, so that both are shown again."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        words = plain(str(data.get(f"{name}_words", "")))[:LONGEST_WORDS]
        return Typed(words, plain(str(data.get(name, "")))[: LONGEST_CODE + 1])

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_words" not in data


class CodeField(forms.Field):
    """A code of one list, cleaned to the code or to nothing; `suggest_from` names the field whose words may suggest it.

    Draw it with `field()` of nhsuk/forms.html, link codes.css, and load code_search.js to make it quicker.
    """

    widget = CodeBoxes

    def __init__(self, *, kind: str, suggest_from: str = "", **options: Any) -> None:
        self.kind, self.suggest_from = kind, suggest_from
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        typed = as_typed(value)
        thing = THINGS[self.kind]
        if typed.code and is_code(self.kind, typed.code):
            return typed.code
        if typed.code:
            raise ValidationError(f"Choose one of the answers found for the {thing}.")
        if not typed.words:
            return ""
        if not SEARCHES[self.kind](typed.words):
            raise ValidationError(f"No {thing} was found for “{typed.words}”. Try other words, or empty the box.")
        raise ValidationError(f"Choose one of those found for “{typed.words}”, or empty the box for the {thing}.")

    def found(self, value: Any) -> list[FoundCode]:
        """What to choose from: the code that stands there, then what the words find."""
        typed = as_typed(value)
        known = bool(typed.code) and is_code(self.kind, typed.code)
        chosen = [FoundCode(typed.code, label(self.kind, typed.code))] if known else []
        if chosen and typed.words in ("", shown(chosen[0])):
            return chosen
        others = SEARCHES[self.kind](typed.words) if typed.words else ()
        return chosen + [one for one in others if one.code != typed.code]


def as_typed(value: Any) -> Typed:
    """The value of the field, whether it was sent or stands in the record."""
    return value if isinstance(value, Typed) else Typed(code=str(value or ""))


def is_code(kind: str, code: str) -> bool:
    """Whether the list has this code, at any of its levels."""
    return label(kind, code) != code


def shown(found: FoundCode) -> str:
    """9266 Coffee shop workers"""
    return f"{found.code} {found.title}"


def typed_so_far(form: type[forms.Form], data: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as initial values of the same form: shown again as it was typed, with nothing said to be wrong."""
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.base_fields.items()}  # type: ignore[arg-type]
