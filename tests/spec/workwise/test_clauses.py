"""Every clause the specification cites is a part of document 001, and every part that asks for something is cited."""

import re

import pytest
from tests.spec.cited import cited

NAMED = {"header", "table", "note", "business case"}
"""Parts without a number: the head, the page of figures with its note, and the business case."""
NUMBERED = {
    "§1.1.2", "§2.1", "§2.1.1", "§2.1.2", "§2.2", "§2.2.10", "§2.2.12", "§2.2.15", "§2.2.16", "§2.2.18", "§2.3",
    "§2.3.1", "§2.5", "§3.1", "§4", "§5", "§8",
}  # fmt: skip
CITED = [(one.where, one.clause) for one in cited("workwise")]


def parts(clause):
    """The parts that a clause names: "001 §8, table, business case" is three of them; "§2.2 scope" is §2.2."""
    assert clause.startswith("001 "), clause
    return [re.sub(r"^(§\S+) .*", r"\1", part) for part in clause.removeprefix("001 ").split(", ")]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("001 table", ["table"]),
        ("001 §8, table, business case", ["§8", "table", "business case"]),
        ("001 §2.2 scope", ["§2.2"]),
        ("001 table, note", ["table", "note"]),
    ],
)
def test_how_a_clause_is_read(clause, found):
    assert parts(clause) == found


def test_every_clause_is_a_part_of_the_document_and_every_part_is_cited():
    assert {part for _, clause in CITED for part in parts(clause)} == NAMED | NUMBERED
    assert len(CITED) > 400
