"""`placewell check`: every problem of a specification with file, key and what to do; then its worked examples."""

from dataclasses import replace

import pytest
from tests.library.cli.asking import asker
from tests.library.specification.small import folder_of

from placewell.cli import check
from placewell.cli.check import chosen
from placewell.dataset import Dataset
from placewell.periods import parse_period
from placewell.reports import report_object
from placewell.reports.layout import page_of
from placewell.specification import load, service_ids

KNOWN = ", ".join(service_ids())
EXAMPLE = """
about = "Jobs"

[[example]]
id = "one_job"
about = "A person starts a job."
clause = "009 §6"
period = "Y1Q1"
rows.people = [{ person_id = "ann" }]
rows.episodes = [{ episode_id = "e1", person_id = "ann", referred_on = 2018-04-02, accepted_on = 2018-04-03 }]
rows.jobs = [{ episode_id = "e1", first_day_worked_on = 2018-05-01, competitive = true }]
figures = [{ indicator = "job_starts", value = NUMBER }]

[[example]]
id = "of_age"
about = "An adult."
clause = "009 §3"
facts = { age_years = 18.0 }
answers = [{ criterion = "adult", answer = "met" }]
"""


@pytest.fixture
def ask(capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("check", *words)


def with_examples(place, number):
    folder = folder_of(place)
    (folder / "examples").mkdir()
    (folder / "examples" / "jobs.toml").write_text(EXAMPLE.replace("NUMBER", number), encoding="utf-8")
    return folder


def test_a_sound_specification(ask, tmp_path):
    folder = with_examples(tmp_path, "1")
    assert ask(folder) == (0, f"{folder}: no problems; 2 worked examples.\n", "")


def test_an_answer_that_differs_is_a_problem(ask, tmp_path):
    folder = with_examples(tmp_path, "2")
    status, out, told = ask(folder)
    assert (status, told) == (1, f"{folder}/examples/jobs.toml: one_job: job_starts value is 1, expected 2\n")
    assert out == f"{told}{folder}: 1 problem; 2 worked examples.\n"


def test_on_one_terminal_a_problem_is_shown_once(ask, tmp_path, monkeypatch):
    folder = with_examples(tmp_path, "2")
    monkeypatch.setattr(check, "same_place", lambda: True)
    _, out, told = ask(folder)
    assert "job_starts value is 1" in told
    assert out == f"{folder}: 1 problem; 2 worked examples.\n"


def test_what_no_example_shows_is_a_problem(ask, tmp_path):
    folder = folder_of(tmp_path)
    status, _, told = ask(folder)
    assert status == 1
    assert told.splitlines() == [
        f"{folder}/examples: {what} has no worked example: add one"
        for what in ("outcome job_start", "criterion adult", "indicator job_starts")
    ]


def test_examples_that_cannot_be_read_are_told_once(ask, tmp_path):
    folder = with_examples(tmp_path, "one")
    status, _, told = ask(folder)
    assert status == 1
    assert told.startswith(f"{folder}/examples/jobs.toml: is not TOML")
    assert len(told.splitlines()) == 1


def test_every_problem_of_every_file_is_told_at_once(ask, tmp_path):
    folder = folder_of(
        tmp_path,
        ("outcomes", "boundary = 16", 'boundary = "some"'),
        ("indicators", 'unit = "jobs"', 'unit = "cats"'),
        ("report", 'title = "Jobs"\nindicators = ["job_starts"]\nclause = "009 §7"', 'title = "Jobs"'),
    )
    status, out, told = ask(folder)
    assert status == 1
    assert [line.removeprefix(f"{folder}/").split(":")[0] for line in told.splitlines()] == [
        "outcomes.toml",
        "indicators.toml",
        "report.toml",
    ]
    assert "clause" in told.splitlines()[2]
    assert out.endswith("3 problems; the worked examples were not run.\n")


def test_a_code_that_is_in_no_list_is_a_problem_before_any_example_is_run(ask, tmp_path):
    folder = folder_of(tmp_path, ("referral", 'id = "gp"\nlabel = "GP"\nrefers', 'id = "oracle"\nlabel = "GP"\nrefers'),
                       ("referral", 'sources = ["gp"]', 'sources = ["oracle"]'))  # fmt: skip
    status, out, told = ask(folder)
    assert status == 1
    assert "'oracle' is not a code of the list source" in told
    assert out.endswith("1 problem; the worked examples were not run.\n")


def test_a_specification_that_is_not_there(ask, tmp_path):
    status, out, told = ask(tmp_path / "none")
    assert (status, out) == (2, "")
    assert told == f'There is no service and no folder "{tmp_path}/none": the catalogue has {KNOWN}.\n'


def test_without_a_name_every_service_of_the_catalogue_is_checked():
    assert chosen(None) == service_ids()


OPEN_POINT = """
[[open_point]]
id = "length"
label = "How long support lasts"
needs = "a number of months"
until_then = "no limit is set."
{value}
clause = "009 §2"
"""
WARNING = (
    "service.toml: open_point “length”: How long support lasts is not settled. It needs a number of months; until then "
    "no limit is set. Set value when it is settled. (Only a warning.)\n"
)


def with_open_point(place, value):
    folder = with_examples(place, "1")
    with (folder / "service.toml").open("a", encoding="utf-8") as file:
        file.write(OPEN_POINT.format(value=value))
    return folder


def test_an_open_point_is_a_warning_and_no_problem(ask, tmp_path):
    folder = with_open_point(tmp_path, "")
    status, out, told = ask(folder)
    assert (status, told) == (0, f"{folder}/{WARNING}")
    assert out == f"{folder}/{WARNING}{folder}: no problems; 2 worked examples; 1 open point.\n"


def test_a_point_that_is_settled_is_not_spoken_of(ask, tmp_path):
    folder = with_open_point(tmp_path, 'value = "9 months from opting in"')
    assert ask(folder) == (0, f"{folder}: no problems; 2 worked examples.\n", "")


def test_the_return_names_an_open_point():
    spec = load("workwise")
    asked = parse_period("Y1Q1", spec.service.first_quarter_starts)
    page = page_of(report_object(spec, Dataset.from_rows({}), asked, asked.last_day), spec)
    said = [note for note in page.footnotes if note.startswith("Not settled: ")]
    assert len(said) == 3
    settled = tuple(point.model_copy(update={"value": "nine months"}) for point in spec.service.open_points[:1])
    service = spec.service.model_copy(update={"open_points": (*settled, *spec.service.open_points[1:])})
    changed = page_of(report_object(spec, Dataset.from_rows({}), asked, asked.last_day), replace(spec, service=service))
    assert [note for note in changed.footnotes if note.startswith("Not settled: ")] == said[1:]
    assert said[0] == (
        "Not settled: how long time-limited support of an individual lasts. "
        "Until then: no limit is set and no clock runs."
    )


def test_a_fidelity_measure_that_cannot_be_worked_out():
    from dataclasses import replace

    from placewell.cli.check import measure_problems
    from placewell.specification import load

    spec = load("thrive_into_work")
    first, *others = spec.governance.fidelity_measures
    wrong = (first.model_copy(update={"kind": "vibes"}), *(one.model_copy(update={"clocks": ()}) for one in others))
    broken = replace(spec, governance=spec.governance.model_copy(update={"fidelity_measures": wrong}))
    assert measure_problems(spec) == ()
    found = measure_problems(broken)
    assert found[0].startswith(
        "governance.toml: fidelity_measure “caseload”.kind: there is no kind 'vibes': use caseload"
    )
    assert found[1:] == (
        "governance.toml: fidelity_measure “search_begun”.kind: the kind 'search_begun' needs limit",
        "governance.toml: fidelity_measure “follow_along”.kind: the kind 'follow_along' needs schedule",
        "governance.toml: fidelity_measure “trouble_answered”.kind: the kind 'trouble_answered' needs trouble",
    )
