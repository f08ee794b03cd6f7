"""A sound folder of CSV files, changed by one value at a time, and the findings that this gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from placewell.dataset import Finding, validate_folder

TODAY = date(2019, 6, 14)
CODES = {"lot": ["dudley", "wolverhampton"], "service_id": ["thrive_into_work"], "closure_reason": ["moved_away"]}

SOUND: dict[str, dict[str, Any]] = {
    "people": {"person_id": "p1", "birth_date": "1990-05-10", "nhs_number": "9434765919", "postcode": "WV1 1AA",
               "postcode_district": "WV1", "email": "a@example.org", "gender": "2", "ethnicity": "A"},
    "episodes": {"episode_id": "e1", "person_id": "p1", "service_id": "thrive_into_work", "lot": "dudley",
                 "referred_on": "2019-04-02", "accepted_on": "2019-04-05", "specialist_id": "s1", "source": "gp",
                 "employment_at_entry": "unemployed"},
    "consents": {"episode_id": "e1", "kind": "share_data", "given_on": "2019-04-06"},
    "allocations": {"episode_id": "e1", "arm": "ips", "allocated_on": "2019-04-06"},
    "screenings": {"episode_id": "e1", "criterion": "age", "decided_on": "2019-04-05", "answer": "met"},
    "benefits": {"episode_id": "e1", "on": "2019-04-06", "benefit": "esa", "received": "true"},
    "responses": {"response_id": "r1", "episode_id": "e1", "instrument": "swemwbs", "occasion": "baseline",
                  "completed_on": "2019-04-06", "item": "1", "answer": "3"},
    "employment_checks": {"episode_id": "e1", "on": "2019-04-06", "status": "not_working", "weekly_hours": "0"},
    "contacts": {"contact_id": "c1", "episode_id": "e1", "on": "2019-04-06", "kind": "appointment",
                 "with_whom": "client", "attendance": "attended", "minutes": "45", "place": "community"},
    "profiles": {"episode_id": "e1", "version": "1", "started_on": "2019-04-06", "completed_on": "2019-04-10"},
    "plans": {"episode_id": "e1", "version": "1", "kind": "vocational_action", "agreed_on": "2019-04-10"},
    "applications": {"application_id": "a1", "episode_id": "e1", "on": "2019-04-12", "made_by": "client"},
    "employer_contacts": {"employer_contact_id": "x1", "episode_id": "e1", "on": "2019-04-12", "purpose": "lead"},
    "destinations": {"episode_id": "e1", "on": "2019-04-12", "code": "training"},
    "onward_referrals": {"episode_id": "e1", "on": "2019-04-12", "to": "housing", "kind": "signpost"},
    "work_methods": {"episode_id": "e1", "on": "2019-04-12", "method": "pacing"},
    "disclosures": {"episode_id": "e1", "job_id": "j1", "on": "2019-04-12", "decision": "yes"},
    "support_decisions": {"episode_id": "e1", "on": "2019-06-01", "limit": "in_work", "decision": "extended",
                          "reason": "other", "until_on": "2019-12-31"},
    "support_requests": {"support_request_id": "w1", "episode_id": "e1", "on": "2019-06-03", "asked_by": "person",
                         "decided_on": "2019-06-05", "granted": "true"},
    "jobs": {"job_id": "j1", "episode_id": "e1", "started_on": "2019-05-01", "first_day_worked_on": "2019-05-02",
             "contract_hours": "20", "competitive": "true", "self_employed": "false", "hourly_wage": "8.21",
             "occupation": "9233", "industry": "47"},
    "job_hours": {"job_id": "j1", "from_on": "2019-05-01", "to_on": "2019-05-31", "weekly_hours": "20"},
    "job_pay": {"job_id": "j1", "from_on": "2019-05-20", "hourly_wage": "8.50"},
    "job_problems": {"job_problem_id": "q1", "episode_id": "e1", "job_id": "j1", "known_on": "2019-05-21",
                     "kind": "health"},
    "benefits_advice": {"episode_id": "e1", "job_id": "j1", "on": "2019-04-25", "about": "before_start"},
    "barriers": {"episode_id": "e1", "on": "2019-04-12", "barrier": "transport", "ended_on": "2019-05-20"},
    "adjustments": {"episode_id": "e1", "job_id": "j1", "on": "2019-05-03", "kind": "breaks",
                    "in_place_on": "2019-05-10"},
    "access_to_work": {"episode_id": "e1", "job_id": "j1", "on": "2019-05-04", "step": "considered"},
    "evidence": {"evidence_id": "v1", "episode_id": "e1", "job_id": "j1", "outcome": "job_start", "kind": "payslip",
                 "about_on": "2019-05-02", "received_on": "2019-05-10", "status": "verified",
                 "decided_on": "2019-05-11", "decided_by": "m1"},
    "claims": {"claim_id": "m1", "person_id": "p1", "episode_id": "e1", "job_id": "j1", "amount": "750",
               "claimed_on": "2019-05-31"},
    "activities": {"activity_id": "b1", "on": "2019-05-01", "kind": "course", "attendees": "8", "hours": "2"},
    "postings": {"specialist_id": "s1", "role": "specialist", "fte": "1", "from_on": "2018-01-01"},
    "training": {"specialist_id": "s1", "course": "ips", "completed_on": "2018-02-01", "expires_on": "2021-02-01"},
    "complaints": {"complaint_id": "k1", "received_on": "2019-05-01", "host_told_on": "2019-05-01"},
    "incidents": {"incident_id": "i1", "occurred_on": "2019-05-01", "known_on": "2019-05-01",
                  "reported_on": "2019-05-02", "serious": "true", "hours_to_report": "20"},
    "fidelity_reviews": {"review_id": "f1", "item": "1", "on": "2019-05-01", "scale": "adapted", "score": "4"},
    "fidelity_actions": {"action_id": "x1", "review_id": "f1", "item": "1", "agreed_on": "2019-05-02",
                         "due_on": "2019-06-01", "achieved_on": "2019-05-20"},
    "practice_links": {"specialist_id": "s1", "gp_practice": "M91001", "from_on": "2018-01-01"},
    "costs": {"month": "2019-05-01", "line": "travel", "amount": "100"},
}  # fmt: skip


def findings(place: Path, *more: tuple[str, dict[str, Any]], **change: dict[str, Any]) -> list[Finding]:
    """What validating finds when rows of the sound folder are changed (None takes a value away) and rows are added."""
    rows = {table: [{**row, **change.get(table, {})}] for table, row in SOUND.items()}
    for table, row in more:
        rows[table].append({**SOUND[table], **row})
    for table, given in rows.items():
        columns = dict.fromkeys(name for row in given for name in row)
        frame = {name: [row.get(name) for row in given] for name in columns}
        pl.DataFrame(frame, schema=dict.fromkeys(columns, pl.String())).write_csv(place / f"{table}.csv")
    return validate_folder(place, CODES, TODAY)


def told(found: list[Finding]) -> list[str]:
    """Findings as "severity table.column row", for comparing."""
    return [f"{f.severity} {f.table}.{f.column} {f.row}" for f in found]
