"""The day the cap is forecast to bind: each state in full words, the range, caps of lots and years."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from placewell.payment.forecast import forecast, method_in_words, planned
from placewell.payment.ledger import SCHEMA
from placewell.specification import load
from placewell.specification.payment import LotCap

SPEC = load("thrive_into_work")
AS_AT = date(2019, 6, 30)


def contract(places, lots=None, years=None, **method):
    """002 with that many payments in all, by lot, and by (lot, year)."""
    caps = {(lot, None): count for lot, count in (lots or {}).items()} | (years or {})
    paid = SPEC.payment.outcome_payment.model_copy(update={"cap": Decimal(750 * places)})
    how = SPEC.payment.forecast.model_copy(update={"window_days": 182, **method})
    of_lots = tuple(
        LotCap(id=f"cap_{lot}_{year or 0}", lot=lot, year=year, cap=Decimal(750 * count), clause="002 §21.4")
        for (lot, year), count in caps.items()
    )
    terms = {"outcome_payment": paid, "lot_caps": of_lots, "forecast": how}
    return replace(SPEC, payment=SPEC.payment.model_copy(update=terms))


def lines(*days, lot="dudley", state="payable"):
    """Ledger lines verified on those days, each with a place that day unless over the cap."""
    rows = [
        {"person_id": f"{lot}{number}", "lot": lot, "verified_on": on, "line_on": on, "state": state,
         "amount": Decimal(0 if state == "over_cap" else 750), "place_on": None if state == "over_cap" else on}
        for number, on in enumerate(days)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA) if rows else pl.DataFrame(schema=SCHEMA)


def every(step, count, until=AS_AT):
    """That many days, `step` apart, the last of them the as-at day."""
    return [until - timedelta(days=step * number) for number in range(count)]


def clawback(on, lot="dudley"):
    row = {"person_id": "gone", "lot": lot, "verified_on": on, "line_on": on, "state": "clawed_back",
           "amount": Decimal(-750)}  # fmt: skip
    return pl.DataFrame([row], schema=SCHEMA)


def whole(spec, ledger, as_at=AS_AT):
    return forecast(spec, ledger, as_at)[0]


def test_a_steady_pace_is_carried_on():
    found = whole(contract(50), lines(*every(7, 26)))  # one a week for half a year: 24 left, 24 weeks
    assert (found.state, found.places, found.taken, found.left, found.seen) == ("forecast", 50, 26, 24, 26)
    assert (found.since, found.ends) == (date(2018, 12, 31), date(2020, 3, 31))
    assert found.on == AS_AT + timedelta(days=7 * 24)
    assert found.earliest < found.on < found.latest
    assert found.words == (
        "Forecast to bind on 15 December 2019 (range 25 October 2019 to 27 February 2020). "
        "26 verified in the last 182 days, 24 payments left."
    )


def test_a_range_that_ends_after_the_contract_says_so():
    found = whole(contract(60), lines(*every(7, 26)))
    assert (found.state, found.on, found.latest) == ("forecast", date(2020, 2, 23), None)
    assert "to after the last day)" in found.words


def test_not_before_the_end_though_by_chance_it_could():
    found = whole(contract(70), lines(*every(7, 26)))
    assert (found.state, found.on, found.latest) == ("not_before_the_end", None, None)
    assert found.earliest < found.ends
    assert found.words.startswith("Does not bind before the contract ends on 31 March 2020, though it could on ")
    assert "at the earliest. 26 verified in the last 182 days, 44 payments left." in found.words


def test_far_from_the_end_there_is_not_even_an_earliest_day():
    found = whole(contract(906), lines(*every(7, 26)))
    assert (found.state, found.earliest) == ("not_before_the_end", None)
    assert found.words == (
        "Does not bind before the contract ends on 31 March 2020. 26 verified in the last 182 days, 880 payments left."
    )


@pytest.mark.parametrize(("count", "state"), [(0, "too_few"), (9, "too_few"), (10, "forecast")])
def test_too_few_tell_nothing(count, state):
    found = whole(contract(20), lines(*every(7, count)))
    assert found.state == state
    if state == "too_few":
        assert found.words == f"Too few to tell when it binds. {count} verified since 31 December 2018, 10 are needed."


def test_what_was_verified_before_the_window_takes_places_and_tells_no_pace():
    old = lines(*every(1, 40, date(2018, 6, 30)), lot="wolverhampton")
    found = whole(contract(100), pl.concat([old, lines(*every(14, 12))]))
    assert (found.taken, found.seen) == (52, 12)


def test_early_in_the_contract_the_window_begins_with_it():
    as_at = date(2017, 11, 9)
    found = whole(contract(100), lines(*every(1, 20, as_at)), as_at)
    assert (found.since, found.state) == (date(2017, 10, 1), "forecast")
    assert found.on == as_at + timedelta(days=80 * 40 // 20)


BINDS = {
    "on the day of the last": (lines(*every(10, 5)), AS_AT, "Binds since 30 June 2019. All 5 payments are taken."),
    "and more are over it": (
        pl.concat([lines(*every(10, 5, date(2019, 3, 1))), lines(AS_AT, state="over_cap")]),
        date(2019, 3, 1),
        "Binds since 1 March 2019. All 5 payments are taken.",
    ),
    "again, after a clawback and a new place": (
        pl.concat([lines(*every(10, 5, date(2019, 3, 1))), clawback(date(2019, 4, 1)), lines(date(2019, 5, 1))]),
        date(2019, 5, 1),
        "Binds since 1 May 2019. All 5 payments are taken.",
    ),
    "still, where the freed place was taken the same day": (
        pl.concat([lines(*every(10, 5, date(2019, 3, 1))), clawback(date(2019, 4, 1)), lines(date(2019, 4, 1))]),
        date(2019, 3, 1),
        "Binds since 1 March 2019. All 5 payments are taken.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ledger", "on", "words"), BINDS.values(), ids=BINDS.keys())
def test_it_binds_already(ledger, on, words):
    found = whole(contract(5), ledger)
    assert (found.state, found.on, found.words, found.left) == ("binds_already", on, words, 0)


def test_a_place_freed_and_not_taken_means_it_binds_no_more():
    found = whole(contract(12), pl.concat([lines(*every(1, 12)), clawback(AS_AT)]))
    assert (found.state, found.taken, found.left) == ("forecast", 11, 1)


def test_a_cap_of_nothing_binds_from_the_beginning():
    found = whole(contract(0), lines())
    assert (found.state, found.on, found.words) == ("binds_already", None, "Binds. All 0 payments are taken.")


@pytest.mark.parametrize("as_at", [date(2020, 3, 31), date(2020, 7, 1)])
def test_when_the_contract_has_ended_nothing_is_foreseen(as_at):
    found = whole(contract(50), lines(*every(7, 26)), as_at)
    assert (found.state, found.words) == ("not_before_the_end", "Ended on 31 March 2020 with 24 of 50 payments left.")


def test_each_capped_lot_has_its_own_outlook():
    ledger = pl.concat([lines(*every(7, 26)), lines(*every(14, 13), lot="wolverhampton")])
    found = forecast(contract(900, {"wolverhampton": 20, "dudley": 26}), ledger, AS_AT)
    assert [(each.lot, each.state, each.taken, each.seen) for each in found] == [
        (None, "not_before_the_end", 39, 13),  # Dudley is full: its pace fills the programme's cap no more
        ("wolverhampton", "forecast", 13, 13),
        ("dudley", "binds_already", 26, 26),
    ]


def test_the_cap_of_a_lot_in_the_year_that_runs_ends_with_the_year():
    ledger = pl.concat([lines(*every(7, 26)), lines(*every(7, 3, date(2018, 9, 30)))])
    caps = {("dudley", 1): 3, ("dudley", 2): 30, ("dudley", 3): 9}
    found = forecast(contract(900, years=caps), ledger, AS_AT)
    assert [(each.lot, each.year, each.taken, each.ends) for each in found] == [
        (None, None, 29, date(2020, 3, 31)),
        ("dudley", 2, 26, date(2019, 9, 30)),
    ]
    assert found[1].state == "forecast"


def test_before_the_contract_no_year_runs():
    assert len(forecast(contract(900, years={("dudley", 1): 3}), lines(), date(2017, 9, 1))) == 1


def test_where_every_lot_is_capped_their_caps_may_leave_less_than_the_programme():
    lots = {lot.code: 5 for lot in SPEC.service.lots}
    found = whole(contract(900, lots), lines(*every(7, 3)))
    assert (found.state, found.on) == ("lots_bind_first", None)
    assert found.words == "The caps of the lots bind first: they leave 17 payments, the programme's 897."
    assert whole(contract(12, lots), lines(*every(7, 3))).state == "too_few"


def test_without_a_method_nothing_is_foreseen():
    silent = replace(SPEC, payment=SPEC.payment.model_copy(update={"forecast": None}))
    assert forecast(silent, lines(*every(7, 26)), AS_AT) == ()
    assert (method_in_words(silent), planned(silent)) == ("", None)


def test_the_plan_of_002_binds_before_anybody_has_started():
    assert planned(SPEC) == (3720, Fraction(1240), Fraction(1860))
    assert method_in_words(SPEC) == (
        "The pace of verified job starts over the last 91 days, taken as steady, for what is left. "
        "The range holds the day 80 times in 100 if starts come by chance at that pace. "
        "Fewer than 10 in the window tell nothing. A change of pace is not foreseen, nor is a clawback. "
        "As planned, 1,240 to 1,860 of 3,720 people start work: the cap binds at 906."
    )


@pytest.mark.parametrize(
    ("places", "verdict"),
    [(1239, "the cap binds"), (1240, "the cap may bind"), (1860, "the cap does not bind")],
)
def test_what_the_plan_says_of_a_cap(places, verdict):
    assert method_in_words(contract(places)).endswith(f"{verdict} at {places:,}.")


@pytest.mark.parametrize("missing", [{"volumes": ()}, {"expectation": None}])
def test_without_a_plan_only_the_method_is_told(missing):
    assert method_in_words(contract(5, **missing)).endswith("nor is a clawback.")
