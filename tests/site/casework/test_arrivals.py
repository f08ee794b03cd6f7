"""What comes in by a personal link: kept once, encrypted, for the right job; and nothing for who has no right to it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_job
from tests.site.casework.hostile import HOSTILE, PDF, picture
from tests.site.conftest import NOW, World

from placewell_web.audit.models import Entry
from placewell_web.casework import middleware
from placewell_web.casework.actions import arrivals, links
from placewell_web.casework.actions.links import link_behind
from placewell_web.casework.models import Confirmation, Evidence, Job, PersonalLink
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Consent, Episode
from placewell_web.intake.actions import rates

Give = Callable[..., str]
HEALTH = re.compile(r"health|mental|anxi|depress|illness|disab|therap|thrive", re.I)


@pytest.fixture(autouse=True)
def _still(frozen: object, settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_FOLDER = tmp_path


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def job(episode: Episode) -> Job:
    return make_job(episode, ago(30), employer=make_employer())


@pytest.fixture
def give(world: World, episode: Episode, job: Job) -> Give:
    """Gives a link and answers its address."""

    def make(purpose: str = "proof", **fields: Any) -> str:
        given = {"about": job.pk, "outcome": "job_start", "at": NOW} | fields
        to = "employer" if purpose == "employment" else "client"
        by = world.actor("specialist")
        _, secret = links.give_link(by=by, episode=episode, purpose=purpose, given_to=to, **given)
        return reverse("casework:link", args=[secret])

    return make


def sent(on: date = TODAY, kind: str = "payslip", **fields: Any) -> dict[str, Any]:
    photo = SimpleUploadedFile("IMG_1.jpg", picture("JPEG", exif=True), "image/jpeg")
    boxes = {"about_on-day": on.day, "about_on-month": on.month, "about_on-year": on.year}
    return {"kind": kind, **boxes, "photo": photo} | fields


def said(**fields: str) -> dict[str, str]:
    boxes = {"started_on-day": "15", "started_on-month": "5", "started_on-year": "2019"}
    return {"still": "yes", **boxes, "weekly_hours": "20", "name": "Ada Byrne", "role": "Manager"} | fields


def agree(episode: Episode) -> Consent:
    return Consent.unscoped.create(episode=episode, kind="contact_employer", given_on=ago(20))


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


# --- a client's papers ---


def test_a_photo_comes_in_encrypted_and_without_where_it_was_taken(
    client: Client, give: Give, job: Job, tmp_path: Path
) -> None:
    url = give()
    assert client.post(url, sent()).status_code == 302
    kept = Evidence.unscoped.get()
    assert (kept.status, kept.outcome, kept.kind, kept.about_on, kept.job, kept.uploaded_by, kept.link.purpose) == (
        "received",
        "job_start",
        "payslip",
        TODAY,
        job,
        None,
        "proof",
    )
    assert all(b"\xff\xd8" not in file.read_bytes()[:40] for file in files_in(tmp_path))
    assert b"Secret Street" not in store().get(kept.pk, kept.storage_name)
    entry = Entry.objects.get(verb="upload_evidence")
    assert (entry.actor_kind, entry.actor_name) == ("public", "Client, by a personal link")


def test_several_photos_come_in_at_once_and_the_same_one_only_once(client: Client, give: Give) -> None:
    colours = [picture("PNG", size=(40 + n, 30)) for n in (0, 1, 1)]
    papers = [SimpleUploadedFile(f"{n}.png", content, "image/png") for n, content in enumerate(colours)]
    client.post(give(), sent(photo="", papers=papers))
    assert Evidence.unscoped.count() == 2


def test_sent_twice_or_from_two_devices_it_is_kept_once_and_both_see_the_receipt(give: Give) -> None:
    url = give()
    for device in (Client(), Client()):
        answer = device.post(url, sent(), follow=True)
        assert "Thank you, it has arrived" in answer.content.decode()
    assert Evidence.unscoped.count() == 1


def test_the_second_of_two_at_the_same_moment_leaves_no_file(
    world: World, give: Give, job: Job, tmp_path: Path
) -> None:
    url = give()
    link = link_behind(url.split("/")[2], NOW)
    stale = PersonalLink.unscoped.get(pk=link.pk)
    file = arrivals.CheckedFile("a.pdf", "application/pdf", PDF, "0" * 64)
    given = {"at": NOW, "job": job, "kind": "payslip", "about_on": TODAY, "files": [file], "store": store()}
    assert [arrivals.receive_proof(link=one, **given) for one in (link, stale)] == [True, False]
    assert (Evidence.unscoped.count(), len(files_in(tmp_path))) == (1, 1)


def test_a_fault_half_way_leaves_neither_record_nor_file(
    give: Give, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_behind(give().split("/")[2], NOW)
    keep, seen = arrivals._keep, []

    def fails_second(*arguments: Any) -> Evidence:
        seen.append(1)
        if len(seen) == 2:
            raise OSError("disk full")
        return keep(*arguments)

    monkeypatch.setattr(arrivals, "_keep", fails_second)
    two = [arrivals.CheckedFile(f"{n}.pdf", "application/pdf", PDF, str(n) * 64) for n in range(2)]
    with pytest.raises(OSError, match="disk full"):
        arrivals.receive_proof(at=NOW, link=link, job=job, kind="payslip", about_on=TODAY, files=two, store=store())
    assert (Evidence.unscoped.count(), files_in(tmp_path)) == (0, [])
    assert PersonalLink.unscoped.get().answered_at is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": ""}, "Choose what paper it is."),
        ({"kind": "employer_email"}, "Choose one of the answers in the list."),
        ({"photo": ""}, "Take a photo, or choose one."),
        ({"about_on-day": "", "about_on-month": "", "about_on-year": ""}, "Enter the last day the paper covers."),
        ({"about_on-day": "14", "about_on-month": "5"}, "must be on or after 15 May 2019"),
        ({"about_on-year": "2020"}, "must be on or before 15 July 2019"),
    ],
)
def test_what_is_missing_or_too_early_is_said_at_once(
    client: Client, give: Give, change: dict[str, str], says: str
) -> None:
    page = html.unescape(client.post(give(), sent(**change)).content.decode())
    assert "There is a problem" in page
    assert says in page
    assert Evidence.unscoped.count() == 0


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_leaves_nothing_and_the_link_stays_open(
    client: Client, give: Give, tmp_path: Path, name: str
) -> None:
    shown, content = HOSTILE[name]
    url = give()
    answer = client.post(url, sent(photo="", papers=[SimpleUploadedFile(shown, content, "image/png")]))
    assert answer.status_code < 500
    assert (Evidence.unscoped.count(), files_in(tmp_path)) == (0, [])
    assert PersonalLink.unscoped.get().answered_at is None


@pytest.mark.parametrize("number", [6, 7, 40])
def test_more_files_than_asked_for_are_refused_in_words(client: Client, give: Give, number: int) -> None:
    papers = [SimpleUploadedFile(f"{n}.png", b"x", "image/png") for n in range(number)]
    answer = client.post(give(), sent(photo="", papers=papers))
    assert answer.status_code == 413
    assert "at most 5 photos or files" in answer.content.decode()
    assert Evidence.unscoped.count() == 0


@pytest.mark.parametrize(("length", "kind", "status"), [("26000000", "multipart/form-data; boundary=x", 413)])
def test_a_body_beyond_all_measure_is_not_read(client: Client, give: Give, length: str, kind: str, status: int) -> None:
    answer = client.generic("POST", give(), b"", kind, CONTENT_LENGTH=length)
    assert answer.status_code == status
    assert "too large" in answer.content.decode()
    assert int(length) > middleware.MOST_SENT


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_what_is_not_a_form_is_refused(client: Client, give: Give, kind: str) -> None:
    assert client.generic("POST", give(), b"{}", kind).status_code == 400


# --- a declaration ---


@pytest.mark.parametrize(
    ("outcome", "fields", "kept"),
    [
        ("job_start", {}, True),
        ("job_start", {"name": ""}, False),
        ("job_start", {"true": ""}, False),
        ("six_weeks", {}, False),  # the day has not come: X18
    ],
)
def test_a_declaration_is_taken_on_or_after_the_day_and_signed(
    client: Client, give: Give, outcome: str, fields: dict[str, str], kept: bool
) -> None:
    answer = client.post(give(outcome=outcome), {"declare": "1", "true": "on", "name": "Łucja Ó'Neil"} | fields)
    assert answer.status_code == (302 if kept else 200)
    assert Evidence.unscoped.count() == kept
    if kept:
        found = Evidence.unscoped.get()
        words = store().get(found.pk, found.storage_name).decode("utf-8-sig")
        assert (found.kind, found.about_on, found.media_type) == ("client_declaration", TODAY, "text/plain")
        assert "Łucja Ó'Neil" in words
        assert "I worked my first day as Stock assistant at Marlowe Home Store on 15 May 2019." in words


# --- an employer ---


def test_an_employers_answer_is_kept_as_facts_and_as_a_document(
    client: Client, give: Give, episode: Episode, job: Job
) -> None:
    agree(episode)
    url = give("employment")
    answer = client.post(url, said(), follow=True)
    assert "Thank you, your answer has arrived" in answer.content.decode()
    kept, evidence = Confirmation.unscoped.get(), Evidence.unscoped.get()
    assert (kept.started_on, kept.weekly_hours, kept.left_on, kept.name, kept.on) == (
        ago(30),
        Decimal(20),
        None,
        "Ada Byrne",
        TODAY,
    )
    assert (evidence.kind, evidence.about_on, evidence.job, kept.evidence) == ("employer_email", TODAY, job, evidence)
    words = store().get(evidence.pk, evidence.storage_name).decode("utf-8-sig")
    for part in ("Jaswinder Sandhu", "15 May 2019", "20 a week", "Ada Byrne, Manager", "14 June 2019 at 12:04"):
        assert part in words
    client.post(url, said(name="Somebody Else"))
    assert Confirmation.unscoped.count() == 1


LEFT = {"left_on-day": "1", "left_on-month": "6", "left_on-year": "2019"}


@pytest.mark.parametrize(
    ("answer", "about"),
    [
        ({"still": "left", **LEFT}, date(2019, 6, 1)),
        ({"still": "never"}, None),
        ({"still": "yes", **LEFT}, TODAY),
        ({"weekly_hours": ""}, TODAY),
    ],
)
def test_what_an_employer_says_vouches_for_the_last_day_worked(
    client: Client, give: Give, episode: Episode, answer: dict[str, str], about: date | None
) -> None:
    agree(episode)
    client.post(give("employment"), said(**answer))
    assert Evidence.unscoped.get().about_on == about
    kept = Confirmation.unscoped.get()
    assert (kept.left_on is not None) == (answer.get("still") == "left")
    assert (kept.started_on is None) == (answer.get("still") == "never")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"still": ""}, "Choose whether they work for you."),
        ({"started_on-day": "", "started_on-month": "", "started_on-year": ""}, "Enter the first day they worked."),
        ({"started_on-year": "2020"}, "must be on or before 14 June 2019"),
        ({"still": "left"}, "Enter the last day they worked."),
        ({"still": "left", **LEFT, "left_on-month": "4"}, "The last day must be on or after the first."),
        ({"weekly_hours": "200"}, "168 or fewer"),
        ({"name": ""}, "Enter your name."),
        ({"role": " "}, "Enter your role."),
    ],
)
def test_an_employer_is_told_what_to_put_right(
    client: Client, give: Give, episode: Episode, answer: dict[str, str], says: str
) -> None:
    agree(episode)
    page = html.unescape(client.post(give("employment"), said(**answer)).content.decode())
    assert says in page
    assert Confirmation.unscoped.count() == 0


def test_an_employer_sees_the_person_and_the_job_and_nothing_of_health_or_service(
    client: Client, give: Give, episode: Episode
) -> None:
    agree(episode)
    page = client.get(give("employment")).content.decode()
    assert "Jaswinder Sandhu" in page
    assert "Stock assistant at Marlowe Home Store" in page
    text = re.sub(r"<[^>]+>", " ", page)
    assert not HEALTH.search(text), HEALTH.search(text)
    assert 'href="/"' not in page
    for not_theirs in ("15 May 2019", "20 hours", "+447700900218", "1984"):
        assert not_theirs not in page


def test_a_consent_taken_back_closes_the_link_at_once(client: Client, give: Give, episode: Episode) -> None:
    consent = agree(episode)
    url = give("employment")
    assert client.get(url).status_code == 200
    consent.withdrawn_on = TODAY
    consent.save()
    for answer in (client.get(url), client.post(url, said())):
        assert answer.status_code == 404
        assert "Jaswinder" not in answer.content.decode()
    assert Confirmation.unscoped.count() == 0


# --- whoever has no right to it ---


@pytest.mark.parametrize("purpose", ["proof", "employment"])
@pytest.mark.parametrize("how", ["wrong", "taken back", "run out", "of another person’s job"])
def test_without_a_working_link_nothing_is_told_or_taken(
    world: World, client: Client, give: Give, episode: Episode, purpose: str, how: str
) -> None:
    agree(episode)
    foreign = make_job(make_episode(world, "wolverhampton"), ago(30))
    given = {"run out": {"at": NOW - timedelta(days=20)}, "of another person’s job": {"about": foreign.pk}}
    url = give(purpose, **given.get(how, {}))
    if how == "wrong":
        url = url[:-2] + "x/"
    if how == "taken back":
        links.revoke_link(by=world.actor("specialist"), at=NOW, link=PersonalLink.unscoped.get())
    for answer in (client.get(url), client.post(url, sent() if purpose == "proof" else said())):
        page = answer.content.decode()
        assert answer.status_code == 404
        assert "no longer works" in page
        assert "Jaswinder" not in page
        assert not HEALTH.search(re.sub(r"<[^>]+>", " ", page))
    assert Evidence.unscoped.count() == 0


@pytest.mark.parametrize("purpose", ["proof", "employment"])
def test_no_copy_of_the_page_is_kept_and_its_address_goes_to_no_other_site(
    client: Client, give: Give, episode: Episode, purpose: str
) -> None:
    agree(episode)
    answer = client.get(give(purpose))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    outside = re.findall(r'(?:href|src|action)="(https?:[^"]+)"', answer.content.decode())
    assert outside == []


def test_too_many_sendings_from_one_address_wait(client: Client, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "PAGES", rates.Rate(2, 1 / 50))
    url = give()
    answers = [client.post(url, {"kind": ""}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Wait 1 minute" in answers[-1].content.decode()
    assert client.get(url).status_code == 200


def test_names_are_shown_as_text(client: Client, give: Give, episode: Episode, job: Job) -> None:
    episode.person.first_name = "<script>alert(1)</script>"
    episode.person.save()
    agree(episode)
    for purpose in ("proof", "employment"):
        page = client.get(give(purpose)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
