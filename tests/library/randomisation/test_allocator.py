"""The allocator: one arm a person, once; what it refuses; what follows an allocation."""

from pathlib import Path
from typing import Any

import pytest
from tests.library.randomisation.allocators import HASH, filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, config

from placewell.randomisation.chain import problems
from placewell.randomisation.refusals import Behind, Fork, Refused
from placewell.randomisation.request import Request, RequestError
from placewell.randomisation.witness import Witness

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
