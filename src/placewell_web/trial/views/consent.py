"""Consent: the form read and answered line by line, and signed; afterwards as it was signed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts.policy import staff
from placewell_web.audit import actions as audit
from placewell_web.clients import queries as people
from placewell_web.clients.documents import EvidenceUnreadable
from placewell_web.clients.documents.settings import store
from placewell_web.nhsuk.sent import posted, sent_files
from placewell_web.trial.actions import consent as record
from placewell_web.trial.forms.consent import ConsentForm
from placewell_web.trial.queries import meetings
from placewell_web.trial.views.drafts import keeps_text
from placewell_web.trial.views.opening import (
    CASEWORKERS,
    Opened,
    at_step,
    common,
    keep,
    onward,
    page,
    resumed,
)

SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@keeps_text
@staff(*CASEWORKERS)
@at_step("consent")
def consent(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Each statement with its answer and the signature; a form that is signed is only shown."""
    wording = opened.trial.consent_form
    signed = meetings.consent_of(request.viewer, opened.meeting)
    if signed is not None:
        answers = {one.statement: one.agreed for one in signed.statements.all()}
        rows = [(one.text, answers.get(one.id)) for one in wording.statements]
        return page(request, opened, "trial/signed.html", signed=signed, rows=rows)
    if request.method != "POST":
        form = ConsentForm(wording=wording)
        resumed(request, opened, form)
        return _page(request, opened, form)
    form = ConsentForm(posted(request), sent_files(request), wording=wording)
    if form.is_valid() and not form.declined:
        record.take_consent(**common(request, opened), facts=form.facts(), store=store())
        return onward(request, opened)
    keep(request, opened)
    return _page(request, opened, form)


def _page(request: HttpRequest, opened: Opened, form: ConsentForm) -> HttpResponse:
    wording = opened.trial.consent_form
    declined = form.declined if form.is_bound else []
    statements = [(form[f"statement_{one.id}"], one.needed) for one in wording.statements]
    return page(
        request,
        opened,
        "trial/consent.html",
        form=form,
        statements=statements,
        version=wording.version,
        declined=declined,
    )


@staff(*CASEWORKERS)
def signature(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The signed paper or the drawn signature, as a download that no browser runs; written down."""
    found = people.get_episode(request.viewer, episode)
    meeting = meetings.meeting_of(request.viewer, episode)
    signed = meetings.consent_of(request.viewer, meeting) if meeting is not None else None
    if signed is None or not signed.storage_name:
        raise Http404
    try:
        content = store().get(signed.pk, signed.storage_name)
    except EvidenceUnreadable:
        return render(request, "trial/unreadable.html", {"episode": found, "person": found.person}, status=500)
    audit.record_view(
        by=request.actor,
        at=request.now,
        verb="open_signed_consent",
        target_kind="signedconsent",
        target_id=signed.pk,
        person_id=found.person_id,
        lot=found.lot_id or "",
        detail={"sha256": signed.sha256},
    )
    response = HttpResponse(content, content_type=signed.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="consent.{SUFFIXES[signed.media_type]}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
