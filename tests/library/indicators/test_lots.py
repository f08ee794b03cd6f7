"""The lot of what belongs to no episode, by its locality; and whose a contract's target is."""

from dataclasses import replace

import pytest
from tests.factories import an_employer_contact, an_episode, dataset, day
from tests.library.indicators.asking import with_indicator, with_target

from placewell.indicators import Workings, figures, members, series
from placewell.periods import parse_period
from placewell.reports.matrices import matrices
from placewell.reports.summary import answer
from placewell.specification import load
from placewell.specification.indicators import Target

SPEC = load("workwise")
PLACES = SPEC.service.localities
PERIOD = parse_period("Y1Q1", SPEC.service.first_quarter_starts)
POOLE, WEST = "bournemouth_and_poole", "west_of_dorset"
HERS = an_episode(
    "e1", "p1", referred="2012-04-02", opted_in_on="2012-04-03", service_id="workwise", lot=WEST, locality="dorset_1"
)


def an_activity(id, locality, kind="employer_awareness", **columns):
    return "activities", {"activity_id": id, "on": "2012-05-01", "kind": kind, "locality": locality, **columns}


def a_visit(id, locality, episode=None):
    columns = {"employer_contact_id": id, "purpose": "awareness", "locality": locality, "employer_id": "o5"}
    return an_employer_contact(episode, "2012-05-02", **columns)


FACTS = (
    HERS,
    an_activity("in poole", "bournemouth_poole_3", organisation_id="o1"),
    an_activity("in dorset", "dorset_1", organisation_id="o2"),  # may lie in the west or in the east
    an_activity("elsewhere", "leeds", organisation_id="o3"),
    an_activity("nowhere", None, organisation_id="o4"),
    a_visit("a visit", "bournemouth_poole_1"),
)


def value(indicator, lot=None, facts=FACTS, spec=SPEC):
    return figures(spec, dataset(*facts), PERIOD, lot=lot, only=[indicator])[0].value


@pytest.mark.parametrize(
    ("indicator", "lot", "answer"),
    [
        ("employer_sessions", None, 5),
        ("employer_sessions", POOLE, 2),
        ("employer_sessions", WEST, 0),  # the document does not say which localities lie in the west
        ("employer_sessions", "east_of_dorset", 0),
        ("employers_engaged", POOLE, 2),
        ("employer_awareness", POOLE, 2),
        ("people_referred", POOLE, 0),
        ("people_referred", WEST, 1),
    ],
)
def test_a_lot_keeps_what_its_localities_hold(indicator, lot, answer):
    assert value(indicator, lot) == answer


def test_a_service_that_places_a_locality_in_one_lot_has_its_activities_there():
    places = [one.model_copy(update={"lots": (WEST,)}) if one.id == "dorset_1" else one for one in PLACES]
    spec = replace(SPEC, service=SPEC.service.model_copy(update={"localities": tuple(places)}))
    assert [value("employer_sessions", lot, spec=spec) for lot in (None, WEST, POOLE)] == [5, 1, 2]


def test_a_service_without_localities_leaves_them_unknown():
    spec = replace(SPEC, service=SPEC.service.model_copy(update={"localities": ()}))
    assert [value("employer_sessions", lot, spec=spec) for lot in (None, WEST, POOLE)] == [5, 0, 0]


def test_the_lot_of_an_episode_goes_before_that_of_the_locality():
    """A contact for a person belongs to the person's lot, wherever the employer is."""
    spec = with_indicator({"kind": "each_row", "table": "employer_contacts"}, SPEC, subject="contact", unit="contacts")
    facts = (HERS, a_visit("for her", "bournemouth_poole_1", "e1"), a_visit("for nobody", "bournemouth_poole_1"))
    (found,) = figures(spec, dataset(*facts), PERIOD, only=["asked"])
    assert {cell.key: cell.value for cell in found.breakdowns["lot"]} == {POOLE: 1, WEST: 1}
    assert [value("asked", lot, facts, spec) for lot in (POOLE, WEST)] == [1, 1]


@pytest.mark.parametrize("indicator", ["employer_sessions", "employers_engaged"])
def test_the_lots_and_the_unknown_add_up(indicator):
    (found,) = figures(SPEC, dataset(*FACTS), PERIOD, only=[indicator])
    assert {cell.key: cell.value for cell in found.breakdowns["lot"]} == {POOLE: 2, "unknown": 3}
    table = members(SPEC, indicator, dataset(*FACTS), PERIOD, lot=POOLE)
    assert set(table["locality"]) == {"bournemouth_poole_3", "bournemouth_poole_1"}


def test_the_matrix_of_a_lot_holds_its_activities():
    workings = Workings(SPEC, dataset(*FACTS), PERIOD.last_day)
    rows = {row["indicator"]: row for row in matrices(workings, PERIOD, POOLE)[0]["rows"]}
    assert rows["employer_sessions"]["total"]["value"][0] == 2
    assert rows["employer_sessions"]["by"]["bournemouth_poole_3"]["value"][0] == 1


def test_a_series_of_a_lot_is_its_figures():
    workings = Workings(SPEC, dataset(*FACTS), PERIOD.last_day)
    (point,) = series(workings, [PERIOD], POOLE, ["employer_sessions"])["employer_sessions"]
    assert point.value == value("employer_sessions", POOLE)


def aim(indicator, lot, target=None, local=None, facts=FACTS):
    """The number to reach in the first quarter, and how the figure stands."""
    spec = with_target(indicator, target, SPEC) if target else SPEC
    asked = {"only": [indicator], "local_targets": local}
    (found,) = figures(spec, dataset(*facts), PERIOD, day("2012-08-01"), lot, **asked)
    return found.target, found.status


def a_target(amount=8, basis="year", **columns):
    return Target(clause="001 business case", basis=basis, amount=amount, **columns)


@pytest.mark.parametrize(
    ("indicator", "lot", "target", "answer"),
    [
        ("employers_engaged", None, None, (13, "behind")),  # 51 a year
        ("employers_engaged", POOLE, None, (None, "no_target")),
        ("courses", WEST, None, (None, "no_target")),
        ("employers_engaged", POOLE, a_target(3, "quarter"), (None, "no_target")),
        ("employers_engaged", POOLE, a_target(None, "trajectory", quarters=(1, 2)), (None, "no_target")),
        ("employers_engaged", POOLE, a_target(lot=POOLE), (2, "met")),
        ("employers_engaged", WEST, a_target(lot=POOLE), (None, "no_target")),
        ("employers_engaged", None, a_target(lot=POOLE), (None, "no_target")),  # of that lot alone
        ("take_up", None, a_target(1, "value"), (1, "met")),
        ("take_up", WEST, a_target(1, "value"), (1, "met")),  # a rate holds in each lot
    ],
)
def test_a_count_that_all_lots_are_to_reach_is_no_target_of_one(indicator, lot, target, answer):
    assert aim(indicator, lot, target) == answer


@pytest.mark.parametrize("lot", [None, POOLE])
def test_the_services_own_goal_holds_as_it_is_given(lot):
    own = {"employer_sessions": a_target(4, local=True)}
    assert aim("employer_sessions", lot, local=own) == (1, "met")


def test_the_only_lot_is_the_whole_service():
    spec = load("nottingham_health_employment")
    period = parse_period("Y1Q1", spec.service.first_quarter_starts)
    lots = (None, spec.service.lots[0].id)
    whole, lot = (figures(spec, dataset(), period, lot=lot, only=["in_work_assessed"])[0].target for lot in lots)
    assert whole == lot == 22


@pytest.mark.parametrize(
    ("indicator", "lot", "said"),
    [
        ("employers_engaged", POOLE, "The contract's targets are for all lots together."),
        ("employers_engaged", None, "0 of 1 are on or over the line."),
        ("employer_sessions", POOLE, "The contract sets no targets."),
    ],
)
def test_the_answer_says_whose_the_targets_are(indicator, lot, said):
    (found,) = figures(SPEC, dataset(*FACTS), PERIOD, lot=lot, only=[indicator])
    assert answer(SPEC, [found.as_dict()], lot).endswith(said)
