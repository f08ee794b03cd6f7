"""The trial meeting in a browser: twelve minutes with the person present, to either arm, and what may go wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import expect
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import make_person
from tests.site.conftest import NOW, PASSWORD, World
from tests.site.trial.walking import DAY, address, form_of, kelly, prepared, press, send, walk

from placewell_web.accounts.models import Role, User
from placewell_web.clients.models import Allocation, Episode
from placewell_web.config import middleware
from placewell_web.trial.models import LedgerEntry, Meeting, MeetingDraft, SignedConsent

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("open_trial")]
Clients = Callable[[User | None], Client]
BOTH = pytest.mark.screens("wide", "handheld", "wide-no-script", "handheld-no-script")
TWO = pytest.mark.screens("wide", "handheld-no-script")
ANSWERS = {
    "Are they registered with a GP practice": "Yes",
    "Do they have a long-term health condition or disability, in their own view?": "Yes",
    "Does the condition or disability stop them from getting work?": "Yes",
    "Does one of these apply?": "None",
    "Do they have a job now?": "No",
    "For how many weeks": "52",
    "Have they said that they want to find paid work?": "Yes",
    "Do they have a job offer?": "No",
    "Are they on an employment programme": "No",
}


@pytest.fixture
def episode(journey: Journey, world: World) -> Iterator[Episode]:
    """Kelly is accepted and assigned; it is Wednesday 14 November 2018, two minutes past ten."""
    with time_machine.travel(DAY, tick=True):
        made = prepared(world)
        given.signed_in(journey, world.user(Role.SPECIALIST))
        yield made


class Times:
    """Stands in for the log of requests: how long the server took for each."""

    def __init__(self) -> None:
        self.taken: dict[tuple[str, str], int] = {}

    def info(self, _: str, *, route: str, method: str, status: int, milliseconds: int) -> None:
        self.taken[method, route] = milliseconds


@BOTH
def test_a_whole_meeting(journey: Journey, world: World, episode: Episode, monkeypatch: pytest.MonkeyPatch) -> None:
    times, began = Times(), time.monotonic()
    monkeypatch.setattr(middleware, "log", times)
    journey.visit("/trial/meetings/")
    then.sees(journey, "Kelly Marsh", "Not begun")
    when.follows(journey, "Begin")
    journey.picture("trial-meeting")
    when.presses(journey, "Begin the meeting")
    then.sees(
        journey, "step 1 of 6", "Trial meeting: Kelly Marsh, likes to be called Kel", "Wednesday 14 November 2018"
    )
    journey.picture("trial-script")
    when.presses(journey, "I have read it aloud")

    then.heading_is(journey, "Is the study for Kel?")
    when.fills(journey, ANSWERS)
    journey.picture("trial-eligibility")
    when.presses(journey, "Keep the answers and go on")

    then.heading_is(journey, "What taking part means")
    for box in journey.page.get_by_role("checkbox").all():
        box.check(force=True)
    journey.picture("trial-information")
    when.presses(journey, "All points explained")

    then.heading_is(journey, "Does Kel want to take part?")
    for radio in journey.page.locator("input[type=radio][value=yes]").all():
        radio.check(force=True)
    when.chooses(journey, "On this screen")
    when.fills(journey, {"Full name of the person who signs": "Kelly Marsh"})
    if journey.screen.script:
        _draw(journey)
    journey.check()
    journey.picture("trial-consent")
    when.presses(journey, "Keep the consent")
    signed = SignedConsent.unscoped.get()
    assert (signed.signed_on, bool(signed.storage_name)) == ("screen", journey.screen.script)

    then.heading_is(journey, "Questions about the person")
    _items(journey)
    journey.picture("trial-items")
    when.presses(journey, "Keep the answers and go on")
    for name in ("swemwbs", "rand36"):
        for field, answer in form_of(name).items():
            journey.page.locator(f"input[name={field}]").fill(answer)
        journey.picture(f"trial-{name}")
        when.presses(journey, "Keep the questionnaire and go on")

    then.heading_is(journey, "Check everything, then randomise Kelly Marsh")
    then.sees(journey, "17 of 17 answered; 2 were “prefer not to say”", "Complete, 7 of 7", "Complete, 36 of 36")
    journey.picture("trial-review")
    journey.page.get_by_label("Your password").fill(PASSWORD)
    when.presses(journey, "Randomise Kelly Marsh")
    arm = Allocation.unscoped.get(episode=episode).arm
    then.heading_is(journey, "IPS employment support" if arm == "ips" else "Advice booklet and local services")
    then.sees(
        journey, "Check code", "Pressed by Employment specialist Dudley", Meeting.unscoped.get().participant.number
    )
    then.does_not_see(journey, "stratum", "slot", "block")
    journey.picture(f"trial-result-{arm}")
    seconds = time.monotonic() - began
    to_arm = times.taken["POST", "trial:review"] + times.taken["GET", "trial:result"]
    print(f"\njourneys.md 5: {seconds:.0f} s at the keys (with every page checked), press to arm {to_arm} ms (500 ms)")


def _draw(journey: Journey) -> None:
    """A few strokes with the pointer."""
    canvas = journey.page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    mouse = journey.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 90)
    mouse.down()
    for step in range(12):
        mouse.move(box["x"] + 30 + step * 16, box["y"] + 90 - (step % 3) * 30)
    mouse.up()
    assert journey.page.locator("input[name=signature]").input_value().startswith("data:image/png;base64,")


def _items(journey: Journey) -> None:
    page = journey.page
    for name, code in (
        ("source", "gp"),
        ("primary_condition", "anxiety_or_depression"),
        ("region", "west_midlands"),
        ("gender", "2"),
        ("ethnicity", "A"),
        ("religion", "M"),
        ("sexual_orientation", "1"),
        ("education", "level_2"),
        ("time_since_last_worked", "under_6_months"),
    ):
        page.locator(f"select[name={name}]").select_option(code)
    page.locator("input[name=email_not_said]").check(force=True)
    page.locator("input[name=benefits][value=universal_credit]").check(force=True)


@BOTH
def test_the_other_arm(journey: Journey, world: World, episode: Episode, client_for: Clients) -> None:
    """People are met until each arm has come: the page of each, as a browser shows it."""
    found: dict[str, Episode] = {}
    client = client_for(world.user(Role.SPECIALIST))
    while len(found) < 2:
        n = Episode.unscoped.count()
        born = date(1980, 1, n)
        person = make_person(
            f"Kelly{'abcdefghijkl'[n]}", f"Marsh{'lkjihgfedcba'[n]}", birth_date=born, phone=f"+4477009002{n:02}"
        )
        one = kelly(world, person=person)
        walk(client, one)
        press(client, one)
        found.setdefault(Allocation.unscoped.get(episode=one).arm, one)
    for arm, heading, next_ in (
        ("ips", "IPS employment support", "Book the first appointment"),
        ("control", "Advice booklet and local services", "Give the booklet"),
    ):
        journey.visit(address(found[arm], "result"))
        then.heading_is(journey, heading)
        then.sees(journey, next_, "Say to Kelly", "The record", "If something is wrong")
        journey.picture(f"trial-result-{arm}")


@TWO
def test_who_is_not_eligible_and_who_declines(
    journey: Journey, world: World, episode: Episode, client_for: Clients
) -> None:
    walk(client_for(world.user(Role.SPECIALIST)), episode, "script")
    journey.visit(address(episode, "eligibility"))
    when.fills(journey, ANSWERS | {"Do they have a job offer?": "Yes"})
    when.presses(journey, "Keep the answers and go on")
    then.sees(journey, "Kel cannot take part", "Has a job offer already.")
    journey.picture("trial-not-eligible")
    when.fills(journey, {"Do they have a job offer?": "No"})
    when.presses(journey, "Keep the answers and go on")
    walk(client_for(world.user(Role.SPECIALIST)), episode, "information")
    journey.visit(address(episode, "consent"))
    when.presses(journey, "Keep the consent")
    then.is_told_of_errors(journey, "Choose how the form is signed.", "Enter the full name of the person who signs.")
    for radio in journey.page.locator("input[type=radio][value=no]").all():
        radio.check(force=True)
    when.presses(journey, "Keep the consent")
    then.sees(journey, "Without this nobody takes part")
    journey.picture("trial-declined")
    when.follows(journey, "End the meeting")
    journey.picture("trial-stop")
    when.presses(journey, "End the meeting")
    then.heading_is(journey, "Does not want to take part in the study")
    then.sees(journey, "Say to Kel", "Nobody has been randomised")
    journey.picture("trial-ended")
    journey.visit("/trial/meetings/")
    then.sees(journey, "Nobody waits for a trial meeting.")


@TWO
def test_the_press_twice_and_back(journey: Journey, world: World, episode: Episode, client_for: Clients) -> None:
    walk(client_for(world.user(Role.SPECIALIST)), episode)
    journey.visit(address(episode, "review"))
    journey.page.get_by_label("Your password").fill("wrong")
    when.presses(journey, "Randomise Kelly Marsh")
    then.is_told_of_errors(journey, "That is not your password. Nothing has been decided.")
    journey.picture("trial-wrong-password")
    journey.visit(address(episode, "review"))
    journey.page.get_by_label("Your password").fill(PASSWORD)
    journey.page.get_by_role("button", name="Randomise Kelly Marsh").dblclick()
    expect(journey.page).to_have_url(re.compile("/result/$"))  # the second press stops the first on its way
    journey.page.wait_for_load_state()
    journey.check()
    heading = journey.page.locator("h1").inner_text()
    journey.page.go_back(wait_until="load")
    password = journey.page.get_by_label("Your password")
    if password.count():  # the page as the browser kept it
        password.fill(PASSWORD)
        journey.page.get_by_role("button", name="Randomise Kelly Marsh").click()
        journey.page.wait_for_load_state("load")
    journey.visit(address(episode, "review"))
    then.heading_is(journey, heading)
    assert LedgerEntry.objects.filter(kind="allocation").count() == Allocation.unscoped.count() == 1


@TWO
def test_the_session_goes_before_an_answer_and_before_the_press(
    journey: Journey, world: World, episode: Episode, client_for: Clients
) -> None:
    client = client_for(world.user(Role.SPECIALIST))
    walk(client, episode, "person_items")
    journey.visit(address(episode, "wellbeing"))
    for field, answer in form_of("swemwbs").items():
        journey.page.locator(f"input[name={field}]").fill(answer)
    given.session_gone(journey)
    when.presses(journey, "Keep the questionnaire and go on")
    then.sees(journey, "Sign in")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(address(episode, "wellbeing"))
    assert journey.page.locator("input[name=item_7]").input_value() == form_of("swemwbs")["item_7"]
    when.presses(journey, "Keep the questionnaire and go on")
    send(client, episode, "health")
    journey.visit(address(episode, "review"))
    journey.page.get_by_label("Your password").fill(PASSWORD)
    given.session_gone(journey)
    when.presses(journey, "Randomise Kelly Marsh")
    then.sees(journey, "Sign in")
    assert Allocation.unscoped.count() == 0
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(address(episode, "review"))
    journey.page.get_by_label("Your password").fill(PASSWORD)
    when.presses(journey, "Randomise Kelly Marsh")
    then.sees(journey, "This is final.")


@pytest.mark.screens("handheld")
def test_the_connection_is_lost_for_a_while(
    journey: Journey, world: World, episode: Episode, client_for: Clients
) -> None:
    walk(client_for(world.user(Role.SPECIALIST)), episode, "person_items")
    journey.visit(address(episode, "wellbeing"))
    journey.page.context.set_offline(True)
    journey.page.locator("input[name=item_1]").fill("4")
    words = journey.page.locator("[data-draft-words]")
    words.get_by_text("The draft could not be sent just now.").wait_for()
    assert MeetingDraft.unscoped.count() == 0
    journey.page.context.set_offline(False)
    journey.page.locator("input[name=item_2]").fill("3")
    words.get_by_text("Draft saved at 10:0").wait_for()
    assert '"item_1": ["4"]' in MeetingDraft.unscoped.get().fields
    assert journey.page.evaluate("localStorage.length + sessionStorage.length") == 0
    journey.complaints.clear()


@pytest.mark.screens("wide")
def test_two_staff_press_for_one_person(journey: Journey, world: World, episode: Episode, client_for: Clients) -> None:
    """A colleague who stands in holds the same review page: both presses lead to one result."""
    client = client_for(world.user(Role.SPECIALIST))
    walk(client, episode)
    journey.visit(address(episode, "review"))
    other = client_for(world.user(Role.SPECIALIST))
    journey.page.get_by_label("Your password").fill(PASSWORD)
    assert press(other, episode)["Location"] == address(episode, "result")
    when.presses(journey, "Randomise Kelly Marsh")
    then.sees(journey, "This is final.")
    assert LedgerEntry.objects.filter(kind="allocation").count() == 1


@TWO
def test_the_smaller_pages(journey: Journey, world: World, episode: Episode, client_for: Clients) -> None:
    walk(client_for(world.user(Role.SPECIALIST)), episode)
    for page in ("meeting", "consent", "wellbeing", "stop"):
        journey.visit(address(episode, page))
    journey.visit("/trial/meetings/")
    journey.picture("trial-list")
    journey.visit("/trial/meetings/?q=zzz")
    journey.visit("/today/")
    then.sees(journey, "Trial meeting")
    journey.visit(f"/people/{episode.pk}/")
    then.sees(journey, "Trial meeting")
    with time_machine.travel(NOW, tick=True):
        given.signed_in(journey, world.user(Role.SPECIALIST))
        journey.visit(address(episode, "review"))
        then.sees(journey, "The trial ended on 31 March 2019 at 23:59.")
        journey.picture("trial-closed")
