"""Two records of one employer: every row moves, the name finds the one that is kept, and it can be undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import (
    ago,
    make_employer,
    make_employer_contact,
    make_episode,
    make_job,
    make_lead,
)
from tests.site.conftest import NOW, World
from tests.site.employers.factories import make_activity

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import Application, EmployerContact, Job
from placewell_web.employers import actions
from placewell_web.employers.actions import merging
from placewell_web.employers.models import (
    Activity,
    Employer,
    EmployerFeedback,
    EmployerLead,
    EmployerMerge,
    EmployerPerson,
    EmployerStatus,
)

SignIn = Callable[[User | None], Client]
MODELS = (Job, Application, EmployerContact, EmployerLead, EmployerPerson, EmployerStatus, EmployerFeedback)


def rows_at(employer: Employer) -> dict[str, int]:
    found = {model.__name__: model.unscoped.filter(employer=employer).count() for model in MODELS}
    return found | {"Activity": Activity.unscoped.filter(organisation=employer).count()}


def one_of_each(world: World, employer: Employer) -> None:
    """A row in every table that names an employer."""
    episode, user = make_episode(world), world.user("specialist")
    make_job(episode, ago(30), employer=employer)
    Application.unscoped.create(episode=episode, on=ago(40), made_by="client", employer=employer, created_at=NOW)
    make_employer_contact(episode, employer, ago(3))
    make_lead(world, employer)
    EmployerPerson.unscoped.create(employer=employer, name="Carol", created_at=NOW)
    EmployerStatus.unscoped.create(
        employer=employer, relationship="resting", from_on=ago(3), recorded_by=user, created_at=NOW
    )
    EmployerFeedback.unscoped.create(employer=employer, on=ago(3), words="Good", recorded_by=user, created_at=NOW)
    make_activity(world, organisation=employer)


@pytest.fixture
def two(world: World) -> tuple[Employer, Employer]:
    kept, gone = make_employer(name="oakline"), make_employer(name="oakline foods")
    Employer.unscoped.filter(pk=gone.pk).update(town="Dudley", needs="Early shifts")
    Employer.unscoped.filter(pk=kept.pk).update(needs="Late shifts")
    for one in (kept, gone):
        one.refresh_from_db()
        one_of_each(world, one)
    return kept, gone


def merge(world: World, kept: Employer, gone: Employer) -> EmployerMerge:
    return merging.merge(by=world.actor("manager"), at=NOW, kept=kept, gone=gone)


def test_every_reference_to_an_employer_is_one_that_the_fixture_makes() -> None:
    """A new model that names an employer is moved too; this table says which there are, so that it is tested."""
    assert {(model.__name__, name) for model, name in merging.references()} == {
        *((model.__name__, "employer") for model in MODELS),
        ("Activity", "organisation"),
    }


def test_every_row_moves_and_what_was_known_is_not_overwritten(world: World, two: tuple[Employer, Employer]) -> None:
    kept, gone = two
    assert set(rows_at(gone).values()) == {1}
    merge(world, kept, gone)
    for one in two:
        one.refresh_from_db()
    assert set(rows_at(kept).values()) == {2}
    assert set(rows_at(gone).values()) == {0}
    assert (kept.town, kept.needs, gone.merged_into) == ("Dudley", "Late shifts", kept)
    entry = Entry.objects.get(verb="merge_employers")
    assert '"casework.job.employer":1' in entry.detail
    assert "oakline" not in entry.detail


def test_undone_exactly_and_what_came_since_stays(world: World, two: tuple[Employer, Employer]) -> None:
    kept, gone = two
    done = merge(world, kept, gone)
    make_lead(world, kept, title="Baker")
    merging.undo_merge(by=world.actor("manager"), at=NOW, merge=done)
    for one in two:
        one.refresh_from_db()
    assert rows_at(gone) == dict.fromkeys(rows_at(gone), 1)
    assert rows_at(kept) == dict.fromkeys(rows_at(kept), 1) | {"EmployerLead": 2}
    assert (kept.town, gone.town, gone.merged_into) == ("", "Dudley", None)
    with pytest.raises(Refused, match="parted again already"):
        merging.undo_merge(by=world.actor("manager"), at=NOW, merge=done)


def test_what_was_changed_since_is_not_emptied_when_undone(world: World, two: tuple[Employer, Employer]) -> None:
    kept, gone = two
    done = merge(world, kept, gone)
    Employer.unscoped.filter(pk=kept.pk).update(town="Walsall")
    merging.undo_merge(by=world.actor("manager"), at=NOW, merge=done)
    kept.refresh_from_db()
    assert kept.town == "Walsall"


@pytest.mark.parametrize("case", ["itself", "gone already", "kept gone already"])
def test_refused(world: World, two: tuple[Employer, Employer], case: str) -> None:
    kept, gone = two
    third = make_employer(name="oakline foods ltd")
    if case != "itself":
        merge(world, kept, gone)
    pairs = {"itself": (kept, kept), "gone already": (third, gone), "kept gone already": (gone, third)}
    with pytest.raises(Refused):
        merge(world, *pairs[case])


def test_a_chain_is_parted_from_its_end(world: World, two: tuple[Employer, Employer]) -> None:
    kept, gone = two
    first = merge(world, kept, gone)
    last = make_employer(name="oakline group")
    merge(world, last, Employer.unscoped.get(pk=kept.pk))
    with pytest.raises(Refused, match="itself been made one"):
        merging.undo_merge(by=world.actor("manager"), at=NOW, merge=first)
    assert set(rows_at(last).values()) == {2}


@pytest.mark.parametrize(("name", "found"), [("Oakline Foods Ltd", True), ("Oakline", True), ("Oak", False)])
def test_the_old_name_finds_the_employer_that_is_kept(
    world: World, two: tuple[Employer, Employer], name: str, found: bool
) -> None:
    kept, gone = two
    merge(world, kept, gone)
    same = actions.find_or_add(by=world.actor("specialist"), at=NOW, name=name, lot=world.own)
    assert (same == kept) is found


class TestOnThePage:
    def send(self, client: Client, kept: Employer, gone: Employer) -> Any:
        return client.post(f"/employers/{kept.pk}/same/", {"gone": gone.pk}, follow=True)

    def test_by_a_leader_and_undone_there(
        self, world: World, client_for: SignIn, two: tuple[Employer, Employer]
    ) -> None:
        kept, gone = two
        client = client_for(world.user("team_leader"))
        page = self.send(client, kept, gone).content.decode()
        assert "The two are one employer now." in page
        old = client.get(f"/employers/{gone.pk}/")
        assert (old.status_code, old["Location"]) == (302, f"/employers/{kept.pk}/")
        assert ">oakline foods</a>" not in client.get("/employers/").content.decode()
        done = EmployerMerge.unscoped.get()
        assert (
            "an employer of its own again"
            in client.post(f"/employers/same/{done.pk}/undo/", follow=True).content.decode()
        )
        assert set(rows_at(gone).values()) == {1}

    def test_not_by_a_specialist(self, world: World, client_for: SignIn, two: tuple[Employer, Employer]) -> None:
        assert self.send(client_for(world.user("specialist")), *two).status_code == 403
        assert not EmployerMerge.unscoped.exists()

    def test_not_with_one_of_another_provider(
        self, world: World, client_for: SignIn, two: tuple[Employer, Employer]
    ) -> None:
        other = make_employer("wolverhampton", "oakline")
        page = self.send(client_for(world.user("team_leader")), two[0], other).content.decode()
        assert "Choose one of the answers in the list." in page

    def test_with_nobody_of_that_name_there_is_nothing_to_choose(self, world: World, client_for: SignIn) -> None:
        alone = make_employer(name="zebra")
        page = client_for(world.user("team_leader")).get(f"/employers/{alone.pk}/same/").content.decode()
        assert "No employer has a name like this one." in page
