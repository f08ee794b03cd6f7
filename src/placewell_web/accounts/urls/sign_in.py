"""The addresses of allauth that this site uses, each with its policy; sign-up and e-mail changes are closed."""

from __future__ import annotations

from allauth.account import urls as account_urls
from allauth.mfa.base import urls as mfa_urls
from allauth.mfa.recovery_codes import urls as recovery_urls
from allauth.mfa.totp import urls as totp_urls
from allauth.mfa.webauthn import urls as webauthn_urls
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RoutePattern

from placewell_web.accounts.credentials import recorded
from placewell_web.accounts.policy import closed, public, setting_up, signed_in

PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
SETTING_UP = {
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
}
SIGNED_IN = {
    "mfa_deactivate_totp",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
CHANGE_CREDENTIALS = {
    "account_change_password",
    "account_reset_password_from_key",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_authenticate",
    "mfa_login_webauthn",
    *SIGNED_IN,
}
PARTS = (
    ("", account_urls.urlpatterns),
    ("2fa/", mfa_urls.urlpatterns),
    ("2fa/totp/", totp_urls.urlpatterns),
    ("2fa/recovery-codes/", recovery_urls.urlpatterns),
    ("2fa/webauthn/", webauthn_urls.urlpatterns),
)


def _with_policy(pattern: URLPattern) -> URLPattern:
    name = str(pattern.name)
    if name in PUBLIC:
        declare = public
    elif name in SETTING_UP:
        declare = setting_up
    elif name in SIGNED_IN:
        declare = signed_in
    else:
        declare = closed
    view = recorded(pattern.callback) if name in CHANGE_CREDENTIALS else pattern.callback
    return URLPattern(pattern.pattern, declare(view), pattern.default_args, pattern.name)


def _flat(found: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same patterns with every view wrapped, resolvers rebuilt around them."""
    made: list[URLPattern | URLResolver] = []
    for pattern in found:
        if isinstance(pattern, URLPattern):
            made.append(_with_policy(pattern))
        else:
            route = str(pattern.pattern)
            made.append(URLResolver(RoutePattern(route), _flat(pattern.url_patterns)))
    return made


urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, (_flat(list(patterns)), None, None)) for prefix, patterns in PARTS
]
