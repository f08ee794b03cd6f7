"""The public form stands: a thousand fixed hostile sendings and some drawn ones: no 5xx, no echo unescaped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site.intake.conftest import PROFESSIONAL, SELF

from placewell_web.intake.actions import rates
from placewell_web.intake.middleware import MOST_BYTES, MOST_FIELDS
from placewell_web.intake.models import Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

TEXTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "\x00",
    "a\x00b",
    "\x1b[2J\x07\x08",
    "\u202egnp.exe",
    "\u2066\u2069\u200f\ufeff",
    "\ud800",
    "\udfff\ud800",
    "e\u0301" * 300,
    "Z\u0351\u036b\u0343" * 200,
    "\U0001f600" * 200,
    "9" * 400,
    "-" + "9" * 5000,
    "1e999",
    "NaN",
    "Infinity",
    "0x7fffffffffffffff",
    "99999999999999999999999999999999",
    "' OR 1=1 --",
    "'; DROP TABLE clients_person; --",
    "%00%0a%0d",
    "a\r\nBcc: everyone@example.org\r\n\r\nbody",
    "../../../../etc/passwd",
    "${jndi:ldap://x}",
    "=cmd|' /C calc'!A0",
    "[" * 3000,
    '{"a":' * 500,
    "x" * 20_000,
    " " * 5000,
    "\t\n\v\f",
    "null",
    "undefined",
    "true",
    "\uffff\ufffe",
    "ﷺ" * 300,
]
RAW_ECHOES = ("<script>alert", "<img src=x", "<svg/onload", "</textarea><script", "49{%")
NAMES = sorted(
    {box for pages in (SELF, PROFESSIONAL) for page in pages.values() for box in page}
    | {"draft", "change", "save_for_later", "who", "email", "csrfmiddlewaretoken", "form", "__proto__", "lot[]"}
)
PATHS = [
    "/refer/who/",
    "/refer/check/",
    "/refer/save/",
    *(f"/refer/question/{page}/" for page in (*SELF, *PROFESSIONAL)),
]


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate limits have tests of their own: here every sending must reach the form."""
    for name in ("PAGES", "SENDS", "ALL_SENDS"):
        monkeypatch.setattr(rates, name, rates.Rate(1e9, 1.0))


def hostile(seed: int, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Sendings drawn from a seed: any page, any boxes, any of the texts; some with right answers among them."""
    dice = random.Random(seed)
    for _ in range(number):
        path = dice.choice(PATHS)
        page = path.split("/")[-2]
        data: dict[str, Any] = {**SELF.get(page, PROFESSIONAL.get(page, {}))} if dice.random() < 0.5 else {}
        for name in dice.sample(NAMES, dice.randrange(1, 8)):
            text = dice.choice(TEXTS)
            data[name] = [text, dice.choice(TEXTS)] if dice.random() < 0.1 else text
        yield path, data


def sendable(data: dict[str, Any]) -> dict[str, Any]:
    """What a client can put on the wire: half characters go as the bytes a hostile one would send."""
    return {
        name: [_wire(one) for one in value] if isinstance(value, list) else _wire(value) for name, value in data.items()
    }


def _wire(text: str) -> Any:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def assert_stands(response: HttpResponse, what: object) -> None:
    assert response.status_code < 500, what
    text = response.content.decode()
    for echo in RAW_ECHOES:
        assert echo not in text, what


def storm(seed: int, number: int) -> None:
    client = Client(raise_request_exception=False)
    for at, (path, data) in enumerate(hostile(seed, number)):
        if at % 25 == 0:
            client.post("/refer/who/", {"who": "self" if at % 50 else "professional"})
        assert_stands(client.post(path, sendable(data)), (path, data))
        if at % 10 == 0:
            assert_stands(client.get("/refer/check/"), (path, data))


@pytest.mark.usefixtures("unlimited")
def test_a_thousand_hostile_sendings() -> None:
    storm(seed=20190614, number=1000)


@pytest.mark.postgres
@pytest.mark.usefixtures("unlimited")
def test_a_thousand_hostile_sendings_on_postgresql() -> None:
    storm(seed=20190615, number=1000)


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_in_every_box_is_kept_plain_or_refused(text: str) -> None:
    client = Client(raise_request_exception=False)
    client.post("/refer/who/", {"who": "self"})
    for page, answers in SELF.items():
        data = {name: text if isinstance(value, str) and len(value) > 3 else value for name, value in answers.items()}
        assert_stands(client.post(f"/refer/question/{page}/", sendable(data)), (page, text))
        if (
            client.post(f"/refer/question/{page}/", sendable({**answers, **_words_only(answers, text)})).status_code
            != 302
        ):
            client.post(f"/refer/question/{page}/", answers)
    assert_stands(client.get("/refer/check/"), text)
    assert_stands(client.post("/refer/check/"), text)
    kept = Referral.objects.get()
    for held in (kept.answers, kept.episode.person.first_name, kept.episode.person.surname):
        assert not any(mark in held for mark in "\x00\x1b\u202e\u2066\u200f\ufeff")


def _words_only(answers: dict[str, Any], text: str) -> dict[str, str]:
    free = ("first_name", "surname", "preferred_name", "condition_words", "language", "gp_practice")
    return {name: text for name in answers if name in free}


@pytest.mark.usefixtures("unlimited")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    path=st.sampled_from(PATHS),
    data=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=300), max_size=12),
)
def test_whatever_is_drawn_is_answered(path: str, data: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    client.post("/refer/who/", {"who": "self"})
    assert_stands(client.post(path, sendable(data)), (path, data))


BODIES = [
    (b"a=" + b"x" * (MOST_BYTES + 1), "application/x-www-form-urlencoded", 413),
    (b"a=1", "application/json", 400),
    (b'{"a": NaN}', "application/json", 400),
    (b"<a/>", "text/xml", 400),
    (b"", "", 400),
    (b"&".join(b"f%d=1" % at for at in range(MOST_FIELDS + 1)), "application/x-www-form-urlencoded", 400),
    (b"&".join(b"f=1" for _ in range(MOST_FIELDS + 1)), "application/x-www-form-urlencoded", 400),
    (b"--x\r\nnonsense", "multipart/form-data; boundary=x", None),
    (b"nonsense", "multipart/form-data", 400),
    (b"who=%ff%fe%00", "application/x-www-form-urlencoded", None),
    (b"who=self", "application/x-www-form-urlencoded; charset=utf-7", None),
    (b"who=self", "application/x-www-form-urlencoded; charset=nothing", None),
    (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.php"\r\n\r\nx\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
        400,
    ),
]


@pytest.mark.parametrize(("body", "kind", "status"), BODIES)
def test_a_strange_body_is_refused(body: bytes, kind: str, status: int | None) -> None:
    response = Client(raise_request_exception=False).generic("POST", "/refer/who/", body, content_type=kind)
    assert response.status_code < 500
    assert status is None or response.status_code == status


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 30, "1.5", "٣"])
def test_a_lying_length_is_refused(length: str) -> None:
    client = Client(raise_request_exception=False)
    response = client.generic(
        "POST", "/refer/who/", b"who=self", "application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )
    assert 400 <= response.status_code < 500


STRANGE = ["/refer/?who=%00", "/refer/question/%00/", "/refer/return/%00/", "/refer/return/" + "x" * 3000 + "/"]


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_address_is_answered(path: str) -> None:
    assert Client(raise_request_exception=False).get(path).status_code < 500
