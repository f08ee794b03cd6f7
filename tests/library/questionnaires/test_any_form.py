"""Whatever is answered: a slow scorer in plain Python agrees, and the order of the rows changes nothing."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.questionnaires.answering import form

from placewell.questionnaires import instrument, instrument_ids, scores

SCORED = [id for id in instrument_ids() if instrument(id).scales]
UNHURRIED = settings(deadline=None, max_examples=40)
ODD = ("", " ", "-1", "101", "x", None)


def by_hand(one, answers):
    """Scale to score, item by item."""
    return {scale.id: _scale_by_hand(one, scale, answers) for scale in one.scales}


def _scale_by_hand(one, scale, answers):
    points, away = [], 0
    for item in scale.items:
        answer = (answers.get(item) or "").strip()
        rules = one.answers_of(item)
        if answer in rules.left_out:
            away += 1
        elif answer in rules.scored:
            points.append(rules.scored[answer])
    if len(points) + away < scale.least_answered:
        return None
    if scale.rule == "profile":
        return dict(one.values(scale))[int("".join(map(str, points)))]
    if scale.conversion:
        return dict(scale.conversion)[sum(points)]
    mean = Fraction(sum(points), len(points))
    exact = mean * (len(scale.items) - away) if scale.rule == "sum" else mean
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


@st.composite
def filled_in(draw, id):
    """Most items with an answer that is one, some with an odd one, some left out."""
    one = instrument(id)
    answers = {}
    for item in one.items:
        chance = draw(st.integers(0, 19))
        if chance == 0:
            answers[item] = draw(st.sampled_from(ODD))
        elif chance > 1:
            answers[item] = draw(st.sampled_from(one.answers_of(item).allowed))
    return answers


@pytest.mark.parametrize("id", SCORED)
def test_the_slow_scorer_agrees(id):
    @UNHURRIED
    @given(st.lists(filled_in(id), min_size=1, max_size=6), st.randoms(use_true_random=False))
    def agrees(filled, order):
        one = instrument(id)
        rows = pl.concat(form(id, answers, f"R{n}") for n, answers in enumerate(filled)).collect()
        places = list(range(rows.height))
        order.shuffle(places)
        found = scores(rows[places].lazy(), (id,)).collect()
        assert found.equals(scores(rows.lazy(), (id,)).collect())
        expected = [
            (f"R{n}", scale, score, score is not None)
            for n, answers in enumerate(filled)
            if answers
            for scale, score in by_hand(one, answers).items()
        ]
        assert found.select("response_id", "scale", "score", "complete").rows() == expected

    agrees()


@pytest.mark.parametrize("id", SCORED)
def test_one_item_more_missing_never_makes_a_score_where_there_was_none(id):
    @UNHURRIED
    @given(filled_in(id).filter(bool), st.data())
    def still_none(answers, data):
        away = data.draw(st.sampled_from(sorted(answers)))
        less = {item: answer for item, answer in answers.items() if item != away}
        forms = pl.concat([form(id, answers, "whole"), form(id, less, "less")])
        found = scores(forms, (id,)).collect()
        complete = {
            response: set(found.filter(pl.col("complete") & (pl.col("response_id") == response))["scale"])
            for response in ("whole", "less")
        }
        assert complete["less"] <= complete["whole"]

    still_none()


@pytest.mark.parametrize("id", SCORED)
def test_scores_stay_within_the_limits_of_the_scale(id):
    one = instrument(id)

    @UNHURRIED
    @given(filled_in(id).filter(bool))
    def within(answers):
        for scale, score in scores(form(id, answers), (id,)).collect().select("scale", "score").drop_nulls().rows():
            low, high = one.limits(one.scale(scale))
            assert low <= score <= high or answers.get("1") == "NA"

    within()
