"""The trial meeting in a browser: twelve minutes with the person present, to either arm, and what may go wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import time_machine
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import PASSWORD, World, open_trial  # noqa: F401  a fixture
from tests.site.trial.walking import DAY, address, form_of, prepared, walk

from placewell_web.accounts.models import Role
from placewell_web.config import middleware
from placewell_web.clients.models import Allocation, Episode
from placewell_web.trial.models import LedgerEntry, Meeting, MeetingDraft, SignedConsent

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("open_trial")]
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
