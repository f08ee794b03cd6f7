"""Who is recognised at the first meeting: by NHS number, by name and birth date, across lots, joined or not."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from tests.site.conftest import NOW, World
from tests.site.trial.factories import drawn, enrolled, person_of, referred

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients import actions as clients
from placewell_web.clients.models import Allocation, Episode, Person
from placewell_web.intake.actions.duplicates import ask_whether_known
from placewell_web.intake.models import PossibleDuplicate
from placewell_web.trial import numbers
from placewell_web.trial.actions.participants import enrol
from placewell_web.trial.models import Participant
from placewell_web.trial.queries.participants import Standing, standing

pytestmark = pytest.mark.django_db
NHS = "9990000018"
FACTS = {"birth_date": date(1984, 3, 2), "postcode": "DY3 2NA"}
LATER = NOW + timedelta(days=3)


def stands(world: World, episode: Episode, lot: str = "dudley") -> Standing:
    return standing(world.viewer(Role.MANAGER, lot), Episode.unscoped.get(pk=episode.pk))


def test_a_number_is_given_once_and_written_down(world: World) -> None:
    episode = referred(world, nhs_number=NHS)
    first, again = enrolled(world, episode), enrolled(world, episode, LATER)
    assert first == again
    assert list(Entry.objects.filter(verb="enrol_participant").values_list("person_id", "detail")) == [
        (str(episode.person_id), "")
    ]


def test_the_next_counter_is_taken_where_the_number_is_another_s(world: World) -> None:
    episode, other = referred(world), referred(world, surname="Blake")
    taken = numbers.trial_number("TIW", episode.person_id)
    Participant.unscoped.create(person=other.person, number=taken, identity_token="x", created_at=NOW)
    assert enrolled(world, episode).number == numbers.trial_number("TIW", episode.person_id, 1)


RECOGNISED = [  # what the first record has, what the second has: they are one person without asking
    ({"nhs_number": NHS}, {"surname": "Other", "nhs_number": NHS}),
    ({"nhs_number": NHS, **FACTS}, FACTS),
    (FACTS, {"nhs_number": NHS, **FACTS}),
    (FACTS, {**FACTS, "first_name": "KELLY", "postcode": "DY32NA"}),
]


@pytest.mark.parametrize("lot", ["dudley", "wolverhampton"])
@pytest.mark.parametrize(("first", "second"), RECOGNISED)
def test_who_comes_again_keeps_number_and_group(world: World, first: Any, second: Any, lot: str) -> None:
    before = drawn(world, referred(world, **first), "control")
    again = referred(world, lot, **second)
    assert enrolled(world, again, LATER, lot) == before
    assert stands(world, again, lot) == Standing("randomised", before.number, "control", NOW.date())
    assert not stands(world, again, lot).enters_service


ASKED = [  # a slip of the pen, or two different NHS numbers: people decide
    (FACTS, {**FACTS, "surname": "Marhs"}),
    (FACTS, {**FACTS, "birth_date": date(1984, 2, 3)}),
    ({"nhs_number": NHS, **FACTS}, {"nhs_number": "9990000026", **FACTS}),
]


@pytest.mark.parametrize(("first", "second"), ASKED)
def test_a_likeness_stops_the_draw_until_someone_says_two_people(world: World, first: Any, second: Any) -> None:
    before = referred(world, **first)
    drawn(world, before)
    again = referred(world, "wolverhampton", **second)
    ask_whether_known(again)
    assert stands(world, again, "wolverhampton") == Standing("review", elsewhere=True)
    PossibleDuplicate.objects.update(decision="different_people", decided_at=NOW, decided_by=world.user(Role.MANAGER))
    assert stands(world, again, "wolverhampton") == Standing("clear")
    assert enrolled(world, again, LATER, "wolverhampton").number != before.person.participant.number


def test_in_one_s_own_lot_any_open_question_stops_the_draw(world: World) -> None:
    referred(world, **FACTS)
    again = referred(world, **{**FACTS, "surname": "Marhs"})
    ask_whether_known(again)
    assert stands(world, again) == Standing("review")


def test_of_another_lot_who_is_not_in_the_trial_stops_nobody(world: World) -> None:
    referred(world, "wolverhampton", **FACTS)
    again = referred(world, **{**FACTS, "surname": "Marhs"})
    ask_whether_known(again)
    assert stands(world, again) == Standing("clear")


def test_what_was_kept_at_the_first_meeting_recognises_who_moved_since(world: World) -> None:
    episode = referred(world, **FACTS)
    before = drawn(world, episode, "ips")
    Person.unscoped.filter(pk=episode.person_id).update(postcode="B1 1AA", search_name="kelly newname")
    again = referred(world, "wolverhampton", **FACTS)
    assert stands(world, again, "wolverhampton").number == before.number


def test_one_number_for_records_that_were_joined(world: World) -> None:
    one, other = referred(world, phone="+447700900418"), referred(world, surname="Blake")
    second = drawn(world, other, "ips", LATER)
    enrolled(world, one)
    viewer, by = world.viewer(Role.TEAM_LEADER), world.actor(Role.TEAM_LEADER)
    clients.merge(by=by, at=NOW, viewer=viewer, kept_id=one.person_id, gone_id=other.person_id)
    assert enrol(by=by, at=NOW, viewer=viewer, person=person_of(other)) == second  # the one that was drawn
    assert stands(world, one).number == second.number


def test_an_allocation_taken_over_from_elsewhere_is_kept_too(world: World) -> None:
    episode = referred(world, nhs_number=NHS)
    Allocation.unscoped.create(episode=episode, arm="control", allocated_on=NOW.date())
    again = referred(world, "wolverhampton", nhs_number=NHS)
    assert stands(world, again, "wolverhampton") == Standing("randomised", "", "control", NOW.date())


def test_a_person_of_another_lot_is_not_enrolled_or_looked_up(world: World) -> None:
    episode = referred(world, "wolverhampton")
    with pytest.raises(Refused, match="another area"):
        enrolled(world, episode)
    with pytest.raises(Http404):
        stands(world, episode)


# --- trust.md T12: five hundred ways to write the same person down -------------------------------------------------

FIRST = ("Kelly", "Mohammed", "Zoë", "Aleksandra", "Jaspreet", "Siân", "Oluwaseun", "Mary-Anne", "Björn", "Declan")
LAST = ("Marsh", "O'Brien", "Al-Hassan", "Nowakowska", "Singh Bhatti", "Llewellyn", "Adeyemi", "McDonald", "Weiß", "Li")


def variant(dice: random.Random, given: dict[str, Any]) -> dict[str, Any]:
    """The same person as another hand would write them: one or two slips of those that hands make."""
    said = dict(given)
    for slip in dice.sample((swap_letters, drop_letter, double_letter, capitals, plain_letters, squeeze, day), 2):
        slip(dice, said)
    if dice.random() < 0.5:
        said["nhs_number"] = ""
    if dice.random() < 0.2:
        said["first_name"], said["surname"] = said["surname"], said["first_name"]
    return said


def swap_letters(dice: random.Random, said: dict[str, Any]) -> None:
    name = said["surname"]
    at = dice.randrange(len(name) - 1)
    said["surname"] = name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def drop_letter(dice: random.Random, said: dict[str, Any]) -> None:
    at = dice.randrange(len(said["first_name"]))
    said["first_name"] = said["first_name"][:at] + said["first_name"][at + 1 :]


def double_letter(dice: random.Random, said: dict[str, Any]) -> None:
    at = dice.randrange(len(said["surname"]))
    said["surname"] = said["surname"][:at] + said["surname"][at] + said["surname"][at:]


def capitals(dice: random.Random, said: dict[str, Any]) -> None:
    said["surname"] = said["surname"].upper()


def plain_letters(dice: random.Random, said: dict[str, Any]) -> None:
    said["first_name"] = said["first_name"].replace("ë", "e").replace("â", "a").replace("ö", "o").replace("-", " ")


def squeeze(dice: random.Random, said: dict[str, Any]) -> None:
    said["surname"] = said["surname"].replace("'", "").replace("-", " ")


def day(dice: random.Random, said: dict[str, Any]) -> None:
    born = said["birth_date"]
    said["birth_date"] = born.replace(month=born.day, day=born.month) if born.day <= 12 else born


def test_five_hundred_spellings_of_people_already_drawn(world: World) -> None:
    """At least 95 % are stopped or sent to review, and with an equal NHS number not one is drawn a second time."""
    dice = random.Random(20181114)
    people = []
    for number in range(50):
        given = {
            "first_name": FIRST[number % 10],
            "surname": LAST[number // 5],
            "birth_date": date(1960 + number % 40, number % 12 + 1, number % 28 + 1),
            "postcode": f"DY{number % 9 + 1} {number % 9}NA",
            "nhs_number": f"99900{number:05d}",
        }
        drawn(world, referred(world, **given), ("ips", "control")[number % 2])
        people.append(given)
    stopped = second_draws = 0
    for number in range(500):
        said = variant(dice, people[number % 50])
        lot = ("dudley", "wolverhampton")[number % 3 == 0]
        episode = referred(world, lot, **said)
        ask_whether_known(episode)
        state = stands(world, episode, lot).state
        stopped += state != "clear"
        second_draws += bool(said["nhs_number"]) and state != "randomised"
        PossibleDuplicate.objects.filter(episode=episode).delete()
        episode.delete()
        Person.unscoped.filter(pk=episode.person_id).delete()
    assert second_draws == 0
    assert stopped >= 475, f"{stopped} of 500"
