"""Proof: uploading it, opening it, and the queue of those who decide it, with the next one at hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework import permissions
from placewell_web.casework.actions import proofs
from placewell_web.casework.forms.evidence import DecisionForm, UploadForm
from placewell_web.casework.forms.parsers import wanted_outcome
from placewell_web.casework.presenters import claim
from placewell_web.casework.presenters.arrivals import PLAIN_TEXT
from placewell_web.casework.queries import caseload, episodes, person
from placewell_web.casework.views.opening import reached, record_view
from placewell_web.clients.documents import EvidenceUnreadable
from placewell_web.clients.documents.settings import store
from placewell_web.nhsuk.sent import posted, pressed, sent_files

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)
OK = 200
MOST_WAITING = 50  # shown at once, the oldest: the rest moves up as they are decided


@staff(*CASEWORKERS)
def upload(request: HttpRequest, episode: UUID) -> HttpResponse:
    found = reached(request, episode)
    permissions.check_can_work_with(request.viewer, found)
    jobs = list(person.jobs(found))
    options = {
        "spec": service.current(),
        "jobs": [(str(job.pk), claim.job_words(job)) for job in jobs],
        "today": request.today,
        "earliest": found.referred_on,
    }
    if request.method == "POST":
        form = UploadForm(posted(request), sent_files(request), **options)
        if form.is_valid():
            return _keep(request, found, form, jobs)
    else:
        initial = {"received_on": request.today, "outcome": wanted_outcome(request)}
        form = UploadForm(initial=initial | ({"job": str(jobs[0].pk)} if len(jobs) == 1 else {}), **options)
    record_view(request, found, "evidence_upload")
    return render(request, "casework/evidence_upload.html", {"form": form, "episode": found})


def _keep(request: HttpRequest, episode: Any, form: UploadForm, jobs: list[Any]) -> HttpResponse:
    chosen = form.cleaned_data["job"]
    proofs.upload_evidence(
        by=request.actor,
        at=request.now,
        episode=episode,
        job=next((job for job in jobs if str(job.pk) == chosen), None),
        facts=form.facts(),
        file=form.cleaned_data["file"],
        store=store(),
    )
    messages.success(request, "Proof uploaded. A team leader or manager will verify it.")
    return redirect("casework:jobs", episode=episode.pk)


@staff(*CASEWORKERS)
def open_file(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """The document itself, as a download that no browser runs; written down."""
    found = get_object_or_404(episodes.evidence(request.viewer), pk=evidence)
    if not found.storage_name:
        raise Http404
    try:
        content = store().get(found.pk, found.storage_name)
    except EvidenceUnreadable:
        return render(request, "casework/evidence_unreadable.html", {"evidence": found}, status=500)
    audit.record_view(
        by=request.actor,
        at=request.now,
        verb="open_evidence",
        target_kind="evidence",
        target_id=found.pk,
        person_id=found.episode.person_id,
        lot=found.episode.lot_id or "",
        detail={"sha256": found.sha256},
    )
    return _as_document(HttpResponse(content, content_type=found.media_type), claim.attachment(found.file_name))


@staff(*CASEWORKERS)
def show_picture(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """A photo, drawn anew when it came in, to stand beside its claim; opening it is written down as any document."""
    found = get_object_or_404(episodes.evidence(request.viewer), pk=evidence)
    if found.media_type not in claim.PICTURES:
        raise Http404
    response = open_file(request, evidence)
    return _as_document(response, "inline") if response.status_code == OK else response


def _as_document(response: HttpResponse, disposition: str) -> HttpResponse:
    """Nothing in it runs, whatever it is, and no other site can show it."""
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@staff(*DECIDERS)
def queue(request: HttpRequest) -> HttpResponse:
    all_waiting = episodes.evidence(request.viewer).filter(status="received").order_by("received_on", "created_at")
    waiting = list(all_waiting[:MOST_WAITING])
    ids = [one.episode_id for one in waiting]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_evidence_queue", ids=ids)
    same = episodes.sent_before(request.viewer, [one.sha256 for one in waiting])
    rows = [
        claim.queue_row(one, permissions.can_decide(request.viewer, one), request.today, same.get(one.sha256, ()))
        for one in waiting
    ]
    decided = episodes.evidence(request.viewer).exclude(status="received").order_by("-decided_on", "-created_at")[:10]
    context = {"rows": rows, "number": all_waiting.count(), "decided": list(decided)}
    return render(request, "casework/evidence_queue.html", context)


@staff(*DECIDERS)
def decide(request: HttpRequest, evidence: UUID) -> HttpResponse:
    found = get_object_or_404(episodes.evidence(request.viewer), pk=evidence)
    permissions.check_can_decide(request.viewer, found)
    form = DecisionForm(posted(request) if request.method == "POST" else None, initial={"seen": found.status})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        proofs.decide_evidence(
            viewer=request.viewer,
            by=request.actor,
            at=request.now,
            evidence=found,
            decision=answer["decision"],
            reason=answer["reason"],
            seen=answer["seen"],
        )
        messages.success(request, f"Proof {answer['decision']}.")
        following = _following(request, found) if pressed(request, "go_on") else None
        return redirect("casework:evidence_decide", following.pk) if following else redirect("casework:evidence_queue")
    record_view(request, found.episode, "evidence_decide")
    loaded = caseload.load(episodes.episodes(request.viewer).filter(pk=found.episode_id), request.today)
    same = episodes.sent_before(request.viewer, [found.sha256])
    context = {
        "form": form,
        "evidence": found,
        "claim": claim.claim_of(loaded, found, request.today, same.get(found.sha256, ())),
        "sender": claim.sender(found),
        "compared": claim.compared(found),
        "is_picture": found.media_type in claim.PICTURES and bool(found.storage_name),
        "text": _text(found),
        "effect": claim.effect_of(loaded, found, request.today),
        "others": [
            one for one in person.documents(found.episode) if one.pk != found.pk and one.outcome == found.outcome
        ],
    }
    return render(request, "casework/evidence_decide.html", context)


def _following(request: HttpRequest, decided: Any) -> Any:
    """The next document that waits for someone like the viewer, the oldest first."""
    waiting = episodes.evidence(request.viewer).filter(status="received").exclude(pk=decided.pk)
    oldest = waiting.order_by("received_on", "created_at")[:MOST_WAITING]
    return next((one for one in oldest if permissions.can_decide(request.viewer, one)), None)


def _text(evidence: Any) -> str:
    """The words of a declaration, as they were signed; they are the site's own document, so they can stand here."""
    if evidence.media_type != PLAIN_TEXT or not evidence.storage_name or hasattr(evidence, "confirmation"):
        return ""
    try:
        return store().get(evidence.pk, evidence.storage_name).decode("utf-8-sig")
    except EvidenceUnreadable:
        return ""
