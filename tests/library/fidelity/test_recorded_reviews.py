"""Reviews in a data set: totals and bands, what could not be read, changes from one to the next, drift."""

from fractions import Fraction

import pytest
from tests.factories import dataset, day
from tests.library.fidelity.asking import SPEC

from placewell.fidelity import alerts, changes, drift, recorded_reviews, scale, scale_of
from placewell.specification import load

IPS = scale("ips_25")
GROW = load("ips_grow")
IDS = [item.id for item in IPS.items]


def a_review(id, held, scores, **columns):
    """A review of the 25 items: one score for all, or scores by item."""
    given = dict.fromkeys(IDS, scores) if isinstance(scores, int) else scores
    usual = {"review_id": id, "on": day(held), "scale": "ips_25", "kind": "external"}
    return [("fidelity_reviews", {**usual, "item": item, "score": score, **columns}) for item, score in given.items()]


def recorded(*facts, spec=GROW, of=IPS, as_at="2020-12-31", teams=None):
    return recorded_reviews(spec, of, dataset(*facts), day(as_at), teams)


@pytest.mark.parametrize(
    ("scores", "total", "band"),
    [
        (4, 100, "Good fidelity"),
        (dict.fromkeys(IDS, 4) | {"disclosure": 3}, 99, "Fair fidelity"),
        ({str(number): 5 for number in range(1, 26)}, 125, "Exemplary fidelity"),  # by number, as a review sheet has it
        (dict.fromkeys(IDS, 4) | {"disclosure": None}, None, None),
        ({"disclosure": 4}, None, None),
    ],
)
def test_totals_and_bands(scores, total, band):
    (found,) = recorded(a_review("r1", "2020-03-31", scores))
    assert (found.review.total, found.review.band and found.review.band.name) == (total, band)
    assert (found.review_id, found.on, found.kind, found.team_id, found.notes) == (
        "r1", day("2020-03-31"), "external", None, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({}, ["r1"]),
        ({"scale": "ips25"}, ["r1"]),
        ({"scale": "ips_15"}, []),
        ({"service_id": "ips_grow"}, ["r1"]),
        ({"service_id": "workwise"}, []),
        ({"on": day("2020-12-31")}, ["r1"]),
        ({"on": day("2021-01-01")}, []),
        ({"team_id": "t1"}, ["r1"]),
    ],
)
def test_which_reviews_are_the_services_own(columns, found):
    assert [one.review_id for one in recorded(a_review("r1", "2020-03-31", 4, **columns))] == found


def test_a_team_has_its_own_reviews_and_those_of_all():
    facts = [a_review("r1", "2020-03-31", 4, team_id="t1"), a_review("r2", "2020-04-30", 4, team_id="t2"),
             a_review("r3", "2020-02-01", 4)]  # fmt: skip
    assert [one.review_id for one in recorded(facts)] == ["r3", "r1", "r2"]
    assert [one.review_id for one in recorded(facts, teams={"t1"})] == ["r3", "r1"]
    assert [one.review_id for one in recorded(facts, teams=())] == ["r3"]


def test_a_service_reviews_itself_by_its_own_guidelines():
    adapted = scale_of(SPEC)
    scores = {item.id: 4 for item in adapted.items}
    facts = a_review("r1", "2019-03-31", scores, scale="adapted")
    (found,) = recorded(facts, spec=SPEC, of=adapted)
    assert (found.review.total, found.review.share, found.review.band) == (96, Fraction(4, 5), None)
    assert recorded(facts, spec=SPEC) == ()


def test_what_cannot_be_read_is_left_out_and_noted():
    scores = dict.fromkeys(IDS, 4) | {"26": 3, "mystery": 3, "disclosure": 6}
    (found,) = recorded(a_review("r1", "2020-03-31", scores))
    assert found.notes == (
        'Review r1: the scale ips_25 has no item "26".',
        "Review r1, item disclosure: 6 is no score.",
        'Review r1: the scale ips_25 has no item "mystery".',
    )
    assert (found.review.total, found.review.not_scored) == (None, ("disclosure",))


def differing(found):
    return [(one.item, one.was, one.now, one.fell) for one in found]


def test_changes_from_one_review_to_the_next():
    later = dict.fromkeys(IDS, 4) | {"caseload_size": 5, "disclosure": 2, "zero_exclusion": None}
    first, second = recorded(a_review("r1", "2020-03-31", 4), a_review("r2", "2020-09-30", later))
    found = changes(first, second)
    assert differing(found) == [("caseload_size", 4, 5, False), ("disclosure", 4, 2, True)]
    assert {(one.was_on, one.now_on, one.records) for one in found} == {(first.on, second.on, False)}
    assert differing(alerts(found)) == [("disclosure", 4, 2, True)]


def test_records_that_have_drifted_from_the_last_review():
    (last,) = recorded(a_review("r1", "2020-03-31", 4))
    found = drift(
        last,
        {"job_diversity": 3, "caseload_size": 1, "community_services": 4, "competitive_jobs": 5},
        day("2020-12-31"),
    )
    assert differing(found) == [
        ("caseload_size", 4, 1, True), ("job_diversity", 4, 3, True), ("competitive_jobs", 4, 5, False),
    ]  # fmt: skip
    assert {(one.now_on, one.records) for one in found} == {(day("2020-12-31"), True)}
    assert [one.item for one in alerts(reversed(found))] == [
        "caseload_size",
        "job_diversity",
    ]  # the greatest fall first
