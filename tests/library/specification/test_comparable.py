"""A service under the definitions of another: what stays its own, what is the other's, and that figures then agree."""

from datetime import date
from hashlib import sha256

import pytest
from tests.factories import a_job, a_plan, a_profile, an_episode, dataset, three_appointments
from tests.library.specification.small import FILES, small

from placewell.indicators import figures, members
from placewell.periods import parse_period
from placewell.specification import load, service_ids
from placewell.specification.comparable import comparable
from placewell.synthetic import make

COMMON = load("ips_grow")
SERVICES = service_ids()


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("file", ["service", "referral", "eligibility", "pathway", "trial", "governance"])
def test_what_stays_the_service_s_own(service, file):
    own = load(service)
    assert getattr(comparable(own, COMMON), file) == getattr(own, file)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_the_other_s(service):
    own = load(service)
    found = comparable(own, COMMON)
    assert found.id == service
    assert found.payment is None
    assert found.outcomes.entry == own.outcomes.entry
    assert found.outcomes.model_copy(update={"entry": COMMON.outcomes.entry}) == COMMON.outcomes
    assert [one.id for one in found.indicators.indicators] == [one.id for one in COMMON.indicators.indicators]
    assert {one.target for one in found.indicators.indicators} == {None}
    assert {one.in_contract for one in found.indicators.indicators} == {service == "ips_grow"}
    assert {section.narratives for section in found.report.sections} == {()}


def test_the_hash_says_which_two_were_used():
    own = load("thrive_into_work")
    found = comparable(own, COMMON)
    assert found.hash == sha256(f"{own.hash} {COMMON.hash}".encode()).hexdigest()
    assert len({found.hash, comparable(COMMON, own).hash, own.hash, COMMON.hash}) == 4
    assert (found.version, found.definitions, found.own) == (own.version, COMMON, own)


def test_as_of_a_day_both_are_as_of_the_day(tmp_path):
    later = """
[[outcome]]
id = "job_start"
version = 2
in_force_from = 2019-01-01
kind = "job_start"
part_time_paid_hours = 4
name = "Job start, or four hours"
clause = "009 §5"
"""
    changed = small(tmp_path, outcomes=FILES["outcomes"] + later)
    found = comparable(load("thrive_into_work"), changed)
    before, after = (found.as_of(date.fromisoformat(day)) for day in ("2018-12-31", "2019-01-01"))
    assert [one.part_time_paid_hours for one in before.outcomes.outcomes] == [None]
    assert [one.part_time_paid_hours for one in after.outcomes.outcomes] == [4]
    assert before.definitions.id == after.definitions.id == "small"
    assert len(before.outcomes.outcomes) == 1


@pytest.fixture(scope="module")
def dorset():
    return make(load("dorset_work_matters"), 300, 6)


SHARED = [one.id for one in load("dorset_work_matters").indicators.computed if one.id != "in_paid_work"]


@pytest.mark.parametrize("period", ["Y1Q4", "Y2", "Y3Q1"])
def test_a_service_that_counts_by_them_anyway_has_the_same_figures(dorset, period):
    own = load("dorset_work_matters")
    asked = parse_period(period, own.service.first_quarter_starts)
    one = {found.id: found for found in figures(own, dorset, asked, only=SHARED)}
    other = {found.id: found for found in figures(comparable(own, COMMON), dorset, asked, only=SHARED)}
    for id in SHARED:
        assert (one[id].value, one[id].members) == (other[id].value, other[id].members), id


FACTS = (
    *an_episode("met", "p1", entered="2019-05-01"),
    three_appointments("met", "2019-05-02", "2019-05-09", "2019-05-16"),
    *an_episode("both", "p2", entered="2019-05-01"),
    a_profile("both", "2019-05-02", "2019-05-09"),
    a_plan("both", "2019-05-10"),
    a_job("both", "j1", first_day="2019-05-20", hours="20"),
    *an_episode("control", "p3", entered="2019-03-20", arm="control"),
    a_profile("control", "2019-05-02", "2019-05-09"),
    a_plan("control", "2019-05-10"),
    a_job("control", "j2", first_day="2019-05-20", hours="20"),
)
QUARTER = parse_period("2019-04-01/2019-07-01", load("thrive_into_work").service.first_quarter_starts)


@pytest.mark.parametrize(
    ("indicator", "own", "common"),
    [("engaged", 2, 1), ("job_starts", 1, 1), ("referrals", 2, 2)],
)
def test_the_trial_of_002_under_the_common_definitions(indicator, own, common):
    """Three appointments engage in 002 and not in 003; a control participant is in no figure but the referrals."""
    spec, data = load("thrive_into_work"), dataset(*FACTS)
    assert [one.value for one in figures(spec, data, QUARTER, only=[indicator])] == [own]
    assert [one.value for one in figures(comparable(spec, COMMON), data, QUARTER, only=[indicator])] == [common]


def test_a_control_participant_is_no_member():
    spec = comparable(load("thrive_into_work"), COMMON)
    assert set(members(spec, "engaged", dataset(*FACTS), QUARTER)["person_id"]) == {"p1", "p2"}
