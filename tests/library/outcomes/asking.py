"""Ask the outcome table about a handful of facts."""

from dataclasses import replace

from tests.factories import dataset, day

from placewell.outcomes import milestones, outcome_table
from placewell.specification import load

SPEC = load("thrive_into_work")
LATE = "2021-12-31"


def rows(*facts, as_at=LATE, spec=SPEC):
    """Every episode's row of the outcome table, by episode id."""
    table = outcome_table(spec, dataset(*facts), day(as_at))
    return {row["episode_id"]: row for row in table.iter_rows(named=True)}


def ask(column, *facts, as_at=LATE, spec=SPEC, episode="e1"):
    """One value of one episode; dates as ISO text."""
    value = rows(*facts, as_at=as_at, spec=spec)[episode][column]
    return value.isoformat() if hasattr(value, "isoformat") else value


def ask_milestones(*facts, as_at=LATE, spec=SPEC, episode="e1"):
    """The milestones of one episode, by outcome id."""
    table = milestones(spec, dataset(*facts), day(as_at))
    return {row["outcome_id"]: row for row in table.iter_rows(named=True) if row["episode_id"] == episode}


def changed(*ids, spec=SPEC, **values):
    """The specification with fields of these outcomes changed."""
    outcomes = tuple(one.model_copy(update=values) if one.id in ids else one for one in spec.outcomes.outcomes)
    return replace(spec, outcomes=spec.outcomes.model_copy(update={"outcomes": outcomes}))


def ruled(part, spec=SPEC, **values):
    """The specification with fields of `entry`, `hours` or `contact` changed."""
    rule = getattr(spec.outcomes, part).model_copy(update=values)
    return replace(spec, outcomes=spec.outcomes.model_copy(update={part: rule}))
