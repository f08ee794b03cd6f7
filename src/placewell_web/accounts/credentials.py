"""What a user signs in with, and the audit entry that every change of it leaves in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from placewell_web.accounts.models import User
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Credentials:
    """A user's password, second steps and recovery codes, as far as a change of them shows."""

    password: str
    steps: dict[int, tuple[str, str]]  # id → kind and name
    codes_seen: bool = False

    def changes_to(self, after: Credentials) -> list[tuple[str, dict[str, Any]]]:
        """What happened between the two, as verbs of the audit with their detail."""
        found: list[tuple[str, dict[str, Any]]] = []
        if self.password != after.password:
            found.append(("change_password", {}))
        for verb, one, other in (("remove_second_step", self, after), ("add_second_step", after, self)):
            found += [(verb, {"kind": one.steps[key][0]}) for key in one.steps if key not in other.steps]
        both = self.steps.keys() & after.steps.keys()
        renamed = [key for key in both if self.steps[key] != after.steps[key]]
        found += [("rename_second_step", {"kind": after.steps[key][0]}) for key in renamed]
        return [*found, ("see_recovery_codes", {})] if after.codes_seen > self.codes_seen else found


def recorded(view: View) -> View:
    """The view in one transaction with the entries of what it changed in the user's credentials."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            owner = _owner(request, kwargs)
            before, confirmed = credentials_of(owner), len(get_authentication_records(request, owner))
            response = view(request, *args, **kwargs)
            if owner is not None:
                again = get_authentication_records(request, owner)[confirmed:]
                done = [("confirm_identity", {"method": _method(one)}) for one in again]
                _write(owner, [*done, *before.changes_to(credentials_of(owner))], request)
        return response

    return guarded


def credentials_of(user: User | None) -> Credentials:
    """What the database holds for the user now."""
    if user is None:
        return Credentials("", {})
    password = User.objects.values_list("password", flat=True).get(pk=user.pk)
    steps = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    return Credentials(
        password=password,
        steps={step.pk: (step.type, str(step.data.get("name", ""))) for step in steps},
        codes_seen=any(step.data.get("viewed_at") for step in steps),
    )


def confirm(request: HttpRequest, user: User) -> list[str]:
    """Let the sign-in of this moment count as the confirmation that exports and changes of sign-in ask for.

    Returns how the user signed in: `password`, `totp`, `webauthn`, `recovery_codes`.
    """
    records = get_authentication_records(request, user)
    if records:
        records[-1]["reauthenticated"] = True
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    return [_method(one) for one in records]


def _method(record: dict[str, Any]) -> str:
    return str(record.get("type") or record["method"])


def _owner(request: HttpRequest, arguments: dict[str, Any]) -> User | None:
    """Whose credentials the page changes: the one of the link's key, or the one who is signed in."""
    if "uidb36" not in arguments:
        return User.objects.filter(pk=request.user.pk).first()
    try:
        return User.objects.filter(pk=UUID(hex=arguments["uidb36"])).first()
    except ValueError:
        return None


def _write(user: User, changes: list[tuple[str, dict[str, Any]]], request: HttpRequest) -> None:
    for verb, detail in changes:
        record(
            by=Actor.user(user.pk, user.name),
            at=request.now,  # type: ignore[attr-defined]
            verb=verb,
            target_kind="user",
            target_id=user.pk,
            detail=detail,
        )
