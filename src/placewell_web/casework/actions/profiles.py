"""The vocational profile: versions; a draft may change, a completed one never does, and the next starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from placewell.periods import in_words
from placewell.vocabulary import label
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.drafts import Writing, discard_document
from placewell_web.casework.models import Profile, ProfileSource
from placewell_web.casework.queries.profiles import consent_on
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

PARTS = (
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
)

SOURCES = {
    "clinician": "Clinician",
    "clinical_record": "Clinical record",
    "family": "Family member",
    "previous_employer": "Previous employer",
    "employer": "Employer",
    "jobcentre": "Jobcentre Plus",
}
"""Who can be asked for a profile beside the person. Source: 002 App. 7 Sv 3."""

ALLOWED_BY = {
    "clinician": "contact_clinician",
    "clinical_record": "contact_clinician",
    "family": "contact_family",
    "previous_employer": "contact_previous_employer",
    "employer": "contact_employer",
    "jobcentre": "contact_jobcentre",
}
"""The consent without which each of them is not asked."""


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
    writing: Writing | None = None,
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
    discard_document(by=by, episode=profile.episode, writing=writing, saved=parts.values())
    verb = "complete_profile" if completed_on else "save_profile"
    detail = {"version": profile.version, "changed": changed}
    note(by=by, at=at, verb=verb, record=profile, episode=profile.episode, detail=detail)
    return profile


@transaction.atomic
def add_source(*, by: Actor, at: datetime, profile: Profile, who: str, name: str, on: date) -> ProfileSource | None:
    """Someone was asked for the open version: only with a consent that held on that day. None: it stood there."""
    profile.refresh_from_db()
    if profile.completed_on is not None:
        raise Refused(
            f"Version {profile.version} of the profile was completed and is kept as it was.",
            "Start a new version, then say who was asked.",
        )
    consent = consent_on(profile.episode, ALLOWED_BY[who], on)
    if consent is None:
        raise Refused(*needed_consent(who, on))
    row, new = ProfileSource.unscoped.get_or_create(
        profile=profile,
        who=who,
        name=name,
        on=on,
        defaults={"consent": consent, "recorded_by_id": by.id, "created_at": at},
    )
    if not new:
        return None
    detail = {"who": who, "on": on.isoformat(), "consent": consent.kind}
    note(by=by, at=at, verb="add_profile_source", record=row, episode=profile.episode, detail=detail)
    return row


@transaction.atomic
def remove_source(*, by: Actor, at: datetime, source: ProfileSource) -> None:
    """Take a source out of the open version; a completed one keeps it."""
    if source.profile.completed_on is not None:
        raise Refused("This version of the profile was completed and is kept as it was.")
    detail = {"who": source.who, "on": source.on.isoformat()}
    note(by=by, at=at, verb="remove_profile_source", record=source, episode=source.profile.episode, detail=detail)
    source.delete()


def needed_consent(who: str, on: date) -> tuple[str, str]:
    """What is missing before someone may be named as asked, and how to put it right."""
    kind = label("consent_kind", ALLOWED_BY[who])
    return (
        f"The person had not agreed to “{kind}” on {in_words(on)}.",
        "Ask them first, and record their consent under About with the day they gave it.",
    )
