"""Employers as a viewer may see them: those of the lots their provider runs."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.models import Employer
from placewell_web.employers.names import fold

FEWEST_LETTERS = 3
MOST_FOUND = 200


def employers(viewer: Viewer) -> QuerySet[Employer]:
    return Employer.scoped.visible_to(viewer).select_related("lot", "owner")


def called(viewer: Viewer, words: str) -> QuerySet[Employer]:
    """Employers whose name or town holds these letters; all, by name, for fewer than three."""
    folded = fold(words)
    found = employers(viewer)
    if len(folded) >= FEWEST_LETTERS:
        found = found.filter(search_name__contains=folded) | found.filter(town__icontains=words.strip())
    counted = found.annotate(job_count=Count("jobs", distinct=True))
    return counted.order_by("search_name", "id")[:MOST_FOUND]


def own_lot(viewer: Viewer) -> Lot | None:
    """The lot of a viewer who has one; None for several: the employer then belongs to all."""
    return Lot.objects.filter(code__in=viewer.lots).first() if len(viewer.lots) == 1 else None
