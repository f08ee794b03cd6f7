"""The one form renderer and the components: labels, hints, errors and escapes, for every kind of field."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import engines
from jinja2 import UndefinedError

from placewell_web.nhsuk import fields

NASTY = '"><script>alert(1)</script>'
CHOICES = [("a", "First"), ("b", NASTY)]


class Everything(forms.Form):
    line = fields.PlainCharField(label="Line", max_length=20, missing="Enter a line", help_text="A hint")
    lines = fields.PlainCharField(label="Lines", max_length=200, multiline=True, rows=7)
    phone = fields.PhoneField(label="Phone")
    hours = fields.HoursField(label="Hours")
    pay = fields.MoneyField(label="Pay")
    day = fields.DateField(label="Day", missing="Enter the day")
    one = fields.ChoiceField(label="One", choices=CHOICES, missing="Choose one", hints={"a": "More about it"})
    listed = fields.ChoiceField(label="Listed", choices=CHOICES, as_list=True)
    many = fields.ManyChoiceField(label="Many", choices=CHOICES)
    tick = fields.TickField(label="Tick", missing="Tick it")
    file = forms.FileField(label="File", required=False)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)


def draw(source: str, **context: object) -> str:
    return str(engines["jinja2"].from_string(source).render(context))


def field(form: forms.Form, name: str, extra: str = "") -> str:
    source = '{% from "nhsuk/forms.html" import field %}{{ field(form[name]' + extra + ") }}"
    return draw(source, form=form, name=name)


@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_every_field_has_its_label_and_no_style(name: str) -> None:
    html = field(Everything(), name)
    assert Everything.base_fields[name].label in html
    assert " style=" not in html
    assert re.search(rf'(id|for)="id_{name}', html)


@pytest.mark.parametrize(
    ("name", "message", "anchor"),
    [
        ("line", "Enter a line", "id_line"),
        ("day", "Enter the day", "id_day-day"),
        ("one", "Choose one", "id_one"),
        ("tick", "Tick it", "id_tick"),
        ("secret", "This field is required.", "id_secret"),
    ],
)
def test_an_error_is_at_the_field_and_in_the_summary(name: str, message: str, anchor: str) -> None:
    form = Everything({})
    html = field(form, name)
    assert message in html
    assert "nhsuk-error-message" in html
    assert f'id="{anchor}"' in html
    summary = draw('{% from "nhsuk/forms.html" import error_summary %}{{ error_summary(form) }}', form=form)
    assert f'<a href="#{anchor}">{message}</a>' in summary


def test_no_summary_without_errors() -> None:
    source = '{% from "nhsuk/forms.html" import error_summary %}{{ error_summary(form) }}'
    assert draw(source, form=Everything()).strip() == ""


@pytest.mark.parametrize("name", ["line", "lines", "phone", "hours", "one", "listed", "many", "day"])
def test_what_was_typed_is_shown_again_and_escaped(name: str) -> None:
    typed = {name: NASTY, f"{name}-day": NASTY, f"{name}-month": "1", f"{name}-year": "2"}
    html = field(Everything(typed), name)
    assert "<script>" not in html
    if name not in ("one", "listed", "many"):
        assert "&lt;script&gt;" in html or "&#34;&gt;" in html


def test_a_password_is_never_shown_again() -> None:
    assert "hunter2" not in field(Everything({"secret": "hunter2"}), "secret")


@pytest.mark.parametrize(
    ("name", "typed", "checked"),
    [("one", ["a"], ["a"]), ("many", ["a", "b"], ["a", "b"]), ("one", [], []), ("many", [], [])],
)
@pytest.mark.parametrize("macro", ["field", "chips"])
def test_choices_are_checked_as_answered(name: str, typed: list[str], checked: list[str], macro: str) -> None:
    source = '{% from "nhsuk/forms.html" import field, chips %}{{ ' + macro + "(form[name]) }}"
    data = {name: typed} if name == "many" else {name: "".join(typed)}
    html = draw(source, form=Everything(data), name=name)
    found = [value for value in ("a", "b") if re.search(rf'value="{value}"[^>]*\schecked', html)]
    found_nasty = re.findall(r'value="b"[^>]*\schecked', html)
    assert found == checked or (bool(found_nasty) and found == checked)


def test_chips_have_legend_hint_error_and_real_inputs() -> None:
    source = '{% from "nhsuk/forms.html" import chips %}{{ chips(form["one"], note="If any") }}'
    html = draw(source, form=Everything({}))
    assert html.count('type="radio"') == 2
    assert "<legend" in html
    assert "If any" in html
    assert "More about it" in html
    assert 'aria-describedby="id_one-error"' in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (", heading=True", "<h1"),
        (', hint="Another hint"', "Another hint"),
        (', label="Other words"', "Other words"),
        (", width=10", "nhsuk-input--width-10"),
    ],
)
def test_options_of_a_field(extra: str, words: str) -> None:
    assert words in field(Everything(), "line", extra)


def test_an_optional_field_says_so() -> None:
    assert "Phone (optional)" in field(Everything(), "phone")
    assert "(optional)" not in field(Everything(), "phone", ", optional=False")
    assert "(optional)" not in field(Everything(), "line")


def test_units_stand_beside_the_box() -> None:
    assert "hours" in field(Everything(), "hours")
    assert "£" in field(Everything(), "pay")


@pytest.mark.parametrize(
    "kind", ["met", "missing", "behind", "breached", "clock", "ring", "none", "work", "cross", "dot"]
)
def test_marks_are_shapes_with_words(kind: str) -> None:
    html = draw('{% from "nhsuk/components.html" import mark %}{{ mark(kind, "Proved") }}', kind=kind)
    assert "<svg" in html
    assert 'aria-hidden="true"' in html
    assert "Proved" in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('tag("In work", "green")', "nhsuk-tag--green"),
        ('tag("Late", "red", bordered=True)', "nhsuk-tag--red"),
        ('pills([{"label": "All", "count": 28, "url": "/", "current": True}])', 'aria-current="true"'),
        ('tabs([{"label": "Counted", "count": 24, "url": "/", "current": True}], "Members")', 'aria-current="page"'),
        ('sort_head("By", "/?sort=by", "ascending")', 'aria-sort="ascending"'),
        ('status("behind", "2 below the line")', "2 below the line"),
        ('empty("Nothing is due.")', "Nothing is due."),
        ('summary_list([{"label": "Name", "text": "x", "url": "/change"}])', "Change"),
        ('pagination(2, 3, "?page=")', "?page=3"),
        ('breadcrumb([("Today", "/today/")])', 'href="/today/"'),
        ('back_link("/x/")', "Back"),
    ],
)
def test_components(source: str, words: str) -> None:
    names = "tag, pills, tabs, sort_head, status, empty, summary_list, pagination, breadcrumb, back_link"
    assert words in draw('{% from "nhsuk/components.html" import ' + names + " %}{{ " + source + " }}")


def test_a_card_holds_what_is_called_into_it() -> None:
    source = '{% call card("Plan", aside="Open", aside_url="/p/") %}x{% endcall %}'
    source = '{% from "nhsuk/components.html" import card %}' + source
    html = draw(source)
    assert re.search(r"<h2[^>]*>Plan</h2>", html)
    assert '<a href="/p/">Open</a>' in html


def test_an_unknown_name_in_a_template_is_refused() -> None:
    with pytest.raises(UndefinedError):
        draw("{{ no_such_name }}")


def test_everything_is_escaped() -> None:
    assert draw("{{ text }}", text=NASTY) == "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    block = draw('{{ json_block("data", value) }}', value={"a": "</script><b>"})
    assert "</script><b>" not in block
