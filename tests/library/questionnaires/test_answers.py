"""Answers that are counted, who moved from one to another, and the words a service shows with them."""

from datetime import date

import polars as pl
import pytest
from tests.library.questionnaires.answering import course, form, numbered, state

from placewell.questionnaires import QuestionnaireError, instrument
from placewell.questionnaires.answers import answer_counts, answer_moves
from placewell.questionnaires.items import Answers
from placewell.questionnaires.wording import read_wording


def counts(forms, id):
    rows = answer_counts(forms, id).collect()
    assert rows.columns == ["instrument", "item", "answer", "forms"]
    return [(item, answer, many) for _, item, answer, many in rows.rows()]


def test_every_answer_is_counted_and_those_of_nobody_are_shown():
    forms = pl.concat([
        form("peq_assessment", {"1": "Y", "5": "4"}, "R1"), form("peq_assessment", {"1": " Y ", "5": "9"}, "R2"),
        form("peq_assessment", {"1": "NA", "2": ""}, "R3"), form("phq9", {"1": "0"}, "R4"),
    ])  # fmt: skip
    found = counts(forms, "peq_assessment")
    assert [row for row in found if row[0] == "1"] == [("1", "Y", 2), ("1", "N", 0), ("1", "NA", 1), ("1", None, 0)]
    assert [row for row in found if row[0] == "2"] == [("2", "Y", 0), ("2", "N", 0), ("2", "NA", 0), ("2", None, 3)]
    assert [row for row in found if row[0] == "5"][-2:] == [("5", "4", 1), ("5", None, 2)]
    assert {item: sum(many for one, _, many in found if one == item) for item, *_ in found} == dict.fromkeys("12345", 3)


def test_of_a_long_range_only_what_was_answered_is_listed():
    found = counts(form("eq5d5l", state("11111", 70)), "eq5d5l")
    assert [row for row in found if row[0] == "vas"] == [("vas", "70", 1), ("vas", None, 0)]


def test_items_of_a_services_own_are_counted_as_they_come():
    forms = pl.concat([
        form("satisfaction", {"overall": "good", "own_2": "b", "own_1": "x"}, "R1"),
        form("satisfaction", {"overall": "good", "own_2": "a", "own_3": ""}, "R2"),
    ])  # fmt: skip
    assert counts(forms, "satisfaction")[-5:] == [
        ("overall", "poor", 0), ("overall", None, 0), ("own_1", "x", 1), ("own_2", "a", 1), ("own_2", "b", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["Y", "N"], [("Y", "N")]),
        (["Y", "Y", "N"], [("Y", "N")]),
        (["Y", "N", "Y"], [("Y", "Y")]),
        (["U", "Y", "Z", "N", "U"], [("Y", "N")]),  # what is not known is passed over
        (["Y", "Z"], []),
        (["Y"], []),
        (["Y", "odd", ""], []),
    ],
)
def test_a_move_is_from_the_first_known_answer_to_the_last(given, expected):
    forms = course("economic_status", *(("review", f"2019-01-{n + 1:02}", {"3": a}) for n, a in enumerate(given)))
    rows = answer_moves(forms, "economic_status", "3").collect()
    assert rows.select("first", "last").rows() == expected
    assert rows.columns == ["episode_id", "first_on", "first", "last_on", "last"]


def test_a_move_needs_another_day_and_a_day_at_all():
    same = course("economic_status", ("baseline", "2019-01-01", {"3": "Y"}), ("exit", "2019-01-01", {"3": "N"}))
    assert answer_moves(same, "economic_status", "3").collect().height == 0
    undated = same.with_columns(completed_on=pl.lit(None, pl.Date))
    assert answer_moves(undated, "economic_status", "3").collect().height == 0
    later = form("economic_status", {"3": "N"}, "R7", "E1", "exit", "2019-02-01")
    assert answer_moves(pl.concat([undated, same, later]), "economic_status", "3").collect().rows() == [
        ("E1", date(2019, 1, 1), "Y", date(2019, 2, 1), "N")
    ]
    with pytest.raises(KeyError, match="economic_status has no item 9"):
        answer_moves(same, "economic_status", "9")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"range": (0, 3)}, "a whole number from 0 to 3"),
        ({"range": (0, 8), "left_out": ("NA",)}, "a whole number from 0 to 8 or NA"),
        ({"codes": ("Y", "N"), "left_out": ("NA",)}, "Y, N or NA"),
        ({"codes": ("Y", "N"), "not_known": ("U", "Z")}, "Y, N, U or Z"),
        ({"points": {"1": 0, "2": 100}}, "1 or 2"),
        ({"codes": ("Y",)}, "Y"),
    ],
)
def test_what_an_item_takes_is_said_in_words(answers, said):
    assert Answers(items=("1",), **answers).in_words == said


# --- words: made up here, of nobody's questionnaire ---

WORDS = """
instrument = "wsas"
language = "en"
licence = "Permission of the owner, 2026"
copyright = "© the owner"
[items]
1 = "Word 1"
2 = "Word 2"
3 = "Word 3"
4 = "Word 4"
5 = "Word 5"
"""
LABELS = "\n".join(f'{n} = "Level {n}"' for n in range(9))
OVERALL = """
instrument = "satisfaction"
language = "en"
[items]
overall = "All in all"
own = "Our own"
[[answers]]
items = ["overall"]
[answers.labels]
excellent = "Excellent"
very_good = "Very good"
good = "Good"
fair = "Fair"
poor = "Poor"
"""


def wording(place, text, id):
    file = place / "words.toml"
    file.write_text(text, encoding="utf-8")
    return read_wording(file, instrument(id))


def labelled(items, more=""):
    return f"{WORDS}[[answers]]\nitems = {items}\n[answers.labels]\n{LABELS}\n{more}"


def test_words_are_shown_where_the_file_has_them(tmp_path):
    words = wording(tmp_path, labelled('["2", "3"]'), "wsas")
    assert (words.question("2"), words.label("2", "0"), words.label("4", "0")) == ("Word 2", "Level 0", "0")
    ours = wording(tmp_path, OVERALL + '[[answers]]\nitems = ["own"]\nlabels = { a = "Ay" }\n', "satisfaction")
    assert (ours.question("own"), ours.question("other"), ours.label("own", "a")) == ("Our own", "other", "Ay")


@pytest.mark.parametrize(
    ("id", "text", "said"),
    [
        ("phq9", WORDS, ["instrument: is wsas, not phq9: name the file that belongs to it"]),
        ("wsas", WORDS.replace("Permission of the owner, 2026", " ").replace("© the owner", ""), [
            "licence: is missing: add by what right the words are shown",
            "copyright: is missing: add the line of their owner",
        ]),
        ("wsas", WORDS.replace("5 =", "6 ="), [
            "items.5: is missing: add the words of the question", "items.6: wsas has no such item: take it out",
        ]),
        ("wsas", labelled('["2"]') + f'[[answers]]\nitems = ["2"]\n[answers.labels]\n{LABELS}\n', [
            "answers: item 2 stands in two places: take one out",
        ]),
        ("wsas", labelled('["9"]'), ["answers: wsas has no item 9: take it out"]),
        ("wsas", labelled('["2"]', 'NA = "x"\n'), [
            'answers: item 2 has no answer "NA": it takes a whole number from 0 to 8',
        ]),
        ("wsas", labelled('["1"]'), ["answers: item 1: answer NA has no words: add them"]),
        ("satisfaction", OVERALL[: OVERALL.index("[[answers]]")], [
            "answers: item overall takes codes, which nobody can read: add words for excellent, very_good, good, fair "
            "or poor",
        ]),
    ],
)  # fmt: skip
def test_words_that_are_not_whole(tmp_path, id, text, said):
    with pytest.raises(QuestionnaireError) as refused:
        wording(tmp_path, text, id)
    assert list(refused.value.problems) == [f"{tmp_path}/words.toml: {problem}" for problem in said]


def test_numbered_answers_leave_a_form_as_it_is():
    assert counts(form("phq9", numbered("0 0 0 0 0 0 0 0 0")), "phq9")[0] == ("1", "0", 1)
