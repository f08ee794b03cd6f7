"""Who may open an address: every view carries one of these decorators, and the matrix test reads what they declare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import queries, unsent
from placewell_web.accounts.roles import Role

View = Callable[..., HttpResponse]
KEEPING = ("signed_in", "staff")
METHODS = ("GET", "HEAD", "POST")
"""A page is read or sent; what asks in any other way is refused at the door (config/middleware.py)."""


@dataclass(frozen=True)
class Policy:
    """What a view declares: `public`, `signed_in`, `staff` with roles, or `closed` (nobody: 404)."""

    kind: str
    roles: frozenset[str] = frozenset()
    second_factor: bool = True


def public(view: View) -> View:
    """Anyone may open it."""
    return _declare(view, Policy("public"))


def signed_in(view: View) -> View:
    """Anyone who has signed in, with a second factor where one is required."""
    return _declare(view, Policy("signed_in"))


def setting_up(view: View) -> View:
    """Anyone who has signed in, also while the second factor is still to be set up."""
    return _declare(view, Policy("signed_in", second_factor=False))


def closed(view: View) -> View:
    """Nobody: the address answers as if it did not exist."""
    return _declare(view, Policy("closed"))


def staff(*roles: str) -> Callable[[View], View]:
    """Those who hold one of these posts today."""

    def decorate(view: View) -> View:
        return _declare(view, Policy("staff", frozenset(str(role) for role in roles or Role.values)))

    return decorate


def _declare(view: View, policy: Policy) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = _refusal(request, policy)
        return refusal if refusal is not None else view(request, *args, **kwargs)

    guarded.policy = policy  # type: ignore[attr-defined]
    return guarded


def _refusal(request: HttpRequest, policy: Policy) -> HttpResponse | None:
    if policy.kind == "closed":
        return render(request, "nhsuk/errors/404.html", status=404)
    if policy.kind == "public":
        return None
    if not request.user.is_authenticated:
        return _to_sign_in(request, policy)
    if policy.second_factor and settings.SECOND_FACTOR_REQUIRED and not queries.has_second_factor(request.user):
        return redirect("accounts:second_factor")
    if policy.kind == "staff":
        return _role_refusal(request, policy.roles)
    return None


def again(request: HttpRequest, policy: Policy) -> HttpResponse | None:
    """What is shown where a page's token is no longer good: the page once more with what was typed, nothing saved.

    Only to the person the page was made for, by its proof, and only where a page of this site sent it: what another
    site sends gains nothing by it.
    """
    writer = unsent.writer_of(request)
    if policy.kind not in KEEPING or not policy.second_factor or writer is None or not unsent.comes_from_here(request):
        return None
    if not request.user.is_authenticated:
        return _to_sign_in(request, policy)
    if writer != str(request.user.pk) or not unsent.is_page(request):
        return None
    if unsent.keep(request):
        return redirect(unsent.page_of(request))
    return render(request, "accounts/not_sent.html", {"kept": unsent.read(request)}, status=403)


def _to_sign_in(request: HttpRequest, policy: Policy) -> HttpResponse:
    """The sign-in page, which leads back to the page; what was typed there waits meanwhile."""
    if policy.second_factor:
        unsent.keep(request)
    return redirect_to_login(unsent.page_of(request) if request.method == "POST" else request.get_full_path())


def _role_refusal(request: HttpRequest, roles: frozenset[str]) -> HttpResponse | None:
    viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.has_role(*roles):
        return None
    labels = [role.label for role in Role if role in roles]
    context = {"who": labels, "mine": viewer.role_labels}
    return render(request, "nhsuk/errors/role.html", context, status=403)
