"""What must agree in trial.toml: consents, lots, arms, steps and their order; each mistake told where it stands."""

import re

import pytest
from tests.library.specification.small import TRIAL, problems, small, without_lines

from placewell.cli.check import content_problems
from placewell.specification.trial_references import trial_problems


def step(kind):
    return f'[[step]]\nid = "{kind}"\nkind = "{kind}"\nlabel = "The step {kind}"\nclause = "009 §9"\n'


def entering(arm, answer):
    (found,) = re.findall(rf'id = "{arm}"\n.*?enters_service = (?:true|false)', TRIAL, re.DOTALL)
    return found, re.sub("(true|false)$", answer, found)


SIMPLE = 'method = "simple"'
RIGHT = {
    "as it stands": ("", ""),
    "blocks of multiples": (SIMPLE, 'method = "permuted_blocks"\nblock_sizes = [2, 4, 6]'),
    "a big stick for two equal arms": (SIMPLE, 'method = "big_stick"\nimbalance = 5'),
    "information before eligibility": (step("eligibility") + "\n" + step("information"),
                                       step("information") + "\n" + step("eligibility")),
    "no strata": ('stratified_by = ["lot"]', "stratified_by = []"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), RIGHT.values(), ids=RIGHT.keys())
def test_what_agrees(tmp_path, old, new):
    assert problems(tmp_path, *([("trial", old, new)] if old else ()), trial=TRIAL) == ()


WRONG = {
    "a statement's consent": (
        'needed = true\nconsent = "trial"', 'needed = true\nconsent = "lottery"',
        "trial.toml: consent_form.statement[0].consent (“take_part”): there is no consent_kind 'lottery' in "
        "pathway.toml: correct it, or add the consent_kind",
    ),
    "a withdrawn consent": (
        'withdraws = ["trial"]', 'withdraws = ["trial", "lottery"]',
        "trial.toml: withdrawal[0].withdraws[1] (“contact”): there is no consent_kind 'lottery' in pathway.toml: "
        "correct it, or add the consent_kind",
    ),
    "a lot of a local service": (
        'lots = ["north"]', 'lots = ["south"]',
        "trial.toml: local_service[0].lots[0] (“jobcentre”): there is no lot 'south': correct it, or add the lot",
    ),
    "a stratum nobody knows": (
        'stratified_by = ["lot"]', 'stratified_by = ["lot", "mood"]',
        "trial.toml: stratified_by[1]: 'mood' is not known of everyone beforehand: use lot",
    ),
    "no arm that enters": (
        *entering("ips", "false"), "trial.toml: arm: 0 arms enter the service: let exactly one enter it",
    ),
    "two arms that enter": (
        *entering("control", "true"),
        "trial.toml: arm[1].enters_service (“control”): 2 arms enter the service: let exactly one enter it",
    ),
    "a plan that does not add up": (
        "planned_participants = 10", "planned_participants = 11",
        "trial.toml: planned_participants: is 11, but the arms plan 10: correct one of them",
    ),
    "a block that is no multiple": (
        SIMPLE, 'method = "permuted_blocks"\nblock_sizes = [4, 5]',
        "trial.toml: block_sizes[1]: 5 is not a multiple of 2, the sum of the arms' shares: correct it",
    ),
    "a block of none": (
        SIMPLE, 'method = "permuted_blocks"\nblock_sizes = [0]',
        "trial.toml: block_sizes[0]: 0 is not a multiple of 2, the sum of the arms' shares: correct it",
    ),
    "a step left out": (
        step("information"), "", "trial.toml: step: none is of the kind information: add it",
    ),
    "a step twice": (
        step("next_step"), step("next_step") + "\n" + step("script").replace('id = "script"', 'id = "again"'),
        "trial.toml: step[7].kind (“again”): is a second step of the kind script: take one of the two out",
    ),
    "consent before eligibility": (
        step("eligibility") + "\n" + step("information") + "\n" + step("consent"),
        step("consent") + "\n" + step("information") + "\n" + step("eligibility"),
        "trial.toml: step[1].kind (“consent”): consent stands before eligibility: put eligibility first",
    ),
    "the draw before the baseline": (
        step("baseline") + "\n" + step("randomise"), step("randomise") + "\n" + step("baseline"),
        "trial.toml: step[4].kind (“randomise”): randomise stands before baseline: put baseline first",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not(tmp_path, old, new, said):
    assert without_lines(problems(tmp_path, ("trial", old, new), trial=TRIAL)) == (said,)


def test_a_big_stick_is_for_two_equal_arms(tmp_path):
    uneven = TRIAL.replace(SIMPLE, 'method = "big_stick"\nimbalance = 5')
    (found,) = problems(tmp_path, ("trial", "share = 1", "share = 2"), trial=uneven)
    assert "method: is big_stick, which is for two arms of the same share: use permuted_blocks or simple" in found


def test_a_mistake_of_an_unknown_kind(tmp_path):
    (found,) = problems(tmp_path, ("trial", "randomised_in_error", "bad_luck"), trial=TRIAL)
    assert found.startswith("trial.toml: mistake[0].kind (“not_eligible”")


CODES = {
    "a questionnaire of the baseline": (
        'kind = "questionnaire"\ninstrument = "swemwbs"', 'kind = "questionnaire"\ninstrument = "tea_leaves"',
        "trial.toml: baseline “wellbeing”.instrument: 'tea_leaves' is not a code of the list instrument",
    ),
    "a questionnaire asked again": (
        'label = "Wellbeing later"\ninstrument = "swemwbs"', 'label = "Wellbeing later"\ninstrument = "tea_leaves"',
        "trial.toml: follow_up “later”.instrument: 'tea_leaves' is not a code of the list instrument",
    ),
    "an occasion": (
        'occasion = "review"', 'occasion = "whenever"',
        "trial.toml: follow_up “later”.occasion: 'whenever' is not a code of the list occasion",
    ),
    "a kind of local service": (
        'kind = "jobcentre_plus"', 'kind = "pub"',
        "trial.toml: local_service “jobcentre”.kind: 'pub' is not a code of the list onward_service",
    ),
    "a course": (
        'trained_in = ["trial_briefing"]', 'trained_in = ["juggling"]',
        "trial.toml: trained_in: 'juggling' is not a code of the list course",
    ),
}  # fmt: skip


def of_the_trial(spec):
    return [found for found in content_problems(spec) if found.startswith("trial.toml")]


@pytest.mark.parametrize(("old", "new", "said"), CODES.values(), ids=CODES.keys())
def test_a_code_is_in_its_list(tmp_path, old, new, said):
    (found, *rest) = of_the_trial(small(tmp_path, ("trial", old, new), trial=TRIAL))
    assert found.startswith(said)
    assert all("no questionnaire" in one for one in rest)


def test_a_questionnaire_that_is_listed_and_not_scored_is_told(tmp_path, monkeypatch):
    spec = small(tmp_path, trial=TRIAL)
    assert of_the_trial(spec) == []
    monkeypatch.setattr("placewell.questionnaires.instrument_ids", lambda: ("rand36",))
    assert of_the_trial(spec) == [
        "trial.toml: baseline “wellbeing”: there is no questionnaire 'swemwbs': correct it, or add its items",
        "trial.toml: follow_up “later”: there is no questionnaire 'swemwbs': correct it, or add its items",
    ]


def test_a_service_without_a_trial_has_nothing_to_agree():
    assert list(trial_problems({})) == []
