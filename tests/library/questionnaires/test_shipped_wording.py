"""Words that are shipped: only ours, whole, and never those of somebody else."""

import pytest

from placewell.questionnaires import QuestionnaireError, instrument, instrument_ids
from placewell.questionnaires.instruments import DATA
from placewell.questionnaires.wording import instrument_named, parse_wording, shipped_wording

SHIPPED = {path.stem for path in (DATA / "wording").glob("*.toml")}


def test_only_words_that_may_be_shipped_are():
    assert {"satisfaction", "self_report", "economic_status"} == SHIPPED
    assert all(instrument(id).licence.wording_may_be_shipped for id in SHIPPED)


@pytest.mark.parametrize("id", instrument_ids())
def test_each_is_whole_or_not_there(id):
    wording = shipped_wording(id)
    assert (wording is not None) == (id in SHIPPED)
    for item in instrument(id).items if wording else ():
        answers = instrument(id).answers_of(item)
        assert wording.question(item) != item
        assert all(wording.label(item, code) != code for code in answers.allowed)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("instrument = ", "words.toml: is not TOML"),
        ('language = "en"', "words.toml: instrument"),
        ('instrument = "sf36"\nlanguage = "en"\n[items]\na = "b"', "no questionnaire sf36"),
        ('instrument = "../swemwbs"\nlanguage = "en"\n[items]\na = "b"', "no questionnaire"),
        ("", "words.toml"),
    ],
)
def test_text_that_names_no_questionnaire(text, said):
    with pytest.raises(QuestionnaireError, match=said):
        instrument_named(text, "words.toml")


def test_text_is_read_as_a_file_is():
    text = (DATA / "wording" / "satisfaction.toml").read_text()
    assert parse_wording(text, instrument_named(text, "x"), "x") == shipped_wording("satisfaction")
    with pytest.raises(QuestionnaireError, match="x: instrument: is satisfaction, not wsas"):
        parse_wording(text, instrument("wsas"), "x")


@pytest.mark.parametrize(
    ("id", "begins", "ends"), [("rand36", "1", "36"), ("eq5d5l", "mobility", "vas"), ("phq9", "1", "9")]
)
def test_items_stand_as_on_paper(id, begins, ends):
    items = instrument(id).items_in_order
    assert (items[0], items[-1], set(items)) == (begins, ends, set(instrument(id).items))
    numbers = [int(item) for item in items if item.isdigit()]
    assert numbers == sorted(numbers)
