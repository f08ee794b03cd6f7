"""The documents kept with a person, as a row of links: profile, plans, assessment, work and health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse


def row(episode: Any, kinds: Mapping[str, str], main: str, current: str, *, assessed: bool) -> list[dict[str, Any]]:
    """`current`: `profile`, a kind of plan, `assessment` or `work_and_health`; `assessed`: the service assesses."""
    found = [("profile", "Profile", reverse("casework:profile", args=[episode.pk]))]
    found += [(kind, label, plan_address(episode.pk, kind, main)) for kind, label in kinds.items()]
    if assessed:
        found.append(("assessment", "Assessment", reverse("casework:assessment", args=[episode.pk])))
    found.append(("work_and_health", "Work and health", reverse("casework:work_and_health", args=[episode.pk])))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in found]


def plan_address(episode: object, kind: str, main: str) -> str:
    """Where the plan of a kind stands; the main one has the short address."""
    if kind == main:
        return reverse("casework:plan", args=[episode])
    return reverse("casework:plan_of_kind", args=[episode, kind])


def job_choices(jobs: Any) -> list[tuple[str, str]]:
    """The person's jobs to choose from, and none of them."""
    return [("", "No job in particular"), *((str(job.pk), job_words(job)) for job in jobs)]


def job_words(job: Any) -> str:
    """`Stock assistant at Marlowe`; nothing where there is no job."""
    if job is None:
        return ""
    title = job.title or "Job"
    return f"{title} at {job.employer.name}" if job.employer else title
