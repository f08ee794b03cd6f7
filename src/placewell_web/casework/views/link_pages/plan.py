"""The person's own page: their plan and what they said of work, to read, comment on and agree. Nothing about others."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.casework.actions import plan_links
from placewell_web.casework.forms.plan_link import AgreeForm, CommentForm
from placewell_web.casework.forms.profiles import PART_LABELS, SHOWN_ALWAYS
from placewell_web.casework.presenters import job_search_sheet as sheet
from placewell_web.casework.presenters import plans as told
from placewell_web.casework.presenters.assessments import assessment_words
from placewell_web.casework.queries import assessments, comments, job_search_sheet, profiles
from placewell_web.casework.queries import plans as kept
from placewell_web.nhsuk.sent import posted, pressed

OWN_LABELS = {
    part: label.replace("the person wants", "you want").replace("they know", "you know")
    for part, (label, _) in PART_LABELS.items()
}


def page(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    """Reading; or agreeing and writing, each once, and then reading again."""
    if request.method != "POST":
        return _page(request, link, _fresh())
    try:
        return _agree(request, link, secret) if pressed(request, "agree") else _comment(request, link, secret)
    except EditConflict:
        words = ("Your plan was changed while you were reading.", "Read it again below before you agree.")
        return _page(request, link, _fresh(), problems=words, status=409)
    except Refused as refused:
        return _page(request, link, _fresh(), problems=refused.problems, status=409)


def _agree(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    form = AgreeForm(posted(request))
    plan = _readable(link).get(str(form.cleaned_data["plan"])) if form.is_valid() else None
    if plan is None:
        raise Refused("This version of the plan no longer holds.", "Read the newer one below.")
    version = form.cleaned_data["edit_version"]
    agreed = plan_links.agree_by_link(at=request.now, link=link, plan=plan, edit_version=version)
    messages.success(request, "Thank you. You agreed your plan." if agreed else "You agreed this plan already.")
    return redirect("casework:link", secret=secret)


def _comment(request: HttpRequest, link: Any, secret: str) -> HttpResponse:
    form = CommentForm(posted(request))
    if not form.is_valid():
        return _page(request, link, form, status=200)
    said = form.cleaned_data
    plan = next(iter(_readable(link).values()), None)
    row = plan_links.comment_on_plan(at=request.now, link=link, plan=plan, **said)
    messages.success(request, "Your specialist will read what you wrote." if row else "That was sent already.")
    return redirect("casework:link", secret=secret)


def _fresh() -> CommentForm:
    return CommentForm(initial={"form_token": uuid.uuid4()})


def _readable(link: Any) -> dict[str, Any]:
    return {str(plan.pk): plan for plan in kept.readable(link.episode)}


def _page(
    request: HttpRequest, link: Any, form: CommentForm, problems: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    episode = link.episode
    plans = [
        told.plan_words(
            plan, kept.parts(plan.kind), told.kind_title(kept.kinds(episode), plan.kind), "You", "Your specialist"
        )
        for plan in kept.readable(episode)
    ]
    context = {
        "called": episode.person.called,
        "specialist": episode.specialist.name if episode.specialist else "",
        "plans": plans,
        "profile": _profile(profiles.last_completed(episode)),
        "assessment": _assessment(episode),
        "searched": sheet.rows(job_search_sheet.applications(episode), job_search_sheet.employer_contacts(episode)),
        "comments": list(comments.comments(episode)[:20]),
        "form": form,
        "problems": problems,
        "open": plan_links.can_answer(link),
        "until": link.expires_at,
    }
    return render(request, "casework/links/plan.html", context, status=status)


def _profile(profile: Any) -> list[tuple[str, str]]:
    """The parts that stand there always; all of them where the team chose so."""
    parts = () if profile is None else PART_LABELS if profile.shown_on else SHOWN_ALWAYS
    return [(OWN_LABELS[part], getattr(profile, part)) for part in parts if getattr(profile, part)]


def _assessment(episode: Any) -> Any:
    found = assessments.shown(episode)
    return assessment_words(found, service.current().pathway.assessment_parts) if found else None
