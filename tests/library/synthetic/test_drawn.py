"""A made-up trial whose arms a ledger gives: the same people are drawn on the same days, whatever they got."""

from datetime import date
from functools import cache

import polars as pl
import pytest

from placewell import synthetic
from placewell.specification import load

SPEC = load("thrive_into_work")
PEOPLE, SEED = 160, 11
LOTS = [lot.id for lot in SPEC.service.lots]


@cache
def by_the_seed(arms=None, through=None):
    return synthetic.make(SPEC, people=PEOPLE, seed=SEED, arms=arms, through=through)


def turns(lot, drawn):
    """One arm after the other, beginning with another arm in every second lot."""
    names = ("ips", "control") if LOTS.index(lot) % 2 else ("control", "ips")
    return [names[number % 2] for number in range(len(drawn))]


@cache
def everyone(arm):
    return lambda lot, drawn: [arm] * len(drawn)


@pytest.mark.parametrize("arms", [turns, everyone("ips"), everyone("control")], ids=["turns", "ips", "control"])
def test_the_same_people_are_drawn_on_the_same_days_whatever_the_arms(arms):
    columns = ["episode_id", "allocated_on"]
    drawn, default = by_the_seed(arms=arms)["allocations"], by_the_seed()["allocations"]
    assert drawn.select(columns).equals(default.select(columns))
    assert drawn.height > 50


def test_each_one_has_the_arm_the_ledger_gave_in_the_order_of_day_and_episode():
    asked = {}

    def remembered(lot, drawn):
        asked[lot] = list(drawn)
        return turns(lot, drawn)

    data = by_the_seed(arms=remembered)
    placed = data["allocations"].join(data["episodes"].select("episode_id", "lot"), on="episode_id")
    assert sorted(asked) == sorted(LOTS)
    for lot, order in asked.items():
        here = placed.filter(pl.col("lot") == lot).sort("allocated_on", "episode_id")
        assert order == sorted(order) == here.select("allocated_on", "episode_id").rows()
        assert here["arm"].to_list() == turns(lot, order)


def test_what_follows_agrees_with_the_arms():
    data = by_the_seed(arms=everyone("control"))
    held = data["allocations"].select("episode_id", "arm", "allocated_on")
    assert set(held["arm"]) == {"control"}
    met = data["contacts"].join(held, on="episode_id").filter(pl.col("on") > pl.col("allocated_on"))
    assert met.height == 0
    assert data["jobs"].join(held, on="episode_id", how="semi").height == 0
    others = by_the_seed(arms=everyone("ips"))
    assert others["jobs"].join(held, on="episode_id", how="semi").height > 0


def test_a_day_in_the_middle_has_the_beginning_of_its_ledger():
    day = date(2018, 11, 14)
    part = by_the_seed(arms=turns, through=day)
    placed = part["allocations"].join(part["episodes"].select("episode_id", "lot"), on="episode_id")
    assert placed["allocated_on"].max() <= day
    for lot in LOTS:
        here = placed.filter(pl.col("lot") == lot).sort("allocated_on", "episode_id")
        assert here["arm"].to_list() == turns(lot, here["episode_id"])


def test_a_ledger_that_gives_too_few_arms_is_refused():
    with pytest.raises(ValueError, match="people are drawn in dudley, but 1 arms were given"):
        by_the_seed(arms=lambda lot, drawn: ["ips"])


def test_the_same_arms_give_the_same_data():
    one = by_the_seed(arms=turns)
    two = synthetic.make(SPEC, people=PEOPLE, seed=SEED, arms=turns)
    assert all(one[table].equals(two[table]) for table in ("episodes", "allocations", "contacts", "jobs"))
