"""The flow as a whole: totals are made of their parts, everybody is in one place, the blinded view tells no arm."""

from dataclasses import replace
from random import Random

import polars as pl
import pytest
from tests.factories import an_appointment
from tests.library.evaluation.trial_facts import (
    SPEC,
    consented,
    dataset,
    date,
    day,
    form,
    ledger,
    number,
    randomised,
    referred,
    screened,
)

from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell.evaluation.flow import participant_flow
from placewell.synthetic import make

DAYS = [date(2018, 6, 1), date(2019, 3, 31), date(2019, 6, 14), date(2019, 12, 1)]
LOTS = [lot.code for lot in SPEC.service.lots]


@pytest.fixture(scope="module")
def made():
    """Some hundred people of the made-up service, with a ledger that has every kind of entry."""
    tables = make(SPEC, 700, 11, date(2019, 12, 31))
    rng = Random(5)
    entries = LedgerFacts.of_dataset(tables, {id: number(id) for id in tables["allocations"]["episode_id"]})
    people = entries.allocations["person"].to_list()
    scopes = [choice.id for choice in SPEC.trial.withdrawals]
    left = [
        {"person": one, "on": day("2018-05-01", rng.randrange(500)), "scope": rng.choice(scopes)}
        for one in rng.sample(people, 60)
    ]
    voids = [{"person": one, "on": date(2018, 9, 1), "reason": "not_eligible"} for one in rng.sample(people, 12)]
    return tables, replace(entries, withdrawals=frame_of("withdrawals", left), voids=frame_of("voids", voids))


def ids(members):
    return members["id"].to_list()


def line(box, id):
    return next(line for line in box.lines if line.id == id)


def parts(box):
    """The members of each line that is a part of the box itself."""
    return [ids(line.members) for line in box.lines if line.depth == 0 and line.members is not None]


def assert_split(whole, *pieces):
    """Every member of the whole is in exactly one of the pieces."""
    together = [id for piece in pieces for id in piece]
    assert sorted(together) == sorted(whole)
    assert len(set(together)) == len(together)


@pytest.mark.parametrize("as_at", DAYS)
@pytest.mark.parametrize("lot", [None, LOTS[0]])
def test_everybody_is_in_one_place_at_every_level(made, as_at, lot):
    flow = participant_flow(*([made[0], SPEC, made[1]]), as_at, lot=lot)
    everyone = ids(flow.referred.members)
    assert sorted(flow.people["id"]) == sorted(everyone)
    assert len(set(everyone)) == len(everyone) > 20
    assert_split(everyone, ids(line(flow.referred, "not_held").members), ids(flow.assessed.members))
    still = [ids(one.members) for one in flow.assessed.lines]
    assert_split(ids(flow.assessed.members), ids(flow.excluded.members), ids(flow.randomised.members), *still)
    assert_split(ids(flow.excluded.members), *parts(flow.excluded))
    assert_split(
        ids(line(flow.excluded, "criteria").members),
        *(ids(one.members) for one in flow.excluded.lines if one.depth == 1),
    )
    assert_split(ids(flow.randomised.members), *(ids(column[0].members) for column in flow.columns))
    for allocated, answered, analysed in flow.columns:
        arm = ids(allocated.members)
        got, without = line(allocated, "received"), line(allocated, "not_received")
        assert_split(arm, ids(got.members), ids(without.members))
        assert_split(ids(without.members), *(ids(one.members) for one in allocated.lines if one.depth == 1))
        assert_split(arm, ids(answered.members), *parts(answered))
        if not analysed.pending:
            assert_split(arm, ids(analysed.members), *parts(analysed))


@pytest.mark.parametrize("as_at", DAYS)
def test_the_lots_add_up_to_the_whole(made, as_at):
    whole = participant_flow(made[0], SPEC, made[1], as_at)
    by_lot = [participant_flow(made[0], SPEC, made[1], as_at, lot=lot) for lot in LOTS]
    for id in ("referred", "assessed", "excluded", "randomised"):
        assert_split(ids(whole.members(id)), *(ids(flow.members(id)) for flow in by_lot))


@pytest.mark.parametrize("as_at", DAYS)
def test_every_member_has_a_reason(made, as_at):
    flow = participant_flow(made[0], SPEC, made[1], as_at)
    for box, part in flow.counts():
        members = part.members if part else box.members
        if members is not None:
            assert members.columns == ["id", "reason"]
            assert members["reason"].str.ends_with(".").all(), (box.id, part and part.id)


@pytest.mark.parametrize("as_at", DAYS)
def test_the_blinded_view_is_the_same_whichever_arm_anyone_has(made, as_at):
    """Nothing of it can depend on the arm: swapping every arm, and who is supported, changes no sign of it."""
    tables, entries = made
    swap = {"ips": "control", "control": "ips"}
    other_arm = pl.col("arm").replace(swap)
    swapped = tables.with_frames(
        allocations=tables["allocations"].with_columns(other_arm), contacts=tables["contacts"].clear()
    )
    swapped_entries = replace(entries, allocations=entries.allocations.with_columns(other_arm))
    one = participant_flow(tables, SPEC, entries, as_at, arms=False)
    other = participant_flow(swapped, SPEC, swapped_entries, as_at, arms=False)
    assert told(one) == told(other)
    assert {box.arm for box in one.boxes} == {None}
    assert len(one.columns) == 1
    assert "IPS" not in str(told(one)) and "control" not in str(told(one))


def told(flow):
    """Everything a reader of the flow can see."""
    counts = [(box.id, box.title, box.shown, part and (part.id, part.label, part.shown)) for box, part in flow.counts()]
    members = [(part or box).members.rows() for box, part in flow.counts() if (part or box).members is not None]
    return counts, members, flow.people.rows(), flow.notes, flow.definitions


def test_the_same_facts_in_another_order_give_the_same_flow(made):
    tables, entries = made
    shuffled = tables.with_frames(
        **{name: frame.sample(fraction=1, shuffle=True, seed=3) for name, frame in tables.items()}
    )
    asked = (SPEC, entries, date(2019, 6, 14))
    counts = [
        (box.id, part and part.id, (part or box).count) for box, part in participant_flow(tables, *asked).counts()
    ]
    again = [
        (box.id, part and part.id, (part or box).count) for box, part in participant_flow(shuffled, *asked).counts()
    ]
    assert counts == again


def small():
    """Two of each arm, one excluded, one declined, one not met."""
    return dataset(
        randomised("e1"),
        an_appointment("e1", "2018-01-22"),
        form("e1", "swemwbs", "review", "2018-07-15", 7),
        randomised("e2"),
        randomised("e3", "control"),
        form("e3", "swemwbs", "review", "2018-07-16", 7),
        randomised("e4", "control", lot="wolverhampton"),
        referred("e5"),
        screened("e5", not_met=["adult"]),
        referred("e6", declined_on="2018-01-16", decline_reason="did_not_consent"),
        screened("e6"),
        referred("e7"),
    )


@pytest.mark.parametrize(
    ("count", "members"),
    [
        (("referred",), "e1 e2 e3 e4 e5 e6 e7"),
        (("referred", "not_held"), "e7"),
        (("assessed",), "e1 e2 e3 e4 e5 e6"),
        (("excluded",), "e5 e6"),
        (("excluded", "criteria"), "e5"),
        (("excluded", "criterion:adult"), "e5"),
        (("excluded", "declined"), "e6"),
        (("excluded", "baseline"), ""),
        (("randomised",), "e1 e2 e3 e4"),
        (("allocated", None, "ips"), "e1 e2"),
        (("allocated", "received", "ips"), "e1"),
        (("allocated", "no appointment recorded", "ips"), "e2"),
        (("allocated", None, "control"), "e3 e4"),
        (("follow_up:wellbeing_six_months", None, "ips"), "e1"),
        (("follow_up:wellbeing_six_months", "no_answer", "ips"), "e2"),
        (("follow_up:wellbeing_six_months", None, "control"), "e3"),
        (("follow_up:wellbeing_six_months", "share", "control"), ""),
        (("analysed", None, "ips"), "e1"),
        (("analysed", "no_answer", "control"), "e4"),
    ],
)
def test_a_small_trial(count, members):
    tables = small()
    flow = participant_flow(tables, SPEC, ledger(tables), date(2019, 12, 1))
    assert ids(flow.members(*count)) == members.split()


def test_there_is_no_other_count():
    tables = small()
    flow = participant_flow(tables, SPEC, ledger(tables), date(2019, 12, 1))
    with pytest.raises(KeyError, match="no count excluded weather"):
        flow.members("excluded", "weather")


@pytest.mark.parametrize(
    ("as_at", "shown"),
    [(date(2018, 7, 15), "nobody due"), (date(2018, 8, 14), "nobody due"), (date(2018, 8, 15), "50%")],
)
def test_the_share_is_of_those_whose_time_is_over(as_at, shown):
    tables = small()
    flow = participant_flow(tables, SPEC, ledger(tables), as_at)
    assert [line(column[1], "share").shown for column in flow.columns] == [shown, shown]


@pytest.mark.parametrize(
    ("as_at", "pending"), [(date(2019, 9, 30), True), (date(2019, 10, 30), True), (date(2019, 10, 31), False)]
)
def test_nobody_is_analysed_before_the_last_answer_can_have_come(as_at, pending):
    tables = small()
    flow = participant_flow(tables, SPEC, ledger(tables), as_at)
    assert [column[-1].pending for column in flow.columns] == [pending, pending]
    if pending:
        assert flow.columns[0][-1].shown == "not due"
        assert flow.columns[0][-1].lines[1].label == "Last follow-up is due on 30 September 2019"


def test_who_takes_back_what_is_held_is_not_analysed():
    tables = small()
    entries = ledger(tables, withdrawals=[{"person": number("e1"), "on": "2019-01-01", "scope": "remove_data"}])
    flow = participant_flow(tables, SPEC, entries, date(2019, 12, 1))
    assert ids(flow.members("analysed", "removed", "ips")) == ["e1"]
    assert ids(flow.members("analysed", None, "ips")) == []


def test_who_is_still_open_is_shown_while_there_is_somebody():
    tables = dataset(referred("e1"), screened("e1"), consented("e1"))
    running = participant_flow(tables, SPEC, ledger(tables), date(2018, 2, 1))
    over = participant_flow(tables, SPEC, ledger(tables), date(2019, 4, 1))
    assert ids(running.members("assessed", "open")) == ["e1"]
    assert running.excluded.count == 0
    assert over.assessed.lines == ()
    assert ids(over.members("excluded", "baseline")) == ["e1"]


def test_meetings_are_taken_as_at_the_day():
    tables = dataset(referred("e1"))
    meeting = {"episode_id": "e1", "started_on": "2018-01-15", "declined_on": "2018-01-20"}
    rows = frame_of("meetings", [meeting])
    found = {
        on: participant_flow(tables, SPEC, ledger(tables), on, meetings=rows).people["leaf"][0]
        for on in (date(2018, 1, 14), date(2018, 1, 15), date(2018, 1, 20))
    }
    assert list(found.values()) == ["not_held", "open", "declined"]


def test_the_definitions_say_what_is_counted():
    tables = small()
    flow = participant_flow(tables, SPEC, ledger(tables), date(2019, 6, 14))
    said = dict(flow.definitions)
    assert said["First meeting not held"] == "Nobody met the person by 31 March 2019."
    assert "30 days before that day to 30 days after it" in said["Wellbeing at 6 months"]
    assert "later day than randomisation" in said["Allocated to IPS"]
    assert "Hand-outs are not part of the data set" in said["Allocated to control"]
    assert flow.notes == (
        "Each excluded person has one reason, the first that applies in the order shown. "
        "Withdrawn: before the six-month questionnaire.",
    )


def test_nobody_at_all_is_a_flow_too():
    flow = participant_flow(dataset(), SPEC, LedgerFacts(), date(2018, 6, 1))
    assert [box.count for box in flow.boxes if not box.pending] == [0] * 8
    assert flow.people.is_empty()


ANSWERED_BY = [
    ((), {"e1": "dudley"}, True),
    (("e1",), {}, False),
    (("e1", "e3"), {}, False),
    (("e1", "e2"), {}, True),
    (("e1", "e2"), {"e2": "wolverhampton"}, True),
]


@pytest.mark.parametrize("lot", [None, "dudley"])
@pytest.mark.parametrize(("who", "lots", "told"), ANSWERED_BY)
def test_who_answered_is_blinded_away_until_people_of_every_arm_did(who, lots, told, lot):
    """The rule of the exports: reviews of casework are answers, and only one arm has casework. Counts stay."""
    arms = {"e1": "ips", "e2": "control", "e3": "ips"}
    facts = [randomised(id, arm, lot=lots.get(id, "dudley")) for id, arm in arms.items()]
    tables = dataset(*facts, *(form(id, "swemwbs", "review", "2018-07-20", 7) for id in who))
    blind, open = (
        participant_flow(tables, SPEC, ledger(tables), date(2020, 1, 1), lot=lot, arms=arms) for arms in (False, True)
    )
    later = blind.columns[0]
    assert {box.phase for box in later} == {"follow_up", "analysis"}
    for box in later:
        parts = [box, *(one for one in box.lines if one.count is not None)]
        assert [one.members is None for one in parts] == [not told] * len(parts)
        assert bool(box.withheld) is not told
        both = [found for column in open.columns for found in column if found.id == box.id]
        assert box.count == sum(found.count for found in both)
        assert not box.pending and not any(found.withheld for found in both)
    shown = [id for id in who if told and lot in (None, lots.get(id, "dudley"))]
    assert ids(blind.members(later[0].id)) == shown
    assert blind.members("randomised").height == blind.randomised.count
