"""Tables about jobs, the hours worked in them, the documents that prove them, and the money claimed."""

from placewell.dataset.columns import Table, day, flag, key, number, parent, text

JOBS = Table(
    "jobs",
    "job",
    (
        key("job_id", "The job's id", "002 §17.9 vii"),
        parent("episode_id", "episodes", "The episode in which it was gained", "002 §17.9 vi"),
        text("employer_id", "The employer", "002 App. 7 Sv 9"),
        day("started_on", "Day the job started by contract", "002 Fig. 2"),
        day("first_day_worked_on", "First day the person worked", "002 App. 6"),
        day("ended_on", "Last day of the job; absent while it lasts", "002 §17.9 xi"),
        day("end_known_on", "Day the service learned of the end; absent: the day of the end", "002 App. 7 Sv 12"),
        text("end_reason", "Why the job ended", "002 App. 7 Org 6", codes="job_end_reason"),
        number("contract_hours", "Hours a week by contract", "002 App. 6"),
        number("paid_hours_to_date", "Hours paid so far", "003 data set"),
        flag("self_employed", "Whether the person works for themselves", "002 App. 6"),
        flag(
            "competitive", "Judged paid at the minimum wage or more, open to anyone, not set aside", "002 App. 7 Sv 10"
        ),
        text("contract_type", "Kind of contract", "002 App. 7 Sv 10", codes="contract_type"),
        number("hourly_wage", "Pay for an hour, or its equivalent, in pounds", "002 §17.9 xiii"),
        text("occupation", "Job role: SOC 2020 code of any level", "002 §17.9 xiv", codes="occupation"),
        text("industry", "Industry: SIC 2007 code of any level", "002 §17.9 xv", codes="industry"),
        flag("disclosed", "Whether the employer was told of a condition", "002 §17.9 ix"),
    ),
    "002 §17.9 vi–xv, App. 6",
)

JOB_HOURS = Table(
    "job_hours",
    "spell of hours within a job",
    (
        parent("job_id", "jobs", "The job", "002 App. 6"),
        day("from_on", "First day of the spell", "002 App. 6", expected=True),
        day("to_on", "Last day of the spell; absent while it lasts", "002 App. 6"),
        number("weekly_hours", "Hours a week; absent: not known", "002 App. 6"),
    ),
    "002 App. 6",
)

JOB_PAY = Table(
    "job_pay",
    "change of pay within a job",
    (
        parent("job_id", "jobs", "The job", "002 §9.10 vi"),
        day("from_on", "First day of the new pay", "002 §9.10 vi"),
        number("hourly_wage", "Pay for an hour, or its equivalent, in pounds", "002 §17.9 xiii"),
    ),
    "002 §9.10 vi, §17.9 xiii",
)

EVIDENCE = Table(
    "evidence",
    "document",
    (
        key("evidence_id", "The document's id", "002 §17.11"),
        parent("episode_id", "episodes", "The episode it belongs to", "002 App. 6"),
        parent("job_id", "jobs", "The job it is about, where it names one", "002 App. 6", required=False),
        text("outcome", "The outcome it is meant to prove", "002 App. 6", codes="evidence_outcome", expected=True),
        text("kind", "Kind of document", "002 App. 6, Fig. 2", codes="evidence_kind", expected=True),
        day("about_on", "The day it vouches for; for a contract the start it names", "002 App. 6"),
        day("received_on", "Day it was received", "002 App. 6", expected=True),
        text("status", "How far it has been checked", "002 §16.9", codes="evidence_status", expected=True),
        day("decided_on", "Day it was last verified or rejected", "002 §16.9"),
        text("decided_by", "Who verified or rejected it", "002 §16.9"),
        day("verified_on", "Day it was first verified; kept when it is later rejected", "002 §16.9"),
    ),
    "002 App. 6, Fig. 2, §17.11",
)

CLAIMS = Table(
    "claims",
    "payment claimed",
    (
        key("claim_id", "The claim's id", "002 §21.4"),
        parent("person_id", "people", "The person it is for", "002 §21.4"),
        parent("episode_id", "episodes", "The episode of the job start", "002 §21.4", required=False),
        parent("job_id", "jobs", "The job start claimed", "002 §21.4", required=False),
        number("amount", "Pounds claimed", "002 §21.4"),
        day("claimed_on", "Day it was claimed", "002 §21", expected=True),
        day("paid_on", "Day it was paid", "002 §21"),
        day("clawed_back_on", "Day it was taken back", "002 §21"),
    ),
    "002 §21",
)

TABLES = (JOBS, JOB_HOURS, JOB_PAY, EVIDENCE, CLAIMS)
