"""Validation: a sound folder has no finding, and each single fault gives exactly the finding it should."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.library.dataset.folders import CODES, SOUND, TODAY, findings, told

from placewell.dataset import TABLES, validate_folder

Change = dict[str, dict[str, Any]]


def test_a_sound_folder_has_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


def test_the_sound_folder_has_every_table_but_supervisions() -> None:
    assert set(TABLES) - set(SOUND) == {"supervisions"}


FAULTS: list[tuple[str, Change, str]] = [
    # people
    ("error people.nhs_number", {"people": {"nhs_number": "9434765918"}}, "the last of which checks the others"),
    ("error people.nhs_number", {"people": {"nhs_number": "943476591"}}, "ten digits"),
    ("error people.nhs_number", {"people": {"nhs_number": "4857773456"}}, "ten digits"),
    ("error people.birth_date", {"people": {"birth_date": "1899-12-31"}}, "a day from 1900 on"),
    ("warning people.postcode", {"people": {"postcode": "WV"}}, "a postcode"),
    ("warning people.postcode_district", {"people": {"postcode_district": "WV1 1AA"}}, "like WV1"),
    ("warning people.email", {"people": {"email": "nobody"}}, "an e-mail address"),
    ("warning people.gender", {"people": {"gender": "female"}}, "one of 1, 2, 9, X"),
    ("warning people.ethnicity", {"people": {"ethnicity": "I"}}, "(18 in all: see the data dictionary)"),
    # episodes
    ("error episodes.lot", {"episodes": {"lot": "solihull"}}, "one of dudley, wolverhampton"),
    ("error episodes.service_id", {"episodes": {"service_id": "workwise"}}, "one of thrive_into_work"),
    ("error episodes.declined_on", {"episodes": {"declined_on": "2019-04-05", "decline_reason": "x"}}, "not both"),
    ("error episodes.accepted_on", {"episodes": {"accepted_on": "2019-04-01"}}, "the referral (2019-04-02)"),
    ("error episodes.opted_in_on", {"episodes": {"opted_in_on": "2019-04-01"}}, "the referral (2019-04-02)"),
    ("warning episodes.closure_reason", {"episodes": {"closed_on": "2019-06-01"}}, "a reason: the episode was closed"),
    ("warning episodes.closure_reason", {"episodes": {"closure_reason": "moved_away"}}, "none: the day is absent"),
    ("warning episodes.decline_reason", {"episodes": {"decline_reason": "x"}}, "none: the day is absent"),
    ("warning episodes.specialist_id", {"episodes": {"specialist_id": None}}, "a named specialist"),
    ("error episodes.route", {"episodes": {"route": "pigeon"}}, "one of web, phone, email, in_person"),
    ("warning episodes.source", {"episodes": {"source": "vet"}}, "one of self, carer_or_family, gp"),
    # consent, trial, questionnaires
    ("error consents.withdrawn_on", {"consents": {"withdrawn_on": "2019-04-05"}}, "the day it was given (2019-04-06)"),
    ("error allocations.arm", {"allocations": {"arm": "treatment"}}, "one of ips, control"),
    ("error responses.instrument", {"responses": {"instrument": "mood"}}, "one of swemwbs, wemwbs"),
    ("warning responses.answer", {"responses": {"answer": None}}, "an answer, or no row"),
    ("error screenings.answer", {"screenings": {"answer": "maybe"}}, "one of met, not_met, not_known"),
    # contacts, profiles, plans
    ("error contacts.kind", {"contacts": {"kind": "tea"}}, "one of appointment, call, video"),
    ("error contacts.minutes", {"contacts": {"minutes": "-1"}}, "minutes from 0 to 1440"),
    ("warning contacts.attendance", {"contacts": {"attendance": None}}, "a value in some row: what became of it"),
    ("error profiles.completed_on", {"profiles": {"completed_on": "2019-04-05"}}, "the day it was begun (2019-04-06)"),
    ("error profiles.version", {"profiles": {"version": "0"}}, "the number of the version, from 1 to 1000"),
    ("error plans.ended_on", {"plans": {"ended_on": "2019-04-09"}}, "the day it was agreed (2019-04-10)"),
    ("error plans.kind", {"plans": {"kind": "dinner"}}, "one of vocational_action"),
    ("warning support_decisions.reason", {"support_decisions": {"reason": None}}, "for exceptional cases"),
    ("error support_decisions.until_on", {"support_decisions": {"until_on": "2019-05-31"}}, "(2019-06-01)"),
    ("error support_requests.decided_on", {"support_requests": {"decided_on": "2019-06-02"}}, "asked for (2019-06-03)"),
    ("error support_requests.asked_by", {"support_requests": {"asked_by": "gp"}}, "one of person, employer"),
    ("warning support_requests.granted", {"support_requests": {"granted": None}}, "request was decided (2019-06-05)"),
    ("warning support_requests.decided_on", {"support_requests": {"decided_on": None}}, "the clock of the request"),
    # jobs
    ("error jobs.contract_hours", {"jobs": {"contract_hours": "169"}}, "hours a week from 0 to 168"),
    ("warning jobs.contract_hours", {"jobs": {"contract_hours": "61"}}, "seldom above 60"),
    ("warning jobs.contract_hours", {"jobs": {"contract_hours": None}}, "in neither hours band"),
    ("warning jobs.competitive", {"jobs": {"competitive": None}}, "absent counts as false"),
    ("error jobs.hourly_wage", {"jobs": {"hourly_wage": "8.20"}}, "for the person's age on the day, £8.21"),
    ("warning jobs.hourly_wage", {"jobs": {"hourly_wage": "287"}}, "not for a week"),
    ("error jobs.occupation", {"jobs": {"occupation": "9933"}}, "a SOC 2020 code of one to four digits"),
    ("error jobs.industry", {"jobs": {"industry": "44"}}, "a SIC 2007 section or code"),
    ("warning jobs.end_reason", {"jobs": {"end_reason": "health"}}, "none: the job has not ended"),
    ("error job_hours.to_on", {"job_hours": {"to_on": "2019-04-30"}}, "the first day of the spell (2019-05-01)"),
    ("error job_hours.from_on", {"job_hours": {"from_on": "2019-04-30"}}, "the start of the job (2019-05-01)"),
    ("error job_hours.weekly_hours", {"job_hours": {"weekly_hours": "-8"}}, "hours a week from 0 to 168"),
    ("warning jobs.end_known_on", {"jobs": {"end_known_on": "2019-06-01"}}, "none: the job has not ended"),
    ("error job_pay.from_on", {"job_pay": {"from_on": "2019-04-30"}}, "the start of the job (2019-05-01)"),
    ("error job_pay.hourly_wage", {"job_pay": {"hourly_wage": "0"}}, "pounds an hour, more than 0"),
    ("warning job_pay.hourly_wage", {"job_pay": {"hourly_wage": "287"}}, "not for a week"),
    ("error job_pay.job_id", {"job_pay": {"job_id": "j9"}}, "the job_id of a row in jobs"),
    ("error benefits_advice.job_id", {"benefits_advice": {"job_id": "j9"}}, "the job_id of a row in jobs"),
    ("warning benefits_advice.about", {"benefits_advice": {"about": "tea"}}, "one of before_start, change, other"),
    ("warning benefits_advice.on", {"benefits_advice": {"on": None}}, "a value in some row: day it was given"),
    ("warning job_problems.kind", {"job_problems": {"kind": "tea"}}, "one of health, attendance, tasks"),
    ("warning job_problems.known_on", {"job_problems": {"known_on": None}}, "in some row: day the service learned"),
    # evidence and claims
    ("error evidence.about_on", {"evidence": {"about_on": None}}, "without it the document proves nothing"),
    ("error evidence.kind", {"evidence": {"kind": "rumour"}}, "one of contract, employer_letter"),
    ("error evidence.status", {"evidence": {"status": "fine"}}, "one of received, verified, rejected"),
    ("warning evidence.outcome", {"evidence": {"outcome": "fame"}}, "one of engaged, job_start"),
    ("error evidence.decided_on", {"evidence": {"decided_on": None}}, "the day of the decision"),
    ("error evidence.decided_on", {"evidence": {"decided_on": "2019-05-09"}}, "the day it was received (2019-05-10)"),
    ("error evidence.decided_by", {"evidence": {"decided_by": "s1"}}, "someone other than the person's own specialist"),
    ("warning evidence.received_on", {"evidence": {"received_on": "2019-05-01"}}, "it vouches for (2019-05-02)"),
    ("warning evidence.decided_on", {"evidence": {"verified_on": "2019-05-12"}}, "first verified (2019-05-12)"),
    ("error claims.amount", {"claims": {"amount": "0"}}, "pounds, more than 0"),
    ("error claims.paid_on", {"claims": {"paid_on": "2019-05-30"}}, "the day of the claim (2019-05-31)"),
    ("error claims.clawed_back_on", {"claims": {"clawed_back_on": "2019-05-30"}}, "the day of the claim"),
    # service
    ("error postings.fte", {"postings": {"fte": "1.2"}}, "a share of full time from 0 to 1"),
    ("error postings.to_on", {"postings": {"to_on": "2017-12-31"}}, "the first day in the post (2018-01-01)"),
    ("error postings.role", {"postings": {"role": "boss"}}, "one of specialist, team_leader"),
    ("error practice_links.to_on", {"practice_links": {"to_on": "2017-12-31"}}, "the first day"),
    ("error training.expires_on", {"training": {"expires_on": "2018-01-01"}}, "the day it was completed"),
    ("error complaints.closed_on", {"complaints": {"closed_on": "2019-04-30"}}, "the day it was received"),
    ("error incidents.reported_on", {"incidents": {"reported_on": "2019-04-30"}}, "the day it occurred"),
    ("warning incidents.hours_to_report", {"incidents": {"hours_to_report": "24.5"}}, "within 24 hours"),
    ("error fidelity_reviews.score", {"fidelity_reviews": {"score": "6"}}, "a score from 1 to 5"),
    ("error fidelity_actions.agreed_on", {"fidelity_actions": {"agreed_on": "2019-04-30"}}, "the review (2019-05-01)"),
    ("error fidelity_actions.due_on", {"fidelity_actions": {"due_on": "2019-05-01"}}, "it was agreed (2019-05-02)"),
    ("error fidelity_actions.achieved_on", {"fidelity_actions": {"achieved_on": "2019-05-01"}}, "it was agreed"),
    ("error fidelity_actions.review_id", {"fidelity_actions": {"review_id": "f9"}}, "the review_id of a row in fid"),
    ("error costs.month", {"costs": {"month": "2019-05-02"}}, "the first day of a month"),
]  # fmt: skip
NAMES = [f"{fault} {next(iter(next(iter(change.values())).values()))}" for fault, change, _ in FAULTS]


@pytest.mark.parametrize(("fault", "change", "expected"), FAULTS, ids=NAMES)
def test_one_fault_one_finding(tmp_path: Path, fault: str, change: Change, expected: str) -> None:
    found = findings(tmp_path, **change)
    row = None if "in some row" in expected else 2
    assert told(found) == [f"{fault} {row}"]
    assert expected in found[0].expected
    assert found[0].clause and found[0].file == f"{fault.split()[1].split('.')[0]}.csv"


BEFORE = [
    "consents.given_on",
    "allocations.allocated_on",
    "screenings.decided_on",
    "benefits.on",
    "responses.completed_on",
    "employment_checks.on",
    "contacts.on",
    "profiles.started_on",
    "plans.agreed_on",
    "applications.on",
    "employer_contacts.on",
    "destinations.on",
    "onward_referrals.on",
    "work_methods.on",
    "disclosures.on",
    "support_decisions.on",
    "support_requests.on",
    "benefits_advice.on",
    "job_problems.known_on",
]


@pytest.mark.parametrize("place", BEFORE)
def test_nothing_happens_before_the_referral(tmp_path: Path, place: str) -> None:
    table, column = place.split(".")
    (found,) = findings(tmp_path, **{table: {column: "2019-04-01"}})
    assert (found.severity, found.column) == ("error", column)
    assert found.expected == "a day on or after the referral (2019-04-02)"


ALLOWED: list[Change] = [
    {"people": {"nhs_number": "943 476 5919"}},
    {"people": {"nhs_number": None, "email": None, "postcode": None, "postcode_district": None}},
    {"people": {"postcode": "wv11aa"}},
    {"episodes": {"closed_on": "2019-06-01", "closure_reason": "moved_away"}},
    {"episodes": {"accepted_on": "2019-04-02"}},
    {"jobs": {"hourly_wage": "5", "self_employed": "true"}},
    {"jobs": {"hourly_wage": "3.90", "contract_type": "apprenticeship"}},
    {"jobs": {"hourly_wage": None}},
    {"jobs": {"occupation": "9", "industry": "G"}},
    {"jobs": {"occupation": "92", "industry": "47110"}},
    {"jobs": {"contract_hours": "0", "contract_type": "zero_hours"}},
    {"job_hours": {"to_on": None, "weekly_hours": None}},
    {"evidence": {"status": "received", "decided_on": None, "decided_by": "s1"}},
    {"evidence": {"kind": "contract", "received_on": "2019-04-20", "decided_on": "2019-04-20"}},
    {"evidence": {"job_id": None}},
    {"evidence": {"decided_on": None, "verified_on": "2019-05-11"}},
    {"training": {"expires_on": "2030-01-01"}},
    {"incidents": {"hours_to_report": "24"}},
    {"incidents": {"serious": "false", "hours_to_report": "100"}},
    {"fidelity_reviews": {"score": None}},
    {"fidelity_actions": {"achieved_on": None, "due_on": None, "item": None}},
    {"fidelity_actions": {"achieved_on": "2019-06-02"}},
]


@pytest.mark.parametrize("change", ALLOWED)
def test_what_is_sound(tmp_path: Path, change: Change) -> None:
    assert findings(tmp_path, **change) == []


TOGETHER = [
    ("no referral day", {"episodes": {"referred_on": None}}, "error episodes.referred_on 2"),
    ("born after the referral", {"people": {"birth_date": "2019-05-01"}}, "error episodes.referred_on 2"),
    ("fifteen years old", {"people": {"birth_date": "2003-04-03"}}, "warning episodes.referred_on 2"),
    ("closed before accepted", {"episodes": {"closed_on": "2019-04-03", "closure_reason": "moved_away"}},
     "error episodes.closed_on 2"),
    ("contact after closing", {"episodes": {"closed_on": "2019-04-05", "closure_reason": "moved_away"}},
     "warning contacts.on 2"),
    ("a job before the referral", {"jobs": {"started_on": None, "first_day_worked_on": "2019-04-01"}},
     "warning jobs.first_day_worked_on 2"),
    ("ended before the first day", {"jobs": {"ended_on": "2019-05-01"}}, "error jobs.ended_on 2"),
    ("ended before the start", {"jobs": {"ended_on": "2019-04-30"}}, "error jobs.ended_on 2"),
    ("worked before the start", {"jobs": {"started_on": "2019-05-03"}}, "warning jobs.first_day_worked_on 2"),
    ("hours after the end of the job", {"jobs": {"ended_on": "2019-05-20"}}, "warning job_hours.to_on 2"),
    ("other pay after the end of the job", {"jobs": {"ended_on": "2019-05-19"}}, "warning job_pay.from_on 2"),
    ("the end known before the start", {"jobs": {"ended_on": "2019-06-01", "end_known_on": "2019-04-30"}},
     "error jobs.end_known_on 2"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "one"), TOGETHER, ids=[case[0] for case in TOGETHER])
def test_days_that_do_not_fit_one_another(tmp_path: Path, what: str, change: Change, one: str) -> None:
    assert one in told(findings(tmp_path, **change))


def test_the_future(tmp_path: Path) -> None:
    found = findings(
        tmp_path, people={"birth_date": "2019-06-15"}, contacts={"on": "2019-06-15"}, postings={"to_on": "2030-01-01"}
    )
    assert "error people.birth_date 2" in told(found)
    assert "warning contacts.on 2" in told(found)
    assert not [f for f in found if f.table == "postings"]
    without = validate_folder(tmp_path, CODES)
    assert not [f for f in without if "today" in f.expected]


def test_people_who_share_a_number(tmp_path: Path) -> None:
    found = findings(tmp_path, ("people", {"person_id": "p2"}))
    assert told(found) == ["warning people.nhs_number 2", "warning people.nhs_number 3"]


def test_randomised_once_only(tmp_path: Path) -> None:
    again = [("episodes", {"episode_id": "e2"}), ("allocations", {"episode_id": "e2"})]
    assert told(findings(tmp_path, *again)) == ["error allocations.episode_id 3"]
    other_service = [("episodes", {"episode_id": "e2", "service_id": None}), ("allocations", {"episode_id": "e2"})]
    assert told(findings(tmp_path, *other_service)) == []


@pytest.mark.parametrize(
    ("spell", "found"),
    [
        ({"from_on": "2019-06-01", "to_on": None}, []),
        ({"from_on": "2019-05-31", "to_on": None}, ["error job_hours.from_on 3"]),
        ({"from_on": "2019-05-10", "to_on": "2019-05-12"}, ["error job_hours.from_on 3"]),
        ({"from_on": "2019-05-01", "to_on": "2019-05-31"}, ["error job_hours.from_on 3"]),
    ],
)
def test_spells_of_one_job_do_not_overlap(tmp_path: Path, spell: dict[str, Any], found: list[str]) -> None:
    assert told(findings(tmp_path, ("job_hours", spell))) == found


def test_an_open_spell_overlaps_everything_after_it(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ("job_hours", {"from_on": "2019-06-05", "to_on": None}), job_hours={"to_on": None})
    assert found.expected.startswith("a day after the last day of the job's spell before it (still running)")


def test_spells_of_two_jobs_may_overlap(tmp_path: Path) -> None:
    more = [("jobs", {"job_id": "j2"}), ("job_hours", {"job_id": "j2"})]
    assert findings(tmp_path, *more) == []


def test_one_payment_for_a_person_unless_it_was_taken_back(tmp_path: Path) -> None:
    assert told(findings(tmp_path, ("claims", {"claim_id": "m2"}))) == ["error claims.person_id 3"]
    assert findings(tmp_path, ("claims", {"claim_id": "m2"}), claims={"clawed_back_on": "2019-06-01"}) == []


def test_claims_and_documents_belong_to_the_right_person(tmp_path: Path) -> None:
    more = [("people", {"person_id": "p2", "nhs_number": None}), ("claims", {"claim_id": "m2", "person_id": "p2"})]
    assert told(findings(tmp_path, *more)) == ["error claims.person_id 3"]
    others = [("episodes", {"episode_id": "e2"}), ("evidence", {"evidence_id": "v2", "episode_id": "e2"})]
    assert told(findings(tmp_path, *others)) == ["error evidence.job_id 3"]


def test_what_cannot_be_read_is_told_with_the_rest_and_the_value_once(tmp_path: Path) -> None:
    found = findings(
        tmp_path, contacts={"on": "6 April 2019", "kind": "tea", "episode_id": "e9"}, jobs={"hourly_wage": "a lot"}
    )
    assert told(found) == [
        "error jobs.hourly_wage 2",
        "error contacts.episode_id 2",
        "error contacts.kind 2",
        "error contacts.on 2",
    ]


def test_a_missing_value_among_others_is_told_by_row(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ("contacts", {"contact_id": "c2", "attendance": None}))
    assert (found.severity, found.row, found.expected) == ("warning", 3, "a value: what became of it")


def test_notes_of_reading_are_warnings(tmp_path: Path) -> None:
    pl.DataFrame({"x": ["1"]}).write_csv(tmp_path / "persons.csv")
    (found,) = findings(tmp_path, people={"colour": "red"})[:1]
    assert (found.severity, found.column) == ("warning", "colour")
    assert findings(tmp_path)[-1].file == "persons.csv"


def test_parquet_is_checked_like_csv(tmp_path: Path) -> None:
    csv = findings(tmp_path, contacts={"kind": "tea"})
    for file in tmp_path.glob("*.csv"):
        pl.read_csv(file, infer_schema=False).write_parquet(file.with_suffix(".parquet"))
        file.unlink()
    parquet = validate_folder(tmp_path, CODES, TODAY)
    assert [f.sentence.replace(".parquet", ".csv") for f in parquet] == [f.sentence for f in csv]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (found,) = validate_folder(tmp_path / "nowhere")
    assert found.sentence.endswith("nowhere: expected a folder with one file for each table")


def test_doubled_parents_do_not_double_findings(tmp_path: Path) -> None:
    found = findings(tmp_path, ("episodes", {}), contacts={"on": "2019-04-01"})
    assert told(found) == ["error episodes.episode_id 3", "error contacts.on 2"]


@pytest.mark.parametrize("table", ["evidence", "benefits_advice", "job_problems"])
def test_a_job_of_another_episode(tmp_path: Path, table: str) -> None:
    other = [("episodes", {"episode_id": "e2", "service_id": None}), ("jobs", {"job_id": "j2", "episode_id": "e2"})]
    found = findings(tmp_path, *other, **{table: {"job_id": "j2"}})
    assert f"error {table}.job_id 2" in told(found)
    assert [f.expected for f in found if f.table == table] == ["a job of the same episode (e1)"]


def test_an_end_known_before_or_after_it_is_no_finding(tmp_path: Path) -> None:
    for number, known in enumerate(("2019-05-25", "2019-06-01", "2019-06-10")):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = findings(folder, jobs={"ended_on": "2019-06-01", "end_known_on": known})
        assert not [one for one in found if one.column == "end_known_on"]
