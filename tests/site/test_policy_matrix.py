"""Every address × role × own and other lot × GET and POST, generated from the URL resolver (trust.md promise 11).

What is expected follows from the policy each view declares: nobody opens what is not theirs, a foreign object does not
exist (404), and a request that is refused changes no row of any table.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World, sign_in
from tests.site.matrix_samples import EMPTY, Made, Sample, load

from placewell_web.accounts.models import Role, User
from placewell_web.config.addresses import Address, all_views

ANONYMOUS, WITHOUT_POST = "anonymous", "user without post"
WHO = (ANONYMOUS, WITHOUT_POST, *(str(role) for role in Role))
UNWATCHED = {"django_session", "django_migrations", "placewell_cache"}
ADDRESSES = {address.name: address for address in all_views()}

pytestmark = pytest.mark.django_db


@pytest.fixture
def lots(world: World) -> dict[str, Made]:
    return {code: Made(world, code) for code in (world.own.code, world.other.code)}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_matrix(name: str, world: World, lots: dict[str, Made]) -> None:
    address = ADDRESSES[name]
    sample = _sample(address)
    own = _url(address, sample, lots[world.own.code])
    other = _url(address, sample, lots[world.other.code]) if sample and not sample.shared else None
    wrong = [fault for who in WHO for fault in _faults(address, sample, who, world, own, other)]
    assert wrong == [], f"{name} ({address.route}):\n" + "\n".join(wrong)


def _sample(address: Address) -> Sample | None:
    if not address.arguments:
        return None
    sample = load().get(address.name)
    assert sample is not None, (
        f"{address.name} needs {', '.join(address.arguments)}, and no sample says what to put there: add "
        f'@sample("{address.name}") to tests/site/{address.name.split(":")[0]}/samples.py (see matrix_samples.py).'
    )
    return sample


def _url(address: Address, sample: Sample | None, made: Made) -> str:
    return reverse(address.name, kwargs=sample.arguments(made) if sample else {})


def _faults(
    address: Address, sample: Sample | None, who: str, world: World, own: str, other: str | None
) -> Iterator[str]:
    """What is wrong for one role, in words."""
    expected = _expected(address, who)
    foreign = "missing" if expected == "allowed" and address.callback.policy.kind != "public" else expected
    at_own = "missing" if sample and who in sample.hidden_from else expected
    for url, wanted in ((own, at_own), (other, foreign)):
        for method in ("get", "post") if url else ():
            refused = wanted not in ("allowed", "open")
            before = _rows() if refused else {}
            response = _ask(_user(world, who), method, str(url))
            if not _is(response, wanted):
                yield f"  {who} {method.upper()} {url}: {response.status_code}, where {wanted} was due"
            if refused and (changed := _changed(before, _rows())):
                yield f"  {who} {method.upper()} {url}: refused, yet rows changed in {changed}"


def _expected(address: Address, who: str) -> str:
    policy = address.callback.policy
    if policy.kind in ("public", "closed"):
        return "open" if policy.kind == "public" else "missing"
    if who == ANONYMOUS:
        return "sign-in"
    if policy.kind == "signed_in" or who in policy.roles:
        return "missing" if address.name in EMPTY else "allowed"
    return "refused"


def _is(response: HttpResponse, wanted: str) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    if wanted == "sign-in":
        return to_sign_in
    if wanted == "open":
        return response.status_code < 500 and response.status_code not in (401, 403)
    if wanted == "allowed":
        return response.status_code < 500 and response.status_code not in (401, 404) and not to_sign_in
    if wanted == "missing" and response.status_code == 405:  # it takes no POST, whatever it is
        return True
    return response.status_code == {"missing": 404, "refused": 403}[wanted]


def _user(world: World, who: str) -> User | None:
    if who == ANONYMOUS:
        return None
    return world.without_post if who == WITHOUT_POST else world.user(who)


def _ask(user: User | None, method: str, url: str) -> HttpResponse:
    client = Client(raise_request_exception=False)
    if user is not None:
        sign_in(client, user)
    return client.get(url) if method == "get" else client.post(url, {})


def _rows() -> dict[str, int]:
    """How many rows every table has."""
    tables = sorted(set(connection.introspection.table_names()) - UNWATCHED)
    counts = " UNION ALL ".join(
        f"SELECT '{table}', COUNT(*) FROM {connection.ops.quote_name(table)}" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def _changed(before: dict[str, int], after: dict[str, int]) -> str:
    return ", ".join(f"{table} {before[table]} → {after[table]}" for table in before if before[table] != after[table])
