"""The kinds of plan a person can have, what each covers, and the versions of them."""

from __future__ import annotations

from placewell.specification.pathway import PlanPart
from placewell.vocabulary import label
from placewell_web.accounts import service
from placewell_web.casework.models import Plan
from placewell_web.clients.models import Episode

VOCATIONAL = "vocational_action"
JOB_SEARCH = "job_search"


def main_kind() -> str:
    """The plan that the service's contract speaks of first."""
    kinds = service.current().pathway.plan_kinds
    return kinds[0].id if kinds else VOCATIONAL


def kinds(episode: Episode) -> dict[str, str]:
    """The kinds of plan the service makes, and any other that the person has one of, with their names."""
    named = {kind.id: kind.label for kind in service.current().pathway.plan_kinds} or {
        VOCATIONAL: label("plan_kind", VOCATIONAL)
    }
    had = episode.plans.order_by("kind").values_list("kind", flat=True).distinct()
    return named | {kind: label("plan_kind", kind) for kind in had if kind not in named}


def parts(kind: str) -> tuple[PlanPart, ...]:
    """What a plan of the kind covers by the contract; empty where it leaves that open."""
    return service.current().pathway.parts_of(kind)


def plans(episode: Episode, kind: str = "") -> list[Plan]:
    """Every version of a kind, the newest first; without a kind of the main one."""
    found = episode.plans.filter(kind=kind or main_kind()).select_related("written_by").prefetch_related("steps")
    return list(found.order_by("-version"))


def readable(episode: Episode) -> list[Plan]:
    """What the person may read by their link: of each kind the draft shown to them, else the plan that holds."""
    shown: dict[str, Plan] = {}
    found = episode.plans.filter(ended_on__isnull=True).prefetch_related("steps").order_by("version")
    for plan in found:
        if plan.agreed_on or plan.offered_on:
            shown[plan.kind] = plan
    order = list(kinds(episode))
    return sorted(shown.values(), key=lambda plan: order.index(plan.kind))
