"""Any ways through the trial, however odd: the flow agrees with an oracle that walks the facts person by person."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import a_contact, a_person
from tests.library.evaluation.trial_facts import (
    SPEC,
    allocated,
    baseline,
    consented,
    dataset,
    form,
    ledger,
    number,
    referred,
    screened,
)

from placewell.evaluation.flow import participant_flow
from placewell.periods import add_months

FIRST, LAST = date(2017, 8, 1), date(2020, 3, 1)
OPENS, CLOSES = SPEC.trial.opens_on, SPEC.trial.closes_at.date()
CRITERIA = [criterion.id for criterion in SPEC.eligibility.criteria]
MISSED = {"attendance": "did_not_attend"}

days = st.dates(FIRST, LAST)
maybe = st.none() | days


@st.composite
def ways(draw):
    """One referral: each thing that can happen happens or does not, on any day."""
    return {
        "person": draw(st.integers(0, 5)),
        "referred": draw(days),
        "screened": draw(maybe),
        "not_met": draw(st.lists(st.sampled_from([*CRITERIA, "odd"]), max_size=3, unique=True)),
        "consented": draw(maybe),
        "consent_ended": draw(st.none() | st.integers(1, 500)),
        "baseline": draw(maybe),
        "allocated": draw(st.none() | st.dates(OPENS, CLOSES)),
        "arm": draw(st.sampled_from(["ips", "control"])),
        "declined": draw(maybe),
        "reason": draw(st.sampled_from(["did_not_consent", "changed_mind", "no_answer", "duplicate", "odd"])),
        "closed": draw(maybe),
        "met": draw(st.lists(st.tuples(days, st.booleans()), max_size=2)),
        "answered": draw(maybe),
        "left": draw(
            st.none() | st.tuples(days, st.sampled_from(["contact", "linkage", "intervention", "remove_data"]))
        ),
        "void": draw(maybe),
    }


def world(drawn):
    """The referrals by id; a person is randomised at most once, as the ledger holds them to it."""
    found, seen = {}, set()
    for n, way in enumerate(drawn):
        if way["allocated"] and way["person"] in seen:
            way = {**way, "allocated": None}
        seen |= {way["person"]} if way["allocated"] else set()
        found[f"e{n}"] = way
    return found


def facts_of(id, way):
    declined = {"declined_on": way["declined"], "decline_reason": way["reason"]} if way["declined"] else {}
    yield referred(id, f"p{way['person']}", on=way["referred"], closed=way["closed"], **declined)
    if way["screened"]:
        yield screened(id, way["not_met"], on=way["screened"], met=[])
        yield screened(id, on=way["screened"], met=[one for one in CRITERIA if one not in way["not_met"]])
    if way["consented"]:
        ended = way["consent_ended"] and way["consented"] + timedelta(days=way["consent_ended"])
        yield consented(id, on=way["consented"], until=ended)
    if way["baseline"]:
        yield baseline(id, on=way["baseline"])
    if way["allocated"]:
        yield allocated(id, way["arm"], on=way["allocated"])
    for on, came in way["met"]:
        yield a_contact(id, on, "appointment", **({} if came else MISSED))
    if way["answered"]:
        yield form(id, "swemwbs", "review", way["answered"], 7)


def by(day, as_at):
    return day if day and day <= as_at else None


def leaf_of(way, as_at):
    """Where one referral leaves enrolment; None where it is not of the trial."""
    if by(way["allocated"], as_at):
        return "randomised"  # whatever else is recorded
    if way["referred"] > as_at:
        return None
    starts = [day for key in ("screened", "consented") if (day := by(way[key], as_at))]
    met = min(starts, default=None)
    in_it = met is not None and OPENS <= met <= CLOSES
    if way["referred"] > CLOSES or (way["referred"] < OPENS and not in_it):
        return None
    if met is None or met > CLOSES:
        return "not_held"
    not_met = way["not_met"] if by(way["screened"], as_at) else []
    if first := next((one for one in [*CRITERIA, "odd"] if one in not_met), None):
        return f"criterion:{first if first != 'odd' else 'not_recorded'}"
    declined = by(way["declined"], as_at)
    if declined and way["reason"] in ("did_not_consent", "changed_mind"):
        return "declined"
    if as_at <= CLOSES and not declined and not by(way["closed"], as_at):
        return "open"
    return "baseline" if by(way["consented"], as_at) and not by(way["baseline"], as_at) else "other"


def counted(found, as_at):
    """Each person's referral that came furthest."""
    best = {}
    for id, way in found.items():
        leaf = leaf_of(way, as_at)
        if leaf is None:
            continue
        rank = (2 if leaf == "randomised" else 0 if leaf == "not_held" else 1, way["referred"], id)
        best[way["person"]] = max(best.get(way["person"], (rank, id, leaf)), (rank, id, leaf))
    return {id: leaf for _, id, leaf in best.values()}


def left_on(way, as_at):
    told = [way["left"][0]] if way["left"] and way["left"][1] in ("contact", "remove_data") else []
    ended = (
        [way["consented"] + timedelta(days=way["consent_ended"])] if way["consented"] and way["consent_ended"] else []
    )
    known = by(way["consented"], as_at) is not None
    return min([day for day in [*told, *(ended if known else [])] if day <= as_at], default=None)


def state_of(way, as_at):
    due = add_months(way["allocated"], 6)
    opens, closes = due - timedelta(days=30), due + timedelta(days=30)
    answered = by(way["answered"], as_at)
    if answered and opens <= answered <= closes:
        return "answered"
    left = left_on(way, as_at)
    if left and left <= closes:
        return "withdrawn"
    return "not_due" if as_at <= closes else "no_answer"


def received(way, as_at):
    return any(came and way["allocated"] < on <= as_at for on, came in way["met"])


@settings(max_examples=60, deadline=None)
@given(st.lists(ways(), max_size=8), days)
def test_the_flow_agrees_with_the_oracle(drawn, as_at):
    found = world(drawn)
    tables = dataset([a_person(f"p{n}") for n in range(6)], *(facts_of(id, way) for id, way in found.items()))
    numbers = {id: number(id) for id, way in found.items() if way["allocated"]}
    entries = ledger(
        tables,
        withdrawals=[
            {"person": numbers[id], "on": way["left"][0], "scope": way["left"][1]}
            for id, way in found.items()
            if id in numbers and way["left"]
        ],
        voids=[{"person": numbers[id], "on": found[id]["void"]} for id in numbers if found[id]["void"]],
    )
    flow = participant_flow(tables, SPEC, entries, as_at)
    leaves = counted(found, as_at)
    assert dict(flow.people.select("id", "leaf").iter_rows()) == leaves
    drawn_ids = {id for id, leaf in leaves.items() if leaf == "randomised"}
    for arm in ("ips", "control"):
        mine = sorted(id for id in drawn_ids if found[id]["arm"] == arm)
        assert sorted(flow.members("allocated", None, arm)["id"]) == mine
        for line in ("no_answer", "withdrawn", "not_due"):
            told = sorted(flow.members("follow_up:wellbeing_six_months", line, arm)["id"])
            assert told == [id for id in mine if state_of(found[id], as_at) == line]
        answered = sorted(flow.members("follow_up:wellbeing_six_months", None, arm)["id"])
        assert answered == [id for id in mine if state_of(found[id], as_at) == "answered"]
    got = sorted(flow.members("allocated", "received", "ips")["id"])
    assert got == sorted(id for id in drawn_ids if found[id]["arm"] == "ips" and received(found[id], as_at))
