"""A questionnaire of the schedule that could never be asked is refused, with what to do."""

import pytest
from pydantic import ValidationError

from placewell.specification.asking import Asking

GOOD = {"id": "a", "clause": "009 §1", "instrument": "swemwbs", "occasion": "exit", "runs_from": "closure"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"days": 15, "until_days": 14}, "until_days is under days"),
        ({"every_months": 6}, "who has left is asked once"),
        ({"confidential": True}, "how often it is held"),
        ({"days": -1}, "greater than or equal to 0"),
        ({"every_months": 0, "runs_from": "entry"}, "greater than or equal to 1"),
        ({"runs_from": "referral"}, "'entry' or 'closure'"),
    ],
)
def test_what_is_impossible(changed, said):
    with pytest.raises(ValidationError, match=said):
        Asking(**GOOD | changed)


@pytest.mark.parametrize(
    "changed", [{}, {"days": 14, "until_days": 14}, {"runs_from": "entry", "every_months": 12, "confidential": True}]
)
def test_what_is_possible(changed):
    assert Asking(**GOOD | changed).holds_on
