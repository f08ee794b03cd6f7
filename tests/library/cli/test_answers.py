"""JSON answers: the same bytes every time, dates and pounds as text."""

from datetime import date
from decimal import Decimal

import pytest

from placewell.cli.answers import json_text


def test_dates_and_money_are_text():
    answer = {"on": date(2019, 6, 14), "amount": Decimal("750.00"), "value": 0.5, "none": None, "name": "Brontë"}
    assert json_text(answer) == (
        '{\n  "on": "2019-06-14",\n  "amount": "750.00",\n  "value": 0.5,\n  "none": null,\n  "name": "Brontë"\n}\n'
    )


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x"])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(TypeError, match="has no form in JSON"):
        json_text([value])


def test_not_a_number_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([float("nan")])
