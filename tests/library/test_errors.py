"""Errors a user can cause carry every sentence."""

from placewell.errors import UserError


def test_every_problem_is_kept_and_shown_on_a_line() -> None:
    error = UserError("jobs.csv, row 3: …", "people.csv, row 9: …")
    assert error.problems == ("jobs.csv, row 3: …", "people.csv, row 9: …")
    assert str(error) == "jobs.csv, row 3: …\npeople.csv, row 9: …"


def test_an_error_never_says_nothing() -> None:
    assert UserError().problems[0].endswith("could not be used.")
    assert UserError("one").problems == ("one",)
