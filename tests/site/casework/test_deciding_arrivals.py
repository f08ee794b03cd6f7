"""The queue of proof that came by a link: marked, beside the claim, one after the other, and never decided blindly."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_evidence, make_job, make_person
from tests.site.casework.hostile import PDF, picture
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import arrivals, links, proofs
from placewell_web.casework.models import Evidence, Job, PersonalLink
from placewell_web.casework.presenters import arrivals as told
from placewell_web.casework.presenters import claim
from placewell_web.clients.documents import CheckedFile
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


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
def manager(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("manager"))


def linked(world: World, job: Job, to: str = "client", sent_to: str = "") -> PersonalLink:
    purpose = "employment" if to == "employer" else "proof"
    asked = {"purpose": purpose, "given_to": to, "about": job.pk, "outcome": "job_start"}
    link, _ = links.give_link(by=world.actor("specialist"), at=NOW, episode=job.episode, **asked)
    link.sent_to = sent_to
    link.save()
    return link


def confirmed(world: World, job: Job, sent_to: str = "", **fields: Any) -> Evidence:
    facts = {"started_on": ago(30), "weekly_hours": 20, "left_on": None, "name": "Ada Byrne", "role": "Manager"}
    said = arrivals.Said(**(facts | fields))
    file = told.confirmation(said, "Jaswinder Sandhu", "Stock assistant", NOW)
    link = linked(world, job, "employer", sent_to)
    assert arrivals.receive_confirmation(at=NOW, link=link, job=job, said=said, file=file, store=store())
    return Evidence.unscoped.get(link=link)


def sent(world: World, job: Job, file: CheckedFile) -> Evidence:
    link = linked(world, job)
    given = {"job": job, "kind": "payslip", "about_on": TODAY, "files": [file], "store": store()}
    assert arrivals.receive_proof(at=NOW, link=link, **given)
    return Evidence.unscoped.get(link=link)


def photo() -> CheckedFile:
    content = picture("PNG")
    return CheckedFile("photo.png", "image/png", content, "a" * 64)


def page_of(client: Client, evidence: Evidence) -> str:
    return html.unescape(client.get(f"/evidence/{evidence.pk}/").content.decode())


def test_what_came_by_link_is_marked_in_the_queue(world: World, manager: Client, job: Job) -> None:
    sent(world, job, photo())
    page = manager.get("/evidence/").content.decode()
    assert "By link" in page
    assert "The client, by a personal link" in page
    assert "Same file twice" not in page


def test_a_photo_stands_beside_the_claim_and_each_look_is_written_down(world: World, manager: Client, job: Job) -> None:
    evidence = sent(world, job, photo())
    assert f"/evidence/{evidence.pk}/picture/" in page_of(manager, evidence)
    answer = manager.get(f"/evidence/{evidence.pk}/picture/")
    assert answer.content == photo().content
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/png", "inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert Entry.objects.filter(verb="open_evidence").count() == 1


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "text/html", "image/svg+xml", ""])
def test_nothing_but_a_photo_is_ever_shown_in_the_page(
    manager: Client, episode: Episode, job: Job, media_type: str
) -> None:
    evidence = make_evidence(episode, job, media_type=media_type, file_name="x", size=3)
    evidence.storage_name = store().put(evidence.pk, PDF)
    evidence.save()
    assert manager.get(f"/evidence/{evidence.pk}/picture/").status_code == 404
    assert "/picture/" not in page_of(manager, evidence)


def test_a_photo_of_another_lot_does_not_exist(world: World, manager: Client) -> None:
    foreign = make_job(make_episode(world, "wolverhampton"), ago(30))
    evidence = sent(world, foreign, photo())
    assert manager.get(f"/evidence/{evidence.pk}/picture/").status_code == 404


def test_a_declaration_is_read_where_it_is_decided(world: World, manager: Client, job: Job) -> None:
    file = told.declaration("I worked my first day on 15 May 2019.", "<b>Łucja</b>", NOW)
    page = manager.get(f"/evidence/{sent(world, job, file).pk}/").content.decode()
    assert "I worked my first day on 15 May 2019." in page
    assert "&lt;b&gt;Łucja&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("said", "differing"),
    [
        ({}, []),
        ({"weekly_hours": None}, []),
        ({"weekly_hours": 12}, ["Hours"]),
        ({"started_on": ago(29)}, ["First day"]),
        ({"left_on": ago(3)}, ["Works there"]),
        ({"started_on": None, "weekly_hours": None}, ["First day", "Works there"]),
        ({"started_on": ago(31), "weekly_hours": 15, "left_on": ago(3)}, ["First day", "Hours", "Works there"]),
    ],
)
def test_what_the_employer_said_stands_beside_the_record(
    world: World, manager: Client, job: Job, said: dict[str, Any], differing: list[str]
) -> None:
    evidence = confirmed(world, job, **said)
    rows = claim.compared(Evidence.unscoped.get(pk=evidence.pk))
    assert [row.label for row in rows if row.differs] == differing
    page = page_of(manager, evidence)
    assert ("Change the job" in page) is bool(differing)
    assert "Ada Byrne, Manager" in page


@pytest.mark.parametrize(
    ("sent_to", "mark", "words"),
    [
        ("rota@marlowe.example", "met", "emailed to rota@marlowe.example"),
        ("", "missing", "make sure that the employer answered it"),
    ],
)
def test_the_decider_sees_whether_the_link_went_to_the_employers_address(
    world: World, manager: Client, job: Job, sent_to: str, mark: str, words: str
) -> None:
    evidence = confirmed(world, job, sent_to)
    assert [kind for kind, _ in claim._sent_by(evidence)] == [mark]
    assert words in page_of(manager, evidence)


def test_the_same_file_twice_is_said_for_whom(world: World, manager: Client, job: Job) -> None:
    other = make_job(make_episode(world, person=make_person("Ada", "Low")), ago(20))
    first, second = sent(world, other, photo()), sent(world, job, photo())
    assert "The same file was sent for Ada Low, job start (received), on 14 June 2019." in page_of(manager, second)
    assert "The same file was sent for Jaswinder Sandhu" in page_of(manager, first)
    assert manager.get("/evidence/").content.decode().count("Same file twice") == 2


def test_the_same_file_of_another_provider_is_not_told(world: World, manager: Client, job: Job) -> None:
    foreign = make_job(make_episode(world, "wolverhampton", person=make_person("Zoe", "Far")), ago(20))
    sent(world, foreign, photo())
    page = page_of(manager, sent(world, job, photo()))
    assert "same file" not in page
    assert "Zoe" not in page


@pytest.mark.parametrize("pressed", [{"go_on": "1"}, {}])
def test_one_after_the_other(world: World, manager: Client, job: Job, pressed: dict[str, str]) -> None:
    documents = [make_evidence(job.episode, job, received_on=ago(days)) for days in (3, 2, 1)]
    make_evidence(job.episode, job, received_on=ago(4), uploaded_by=world.user("manager"))  # not theirs to decide
    answer = manager.post(f"/evidence/{documents[0].pk}/", {"decision": "verified", "seen": "received", **pressed})
    assert answer["Location"] == (f"/evidence/{documents[1].pk}/" if pressed else "/evidence/")


def test_after_the_last_comes_the_queue(manager: Client, job: Job) -> None:
    only = make_evidence(job.episode, job)
    answer = manager.post(f"/evidence/{only.pk}/", {"decision": "verified", "seen": "received", "go_on": "1"})
    assert answer["Location"] == "/evidence/"


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("verified", "rejected", "verified this proof while you had it open"),
        ("rejected", "verified", "rejected this proof while you had it open: Too dark"),
        ("verified", "verified", "already"),
    ],
)
def test_of_two_who_decide_at_once_the_second_is_told(
    world: World, job: Job, first: str, second: str, says: str
) -> None:
    evidence = make_evidence(job.episode, job)
    given = {"at": NOW, "evidence": evidence, "seen": "received"}
    proofs.decide_evidence(
        viewer=world.viewer("manager"), by=world.actor("manager"), decision=first, reason="Too dark", **given
    )
    with pytest.raises(Refused) as refused:
        leader = world.viewer("team_leader")
        proofs.decide_evidence(viewer=leader, by=world.actor("team_leader"), decision=second, reason="Other", **given)
    assert says in refused.value.problems[0]
    evidence.refresh_from_db()
    assert evidence.status == first


def test_the_specialist_reads_on_today_what_to_ask_for_next(
    world: World, client_for: SignIn, manager: Client, job: Job
) -> None:
    specialist = client_for(world.user("specialist"))
    assert "No proof was sent back" in specialist.get("/today/").content.decode()
    evidence = sent(world, job, photo())
    reason = "The date cannot be read. Ask for a sharper photo."
    manager.post(f"/evidence/{evidence.pk}/", {"decision": "rejected", "reason": reason, "seen": "received"})
    page = specialist.get("/today/").content.decode()
    assert reason in page
    assert "Payslip, job start: rejected 14 June 2019 by Service manager" in page


@pytest.mark.parametrize(("role", "why"), [("own", "own specialist"), ("giver", "by a link that you gave")])
def test_neither_the_own_specialist_nor_whoever_gave_the_link_decides(
    world: World, job: Job, role: str, why: str
) -> None:
    """A link can be passed on by hand, and then answered by whoever gave it (002 §16.9)."""
    evidence = sent(world, job, photo())
    assert evidence.uploaded_by is None
    leader = world.user("team_leader")
    if role == "own":
        job.episode.specialist = leader
        job.episode.save()
    else:
        PersonalLink.unscoped.update(made_by=leader)
    given = {"at": NOW, "evidence": evidence, "decision": "verified"}
    with pytest.raises(Refused, match=why):
        proofs.decide_evidence(viewer=world.viewer("team_leader"), by=world.actor("team_leader"), **given)
    proofs.decide_evidence(viewer=world.viewer("manager"), by=world.actor("manager"), **given)
