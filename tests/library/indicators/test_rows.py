"""Figures whose subjects are rows: appointments, activities, employer contacts, onward referrals, reviews."""

from decimal import Decimal

import pytest
from tests.factories import a_contact, an_appointment, an_employer_contact, an_episode
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

EPISODE = an_episode("e1", entered="2019-04-08", referred="2019-04-02", locality="tipton")
SESSIONS = with_indicator({"kind": "each_appointment"}, subject="contact", unit="sessions")


def test_every_appointment_since_entry_is_a_session():
    contacts = [
        an_appointment("e1", "2019-04-07", contact_id="before entry"),
        an_appointment("e1", "2019-04-08", contact_id="a"),
        an_appointment("e1", "2019-04-08", contact_id="b"),
        a_contact("e1", "2019-05-01", "group", contact_id="c"),
        a_contact("e1", "2019-05-02", "text", contact_id="a text"),
        an_appointment("e1", "2019-05-03", contact_id="missed", attendance="did_not_attend"),
        an_appointment("e1", "2019-05-03", contact_id="with the family", with_whom="family"),
        an_appointment("e1", "2019-07-01", contact_id="later"),
    ]
    found = ask_members("asked", EPISODE, *contacts, spec=SESSIONS, as_at="2019-07-31")
    assert {id: row["status"] for id, row in found.items()} == {
        "a": "counted", "b": "counted", "c": "counted", "later": "excluded",
    }  # fmt: skip
    figure = ask_figure("asked", EPISODE, *contacts, spec=SESSIONS)
    assert (figure.value, [(cell.key, cell.value) for cell in figure.breakdowns["lot"]]) == (3, [("dudley", 3)])


def test_people_not_entered_have_no_sessions():
    waiting = an_episode("e2", referred="2019-04-02")
    assert ask_members("asked", waiting, an_appointment("e2", "2019-04-09"), spec=SESSIONS) == {}


def an_activity(id, on="2019-05-01", kind="employer_training", **columns):
    return "activities", {"activity_id": id, "on": on, "kind": kind, **columns}


def each(table, column=None, codes=(), **more):
    return {"kind": "each_row", "table": table, "column": column, "codes": codes, **more}


def test_activities_belong_to_the_service_and_to_nobody():
    spec = with_indicator(
        each("activities", "kind", ("employer_training", "course")), subject="activity", unit="activities"
    )
    activities = [
        an_activity("a"),
        an_activity("b", kind="course", service_id="thrive_into_work"),
        an_activity("c", kind="team_meeting"),
        an_activity("d", service_id="ips_grow"),
        an_activity("e", on="2019-07-01"),
    ]
    found = ask_figure("asked", EPISODE, *activities, spec=spec)
    assert (found.value, dict(found.members)) == (2, {"counted": 2, "not_counted": 0, "not_due": 0, "excluded": 0})
    assert [(cell.key, cell.value) for cell in found.breakdowns["source"]] == [("unknown", 2)]
    assert {row["person_id"] for row in ask_members("asked", EPISODE, *activities, spec=spec).values()} == {None}


@pytest.mark.parametrize(
    ("more", "counted"),
    [({}, 3), ({"face_to_face": True}, 2), ({"column": "purpose", "codes": ("awareness",)}, 1)],
)
def test_employer_contacts_of_those_entered_and_of_nobody(more, counted):
    contacts = [
        an_employer_contact("e1", "2019-05-01", employer_contact_id="a", purpose="lead"),
        an_employer_contact("e1", "2019-05-01", employer_contact_id="b", face_to_face=False),
        an_employer_contact(None, "2019-05-01", employer_contact_id="c", purpose="awareness"),
        an_employer_contact("e1", "2019-04-07", employer_contact_id="before entry"),
        an_employer_contact("elsewhere", "2019-05-01", employer_contact_id="of another service"),
    ]
    spec = with_indicator({**each("employer_contacts"), **more}, subject="employer_contact", unit="contacts")
    assert ask_figure("asked", EPISODE, *contacts, spec=spec).value == counted


@pytest.mark.parametrize(("since", "counted"), [("entry", 2), ("referral", 3)])
def test_rows_without_a_key_are_told_apart(since, counted):
    referrals = [
        ("onward_referrals", {"episode_id": "e1", "on": on, "to": "jobcentre_plus", "kind": "referral"})
        for on in ("2019-05-01", "2019-05-01", "2019-04-03")
    ]
    spec = with_indicator(
        each("onward_referrals", "to", ("jobcentre_plus",), since=since), subject="row", unit="records"
    )
    found = ask_members("asked", EPISODE, *referrals, spec=spec)
    assert len(found) == counted
    assert {row["status"] for row in found.values()} == {"counted"}


def a_supervision(on="2019-05-01", specialist="s1", kind="group", **columns):
    return "supervisions", {"specialist_id": specialist, "supervisor_id": "l1", "on": on, "kind": kind, **columns}


GROUP = with_indicator(each("supervisions", "kind", ("group",)), subject="row", unit="sessions")


@pytest.mark.parametrize(
    ("supervisions", "subjects"),
    [
        ([a_supervision()], ["s1:1"]),
        ([a_supervision(), a_supervision(specialist="s2")], ["s1:1", "s2:1"]),
        ([a_supervision(), a_supervision()], ["s1:1", "s1:2"]),
        ([a_supervision(), a_supervision("2019-05-08")], ["s1:1", "s1:2"]),
        ([a_supervision(specialist=None), a_supervision(specialist=None)], ["unknown:1", "unknown:2"]),
        ([a_supervision(kind="individual"), a_supervision(kind=None)], []),
        ([a_supervision("2019-03-31"), a_supervision("2019-07-01"), a_supervision(None)], []),
    ],
)
def test_supervisions_are_told_apart_by_whom_they_were_of(supervisions, subjects):
    found = ask_members("asked", *supervisions, spec=GROUP)
    assert sorted(id for id, row in found.items() if row["status"] == "counted") == subjects
    assert ask_figure("asked", *supervisions, spec=GROUP).value == len(subjects)
    assert {(row["episode_id"], row["person_id"]) for row in found.values()} <= {(None, None)}


def a_review(id, on="2019-05-01", scores=(4,) * 25, scale="ips25", kind="external", service="thrive_into_work"):
    shared = {"review_id": id, "on": on, "scale": scale, "kind": kind, "service_id": service}
    return [("fidelity_reviews", {**shared, "item": str(n), "score": score}) for n, score in enumerate(scores, 1)]


REVIEW = {"kind": "fidelity_review", "scale": "ips25", "reviews": ("external",), "items": 25, "least": 100}


@pytest.mark.parametrize(
    ("review", "status", "reason"),
    [
        (a_review("r"), "counted", ""),
        (a_review("r", scores=(*(4,) * 24, 3)), "not_counted", "Scored 99, under 100."),
        (a_review("r", scores=(*(5,) * 24, None)), "not_counted", "24 of 25 items are scored"),
        (a_review("r", on="2019-07-01"), "excluded", "outside"),
        (a_review("r", kind="self_assessment"), None, ""),
        (a_review("r", scale="another"), None, ""),
        (a_review("r", service="ips_grow"), None, ""),
    ],
)
def test_a_review_of_fidelity_needs_every_item_and_a_good_score(review, status, reason):
    spec = with_indicator(REVIEW, subject="review", unit="proportion", measure="proportion")
    found = ask_members("asked", review, spec=spec, as_at="2019-07-31").get("r")
    assert (found and found["status"]) == status
    assert reason in (found["reason"] if found else "")


@pytest.mark.parametrize(("months", "status"), [(19, "counted"), (18, "not_counted")])
def test_a_review_may_be_asked_for_in_time(months, status):
    """The contract begins on 1 October 2017: 1 April 2019 is 18 months later."""
    spec = with_indicator({**REVIEW, "within_months": months}, subject="review", unit="reviews")
    assert ask_members("asked", a_review("r", on="2019-04-01"), spec=spec)["r"]["status"] == status


def test_hours_of_an_activity_do_not_change_how_often_it_counts():
    spec = with_indicator(each("activities"), subject="activity", unit="activities")
    assert ask_figure("asked", an_activity("a", hours=Decimal(7), attendees=30), spec=spec).value == 1
