"""Reading a folder: what is taken, what is a note, and what stops it, each with its file, row and column."""

from pathlib import Path

import polars as pl
import pytest

from placewell.dataset import Dataset, DatasetError, read_folder

PEOPLE = "person_id\np1\np2\n"
EPISODES = "episode_id,person_id,referred_on\ne1,p1,2018-01-02\n"


def folder(path: Path, **files: str | bytes) -> Path:
    for name, content in {"people": PEOPLE, "episodes": EPISODES, **files}.items():
        data = content if isinstance(content, bytes) else content.encode()
        if data:
            (path / f"{name}.csv").write_bytes(data)
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(DatasetError) as refused:
        read_folder(path)
    return refused.value.problems


def test_missing_tables_are_empty_and_missing_columns_null(tmp_path: Path) -> None:
    read = read_folder(folder(tmp_path))
    assert read["jobs"].height == 0
    assert read["episodes"]["lot"].to_list() == [None]
    assert read.notes == ()


def test_an_empty_folder_is_an_empty_data_set(tmp_path: Path) -> None:
    assert read_folder(tmp_path) == Dataset.from_rows({})


def test_columns_come_in_any_order_and_unknown_ones_are_noted(tmp_path: Path) -> None:
    path = folder(tmp_path, episodes="colour,referred_on,person_id,episode_id\nred,2018-01-02,p1,e1\n")
    read = read_folder(path)
    assert read["episodes"].row(0)[:2] == ("e1", "p1")
    (note,) = read.notes
    assert note.startswith("episodes.csv, column colour: expected one of the columns episode_id, person_id")


@pytest.mark.parametrize(
    "name", ["contcts.csv", "Jobs.csv", "jobs.CSV", "jobs.csv.gz", "jobs.xlsx", "jobs", "x.parquet"]
)
def test_a_file_that_might_have_been_a_table_is_noted(tmp_path: Path, name: str) -> None:
    (folder(tmp_path) / name).write_text("job_id\nj1\n")
    (note,) = read_folder(tmp_path).notes
    assert note.startswith(f"{name}: expected a table's name and .csv or .parquet; the tables are people, episodes")


def test_other_files_are_nobodys_business(tmp_path: Path) -> None:
    for name in ("README.txt", ".DS_Store", "hash.sha256"):
        (folder(tmp_path) / name).write_text("hello")
    assert read_folder(tmp_path).notes == ()


def test_a_byte_order_mark_quotes_and_line_ends(tmp_path: Path) -> None:
    text = 'job_id,episode_id,started_on,end_reason\r\n"j1","e1","2019-06-14","one, ""two""\r\nthree"\r\n'
    read = read_folder(folder(tmp_path, jobs=b"\xef\xbb\xbf" + text.encode()))
    assert read["jobs"].row(0, named=True)["end_reason"] == 'one, "two"\r\nthree'


FATAL = [
    ("a wrong type", {"jobs": "job_id,episode_id,started_on\nj1,e1,03/02/2020\n"},
     'jobs.csv, row 2, column started_on: "03/02/2020" stands there; expected a date written year-month-day'),
    ("a missing key", {"jobs": "job_id,episode_id\n,e1\n"},
     "jobs.csv, row 2, column job_id: expected a value: a row cannot be read without its job_id"),
    ("a missing key column", {"jobs": "episode_id\ne1\n"},
     "jobs.csv, column job_id: expected a column of this name: no row can be read without it; the file has episode_id"),
    ("a parent's column missing", {"jobs": "job_id,a,b,c,d,e\nj1,1,2,3,4,5\n"},
     "jobs.csv, column episode_id: expected a column of this name: no row can be read without it; "
     "the file has job_id, a, b, c, d, …"),
    ("a key used twice", {"jobs": "job_id,episode_id\nj1,e1\nj2,e1\nj1,e1\n"},
     'jobs.csv, row 4, column job_id: "j1" stands there; expected each job_id once only'),
    ("an unknown parent", {"jobs": "job_id,episode_id\nj1,e9\n"},
     'jobs.csv, row 2, column episode_id: "e9" stands there; expected the episode_id of a row in episodes'),
    ("no parent", {"jobs": "job_id,episode_id\nj1,\n"},
     "jobs.csv, row 2, column episode_id: expected a value: a row cannot be read without its episode_id"),
    ("a parent of a parent", {"people": "person_id\np2\n"},
     'episodes.csv, row 2, column person_id: "p1" stands there; expected the person_id of a row in people'),
    ("a whole parent table", {"people": ""},
     "people: expected a file of this table: it is not there, but is named by 1 row of episodes"),
    ("a table that many rows name",
     {"disclosures": "episode_id,job_id\n" + "e1,j1\n" * 98, "job_hours": "job_id\nj1\n"},
     "jobs: expected a file of this table: it is not there, but "
     "is named by 98 rows of disclosures, 1 row of job_hours"),
    ("a key of two columns", {"responses": "response_id,episode_id,item\nr1,e1,1\nr1,e1,2\nr1,e1,1\n"},
     'responses.csv, row 4, column response_id and item: "r1 1" stands there; expected each response_id and item once'),
    ("an unknown parent that may be absent",
     {"evidence": "evidence_id,episode_id,job_id\nv1,e1,j9\nv2,e1,\n", "jobs": "job_id,episode_id\nj1,e1\n"},
     'evidence.csv, row 2, column job_id: "j9" stands there; expected the job_id of a row in jobs'),
    ("an episode allocated twice", {"allocations": "episode_id,arm\ne1,ips\ne1,control\n"},
     'allocations.csv, row 3, column episode_id: "e1" stands there; expected each episode_id once only'),
    ("a row too long", {"jobs": "job_id,episode_id\nj1,e1\nj2,e1,extra\n"},
     "jobs.csv, row 3: expected 2 cells, as in the header; the row has 3"),
    ("a row too long after one of two lines", {"jobs": 'job_id,episode_id\n"j\n1",e1\nj2,e1,x\n'},
     "jobs.csv, row 3: expected 2 cells"),
    ("a quotation that does not end", {"jobs": 'job_id,episode_id\nj1,e1\n"j2,e1\nj3,e1\n'},
     "jobs.csv, row 3: expected quotation marks in pairs"),
    ("a quotation that ends too soon", {"jobs": 'job_id,episode_id,end_reason\nj1,e1,"x"y\n'},
     "jobs.csv, row 2: expected quotation marks in pairs"),
    ("a column that stands twice", {"jobs": "job_id,episode_id,episode_id\nj1,e1,e1\n"},
     "jobs.csv, column episode_id: expected each column once only"),
    ("an empty file", {"jobs": b"\n"}, "jobs.csv: expected a CSV file with a header"),
    ("old line ends", {"jobs": "job_id,episode_id\rj1,e1\r"}, "jobs.csv: expected lines that end in LF or CRLF"),
    ("not UTF-8", {"jobs": b"job_id,episode_id,end_reason\nj1,e1,caf\xe9\n"},
     "jobs.csv, row 2: expected text in UTF-8: save the file as CSV UTF-8"),
    ("UTF-16", {"jobs": "job_id,episode_id\nj1,e1\n".encode("utf-16")}, "jobs.csv: expected text in UTF-8"),
    ("UTF-16 without its mark", {"jobs": "job_id,episode_id\nj1,e1\n".encode("utf-16-le")},
     "jobs.csv: expected text in UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "files", "says"), FATAL, ids=[case[0] for case in FATAL])
def test_what_stops_reading(tmp_path: Path, what: str, files: dict[str, str | bytes], says: str) -> None:
    (problem,) = problems(folder(tmp_path, **files))
    assert problem.startswith(says)


NOT_FATAL = [
    {"episodes": "episode_id,person_id,referred_on,accepted_on,declined_on\ne1,p1,2018-01-02,2017-01-01,2018-02-01\n"},
    {"contacts": "contact_id,episode_id,on,kind\nc1,e1,1999-01-01,telepathy\n"},
    {"jobs": "job_id,episode_id,hourly_wage,industry\nj1,e1,1.00,ZZ\n"},
    {"employer_contacts": "employer_contact_id,episode_id\nx1,\n"},
    {"evidence": "evidence_id,episode_id,kind\nv1,e1,rumour\n"},
    {"profiles": "episode_id,version\ne1,1\ne1,1\n"},
    {"activities": "activity_id\na1\n"},
]


@pytest.mark.parametrize("files", NOT_FATAL)
def test_what_is_left_to_validate(tmp_path: Path, files: dict[str, str]) -> None:
    assert read_folder(folder(tmp_path, **files))[next(iter(files))].height >= 1


def test_every_problem_in_every_file_is_told_at_once(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        jobs="job_id,episode_id,started_on,contract_hours\nj1,e1,soon,many\nj1,e9,2019-01-01,16\n",
        contacts="contact_id,episode_id,minutes\nc1,e8,long\n",
    )
    told = [problem.split(":")[0] for problem in problems(path)]
    assert told == [
        "jobs.csv, row 2, column started_on",
        "jobs.csv, row 2, column contract_hours",
        "contacts.csv, row 2, column minutes",
        "jobs.csv, row 3, column job_id",
        "jobs.csv, row 3, column episode_id",
        "contacts.csv, row 2, column episode_id",
    ]


def test_children_of_an_unreadable_table_are_not_blamed(tmp_path: Path) -> None:
    path = folder(tmp_path, episodes="episode_id,person_id\ne1,p1,x\n", jobs="job_id,episode_id\nj1,e1\n")
    (problem,) = problems(path)
    assert problem.startswith("episodes.csv, row 2: expected 2 cells")


def test_two_files_for_one_table_are_refused(tmp_path: Path) -> None:
    pl.DataFrame({"person_id": ["p1"]}).write_parquet(folder(tmp_path) / "people.parquet")
    (problem,) = problems(tmp_path)
    assert problem.startswith("people.parquet and people.csv: expected one file for a table: remove the one")


def test_a_parquet_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_bytes(b"not parquet")
    (problem,) = problems(tmp_path)
    assert problem.startswith("people.parquet: expected a PARQUET file that can be opened")


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (folder(tmp_path) / "jobs.parquet").mkdir()
    (problem,) = problems(tmp_path)
    assert problem.startswith("jobs.parquet: expected a file; a folder of that name stands there")


def test_a_key_of_the_wrong_type_is_one_problem(tmp_path: Path) -> None:
    jobs = {"job_id": [1.5, 2.5], "episode_id": ["e1", "e1"]}
    pl.DataFrame(jobs).write_parquet(folder(tmp_path, job_hours="job_id\n1.5\n") / "jobs.parquet")
    (problem,) = problems(tmp_path)
    assert problem.startswith("jobs.parquet, column job_id: expected text; the column holds Float64")


def test_every_fault_of_a_csv_file_is_told_at_once(tmp_path: Path) -> None:
    path = folder(tmp_path, jobs="job_id,episode_id\nj1,e1,x\nj2,e1\nj3,e1,x,y\n")
    assert [told.partition(":")[0] for told in problems(path)] == ["jobs.csv, row 2", "jobs.csv, row 4"]
    path = folder(tmp_path, jobs="job_id,job_id,x,x,episode_id\nj1,j1,1,1,e1\n")
    assert [told.partition(":")[0] for told in problems(path)] == ["jobs.csv, column job_id", "jobs.csv, column x"]


def test_a_file_of_zero_bytes(tmp_path: Path) -> None:
    (folder(tmp_path) / "jobs.csv").touch()
    (problem,) = problems(tmp_path)
    assert problem.startswith("jobs.csv: expected a CSV file with a header: empty CSV")


def test_a_header_alone_needs_no_column(tmp_path: Path) -> None:
    assert read_folder(folder(tmp_path, jobs="colour\n"))["jobs"].height == 0


def test_parquet_and_csv_may_stand_side_by_side(tmp_path: Path) -> None:
    path = folder(tmp_path, people="")
    pl.DataFrame({"person_id": ["p1"], "birth_date": ["1980-01-01"]}).write_parquet(path / "people.parquet")
    assert read_folder(path)["people"].height == 1


@pytest.mark.parametrize("name", ["nothing", "file.csv"])
def test_a_folder_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.csv").write_text("person_id\n")
    (problem,) = problems(tmp_path / name)
    assert problem.endswith(f"{name}: expected a folder with one file for each table")
