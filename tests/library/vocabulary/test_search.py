"""SOC 2020 and SIC 2007 in full, and finding a code by everyday words."""

import string

import pytest

from placewell.vocabulary import code_list, industry_section, label, occupation_group, search_industries
from placewell.vocabulary.detailed import everyday_words, industries, occupations
from placewell.vocabulary.search import LONGEST, MOST, FoundCode, search_occupations


def test_occupations_are_whole() -> None:
    """The counts that the Office for National Statistics states: 9, 26, 104 and 412."""
    codes = list(occupations())
    assert codes == sorted(codes)
    assert len(codes) == 412
    assert len({code[:3] for code in codes}) == 104
    assert {code[:2] for code in codes} == {code for code in code_list("occupation").codes if len(code) == 2}
    assert {code[:1] for code in codes} == set("123456789")
    assert all(len(code) == 4 and occupation_group(code) == code[:2] for code in codes)


def test_industries_are_whole() -> None:
    """The counts that the Office for National Statistics states: 21, 88, 272, 615, and 191 subclasses."""
    codes = list(industries())
    assert codes == sorted(codes)
    assert [len({code[:digits] for code in codes}) for digits in (2, 3, 4)] == [88, 272, 615]
    assert sum(code[4] != "0" for code in codes) == 191
    assert {industry_section(code) for code in codes} == set(string.ascii_uppercase[:21])
    assert not {"74990", "98000", "99999"} & set(codes), "codes of Companies House alone are no industry"


@pytest.mark.parametrize("titles", [occupations(), industries()], ids=["occupation", "industry"])
def test_titles_are_plain(titles: dict[str, str]) -> None:
    assert len(set(titles.values())) == len(titles)
    for title in titles.values():
        assert title == " ".join(title.split()) and title.isascii()
        assert not title.endswith((" and", ",", " of")), "a title that was cut off"
        assert not title.endswith(".") or title.endswith(("n.e.c.", "etc."))


@pytest.mark.parametrize(("name", "titles"), [("occupation", occupations()), ("industry", industries())])
def test_everyday_words_lead_to_codes_that_exist(name: str, titles: dict[str, str]) -> None:
    for words, code in everyday_words(name).items():
        assert code in titles, f"{words} leads to {code}, which is no {name}"
        assert words == words.strip().lower()


@pytest.mark.parametrize(
    ("typed", "code", "because"),
    [
        ("shelf stacker", "9241", "shelf stacker"),
        ("Barista", "9266", "barista"),
        ("care assistant", "6135", "care assistant"),
        ("warehouse", "9252", "warehouse"),
        ("cleaner", "9223", "cleaner"),
        ("CLEANERS", "9223", "cleaner"),
        ("part time cleaner", "9223", "cleaner"),  # what fits no title is passed over
        ("receptionist", "4216", ""),
        ("recepti", "4216", ""),
        ("exam invig", "9233", ""),
        ("lorry driver", "8211", "lorry driver"),
        ("café assistant", "9266", "cafe assistant"),
        ("warehuose", "9252", "warehouse"),  # two letters changed places
        ("cleener", "9223", "cleaner"),  # a wrong letter
        ("hairdreser", "6221", ""),  # a letter left out
        ("barrista", "9266", "barista"),  # a letter too many
        ("9241", "9241", ""),
        (" 9241 ", "9241", ""),
        ("elementary administration", "9219", ""),
    ],
)
def test_a_role_is_found_first(typed: str, code: str, because: str) -> None:
    first = search_occupations(typed)[0]
    assert (first.code, first.title) == (code, occupations()[code])
    assert not because or first.because == because


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("supermarket", "47110"),
        ("care home", "87300"),
        ("charity shop", "47799"),
        ("cafe", "56102"),
        ("wharehouse", "52103"),
        ("hosptal", "86101"),
        ("council", "84110"),
        ("farming", "01500"),
        ("47110", "47110"),
        ("banks", "64191"),
    ],
)
def test_an_industry_is_found_first(typed: str, code: str) -> None:
    assert search_industries(typed)[0].code == code


@pytest.mark.parametrize("words", sorted(everyday_words("occupation")))
def test_every_everyday_word_finds_its_own_role(words: str) -> None:
    assert everyday_words("occupation")[words] in [found.code for found in search_occupations(words)[:3]]


@pytest.mark.parametrize("words", sorted(everyday_words("industry")))
def test_every_everyday_word_finds_its_own_industry(words: str) -> None:
    assert everyday_words("industry")[words] in [found.code for found in search_industries(words)[:3]]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "and of the",
        "n.e.c.",
        "zzz",
        "x" * 10_000,
        "<script>",
        "%",
        "\x00",
        "'; drop table",
        "９２",
        "🧹",
        "-1",
    ],
)
def test_what_finds_nothing(typed: str) -> None:
    found = search_occupations(typed)
    assert found == ()


def test_only_the_beginning_of_very_much_is_looked_at() -> None:
    assert search_occupations("cleaner " * 5_000) == search_occupations("cleaner")
    assert search_occupations(" " * 50 + "cleaner" + " " * LONGEST + "baker")[0].code == "9223"


@pytest.mark.parametrize(
    ("typed", "most", "length"), [("9", MOST, 10), ("driver", 3, 3), ("driver", 0, 0), ("92", 99, 27)]
)
def test_no_more_than_were_asked_for(typed: str, most: int, length: int) -> None:
    assert len(search_occupations(typed, most)) == length


def test_a_code_is_found_once_and_a_group_after_its_parts() -> None:
    codes = [found.code for found in search_occupations("administrative occupations", 50)]
    assert len(codes) == len(set(codes))
    assert codes.index("4159") < codes.index("41")
    assert FoundCode("92", label("occupation", "92")) in search_occupations("92")


def test_a_word_that_is_there_is_no_slip_of_another() -> None:
    assert "87300" not in [found.code for found in search_industries("cafe")], "cafe is not care"
    assert "4122" not in [found.code for found in search_occupations("cook")], "cook is not book"
