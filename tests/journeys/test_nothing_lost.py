"""A long note survives what happens to people at work: each time the text is there, once."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import NAMED_SCREENS
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import ago, make_contact, make_episode, make_person
from tests.site.conftest import PASSWORD, World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import Contact, ContactDraft, GroupSession, Profile
from placewell_web.clients.models import Alert, Episode

pytestmark = pytest.mark.browser
ADD = "Add alert"
LONG = "She told me how the first week went. " * 40 + "She starts earlier from Monday."


@pytest.fixture
def jas(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"), referred_on=ago(60), accepted_on=ago(55))


def writes(journey: Journey, episode: Episode, note: str) -> None:
    """The six taps and a note; with JavaScript the page says that it kept it."""
    journey.visit(f"/people/{episode.pk}/contact/")
    when.chooses(journey, "Call", "Attended", "30", "1 week 21 June")
    when.fills(journey, {"Note": note})
    if journey.screen.script:
        journey.page.locator("[data-draft-words]", has_text="Draft saved at").wait_for()


def note(journey: Journey) -> str:
    return str(journey.page.get_by_label("Note").input_value())


def notes() -> list[str]:
    return list(Contact.unscoped.order_by("created_at").values_list("note", flat=True))


def elsewhere(journey: Journey, screen: str) -> Journey:
    """The same person at another browser, not signed in yet."""
    return journey.elsewhere(NAMED_SCREENS[screen])


@pytest.mark.screens("wide", "handheld-no-script")
def test_the_session_ends_in_the_middle_of_a_long_note(journey: Journey, world: World, jas: Episode) -> None:
    me = world.user(Role.SPECIALIST)
    given.signed_in(journey, me)
    writes(journey, jas, LONG)
    given.session_gone(journey)
    when.fills(journey, {"Note": LONG + " And more."})
    if journey.screen.script:
        journey.page.locator("[data-draft-words]", has_text="You are signed out").wait_for()
    when.presses(journey, "Save")
    then.heading_is(journey, "Sign in")
    when.fills(journey, {"Email address": me.email, "Password": PASSWORD})
    when.presses(journey, "Sign in")
    then.heading_is(journey, "Log a contact with Jas Sandhu")
    assert note(journey) == LONG + " And more."
    assert notes() == []
    when.presses(journey, "Save")
    then.sees(journey, "Contact with Jas saved. 1st appointment.")
    assert notes() == [LONG + " And more."]
    assert not ContactDraft.unscoped.exists()


@pytest.mark.screens("wide", "handheld-no-script")
@pytest.mark.parametrize("way", ["the session is gone", "signed in again in another tab"])
def test_a_form_without_a_draft(journey: Journey, world: World, jas: Episode, way: str) -> None:
    me, words = world.user(Role.SPECIALIST), "Wait for her at the side door. She does not like the bell."
    given.signed_in(journey, me)
    journey.visit(f"/people/{jas.pk}/alerts/")
    when.chooses(journey, "How to be understood")
    when.fills(journey, {"In a few words": "No bell", "More about it": words})
    given.session_gone(journey)
    if way == "the session is gone":
        when.presses(journey, ADD)
        then.heading_is(journey, "Sign in")
        when.fills(journey, {"Email address": me.email, "Password": PASSWORD})
        when.presses(journey, "Sign in")
    else:
        tab = journey.page.context.new_page()
        tab.goto(f"{journey.address}/accounts/login/")
        tab.get_by_label("Email address").fill(me.email)
        tab.get_by_role("textbox", name="Password").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in", exact=True).click()
        tab.wait_for_load_state()
        tab.close()
        when.presses(journey, ADD)
    then.sees(journey, "What you had typed is back: check it and save.")
    assert journey.page.get_by_label("In a few words").input_value() == "No bell"
    assert journey.page.get_by_label("More about it").input_value() == words
    assert not Alert.unscoped.exists()
    when.presses(journey, ADD)
    assert Alert.unscoped.get().text == words
    journey.visit(f"/people/{jas.pk}/alerts/")
    assert journey.page.get_by_label("More about it").input_value() == ""


@pytest.mark.screens("wide", "handheld-no-script")
def test_a_double_click_saves_once(journey: Journey, world: World, jas: Episode) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    writes(journey, jas, LONG)
    button = journey.page.get_by_role("button", name="Save", exact=True)
    button.dblclick()  # the second press stops the first on its way: what is waited for is the answer
    journey.page.get_by_text("Contact with Jas saved.").wait_for()
    journey.page.wait_for_load_state()
    journey.check()
    then.sees(journey, "Contact with Jas saved.")
    journey.visit("/today/")
    assert notes() == [LONG]
    assert not ContactDraft.unscoped.exists()


@pytest.mark.screens("wide", "handheld")
def test_the_connection_breaks_at_the_save(journey: Journey, world: World, jas: Episode) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    writes(journey, jas, "Before the tunnel.")
    journey.page.context.set_offline(True)
    when.fills(journey, {"Note": LONG})
    journey.page.get_by_role("button", name="Save", exact=True).click()
    alert = journey.page.locator("[data-draft-alert]", has_text="Not saved: the connection is broken.")
    alert.wait_for()
    assert "Press the button again" in alert.inner_text()
    assert note(journey) == LONG
    assert notes() == []
    journey.complaints.clear()  # the browser's own, of the broken connection
    assert journey.violations() == []
    journey.picture("connection-broken")
    journey.page.context.set_offline(False)
    stored = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"
    assert journey.page.evaluate(stored) == 0, "nothing is stored in the browser"
    journey.page.wait_for_timeout(1_100)  # within a second the design system takes a press for a double click
    when.presses(journey, "Save")
    then.sees(journey, "Contact with Jas saved.")
    assert notes() == [LONG]


@pytest.mark.screens("wide", "handheld")
def test_the_answer_to_the_save_never_arrives(journey: Journey, world: World, jas: Episode) -> None:
    """The contact is saved, but its page is lost: pressing again in the same page saves nothing twice."""
    given.signed_in(journey, world.user(Role.SPECIALIST))
    writes(journey, jas, LONG)
    address = journey.page.url
    fields = journey.page.evaluate("[...new FormData(document.querySelector('[data-draft]'))]")
    names = {name for name, _ in fields}
    assert {"form_token", "page"} <= names
    journey.page.evaluate(
        """async () => { const data = new FormData(document.querySelector('[data-draft]'));
        await fetch(location.href, {method: 'POST', body: data, redirect: 'manual'}); }"""
    )
    assert notes() == [LONG]
    assert journey.page.url == address
    when.presses(journey, "Save")
    then.sees(journey, "Contact with Jas saved.")
    assert notes() == [LONG]


@pytest.mark.screens("wide")
def test_the_browser_is_closed_and_opened_on_a_second_device(journey: Journey, world: World, jas: Episode) -> None:
    me = world.user(Role.SPECIALIST)
    make_contact(jas, ago(20))
    given.signed_in(journey, me)
    writes(journey, jas, LONG)
    journey.page.close()
    phone = elsewhere(journey, "handheld")
    given.signed_in(phone, me)
    phone.visit("/today/")
    then.sees(phone, "You were writing about", "Jas Sandhu", "She told me how the first week went.")
    phone.picture("today-draft")
    when.follows(phone, "Jas Sandhu")
    assert note(phone) == LONG
    when.presses(phone, "Save")
    then.sees(phone, "Contact with Jas saved. 2nd appointment.")
    phone.close()
    assert notes()[1:] == [LONG]


@pytest.mark.screens("wide", "handheld")
def test_two_open_pages_and_neither_loses(journey: Journey, world: World, jas: Episode) -> None:
    me = world.user(Role.SPECIALIST)
    given.signed_in(journey, me)
    writes(journey, jas, "From the first page.")
    other = elsewhere(journey, "wide")
    given.signed_in(other, me)
    other.visit(f"/people/{jas.pk}/contact/")
    when.fills(other, {"Note": "From the second page."})
    other.page.locator("[data-draft-words]", has_text="Draft saved at").wait_for()
    when.presses(other, "Save")
    when.fills(journey, {"Note": "From the first page, and more."})
    journey.expects(409)
    when.presses(journey, "Save")
    then.sees(journey, "already saved, with other words", "From the second page.")
    assert note(journey) == "From the first page, and more."
    journey.picture("two-pages")
    when.presses(journey, "Save as another contact")
    other.close()
    assert notes() == ["From the second page.", "From the first page, and more."]


@pytest.mark.screens("wide-no-script", "handheld")
def test_one_text_to_several_from_the_caseload(journey: Journey, world: World, jas: Episode) -> None:
    make_episode(world, person=make_person("Kelvin", "Osei"))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/caseload/")
    when.chooses(journey, "Choose several people")
    for name in ("Jas Sandhu", "Kelvin Osei"):
        when.chooses(journey, f"Choose {name}")
    when.presses(journey, "Log the same contact for these")
    then.heading_is(journey, "Log a contact with 2 people")
    when.presses(journey, "Save for 2 people")
    then.is_told_of_errors(journey, "Choose how you were in contact.", "Choose whether it happened.")
    when.chooses(journey, "Text", "Message only", "None")
    when.fills(journey, {"Note for all": "The job fair is on Friday."})
    journey.picture("several")
    when.presses(journey, "Save for 2 people")
    then.sees(journey, "Text for 2 people saved.", "Jas Sandhu and Kelvin Osei", "text logged for 2 people")
    assert GroupSession.unscoped.get().contacts.count() == 2
    when.presses(journey, "Undo the contact with Jas Sandhu and Kelvin Osei")
    then.sees(journey, "The contacts with 2 people were taken back.")
    assert not Contact.unscoped.exists()


@pytest.mark.screens("wide", "handheld")
def test_a_profile_keeps_itself_through_a_closed_tab_and_a_lost_session(
    journey: Journey, world: World, jas: Episode
) -> None:
    me = world.user(Role.SPECIALIST)
    given.signed_in(journey, me)
    journey.visit(f"/people/{jas.pk}/profile/")
    when.presses(journey, "Start the profile")
    when.fills(journey, {"Past experience": LONG})
    journey.page.locator("[data-draft-words]", has_text="Draft saved at").wait_for(timeout=7_000)
    journey.visit("/today/")
    journey.visit(f"/people/{jas.pk}/profile/")
    experience = journey.page.get_by_label("Past experience")
    assert experience.input_value() == LONG
    assert Profile.unscoped.get().experience == "", "kept, and not saved yet"
    given.session_gone(journey)
    when.fills(journey, {"Past experience": LONG + " And more."})
    journey.page.locator("[data-draft-words]", has_text="sign in again to save the profile").wait_for()
    when.presses(journey, "Save draft")
    when.fills(journey, {"Email address": me.email, "Password": PASSWORD})
    when.presses(journey, "Sign in")
    assert experience.input_value() == LONG + " And more."
    when.presses(journey, "Save draft")
    then.sees(journey, "Profile saved as a draft.")
    assert Profile.unscoped.get().experience == LONG + " And more."
    assert not ContactDraft.unscoped.exists()
