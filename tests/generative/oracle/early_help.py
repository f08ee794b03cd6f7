"""The second opinion on 004's figures: entry by the first appointment, work after 12 weeks, forms, records, sessions.

Written from semantics.md §3 and the notes of the catalogue, in plain Python, a history at a time.
"""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from .facts import APPOINTMENT_KINDS, by_key, histories
from .judgement import (
    COUNTED,
    EPISODE,
    EXCLUDED,
    NOT_COUNTED,
    NOT_DUE,
    PERSON,
    event,
    judge_histories,
    key_of,
    member,
    referral,
)

SERVICE = "nottingham_health_employment"
IN_WORK = ("in_work", "off_sick", "self_employed")
DIMENSIONS = ("mobility", "self_care", "usual_activities", "pain", "anxiety")
WORTH = {
    "mobility": ("0", "0.032", "0.058", "0.179", "0.279"),
    "self_care": ("0", "0.038", "0.060", "0.162", "0.206"),
    "usual_activities": ("0", "0.049", "0.086", "0.184", "0.212"),
    "pain": ("0", "0.056", "0.066", "0.371", "0.479"),
    "anxiety": ("0", "0.041", "0.126", "0.313", "0.391"),
}
"""What each level takes from full health: Rowen and others, 2026 (the reference facts of the project)."""
CLINICAL = {
    "psychological_therapies", "physiotherapy", "mental_health", "gp", "back_pain", "stroke", "dementia",
    "cancer_support", "drug_and_alcohol",
}  # fmt: skip
TAKEN_UP = {"employability_support", "training", "retraining", "mainstream_work_experience", "placement_scheme"}
DAYS = {"employment_checks": "on", "responses": "completed_on", "onward_referrals": "on", "destinations": "on"}


def is_appointment(contact):
    came = contact["with_whom"] == "client" and contact["attendance"] == "attended"
    return came and contact["kind"] in APPOINTMENT_KINDS


def first_appointments(tables, as_at):
    """The day each episode was first met, on or after its referral."""
    received = {row["episode_id"]: row["referred_on"] for row in tables["episodes"]}
    found = {}
    for contact in tables["contacts"]:
        episode, on = contact["episode_id"], contact["on"]
        if on is None or on > as_at or received.get(episode) is None or on < received[episode]:
            continue
        if is_appointment(contact):
            found[episode] = min(on, found.get(episode, on))
    return found


def of_service(tables, as_at):
    """Every episode of the service with its facts; what the shared histories do not hold is hung on them."""
    met = first_appointments(tables, as_at)
    everyone = histories(tables, SERVICE, as_at, lambda row, *_: met.get(row["episode_id"]))
    known = {
        name: by_key([row for row in tables.get(name, ()) if row[day] is not None and row[day] <= as_at], "episode_id")
        for name, day in DAYS.items()
    }
    contacts = by_key([row for row in tables["contacts"] if row["on"] is not None and row["on"] <= as_at], "episode_id")
    for history in everyone:
        own = history.row["episode_id"]
        history.all = {name: rows.get(own, []) for name, rows in known.items()}
        entry = history.entered_on
        history.since = {
            name: [row for row in rows if entry is not None and row[DAYS[name]] >= entry]
            for name, rows in history.all.items()
        }
        history.sessions = [
            row for row in contacts.get(own, []) if entry is not None and row["on"] >= entry and is_appointment(row)
        ]
    return everyone


def group_of(history):
    status = history.row.get("employment_at_entry")
    if status in IN_WORK:
        return "in_work"
    return None if status in (None, "not_known") else "out_of_work"


def among(group, decide):
    """Only people of a group; the others are outside."""

    def decided(question, history):
        status, day, value = decide(question, history)
        return (status if group_of(history) == group else EXCLUDED), day, value

    return decided


def work_after_12_weeks(question, history):
    due = history.entered_on + timedelta(days=84)
    if not question.holds(due):
        return EXCLUDED, due, None
    if due > question.as_at:
        return NOT_DUE, due, None
    first, last = history.entered_on + timedelta(days=70), history.entered_on + timedelta(days=112)
    near = [row for row in history.since["employment_checks"] if first <= row["on"] <= last]
    if not near:
        return NOT_COUNTED, due, None
    distance = min(abs((row["on"] - due).days) for row in near)
    latest = max(row["on"] for row in near if abs((row["on"] - due).days) == distance)
    works = any(row["status"] in ("at_work", "phased_return") for row in near if row["on"] == latest)
    return COUNTED if works else NOT_COUNTED, due, None


def forms(history, instrument):
    """Every form of an instrument: its day, id, occasion and answers."""
    found = []
    of_instrument = [row for row in history.since["responses"] if row["instrument"] == instrument]
    for id, rows in by_key(of_instrument, "response_id").items():
        answers = {row["item"]: row["answer"] for row in rows if row["answer"] is not None}
        found.append((rows[0]["completed_on"], id, rows[0]["occasion"], answers))
    return sorted(found, key=lambda form: form[:2])


def index(answers):
    """The worth of a state of health; none where a dimension is left out or is no level."""
    total = Decimal(1)
    for dimension in DIMENSIONS:
        level = answers.get(dimension)
        if level not in ("1", "2", "3", "4", "5"):
            return None
        total -= Decimal(WORTH[dimension][int(level) - 1])
    return total


def eq5d_improved(question, history):
    scored = [(day, id, occasion, index(answers)) for day, id, occasion, answers in forms(history, "eq5d5l")]
    scored = [form for form in scored if form[3] is not None]
    baselines = [form for form in scored if form[2] == "baseline"]
    later = [form for form in scored if baselines and form[0] > baselines[0][0]]
    if not later:
        return NOT_DUE, None, None
    day, better = later[-1][0], later[-1][3] > baselines[0][3]
    return event(question, day, better), day, None


def began_at_best(history):
    baselines = [form for form in forms(history, "eq5d5l") if form[2] == "baseline" and index(form[3]) is not None]
    return bool(baselines) and index(baselines[0][3]) == 1


def reported(question, history, items, good):
    full = [
        form for form in forms(history, "self_report") if form[2] == "exit" and all(item in form[3] for item in items)
    ]
    if not full:
        return NOT_DUE, None, None
    day, answers = full[-1][0], full[-1][3]
    return event(question, day, all(answers[item] == good for item in items)), day, None


def left_on(history):
    closed = history.row.get("closed_on")
    return closed if closed is not None and closed >= history.entered_on else None


def questionnaire_completed(question, history):
    day = left_on(history)
    completed = any(form[2] == "exit" for form in forms(history, "satisfaction"))
    return event(question, day, completed), day, None


def rated_good(question, history):
    day = left_on(history)
    rated = [
        form[3]["overall"] for form in forms(history, "satisfaction") if form[2] == "exit" and "overall" in form[3]
    ]
    if day is not None and not rated:
        return EXCLUDED, day, None
    return event(question, day, bool(rated) and rated[-1] in ("good", "very_good", "excellent")), day, None


def nth_session(question, history, n):
    days = sorted(row["on"] for row in history.sessions)
    day = days[n - 1] if len(days) >= n else None
    return event(question, day), day, None


def entered(question, history, column=None):
    day = history.entered_on
    return event(question, day, column is None or history.row.get(column) is True), day, None


def first_of(question, days):
    day = min(days, default=None)
    return event(question, day), day, None


def taken_up(question, history):
    return first_of(question, [row["on"] for row in history.since["destinations"] if row["code"] in TAKEN_UP])


def is_clinical(row):
    return row["to"] in CLINICAL and row["kind"] == "referral"


def to_clinical(question, history):
    return first_of(question, [row["on"] for row in history.since["onward_referrals"] if is_clinical(row)])


def to_fit_for_work(question, history):
    received = history.row["referred_on"]
    sent = [row["on"] for row in history.all["onward_referrals"] if row["to"] == "fit_for_work"]
    return first_of(question, [day for day in sent if day >= received])


CONTACT, RECORD = "contact", "record"
INDICATORS = {
    "in_work_after_12_weeks": (PERSON, "proportion", among("in_work", work_after_12_weeks)),
    "returned_to_work_after_12_weeks": (PERSON, "proportion", among("out_of_work", work_after_12_weeks)),
    "eq5d_improved": (PERSON, "proportion", among("out_of_work", eq5d_improved)),
    "self_reported_improvement": (PERSON, "proportion", partial(reported, items=("1", "2", "3"), good="better")),
    "questionnaire_completed": (PERSON, "proportion", questionnaire_completed),
    "rated_good": (PERSON, "proportion", rated_good),
    "in_work_assessed": (PERSON, "count", among("in_work", partial(nth_session, n=2))),
    "out_of_work_assessed": (PERSON, "count", among("out_of_work", partial(nth_session, n=2))),
    "long_term_condition": (PERSON, "proportion", partial(entered, column="has_long_term_condition")),
    "sessions": (CONTACT, "count", None),
    "in_work_assessments": (PERSON, "count", among("in_work", entered)),
    "out_of_work_assessments": (PERSON, "count", among("out_of_work", entered)),
    "employability_support": (PERSON, "count", taken_up),
    "less_nhs_use": (PERSON, "count", partial(reported, items=("4",), good="less")),
    "less_medication": (PERSON, "count", partial(reported, items=("5",), good="less")),
    "to_fit_for_work": (EPISODE, "count", to_fit_for_work),
    "to_clinical_services": (PERSON, "count", to_clinical),
    "to_each_clinical_service": (RECORD, "count", None),
    "referrals": (EPISODE, "count", referral),
    "common_mental_health_problem": (PERSON, "count", partial(entered, column="has_common_mental_health_problem")),
    "autism": (PERSON, "count", partial(entered, column="has_autism")),
    "learning_disability": (PERSON, "count", partial(entered, column="has_learning_disability")),
    "beyond_session_guide": (PERSON, "count", partial(nth_session, n=9)),
}


def judge(everyone, indicator, question):
    """The member table of an indicator, each row with the work status on entry among its cells."""
    subject = INDICATORS[indicator][0]
    if subject == CONTACT:
        rows = [
            member(history, row["contact_id"], event(question, row["on"]), row["on"], None, history.first_job)
            for history in everyone
            for row in history.sessions
        ]
    elif subject == RECORD:
        rows = list(_first_records(everyone, question))
    else:
        rows = judge_histories(everyone, indicator, question, indicators=INDICATORS)
    statuses = {history.row["episode_id"]: history.row.get("employment_at_entry") for history in everyone}
    for row in rows:
        row["cells"]["employment_at_entry"] = key_of(statuses[row["episode_id"]])
    return rows


def _first_records(everyone, question):
    """Each service once an episode, on the first day it was referred to."""
    for history in everyone:
        found = by_key([row for row in history.since["onward_referrals"] if is_clinical(row)], "to")
        for to, rows in found.items():
            day = min(row["on"] for row in rows)
            subject = f"{history.row['episode_id']}:{to}"
            yield member(history, subject, event(question, day), day, None, history.first_job)
