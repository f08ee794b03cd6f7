"""Sample objects for the addresses of casework."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.site.casework.factories import ago, make_contact, make_employer, make_evidence, make_job, make_plan
from tests.site.casework.hostile import PDF
from tests.site.conftest import NOW
from tests.site.matrix_samples import COLLEAGUE, Made, sample

from placewell_web.accounts.models import Cover
from placewell_web.casework.models import (
    Contact,
    Evidence,
    GroupSupervision,
    Job,
    PlanStep,
    Supervision,
    SupervisionAction,
    WorkMethod,
)
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Alert, Assignment, Consent, Handover


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
