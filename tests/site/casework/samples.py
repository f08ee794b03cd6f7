"""Sample objects for the addresses of casework."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from tests.site.casework.factories import ago, make_contact, make_employer, make_evidence, make_job, make_plan
from tests.site.casework.hostile import PDF
from tests.site.conftest import NOW
from tests.site.matrix_samples import Made, sample

from placewell_web.casework.models import (
    AskedQuestionnaire,
    Contact,
    EmploymentCheck,
    Evidence,
    Job,
    PlanStep,
    QuestionnaireWording,
    SurveyRound,
    WorkMethod,
)
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Alert, Consent, Response


@sample(
    "casework:person",
    "casework:contacts",
    "casework:history",
    "casework:log_contact",
    "casework:save_draft",
    "casework:book",
    "casework:job_search",
    "casework:application",
    "casework:benefits",
    "casework:profile",
    "casework:start_profile",
    "casework:plan",
    "casework:start_plan",
    "casework:jobs",
    "casework:job",
    "casework:evidence_upload",
    "casework:support",
    "casework:close",
    "casework:reopen",
    "casework:about",
    "casework:change_details",
    "casework:change_equality",
    "casework:change_health",
    "casework:consent",
    "casework:alert",
    "casework:other_support",
    "casework:refer_on",
    "casework:add_methods",
    "casework:add_step",
    "casework:questionnaires",
    "casework:ask_questionnaire",
    "casework:check_work",
)
def episode(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk}


@sample("casework:undo_contact")
def contact(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Contact:
        return make_contact(made.episode, ago(3), created_at=NOW - timedelta(days=3))

    return {"contact": made.once("contact", make).pk}


@sample("casework:tick_step")
def step(made: Made) -> dict[str, Any]:
    def make(made: Made) -> PlanStep:
        return make_plan(made.episode, ago(10)).steps.get()

    return {"step": made.once("step", make).pk}


@sample("casework:change_job", "casework:change_hours", "casework:end_job")
def job(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Job:
        return make_job(made.episode, ago(10))

    return {"job": made.once("job", make).pk}


@sample("casework:evidence_decide")
def evidence(made: Made) -> dict[str, Any]:
    return {"evidence": made.once("evidence", _document).pk}


@sample("casework:evidence_file")
def document(made: Made) -> dict[str, Any]:
    return {"evidence": made.once("evidence", _document).pk}


def _document(made: Made) -> Evidence:
    made_one = make_evidence(made.episode, file_name="payslip.pdf", media_type="application/pdf", size=len(PDF))
    made_one.storage_name = store().put(made_one.pk, PDF)
    made_one.save()
    return made_one


@sample("casework:employer", "employers:change", lot_wide=True)
def employer(made: Made) -> dict[str, Any]:
    return {"employer": made.once("employer", lambda made: make_employer(made.lot)).pk}


@sample("casework:withdraw_consent")
def consent(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Consent:
        return Consent.unscoped.create(episode=made.episode, kind="contact_employer", given_on=ago(3))

    return {"episode": made.episode.pk, "consent": made.once("consent", make).pk}


@sample("casework:review_alert", "casework:end_alert")
def alert(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Alert:
        return Alert.unscoped.create(person=made.episode.person, kind="risk", title="Stairs", reviewed_on=ago(3))

    return {"episode": made.episode.pk, "alert": made.once("alert", make).pk}


@sample("casework:undo_other_support")
def entry(made: Made) -> dict[str, Any]:
    def make(made: Made) -> WorkMethod:
        return WorkMethod.unscoped.create(episode=made.episode, on=ago(3), method="pacing", created_at=NOW)

    return {"episode": made.episode.pk, "kind": "method", "entry": made.once("method", make).pk}


@sample("casework:link", shared=True)
def nobodys_link(made: Made) -> dict[str, object]:
    return {"secret": "one-that-was-never-given"}


@sample("casework:answer_questionnaire", "casework:questionnaire_draft")
def asked(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "asked": made.once("asked", _asked).pk}


def _asked(made: Made) -> AskedQuestionnaire:
    kind = {"instrument": "satisfaction", "occasion": "exit", "way": "screen"}
    by = made.world.user("specialist", made.lot)
    return AskedQuestionnaire.unscoped.create(episode=made.episode, asked_by=by, created_at=NOW, **kind)


@sample("casework:questionnaire_form")
def answered_form(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Response:
        kind = {"instrument": "satisfaction", "occasion": "exit", "completed_on": ago(1), "item": "overall"}
        return Response.unscoped.create(
            episode=made.episode, form_id=uuid.uuid4(), answer="good", created_at=NOW, **kind
        )

    return {"episode": made.episode.pk, "form": made.once("answered_form", make).form_id}


@sample("casework:undo_check")
def check(made: Made) -> dict[str, Any]:
    def make(made: Made) -> EmploymentCheck:
        return EmploymentCheck.unscoped.create(episode=made.episode, on=ago(3), status="at_work", created_at=NOW)

    return {"episode": made.episode.pk, "check": made.once("check", make).pk}


@sample("casework:remove_wording", shared=True)
def loaded_wording(made: Made) -> dict[str, Any]:
    def make(made: Made) -> QuestionnaireWording:
        by = made.world.user("administrator", made.lot)
        kept = {"text": "", "loaded_by": by, "loaded_at": NOW}
        return QuestionnaireWording.objects.get_or_create(instrument="wsas", defaults=kept)[0]

    return {"wording": made.once("wording", make).pk}


@sample("casework:survey", lot_wide=True)
def survey_round(made: Made) -> dict[str, Any]:
    def make(made: Made) -> SurveyRound:
        days = {"opens_on": ago(3), "closes_on": ago(-30)}
        return SurveyRound.objects.get_or_create(lot_id=made.lot, instrument="satisfaction", **days)[0]

    return {"round": made.once("round", make).pk}


@sample("casework:answer_survey", shared=True)
def nobodys_code(made: Made) -> dict[str, object]:
    return {"code": "ABCD-EFGH-JKMN"}
