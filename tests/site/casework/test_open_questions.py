"""How a form of answers speaks of its questions: by what the page calls them, of every instrument there is."""

from __future__ import annotations

import re

import pytest
from tests.site.conftest import World

from placewell.questionnaires import instrument
from placewell.vocabulary import labels
from placewell_web.casework.forms.questionnaires import AnswersForm
from placewell_web.casework.queries import questionnaires as kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def filled(id: str, data: dict[str, str], *, keyed: bool = False) -> AnswersForm:
    return AnswersForm(data, instrument=instrument(id), wording=kept.wording_of(id), keyed=keyed)


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("id", labels("instrument"))
def test_no_error_calls_a_question_by_a_code_that_the_page_does_not_show(world: World, id: str, keyed: bool) -> None:
    """With nothing answered, with one question open, and with every answer wrong: a code stands only in a label."""
    one = instrument(id)
    right = {f"q{n}": one.answers_of(i).allowed[0] for n, i in enumerate(one.items_in_order, 1) if one.answers_of(i)}
    for data in ({}, right | {"q1": ""}, dict.fromkeys(right, "superb")):
        form = filled(id, data, keyed=keyed)
        said = " ".join(words for errors in form.errors.values() for words in errors)
        assert said or not right
        for field in map(str, (form[name].label for name in form.items)):
            said = said.replace(field, "")
        named = [item for item in one.items if not item.isdigit() and re.search(rf"\b{item}\b", said)]
        shown = {str(form[name].label) for name in form.items}
        assert [item for item in named if f"Item {item}" not in shown] == []


@pytest.mark.parametrize(
    ("id", "answers", "said"),
    [
        ("satisfaction", {}, "“All in all, how do you rate the service?” has no answer. Answer it, or tick"),
        ("self_report", {"q1": "better", "q2": "better", "q3": "better"}, "” and “"),
        ("self_report", {}, "5 questions have no answer, the first of them “"),
        ("eq5d5l", {f"q{n}": "1" for n in range(2, 7)}, "Item mobility has no answer."),
    ],
)
def test_an_open_question_is_called_as_the_page_calls_it(
    world: World, id: str, answers: dict[str, str], said: str
) -> None:
    assert said in filled(id, answers).errors["leave_open"][0]
