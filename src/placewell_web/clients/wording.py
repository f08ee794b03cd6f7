"""Words that a form and a page have in common: what is not asked yet, yes and no, the times of the public form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placewell.periods import in_words

if TYPE_CHECKING:
    from placewell_web.clients.models import Episode

NOT_ASKED = "Not asked yet"
FLAG_WORDS: dict[bool | None, str] = {True: "Yes", False: "No", None: "Not known"}
TIMES = {"any": "any time"}  # codes of the public form that do not read as words


def time_in_words(stored: str) -> str:
    """The best time to reach someone, as people say it."""
    return TIMES.get(stored, stored)


def goes_on_in_words(earlier: Episode, later: Episode) -> str:
    """Where someone is now whose episode has ended; the area only of a referral that was made from that episode."""
    if later.follows_id != earlier.pk:
        return "This person has an open referral already."
    where = f" in {later.lot.name}" if later.lot else ""
    return f"A referral{where}, made on {in_words(later.referred_on)}, follows this one."


def how_it_follows(episode: Episode) -> str:
    """`Moved from Dudley on 14 June 2019, after the referral of 3 April 2019.`; nothing where it follows none."""
    before = episode.follows
    if before is None:
        return ""
    where = f" from {before.lot.name}" if before.lot else " from another area"
    how = {
        "referred_again": "Referred again",
        "support_again": "Support in work asked for again",
        "moved_lot": f"Moved{where}",
        "moved_alone": f"Moved{where}",
    }
    did = how.get(episode.follows_how, "Follows another")
    return f"{did} on {in_words(episode.referred_on)}, after the referral of {in_words(before.referred_on)}."
