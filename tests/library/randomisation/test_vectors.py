"""The frozen values of the draw: Python and JavaScript each make every one of them."""

import hashlib
import json
import tomllib
from fnmatch import fnmatch

import pytest
from tests.library.randomisation.nodes import VERIFIER, run
from tests.library.randomisation.vectors import FILE, SEQUENCES, made

from placewell.randomisation.verifier import program, program_hash

FROZEN = "1caf498adc854c2f3202a90233548b00372edc972d9d0f34a436ac7461b70a88"
CHECK = FILE.with_name("check_vectors.mjs")


def test_the_vectors_are_as_they_were_frozen():
    """Whoever changes them changes the arms of running trials: that needs another algorithm's name."""
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize("part", ["stream", "below", "canon", "ceremony", "blocks", "sequences", "entries"])
def test_python_makes_every_vector(part):
    frozen = json.loads(FILE.read_text(encoding="utf-8"))
    assert frozen["algorithm"] == "placewell-draw/1"
    assert len(frozen[part]) >= 3
    assert made()[part] == frozen[part]


def test_javascript_makes_every_vector():
    status, out, told = run(CHECK, VERIFIER, FILE)
    assert (status, told) == (0, "")
    assert json.loads(out)["wrong"] == []
    assert json.loads(out)["compared"] >= 100


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("stream", 4, "words", 19), 1),
        (("below", 5, "numbers", 11), 1),
        (("canon", 1, "bytes"), ""),
        (("ceremony", 2, "packets", "lot_2", 3), "00"),
        (("ceremony", 0, "commits", "P"), "00"),
        (("blocks", 8, "arms"), ["ips"]),
        (("sequences", 3, "strata", "lot_1", 39), "x"),
        (("entries", 2, "code"), "AAAAA-AAAAA"),
    ],
)
def test_a_changed_vector_is_seen_by_javascript(tmp_path, where, value):
    changed = json.loads(FILE.read_text(encoding="utf-8"))
    *path, last = where
    inner = changed
    for step in path:
        inner = inner[step]
    assert inner[last] != value
    inner[last] = value
    file = tmp_path / "vectors.json"
    file.write_text(json.dumps(changed), encoding="utf-8")
    _, out, _ = run(CHECK, VERIFIER, file)
    assert len(json.loads(out)["wrong"]) == 1


def test_every_method_is_among_them():
    assert {each.method for each in SEQUENCES.values()} == {"big_stick", "permuted_blocks", "simple"}


def test_the_verifier_is_packed_with_the_product():
    project = tomllib.loads((FILE.parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["setuptools"]["package-data"]["*"]
    assert any(fnmatch(VERIFIER.name, pattern) for pattern in packed)


def test_the_verifier_ships_and_is_named_by_its_hash():
    assert program() == VERIFIER.read_bytes()
    _, out, _ = run(CHECK, VERIFIER, FILE)
    assert json.loads(out)["own"] == program_hash()
