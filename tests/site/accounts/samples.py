"""Sample objects for the addresses of accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from tests.site.conftest import NOW, make_user
from tests.site.matrix_samples import WHO, Made, sample

from placewell_web.accounts.models import Posting, Role, Training, User

NOT_THE_OWNER = tuple(who for who in WHO if who != Role.SPECIALIST)


def _colleague(made: Made) -> Posting:
    lot = made.world.own if made.lot == made.world.own.code else made.world.other
    team = made.world.teams[made.lot]
    user = make_user(
        f"colleague{User.objects.count()}.{made.lot}@example.org", "A Colleague", Role.SPECIALIST, lot, team
    )
    return user.postings.get(from_on=date(2018, 1, 1))


@sample("accounts:user", "accounts:give_post")
def colleague(made: Made) -> dict[str, Any]:
    return {"user": made.once("colleague", _colleague).user_id}


@sample("accounts:switch")
def switch(made: Made) -> dict[str, Any]:
    return {"user": made.once("colleague", _colleague).user_id, "what": "sessions"}


@sample("accounts:end_post")
def post(made: Made) -> dict[str, Any]:
    return {"post": made.once("colleague", _colleague).pk}


def _passkey(made: Made) -> Authenticator:
    user = made.world.user(Role.SPECIALIST, made.lot)
    data = {"name": "Work phone", "passwordless": True, "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


@sample("mfa_edit_webauthn", "mfa_remove_webauthn", hidden_from=NOT_THE_OWNER)
def passkey(made: Made) -> dict[str, Any]:
    return {"pk": made.once("passkey", _passkey).pk}


@sample("account_reset_password_from_key", shared=True)
def reset_key(made: Made) -> dict[str, Any]:
    return {"uidb36": "1", "key": "no-such-key"}


@sample("account_confirm_email", shared=True)
def confirm_key(made: Made) -> dict[str, Any]:
    return {"key": "no-such-key"}


@sample("accounts:practice", "accounts:close_practice", "accounts:open_practice")
def practice(made: Made) -> dict[str, Any]:
    return {"practice": made.world.practices[made.lot].pk}


@sample("accounts:training_of")
def trained(made: Made) -> dict[str, Any]:
    return {"user": made.once("colleague", _colleague).user_id}


def _course(made: Made) -> Training:
    user = made.once("colleague", _colleague).user
    return Training.objects.create(user=user, course="ips", completed_on=date(2018, 3, 1), recorded_at=NOW)


@sample("accounts:take_back_training")
def taken(made: Made) -> dict[str, Any]:
    return {"training": made.once("course", _course).pk}
