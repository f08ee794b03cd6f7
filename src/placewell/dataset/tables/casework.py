"""Tables about the support itself: contacts, profiles, plans, applications, destinations."""

from placewell.dataset.columns import Table, count, day, flag, key, parent, text

CONTACTS = Table(
    "contacts",
    "contact or attempt",
    (
        key("contact_id", "The contact's id", "002 App. 7 Sv 14"),
        parent("episode_id", "episodes", "The episode it was for", "002 App. 7 Sv 14"),
        text("specialist_id", "Who made the contact", "002 §9.12 iv"),
        day("on", "Day of the contact", "002 §17.9 ii", expected=True),
        text("kind", "Kind of contact", "002 App. 7 St 3", codes="contact_kind", expected=True),
        text("with_whom", "With whom", "002 App. 7 Sv 11", codes="with_whom", expected=True),
        text("attendance", "What became of it", "002 App. 6", codes="attendance", expected=True),
        count("minutes", "Length in minutes", "004 §3.2"),
        text("place", "Where it took place", "002 App. 7 Sv 13", codes="place"),
    ),
    "002 §17.9 i–iii, App. 7",
)

PROFILES = Table(
    "profiles",
    "version of a vocational profile",
    (
        parent("episode_id", "episodes", "The episode it belongs to", "002 App. 7 Sv 3"),
        count("version", "Number of the version, from 1", "002 App. 7 Sv 3"),
        day("started_on", "Day this version was begun", "002 §17.9 viii", expected=True),
        day("completed_on", "Day this version was completed", "002 §17.9 iv"),
    ),
    "002 §9.12 v, App. 7 Sv 3",
)

PLANS = Table(
    "plans",
    "version of a plan",
    (
        parent("episode_id", "episodes", "The episode it belongs to", "002 §9.10 iv"),
        count("version", "Number of the version, from 1", "002 App. 7 Sv 5"),
        text("kind", "Kind of plan", "002 §9.10 iv", codes="plan_kind", expected=True),
        day("agreed_on", "Day it was agreed with the person", "002 §9.10 iv", expected=True),
        day("ended_on", "Last day on which it held; absent while it holds", "002 §9.10 x"),
    ),
    "002 §9.10 iv, App. 7 Sv 5",
)

APPLICATIONS = Table(
    "applications",
    "job application",
    (
        key("application_id", "The application's id", "002 §17.9 v"),
        parent("episode_id", "episodes", "The episode it was for", "002 §17.9 v"),
        day("on", "Day it was sent", "002 §17.9 v", expected=True),
        text("made_by", "Who sent it", "002 App. 7 Sv 4", codes="made_by"),
        text("employer_id", "The employer", "002 App. 7 Sv 9"),
    ),
    "002 §17.9 v, App. 7 Sv 4",
)

EMPLOYER_CONTACTS = Table(
    "employer_contacts",
    "contact with an employer, once for each person it was for",
    (
        key("employer_contact_id", "The contact's id", "002 App. 7 Sv 6"),
        text("employer_id", "The employer", "002 App. 7 Sv 7"),
        parent("episode_id", "episodes", "The episode it was for; absent: for none", "002 App. 7 Sv 6", required=False),
        text("specialist_id", "Who made the contact", "002 App. 7 Sv 6"),
        day("on", "Day of the contact", "002 App. 7 Sv 4", expected=True),
        flag("face_to_face", "Whether it was face to face", "002 App. 7 Sv 4"),
        text("purpose", "What it was for", "002 App. 7 Sv 7", codes="employer_contact_purpose"),
        text("locality", "Locality of the employer", "001 §2.2"),
    ),
    "002 App. 7 Sv 4–7",
)

DESTINATIONS = Table(
    "destinations",
    "coded event in a person's life",
    (
        parent("episode_id", "episodes", "The episode it was recorded in", "002 §17.9 xvii"),
        day("on", "Day it happened", "002 §17.9 xvii", expected=True),
        text("code", "What happened", "002 §17.9 xvii", codes="destination", expected=True),
        text("detail", "More about it, in words that identify nobody", "001 reporting table"),
    ),
    "002 §17.9 xvii; 001 reporting table",
)

ONWARD_REFERRALS = Table(
    "onward_referrals",
    "onward referral or sign-posting",
    (
        parent("episode_id", "episodes", "The episode it was made in", "004 §8.3"),
        day("on", "Day it was made", "004 §8.3", expected=True),
        text("to", "Kind of service it was made to", "004 §8.3", codes="onward_service"),
        text("kind", "Whether referred or sign-posted", "004 §8.3", codes="onward_kind"),
    ),
    "001 reporting; 002 §9.8; 004 §8.3",
)

WORK_METHODS = Table(
    "work_methods",
    "method a person uses to manage health and work",
    (
        parent("episode_id", "episodes", "The episode it was recorded in", "002 §17.9 x"),
        day("on", "Day it was recorded", "002 §17.9 x", expected=True),
        text("method", "The method", "002 §17.9 x", codes="work_method", expected=True),
    ),
    "002 §17.9 x",
)

DISCLOSURES = Table(
    "disclosures",
    "decision on telling an employer about a health condition",
    (
        parent("episode_id", "episodes", "The episode it was made in", "002 §17.9 ix"),
        parent("job_id", "jobs", "The job it was about, where there was one", "002 App. 7 Sv 2", required=False),
        day("on", "Day of the decision", "002 §9.10 vii", expected=True),
        text("decision", "What the person decided", "002 §17.9 ix", codes="disclosure_decision", expected=True),
        text("to_whom", "Whom to tell", "002 §9.10 vii", codes="disclosed_to"),
        text("what", "What to tell, as a kind of information", "002 §9.10 vii", codes="disclosed_what"),
        text("tell_when", "When to tell", "002 §9.10 vii", codes="disclosed_when"),
    ),
    "002 §9.10 vii, §17.9 ix, App. 7 Sv 2",
)

SUPPORT_DECISIONS = Table(
    "support_decisions",
    "decision on support at or beyond a limit",
    (
        parent("episode_id", "episodes", "The episode it was about", "002 §9.10 x"),
        day("on", "Day of the decision", "002 §9.10 x", expected=True),
        text("limit", "Which limit of support", "002 §9.10 ix–x", codes="support_limit", expected=True),
        text("decision", "What was decided", "002 §9.10 ix–x", codes="support_decision", expected=True),
        text("reason", "Code of the reason for support beyond the limit", "002 §9.10 x"),
        day("until_on", "Last day of the support beyond the limit", "002 §9.10 x"),
    ),
    "002 §4.4, §9.10 ix–x",
)

SUPPORT_REQUESTS = Table(
    "support_requests",
    "request for support in work once more, after it had ended",
    (
        key("support_request_id", "The request's id", "002 §9.10 ix"),
        parent("episode_id", "episodes", "The episode it was made in", "002 §9.10 ix"),
        day("on", "Day it was asked for", "002 App. 7 Sv 12", expected=True),
        text("asked_by", "Who asked", "002 App. 7 Sv 12", codes="support_asked_by"),
        day("decided_on", "Day it was decided; absent while it is not", "002 §9.10 ix"),
        flag("granted", "Whether support is taken up again; absent while undecided", "002 §9.10 ix"),
    ),
    "002 §9.10 ix, App. 7 Sv 12",
)

BENEFITS_ADVICE = Table(
    "benefits_advice",
    "advice on what work does to a person's income and benefits",
    (
        parent("episode_id", "episodes", "The episode it was given in", "002 §9.10 vi"),
        parent("job_id", "jobs", "The job it was about, where there was one", "002 App. 7 Sv 1", required=False),
        day("on", "Day it was given", "002 §9.10 vi", expected=True),
        text("about", "What it was about", "002 App. 7 Sv 1", codes="benefits_advice_about", expected=True),
    ),
    "002 §9.10 vi, App. 7 Sv 1",
)

JOB_PROBLEMS = Table(
    "job_problems",
    "problem in a job that the service learned of",
    (
        key("job_problem_id", "The problem's id", "002 App. 7 Sv 12"),
        parent("episode_id", "episodes", "The episode it was recorded in", "002 App. 7 Sv 12"),
        parent("job_id", "jobs", "The job it arose in", "002 App. 7 Sv 12", required=False),
        day("known_on", "Day the service learned of it", "002 App. 7 Sv 12", expected=True),
        text("kind", "Kind of problem", "002 App. 7 Sv 12", codes="job_problem_kind"),
    ),
    "002 App. 7 Sv 12",
)

BARRIERS = Table(
    "barriers",
    "something that stands between a person and work",
    (
        parent("episode_id", "episodes", "The episode it was recorded in", "002 App. 7 St 2"),
        day("on", "Day it was recorded", "002 App. 7 St 2", expected=True),
        text("barrier", "What stands in the way", "002 App. 7 St 2", codes="work_barrier", expected=True),
        day("ended_on", "Last day on which it did; absent while it does", "002 App. 7 St 2"),
    ),
    "002 App. 7 St 2",
)

ADJUSTMENTS = Table(
    "adjustments",
    "adjustment at work that a person asks for",
    (
        parent("episode_id", "episodes", "The episode it was recorded in", "002 App. 7 Sv 3"),
        parent("job_id", "jobs", "The job it is for, where there is one", "002 App. 7 Sv 11", required=False),
        day("on", "Day it was asked for", "002 App. 7 Sv 3", expected=True),
        text("kind", "Kind of adjustment", "002 App. 7 Sv 3", codes="adjustment_kind", expected=True),
        day("in_place_on", "First day on which it was in place; absent while it is not", "002 App. 7 Sv 11"),
    ),
    "002 App. 7 Sv 3, Sv 11; 004 §3.2",
)

ACCESS_TO_WORK = Table(
    "access_to_work",
    "step with Access to Work",
    (
        parent("episode_id", "episodes", "The episode it was taken in", "002 App. 7 Sv 1"),
        parent("job_id", "jobs", "The job it is for, where there is one", "002 App. 7 Sv 1", required=False),
        day("on", "Day of the step", "002 App. 7 Sv 1", expected=True),
        text("step", "What was done or decided", "002 App. 7 Sv 1", codes="access_to_work_step", expected=True),
    ),
    "002 App. 7 Sv 1; 004 §3.2",
)

TABLES = (
    CONTACTS,
    PROFILES,
    PLANS,
    APPLICATIONS,
    EMPLOYER_CONTACTS,
    DESTINATIONS,
    ONWARD_REFERRALS,
    WORK_METHODS,
    DISCLOSURES,
    SUPPORT_DECISIONS,
    SUPPORT_REQUESTS,
    BENEFITS_ADVICE,
    JOB_PROBLEMS,
    BARRIERS,
    ADJUSTMENTS,
    ACCESS_TO_WORK,
)
