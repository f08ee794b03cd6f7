"""Employers as a viewer may see them: those of the lots their provider runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from placewell_web.accounts.models import Lot, Posting, User
from placewell_web.accounts.queries import held_on
from placewell_web.accounts.roles import Role
from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.choices import IN_CONTACT
from placewell_web.employers.models import Employer, EmployerMerge, EmployerPerson
from placewell_web.employers.names import fold

FEWEST_LETTERS = 3
MOST_ROWS = 50  # of one page
MOST_ALIKE = 5
CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


def employers(viewer: Viewer) -> QuerySet[Employer]:
    """Every employer, without those that were found to be another."""
    found = Employer.scoped.visible_to(viewer).filter(merged_into__isnull=True).select_related("lot", "owner")
    return with_standing(viewer, found)


def with_standing(viewer: Viewer, found: QuerySet[Employer]) -> QuerySet[Employer]:
    """Each with its `standing`: what was said of the relationship, but nobody is new after a contact or a job.

    Of contacts and jobs those of the viewer's provider count, as on the employer's page.
    """
    providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
    contact = Q(contacts__isnull=False) & (
        Q(contacts__episode__isnull=True) | Q(contacts__episode__lot__provider_id__in=providers)
    )
    itself = Employer.scoped.filter(pk=OuterRef("pk"))
    known = Exists(itself.filter(contact)) | Exists(itself.filter(jobs__episode__lot__provider_id__in=providers))
    return found.annotate(
        standing=Case(When(Q(relationship="new") & known, then=Value(IN_CONTACT)), default=F("relationship"))
    )


def one(viewer: Viewer, employer_id: object) -> Employer:
    return get_object_or_404(employers(viewer), pk=employer_id)


def called(viewer: Viewer, words: str, relationship: str = "", sector: str = "") -> QuerySet[Employer]:
    """Employers whose name or town holds these letters; all, by name, for fewer than three.

    `job_count` counts the jobs of people in the lots that the viewer's provider runs: how many, not whose.
    """
    folded = fold(words)
    found = employers(viewer)
    if len(folded) >= FEWEST_LETTERS:
        found = found.filter(search_name__contains=folded) | found.filter(town__icontains=words.strip())
    if relationship:
        found = found.filter(standing=relationship)
    if sector:
        found = found.filter(industry=sector)
    providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
    mine = Q(jobs__episode__lot__provider_id__in=providers)
    return found.annotate(job_count=Count("jobs", filter=mine, distinct=True)).order_by("search_name", "id")


def page_of(found: QuerySet[Any], number: int) -> Page[Any]:
    """A part of a long list; the last there is for a number beyond it."""
    return Paginator(found, MOST_ROWS).get_page(number)


def alike(viewer: Viewer, name: str, besides: object = None) -> list[Employer]:
    """Employers that may be the one of this name: the same folded name, or one that begins with the other."""
    folded = fold(name)
    first = folded.split(" ")[0] if folded else ""
    if len(folded) < FEWEST_LETTERS or len(first) < FEWEST_LETTERS:
        return list(employers(viewer).filter(search_name=folded)[:MOST_ALIKE]) if folded else []
    near = employers(viewer).filter(search_name__startswith=first).exclude(pk=besides)
    found = [one for one in near.order_by("search_name")[:200] if _near(one.search_name, folded)]
    return sorted(found, key=lambda one: one.search_name != folded)[:MOST_ALIKE]


def _near(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def names(viewer: Viewer) -> list[str]:
    """Names to choose from while an employer is typed in."""
    return list(employers(viewer).order_by("name").values_list("name", flat=True)[:500])


def people_of(employer: Employer) -> list[EmployerPerson]:
    """Who works there, those who left last."""
    return sorted(employer.people.all(), key=lambda one: (one.left_on is not None, one.name.casefold()))


def person(viewer: Viewer, person_id: object) -> EmployerPerson:
    found = EmployerPerson.scoped.visible_to(viewer).select_related("employer")
    return get_object_or_404(found, pk=person_id)


def colleagues(viewer: Viewer, today: date) -> QuerySet[User]:
    """Those of the viewer's provider who may look after an employer today."""
    providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
    posts = Posting.objects.filter(held_on(today), user=OuterRef("pk"), role__in=CASEWORKERS)
    return User.objects.filter(Exists(posts.filter(organisation_id__in=providers)), is_active=True).order_by("name")


def merges_of(viewer: Viewer, employer: Employer) -> QuerySet[EmployerMerge]:
    """The records that were made one with this employer and not parted since, newest first."""
    kept = EmployerMerge.scoped.visible_to(viewer).filter(kept=employer, undone_at__isnull=True)
    return kept.select_related("gone", "merged_by").order_by("-merged_at")


def merge_of(viewer: Viewer, merge_id: object) -> EmployerMerge:
    return get_object_or_404(EmployerMerge.scoped.visible_to(viewer), pk=merge_id)


def own_lot(viewer: Viewer) -> Lot | None:
    """A lot of the viewer: an employer belongs to one, and every lot of its provider shares it."""
    return Lot.objects.filter(code__in=viewer.lots).order_by("code").first()
