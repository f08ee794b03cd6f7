"""How an episode follows another, in words, and what came along from it."""

from __future__ import annotations

from typing import Any

from placewell_web.clients.actions import MOVED_ALONE
from placewell_web.nhsuk.words import day

HOW = {
    "referred_again": "Referred again",
    "support_again": "Support in work taken up again",
    "moved_lot": "Moved here from another area",
    "moved_alone": "Moved here from another area",
}
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


def how_it_follows(episode: Any) -> str:
    """`Referred again, after the referral of 3 April 2018.`; nothing where it follows none."""
    if episode.follows is None:
        return ""
    before = f"after the referral of {day(episode.follows.referred_on)}"
    where = f" in {episode.follows.lot.name}" if episode.follows.lot_id not in (None, episode.lot_id) else ""
    return f"{HOW.get(episode.follows_how, 'Follows')}, {before}{where}."


def shares(episode: Any) -> bool:
    """Whether profile and plan of the episode before may be read with this one."""
    return episode.follows_id is not None and episode.follows_how != MOVED_ALONE


def parts(profile: Any) -> list[tuple[str, str]]:
    return [(label, getattr(profile, name)) for label, name in PARTS] if profile else []
