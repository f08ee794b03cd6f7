"""Sample objects for the addresses of casework."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.site.casework.factories import ago, make_contact, make_employer, make_evidence, make_job, make_plan
from tests.site.casework.hostile import PDF, picture
from tests.site.conftest import NOW
from tests.site.matrix_samples import Made, sample

from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.links import give_link
from placewell_web.casework.models import Contact, Evidence, Job, PersonalLink, PlanStep, WorkMethod
from placewell_web.casework.queries.links import hash_of
from placewell_web.clients.documents.settings import store
from placewell_web.clients.models import Alert, Consent

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
