"""How allauth behaves here: nobody signs up by themselves, and every sign-in leaves an audit entry."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator adds users; there is no public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's messages repeat what its pages say."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys are named after the site, not after the host."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        entity["name"] = "Placewell"
        return entity


def display_name(user: AbstractBaseUser) -> str:
    return str(user)
