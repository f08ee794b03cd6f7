"""Every address × everyone × own and other lot × every method, generated from the URL resolver.

What is expected follows from the policy each view declares: nobody opens what is not theirs, a foreign object does not
exist (404), and a request that is refused, or that only reads, writes to no table. Nothing that is answered is inline,
framed, sniffed or kept in a cache (tests/site/headers.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from tests.site.conftest import World, sign_in
from tests.site.headers import faults_of
from tests.site.matrix_samples import (
    ADDRESSES,
    ANONYMOUS,
    EMPTY,
    OTHER_TEAM,
    WHO,
    Made,
    Sample,
    role_of,
    sample_of,
    url_of,
    user_of,
)
from tests.site.writes import AUDIT, writes

from placewell_web.accounts.models import Role
from placewell_web.accounts.policy import METHODS
from placewell_web.config.addresses import Address

OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS")
REFUSED_AT_THE_DOOR_FOR = (ANONYMOUS, str(Role.SPECIALIST), str(Role.MANAGER), str(Role.ADMINISTRATOR))
"""Before anyone is looked up (config/middleware.py): four stand for all."""

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """One person at one address: what is right for their own lot's object and for the other lot's."""

    address: Address
    sample: Sample | None
    who: str

    @property
    def at_own(self) -> str:
        if self.by_policy != "allowed" or self.sample is None:
            return self.by_policy
        hidden = bool({self.who, role_of(self.who)} & self.sample.hidden_from)
        of_another_team = self.who == OTHER_TEAM and not self.sample.shared and not self.sample.lot_wide
        return "missing" if hidden or of_another_team else "allowed"

    @property
    def at_other(self) -> str:
        return "missing" if self.by_policy == "allowed" else self.by_policy

    @property
    def by_policy(self) -> str:
        policy = self.address.policy
        if policy.kind in ("public", "closed"):
            return "open" if policy.kind == "public" else "missing"
        if self.who == ANONYMOUS:
            return "sign-in"
        if policy.kind == "signed_in" or role_of(self.who) in policy.roles:
            return "missing" if self.address.name in EMPTY else "allowed"
        return "refused"


@pytest.fixture
def lots(world: World) -> dict[str, Made]:
    return {code: Made(world, code) for code in (world.own.code, world.other.code)}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_matrix(name: str, world: World, lots: dict[str, Made]) -> None:
    address = ADDRESSES[name]
    sample = sample_of(address)
    own = url_of(address, lots[world.own.code])
    other = url_of(address, lots[world.other.code]) if sample and not sample.shared else None
    cases = [Case(address, sample, who) for who in WHO]
    wrong = [fault for case in cases for fault in _faults(case, world, own, case.at_own)]
    wrong += [fault for case in cases if other for fault in _faults(case, world, other, case.at_other)]
    assert wrong == [], f"{name} ({address.shown}):\n" + "\n".join(wrong)


def _faults(case: Case, world: World, url: str, wanted: str) -> Iterator[str]:
    """What is wrong for one person at one object, in words."""
    user = user_of(world, case.who)
    client = Client(raise_request_exception=False)
    for method in (*METHODS, *(OTHERS if case.who in REFUSED_AT_THE_DOOR_FOR else ())):
        if user is not None and (method == "GET" or (method in METHODS and "_auth_user_id" not in client.session)):
            sign_in(client, user)
        with writes() as written:
            response = client.generic(method, url, b"", "application/x-www-form-urlencoded")
        due = wanted if method in METHODS or wanted == "missing" else "no such method"
        if not _is(response, due, method):
            yield f"  {case.who} {method} {url}: {response.status_code}, where {due} was due"
        reads_only = method != "POST" or due not in ("allowed", "open")
        may_write = {AUDIT} if due in ("allowed", "open") else set()
        if reads_only and (touched := set(written.tables) - may_write):
            yield f"  {case.who} {method} {url}: {due}, yet it wrote to {', '.join(sorted(touched))}"
        for fault in faults_of(response):
            yield f"  {case.who} {method} {url}: {fault}"


def _is(response: HttpResponse, wanted: str, method: str) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    status = response.status_code
    if wanted == "sign-in":
        return to_sign_in
    if wanted == "open":
        return status < 500 and status not in (401, 403) and (status != 404 or method == "POST")
    if wanted == "allowed":
        return status < 500 and status not in (401, 404) and not to_sign_in
    if wanted == "missing" and status == 405:  # it takes no such method, whatever it is
        return True
    return status == {"missing": 404, "refused": 403, "no such method": 405}[wanted]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_without_a_second_step_nothing_opens_but_its_set_up(name: str, world: World, settings: object) -> None:
    """Outside the demo: every role, every address that is not for anyone."""
    settings.SECOND_FACTOR_REQUIRED = True
    address = ADDRESSES[name]
    if address.policy.kind in ("public", "closed") or not address.policy.second_factor:
        assert address.policy.kind != "staff"
        return
    url = url_of(address, Made(world, world.own.code))
    Authenticator.objects.all().delete()  # a sample may have made one
    for role in Role.values:
        client = Client(raise_request_exception=False)
        sign_in(client, world.user(role))
        for method in METHODS:
            with writes() as written:
                response = client.generic(method, url)
            assert (response.status_code, response.get("Location")) == (302, "/accounts/second-factor/"), (role, method)
            assert written.tables == []
