"""An answer of noughts says why on standard error: another service's folder, an empty one, a period outside."""

import pytest
from tests.library.cli.asking import SERVICE, a_folder, asker

PERIOD = ("--period", "Y2Q3")
COMMANDS = {
    "report": ((), (*PERIOD, "--format", "json")),
    "members": (("engaged",), PERIOD),
    "claims": ((), ("--as-at", "2019-07-01")),
}


@pytest.fixture
def ask(capsysbinary):
    return asker(capsysbinary)


def asked(ask, command, folder, service=SERVICE, *, period=()):
    before, after = COMMANDS[command]
    return ask(command, service, *before, "--data", folder, *after, *period)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_of_the_service_within_its_contract_warns_of_nothing(ask, command, tmp_path):
    status, out, told = asked(ask, command, a_folder(tmp_path / "d"))
    assert (status, told) == (0, "")
    assert out


EPISODES = [
    ("", "it has no episodes"),
    ("e1,p1,workwise\n", "its episodes are of workwise"),
    ("e1,p1,workwise\ne2,p1,ips_grow\ne3,p1,workwise\n", "its episodes are of ips_grow, workwise"),
]


@pytest.mark.parametrize(("rows", "why"), EPISODES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_an_episode_of_the_service(ask, command, rows, why, tmp_path):
    (tmp_path / "people.csv").write_text("person_id\np1\n")
    (tmp_path / "episodes.csv").write_text(f"episode_id,person_id,service_id\n{rows}")
    status, out, told = asked(ask, command, tmp_path)
    assert status == 0
    assert out
    assert told == f"warning: no episode of {SERVICE} in {tmp_path} ({why})\n"


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        ("2017-07-01/2017-10-01", True),
        ("2017-07-01/2017-10-02", False),
        ("2031-01-01/2031-04-01", True),
    ],
)
@pytest.mark.parametrize("command", ["report", "members"])
def test_a_period_wholly_outside_the_contract(ask, command, period, outside, tmp_path):
    status, _, told = asked(ask, command, a_folder(tmp_path / "d"), period=("--period", period))
    assert status == 0
    assert ("lies outside the contract of thrive_into_work, which runs from 2017-10-01 to " in told) is outside
    assert told.count("\n") == outside


@pytest.mark.parametrize("command", COMMANDS)
def test_an_episode_that_names_no_service_is_of_the_one_asked_for(ask, command, tmp_path):
    (tmp_path / "people.csv").write_text("person_id\np1\n")
    (tmp_path / "episodes.csv").write_text("episode_id,person_id,service_id\ne1,p1,\n")
    _, _, told = asked(ask, command, tmp_path)
    assert "no episode of" not in told
