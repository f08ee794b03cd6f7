"""Personal links as staff give them: to email or to copy, the list of a person's links, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.actions import links as record
from placewell_web.casework.forms.links import GiveForm, new_token
from placewell_web.casework.forms.parsers import wanted_about, wanted_outcome
from placewell_web.casework.letters import letter
from placewell_web.casework.presenters import links as told
from placewell_web.casework.presenters.claim import job_words
from placewell_web.casework.queries import links, person
from placewell_web.casework.queries import questionnaires as kept
from placewell_web.casework.views.links import PURPOSES
from placewell_web.casework.views.opening import opened, reached, record_view
from placewell_web.intake.letters import post
from placewell_web.nhsuk.sent import posted

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
QUESTIONNAIRE = "questionnaire"
OTHERWISE = "Give it in another way: show it to copy, and hand it over in person."


@dataclass(frozen=True)
class Asked:
    """What a link is to be given for: its purpose, and the record and milestone, or the questionnaire, it is about."""

    episode: Any
    purpose: told.Purpose
    about: UUID | None
    job: Any = None
    outcome: str = ""
    questionnaire: str = ""


@staff(*CASEWORKERS)
def give_link(request: HttpRequest, episode: UUID, purpose: str) -> HttpResponse:
    """Ask a client or an employer for something by a personal link."""
    asked = _asked(request, reached(request, episode), purpose)
    ways, closed = told.ways(asked.purpose, asked.episode, asked.job)
    options = {"ways": ways, "doubt": told.doubt(asked.purpose, asked.episode, _decision(asked))}
    if request.method == "POST":
        form = GiveForm(posted(request), **options)
        if form.is_valid():
            return _give(request, asked, form.cleaned_data["how"], form.cleaned_data["token"])
    else:
        only = {"how": ways[0].id} if len(ways) == 1 else {}
        form = GiveForm(initial={"token": new_token()} | only, **options)
    record_view(request, asked.episode, f"give_link_{asked.purpose.id}")
    return render(request, "casework/links/give.html", _context(request, asked, closed) | {"form": form})


def _asked(request: HttpRequest, episode: Any, purpose: str) -> Asked:
    wanted = told.PURPOSES.get(purpose)
    if wanted is None or purpose not in PURPOSES:
        raise Http404
    permissions.check_can_work_with(request.viewer, episode)
    permissions.check_lives(episode)
    if wanted.given_to == told.EMPLOYER:
        permissions.check_can_ask_employer(request.viewer, episode, request.today)
    about = wanted_about(request)
    if purpose == QUESTIONNAIRE:
        return _questionnaire(request, episode, wanted, about)
    if purpose not in told.OF_A_JOB:
        return Asked(episode, wanted, about)
    job = _job(episode, about)
    return Asked(episode, wanted, job.pk, job, _outcome(request))


def _questionnaire(request: HttpRequest, episode: Any, wanted: told.Purpose, about: UUID | None) -> Asked:
    """The questionnaire that was asked by a link and waits for its answers."""
    if about is None:
        raise Http404
    one = kept.one_asked(request.viewer, episode, about)
    name = label("instrument", one.instrument)
    if not (one.is_open and one.way == "link"):
        raise Refused(f"{name} does not wait for answers by a link.", "Ask it again, by a personal link.")
    return Asked(episode, wanted, about, questionnaire=name)


def _job(episode: Any, about: UUID | None) -> Any:
    """The job that is named, or the latest."""
    jobs = list(person.jobs(episode))
    if not jobs:
        raise Refused("No job has been recorded, so there is nothing to prove yet.", "Record the job first.")
    found = next((job for job in jobs if job.pk == about), None if about else jobs[0])
    if found is None:
        raise Http404
    return found


def _outcome(request: HttpRequest) -> str:
    """The milestone that is named; the first that asks for proof where none is."""
    asked = [rule.outcome for rule in service.current().outcomes.evidence]
    wanted = wanted_outcome(request)
    if not asked or (wanted and wanted not in asked):
        raise Http404
    return wanted or asked[0]


def _decision(asked: Asked) -> Any:
    return links.told_to_employer(asked.episode, asked.job) if asked.purpose.given_to == told.EMPLOYER else None


def _give(request: HttpRequest, asked: Asked, how: str, token: str) -> HttpResponse:
    link, secret = record.give_link(
        by=request.actor,
        at=request.now,
        episode=asked.episode,
        purpose=asked.purpose.id,
        given_to=asked.purpose.given_to,
        about=asked.about,
        outcome=asked.outcome,
        days=asked.purpose.days,
        token=f"{how} {token}",
    )
    if not told.state(link, request.now).works:
        raise Refused("This page was used before, and its link does not work any more.", "Open the page again.")
    address = request.build_absolute_uri(reverse("casework:link", args=[secret]))
    words = told.message(
        asked.purpose, asked.episode, request.actor.name, address, link.expires_at, settings.SERVICE_PHONE
    )
    if how == "email":
        return _email(request, asked, link, words)
    context = _context(request, asked, "") | {
        "link": link,
        "address": address,
        "message": words,
        "text_to": told.text_address(asked.purpose, asked.episode),
    }
    return render(request, "casework/links/given.html", context)


def _email(request: HttpRequest, asked: Asked, link: Any, words: told.Message) -> HttpResponse:
    """Email it once: marked first, so that a second press sends nothing."""
    to, _ = told.address_on_record(asked.purpose, asked.episode, asked.job)
    fresh = record.mark_sent(by=request.actor, at=request.now, link=link, to=to)
    if fresh and not post(letter(words, to)):
        record.mark_not_sent(by=request.actor, at=request.now, link=link)
        raise Refused("The email could not be sent, so nobody has the link.", OTHERWISE)
    messages.success(request, f"The link was emailed to {to}.")
    return redirect("casework:links", episode=asked.episode.pk)


def _context(request: HttpRequest, asked: Asked, closed: str) -> dict[str, Any]:
    called = asked.episode.person.called
    return {
        "episode": asked.episode,
        "purpose": asked.purpose,
        "does": asked.purpose.does.format(called=called),
        "to": told.receiver(asked.purpose, asked.episode, asked.job),
        "job": job_words(asked.job) if asked.job else "",
        "outcome": asked.outcome,
        "questionnaire": asked.questionnaire,
        "closed": closed,
        "warning": told.warning(asked.purpose, asked.episode, _decision(asked)),
        "alerts": person.alerts(asked.episode, request.today),
    }


@staff(*CASEWORKERS)
def show_links(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Every link given for the person, and what became of it."""
    page = opened(request, episode, "links")
    rows = told.rows(links.links_of(page.viewer, page.episode), request.now)
    return render(request, "casework/links/list.html", {**page.context, "rows": rows})


@staff(*CASEWORKERS)
@require_POST
def take_back(request: HttpRequest, link: UUID) -> HttpResponse:
    """From now on the link's address answers that it no longer works."""
    found = get_object_or_404(links.links(request.viewer), pk=link)
    permissions.check_can_describe(request.viewer, found.episode)
    record.revoke_link(by=request.actor, at=request.now, link=found)
    messages.success(request, "The link is taken back. Whoever opens it is told that it no longer works.")
    return redirect("casework:links", episode=found.episode_id)
