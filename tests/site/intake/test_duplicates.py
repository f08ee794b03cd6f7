"""Two records that may be one: who is asked, what joining and parting leave; what another area has is nothing here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.conftest import NOW, World
from tests.site.intake.test_deciding import page, press, referred

from placewell_web.accounts.models import Posting, Role
from placewell_web.clients.models import Episode, Merge, Person
from placewell_web.intake import queries
from placewell_web.intake.actions.duplicates import ask_whether_known
from placewell_web.intake.models import PossibleDuplicate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SignIn = Callable[..., Client]
NUMBER = "9990000018"
FACTS = {"birth_date": date(1984, 3, 2), "phone": "+441632960983", "postcode": "DY3 2NA"}


def asked(world: World, surname: str = "Osei", **more: Any) -> Episode:
    """A referral about which the service asks whether it knows the person."""
    episode = referred(world, surname, **more)
    ask_whether_known(episode)
    return episode


def question() -> PossibleDuplicate:
    return PossibleDuplicate.objects.get()


def decide(client: Client, episode: Episode, decision: str) -> str:
    return press(client, episode, f"duplicate/{question().pk}", {"decision": decision})


ALIKE = [  # what the known record has, what the referral says: what they are found to share
    ({"nhs_number": NUMBER}, {"surname": "Smith", "nhs_number": NUMBER}, "nhs_number"),
    ({"nhs_number": NUMBER, **FACTS}, {"nhs_number": NUMBER, **FACTS}, "nhs_number"),
    (FACTS, FACTS, "name,birth_date,postcode,phone"),
    (FACTS, {**FACTS, "surname": "Ossei", "phone": ""}, "name,birth_date,postcode"),
    (FACTS, {**FACTS, "surname": "Smith"}, "birth_date,postcode,phone"),
    (FACTS, {**FACTS, "birth_date": date(1984, 2, 3), "phone": ""}, "name,birth_date,postcode"),
    ({**FACTS, "surname": "Müller-Osei"}, {**FACTS, "surname": "Muller Osei", "phone": ""}, "name,birth_date,postcode"),
    (FACTS, {**FACTS, "postcode": "", "phone": ""}, None),
    (FACTS, {**FACTS, "surname": "Smith", "phone": ""}, None),
    ({}, {}, None),
]


@pytest.mark.parametrize(("known", "said", "shared"), ALIKE)
def test_who_may_be_known(world: World, known: dict, said: dict, shared: str | None) -> None:
    before = referred(world, **known)
    episode = asked(world, **said)
    found = list(PossibleDuplicate.objects.values_list("episode", "other", "matched_on"))
    assert found == ([(episode.pk, before.person_id, shared)] if shared else [])


def test_joining_moves_the_referral_and_keeps_everything(world: World, client_for: SignIn) -> None:
    known = referred(world, **FACTS, email="kelvin@example.org")
    Episode.unscoped.filter(pk=known.pk).update(closed_on=NOW.date(), accepted_on=NOW.date())
    episode, client = asked(world, **{**FACTS, "email": "new@example.org"}, nhs_number=NUMBER), None
    client = client_for(world.user(Role.TEAM_LEADER))
    assert "Decide that first, then accept the referral." in page(client, episode)
    assert "nobody has decided that yet" in press(client, episode, "accept")
    text = decide(client, episode, "keep_other")
    assert "Joined. Nothing was lost, and it can be undone." in text
    assert "Earlier episodes" in text
    person = Person.unscoped.get(merged_into=None)
    assert (person.pk, person.email, person.nhs_number) == (known.person_id, "kelvin@example.org", NUMBER)
    assert person.episodes.count() == 2
    assert question().decision == "same_person"
    assert "Accepted." in press(client, episode, "accept")


def test_parting_puts_everything_back_and_answers_the_question_again(world: World, client_for: SignIn) -> None:
    known, episode = referred(world, **FACTS), asked(world, **FACTS, email="new@example.org")
    client = client_for(world.user(Role.MANAGER))
    before = set(Episode.unscoped.values_list("pk", "person_id"))
    decide(client, episode, "keep_this")
    merge = Merge.unscoped.get()
    assert "Joined with Kelvin Osei" in page(client, episode)
    assert "Parted again." in press(client, episode, f"part/{merge.pk}")
    assert set(Episode.unscoped.values_list("pk", "person_id")) == before
    assert Person.unscoped.get(pk=known.person_id).email == ""
    assert question().decision == "different_people"
    assert "been parted again already" in press(client, episode, f"part/{merge.pk}")


def test_different_people_stay_two(world: World, client_for: SignIn) -> None:
    referred(world, **FACTS)
    episode, client = asked(world, **FACTS), client_for(world.user(Role.TEAM_LEADER))
    assert "Kept as two people." in decide(client, episode, "different")
    assert not Merge.unscoped.exists()
    assert "This has been decided already." in press(client, episode, f"duplicate/{question().pk}", {})
    assert "Accepted." in press(client, episode, "accept")


@pytest.mark.parametrize("decision", ["", "x", "\x00"])
def test_an_answer_is_needed(world: World, client_for: SignIn, decision: str) -> None:
    referred(world, **FACTS)
    text = decide(client_for(world.user(Role.MANAGER)), asked(world, **FACTS), decision)
    assert "There is a problem" in text
    assert question().decided_at is None


def test_a_record_of_another_area_does_not_exist(world: World, client_for: SignIn) -> None:
    """Nothing says that another area knows someone; who works in both areas sees it (trust.md T3, T12)."""
    referred(world, lot=world.other, nhs_number=NUMBER)
    episode = asked(world, nhs_number=NUMBER)
    address = f"/referrals/{episode.pk}/duplicate/{question().pk}/"
    for role in (Role.TEAM_LEADER, Role.MANAGER):
        client = client_for(world.user(role))
        text = page(client, episode) + client.get("/referrals/").content.decode()
        assert "May be someone we know" not in text
        assert ">Duplicate?</strong>" not in text
        assert client.get(address).status_code == client.post(address, {"decision": "keep_this"}).status_code == 404
        assert queries.inbox(world.viewer(role), NOW.date()).counts == {"new": 1}
    assert "Accepted." in press(client_for(world.user(Role.TEAM_LEADER)), episode, "accept")
    assert not Merge.unscoped.exists()


def test_who_works_in_both_areas_decides(world: World, client_for: SignIn) -> None:
    referred(world, lot=world.other, nhs_number=NUMBER)
    episode, manager = asked(world, nhs_number=NUMBER), world.user(Role.MANAGER)
    Posting.objects.create(
        user=manager,
        role=Role.MANAGER,
        organisation=world.other.provider,
        lot=world.other,
        from_on=NOW.date() - timedelta(days=9),
    )
    client = client_for(manager)
    assert "May be someone we know" in page(client, episode)
    assert "Joined." in decide(client, episode, "keep_other")
    assert Person.unscoped.get(merged_into=None).episodes.count() == 2


def test_a_specialist_sees_the_question_and_does_not_answer_it(world: World, client_for: SignIn) -> None:
    referred(world, **FACTS)
    episode = asked(world, **FACTS)
    Episode.unscoped.update(team=world.teams["dudley"])
    client = client_for(world.user(Role.SPECIALIST))
    assert "A team leader or manager decides whether they are one person." in page(client, episode)
    assert client.post(f"/referrals/{episode.pk}/duplicate/{question().pk}/", {"decision": "x"}).status_code == 403


def test_a_record_joined_earlier_still_finds_its_person(world: World, client_for: SignIn) -> None:
    """Who was known under a phone and a name that the kept record does not have is found by them all the same."""
    kept = referred(world, "Osei", nhs_number=NUMBER, birth_date=date(1984, 3, 2))
    gone = asked(world, "Mensah", nhs_number=NUMBER, phone="+441632960111", postcode="DY1 1AA")
    decide(client_for(world.user(Role.MANAGER)), gone, "keep_other")
    again = asked(world, "Mensah", phone="+441632960111", postcode="DY1 1AA")
    found = PossibleDuplicate.objects.get(episode=again)
    assert (found.other_id, found.matched_on) == (kept.person_id, "name,postcode,phone")


def test_questions_follow_a_record_into_the_one_it_was_joined_to(world: World, client_for: SignIn) -> None:
    known, middle = referred(world, **FACTS), asked(world, **FACTS)
    first = question()
    last, client = asked(world, **FACTS), client_for(world.user(Role.MANAGER))
    assert PossibleDuplicate.objects.filter(episode=last).count() == 2
    press(client, middle, f"duplicate/{first.pk}", {"decision": "keep_other"})
    shown = queries.open_questions(world.viewer(Role.MANAGER), {last.pk: last.person_id})
    assert [other.pk for _, other in shown[last.pk]] == [known.person_id]
    ((one, _),) = shown[last.pk]
    press(client, last, f"duplicate/{one.pk}", {"decision": "keep_other"})
    last.refresh_from_db()
    assert queries.open_questions(world.viewer(Role.MANAGER), {last.pk: last.person_id}) == {}
    assert Person.unscoped.get(merged_into=None).episodes.count() == 3
    assert "May be someone we know" not in page(client, last)


def test_the_later_join_is_parted_first(world: World, client_for: SignIn) -> None:
    first, second = referred(world, nhs_number=NUMBER), asked(world, nhs_number=NUMBER)
    client = client_for(world.user(Role.MANAGER))
    press(client, second, f"duplicate/{question().pk}", {"decision": "keep_other"})
    third = asked(world, nhs_number=NUMBER)
    press(client, third, f"duplicate/{PossibleDuplicate.objects.get(episode=third).pk}", {"decision": "keep_this"})
    early, late = (
        Merge.unscoped.order_by("pk").filter(kept=first.person),
        Merge.unscoped.filter(kept_id=third.person_id),
    )
    assert "Part those two first." in press(client, third, f"part/{early.get().pk}")
    assert "Parted again." in press(client, third, f"part/{late.get().pk}")
    assert "Parted again." in press(client, first, f"part/{early.get().pk}")
    for episode in (first, second, third):
        assert Episode.unscoped.get(pk=episode.pk).person_id == episode.person_id
