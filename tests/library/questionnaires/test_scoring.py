"""Scores have known answers: the published conversion, and forms small enough to add up by hand."""

from decimal import Decimal
from itertools import pairwise

import polars as pl
import pytest

from placewell.questionnaires import instrument, instrument_ids, scores

RAND_SCALES = (
    "physical_functioning",
    "role_limitations_physical",
    "role_limitations_emotional",
    "energy_fatigue",
    "emotional_wellbeing",
    "social_functioning",
    "pain",
    "general_health",
)


def form(instrument_id, answers, response_id="R1"):
    rows = [(response_id, instrument_id, item, answer) for item, answer in answers.items()]
    schema = {"response_id": pl.String, "instrument": pl.String, "item": pl.String, "answer": pl.String}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def scored(instrument_id, answers):
    rows = scores(form(instrument_id, answers)).collect()
    return {row["scale"]: row["score"] for row in rows.iter_rows(named=True)}


def seven(*answers):
    return {str(number): str(answer) for number, answer in enumerate(answers, start=1)}


@pytest.mark.parametrize(
    ("answers", "raw", "metric"),
    [
        ((1, 1, 1, 1, 1, 1, 1), "7", "7.00"),
        ((2, 1, 1, 1, 1, 1, 1), "8", "9.51"),
        ((3, 3, 3, 3, 3, 3, 3), "21", "19.25"),
        ((4, 4, 4, 4, 4, 3, 4), "27", "24.11"),
        ((4, 4, 4, 4, 4, 4, 4), "28", "25.03"),
        ((5, 5, 5, 5, 5, 5, 4), "34", "32.55"),
        ((5, 5, 5, 5, 5, 5, 5), "35", "35.00"),
    ],
)
def test_swemwbs_is_converted_to_its_metric_score(answers, raw, metric):
    assert scored("swemwbs", seven(*answers)) == {"raw": Decimal(raw), "metric": Decimal(metric)}


@pytest.mark.parametrize("odd", ["0", "6", "", "often", "3.5", None])
def test_swemwbs_needs_seven_valid_answers(odd):
    assert scored("swemwbs", seven(3, 3, 3, 3, 3, 3) | {"7": odd}) == {"raw": None, "metric": None}


def test_swemwbs_with_an_item_left_out_is_not_complete():
    rows = scores(form("swemwbs", seven(3, 3, 3, 3, 3, 3))).collect()
    assert rows["complete"].to_list() == [False, False]
    assert rows["score"].to_list() == [None, None]


def test_the_metric_table_covers_every_sum_and_rises():
    table = instrument("swemwbs").scale("metric").conversion
    assert [raw for raw, _ in table] == list(range(7, 36))
    assert all(low[1] < high[1] for low, high in pairwise(table))


BEST = {
    **dict.fromkeys(("1", "2", "20", "22", "34", "36"), "1"),
    **{str(n): "3" for n in range(3, 13)},
    **{str(n): "2" for n in range(13, 20)},
    **dict.fromkeys(("21", "23", "26", "27", "30"), "1"),
    **dict.fromkeys(("24", "25", "28", "29", "31"), "6"),
    **dict.fromkeys(("32", "33", "35"), "5"),
}
WORST = {
    **dict.fromkeys(("1", "2", "20", "22", "34", "36"), "5"),
    **{str(n): "1" for n in range(3, 20)},
    **dict.fromkeys(("21", "23", "26", "27", "30"), "6"),
    **dict.fromkeys(("24", "25", "28", "29", "31"), "1"),
    **dict.fromkeys(("32", "33", "35"), "1"),
}


@pytest.mark.parametrize(("answers", "score"), [(BEST, 100), (WORST, 0)])
def test_rand36_runs_from_0_to_100_on_every_scale(answers, score):
    assert scored("rand36", answers) == dict.fromkeys(RAND_SCALES, Decimal(score))


@pytest.mark.parametrize(
    ("answers", "scale", "score"),
    [
        ({"21": "3", "22": "2"}, "pain", "67.5"),  # 60 and 75
        ({"21": "3"}, "pain", "60"),  # the mean of what is answered
        ({"1": "3", "33": "2", "34": "4"}, "general_health", "33.3333"),  # 50, 25, 25
        ({"1": "2", "33": "4", "34": "1", "35": "3", "36": "2"}, "general_health", "75"),
        ({"23": "2", "27": "4", "29": "3", "31": "5"}, "energy_fatigue", "60"),  # 80, 40, 40, 80
        ({"24": "1", "25": "1", "26": "6", "28": "2", "30": "6"}, "emotional_wellbeing", "4"),
        ({"20": "4", "32": "2"}, "social_functioning", "25"),
        ({"13": "1", "14": "2", "15": "2"}, "role_limitations_physical", "66.6667"),
        ({"2": "1"}, "general_health", None),  # item 2 is in no scale
    ],
)
def test_rand36_takes_the_mean_of_the_answered_items(answers, scale, score):
    assert scored("rand36", answers)[scale] == (None if score is None else Decimal(score))


def test_every_item_of_rand36_but_the_second_is_in_one_scale():
    items = [item for scale in instrument("rand36").scales for item in scale.items]
    assert sorted(items, key=int) == ["1", *map(str, range(3, 37))]


def test_forms_come_in_order_and_other_instruments_are_left_out():
    forms = pl.concat(
        [form("rand36", {"21": "1"}, "R2"), form("swemwbs", seven(3), "R1"), form("phq9", {"1": "0"}, "R0")]
    )
    rows = scores(forms).collect()
    assert rows["response_id"].to_list() == ["R1"] * 2 + ["R2"] * 8
    assert rows.filter(pl.col("complete")).select("scale", "score").rows() == [("pain", Decimal(100))]


def test_no_file_of_scoring_holds_a_question():
    for id in instrument_ids():
        assert "?" not in str(instrument(id))


def test_an_instrument_or_scale_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="no questionnaire sf36"):
        instrument("sf36")
    with pytest.raises(KeyError, match="swemwbs has no scale total"):
        instrument("swemwbs").scale("total")
