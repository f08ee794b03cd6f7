"""The team board, and the people behind each of its numbers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placewell_web.accounts import service
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.forms.lists import BehindForm
from placewell_web.casework.presenters import board, team_page
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes, supervisions, teams
from placewell_web.employers.queries import leads
from placewell_web.nhsuk.words import day

MOST_LEADS = 5
LEADERS = (Role.TEAM_LEADER, Role.MANAGER)


@staff(*LEADERS)
def show_team(request: HttpRequest) -> HttpResponse:
    people = teams.members(request.viewer, request.today)
    team, rows = _team(request, people)
    opened = [behind.case for row in rows for behind in row.people["open"]]
    ids = [case.episode_id for case in opened]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_team", ids=ids)
    context = {
        "board": rows,
        "columns": board.COLUMNS,
        "quarter": board.quarter(team.loaded.spec, request.today),
        "stalled_rules": team.loaded.spec.pathway.stalled,
        "unassigned": episodes.unassigned(request.viewer),
        "late_or_soon": team_page.late_or_soon(rows),
        "limits": team_page.near_limits(rows),
        "search_days": board.SEARCH_DAYS,
        "limit_days": board.LIMIT_DAYS,
        "covers": teams.covers_ahead(request.viewer, request.today),
        "handovers": teams.handovers_today(request.viewer, request.today),
        "tasks": supervisions.tasks(request.viewer),
        "leads": leads.still_open(request.viewer, request.today, MOST_LEADS),
    }
    return render(request, "casework/team.html", context)


@staff(*LEADERS)
@require_safe
def show_behind(request: HttpRequest, specialist: UUID) -> HttpResponse:
    """The people behind one number of one specialist."""
    member = teams.member(request.viewer, request.today, specialist)
    show = BehindForm(request.GET, columns=board.TITLES).asked()
    _, rows = _team(request, [member])
    behind = rows[0].people[show]
    ids = [one.case.episode_id for one in behind]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_team_list", ids=ids)
    numbers = [(name, title, rows[0].number(name)) for name, title in board.TITLES.items()]
    context = {"member": member, "title": board.TITLES[show], "behind": behind, "show": show, "numbers": numbers}
    return render(request, "casework/team_people.html", context)


def _team(request: HttpRequest, people: list[teams.Member]) -> tuple[board.Team, list[board.BoardRow]]:
    """The team's people, loaded once, and a row for each specialist."""
    ids: list[Any] = [one.id for one in people]
    now = board.quarter(service.current(), request.today)
    held = episodes.supported_since(request.viewer, ids, now.start if now else request.today)
    loaded = caseload.load(held, request.today)
    covered: dict[str, list[str]] = {}
    covers: dict[str, list[str]] = {}
    for one in teams.covers_ahead(request.viewer, request.today):
        if one.from_on <= request.today:
            covered.setdefault(str(one.specialist_id), []).append(f"{one.colleague.name} to {day(one.to_on)}")
            covers.setdefault(str(one.colleague_id), []).append(f"{one.specialist.name} to {day(one.to_on)}")
    due = supervisions.due(request.viewer, ids, request.today)
    team = board.Team(loaded, cases(loaded), request.today, covered, covers, due)
    return team, board.board(team, people)
