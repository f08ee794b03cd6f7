"""The declarations: every table and column of semantics.md §1 is there by its name, and each column is whole."""

import polars as pl
import pytest

from placewell.dataset import TABLES
from placewell.dataset.columns import POLARS_TYPES

# semantics.md §1, names only; * marks a key.
SEMANTICS = {
    "people": "person_id* birth_date gender ethnicity religion sexual_orientation education postcode_district",
    "episodes": "episode_id* person_id service_id lot locality team_id gp_practice referred_on source route "
    "prompted_by accepted_on declined_on decline_reason opted_in_on specialist_id primary_condition "
    "has_long_term_condition has_common_mental_health_problem has_autism has_learning_disability employment_at_entry "
    "time_since_last_worked closed_on closure_reason",
    "consents": "episode_id kind form_version given_on withdrawn_on",
    "allocations": "episode_id* arm allocated_on",
    "contacts": "contact_id* episode_id specialist_id on kind with_whom attendance minutes place",
    "profiles": "episode_id version started_on completed_on",
    "plans": "episode_id version kind agreed_on ended_on",
    "applications": "application_id* episode_id on made_by employer_id",
    "employer_contacts": "employer_contact_id* employer_id episode_id specialist_id on face_to_face purpose locality",
    "jobs": "job_id* episode_id employer_id started_on first_day_worked_on ended_on end_reason contract_hours "
    "paid_hours_to_date self_employed competitive contract_type hourly_wage occupation industry disclosed",
    "job_hours": "job_id from_on to_on weekly_hours",
    "evidence": "evidence_id* episode_id job_id outcome kind about_on received_on status decided_on decided_by "
    "verified_on",
    "responses": "response_id* episode_id instrument occasion completed_on item* answer",
    "employment_checks": "episode_id on status weekly_hours on_sick_pay on_benefits",
    "destinations": "episode_id on code detail",
    "onward_referrals": "episode_id on to kind",
    "activities": "activity_id* service_id on kind locality organisation_id attendees hours specialist_id",
    "postings": "specialist_id team_id role fte from_on to_on",
    "claims": "claim_id* person_id episode_id job_id amount claimed_on paid_on clawed_back_on",
}
MORE = (
    "supervisions training practice_links complaints incidents fidelity_reviews fidelity_actions costs benefits "
    "work_methods disclosures"
)
EVERY = [(table, column) for table in TABLES.values() for column in table.columns]
IDS = [f"{table.name}.{column.name}" for table, column in EVERY]


@pytest.mark.parametrize("name", SEMANTICS)
def test_columns_and_keys_of_the_canonical_tables(name: str) -> None:
    wanted = SEMANTICS[name].split()
    table = TABLES[name]
    assert [c.rstrip("*") for c in wanted if c.rstrip("*") not in table.names] == []
    assert list(table.key) == [c.rstrip("*") for c in wanted if c.endswith("*")]


@pytest.mark.parametrize("name", [*MORE.split(), "disclosures", "screenings", "support_decisions", "support_requests"])
def test_the_tables_the_spine_adds(name: str) -> None:
    assert len(TABLES[name].columns) >= 3


@pytest.mark.parametrize(("table", "column"), EVERY, ids=IDS)
def test_every_column_is_whole(table, column) -> None:  # type: ignore[no-untyped-def]
    assert column.name == column.name.lower() and " " not in column.name
    assert column.description[0].isupper() and not column.description.endswith(".")
    assert column.clause.split()[0] in {"000", "001", "002", "003", "004"}
    assert column.type in POLARS_TYPES and column.polars_type == table.schema[column.name]
    assert (column.codes is None) or column.type == "text"
    if column.name.endswith("_on") or column.name == "on":
        assert column.type == "date"
    if column.refers_to:
        assert column.name == TABLES[column.refers_to].key[0]


def test_parents_stand_before_their_children() -> None:
    order = list(TABLES)
    assert all(order.index(c.refers_to) < order.index(t.name) for t, c in EVERY if c.refers_to)


def test_only_people_hold_what_identifies() -> None:
    identifying = {(t.name, c.name) for t, c in EVERY if c.audience == "identifying"}
    names = ["birth_date", "first_name", "surname", "email", "phone", "postcode", "nhs_number"]
    assert identifying == {("people", name) for name in names}


def test_the_seventeen_person_items_of_002_have_a_place() -> None:
    items = {
        f"002 App. 6 {number}"
        for number in [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
        ]
    }
    assert items <= {column.clause for _, column in EVERY}


def test_schema_and_lookup() -> None:
    jobs = TABLES["jobs"]
    assert jobs.schema["hourly_wage"] == pl.Decimal(14, 4)
    assert jobs.column("competitive").type == "boolean"
    with pytest.raises(KeyError, match="jobs has no column wage"):
        jobs.column("wage")


def test_no_name_stands_twice_in_a_table() -> None:
    assert all(len(set(table.names)) == len(table.names) for table in TABLES.values())


def test_the_package_offers_what_it_names_and_nothing_else():
    import placewell.dataset as package

    assert all(getattr(package, name) for name in package.__all__)
    with pytest.raises(AttributeError, match="validat"):
        package.validat  # noqa: B018 — the look-up itself is the test
