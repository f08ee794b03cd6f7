"""The vocational profile: versions; a draft may change, a completed one never does, and the next starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Profile
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

PARTS = (
    "preferences",
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


@transaction.atomic
def start_profile(*, by: Actor, at: datetime, episode: Episode) -> Profile:
    """Begin the next version from the last; a draft that is already there is the one to go on with."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    last = Profile.unscoped.filter(episode=episode).order_by("-version").first()
    if last is not None and last.completed_on is None:
        return last
    carried = {part: getattr(last, part) for part in PARTS} if last else {}
    profile = Profile.unscoped.create(
        episode=episode,
        version=last.version + 1 if last else 1,
        started_on=day_of(at),
        written_by_id=by.id,
        created_at=at,
        **carried,
    )
    note(by=by, at=at, verb="start_profile", record=profile, episode=episode, detail={"version": profile.version})
    return profile


@transaction.atomic
def save_profile(
    *,
    by: Actor,
    at: datetime,
    profile: Profile,
    edit_version: int,
    parts: Mapping[str, str],
    completed_on: date | None = None,
) -> Profile:
    """Write a draft's parts, and complete it where a day is given. Raises EditConflict, or Refused once completed."""
    profile.refresh_from_db()
    if profile.completed_on is not None:
        raise Refused(
            f"Version {profile.version} of the profile was completed and is kept as it was.",
            "Start a new version: it begins with everything in this one.",
        )
    claim(profile, edit_version, "edit_version", parts)
    changed = sorted(part for part in PARTS if part in parts and getattr(profile, part) != parts[part])
    for part in changed:
        setattr(profile, part, parts[part])
    profile.completed_on = completed_on
    profile.written_by_id = by.id
    profile.save()
    verb = "complete_profile" if completed_on else "save_profile"
    detail = {"version": profile.version, "changed": changed}
    note(by=by, at=at, verb=verb, record=profile, episode=profile.episode, detail=detail)
    return profile
