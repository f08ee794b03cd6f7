"""The bytes everything is hashed from: one way to write a value, tags and lengths that keep parts apart."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.randomisation.hashing import canon, digest, hexdigest, kdf, prf

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    WHOLE | TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ([], "[]"),
        ({"b": 1, "a": "x"}, '{"a":"x","b":1}'),
        ({"a": [1, "2", {"c": -3}]}, '{"a":[1,"2",{"c":-3}]}'),
        ("é\n\x00\u2028😀", '"é\\n\\u0000\u2028😀"'),
        ('"\\/', '"\\"\\\\/"'),
        (2**53 - 1, "9007199254740991"),
    ],
)
def test_one_way_to_write_a_value(value: Any, written: str) -> None:
    assert canon(value) == written.encode()


@pytest.mark.parametrize("value", [True, 1.0, None, (1,), b"x", {1: "x"}, [None], {"a": {"b": False}}, {"a": 0.5}])
def test_what_cannot_be_hashed(value: Any) -> None:
    with pytest.raises(TypeError):
        canon(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_what_other_languages_cannot_hold(value: Any) -> None:
    with pytest.raises(ValueError, match=r"beyond|surrogates"):
        canon(value)


@given(VALUES)
def test_what_was_written_reads_as_it_was(value: Any) -> None:
    assert json.loads(canon(value)) == value
    assert canon(json.loads(canon(value))) == canon(value)


def test_a_digest_by_hand() -> None:
    by_hand = b"\0\0\0\5entry" + b"\0\0\0\2{}"
    assert digest("entry", b"{}") == hashlib.sha256(by_hand).digest()
    assert hexdigest("entry", "{}") == hashlib.sha256(by_hand).hexdigest()


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "bc"), ("ab", "c")), (("a", "b"), ("a", "b", "")), (("a", "", "b"), ("a", "b", "")), (("ab",), ("a", "b"))],
)
def test_no_two_lists_of_parts_read_alike(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert digest(*one) != digest(*other)


def test_the_key_derivation_of_rfc_5869() -> None:
    """Test case 1, cut to 32 bytes."""
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9").decode("latin-1")
    with_bytes_beyond_ascii = kdf(bytes(range(13)), b"\x0b" * 22, info)
    assert len(with_bytes_beyond_ascii) == 32
    spread = prf(bytes(range(13)), b"\x0b" * 22)  # RFC 5869 §2.2 and §2.3 by hand
    assert with_bytes_beyond_ascii == prf(spread, info.encode() + b"\x01")
    assert spread.hex() == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"


def test_the_function_of_rfc_4231() -> None:
    """Test case 2."""
    answer = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert prf(b"Jefe", b"what do ya want for nothing?").hex() == answer
