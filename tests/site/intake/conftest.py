"""What the tests of intake share: answers to the public form, and a browser that has begun one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

REFERENCE = re.compile(r"([0-9A-HJKMNP-TV-Z]{3}-){3}[0-9A-HJKMNP-TV-Z]{3}")
SELF: dict[str, dict[str, Any]] = {
    "name": {"first_name": "Samina", "surname": "Rehman", "preferred_name": "Sam"},
    "birth_date": {"birth_date-day": "9", "birth_date-month": "8", "birth_date-year": "1991"},
    "gp": {"lot": "dudley", "gp_practice": "Dudley Surgery"},
    "wants_work": {"wants_paid_work": "yes"},
    "last_worked": {"last_worked": "6_months_to_1_year"},
    "condition": {"has_condition": "yes", "condition_words": "Fibromyalgia, and I get anxious with new people."},
    "contact": {
        "contact_preference": "text",
        "phone": "07700 900 418",
        "contact_time": "afternoons",
        "safe_to_leave_message": "yes",
        "postcode": "dy3 2na",
    },
    "needs": {"language": "English, with Urdu for longer talks", "formats": ["easy_read"], "prompted_by": "leaflet"},
}
PROFESSIONAL: dict[str, dict[str, Any]] = {
    "referrer": {
        "referrer_name": "Dr Amara Obi",
        "source": "gp",
        "referrer_role": "GP partner",
        "referrer_organisation": "Dudley Surgery",
        "referrer_contact": "amara.obi@example.org",
        "person_agrees": "yes",
    },
    "person": {
        "first_name": "Kelvin",
        "surname": "Osei",
        "birth_date-day": "2",
        "birth_date-month": "3",
        "birth_date-year": "1984",
        "nhs_number": "999 000 0018",
    },
    **{name: SELF[name] for name in ("gp", "wants_work", "last_worked", "condition", "contact", "needs")},
}


def masked(response: HttpResponse) -> str:
    """A page without what differs from one opening to the next: the script's nonce, the form's token, the reference."""
    text = re.sub(r'(nonce="|csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())
    return REFERENCE.sub("REFERENCE", text)


@pytest.fixture
def answer() -> Callable[..., Client]:
    """Goes through the form, stops before sending: `answer(client, "self", changes={"gp": {"lot": "elsewhere"}})`."""

    def through(client: Client, who: str, changes: dict[str, dict[str, Any]] | None = None) -> Client:
        client.post("/refer/who/", {"who": who})
        for page, data in (SELF if who == "self" else PROFESSIONAL).items():
            response = client.post(f"/refer/question/{page}/", {**data, **(changes or {}).get(page, {})})
            assert response.status_code == 302, response.content.decode()
        return client

    return through


@pytest.fixture
def send(answer: Callable[..., Client]) -> Callable[..., str]:
    """Sends a whole form and answers its reference."""

    def sent(client: Client, who: str = "self", changes: dict[str, dict[str, Any]] | None = None) -> str:
        answer(client, who, changes)
        assert client.post("/refer/check/").status_code == 302
        return REFERENCE.search(client.get("/refer/sent/").content.decode()).group(0)

    return sent
