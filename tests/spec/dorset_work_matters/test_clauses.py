"""Every clause that the specification cites is a section of document 000, or a part of 003; every section is cited."""

import re

import pytest
from tests.spec.cited import cited

SECTIONS = {
    "header", "§1.1", "§2.1", "§2.2", "§3.1", "§3.2", "§3.3", "§3.4", "§3.5", "§4.1", "§5.1",
}  # fmt: skip
"""The sections of 000 that say something; §4.2, §4.3 and §5.2 say "none", §7 is empty."""
COMMON = {"header", "data set", "calculator", "principles"}
"""The parts of 003 that the common data set comes from."""
CITED = [(one.where, one.clause, one.in_contract) for one in cited("dorset_work_matters")]


def parts(clause):
    """The sections that a clause names: "000 §3.1, §3.2" is two of them."""
    bare = re.sub(r"\s*\(.*?\)(-\(\d\))?", "", clause[4:])
    return [part for part in bare.split(", ") if part != "note"]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("000 §3.1, §3.2", ["§3.1", "§3.2"]),
        ("003 data set (2), note", ["data set"]),
        ("003 data set (1)-(3)", ["data set"]),
        ("000 header", ["header"]),
    ],
)
def test_how_a_clause_is_read(clause, found):
    assert parts(clause) == found


@pytest.mark.parametrize(("document", "sections"), [("000", SECTIONS), ("003", COMMON)])
def test_every_section_is_there_and_cited(document, sections):
    assert {part for _, clause, _ in CITED if clause.startswith(document) for part in parts(clause)} == sections


def test_there_is_no_third_document():
    assert {clause[:4] for _, clause, _ in CITED} == {"000 ", "003 "}
    assert len(CITED) > 140


OF_COMMON = [
    pytest.param(where, in_contract, id=where)
    for where, clause, in_contract in CITED
    if clause.startswith("003") and not where.startswith("examples")
]


@pytest.mark.parametrize(("where", "in_contract"), OF_COMMON)
def test_nothing_of_the_common_data_set_passes_for_the_contract(where, in_contract):
    assert not in_contract
