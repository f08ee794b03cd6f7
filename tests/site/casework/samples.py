"""Sample objects for the addresses of casework."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.site.casework.factories import (
    ago,
    make_contact,
    make_course,
    make_employer,
    make_evidence,
    make_job,
    make_lead,
    make_plan,
    make_profile,
    make_session,
)
from tests.site.casework.hostile import PDF, picture
from tests.site.conftest import NOW
from tests.site.matrix_samples import COLLEAGUE, Made, sample

from placewell_web.accounts.models import Cover
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.links import give_link
from placewell_web.casework.models import (
    Adjustment,
    AskedQuestionnaire,
    Assessment,
    Barrier,
    BenefitsAdvice,
    BetterOff,
    Contact,
    Course,
    CoursePlace,
    EmploymentCheck,
    Evidence,
    GroupSession,
    GroupSupervision,
    Job,
    OnwardReferral,
    PersonalLink,
    PlanStep,
    Profile,
    ProfileSource,
    QuestionnaireWording,
    Supervision,
    SupervisionAction,
    SurveyRound,
    WorkMethod,
)
from placewell_web.casework.queries.links import hash_of
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Alert, Assignment, Consent, Handover, Response
from placewell_web.employers.models import EmployerLead

SECRET = "s" * 43


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
    "casework:refer_again",
    "casework:support_again",
    "casework:move",
    "casework:came_along",
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
    "casework:add_source",
    "casework:read_comments",
    "casework:assessment",
    "casework:start_assessment",
    "casework:work_and_health",
    "casework:add_barrier",
    "casework:add_adjustment",
    "casework:add_access_to_work",
    "casework:better_off",
    "casework:disclosure",
    "casework:print_profile",
    "casework:print_assessment",
    "casework:print_job_search",
)
def episode(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk}


@sample("casework:undo_contact")
def contact(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Contact:
        return make_contact(made.episode, ago(3), created_at=NOW - timedelta(days=3))

    return {"contact": made.once("contact", make).pk}


@sample("casework:undo_several")
def shared_session(made: Made) -> dict[str, Any]:
    def make(made: Made) -> GroupSession:
        return make_session([made.episode], ago(3), created_at=NOW - timedelta(days=3))

    return {"session": made.once("session", make).pk}


@sample("casework:tick_step")
def step(made: Made) -> dict[str, Any]:
    def make(made: Made) -> PlanStep:
        return make_plan(made.episode, ago(10)).steps.get()

    return {"step": made.once("step", make).pk}


@sample("casework:plan_of_kind", "casework:start_plan_of_kind", "casework:print_plan")
def kind_of_plan(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "kind": "job_search"}


@sample("casework:save_document")
def document_draft(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "document": "profile"}


@sample("casework:show_profile")
def completed_profile(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Profile:
        return make_profile(made.episode, ago(8), ago(6), version=9)

    return {"episode": made.episode.pk, "version": made.once("completed profile", make).pk}


@sample("casework:show_assessment")
def completed_assessment(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Assessment:
        facts = {"version": 1, "started_on": ago(8), "completed_on": ago(8), "written_by": made.episode.specialist}
        return Assessment.unscoped.create(episode=made.episode, created_at=NOW, **facts)

    return {"episode": made.episode.pk, "version": made.once("completed assessment", make).pk}


@sample("casework:remove_source")
def source(made: Made) -> dict[str, Any]:
    def make(made: Made) -> ProfileSource:
        consent = Consent.unscoped.create(episode=made.episode, kind="contact_family", given_on=ago(9))
        profile = make_profile(made.episode, ago(8), ago(6))
        facts = {"who": "family", "name": "Sister", "on": ago(7), "consent": consent, "created_at": NOW}
        return ProfileSource.unscoped.create(profile=profile, **facts)

    return {"episode": made.episode.pk, "source": made.once("source", make).pk}


@sample("casework:end_barrier")
def barrier(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "entry": made.once("barrier", _barrier).pk}


@sample("casework:undo_work_and_health")
def noted(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "kind": "barrier", "entry": made.once("barrier", _barrier).pk}


def _barrier(made: Made) -> Barrier:
    return Barrier.unscoped.create(episode=made.episode, on=ago(3), barrier="debt", created_at=NOW - timedelta(days=3))


@sample("casework:move_adjustment")
def adjustment(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Adjustment:
        return Adjustment.unscoped.create(episode=made.episode, on=ago(3), kind="breaks", created_at=NOW)

    return {"episode": made.episode.pk, "entry": made.once("adjustment", make).pk}


@sample("casework:undo_better_off", "casework:print_better_off")
def better_off(made: Made) -> dict[str, Any]:
    def make(made: Made) -> BetterOff:
        at = NOW - timedelta(days=3)
        advice = BenefitsAdvice.unscoped.create(episode=made.episode, on=ago(3), about="other", created_at=at)
        return BetterOff.unscoped.create(advice=advice, form_token=uuid4(), created_at=at)

    return {"episode": made.episode.pk, "entry": made.once("better_off", make).pk}


@sample(
    "casework:change_job",
    "casework:job_saved",
    "casework:undo_job",
    "casework:first_day",
    "casework:change_hours",
    "casework:change_pay",
    "casework:job_problem",
    "casework:end_job",
    "casework:next_help",
)
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


@sample(
    "casework:employer",
    "employers:change",
    "employers:add_person",
    "employers:relationship",
    "employers:hand_over",
    "employers:feedback",
    "employers:merge",
    lot_wide=True,
)
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


@sample("casework:hand_over", "casework:cover", "casework:team_people", "casework:supervision_sheet", lot_wide=True)
def member_of_staff(made: Made) -> dict[str, object]:
    return {"specialist": made.world.user("specialist", made.lot).pk}


@sample("casework:handover", "casework:undo_handover", lot_wide=True)
def handover(made: Made) -> dict[str, object]:
    def make(made: Made) -> Handover:
        before = made.world.user("specialist", made.lot)
        one = Handover.unscoped.create(
            pk=uuid4(),
            specialist=before,
            on=ago(0),
            reason="Leaves",
            made_at=NOW - timedelta(days=1),
            made_by=made.world.user("team_leader", made.lot),
        )
        Assignment.unscoped.create(
            episode=made.episode, specialist=before, from_on=ago(0), handover=one, created_at=NOW
        )
        return one

    return {"handover": made.once("handover", make).pk}


@sample("casework:end_cover", lot_wide=True)
def cover(made: Made) -> dict[str, object]:
    def make(made: Made) -> Cover:
        return Cover.objects.create(
            pk=uuid4(),
            specialist=made.world.user("specialist", made.lot),
            colleague=made.world.user("manager", made.lot),
            lot_id=made.lot,
            from_on=ago(0),
            to_on=ago(-7),
            arranged_by=made.world.user("team_leader", made.lot),
            arranged_at=NOW,
        )

    return {"cover": made.once("cover", make).pk}


@sample("casework:supervision", "casework:sign_supervision", hidden_from=(COLLEAGUE,))
def supervision(made: Made) -> dict[str, object]:
    return {"supervision": made.once("supervision", _supervision).pk}


@sample("casework:tick_action", hidden_from=(COLLEAGUE,))
def action(made: Made) -> dict[str, object]:
    def make(made: Made) -> SupervisionAction:
        return SupervisionAction.unscoped.create(
            supervision=made.once("supervision", _supervision),
            what="Call the bakery",
            who=made.world.user("specialist", made.lot),
            created_at=NOW,
        )

    return {"action": made.once("action", make).pk}


@sample("casework:group_supervision", hidden_from=(COLLEAGUE,))
def group(made: Made) -> dict[str, object]:
    def make(made: Made) -> GroupSupervision:
        held = GroupSupervision.unscoped.create(
            lot_id=made.lot,
            on=ago(1),
            led_by=made.world.user("team_leader", made.lot),
            form_token=uuid4(),
            created_at=NOW,
        )
        one = _supervision(made)
        one.kind, one.group = "group", held
        one.save()
        return held

    return {"group": made.once("group", make).pk}


def _supervision(made: Made) -> Supervision:
    return Supervision.unscoped.create(
        specialist=made.world.user("specialist", made.lot),
        supervisor=made.world.user("team_leader", made.lot),
        lot_id=made.lot,
        on=ago(1),
        kind="individual",
        signed_at=NOW,
        created_at=NOW,
    )


@sample("casework:onward_outcome", "casework:onward_card")
def onward(made: Made) -> dict[str, Any]:
    def make(made: Made) -> OnwardReferral:
        return OnwardReferral.unscoped.create(
            episode=made.episode, on=ago(3), to="housing", kind="referral", created_at=NOW
        )

    return {"episode": made.episode.pk, "entry": made.once("onward", make).pk}


@sample("casework:take_lead", lot_wide=True)
def lead_to_take(made: Made) -> dict[str, Any]:
    return {"lead": made.once("lead", make_lead_of).pk}


def make_lead_of(made: Made) -> EmployerLead:
    return make_lead(made.world, make_employer(made.lot, "Leads Ltd"))


COURSE_PAGES = ("course", "course_places", "add_session", "change_course", "cancel_course")


@sample(*(f"casework:{page}" for page in COURSE_PAGES), lot_wide=True)
def course(made: Made) -> dict[str, Any]:
    return {"course": made.once("course", _course).pk}


@sample(
    "casework:register", "casework:undo_register", "casework:change_session", "casework:cancel_session", lot_wide=True
)
def session(made: Made) -> dict[str, Any]:
    return {"session": made.once("course", _course).sessions.get().pk}


def _course(made: Made) -> Course:
    """A course with a place for the person of the lot."""
    made_one = make_course(made.world, made.lot, ago(1))
    CoursePlace.unscoped.create(episode=made.episode, course=made_one, from_on=ago(2), created_at=NOW)
    return made_one


@sample("casework:link", shared=True)
def opened_link(made: Made) -> dict[str, object]:
    """One that was opened before, at an address that stays the same: the first time is kept."""
    if not PersonalLink.unscoped.filter(token_hash=hash_of(SECRET)).exists():
        job = made.once("job", lambda made: make_job(made.episode, ago(10)))
        asked = {"purpose": "proof", "about": job.pk, "outcome": "job_start"}
        link, _ = give_link(by=Actor.system("test"), at=timezone.now(), episode=made.episode, **asked)
        PersonalLink.unscoped.filter(pk=link.pk).update(token_hash=hash_of(SECRET), opened_at=link.created_at)
    return {"secret": SECRET}


@sample("casework:links")
def links_of_a_person(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk}


@sample("casework:give_link")
def link_to_give(made: Made) -> dict[str, Any]:
    made.once("job", lambda made: make_job(made.episode, ago(10)))
    return {"episode": made.episode.pk, "purpose": "proof"}


@sample("casework:take_back_link")
def given_link(made: Made) -> dict[str, Any]:
    def make(made: Made) -> PersonalLink:
        link, _ = give_link(by=Actor.system("test"), at=NOW, episode=made.episode, purpose="proof")
        return link

    return {"link": made.once("link", make).pk}


@sample("casework:evidence_picture")
def photo(made: Made) -> dict[str, Any]:
    def make(made: Made) -> Evidence:
        one = make_evidence(made.episode, file_name="photo.png", media_type="image/png", size=3)
        one.storage_name = store().put(one.pk, picture())
        one.save()
        return one

    return {"evidence": made.once("photo", make).pk}
