"""Code lists: every list is whole, every label plain, and the closed ones are exactly those of semantics.md."""

import pytest

from placewell.dataset import TABLES
from placewell.vocabulary import code_list, code_lists, label, labels

FIXED = {
    "route": "web phone email in_person",
    "arm": "ips control",
    "contact_kind": "appointment call video text email letter group outreach joint_with_clinician",
    "with_whom": "client clinician employer family jobcentre other",
    "attendance": "attended did_not_attend cancelled_by_client cancelled_by_service one_way",
    "place": "community health_setting employer home office remote",
    "plan_kind": "vocational_action job_search return_to_work",
    "made_by": "client specialist",
    "employer_contact_purpose": "client_job_search lead awareness training negotiation in_work_support",
    "evidence_status": "received verified rejected",
    "occasion": "baseline review exit annual after_treatment",
    "work_status": "at_work phased_return off_sick not_working",
    "onward_kind": "referral signpost",
    "role": "specialist team_leader manager administrator",
    "instrument": "swemwbs wemwbs eq5d3l eq5d5l rand36 wsas phq9 gad7 reqol10 reqol20 peq_assessment peq_treatment "
    "satisfaction economic_status self_report",
    "disclosure_decision": "yes no undecided",
    "screening_answer": "met not_met not_known",
}


@pytest.mark.parametrize("name", FIXED)
def test_lists_that_no_service_may_change(name: str) -> None:
    assert list(code_list(name).codes) == FIXED[name].split()
    assert code_list(name).closed


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_every_list_is_whole(name: str) -> None:
    codes = code_list(name)
    assert codes.title and codes.source and codes.clause.split()[0] in {"000", "001", "002", "003", "004"}
    assert len(codes.codes) > 1
    assert len(set(codes.labels.values())) == len(codes.codes) or name == "occupation"
    assert all(text and text == text.strip() and not text.endswith(".") for text in codes.labels.values())


def test_every_list_a_column_names_exists_and_every_list_is_used() -> None:
    named = {column.codes for table in TABLES.values() for column in table.columns if column.codes}
    assert named == set(code_lists())


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("contact_kind", "joint_with_clinician", "With clinician"),
        ("contact_kind", None, "Not known"),
        ("contact_kind", "", "Not known"),
        ("source", "talking_therapies", "NHS Talking Therapies (IAPT)"),
        ("source", "local_charity", "local charity"),
        ("gender", "2", "Female"),
        ("ethnicity", "A", "White: British"),
        ("occupation", "9", "Elementary occupations"),
        ("occupation", "92", "Elementary administration and service occupations"),
        ("occupation", "923", "Elementary administration and service occupations"),
        ("occupation", "9233", "Exam invigilators"),
        ("occupation", "9298", "Elementary administration and service occupations"),
        ("occupation", "9999", "9999"),
        ("industry", "G", "Wholesale, retail and motor repair"),
        ("industry", "47", "Wholesale, retail and motor repair"),
        ("industry", "86101", "Hospital activities"),
        ("industry", "8610", "Health and social work"),
        ("industry", "44", "44"),
        ("time_since_last_worked", "over_5_years", "5 years or more"),
    ],
)
def test_labels(name: str, code: str | None, words: str) -> None:
    assert label(name, code) == words


def test_labels_keep_the_order_of_the_list() -> None:
    assert next(iter(labels("attendance"))) == "attended"
    assert labels("arm") == {"ips": "IPS employment support", "control": "Comparison group"}


def test_a_list_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        label("colour", "red")


def test_ethnic_categories_have_the_groups_they_are_reported_in() -> None:
    groups = {code.code: code.group for code in code_list("ethnicity").codes.values()}
    assert [c for c, g in groups.items() if g == "Mixed"] == list("DEFG")
    assert [c for c, g in groups.items() if g == "Asian"] == list("HJKL")
    assert [c for c, g in groups.items() if g == "Black"] == list("MNP")
    assert [c for c, g in groups.items() if g == "Not known"] == ["Z", "99"]


def test_referral_sources_name_the_nhs_code() -> None:
    nhs = {code.code: code.nhs for code in code_list("source").codes.values()}
    assert (nhs["gp"], nhs["self"], nhs["jobcentre_plus"]) == ("A1", "B1", "M5")
