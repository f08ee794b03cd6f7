"""Pages of one's own account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from placewell_web.accounts import presenters, queries, unsent
from placewell_web.accounts.policy import setting_up, signed_in
from placewell_web.accounts.service import current

LANDING = (
    ("specialist", "casework:today"),
    ("team_leader", "casework:team"),
    ("manager", "reporting:quarter"),
    ("administrator", "accounts:users"),
    ("programme", "reporting:contract"),
    ("commissioner", "reporting:contract"),
    ("unblinded", "evaluation:flow"),
    ("evaluator", "evaluation:flow"),
    ("evaluator", "reporting:contract"),
    ("unblinded", "reporting:contract"),
)
OF_A_TRIAL = "evaluation:"


@signed_in
def landing(request: HttpRequest) -> HttpResponse:
    """Where a person lands after signing in: the first page of their first post."""
    for role, name in LANDING:
        if name.startswith(OF_A_TRIAL) and current().trial is None:
            continue
        if request.viewer.has_role(role):  # type: ignore[attr-defined]
            try:
                return redirect(reverse(name))
            except NoReverseMatch:
                continue
    return redirect("accounts:account")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, with which posts, and how."""
    rows = presenters.account_rows(request.viewer, request.user.email)  # type: ignore[attr-defined,union-attr]
    second = queries.has_second_factor(request.user)  # type: ignore[arg-type]
    return render(request, "accounts/account.html", {"rows": rows, "second_factor": second})


@setting_up
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page that asks staff to add a passkey or an authenticator app."""
    return render(request, "accounts/second_factor.html")


@signed_in
def not_sent(request: HttpRequest) -> HttpResponse:
    """What was being sent when the session ended: shown again, to send once more, to copy or to throw away."""
    kept = unsent.take(request)
    if kept is None:
        raise Http404
    if request.method == "POST":
        unsent.forget(request)
        return redirect(kept.page)
    unsent.mark_shown(request)
    return render(request, "accounts/not_sent.html", {"kept": kept})
