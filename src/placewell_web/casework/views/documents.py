"""The row of links that stands on each document of a person, and what the person page says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from placewell_web.accounts import service
from placewell_web.casework.presenters import documents
from placewell_web.casework.presenters import profiles as profiles_told
from placewell_web.casework.presenters import work_and_health as told
from placewell_web.casework.presenters.plans import agreement
from placewell_web.casework.queries import comments, plans, profiles, work_and_health


def documents_row(episode: Any, current: str) -> list[dict[str, Any]]:
    """The documents of this person, with the one that is open."""
    assessed = bool(service.current().pathway.assessment_parts)
    return documents.row(episode, plans.kinds(episode), plans.main_kind(), current, assessed=assessed)


def documents_summary(episode: Any, today: date) -> dict[str, Any]:
    """What the person page shows of the documents: what is wanted, in the way, asked for, and written by the person."""
    searching = next((one for one in plans.plans(episode, plans.JOB_SEARCH) if one.agreed_on), None)
    return {
        "wanted": profile_wanted(episode, today),
        "barriers_now": told.barriers_in_words(work_and_health.barriers(episode), today),
        "adjustments_now": told.adjustments_in_words(work_and_health.adjustments(episode)),
        "access_to_work_now": told.access_to_work_in_words(work_and_health.access_to_work(episode).first()),
        "comments_new": [one for one in comments.comments(episode) if one.read_at is None],
        "job_search_plan": searching,
        "job_search_plan_agreed": agreement(searching, "this plan") if searching else "",
        "makes_job_search_plans": plans.JOB_SEARCH in plans.kinds(episode),
    }


def profile_wanted(episode: Any, today: date) -> str:
    """Why a new version of the profile is wanted; nothing once support has ended, as it can no longer change."""
    if episode.closed_on is not None:
        return ""
    last = profiles.last_completed(episode)
    return profiles_told.wanted(profiles.last_change(episode, today), last, episode.person.called)


def link_address(episode: Any) -> str:
    """Where a link to the plan is given; nothing where this installation gives none, or nobody can agree any more."""
    if episode.closed_on is not None:
        return ""
    try:
        return reverse("casework:give_link", kwargs={"episode": episode.pk, "purpose": "plan"})
    except NoReverseMatch:
        return ""
