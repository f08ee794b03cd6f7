"""Where every table of the data set comes from: the one mapping of the site's models to its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl
from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import Posting, Training
from placewell_web.accounts.roles import Role
from placewell_web.casework.models import (
    AccessToWork,
    Adjustment,
    Application,
    Barrier,
    BenefitsAdvice,
    Contact,
    Destination,
    Disclosure,
    EmployerContact,
    EmploymentCheck,
    Evidence,
    Job,
    JobHours,
    JobPay,
    JobProblem,
    OnwardReferral,
    Plan,
    Profile,
    Supervision,
    SupportDecision,
    SupportRequest,
    WorkMethod,
)
from placewell_web.clients.actions import GOES_ALONG
from placewell_web.clients.models import Allocation, Benefit, Consent, Episode, Person, Response
from placewell_web.employers.models import Activity
from placewell_web.intake.models import CriterionAnswer


@dataclass(frozen=True, eq=False)  # one object is one source; it keys a cache
class Source:
    """One table of the data set: the model its rows are, and the field each column is.

    `episode`: the path from a row to its episode's key; None where rows belong to no episode (service activity, staff).
    `columns`: column of the data set → field of the model; `derived`: columns worked out from these texts.
    `lot`: the path to the lot of a row that belongs to no episode.
    `of_person`: the rows are people, and `episode` is the path to the person's key.
    """

    table: str
    model: type[models.Model]
    columns: Mapping[str, str]
    episode: str | None = "episode_id"
    lot: str | None = None
    of_person: bool = False
    where: Q = field(default_factory=Q)
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)

    def is_id(self, column: str) -> bool:
        """Whether the column holds an id of the site (a UUID), which SQLite and PostgreSQL write differently."""
        return isinstance(_target(self.model, self.columns[column]), models.UUIDField)


def _target(model: type[models.Model], path: str) -> models.Field[object, object]:
    """The field at the end of a path such as `screening__episode_id`, through foreign keys to the key they hold."""
    *steps, last = path.split("__")
    for step in steps:
        related = model._meta.get_field(step).related_model
        assert isinstance(related, type)
        model = related
    found = (
        model._meta.pk
        if last == "pk"
        else model._meta.get_field(last.removesuffix("_id") if _is_key(model, last) else last)
    )
    while isinstance(found, models.ForeignKey):
        found = found.target_field
    assert isinstance(found, models.Field)
    return found


def _is_key(model: type[models.Model], name: str) -> bool:
    return any(f.attname == name and f.name != name for f in model._meta.concrete_fields)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_SQUEEZED = pl.col("postcode").str.replace_all(" ", "").str.to_uppercase()
_OUTWARD_CODE = pl.when(_SQUEEZED.str.len_chars() > 3).then(_SQUEEZED.str.head(-3))  # the rest is the inward code

_PROVIDERS_ROLES = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER, Role.ADMINISTRATOR)

_ALL = (
    Source(
        "people",
        Person,
        {"person_id": "pk"}
        | _same("birth_date", "first_name", "surname", "email", "phone", "postcode", "nhs_number", "region", "gender")
        | _same("ethnicity", "religion", "sexual_orientation", "education"),
        episode="pk",
        of_person=True,
        where=Q(merged_into__isnull=True),
        derived={"postcode_district": _OUTWARD_CODE},
    ),
    Source(
        "episodes",
        Episode,
        {"episode_id": "pk", "lot": "lot_id", "gp_practice": "gp_practice_id"}
        | _same("person_id", "service_id", "locality", "team_id", "referred_on", "source", "route", "prompted_by")
        | _same("accepted_on", "declined_on", "decline_reason", "opted_in_on", "specialist_id", "primary_condition")
        | _same("has_long_term_condition", "has_common_mental_health_problem", "has_autism", "has_learning_disability")
        | _same("employment_at_entry", "time_since_last_worked", "closed_on", "closure_reason")
        | {"follows": "follows_id", "shares": "follows_how"},
        episode="pk",
        derived={"shares": pl.when(pl.col("shares") != "").then(pl.col("shares").is_in(GOES_ALONG))},
    ),
    Source("consents", Consent, _same("episode_id", "kind", "form_version", "given_on", "withdrawn_on")),
    Source("allocations", Allocation, _same("episode_id", "arm", "allocated_on")),
    Source(
        "screenings",
        CriterionAnswer,
        {
            "episode_id": "screening__episode_id",
            "decided_on": "screening__decided_on",
            "specification_version": "screening__specification_version",
        }
        | _same("criterion", "answer", "reason"),
        episode="screening__episode_id",
    ),
    Source("benefits", Benefit, _same("episode_id", "on", "benefit", "received")),
    Source(
        "responses",
        Response,
        {"response_id": "form_id"} | _same("episode_id", "instrument", "occasion", "completed_on", "item", "answer"),
    ),
    Source(
        "employment_checks",
        EmploymentCheck,
        _same("episode_id", "on", "status", "weekly_hours", "on_sick_pay", "on_benefits"),
    ),
    Source(
        "jobs",
        Job,
        {"job_id": "pk"}
        | _same(
            "episode_id", "employer_id", "started_on", "first_day_worked_on", "ended_on", "end_known_on", "end_reason"
        )
        | _same("contract_hours", "paid_hours_to_date", "self_employed", "competitive", "contract_type")
        | _same("hourly_wage", "occupation", "industry", "disclosed"),
    ),
    Source(
        "contacts",
        Contact,
        {"contact_id": "pk"}
        | _same("episode_id", "specialist_id", "on", "kind", "with_whom", "attendance", "minutes", "place"),
    ),
    Source("profiles", Profile, _same("episode_id", "version", "started_on", "completed_on")),
    Source("plans", Plan, _same("episode_id", "version", "kind", "agreed_on", "ended_on")),
    Source("applications", Application, {"application_id": "pk"} | _same("episode_id", "on", "made_by", "employer_id")),
    Source(
        "employer_contacts",
        EmployerContact,
        {"employer_contact_id": "pk"}
        | _same("employer_id", "episode_id", "specialist_id", "on", "face_to_face", "purpose", "locality"),
        lot="employer__lot_id",
    ),
    Source("destinations", Destination, _same("episode_id", "on", "code", "detail")),
    Source("onward_referrals", OnwardReferral, _same("episode_id", "on", "to", "kind")),
    Source("work_methods", WorkMethod, _same("episode_id", "on", "method")),
    Source("support_decisions", SupportDecision, _same("episode_id", "on", "limit", "decision", "reason", "until_on")),
    Source(
        "support_requests",
        SupportRequest,
        {"support_request_id": "pk"} | _same("episode_id", "on", "asked_by", "decided_on", "granted"),
    ),
    Source(
        "disclosures",
        Disclosure,
        _same("episode_id", "job_id", "on", "decision", "to_whom", "what", "tell_when"),
    ),
    Source("benefits_advice", BenefitsAdvice, _same("episode_id", "job_id", "on", "about")),
    Source("barriers", Barrier, _same("episode_id", "on", "barrier", "ended_on")),
    Source("adjustments", Adjustment, _same("episode_id", "job_id", "on", "kind", "in_place_on")),
    Source("access_to_work", AccessToWork, _same("episode_id", "job_id", "on", "step")),
    Source("job_problems", JobProblem, {"job_problem_id": "pk"} | _same("episode_id", "job_id", "known_on", "kind")),
    Source("job_pay", JobPay, _same("job_id", "from_on", "hourly_wage"), episode="job__episode_id"),
    Source("job_hours", JobHours, _same("job_id", "from_on", "to_on", "weekly_hours"), episode="job__episode_id"),
    Source(
        "evidence",
        Evidence,
        {"evidence_id": "pk", "decided_by": "decided_by_id"}
        | _same("episode_id", "job_id", "outcome", "kind", "about_on", "received_on", "status", "decided_on")
        | _same("verified_on"),
    ),
    Source(
        "activities",
        Activity,
        {"activity_id": "pk"}
        | _same("service_id", "on", "kind", "locality", "organisation_id", "attendees", "hours", "specialist_id"),
        episode=None,
        lot="specialist__postings__lot_id",
    ),
    Source(
        "training",
        Training,
        {"specialist_id": "user_id"} | _same("course", "completed_on", "expires_on"),
        episode=None,
        lot="user__postings__lot_id",
    ),
    Source(
        "supervisions",
        Supervision,
        _same("specialist_id", "supervisor_id", "on", "kind"),
        episode=None,
        lot="lot_id",
    ),
    Source(
        "postings",
        Posting,
        {"specialist_id": "user_id"} | _same("team_id", "role", "fte", "from_on", "to_on", "organisation_id"),
        where=Q(role__in=_PROVIDERS_ROLES),  # the commissioner's people and the evaluator's hold no post of the service
        episode=None,
        lot="lot_id",
    ),
)

SOURCES: Mapping[str, Source] = MappingProxyType({source.table: source for source in _ALL})

NOT_FILLED: Mapping[str, str] = MappingProxyType(
    {
        "claims": "reporting keeps the payments claimed",
        "practice_links": "no page records them yet",
        "complaints": "no page records them yet",
        "incidents": "no page records them yet",
        "fidelity_reviews": "no page records them yet",
        "fidelity_actions": "no page records them yet",
        "costs": "no page records them yet",
    }
)
"""Tables of the data set that casework and the apps under it do not fill, with the reason."""

_WHAT_THE_PERSON_SAID = (
    "preferences",
    "goal",
    "experience",
    "skills",
    "strengths",
    "adjustment",
    "education",
    "support_needs",
    "personal_contacts",
    "health",
    "sources",
)

NOT_EXPORTED: Mapping[type[models.Model], Mapping[str, str]] = MappingProxyType(
    {
        Person: {
            "number": "said aloud by staff; the data set has its own id",
            "preferred_name": "for the people who meet the person",
            "pronouns": "for the people who meet the person",
            "search_name": "made from the names",
            "language": "for the people who meet the person",
            "needs_interpreter": "for the people who meet the person",
            "communication_needs": "for the people who meet the person",
            "contact_preference": "for the people who meet the person",
            "contact_time": "for the people who meet the person",
            "safe_to_leave_message": "for the people who meet the person",
            "merged_into": "a merged person is not a person of the data set",
            "version": "counts edits",
            "created_at": "when it was typed; figures speak of the day it happened",
        },
        Episode: {
            "referrer_name": "names someone",
            "referrer_role": "free text",
            "referrer_organisation": "free text",
            "referrer_contact": "names someone",
            "version": "counts edits",
            "created_at": "when it was typed",
            "follows_how": "shares says what it means",
        },
        Consent: {"id": "a consent has no id in the data set"},
        Benefit: {"id": "a benefit has no id in the data set"},
        CriterionAnswer: {
            "id": "an answer has no id in the data set",
            "screening": "its day and version stand in the row",
            "fact": "free text",
            "clause": "the specification has it",
        },
        Contact: {
            "created_at": "when it was typed",
            "covered": "codes for the page; what counts has rows of its own",
            "next_on": "an intention, not a fact",
            "note": "free text",
            "form_token": "holds a form to one save",
            "session": "binds what was logged in one go",
        },
        Profile: dict.fromkeys(_WHAT_THE_PERSON_SAID, "what the person said, for those who support them")
        | {"id": "known by episode and version", "created_at": "when it was typed"}
        | {"edit_version": "counts edits", "written_by": "in the audit chain", "shown_on": "what the person may read"},
        Plan: {"id": "known by episode and version", "created_at": "when it was typed", "goal": "free text"}
        | dict.fromkeys(("kinds_of_job", "employers", "how_often"), "free text")
        | {"offered_on": "what the person may read", "agreed_by_link_at": "in the audit chain; agreed_on counts"}
        | {"edit_version": "counts edits", "written_by": "in the audit chain"},
        Application: {"created_at": "when it was typed", "role_title": "free text"},
        EmployerContact: {"created_at": "when it was typed", "note": "free text"}
        | {"form_token": "holds a form to one save"},
        Job: {
            "created_at": "when it was typed",
            "title": "free text; `occupation` is its code",
            "pays_minimum": "an answer behind `competitive`",
            "open_to_anyone": "an answer behind `competitive`",
            "set_aside": "an answer behind `competitive`",
            "next_help": "for the person's pages; no clock or figure reads it",
            "next_help_on": "for the person's pages; no clock or figure reads it",
            "recorded_by": "in the audit chain",
            "form_token": "holds a form to one save",
            "version": "counts edits",
        },
        JobPay: {"id": "known by job and day", "created_at": "when it was typed"},
        JobProblem: {"created_at": "when it was typed", "words": "free text", "recorded_by": "in the audit chain"}
        | {"form_token": "holds a form to one save"},
        BenefitsAdvice: {"id": "has none in the data set", "created_at": "when it was typed", "words": "free text"}
        | {"recorded_by": "in the audit chain"},
        SupportRequest: {"created_at": "when it was typed", "words": "free text", "decided_by": "in the audit chain"}
        | {"form_token": "holds a form to one save"},
        JobHours: {"id": "a spell has no id in the data set", "created_at": "when it was typed"},
        Evidence: {
            "created_at": "when it was typed",
            "decision_reason": "free text",
            "uploaded_by": "in the audit chain",
            "link": "how it came in",
            "file_name": "the document stays with the provider",
            "media_type": "the document stays with the provider",
            "size": "the document stays with the provider",
            "sha256": "goes with a return's evidence index",
            "storage_name": "where the encrypted file lies",
        },
        Destination: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"recorded_by": "in the audit chain"},
        OnwardReferral: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"recorded_by": "in the audit chain", "service": "the service's own directory; `to` is its kind"}
        | {
            "service_name": "free text",
            "outcome": "for whoever follows it up",
            "outcome_on": "for whoever follows it up",
        },
        Activity: {"created_at": "when it was typed", "words": "free text", "form_token": "holds a form to one save"}
        | {"lot": "the specialist's post", "outside_name": "free text"},
        Disclosure: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"recorded_by": "in the audit chain"},
        Barrier: {"id": "has none in the data set", "created_at": "when it was typed", "words": "free text"}
        | {"recorded_by": "in the audit chain"},
        Adjustment: {"id": "has none in the data set", "created_at": "when it was typed", "words": "free text"}
        | {"recorded_by": "in the audit chain", "agreed_on": "for the page; what helps is what is in place"}
        | {"refused_on": "for the page; what helps is what is in place"},
        AccessToWork: {"id": "has none in the data set", "created_at": "when it was typed", "words": "free text"}
        | {"recorded_by": "in the audit chain"},
        WorkMethod: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"recorded_by": "in the audit chain"},
        SupportDecision: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"words": "free text", "decided_by": "in the audit chain"},
        EmploymentCheck: {"id": "has none in the data set", "created_at": "when it was typed"}
        | {"recorded_by": "in the audit chain"},
        Response: {"id": "known by form and item", "created_at": "when it was typed"},
        Training: {
            "id": "a course taken has none in the data set",
            "recorded_by": "in the audit chain",
            "recorded_at": "when it was typed",
        },
        Supervision: {
            "id": "a supervision has none in the data set",
            "created_at": "when it was typed",
            "lot": "the team's",
            "group": "each who came has a row",
            "sheet": "what was read then; every figure is worked out anew",
            "notes": "free text",
            "signed_at": "in the audit chain",
            "accepted_at": "in the audit chain",
            "form_token": "holds a form to one save",
        },
        Posting: {
            "id": "a post has none in the data set",
            "organisation": "the specification names the providers",
            "lot": "the team's",
        },
    }
)
"""Fields of mapped models that are in no column of the data set, with the reason; a test walks every field."""
