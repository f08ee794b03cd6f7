"""SOC 2020 and SIC 2007 in full, and finding a code by everyday words."""

import string
from collections.abc import Callable

import pytest

from placewell.vocabulary import (
    code_list,
    industry_section,
    label,
    occupation_group,
    search,
    search_industries,
    warm_searches,
)
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


WORK = """
shop 7111 | shop work 7111 | retail 7111 | supermarket 7111 | till 7112 | cleaning 9223 | hotel 9223 | factory 9139
kitchen 9263 | washing up 9263 | bar work 9265 | cafe 9266 | restaurant 9264 | care 6135 | care home 6135 | carer 6135
hospital 6131 | driving 8214 | driver 8214 | taxi 8213 | lorry 8211 | warehouse 9252 | packing 9132 | building site 9129
gardening 5113 | painting 5323 | plumbing 5315 | office 4159 | reception 4216 | security 9231 | post 9211 | nursery 6111
school 6112 | teacher 2314 | call centre 7211 | customer service 7219 | laundry 9224 | hair 6221 | mechanic 5231
farm 9111 | recycling 9225 | computers 3132 | dog 6129 | library 4135 | bakery 8111 | gym 6211 | nurse 2237
shpo work 7111 | clening 9223 | gardning 5113 | recepton 4216 | secruity 9231
"""

EMPLOYERS = """
shop 47110 | shops 47110 | corner shop 47110 | supermarket 47110 | retail 47190 | store 47190 | clothes shop 47710
charity shop 47799 | bookshop 47610 | butcher 47220 | baker 47240 | florist 47760 | chemist 47730 | garage 45200
pub 56302 | restaurant 56101 | cafe 56102 | takeaway 56103 | hotel 55100 | catering 56290 | cleaning 81210
security 80100 | care 87300 | care home 87300 | hospital 86101 | doctor 86210 | dentist 86230 | school 85200
college 85320 | university 85421 | nursery 88910 | council 84110 | library 91011 | gym 93130 | cinema 59140
hairdresser 96020 | bank 64191 | post office 53100 | warehouse 52103 | courier 53202 | taxi 49320 | bus 49390
builder 41202 | electrician 43210 | plumber 43220 | factory 32990 | farm 01500 | gardening 81300 | vet 75000
supermaket 47110 | resturant 56101 | hairdreser 96020 | pharmcy 47730 | warehous 52103
"""


def _rows(table: str) -> list[list[str]]:
    """Words and the code they should find."""
    return [row.strip().rsplit(" ", 1) for row in table.replace("\n", "|").split("|") if row.strip()]


@pytest.mark.parametrize(("typed", "code"), _rows(WORK))
def test_what_people_call_the_work_is_among_the_first_three(typed: str, code: str) -> None:
    assert code in [found.code for found in search_occupations(typed)[:3]]


@pytest.mark.parametrize(("typed", "code"), _rows(EMPLOYERS))
def test_what_people_call_an_employer_is_among_the_first_three(typed: str, code: str) -> None:
    assert code in [found.code for found in search_industries(typed)[:3]]


@pytest.mark.parametrize("letters", ["sho", "shop", "shops"])
def test_shops_come_before_what_is_made_for_them(letters: str) -> None:
    first = [found.code for found in search_industries(letters)[:3]]
    assert first[0] == "47110"
    assert all(code >= "45" for code in first)


@pytest.mark.parametrize("find", [search_occupations, search_industries])
def test_the_start_of_a_server_makes_the_indexes_once(find: Callable[[str], object]) -> None:
    """The first letters of the day find the index ready, the slips too."""
    warm_searches()
    made = search._index.cache_info()
    find("clening")
    assert search._index.cache_info().misses == made.misses
    for name in ("occupation", "industry"):
        assert "near" in vars(search._index(name))
