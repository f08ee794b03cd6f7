"""Every clause that the specification cites is a section of document 004, and every section that asks is cited."""

import re
import tomllib

import pytest

from placewell.specification import folder_of

FOLDER = folder_of("nottingham_health_employment")
SECTIONS = {
    "header", "pathway", "§2", "§3.1.1", "§3.1.2", "§3.2", "§3.3", "§3.4", "§3.5", "§3.6", "§3.7", "§4.1", "§4.2",
    "§5.1", "§6.1", "§7", "§8.1", "§8.2", "§8.3", "§9", "§10.1",
}  # fmt: skip
"""The sections that ask for something, with the header and the picture of the pathway."""
WHOLE = {"§8", "§10", "§3.1.2-§7", "§9-10", "§9-§10"}
"""Whole chapters and several at once, which head a file or a group."""


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
    assert clause.startswith("004 "), clause
    return clause.removeprefix("004 ").split(", ")


@pytest.mark.parametrize(("clause", "found"), [("004 §8.1", ["§8.1"]), ("004 §3.4, pathway", ["§3.4", "pathway"])])
def test_how_a_clause_is_read(clause, found):
    assert parts(clause) == found


def test_every_clause_is_a_section_of_the_document_and_every_section_is_cited():
    assert {part for _, clause in CITED for part in parts(clause)} - WHOLE == SECTIONS
    assert len(CITED) > 250


def test_what_the_document_does_not_say_is_not_cited_as_said():
    """A note that calls something ours stands at an entry that says what the document leaves open."""
    told = re.compile(r"\bours\b")
    notes = [
        entry["note"]
        for path in FOLDER.glob("*.toml")
        for entry in entries(tomllib.loads(path.read_text(encoding="utf-8")))
        if told.search(entry.get("note", "")) and entry.get("in_contract", True)
    ]
    assert all(re.search(r"[Dd]ocument|[Ee]quality data|“", note) for note in notes), notes


def entries(entry):
    if isinstance(entry, list):
        for each in entry:
            yield from entries(each)
    elif isinstance(entry, dict):
        yield entry
        for value in entry.values():
            yield from entries(value)
