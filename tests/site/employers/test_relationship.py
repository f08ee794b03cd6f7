"""The relationship with an employer: people there, who looks after it, where it stands, feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer
from tests.site.conftest import World, make_user

from placewell_web.accounts.models import Role, User
from placewell_web.audit.models import Entry
from placewell_web.employers.models import Employer, EmployerFeedback, EmployerPerson, EmployerStatus

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def employer(world: World) -> Employer:
    return make_employer(name="oakline")


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def verbs() -> list[str]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))


def dated(day: Any) -> dict[str, str]:
    return {f"on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


class TestPeopleThere:
    CAROL = {"name": "Carol Finch", "role": "human_resources", "phone": "01384 960002", "email": "carol@example.org"}

    def test_added_once_however_often_it_is_sent(self, employer: Employer, specialist: Client) -> None:
        for _ in range(2):
            page = specialist.post(f"/employers/{employer.pk}/people/new/", self.CAROL, follow=True).content.decode()
        assert "Carol Finch" in page
        assert "Human resources" in page
        assert EmployerPerson.unscoped.get().phone == "+441384960002"
        assert verbs() == ["add_employer_person"]

    def test_changed_and_left(self, employer: Employer, specialist: Client) -> None:
        specialist.post(f"/employers/{employer.pk}/people/new/", self.CAROL)
        person = EmployerPerson.unscoped.get()
        specialist.post(f"/employers/people/{person.pk}/", self.CAROL | {"note": "Mornings only"})
        for _ in range(2):
            page = specialist.post(f"/employers/people/{person.pk}/left/", follow=True).content.decode()
        person.refresh_from_db()
        assert (person.note, person.left_on) == ("Mornings only", TODAY)
        assert "left by 14 June 2019" in page
        assert "carol@example.org" not in page, "whoever has left is not written to"
        assert verbs() == ["add_employer_person", "change_employer_person", "employer_person_left"]

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({}, "Enter their name."),
            ({"name": "x" * 151}, "Name must be 150 characters or fewer."),
            ({"name": "Carol", "phone": "12"}, "Enter a phone number"),
            ({"name": "Carol", "email": "carol"}, "Enter an email address"),
            ({"name": "Carol", "role": "king"}, "Choose one of the answers in the list."),
        ],
    )
    def test_what_is_wrong_is_said(
        self, employer: Employer, specialist: Client, answers: dict[str, str], sentence: str
    ) -> None:
        assert sentence in specialist.post(f"/employers/{employer.pk}/people/new/", answers).content.decode()
        assert not EmployerPerson.unscoped.exists()

    def test_names_are_text(self, employer: Employer, specialist: Client) -> None:
        page = specialist.post(
            f"/employers/{employer.pk}/people/new/", {"name": "<b>Carol</b>", "note": "<i>x</i>"}, follow=True
        ).content.decode()
        assert "&lt;b&gt;Carol&lt;/b&gt;" in page
        assert "<b>Carol</b>" not in page
        assert "<i>x</i>" not in page


class TestWhereItStands:
    def test_the_last_word_holds_and_the_history_keeps_the_rest(self, employer: Employer, specialist: Client) -> None:
        for stands, words in (("working_together", ""), ("resting", "New manager"), ("resting", "New manager")):
            page = specialist.post(
                f"/employers/{employer.pk}/relationship/", {"relationship": stands, "words": words}, follow=True
            ).content.decode()
        employer.refresh_from_db()
        assert employer.relationship == "resting"
        assert EmployerStatus.unscoped.count() == 2
        assert "New manager" in page
        assert "Working together, from 14 June 2019" in page
        assert verbs() == ["set_relationship"] * 2

    def test_one_of_the_list(self, employer: Employer, specialist: Client) -> None:
        address = f"/employers/{employer.pk}/relationship/"
        assert "Choose where the relationship stands." in specialist.post(address, {}).content.decode()
        assert "Choose one of the answers" in specialist.post(address, {"relationship": "married"}).content.decode()


class TestHandedOver:
    def test_to_a_colleague(self, world: World, employer: Employer, specialist: Client) -> None:
        colleague = make_user("c@example.org", "Owen Price", Role.SPECIALIST, world.own, world.teams["dudley"])
        for _ in range(2):
            page = specialist.post(f"/employers/{employer.pk}/owner/", {"owner": colleague.pk}, follow=True)
        employer.refresh_from_db()
        assert employer.owner == colleague
        assert "Owen Price looks after oakline now." in page.content.decode()
        assert verbs() == ["hand_over_employer"]

    @pytest.mark.parametrize("who", ["specialist of the other provider", "administrator", "nobody", "gone"])
    def test_to_nobody_else(self, world: World, employer: Employer, specialist: Client, who: str) -> None:
        gone = world.user("team_leader")
        User.objects.filter(pk=gone.pk).update(is_active=False)
        others = {
            "specialist of the other provider": world.user("specialist", "wolverhampton").pk,
            "administrator": world.user("administrator").pk,
            "nobody": "",
            "gone": gone.pk,
        }
        page = specialist.post(f"/employers/{employer.pk}/owner/", {"owner": others[who]})
        assert page.status_code == 200
        employer.refresh_from_db()
        assert employer.owner is None


class TestFeedback:
    SAID = {"words": "Good support in the first weeks.", "acted": "Told the team."}

    def test_kept_once_with_what_was_done(self, employer: Employer, specialist: Client) -> None:
        for _ in range(2):
            page = specialist.post(
                f"/employers/{employer.pk}/feedback/", self.SAID | dated(ago(2)), follow=True
            ).content.decode()
        assert "Good support in the first weeks." in page
        assert "What we did: Told the team." in page
        assert EmployerFeedback.unscoped.count() == 1
        assert Entry.objects.get(verb="record_employer_feedback").detail.count("support") == 0, "words stay out of it"

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            (dated(TODAY), "Enter what the employer said."),
            (SAID | dated(TODAY + timedelta(days=1)), "Date must be on or before 14 June 2019."),
            (SAID | dated(TODAY - timedelta(days=366)), "Date must be on or after 14 June 2018."),
            (SAID, "Enter the date."),
        ],
    )
    def test_what_is_wrong_is_said(
        self, employer: Employer, specialist: Client, answers: dict[str, str], sentence: str
    ) -> None:
        assert sentence in specialist.post(f"/employers/{employer.pk}/feedback/", answers).content.decode()


@pytest.mark.parametrize("page", ["change", "people/new", "relationship", "owner", "feedback", "same"])
def test_an_employer_of_another_provider_does_not_exist(world: World, client_for: SignIn, page: str) -> None:
    other = make_employer("wolverhampton", "theirs")
    assert client_for(world.user("team_leader")).get(f"/employers/{other.pk}/{page}/").status_code == 404
