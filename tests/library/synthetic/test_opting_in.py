"""Made-up people of a service that is opted in to: they wait, opt in, and something becomes of them, by locality."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.library.synthetic.test_making import findings_in

from placewell.cli.validate import service_codes
from placewell.dataset import validate_folder, write_folder
from placewell.indicators import figures
from placewell.periods import age_on, parse_period
from placewell.specification import load
from placewell.synthetic import make, plant
from placewell.synthetic.dice import Dice
from placewell.synthetic.events import AT_WORK_EVENTS, OUT_OF_WORK_EVENTS
from placewell.synthetic.faults import KINDS, PER_KIND
from placewell.synthetic.opting_in import AT_WORK
from placewell.synthetic.spending import by_budget

SPEC = load("workwise")
STARTS = SPEC.service.first_quarter_starts
LOCALITIES = {locality.id: set(locality.lots) for locality in SPEC.service.localities}


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 900, 3)


@pytest.fixture(scope="module")
def entered(people):
    return people["episodes"].filter(pl.col("opted_in_on").is_not_null())


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (1, 1), (7, 4), (900, 11)])
def test_validation_finds_nothing(count, seed, tmp_path):
    findings = findings_in(make(SPEC, count, seed), SPEC, tmp_path)
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert {finding.column for finding in findings} <= {"contract_hours"}


def test_every_figure_counts_somebody_in_the_year():
    found = figures(SPEC, make(SPEC, 2000, 1), parse_period("Y1", STARTS))
    assert [one.id for one in found if not one.members["counted"]] == []


def test_people_opt_in_after_they_are_accepted_and_before_they_are_closed(entered):
    assert (entered["opted_in_on"] >= entered["accepted_on"]).all()
    assert (entered["opted_in_on"] <= entered["closed_on"]).all()
    assert entered["declined_on"].null_count() == entered.height
    assert (entered["opted_in_on"] > entered["referred_on"]).mean() > 0.95


def test_some_who_were_out_of_work_find_a_job_while_they_are_supported(people):
    jobs = people["jobs"].join(people["episodes"], on="episode_id")
    assert jobs.height > 30
    assert not jobs["employment_at_entry"].is_in(AT_WORK).any()
    assert (jobs["started_on"] >= jobs["opted_in_on"]).mean() > 0.9


def test_support_is_for_some_months(entered):
    lasted = (entered["closed_on"] - entered["opted_in_on"]).dt.total_days().drop_nulls()
    assert 18 < lasted.min() < lasted.median() < lasted.max() < 180


def test_codes_are_those_the_service_knows(people):
    episodes = people["episodes"]
    assert set(episodes["source"]) <= {source.id for source in SPEC.referral.sources}
    assert episodes["source"].is_in(["talking_therapies", "psychological_therapist"]).mean() > 0.85
    assert set(episodes["closure_reason"].drop_nulls()) <= {reason.id for reason in SPEC.pathway.closure_reasons}
    assert set(episodes["decline_reason"].drop_nulls()) <= {reason.id for reason in SPEC.pathway.decline_reasons}
    assert set(people["destinations"]["code"]) <= {one.id for one in SPEC.pathway.destinations}
    assert set(people["onward_referrals"]["to"]) <= {one.id for one in SPEC.referral.onward}
    assert set(episodes["primary_condition"]) == {"anxiety_or_depression", "other_mental_health"}


def test_what_the_service_does_not_have_is_not_there(people):
    assert [people[name].height for name in ("allocations", "claims", "evidence", "fidelity_reviews")] == [0] * 4
    assert set(people["responses"]["instrument"]) == {"wsas", "economic_status", "peq_treatment", "satisfaction"}


def test_everybody_is_of_age(people):
    youngest = people["people"]["birth_date"].max()
    assert age_on(youngest, SPEC.service.contract_start) >= 18


@pytest.mark.parametrize(
    ("at_work", "codes"), [(True, set(AT_WORK_EVENTS)), (False, set(OUT_OF_WORK_EVENTS))]
)  # fmt: skip
def test_what_becomes_of_people_fits_their_work_on_entry(people, at_work, codes):
    of = people["destinations"].join(people["episodes"], on="episode_id")
    found = of.filter(pl.col("employment_at_entry").is_in(AT_WORK) == at_work)
    assert found.height > 50
    assert set(found["code"]) <= codes
    assert (found["on"] >= found["opted_in_on"]).all()


def test_only_those_off_sick_come_off_sick_pay(people):
    of = people["destinations"].join(people["episodes"], on="episode_id").filter(pl.col("code") == "off_sick_pay")
    assert of.height > 5
    assert set(of["employment_at_entry"]) == {"off_sick"}


def test_localities_are_those_of_the_lot_and_a_few_are_not_known(people):
    episodes = people["episodes"].filter(pl.col("locality").is_not_null())
    assert 0 < people["episodes"]["locality"].null_count() < 30
    assert all(lot in LOCALITIES[locality] for locality, lot in episodes.select("locality", "lot").iter_rows())
    assert set(episodes["locality"]) == set(LOCALITIES)
    assert set(people["activities"]["locality"]) <= set(LOCALITIES)


def test_sessions_with_employers_name_the_employer(people):
    with_employers = pl.col("kind").is_in(["employer_awareness", "employer_training"])
    activities = people["activities"]
    assert activities.filter(with_employers)["organisation_id"].null_count() == 0
    assert activities.filter(~with_employers)["organisation_id"].drop_nulls().is_empty()
    visits = people["employer_contacts"].filter(pl.col("episode_id").is_null())
    assert set(visits["purpose"]) == {"awareness", "training"}
    assert people["employer_contacts"]["employer_contact_id"].is_unique().all()


def test_forms_are_whole_but_for_what_does_not_apply(people):
    answers = people["responses"]
    sizes = {"wsas": 5, "economic_status": 4, "peq_treatment": 6}
    for instrument, size in sizes.items():
        forms = answers.filter(pl.col("instrument") == instrument).group_by("response_id").len()
        assert set(forms["len"]) == {size}
    assert set(answers.filter(pl.col("answer") == "NA")["item"]) == {"1"}


def test_what_is_spent_is_near_the_budget(people):
    costs = people["costs"]
    assert set(costs["line"]) == {line.id for line in SPEC.budget.lines}
    assert costs.height == 12 * len(SPEC.budget.lines)
    spent = sum(costs["amount"], Decimal(0))
    assert abs(spent - SPEC.budget.total) < SPEC.budget.total / 20
    assert all(amount == round(amount, 2) for amount in costs["amount"])


def test_nothing_is_spent_before_the_first_day():
    assert by_budget(SPEC, pl.DataFrame(), date(2012, 3, 31), Dice(1, ("n",))).height == 0
    assert by_budget(SPEC, pl.DataFrame(), date(2012, 4, 1), Dice(1, ("n",))).height == len(SPEC.budget.lines)


def test_a_service_without_a_budget_spends_as_before():
    spec = load("ips_grow")
    usual = pl.DataFrame({"line": ["staff"]})
    assert by_budget(spec, usual, spec.service.contract_end, None) is usual


def test_planted_faults_are_found_exactly(people, tmp_path):
    """There are no documents to spoil, and no minimum wage is known for 2012."""
    spoiled, faults = plant(people, 9)
    write_folder(spoiled, tmp_path / "d")
    findings = validate_folder(tmp_path / "d", service_codes(SPEC))
    possible = [kind for kind in KINDS if kind.table != "evidence" and kind.column != "hourly_wage"]
    assert {(fault.table, fault.column) for fault in faults} == {(kind.table, kind.column) for kind in possible}
    assert len(faults) == PER_KIND * len(possible)
    key = {(one.table, one.row, one.column) for one in faults}
    assert key <= {(one.table, one.row, one.column) for one in findings}
    assert {(one.table, one.row, one.column) for one in findings if one.severity == "error"} <= key
