"""A client sends proof of work: photos or files of a paper, or a declaration where the contract accepts one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import service
from placewell_web.casework.actions import arrivals as record
from placewell_web.casework.forms.link_pages import DeclarationForm, ProofForm
from placewell_web.casework.presenters import arrivals
from placewell_web.casework.queries import links
from placewell_web.casework.views.link_pages.ended import gone
from placewell_web.clients.documents.settings import store
from placewell_web.nhsuk.sent import posted, pressed, sent_files


def show_proof(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    """What is asked for, or the receipt once it came."""
    job = links.job_about(link)
    asked = job and arrivals.wanted(
        service.current(), job, link.outcome, links.milestone_about(link, request.today), request.today
    )
    if not asked:
        return gone(request)
    if link.answered_at:
        return render(request, "casework/links/proof_sent.html", {"link": link})
    options = {"kinds": asked.kinds, "earliest": asked.from_on, "today": request.today}
    form, declaration = ProofForm(**options), DeclarationForm(auto_id="declare_%s")
    if request.method == "POST" and pressed(request, "declare") and asked.declares:
        declaration = DeclarationForm(posted(request), auto_id="declare_%s")
        if declaration.is_valid():
            file = arrivals.declaration(asked.declares, declaration.cleaned_data["name"], request.now)
            return _receive(request, link, secret, job, arrivals.DECLARATION, request.today, [file])
    elif request.method == "POST":
        form = ProofForm(posted(request), sent_files(request), **options)
        if form.is_valid():
            sent = form.cleaned_data
            return _receive(request, link, secret, job, sent["kind"], sent["about_on"], sent["checked"])
    context = {"link": link, "asked": asked, "paper": form, "declaration": declaration}
    shown = declaration if declaration.errors else form
    return render(request, "casework/links/proof.html", context | {"form": shown})


def _receive(
    request: HttpRequest, link: Any, secret: str, job: Any, kind: str, about_on: Any, files: Any
) -> HttpResponse:
    """Keep it and show the receipt; who sends twice, or from two devices, sees the same receipt."""
    record.receive_proof(at=request.now, link=link, job=job, kind=kind, about_on=about_on, files=files, store=store())
    return redirect("casework:link", secret=secret)
