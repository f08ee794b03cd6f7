"""Employers as a viewer may see them: those of the lots their provider runs."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.models import Employer
from placewell_web.employers.names import fold

FEWEST_LETTERS = 3
MOST_ROWS = 50  # of one page


def employers(viewer: Viewer) -> QuerySet[Employer]:
    return Employer.scoped.visible_to(viewer).select_related("lot", "owner")


def called(viewer: Viewer, words: str) -> QuerySet[Employer]:
    """Employers whose name or town holds these letters; all, by name, for fewer than three.

    `job_count` counts the jobs of people in the viewer's lots.
    """
    folded = fold(words)
    found = employers(viewer)
    if len(folded) >= FEWEST_LETTERS:
        found = found.filter(search_name__contains=folded) | found.filter(town__icontains=words.strip())
    mine = Q(jobs__episode__lot_id__in=viewer.lots)
    return found.annotate(job_count=Count("jobs", filter=mine, distinct=True)).order_by("search_name", "id")


def page_of(found: QuerySet[Employer], number: int) -> Page[Employer]:
    """A part of a long list; the last there is for a number beyond it."""
    return Paginator(found, MOST_ROWS).get_page(number)


def own_lot(viewer: Viewer) -> Lot | None:
    """A lot of the viewer: an employer belongs to one, and every lot of its provider shares it."""
    return Lot.objects.filter(code__in=viewer.lots).order_by("code").first()
