"""What specialists of the demo began to write and have not saved: each of them has two drafts on Today."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from placewell_web.casework.models import ContactDraft
from placewell_web.clients.models import Episode
from placewell_web.exchange.demo.places import Places

HALF_WRITTEN = (
    (timedelta(minutes=35), {"kind": ["call"], "attendance": ["attended"]}, "Rang between two visits. The interview "),
    (timedelta(days=3), {"kind": ["appointment"]}, "Talked about the bus from home and which shifts it allows. "),
)


def leave_unsaved(places: Places, at: datetime) -> None:
    """Two open people of every specialist, the first by name, are being written about."""
    drafts = []
    for user in places.staff.values():
        open_ = Episode.unscoped.filter(specialist=user, closed_on__isnull=True, accepted_on__isnull=False)
        people = open_.filter(allocation__isnull=True).order_by("person__search_name", "pk")[: len(HALF_WRITTEN)]
        for episode, (ago, fields, note) in zip(people, HALF_WRITTEN, strict=False):
            drafts.append(_draft(episode, user.pk, at - ago, fields | {"note": [note]}))
    ContactDraft.unscoped.bulk_create(drafts)


def _draft(episode: Episode, author: UUID, at: datetime, fields: dict[str, list[str]]) -> ContactDraft:
    return ContactDraft(
        id=uuid5(episode.pk, "draft"),
        episode=episode,
        author_id=author,
        form_token=uuid5(episode.pk, "form"),
        page=uuid5(episode.pk, "page"),
        fields=json.dumps(fields),
        saved_at=at,
        created_at=at,
    )
