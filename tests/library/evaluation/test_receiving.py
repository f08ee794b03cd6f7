"""Whether an arm's people received what it was to receive: facts and answers, by arm."""

import polars as pl
import pytest
from tests.factories import a_contact, an_appointment
from tests.library.evaluation.trial_facts import SPEC, dataset, date, ledger, number, randomised

from placewell.evaluation.facts import frame_of
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.receiving import received_words

IPS, CONTROL = SPEC.trial.arms
MISSED = {"attendance": "did_not_attend"}


def place(arm, *facts, handouts=None, as_at=date(2019, 6, 14), **entries):
    """The line of the allocation box that holds the one person, with the member's reason."""
    tables = dataset(randomised("e1", arm, **entries.pop("columns", {})), *facts)
    given = None if handouts is None else frame_of("handouts", handouts)
    flow = participant_flow(tables, SPEC, ledger(tables, **entries), as_at, handouts=given)
    (box,) = [box for box in flow.boxes if box.id == "allocated" and box.arm == arm]
    (line,) = [line for line in box.lines if line.count and line.id != "not_received"]
    return line.label, line.members["reason"][0]


def void(reason="not_eligible"):
    return [{"person": number("e1"), "on": "2018-01-20", "reason": reason}]


def left(scope, on="2018-01-20"):
    return [{"person": number("e1"), "on": on, "scope": scope}]


@pytest.mark.parametrize(
    ("facts", "entries", "label"),
    [
        ([an_appointment("e1", "2018-01-16")], {}, "Received IPS (first appointment held)"),
        # the meeting of randomisation is no appointment of the service
        ([an_appointment("e1", "2018-01-15")], {}, "no appointment recorded"),
        ([a_contact("e1", "2018-01-16", "email")], {}, "no appointment recorded"),
        ([an_appointment("e1", "2018-01-16", with_whom="clinician")], {}, "no appointment recorded"),
        ([an_appointment("e1", "2018-01-16", **MISSED)], {}, "did not attend"),
        ([an_appointment("e1", "2018-01-16", attendance="cancelled_by_service")], {}, "no appointment recorded"),
        ([], {"columns": {"closed": "2018-03-01", "closure_reason": "moved_away"}}, "moved out of the area"),
        ([], {"columns": {"closed": "2018-03-01", "closure_reason": "to Leeds, 12 High St"}}, "another reason"),
        ([an_appointment("e1", "2018-01-16", **MISSED)], {"withdrawals": left("intervention")}, "no longer wanted it"),
        ([], {"withdrawals": left("contact")}, "no longer wanted it"),
        ([], {"withdrawals": left("linkage")}, "no appointment recorded"),
        ([an_appointment("e1", "2018-01-16", **MISSED)], {"voids": void()}, "randomised in error"),
        # received stays received, whatever came later
        ([an_appointment("e1", "2018-01-16")], {"voids": void()}, "Received IPS (first appointment held)"),
        (
            [an_appointment("e1", "2018-01-16")],
            {"withdrawals": left("contact")},
            "Received IPS (first appointment held)",
        ),
        ([an_appointment("e1", "2019-06-15")], {}, "no appointment recorded"),  # after the day
    ],
)
def test_the_arm_in_the_service(facts, entries, label):
    found, reason = place("ips", *facts, **entries)
    assert found == label
    if label.startswith("Received"):
        assert reason == "Randomised on 15 January 2018; received IPS (first appointment held)."
    else:
        assert reason == f"{label[0].upper()}{label[1:]}."


def handed(*kinds, given=True):
    return [{"episode_id": "e1", "kind": kind, "on": "2018-01-15", "given": given} for kind in kinds]


@pytest.mark.parametrize(
    ("handouts", "entries", "label"),
    [
        (handed("booklet", "local_service"), {}, "Given the employment advice booklet, and sign-posted"),
        (handed("booklet"), {}, "given the booklet only"),
        (handed("booklet", "letter"), {}, "given the booklet only"),
        (handed("local_service"), {}, "sign-posted only"),
        ([], {}, "not recorded"),
        (handed("letter"), {}, "not recorded"),
        (handed("booklet", given=False), {}, "declined it"),
        ([*handed("booklet", given=False), *handed("local_service")], {}, "declined it"),
        ([], {"withdrawals": left("contact")}, "left before it was given"),
        ([], {"voids": void()}, "randomised in error"),
        (handed("booklet", "local_service"), {"voids": void()}, "Given the employment advice booklet, and sign-posted"),
    ],
)
def test_an_arm_outside_the_service(handouts, entries, label):
    assert place("control", handouts=handouts, **entries)[0] == label


@pytest.mark.parametrize(
    ("kind", "label"), [("signpost", "Sign-posted to existing services"), ("referral", "not recorded")]
)
def test_without_hand_outs_the_data_set_knows_sign_posting_alone(kind, label):
    pointed = ("onward_referrals", {"episode_id": "e1", "on": date(2018, 1, 15), "to": "benefits_advice", "kind": kind})
    assert place("control", pointed)[0] == label


def test_what_is_handed_out_after_the_day_is_not_there_yet():
    later = [{"episode_id": "e1", "kind": kind, "on": "2018-02-01", "given": True} for kind in ("booklet", "jobcentre")]
    assert place("control", handouts=later, as_at=date(2018, 1, 31))[0] == "not recorded"
    assert place("control", handouts=later, as_at=date(2018, 2, 1))[0].startswith("Given")


def test_the_words_follow_the_specification():
    handouts = pl.DataFrame()
    assert received_words(IPS, SPEC, None, "IPS") == ("Received IPS (first appointment held)", "Did not receive it")
    assert received_words(CONTROL, SPEC, handouts, "control") == (
        "Given the employment advice booklet, and sign-posted",
        "Not given",
    )
    assert received_words(CONTROL, SPEC, None, "control")[0] == "Sign-posted to existing services"
