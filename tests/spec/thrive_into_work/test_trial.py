"""What document 002 §§9.10, 11 and 17 state of the trial, checked against trial.toml."""

import pytest

from placewell.dataset import TABLES
from placewell.questionnaires import instrument_ids
from placewell.specification import load

SPEC = load("thrive_into_work")
TRIAL = SPEC.trial
ENTERING, OTHER = TRIAL.arms


def test_the_order_of_the_first_meeting():
    """§9.10 iii: eligibility first; §11.3: consent before anything of the trial; §11.6: the draw after the baseline."""
    kinds = [step.kind for step in TRIAL.steps]
    assert kinds == ["script", "eligibility", "information", "consent", "baseline", "randomise", "next_step"]
    assert all(step.read_aloud for step in TRIAL.steps if step.kind != "next_step")


def test_the_two_arms():
    """§11.7: the treatment arm enters; §11.8: the other gets a booklet and is pointed to existing services."""
    assert TRIAL.entering() is ENTERING
    assert [arm.enters_service for arm in TRIAL.arms] == [True, False]
    assert "booklet" in OTHER.say
    assert any("booklet" in step for step in OTHER.next_steps)
    assert any("record which" in step for step in OTHER.next_steps)


def test_the_script_tells_that_chance_decides_and_nobody_can_change_it():
    (step,) = [step for step in TRIAL.steps if step.kind == "randomise"]
    assert "by chance" in step.read_aloud
    assert "it happens once" in step.read_aloud


@pytest.mark.parametrize(
    ("statement", "needed", "kind"),
    [
        ("informed", True, "trial"),
        ("voluntary", True, "trial"),
        ("chance", True, "trial"),
        ("baseline", True, "trial"),
        ("follow_up", True, "trial"),
        ("share_data", True, "share_data"),
        ("take_part", True, "trial"),
        ("linkage", False, "linkage"),
    ],
)
def test_the_statements_of_the_consent_form(statement, needed, kind):
    (found,) = [one for one in TRIAL.consent_form.statements if one.id == statement]
    assert (found.needed, found.consent) == (needed, kind)


def test_linkage_alone_is_a_choice():
    assert [one.id for one in TRIAL.consent_form.statements if not one.needed] == ["linkage"]
    assert TRIAL.consent_form.version
    assert TRIAL.consent_form.information_version


def test_every_consent_of_the_form_is_one_that_needs_a_form():
    needs_form = {kind.id for kind in SPEC.pathway.consent_kinds if kind.needs_form}
    assert {one.consent for one in TRIAL.consent_form.statements} == needs_form


def test_the_baseline_has_the_seventeen_items_and_both_questionnaires():
    """App. 6 i-xvii, §17.5, Fig. 2."""
    person, wellbeing, health = TRIAL.baseline
    assert (person.kind, len(person.items), len(set(person.items))) == ("person_items", 17, 17)
    assert [wellbeing.instrument, health.instrument] == ["swemwbs", "rand36"]


def test_the_person_items_are_columns_of_the_data_set_or_rows_of_their_own_table():
    columns = {name for table in ("people", "episodes") for name in TABLES[table].names}
    assert set(TRIAL.baseline[0].items) - columns == {"consent", "benefits"}
    assert {"consents", "benefits"} <= set(TABLES)


def test_every_questionnaire_can_be_asked():
    asked = {part.instrument for part in TRIAL.baseline if part.instrument}
    assert asked | {again.instrument for again in TRIAL.follow_ups} <= set(instrument_ids())
    (again,) = TRIAL.follow_ups
    assert (again.instrument, again.months, again.occasion) == ("swemwbs", 6, "review")


def test_what_a_control_participant_is_given():
    """§9.10 xi and §11.8: the booklet, and existing services by kind; a lot may be added to each."""
    assert [handout.id for handout in TRIAL.handouts] == ["booklet"]
    assert {service.kind for service in TRIAL.local_services} == {
        "jobcentre_plus", "access_to_work", "benefits_advice", "debt_advice", "skills", "job_club",
    }  # fmt: skip
    assert not any(service.lots for service in TRIAL.local_services)


@pytest.mark.parametrize(
    ("scope", "stops", "withdraws", "closes"),
    [
        ("intervention", {"support"}, set(), True),
        ("contact", {"contact"}, {"trial"}, False),
        ("linkage", {"linkage"}, {"linkage"}, False),
        ("remove_data", {"contact", "linkage", "held_data"}, {"trial", "linkage", "share_data"}, False),
    ],
)
def test_what_may_be_taken_back(scope, stops, withdraws, closes):
    """§11.9; every withdrawal says what it means for each kind of data and contact."""
    (found,) = [one for one in TRIAL.withdrawals if one.id == scope]
    assert (set(found.stops), set(found.withdraws), found.closes_episode) == (stops, withdraws, closes)
    assert [meaning.covers for meaning in found.meanings] == ["support", "contact", "linkage", "held_data"]


def test_withdrawal_reaches_the_evaluator_within_a_day():
    assert TRIAL.notice_hours == 24


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        ("randomised_in_error", ["not_eligible", "consent_not_valid", "randomised_twice"]),
        ("wrong_stratum", ["wrong_area"]),
        ("baseline_corrected", ["baseline_answer"]),
    ],
)
def test_the_mistakes_that_can_be_reported(kind, reasons):
    assert [mistake.id for mistake in TRIAL.mistakes if mistake.kind == kind] == reasons


def test_how_the_arms_are_drawn():
    """§11.1 gives one to one and 5,300; the method, its limit and the strata are ours, and the note says so."""
    assert (TRIAL.method, TRIAL.imbalance, TRIAL.stratified_by) == ("big_stick", 5, ("lot",))
    assert TRIAL.epoch_size * TRIAL.epochs >= TRIAL.planned_participants // len(SPEC.service.lots)
    assert str(TRIAL.guess_budget) == "0.56"
    assert "are ours" in TRIAL.note


def test_who_may_randomise():
    """§11.10: staff are briefed on consent and randomisation; the course is one of the code list."""
    assert TRIAL.trained_in == ("trial_briefing",)


@pytest.mark.parametrize("part", [*TRIAL.consent_form.statements, *TRIAL.withdrawals, *TRIAL.mistakes])
def test_words_of_ours_are_marked_as_ours(part):
    assert not part.in_contract
