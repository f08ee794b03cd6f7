"""The headers of what no address of the resolver answers, and of the files of the design.

Those of every address, whoever asks and however, are looked at by test_policy_matrix.py on each answer it gets.
"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.site.conftest import World, sign_in
from tests.site.headers import INLINE, faults_of

from placewell_web.accounts.models import Role

pytestmark = pytest.mark.django_db


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
