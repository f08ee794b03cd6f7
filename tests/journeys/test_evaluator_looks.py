"""The evaluator looks at the trial without arms, the unblinded statistician with them, and takes what may leave."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import World
from tests.site.evaluation.factories import small_trial

from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.trial.models import LedgerEntry

pytestmark = pytest.mark.browser

ARM_WORDS = ("IPS", "Allocated to", "booklet", "control")


def takes(journey: Journey, file: str) -> tuple[str, bytes]:
    """Choose a file, say that the report was read, and press the button."""
    when.chooses(journey, file)
    when.fills(journey, {"I have read what the report says": True})
    with journey.page.expect_download() as coming:
        journey.page.get_by_role("button", name="Take the file").click()
    with open(coming.value.path(), "rb") as content:
        return coming.value.suggested_filename, content.read()


@pytest.mark.screens("phone", "wide-no-script")
def test_the_unblinded_statistician(journey: Journey, world: World) -> None:
    small_trial(world)
    given.signed_in(journey, world.user(Role.UNBLINDED))
    journey.visit("/evaluation/flow/")
    then.heading_is(journey, "Participant flow")
    then.sees(
        journey, "Shows both arms: do not share", "12 people were randomised", "Unbroken", "1 genesis + 12 allocations"
    )
    journey.picture("evaluator-flow")
    if journey.screen.width > 640:
        then.sees(journey, "CONSORT diagram")
        journey.page.get_by_role("link", name="Show as a table").click()
        journey.page.get_by_text("The same as a table").wait_for()
        journey.picture("evaluator-flow-table")
    when.follows(journey, "Allocated to IPS, Did not receive it: 1")
    then.heading_is(journey, "Did not receive it")
    then.sees(journey, "With a trial number (1)", "No appointment recorded.")
    when.follows(journey, "Participant flow")

    when.follows(journey, "Recruitment")
    then.sees(journey, "Recruitment is closed. 5,288 short of the plan.")
    journey.picture("evaluator-recruitment")
    when.follows(journey, "Baseline completed")
    then.sees(journey, "Wellbeing questionnaire")
    journey.picture("evaluator-completeness")
    when.follows(journey, "Balance")
    then.sees(journey, "Standardised difference")
    journey.picture("evaluator-balance")
    when.follows(journey, "Withdrawals")
    then.sees(journey, "No more support from the service", "Late: was due by")
    journey.picture("evaluator-withdrawals")
    when.follows(journey, "Deviations and overrides")
    then.sees(journey, "Randomised in error")
    then.does_not_see(journey, "Secretword")
    journey.picture("evaluator-deviations")

    when.follows(journey, "Integrity")
    then.sees(journey, "The ledger is unbroken", "Within the budget of 56%")
    name, anchor = when.downloads(journey, "Take it away")
    held = json.loads(anchor)
    assert name == "trial-anchor-2019-06-14.json"
    assert held["hash"] == LedgerEntry.objects.order_by("-seq").first().hash
    when.fills(journey, {"Number of the entry": held["seq"], "Hash of the entry": held["hash"]})
    when.presses(journey, "Compare it with the ledger")
    then.sees(journey, "Equals the ledger")
    journey.picture("evaluator-integrity")
    when.fills(journey, {"Number of the entry": "3", "Hash of the entry": "e" * 64})
    when.presses(journey, "Compare it with the ledger")
    then.sees(journey, "The ledger is not the one you hold an anchor of", "stop randomising")
    journey.picture("evaluator-integrity-alarm")

    when.follows(journey, "Exports")
    then.sees(journey, "who could be recognised", "in a combination of fewer than 5")
    journey.picture("evaluator-exports")
    name, content = takes(journey, "Data set with arms (zip of CSV)")
    assert name.startswith("thrive_into_work-trial-unblinded-2019-06-14")
    assert "arm" in zipfile.ZipFile(io.BytesIO(content)).read("participants.csv").decode().splitlines()[0]
    assert Entry.objects.filter(verb="take_trial_data").count() == 1


@pytest.mark.screens("wide", "phone-no-script")
def test_the_blinded_evaluator_finds_no_arm(journey: Journey, world: World) -> None:
    small_trial(world)
    given.signed_in(journey, world.user(Role.EVALUATOR))
    for path in (
        "flow/",
        "recruitment/",
        "recruitment/baseline/",
        "withdrawals/",
        "withdrawals/deviations/",
        "integrity/",
    ):
        journey.visit(f"/evaluation/{path}")
        then.sees(journey, "Nothing is told by arm")
        then.does_not_see(journey, *ARM_WORDS)
    journey.visit("/evaluation/flow/")
    journey.picture("evaluator-blinded-flow")
    journey.visit("/evaluation/exports/")
    journey.expects(422)
    when.presses(journey, "Take the file")
    then.is_told_of_errors(journey, "Choose the file.", "Say that you have read the report before you take a file.")
    name, _ = takes(journey, "Data set without arms (zip of CSV)")
    assert "blinded" in name
    journey.expects(403)
    journey.visit("/evaluation/balance/")
