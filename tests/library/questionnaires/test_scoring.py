"""Scores have known answers: published tables and vectors, and forms small enough to add up by hand."""

import csv
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from tests.library.questionnaires.answering import (
    BEST_OF_RAND,
    WORST_OF_RAND,
    adding_up_to,
    form,
    numbered,
    scored,
    state,
)

from placewell.questionnaires import instrument, instrument_ids, scores

HERE = Path(__file__).parent
METRIC = [tuple(row) for row in csv.reader((HERE / "swemwbs_metric.csv").read_text().splitlines())][1:]
VALUE_SETS = json.loads((HERE / "eq5d_value_sets.json").read_text(), parse_float=Decimal)
VECTORS = [
    (name.partition("_")[0], profile, value)
    for name, content in VALUE_SETS.items()
    for profile, value in content["vectors"].items()
]
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


def points(score):
    return None if score is None else Decimal(score)


# --- SWEMWBS and WEMWBS ---


@pytest.mark.parametrize(("raw", "metric"), METRIC)
def test_swemwbs_is_converted_to_its_metric_score(raw, metric):
    assert scored("swemwbs", adding_up_to(int(raw), 7, 5, least=1)) == {"raw": Decimal(raw), "metric": Decimal(metric)}


@pytest.mark.parametrize("odd", ["0", "6", "", "often", "3.5", None])
def test_swemwbs_needs_seven_valid_answers(odd):
    assert scored("swemwbs", numbered("3 3 3 3 3 3") | {"7": odd}) == {"raw": None, "metric": None}


def test_a_form_with_an_item_left_out_is_there_and_not_complete():
    rows = scores(form("swemwbs", numbered("3 3 3 3 3 3"))).collect()
    assert rows.columns == ["response_id", "instrument", "scale", "score", "complete"]
    assert rows["complete"].to_list() == [False, False]
    assert rows["score"].to_list() == [None, None]


def test_the_metric_table_is_the_published_one_and_rises():
    table = instrument("swemwbs").scale("metric").conversion
    assert list(table) == [(int(raw), Decimal(metric)) for raw, metric in METRIC]
    assert [raw for raw, _ in table] == list(range(7, 36))
    assert all(low[1] < high[1] for low, high in pairwise(table))


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ("1 1 1 1 1 1 1 1 1 1 1 1 1 1", "14"),
        ("5 5 5 5 5 5 5 5 5 5 5 5 5 5", "70"),
        ("1 2 3 4 5 1 2 3 4 5 1 2 3 4", "40"),
        ("3 3 3 3 3 3 3 3 3 3 3 3 3 .", None),
        (". 3 3 3 3 3 3 3 3 3 3 3 3 3", None),
        ("3 3 3 3 3 3 3 3 3 3 3 3 3 6", None),
        ("0 3 3 3 3 3 3 3 3 3 3 3 3 3", None),
    ],
)
def test_wemwbs_adds_up_fourteen_items(answers, total):
    assert scored("wemwbs", numbered(answers)) == {"total": points(total)}


# --- EQ-5D ---


@pytest.mark.parametrize(("instrument_id", "profile", "value"), VECTORS)
def test_eq5d_gives_the_published_value_of_a_state(instrument_id, profile, value):
    assert scored(instrument_id, state(profile))["index"] == value


@pytest.mark.parametrize(
    ("instrument_id", "profile", "value"),
    [
        # three levels: 1 − 0.081 where any is above 1, − 0.269 where any is 3
        ("eq5d3l", "21111", "0.850"),  # 1 − 0.081 − 0.069
        ("eq5d3l", "12111", "0.815"),
        ("eq5d3l", "11211", "0.883"),
        ("eq5d3l", "11121", "0.796"),
        ("eq5d3l", "11112", "0.848"),
        ("eq5d3l", "22222", "0.516"),
        ("eq5d3l", "31111", "0.336"),  # 1 − 0.081 − 0.269 − 0.314
        ("eq5d3l", "13111", "0.436"),
        ("eq5d3l", "11311", "0.556"),
        ("eq5d3l", "11131", "0.264"),
        ("eq5d3l", "11113", "0.414"),
        # five levels: no constants
        ("eq5d5l", "21111", "0.968"),
        ("eq5d5l", "15111", "0.794"),
        ("eq5d5l", "11411", "0.816"),
        ("eq5d5l", "11131", "0.934"),
        ("eq5d5l", "11114", "0.687"),
        ("eq5d5l", "12345", "0.114"),  # 1 − 0.038 − 0.086 − 0.371 − 0.391
    ],
)
def test_eq5d_takes_off_each_dimension(instrument_id, profile, value):
    assert scored(instrument_id, state(profile))["index"] == Decimal(value)


@pytest.mark.parametrize("profile", [".1111", "1.111", "11.11", "111.1", "1111.", "....."])
@pytest.mark.parametrize("instrument_id", ["eq5d3l", "eq5d5l"])
def test_eq5d_with_a_dimension_missing_has_no_index_and_keeps_its_own_scale(instrument_id, profile):
    assert scored(instrument_id, state(profile, 70)) == {"index": None, "vas": Decimal(70)}


@pytest.mark.parametrize(("instrument_id", "level"), [("eq5d3l", "4"), ("eq5d3l", "0"), ("eq5d5l", "6")])
def test_a_level_the_version_has_not_is_a_missing_answer(instrument_id, level):
    assert scored(instrument_id, state(f"1111{level}", 70)) == {"index": None, "vas": Decimal(70)}


@pytest.mark.parametrize(
    ("vas", "score"),
    [("0", "0"), ("100", "100"), ("57", "57"), (" 57 ", "57"), ("101", None), ("-1", None), ("57.5", None), ("", None)],
)
def test_the_visual_analogue_scale_is_a_whole_number_to_100(vas, score):
    assert scored("eq5d5l", state("11111", vas)) == {"index": Decimal(1), "vas": points(score)}


# --- RAND-36 ---


@pytest.mark.parametrize(("answers", "score"), [(BEST_OF_RAND, 100), (WORST_OF_RAND, 0)])
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
    assert scored("rand36", answers)[scale] == points(score)


def test_every_item_of_rand36_but_the_second_is_in_one_scale():
    items = [item for scale in instrument("rand36").scales for item in scale.items]
    assert sorted(items, key=int) == ["1", *map(str, range(3, 37))]


# --- WSAS ---


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ("0 0 0 0 0", "0"),
        ("8 8 8 8 8", "40"),
        ("1 2 3 4 5", "15"),
        # retired, or out of work for reasons of another kind: four items, 0 to 32, nothing put in for the first
        ("NA 8 8 8 8", "32"),
        ("NA 0 0 0 0", "0"),
        ("NA 2 3 4 5", "14"),
        # nobody said that item 1 does not apply: half-answered
        (". 2 3 4 5", None),
        ("NA 2 3 4 .", None),
        ("1 2 3 4 .", None),
        ("1 NA 3 4 5", None),  # the rule is item 1's alone
        ("9 2 3 4 5", None),
    ],
)
def test_wsas_adds_up_five_items_or_four_where_work_does_not_apply(answers, total):
    assert scored("wsas", numbered(answers)) == {"total": points(total)}


# --- PHQ-9 and GAD-7 ---


@pytest.mark.parametrize(
    ("instrument_id", "answers", "total"),
    [
        ("phq9", "0 0 0 0 0 0 0 0 0", "0"),
        ("phq9", "3 3 3 3 3 3 3 3 3", "27"),
        ("phq9", "0 1 2 3 0 1 2 3 0", "12"),
        ("phq9", "3 3 3 3 3 3 3 3 .", None),  # no prorating
        ("phq9", "3 3 3 3 3 3 3 . .", None),
        ("phq9", "3 3 3 3 3 3 3 3 4", None),
        ("gad7", "0 0 0 0 0 0 0", "0"),
        ("gad7", "3 3 3 3 3 3 3", "21"),
        ("gad7", "0 1 2 3 0 1 2", "9"),
        ("gad7", "3 3 3 3 3 3 .", None),
        ("gad7", "3 3 3 3 3 3 -1", None),
    ],
)
def test_phq9_and_gad7_need_every_item(instrument_id, answers, total):
    assert scored(instrument_id, numbered(answers)) == {"total": points(total)}


# --- ReQoL ---


@pytest.mark.parametrize(
    ("instrument_id", "answers", "total"),
    [
        ("reqol10", "4 4 4 4 4 4 4 4 4 4", "40"),
        ("reqol10", "0 0 0 0 0 0 0 0 0 0", "0"),
        ("reqol10", "0 1 2 3 4 0 1 2 3 4", "20"),
        ("reqol10", "4 4 4 4 4 4 4 4 4 4 0", "40"),  # the item about physical health is in no score
        ("reqol10", "4 4 4 4 4 4 4 4 4 .", "40"),  # one missing: the mean of the nine others
        ("reqol10", "1 1 1 1 1 1 1 1 2 .", "11.1111"),
        ("reqol10", "1 1 1 1 1 1 1 1 2 . 4", "11.1111"),  # the physical item does not stand in for it
        ("reqol10", "4 4 4 4 4 4 4 4 . .", None),
        ("reqol10", "4 4 4 4 4 4 4 4 . 5", None),
        ("reqol20", " ".join("4" * 20), "80"),
        ("reqol20", " ".join("4" * 20 + "0"), "80"),
        ("reqol20", " ".join("01234" * 4), "40"),
        ("reqol20", " ".join("4" * 19), None),  # the rule for missing items is the shorter form's
    ],
)
def test_reqol_adds_up_its_items(instrument_id, answers, total):
    assert scored(instrument_id, numbered(answers)) == {"total": points(total)}


# --- all together ---


@pytest.mark.parametrize(
    "instrument_id", ["peq_assessment", "peq_treatment", "satisfaction", "economic_status", "self_report"]
)
def test_answers_that_do_not_add_up_to_anything_have_no_score(instrument_id):
    assert scored(instrument_id, {"1": "Y", "overall": "good"}) == {}


def test_forms_come_in_order_and_other_instruments_are_left_out():
    forms = pl.concat(
        [form("rand36", {"21": "1"}, "R2"), form("swemwbs", numbered("3"), "R1"), form("phq9", {"1": "0"}, "R0")]
    )
    rows = scores(forms, ("swemwbs", "rand36")).collect()
    assert rows["response_id"].to_list() == ["R1"] * 2 + ["R2"] * 8
    assert rows.filter(pl.col("complete")).select("scale", "score").rows() == [("pain", Decimal(100))]
    assert scores(forms).collect().height == 11
    assert scores(forms, ("rand36",), ("pain",)).collect()["scale"].to_list() == ["pain"]


def test_an_item_answered_twice_leaves_the_form_without_a_score():
    twice = pl.concat([form("swemwbs", numbered("3 3 3 3 3 3")), form("swemwbs", {"1": "5"})])
    assert scores(twice, ("swemwbs",)).collect()["complete"].to_list() == [False, False]


def test_an_instrument_or_scale_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="no questionnaire sf36"):
        instrument("sf36")
    with pytest.raises(KeyError, match="swemwbs has no scale total"):
        instrument("swemwbs").scale("total")


def test_every_instrument_of_the_data_set_is_there():
    from placewell.vocabulary import code_list

    assert instrument_ids() == tuple(sorted(code_list("instrument").codes))
