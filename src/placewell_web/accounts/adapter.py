"""How allauth behaves here: nobody signs up by themselves, and every sign-in leaves an audit entry."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from placewell_web.accounts import credentials
from placewell_web.accounts.models import User
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator adds users; there is no public sign-up. What goes wrong is said in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask your administrator if you think it should not be.",
        "email_password_mismatch": "The email address or the password is not right. Try again.",
        "enter_current_password": "That is not the password you have now. Try again.",
        "incorrect_password": "That is not your password. Try again.",
        "rate_limited": "That was too often. Wait five minutes, then try again.",
        "too_many_login_attempts": "That was wrong too often. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        with transaction.atomic():
            super().login(request, user)
            for stale in ("began_at", "used_at", "ended_user"):
                request.session.pop(stale, None)
            _record(request, user, "sign_in", methods=credentials.confirm(request, user))

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            _record(request, request.user, "sign_out")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failed sign-in against the account, if there is one; the address typed is not kept."""
        user = User.objects.filter(email__iexact=str(credentials.get("email") or "")).first()
        with transaction.atomic():
            record(
                by=Actor.public_form(),
                at=request.now,  # type: ignore[attr-defined]
                verb="sign_in_failed",
                target_kind="user",
                target_id=user.pk if user else "unknown",
            )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's messages repeat what its pages say."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys are named after the site, not after the host."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or was used already. Enter the one your app shows now.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        entity["name"] = "Placewell"
        return entity


def _record(request: HttpRequest, user: Any, verb: str, **detail: Any) -> None:
    with transaction.atomic():
        by = Actor.user(user.pk, user.name)
        record(by=by, at=request.now, verb=verb, target_kind="user", target_id=user.pk, detail=detail)  # type: ignore[attr-defined]


def display_name(user: AbstractBaseUser) -> str:
    return str(user)
