"""What came along from the episode that this one follows."""

from __future__ import annotations

from typing import Any

from placewell_web.clients.actions import MOVED_ALONE

PARTS = (
    ("Wants", "preferences"),
    ("Experience", "experience"),
    ("Skills", "skills"),
    ("Strengths", "strengths"),
    ("How things are", "adjustment"),
    ("Education", "education"),
    ("Needs", "support_needs"),
    ("People they know", "personal_contacts"),
)


def shares(episode: Any) -> bool:
    """Whether profile and plan of the episode before may be read with this one."""
    return episode.follows_id is not None and episode.follows_how != MOVED_ALONE


def parts(profile: Any) -> list[tuple[str, str]]:
    return [(label, getattr(profile, name)) for label, name in PARTS] if profile else []
