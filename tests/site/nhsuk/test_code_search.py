"""The field for a code found by words: what it cleans to, what it offers, how it is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from placewell_web.nhsuk.code_search import CodeField, Typed, typed_so_far


class RoleForm(forms.Form):
    title = forms.CharField(required=False)
    role = CodeField(kind="occupation", label="Job role", suggest_from="title")
    industry = CodeField(kind="industry", label="Industry")


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def draw(form: forms.Form) -> str:
    source = '{% from "nhsuk/forms.html" import field %}{{ field(form.role) }}'
    return str(engines["jinja2"].from_string(source).render({"form": form}))


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({}, ""),
        ({"role": ""}, ""),
        ({"role": "9266"}, "9266"),
        ({"role": "92"}, "92"),  # a group, where nothing below it is known
        ({"role": "9266", "role_words": "9266 Coffee shop workers"}, "9266"),
        ({"role": "9266", "role_words": "cleaner"}, "9266"),  # what was chosen counts
        ({"role_words": "  "}, ""),
        ({"role_words": "barista"}, "Choose one of those found for “barista”, or empty the box for the job role."),
        ({"role_words": "zzz"}, "No job role was found for “zzz”. Try other words, or empty the box."),
        ({"role": "9999"}, "Choose one of the answers found for the job role."),
        ({"role": "G"}, "Choose one of the answers found for the job role."),
        ({"role": "9266'--"}, "Choose one of the answers found for the job role."),
        ({"role": "9" * 5_000}, "Choose one of the answers found for the job role."),
        ({"role": "\x00"}, ""),
    ],
)
def test_what_it_cleans_to(values: dict[str, str], answer: str) -> None:
    form = RoleForm(sent(**values))
    assert (form.cleaned_data["role"] if form.is_valid() else form.errors["role"][0]) == answer


@pytest.mark.parametrize(("code", "answer"), [("47110", "47110"), ("G", "G"), ("47", "47")])
def test_an_industry_of_any_level(code: str, answer: str) -> None:
    form = RoleForm(sent(industry=code))
    assert form.is_valid()
    assert form.cleaned_data["industry"] == answer


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (None, []),
        ("", []),
        ("9266", ["9266"]),  # as it stands in the record
        ("nonsense", []),
        (Typed("", "9266"), ["9266"]),
        (Typed("9266 Coffee shop workers", "9266"), ["9266"]),
        (Typed("shelf stacker", ""), ["9241"]),
        (Typed("shelf stacker", "9266"), ["9266", "9241"]),
        (Typed("barista", "9266"), ["9266"]),
    ],
)
def test_what_can_be_chosen(value: Any, codes: list[str]) -> None:
    assert [found.code for found in RoleForm().fields["role"].found(value)] == codes  # type: ignore[attr-defined]


def test_the_choices_are_radios_that_need_no_script() -> None:
    page = draw(RoleForm(initial={"role": Typed("barista")}))
    assert 'value="barista"' in page
    assert 'name="role" type="radio" value="9266"' in page
    assert 'name="search" value="role"' in page
    assert "None of these" in page
    assert " style=" not in page and "<script" not in page


def test_a_code_of_the_record_is_chosen_and_can_be_taken_back() -> None:
    page = draw(RoleForm(initial={"role": "9266"}))
    assert 'value="9266" checked' in page
    assert "Not known" in page


def test_it_says_what_is_wrong_beside_what_was_found() -> None:
    page = draw(RoleForm(sent(role_words="barista")))
    assert 'id="id_role-error"' in page and 'aria-describedby="id_role-error"' in page
    assert 'name="role" type="radio" value="9266"' in page


@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "x" * 10_000, "‮evil", "<b>barista"])
def test_what_was_typed_is_only_text(words: str) -> None:
    page = draw(RoleForm(initial=typed_so_far(RoleForm, sent(role_words=words))))
    assert "<script" not in page and "<b>" not in page and "‮" not in page
    assert len(page) < 8_000


def test_what_was_typed_comes_back_with_nothing_said_to_be_wrong() -> None:
    initial = typed_so_far(RoleForm, sent(title="Barista", role_words="coffee"))
    form = RoleForm(initial=initial)
    assert (initial["title"], initial["role"]) == ("Barista", Typed("coffee", ""))
    assert not form.errors
