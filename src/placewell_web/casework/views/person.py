"""The pages about one person; each view of them is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.presenters import coming_back, overview, proof, ribbon
from placewell_web.casework.presenters import history as told
from placewell_web.casework.presenters.due import PlannedContact, planned_contact
from placewell_web.casework.presenters.radar import radar as radar_rows
from placewell_web.casework.presenters.saving import ordinals
from placewell_web.casework.queries import episodes, person, plans, radar, teams
from placewell_web.casework.views.documents import documents_summary
from placewell_web.casework.views.opening import Opened, opened

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
RECENT = 4


@staff(*CASEWORKERS)
def show_person(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "person")
    contacts = list(person.contacts(page.episode))
    documents = list(person.documents(page.episode))
    jobs = list(person.jobs(page.episode))
    rows = proof.proof_rows(page.loaded, documents)
    numbers = ordinals(page.loaded, contacts)
    context = {
        **page.context,
        **_ribbon(page, contacts),
        "dues": page.case.dues,
        "planned": _planned(page),
        "contacts": overview.contact_rows(contacts[:RECENT], page.episode.person.called, numbers),
        "contact_count": len(contacts),
        "jobs": [overview.job_card(job, request.today) for job in jobs],
        "proof": rows,
        "radar": _radar(page, request),
        "payment": proof.payment(page.loaded.spec, person.payment_line(page.loaded), rows),
        **_summaries(page),
    }
    return render(request, "casework/person.html", context)


@staff(*CASEWORKERS)
def show_contacts(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "contacts")
    contacts = list(person.contacts(page.episode))
    rows = overview.contact_rows(contacts, page.episode.person.called, ordinals(page.loaded, contacts))
    return render(request, "casework/contacts.html", {**page.context, "contacts": rows})


@staff(*CASEWORKERS)
def show_history(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "history")
    rows = told.history_rows(person.history(request.viewer, page.episode))
    return render(request, "casework/history.html", {**page.context, "rows": rows})


def _radar(page: Opened, request: HttpRequest) -> list[Any]:
    ids = page.loaded.episode_ids
    agreed = radar.may_ask_employers(page.viewer, ids, request.today)
    return radar_rows(page.loaded, radar.links_asking(page.viewer, ids), agreed, request.now)


def _planned(page: Opened) -> PlannedContact | None:
    """The day the next contact was set for."""
    on = episodes.planned_contacts(page.viewer, [page.episode.pk]).get(str(page.episode.pk))
    return planned_contact(on, page.loaded.today) if on else None


def _ribbon(page: Opened, contacts: list[Any]) -> dict[str, Any]:
    entered_on = page.loaded.outcome.get("entered_on")
    story = overview.story(page.loaded, page.case, page.episode.person.called, entered_on, contacts)
    attended = sum(touch.kind == "attended" for touch in story.touches)
    return {
        "story": story,
        "sentence": overview.sentence(page.loaded, story),
        "wide": ribbon.draw(story, ribbon.WIDE),
        "compact": ribbon.draw(story, ribbon.COMPACT),
        "listed": ribbon.listed(story),
        "mark_rows": [(mark, *ribbon.mark_state(mark, story.today)) for mark in story.marks if mark.on],
        "contacts_words": f"{len(story.touches)}, {attended} attended",
    }


def _summaries(page: Opened) -> dict[str, Any]:
    today = page.loaded.today
    completed = [one for one in person.profiles(page.episode) if one.completed_on]
    agreed = [one for one in plans.plans(page.episode) if one.agreed_on]
    return {
        "profile": completed[0] if completed else None,
        "plan": agreed[0] if agreed else None,
        **documents_summary(page.episode, today),
        "benefits": person.benefits(page.episode),
        "consents": person.consents(page.episode, today),
        "disclosures": list(page.episode.disclosures.order_by("-on")[:1]),
        "supporters": list(teams.who_supported(page.viewer, page.episode)),
        "others": list(person.other_episodes(page.viewer, page.episode)),
        "follows": coming_back.how_it_follows(page.episode),
        "why_ended": overview.why_ended(page.loaded.spec, page.episode, person.closing(page.episode)),
        "can_refer_again": permissions.can_refer_again(page.viewer, page.episode),
        "can_ask_again": permissions.can_ask_again(page.viewer, page.episode),
        "can_move": permissions.can_move(page.viewer, page.episode),
        "can_plan": permissions.can_plan(page.viewer, page.episode),
        "can_reopen": permissions.can_reopen(page.viewer, page.episode, today),
    }
