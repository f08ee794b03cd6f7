"""What a specification shares with the rest of the product: codes, columns, and words for every reader of the form."""

import pytest
from tests.library.specification.small import FILES, folder_of, small

from placewell.cli.check import content_problems as everything
from placewell.cli.main import main
from placewell.specification import load
from placewell.specification.check import content_problems

QUESTION = """
[[question]]
id = "name"
section = "You"
title_self = "Your name?"
title_professional = "Their name?"
clause = "009 §2"
[[question.field]]
id = "first_name"
kind = "text"
short = "Name"
fills = "people.first_name"
"""
EVIDENCE = """
[[evidence]]
id = "job_start"
outcome = "job_start"
accepted = ["payslip"]
backup = [["selfie"]]
clause = "009 §5"
"""
RECORD = """
[[outcome]]
id = "destination"
kind = "first_record"
table = "destinations"
column = "code"
codes = ["mainstream_education", "the_moon"]
name = "Destination"
clause = "009 §5"
"""
CHANGE = """
[[outcome]]
id = "change"
kind = "questionnaire_change"
instrument = "{instrument}"
scale = "{scale}"
name = "Change"
clause = "009 §5"
"""
ANSWERED = """
[[outcome]]
id = "glad"
kind = "answered"
instrument = "tea_leaves"
items = ["overall"]
good = ["good"]
name = "Glad"
clause = "009 §5"
"""
DATA_ITEM = """
[[data_item]]
id = "name"
name = "Name"
columns = ["people.first_name", "people.nickname"]
clause = "009 §6"

[[breakdown]]
id = "lot"
name = "Lot"
table = "episodes"
column = "lots"
clause = "009 §6"
"""
OTHER_SERVICE = """
clause = "009 §9"
[[other_service]]
id = "moon"
label = "The moon"
kind = "the_moon"
clause = "009 §9"
[[training_area]]
id = "juggling"
label = "Juggling"
clause = "009 §9"
"""


def test_thrive_into_work_agrees_with_the_product():
    assert content_problems(load("thrive_into_work")) == ()


def test_the_small_specification_agrees(tmp_path):
    assert content_problems(small(tmp_path, referral=FILES["referral"] + QUESTION)) == ()


@pytest.mark.parametrize(
    ("file", "added", "said"),
    [
        (
            "outcomes",
            EVIDENCE,
            ["outcomes.toml: evidence “job_start”: 'selfie' is not a code of the list evidence_kind"],
        ),
        (
            "outcomes",
            RECORD,
            ["outcomes.toml: outcome “destination”.codes: 'the_moon' is not a code of the list destination"],
        ),
        (
            "outcomes",
            RECORD.replace('column = "code"', 'column = "place"'),
            ["outcomes.toml: outcome “destination”.column: 'destinations.place' is not a column"],
        ),
        (
            "outcomes",
            ANSWERED,
            ["outcomes.toml: outcome “glad”.instrument: 'tea_leaves' is not a code of the list instrument"],
        ),
        (
            "indicators",
            DATA_ITEM,
            [
                "indicators.toml: breakdown “lot”.column: 'episodes.lots' is not a column",
                "indicators.toml: data_item “name”.columns: 'people.nickname' is not a column",
            ],
        ),
        ("referral", QUESTION.replace('title_self = "Your name?"\n', ""), ["question “name”: has no title_self"]),
        (
            "referral",
            QUESTION.replace("people.first_name", "person.name"),
            ["field “first_name”.fills: 'person.name' names no table"],
        ),
        (
            "referral",
            QUESTION.replace("people.first_name", "screening.height"),
            ["there is no fact 'height' in eligibility.toml"],
        ),
        ("referral", QUESTION.replace("people.first_name", "people"), ["'people' names no table"]),
    ],
)
def test_what_does_not_agree(tmp_path, file, added, said):
    found = content_problems(small(tmp_path, **{file: FILES[file] + added}))
    assert len(found) == len(said)
    assert all(words in problem for words, problem in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "referral",
            'id = "gp"\nlabel = "GP"\nrefers',
            'id = "doctor"\nlabel = "GP"\nrefers',
            "referral.toml: source “doctor”: 'doctor' is not",
        ),
        (
            "outcomes",
            '["appointment"]',
            '["seance"]',
            "outcomes.toml: contact.appointment_kinds: 'seance' is not a code",
        ),
        (
            "eligibility",
            'label = "Age"',
            'label = "Age"\nderived_from = "people.age"',
            "fact “age_years”.derived_from: 'people.age'",
        ),
    ],
)
def test_what_is_changed_must_agree(tmp_path, file, old, new, said):
    changes = [(file, old, new)]
    if file == "referral":
        changes.append(("referral", 'sources = ["gp"]', 'sources = ["doctor"]'))
    assert said in content_problems(small(tmp_path, *changes))[0]


def test_lists_of_the_contract_must_agree(tmp_path):
    found = content_problems(small(tmp_path, governance=OTHER_SERVICE))
    assert [problem.split(":")[1].strip() for problem in found] == [
        "other_service “moon”.kind",
        "training_area “juggling”",
    ]


def test_placewell_check_tells_these_problems_too(tmp_path, capsys):
    folder = folder_of(tmp_path, indicators=FILES["indicators"] + DATA_ITEM)
    assert main(["check", str(folder)]) == 1
    told = capsys.readouterr()
    assert "'people.nickname' is not a column of the data set" in told.err
    assert "2 problems; the worked examples were not run." in told.out


def test_placewell_check_asks_an_example_of_everything(tmp_path, capsys):
    assert main(["check", str(folder_of(tmp_path))]) == 1
    told = capsys.readouterr()
    assert "examples: indicator job_starts has no worked example: add one" in told.err
    assert "3 problems; 0 worked examples." in told.out


@pytest.mark.parametrize(
    ("instrument", "scale", "said"),
    [
        ("swemwbs", "metric", ""),
        ("swemwbs", "mood", "outcome “change”.scale: there is no scale 'mood': use "),
        ("satisfaction", "metric", "outcome “change”.instrument: no questionnaire 'satisfaction' can be scored: use "),
        (
            "sf36",
            "metric",
            "outcome “change”.instrument: no questionnaire 'sf36' can be scored: use eq5d3l, eq5d5l, gad7",
        ),
    ],
)
def test_a_change_is_measured_on_a_scale_that_can_be_scored(tmp_path, instrument, scale, said):
    change = CHANGE.format(instrument=instrument, scale=scale)
    found = everything(small(tmp_path, outcomes=FILES["outcomes"] + change))
    about_scoring = [problem for problem in found if "is not a code of the list" not in problem]
    assert [said in problem for problem in about_scoring] == ([True] if said else [])


FURTHER = """
[[outcome]]
id = "sent_on"
kind = "each_row"
table = "onward_referrals"
column = "to"
codes = ["jobcentre_plus"]
only = [{ column = "kind", codes = ["referral", "hint"] }, { column = "colour", codes = ["red"] }]
name = "Sent on"
clause = "009 §5"
"""


def test_further_conditions_name_columns_and_codes_that_are_there(tmp_path):
    found = content_problems(small(tmp_path, outcomes=FILES["outcomes"] + FURTHER))
    assert [problem.split(":", 2)[2].split(":")[0].strip() for problem in found] == [
        "'hint' is not a code of the list onward_kind",
        "'onward_referrals.colour' is not a column of the data set",
    ]
