"""Every worked example of 002 answers what it says, and nothing of the specification goes without one."""

from collections import Counter

import pytest

from placewell.cli.worked_examples import differences
from placewell.specification import folder_of, load
from placewell.specification.examples import read_examples, without_example

SERVICE = "thrive_into_work"
FILES = read_examples(folder_of(SERVICE) / "examples")
EXAMPLES = [
    pytest.param(file, example, id=f"{name.removesuffix('.toml')}-{example.id}")
    for name, file in FILES.items()
    for example in file.examples
]


@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_the_example_answers_what_it_says(file, example):
    assert list(differences(load(SERVICE), file, example)) == []


def test_every_outcome_criterion_and_indicator_and_the_payment_have_an_example():
    assert list(without_example(load(SERVICE), FILES.values())) == []


def test_every_example_expects_something():
    silent = [
        example.id
        for file in FILES.values()
        for example in file.examples
        if not (
            example.figures or example.members or example.outcomes or example.answers or example.payments is not None
        )
    ]
    assert silent == []


@pytest.mark.parametrize("name", FILES)
def test_names_of_examples_are_used_once_in_a_file(name):
    assert [id for id, times in Counter(example.id for example in FILES[name].examples).items() if times > 1] == []


def test_every_criterion_is_shown_met_and_failed():
    shown = {
        (item.criterion, item.answer)
        for file in FILES.values()
        for example in file.examples
        for item in example.answers
    }
    wanted = {
        (criterion.id, answer) for criterion in load(SERVICE).eligibility.criteria for answer in ("met", "not_met")
    }
    assert wanted - shown == set()


KEY_OUTCOMES = [one.id for one in load(SERVICE).indicators.indicators if one.group == "key_outcomes"]
MEMBERS = [item for file in FILES.values() for example in file.examples for item in example.members]
FIGURES = [item for file in FILES.values() for example in file.examples for item in example.figures]


@pytest.mark.parametrize("id", KEY_OUTCOMES)
def test_every_key_outcome_is_shown_counted(id):
    assert any(figure.indicator == id and figure.value for figure in FIGURES)


@pytest.mark.parametrize("status", ["not_counted", "not_due", "excluded"])
@pytest.mark.parametrize("id", KEY_OUTCOMES)
def test_every_key_outcome_is_shown_in_the_other_states_with_its_reason_in_words(id, status):
    if (id, status) == ("engaged", "not_counted"):  # the record itself proves it: whoever reached it is counted
        assert load(SERVICE).outcomes.evidence_for("engaged") is None
    else:
        assert any(one.indicator == id and one.status == status and one.reason for one in MEMBERS)
