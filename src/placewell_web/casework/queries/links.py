"""Personal links: the one behind a secret, and those given for a person."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, cast

from django.db.models import Q, QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Disclosure, Job, PersonalLink
from placewell_web.casework.queries.caseload import load
from placewell_web.clients.models import Episode


def hash_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def links_of(viewer: Viewer, episode: Episode) -> QuerySet[PersonalLink]:
    """Every link given for the episode, newest first."""
    found = PersonalLink.scoped.visible_to(viewer).filter(episode=episode)
    return cast("QuerySet[PersonalLink]", found.select_related("made_by").order_by("-created_at"))


def links(viewer: Viewer) -> QuerySet[PersonalLink]:
    """Every link given for someone the viewer may see."""
    return cast("QuerySet[PersonalLink]", PersonalLink.scoped.visible_to(viewer).select_related("episode__person"))


def told_to_employer(episode: Episode, job: Job) -> Disclosure | None:
    """The last decision on telling an employer: of this job, or of any."""
    found = episode.disclosures.filter(Q(job=job) | Q(job__isnull=True))
    return cast("Disclosure | None", found.order_by("-on", "-created_at").first())


def job_about(link: PersonalLink) -> Job | None:
    """The job a link is about, where it is one of its own person's."""
    if link.about is None:
        return None
    return cast("Job | None", link.episode.jobs.select_related("employer").filter(pk=link.about).first())


def milestone_about(link: PersonalLink, today: date) -> dict[str, Any]:
    """The milestone a link asks proof of, as the library sees it today; empty where there is none."""
    loaded = load(link.own_episode, today)
    return next((row for row in loaded.milestones if row["outcome_id"] == link.outcome), {})
