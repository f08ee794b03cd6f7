"""Made-up people of a service without a trial, a limit or payments: sound, and with something for every figure."""

import polars as pl
import pytest
from tests.library.synthetic.test_making import findings_in

from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load
from placewell.synthetic import make, plant
from placewell.synthetic.faults import kinds_in
from placewell.synthetic.mix import known, mix_of

SPEC = load("ips_grow")


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 900, 3)


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (1, 1), (7, 4), (900, 11)])
def test_validation_finds_no_error(count, seed, tmp_path):
    findings = findings_in(make(SPEC, count, seed), SPEC, tmp_path)
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert {finding.column for finding in findings} <= {"contract_hours"}


def test_codes_are_those_the_service_knows(people):
    episodes = people["episodes"]
    assert set(episodes["source"]) == {source.id for source in SPEC.referral.sources}
    assert set(episodes["prompted_by"]) == {prompt.id for prompt in SPEC.referral.prompts}
    closed = set(episodes["closure_reason"].drop_nulls())
    assert "limit_reached" not in closed
    assert closed <= {reason.id for reason in SPEC.pathway.closure_reasons}
    assert (episodes["primary_condition"] == "severe_mental_illness").mean() > 0.5


def test_what_the_service_does_not_have_is_not_there(people):
    assert [people[name].height for name in ("allocations", "claims")] == [0, 0]
    assert set(people["evidence"]["outcome"]) == {"engaged"}
    assert "trial_briefing" not in set(people["training"]["course"])
    assert set(people["responses"]["instrument"]) == {"swemwbs", "satisfaction", "reqol10"}
    assert {"annual", "exit"} <= set(people["responses"]["occasion"])


@pytest.mark.parametrize(
    ("instrument", "items", "codes"),
    [("swemwbs", 7, ("1", "5")), ("reqol10", 10, ("0", "4"))],
)
def test_answers_are_those_of_the_form(people, instrument, items, codes):
    answers = people["responses"].filter(pl.col("instrument") == instrument)
    assert answers["item"].n_unique() == items
    assert (answers["answer"].min(), answers["answer"].max()) == codes


def test_some_part_time_jobs_are_known_by_their_hours(people):
    jobs = people["jobs"].filter(pl.col("first_day_worked_on").is_null() & pl.col("paid_hours_to_date").is_not_null())
    assert jobs.height > 5
    assert (jobs["contract_hours"] < 16).all()
    assert jobs["paid_hours_to_date"].min() < 4 <= jobs["paid_hours_to_date"].max()


def test_reviews_of_fidelity_come_in_their_kinds(people):
    reviews = people["fidelity_reviews"]
    assert set(reviews["kind"]) == {"external", "follow_up", "self_assessment"}
    assert set(reviews.group_by("review_id").len()["len"]) == {25}
    assert set(reviews["score"].drop_nulls()) == {3, 4, 5}


def test_actions_follow_the_reviews_whose_plans_are_looked_at(people):
    actions = people["fidelity_actions"].join(
        people["fidelity_reviews"].select("review_id", "item", "kind", "on", "score"), on=["review_id", "item"]
    )
    assert actions.height == people["fidelity_actions"].height > 10
    assert set(actions["kind"]) == {"external", "follow_up"}
    assert (actions["agreed_on"] > actions["on"]).all() and (actions["score"] <= 4).all()
    assert 0 < actions["achieved_on"].null_count() < actions.height / 3
    assert (actions["achieved_on"] > actions["agreed_on"]).drop_nulls().all()


def test_every_figure_counts_somebody_in_five_years(people):
    whole = parse_period("2019-04-01/2024-04-01", SPEC.service.first_quarter_starts)
    assert [one.id for one in figures(SPEC, people, whole) if not one.members["counted"]] == []


def test_faults_can_be_planted(people):
    _, faults = plant(people, 9)
    assert {fault.table for fault in faults} == {kind.table for kind in kinds_in(people)}


def test_a_service_of_002_has_no_review(spec):
    assert make(spec, 20, 1)["fidelity_reviews"].height == 0
    assert make(spec, 20, 1)["fidelity_actions"].height == 0
    assert mix_of(spec).has_limit


@pytest.mark.parametrize(
    ("codes", "kept"),
    [({"a", "c"}, {"a": 3}), ({"c", "d"}, {"c": 1, "d": 1}), (set(), {"a": 3, "b": 2})],
)
def test_shares_are_of_the_codes_that_are_known(codes, kept):
    assert known({"a": 3, "b": 2}, codes) == kept
