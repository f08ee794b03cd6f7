"""A new referral of someone the service knows: the same person, a new episode that follows an earlier one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Episode, Person
from placewell_web.clients.queries import goes_on_in
from placewell_web.clients.wording import goes_on_in_words

REFERRED_AGAIN, SUPPORT_AGAIN = "referred_again", "support_again"
MOVED_LOT, MOVED_ALONE = "moved_lot", "moved_alone"
"""How an episode follows another; `moved_alone`: the person did not agree that what is known goes along."""

GOES_ALONG = (SUPPORT_AGAIN, MOVED_LOT)
"""Where what was known in the earlier episode goes along."""

CARRIED = (
    "service_id",
    "primary_condition",
    "has_long_term_condition",
    "has_common_mental_health_problem",
    "has_autism",
    "has_learning_disability",
)
"""What is known and stays so; what changes with time (work, the practice's area) is asked anew."""


@transaction.atomic
def open_again(
    *, by: Actor, at: datetime, earlier: Episode, lot: Lot | None, how: str, on: date, source: str = ""
) -> Episode:
    """Open a referral that follows an episode which has ended; refused while another of the person waits or runs."""
    Person.unscoped.select_for_update().get(pk=earlier.person_id)
    if (later := goes_on_in(earlier)) is not None:
        raise Refused(goes_on_in_words(earlier, later), "Go on with that one.")
    if _is_open(earlier):
        raise Refused("This person has an open referral already.", "Go on with that one.")
    if on < earlier.referred_on:
        raise Refused("A new referral cannot be older than the one it follows.")
    known = {name: getattr(earlier, name) for name in CARRIED}
    practice = earlier.gp_practice if lot is not None and earlier.lot_id == lot.code else None
    opened = Episode(
        person_id=earlier.person_id,
        lot=lot,
        gp_practice=practice,
        referred_on=on,
        source=source,
        follows=earlier,
        follows_how=how,
        created_at=at,
        **known,
    )
    opened.save(force_insert=True)
    record(
        by=by,
        at=at,
        verb="open_episode",
        target_kind="episode",
        target_id=opened.pk,
        person_id=opened.person_id,
        lot=opened.lot_id or "",
        detail={"source": source, "follows": str(earlier.pk), "how": how},
    )
    return opened


def _is_open(episode: Episode) -> bool:
    return episode.closed_on is None and episode.declined_on is None
