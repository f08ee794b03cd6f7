"""The directory of other services: for staff of the provider, and what of it anyone may read."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.models import OutsideService


def services(viewer: Viewer) -> QuerySet[OutsideService]:
    found = OutsideService.scoped.visible_to(viewer).select_related("only_lot", "reviewed_by")
    return found.order_by("kind", "name", "id")


def one(viewer: Viewer, service_id: object) -> OutsideService:
    return get_object_or_404(services(viewer), pk=service_id)


def offered(viewer: Viewer, today: date, lot: object = None) -> QuerySet[OutsideService]:
    """Services that hold today: for people of this lot, or for all."""
    for_them = Q(only_lot__isnull=True) | Q(only_lot_id=lot) if lot else Q()
    return services(viewer).filter(_holds(today), for_them)


def public(today: date) -> QuerySet[OutsideService]:
    """What anyone may read on the public page."""
    return OutsideService.scoped.filter(_holds(today), public=True).select_related("only_lot").order_by("name", "id")


def lots(viewer: Viewer) -> QuerySet[Lot]:
    """The lots of the viewer's provider that the viewer works for."""
    return Lot.objects.filter(code__in=viewer.lots).order_by("name")


def _holds(today: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=today)
