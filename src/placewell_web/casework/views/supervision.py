"""Supervision: the sheet of a specialist, what was kept, the group's meeting, and what was agreed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from placewell.periods import Period, year_of
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.audit import actions as audit
from placewell_web.casework.actions import supervision as actions
from placewell_web.casework.forms.supervision import ROWS, GroupForm, SheetForm
from placewell_web.casework.presenters import board, sheet
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload, episodes, supervisions, teams
from placewell_web.nhsuk.sent import posted

LEADERS = (Role.TEAM_LEADER, Role.MANAGER)
STAFF = (Role.SPECIALIST, *LEADERS)


@staff(*LEADERS)
def prepare(request: HttpRequest, specialist: UUID) -> HttpResponse:
    """The sheet as things stand today, with room for notes and actions; keeping it signs it."""
    member = teams.member(request.viewer, request.today, specialist)
    last = supervisions.supervisions_of(request.viewer, member.id).filter(kind=supervisions.INDIVIDUAL).first()
    agreed = list(supervisions.actions_of(request.viewer, member.id, last.on if last else request.today))
    sections = _sections(request, member, agreed)
    people = [(str(member.id), member.name), (str(request.viewer.user_id), request.viewer.name)]
    data = posted(request) if request.method == "POST" else None
    form = SheetForm(data, opened=agreed, people=people, initial={"token": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, member, form, sections)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, f"Kept and signed by you. {member.name} is asked to sign it.")
            return redirect("casework:supervision", supervision=kept.pk)
    context = {
        "member": member,
        "sections": sections,
        "form": form,
        "last": last,
        "opened": [one for one in agreed if one.done_on is None],
        "numbers": range(1, ROWS + 1),
    }
    return render(request, "casework/supervision_sheet.html", context)


@staff(*STAFF)
@require_safe
def show_supervision(request: HttpRequest, supervision: UUID) -> HttpResponse:
    """A kept supervision, as it was signed."""
    found = supervisions.supervision(request.viewer, supervision)
    sections = sheet.from_text(found.sheet)
    ids = [line.episode_id for section in sections for line in section.lines if line.episode_id]
    audit.record_list_view(by=request.actor, at=request.now, verb="view_supervision", ids=ids, lot=found.lot_id)
    context = {
        "kept": found,
        "sections": sections,
        "actions": [
            (one, sheet.action_state(one, request.today))
            for one in found.actions.select_related("who").order_by("created_at", "pk")
        ],
        "own": found.specialist_id == request.viewer.user_id,
    }
    return render(request, "casework/supervision.html", context)


@staff(Role.SPECIALIST)
@require_POST
def sign(request: HttpRequest, supervision: UUID) -> HttpResponse:
    found = supervisions.supervision(request.viewer, supervision)
    actions.sign_supervision(viewer=request.viewer, by=request.actor, at=request.now, supervision=found)
    messages.success(request, "Signed.")
    return redirect("casework:supervision", supervision=found.pk)


@staff(*STAFF)
@require_POST
def tick_action(request: HttpRequest, action: UUID) -> HttpResponse:
    found = supervisions.action(request.viewer, action)
    actions.tick_action(viewer=request.viewer, by=request.actor, at=request.now, action=found)
    messages.success(request, "Done. It stands on the next sheet.")
    return redirect("casework:today" if request.viewer.has_role(Role.SPECIALIST) else "casework:team")


@staff(Role.SPECIALIST)
@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The viewer's own supervision: what is to sign, what is to do, what was held."""
    held = list(supervisions.supervisions_of(request.viewer, request.viewer.user_id)[:100])
    due = supervisions.due(request.viewer, [request.viewer.user_id], request.today)
    context = {
        "held": held,
        "tasks": supervisions.tasks(request.viewer),
        "due": board.supervised(due.get(str(request.viewer.user_id), []), request.today),
    }
    return render(request, "casework/own_supervision.html", context)


@staff(*LEADERS)
def hold_group(request: HttpRequest) -> HttpResponse:
    """The group's weekly meeting, kept in one press with everyone ticked."""
    here = [one for one in teams.members(request.viewer, request.today) if one.in_post]
    people = [(str(one.id), one.name) for one in here if one.id != request.viewer.user_id]
    data = posted(request) if request.method == "POST" else None
    initial = {"on": request.today, "token": uuid.uuid4(), "came": [id for id, _ in people]}
    form = GroupForm(data, members=people, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        came = {id: teams.lots_held(request.viewer, id, request.today)[0] for id in map(UUID, said["came"])}
        held = actions.hold_group(
            viewer=request.viewer,
            by=request.actor,
            at=request.now,
            token=said["token"],
            on=said["on"],
            came=came,
            leads=said["leads"],
            notes=said["notes"],
        )
        messages.success(request, "Group supervision is kept.")
        return redirect("casework:group_supervision", group=held.pk)
    context = {"form": form, "before": supervisions.groups(request.viewer)[:8]}
    return render(request, "casework/hold_group.html", context)


@staff(*STAFF)
@require_safe
def show_group(request: HttpRequest, group: UUID) -> HttpResponse:
    held = supervisions.group(request.viewer, group)
    return render(request, "casework/group_supervision.html", {"held": held, "came": supervisions.who_came(held)})


def _sections(request: HttpRequest, member: teams.Member, agreed: list[Any]) -> list[sheet.Section]:
    """The sheet from the caseload of today, and from the library's own figures of these people."""
    spec = service.current()
    now = board.quarter(spec, request.today)
    held = episodes.supported_since(request.viewer, [member.id], now.start if now else request.today)
    loaded = caseload.load(held, request.today)
    rows = cases(loaded)
    audit.record_list_view(
        by=request.actor, at=request.now, verb="view_supervision_sheet", ids=[one.episode_id for one in rows]
    )
    [row] = board.board(board.Team(loaded, rows, request.today), [member])
    periods: list[Period] = [now, year_of(request.today, spec.service.first_quarter_starts)] if now else []
    since = request.today - timedelta(days=sheet.CONTACT_DAYS)
    return sheet.sheet(
        row,
        loaded.dataset["contacts"].to_dicts(),
        loaded.meetings_held(since),
        {case.episode_id: case.name for case in rows},
        supervisions.employer_work(request.viewer, member.id, since, request.today),
        supervisions.outcomes_of(request.viewer, member.id, spec, periods, request.today) if periods else [],
        periods,
        agreed,
        request.today,
    )


def _keep(request: HttpRequest, member: teams.Member, form: SheetForm, sections: list[sheet.Section]) -> Any:
    lots = teams.lots_held(request.viewer, member.id, request.today)
    if not lots:
        raise Refused(f"{member.name} holds no post today. Hand the caseload over instead.")
    return actions.keep_supervision(
        viewer=request.viewer,
        by=request.actor,
        at=request.now,
        token=form.cleaned_data["token"],
        specialist_id=member.id,
        lot=lots[0],
        sheet=sheet.to_text(sections),
        notes=form.cleaned_data["notes"],
        agreed=form.agreed(request.today),
        done=form.done(),
    )
