"""What is kept about a person: shown whole, changed with nothing lost, written down without the values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, day, make_episode, make_person
from tests.site.conftest import NOW, World

from placewell.vocabulary import labels
from placewell_web.accounts.models import GpPractice, Role, User
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows
from placewell_web.clients.models import Benefit, Consent, Episode, Person
from placewell_web.clients.queries import episodes_of
from placewell_web.clients.search import find_people
from placewell_web.intake.forms.about import DetailsForm, EqualityForm, HealthForm
from placewell_web.intake.models import PossibleDuplicate

SignIn = Callable[[User | None], Client]

DETAILS = {
    "first_name": "Jaswinder",
    "surname": "Sandhu",
    "birth_date-day": "3",
    "birth_date-month": "3",
    "birth_date-year": "1984",
    "phone": "07700 900218",
    "safe_to_leave_message": "not_known",
    "needs_interpreter": "not_known",
}
FLAGS = ("has_long_term_condition", "has_common_mental_health_problem", "has_autism", "has_learning_disability")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def send(client: Client, episode: Episode, part: str, answers: dict[str, Any], version: int = 1) -> Any:
    return client.post(f"/people/{episode.pk}/about/{part}/", {"version": str(version), **answers})


def changes() -> list[Any]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence"))


class TestShown:
    def test_someone_of_whom_nothing_is_known(self, world: World, specialist: Client) -> None:
        person = make_person(birth_date=None, phone="")
        bare = make_episode(world, person=person, gp_practice=None, source="")
        page = specialist.get(f"/people/{bare.pk}/about/").content.decode()
        assert "3 of the 17 items the contract asks for are recorded." in page
        for words in (
            "Still to ask: source of referral, main health condition, consent, region, date of birth, email address, "
            "phone number, gender, ethnic group, religion or belief, sexual orientation, education, time since last "
            "worked, benefits.",
            "Not asked yet",
            "Not known",
            "English, as far as known",
            "None recorded.",
        ):
            assert words in page, words

    def test_each_of_the_seventeen_items_counts(self, episode: Episode, specialist: Client) -> None:
        Person.unscoped.update(
            email="j@example.org", gender="X", ethnicity="Z", religion="M", sexual_orientation="U", education="none",
            region="west_midlands",
        )  # fmt: skip
        Episode.unscoped.update(primary_condition="chronic_pain", time_since_last_worked="never")
        page = specialist.get(f"/people/{episode.pk}/about/").content.decode()
        assert "15 of the 17 items the contract asks for are recorded. Still to ask: consent, benefits." in page
        Consent.unscoped.create(episode=episode, kind="contact_employer", given_on=ago(3))
        Benefit.unscoped.create(episode=episode, benefit="none", received=True, on=ago(3))
        page = specialist.get(f"/people/{episode.pk}/about/").content.decode()
        assert "17 of the 17 items the contract asks for are recorded." in page
        assert "Still to ask" not in page
        for words in ("Prefers not to say", "Does not know or is not sure", "Has never worked", "Long-lasting pain"):
            assert words in page, words

    def test_a_code_nobody_lists_is_shown_and_kept(self, episode: Episode, specialist: Client) -> None:
        Person.unscoped.update(gender="other_code", postcode="WV1", contact_preference="fax", contact_time="any")
        page = specialist.get(f"/people/{episode.pk}/about/").content.decode()
        for words in ("other code", "WV1", "fax", "any time"):
            assert f">{words}</dd>" in page, words
        assert send(specialist, episode, "equality", {"gender": "other_code"}).status_code == 302
        as_shown = {"postcode": "WV1", "contact_preference": "fax", "contact_time": "any time"}
        assert send(specialist, episode, "details", DETAILS | as_shown).status_code == 302
        assert changes() == []


class TestChanged:
    @pytest.mark.parametrize(
        ("answers", "stored"),
        [
            ({"surname": "Sandhu-Gill"}, {"surname": "Sandhu-Gill", "search_name": "jaswinder sandhu gill"}),
            ({"first_name": "Jaś"}, {"first_name": "Jaś", "search_name": "jas sandhu"}),
            ({"preferred_name": "Jas", "pronouns": "she, her"}, {"preferred_name": "Jas", "pronouns": "she, her"}),
            ({"birth_date-day": "4"}, {"birth_date": day("1984-03-04")}),
            ({"nhs_number": "999 000 0018"}, {"nhs_number": "9990000018"}),
            ({"phone": "01632 960001", "email": "J@Example.org"}, {"phone": "+441632960001", "email": "j@example.org"}),
            ({"phone": ""}, {"phone": ""}),
            ({"postcode": "dy11hf"}, {"postcode": "DY1 1HF"}),
            (
                {"contact_preference": "letter", "contact_time": "after 2pm"},
                {"contact_preference": "letter", "contact_time": "after 2pm"},
            ),
            ({"safe_to_leave_message": "no"}, {"safe_to_leave_message": False}),
            ({"language": "Punjabi", "needs_interpreter": "yes"}, {"language": "Punjabi", "needs_interpreter": True}),
            ({"communication_needs": "Large print"}, {"communication_needs": "Large print"}),
        ],
        ids=lambda value: " ".join(value),
    )
    def test_details(
        self, episode: Episode, specialist: Client, answers: dict[str, str], stored: dict[str, Any]
    ) -> None:
        assert send(specialist, episode, "details", DETAILS | answers).status_code == 302
        person = Person.unscoped.get()
        assert {name: getattr(person, name) for name in stored} == stored
        assert person.version == 2
        (entry,) = changes()
        fields = sorted(stored.keys() - {"search_name"})
        assert (entry.verb, entry.detail) == (
            "change_details",
            f'{{"changed":{fields!r}}}'.replace("'", '"').replace(", ", ","),
        )

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"first_name": ""}, "Enter their first name."),
            ({"surname": " "}, "Enter their last name."),
            ({"birth_date-year": "2020"}, "Date of birth must be on or before 14 June 2019."),
            ({"birth_date-year": "1884"}, "Date of birth must be on or after 1 January 1899."),
            ({"nhs_number": "999 000 0019"}, "Enter the 10 digits of the NHS number."),
            ({"phone": "12"}, "Enter a phone number"),
            ({"email": "nobody"}, "Enter an email address"),
            ({"postcode": "DY1"}, "Enter a full UK postcode"),
            ({"contact_preference": "pigeon"}, "Choose one of the answers in the list."),
            ({"needs_interpreter": "perhaps"}, "Choose one of the answers in the list."),
            ({"pronouns": "x" * 41}, "Pronouns must be 40 characters or fewer."),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(
        self, episode: Episode, specialist: Client, answers: dict[str, str], sentence: str
    ) -> None:
        page = send(specialist, episode, "details", DETAILS | answers).content.decode()
        assert page.count(sentence) == 2  # in the summary and at its box
        assert Person.unscoped.get().version == 1
        assert changes() == []

    @pytest.mark.parametrize("name", EqualityForm.FIELDS)
    def test_every_code_of_an_equality_list_can_be_chosen(
        self, episode: Episode, specialist: Client, name: str
    ) -> None:
        for version, code in enumerate(labels(name), start=1):
            assert send(specialist, episode, "equality", {name: code}, version).status_code == 302
            assert getattr(Person.unscoped.get(), name) == code
        assert {entry.detail for entry in changes()} == {f'{{"changed":["{name}"]}}'}
        assert send(specialist, episode, "equality", {}, version + 1).status_code == 302
        assert getattr(Person.unscoped.get(), name) == ""

    @pytest.mark.parametrize("name", HealthForm.CODED)
    def test_every_code_of_health_and_work_can_be_chosen(self, episode: Episode, specialist: Client, name: str) -> None:
        practice = {"gp_practice_id": "M81001"}
        for version, code in enumerate(labels(name), start=1):
            assert send(specialist, episode, "health", {name: code, **practice}, version).status_code == 302
            assert getattr(Episode.unscoped.get(), name) == code

    @pytest.mark.parametrize(("said", "stored"), [("yes", True), ("no", False), ("not_known", None)])
    @pytest.mark.parametrize("name", FLAGS)
    def test_flags_are_yes_no_or_not_known(
        self, episode: Episode, specialist: Client, name: str, said: str, stored: bool | None
    ) -> None:
        Episode.unscoped.update(**dict.fromkeys(FLAGS, stored is None or not stored))
        others = dict.fromkeys(FLAGS, "yes" if stored is None or not stored else "no")
        answers = others | {name: said, "gp_practice_id": "M81001"}
        assert send(specialist, episode, "health", answers).status_code == 302
        assert getattr(Episode.unscoped.get(), name) is stored
        assert [entry.detail for entry in changes()] == [f'{{"changed":["{name}"]}}']

    def test_the_practices_offered_are_open_ones_of_the_lot_and_the_one_that_stands(
        self, world: World, episode: Episode, specialist: Client
    ) -> None:
        GpPractice.objects.create(code="M83007", name="Priory Lane Surgery", lot=world.own)
        GpPractice.objects.create(code="M83008", name="Long Closed", lot=world.own, closed_on=ago(400))
        GpPractice.objects.filter(code="M81001").update(closed_on=ago(1))
        page = specialist.get(f"/people/{episode.pk}/about/health/").content.decode()
        offered = [
            name
            for name in ("Priory Lane Surgery", "Dudley Surgery", "Long Closed", "Wolverhampton Surgery")
            if name in page
        ]
        assert offered == ["Priory Lane Surgery", "Dudley Surgery"]
        assert send(specialist, episode, "health", {"gp_practice_id": "M82001"}).status_code == 200
        assert send(specialist, episode, "health", {"gp_practice_id": "M83007"}).status_code == 302
        assert Episode.unscoped.get().gp_practice_id == "M83007"
        assert send(specialist, episode, "health", {"gp_practice_id": ""}, 2).status_code == 302
        assert Episode.unscoped.get().gp_practice_id is None

    def test_without_a_lot_the_viewers_own_practices_are_offered(self, world: World, client_for: SignIn) -> None:
        nowhere = make_episode(world, gp_practice=None)
        Episode.unscoped.update(lot=None)
        page = client_for(world.user("team_leader")).get(f"/people/{nowhere.pk}/about/health/").content.decode()
        assert "Dudley Surgery" in page
        assert "Wolverhampton Surgery" not in page

    @pytest.mark.parametrize("part", ["details", "equality", "health"])
    def test_sent_as_it_stands_it_changes_nothing(self, episode: Episode, specialist: Client, part: str) -> None:
        form = {
            "details": DetailsForm(record=episode.person, spec=current(), today=TODAY),
            "equality": EqualityForm(record=episode.person),
            "health": HealthForm(record=episode, practices=[("M81001", "Dudley Surgery")]),
        }[part]
        as_shown = {}
        for name, value in form.initial.items():
            parts = ("day", "month", "year") if isinstance(value, date) else ()
            as_shown |= {f"{name}-{one}": getattr(value, one) for one in parts} or {
                name: "" if value is None else value
            }
        answer = specialist.post(f"/people/{episode.pk}/about/{part}/", as_shown, follow=True)
        assert "Nothing was changed." in answer.content.decode()
        assert changes() == []


class TestTwoEditors:
    def test_the_second_sees_what_the_first_saved_and_chooses(self, episode: Episode, specialist: Client) -> None:
        first = {"surname": "Sandhu-Gill", "birth_date-day": "4", "needs_interpreter": "yes", "phone": "01632 960001"}
        assert send(specialist, episode, "details", DETAILS | first).status_code == 302
        answer = send(specialist, episode, "details", DETAILS | {"surname": "Gill", "contact_time": "mornings"})
        page = answer.content.decode()
        assert answer.status_code == 409
        for words in (
            "Someone else saved this while you were writing",
            '<dt>Last name</dt><dd class="cw-words">Sandhu-Gill</dd>',
            '<dt>Date of birth</dt><dd class="cw-words">4 March 1984</dd>',
            '<dt>Do they need an interpreter?</dt><dd class="cw-words">Yes</dd>',
            '<dt>Phone number</dt><dd class="cw-words">01632 960001</dd>',
            '<dt>Best time</dt><dd class="cw-words">(empty)</dd>',
            'value="Gill"',
            'value="mornings"',
            'name="version" value="2"',
        ):
            assert words in page, words
        assert "<dt>First name</dt>" not in page
        assert Person.unscoped.get().surname == "Sandhu-Gill"
        assert send(specialist, episode, "details", DETAILS | {"surname": "Gill"}, 2).status_code == 302
        assert Person.unscoped.get().surname == "Gill"

    @pytest.mark.parametrize(
        ("part", "first", "second", "label", "words"),
        [
            ("equality", {"religion": "I"}, {"religion": "M"}, "Religion or belief", "Sikh"),
            ("equality", {"gender": "2"}, {"region": "wales"}, "Region they live in", "Not asked yet"),
            ("health", {"has_autism": "no"}, {"has_autism": "yes"}, "Are they autistic?", "No"),
            ("health", {}, {"gp_practice_id": "M81001", "has_autism": "no"}, "GP practice", "Not asked yet"),
        ],
    )
    def test_in_words_whatever_it_is(
        self, episode: Episode, specialist: Client, part: str, first: Any, second: Any, label: str, words: str
    ) -> None:
        assert send(specialist, episode, part, first).status_code == 302
        answer = send(specialist, episode, part, second)
        assert answer.status_code == 409
        assert f'<dt>{label}</dt><dd class="cw-words">{words}</dd>' in answer.content.decode()
        assert [entry.verb for entry in changes()] == [f"change_{part}"]


class TestWhoIsIt:
    """A name, birth date, number or address put right asks again whether the service knows the person."""

    @pytest.fixture
    def other(self, world: World) -> Episode:
        return make_episode(world, person=make_person("Kelvin", "Osei", nhs_number="9990000018", phone=""))

    def test_a_number_put_right_asks_once(
        self, world: World, client_for: SignIn, episode: Episode, specialist: Client, other: Episode
    ) -> None:
        told = DETAILS | {"nhs_number": "9990000018"}
        page = specialist.post(f"/people/{episode.pk}/about/details/", told | {"version": "1"}, follow=True)
        asked = PossibleDuplicate.objects.get()
        assert (asked.episode_id, asked.other_id, asked.matched_on) == (episode.pk, other.person_id, "nhs_number")
        assert "tell yours" in page.content.decode()
        assert "Kelvin" not in page.content.decode()
        leader = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/about/").content.decode()
        assert f"/referrals/{episode.pk}/duplicate/{asked.pk}/" in leader

        asked.decided_at, asked.decided_by, asked.decision = NOW, world.user("manager"), "different_people"
        asked.save()
        assert send(specialist, episode, "details", told | {"surname": "Gill"}, 2).status_code == 302
        assert PossibleDuplicate.objects.get().decision == "different_people"
        assert "another record" not in specialist.get(f"/people/{episode.pk}/about/").content.decode()

    @pytest.mark.parametrize(
        ("answers", "asked"),
        [({"email": "k@example.org"}, 0), ({"preferred_name": "Kelvin"}, 0), ({"nhs_number": "9990000018"}, 1)],
    )
    def test_only_what_identifies_asks(
        self, episode: Episode, specialist: Client, other: Episode, answers: dict[str, str], asked: int
    ) -> None:
        assert send(specialist, episode, "details", DETAILS | answers).status_code == 302
        assert PossibleDuplicate.objects.count() == asked

    def test_someone_of_another_area_is_not_told_of(self, world: World, episode: Episode, specialist: Client) -> None:
        far = make_person("Kelvin", "Osei", nhs_number="9990000018", phone="")
        make_episode(world, "wolverhampton", far)
        assert send(specialist, episode, "details", DETAILS | {"nhs_number": "9990000018"}).status_code == 302
        assert PossibleDuplicate.objects.count() == 1
        assert "another record" not in specialist.get(f"/people/{episode.pk}/about/").content.decode()

    def test_search_finds_the_new_name(self, world: World, episode: Episode, specialist: Client) -> None:
        assert send(specialist, episode, "details", DETAILS | {"surname": "Whitlock"}).status_code == 302
        viewer = world.viewer(Role.SPECIALIST)
        assert [one.pk for one in find_people(viewer, "whitl")] == [episode.person_id]
        assert find_people(viewer, "sandhu") == []
        assert episodes_of(viewer, episode.person_id) == [episode]


def test_what_is_entered_is_in_the_data_set(episode: Episode, specialist: Client) -> None:
    chosen = {"gender": "2", "ethnicity": "H", "religion": "I", "sexual_orientation": "Z", "education": "level_3"}
    assert send(specialist, episode, "equality", chosen | {"region": "west_midlands"}).status_code == 302
    condition = {"primary_condition": "chronic_pain", "has_autism": "no", "time_since_last_worked": "1_to_2_years"}
    assert send(specialist, episode, "health", condition | {"gp_practice_id": "M81001"}).status_code == 302
    data = dataset_rows.read_all(("people", "episodes"))
    person, referral = data["people"].row(0, named=True), data["episodes"].row(0, named=True)
    assert {name: person[name] for name in EqualityForm.FIELDS} == chosen | {"region": "west_midlands"}
    kept = {name: referral[name] for name in (*condition, "gp_practice")}
    assert kept == condition | {"has_autism": False, "gp_practice": "M81001"}


def test_what_was_written_is_kept_when_the_session_had_ended(
    episode: Episode, world: World, client_for: SignIn
) -> None:
    answer = send(client_for(None), episode, "details", DETAILS | {"surname": "Gill"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert Person.unscoped.get().surname == "Sandhu"
