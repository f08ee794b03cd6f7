"""The builders say what they promise."""

from datetime import date

from tests.factories import a_document, a_job, an_allocation, an_episode, answers, dataset, hours, tables


def test_an_episode_entered_before_april_2019_is_allocated():
    found = tables(an_episode("e1", entered="2019-03-31"), an_episode("e2", entered="2019-04-01"))
    assert found["allocations"] == [{"episode_id": "e1", "arm": "ips", "allocated_on": date(2019, 3, 31)}]
    assert [row["person_id"] for row in found["people"]] == ["p-e1", "p-e2"]
    assert [row["referred_on"] for row in found["episodes"]] == [date(2019, 3, 17), date(2019, 3, 18)]


def test_a_document_is_verified_unless_something_else_is_said():
    rows = tables(
        a_document("e1", about="2019-05-01"),
        a_document("e1", about="2019-05-01", rejected="2019-05-09"),
        a_document("e1", about="2019-05-01", verified="2019-05-02", rejected="2019-05-09"),
        a_document("e1", about="2019-05-01", status="received"),
    )["evidence"]
    assert [(row["status"], row["verified_on"], row["decided_on"]) for row in rows] == [
        ("verified", date(2019, 5, 1), date(2019, 5, 1)),
        ("rejected", None, date(2019, 5, 9)),
        ("rejected", date(2019, 5, 2), date(2019, 5, 9)),
        ("received", None, None),
    ]


def test_facts_become_a_data_set():
    data = dataset(
        an_episode("e1", entered="2019-05-01"),
        an_allocation("e1", "2019-05-02", "control"),
        a_job("e1", "j1", first_day="2019-06-01"),
        hours("j1", "12.5", "2019-06-10"),
        answers("e1", "swemwbs", "2019-05-01", {"1": "3", "2": "4"}),
    )
    heights = {name: frame.height for name, frame in data.items() if frame.height}
    assert heights == {"people": 1, "episodes": 1, "allocations": 1, "responses": 2, "jobs": 1, "job_hours": 1}
