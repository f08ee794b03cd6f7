"""The site's own pages: health, sign-in, and what is shown when something goes wrong."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/health/", 200, "ok"),
        ("/accounts/login/", 200, "Sign in"),
        ("/accounts/signup/", 404, "Page not found"),
        ("/no-such-page/", 404, "Page not found"),
    ],
)
def test_answers(client: Client, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()
