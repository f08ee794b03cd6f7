"""Hostile and unhappy input on every form and question of the trial: a sentence or a refusal, never a server error."""

from __future__ import annotations

import base64
import io
import json
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.site.conftest import World
from tests.site.trial.people import AFTER, one_of_each
from tests.site.trial.walking import STEPS, address, answers, errors, send, walk

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode
from placewell_web.trial.models import Meeting, MeetingDraft, SignedConsent

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]

HOSTILE = [
    "\x00", "a\x00b", "\ud800", "\udfff x", "1e999", "-1e999", "NaN", "Infinity", "9" * 400, "-" + "9" * 30,
    "x" * 100_000, "\u202egnp.exe", "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "%00", "../../etc/passwd",
    "null", "[]", "{}", "٣", "2018-11-14", "\r\nSet-Cookie: a=b", "\U0010ffff", "=cmd|' /C calc'!A0", " ",
]  # fmt: skip
DATES = [
    ("31", "2", "2018"),
    ("1", "1", "1"),
    ("1", "1", "99999999999999999999"),
    ("0", "0", "0"),
    ("\ud800", "x", "٣"),
]


def hostile(data: dict[str, Any], rounds: int, seed: int) -> Iterator[dict[str, Any]]:
    """The form as it is filled in rightly, each field in turn with something hostile; then everything at random."""
    chance = random.Random(seed)
    for name in data:
        yield data | {name: chance.choice(HOSTILE)}
        yield data | {name: [chance.choice(HOSTILE), chance.choice(HOSTILE)]}
    for _ in range(rounds):
        yield {name: chance.choice(HOSTILE) for name in data}
    for day, month, year in DATES:
        yield data | {"birth_date-day": day, "birth_date-month": month, "birth_date-year": year,
                      "on-day": day, "on-month": month, "on-year": year}  # fmt: skip


def post(client: Client, url: str, data: dict[str, Any]) -> Any:
    """As a browser of any kind could send it: half characters go as their three bytes."""
    pairs = []
    for name, values in data.items():
        for value in values if isinstance(values, list | tuple) else [values]:
            pairs.append((name, value if isinstance(value, str) else str(value)))
    body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
    return client.generic("POST", url, body.encode(), content_type="application/x-www-form-urlencoded")


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


@pytest.fixture
def quiet(client_for: Clients, world: World) -> Client:
    client = client_for(world.user("specialist"))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("step", [*STEPS[:-1], "review", "stop"])
def test_no_step_of_the_meeting_fails(step: str, quiet: Client, kel: Episode, open_trial: object) -> None:
    before = STEPS[: STEPS.index(step)] if step in STEPS else STEPS if step == "review" else STEPS[:2]
    if before:
        walk(quiet, kel, before[-1])
    data = answers(kel, step) or {"ending": "stopped", "explained": "1"}
    for number, sent in enumerate(hostile(data, 10, 7)):
        response = post(quiet, address(kel, step), sent)
        assert response.status_code < 500, (step, number, sent)
        if Meeting.unscoped.filter(episode=kel, ended_at__isnull=False).exists():
            break


def test_no_draft_fails(quiet: Client, kel: Episode, client_for: Clients) -> None:
    walk(quiet, kel, "script")
    page = quiet.get(address(kel, "eligibility")).content.decode()
    key = page.split('name="draft_key" value="')[1].split('"')[0]
    nobody = client_for(None)
    nobody.raise_request_exception = False
    for value in HOSTILE:
        for client in (quiet, nobody):
            for url in (f"/trial/{kel.pk}/draft/", address(kel, "eligibility")):
                assert (
                    post(client, url, {"draft_key": key, "in_work": value, "weeks": value, value: "x"}).status_code
                    < 500
                ), value
                assert post(client, url, {"draft_key": value, "in_work": "no"}).status_code < 500, value
        assert quiet.get(address(kel, "eligibility")).status_code == 200, value
    assert json.loads(MeetingDraft.unscoped.get().fields)


AFTERWARDS = {
    "booklet": {"not_wanted": "1"},
    "local_services": {"services": "x"},
    "letter": {"x": "y"},
    "mistake": {"reason": "wrong_area", "stratum": "wolverhampton", "words": "x"},
    "withdraw": {"scopes": "contact", "on-day": "16", "on-month": "11", "on-year": "2018", "confirm": "1"},
}


@pytest.mark.parametrize("name", AFTERWARDS)
@pytest.mark.parametrize("arm", ["ips", "control"])
def test_no_page_after_the_draw_fails(
    name: str, arm: str, quiet: Client, world: World, open_trial: object, meeting_day: Any
) -> None:
    episode = one_of_each(world)[arm].episode
    meeting_day.move_to(AFTER)
    url = reverse(f"trial:{name}", kwargs={"episode": episode.pk})
    for sent in hostile(AFTERWARDS[name], 15, 11):
        assert post(quiet, url, sent).status_code < 500, sent
    for value in HOSTILE:
        for question in ("print", "reason"):
            assert quiet.get(url, {question: value.encode("utf-8", "surrogatepass")}).status_code < 500, value


def png_of(width: int, height: int) -> bytes:
    """A picture that claims to be this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20)).save(buffer, kind)
    return buffer.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
FILES = {
    "svg": ("a.svg", SVG), "svg named png": ("a.png", SVG), "html named pdf": ("a.pdf", b"<html><script>1</script>"),
    "huge picture": ("a.png", png_of(60_000, 60_000)), "long picture": ("a.png", png_of(2**31 - 1, 1)),
    "cut picture": ("a.jpg", picture("JPEG")[:200]), "png named jpg": ("a.jpg", picture("PNG")),
    "nul name": ("a\0.pdf.exe", b"%PDF-1.4"), "path": ("../../a.pdf", b"%PDF-1.4"), "empty": ("a.pdf", b""),
    "exe": ("a.exe", b"MZ" * 100), "word": ("a.docx", b"PK\x03\x04" + b"\0" * 50), "half name": ("\ud800.png", SVG),
    "pdf with script": ("a.pdf", b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_no_hostile_file_is_taken_as_the_signed_paper(name: str, quiet: Client, kel: Episode) -> None:
    walk(quiet, kel, "information")
    file_name, content = FILES[name]
    file = SimpleUploadedFile("x", content)
    file.name = file_name.encode("utf-8", "replace").decode() if "\ud800" in file_name else file_name
    response = send(quiet, kel, "consent", signed_on="paper", file=file)
    assert response.status_code < 400, errors(response)
    assert not SignedConsent.unscoped.exists()
    assert response.status_code == 200


DRAWN = {
    "svg": "data:image/svg+xml;base64," + base64.b64encode(SVG).decode(),
    "svg said to be png": "data:image/png;base64," + base64.b64encode(SVG).decode(),
    "huge": "data:image/png;base64," + base64.b64encode(png_of(60_000, 60_000)).decode(),
    "no base64": "data:image/png;base64,\u00e4\u00f6", "nothing": "data:image/png;base64,",
    "long": "data:image/png;base64," + "A" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_no_hostile_drawing_is_taken_as_a_signature(name: str, quiet: Client, kel: Episode) -> None:
    walk(quiet, kel, "information")
    response = send(quiet, kel, "consent", signature=DRAWN[name])
    assert response.status_code in (200, 400, 413)
    assert not SignedConsent.unscoped.exists()


def test_what_hides_behind_a_picture_is_not_kept(quiet: Client, kel: Episode) -> None:
    """A picture that is a page too: it is drawn anew, and what hung on it is gone."""
    walk(quiet, kel, "information")
    both = picture("PNG") + b"<script>alert(1)</script>"
    assert send(quiet, kel, "consent", signed_on="paper", file=SimpleUploadedFile("a.png", both)).status_code == 303
    response = quiet.get(reverse("trial:signature", args=[kel.pk]))
    assert b"<script" not in response.content
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
