"""The outbox to the evaluator, as far as staff may see it: that a notice waits or was sent, never what it says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placewell_web.accounts.policy import Role, staff
from placewell_web.audit.actions import record_list_view
from placewell_web.trial.presenters.aftercare import notice_row
from placewell_web.trial.queries import aftercare
from placewell_web.trial.views.after_opening import trial_now


@staff(Role.TEAM_LEADER, Role.MANAGER)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Withdrawals, corrections and issues of the viewer's own people, and whether the evaluator has them."""
    trial = trial_now()
    rows = [notice_row(one, request.now) for one in aftercare.notices(request.viewer)]
    shown = sorted({row.number for row in rows} - {""})
    record_list_view(by=request.actor, at=request.now, verb="view_trial_notices", ids=shown)
    context = {"rows": rows, "hours": trial.notice_hours, "late": sum(row.state == "Late" for row in rows)}
    return render(request, "trial/notices.html", context)
