"""What the service does that is not about one person: recorded once, undone on the day, counted in 001's figures."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer
from tests.site.conftest import NOW, World
from tests.site.employers.factories import make_activity

from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load
from placewell.vocabulary import labels
from placewell_web.accounts import service
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows as rows
from placewell_web.employers.actions.activities import ActivityFacts, record_activity
from placewell_web.employers.forms.activities import ActivityForm
from placewell_web.employers.models import Activity, Employer

SignIn = Callable[[User | None], Client]
MEETING = {"kind": "practice_meeting", "organisation": "Canal Street Surgery", "attendees": "6", "hours": "1.5"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def send(client: Client, answers: dict[str, str], on: date | None = TODAY, token: Any = None) -> Any:
    day = {f"on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")} if on else {}
    form_token = {"form_token": str(token or uuid.uuid4())}
    return client.post("/employers/activities/new/", {**form_token, **day, **answers}, follow=True)


def test_recorded_with_what_it_was(world: World, specialist: Client) -> None:
    page = send(specialist, MEETING | {"words": "New surgery"}).content.decode()
    row = Activity.unscoped.get()
    assert (row.outside_name, row.organisation, row.attendees, str(row.hours)) == (
        "Canal Street Surgery",
        None,
        6,
        "1.50",
    )
    assert (row.service_id, row.specialist, row.lot_id) == ("thrive_into_work", world.user("specialist"), "dudley")
    for words in ("Practice team meeting", "Canal Street Surgery", "New surgery", "14 June 2019", "1 activity"):
        assert words in page, words
    assert not Employer.unscoped.exists()
    assert (
        Entry.objects.get(verb="record_activity").detail
        == '{"kind":"practice_meeting","locality":"","on":"2019-06-14"}'
    )


def test_a_session_with_an_employer_is_with_one_the_service_knows(world: World, specialist: Client) -> None:
    known = make_employer(name="oakline foods")
    for name in ("Oakline Foods Ltd", "New Bakery"):
        send(specialist, {"kind": "employer_awareness", "organisation": name})
    assert {row.organisation.name for row in Activity.unscoped.all()} == {"oakline foods", "New Bakery"}
    assert Activity.unscoped.filter(organisation=known).count() == 1


def test_one_form_saves_once(specialist: Client) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        send(specialist, MEETING, token=token)
    send(specialist, MEETING)
    assert Activity.unscoped.count() == 2, "two meetings on a day are two"


@pytest.mark.parametrize(
    ("answers", "on", "sentence"),
    [
        ({"kind": ""}, TODAY, "Choose what it was."),
        ({"kind": "skydiving"}, TODAY, "Choose one of the answers in the list."),
        ({"kind": "course"}, TODAY, "Choose one of the answers in the list."),
        ({"kind": "employer_training", "organisation": ""}, TODAY, "Enter the name of the employer it was with."),
        ({"attendees": "2.5"}, TODAY, "How many came must be a whole number, like 12."),
        ({"attendees": "-1"}, TODAY, "How many came must be 0 or more"),
        ({"hours": "0"}, TODAY, "Hours it took must be more than 0"),
        ({}, TODAY + timedelta(days=1), "Date must be on or before 14 June 2019."),
        ({}, date(2017, 9, 30), "Date must be on or after 1 October 2017."),
        ({}, None, "Enter the date."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    specialist: Client, answers: dict[str, str], on: date | None, sentence: str
) -> None:
    assert sentence in send(specialist, MEETING | answers, on).content.decode()
    assert not Activity.unscoped.exists()


def test_every_kind_but_courses_is_offered() -> None:
    form = ActivityForm(spec=load("workwise"), today=TODAY, earliest=TODAY)
    offered = {code for code, _ in form.fields["kind"].choices if code}
    assert offered == set(labels("activity_kind")) - {"course"}
    assert len(form.fields["locality"].choices) == 14, "001 counts thirteen localities"
    assert "locality" not in ActivityForm(spec=load("thrive_into_work"), today=TODAY, earliest=TODAY).fields


class TestTakenBack:
    def test_by_its_author_on_the_day(self, specialist: Client) -> None:
        assert ">Undo<" in send(specialist, MEETING).content.decode()
        row = Activity.unscoped.get()
        assert "Taken back." in specialist.post(f"/employers/activities/{row.pk}/undo/", follow=True).content.decode()
        assert not Activity.unscoped.exists()
        assert list(Entry.objects.filter(is_view=False).values_list("verb", flat=True)) == [
            "record_activity",
            "undo_activity",
        ]

    @pytest.mark.parametrize("case", ["another", "the day after", "imported", "a course", "other provider"])
    def test_not_otherwise(self, world: World, client_for: SignIn, case: str) -> None:
        given: dict[str, Any] = {"created_at": NOW}
        given |= {"imported": {"created_at": None}, "a course": {"kind": "course"}}.get(case, {})
        row = make_activity(world, **given)
        who = {"another": world.user("team_leader"), "other provider": world.user("specialist", "wolverhampton")}
        with time_machine.travel(NOW + timedelta(days=1 if case == "the day after" else 0), tick=False):
            client = client_for(who.get(case, world.user("specialist")))
            assert ">Undo<" not in client.get("/employers/activities/").content.decode()
            answer = client.post(f"/employers/activities/{row.pk}/undo/").status_code
        assert answer == (404 if case == "other provider" else 403)
        assert Activity.unscoped.exists()


def test_the_list_is_of_the_provider_newest_first_and_of_one_kind(world: World, specialist: Client) -> None:
    make_activity(world, on=ago(9), outside_name="Old")
    make_activity(world, on=ago(1), outside_name="New")
    make_activity(world, on=ago(2), kind="promotion", outside_name="Radio")
    make_activity(world, "wolverhampton", outside_name="Theirs")
    page = specialist.get("/employers/activities/").content.decode()
    assert page.index("New") < page.index("Radio") < page.index("Old")
    assert "Theirs" not in page
    one_kind = specialist.get("/employers/activities/?kind=promotion").content.decode()
    assert "Radio" in one_kind
    assert "New<" not in one_kind
    assert "3 activities" in specialist.get("/employers/activities/?kind=magic").content.decode()


@pytest.mark.parametrize(
    ("kind", "indicator"),
    [
        ("employer_awareness", "employer_sessions"),
        ("employer_training", "employer_training"),
        ("jobcentre_liaison", "jobcentre_visits"),
        ("clinician_advice", "therapist_sessions"),
        ("clinician_training", "therapist_sessions"),
        ("promotion", "publicity"),
        ("course", "courses"),
    ],
)
def test_what_is_recorded_raises_the_figure_of_001(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str, indicator: str
) -> None:
    """On the site of 001, whose contract counts such rows (001 table, §8)."""
    spec = load("workwise")
    monkeypatch.setattr(service, "current", lambda: spec)
    period = parse_period("Y1Q2", spec.service.first_quarter_starts)

    def counted() -> int:
        (figure,) = figures(spec, rows.read_all(), period, only=[indicator])
        return int(figure.numerator or 0)

    before = counted()
    facts = ActivityFacts(on=date(2012, 7, 2), kind=kind, employer="Bakery", locality="bournemouth_poole_1")
    record_activity(by=world.actor("specialist"), at=NOW, lot=None, facts=facts)
    assert (before, counted()) == (0, 1)
