"""Pages of one's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from placewell_web.accounts.models import Role
from placewell_web.accounts.policy import setting_up, signed_in

LANDING = (
    (Role.SPECIALIST, "casework:today"),
    (Role.TEAM_LEADER, "casework:team"),
    (Role.MANAGER, "reporting:quarter"),
    (Role.ADMINISTRATOR, "accounts:users"),
)


@signed_in
def landing(request: HttpRequest) -> HttpResponse:
    """Where a person lands after signing in: the first page of their first post."""
    for role, name in LANDING:
        if request.viewer.has_role(role):  # type: ignore[attr-defined]
            try:
                return redirect(reverse(name))
            except NoReverseMatch:
                continue
    return redirect("accounts:account")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.html")


@setting_up
def second_factor(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/second_factor.html")
