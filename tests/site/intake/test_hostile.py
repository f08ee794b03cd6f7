"""The public form stands: a thousand fixed hostile sendings and some drawn ones: no 5xx, no echo unescaped."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes

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


def hostile(seed: int, number: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Sendings drawn from a seed, 25 by one sender: any page of their form, any boxes, any of the texts.

    Half of them have right answers in the other boxes, so that the hostile one is read.
    """
    dice = random.Random(seed)
    for at in range(number):
        who, pages = ("self", SELF) if at // 25 % 2 else ("professional", PROFESSIONAL)
        path = dice.choice(
            ["/refer/who/", "/refer/check/", "/refer/save/", *(f"/refer/question/{page}/" for page in pages)]
        )
        data: dict[str, Any] = {**pages.get(path.split("/")[-2], {})} if dice.random() < 0.5 else {}
        for name in dice.sample(sorted(set(data) or NAMES), 1) + dice.sample(NAMES, dice.randrange(7)):
            text = dice.choice(TEXTS)
            data[name] = [text, dice.choice(TEXTS)] if dice.random() < 0.1 else text
        yield who, path, data


def post(client: Client, path: str, data: dict[str, Any]) -> HttpResponse:
    """Sends the boxes as the bytes a hostile client would put on the wire: half characters too."""
    pairs = [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
    body = "&".join(f"{_wire(name)}={_wire(text)}" for name, text in pairs)
    return client.generic("POST", path, body, content_type="application/x-www-form-urlencoded")


def _wire(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


class Injected(HTMLParser):
    """Finds what our own pages never hold: a script without an address, a handler, an element that loads things."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        wrong = tag in ("img", "iframe", "object", "embed", "base") or (tag == "script" and "src" not in names)
        if wrong or any(name.startswith("on") for name in names) or "javascript:" in (names.get("href") or ""):
            self.found.append(self.get_starttag_text() or tag)


def assert_stands(response: HttpResponse, what: object) -> None:
    assert response.status_code < 500, what
    text = response.content.decode()
    for echo in RAW_ECHOES:
        assert echo not in text, what
    read = Injected()
    read.feed(text)
    assert read.found == [], what


ECHOES = [
    ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", True),
    ('<input value="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">', True),
    ("<script>alert(1)</script>", False),
    ('<input value=""><img src=x onerror=alert(1)>">', False),
    ('<a href="javascript:alert(1)">x</a>', False),
    ("<p onclick='x()'>x</p>", False),
    ('<script src="/static/page.js" nonce="x"></script>', True),
]


@pytest.mark.parametrize(("page", "stands"), ECHOES)
def test_an_unescaped_echo_would_be_seen(page: str, stands: bool) -> None:
    if stands:
        assert_stands(HttpResponse(page), page)
        return
    with pytest.raises(AssertionError):
        assert_stands(HttpResponse(page), page)


@pytest.mark.slow
@pytest.mark.usefixtures("unlimited")
def test_a_thousand_hostile_sendings() -> None:
    """On the database of this run: `make test` runs the site's tests on SQLite and on PostgreSQL."""
    answered: Counter[int] = Counter()
    for at, (who, path, data) in enumerate(hostile(seed=20190614, number=1000)):
        if at % 25 == 0:
            client = Client(raise_request_exception=False)
            client.post("/refer/who/", {"who": who})
        response = post(client, path, data)
        assert_stands(response, (path, data))
        answered[response.status_code] += 1
        if at % 10 == 0:
            assert_stands(client.get("/refer/check/"), (path, data))
    assert sum(answered.values()) == 1000
    assert set(answered) <= {200, 302}
    assert min(answered[200], answered[302]) > 100


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_in_every_box_is_kept_plain_or_refused(text: str) -> None:
    client = Client(raise_request_exception=False)
    client.post("/refer/who/", {"who": "self"})
    for page, answers in SELF.items():
        data = {name: text if isinstance(value, str) and len(value) > 3 else value for name, value in answers.items()}
        assert_stands(post(client, f"/refer/question/{page}/", data), (page, text))
        if post(client, f"/refer/question/{page}/", {**answers, **_words_only(answers, text)}).status_code != 302:
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
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(
    path=st.sampled_from(PATHS),
    data=st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(codec=None), max_size=300), max_size=12),
)
def test_whatever_is_drawn_is_answered(path: str, data: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    client.post("/refer/who/", {"who": "self"})
    assert_stands(post(client, path, data), (path, data))


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
