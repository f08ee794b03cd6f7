"""Dataset: always whole, never changed, refusing what it does not know."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.dataset import TABLES, Dataset, DatasetError
from placewell.errors import UserError

ROWS = {
    "people": [{"person_id": "p1", "birth_date": "1980-02-29"}, {"person_id": "p2"}, {"person_id": "p3"}],
    "episodes": [
        {"episode_id": "e1", "person_id": "p1", "referred_on": "2018-01-02"},
        {"episode_id": "e2", "person_id": "p2", "referred_on": date(2018, 1, 3)},
        {"episode_id": "e3", "person_id": "p1", "referred_on": "2019-01-02"},
    ],
    "jobs": [{"job_id": "j1", "episode_id": "e1", "contract_hours": 15.2, "competitive": True, "hourly_wage": "7.83"}],
    "job_hours": [{"job_id": "j1", "from_on": "2018-05-01", "weekly_hours": 16}],
    "contacts": [{"contact_id": "c1", "episode_id": "e2", "on": "2018-02-01", "minutes": 45}],
    "employer_contacts": [
        {"employer_contact_id": "x1", "episode_id": "e1", "on": "2018-02-01"},
        {"employer_contact_id": "x2", "on": "2018-02-01"},
    ],
    "claims": [{"claim_id": "m1", "person_id": "p1", "amount": 750}],
    "complaints": [{"complaint_id": "k1", "received_on": "2018-02-01"}],
    "postings": [{"specialist_id": "s1", "role": "specialist"}],
}


@pytest.fixture
def dataset() -> Dataset:
    return Dataset.from_rows(ROWS)


def test_every_table_and_column_is_there(dataset: Dataset) -> None:
    assert list(dataset) == list(TABLES)
    assert len(dataset) == len(TABLES)
    for name, frame in dataset.items():
        assert frame.schema == TABLES[name].schema


def test_rows_take_python_values_and_text(dataset: Dataset) -> None:
    job = dataset["jobs"].row(0, named=True)
    assert (job["contract_hours"], job["competitive"], job["hourly_wage"]) == (Decimal("15.2"), True, Decimal("7.83"))
    assert dataset["episodes"]["referred_on"].to_list() == [date(2018, 1, 2), date(2018, 1, 3), date(2019, 1, 2)]
    assert dataset["jobs"]["ended_on"].to_list() == [None]


def test_every_mistake_in_rows_is_told_at_once() -> None:
    with pytest.raises(DatasetError) as refused:
        Dataset.from_rows({"jobs": [{"job_id": "j", "wage": 7}, {"job_id": "k", "ended_on": "1/2/2019"}]})
    problems = refused.value.problems
    assert isinstance(refused.value, UserError)
    assert len(problems) == 2
    assert problems[0].startswith('jobs, row 1, column wage: "7" stands there; expected one of the columns job_id')
    assert problems[1].startswith('jobs, row 2, column ended_on: "1/2/2019" stands there; expected a date')


@pytest.mark.parametrize("make", [Dataset.from_rows, Dataset.from_frames])
def test_a_table_nobody_knows_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DatasetError, match="persons: expected one of the tables people, episodes"):
        make({"persons": []})


def test_frames_are_cast_and_misspelt_columns_refused() -> None:
    made = Dataset.from_frames({"jobs": pl.DataFrame({"job_id": ["j"], "contract_hours": [15.2]})})
    assert made["jobs"].schema == TABLES["jobs"].schema
    assert made["jobs"]["contract_hours"].to_list() == [Decimal("15.2")]
    with pytest.raises(DatasetError, match="jobs, column contract_hour: expected one of the columns"):
        Dataset.from_frames({"jobs": pl.DataFrame({"job_id": ["j"], "contract_hour": [15.2]})})
    with pytest.raises(DatasetError, match="jobs, row 1, column ended_on"):
        Dataset.from_frames({"jobs": pl.DataFrame({"job_id": ["j"], "ended_on": ["soon"]})})


def test_with_frames_replaces_a_table_and_leaves_the_first_alone(dataset: Dataset) -> None:
    other = dataset.with_frames(jobs=dataset["jobs"].head(0))
    assert (other["jobs"].height, dataset["jobs"].height) == (0, 1)
    assert other["people"].equals(dataset["people"])


def test_it_cannot_be_changed(dataset: Dataset) -> None:
    with pytest.raises(TypeError):
        dataset.frames["jobs"] = pl.DataFrame()  # type: ignore[index]
    with pytest.raises(AttributeError):
        dataset.extra = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        hash(dataset)


def test_equal_by_content(dataset: Dataset) -> None:
    assert dataset == Dataset.from_rows(ROWS)
    assert dataset != Dataset.from_rows({})
    assert dataset != "Dataset"


def test_it_shows_what_it_holds(dataset: Dataset) -> None:
    assert repr(dataset).startswith("Dataset(people 3, episodes 3, jobs 1")
    assert repr(Dataset.from_rows({})) == "Dataset(empty)"


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        (["p1"], {"people": 1, "episodes": 2, "jobs": 1, "job_hours": 1, "employer_contacts": 1, "claims": 1}),
        (["p2"], {"people": 1, "episodes": 1, "contacts": 1}),
        (["p3"], {"people": 1}),
        (["p2", "p3", "nobody"], {"people": 2, "episodes": 1, "contacts": 1}),
        ([], {}),
    ],
)
def test_rows_that_belong_to_some_people(dataset: Dataset, ids: list[str], rows: dict[str, int]) -> None:
    part = dataset.for_people(ids)
    assert {name: frame.height for name, frame in part.items() if frame.height} == rows


def test_people_can_be_split_and_put_together_again(dataset: Dataset) -> None:
    parts = [dataset.for_people([person]) for person in ("p1", "p2", "p3")]
    for name in ("people", "episodes", "jobs", "job_hours", "contacts", "claims"):
        together = pl.concat([part[name] for part in parts])
        assert together.sort(pl.all()).equals(dataset[name].sort(pl.all()))


def test_with_the_rows_of_nobody_every_row_is_there_once(dataset: Dataset) -> None:
    parts = [*(dataset.for_people([person]) for person in ("p1", "p2", "p3")), dataset.of_nobody()]
    for name, whole in dataset.items():
        assert pl.concat([part[name] for part in parts]).sort(pl.all()).equals(whole.sort(pl.all())), name
    assert dataset.of_nobody()["people"].height == 0
