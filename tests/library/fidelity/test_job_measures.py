"""Jobs begun: different occupations and employers, competitive ones, and what was done before the start."""

from fractions import Fraction

import pytest
from tests.factories import a_job, a_profile, an_episode
from tests.library.fidelity.asking import a_measure, a_post, ask, number, reasons, statuses

MONTH = {"window_days": 30}  # 1-30 June 2019
OCCUPATIONS = a_measure("different_occupations", **MONTH)
EMPLOYERS = a_measure("different_employers", **MONTH)
CASE = an_episode("e1", entered="2019-05-01", specialist_id="s1")


def some_jobs(*columns, first="2019-06-10"):
    return [CASE, *(a_job("e1", f"j{n}", first_day=first, **each) for n, each in enumerate(columns, 1))]


@pytest.mark.parametrize(
    ("occupations", "found"),
    [
        (["92", "92", "61"], (2, 3, Fraction(200, 3))),
        (["92", "9", "9233"], (3, 3, 100)),  # as they are recorded, at whatever level
        (["92", "92", "92", "92"], (1, 4, 25)),
        (["92", None], (1, 1, 100)),
        ([None, None], (0, 0, None)),
    ],
)
def test_jobs_of_different_occupations(occupations, found):
    assert number(ask(OCCUPATIONS, some_jobs(*({"occupation": one} for one in occupations)))) == found


@pytest.mark.parametrize(
    ("employers", "found"),
    [(["a", "b", "a"], (2, 3, Fraction(200, 3))), (["a", None], (1, 1, 100)), (["a", "a"], (1, 2, 50))],
)
def test_jobs_with_different_employers(employers, found):
    assert number(ask(EMPLOYERS, some_jobs(*({"employer_id": one} for one in employers)))) == found


def test_the_first_of_its_kind_within_the_window_counts():
    found = ask(
        EMPLOYERS,
        CASE,
        a_job("e1", "j0", first_day="2019-05-31", employer_id="a"),
        a_job("e1", "j3", first_day="2019-06-01", employer_id="a"),
        a_job("e1", "j2", first_day="2019-06-30", employer_id="a"),
        a_job("e1", "j4", first_day="2019-07-01", employer_id="b"),
        a_job("e1", "j5", first_day="2019-06-02", employer_id="b", competitive=False),
        a_job("e1", "j6", first_day="2019-06-02"),
    )
    assert reasons(found) == {
        "j0": "Begun before 1 June 2019.",
        "j2": "The same employer as job j3.",
        "j3": "The first with employer a.",
        "j6": "The employer is not recorded.",
    }
    assert statuses(found) == {"j0": "excluded", "j2": "not_counted", "j3": "counted", "j6": "excluded"}


@pytest.mark.parametrize("measure", [OCCUPATIONS, EMPLOYERS, a_measure("competitive", **MONTH)])
def test_without_jobs_nobody_can_tell(measure):
    assert ask(measure, CASE).missing == "The table jobs is empty: jobs are not recorded."
    old = ask(measure, some_jobs({"occupation": "92", "employer_id": "a"}, first="2019-05-31"))
    assert (old.value, old.missing) == (None, "No job began in these days.")


def test_jobs_whose_kind_is_not_recorded():
    assert ask(OCCUPATIONS, some_jobs({})).missing == "No job begun in these days has its occupation recorded."


@pytest.mark.parametrize(
    ("job", "any_contract", "permanent"),
    [
        ({"contract_type": "permanent"}, "counted", "counted"),
        ({"contract_type": "seasonal"}, "counted", "not_counted"),
        ({"contract_type": "not_known"}, "counted", "excluded"),
        ({}, "counted", "excluded"),
        ({"contract_type": "permanent", "competitive": False}, "not_counted", "not_counted"),
        ({"contract_type": "permanent", "competitive": None}, "excluded", "excluded"),
    ],
)
def test_competitive_jobs(job, any_contract, permanent):
    assert statuses(ask(a_measure("competitive", **MONTH), some_jobs(job))) == {"j1": any_contract}
    assert statuses(ask(a_measure("competitive", **MONTH, codes=("permanent",)), some_jobs(job))) == {"j1": permanent}


@pytest.mark.parametrize(
    ("first", "started", "status"),
    [
        ("2019-06-01", None, "counted"),
        ("2019-05-31", "2019-06-01", "excluded"),
        (None, "2019-06-01", "counted"),  # the first day worked is not known: the start of the job
        ("2019-04-30", None, None),  # before entry
        ("2019-07-01", None, None),
    ],
)
def test_when_a_job_began(first, started, status):
    job = a_job("e1", "j1", first_day=first, **({"started_on": started} if started else {}))
    found = ask(a_measure("competitive", **MONTH), CASE, job)
    assert statuses(found) == ({"j1": status} if status else {})


def test_reasons_of_competitive_jobs():
    found = ask(
        a_measure("competitive", **MONTH, codes=("permanent",)),
        some_jobs({"contract_type": "zero_hours"}, {"contract_type": "permanent"}, {"competitive": False}, {}),
    )
    assert list(reasons(found).values()) == [
        "The contract is zero hours.",
        "Competitive, begun on 10 June 2019.",
        "Not a competitive job.",
        "The kind of contract is not recorded.",
    ]
    assert number(found) == (1, 3, Fraction(100, 3))


DISCLOSURE = a_measure("disclosure_before_start", **MONTH)
ADVICE = a_measure("advice_before_start", **MONTH, codes=("benefits_advice",))


def a_decision(on, episode="e1"):
    return "disclosures", {"episode_id": episode, "on": on, "decision": "yes"}


def a_referral_on(on, to="benefits_advice"):
    return "onward_referrals", {"episode_id": "e1", "on": on, "to": to, "kind": "signpost"}


def some_advice_on(on):
    return "benefits_advice", {"episode_id": "e1", "on": on, "about": "before_start"}


@pytest.mark.parametrize(
    ("measure", "facts", "status", "reason"),
    [
        (DISCLOSURE, [a_decision("2019-06-10")], "counted", "The first decision is of 10 June 2019."),
        (DISCLOSURE, [a_decision("2019-06-11")], "not_counted",
         "The first decision is of 11 June 2019, after the start."),
        (DISCLOSURE, [a_decision("2019-06-11"), a_decision("2019-05-02")], "counted",
         "The first decision is of 2 May 2019."),
        (DISCLOSURE, [a_decision("2019-06-01", "e2")], "not_counted", "No decision is recorded."),
        (ADVICE, [a_referral_on("2019-06-10")], "counted", "The first referral is of 10 June 2019."),
        (ADVICE, [a_referral_on("2019-06-10", "debt_advice")], "not_counted", "No advice or referral is recorded."),
        (ADVICE, [some_advice_on("2019-06-10")], "counted", "The first advice is of 10 June 2019."),
        (ADVICE, [some_advice_on("2019-06-11")], "not_counted",
         "The first advice is of 11 June 2019, after the start."),
        (ADVICE, [some_advice_on("2019-06-09"), a_referral_on("2019-06-08")], "counted",
         "The first referral is of 8 June 2019."),
        (ADVICE, [some_advice_on("2019-04-30")], "not_counted", "No advice or referral is recorded."),  # before entry
        (DISCLOSURE, [a_decision("2019-04-30")], "not_counted", "No decision is recorded."),
        (ADVICE, [a_referral_on("2019-06-11"), a_referral_on("2019-06-01", "housing")], "not_counted",
         "The first referral is of 11 June 2019, after the start."),
    ],
)  # fmt: skip
def test_what_was_recorded_before_the_start(measure, facts, status, reason):
    found = ask(measure, some_jobs({}), an_episode("e2", entered="2019-05-01"), facts)
    assert (statuses(found), reasons(found)) == ({"j1": status}, {"j1": reason})
    before = ask(measure, some_jobs({}, first="2019-05-31"), an_episode("e2", entered="2019-05-01"), facts)
    assert (statuses(before), before.missing) == ({"j1": "excluded"}, "No job began in these days.")


@pytest.mark.parametrize(
    ("measure", "missing"),
    [
        (DISCLOSURE, "The table disclosures is empty: it is not recorded."),
        (ADVICE, "The tables benefits_advice and onward_referrals are empty: advice is not recorded."),
    ],
)
def test_what_no_table_holds(measure, missing):
    assert ask(measure, some_jobs({})).missing == missing


RENEWED = a_measure("profile_renewed", **MONTH)


@pytest.mark.parametrize(
    ("ended", "profiles", "status"),
    [
        ("2019-06-20", ["2019-06-21"], "counted"),
        ("2019-06-20", ["2019-06-11"], "counted"),
        ("2019-06-20", ["2019-06-10"], "not_counted"),  # begun with the job, not after it
        ("2019-06-20", ["2019-05-02"], "not_counted"),
        ("2019-06-20", ["2019-07-01"], "not_counted"),
        (None, ["2019-06-21"], None),
        ("2019-07-01", ["2019-06-21"], None),
    ],
)
def test_a_profile_renewed_after_a_job(ended, profiles, status):
    job = a_job("e1", "j1", first_day="2019-06-10", ended=ended)
    older = a_job("e1", "j0", first_day="2019-05-02", ended="2019-05-31")
    found = ask(RENEWED, CASE, older, job, a_profile("e1", "2019-05-01"), [
        a_profile("e1", on, version=2) for on in profiles
    ])  # fmt: skip
    assert statuses(found) == ({"j1": status} if status else {})
    assert (found.missing != "") is (status is None)


def test_profiles_that_are_not_recorded():
    assert ask(RENEWED, CASE).missing.startswith("The table profiles is empty")


ACCEPTED = a_measure("accepted", **MONTH)


@pytest.mark.parametrize(
    ("episode", "status", "reason"),
    [
        ({"accepted_on": "2019-06-01"}, "counted", "Accepted on 1 June 2019."),
        ({"accepted_on": "2019-05-31"}, "excluded", "Decided on 31 May 2019."),
        ({"declined_on": "2019-06-30", "decline_reason": "not_registered_in_area"}, "not_counted",
         "Declined on 30 June 2019; the reason: not registered in area."),
        ({"declined_on": "2019-06-30"}, "not_counted", "Declined on 30 June 2019; the reason: not recorded."),
        ({"declined_on": "2019-07-01"}, "not_due", "Neither accepted nor declined yet."),
        ({"accepted_on": "2019-06-05", "declined_on": "2019-06-10"}, "counted", "Accepted on 5 June 2019."),
    ],
)  # fmt: skip
def test_referrals_accepted(episode, status, reason):
    found = ask(ACCEPTED, an_episode("e1", referred="2019-05-01", **episode))
    assert (statuses(found), reasons(found)) == ({"e1": status}, {"e1": reason})


def test_referrals_of_a_team_cannot_be_told():
    found = ask(ACCEPTED, a_post(), an_episode("e1", referred="2019-05-01"), team="t1")
    assert (found.value, found.missing.split(":")[0]) == (None, "A referral that is declined names no team")
    assert ask(ACCEPTED, an_episode("e1", referred="2019-05-01")).missing.startswith("No referral was accepted")


def test_referrals_of_a_lot_can():
    two = [
        an_episode(id, referred="2019-06-01", declined_on="2019-06-02", lot=lot)
        for id, lot in (("e1", "a"), ("e2", "b"))
    ]
    assert statuses(ask(ACCEPTED, two, lot="a")) == {"e1": "not_counted"}
