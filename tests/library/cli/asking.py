"""A small folder of CSV files, and a command asked about it in this process."""

from tests.factories import (
    a_claim,
    a_document,
    a_job,
    a_profile,
    an_allocation,
    an_episode,
    dataset,
    three_appointments,
)

from placewell.cli.main import main
from placewell.dataset import write_folder

SERVICE = "thrive_into_work"
FACTS = (
    an_episode("e1", "p1", entered="2019-04-02", lot="dudley", specialist_id="s1"),
    three_appointments("e1", "2019-04-03", "2019-04-10", "2019-04-17"),
    a_job("e1", "j1", first_day="2019-05-01", hours="16"),
    a_document("e1", "j1", about="2019-05-01", verified="2019-05-20"),
    a_claim("p1", "2019-06-01", episode_id="e1", job_id="j1", paid_on="2019-06-20"),
    an_episode("e2", "p2", entered="2019-05-07", lot="wolverhampton"),
    a_profile("e2", "2019-05-08"),
    an_episode("e3", "p3", entered="2019-06-03", lot="dudley"),
    an_allocation("e3", "2019-06-04", "control"),
)


def a_folder(place, *facts):
    """The folder of these facts, as CSV."""
    return write_folder(dataset(*(facts or FACTS)), place, "csv")


def asker(capsysbinary):
    """Run a command; answer its exit status, standard output and standard error."""

    def ask(*words):
        status = main([str(word) for word in words])
        told = capsysbinary.readouterr()
        return status, told.out.decode(), told.err.decode()

    return ask
