"""Whoever sees a person leaves exactly one view entry that names them: every address, every role that may open it.

What a page shows is judged by the page: people with names found nowhere else are planted, and a page that holds such a
name, or a number of theirs, has shown that person.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.site.casework.factories import ago, make_contact, make_evidence, make_job
from tests.site.conftest import NOW, World, sign_in
from tests.site.matrix_samples import ADDRESSES, COLLEAGUE, Made, role_of, url_of, user_of
from tests.site.writes import writes

from placewell_web.accounts.models import Role
from placewell_web.audit import chain, queries
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Episode, Person
from placewell_web.config.addresses import Address

ABOUT_A_PERSON = {"episode", "contact", "step", "job", "evidence"}
SHOWS_TWO = {"intake:duplicate"}  # two records side by side: one entry for each
QUESTIONS = {"casework:search": "?q=planted", "reporting:figure": "?show=not_due", "casework:caseload": "?show=all"}
LISTS = {"casework:today", "casework:caseload", "casework:search", "casework:evidence_queue", "intake:inbox"}
LISTS |= {"casework:employer_contact", "reporting:figure", "casework:take_lead", "casework:course"}
LISTS |= {"casework:course_places", "casework:register"}
WHO = (Role.SPECIALIST, COLLEAGUE, Role.TEAM_LEADER, Role.MANAGER, Role.ADMINISTRATOR)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lots(world: World) -> dict[str, Made]:
    """In each lot a person in work whose proof waits, and a referral that waits; so that every list has a row."""
    made = {code: Made(world, code) for code in (world.own.code, world.other.code)}
    for lot, one in made.items():
        episode = one.episode
        make_contact(episode, ago(3))
        make_evidence(episode, make_job(episode, ago(10)))
        for number, given in enumerate(({}, {"team": world.teams[lot]})):
            person = Person.unscoped.create(
                number=f"TW-{70000 + Person.unscoped.count()}",
                first_name="Kelvin",
                surname=f"Of {lot} {number}",
                search_name=f"kelvin of {lot}",
                created_at=NOW,
            )
            Episode.unscoped.create(
                person=person,
                service_id="thrive_into_work",
                lot_id=lot,
                referred_on=ago(5),
                source="gp",
                route="web",
                created_at=NOW,
                **given,
            )
    Person.unscoped.filter(surname__startswith="Of ").update(search_name="planted")
    return made


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_view_of_a_person_is_one_entry(name: str, world: World, lots: dict[str, Made], frozen: object) -> None:
    address = ADDRESSES[name]
    url = url_of(address, lots[world.own.code]) + QUESTIONS.get(name, "")
    wrong, seen = [], set()
    for who in WHO:
        if address.policy.kind in ("public", "closed", "signed_in") or role_of(str(who)) in address.policy.roles:
            client = Client(raise_request_exception=False)
            sign_in(client, user_of(world, str(who)))
            head = queries.head()
            with writes() as written:
                response = client.get(url)
            seen |= {person.surname for person in _shown(response)}
            entries = list(Entry.objects.filter(sequence__gt=head.sequence if head else 0))
            wrong += [f"{who}: {fault}" for fault in _faults(address, response, entries)]
            assert written.tables == ["audit_entry"] * len(entries)
    assert wrong == [], f"{name} ({url}):\n" + "\n".join(wrong)
    assert seen or name not in LISTS
    assert not any("wolverhampton" in surname for surname in seen)
    assert chain.first_break(queries.in_order()) is None


def _faults(address: Address, response: HttpResponse, entries: list[Entry]) -> Iterator[str]:
    views = [entry for entry in entries if entry.is_view]
    shown = _shown(response)
    due = bool(shown) or (response.status_code == 200 and bool(ABOUT_A_PERSON & set(address.arguments)))
    most = 2 if address.name in SHOWS_TWO else 1
    if due and len(views) != most:
        yield f"{len(views)} view entries for {shown or 'the person of the address'}, where {most} is due"
    if not due and len(views) > 1:
        yield f"{len(views)} view entries"
    for person in shown:
        ids = {str(person.pk), *(str(pk) for pk in person.episodes.values_list("pk", flat=True))}
        if not any(entry.person_id in ids or any(id_ in entry.detail for id_ in ids) for entry in views):
            yield f"no entry names {person}"


def _shown(response: HttpResponse) -> list[Person]:
    """The people whose name or number stands on the page."""
    if response.status_code >= 400 or response.streaming:
        return []
    page = response.content.decode(errors="replace")
    return [
        person
        for person in Person.unscoped.filter(surname__startswith="Of ")
        if str(person) in page or person.number in page
    ]


def test_a_colleagues_case_is_marked(world: World, lots: dict[str, Made]) -> None:
    episode = lots[world.own.code].episode
    for who, detail in (
        (Role.SPECIALIST, '{"page":"person"}'),
        (COLLEAGUE, '{"own_caseload":false,"page":"person"}'),
        (Role.TEAM_LEADER, '{"page":"person"}'),
    ):
        client = Client()
        sign_in(client, user_of(world, str(who)))
        assert client.get(f"/people/{episode.pk}/").status_code == 200
        assert queries.head().detail == detail
