"""Every clause that the specification cites is a place in document 002, and no paragraph of 002 is left out."""

import re

import pytest
from tests.spec.cited import cited

NUMERALS = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
]  # fmt: skip

PARAGRAPHS = {
    1: 10, 2: 2, 3: 5, 4: 9, 5: 1, 6: 6, 7: 9, 8: 4, 9: 12, 10: 2, 11: 10, 12: 2, 13: 3, 14: 3, 15: 7, 16: 10, 17: 13,
    18: 4, 19: 4, 20: 0, 21: 4, 22: 1, 23: 2,
}  # fmt: skip
"""How many numbered paragraphs each section has; §20 is a heading alone."""

LISTS = {
    "2.1": 4, "4.2": 8, "5.1": 3, "6.2": 3, "6.3": 3, "6.5": 3, "7.5": 3, "7.8": 4, "9.2": 3, "9.10": 11, "9.12": 6,
    "12.1": 4, "13.2": 6, "14.1": 6, "15.4": 6, "16.3": 4, "17.2": 2, "17.7": 2, "17.9": 17, "17.10": 6, "19.2": 2,
    "19.3": 4, "22.1": 14,
}  # fmt: skip
"""How many numbered items a paragraph has."""

APPENDICES = {
    "App. 1": [], "App. 2": [], "App. 3": [], "App. 4": NUMERALS[:5], "App. 5": [], "App. 6": NUMERALS,
    "App. 7": [f"{part} {n}" for part, count in (("St", 3), ("Org", 7), ("Sv", 14)) for n in range(1, count + 1)],
    "App. 8": [],
}  # fmt: skip

BACKGROUND = {
    *("1.4", "1.6", "1.9", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.5", "4.6", "4.7", "4.8", "4.9"),
    *("6.1", "7.1", "8.3", "9.7", "14.3", "15.3", "15.7", "16.4"),
}
"""Paragraphs that tell why, who helps or where to look, and ask nothing of a system."""


def places(clause):
    """The places that a clause names, one by one: "002 §17.9 x, xvii" is ["17.9 x", "17.9 xvii"]."""
    assert clause.startswith("002 "), clause
    last = ""
    for part in re.split(r",\s*", re.sub(r"\s*\(.*?\)", "", clause.removeprefix("002 "))):
        found = list(one_part(part, last))
        assert found, f"{clause}: what is “{part}”?"
        last = found[-1]
        yield from found


def one_part(part, last):
    if part in ("header", "Fig. 1", "Fig. 2"):
        yield part
    elif match := re.fullmatch(r"§(\d+)(?:-§?(\d+))?", part):
        yield from (f"§{number}" for number in range(int(match[1]), int(match[2] or match[1]) + 1))
    elif match := re.fullmatch(r"§(\d+)\.(\d+)(?:-(\d+)\.(\d+))?", part):
        assert match[3] in (None, match[1]), part
        yield from (f"{match[1]}.{number}" for number in range(int(match[2]), int(match[4] or match[2]) + 1))
    elif match := re.fullmatch(r"(?:§(\d+\.\d+) )?([ivx]+)(?:-([ivx]+))?", part):
        yield from (f"{match[1] or last.split()[0]} {numeral}" for numeral in numerals(match[2], match[3]))
    elif match := re.fullmatch(r"App\. (\d)(?:-(\d))?", part):
        yield from (f"App. {number}" for number in range(int(match[1]), int(match[2] or match[1]) + 1))
    elif match := re.fullmatch(r"(App\. \d) ([ivx]+)(?:-([ivx]+))?", part):
        yield from (f"{match[1]} {numeral}" for numeral in numerals(match[2], match[3]))
    elif match := re.fullmatch(r"(?:(App\. 7) )?(St|Org|Sv) (\d+)(?:-(\d+))?", part):
        yield from (f"App. 7 {match[2]} {n}" for n in range(int(match[3]), int(match[4] or match[3]) + 1))


def numerals(first, last):
    start, end = NUMERALS.index(first), NUMERALS.index(last or first)
    return NUMERALS[start : end + 1]


def existing():
    yield from ("header", "Fig. 1", "Fig. 2")
    for section, count in PARAGRAPHS.items():
        yield f"§{section}"
        for number in range(1, count + 1):
            yield f"{section}.{number}"
            yield from (f"{section}.{number} {item}" for item in NUMERALS[: LISTS.get(f"{section}.{number}", 0)])
    for name, items in APPENDICES.items():
        yield name
        yield from (f"{name} {item}" for item in items)


EXISTING = set(existing())
CITED = [(one.where, one.clause) for one in cited("thrive_into_work")]
NAMED = {place for _, clause in CITED for place in places(clause)}


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("002 §17.9 vi-viii", ["17.9 vi", "17.9 vii", "17.9 viii"]),
        ("002 §17.9 x, xvii", ["17.9 x", "17.9 xvii"]),
        ("002 §22-§23, App. 3-5", ["§22", "§23", "App. 3", "App. 4", "App. 5"]),
        ("002 App. 7 Org 4-5, Sv 12", ["App. 7 Org 4", "App. 7 Org 5", "App. 7 Sv 12"]),
        ("002 App. 6 (demographic data)", ["App. 6"]),
    ],
)
def test_how_a_clause_is_read(clause, found):
    assert list(places(clause)) == found


def test_every_place_cited_is_in_the_document():
    wrong = [f"{where}: {clause}" for where, clause in CITED if set(places(clause)) - EXISTING]
    assert wrong == []
    assert len(CITED) > 500


def test_no_paragraph_of_the_document_is_left_out():
    numbered = {place for place in EXISTING if re.fullmatch(r"\d+\.\d+", place)}
    stated = {place.split()[0] for place in NAMED}
    assert sorted(numbered - stated - BACKGROUND) == []
    assert sorted(BACKGROUND & stated) == [], "these are stated after all"


def test_no_item_of_a_list_is_left_out():
    whole = {"2.1", "17.2", "17.7"}  # why the service exists; two purposes and two ways, each cited as one
    items = {place for place in EXISTING if re.fullmatch(r"\d+\.\d+ [ivx]+|App\. [47] .+|App\. 6 [ivx]+", place)}
    assert sorted(place for place in items - NAMED if place.split()[0] not in whole) == []


@pytest.mark.parametrize("place", ["Fig. 1", "Fig. 2", *APPENDICES])
def test_every_figure_and_appendix_is_stated(place):
    empty = {"App. 2"}  # the list of existing services is still to come in the document
    assert (place in {p if p.startswith("Fig") else " ".join(p.split()[:2]) for p in NAMED}) == (place not in empty)
