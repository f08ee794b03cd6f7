"""The sentence with the answer, and the four facts, from figures as they come."""

from dataclasses import replace
from datetime import date

import pytest

from placewell.reports.summary import answer, facts, waiting

OWN, THEIRS = {"target_set_by": "provider"}, {"target_set_by": "contract"}
ENGAGED, UNDER, OVER = "engaged", "job_start_under_16", "job_start_16_and_over"


def figure(id, numerator=0, **more):
    plain = {"unit": "people", "status": "no_target", "outstanding": 0, "hours_unknown": 0, "on_boundary": 0}
    return {"id": id, "numerator": numerator, "on_backup": 0, **plain, **more}


@pytest.mark.parametrize(
    ("before", "said"),
    [(7, "or 7 days before the contract meeting, if that is earlier"), (None, "")],
)
def test_a_meeting_brings_the_day_forward_where_the_service_says_so(spec, before, said):
    due = spec.report.due.model_copy(update={"days_before_meeting": before})
    changed = replace(spec, report=spec.report.model_copy(update={"due": due}))
    assert facts(changed, date(2019, 7, 1), [])[0] == ("Return due", "30 July 2019", said)
    meeting = due.day(date(2019, 6, 30), meeting=date(2019, 7, 10))
    assert meeting == (date(2019, 7, 3) if before else date(2019, 7, 30))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            [figure(ENGAGED, 369), figure(UNDER, 11), figure(OVER, 29)],
            "369 people were engaged and 40 started a job. Nothing waits for evidence. The contract sets no targets.",
        ),
        (
            [figure(ENGAGED, 1), figure(OVER, 0, outstanding=1)],
            "1 person was engaged and 0 started a job. 1 more outcome was reached, and waits for evidence or hours. "
            "The contract sets no targets.",
        ),
        (
            [figure(UNDER, 2, outstanding=3, hours_unknown=1), figure(OVER, 1, outstanding=2, hours_unknown=1)],
            "3 people started a job. 4 more outcomes were reached, and wait for evidence or hours. "
            "The contract sets no targets.",
        ),
        (
            [figure(ENGAGED, 5, status="met"), figure(OVER, 1, status="behind"), figure(UNDER, 1, status="not_due")],
            "5 people were engaged and 2 started a job. Nothing waits for evidence. 1 of 2 are on or over the line.",
        ),
        (
            [figure(ENGAGED, 5, status="not_due"), figure(OVER, 1)],
            "5 people were engaged and 1 started a job. Nothing waits for evidence. No target is due yet.",
        ),
        (
            [figure("met_once", 3)],
            "3 people reached “Met once”. Nothing waits for evidence. The contract sets no targets.",
        ),
        (
            [figure(ENGAGED, 5, status="met", **OWN), figure(OVER, 1, status="behind", **OWN)],
            "5 people were engaged and 1 started a job. Nothing waits for evidence. The contract sets no targets. "
            "Of the provider’s own goals, 1 of 2 are reached.",
        ),
        (
            [figure(ENGAGED, 5, status="breached", **THEIRS), figure(OVER, 1, status="met", **OWN)],
            "5 people were engaged and 1 started a job. Nothing waits for evidence. 0 of 1 are on or over the line. "
            "Of the provider’s own goals, 1 of 1 are reached.",
        ),
        ([], "Nothing is counted in people here. Nothing waits for evidence. The contract sets no targets."),
    ],
)
def test_the_answer(spec, figures, said):
    assert answer(spec, figures) == said


def test_who_has_no_hours_waits_in_both_bands_and_is_told_once(spec):
    both = [figure(UNDER, outstanding=2, hours_unknown=2), figure(OVER, outstanding=5, hours_unknown=2)]
    assert waiting(spec, both) == 5


def test_the_four_facts_without_targets(spec):
    figures = [figure(OVER, 3, on_boundary=2, on_backup=1, outstanding=4)]
    assert [(name, value) for name, value, _ in facts(spec, date(2019, 7, 1), figures)] == [
        ("Return due", "30 July 2019"),
        ("At exactly 16 hours", "2"),
        ("Reached, not counted yet", "4"),
        ("Proved by backup evidence", "1"),
    ]


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        ((ENGAGED, OVER), "key outcomes"),
        (("met_once", OVER), "figures"),  # only one of them is a key outcome
        (("met_once", "referrals"), "figures"),
    ],
)
def test_with_targets_the_second_fact_is_how_many_are_reached(spec, ids, kind):
    figures = [figure(id, 1, status=status) for id, status in zip(ids, ("met", "breached"), strict=True)]
    assert facts(spec, date(2019, 7, 1), figures)[1] == ("On or over the line", "1 of 2", f"{kind} with a target")


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([figure(ENGAGED, 3, status="met", **OWN)], [("At exactly 16 hours", "0"), ("Own goals reached", "1 of 1")]),
        (
            [figure(ENGAGED, 3, status="met", **THEIRS), figure(OVER, 1, status="breached", **OWN)],
            [("On or over the line", "1 of 1"), ("Own goals reached", "0 of 1")],
        ),
    ],
)
@pytest.mark.parametrize("asks", [True, False])
def test_the_provider_s_own_goals_are_a_fact_apart(spec, figures, said, asks):
    found = facts(spec if asks else without_evidence(spec), date(2019, 7, 1), figures)
    names = dict(said)
    assert [(name, value) for name, value, _ in found if name in names] == said
    assert next(detail for name, _, detail in found if name == "Own goals reached").endswith("not of the contract")


def without_evidence(spec, **reached):
    """The specification with no evidence asked for, and other words for some outcomes."""
    rules = spec.outcomes
    changed = tuple(one.model_copy(update={"reached": reached.get(one.id, one.reached)}) for one in rules.outcomes)
    return replace(spec, outcomes=rules.model_copy(update={"outcomes": changed, "evidence": ()}))


SHARE = figure("applied_within_4_weeks", 133, unit="proportion", denominator=551)


@pytest.mark.parametrize(
    ("figures", "words", "said"),
    [
        ([SHARE], "were in work", "133 of 551 people were in work. The contract sets no targets."),
        (
            [figure(ENGAGED, 5), SHARE],
            "were in work",
            "5 people were engaged. 133 of 551 people were in work. The contract sets no targets.",
        ),
        ([SHARE], "", "Nothing is counted in people here. The contract sets no targets."),
        ([figure(ENGAGED, 5)], "were in work", "5 people were engaged. The contract sets no targets."),
    ],
)
def test_a_share_is_told_of_those_it_is_about_and_no_evidence_is_spoken_of_where_none_is_asked(
    spec, figures, words, said
):
    assert answer(without_evidence(spec, applied_within_4_weeks=words), figures) == said
