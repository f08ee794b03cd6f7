"""Problems in a job and lost jobs: who was spoken with within three days of the day the service learned of them."""

from dataclasses import replace

import pytest
from tests.factories import a_contact, a_job, an_appointment, an_episode, dataset, day
from tests.library.fidelity.asking import a_measure, ask, number, reasons, statuses

from placewell.cadence import clocks
from placewell.errors import UserError
from placewell.fidelity.asks import asked_of
from placewell.fidelity.measures import Trouble, measures_of
from placewell.fidelity.scales import scale
from placewell.specification import load

CASE = an_episode("e1", entered="2019-01-01", specialist_id="s1")
JOB = a_job("e1", "j1", first_day="2019-03-15")
FAR = an_appointment("e1", "2019-01-02")
BOTH = a_measure("trouble_answered", window_days=30, trouble=Trouble(3, 3))  # 1-30 June 2019


def a_problem(known, id="q1", episode="e1", job="j1"):
    row = {"job_problem_id": id, "episode_id": episode, "job_id": job, "known_on": day(known), "kind": "health"}
    return "job_problems", row


def a_lost_job(ended, known=None, id="j1", first="2019-03-15", episode="e1", **columns):
    return a_job(episode, id, first_day=first, ended=ended, end_known_on=day(known), **columns)


@pytest.mark.parametrize(
    ("spoken", "status"),
    [
        ([], "not_counted"),
        (["2019-06-09"], "not_counted"),  # before it was known
        (["2019-06-10"], "counted"),
        (["2019-06-13"], "counted"),
        (["2019-06-14"], "not_counted"),  # a day late
        (["2019-06-09", "2019-06-12"], "counted"),
    ],
)
def test_three_days_from_hearing(spoken, status):
    calls = [a_contact("e1", on) for on in spoken]
    assert statuses(ask(BOTH, CASE, JOB, FAR, calls, a_problem("2019-06-10"))) == {"job_problems:q1": status}
    lost = a_lost_job("2019-06-08", "2019-06-10")
    assert statuses(ask(BOTH, CASE, FAR, calls, lost)) == {"jobs:j1": status}


@pytest.mark.parametrize(
    ("ended", "known", "last"),
    [
        ("2019-06-10", None, "13 June 2019"),  # not recorded: the day of the end
        ("2019-06-10", "2019-06-01", "13 June 2019"),  # known beforehand
        ("2019-06-10", "2019-06-12", "15 June 2019"),
    ],
)
def test_from_which_day_the_days_of_a_loss_run(ended, known, last):
    told = reasons(ask(BOTH, CASE, FAR, a_lost_job(ended, known)))["jobs:j1"]
    assert told.endswith(f"; not spoken with by {last}.")


@pytest.mark.parametrize(
    ("contact", "status"),
    [
        (a_contact("e1", "2019-06-11", "text"), "counted"),
        (a_contact("e1", "2019-06-11", "text", attendance="one_way"), "not_counted"),
        (an_appointment("e1", "2019-06-11", attendance="did_not_attend"), "not_counted"),
        (an_appointment("e1", "2019-06-11", with_whom="employer"), "not_counted"),
        (an_appointment("e2", "2019-06-11"), "not_counted"),
    ],
)
def test_what_contact_answers(contact, status):
    found = ask(BOTH, CASE, an_episode("e2", entered="2019-01-01"), JOB, FAR, contact, a_problem("2019-06-10"))
    assert statuses(found) == {"job_problems:q1": status}


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ("2019-05-28", None),  # its last day is 31 May
        ("2019-05-29", "not_counted"),
        ("2019-06-27", "not_counted"),  # its last day is the day asked about
        ("2019-06-28", "not_due"),
        ("2019-07-01", None),  # not known yet
    ],
)
def test_the_last_day_decides_whether_it_is_looked_at(known, status):
    expected = {"job_problems:q1": status} if status else {}
    assert statuses(ask(BOTH, CASE, JOB, FAR, a_problem(known))) == expected


def test_a_loss_that_is_learned_of_later_is_not_known_yet():
    assert statuses(ask(BOTH, CASE, FAR, a_lost_job("2019-06-20", "2019-07-01"))) == {}


@pytest.mark.parametrize(
    ("closed", "spoken", "status"),
    [
        ("2019-06-11", [], "excluded"),
        ("2019-06-13", [], "excluded"),
        ("2019-06-14", [], "not_counted"),
        ("2019-06-12", ["2019-06-11"], "counted"),
        ("2019-06-12", ["2019-06-12"], "counted"),
        ("2019-06-11", ["2019-06-12"], "excluded"),
    ],
)
def test_a_case_that_was_closed(closed, spoken, status):
    case = an_episode("e1", entered="2019-01-01", closed=closed)
    found = ask(BOTH, case, JOB, FAR, [a_contact("e1", on) for on in spoken], a_problem("2019-06-10"))
    assert statuses(found) == {"job_problems:q1": status}


NEXT = a_job("e1", "j2", first_day="2019-06-12")


@pytest.mark.parametrize(
    ("other", "spoken", "status"),
    [
        (a_job("e1", "j2", first_day="2019-04-01"), [], "excluded"),  # a second job all the while
        (a_job("e1", "j2", first_day="2019-04-01"), ["2019-06-11"], "excluded"),
        (NEXT, [], "excluded"),
        (NEXT, ["2019-06-11"], "counted"),
        (NEXT, ["2019-06-13"], "excluded"),
        (a_job("e1", "j2", first_day="2019-06-13"), [], "excluded"),
        (a_job("e1", "j2", first_day="2019-06-14"), [], "not_counted"),
        (a_job("e1", "j2", first_day="2019-04-01", ended="2019-05-01"), [], "not_counted"),
        (a_job("e1", "j2", first_day="2019-06-12", competitive=False), [], "not_counted"),
        (a_job("e1", "j2", first_day="2018-12-01"), [], "not_counted"),  # begun before entry
    ],
)
def test_a_loss_with_another_job(other, spoken, status):
    calls = [a_contact("e1", on) for on in spoken]
    found = statuses(ask(BOTH, CASE, FAR, calls, a_lost_job("2019-06-10"), other))
    assert found["jobs:j1"] == status


def test_of_two_losses_the_later_is_asked_about():
    found = ask(BOTH, CASE, FAR, a_lost_job("2019-06-10"), a_lost_job("2019-06-11", id="j2"))
    assert statuses(found) == {"jobs:j1": "excluded", "jobs:j2": "not_counted"}
    assert reasons(found)["jobs:j1"].endswith("; another job was lost after it, known on 11 June 2019.")
    heard = a_contact("e1", "2019-06-10")
    assert statuses(ask(BOTH, CASE, FAR, heard, a_lost_job("2019-06-10"), a_lost_job("2019-06-11", id="j2"))) == {
        "jobs:j1": "counted",
        "jobs:j2": "not_counted",
    }


MOVED = [
    an_episode("e1", "p1", entered="2019-01-01", closed="2019-05-20"),
    an_episode("e2", "p1", entered="2019-05-22", referred="2019-05-21", follows="e1", shares=True, specialist_id="s2"),
    FAR,
]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([a_lost_job("2019-06-10")], {"jobs:j1": ("e2", "not_counted")}),
        ([a_lost_job("2019-06-10"), a_contact("e2", "2019-06-12")], {"jobs:j1": ("e2", "counted")}),
        ([a_lost_job("2019-06-10"), a_job("e2", "j2", first_day="2019-06-01")], {"jobs:j1": ("e2", "excluded")}),
        ([a_lost_job("2019-05-21", "2019-06-10")], {"jobs:j1": ("e1", "excluded")}),  # over before the new entry
        ([JOB, a_problem("2019-06-10")], {"job_problems:q1": ("e2", "not_counted")}),
        ([JOB, a_problem("2019-06-10", job=None)], {"job_problems:q1": ("e1", "excluded")}),
        ([a_lost_job("2019-06-25"), a_job("e2", "j2", first_day="2019-06-01", ended="2019-06-24")],
         {"jobs:j1": ("e2", "not_counted"), "jobs:j2": ("e2", "excluded")}),
    ],
)  # fmt: skip
def test_a_job_that_goes_on_in_a_later_case(facts, expected):
    members = ask(BOTH, MOVED, facts).members
    told = {id: (episode_id, status) for id, episode_id, status in members.select(
        "subject_id", "episode_id", "status").iter_rows()}  # fmt: skip
    assert told == expected


def test_a_move_of_which_nothing_is_shared():
    apart = an_episode("e2", "p1", entered="2019-05-22", follows="e1", shares=False, lot="dudley")
    first = an_episode("e1", "p1", entered="2019-01-01", closed="2019-05-20", lot="wolverhampton")
    found = ask(BOTH, first, apart, FAR, a_lost_job("2019-06-10"))
    assert statuses(found) == {"jobs:j1": "excluded"}
    assert reasons(found)["jobs:j1"].endswith("; the case was closed on 20 May 2019.")


def test_what_was_said_before_a_move_counts():
    closed = an_episode("e1", "p1", entered="2019-01-01", closed="2019-06-11")
    again = an_episode("e2", "p1", entered="2019-06-12", referred="2019-06-12", follows="e1", shares=True)
    facts = [closed, again, JOB, FAR, a_problem("2019-06-10")]
    assert statuses(ask(BOTH, *facts)) == {"job_problems:q1": "not_counted"}
    assert statuses(ask(BOTH, *facts, a_contact("e1", "2019-06-10"))) == {"job_problems:q1": "counted"}


@pytest.mark.parametrize(("closed", "status"), [("2019-06-04", "excluded"), ("2019-06-05", "not_counted")])
def test_until_it_ends_an_earlier_case_keeps_its_jobs(closed, status):
    """The last day is 4 June: by then the job that goes on is the new case's or it is not, as the clock has it."""
    earlier = an_episode("e1", "p1", entered="2019-01-01", closed=closed)
    again = an_episode("e2", "p1", entered="2019-05-20", follows="e1", shares=True)
    facts = [earlier, again, FAR, JOB, a_lost_job("2019-06-01", id="j2", first="2019-05-25", episode="e2")]
    assert statuses(ask(BOTH, *facts)) == {"jobs:j2": status}
    rows = clocks(load("thrive_into_work"), dataset(*facts), day("2019-06-04"))
    assert ("job_loss" in rows["clock"]) == (status == "not_counted")


@pytest.mark.parametrize(("closed", "status"), [("2019-06-04", "counted"), ("2019-06-05", "not_counted")])
def test_until_it_ends_an_earlier_case_keeps_its_contacts(closed, status):
    earlier = an_episode("e1", "p1", entered="2019-01-01", closed=closed)
    again = an_episode("e2", "p1", entered="2019-06-03", referred="2019-06-03", follows="e1", shares=True)
    facts = [earlier, again, FAR, a_contact("e1", "2019-06-02"), a_problem("2019-06-01", episode="e2", job=None)]
    assert statuses(ask(BOTH, *facts)) == {"job_problems:q1": status}
    rows = clocks(load("thrive_into_work"), dataset(*facts), day("2019-06-04"))
    assert ("job_problem" in rows["clock"]) == (status == "not_counted")


def test_problems_are_each_looked_at_and_a_next_job_does_not_answer_them():
    problems = [a_problem("2019-06-10"), a_problem("2019-06-12", "q2"), a_problem("2019-06-12", "q3", job=None)]
    found = ask(BOTH, CASE, JOB, NEXT, FAR, a_contact("e1", "2019-06-15"), problems)
    assert statuses(found) == {
        "job_problems:q1": "not_counted",
        "job_problems:q2": "counted",
        "job_problems:q3": "counted",
    }
    assert number(found) == (2, 3, number(found)[2])


def test_what_is_not_a_paid_job_since_entry_is_not_looked_at():
    facts = [a_lost_job("2019-06-10", competitive=False), a_lost_job("2019-06-10", id="j2", first="2018-12-01")]
    found = ask(BOTH, CASE, FAR, facts, an_episode("e3"), a_problem("2019-06-10", episode="e3"))
    assert statuses(found) == {}
    assert found.missing == "No last day to speak about a problem in a job or a lost job falls in these days."


def test_reasons_in_words():
    facts = [CASE, FAR, a_lost_job("2019-06-10"), a_contact("e1", "2019-06-12")]
    found = ask(BOTH, *facts, a_problem("2019-06-01"), a_problem("2019-06-28", "q2"))
    assert reasons(found) == {
        "jobs:j1": "Job loss known on 10 June 2019; spoken with on 12 June 2019.",
        "job_problems:q1": "Problem in the job known on 1 June 2019; not spoken with by 4 June 2019.",
        "job_problems:q2": "Problem in the job known on 28 June 2019; the last day to speak with them is 1 July 2019.",
    }
    assert dict(found.members.select("subject_id", "outcome_on").iter_rows())["jobs:j1"] == day("2019-06-12")
    gone = reasons(ask(BOTH, CASE, FAR, a_lost_job("2019-06-10"), NEXT))
    assert gone == {"jobs:j1": "Job loss known on 10 June 2019; another job had begun on 12 June 2019."}


@pytest.mark.parametrize(
    ("trouble", "subjects"),
    [
        (Trouble(3, 3), {"jobs:j1", "job_problems:q1"}),
        (Trouble(loss_days=3), {"jobs:j1"}),
        (Trouble(problem_days=3), {"job_problems:q1"}),
    ],
)
def test_only_what_is_asked_for_is_looked_at(trouble, subjects):
    asked = a_measure("trouble_answered", window_days=30, trouble=trouble)
    assert set(statuses(ask(asked, CASE, FAR, a_lost_job("2019-06-10"), a_problem("2019-06-10")))) == subjects


def test_what_is_not_recorded():
    assert ask(BOTH, CASE, JOB).missing == "The table contacts is empty: contacts are not recorded."
    assert ask(BOTH, CASE, FAR).missing.startswith("The tables jobs and job_problems are empty: ")


def test_the_numbers_are_those_of_the_clocks():
    spec = load("thrive_into_work")
    found = next(one for one in measures_of(spec) if one.kind == "trouble_answered")
    assert (found.item, found.trouble) == ("services_12", Trouble(3, 3))
    assert asked_of(spec, found, day("2019-06-30")) == "within 3 days of learning of it"
    published = next(one for one in scale("ips_25").measures if one.kind == "trouble_answered")
    assert (published.item, published.trouble) == ("unlimited_support", Trouble(loss_days=3))
    assert asked_of(spec, published, day("2019-06-30")) == "within 3 days of learning of a lost job"


@pytest.mark.parametrize(
    ("changes", "named", "trouble"),
    [
        ({"job_loss": {"days": 5}}, ("job_problem", "job_loss"), Trouble(3, 5)),
        ({}, ("job_problem",), Trouble(3)),
        ({"job_loss": {"days": None, "working_days": 2}}, ("job_problem", "job_loss"), None),
        ({}, ("job_loss", "after_start"), None),
        ({}, (), None),
    ],
)
def test_the_clocks_that_a_measure_names(changes, named, trouble):
    spec = load("thrive_into_work")
    clocks = tuple(one.model_copy(update=changes.get(one.id, {})) for one in spec.pathway.clocks)
    measures = tuple(one.model_copy(update={"clocks": named}) for one in spec.governance.fidelity_measures
                     if one.kind == "trouble_answered")  # fmt: skip
    changed = replace(spec, pathway=spec.pathway.model_copy(update={"clocks": clocks}),
                      governance=spec.governance.model_copy(update={"fidelity_measures": measures}))  # fmt: skip
    assert [one.trouble for one in measures_of(changed)] == [trouble]


def test_days_that_differ_are_told_apart():
    asked = a_measure("trouble_answered", trouble=Trouble(3, 5))
    expected = "within 3 days of learning of a problem, within 5 days of learning of a lost job"
    assert asked_of(load("thrive_into_work"), asked, day("2019-06-30")) == expected


def test_a_measure_without_its_days_is_refused():
    with pytest.raises(UserError, match="needs trouble"):
        ask(a_measure("trouble_answered", window_days=30), CASE)
