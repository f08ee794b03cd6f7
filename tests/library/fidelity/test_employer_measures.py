"""Contacts with employers: the first one, the search begun in time, contacts a week, employers met again."""

from fractions import Fraction

import pytest
from tests.factories import an_application, an_employer_contact, an_episode
from tests.library.fidelity.asking import a_measure, a_post, ask, number, reasons, statuses

FIRST = a_measure("first_employer_contact", window_days=30)  # 1-30 June 2019
CASE = an_episode("e1", entered="2019-05-01", specialist_id="s1")


@pytest.mark.parametrize(
    ("contacts", "status", "value", "reason"),
    [
        (["2019-06-01"], "counted", 31, "On 1 June 2019, 31 days after entry."),
        (["2019-06-30", "2019-06-10"], "counted", 40, "On 10 June 2019, 40 days after entry."),
        (["2019-05-31"], "excluded", 30, "On 31 May 2019, before 1 June 2019."),
        (["2019-05-02", "2019-06-10"], "excluded", 1, "On 2 May 2019, before 1 June 2019."),
        (["2019-07-01"], "not_due", None, "None yet, 60 days after entry."),
        (["2019-04-30"], "not_due", None, "None yet, 60 days after entry."),  # before entry
    ],
)
def test_the_first_contact_of_a_person(contacts, status, value, reason):
    other = an_employer_contact("e0", "2018-06-02")
    found = ask(FIRST, CASE, an_episode("e0", entered="2018-06-01"), other, [
        an_employer_contact("e1", on) for on in contacts
    ])  # fmt: skip
    row = next(one for one in found.members.iter_rows(named=True) if one["subject_id"] == "e1")
    assert (row["status"], row["value"], row["reason"]) == (status, value, reason)
    assert (row["person_id"], row["specialist_id"]) == ("p-e1", "s1")


def test_a_call_is_no_meeting():
    call = an_employer_contact("e1", "2019-06-10", face_to_face=False)
    assert statuses(ask(FIRST, CASE, call)) == {"e1": "not_due"}


def test_median_and_mean_of_days():
    days = {"e1": 40, "e2": 41, "e3": 60}
    cases = [an_episode(id, entered="2019-05-01", specialist_id="s1" if id != "e3" else "s2") for id in days]
    met = [an_employer_contact(id, f"2019-06-{later - 30:02}") for id, later in days.items()]
    found = ask(FIRST, cases, met)
    assert (found.value, found.mean, found.denominator) == (41, 47, 3)
    assert [(line.specialist_id, line.denominator, line.value) for line in found.lines] == [
        ("s1", 2, Fraction(81, 2)), ("s2", 1, 60),
    ]  # fmt: skip


def test_first_contacts_that_nobody_can_tell():
    assert ask(FIRST, CASE).missing.startswith("The table employer_contacts is empty")
    none = ask(FIRST, CASE, an_employer_contact("e1", "2019-05-02"))
    assert (none.value, none.missing) == (None, "Nobody's first contact with an employer falls in these days.")


BEGUN = a_measure("search_begun", window_days=30, limit=30)


@pytest.mark.parametrize(
    ("entered", "events", "status", "reason"),
    [
        ("2019-05-31", [an_application("e1", "2019-06-30")], "counted", "On 30 June 2019, in time."),
        ("2019-05-31", [an_employer_contact("e1", "2019-06-30")], "counted", "On 30 June 2019, in time."),
        ("2019-05-31", [], "not_counted", "None recorded; due by 30 June 2019."),
        ("2019-05-30", [an_application("e1", "2019-06-30")], "not_counted", "On 30 June 2019, after 29 June 2019."),
        ("2019-05-30", [an_application("e1", "2019-06-30"), an_employer_contact("e1", "2019-06-29")], "counted",
         "On 29 June 2019, in time."),
        ("2019-06-01", [an_application("e1", "2019-06-02")], "not_due", "There is time until 1 July 2019."),
        ("2019-05-01", [], "excluded", "Due by 31 May 2019, before 2019-06-01."),
        ("2019-05-02", [], "not_counted", "None recorded; due by 1 June 2019."),
        ("2019-05-31", [an_application("e1", "2019-05-30")], "not_counted", "None recorded; due by 30 June 2019."),
        ("2019-05-31", [an_employer_contact("e1", "2019-06-01", face_to_face=None)], "not_counted",
         "None recorded; due by 30 June 2019."),
    ],
)  # fmt: skip
def test_the_search_begun_in_time(entered, events, status, reason):
    other = [an_episode("e0", entered="2018-06-01"), an_application("e0", "2018-06-02")]
    found = ask(BEGUN, an_episode("e1", entered=entered), other, events)
    assert (statuses(found)["e1"], reasons(found)["e1"]) == (status, reason)


def test_searches_that_nobody_can_tell():
    assert ask(BEGUN, CASE).missing.startswith("The tables employer_contacts and applications are empty")
    assert (
        ask(BEGUN, CASE, an_application("e1", "2019-05-02")).missing == "Nobody's last day for it falls in these days."
    )


WEEKLY = a_measure("employer_contacts", window_days=14)  # 17-30 June 2019


def a_visit(id, on="2019-06-20", episode="e1", specialist="s1", employer="x", **columns):
    return an_employer_contact(
        episode, on, employer_contact_id=id, specialist_id=specialist, employer_id=employer, **columns
    )


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        ([a_visit("a"), a_visit("b", employer="y"), a_visit("c", "2019-06-21")], (3, 2, Fraction(3, 2))),
        ([a_visit("a", "2019-06-17"), a_visit("b", "2019-06-30")], (2, 2, 1)),
        ([a_visit("a", "2019-06-16"), a_visit("b", "2019-07-01")], (0, 2, 0)),
        ([a_visit("a"), a_visit("b", episode="e2")], (1, 2, Fraction(1, 2))),  # one visit for two people
        ([a_visit("a"), a_visit("b", specialist="s9")], (1, 2, Fraction(1, 2))),
        ([a_visit("a", face_to_face=False)], (0, 2, 0)),
        ([a_visit("a", face_to_face=False), a_visit("b")], (1, 2, Fraction(1, 2))),
        ([a_visit("a", employer=None), a_visit("b", employer=None)], (2, 2, 1)),
        ([a_visit("a", episode=None)], (0, 2, 0)),  # for nobody
    ],
)
def test_contacts_a_week(visits, found):
    cases = [CASE, an_episode("e2", entered="2019-05-01")]
    assert number(ask(WEEKLY, a_post("s1"), cases, visits)) == found


@pytest.mark.parametrize(
    ("posts", "weeks"),
    [
        ([a_post("s1"), a_post("s2")], 4),
        ([a_post("s1", fte="0.5")], 2),  # weeks in post, whatever the share of full time
        ([a_post("s1", first="2019-06-24")], 1),
        ([a_post("s1", last="2019-06-23"), a_post("s1", first="2019-06-20", team="t2")], 2),  # a day counts once
        ([a_post("s1", first="2019-06-18", last="2019-06-18")], Fraction(1, 7)),
        ([a_post("s1", first="2019-06-20"), a_post("s1", first="2019-06-22", last="2019-06-25")], Fraction(11, 7)),
    ],
)
def test_weeks_in_post(posts, weeks):
    assert ask(WEEKLY, posts, CASE, a_visit("a")).denominator == weeks


def test_reasons_of_contacts():
    visits = [
        a_visit("a"), a_visit("b", episode="e2"), a_visit("c", specialist="s9"), a_visit("d", specialist=None),
        a_visit("f", face_to_face=None),
    ]  # fmt: skip
    found = ask(WEEKLY, a_post("s1"), CASE, an_episode("e2", entered="2019-05-01"), visits)
    assert reasons(found) == {
        "a": "Face to face on 20 June 2019.",
        "b": "The same contact as a.",
        "c": "s9 held no post of a specialist in these days.",
        "d": "No specialist is named.",
        "f": "Not recorded as face to face.",
    }
    assert statuses(found)["b"] == "excluded"


def test_contacts_that_nobody_can_tell():
    assert ask(WEEKLY, a_post("s1"), CASE).missing.startswith("The table employer_contacts is empty")
    assert ask(WEEKLY, CASE, a_visit("a")).missing == "No post of a specialist falls in these days."


AGAIN = a_measure("employers_met_again", window_days=14)


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        ([a_visit("a"), a_visit("b", "2019-06-21")], {"x": "Met on 2 days."}),
        ([a_visit("a"), a_visit("b")], {"x": "Met on 20 June 2019 alone."}),
        ([a_visit("a", "2019-06-16"), a_visit("b", "2019-06-17")], {"x": "Met on 17 June 2019 alone."}),
        ([a_visit("a"), a_visit("b", "2019-06-21", face_to_face=False)], {"x": "Met on 20 June 2019 alone."}),
        ([a_visit("a", employer=None)], {}),
    ],
)
def test_employers_met_again(visits, found):
    tally = ask(AGAIN, CASE, visits)
    assert reasons(tally) == found
    assert (tally.missing != "") is (found == {})


def test_employers_that_nobody_can_tell():
    assert ask(AGAIN, CASE).missing.startswith("The table employer_contacts is empty")
