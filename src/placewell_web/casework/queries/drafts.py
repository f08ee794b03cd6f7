"""What a member of staff began to write and has not saved."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from placewell_web.accounts.models import User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import ContactDraft
from placewell_web.casework.queries.episodes import episodes
from placewell_web.clients.models import Episode

MOST = 50


def of_form(viewer: Viewer, form: str, episode: Episode | None) -> list[ContactDraft]:
    """The viewer's drafts of a form about this person, or about nobody yet; the newest first."""
    found = ContactDraft.scoped.visible_to(viewer).filter(form=form, episode=episode)
    return list(found.order_by("-saved_at", "id")[:MOST])


def unsaved(viewer: Viewer) -> list[ContactDraft]:
    """Everything the viewer began and neither saved nor threw away, the newest first."""
    found = ContactDraft.scoped.visible_to(viewer).select_related("episode__person")
    return list(found.order_by("-saved_at", "id")[:MOST])


def author_and_episode(author: UUID, episode_id: UUID | None, day: date) -> tuple[Actor, Episode | None] | None:
    """A member of staff and an episode they may see today, or nothing: for a draft sent after their session ended."""
    user = User.objects.filter(pk=author, is_active=True).first()
    if user is None:
        return None
    by = Actor.user(user.pk, user.name)
    if episode_id is None:
        return by, None
    episode = episodes(viewer_of(user, day)).filter(pk=episode_id).first()
    return (by, episode) if episode is not None else None
