"""The baseline: the seventeen items, and questionnaires keyed in by number, complete or open on purpose."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.trial.walking import ITEMS, address, answers, fields_of, form_of, send, text_of, walk

from placewell.questionnaires import instrument
from placewell_web.accounts import service
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Benefit, Episode, Person, Response
from placewell_web.trial.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(specialist: Client, kel: Episode) -> Episode:
    walk(specialist, kel, "consent")
    return kel


def test_the_items_go_into_the_record(specialist: Client, here: Episode) -> None:
    assert send(specialist, here, "person_items")["Location"] == address(here, "wellbeing")
    person = Person.unscoped.get(pk=here.person_id)
    assert (person.gender, person.ethnicity, person.region) == ("2", "A", "west_midlands")
    episode = Episode.unscoped.get(pk=here.pk)
    assert (episode.source, episode.time_since_last_worked) == ("gp", "under_6_months")
    assert set(Benefit.unscoped.values_list("benefit", "received")) == {("universal_credit", True), ("pip", True)}
    assert Meeting.unscoped.get().not_said == "email,religion"


def test_what_is_known_is_shown(specialist: Client, here: Episode) -> None:
    send(specialist, here, "person_items")
    kept = fields_of(specialist.get(address(here, "person_items")))
    assert kept == ITEMS | {"benefits": "pip", "phone": "07700 900218"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"gender": ""}, "Choose an answer: gender."),
        ({"region": ""}, "Choose an answer: region they live in."),
        ({"ethnicity": "99"}, "Choose one of the answers in the list."),
        ({"first_name": ""}, "Enter the first name."),
        ({"surname": ""}, "Enter the last name."),
        ({"birth_date-day": "", "birth_date-month": "", "birth_date-year": ""}, "Enter the date of birth."),
        ({"birth_date-year": "2019"}, "must be on or before"),
        ({"email_not_said": None}, "or tick that they have none"),
        ({"email": "kelly"}, "email"),
        ({"phone": ""}, "or tick that they have none"),
        ({"benefits": []}, "Choose the benefits they receive, or none, or that they prefer not to say."),
        ({"benefits": ["none", "pip"]}, "Choose the benefits they receive, or none"),
        ({"benefits": ["not_said", "pip"]}, "Choose the benefits they receive, or none"),
    ],
)
def test_an_item_left_open_is_asked_and_the_rest_is_kept(
    specialist: Client, here: Episode, changed: dict[str, Any], sentence: str
) -> None:
    response = send(specialist, here, "person_items", **changed)
    assert response.status_code == 200 and sentence in text_of(response)
    assert Meeting.unscoped.get().items_at is None
    assert fields_of(specialist.get(address(here, "person_items")))["education"] == "level_2"


@pytest.mark.parametrize(
    ("item", "stored"),
    [("gender", "X"), ("ethnicity", "Z"), ("education", "prefer_not_to_say"), ("sexual_orientation", "Z"),
     ("region", "not_known")],
)  # fmt: skip
def test_preferring_not_to_say_is_an_answer(specialist: Client, here: Episode, item: str, stored: str) -> None:
    code = stored if stored in ("Z", "prefer_not_to_say") else "not_said"
    send(specialist, here, "person_items", **{item: code})
    assert getattr(Person.unscoped.get(pk=here.person_id), item) == stored
    assert item in Meeting.unscoped.get().not_said.split(",")
    assert fields_of(specialist.get(address(here, "person_items")))[item] == code


def test_benefits_may_be_kept_to_oneself_or_end(specialist: Client, here: Episode) -> None:
    send(specialist, here, "person_items")
    send(specialist, here, "person_items", benefits=["not_said"])
    assert list(Benefit.unscoped.filter(received=False).values_list("benefit", flat=True).order_by("benefit")) == [
        "pip", "universal_credit",
    ]  # fmt: skip
    assert "benefits" in Meeting.unscoped.get().not_said


def test_every_item_of_the_specification_is_asked(specialist: Client, here: Episode) -> None:
    page = specialist.get(address(here, "person_items")).content.decode()
    items = next(part.items for part in service.current().trial.baseline if part.kind == "person_items")
    assert len(items) == 17
    for item in items:
        assert f'name="{item}' in page or item in ("referred_on", "consent")
    assert "Referred on" in page and "Signed at this meeting" in page


def test_what_someone_else_changed_meanwhile_is_not_overwritten(specialist: Client, here: Episode) -> None:
    sent = answers(here, "person_items")
    Person.unscoped.filter(pk=here.person_id).update(surname="Marsh-Osei", version=sent["person_version"] + 1)
    response = send(specialist, here, "person_items", **sent | {"surname": "March"})
    assert response.status_code == 409
    assert Person.unscoped.get(pk=here.person_id).surname == "Marsh-Osei"


# --- Questionnaires. ---


@pytest.mark.parametrize(("part", "name"), [("wellbeing", "swemwbs"), ("health", "rand36")])
def test_a_questionnaire_is_kept_by_numbers(specialist: Client, here: Episode, part: str, name: str) -> None:
    assert send(specialist, here, part).status_code == 303
    rows = Response.unscoped.filter(instrument=name)
    assert {row.item for row in rows} == set(instrument(name).items)
    assert {(row.occasion, row.completed_on.isoformat()) for row in rows} == {("baseline", "2018-11-14")}
    assert len({row.form_id for row in rows}) == 1
    page = specialist.get(address(here, part))
    assert "A questionnaire is kept as it was keyed in." in text_of(page) and not fields_of(page)


@pytest.mark.parametrize("answer", ["0", "6", "x", "1.5", "-1", "11"])
def test_an_answer_outside_the_codes_is_refused(specialist: Client, here: Episode, answer: str) -> None:
    response = send(specialist, here, "wellbeing", item_3=answer)
    assert "Item 3 must be a whole number from 1 to 5." in text_of(response)
    assert Response.unscoped.count() == 0
    kept = fields_of(specialist.get(address(here, "wellbeing")))
    assert kept == form_of("swemwbs", item_3=answer)


def test_open_items_are_asked_for_with_what_they_cost(specialist: Client, here: Episode) -> None:
    response = send(specialist, here, "wellbeing", item_3="", item_5="")
    page = text_of(response)
    assert "Items 3 and 5 are open. Ask for them, or tick" in page
    assert "2 scores cannot be worked out: raw, metric." in page
    assert Response.unscoped.count() == 0
    assert send(specialist, here, "wellbeing", item_3="", item_5="", leave_open="on").status_code == 303
    assert set(Response.unscoped.filter(answer="").values_list("item", flat=True)) == {"3", "5"}


def test_of_the_long_form_one_item_of_a_scale_is_enough(specialist: Client, here: Episode) -> None:
    page = text_of(send(specialist, here, "health", item_4=""))
    assert "Item 4 is open." in page and "Every score can be worked out from the other items." in page


def test_the_baseline_is_complete_with_its_last_part(specialist: Client, here: Episode) -> None:
    for part in ("health", "wellbeing"):
        assert send(specialist, here, part)["Location"] != address(here, "review")
        assert Meeting.unscoped.get().baseline_at is None
    assert send(specialist, here, "person_items")["Location"] == address(here, "review")
    assert Meeting.unscoped.get().baseline_at is not None


def test_the_items_are_kept_as_answered_once_the_baseline_is_complete(specialist: Client, here: Episode) -> None:
    for part in ("person_items", "wellbeing"):
        send(specialist, here, part)
        assert Meeting.unscoped.get().baseline_items == ""
    send(specialist, here, "health")
    text = Meeting.unscoped.get().baseline_items
    assert json.loads(text) == {
        "age": 34,
        "benefits": {"pip": 1, "universal_credit": 1},
        "items": {
            "education": "level_2", "ethnicity": "A", "gender": "2", "primary_condition": "anxiety_or_depression",
            "region": "west_midlands", "religion": "M", "sexual_orientation": "1", "source": "gp",
            "time_since_last_worked": "under_6_months",
        },
    }  # fmt: skip
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert not any(said in text for said in ("Kelly", "Marsh", "1984", "07700"))


def test_what_is_answered_anew_before_the_draw_is_kept_anew(specialist: Client, here: Episode) -> None:
    for part in ("person_items", "wellbeing", "health"):
        send(specialist, here, part)
    moment = Meeting.unscoped.get().baseline_at
    send(specialist, here, "person_items", education="prefer_not_to_say", benefits=["pip"])
    found = Meeting.unscoped.get()
    kept = json.loads(found.baseline_items)
    assert (kept["items"]["education"], kept["benefits"]) == ("prefer_not_to_say", {"pip": 1, "universal_credit": 0})
    assert found.baseline_at == moment


def test_what_casework_learns_later_does_not_change_what_was_kept(specialist: Client, here: Episode) -> None:
    for part in ("person_items", "wellbeing", "health"):
        send(specialist, here, part)
    before = Meeting.unscoped.get().baseline_items
    Person.unscoped.filter(pk=here.person_id).update(education="level_3", birth_date=date(1950, 1, 1))
    Episode.unscoped.filter(pk=here.pk).update(employment_at_entry="unemployed")
    Benefit.unscoped.create(episode=here, benefit="esa", received=True, on=date(2018, 11, 14))
    assert Meeting.unscoped.get().baseline_items == before


def test_a_questionnaire_sent_twice_is_kept_once(specialist: Client, here: Episode) -> None:
    for answer in ("1", "2"):
        specialist.post(address(here, "wellbeing"), form_of("swemwbs", item_1=answer))
    assert Response.unscoped.filter(item="1").count() == 1
    assert Entry.objects.filter(verb="keep_trial_questionnaire").count() == 1


def test_there_is_no_other_part(specialist: Client, here: Episode) -> None:
    assert specialist.get(f"/trial/{here.pk}/baseline/weight/").status_code == 404
    assert specialist.get(f"/trial/{here.pk}/baseline/").headers["Location"] == address(here, "person_items")
