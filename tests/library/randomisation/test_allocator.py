"""The allocator: one arm a person, once; what it refuses; what follows an allocation; where it is locked."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.library.randomisation.allocators import HASH, filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, blocks, config, packets, whole

from placewell.randomisation.chain import problems
from placewell.randomisation.draw import arm
from placewell.randomisation.entries import seal
from placewell.randomisation.keys import PacketMissing
from placewell.randomisation.reconciliation import NotReconciled
from placewell.randomisation.refusals import Behind, Fork, Locked, Refused
from placewell.randomisation.request import Request, RequestError
from placewell.randomisation.witness import Witness, WitnessDamaged

CLOSES = 1_554_073_140_000  # 31 March 2019, 23:59 in London, which is summer time since that morning
OPENS = 1_506_812_400_000  # 1 October 2017, 00:00 in London, still summer time


def test_a_person_gets_one_arm_once(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    one = allocator.allocate(request("p1"), MOMENT)
    assert one.arm in {"ips", "control"}
    assert allocator.allocate(request("p1"), MOMENT + 5) == one
    assert allocator.allocate(request("p1", "lot_2", actor="es2"), MOMENT + 9) == one
    assert started(tmp_path).allocate(request("p1", "nowhere"), CLOSES + 1) == one
    assert len(Witness(tmp_path / "witness.jsonl").read()) == 2


def test_an_entry_says_what_was_asked_and_nothing_else(tmp_path: Path) -> None:
    made = opened(tmp_path).allocate(request("p1"), MOMENT)
    assert dict(made.body) == {
        "v": 1,
        "trial": "tiw",
        "seq": 1,
        "prev": Witness(tmp_path / "witness.jsonl").read()[0].hash,
        "kind": "allocation",
        "utc": MOMENT,
        "stratum": "lot_1",
        "n": 0,
        "person": "p1",
        "arm": made.arm,
        "actor": "es1",
        "eligibility": HASH,
        "consent": made.body["consent"],
        "config_hash": config().hash,
    }


def test_two_allocators_on_one_witness_follow_each_other(tmp_path: Path) -> None:
    one, other = opened(tmp_path), started(tmp_path)
    mixed = [each for n in range(0, 60, 2) for each in (*filled(one, 1, n), *filled(other, 1, n + 1))]
    alone = tmp_path / "alone"
    alone.mkdir()
    assert [each.body for each in filled(opened(alone), 60)] == [each.body for each in mixed]
    assert problems(started(tmp_path).tail(-1, "")) == []


@pytest.mark.parametrize(
    ("moment", "refused"),
    [(OPENS - 1, "opens on 2017-10-01"), (OPENS, None), (CLOSES, None), (CLOSES + 1, "closed at 2019-03-31 23:59")],
)
def test_the_window(tmp_path: Path, moment: int, refused: str | None) -> None:
    allocator = opened(tmp_path)
    if refused is None:
        assert allocator.allocate(request("p1"), moment).utc == moment
    else:
        with pytest.raises(Refused, match=refused):
            allocator.allocate(request("p1"), moment)


def test_an_unknown_stratum_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match='no stratum "lot_9"'):
        opened(tmp_path).allocate(request("p1", "lot_9"), MOMENT)


@pytest.mark.parametrize(
    "change",
    [
        {"person": "Ann Other"},
        {"person": ""},
        {"person": "x" * 65},
        {"stratum": "lot 1"},
        {"actor": "a@b"},
        {"eligibility": "yes"},
        {"consent": "AB" * 32},
        {"token": "943 476 5919"},
    ],
)
def test_no_free_text_reaches_the_chain(change: dict[str, str]) -> None:
    usual = request("p1").as_data()
    with pytest.raises(RequestError):
        Request.from_data({**usual, **change})


@pytest.mark.parametrize("data", [{}, {"person": "p1"}, {**request("p1").as_data(), "arm": "ips"}])
def test_a_request_holds_its_values_and_nothing_else(data: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="nothing else"):
        Request.from_data(data)


def test_a_request_survives_a_socket() -> None:
    assert Request.from_data(request("p1").as_data()) == request("p1")


def test_a_coin_bound_to_identity_needs_a_token(tmp_path: Path) -> None:
    allocator = opened(tmp_path, config(identity_bound=1))
    with pytest.raises(RequestError, match="token"):
        allocator.allocate(request("p1"), MOMENT)
    assert allocator.allocate(request("p1", token=HASH), MOMENT).body["token"] == HASH


def test_a_token_where_none_belongs(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="token"):
        opened(tmp_path).allocate(request("p1", token=HASH), MOMENT)


def test_a_voided_person_keeps_the_slot_and_is_never_drawn_again(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    (one,) = filled(allocator, 1)
    void = allocator.void("p0", "randomised_in_error", "es1", "tl1", MOMENT + 5000)
    assert (void.kind, void.person, void.body["second"]) == ("void", "p0", "tl1")
    assert allocator.allocate(request("p0"), MOMENT + 6000) == one
    assert allocator.allocate(request("p1"), MOMENT + 7000).n == 1
    assert allocator.void("p0", "randomised_in_error", "es2", "tl1", MOMENT + 8000) == void


def test_what_follows_an_allocation(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 1)
    note = allocator.append_note("p0", "consent_form_old", "es1", MOMENT + 1)
    moved = allocator.append_note("p0", "wrong_stratum", "es1", MOMENT + 2, stratum="lot_2")
    gone = allocator.withdraw("p0", "stop_linkage", "asked", "es1", MOMENT + 3)
    assert [(each.kind, each.seq) for each in (note, moved, gone)] == [
        ("note", 2),
        ("stratum_note", 3),
        ("withdraw", 4),
    ]
    assert (moved.stratum, gone.scope) == ("lot_2", "stop_linkage")
    assert allocator.withdraw("p0", "stop_linkage", "asked", "es2", MOMENT + 9) == gone
    assert allocator.withdraw("p0", "keep_data", "asked", "es1", MOMENT + 9).seq == 5
    assert problems(allocator.tail(-1, "")) == []


@pytest.mark.parametrize(
    ("what", "said", "why"),
    [
        ("append_note", {"person": "p9", "reason": "x", "actor": "es1"}, "p9 has no allocation"),
        ("withdraw", {"person": "p9", "scope": "s", "reason": "x", "actor": "es1"}, "p9 has no allocation"),
        ("void", {"person": "p9", "reason": "x", "actor": "es1", "second": "tl1"}, "p9 has no allocation"),
        ("void", {"person": "p0", "reason": "x", "actor": "es1", "second": "es1"}, "second person"),
        ("void", {"person": "p1", "reason": "y", "actor": "es1", "second": "tl1"}, "voided already"),
        ("append_note", {"person": "p0", "reason": "x", "actor": "es1", "stratum": "lot_9"}, "no stratum"),
    ],
)
def test_what_cannot_follow(tmp_path: Path, what: str, said: dict[str, str], why: str) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 2)
    allocator.void("p1", "x", "es1", "tl1", MOMENT + 3000)
    with pytest.raises(Refused, match=why):
        getattr(allocator, what)(utc=MOMENT + 5000, **said)
    assert allocator.head()[0] == 3


def test_free_text_as_a_reason_is_refused(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 1)
    with pytest.raises(RequestError, match="reason"):
        allocator.append_note("p0", "Mrs Smith rang", "es1", MOMENT)


def test_a_clock_that_goes_back_says_so(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    for person, moment in (("p1", MOMENT), ("p2", MOMENT - 2000), ("p3", MOMENT - 4001)):
        allocator.allocate(request(person), moment)
    assert [each.kind for each in allocator.tail(-1, "")] == ["genesis", *["allocation"] * 2, "clock", "allocation"]
    assert problems(allocator.tail(-1, "")) == []


def test_what_a_database_lacks(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    entries = [*allocator.tail(-1, ""), *filled(allocator, 5)]
    for known in range(6):
        assert allocator.tail(known, entries[known].hash) == tuple(entries[known + 1 :])
    with pytest.raises(Behind, match="entry 6, and the witness ends at entry 5"):
        allocator.tail(6, HASH)
    with pytest.raises(Fork, match="Entry 3"):
        allocator.tail(3, HASH)


@pytest.mark.parametrize(
    ("change", "why"), [({"machine": "other"}, "another machine"), ({"boot": "other"}, "started anew")]
)
def test_another_seat_locks_until_an_anchor_is_fed_in(tmp_path: Path, change: dict[str, str], why: str) -> None:
    entries = filled(opened(tmp_path), 5)
    allocator = started(tmp_path, **change)
    for asked in (
        lambda: allocator.allocate(request("p0"), MOMENT),
        lambda: allocator.allocate(request("p9"), MOMENT),
        lambda: allocator.tail(-1, ""),
        lambda: allocator.append_note("p0", "x", "es1", MOMENT),
    ):
        with pytest.raises(Locked, match=why):
            asked()
    with pytest.raises(NotReconciled):
        allocator.reconcile()
    with pytest.raises(NotReconciled):
        allocator.reconcile([{"seq": 6, "hash": HASH}])
    assert allocator.locked_because()
    answer = allocator.reconcile([{"seq": 3, "hash": entries[2].hash}])
    assert (answer.newest, answer.after_newest) == (3, 2)
    assert allocator.allocate(request("p0"), MOMENT) == entries[0]
    assert started(tmp_path, **change).locked_because() == ()
    assert started(tmp_path).locked_because() != ()


def test_a_copied_witness_is_another_file(tmp_path: Path) -> None:
    filled(opened(tmp_path), 2)
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "witness.jsonl").read_bytes())
    copy.replace(tmp_path / "witness.jsonl")
    with pytest.raises(Locked, match="another file"):
        started(tmp_path).allocate(request("p9"), MOMENT)


def test_a_witness_replaced_in_use_stops_the_allocator(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 2)
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "witness.jsonl").read_bytes())
    copy.replace(tmp_path / "witness.jsonl")
    with pytest.raises(WitnessDamaged, match="replaced"):
        allocator.allocate(request("p9"), MOMENT)


def somebody_elses_line(folder: Path, change: dict[str, Any]) -> None:
    """A line that is sealed and linked as it should be, and says what the change wants."""
    witness = Witness(folder / "witness.jsonl")
    last = witness.read()[-1]
    witness.append(seal({**last.body, "seq": last.seq + 1, "prev": last.hash, **change}))


def test_an_arm_that_was_not_drawn_stops_everything(tmp_path: Path) -> None:
    running = opened(tmp_path)
    there = filled(running, 2)[1]
    drawn = arm(whole(config()), "lot_2", 1, {there.arm: 1}, config())
    somebody_elses_line(tmp_path, {"person": "p8", "n": 1, "arm": drawn})
    assert running.head() == started(tmp_path).head()
    counts = Counter([there.arm, drawn])
    other = {"ips": "control", "control": "ips"}[arm(whole(config()), "lot_2", 2, counts, config())]
    somebody_elses_line(tmp_path, {"person": "p9", "n": 2, "arm": other})
    for allocator in (running, started(tmp_path)):
        with pytest.raises(WitnessDamaged, match=r"forged\. Entry 4: its arm is not the one drawn"):
            allocator.allocate(request("p5"), MOMENT + 99_000)


@pytest.mark.parametrize(
    ("change", "why"),
    [({}, "Entry 2: p0 has an allocation already, at entry 1"), ({"person": "p9", "n": 7}, "Entry 2: it takes slot 7")],
)
def test_a_line_no_allocator_writes_stops_everything(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    running = opened(tmp_path)
    filled(running, 1)
    somebody_elses_line(tmp_path, change)
    for allocator in (running, started(tmp_path)):
        with pytest.raises(WitnessDamaged, match=why):
            allocator.allocate(request("p5"), MOMENT + 99_000)


def test_arms_of_an_epoch_whose_packet_is_not_at_hand_are_left_to_the_evaluator(tmp_path: Path) -> None:
    made = config(strata=("lot_1",), planned=(30,), epoch_size=2, epochs=9)
    filled(opened(tmp_path, made), 4)
    assert started(tmp_path, made, packets(made, 2)).allocate(request("p4"), MOMENT + 9000).n == 4


def test_the_use_of_an_epoch_and_the_next_packet(tmp_path: Path) -> None:
    made = config(strata=("lot_1",), planned=(30,), epoch_size=10, epochs=3)
    allocator = opened(tmp_path, made, packets(made, 0))
    seen = []
    for n in range(10):
        seen.append((allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")))
        filled(allocator, 1, n)
    assert seen == [((n, 10), n >= 8) for n in range(10)]
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((10, 10), True)
    with pytest.raises(PacketMissing, match="epoch 1"):
        filled(allocator, 1, 10)
    assert allocator.head()[0] == 10
    allocator.load(packets(made, 0, 2))
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((10, 10), True)
    allocator.load(packets(made, 0, 1))
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((0, 10), False)
    assert filled(allocator, 1, 10)[0].n == 10


def test_the_use_of_an_epoch_of_blocks(tmp_path: Path) -> None:
    made = blocks(4, strata=("lot_1",), planned=(30,), epoch_size=5, epochs=3)
    allocator = opened(tmp_path, made, packets(made, 0))
    assert filled(allocator, 20)[-1].n == 19
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((5, 5), True)
    with pytest.raises(PacketMissing):
        filled(allocator, 1, 20)


def test_without_packets_no_epoch_is_used(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((0, 0), False)
