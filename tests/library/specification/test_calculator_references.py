"""Which figure is which row of the target calculator: one count of ours for each; each mistake told in its place."""

import pytest
from tests.library.specification.small import problems, without_lines

TAIL = 'outcome = "job_start"\nclause = "009 §6"\n'
ROW = f'{TAIL}calculator_row = "placed"\n'


def another(id="others", row="placed", **keys):
    lines = "\n".join(f"{key} = {value}" for key, value in keys.items())
    return (
        f'\n[[indicator]]\nid = "{id}"\nname = "Others"\ngroup = "operational"\ncalculator_row = "{row}"\n'
        f'clause = "009 §6"\n{lines}\n'
    )


COUNTED = {"outcome": '"job_start"'}
LATER = {**COUNTED, "version": 2, "in_force_from": "2019-04-01"}
MEDIAN = {**COUNTED, "measure": '"median"', "value": '"days_from_referral"', "unit": '"days"'}
HELD = {"held_by": '"evaluator"', "linkage": '["people.birth_date"]'}

RIGHT = {
    "nobody is a row": TAIL,
    "one is a row": ROW,
    "two are two rows": ROW + another(row="referrals", **COUNTED),
    "a later version is the same row": ROW + another(id="job_starts", **LATER),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_what_agrees(tmp_path, text):
    assert problems(tmp_path, ("indicators", TAIL, text)) == ()


WRONG = {
    "two are one row": (
        ROW + another(**COUNTED),
        "calculator_row (“others”): placed is a goal for job_starts already: name it once",
    ),
    "a median": (
        TAIL + another(**MEDIAN),
        "calculator_row (“others”): placed is a count, and others is none that is computed here: take it out",
    ),
    "held by somebody else": (
        TAIL + another(**HELD),
        "calculator_row (“others”): placed is a count, and others is none that is computed here: take it out",
    ),
    "a row that is not": (TAIL + another(row="retired", **COUNTED), "calculator_row (“others”): is 'retired'"),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not(tmp_path, text, words):
    (problem,) = without_lines(problems(tmp_path, ("indicators", TAIL, text)))
    assert words in problem
