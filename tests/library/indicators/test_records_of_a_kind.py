"""Records counted only where a second column holds what is asked: referred on, and not only sign-posted."""

import pytest
from tests.factories import an_episode
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

from placewell.specification.check import content_problems

OUTCOME = {
    "kind": "first_record",
    "table": "onward_referrals",
    "column": "to",
    "codes": ("physiotherapy", "psychological_therapies"),
}
REFERRED = ({"column": "kind", "codes": ("referral",)},)
ONLY = {**OUTCOME, "only": REFERRED}


def sent(to, kind, on="2019-05-01", episode_id="e1"):
    return "onward_referrals", {"episode_id": episode_id, "on": on, "to": to, "kind": kind}


@pytest.mark.parametrize(
    ("rows", "any_kind", "referred"),
    [
        ([], 0, 0),
        ([sent("physiotherapy", "referral")], 1, 1),
        ([sent("physiotherapy", "signpost")], 1, 0),
        ([sent("physiotherapy", None)], 1, 0),
        ([sent("housing", "referral")], 0, 0),
        ([sent("physiotherapy", "signpost"), sent("physiotherapy", "referral", "2019-05-09")], 1, 1),
    ],
)
def test_what_is_asked_of_a_second_column(rows, any_kind, referred):
    for outcome, count in ((OUTCOME, any_kind), (ONLY, referred)):
        found = ask_figure("asked", an_episode("e1", entered="2019-04-08"), *rows, spec=with_indicator(outcome))
        assert found.value == count


def test_the_day_is_that_of_the_first_row_that_holds_both():
    rows = [sent("physiotherapy", "signpost"), sent("psychological_therapies", "referral", "2019-05-09")]
    found = ask_members("asked", an_episode("e1", entered="2019-04-08"), *rows, spec=with_indicator(ONLY))["e1"]
    assert (found["status"], found["outcome_on"].isoformat()) == ("counted", "2019-05-09")


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ({"column": "kind", "codes": ("sent",)}, "'sent' is not a code of the list onward_kind"),
        ({"column": "sort", "codes": ("referral",)}, "'onward_referrals.sort' is not a column of the data set"),
    ],
)
def test_check_knows_the_column_and_its_codes(only, said):
    [problem] = content_problems(with_indicator({**OUTCOME, "only": (only,)}))
    assert problem.startswith("outcomes.toml: outcome “asked_of”.only: " + said)
