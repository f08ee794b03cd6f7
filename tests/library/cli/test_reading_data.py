"""What report, members and claims say of a folder: warnings and the answer, or each problem and nothing else."""

import pytest
from tests.library.cli.asking import SERVICE, a_folder, asker

QUESTIONS = {
    "report": ("report", SERVICE, "--period", "Y2Q3"),
    "members": ("members", SERVICE, "engaged", "--period", "Y2Q3"),
    "claims": ("claims", SERVICE, "--as-at", "2019-06-30"),
}


@pytest.fixture(params=QUESTIONS)
def question(request):
    return QUESTIONS[request.param]


@pytest.fixture
def ask(question, capsysbinary):
    asked = asker(capsysbinary)
    return lambda folder, *words: asked(*question, "--data", folder, *words)


def test_a_column_nobody_knows_is_a_warning_beside_the_answer(ask, tmp_path):
    plain = ask(a_folder(tmp_path / "d"))
    people = tmp_path / "d" / "people.csv"
    people.write_text("shoe_size," + "\n40,".join(people.read_text().splitlines()) + "\n")
    status, out, told = ask(tmp_path / "d")
    assert (status, out) == plain[:2]
    assert told.startswith("warning: people.csv, column shoe_size: expected one of the columns person_id")
    assert len(told.splitlines()) == 1


def test_codes_and_days_that_cannot_be_so_do_not_stop_it(ask, tmp_path):
    (tmp_path / "people.csv").write_text("person_id,gender\np1,blue\n")
    (tmp_path / "episodes.csv").write_text(
        "episode_id,person_id,lot,referred_on,accepted_on\ne1,p1,mars,2019-05-01,2019-04-01\n"
    )
    (tmp_path / "contacts.csv").write_text("contact_id,episode_id,on,kind\nc1,e1,1999-01-01,telepathy\n")
    status, _, told = ask(tmp_path)
    assert (status, told) == (0, "")


def test_an_empty_folder_is_an_answer(ask, tmp_path):
    status, out, told = ask(tmp_path)
    assert (status, told) == (0, f"warning: no episode of thrive_into_work in {tmp_path} (it has no episodes)\n")
    assert out


def test_every_problem_is_a_line_and_nothing_is_written(ask, tmp_path):
    (tmp_path / "people.csv").write_text("person_id,birth_date\np1,03/02/1980\np1,1980-01-01\n,1980-01-01\n")
    (tmp_path / "episodes.csv").write_text('episode_id,person_id,referred_on\ne1,p9,"soon\nor later"\n')
    out = tmp_path / "answer"
    status, printed, told = ask(tmp_path, "--out", out)
    assert (status, printed, out.exists()) == (1, "", False)
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "people.csv, row 2, column birth_date",
        "episodes.csv, row 2, column referred_on",
        "people.csv, row 4, column person_id",
        "people.csv, row 3, column person_id",
        "episodes.csv, row 2, column person_id",
    ]


def test_a_folder_that_is_not_there(ask, tmp_path):
    status, out, told = ask(tmp_path / "none")
    assert (status, out) == (1, "")
    assert told.endswith("none: expected a folder with one file for each table\n")
