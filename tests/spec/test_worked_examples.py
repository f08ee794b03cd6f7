"""Every worked example of every service answers what it says, and nothing of a specification goes without one."""

from collections import Counter

import pytest

from placewell.cli.worked_examples import differences
from placewell.specification import folder_of, load, service_ids
from placewell.specification.examples import read_examples, without_example
from placewell.specification.outcomes import ON_A_DAY

SERVICES = service_ids()
ALL_OUTCOMES = [outcome for service in SERVICES for outcome in load(service).outcomes.outcomes]
FILES = {service: read_examples(folder_of(service) / "examples") for service in SERVICES}
EXAMPLES = [
    pytest.param(service, file, example, id=f"{service}-{name.removesuffix('.toml')}-{example.id}")
    for service, files in FILES.items()
    for name, file in files.items()
    for example in file.examples
]


@pytest.mark.parametrize(("service", "file", "example"), EXAMPLES)
def test_the_example_answers_what_it_says(service, file, example):
    assert list(differences(load(service), file, example)) == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_outcome_criterion_and_indicator_and_the_payment_have_an_example(service):
    assert list(without_example(load(service), FILES[service].values())) == []


@pytest.mark.parametrize(("service", "file", "example"), EXAMPLES)
def test_every_example_expects_something(service, file, example):
    expected = (example.figures, example.members, example.outcomes, example.answers)
    assert any(expected) or example.payments is not None


@pytest.mark.parametrize("service", SERVICES)
def test_names_of_examples_are_used_once_in_a_file(service):
    for file in FILES[service].values():
        assert [id for id, times in Counter(example.id for example in file.examples).items() if times > 1] == []


def of(service, what):
    """All that the examples of a service say of one thing: figures, members, answers."""
    return [item for file in FILES[service].values() for example in file.examples for item in getattr(example, what)]


@pytest.mark.parametrize("service", SERVICES)
def test_every_criterion_is_shown_met_and_failed(service):
    shown = {(item.criterion, item.answer) for item in of(service, "answers")}
    criteria = load(service).eligibility.criteria
    assert {(criterion.id, answer) for criterion in criteria for answer in ("met", "not_met")} - shown == set()


KEY_OUTCOMES = [
    pytest.param(service, one, id=f"{service}-{one.id}")
    for service in SERVICES
    for one in load(service).indicators.indicators
    if one.group == "key_outcomes"
]


@pytest.mark.parametrize(("service", "indicator"), KEY_OUTCOMES)
def test_every_key_outcome_is_shown_counted(service, indicator):
    assert any(figure.indicator == indicator.id and figure.value for figure in of(service, "figures"))


@pytest.mark.parametrize("status", ["not_counted", "not_due", "excluded"])
@pytest.mark.parametrize(("service", "indicator"), KEY_OUTCOMES)
def test_every_key_outcome_is_shown_in_the_other_states_with_its_reason_in_words(service, indicator, status):
    members = of(service, "members")
    if cannot_be(indicator, status):
        assert not any(one.indicator == indicator.id and one.status == status for one in members)
    else:
        assert any(one.indicator == indicator.id and one.status == status and one.reason for one in members)


def cannot_be(indicator, status):
    """What is there already is never not due; without proof, hours or a share, whoever reached it counts."""
    if status == "not_counted":
        return not (indicator.evidence or indicator.band or indicator.measure == "proportion")
    at_once = indicator.subject in ("episode", "job") or indicator.outcome == "long_term_condition"
    return status == "not_due" and (at_once or on_a_day(indicator))


def on_a_day(indicator):
    """Whether an indicator looks at one day, on which everybody stands one way or the other."""
    return any(one.id == indicator.outcome and one.kind in ON_A_DAY for one in ALL_OUTCOMES)
