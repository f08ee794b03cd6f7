"""Proof by a personal link: a specialist asks, someone without an account answers, a verifier decides."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_job, make_person
from tests.site.casework.hostile import picture
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Role
from placewell_web.casework.actions import arrivals, links
from placewell_web.casework.models import Confirmation, Evidence, Job, PersonalLink
from placewell_web.clients.documents import check_file
from placewell_web.clients.documents.intake import MOST_BYTES
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Consent

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_FOLDER = tmp_path


@pytest.fixture
def job(world: World) -> Job:
    """Of Jas, since 30 days, with an employer."""
    episode = make_episode(world, person=make_person(preferred_name="Jas"))
    return make_job(episode, ago(30), employer=make_employer())


def link_on_page(journey: Journey) -> str:
    """The address shown to be copied, without the site's own name."""
    address: str = journey.page.get_by_label("Link alone").input_value()
    return address.removeprefix(journey.address)


def attach(journey: Journey, label: str, content: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> None:
    journey.taps += 1
    file = {"name": name, "mimeType": kind, "buffer": content}
    journey.page.get_by_label(label, exact=True).set_input_files(file)


def send_payslip(journey: Journey) -> None:
    when.fills(journey, {"What paper is it?": "Payslip", "Last day the paper covers": TODAY})
    attach(journey, "Or choose photos or files", picture("JPEG", size=(600, 800), exif=True))
    when.presses(journey, "Send")


def sent_by_link(world: World, job: Job, side: int) -> Evidence:
    """A payslip that came in by a link: a square photo, so that each is a file of its own."""
    asked = {"purpose": "proof", "about": job.pk, "outcome": "job_start"}
    link, _ = links.give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=job.episode, **asked)
    file = check_file("payslip.png", picture(size=(side, side)))
    kept = {"job": job, "kind": "payslip", "about_on": TODAY, "files": [file], "store": store()}
    assert arrivals.receive_proof(at=NOW, link=link, **kept)
    return Evidence.unscoped.get(link=link)


@pytest.mark.screens("phone", "wide-no-script")
def test_a_client_sends_a_photo_without_an_account(
    journey: Journey, world: World, job: Job, record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/evidence/radar/")
    then.sees(journey, "Jas Sandhu")
    journey.picture("link-radar")
    with timed(journey, record_property, "Ask a client for proof by a link", taps=3, seconds=15):
        when.follows(journey, "Ask Jas")
        when.fills(journey, {"Show it to copy": True})
        when.presses(journey, "Make the link")
    then.sees(journey, "Link for Jas", "It is shown only now")
    journey.picture("link-given")
    address = link_on_page(journey)
    journey.visit("/evidence/radar/")
    then.sees(journey, "Jas was given a link")

    given.session_gone(journey)
    journey.visit(address)
    then.heading_is(journey, "Send a paper about your work")
    journey.picture("link-proof")
    when.presses(journey, "Send")
    then.is_told_of_errors(journey, "Choose what paper it is.", "Enter the last day the paper covers.")
    send_payslip(journey)
    then.heading_is(journey, "Thank you, it has arrived")
    journey.picture("link-proof-sent")
    kept = Evidence.unscoped.get()
    assert (kept.status, kept.kind, kept.about_on, kept.job, kept.uploaded_by) == (
        "received",
        "payslip",
        TODAY,
        job,
        None,
    )
    journey.visit(address)
    then.heading_is(journey, "Thank you, it has arrived")
    assert journey.page.locator("form").count() == 0

    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/evidence/radar/")
    then.sees(journey, "Waits for a verifier", "Jas answered on 14 June 2019")


def large_photo() -> bytes:
    """More than is taken: a picture of noise, which no codec makes small."""
    side = 2_800
    noise = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))
    sheet = BytesIO()
    noise.save(sheet, "JPEG", quality=90)
    return sheet.getvalue()


@pytest.mark.screens("phone")
def test_a_large_photo_is_made_smaller_on_the_phone(journey: Journey, world: World, job: Job) -> None:
    asked = {"purpose": "proof", "about": job.pk, "outcome": "job_start"}
    _, secret = links.give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=job.episode, **asked)
    journey.visit(f"/l/{secret}/")
    when.fills(journey, {"What paper is it?": "Payslip", "Last day the paper covers": TODAY})
    photo = large_photo()
    assert len(photo) > MOST_BYTES
    attach(journey, "Or choose photos or files", photo, "Payslip May.JPG")
    when.presses(journey, "Send")  # at once: the page waits until the photo is ready
    then.heading_is(journey, "Thank you, it has arrived")
    kept = Evidence.unscoped.get()
    with Image.open(BytesIO(store().get(kept.pk, kept.storage_name))) as stored:
        assert (stored.format, max(stored.size)) == ("JPEG", 2_600)


@pytest.mark.screens("phone-no-script")
def test_a_large_photo_is_refused_in_words_without_script(journey: Journey, world: World, job: Job) -> None:
    asked = {"purpose": "proof", "about": job.pk, "outcome": "job_start"}
    _, secret = links.give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=job.episode, **asked)
    journey.visit(f"/l/{secret}/")
    when.fills(journey, {"What paper is it?": "Payslip", "Last day the paper covers": TODAY})
    attach(journey, "Or choose photos or files", large_photo())
    when.presses(journey, "Send")
    then.is_told_of_errors(journey, "is larger than 5 MB")
    assert not Evidence.unscoped.exists()


@pytest.mark.screens("wide", "phone-no-script")
def test_a_link_given_from_the_record_is_taken_back(journey: Journey, world: World, job: Job) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{job.episode_id}/")
    when.follows(journey, "Ask Jas")
    when.presses(journey, "Make the link")
    address = link_on_page(journey)
    when.follows(journey, "Links of Jas")
    then.sees(journey, "Ask for proof of work", "Given")
    journey.picture("links-of-a-person")
    button = journey.page.get_by_role("button", name="Take it back").inner_text()
    when.presses(journey, " ".join(button.split()).replace(" :", ":"))
    then.sees(journey, "The link is taken back.", "Taken back")
    assert PersonalLink.unscoped.get().revoked_at is not None

    given.session_gone(journey)
    for gone in (address, "/l/no-such-link/"):
        journey.expects(404)
        journey.visit(gone)
        then.heading_is(journey, "This link no longer works")
        then.does_not_see(journey, "Jas", "Thrive")
    journey.picture("link-gone")


@pytest.mark.screens("phone", "wide-no-script")
def test_a_link_that_ran_out_shows_nothing(journey: Journey, world: World, job: Job) -> None:
    asked = {"purpose": "proof", "about": job.pk, "outcome": "job_start", "days": 1}
    by, episode = world.actor(Role.SPECIALIST), job.episode
    link, secret = links.give_link(by=by, at=NOW.replace(day=13), episode=episode, **asked)
    PersonalLink.unscoped.filter(pk=link.pk).update(expires_at=NOW.replace(hour=12, minute=3))
    journey.expects(404)
    journey.visit(f"/l/{secret}/")
    then.heading_is(journey, "This link no longer works")


@pytest.mark.screens("wide", "phone-no-script")
def test_an_employer_confirms_a_job_once(journey: Journey, world: World, job: Job, record_property: Record) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/evidence/radar/")
    when.follows(journey, "No consent to ask the employer")
    when.chooses(journey, "Contacting employers")
    when.presses(journey, "Record consent")
    assert Consent.unscoped.get().kind == "contact_employer"
    journey.visit("/evidence/radar/")
    when.follows(journey, "Ask the employer")
    then.sees(journey, "The employer sees Jas’s name, the job and yours, and nothing about health or support.")
    when.presses(journey, "Make the link")
    address = link_on_page(journey)

    given.session_gone(journey)
    journey.visit(address)
    then.heading_is(journey, "Confirm the job of Jaswinder Sandhu")
    then.does_not_see(journey, "Thrive", "health")
    journey.picture("link-employment")
    when.presses(journey, "Send")
    then.is_told_of_errors(journey, "Choose whether they work for you.", "Enter your name.", "Enter your role.")
    with timed(journey, record_property, "An employer confirms a job by a link", taps=6, seconds=60):
        when.chooses(journey, "Yes")
        answers = {"First day Jas worked": ago(28), "Hours a week": "16", "Your name": "Ada Byrne"}
        when.fills(journey, answers | {"Your role": "Manager"})
        when.presses(journey, "Send")
    then.heading_is(journey, "Thank you, your answer has arrived")
    journey.picture("link-employment-sent")
    said = Confirmation.unscoped.get()
    assert (said.started_on, said.weekly_hours, said.left_on, said.name) == (ago(28), 16, None, "Ada Byrne")
    journey.visit(address)
    then.heading_is(journey, "Thank you, your answer has arrived")

    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit("/evidence/")
    then.sees(journey, "By link")
    when.follows(journey, "E-mail from the employer of Jas Sandhu")
    then.sees(journey, "Our record", "The employer says", "Differs: 17 May 2019", "Said by Ada Byrne, Manager")
    journey.picture("link-employer-said")


@pytest.mark.screens("phone", "wide-no-script")
def test_an_employer_whom_the_person_no_longer_agrees_to_ask_sees_nothing(
    journey: Journey, world: World, job: Job
) -> None:
    consent = Consent.unscoped.create(episode=job.episode, kind="contact_employer", given_on=ago(20))
    asked = {"purpose": "employment", "given_to": "employer", "about": job.pk, "outcome": "job_start"}
    _, secret = links.give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=job.episode, **asked)
    Consent.unscoped.filter(pk=consent.pk).update(withdrawn_on=TODAY)
    journey.expects(404)
    journey.visit(f"/l/{secret}/")
    then.heading_is(journey, "This link no longer works")
    then.does_not_see(journey, "Jas", "Sandhu")


@pytest.mark.screens("wide", "phone-no-script")
def test_a_verifier_decides_what_came_by_link(
    journey: Journey, world: World, job: Job, record_property: Record
) -> None:
    second = make_job(make_episode(world, person=make_person("Kelvin", "Osei")), ago(20), employer=make_employer())
    proofs = [sent_by_link(world, one, side) for one, side in ((job, 300), (second, 320))]
    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit("/evidence/")
    then.sees(journey, "2 documents wait for a decision", "By link", "The client, by a personal link")
    journey.picture("link-queue")
    when.follows(journey, "Payslip of Jas Sandhu")
    then.sees(journey, "The claim", "The proof", "Jaswinder Sandhu")
    photo = journey.page.locator(".cw-picture img")
    assert photo.evaluate("one => one.complete && one.naturalWidth") == 300
    journey.picture("link-decide")
    with timed(journey, record_property, "8 Verify a proof and go to the next", taps=2, seconds=15):
        when.chooses(journey, "Yes, verify it")
        when.presses(journey, "Save and next")
    then.sees(journey, "Proof verified.", "Kelvin Osei")
    reason = "The name cannot be read."
    with timed(journey, record_property, "8 Reject a proof with a reason", taps=3, seconds=15):
        when.chooses(journey, "No, reject it")
        when.fills(journey, {"Reason, if you reject it": reason})
        when.presses(journey, "Save and next")
    then.sees(journey, "Nothing waits for a decision.", reason)
    found = [Evidence.unscoped.get(pk=one.pk) for one in proofs]
    assert [(one.status, one.decision_reason) for one in found] == [("verified", ""), ("rejected", reason)]

    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/today/")
    then.sees(journey, "Kelvin Osei", f"rejected 14 June 2019 by {world.user(Role.MANAGER).name}", reason)
    journey.picture("link-sent-back")
