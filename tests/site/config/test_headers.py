"""The headers of every address, whoever asks and however: nothing inline, framed, sniffed or kept in a cache."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.site.conftest import World, sign_in
from tests.site.matrix_samples import ADDRESSES, ANONYMOUS, Made, url_of, user_of

from placewell_web.accounts.models import Role

pytestmark = pytest.mark.django_db
SAME = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_STORE = "no-store, private"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:nonce=|application/json))|javascript:", re.I)


def faults_of(response: HttpResponse) -> Iterator[str]:
    """What a response's headers and page leave open, in words."""
    for name, wanted in SAME.items():
        if response.get(name) != wanted:
            yield f"{name} is {response.get(name)!r}"
    csp = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in csp or "unsafe" in csp or not ("frame-ancestors 'none'" in csp or "sandbox" in csp):
        yield f"Content-Security-Policy is {csp!r}"
    permissions = response.get("Permissions-Policy", "")
    if not all(f"{power}=()" in permissions for power in ("camera", "microphone", "geolocation", "usb", "payment")):
        yield f"Permissions-Policy is {permissions!r}"
    if response.get("Cache-Control") != NO_STORE:
        yield f"Cache-Control is {response.get('Cache-Control')!r}"
    is_page = response.get("Content-Type", "").startswith("text/html")
    is_file = response.get("Content-Disposition", "").startswith(
        "attachment"
    )  # stands alone, and is no page of the site
    if is_page and not is_file and (inline := INLINE.search(response.content.decode())):
        yield f"the page has something inline: {inline[0]!r}"


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_address(name: str, world: World) -> None:
    address = ADDRESSES[name]
    url = url_of(address, Made(world, world.own.code))
    wrong = []
    for who in (ANONYMOUS, Role.SPECIALIST, Role.MANAGER, Role.ADMINISTRATOR):
        for method in ("GET", "HEAD", "POST", "PUT"):
            client, user = Client(raise_request_exception=False), user_of(world, str(who))
            if user is not None:
                sign_in(client, user)
            response = client.generic(method, url)
            wrong += [f"{who} {method}: {fault}" for fault in faults_of(response)]
    assert wrong == [], f"{name} ({url}):\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/static/no-such-file.css", 404),
        ("GET", "/no-such-page/", 404),
        ("POST", "/no-such-page/", 404),
        ("GET", "/users", 301),
        ("TRACE", "/", 405),
    ],
)
def test_what_is_no_page_of_the_resolver(client: Client, method: str, address: str, status: int) -> None:
    response = client.generic(method, address)
    assert response.status_code == status
    assert list(faults_of(response)) == []


def test_a_file_of_the_design_may_be_kept_and_is_guarded_otherwise(client: Client) -> None:
    response = client.get("/static/nhsuk/placewell/base.css")
    assert b"".join(response.streaming_content)
    assert [fault.split()[0] for fault in faults_of(response)] == ["Cache-Control"]


def test_a_foreign_host_is_refused_with_the_same_headers(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example.org"})
    assert response.status_code == 400
    assert list(faults_of(response)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"X-Frame-Options": "SAMEORIGIN"}, "X-Frame-Options"),
        ({"Referrer-Policy": "unsafe-url"}, "Referrer-Policy"),
        ({"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'"}, "Content-Security-Policy"),
        ({"Content-Security-Policy": "default-src 'none'"}, "Content-Security-Policy"),
        ({"Permissions-Policy": "camera=()"}, "Permissions-Policy"),
        ({"Cache-Control": "max-age=60"}, "Cache-Control"),
    ],
)
def test_a_weaker_header_would_be_seen(world: World, change: dict[str, str], words: str) -> None:
    client = Client()
    sign_in(client, world.user(Role.MANAGER))
    response = client.get("/accounts/")
    assert list(faults_of(response)) == []
    for header, value in change.items():
        response[header] = value
    assert [words in fault for fault in faults_of(response)] == [True]


@pytest.mark.parametrize(
    "page", ["<p style='x'>", "<style>", "<a onclick='x'>", "<script>x</script>", "<a href='javascript:x'>"]
)
def test_something_inline_would_be_seen(page: str) -> None:
    assert INLINE.search(page)
