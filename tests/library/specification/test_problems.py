"""Everything that can be wrong with a specification is told at once: file, key path, what is wrong, what to do."""

import pytest
from tests.library.specification.small import FILES, PAYMENT, folder_of, problems, without_lines

from placewell.specification import SpecificationError, load
from placewell.specification.problems import key_path

CLAUSE = 'clause = "009 §4"'


def test_the_small_specification_is_whole(tmp_path):
    assert problems(tmp_path, payment=PAYMENT) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # keys
        ("pathway", "days = 10", "days = 10\ndya = 3", "pathway.toml: clock[0].dya (“first_contact”): is not a key"),
        ("pathway", "days = 10", "warn_day = 3", "did you mean warn_days?"),
        (
            "report",
            "months_after_end = 1",
            "months_after_end = 1\ndays_before = 7",
            "did you mean days_before_meeting?",
        ),
        (
            "report",
            "months_after_end = 1",
            "",
            "report.toml: due.months_after_end: is missing: add months_after_end = ...",
        ),
        (
            "service",
            "[[document]]",
            "[documents]\n[[document]]",
            "service.toml: documents: is not a key that belongs here: did you mean document?",
        ),
        ("service", 'enters_by = "acceptance"', "", "phase[0].enters_by (“running”): is missing"),
        # types
        ("pathway", "days = 10", 'days = "10"', "clock[0].days (“first_contact”): is '10'; expected a whole number"),
        ("pathway", 'a contact"\ndays = 28\n', 'a contact"\ndays = 2.5\n', "clock[1].days (“stay_in_touch”): is 2.5"),
        ("pathway", "months = 9", "months = 0", "limit[0].months (“job_search”): is 0; expected greater"),
        ("pathway", "open = true", 'open = "yes"', "state[0].open (“received”): is 'yes'; expected true or false"),
        (
            "service",
            "contract_start = 2018-04-01",
            'contract_start = "2018"',
            "service.toml: contract_start: is '2018'; expected a date",
        ),
        (
            "referral",
            'channels = ["web"]',
            'channels = ["fax"]',
            "is 'fax'; choose one of 'web', 'phone', 'email' or 'in_person'",
        ),
        ("referral", 'sources = ["gp"]', 'sources = "gp"', "route[0].sources (“gp”): is 'gp'; expected a list"),
        (
            "service",
            'id = "north"',
            'id = "The North"',
            "is 'The North'; use small letters, digits and underscores only",
        ),
        ("service", 'name = "North"', 'name = ""', "lot[0].name (“north”): is empty"),
        (
            "pathway",
            f"months = 9\n{CLAUSE}",
            f'months = 9\nserves = ["Z1"]\n{CLAUSE}',
            "is 'Z1'; use the id of a row of the requirements",
        ),
        # entries that come in kinds
        (
            "outcomes",
            'kind = "job_start"',
            'kind = "job_strat"',
            "outcome[0] (“job_start”): kind is 'job_strat'; choose one of 'ref",
        ),
        ("outcomes", 'kind = "job_start"\n', "", "outcome[0] (“job_start”): has no kind: add it"),
        (
            "outcomes",
            'kind = "job_start"',
            'kind = "still_in_work"\nweeks = 26\nhours_days = 28\nmax_gap = 3',
            "outcome[0].max_gap (“job_start”): is not a key that belongs here: did you mean max_gap_days?",
        ),
        (
            "outcomes",
            'kind = "job_start"',
            'kind = "weeks_in_work"',
            "outcome[0].weeks (“job_start”): is missing: add weeks = ...",
        ),
        (
            "outcomes",
            'kind = "job_start"',
            'kind = "engagement"',
            "outcome[0] (“job_start”): asks for nothing: set appointments, profile_completed or plan_agreed",
        ),
        (
            "report",
            "[[section]]",
            "[section]",
            "section (“jobs”): is {'id': 'jobs', 'title': 'Jobs', 'indicators': ('job_start...; expected a list",
        ),
        (
            "pathway",
            "[support]",
            "[support]\nzebra = 1",
            "support.zebra: is not a key that belongs here: take it out or correct its spelling",
        ),
        (
            "report",
            'every = "quarter"',
            'every = "quarter"\nnarrative = [{ id = "x", label = "X" }]',
            "report.toml: narrative[0].clause (“x”): is missing",
        ),
        # clauses
        (
            "pathway",
            f"months = 9\n{CLAUSE}",
            "months = 9",
            "limit[0].clause (“job_search”): is missing: say which part",
        ),
        ("pathway", f"months = 9\n{CLAUSE}", 'months = 9\nclause = ""', "limit[0].clause (“job_search”): is empty"),
        (
            "pathway",
            f"months = 9\n{CLAUSE}",
            'months = 9\nclause = "§4"',
            "'§4' does not begin with the id of a document of service.toml (009)",
        ),
        # syntax
        (
            "report",
            'title = "Return"',
            "title = Return",
            "report.toml: is not TOML: Invalid value (at line 3, column 9)",
        ),
        (
            "report",
            'title = "Return"',
            'title = "Return"\ntitle = "Again"',
            "report.toml: is not TOML: Cannot overwrite a value (at line 4",
        ),
    ],
)
def test_what_is_said(tmp_path, file, old, new, said):
    found = problems(tmp_path, (file, old, new))
    assert len(found) == 1
    assert said in without_lines(found)[0]


def test_every_problem_of_every_file_at_once(tmp_path):
    found = problems(
        tmp_path,
        ("pathway", "days = 10", 'days = "10"'),
        ("pathway", 'a contact"\ndays = 28\n', 'a contact"\nweeks = 4\n'),
        ("pathway", "months = 4", "month = 4"),
        ("service", 'name = "North"', ""),
        ("report", '["job_starts"]', '["job_stars"]'),
        ("eligibility", "18.0", "18"),
    )
    assert [problem.split(":")[0] for problem in found] == [
        "service.toml",
        "pathway.toml",
        "pathway.toml",
        "pathway.toml",
        "pathway.toml",
        "eligibility.toml",
        "report.toml",
    ]


def test_a_file_that_is_missing_strange_or_not_text(tmp_path):
    folder = folder_of(tmp_path)
    (folder / "report.toml").unlink()
    (folder / "paiment.toml").write_text("", encoding="utf-8")
    (folder / "pathway.toml").write_bytes(b"clause = '\xff'")
    with pytest.raises(SpecificationError) as error:
        load(folder)
    said = sorted(error.value.problems)
    assert said[0].startswith("paiment.toml: is not a file of a specification: rename it to one of budget.toml")
    assert said[1] == "pathway.toml: is not UTF-8 text (byte 10): save it as UTF-8"
    assert said[2] == f"report.toml: is missing from {folder}: add it"


def test_a_service_that_is_not_there():
    with pytest.raises(SpecificationError, match=r"nowhere: no service of the catalogue has this id.*thrive_into_work"):
        load("nowhere")


@pytest.mark.parametrize(
    ("key", "written"),
    [(("clock", 3, "days"), "clock[3].days"), (("due",), "due"), ((), ""), (("a", 0, "b", 1), "a[0].b[1]")],
)
def test_key_paths(key, written):
    assert key_path(key) == written


def test_a_long_value_is_cut(tmp_path):
    found = problems(tmp_path, ("pathway", "days = 10", f'days = "{"9" * 100}"'))
    assert "..." in found[0]
    assert len(found[0]) < 200


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_says_what_is_missing(tmp_path, name):
    found = problems(tmp_path, **{name: ""})
    assert any(problem.startswith(f"{name}.toml: clause: is missing") for problem in found)


def test_the_line_an_entry_begins_on(tmp_path):
    found = problems(tmp_path, ("pathway", 'what = "Stay in touch"\n', ""))
    line = FILES["pathway"].splitlines().index("[[clock]]", FILES["pathway"].splitlines().index("[[clock]]") + 1) + 1
    assert f"clock[1].what (“stay_in_touch”, line {line}): is missing" in found[0]
