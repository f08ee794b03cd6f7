"""Every clause that the specification cites is a section of document 004, and every section that asks is cited."""

import re

import pytest
from tests.spec.cited import cited

SECTIONS = {
    "header", "pathway", "§2", "§3.1.1", "§3.1.2", "§3.2", "§3.3", "§3.4", "§3.5", "§3.6", "§3.7", "§4.1", "§4.2",
    "§5.1", "§6.1", "§7", "§8.1", "§8.2", "§8.3", "§9", "§10.1",
}  # fmt: skip
"""The sections that ask for something, with the header and the picture of the pathway."""
WHOLE = {"§8", "§10", "§3.1.2-§7", "§9-10", "§9-§10"}
"""Whole chapters and several at once, which head a file or a group."""
CITED = [(one.where, one.clause) for one in cited("nottingham_health_employment")]


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
    notes = [one.note for one in cited("nottingham_health_employment") if told.search(one.note) and one.in_contract]
    assert notes
    assert all(re.search(r"[Dd]ocument|[Ee]quality data|“", note) for note in notes), notes
