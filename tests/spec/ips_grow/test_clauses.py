"""Every clause that the specification cites is a part of document 003, and every such part is cited."""

import re

import pytest
from tests.spec.cited import cited

PARTS = {
    "header", "introduction", "commissioner tools", "calculator", "principles", "operational tools", "data set",
    "quality",
}  # fmt: skip
"""The slides that ask for something or say what is counted, by what they show."""
CITED = [(one.where, one.clause) for one in cited("ips_grow")]


def parts(clause):
    """The parts that a clause names: "003 data set (2), calculator" is two of them."""
    assert clause.startswith("003 "), clause
    bare = re.sub(r"\s*\(.*?\)", "", clause.removeprefix("003 "))
    return [part for part in bare.split(", ") if part != "note"]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("003 calculator", ["calculator"]),
        ("003 data set (3), calculator", ["data set", "calculator"]),
        ("003 data set (2), note", ["data set"]),
    ],
)
def test_how_a_clause_is_read(clause, found):
    assert parts(clause) == found


def test_every_clause_is_a_part_of_the_document_and_every_part_is_cited():
    assert {part for _, clause in CITED for part in parts(clause)} == PARTS
    assert len(CITED) > 130


def test_what_the_document_numbers_is_one_to_three():
    numbered = {number for _, clause in CITED for number in re.findall(r"data set \((\d)\)", clause)}
    assert numbered == {"1", "2", "3"}
