"""`placewell services`."""

from placewell.cli.main import main
from placewell.cli.services import CATALOGUE, described
from placewell.specification import service_ids


def test_one_line_per_service_its_id_first_without_a_header(capsys):
    assert main(["services"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split("\t")[0] for line in lines) == service_ids()


def test_a_line_says_who_and_when():
    line = described(CATALOGUE / "thrive_into_work" / "service.toml")
    assert line[:2] == ("thrive_into_work", "Thrive Into Work")
    assert line[3] == "2017-10-01 to 2020-03-31"
