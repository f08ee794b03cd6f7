"""Staff sign in, add a second step, and an administrator adds a colleague: every page in a browser, errors included."""

from __future__ import annotations

import re
from datetime import date

import pytest
from allauth.mfa.totp.internal import auth as totp
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.mark.screens("wide", "phone-no-script")
def test_a_specialist_signs_in_and_adds_an_authenticator_app(journey: Journey, world: World, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    journey.visit("/accounts/login/")
    when.fills(journey, {"Email address": world.user("specialist").email, "Password": "not the password"})
    when.presses(journey, "Sign in")
    then.sees(journey, "There is a problem")
    journey.page.fill("#id_password", PASSWORD)
    when.presses(journey, "Sign in")
    then.sees(journey, "Add a second step to your sign-in")
    when.follows(journey, "Set up an app")
    then.sees(journey, "Set up an authenticator app")
    when.fills(journey, {"Code from the app": "000000"})
    when.presses(journey, "Switch it on")
    then.sees(journey, "There is a problem")
    secret = journey.page.inner_text(".pw-key")
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    when.fills(journey, {"Code from the app": totp.format_hotp_value(totp.hotp_value(secret, counter))})
    when.presses(journey, "Switch it on")
    then.sees(journey, "Your recovery codes")
    code = journey.page.locator(".pw-codes code").first.inner_text()
    for path, words in (("/accounts/", "Your account"), ("/accounts/2fa/", "How you sign in")):
        journey.visit(path)
        then.sees(journey, words)
    journey.visit("/accounts/logout/")
    when.presses(journey, "Sign out")
    journey.visit("/accounts/login/")
    when.fills(journey, {"Email address": world.user("specialist").email, "Password": PASSWORD})
    when.presses(journey, "Sign in")
    then.sees(journey, "Enter your code")
    when.fills(journey, {"Code": code})
    when.presses(journey, "Sign in")
    journey.visit("/accounts/")
    then.sees(journey, "You have a second step.")


@pytest.mark.screens("phone", "wide-no-script")
def test_an_administrator_adds_a_colleague(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user("administrator"))
    journey.visit("/users/")
    when.follows(journey, "Add a user")
    journey.expects(422)
    when.presses(journey, "Add the user")
    then.sees(journey, "Enter the person's full name")
    when.fills(journey, {"Full name": "Owen Price", "Work email address": "owen@example.org"})
    for label in ("Employment specialist", "Dudley"):
        journey.page.get_by_label(label, exact=True).check()
    journey.page.get_by_label("Team (optional)").select_option("Dudley team")
    when.fills(journey, {"Share of full time": "0.6", "First day": date(2019, 6, 17)})
    when.presses(journey, "Add the user")
    then.sees(journey, "Owen Price is added.")
    then.sees(journey, "From 17 June 2019")
    here = journey.page.url
    for link, button in (("Sign out everywhere", "Sign out everywhere"), ("Switch the account off", "Switch off")):
        when.follows(journey, link)
        when.presses(journey, button)
    then.sees(journey, "Switched off")
    journey.visit(re.sub("^.*(/users/.*)$", r"\1posts/add/", here))
    journey.visit("/teams/")
    when.fills(journey, {"Name": "Dudley north"})
    journey.page.get_by_label("Dudley", exact=True).check()
    when.presses(journey, "Add the team")
    then.sees(journey, "Dudley north is added.")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/users/", 403, "It is for: administrator."),
        ("/no-such-page/", 404, "Page not found"),
        ("/accounts/password/change/", 200, "Change your password"),
        ("/accounts/password/reset/", 200, "Choose a new password"),
        ("/accounts/second-factor/", 200, "Add a second step"),
        ("/accounts/reauthenticate/", 200, "Confirm that it is you"),
        ("/accounts/2fa/webauthn/", 200, "Your passkeys"),
    ],
)
@pytest.mark.screens("phone")
def test_pages_of_ones_own(journey: Journey, world: World, path: str, status: int, words: str) -> None:
    given.signed_in(journey, world.user("specialist"))
    journey.expects(status)
    journey.visit(path)
    then.sees(journey, words)


@pytest.mark.screens("wide")
def test_a_passkey_is_added_and_signs_in(journey: Journey, world: World, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    page = journey.page
    journey.spoilt = True  # by an authenticator that stays
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    given.signed_in(journey, world.user("specialist"))
    journey.visit("/accounts/2fa/webauthn/add/")
    when.fills(journey, {"A name for it": "Work phone"})
    page.get_by_label("It can sign me in without a password").check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    journey.check()
    journey.visit("/accounts/2fa/webauthn/")
    then.sees(journey, "Work phone")
    journey.visit("/accounts/logout/")
    when.presses(journey, "Sign out")
    journey.visit("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/login/" not in url)
    journey.visit("/accounts/")
    then.sees(journey, "You have a second step.")
