"""A manager takes the return as a workbook, looks at fidelity and who is behind an item, and sees who is payable."""

from __future__ import annotations

import csv
import io

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.library.interchange.sheets import rows_of
from tests.site.casework.factories import ago, make_contact, make_episode, make_evidence, make_job, make_person
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.browser

FIGURE = "Job start, 16 hours and over"
DEFINITION = "People who started a job of 16 hours a week or more"
STARTED = "People who started a job, any hours"


def in_work(world: World, first_name: str, surname: str, **evidence: object) -> Episode:
    """Accepted two months ago, in a job of 20 hours for ten days, with a payslip."""
    person = make_person(first_name, surname)
    episode = make_episode(world, person=person, referred_on=ago(70), accepted_on=ago(65))
    make_contact(episode, ago(4))
    make_evidence(episode, make_job(episode, ago(10)), about_on=ago(3), received_on=ago(2), **evidence)
    return episode


def cells(content: bytes, words: str) -> list[str]:
    """The row of the workbook's first sheet that holds these words."""
    rows = [[cell.value if cell else "" for cell in row] for row in rows_of(content, 1)]
    return next(row for row in rows if words in row)


def shown(journey: Journey, figure: str) -> str:
    """The number that the quarter's page gives for a figure."""
    row = journey.page.get_by_role("row").filter(has=journey.page.get_by_role("link", name=figure, exact=True))
    return str(row.locator(".pw-figure-link").inner_text())


@pytest.mark.screens("phone", "wide-no-script")
def test_the_workbook_fidelity_and_claims(journey: Journey, world: World) -> None:
    manager = world.user(Role.MANAGER)
    verified = {"status": "verified", "decided_on": ago(1), "verified_on": ago(1), "decided_by": manager}
    paid = in_work(world, "Kelvin", "Osei", **verified)
    waiting = in_work(world, "Jaswinder", "Sandhu")

    given.signed_in(journey, manager)
    journey.visit("/quarter/")
    then.heading_is(journey, "This quarter")
    then.sees(journey, "Download the return, in the contract’s own layout")
    name, workbook = when.downloads(journey, "workbook (XLSX)")
    assert name == "thrive_into_work-return-dudley-Y2Q3-as-at-2019-06-14.xlsx"
    assert cells(workbook, DEFINITION)[2] == shown(journey, FIGURE) == "1"
    assert cells(workbook, STARTED)[2] == shown(journey, "People with a job start") == "2"

    when.follows(journey, "fidelity, as records tell it")
    then.heading_is(journey, "Fidelity guidelines, Thrive Into Work")
    then.sees(journey, "Records score no item", "Caseload size", "2 cases a year to a full-time specialist")
    then.does_not_see(journey, "Score from records")
    journey.picture("fidelity")
    name, members = when.downloads(journey, "Who and what is behind it (CSV): Zero exclusion")
    assert name == "fidelity-organisation_6-dudley-as-at-2019-06-14.csv"
    rows = list(csv.DictReader(io.StringIO(members.decode("utf-8-sig"))))
    assert {row["episode_id"] for row in rows} == {str(paid.pk), str(waiting.pk)}
    assert {row["status"] for row in rows} == {"counted"}
    assert "Osei" not in members.decode()
    when.follows(journey, "Show Supported Employment Fidelity Scale, 2008")
    then.heading_is(journey, "Supported Employment Fidelity Scale, 2008")
    then.sees(journey, "Score from records")
    when.follows(journey, "This quarter")

    when.follows(journey, "Claims")
    then.heading_is(journey, "Payment claims")
    then.sees(journey, "To claim now £750 1 person", "Kelvin Osei", "Payable, to claim")
    then.does_not_see(journey, "Jaswinder Sandhu")
    journey.picture("claims")
    when.follows(journey, "Claimed 0")
    then.sees(journey, "There are no such lines.")
    then.does_not_see(journey, "Kelvin Osei")
    when.follows(journey, "To claim 1")
    when.follows(journey, "Kelvin Osei")
    then.sees(journey, "Day 1")

    taken = Entry.objects.filter(verb__startswith="download_").order_by("at").values_list("verb", flat=True)
    assert list(taken) == ["download_return", "download_members"]


@pytest.mark.screens("wide", "phone-no-script")
def test_a_team_leader_takes_it_and_sees_no_money(journey: Journey, world: World) -> None:
    in_work(world, "Kelvin", "Osei")
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/quarter/")
    then.does_not_see(journey, "payment claims", "Claims")
    name, table = when.downloads(journey, "table (CSV)")
    assert name == "thrive_into_work-return-dudley-Y2Q3-as-at-2019-06-14.csv"
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row["value"] for row in rows if row["indicator"] == "job_start_16_and_over" and not row["breakdown"]] == [
        "0"
    ]
    when.follows(journey, "fidelity, as records tell it")
    then.sees(journey, "Zero exclusion")
    journey.expects(403)
    journey.visit("/claims/")
