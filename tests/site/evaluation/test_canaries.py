"""People planted in the trial with names and words found nowhere else: no page or file of the evaluator tells them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from tests.site.conftest import World
from tests.site.evaluation.factories import ARMS, LOTS, Trial, moment

from placewell_web.accounts.models import Role
from placewell_web.clients.models import Allocation
from placewell_web.evaluation import queries
from placewell_web.trial import triggers
from placewell_web.trial.models import LedgerEntry

pytestmark = pytest.mark.django_db
PEOPLE = 200
PAGES = (
    "flow/",
    "flow/diagram.svg",
    "flow/people/",
    "flow/people/?box=referred",
    "flow/people/?box=referred&line=not_held",
    "flow/people/?box=excluded&page=2",
    "flow/people/?box=follow_up:wellbeing_six_months&line=no_answer",
    "flow/people/?box=allocated&arm=ips&line=not_received",
    "recruitment/",
    "recruitment/baseline/",
    "balance/",
    "withdrawals/",
    "withdrawals/deviations/",
    "integrity/",
    "integrity/anchor.json",
    "integrity/bundle.json",
    "exports/",
)
ARM_WORDS = ("IPS", "ips", "control", "Control", "booklet", "Booklet", "comparison group", "Allocated to", "by arm:")
SAID = ("Nothing is told by arm", "what is told by arm")


@pytest.fixture
def planted(world: World, frozen: object) -> tuple[Trial, list[str]]:
    """Two hundred participants and forty referred; what would give each of them away."""
    trial, secrets = Trial(world).open(), []
    for number in range(PEOPLE):
        surname, first, nhs = f"Zyxwv{number:03d}q", f"Qwrt{number:03d}k", f"9{number:09d}"
        given = {
            "nhs_number": nhs,
            "phone": f"+4477009{number:05d}",
            "email": f"zq{number}@example.org",
            "postcode": f"ZQ{number % 90 + 1} 9ZZ",
            "birth_date": date(1950, 1, 1) + timedelta(days=31 * number),
        }
        person = trial.person(first, surname, **given)
        on = date(2018, 1, 2) + timedelta(days=number)
        if number % 5:
            drawn = trial.randomised(on, ARMS[number % 2], LOTS[number % 2], baseline=False, person=person)
            if number % 20 == 1:
                trial.voided(drawn, "not_eligible", date(2019, 4, 1), words=f"Said {surname} had a job")
            if number % 20 == 2:
                trial.withdrew(drawn, "contact", date(2019, 4, 2))
            trial.notice("issue", drawn, moment(on), None, f'{{"w":"{surname}"}}')
        elif number % 10:
            met = trial.referred(on, LOTS[number % 2], person)
            trial.met(met, on)
            trial.excluded(met, on, "adult", override=f"Mother of {first} asked" if number % 3 else "")
        else:
            trial.referred(on, LOTS[number % 2], person)
        secrets += [surname, first, *map(str, given.values()), str(person.pk), person.number]
        secrets += [str(pk) for pk in person.episodes.values_list("pk", flat=True)]
    queries.forget()
    return trial, secrets


def texts(client: Client, *, files: tuple[str, ...]) -> dict[str, str]:
    """Every page and every file's every part, as text."""
    found = {}
    for page, area in product(PAGES, ("", "dudley")):
        address = f"/evaluation/{page}" + (f"{'&' if '?' in page else '?'}area={area}" if area else "")
        found[address] = text_of(client.get(address))
    for file in files:
        response = client.post("/evaluation/exports/", {"file": file, "read": "on"})
        assert response.status_code == 200
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            found |= {f"{file}: {name}": archive.read(name).decode() for name in archive.namelist()}
    return found


def text_of(response: HttpResponse) -> str:
    assert response.status_code in (200, 403)
    return response.content.decode() + str(dict(response.headers))


@pytest.mark.parametrize(
    ("role", "files"), [(Role.EVALUATOR, ("blinded",)), (Role.UNBLINDED, ("blinded", "unblinded"))]
)
def test_no_planted_person_is_found(
    planted: tuple[Trial, list[str]], as_role: Callable[[str], Client], role: Role, files: tuple[str, ...]
) -> None:
    trial, secrets = planted
    for where, text in texts(as_role(role), files=files).items():
        assert [secret for secret in secrets if secret in text] == [], f"{role} found a planted person in {where}"
    number = trial.entries[1].person.replace("-", " ", 1)
    assert number in text_of(as_role(role).get("/evaluation/flow/people/?box=randomised"))


def test_the_blinded_find_no_word_of_an_arm(planted: tuple[Trial, list[str]], blinded: Client) -> None:
    for where, text in texts(blinded, files=("blinded",)).items():
        for said in SAID:
            text = text.replace(said, "")
        words = text.split("{'")[0]  # what follows are the headers, Cache-Control among them
        assert [word for word in ARM_WORDS if word in words] == [], where


def test_the_blinded_see_the_same_whatever_the_arms_are(planted: tuple[Trial, list[str]], blinded: Client) -> None:
    """Every arm turned over in database and tables: not one page without hashes changes."""
    pages = [page for page in PAGES if "integrity" not in page and page not in ("flow/", "balance/", "exports/")]
    before = {page: bare(blinded.get(f"/evaluation/{page}")) for page in pages}
    triggers.remove(connection)
    for entry in LedgerEntry.objects.filter(kind="allocation"):
        LedgerEntry.objects.filter(pk=entry.pk).update(arm=ARMS[entry.arm == "ips"])
    for row in Allocation.unscoped.all():
        Allocation.unscoped.filter(pk=row.pk).update(arm=ARMS[row.arm == "ips"])
    queries.forget()
    assert {page: bare(blinded.get(f"/evaluation/{page}")) for page in pages} == before


def bare(response: HttpResponse) -> str:
    """A page without what differs at every request."""
    return re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
