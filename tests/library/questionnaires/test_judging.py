"""Bands at their edges, changes that count and changes that do not, and recovery of both."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl
import pytest
from tests.library.questionnaires.answering import BEST_OF_RAND, adding_up_to, course, form, numbered, state

from placewell.questionnaires import QuestionnaireError, changes, instrument
from placewell.questionnaires.judging import judged
from placewell.questionnaires.recovery import recoveries

FROM, TO = "2019-01-01", "2019-06-01"


@dataclass
class Sums:
    """Answers that add up to a total."""

    items: int
    most: int
    least: int = 0

    def of(self, total):
        return adding_up_to(total, self.items, self.most, self.least)


SUMS = {
    "swemwbs": Sums(7, 5, 1), "wemwbs": Sums(14, 5, 1), "wsas": Sums(5, 8), "phq9": Sums(9, 3), "gad7": Sums(7, 3),
    "reqol10": Sums(10, 4), "reqol20": Sums(20, 4),
}  # fmt: skip


def band(id, answers, banding=None):
    return judged(form(id, answers), id, banding).collect().rows(named=True)[-1]["band"]


def verdict(id, before, after):
    """Change and verdict of the last scale, on the last of two forms."""
    forms = course(id, ("baseline", FROM, before), ("exit", TO, after))
    first, last = judged(forms, id).collect().filter(pl.col("scale") == instrument(id).scales[-1].id).rows(named=True)
    assert (first["change"], first["verdict"]) == (None, None)
    return last["change"], last["verdict"]


@pytest.mark.parametrize(
    ("id", "banding", "total", "expected"),
    [
        ("swemwbs", None, 7, "low"),
        ("swemwbs", None, 21, "low"),  # 19.25
        ("swemwbs", None, 22, "average"),  # 19.98
        ("swemwbs", None, 30, "average"),  # 27.03
        ("swemwbs", None, 31, "high"),  # 28.13
        ("wsas", None, 9, "subclinical"),
        ("wsas", None, 10, "significant impairment"),
        ("wsas", None, 20, "significant impairment"),
        ("wsas", None, 21, "moderately severe or worse"),
        ("phq9", None, 0, "minimal"),
        ("phq9", None, 4, "minimal"),
        ("phq9", None, 5, "mild"),
        ("phq9", None, 9, "mild"),
        ("phq9", None, 10, "moderate"),
        ("phq9", None, 14, "moderate"),
        ("phq9", None, 15, "moderately severe"),
        ("phq9", None, 19, "moderately severe"),
        ("phq9", None, 20, "severe"),
        ("phq9", None, 27, "severe"),
        ("phq9", "caseness", 9, "below caseness"),
        ("phq9", "caseness", 10, "at or above caseness"),
        ("gad7", None, 4, "minimal"),
        ("gad7", None, 5, "mild"),
        ("gad7", None, 10, "moderate"),
        ("gad7", None, 14, "moderate"),
        ("gad7", None, 15, "severe"),
        ("gad7", "caseness", 7, "below caseness"),
        ("gad7", "caseness", 8, "at or above caseness"),
        ("reqol10", None, 23, "in the clinical range"),
        ("reqol10", None, 24, "in the general population's range"),
        ("reqol10", "clinical_to_24", 24, "in the clinical range"),
        ("reqol10", "clinical_to_24", 25, "in the general population's range"),
        ("wemwbs", None, 50, None),  # no bands are published
    ],
)
def test_bands_change_where_they_should(id, banding, total, expected):
    assert band(id, SUMS[id].of(total), banding) == expected


def test_what_has_no_whole_score_has_no_band():
    assert band("phq9", numbered("3 3 3 3 3 3 3 3 .")) is None
    assert band("wsas", numbered("NA 8 8 8 8")) is None  # 32 of 32 is not 32 of 40


@pytest.mark.parametrize(
    ("id", "before", "after", "expected"),
    [
        ("phq9", 15, 9, (-6, "reliable improvement")),
        ("phq9", 15, 10, (-5, "no reliable change")),
        ("phq9", 9, 15, (6, "reliable deterioration")),
        ("phq9", 9, 9, (0, "no reliable change")),
        ("gad7", 12, 8, (-4, "reliable improvement")),
        ("gad7", 12, 9, (-3, "no reliable change")),
        ("gad7", 8, 12, (4, "reliable deterioration")),
        ("wsas", 20, 12, (-8, "meaningful improvement")),
        ("wsas", 20, 13, (-7, "no meaningful change")),
        ("wsas", 12, 20, (8, "meaningful deterioration")),
        ("wemwbs", 40, 42, (2, "no meaningful change")),
        ("wemwbs", 40, 43, (3, "perhaps a meaningful improvement")),
        ("wemwbs", 40, 47, (7, "perhaps a meaningful improvement")),
        ("wemwbs", 40, 48, (8, "meaningful improvement")),
        ("wemwbs", 43, 40, (-3, "perhaps a meaningful deterioration")),
        ("wemwbs", 48, 40, (-8, "meaningful deterioration")),
        ("swemwbs", 21, 22, ("0.73", "no meaningful change")),
        ("swemwbs", 21, 24, ("2.29", "perhaps a meaningful improvement")),
        ("swemwbs", 21, 25, ("3.1", "meaningful improvement")),
        ("reqol10", 20, 25, (5, "meaningful improvement")),
        ("reqol10", 20, 24, (4, "no meaningful change")),
        ("reqol20", 20, 30, (10, "meaningful improvement")),
        ("reqol20", 20, 29, (9, "no meaningful change")),
    ],
)
def test_a_change_counts_from_where_it_is_published_to_count(id, before, after, expected):
    found = verdict(id, SUMS[id].of(before), SUMS[id].of(after))
    assert found == (Decimal(expected[0]), expected[1])


def test_eq5d_changes_by_the_value_set_and_its_own_scale_without_a_verdict():
    forms = course("eq5d3l", ("baseline", FROM, state("22222", 40)), ("exit", TO, state("11222", 70)))
    rows = judged(forms, "eq5d3l").collect().filter(pl.col("change").is_not_null())
    assert rows.select("scale", "change", "verdict").rows() == [
        ("index", Decimal("0.173"), "meaningful improvement"),
        ("vas", Decimal(30), None),
    ]


def test_the_scales_of_a_form_stay_in_order():
    rows = judged(form("rand36", BEST_OF_RAND), "rand36").collect()
    assert rows["scale"].to_list() == [scale.id for scale in instrument("rand36").scales]
    assert rows.columns == ["response_id", "instrument", "scale", "score", "complete", "band", "change", "verdict"]


def test_what_is_only_counted_is_not_judged():
    rows = judged(form("satisfaction", {"overall": "good"}), "satisfaction").collect()
    assert (rows.height, rows.columns[-3:]) == (0, ["band", "change", "verdict"])


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("phq9", 'phq9 has no bands "moods": it has severity, caseness.'),
        ("wemwbs", 'wemwbs has no bands "moods": it has none.'),
        ("satisfaction", 'satisfaction has no bands "moods": it has none.'),
    ],
)
def test_bands_that_are_not_there(id, said):
    with pytest.raises(QuestionnaireError) as refused:
        judged(form(id, {"1": "1"}), id, "moods")
    assert refused.value.problems == (said,)


@pytest.mark.parametrize(("before", "after", "pairs"), [
    ("NA 8 8 8 8", "NA 1 1 1 1", 1), ("8 8 8 8 8", "1 1 1 1 1", 1), ("NA 8 8 8 8", "1 1 1 1 1", 0),
    ("8 8 8 8 8", "NA 1 1 1 1", 0),
])  # fmt: skip
def test_a_total_to_32_is_not_compared_with_one_to_40(before, after, pairs):
    forms = course("wsas", ("baseline", FROM, numbered(before)), ("exit", TO, numbered(after)))
    assert changes(forms, "wsas", "total").collect().height == pairs


def test_a_form_without_its_day_is_no_part_of_a_pair():
    dated = course("phq9", ("baseline", FROM, SUMS["phq9"].of(15)), ("exit", TO, SUMS["phq9"].of(5)))
    undated = form("phq9", SUMS["phq9"].of(20), "R9").with_columns(completed_on=pl.lit(None, pl.Date))
    assert changes(pl.concat([undated, dated]), "phq9", "total").collect()["change"].to_list() == [Decimal(-10)]


# --- recovery ---


def both(phq_before, gad_before, phq_after, gad_after):
    return pl.concat([
        course("phq9", ("baseline", FROM, SUMS["phq9"].of(phq_before)), ("exit", TO, SUMS["phq9"].of(phq_after))),
        course("gad7", ("baseline", FROM, SUMS["gad7"].of(gad_before)), ("exit", TO, SUMS["gad7"].of(gad_after))),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((10, 0, 9, 7), "recovered"),
        ((0, 8, 9, 7), "recovered"),
        ((10, 8, 9, 7), "recovered"),
        ((10, 0, 10, 0), "not recovered"),
        ((10, 0, 0, 8), "not recovered"),  # a case on the other one now
        ((9, 7, 9, 7), "below caseness at the start"),
        ((9, 7, 27, 21), "below caseness at the start"),
    ],
)
def test_recovery_is_from_a_case_on_either_to_below_on_both(scores, expected):
    row = recoveries(both(*scores)).collect().row(0, named=True)
    assert row == {
        "episode_id": "E1",
        "phq9_baseline": scores[0],
        "phq9_later": scores[2],
        "gad7_baseline": scores[1],
        "gad7_later": scores[3],
        "recovery": expected,
    }


@pytest.mark.parametrize("only", ["phq9", "gad7"])
def test_one_of_the_two_alone_is_not_judged(only):
    assert recoveries(both(10, 8, 0, 0).filter(pl.col("instrument") == only)).collect().height == 0


def test_scoring_of_a_services_own_may_be_given_if_it_has_a_caseness():
    total = instrument("phq9").scale("total")
    bands = total.banding("caseness")
    upper = bands.bands[1].model_copy(update={"least": Decimal(12)})
    stricter = total.model_copy(update={"bandings": (bands.model_copy(update={"bands": (bands.bands[0], upper)}),)})
    ours = instrument("phq9").model_copy(update={"scales": (stricter,)})
    assert recoveries(both(11, 0, 0, 0), ours).collect()["recovery"].to_list() == ["below caseness at the start"]
    bare = ours.model_copy(update={"scales": (total.model_copy(update={"bandings": ()}),)})
    with pytest.raises(
        QuestionnaireError, match='phq9 has no bands "caseness" of a scale "total": recovery needs them'
    ):
        recoveries(both(11, 0, 0, 0), bare)
