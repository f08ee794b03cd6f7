"""Ask member tables and figures about a handful of facts."""

from dataclasses import replace

from tests.factories import dataset, day

from placewell.indicators import figures, members
from placewell.periods import parse_period
from placewell.specification import load
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import OutcomesFile

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


def with_indicator(outcome, spec=SPEC, groups=(), **columns):
    """The specification with one more outcome, its groups, and one indicator "asked" that counts it."""
    added = OutcomesFile.model_validate(
        {
            **spec.outcomes.model_dump(exclude={"outcomes", "groups", "evidence"}),
            "group": tuple({"clause": "002 §17", **one} for one in groups),
            "outcome": ({"id": "asked_of", "name": "Asked", "clause": "002 §17", **outcome},),
        }
    )
    rules = spec.outcomes.model_copy(
        update={"outcomes": (*spec.outcomes.outcomes, *added.outcomes), "groups": added.groups}
    )
    given = {"id": "asked", "name": "Asked", "group": "operational", "outcome": "asked_of", "clause": "002 §17"}
    indicator = Indicator.model_validate({**given, **columns})
    counted = spec.indicators.model_copy(update={"indicators": (*spec.indicators.indicators, indicator)})
    return replace(spec, outcomes=rules, indicators=counted)
