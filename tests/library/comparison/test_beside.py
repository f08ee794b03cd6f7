"""What is counted beside the return: the end of support, the limit of cases, incidents reported late."""

import pytest
from tests.factories import a_job, an_episode
from tests.library.comparison.comparing import question
from tests.library.comparison.test_every_variant import cases_of, incident
from tests.library.outcomes.asking import SPEC

from placewell.comparison.counts import counts
from placewell.specification.changing import Choice, changed
from placewell.specification.variants import variants


def members(id, *facts, spec=SPEC, **asked):
    """Status and reason of everyone in a count, by subject."""
    (found,) = counts(spec, question(spec, *facts, only=(id,), **asked))
    assert found.value == (found.members["status"] == "counted").sum()
    return {row["subject_id"]: (row["status"], row["reason"]) for row in found.members.to_dicts()}


@pytest.mark.parametrize(
    ("entered", "closed", "job", "found"),
    [
        ("2019-04-10", None, None, ("not_due", "Nine months of support to find a job: ends on 10 January 2020.")),
        ("2018-09-30", None, None, ("counted", "Nine months of support to find a job: ended on 30 June 2019.")),
        ("2018-10-01", None, None, ("not_due", "Nine months of support to find a job: ends on 1 July 2019.")),
        ("2018-09-30", "2019-06-30", None, None),  # closed by the day
        ("2018-09-30", "2019-07-01", None, ("counted", "Nine months of support to find a job: ended on 30 June 2019.")),
        ("2018-05-01", None, "2019-03-15", ("not_due", "Four months of support in work: ends on 15 July 2019.")),
        ("2018-05-01", None, "2019-02-28", ("counted", "Four months of support in work: ended on 28 June 2019.")),
    ],
)
def test_the_end_of_support(entered, closed, job, found):
    jobs = [a_job("e1", "j1", first_day=job)] if job else []
    facts = (an_episode("e1", "p1", entered=entered, closed=closed), *jobs)
    assert members("support_past_limit", *facts).get("e1") == found


def test_someone_who_never_entered_or_is_of_another_lot_is_not_looked_at():
    facts = (an_episode("e1", "p1"), an_episode("e2", "p2", entered="2019-04-10", lot="wolverhampton"))
    assert list(members("support_past_limit", *facts)) == ["e2"]
    assert members("support_past_limit", *facts, lot="dudley") == {}


@pytest.mark.parametrize(
    ("cases", "fte", "found"),
    [
        (36, 1, ("counted", "36 open cases; the limit is 35.")),
        (35, 1, ("not_counted", "35 open cases; the limit is 35.")),
        (18, "0.5", ("counted", "18 open cases; the limit is 17.")),
        (
            3,
            None,
            ("not_counted", "3 open cases; the share of full time is not recorded, so that no limit is known."),
        ),
    ],
)
def test_the_limit_of_cases(cases, fte, found):
    *episodes, (table, post) = cases_of("s1", cases)
    assert members("caseload_over_limit", *episodes, (table, post | {"fte": fte})) == {"s1": found}


def test_a_post_that_is_over_or_another_role_gives_no_share():
    *episodes, (table, post) = cases_of("s1", 2)
    for change in ({"to_on": "2019-06-29"}, {"role": "manager"}, {"from_on": "2019-07-01"}):
        assert "not recorded" in members("caseload_over_limit", *episodes, (table, post | change))["s1"][1]


KNOWN = changed(
    SPEC,
    Choice(variants().definition("incident.clock"), variants().definition("incident.clock").variant("known")),
)


@pytest.mark.parametrize(
    ("days", "taken", "occurred", "known"),
    [
        (
            ("2019-05-01", "2019-05-09", "2019-05-10"), 210,
            ("counted", "Occurred on 1 May 2019, reported on 10 May 2019, after 210 hours; 24 hours are allowed."),
            ("not_counted", "Known on 9 May 2019, reported on 10 May 2019; 24 hours are allowed."),
        ),
        (
            ("2019-05-01", "2019-05-01", "2019-05-02"), "24",
            ("not_counted", "Occurred on 1 May 2019, reported on 2 May 2019, after 24 hours; 24 hours are allowed."),
            ("not_counted", "Known on 1 May 2019, reported on 2 May 2019; 24 hours are allowed."),
        ),
        (
            ("2019-05-01", None, "2019-05-03"), None,
            ("counted", "Occurred on 1 May 2019, reported on 3 May 2019; 24 hours are allowed."),
            ("counted", "Occurred on 1 May 2019, reported on 3 May 2019; 24 hours are allowed."),
        ),
        (
            ("2019-06-29", "2019-06-30", None), None,
            ("not_counted", "Occurred on 29 June 2019, not reported yet; 24 hours are allowed."),
            ("not_counted", "Known on 30 June 2019, not reported yet; 24 hours are allowed."),
        ),
        (
            ("2019-06-28", "2019-06-30", None), None,
            ("counted", "Occurred on 28 June 2019, not reported yet; 24 hours are allowed."),
            ("not_counted", "Known on 30 June 2019, not reported yet; 24 hours are allowed."),
        ),
    ],
)  # fmt: skip
def test_incidents_reported_late(days, taken, occurred, known):
    facts = incident(*days, taken)
    assert members("incidents_late", facts) == {"i1": occurred}
    assert members("incidents_late", facts, spec=KNOWN) == {"i1": known}


def test_an_incident_that_is_not_serious_has_no_hours():
    table, row = incident("2019-05-01", None, None)
    assert members("incidents_late", (table, row | {"serious": False})) == {}
