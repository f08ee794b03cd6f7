"""What the demo's people answered six months after the draw, in both arms; and the one who left the support alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import polars as pl
import pytest
from tests.site.conftest import NOW

from placewell import indicators
from placewell.dataset import Dataset
from placewell.evaluation.follow_up import ANSWERED, answers_due
from placewell.indicators import Figure
from placewell.periods import Period, add_months
from placewell.questionnaires import instrument
from placewell.specification import Specification
from placewell_web.accounts.service import current
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.demo.follow_ups import _form, answer_again
from placewell_web.exchange.demo.leaving import left_support, let_one_leave

TRIAL_DAY = date(2018, 11, 14)
TRIAL = current().trial
assert TRIAL is not None
(ASKED,) = TRIAL.follow_ups
OF_FOLLOW_UP = pl.col("response_id").str.ends_with(ASKED.id)


class Made(NamedTuple):
    """A data set, the same one without follow-ups, and its day."""

    dataset: Dataset
    without: Dataset
    day: date


@pytest.fixture(scope="module", params=[TRIAL_DAY, NOW.date()], ids=["during the trial", "after it"])
def made(request: Any) -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patch:
        dataset = demo.made_up(current(), request.param, people=600)
        patch.setattr(demo, "ARRANGED", tuple(one for one in demo.ARRANGED if one is not answer_again))
        yield Made(dataset, demo.made_up(current(), request.param, people=600), request.param)


def forms(dataset: Dataset) -> pl.DataFrame:
    """One row per follow-up answered, with arm, day of the draw, and the day of a consent taken back."""
    left = dataset["consents"].filter((pl.col("kind") == "trial") & pl.col("withdrawn_on").is_not_null())
    return (
        dataset["responses"]
        .filter(OF_FOLLOW_UP)
        .unique("response_id")
        .join(dataset["allocations"], on="episode_id", how="left")
        .join(left.select("episode_id", "withdrawn_on"), on="episode_id", how="left")
    )


def test_about_four_in_five_of_either_arm_answered_in_their_window(made: Made) -> None:
    people = made.dataset["allocations"].with_columns(left_on=pl.lit(None, pl.Date), person=pl.col("episode_id"))
    found = answers_due(people, made.dataset, ASKED, made.day).filter("closed")
    assert found.height > 100
    for arm in ("ips", "control"):
        share = (found.filter(pl.col("arm") == arm)["state"] == ANSWERED).mean()
        assert 0.72 < share < 0.88, (arm, share)


def test_each_was_drawn_and_answered_on_a_working_day_of_the_window_and_not_after_today(made: Made) -> None:
    for row in forms(made.dataset).rows(named=True):
        due = add_months(row["allocated_on"], ASKED.months)
        assert abs(row["completed_on"] - due) <= timedelta(days=ASKED.window_days)
        assert row["completed_on"] <= made.day
        assert row["completed_on"].isoweekday() <= 5
        assert (row["instrument"], row["occasion"]) == (ASKED.instrument, ASKED.occasion)


def test_who_took_back_contact_answered_nothing_from_then_on(made: Made) -> None:
    left = forms(made.dataset).filter(pl.col("withdrawn_on").is_not_null())
    assert (left["completed_on"] < left["withdrawn_on"]).all()
    out = made.dataset["consents"].filter((pl.col("kind") == "trial") & (pl.col("withdrawn_on") < made.day))
    assert out.height > left.height


def test_every_item_is_answered_near_the_baseline_and_alike_in_both_arms(made: Made) -> None:
    answers = made.dataset["responses"].filter(OF_FOLLOW_UP)
    assert set(answers.group_by("response_id").len()["len"]) == {len(instrument(ASKED.instrument).items)}
    first = made.dataset["responses"].filter(
        (pl.col("instrument") == ASKED.instrument) & (pl.col("occasion") == "baseline")
    )
    pair = answers.join(first, on=["episode_id", "item"], suffix="_before")
    moved = pair.select((pl.col("answer").cast(int) - pl.col("answer_before").cast(int)).alias("by"), "episode_id")
    assert set(moved["by"]) == {-1, 0, 1}
    of_arm = moved.join(made.dataset["allocations"], on="episode_id").group_by("arm").agg(pl.col("by").mean())
    by_arm = dict(of_arm.select("arm", "by").rows())
    assert 0 < by_arm["ips"] < 0.3
    assert 0 < by_arm["control"] < 0.3


def test_a_load_gives_the_same_answers_again(made: Made) -> None:
    again = answer_again(current(), made.without, made.day)
    columns = ["response_id", "item", "answer", "completed_on"]
    assert (
        again["responses"].select(columns).sort(columns).equals(made.dataset["responses"].select(columns).sort(columns))
    )


def figures_of(dataset: Dataset, day: date) -> dict[str, Figure]:
    whole = Period("whole programme", current().service.first_quarter_starts, day + timedelta(days=1))
    return {one.id: one for one in indicators.figures(current(), dataset, whole)}


def test_of_the_service_s_figures_only_the_change_in_wellbeing_of_those_in_support_moves(made: Made) -> None:
    """The comparison group's answers are in none of them: without theirs every figure is the same."""
    control = made.dataset["allocations"].filter(pl.col("arm") == "control")["episode_id"].implode()
    of_control = OF_FOLLOW_UP & pl.col("episode_id").is_in(control)
    ips_alone = made.dataset.with_frames(responses=made.dataset["responses"].filter(~of_control))
    assert ips_alone["responses"].height < made.dataset["responses"].height
    every, of_ips, before = (figures_of(one, made.day) for one in (made.dataset, ips_alone, made.without))
    assert every == of_ips
    moved = {id for id, figure in every.items() if figure != before[id]}
    assert moved == {one.id for one in current().indicators.indicators if one.id.startswith("wellbeing")}


def test_without_a_trial_or_a_follow_up_nothing_changes(made: Made) -> None:
    for trial in (None, TRIAL.model_copy(update={"follow_ups": ()})):
        other = cast(Specification, SimpleNamespace(trial=trial))
        assert answer_again(other, made.without, made.day) is made.without
    assert let_one_leave(cast(Specification, SimpleNamespace(trial=None)), made.without, made.day) is made.without


def test_one_person_left_the_support_and_nothing_else(made: Made) -> None:
    found = left_support(TRIAL, made.dataset)
    assert found is not None
    episode_id, on, scope = found
    assert scope.id == "intervention"
    row = made.dataset["episodes"].filter(pl.col("episode_id") == episode_id).row(0, named=True)
    assert (row["closed_on"], row["closure_reason"]) == (on, scope.closure_reason)
    assert on <= made.day
    mine = made.dataset["consents"].filter(pl.col("episode_id") == episode_id)
    assert mine["withdrawn_on"].null_count() == mine.height
    drawn = made.dataset["allocations"].filter(pl.col("episode_id") == episode_id)
    assert drawn["arm"].to_list() == ["ips"]
    assert drawn["allocated_on"][0] < on


def test_a_person_without_a_baseline_answers_in_the_middle() -> None:
    rows = list(_form(ASKED, "E1", date(2018, 6, 1), {"1": "5", "2": "1"}))
    answers = {row["item"]: int(row["answer"]) for row in rows}
    assert answers["1"] in (4, 5)
    assert answers["2"] in (1, 2)
    assert {answers[item] for item in "34567"} <= {2, 3, 4}
