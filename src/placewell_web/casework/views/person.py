"""The pages about one person; each view of them is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework import permissions
from placewell_web.casework.forms.contacts_page import ContactsForm
from placewell_web.casework.presenters import coming_back, contacts_page, overview, proof, ribbon, ribbon_drawing
from placewell_web.casework.presenters import history as told
from placewell_web.casework.presenters.due import PlannedContact, planned_contact
from placewell_web.casework.presenters.employers_said import employers_said
from placewell_web.casework.presenters.plans import agreement
from placewell_web.casework.presenters.radar import radar as radar_rows
from placewell_web.casework.presenters.saving import ordinals
from placewell_web.casework.queries import confirmations, episodes, person, plans, radar, teams
from placewell_web.casework.queries.contacts import matching, occurring
from placewell_web.casework.views.documents import documents_summary
from placewell_web.casework.views.opening import Opened, opened
from placewell_web.clients.wording import how_it_follows

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
RECENT = 4


@staff(*CASEWORKERS)
def show_person(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "person")
    contacts = list(person.contacts(page.episode))
    documents = list(person.documents(page.episode))
    jobs = list(person.jobs(page.episode))
    rows = proof.proof_rows(page.loaded, documents)
    if page.died:
        rows = [row for row in rows if row.mark.kind != "ring"]
    numbers = ordinals(page.loaded, contacts)
    context = {
        **page.context,
        **_ribbon(page, contacts),
        "dues": page.case.dues,
        "planned": _planned(page),
        "contacts": overview.contact_rows(contacts[:RECENT], page.episode.person.called, numbers),
        "contact_count": len(contacts),
        "jobs": [overview.job_card(job, request.today) for job in jobs],
        "said": employers_said(
            page.loaded, confirmations.against_the_record(page.viewer, [page.episode], request.today)
        ),
        "going_on": coming_back.jobs_going_on(page.loaded),
        "proof": rows,
        "radar": [] if page.died else _radar(page, request),
        "payment": proof.payment(page.loaded.spec, person.payment_line(page.loaded), rows),
        **_summaries(page),
    }
    return render(request, "casework/person.html", context)


@staff(*CASEWORKERS)
def show_contacts(request: HttpRequest, episode: UUID) -> HttpResponse:
    page = opened(request, episode, "contacts")
    every = list(person.contacts(page.episode))
    there = occurring(every)
    form = ContactsForm(request.GET, there=there)
    said = form.asked()
    found = matching(every, said)
    shown = Paginator(found, contacts_page.MOST_ROWS).get_page(form.page_asked())
    context = {
        **page.context,
        "contacts": overview.contact_rows(shown.object_list, page.episode.person.called, ordinals(page.loaded, every)),
        "page": shown,
        "prefix": contacts_page.address(said),
        "said": said,
        "choices": contacts_page.choices(there, said),
        "how_many": contacts_page.how_many(len(found), len(every), said),
        "any": bool(every),
    }
    return render(request, "casework/contacts.html", context)


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
    if page.died:
        story = overview.until_now(story)
    attended = sum(touch.kind == "attended" for touch in story.touches)
    return {
        "story": story,
        "sentence": overview.sentence(page.loaded, story),
        "wide": ribbon_drawing.draw(story, ribbon.WIDE),
        "compact": ribbon_drawing.draw(story, ribbon.COMPACT),
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
        "plan_agreed": agreement(agreed[0], "this plan") if agreed else "",
        **documents_summary(page.episode, today),
        "benefits": person.benefits(page.episode),
        "consents": person.consents(page.episode, today),
        "disclosures": list(page.episode.disclosures.order_by("-on")[:1]),
        "supporters": list(teams.who_supported(page.viewer, page.episode)),
        "others": list(person.other_episodes(page.viewer, page.episode)),
        "follows": how_it_follows(page.episode),
        "why_ended": overview.why_ended(page.loaded.spec, page.episode, person.closing(page.episode)),
        "can_refer_again": permissions.can_refer_again(page.viewer, page.episode),
        "can_ask_again": permissions.can_ask_again(page.viewer, page.episode),
        "can_move": permissions.can_move(page.viewer, page.episode),
        "can_plan": permissions.can_plan(page.viewer, page.episode),
        "can_reopen": permissions.can_reopen(page.viewer, page.episode, today),
    }
