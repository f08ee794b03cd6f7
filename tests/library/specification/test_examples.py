"""The file format of worked examples, and the runner: an answer that differs is told in words."""

from datetime import date

import pytest
from tests.library.specification.small import small

from placewell.cli.worked_examples import run_examples
from placewell.specification import SpecificationError, load
from placewell.specification.examples import read_examples, without_example

GIVEN = """
about = "x"
[defaults.jobs]
competitive = true
[rows]
people = [{ person_id = "ann" }]
episodes = [{ episode_id = "e1", person_id = "ann", referred_on = 2017-10-02, lot = "dudley" }]
allocations = [{ episode_id = "e1", arm = "ips", allocated_on = 2017-10-10 }]

[[example]]
id = "one"
about = "x"
clause = "002 §1"
period = "Y1Q1"
rows.jobs = [{ episode_id = "e1", first_day_worked_on = 2017-11-07, contract_hours = 12 }]
"""
SCREENED = 'about = "x"\n[[example]]\nid = "one"\nabout = "x"\nclause = "002 §1"\nfacts = { age_years = 17.5 }\n'


def failures(tmp_path, text):
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    return run_examples(load("thrive_into_work"), tmp_path)


@pytest.mark.parametrize(
    "expected",
    [
        'figures = [{ indicator = "job_starts", value = 1, numerator = 1 }]',
        'figures = [{ indicator = "days_to_first_job", none = true, denominator = 0 }]',
        'figures = [{ indicator = "job_starts", breakdown = { lot = { dudley = 1 } } }]',
        'members = [{ indicator = "job_starts", subject = "jobs-1", status = "counted", on = 2017-11-07 }]',
        'outcomes = [{ outcome = "job_start", episode = "e1", on = 2017-11-07, band = "under_16" }]',
        "payments = []",
    ],
)
def test_what_is_as_expected(tmp_path, expected):
    assert failures(tmp_path, GIVEN + expected) == (1, ())


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ('figures = [{ indicator = "job_starts", value = 2 }]', "job_starts value is 1, expected 2"),
        ('figures = [{ indicator = "job_starts", none = true }]', "job_starts value is 1, expected empty"),
        (
            'figures = [{ indicator = "job_starts", breakdown = { lot = { sandwell = 1 } } }]',
            "job_starts by lot, sandwell is empty, expected 1",
        ),
        (
            'members = [{ indicator = "job_starts", subject = "jobs-1", status = "excluded" }]',
            "jobs-1 in job_starts is counted",
        ),
        (
            'members = [{ indicator = "job_starts", subject = "jobs-1", status = "counted", on = 2017-11-08 }]',
            "jobs-1 in job_starts, day, is 2017-11-07, expected 2017-11-08",
        ),
        ('members = [{ indicator = "job_starts", subject = "j9", status = "counted" }]', "j9 in job_starts is not in"),
        ('outcomes = [{ outcome = "job_start", episode = "e1" }]', "day, is 2017-11-07, expected empty"),
        (
            'outcomes = [{ outcome = "job_start", episode = "e1", on = 2017-11-07, band = "16_and_over" }]',
            "job_start of e1, band, is under_16, expected 16_and_over",
        ),
        (
            'payments = [{ person = "ann", state = "payable", amount = 750 }]',
            "the ledger has 0 lines, expected 1",
        ),
        ('figures = [{ indicator = "job_stars", value = 2 }]', "job_stars"),
        ('rows.contacts = [{ episode = "e1" }]', "episode_id"),
    ],
)
def test_what_differs_is_said(tmp_path, expected, said):
    count, found = failures(tmp_path, GIVEN + expected)
    assert count == 1
    assert found[0].startswith("examples/x.toml: one: ")
    assert said in found[0]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ('answers = [{ criterion = "adult", answer = "met" }]', "adult is not_met (Under 18"),
        ('answers = [{ criterion = "adult", answer = "not_met", reason = "old" }]', "expected not_met old"),
        ('answers = [{ criterion = "tall", answer = "met" }]', "there is no criterion tall on that day"),
        ('overall = "eligible"', "together the answers are not_eligible, expected eligible"),
    ],
)
def test_answers_that_differ(tmp_path, expected, said):
    assert said in failures(tmp_path, SCREENED + expected)[1][0]


def test_a_fact_that_does_not_exist_is_a_difference(tmp_path):
    assert "there is no fact" in failures(tmp_path, SCREENED.replace("age_years", "age"))[1][0]


PAYSLIP = """rows.evidence = [{ episode_id = "e1", outcome = "job_start", kind = "payslip", about_on = 2017-11-12,
  received_on = 2017-11-20, status = "verified", decided_on = 2017-11-21, verified_on = 2017-11-21 }]
""".replace("\n", " ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('person = "ann", state = "payable", amount = 750', None),
        ('person = "ann", state = "payable", amount = 750, quarter = "Y1Q1", backup = false', None),
        ('person = "ann", state = "paid", amount = 750', "expected ann paid 750"),
        ('person = "ann", state = "payable", amount = 750.01', "expected ann payable 750.01"),
        ('person = "ann", state = "payable", amount = 750, quarter = "Y1Q2"', "expected ann payable 750 Y1Q2"),
        ('person = "ann", state = "payable", amount = 750, backup = true', "expected ann payable 750"),
    ],
)
def test_payment_lines(tmp_path, line, said):
    _, found = failures(tmp_path, f"{GIVEN}{PAYSLIP}\npayments = [{{ {line} }}]")
    wanted = [] if said is None else [f"examples/x.toml: one: a line is ann payable 750.00 Y1Q1, {said}"]
    assert [each.strip() for each in found] == wanted


def test_every_problem_of_the_files_is_told_before_any_is_run(tmp_path):
    (tmp_path / "a.toml").write_text("about = ", encoding="utf-8")
    count, found = failures(tmp_path, GIVEN.replace('clause = "002 §1"\n', "").replace("period", "perid"))
    assert count == 0
    assert found[0].startswith("examples/a.toml: is not TOML: Invalid value")
    assert (
        "examples/x.toml: example[0].perid (“one”, line 10): is not a key that belongs here: did you mean period?"
        in found
    )
    assert any("example[0].clause (“one”, line 10): is missing" in problem for problem in found)


def test_no_folder_no_examples(tmp_path):
    assert read_examples(tmp_path / "nowhere") == {}
    assert run_examples(small(tmp_path), tmp_path / "nowhere") == (0, ())


def test_a_file_that_is_wrong_is_refused(tmp_path):
    (tmp_path / "x.toml").write_text('about = "x"', encoding="utf-8")
    with pytest.raises(SpecificationError, match=r"examples/x.toml: example: is missing: add example = \.\.\."):
        read_examples(tmp_path)


def test_rows_come_on_top_of_the_files_with_defaults_filled_in(tmp_path):
    (tmp_path / "x.toml").write_text(GIVEN, encoding="utf-8")
    file = read_examples(tmp_path)["x.toml"]
    rows = file.rows_of(file.examples[0])
    assert list(rows) == ["people", "episodes", "allocations", "jobs"]
    assert rows["jobs"][0]["competitive"] is True
    assert rows["episodes"][0]["referred_on"] == date(2017, 10, 2)


def test_what_has_no_example(tmp_path):
    spec = small(tmp_path)
    assert list(without_example(spec, ())) == ["outcome job_start", "criterion adult", "indicator job_starts"]
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "x.toml").write_text(
        GIVEN + 'figures = [{ indicator = "job_starts", value = 1 }]', encoding="utf-8"
    )
    assert list(without_example(spec, read_examples(tmp_path / "examples").values())) == ["criterion adult"]
