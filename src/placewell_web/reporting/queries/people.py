"""The people behind a figure by name, as far as a viewer may see them; names of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from placewell_web.accounts.models import GpPractice, Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.clients.models import Episode
from placewell_web.reporting.permissions import check_can_see_figures
from placewell_web.reporting.queries.kept import keep, version_now, workings_of
from placewell_web.reporting.queries.scopes import Scope, rules_from


@dataclass(frozen=True)
class Named:
    """Who stands behind a member row, as far as the viewer may know: the person, their specialist, their first job."""

    name: str
    number: str
    specialist: str
    employer: str = ""
    hours: Decimal | None = None


def named(viewer: Viewer, scope: Scope, episode_ids: Sequence[str]) -> dict[str, Named]:
    """The people of these episodes that the viewer may see, by episode; the others have no name here."""
    found = (
        Episode.scoped.visible_to(viewer)
        .filter(pk__in=[UUID(one) for one in episode_ids])
        .select_related("person", "specialist")
        .prefetch_related("jobs__employer")
    )
    first_jobs = _first_jobs(version_now(), scope)
    return {str(episode.pk): _named(episode, first_jobs.get(str(episode.pk), "")) for episode in found}


def _named(episode: Episode, first_job_id: str) -> Named:
    specialist = episode.specialist.name if episode.specialist else ""
    person = episode.person
    for job in episode.jobs.all():
        if str(job.pk) == first_job_id:
            employer = job.employer.name if job.employer else ""
            return Named(str(person), person.number, specialist, employer, job.contract_hours)
    return Named(str(person), person.number, specialist)


@keep(8)
def _first_jobs(version: str, scope: Scope) -> dict[str, str]:
    workings = workings_of(version, scope.as_at, rules_from(scope.period.start))
    jobs = workings.episodes.select("episode_id", "first_job_id").drop_nulls().collect(engine="in-memory")
    return dict(jobs.iter_rows())


def places(viewer: Viewer) -> dict[str, str]:
    """Names of lots and practices by code, for breakdowns; they identify nobody."""
    check_can_see_figures(viewer)
    return {**dict(Lot.objects.values_list("code", "name")), **dict(GpPractice.objects.values_list("code", "name"))}
