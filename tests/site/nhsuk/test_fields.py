"""Fields: what people type, what it becomes, and the words for what cannot be taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from placewell_web.nhsuk import fields


def answer(field: forms.Field, typed: dict[str, str] | str) -> object:
    """The cleaned value, or the sentence that says what is wrong."""
    form = type("Form", (forms.Form,), {"x": field})(typed if isinstance(typed, dict) else {"x": typed})
    return form.cleaned_data["x"] if form.is_valid() else form.errors["x"][0]


TEXT = [
    ("  Jas   Sandhu ", "Jas Sandhu"),
    ("Jas\u202eudnaS", "JasudnaS"),
    ("a\u200bb\u2066c\ufeff", "abc"),
    ("nul\x00bell\x07", "nulbell"),
    ("one\r\ntwo\tthree", "one two three"),
    ("Zoe\u0308", "Zoë"),
    ("half \ud83d", "half"),
    ("private \ue000 use", "private use"),
    ("<b>&amp;", "<b>&amp;"),
    ("", "Enter a name"),
    ("\x00\u202e ", "Enter a name"),
    ("x" * 30, "x" * 30),
    ("x" * 31, "Name must be 30 characters or fewer. It has 31."),
]


@pytest.mark.parametrize(("typed", "becomes"), TEXT)
def test_a_line_of_text(typed: str, becomes: str) -> None:
    assert answer(fields.PlainCharField(label="Name", max_length=30, missing="Enter a name"), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"), [("one\r\ntwo\n\n three ", "one\ntwo\n\n three"), ("\x00a\x08\nb", "a\nb"), ("", "")]
)
def test_several_lines(typed: str, becomes: str) -> None:
    assert answer(fields.PlainCharField(max_length=100, multiline=True), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("01632 960 147", "+441632960147"),
        ("(0)7700 900-982", "+447700900982"),
        ("+44 7700 900982", "+447700900982"),
        ("+353 1 234 5678", "+35312345678"),
        ("", ""),
        ("12", "Enter a phone number, like 01632 960 001 or 07700 900 982."),
        ("call me", "Enter a phone number, like 01632 960 001 or 07700 900 982."),
        ("0" * 41, "Your answer must be 40 characters or fewer. It has 41."),
    ],
)
def test_phone(typed: str, becomes: str) -> None:
    assert answer(fields.PhoneField(label=""), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("dy11hf", "DY1 1HF"),
        (" wv1  1aa ", "WV1 1AA"),
        ("", ""),
        ("DY1", "Enter a full UK postcode, like DY1 1HF."),
        ("12345", "Enter a full UK postcode, like DY1 1HF."),
    ],
)
def test_postcode(typed: str, becomes: str) -> None:
    assert answer(fields.PostcodeField(), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("999 000 0018", "9990000018"),
        ("999-000-0018", "9990000018"),
        ("", ""),
        ("999 000 0019", "Enter the 10 digits of the NHS number. Check them: these do not fit together."),
        ("485 777 3456", "Enter the 10 digits of the NHS number. Check them: these do not fit together."),
        ("12345", "Enter the 10 digits of the NHS number. Check them: these do not fit together."),
        ("９９９００００", "Enter the 10 digits of the NHS number. Check them: these do not fit together."),
    ],
)
def test_nhs_number(typed: str, becomes: str) -> None:
    assert answer(fields.NhsNumberField(), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("15.5", Decimal("15.5")),
        ("16", Decimal(16)),
        (".5", Decimal("0.5")),
        ("168", Decimal(168)),
        ("", None),
        ("0", "Hours must be more than 0, and 168 or fewer."),
        ("-3", "Hours must be more than 0, and 168 or fewer."),
        ("168.01", "Hours must be more than 0, and 168 or fewer."),
        ("15.555", "Hours must have no more than 2 decimal places."),
        ("1e3", "Hours must be a number, like 15.5."),
        ("Infinity", "Hours must be a number, like 15.5."),
        ("NaN", "Hours must be a number, like 15.5."),
        (".", "Hours must be a number, like 15.5."),
        ("fifteen", "Hours must be a number, like 15.5."),
        ("١٥", "Hours must be a number, like 15.5."),
        ("9" * 20, "Hours must be a number, like 15.5."),
    ],
)
def test_hours(typed: str, becomes: object) -> None:
    assert answer(fields.HoursField(label="Hours"), typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [("£1,234.50", Decimal("1234.50")), ("8.65", Decimal("8.65")), ("0", Decimal(0)), ("", "Enter the pay")],
)
def test_money(typed: str, becomes: object) -> None:
    assert answer(fields.MoneyField(label="Pay", missing="Enter the pay"), typed) == becomes


DATES = [
    (("3", "4", "2018"), date(2018, 4, 3)),
    (("03", "04", "2018"), date(2018, 4, 3)),
    (("3", "April", "2018"), date(2018, 4, 3)),
    (("3", "apr", "2018"), date(2018, 4, 3)),
    (("29", "2", "2016"), date(2016, 2, 29)),
    (("", "", ""), "Enter the day"),
    (("3", "", "2018"), "Start must include a month."),
    (("", "", "2018"), "Start must include a day and a month."),
    (("29", "2", "2019"), "Start must be a real date, like 27 3 1984."),
    (("31", "6", "2018"), "Start must be a real date, like 27 3 1984."),
    (("x", "4", "2018"), "Start must be a real date, like 27 3 1984."),
    (("3", "4", "18"), "Start must have a year of 4 numbers, like 1984."),
    (("3", "4", "99999"), "Start must be a real date, like 27 3 1984."),
    (("٣", "4", "2018"), "Start must be a real date, like 27 3 1984."),
    (("15", "6", "2019"), "Start must be on or before 14 June 2019."),
    (("31", "12", "2015"), "Start must be on or after 1 January 2016."),
]


@pytest.mark.parametrize(("typed", "becomes"), DATES)
def test_date(typed: tuple[str, str, str], becomes: object) -> None:
    field = fields.DateField(
        label="Start", missing="Enter the day", earliest=date(2016, 1, 1), latest=date(2019, 6, 14)
    )
    assert answer(field, {f"x-{box}": part for box, part in zip(fields.BOXES, typed, strict=True)}) == becomes


@pytest.mark.parametrize(
    ("typed", "shown", "wrong"),
    [
        ({"x-day": "31", "x-month": "nov", "x-year": "2019"}, ("31", "nov", "2019"), ["day", "month", "year"]),
        ({"x-day": "3", "x-month": "", "x-year": "2019"}, ("3", "", "2019"), ["month"]),
        ({"x-day": "3", "x-month": "4", "x-year": "19"}, ("3", "4", "19"), ["year"]),
    ],
)
def test_a_wrong_date_is_shown_again_as_typed(typed: dict[str, str], shown: tuple[str, ...], wrong: list[str]) -> None:
    form = type("Form", (forms.Form,), {"x": fields.DateField(label="Start")})(typed)
    assert not form.is_valid()
    assert form["x"].field.widget.format_value(form["x"].value()) == shown
    assert fields.wrong_boxes(form["x"]) == wrong


def test_a_date_known_already_fills_the_boxes() -> None:
    assert fields.DateBoxes().format_value(date(2019, 6, 14)) == ("14", "6", "2019")
    assert fields.DateBoxes().format_value(None) == ("", "", "")


CHOICES = [("yes", "Yes"), ("no", "No")]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [("yes", "yes"), ("", "Choose yes or no"), ("maybe", "Choose one of the answers in the list."), ("\x00", None)],
)
def test_one_of_a_few(typed: str, becomes: str | None) -> None:
    got = answer(fields.ChoiceField(label="X", choices=CHOICES, missing="Choose yes or no"), typed)
    assert got == (becomes or "Choose one of the answers in the list.")


@pytest.mark.parametrize(("typed", "valid"), [(["yes"], True), (["yes", "no"], True), ([], False), (["maybe"], False)])
def test_any_of_a_few(typed: list[str], valid: bool) -> None:
    field = fields.ManyChoiceField(label="X", choices=CHOICES, missing="Choose one or more")
    assert type("Form", (forms.Form,), {"x": field})({"x": typed}).is_valid() is valid


def test_a_box_to_tick() -> None:
    assert answer(fields.TickField(label="X", missing="Tick the box"), "on") is True
    assert answer(fields.TickField(label="X", missing="Tick the box"), {}) == "Tick the box"
    assert answer(fields.TickField(label="X"), {}) is False


@pytest.mark.parametrize(
    ("typed", "becomes"), [("  jas ", "jas"), ("x" * 500, "x" * 80), ("\x00%_", "%_"), ("", ""), ("\u202ejas", "jas")]
)
def test_a_search_is_never_an_error(typed: str, becomes: str) -> None:
    assert answer(fields.SearchField(), typed) == becomes


QUESTIONS = [
    (fields.NumberField(label="For how many weeks?", most=9), "x", "The answer must be a number, like 15.5."),
    (fields.PlainCharField(label="What helps?", max_length=2), "xxx", "Your answer must be 2 characters or fewer."),
    (fields.DateField(label="When?"), ("31", "2", "2019"), "The date must be a real date, like 27 3 1984."),
]


@pytest.mark.parametrize(("field", "typed", "said"), QUESTIONS)
def test_a_box_labelled_by_a_question_is_not_named_by_it(
    field: forms.Field, typed: str | tuple[str, ...], said: str
) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages[0].startswith(said)
