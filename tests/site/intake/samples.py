"""Sample objects of intake for the matrix of addresses, roles and lots."""

from __future__ import annotations

import uuid

from tests.site.conftest import NOW
from tests.site.matrix_samples import Made, sample

from placewell_web.accounts.models import Role
from placewell_web.clients.models import Episode, Merge, Person
from placewell_web.intake.models import PossibleDuplicate


def _person(made: Made, surname: str) -> Person:
    return Person.unscoped.create(
        number=f"TW-{uuid.uuid4().int % 900000 + 100000}",
        first_name="Kelvin",
        surname=surname,
        search_name=f"kelvin {surname.lower()}",
        created_at=NOW,
    )


def _waiting(made: Made) -> Episode:
    return Episode.unscoped.create(
        person=_person(made, "Osei"),
        service_id="thrive_into_work",
        lot_id=made.lot,
        referred_on=NOW.date().replace(day=3),
        source="gp",
        route="web",
        created_at=NOW,
    )


def waiting(made: Made) -> Episode:
    """A referral of the lot that nobody has decided about, and that is no specialist's."""
    return made.once("waiting", _waiting)


@sample("intake:accept", "intake:decline", "intake:override", "intake:place")
def undecided(made: Made) -> dict[str, object]:
    return {"episode": waiting(made).pk}


@sample("intake:referral", "intake:screen", hidden_from=(Role.SPECIALIST,))
def referral(made: Made) -> dict[str, object]:
    return {"episode": waiting(made).pk}


@sample("intake:assign")
def accepted(made: Made) -> dict[str, object]:
    return {"episode": made.episode.pk}


@sample("intake:duplicate")
def duplicate(made: Made) -> dict[str, object]:
    def ask(_: Made) -> PossibleDuplicate:
        return PossibleDuplicate.objects.create(
            episode=waiting(made), other=made.episode.person, matched_on="name,birth_date,phone"
        )

    return {"episode": waiting(made).pk, "question": made.once("duplicate", ask).pk}


@sample("intake:part")
def part(made: Made) -> dict[str, object]:
    def join(_: Made) -> Merge:
        gone = _person(made, "Gone")
        gone.merged_into = made.episode.person
        gone.save()
        moved = '{"alerts": [], "episodes": [], "filled": []}'
        return Merge.unscoped.create(
            kept=made.episode.person,
            gone=gone,
            moved=moved,
            merged_at=NOW,
            merged_by=made.world.user(Role.MANAGER, made.lot),
        )

    return {"episode": made.episode.pk, "merge": made.once("merge", join).pk}


@sample("intake:question", shared=True)
def question(made: Made) -> dict[str, object]:
    return {"question": "name"}


@sample("intake:resume", shared=True)
def resume(made: Made) -> dict[str, object]:
    return {"token": "nothing"}
