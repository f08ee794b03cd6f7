"""Every clause the specification cites is a part of document 001, and every part that asks for something is cited."""

import re
import tomllib

import pytest

from placewell.specification import folder_of

FOLDER = folder_of("workwise")
NAMED = {"header", "table", "note", "business case"}
"""Parts without a number: the head, the page of figures with its note, and the business case."""
NUMBERED = {
    "§1.1.2", "§2.1", "§2.1.1", "§2.1.2", "§2.2", "§2.2.10", "§2.2.12", "§2.2.15", "§2.2.16", "§2.2.18", "§2.3",
    "§2.3.1", "§2.5", "§3.1", "§4", "§5", "§8",
}  # fmt: skip


def clauses(entry, where):
    if isinstance(entry, list):
        for each in entry:
            yield from clauses(each, where)
    elif isinstance(entry, dict):
        where = f"{where} {entry.get('id', '')}".rstrip()
        if "clause" in entry:
            yield where, entry["clause"]
        for value in entry.values():
            yield from clauses(value, where)


CITED = [
    found
    for path in sorted(FOLDER.rglob("*.toml"))
    for found in clauses(tomllib.loads(path.read_text(encoding="utf-8")), path.relative_to(FOLDER).as_posix())
]


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
