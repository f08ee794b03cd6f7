"""The mapping of the site's records to the data set: whole, typed, the same by every way of reading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    TODAY,
    ago,
    day,
    make_caseload,
    make_contact,
    make_employer,
    make_episode,
    make_evidence,
    make_hours,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import World

from placewell.dataset import TABLES
from placewell_web.casework import dataset_rows as rows
from placewell_web.clients.models import Allocation, Benefit, Consent, Episode

APPS = ("clients", "casework")
NOT_OF_THE_DATA_SET = {
    "Alert",
    "AnswerCorrection",
    "Appointment",
    "AskedQuestionnaire",
    "Assessment",
    "AssessmentPart",
    "Assignment",
    "BetterOff",
    "Closing",
    "Confirmation",
    "ContactDraft",
    "Course",
    "CourseAttendance",
    "CoursePlace",
    "CourseSession",
    "GroupSession",
    "GroupSupervision",
    "Handover",
    "LeadTaken",
    "Merge",
    "PersonalLink",
    "PlanComment",
    "PlanStep",
    "ProfileSource",
    "QuestionnaireDraft",
    "QuestionnaireWording",
    "SupervisionAction",
    "SurveyCode",
    "SurveyCount",
    "SurveyRemark",
    "SurveyRound",
    "WeekReview",
    "WeeklyAmount",
}


def mapped_models() -> dict[type[models.Model], rows.Source]:
    return {source.model: source for source in rows.SOURCES.values()}


def test_every_table_of_the_data_set_is_filled_or_says_why_not() -> None:
    assert set(rows.SOURCES) | set(rows.NOT_FILLED) == set(TABLES)
    assert set(rows.SOURCES) & set(rows.NOT_FILLED) == set()


def test_every_model_is_mapped_or_known_to_be_the_sites_own() -> None:
    names = {model.__name__ for label in APPS for model in apps.get_app_config(label).get_models()}
    assert names == {model.__name__ for model in mapped_models() if model._meta.app_label in APPS} | NOT_OF_THE_DATA_SET


@pytest.mark.parametrize("model", mapped_models(), ids=lambda model: model.__name__)
def test_every_field_is_a_column_or_says_why_not(model: type[models.Model]) -> None:
    source = mapped_models()[model]
    used = {path.split("__")[0] for path in source.columns.values()}
    used |= {source.episode.split("__")[0]} if source.episode else set()
    left_out = set(rows.NOT_EXPORTED.get(model, {}))
    for field in model._meta.concrete_fields:
        names = {field.name, field.attname} | ({"pk"} if field.primary_key else set())
        assert names & (used | left_out), (
            f"{model.__name__}.{field.name} is in no column; map it or list it with a reason"
        )
    assert left_out <= {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize("table", rows.SOURCES)
def test_every_column_of_a_table_has_a_source(table: str) -> None:
    source = rows.SOURCES[table]
    assert set(source.columns) | set(source.derived) == set(TABLES[table].names)


def full_episode(world: World, lot: str = "dudley", **fields: Any) -> Episode:
    episode = make_episode(world, lot, make_person(postcode="WV1 1AA", gender=""), has_autism=True, **fields)
    employer = make_employer(lot, f"Shop of {lot}")
    job = make_job(episode, ago(40), employer=employer, contract_hours=Decimal("15.2"), disclosed=False)
    make_hours(job, ago(40), 15.2, ago(20))
    make_hours(job, ago(19), None)
    make_evidence(
        episode, job, status="verified", decided_on=TODAY, verified_on=TODAY, decided_by=world.user("manager", lot)
    )
    make_contact(episode, ago(5), minutes=None)
    make_profile(episode, ago(60), ago(50))
    make_plan(episode, ago(45))
    Allocation.unscoped.create(episode=episode, arm="ips", allocated_on=day("2019-04-03"))
    Consent.unscoped.create(episode=episode, kind="trial", given_on=day("2019-04-03"))
    Benefit.unscoped.create(episode=episode, on=ago(10), benefit="universal_credit", received=True)
    return episode


def test_values_arrive_with_their_types(world: World) -> None:
    episode = full_episode(world)
    data = rows.read_all()
    person = data["people"].row(0, named=True)
    job = data["jobs"].row(0, named=True)
    assert person["person_id"] == str(episode.person_id)
    assert person["postcode_district"] == "WV1"
    assert person["gender"] is None, "an empty text is absent"
    assert data["episodes"]["has_autism"].to_list() == [True]
    assert data["episodes"]["has_learning_disability"].to_list() == [None]
    assert (job["contract_hours"], job["hourly_wage"], job["disclosed"]) == (Decimal("15.2"), Decimal("8.65"), False)
    assert job["first_day_worked_on"] == ago(40)
    assert data["job_hours"].sort("from_on")["weekly_hours"].to_list() == [Decimal("15.2"), None]
    assert data["contacts"]["minutes"].to_list() == [None]
    assert data["evidence"]["decided_by"].to_list() == [str(world.user("manager").pk)]
    assert data["employer_contacts"].height == 0
    for name, frame in data.items():
        assert frame.schema == TABLES[name].schema, name


@pytest.mark.parametrize(
    ("postcode", "district"), [("WV1 1AA", "WV1"), ("b152tt", "B15"), ("", None), ("1AA", None), ("   ", None)]
)
def test_a_district_is_the_outward_code_or_absent(world: World, postcode: str, district: str | None) -> None:
    make_episode(world, person=make_person(postcode=postcode))
    assert rows.read_all()["people"]["postcode_district"].to_list() == [district]


def test_the_three_ways_of_reading_agree(world: World) -> None:
    full_episode(world)
    full_episode(world, "wolverhampton")
    everything = rows.read_all()
    episodes = Episode.unscoped.all()
    some, caseload = rows.read_episodes(episodes), rows.read_caseload(episodes)
    assert caseload.beside == {}
    assert caseload.episode_ids == {str(one.pk) for one in episodes}
    for table in rows.CASELOAD_TABLES:
        order = pl.col("*")
        assert some[table].sort(order).equals(everything[table].sort(order)), table
        assert caseload.whole[table].sort(order).equals(everything[table].sort(order)), table


def test_some_episodes_bring_their_own_rows_and_nothing_else(world: World) -> None:
    episode = full_episode(world)
    full_episode(world, "wolverhampton")
    data = rows.read_episodes(Episode.unscoped.filter(pk=episode.pk))
    assert data["people"]["person_id"].to_list() == [str(episode.person_id)]
    for table in rows.CASELOAD_TABLES:
        assert data[table].height in (0, 1, 2), table
        if "episode_id" in data[table].columns:
            assert set(data[table]["episode_id"]) <= {str(episode.pk)}


def test_no_episodes_bring_no_rows(world: World) -> None:
    full_episode(world)
    data = rows.read_episodes(Episode.unscoped.none())
    assert [name for name, frame in data.items() if frame.height] == []


def test_what_a_caseload_reads_of_a_contact_is_in_one_index() -> None:
    """A team's thousands of contacts lie far apart in their table: without it a board reads a page for each."""
    source = rows.SOURCES["contacts"]
    model = source.model
    asked = {
        model._meta.pk.name if path == "pk" else model._meta.get_field(path).name for path in source.columns.values()
    }
    index = next(one for one in model._meta.indexes if one.name == "contact_of_a_caseload")
    assert asked == set(index.fields)
    assert index.fields[0] == "episode"


@pytest.mark.parametrize("size", [3, 30])
def test_a_caseload_is_one_query_and_everything_a_fixed_number(world: World, size: int) -> None:
    make_caseload(world, size)
    with CaptureQueriesContext(connection) as one:
        caseload = rows.read_caseload(Episode.unscoped.all())
    with CaptureQueriesContext(connection) as all_of_it:
        rows.read_all()
    assert caseload.whole["episodes"].height == len(caseload.episode_ids) == size
    assert len(one) == 1
    assert len([query for query in all_of_it if query["sql"].startswith("SELECT")]) == len(rows.SOURCES)


def test_of_a_person_every_episode_is_read_and_those_asked_for_are_named(world: World) -> None:
    earlier = full_episode(world, closed_on=ago(10))
    again = make_episode(world, person=earlier.person)
    full_episode(world, "wolverhampton")
    caseload = rows.read_caseload(Episode.unscoped.filter(pk=again.pk))
    assert caseload.episode_ids == {str(again.pk)}
    assert set(caseload.whole["episodes"]["episode_id"]) == {str(again.pk), str(earlier.pk)}
    assert caseload.whole["jobs"]["episode_id"].to_list() == [str(earlier.pk)]
    assert caseload.whole["people"].height == 1


def test_a_caseload_of_nobody_is_read_without_a_question(world: World) -> None:
    full_episode(world)
    caseload = rows.read_caseload(Episode.unscoped.filter(pk__in=[]))
    assert (caseload.episode_ids, [name for name, frame in caseload.whole.items() if frame.height]) == (set(), [])


def test_a_merged_person_is_no_person_of_the_data_set(world: World) -> None:
    kept = full_episode(world)
    make_person("Jas", "Sandhu", merged_into=kept.person)
    assert rows.read_all()["people"]["person_id"].to_list() == [str(kept.person_id)]


@pytest.mark.django_db(transaction=True)
def test_everything_is_read_as_at_one_moment_and_nobody_waits(transactional_db: None) -> None:
    with rows.one_moment():
        assert rows.read_all()["people"].height == 0
    assert not connection.in_atomic_block
