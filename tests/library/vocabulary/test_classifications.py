"""SOC 2020 and SIC 2007 at every level."""

import pytest

from placewell.vocabulary import code_list, industry_section, occupation_group

SECTIONS = "A:1-3 B:5-9 C:10-33 D:35-35 E:36-39 F:41-43 G:45-47 H:49-53 I:55-56 J:58-63 K:64-66 L:68-68 M:69-75 N:77-82"
SECTIONS += " O:84-84 P:85-85 Q:86-88 R:90-93 S:94-96 T:97-98 U:99-99"
BY_DIVISION = {
    division: entry[0]
    for entry in SECTIONS.split()
    for division in range(int(entry[2:].split("-")[0]), int(entry[2:].split("-")[1]) + 1)
}


@pytest.mark.parametrize("division", range(100))
def test_every_division_has_its_section_or_none(division: int) -> None:
    assert industry_section(f"{division:02}") == BY_DIVISION.get(division)
    assert industry_section(f"{division:02}110") == BY_DIVISION.get(division)


@pytest.mark.parametrize("code", ["", "g", "4", "471101", "4a", "G47", "ZZ", "４７"])
def test_what_is_no_industry(code: str) -> None:
    assert industry_section(code) is None


@pytest.mark.parametrize(
    ("code", "group"),
    [("9", "9"), ("92", "92"), ("923", "92"), ("9233", "92"), ("11", "11"), ("2136", "21"), ("8", "8")],
)
def test_occupations_of_any_level(code: str, group: str) -> None:
    assert occupation_group(code) == group


@pytest.mark.parametrize("code", ["", "0", "13", "99", "92330", "9a", "A", "10", "９"])
def test_what_is_no_occupation(code: str) -> None:
    assert occupation_group(code) is None


def test_nine_major_and_twenty_six_sub_major_groups() -> None:
    codes = list(code_list("occupation").codes)
    assert [c for c in codes if len(c) == 1] == list("123456789")
    assert len([c for c in codes if len(c) == 2]) == 26
    assert len(code_list("industry").codes) == 21
