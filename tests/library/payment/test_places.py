"""Places under the cap: whole payments in order, caps of lots, and what a rejection frees."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from placewell.payment.lines import Claim, Line, Proof
from placewell.payment.places import places
from placewell.payment.terms import Terms, whole_payments

FIRST_DAY = date(2019, 1, 1)


def on(number):
    return FIRST_DAY + timedelta(days=number)


def line(person, verified, lot="dudley", claimed=None, paid=None, lost=None):
    proof = Proof(person, f"ep-{person}", f"j-{person}", lot, FIRST_DAY, f"e-{person}", False, on(verified), None)
    claim = None if claimed is None else Claim(on(claimed), None if paid is None else on(paid))
    return Line(proof, claim, None if lost is None else on(lost))


def clawback(of):
    return Line(of.proof, of.claim, of.lost_on, is_clawback=True)


def terms(places=2, **lots):
    return Terms(Decimal(750), places, "002 §21.4", lot_places=lots)


def who(got):
    """Persons with a place and the number of the day they got it."""
    return {line.proof.person_id: (day - FIRST_DAY).days for line, day in got.items()}


def test_the_first_lines_get_the_places():
    assert who(places([line("c", 3), line("a", 1), line("b", 2)], terms(2))) == {"a": 1, "b": 2}


def test_lines_of_one_day_stand_in_order_of_first_day_worked_then_person():
    earlier = line("z", 1)
    later_start = Line(Proof("a", "e", "j", "dudley", on(1), "x", False, on(1)))
    assert who(places([later_start, line("b", 1), earlier], terms(2))) == {"b": 1, "z": 1}


def test_no_place_at_all():
    assert who(places([line("a", 1)], terms(0))) == {}


def test_a_full_lot_does_not_stop_the_others():
    lines = [line("a", 1), line("b", 2), line("c", 3, lot="wolverhampton"), line("d", 4, lot=None)]
    assert who(places(lines, terms(9, dudley=1))) == {"a": 1, "c": 3, "d": 4}


def test_the_cap_of_all_lots_holds_beside_those_of_the_lots():
    lines = [line("a", 1), line("b", 2, lot="wolverhampton"), line("c", 3, lot="wolverhampton")]
    assert who(places(lines, terms(2, dudley=5, wolverhampton=5))) == {"a": 1, "b": 2}


def test_a_clawback_frees_a_place_for_the_first_that_waits():
    lost = line("a", 1, claimed=2, lost=7)
    lines = [lost, clawback(lost), line("b", 2), line("c", 3), line("d", 4)]
    assert who(places(lines, terms(2))) == {"a": 1, "b": 2, "c": 7}


def test_a_freed_place_goes_to_whoever_comes_next_when_nobody_waits():
    lost = line("a", 1, claimed=2, lost=7)
    assert who(places([lost, clawback(lost), line("b", 9)], terms(1))) == {"a": 1, "b": 9}


def test_a_place_freed_in_a_lot_goes_to_the_first_whose_lot_has_room():
    lost = line("a", 1, claimed=2, lost=7)
    lines = [lost, clawback(lost), line("b", 2, lot="wolverhampton"), line("w", 3, lot="wolverhampton"), line("d", 4)]
    assert who(places(lines, terms(9, dudley=1, wolverhampton=1))) == {"a": 1, "b": 2, "d": 7}


def test_a_place_freed_where_no_waiting_lot_has_room_stays_free():
    lost = line("a", 1, claimed=2, lost=7)
    lines = [lost, clawback(lost), line("b", 2, lot="wolverhampton"), line("w", 3, lot="wolverhampton")]
    assert who(places(lines, terms(9, wolverhampton=1))) == {"a": 1, "b": 2}


def test_what_is_paid_keeps_its_place_whatever_comes_before_it():
    lines = [line("early", 1), line("paid", 5, claimed=6, paid=8)]
    assert who(places(lines, terms(1))) == {"paid": 5}


def test_what_is_only_claimed_keeps_no_place():
    assert who(places([line("early", 1), line("claimed", 5, claimed=6)], terms(1))) == {"early": 1}


def test_a_clawback_of_a_line_over_the_cap_frees_nothing_and_takes_it_out_of_the_queue():
    lost = line("b", 2, claimed=3, lost=6)
    first = line("a", 1, claimed=2, lost=8)
    lines = [first, clawback(first), lost, clawback(lost), line("c", 4)]
    assert who(places(lines, terms(1))) == {"a": 1, "c": 8}


def test_a_freed_place_passes_over_a_line_whose_evidence_is_rejected_that_same_day():
    first = line("a", 1, claimed=2, lost=7)
    also_lost = line("b", 2, claimed=3, lost=7)
    lines = [first, clawback(first), also_lost, clawback(also_lost), line("c", 4)]
    assert who(places(lines, terms(1))) == {"a": 1, "c": 7}


YEARS = {
    "first year full": ([("a", 1), ("b", 2), ("c", 400)], {("dudley", 1): 1}, {"a": 1, "c": 400}),
    "second year full": ([("a", 1), ("b", 400), ("c", 401)], {("dudley", 2): 1}, {"a": 1, "b": 400}),
    "another lot's year": ([("a", 1), ("b", 2)], {("wolverhampton", 1): 0}, {"a": 1, "b": 2}),
    "before the contract: no year's cap": ([("a", -10), ("b", -9)], {("dudley", 1): 0}, {"a": -10, "b": -9}),
}


@pytest.mark.parametrize(("lines", "caps", "expected"), YEARS.values(), ids=YEARS.keys())
def test_the_cap_of_a_lot_in_a_contract_year(lines, caps, expected):
    limits = Terms(Decimal(750), 9, "", year_places=caps, years_from=FIRST_DAY)
    assert who(places([line(person, verified) for person, verified in lines], limits)) == expected


def test_a_place_freed_in_one_year_is_no_place_in_another():
    lost = line("a", 1, claimed=2, lost=410)
    lines = [lost, clawback(lost), line("b", 400), line("c", 401), line("d", 3)]
    limits = Terms(Decimal(750), 9, "", year_places={("dudley", 1): 1, ("dudley", 2): 1}, years_from=FIRST_DAY)
    assert who(places(lines, limits)) == {"a": 1, "b": 400, "d": 410}


def test_without_a_first_day_there_are_no_years():
    limits = Terms(Decimal(750), 9, "", year_places={("dudley", 1): 0})
    assert who(places([line("a", 1)], limits)) == {"a": 1}


def test_a_paid_line_that_was_lost_held_its_place_until_then():
    paid_then_lost = line("x", 3, claimed=4, paid=5, lost=9)
    lines = [line("a", 1), paid_then_lost, clawback(paid_then_lost), line("b", 10)]
    assert who(places(lines, terms(2))) == {"a": 1, "x": 3, "b": 10}


@pytest.mark.parametrize(
    ("cap", "amount", "count"),
    [("680000", "750", 906), ("750", "750", 1), ("749.99", "750", 0), ("170000", "750", 226), ("0", "750", 0)],
)
def test_whole_payments_only(cap, amount, count):
    assert whole_payments(Decimal(cap), Decimal(amount)) == count
