"""The engine and the second opinion agree on every action of random fidelity plans, and later facts change nothing."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from tests.generative.oracle import fidelity_actions
from tests.generative.oracle.judgement import Question

from placewell.dataset import Dataset
from placewell.indicators import figures, members
from placewell.periods import Period
from placewell.specification import load

SPEC = load("ips_grow")
FIRST = date(2020, 1, 1)
DAYS = 60
KINDS = ("external", "external", "follow_up", "follow_up", "self_assessment", None)
SEEDS = range(60)


def random_plans(seed):
    """A question and a few months of reviews and actions, close together so that days meet; some days are absent."""
    dice = random.Random(seed)

    def day(absent=0.0):
        return None if dice.random() < absent else FIRST + timedelta(days=dice.randrange(DAYS))

    reviews = []
    for number in range(dice.randrange(2, 9)):
        shared = {
            "review_id": f"r{number}",
            "on": day(0.05),
            "kind": dice.choice(KINDS),
            "scale": dice.choice(("ips25",) * 6 + ("adapted",)),
            "service_id": dice.choice(("ips_grow",) * 5 + (None, "workwise")),
            "team_id": dice.choice(("t1", "t1", "t2", None)),
        }
        reviews += [{**shared, "item": str(item), "score": 3} for item in range(1, dice.randrange(2, 4))]
    actions = [
        {
            "action_id": f"a{number}",
            "review_id": f"r{dice.randrange(9)}",
            "agreed_on": day(0.05),
            "due_on": day(0.5),
            "achieved_on": day(0.3),
        }
        for number in range(30)
    ]
    start = day()
    as_at = max(start, FIRST + timedelta(days=DAYS - 5))
    question = Question(start, start + timedelta(days=dice.choice((10, 30, 60))), as_at)
    return question, {"fidelity_reviews": reviews, "fidelity_actions": actions}


def asked(question):
    return Period("random", question.start, question.end)


def told_by_engine(tables, question):
    found = members(SPEC, "fidelity_actions", Dataset.from_rows(tables), asked(question), question.as_at)
    return sorted(found.select("subject_id", "status", "outcome_on").iter_rows(), key=str)


@pytest.mark.parametrize("seed", SEEDS)
def test_they_agree(seed):
    question, tables = random_plans(seed)
    oracle = sorted(fidelity_actions.judge(tables, "ips_grow", question), key=str)
    assert told_by_engine(tables, question) == oracle
    data = Dataset.from_rows(tables)
    figure = figures(SPEC, data, asked(question), question.as_at, only=["fidelity_actions"])[0]
    states = Counter(status for _, status, _ in oracle)
    assert figure.numerator == states["counted"]
    assert figure.denominator == states["counted"] + states["not_counted"]


def test_random_plans_reach_every_status():
    """A generator that never makes an action count proves nothing."""
    seen = Counter()
    for seed in SEEDS:
        question, tables = random_plans(seed)
        seen.update(status for _, status, _ in fidelity_actions.judge(tables, "ips_grow", question))
    assert set(seen) == {"counted", "not_counted", "not_due", "excluded"}
    assert min(seen.values()) > 20


@pytest.mark.parametrize("seed", SEEDS)
def test_what_comes_after_the_day_changes_nothing(seed):
    question, tables = random_plans(seed)
    after = question.as_at + timedelta(days=1)
    more = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for row in more["fidelity_actions"]:
        row["achieved_on"] = row["achieved_on"] or after
    new = {"review_id": "new", "on": after, "kind": "follow_up", "scale": "ips25", "item": "1", "team_id": "t1"}
    more["fidelity_reviews"].append(new)
    more["fidelity_actions"].append({"action_id": "new", "review_id": "r1", "agreed_on": after})
    assert told_by_engine(more, question) == told_by_engine(tables, question)
