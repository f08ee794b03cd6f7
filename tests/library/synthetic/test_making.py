"""Made-up data: the same from the same seed, sound, and like the service it stands for."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from placewell.dataset import Dataset, content_hash, validate_folder, write_folder
from placewell.payment import ledger
from placewell.periods import age_on
from placewell.synthetic import make
from placewell.vocabulary.minimum_wage import minimum_wage

DEMO_DAY = date(2019, 6, 14)
OFFERED_WITHIN = timedelta(days=12)


def test_the_same_seed_gives_the_same_bytes(spec, tmp_path):
    for name in ("one", "two"):
        write_folder(make(spec, 60, 5), tmp_path / name)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_another_seed_gives_other_people(spec):
    assert content_hash(make(spec, 40, 1)) != content_hash(make(spec, 40, 2))


def test_more_people_do_not_change_who_the_first_ones_are(spec):
    few, more = make(spec, 20, 1)["people"], make(spec, 50, 1)["people"]
    assert few.equals(more.head(20))


@pytest.mark.parametrize("people", [0, 1, 2])
def test_very_few_people(spec, people):
    data = make(spec, people, 1)
    assert data["people"].height == people
    assert isinstance(data, Dataset)


def findings_in(data, spec, tmp_path):
    write_folder(data, tmp_path)
    codes = {
        "service_id": {spec.id},
        "lot": {lot.id for lot in spec.service.lots},
        "decline_reason": {reason.id for reason in spec.pathway.decline_reasons},
        "closure_reason": {reason.id for reason in spec.pathway.closure_reasons},
    }
    return validate_folder(tmp_path, codes)


@pytest.mark.parametrize("which", ["demo", "whole"])
def test_validation_finds_nothing(which, request, spec, tmp_path):
    findings = findings_in(request.getfixturevalue(which), spec, tmp_path)
    assert findings == []


@pytest.mark.parametrize(("people", "seed"), [(0, 1), (1, 1), (7, 4), (1200, 11), (1200, 12), (1200, 13)])
def test_validation_finds_no_error_whatever_the_seed(people, seed, spec, tmp_path):
    findings = findings_in(make(spec, people, seed), spec, tmp_path)
    assert [finding for finding in findings if finding.severity == "error"] == []


def test_every_wage_is_at_least_the_minimum_on_the_first_day(whole):
    born = whole["episodes"].join(whole["people"], on="person_id").select("episode_id", "birth_date")
    rows = whole["jobs"].join(born, on="episode_id").drop_nulls("first_day_worked_on")
    for row in rows.iter_rows(named=True):
        age = age_on(row["birth_date"], row["first_day_worked_on"])
        assert row["hourly_wage"] >= minimum_wage(age, row["first_day_worked_on"]), row


def test_facts_reach_to_the_day_and_no_further(demo):
    """But for accepted offers, whose first day at work has not come."""
    for table, frame in demo.items():
        for column, kind in frame.schema.items():
            if kind == pl.Date() and column not in ("expires_on", "about_on") and frame[column].drop_nulls().len():
                last = DEMO_DAY + OFFERED_WITHIN if (table, column) == ("jobs", "started_on") else DEMO_DAY
                assert frame[column].max() <= last, (table, column)
    offers = demo["jobs"].filter(pl.col("started_on") > DEMO_DAY)
    assert offers["first_day_worked_on"].null_count() == offers.height


@pytest.mark.parametrize(
    ("low", "high", "what"),
    [
        (0.46, 0.54, "randomised to the service"),
        (0.33, 0.50, "of those who entered a year ago found a job"),  # 002 §9.10 viii: a third to a half
        (0.05, 0.14, "of people came back"),
        (0.60, 0.85, "were taken on"),
    ],
)
def test_shares_are_those_the_service_expects(whole, low, high, what):
    episodes, jobs = whole["episodes"], whole["jobs"]
    long_ago = episodes.filter(
        (pl.col("accepted_on") < date(2019, 3, 1))
        & ~pl.col("episode_id").is_in(whole["allocations"].filter(pl.col("arm") == "control")["episode_id"].implode())
    )
    shares = {
        "randomised to the service": (whole["allocations"]["arm"] == "ips").mean(),
        "of those who entered a year ago found a job": long_ago["episode_id"]
        .is_in(jobs["episode_id"].implode())
        .mean(),
        "of people came back": 1 - whole["people"].height / episodes.height,
        "were taken on": episodes["accepted_on"].is_not_null().mean(),
    }
    assert low <= shares[what] <= high


def test_nobody_is_randomised_twice_or_after_the_trial(whole):
    allocated = whole["allocations"].join(whole["episodes"], on="episode_id")
    assert allocated["person_id"].is_duplicated().sum() == 0
    assert allocated["allocated_on"].max() <= date(2019, 3, 31)


def test_everyone_accepted_in_the_trial_was_randomised_or_holds_the_service_already(whole):
    before = whole["episodes"].filter(pl.col("accepted_on") < date(2019, 4, 1))
    without = before.join(whole["allocations"], on="episode_id", how="anti")
    holders = whole["allocations"].filter(pl.col("arm") == "ips").join(whole["episodes"], on="episode_id")["person_id"]
    assert without["person_id"].is_in(holders.implode()).all()


def test_caseloads_of_the_demo_are_those_of_a_working_service(demo):
    control = demo["allocations"].filter(pl.col("arm") == "control")
    cases = demo["episodes"].filter(pl.col("accepted_on").is_not_null() & pl.col("closed_on").is_null())
    open_cases = cases.join(control, on="episode_id", how="anti").group_by("specialist_id").len()
    assert open_cases["len"].max() <= 35
    assert (open_cases["len"] >= 25).sum() >= 3
    waiting = demo["episodes"].filter(pl.col("accepted_on").is_null() & pl.col("declined_on").is_null())
    assert waiting.height > 0
    assert waiting["specialist_id"].null_count() == waiting.height


def test_nobody_verifies_the_documents_of_their_own_client(whole):
    checked = whole["evidence"].join(whole["episodes"].select("episode_id", "specialist_id"), on="episode_id")
    assert (checked["decided_by"] == checked["specialist_id"]).sum() == 0


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("evidence", "status", {"received", "verified", "rejected"}),
        ("evidence", "outcome", {"engaged", "job_start", "six_weeks", "sustained_26_weeks"}),
        ("responses", "instrument", {"swemwbs", "rand36", "satisfaction"}),
        ("responses", "occasion", {"baseline", "review", "exit"}),
        ("jobs", "self_employed", {True, False}),
        ("jobs", "competitive", {True, False}),
        ("contacts", "with_whom", {"client", "clinician", "jobcentre", "family"}),
        ("destinations", "code", {"mainstream_education", "mainstream_volunteering", "mainstream_work_experience"}),
    ],
)
def test_every_state_occurs(whole, table, column, codes):
    assert set(whole[table][column].drop_nulls()) == codes


def test_hours_on_the_boundary_occur_and_every_contract_says_its_hours(whole):
    """Without them `placewell validate` warns."""
    hours = whole["jobs"]["contract_hours"]
    assert (hours == 16).sum() > 5
    assert hours.null_count() == 0


def test_claims_are_what_the_ledger_says_was_owed(spec, whole):
    lines = ledger(spec, whole, spec.service.contract_end)
    paid = lines.filter(pl.col("state") == "paid")
    settled = whole["claims"].filter(pl.col("paid_on").is_not_null())
    assert set(settled["claim_id"].str.slice(1)) <= set(lines["job_id"].str.slice(1))
    assert paid.height > 20
    assert (whole["claims"]["claimed_on"] <= whole["claims"]["paid_on"]).all()


def another(spec, **parts):
    """A specification with other parts."""
    return replace(spec, **parts)


def test_a_service_without_payment_by_outcome_has_no_claims(spec):
    assert make(another(spec, payment=None), 60, 1)["claims"].height == 0


def test_a_service_that_never_randomised_supports_everyone_it_accepts(spec):
    phases = tuple(phase.model_copy(update={"randomised": False}) for phase in spec.service.phases)
    service = spec.service.model_copy(update={"phases": phases})
    data = make(another(spec, service=service, payment=None), 60, 1)
    assert data["allocations"].height == 0
    assert data["plans"].height > 10
