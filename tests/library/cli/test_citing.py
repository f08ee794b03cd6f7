"""A finding names the service's own clause, or the data dictionary; never the contract of another service."""

import pytest

from placewell.cli.citing import asks_hours, cited, own_clauses
from placewell.cli.validate import findings_in, service_codes
from placewell.dataset import Finding
from placewell.specification import load, service_ids

EPISODES = "episode_id,person_id,service_id,lot,referred_on,accepted_on\ne1,p1,{service},mars,2019-04-02,2019-04-01\n"
JOBS = "job_id,episode_id,started_on,first_day_worked_on,competitive\nj1,e1,2019-05-02,2019-05-02,true\n"


@pytest.fixture
def findings(tmp_path):
    def of(service):
        (tmp_path / "people.csv").write_text("person_id,gender\np1,2\n")
        (tmp_path / "episodes.csv").write_text(EPISODES.format(service=service))
        (tmp_path / "jobs.csv").write_text(JOBS)
        return findings_in(tmp_path, load(service), None)

    return of


@pytest.mark.parametrize("service", service_ids())
def test_every_clause_is_of_the_service_or_the_dictionary(service, findings):
    documents = tuple(document.id for document in load(service).service.documents)
    clauses = {one.clause for one in findings(service)}
    assert clauses
    assert all(clause.startswith((*documents, "data dictionary, ")) for clause in clauses), clauses


@pytest.mark.parametrize(
    ("service", "asked"),
    [
        ("thrive_into_work", True),
        ("ips_grow", True),
        ("dorset_work_matters", True),
        ("workwise", False),
        ("nottingham_health_employment", False),
    ],
)
def test_hours_are_asked_where_some_figure_counts_a_band(service, asked, findings):
    assert asks_hours(load(service)) is asked
    about_bands = [one for one in findings(service) if "hours band" in one.expected]
    assert len(about_bands) == asked


@pytest.mark.parametrize(
    ("service", "table", "column", "clause", "answer"),
    [
        ("thrive_into_work", "episodes", "lot", "002 §1.5", "002 §1.5"),
        ("thrive_into_work", "episodes", "locality", "002 §1.5; 001 §2.2", "002 §1.5"),
        ("workwise", "episodes", "source", "002 App. 6 ii", "data dictionary, episodes.source"),
        ("workwise", "people", None, "002 App. 6", "data dictionary, people"),
        ("workwise", "episodes", "", "", ""),
        ("ips_grow", "jobs", "contract_hours", "002 App. 6", "003 calculator"),
        ("dorset_work_matters", "jobs", "contract_hours", "002 App. 6", "data dictionary, jobs.contract_hours"),
    ],
)
def test_the_clause(service, table, column, clause, answer):
    finding = Finding("error", table, 2, column, None, "something else", clause)
    assert [one.clause for one in cited([finding], load(service))] == [answer]


@pytest.mark.parametrize("service", service_ids())
def test_own_clauses_are_of_columns_with_codes_of_the_service(service):
    spec = load(service)
    codes = {name.partition(".")[2] or name for name in service_codes(spec)}
    assert set(own_clauses(spec)) <= codes | {"contract_hours"}
