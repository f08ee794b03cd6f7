"""Small builders of facts for tables of facts and answers: each says only what the test is about.

    data = dataset(
        an_episode("e1", entered="2019-04-08"),
        *three_appointments("e1", "2019-04-08", "2019-04-15", "2019-04-23"),
        a_job("e1", "j1", first_day="2019-05-01", hours="20"),
        a_document("e1", "j1", outcome="job_start", about="2019-05-01"),
    )

Every builder returns facts: pairs of a table and a row. Days are dates or ISO text; any other column of the table can
be given by name. A person is made for every episode, unless the test makes one.
"""

from tests.factories.facts import Fact, dataset, day, tables
from tests.factories.people import a_person, an_allocation, an_episode
from tests.factories.support import (
    a_contact,
    a_plan,
    a_profile,
    an_application,
    an_appointment,
    an_employer_contact,
    answers,
    three_appointments,
)
from tests.factories.work import a_claim, a_document, a_job, hours

__all__ = [
    "Fact",
    "a_claim",
    "a_contact",
    "a_document",
    "a_job",
    "a_person",
    "a_plan",
    "a_profile",
    "an_allocation",
    "an_application",
    "an_appointment",
    "an_employer_contact",
    "an_episode",
    "answers",
    "dataset",
    "day",
    "hours",
    "tables",
    "three_appointments",
]
