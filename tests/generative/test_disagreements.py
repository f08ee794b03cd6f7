"""Cases on which the engine and the oracle once differed, or where the text is easily read in two ways: settled here.

Each line: the facts, the period, the as-at day, the indicator, and the status of each episode. Both must say so.
"""

from datetime import date

import pytest
from tests.factories import (
    a_document,
    a_job,
    a_plan,
    a_profile,
    an_allocation,
    an_application,
    an_appointment,
    an_episode,
    hours,
    tables,
)
from tests.generative.holding import Answers
from tests.generative.nasty import Scene

EMPTY = ("allocations", "contacts", "profiles", "plans", "applications", "jobs", "job_hours", "evidence")


def scene(start, end, as_at):
    return Scene(date.fromisoformat(start), date.fromisoformat(end), date.fromisoformat(as_at))


Q3 = scene("2019-04-01", "2019-07-01", "2019-06-30")
Q4 = scene("2019-07-01", "2019-10-01", "2019-09-30")
LOST_BEFORE_26_WEEKS = (
    *an_episode("e1", entered="2019-01-02"),
    a_job("e1", "j1", first_day="2019-01-10", ended="2019-02-20", hours="30"),
)
TWICE = (*an_episode("e1", "p", entered="2019-04-02"), *an_episode("e2", "p", entered="2019-05-07"))
CASES = {
    "not in work on the milestone: no band, so missing from both": [
        (LOST_BEFORE_26_WEEKS, Q4, "sustained_26_weeks_under_16", {"e1": "not_counted"}),
        (LOST_BEFORE_26_WEEKS, Q4, "sustained_26_weeks_16_and_over", {"e1": "not_counted"}),
    ],
    "a rejection after the as-at day hides who verified, not that it was verified": [
        (
            (
                *an_episode("e1", entered="2019-05-01", specialist_id="s1"),
                a_job("e1", "j1", first_day="2019-05-20"),
                a_document(
                    "e1", "j1", about="2019-05-20", verified="2019-06-30", rejected="2019-07-30", decided_by="s1"
                ),
            ),
            Q3,
            "job_start_16_and_over",
            {"e1": "counted"},
        ),
    ],
    "verified by the client's own specialist: no proof": [
        (
            (
                *an_episode("e1", entered="2019-05-01", specialist_id="s1"),
                a_job("e1", "j1", first_day="2019-05-20"),
                a_document("e1", "j1", about="2019-05-20", decided_by="s1"),
            ),
            Q3,
            "job_start_16_and_over",
            {"e1": "not_counted"},
        ),
    ],
    "a proportion holds a person once: by the episode that counts, else by the first": [
        (
            (*TWICE, an_application("e2", "2019-05-20")),
            Q3,
            "applied_within_4_weeks",
            {"e1": "excluded", "e2": "counted"},
        ),
        (TWICE, Q3, "applied_within_4_weeks", {"e1": "not_counted", "e2": "excluded"}),
    ],
    "a count keeps each episode of a person until one counts": [
        (TWICE, Q3, "met_once", {"e1": "not_due", "e2": "not_due"}),
        ((*TWICE, an_appointment("e2", "2019-05-08")), Q3, "met_once", {"e1": "excluded", "e2": "counted"}),
    ],
    "two bands are two figures: one person may be in both": [
        (
            (
                *TWICE,
                a_job("e1", "j1", first_day="2019-04-10", hours="8"),
                a_job("e2", "j2", first_day="2019-06-10", hours="16"),
                a_document("e1", about="2019-04-10"),
                a_document("e2", about="2019-06-10"),
            ),
            Q3,
            indicator,
            expected,
        )
        for indicator, expected in (
            ("job_start_under_16", {"e1": "counted", "e2": "excluded"}),
            ("job_start_16_and_over", {"e1": "excluded", "e2": "counted"}),
        )
    ],
    "a first referral is no re-referral": [
        (TWICE, Q3, "re_referrals", {"e1": "excluded", "e2": "counted"}),
        (an_episode("e1", referred="2019-04-02"), Q3, "re_referrals", {"e1": "not_counted"}),
    ],
    "accepted before April 2019 without an allocation: entered only by a person who holds one": [
        (
            (
                *an_episode("e1", "p", entered="2018-11-01"),
                *an_episode("e2", "p", referred="2019-03-01", accepted_on=date(2019, 3, 20)),
                an_appointment("e2", "2019-04-03"),
                *an_episode("e3", "q", referred="2019-03-01", accepted_on=date(2019, 3, 20)),
                an_appointment("e3", "2019-04-03"),
            ),
            Q3,
            "met_once",
            {"e1": "excluded", "e2": "counted"},
        ),
    ],
    "the comparison group in one episode, the service in the next": [
        (
            (
                *an_episode("e1", "p", entered="2018-11-01", arm="control"),
                *an_episode("e2", "p", entered="2019-04-01"),
                an_appointment("e1", "2019-04-03"),
                an_appointment("e2", "2019-04-04"),
            ),
            Q3,
            "met_once",
            {"e2": "counted"},
        ),
    ],
    "an allocation to the comparison group stands, whatever is accepted later": [
        (
            (*an_episode("e1", entered="2019-04-10"), an_allocation("e1", "2019-03-29", "control")),
            Q3,
            "met_once",
            {},
        ),
    ],
    "a profile begun after the job gives a negative number; none begun: outside": [
        (
            (
                *an_episode("e1", entered="2019-04-02"),
                a_profile("e1", "2019-06-01"),
                a_job("e1", first_day="2019-05-01"),
                *an_episode("e2", entered="2019-04-02"),
                a_job("e2", first_day="2019-05-01"),
            ),
            Q3,
            "days_to_first_job",
            {"e1": "counted", "e2": "excluded"},
        ),
    ],
    "15.2 and 0.8 hours are 16": [
        (
            (
                *an_episode("e1", entered="2019-04-02"),
                a_job("e1", "j1", first_day="2019-04-10", hours="15.2"),
                a_job("e1", "j2", first_day="2019-04-10", hours="0.8"),
                a_document("e1", outcome="six_weeks", about="2019-05-21"),
            ),
            Q3,
            indicator,
            {"e1": expected},
        )
        for indicator, expected in (("six_weeks_16_and_over", "counted"), ("six_weeks_under_16", "excluded"))
    ],
    "a spell of unknown hours makes six weeks unknown for one day of it": [
        (
            (
                *an_episode("e1", entered="2019-04-02"),
                a_job("e1", "j1", first_day="2019-04-10", hours="20"),
                hours("j1", None, "2019-05-21", "2019-05-30"),
                a_document("e1", outcome="six_weeks", about="2019-05-21"),
            ),
            Q3,
            "six_weeks_16_and_over",
            {"e1": "not_counted"},
        ),
    ],
    "a plan that ends on the day still holds": [
        (
            (
                *an_episode("e1", entered="2019-04-02", closed=closed),
                an_appointment("e1", "2019-06-03"),
                a_plan("e1", "2019-04-02", ended="2019-06-30"),
            ),
            Q3,
            "active_caseload",
            {"e1": expected},
        )
        for closed, expected in ((None, "counted"), ("2019-07-01", "counted"), ("2019-06-30", "not_counted"))
    ],
}
LINES = [pytest.param(*line, id=f"{name} ({line[2]})") for name, lines in CASES.items() for line in lines]


@pytest.mark.parametrize(("facts", "when", "indicator", "expected"), LINES)
def test_both_say_so(spec, facts, when, indicator, expected):
    answers = Answers(spec, when, {**dict.fromkeys(EMPTY, ()), **tables(facts)})
    for said in (answers.of_oracle(indicator), answers.of_engine(indicator)):
        assert {row["episode_id"]: row["status"] for row in said} == expected
