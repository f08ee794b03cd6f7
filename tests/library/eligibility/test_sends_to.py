"""A criterion that is not met may name the service that is for such people; any other answer names none."""

from datetime import date

import pytest
from tests.library.specification.small import FILES, small

from placewell.cli.worked_examples import differences
from placewell.eligibility import decide
from placewell.specification.examples import ExampleFile

ONWARD = '\n[[onward]]\nid = "gp"\nlabel = "The GP"\nclause = "009 §2"\n'


@pytest.fixture
def spec(tmp_path):
    change = ("eligibility", 'kind = "inclusion"\n', 'kind = "inclusion"\nsends_to = "gp"\n')
    return small(tmp_path, change, referral=FILES["referral"] + ONWARD)


@pytest.mark.parametrize(
    ("facts", "answer", "sends_to"),
    [({"age_years": 17}, "not_met", "gp"), ({"age_years": 18}, "met", None), ({}, "not_known", None)],
)
def test_where_people_are_sent(spec, facts, answer, sends_to):
    [found] = decide(spec, facts, date(2018, 5, 1))
    assert (found.answer, found.sends_to) == (answer, sends_to)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"answer": "not_met", "sends_to": "gp"}, []),
        ({"answer": "not_met"}, []),
        ({"answer": "not_met", "sends_to": "jobcentre_plus"}, ["adult sends to gp, expected jobcentre_plus"]),
    ],
)
def test_a_worked_example_may_say_where(spec, expected, said):
    file = example({"age_years": 17}, expected)
    assert list(differences(spec, file, file.examples[0])) == said


def test_a_worked_example_that_sends_somebody_who_fits(spec):
    file = example({"age_years": 18}, {"answer": "met", "sends_to": "gp"})
    assert list(differences(spec, file, file.examples[0])) == ["adult sends to nobody, expected gp"]


def example(facts, expected):
    answers = ({"criterion": "adult", **expected},)
    one = {"id": "one", "about": "One.", "clause": "009 §3", "facts": facts, "answers": answers}
    return ExampleFile.model_validate({"about": "All.", "example": (one,)})
