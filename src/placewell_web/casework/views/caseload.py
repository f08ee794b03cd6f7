"""The caseload of a specialist, and the list of caseloads a leader may open."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.forms.lists import CaseloadForm, PeopleSearchForm
from placewell_web.casework.permissions import receives_support
from placewell_web.casework.presenters import caseload_page as page
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.presenters.milestones import ladder
from placewell_web.casework.queries import caseload, episodes, search, teams
from placewell_web.clients import queries as clients


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def show_caseload(request: HttpRequest) -> HttpResponse:
    form = CaseloadForm(request.GET, pills=page.PILLS, clocks=page.CLOCKS, columns=page.SORTS)
    asked = form.asked()
    whose = _whose(request, asked["specialist"])
    if whose is None:
        return _choose(request)
    own = str(whose) == str(request.viewer.user_id)
    held = episodes.own_and_covered(request.viewer) if own else episodes.caseload_of(request.viewer, whose)
    loaded = caseload.load(held, request.today)
    covering = teams.covering(request.viewer, loaded) if own else {}
    rows = cases(loaded)
    part = page.page_of(page.shown(rows, asked), asked, form.page_asked())
    ids = [case.episode_id for case in part.rows]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_caseload", ids=ids)
    fte = episodes.full_time_equivalent(whose, request.today)
    context = {
        "rows": part.rows,
        "page": part,
        "everyone": len(rows),
        "pills": page.pills(page.by_clock(rows, asked["clock"]), asked),
        "clocks": page.clock_pills(rows, asked),
        "heads": page.heads(asked),
        "asked": asked,
        "sorted": page.sorted_words(asked),
        "columns": ladder(loaded.spec).columns,
        "room": page.own_room(loaded.spec, loaded.active, rows, covering, fte, request.today),
        "covering": covering,
        "own": own,
        "name": asked["specialist"] and episodes.name_of(whose),
    }
    return render(request, "casework/caseload.html", context)


@staff(Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)
def search_people(request: HttpRequest) -> HttpResponse:
    words = PeopleSearchForm(request.GET).words()
    found = search.people_called(request.viewer, words)
    ids = [episode.pk for episode in found]
    audit.record_list_view(by=request.actor, at=request.now, verb="search_people", ids=ids)
    context = {"query": words, "found": found, "few": search.too_few(words), "receives_support": receives_support}
    context["died"] = clients.the_dead(request.viewer, [episode.person_id for episode in found if episode.closed_on])
    return render(request, "casework/search.html", context)


def _whose(request: HttpRequest, specialist: str) -> object | None:
    """The specialist whose caseload is shown: oneself, or one of a leader's lots; None: a leader has to choose."""
    viewer = request.viewer
    if not specialist or specialist == str(viewer.user_id):
        return viewer.user_id if viewer.has_role(Role.SPECIALIST) else None
    if specialist not in {str(one.pk) for one in episodes.specialists(viewer, request.today)}:
        raise Http404
    return specialist


def _choose(request: HttpRequest) -> HttpResponse:
    rows = episodes.caseload_sizes(request.viewer, request.today)
    return render(request, "casework/caseloads.html", {"rows": rows, "address": reverse("casework:caseload")})
