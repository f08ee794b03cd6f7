"""Ask member tables and figures about a handful of facts."""

from dataclasses import replace

from tests.factories import dataset, day

from placewell.indicators import figures, members
from placewell.periods import parse_period
from placewell.specification import load

SPEC = load("thrive_into_work")
QUARTER = "2019-04-01/2019-07-01"


def period_of(text):
    return parse_period(text, SPEC.service.first_quarter_starts)


def ask_members(indicator, *facts, period=QUARTER, as_at=None, lot=None, spec=SPEC):
    """Each member's row, by subject (or by episode, where people have several)."""
    table = members(spec, indicator, dataset(*facts), period_of(period), day(as_at), lot)
    return {
        row["episode_id"] if row["person_id"] == row["subject_id"] else row["subject_id"]: row
        for row in table.to_dicts()
    }


def ask_figure(indicator, *facts, period=QUARTER, as_at=None, lot=None, spec=SPEC, **more):
    """One figure."""
    return figures(spec, dataset(*facts), period_of(period), day(as_at), lot, (indicator,), **more)[0]


def with_target(indicator, target, spec=SPEC):
    """The specification with a target on an indicator."""
    changed = tuple(
        one.model_copy(update={"target": target}) if one.id == indicator else one for one in spec.indicators.indicators
    )
    return replace(spec, indicators=spec.indicators.model_copy(update={"indicators": changed}))
