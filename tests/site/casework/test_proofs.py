"""Evidence from upload to decision: by someone else, with a reason, and the figure it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_evidence, make_job
from tests.site.casework.hostile import HOSTILE, PDF
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import proofs
from placewell_web.casework.models import Evidence, Job
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
    return make_job(episode, ago(30))


def form(name: str = "payslip.pdf", content: bytes = PDF, **fields: Any) -> dict[str, Any]:
    return {
        "outcome": "job_start",
        "kind": "payslip",
        "about_on-day": "31",
        "about_on-month": "5",
        "about_on-year": "2019",
        "received_on-day": "14",
        "received_on-month": "6",
        "received_on-year": "2019",
        "file": SimpleUploadedFile(name, content, "application/pdf"),
        **fields,
    }


def test_proof_is_kept_encrypted_and_comes_back_as_a_download(
    world: World, client_for: SignIn, episode: Episode, job: Job, tmp_path: Path
) -> None:
    client = client_for(world.user("specialist"))
    assert client.post(f"/people/{episode.pk}/proof/", form(job=str(job.pk))).status_code == 302
    kept = Evidence.unscoped.get()
    assert (kept.status, kept.media_type, kept.job, kept.uploaded_by) == (
        "received",
        "application/pdf",
        job,
        world.user("specialist"),
    )
    assert all(b"%PDF" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    answer = client.get(f"/evidence/{kept.pk}/file/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="payslip.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.get(verb="open_evidence").person_id == str(episode.person_id)


@pytest.mark.parametrize("name", ["a script named pdf", "eicar", "a zip bomb", "an image of 20,000 by 20,000", "empty"])
def test_a_hostile_upload_leaves_nothing(
    world: World, client_for: SignIn, episode: Episode, tmp_path: Path, name: str
) -> None:
    answer = client_for(world.user("specialist")).post(f"/people/{episode.pk}/proof/", form(*HOSTILE[name]))
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert Evidence.unscoped.count() == 0
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_changed_file_is_not_shown(world: World, client_for: SignIn, episode: Episode, tmp_path: Path) -> None:
    client = client_for(world.user("specialist"))
    client.post(f"/people/{episode.pk}/proof/", form())
    stored = next(file for file in tmp_path.rglob("*") if file.is_file())
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    answer = client.get(f"/evidence/{Evidence.unscoped.get().pk}/file/")
    assert answer.status_code == 500
    assert b"%PDF" not in answer.content
    assert "cannot be opened" in answer.content.decode()


def decide(
    world: World, evidence: Evidence, role: str = "manager", decision: str = "verified", reason: str = ""
) -> Evidence:
    return proofs.decide_evidence(
        viewer=world.viewer(role),
        by=world.actor(role),
        at=NOW,
        evidence=evidence,
        decision=decision,
        reason=reason,
    )


def test_verifying_names_who_and_when(world: World, episode: Episode, job: Job) -> None:
    done = decide(world, make_evidence(episode, job))
    assert (done.status, done.decided_on, done.verified_on, done.decided_by_id) == (
        "verified",
        TODAY,
        TODAY,
        world.user("manager").pk,
    )
    assert Entry.objects.filter(verb="verify_evidence").count() == 1


def test_a_rejection_later_keeps_the_day_it_was_first_verified(world: World, episode: Episode, job: Job) -> None:
    evidence = decide(world, make_evidence(episode, job))
    again = decide(world, evidence, "team_leader", "rejected", "The name is another person's.")
    assert (again.status, again.verified_on) == ("rejected", TODAY)


@pytest.mark.parametrize(
    ("role", "change", "why"),
    [
        ("specialist", {}, "never by a specialist"),
        ("manager", {"uploaded_by": "manager"}, "You uploaded this proof"),
        ("team_leader", {"specialist": "team_leader"}, "own specialist"),
    ],
)
def test_who_may_not_decide_is_told_who_can(
    world: World, episode: Episode, role: str, change: dict[str, str], why: str
) -> None:
    if "specialist" in change:
        episode.specialist = world.user(change["specialist"])
        episode.save()
    uploader = world.user(change.get("uploaded_by", "specialist"))
    evidence = make_evidence(episode, uploaded_by=uploader)
    with pytest.raises(Refused) as refused:
        decide(world, evidence, role)
    assert why in refused.value.problems[0]
    assert "Another team leader or manager for Dudley can decide it." in refused.value.problems
    evidence.refresh_from_db()
    assert evidence.status == "received"


@pytest.mark.parametrize("decision", ["verified", "rejected"])
def test_a_decision_is_taken_once_and_a_rejection_says_why(world: World, episode: Episode, decision: str) -> None:
    evidence = make_evidence(episode)
    with pytest.raises(Refused, match="Say why"):
        decide(world, evidence, decision="rejected", reason=" ")
    decide(world, evidence, decision=decision, reason="Too early")
    with pytest.raises(Refused, match="already"):
        decide(world, evidence, decision=decision, reason="Too early")


@pytest.mark.parametrize(
    ("fields", "check", "effect"),
    [
        ({}, "on or after the milestone", "adds one person to Job start, 16 hours and over, in Y2Q3"),
        ({"about_on": ago(31)}, "before the milestone", "changes no figure yet"),
        ({"kind": "qualitative_note"}, "not accepted for this milestone", "changes no figure yet"),
        ({"kind": "client_declaration"}, "only as a backup", "adds one person"),
        ({"outcome": "six_weeks"}, "has not been reached yet", "changes no figure yet"),
    ],
)
def test_the_decider_sees_the_proof_beside_the_claim(
    world: World, client_for: SignIn, episode: Episode, job: Job, fields: Any, check: str, effect: str
) -> None:
    evidence = make_evidence(episode, job, **fields)
    page = client_for(world.user("manager")).get(f"/evidence/{evidence.pk}/").content.decode()
    assert check in page
    assert effect in page


def test_the_queue_is_of_ones_own_lots(world: World, client_for: SignIn, episode: Episode, job: Job) -> None:
    evidence = make_evidence(episode, job)
    make_evidence(make_evidence(make_episode(world, "wolverhampton")).episode)
    client = client_for(world.user("manager"))
    page = client.get("/evidence/").content.decode()
    assert "1 document waits" in page
    client.post(f"/evidence/{evidence.pk}/", {"decision": "verified"})
    evidence.refresh_from_db()
    assert evidence.status == "verified"
    assert "Nothing waits" in client.get("/evidence/").content.decode()
    refused = client.post(f"/evidence/{evidence.pk}/", {"decision": "rejected"}).content.decode()
    assert "Say why it is rejected" in refused


@pytest.mark.parametrize(
    ("ended", "starts", "words"),
    [
        (11, 4, "21 of 42 days in work; 8 July 2019 if the job lasts."),  # a new job in four days
        (11, None, "21 of 42 days in work."),  # none in sight: no day yet
        (None, None, "32 of 42 days in work; 24 June 2019 if the job lasts."),
    ],
)
def test_a_milestone_counted_in_days_says_how_many_there_are(
    world: World, client_for: SignIn, ended: int | None, starts: int | None, words: str
) -> None:
    episode = make_episode(world)
    make_job(episode, ago(31), ended_on=ago(ended) if ended else None)
    if starts:
        make_job(episode, ago(-starts), title="Teaching assistant", first_day_worked_on=None)
    client = client_for(world.user("specialist"))
    for address in (f"/people/{episode.pk}/", f"/people/{episode.pk}/jobs/"):
        assert words in " ".join(client.get(address).content.decode().split())


def test_with_no_day_in_work_nothing_is_counted(world: World, client_for: SignIn) -> None:
    episode = make_episode(world)
    make_job(episode, ago(-4), first_day_worked_on=None)
    text = client_for(world.user("specialist")).get(f"/people/{episode.pk}/jobs/").content.decode()
    assert "of 42 days" not in text
