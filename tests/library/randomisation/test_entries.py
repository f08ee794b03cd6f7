"""Entries: read and written, what is not one, the code on the person's letter."""

from typing import Any

import pytest
from tests.library.randomisation.allocators import filled, opened

from placewell.randomisation.entries import Entry, EntryError, check_code, hash_of, seal
from placewell.randomisation.hashing import hexdigest


def test_a_hash_by_hand() -> None:
    assert seal({"b": 1, "a": "é"}).hash == hexdigest("entry", '{"a":"é","b":1}') == hash_of({"a": "é", "b": 1})


def test_what_an_entry_says(tmp_path: Any) -> None:
    made = filled(opened(tmp_path), 3)[2]
    assert (made.kind, made.seq, made.person, made.stratum, made.n) == ("allocation", 3, "p2", "lot_1", 1)
    assert (made.reason, made.scope) == ("", "")
    assert Entry.from_data(made.as_data()) == made


def test_what_an_entry_does_not_say() -> None:
    odd = seal({"kind": 1, "seq": "x"})
    assert (odd.kind, odd.seq, odd.n, odd.person) == ("", -1, -1, "")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"entry": {}},
        {"entry": {}, "hash": "x", "more": 1},
        {"entry": [], "hash": "x"},
        {"entry": {}, "hash": 1},
        {"entry": {"seq": 1.5}, "hash": "x"},
        {"entry": {"seq": None}, "hash": "x"},
        {"entry": {"seq": 2**53}, "hash": "x"},
        {"entry": {"person": "\ud800"}, "hash": "x"},
    ],
)
def test_what_is_no_entry(data: Any) -> None:
    with pytest.raises(EntryError):
        Entry.from_data(data)


@pytest.mark.parametrize(
    ("hash_of_entry", "code"),
    [("00" * 32, "AAAAA-AAAAA"), ("ff" * 32, "77777-77777"), ("00443214c74254b635cf" + "00" * 22, "ABCDE-FGHIJ")],
)
def test_the_code_on_the_letter(hash_of_entry: str, code: str) -> None:
    assert check_code(hash_of_entry) == code
