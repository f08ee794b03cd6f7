"""Teams of a service: whose they are, when they are there, and which they follow."""

from datetime import date

import pytest
from tests.library.specification.small import FILES, problems, small

from placewell.cli.validate import service_codes

TEAMS = """
[[organisation]]
id = "charity"
name = "A charity"
roles = ["provider"]
clause = "009 §1"

[[team]]
id = "east"
name = "East"
organisation = "charity"
end = 2019-09-30
clause = "009 §1"

[[team]]
id = "west"
name = "West"
organisation = "charity"
supervised_by = "charity"
end = 2019-09-30
clause = "009 §1"

[[team]]
id = "both"
name = "Both"
organisation = "charity"
start = 2019-10-01
follows = ["east", "west"]
clause = "009 §1"
"""


def with_teams(tmp_path, teams=TEAMS):
    return small(tmp_path, service=FILES["service"] + teams)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2018-04-01", ["east", "west"]),
        ("2019-09-30", ["east", "west"]),
        ("2019-10-01", ["both"]),
        ("2030-01-01", ["both"]),
    ],
)
def test_which_are_there_on_a_day(tmp_path, day, there):
    service = with_teams(tmp_path).service
    assert [team.id for team in service.teams_on(date.fromisoformat(day))] == there


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'name = "West"\norganisation = "charity"',
            'name = "West"\norganisation = "council"',
            "no organisation 'council'",
        ),
        (
            'supervised_by = "charity"',
            'supervised_by = "nobody"',
            "there is no organisation 'nobody'",
        ),
        ('"east", "west"', '"east", "south"', "there is no team 'south': correct it, or add the team"),
        (
            "start = 2019-10-01",
            "start = 2019-09-30",
            "east has not ended when both begins on 2019-09-30: correct the days",
        ),
        ('supervised_by = "charity"\nend = 2019-09-30', "", "west has not ended when both begins on 2019-10-01"),
        ("start = 2019-10-01\n", "", "east has not ended when both begins on 2018-04-01"),
        ('name = "East"', 'name = "East"\nstart = 2019-10-01', "a team cannot end before it starts"),
    ],
)
def test_what_does_not_agree(tmp_path, old, new, said):
    assert TEAMS.count(old) == 1
    found = problems(tmp_path, service=FILES["service"] + TEAMS.replace(old, new))
    assert [problem for problem in found if said in problem]


def test_teams_that_agree(tmp_path):
    assert problems(tmp_path, service=FILES["service"] + TEAMS) == ()


def test_the_codes_of_a_folder_are_those_of_the_teams(tmp_path):
    codes = service_codes(with_teams(tmp_path))
    assert codes["episodes.team_id"] == codes["postings.team_id"] == codes["fidelity_reviews.team_id"]
    assert codes["episodes.team_id"] == {"east", "west", "both"}


def test_a_service_without_teams_takes_any(tmp_path):
    assert {key for key in service_codes(with_teams(tmp_path, "")) if "team" in key} == set()
