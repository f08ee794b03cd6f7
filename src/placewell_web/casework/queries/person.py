"""Everything kept of one person, for the pages about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from placewell import payment
from placewell.dataset import Dataset
from placewell_web.accounts import service
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.models import Entry
from placewell_web.audit.queries import entries_of_person
from placewell_web.casework.models import BenefitsAdvice, Closing, Contact, Disclosure, Evidence, Job, Profile
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.clients.models import Alert, Benefit, Consent, Episode

LATELY = timedelta(days=28)


def alerts(episode: Episode, today: date) -> list[Alert]:
    """What must be known first and still holds."""
    return [one for one in episode.person.alerts.order_by("reviewed_on") if not (one.ended_on and one.ended_on < today)]


def contacts(episode: Episode) -> QuerySet[Contact]:
    return episode.contacts.select_related("specialist").order_by("-on", "-created_at", "-id")


def jobs(episode: Episode) -> QuerySet[Job]:
    found = episode.jobs.select_related("employer", "episode__person").prefetch_related("hours", "pay", "problems")
    return found.order_by("-started_on", "id")


def jobs_with_problems(episode: Episode, today: date) -> list[Job]:
    """The jobs that a problem heard of now may be in: begun, and not over for long; those that last first."""
    begun = episode.jobs.select_related("employer").filter(started_on__lte=today)
    kept = [job for job in begun.order_by("-started_on", "id") if not job.ended_on or today - job.ended_on <= LATELY]
    return sorted(kept, key=lambda job: job.ended_on is not None and job.ended_on < today)


def advice_for(job: Job) -> BenefitsAdvice | None:
    """The first advice given on what this job does to the person's benefits."""
    found: BenefitsAdvice | None = job.episode.benefits_advice.filter(job=job).order_by("on", "created_at").first()
    return found


def documents(episode: Episode) -> QuerySet[Evidence]:
    found = episode.evidence.select_related("decided_by", "uploaded_by", "job__employer")
    return found.order_by("-received_on", "-created_at")


def profiles(episode: Episode) -> list[Profile]:
    """Every version, the newest first."""
    return list(episode.profiles.select_related("written_by").order_by("-version"))


def benefits(episode: Episode) -> list[Benefit]:
    """What is received now: the last word on each benefit."""
    last: dict[str, Benefit] = {}
    for row in episode.benefits.order_by("on", "id"):
        last[row.benefit] = row
    return list(last.values())


def disclosures(episode: Episode) -> QuerySet[Disclosure]:
    """Every decision on telling an employer, the newest first."""
    return episode.disclosures.select_related("job__employer").order_by("-on", "-created_at")


def consents(episode: Episode, today: date) -> list[Consent]:
    return [
        one for one in episode.consents.order_by("given_on") if not (one.withdrawn_on and one.withdrawn_on <= today)
    ]


def closing(episode: Episode) -> Closing | None:
    """What was said when support ended, where it has."""
    if episode.closed_on is None:
        return None
    return episode.closings.filter(taken_back_at=None).order_by("-created_at").first()


def other_episodes(viewer: Viewer, episode: Episode) -> QuerySet[Episode]:
    """The person's other referrals that the viewer may see, newest first."""
    found = Episode.scoped.visible_to(viewer).filter(person_id=episode.person_id).exclude(pk=episode.pk)
    return found.select_related("lot").order_by("-referred_on")


def history(viewer: Viewer, episode: Episode) -> list[Entry]:
    """Who saw and changed what, newest first."""
    return entries_of_person(viewer, episode.person_id)


def payment_line(loaded: Caseload) -> dict[str, Any] | None:
    """The person's line in the payment ledger, taken by itself: the cap of the whole programme is reporting's."""
    return payment_line_in(loaded, loaded.whole)


def payment_line_in(loaded: Caseload, whole: Dataset) -> dict[str, Any] | None:
    """What the line would be with other rows."""
    spec = service.current()
    if not payment.pays_for_outcomes(spec):
        return None
    return next(iter(payment.ledger(spec, whole, loaded.today).to_dicts()), None)
