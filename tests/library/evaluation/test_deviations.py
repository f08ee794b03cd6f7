"""Departures from the protocol, from voids, notes and overrides."""

import pytest
from tests.library.evaluation.trial_facts import SPEC, date

from placewell.evaluation.deviations import deviations
from placewell.evaluation.facts import LedgerFacts, frame_of

DAY = date(2019, 6, 14)
FACTS = LedgerFacts.of(
    voids=[{"person": "A-2", "on": "2018-03-02", "reason": "consent_not_valid"}],
    notes=[
        {"person": "A-1", "on": "2018-03-01", "kind": "wrong_area"},
        {"person": "A-1", "on": "2018-03-03", "kind": "baseline_corrected"},
    ],
)
OVERRIDES = frame_of("overrides", [{"person": "A-3", "on": "2018-03-01", "criterion": "no_job_offer"}])


def test_every_departure_in_order_of_its_day():
    found = deviations(FACTS, SPEC, DAY, overrides=OVERRIDES)
    assert [(one.person, one.on.day, one.kind, one.label, one.reason) for one in found.found] == [
        (
            "A-1",
            1,
            "wrong_stratum",
            "Randomised in the wrong area",
            "The person was randomised in another area than theirs",
        ),
        ("A-3", 1, "eligibility_overridden", "Eligibility decision set aside", "Has a job offer already."),
        ("A-2", 2, "randomised_in_error", "Randomised in error", "The consent was not valid"),
        (
            "A-1",
            3,
            "baseline_corrected",
            "Baseline corrected after randomisation",
            "Baseline corrected after randomisation",
        ),
    ]
    assert [count for _, _, count in found.counts] == [1, 1, 1, 1, 0]
    assert found.people == 3


@pytest.mark.parametrize(("as_at", "count"), [(date(2018, 2, 28), 0), (date(2018, 3, 1), 2), (date(2018, 3, 2), 3)])
def test_as_at_a_day(as_at, count):
    assert len(deviations(FACTS, SPEC, as_at, overrides=OVERRIDES).found) == count


@pytest.mark.parametrize(
    ("facts", "overrides", "kind", "reason"),
    [
        (
            {"voids": [{"person": "A-1", "on": "2018-03-01", "reason": "Mr Jones lied"}]},
            [],
            "randomised_in_error",
            "A reason that is not in the specification",
        ),
        ({"voids": [{"person": "A-1", "on": "2018-03-01"}]}, [], "randomised_in_error", "Not recorded"),
        ({"notes": [{"person": "A-1", "on": "2018-03-01", "kind": "Mr Jones"}]}, [], "other", "Another note"),
        ({"notes": [{"person": "A-1", "on": "2018-03-01"}]}, [], "other", "Another note"),
        (
            {},
            [{"person": "A-1", "on": "2018-03-01", "criterion": "Mr Jones"}],
            "eligibility_overridden",
            "A reason that is not in the specification",
        ),
    ],
)
def test_a_code_that_is_on_no_list_is_not_repeated(facts, overrides, kind, reason):
    (one,) = deviations(LedgerFacts.of(**facts), SPEC, DAY, overrides=frame_of("overrides", overrides)).found
    assert (one.kind, one.reason) == (kind, reason)
    assert "Jones" not in repr(one)
