"""Ask one measure about a handful of facts."""

from dataclasses import replace
from fractions import Fraction

from tests.factories import dataset, day

from placewell.fidelity.measures import Measure
from placewell.fidelity.measuring import measured
from placewell.fidelity.records import Records
from placewell.specification import load

SPEC = load("thrive_into_work")
DAY = "2019-06-30"


def a_post(specialist="s1", role="specialist", fte="1", first="2018-01-01", last=None, team="t1"):
    return "postings", {
        "specialist_id": specialist,
        "team_id": team,
        "role": role,
        "fte": fte,
        "from_on": day(first),
        "to_on": day(last),
    }


def a_supervision(on, specialist="s1", kind="group"):
    return "supervisions", {"specialist_id": specialist, "supervisor_id": "l1", "on": day(on), "kind": kind}


def an_activity(id, on, kind, specialist="s1", **columns):
    return "activities", {"activity_id": id, "on": day(on), "kind": kind, "specialist_id": specialist, **columns}


def a_link(practice, specialist="s1", first="2018-01-01", last=None):
    row = {"specialist_id": specialist, "gp_practice": practice, "from_on": day(first), "to_on": day(last)}
    return "practice_links", row


def a_measure(kind, **fields):
    return Measure("m", "item", kind, "What is measured", "per_cent", **fields)


def ask(measure, *facts, as_at=DAY, team=None, lot=None, spec=SPEC):
    """The tally of a measure."""
    return measured(Records(spec, dataset(*facts), day(as_at), team, lot), measure)


def statuses(tally):
    """The status of every member, by subject."""
    return dict(tally.members.select("subject_id", "status").iter_rows())


def reasons(tally):
    """The reason of every member, by subject."""
    return dict(tally.members.select("subject_id", "reason").iter_rows())


def number(tally):
    """Numerator, denominator, value; whole numbers as such."""
    return tuple(_plain(one) for one in (tally.numerator, tally.denominator, tally.value))


def _plain(value):
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def without(kind):
    """The specification without outcomes of a kind."""
    outcomes = tuple(one for one in SPEC.outcomes.outcomes if one.kind != kind)
    return replace(SPEC, outcomes=SPEC.outcomes.model_copy(update={"outcomes": outcomes}))
