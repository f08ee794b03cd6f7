"""What employers answered by a link, where it is not what the record says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Confirmation
from placewell_web.clients.models import Episode

TOLD_DAYS = 60  # what was said is news for so long


def against_the_record(viewer: Viewer, episodes: Iterable[Episode], day: date) -> list[Confirmation]:
    """The last answer about each job that runs here, where they say the person left or never came; newest first.

    It stands until the job has its last day or the employer answers otherwise; what a verifier makes of the document
    changes nothing of it.
    """
    said = Confirmation.scoped.visible_to(viewer).filter(episode__in=episodes, job__ended_on__isnull=True)
    said = said.select_related("episode__person", "job__employer").order_by("on", "created_at")
    last = {one.job_id: one for one in said}
    recent = [one for one in last.values() if one.on > day - timedelta(days=TOLD_DAYS)]
    return [one for one in reversed(recent) if one.left_on is not None or one.started_on is None]
