"""The opening of a trial, its window over summer time, and the seat it is trusted on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.library.randomisation.allocators import filled, opened, started
from tests.library.randomisation.trials import config, first, whole

from placewell.randomisation.allocator import Allocator
from placewell.randomisation.opening import open_trial
from placewell.randomisation.refusals import Refused
from placewell.randomisation.seat import Seat, SeatRecord
from placewell.randomisation.window import closed_because
from placewell.randomisation.witness import Witness, WitnessDamaged, WitnessMissing


def again(folder: Path) -> SeatRecord:
    return open_trial(first(config()), Witness(folder / "witness.jsonl"), folder / "seat.json", "machine", "boot")


def test_a_trial_is_opened_once(tmp_path: Path) -> None:
    opened(tmp_path)
    with pytest.raises(Refused, match="opened here already"):
        again(tmp_path)


def test_an_opening_cut_short_before_the_seat_was_written_can_be_done_again(tmp_path: Path) -> None:
    Witness(tmp_path / "witness.jsonl").create(first(config()))
    assert again(tmp_path).differences() == ()
    assert filled(started(tmp_path), 1)[0].n == 0


def test_a_lost_seat_cannot_be_had_again_by_opening(tmp_path: Path) -> None:
    filled(opened(tmp_path), 1)
    (tmp_path / "seat.json").unlink()
    with pytest.raises(Refused, match="holds allocations already"):
        again(tmp_path)
    assert started(tmp_path).locked_because() == ("no record says where the allocator sat",)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"machine":"machine"}'])
def test_a_seat_that_cannot_be_read_vouches_for_nothing(tmp_path: Path, content: bytes) -> None:
    opened(tmp_path)
    (tmp_path / "seat.json").write_bytes(content)
    assert started(tmp_path).locked_because() != ()


def test_every_difference_of_seats_is_told(tmp_path: Path) -> None:
    record = SeatRecord(tmp_path / "seat.json", Seat("m", "b", "1", "2"))
    record.take()
    assert record.differences() == ()
    now = SeatRecord(tmp_path / "seat.json", Seat("n", "c", "3", "4"))
    assert len(now.differences()) == 4
    now.take()
    assert (now.differences(), len(record.differences())) == ((), 4)


def test_there_is_no_seat_without_a_witness(tmp_path: Path) -> None:
    with pytest.raises(WitnessMissing):
        Seat.of(tmp_path / "witness.jsonl", "m", "b")


def test_an_allocator_of_another_configuration_or_genesis_is_refused(tmp_path: Path) -> None:
    opened(tmp_path)
    made, other = config(), config(imbalance=6)
    witness = Witness(tmp_path / "witness.jsonl")
    seat = SeatRecord(tmp_path / "seat.json", Seat.of(witness.path, "machine", "boot"))
    with pytest.raises(WitnessDamaged, match="configuration"):
        Allocator(other, first(made), whole(made), witness, seat)
    with pytest.raises(WitnessDamaged, match="does not begin with the entry"):
        Allocator(other, first(other), whole(other), witness, seat).head()


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2017-09-30T22:59:59", False),
        ("2017-09-30T23:00:00", True),  # summer time: it is 1 October in London
        ("2017-10-29T00:30:00", True),
        ("2019-03-31T22:59:00", True),  # summer time since that morning: 23:59 in London
        ("2019-03-31T22:59:01", False),
        ("2019-03-31T23:59:00", False),
    ],
)
def test_the_window_keeps_to_the_clock_in_london(moment: str, is_open: bool) -> None:
    utc = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
    assert (closed_because(config(), utc) is None) == is_open
