"""Ends of episodes, rows on further conditions, rows of several tables together, organisations once each."""

from dataclasses import replace

import pytest
from tests.factories import a_contact, an_employer_contact, an_episode, dataset, day
from tests.library.indicators.asking import ask_figure, ask_members, period_of, with_indicator
from tests.library.specification.small import FILES, problems

from placewell.indicators import Workings, members
from placewell.indicators.series import series
from placewell.specification.outcomes import EachRow

ENDED = {"kind": "ended", "any_closure": True, "declined": ("no_answer",)}
EVERYONE = {"subject": "person", "everyone_referred": True}


@pytest.mark.parametrize(
    ("columns", "status", "reason"),
    [
        ({"entered": "2019-04-08", "closed": "2019-05-01", "closure_reason": "moved_away"}, "counted",
         "Closed on 1 May 2019: moved away."),
        ({"entered": "2019-04-08", "closed": "2019-05-01"}, "counted", "Closed on 1 May 2019: no reason recorded."),
        ({"declined_on": "2019-05-01", "decline_reason": "no_answer"}, "counted", "Declined on 1 May 2019: no answer."),
        ({"declined_on": "2019-05-01", "decline_reason": "changed_mind"}, "not_counted",
         "Declined on 1 May 2019: changed mind."),
        ({"declined_on": "2019-05-01"}, "not_counted", "Declined on 1 May 2019: no reason recorded."),
        ({"declined_on": "2019-05-01", "decline_reason": "changed_mind", "closed": "2019-05-01"}, "counted", "Closed"),
        ({"declined_on": "2019-05-01", "decline_reason": "changed_mind", "closed": "2019-05-02"}, "not_counted",
         "Declined"),
        ({"entered": "2019-04-08"}, "not_due", "neither closed nor declined"),
        ({"entered": "2019-04-08", "closed": "2019-07-01"}, "excluded", "1 July 2019, outside"),
    ],
)  # fmt: skip
def test_how_an_episode_ends(columns, status, reason):
    spec = with_indicator(ENDED, **EVERYONE)
    episode = an_episode("e1", referred="2019-04-01", **columns)
    found = ask_members("asked", episode, spec=spec, as_at="2019-07-31")["e1"]
    assert found["status"] == status
    assert reason in found["reason"]


@pytest.mark.parametrize(
    ("asked", "counted"),
    [({"any_closure": True}, 2), ({"closed": ("moved_away",)}, 1),
     ({"closed": ("moved_away",), "declined": ("no_answer",)}, 2)],
)  # fmt: skip
def test_which_ends_count(asked, counted):
    spec = with_indicator({"kind": "ended", **asked}, **EVERYONE)
    episodes = [
        an_episode("e1", entered="2019-04-08", closed="2019-05-01", closure_reason="moved_away"),
        an_episode("e2", entered="2019-04-08", closed="2019-05-01", closure_reason="health"),
        an_episode("e3", declined_on="2019-05-01", decline_reason="no_answer"),
    ]
    assert ask_figure("asked", *episodes, spec=spec).value == counted


@pytest.mark.parametrize("asked", [{}, {"any_closure": True, "closed": ("health",)}, {"declined": ("no_answer",)}])
def test_an_end_needs_one_kind_of_closing(asked):
    with pytest.raises(ValueError, match="needs any_closure or closed, and not both"):
        with_indicator({"kind": "ended", **asked})


@pytest.mark.parametrize(("everyone", "statuses"), [(True, {"e1": "counted", "e2": "excluded"}), (False, {})])
def test_people_who_never_entered_are_considered_where_everyone_referred_is_asked_about(everyone, statuses):
    """One person declined twice in a quarter is one person."""
    outcome = {"kind": "episode_step", "step": "declined"}
    spec = with_indicator(outcome, subject="person", everyone_referred=everyone)
    episodes = [
        an_episode("e1", "ann", referred="2019-04-01", declined_on="2019-04-10"),
        an_episode("e2", "ann", referred="2019-05-01", declined_on="2019-05-10"),
    ]
    found = ask_members("asked", *episodes, spec=spec)
    assert {id: row["status"] for id, row in found.items()} == statuses
    assert ask_figure("asked", *episodes, spec=spec).value == (1 if everyone else 0)


def test_everyone_referred_is_about_people():
    with pytest.raises(ValueError, match="everyone_referred is about people, not a episode"):
        with_indicator(ENDED, subject="episode", everyone_referred=True)


EPISODE = an_episode("e1", entered="2019-04-08", locality="tipton")
TALKS = {"kind": "each_row", "table": "contacts", "column": "with_whom", "codes": ("clinician",)}
CAME = {"column": "attendance", "codes": ("attended",)}


@pytest.mark.parametrize(("only", "counted"), [((), 3), ((CAME,), 1), ((CAME, {"column": "kind", "codes": ("x",)}), 0)])
def test_contacts_that_did_not_take_place_need_not_count(only, counted):
    contacts = [
        a_contact("e1", "2019-05-01", with_whom="clinician"),
        a_contact("e1", "2019-05-01", with_whom="clinician", attendance="did_not_attend"),
        a_contact("e1", "2019-05-01", with_whom="clinician", attendance=None),
        a_contact("e1", "2019-05-01"),
    ]
    spec = with_indicator({**TALKS, "only": only}, subject="contact", unit="contacts")
    assert ask_figure("asked", EPISODE, *contacts, spec=spec).value == counted


def sent_on(on, to="debt_advice", kind="referral"):
    return "onward_referrals", {"episode_id": "e1", "on": on, "to": to, "kind": kind}


@pytest.mark.parametrize(
    ("only", "on"),
    [((), "2019-04-20"), (({"column": "kind", "codes": ("referral",)},), "2019-05-01"),
     (({"column": "to", "codes": ("debt_advice",)},), "2019-04-20")],
)  # fmt: skip
def test_the_first_record_of_a_further_condition(only, on):
    outcome = {"kind": "first_record", "table": "onward_referrals", "column": "to", "codes": ("debt_advice",)}
    sent = [sent_on("2019-04-20", kind="signpost"), sent_on("2019-05-01"), sent_on("2019-05-02", kind=None)]
    found = ask_members("asked", EPISODE, *sent, spec=with_indicator({**outcome, "only": only}))["e1"]
    assert found["outcome_on"] == day(on)


def an_activity(id, on="2019-05-01", kind="employer_training", organisation="o1", **columns):
    return "activities", {"activity_id": id, "on": on, "kind": kind, "organisation_id": organisation, **columns}


VISITS = {"kind": "each_row", "table": "activities", "column": "kind", "codes": ("employer_awareness",)}
TRAINING = {"kind": "each_row", "table": "activities", "column": "kind", "codes": ("employer_training",)}
CONTACTS = {
    "kind": "each_row", "table": "employer_contacts", "column": "purpose", "codes": ("awareness",), "of_nobody": True,
}  # fmt: skip


def together(*parts, **indicator):
    """A specification whose indicator "asked" counts the rows of several outcomes."""
    ids = tuple(f"part_{number}" for number in range(len(parts)))
    spec = with_indicator({"kind": "each_of", "outcomes": ids}, **indicator)
    added = tuple(
        EachRow.model_validate({"id": id, "name": id, "clause": "002 §17", **part})
        for id, part in zip(ids, parts, strict=True)
    )
    rules = spec.outcomes.model_copy(update={"outcomes": (*added, *spec.outcomes.outcomes)})
    return replace(spec, outcomes=rules)


ROWS = (
    an_activity("a1", kind="employer_awareness", locality="dudley"),
    an_activity("a2"),
    an_activity("a3", kind="team_meeting"),
    an_employer_contact(None, "2019-05-03", employer_contact_id="c1", purpose="awareness", employer_id="o2"),
    an_employer_contact("e1", "2019-05-03", employer_contact_id="c2", purpose="awareness", employer_id="o3"),
)


@pytest.mark.parametrize(
    ("parts", "subjects"),
    [
        ((VISITS, TRAINING), {"a1", "a2"}),
        ((VISITS, TRAINING, CONTACTS), {"activities:a1", "activities:a2", "employer_contacts:c1"}),
        ((VISITS, VISITS), {"a1"}),
    ],
)
def test_rows_of_several_outcomes_count_together_and_once(parts, subjects):
    spec = together(*parts, subject="row", unit="activities")
    found = ask_members("asked", EPISODE, *ROWS, spec=spec)
    assert {id for id, row in found.items() if row["status"] == "counted"} == subjects


ENGAGED = together(VISITS, TRAINING, CONTACTS, subject="organisation", unit="organisations")
SESSIONS = (
    an_activity("late", "2019-06-02", organisation="o1"),
    an_activity("first", "2019-05-02", organisation="o1"),
    an_activity("second", "2019-05-02", organisation="o1"),
    an_activity("before", "2019-03-01", organisation="o2"),
    an_activity("again", "2019-06-01", organisation="o2"),
    an_activity("nowhere", organisation=None),
    an_employer_contact(None, "2019-05-03", employer_contact_id="c1", purpose="awareness", employer_id="o1"),
    an_employer_contact(None, "2019-05-03", employer_contact_id="c2", purpose="awareness", employer_id="o4"),
)


def test_an_organisation_counts_once_in_a_period_by_its_first_row():
    figure = ask_figure("asked", *SESSIONS, spec=ENGAGED)
    assert (figure.value, dict(figure.members)) == (
        3, {"counted": 3, "not_counted": 1, "not_due": 0, "excluded": 4},
    )  # fmt: skip
    spec = together(TRAINING, VISITS, subject="organisation", unit="organisations")
    rows = [row for row in _rows(spec) if row["subject_id"] == "o1"]
    assert [(row["outcome_on"], row["status"]) for row in rows] == [
        (day("2019-05-02"), "counted"), (day("2019-05-02"), "excluded"), (day("2019-06-02"), "excluded"),
    ]  # fmt: skip
    assert rows[1]["reason"] == "Another row of the period counts this organisation."


def _rows(spec):
    return members(spec, "asked", dataset(*SESSIONS), period_of("2019-04-01/2019-07-01")).to_dicts()


def test_a_row_without_its_organisation_is_not_counted_and_says_so():
    (row,) = [row for row in _rows(ENGAGED) if row["status"] == "not_counted"]
    assert (row["subject_id"], row["reason"]) == ("activities:nowhere", "The organisation is not recorded.")


def test_a_series_counts_organisations_as_the_figures_do():
    periods = [period_of(text) for text in ("2019-01-01/2019-04-01", "2019-04-01/2019-07-01", "2019-07-01/2019-10-01")]
    workings = Workings(ENGAGED, dataset(*SESSIONS), day("2019-12-31"))
    found = series(workings, periods, only=("asked",))["asked"]
    assert [point.value for point in found] == [1, 3, 0]


ROWS_OF = """
[[outcome]]
id = "visits"
kind = "each_row"
table = "activities"
column = "kind"
codes = ["employer_awareness"]
name = "Visits"
clause = "009 §5"

[[outcome]]
id = "whole"
kind = "each_of"
outcomes = {ids}
name = "Together"
clause = "009 §5"
"""


@pytest.mark.parametrize(
    ("ids", "wrong"),
    [('["visits", "visits"]', ()), ('["job_start", "visits", "nothing"]', ("job_start", "nothing"))],
)
def test_only_outcomes_that_count_rows_go_together(ids, wrong, tmp_path):
    told = problems(tmp_path, outcomes=FILES["outcomes"] + ROWS_OF.format(ids=ids))
    assert len(told) == len(wrong)
    for id, problem in zip(wrong, told, strict=True):
        assert f"there is no outcome '{id}' of kind each_row" in problem
