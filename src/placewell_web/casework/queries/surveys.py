"""Rounds of the confidential survey in a viewer's lots; what was answered only once a round has closed."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import SurveyRound


def rounds(viewer: Viewer) -> QuerySet[SurveyRound]:
    """The rounds of the viewer's lots, newest first."""
    found = SurveyRound.objects.filter(lot_id__in=viewer.lots).select_related("lot")
    return found.order_by("-opens_on", "lot__name")


def lots(viewer: Viewer) -> QuerySet[Lot]:
    """The lots in which the viewer can hold a survey."""
    return Lot.objects.filter(pk__in=viewer.lots).order_by("name")


def counts_of(round: SurveyRound, today: date) -> dict[str, dict[str, int]]:
    """How many gave each answer, by question; nothing before the round has closed."""
    found: dict[str, dict[str, int]] = {}
    if today > round.closes_on:
        for item, answer, number in round.counts.order_by("item", "answer").values_list("item", "answer", "number"):
            found.setdefault(item, {})[answer] = number
    return found


def remarks_of(round: SurveyRound, today: date) -> list[str]:
    """What was written, in the order of ids drawn at random; nothing before the round has closed."""
    if today <= round.closes_on:
        return []
    return list(round.remarks.order_by("id").values_list("text", flat=True))


def open_round(code_hash: str, today: date) -> SurveyRound | None:
    """The round that an unused code opens today."""
    of_code = SurveyRound.objects.filter(unused__code_hash=code_hash)
    return of_code.filter(opens_on__lte=today, closes_on__gte=today).select_related("lot").first()


def is_unused(code_hash: str) -> bool:
    """Whether there is such a code that nobody has used, on whatever day."""
    return SurveyRound.objects.filter(unused__code_hash=code_hash).exists()
