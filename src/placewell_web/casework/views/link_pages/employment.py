"""An employer confirms a job: the first day, the hours, and whether the person works there now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.casework import permissions
from placewell_web.casework.actions import arrivals as record
from placewell_web.casework.forms.link_pages import ConfirmationForm
from placewell_web.casework.presenters import arrivals
from placewell_web.casework.queries import links
from placewell_web.casework.views.link_pages.ended import gone
from placewell_web.clients.documents.settings import store
from placewell_web.nhsuk.sent import posted


def show_employment(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    """The questions, or the receipt once they are answered; gone where the person took their consent back."""
    job = links.job_about(link)
    if job is None or not permissions.may_ask_employer(link.episode, request.today):
        return gone(request)
    if link.answered_at:
        return render(request, "casework/links/employment_sent.html", {"link": link})
    person = link.episode.person
    options = {"called": person.called, "today": request.today}
    form = ConfirmationForm(posted(request), **options) if request.method == "POST" else ConfirmationForm(**options)
    if request.method == "POST" and form.is_valid():
        said, name = form.said(), f"{person.first_name} {person.surname}"
        file = arrivals.confirmation(said, name, arrivals.job_named(job), request.now)
        record.receive_confirmation(at=request.now, link=link, job=job, said=said, file=file, store=store())
        return redirect("casework:link", secret=secret)
    context = {"link": link, "form": form, "job": arrivals.job_named(job), "person": person}
    return render(request, "casework/links/employment.html", context)
