"""The chain: every single thing altered, taken out, put in or moved is found, by itself or by an anchor."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.library.randomisation.allocators import filled, opened
from tests.library.randomisation.trials import MOMENT, config, first

from placewell.randomisation.chain import problems
from placewell.randomisation.entries import START, Entry, seal
from placewell.randomisation.reconciliation import NotReconciled, reconcile

Entries = list[Entry]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Entries:
    """Ten people, a note, a voiding, a withdrawal, a clock that went back."""
    allocator = opened(tmp_path_factory.mktemp("chain"))
    filled(allocator, 10)
    allocator.append_note("p1", "wrong_stratum", "es1", MOMENT + 20_000, stratum="lot_1")
    allocator.void("p2", "in_error", "es1", "tl1", MOMENT + 21_000)
    allocator.withdraw("p3", "keep_data", "asked", "es1", MOMENT + 1000)
    return list(allocator.tail(-1, ""))


def resealed(entries: Entries, start: int) -> Entries:
    """What a forger does: makes every seq, link and hash from `start` on anew."""
    made = list(entries[:start])
    for place, each in enumerate(entries[start:], start):
        prev = made[-1].hash if made else START
        made.append(seal({**each.body, "seq": place, "prev": prev}))
    return made


def edits(entries: Entries) -> list[tuple[str, Entries]]:
    """The chain with every value of every entry changed, its hash left as it was."""
    made = []
    for place, each in enumerate(entries):
        for name, value in each.body.items():
            if isinstance(value, int):
                other: Any = value + 1
            elif isinstance(value, str):
                other = value + "x"
            else:
                other = {**value, "x": "y"}
            body = {**each.body, name: other}
            made.append((f"{place} {name}", [*entries[:place], Entry(body, each.hash), *entries[place + 1 :]]))
    return made


def test_a_sound_chain_has_no_problem(sound: Entries) -> None:
    assert problems(sound) == []
    assert [each.kind for each in sound[11:]] == ["stratum_note", "void", "clock", "withdraw"]


def test_every_edit_is_found_where_it_was_made(sound: Entries) -> None:
    tried = edits(sound)
    assert len(tried) > 150
    missed = [name for name, each in tried if {found.seq for found in problems(each)[:1]} - {int(name.split()[0])}]
    assert [name for name in missed if not name.endswith("seq")] == []
    assert [name for name, each in tried if not problems(each)] == []


def test_every_deletion_is_found(sound: Entries) -> None:
    for place in range(len(sound) - 1):
        assert problems(sound[:place] + sound[place + 1 :]), place


def test_every_insertion_is_found(sound: Entries) -> None:
    for place in range(len(sound) + 1):
        for copy in sound:
            assert problems([*sound[:place], copy, *sound[place:]]), (place, copy.seq)


def test_every_swap_is_found(sound: Entries) -> None:
    for one in range(len(sound)):
        for other in range(one):
            swapped = list(sound)
            swapped[one], swapped[other] = sound[other], sound[one]
            assert problems(swapped), (one, other)


def test_a_cut_tail_is_found_by_an_anchor_alone(sound: Entries) -> None:
    anchor = {"seq": sound[-1].seq, "hash": sound[-1].hash}
    for left in range(1, len(sound)):
        assert problems(sound[:left]) == []
        with pytest.raises(NotReconciled, match=f"the chain ends at entry {left - 1}"):
            reconcile(sound[:left], [anchor])


def test_an_arm_changed_by_a_forger_who_seals_everything_anew_is_found_by_an_anchor(sound: Entries) -> None:
    forged = list(sound)
    other = "control" if sound[4].arm == "ips" else "ips"
    forged[4] = Entry({**sound[4].body, "arm": other}, "")
    forged = resealed(forged, 4)
    assert problems(forged) == []
    with pytest.raises(NotReconciled, match=f"Entry {sound[-1].seq} is not the one"):
        reconcile(forged, [{"seq": sound[-1].seq, "hash": sound[-1].hash}])


def test_an_entry_sealed_anew_alone_no_longer_holds_the_next(sound: Entries) -> None:
    other = "control" if sound[4].arm == "ips" else "ips"
    found = problems([*sound[:4], seal({**sound[4].body, "arm": other}), *sound[5:]])
    assert [(each.seq, each.what) for each in found] == [(5, "it does not follow on the entry before it.")]


ALLOCATION = 5


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda e: {**e, "person": "p0"}, "p0 has an allocation already, at entry 1"),
        (lambda e: {**e, "n": 1}, "slot 1 of stratum lot_1 is taken already"),
        (lambda e: {**e, "n": 3}, "where 2 is next"),
        (lambda e: {**e, "stratum": "lot_9", "n": 0}, 'no stratum "lot_9"'),
        (lambda e: {**e, "arm": "placebo"}, 'no arm "placebo"'),
        (lambda e: {**e, "config_hash": "00" * 32}, "another configuration"),
        (lambda e: {**e, "trial": "other"}, "another trial"),
        (lambda e: {**e, "v": 2}, "a version that is not known"),
        (lambda e: {**e, "utc": e["utc"] - 3001}, "its moment lies before"),
        (lambda e: {**e, "name": "Ann"}, "name"),
        (lambda e: {**e, "token": "00" * 32}, "token"),
        (lambda e: {k: v for k, v in e.items() if k != "consent"}, "consent"),
        (lambda e: {**e, "kind": "genesis"}, "has it once"),
        (lambda e: {**e, "kind": "erasure"}, 'its kind "erasure"'),
    ],
)
def test_what_an_allocator_never_writes(
    sound: Entries, change: Callable[[dict[str, Any]], dict[str, Any]], what: str
) -> None:
    """Sealed anew, so that hashes and links are right and only the content tells."""
    forged = [*sound]
    forged[ALLOCATION] = Entry(change(dict(sound[ALLOCATION].body)), "")
    found = problems(resealed(forged, ALLOCATION))
    assert any(each.seq == ALLOCATION and what in each.what for each in found), found


@pytest.mark.parametrize(
    ("place", "change", "what"),
    [
        (11, {"person": "p99"}, "p99 has no allocation"),
        (11, {"stratum": "lot_9"}, 'no stratum "lot_9"'),
        (12, {"second": "es1"}, "second person's approval"),
        (14, {"kind": "void", "person": "p2"}, "voided already"),
    ],
)
def test_what_cannot_follow_an_allocation(sound: Entries, place: int, change: dict[str, str], what: str) -> None:
    forged = [*sound]
    forged[place] = Entry({**sound[place].body, **change}, "")
    assert any(what in each.what for each in problems(resealed(forged, place)))


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ([], "the chain is empty"),
        ([seal({**first(config()).body, "config_hash": "00" * 32})], "not the one its hash and trial say"),
        ([seal({**first(config()).body, "trial": "other"})], "not the one its hash and trial say"),
        ([seal({**first(config()).body, "config": {}})], "cannot be read"),
        ([seal({**first(config()).body, "config": "x"})], "cannot be read"),
        (
            [seal({"v": 1, "trial": "t", "seq": 0, "prev": START, "kind": "clock", "utc": 1, "reason": "x"})],
            "begins with",
        ),
    ],
)
def test_a_chain_that_begins_wrong(entries: Entries, what: str) -> None:
    assert any(what in each.what for each in problems(entries))


def test_a_problem_says_where() -> None:
    assert str(problems([])[0]) == "Entry 0: the chain is empty."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("person", "John Smith, 1 High Street"),
        ("person", ""),
        ("person", ["p1"]),
        ("person", 5),
        ("actor", "a note in free text"),
        ("eligibility", "yes"),
        ("consent", "CD" * 32),
        ("n", "0"),
        ("utc", "then"),
    ],
)
def test_a_value_that_is_no_code_hash_or_number_is_found_in_a_chain_sealed_anew(
    sound: Entries, name: str, value: Any
) -> None:
    forged = [each if each.seq != 10 else Entry({**each.body, name: value}, "") for each in sound]
    told = [each.what for each in problems(resealed(forged, 10)) if each.seq == 10]
    assert f"what stands there is no code, hash or number as the allocator writes it: {name}." in told


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("commits", {}, "it lacks the commitment of E or of P."),
        ("commits", {"E": "ab" * 32, "P": 5}, "it lacks the commitment of E or of P."),
        ("packets", {"lot_1": ["ab" * 32]}, "it does not name every packet of every stratum, and no other."),
        ("packets", [], "it does not name every packet of every stratum, and no other."),
    ],
)
def test_a_genesis_entry_that_shares_and_packets_cannot_be_checked_against(
    sound: Entries, name: str, value: Any, said: str
) -> None:
    forged = [Entry({**sound[0].body, name: value}, ""), *sound[1:]]
    assert said in [each.what for each in problems(resealed(forged, 0))]


@pytest.mark.parametrize(
    ("utc", "found"),
    [
        (1_506_812_399_999, True),  # the last moment before 1 October 2017 in London
        (1_506_812_400_000, False),
        (1_554_073_140_000, False),  # 31 March 2019, 23:59 in London
        (1_554_073_140_001, True),
    ],
)
def test_an_allocation_made_while_the_trial_was_not_open_is_found(sound: Entries, utc: int, found: bool) -> None:
    opened_early = Entry({**sound[0].body, "utc": 1_506_812_000_000}, "")
    chain = resealed([opened_early, Entry({**sound[1].body, "utc": utc}, "")], 0)
    assert [each.what for each in problems(chain)] == ["it was made while the trial was not open."] * found
