"""What came in by personal links in the demo, links that still wait for an answer, and one proof that was sent back."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from PIL import Image, ImageDraw, ImageFont

from placewell.periods import in_words
from placewell_web.accounts.models import User
from placewell_web.audit.clock import LONDON
from placewell_web.casework.actions.arrivals import Said
from placewell_web.casework.models import Confirmation, Evidence, Job, PersonalLink
from placewell_web.casework.presenters import arrivals as told
from placewell_web.casework.presenters.radar import RadarRow, radar
from placewell_web.casework.queries.caseload import load
from placewell_web.casework.queries.links import hash_of
from placewell_web.clients.documents import CheckedFile
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Consent, Episode
from placewell_web.employers.models import Employer
from placewell_web.exchange.demo.moments import noted

PNG = "image/png"
ANSWERED = ("payslip", "employer_email", "client_declaration", "employer_email")
"""What the first documents that wait came as."""
DIFFERENT_HOURS = Decimal(3)
LINK_DAYS = 14
SENT_BACK = "sent back"
ASKED = ("opened", SENT_BACK, "emailed", "run out")


def load_arrivals(at: datetime) -> None:
    """A few of the documents that wait came by a link; every specialist has links out, and a proof that came back."""
    waiting = Evidence.unscoped.filter(status="received", job__isnull=False, episode__specialist__isnull=False)
    verified = Evidence.unscoped.filter(status="verified", episode=OuterRef("episode"), outcome=OuterRef("outcome"))
    named = waiting.annotate(proved=Exists(verified)).select_related(
        "episode__specialist", "episode__person", "job__employer"
    )
    for place, evidence in enumerate(named.order_by("proved", "received_on", "id")[: len(ANSWERED)]):
        _arrive(evidence, ANSWERED[place], at, differs=place == 1)
    _ask(at)


def _arrive(evidence: Evidence, kind: str, at: datetime, differs: bool) -> None:
    """The document as it would have come by a link on the day it was received."""
    by_employer = kind == "employer_email"
    when = noted(evidence.received_on, at, str(evidence.pk))
    sent_to = _address(evidence.job) if by_employer and differs else ""
    to = "employer" if by_employer else "client"
    link = _link(evidence.episode, evidence.job, evidence.outcome, to, when - timedelta(days=2), sent_to)
    link.opened_at = link.answered_at = when
    link.save()
    said = _said(evidence.job, differs)
    evidence.kind, evidence.link, evidence.uploaded_by = kind, link, None
    _keep(evidence, _document(evidence, kind, said, when))
    if by_employer:
        facts = {"started_on": said.started_on, "weekly_hours": said.weekly_hours, "name": said.name, "role": said.role}
        named = {"episode": evidence.episode, "job": evidence.job, "link": link, "evidence": evidence}
        Confirmation.unscoped.create(on=evidence.received_on, created_at=when, **named, **facts)


def _document(evidence: Evidence, kind: str, said: Said, when: datetime) -> CheckedFile:
    person = f"{evidence.episode.person.first_name} {evidence.episode.person.surname}"
    if kind == "payslip":
        content = picture_of(evidence)
        return CheckedFile("payslip.png", PNG, content, hashlib.sha256(content).hexdigest())
    if kind == "employer_email":
        return told.confirmation(said, person, told.job_named(evidence.job), when)
    return told.declaration(f"I was in paid work on {in_words(evidence.received_on)}.", person, when)


def _keep(evidence: Evidence, file: CheckedFile) -> None:
    evidence.storage_name = store().put(evidence.pk, file.content)
    evidence.file_name, evidence.media_type = file.name, file.media_type
    evidence.size, evidence.sha256 = len(file.content), file.sha256
    evidence.save()


def _said(job: Job, differs: bool) -> Said:
    hours = job.contract_hours
    if hours is not None and differs and hours > DIFFERENT_HOURS:
        hours -= DIFFERENT_HOURS
    contact = job.employer.contact_name if job.employer else ""
    return Said(job.first_day_worked_on or job.started_on, hours, None, contact or "Ruth Tranter", "Office manager")


def _ask(at: datetime) -> None:
    """Each specialist has links out: one opened, one emailed to an employer, one that ran out; and a rejection."""
    day = at.date()
    worked = Job.unscoped.values("episode_id")
    cases = Episode.unscoped.filter(closed_on=None, accepted_on__isnull=False, specialist__isnull=False, pk__in=worked)
    whose = {str(pk): specialist for pk, specialist in cases.values_list("pk", "specialist_id")}
    loaded = load(cases, day)
    agreed = Consent.unscoped.filter(kind="contact_employer", given_on__lte=day, withdrawn_on__isnull=True)
    rows = radar(loaded, (), {str(one) for one in agreed.values_list("episode_id", flat=True)}, at)
    hands: dict[object, Iterator[str]] = {}
    for row in rows:
        if row.job_id and not row.waits:
            how = next(hands.setdefault(whose[row.episode_id], iter(ASKED)), "")
            if how and (row.reached or how != SENT_BACK):
                _asked(row, how, at)


def _asked(row: RadarRow, how: str, at: datetime) -> None:
    episode = Episode.unscoped.select_related("specialist", "lot").get(pk=row.episode_id)
    job = Job.unscoped.select_related("employer").get(pk=row.job_id)
    if how == SENT_BACK:
        _send_back(episode, job, row, at)
        return
    to = "employer" if how == "emailed" and row.may_ask_employer and job.employer else "client"
    given = _morning(at.date() - timedelta(days=LINK_DAYS + 3 if how == "run out" else 2))
    link = _link(episode, job, row.outcome, to, given, _address(job) if to == "employer" else "")
    if how == "opened":
        link.opened_at = given + timedelta(hours=5)
        link.save()


def _send_back(episode: Episode, job: Job, row: RadarRow, at: datetime) -> None:
    leader = User.objects.filter(postings__role="team_leader", postings__team=episode.team_id).first()
    decided = at.date() - timedelta(days=1)
    Evidence.unscoped.create(
        episode=episode,
        job=job,
        outcome=row.outcome,
        kind="payslip",
        about_on=row.on,
        received_on=max(row.on, decided - timedelta(days=2)),
        status="rejected",
        decided_on=decided,
        decided_by=leader,
        decision_reason="The date cannot be read. Ask for a sharper photo, or for the next payslip.",
        uploaded_by=episode.specialist,
        created_at=_morning(decided),
    )


def _link(episode: Episode, job: Job, outcome: str, to: str, at: datetime, sent_to: str) -> PersonalLink:
    made: PersonalLink = PersonalLink.unscoped.create(
        episode=episode,
        purpose="employment" if to == "employer" else "proof",
        about=job.pk,
        outcome=outcome,
        given_to=to,
        token_hash=hash_of(f"demo {episode.pk} {outcome} {to}"),
        made_by=episode.specialist,
        sent_to=sent_to,
        sent_at=at if sent_to else None,
        expires_at=at + timedelta(days=LINK_DAYS),
        created_at=at,
    )
    return made


def _address(job: Job) -> str:
    """The email address of the employer's contact, made up where there was none."""
    employer = job.employer
    if employer is None:
        return ""
    if not employer.contact_email:
        employer.contact_email = f"office@{slugify(employer.name)}.example"
        Employer.unscoped.filter(pk=employer.pk).update(contact_email=employer.contact_email)
    return str(employer.contact_email)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 15), tzinfo=LONDON)


def picture_of(evidence: Evidence) -> bytes:
    """A made-up payslip as someone would photograph it."""
    person, employer = evidence.episode.person, evidence.job.employer
    lines = (
        "PAYSLIP (made up for a demonstration)",
        employer.name if employer else "",
        f"{person.first_name} {person.surname}",
        f"Pay period ends {in_words(evidence.about_on)}" if evidence.about_on else "",
        f"Hours a week {evidence.job.contract_hours:g}" if evidence.job.contract_hours else "",
    )
    paper = Image.new("RGB", (900, 620), (238, 236, 228))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((40, 40, 860, 580), fill=(255, 255, 255), outline=(150, 150, 150), width=2)
    for place, line in enumerate(filter(None, lines)):
        pen.text((80, 80 + place * 64), line, fill=(30, 30, 30), font=ImageFont.load_default(30 if place else 26))
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()
