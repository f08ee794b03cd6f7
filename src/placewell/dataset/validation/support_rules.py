"""Rules about the support given and the service: days before the referral, spells that end too soon, ranges."""

from __future__ import annotations

import polars as pl

from placewell.dataset.tables import TABLES
from placewell.dataset.validation.rules import RowRule, between, on_or_after

MINUTES_IN_A_DAY = 1440
HOURS_TO_REPORT = 24

NOT_BEFORE_THE_REFERRAL = {
    "consents": "given_on",
    "allocations": "allocated_on",
    "screenings": "decided_on",
    "benefits": "on",
    "responses": "completed_on",
    "employment_checks": "on",
    "contacts": "on",
    "profiles": "started_on",
    "plans": "agreed_on",
    "applications": "on",
    "employer_contacts": "on",
    "destinations": "on",
    "onward_referrals": "on",
    "work_methods": "on",
    "disclosures": "on",
    "support_decisions": "on",
    "support_requests": "on",
    "benefits_advice": "on",
    "job_problems": "known_on",
    "evidence": "received_on",
}

AFTER_REFERRAL = tuple(
    on_or_after(table, column, "episode.referred_on", "the referral")
    for table, column in NOT_BEFORE_THE_REFERRAL.items()
)

SPELLS = (
    on_or_after("support_decisions", "until_on", "on", "the day of the decision"),
    on_or_after("support_requests", "decided_on", "on", "the day it was asked for"),
    on_or_after("profiles", "completed_on", "started_on", "the day it was begun"),
    on_or_after("plans", "ended_on", "agreed_on", "the day it was agreed"),
    on_or_after("postings", "to_on", "from_on", "the first day in the post"),
    on_or_after("practice_links", "to_on", "from_on", "the first day"),
    on_or_after("training", "expires_on", "completed_on", "the day it was completed"),
    on_or_after("complaints", "closed_on", "received_on", "the day it was received"),
    on_or_after("complaints", "host_told_on", "received_on", "the day it was received"),
    on_or_after("fidelity_actions", "agreed_on", "review.on", "the review"),
    on_or_after("fidelity_actions", "due_on", "agreed_on", "the day it was agreed"),
    on_or_after("fidelity_actions", "achieved_on", "agreed_on", "the day it was agreed"),
    on_or_after("incidents", "reported_on", "occurred_on", "the day it occurred"),
    on_or_after("incidents", "known_on", "occurred_on", "the day it occurred"),
)

RANGES = (
    between("contacts", "minutes", 0, MINUTES_IN_A_DAY, "minutes"),
    between("employment_checks", "weekly_hours", 0, 168, "hours a week"),
    between("profiles", "version", 1, 1000, "the number of the version,"),
    between("plans", "version", 1, 1000, "the number of the version,"),
    between("postings", "fte", 0, 1, "a share of full time"),
    between("activities", "attendees", 0, 100_000, "a number of people"),
    between("activities", "hours", 0, 1000, "hours"),
    between("fidelity_reviews", "score", 1, 5, "a score"),
)

WORDS = (
    RowRule(
        "support_decisions",
        "reason",
        (pl.col("decision") == "extended") & pl.col("reason").is_null(),
        "a reason: support beyond the limit is for exceptional cases",
        "002 §9.10 x",
        "warning",
    ),
    RowRule(
        "support_requests",
        "granted",
        pl.col("granted").is_null() & pl.col("decided_on").is_not_null(),
        "true or false: the request was decided ({beside})",
        "002 §9.10 ix",
        "warning",
        "decided_on",
    ),
    RowRule(
        "support_requests",
        "decided_on",
        pl.col("granted").is_not_null() & pl.col("decided_on").is_null(),
        "the day of the decision: without it the clock of the request runs on",
        "002 §9.10 ix",
        "warning",
    ),
    RowRule(
        "contacts",
        "on",
        pl.col("on") > pl.col("episode.closed_on"),
        "a day on or before the day the episode was closed ({beside})",
        "002 App. 7 Sv 14",
        "warning",
        "episode.closed_on",
    ),
    RowRule(
        "responses", "answer", pl.col("answer").is_null(), "an answer, or no row", TABLES["responses"].source, "warning"
    ),
    RowRule("costs", "month", pl.col("month").dt.day() != 1, "the first day of a month", "002 §21"),
    RowRule(
        "incidents",
        "hours_to_report",
        pl.col("serious").fill_null(False) & (pl.col("hours_to_report") > HOURS_TO_REPORT),
        f"a written report within {HOURS_TO_REPORT} hours of a serious incident",
        "002 App. 4 v",
        "warning",
    ),
)

RULES = AFTER_REFERRAL + SPELLS + RANGES + WORDS
