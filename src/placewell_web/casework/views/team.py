"""The team board: each specialist's caseload against the limit, and what is late in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.presenters import caseload_page, team_page
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes


@staff(Role.TEAM_LEADER, Role.MANAGER)
def show_team(request: HttpRequest) -> HttpResponse:
    people = episodes.specialists(request.viewer, request.today)
    everyone = episodes.open_of(request.viewer, [one.pk for one in people])
    loaded = caseload.load(everyone, request.today)
    rows = {case.episode_id: case for case in cases(loaded)}
    whose = {row["episode_id"]: row["specialist_id"] for row in loaded.dataset["episodes"].to_dicts()}
    audit.record_list_view(by=request.actor, at=request.now, verb="view_team", ids=rows)
    ftes = episodes.full_time_equivalents([one.pk for one in people], request.today)
    board = [
        caseload_page.board_row(
            loaded.spec,
            one,
            [case for id, case in rows.items() if whose[id] == str(one.pk)],
            loaded.active,
            ftes.get(one.pk, 1.0),
            request.today,
        )
        for one in people
    ]
    called = {str(one.pk): one.name for one in people}
    names = {id: called[whose[id]] for id in rows}
    context = {
        "board": board,
        "unassigned": episodes.unassigned(request.viewer),
        "stuck": team_page.stuck(rows.values(), names),
        "limits": team_page.near_limits(rows.values(), names, request.today),
    }
    return render(request, "casework/team.html", context)
