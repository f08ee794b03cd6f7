"""The public referral form: start, one question a page, check, send; a draft on the server carries it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from placewell.specification.referral import Audience
from placewell_web.accounts.policy import public
from placewell_web.accounts.service import current
from placewell_web.audit.actors import Actor
from placewell_web.intake import actions
from placewell_web.intake.actions.drafts import Draft
from placewell_web.intake.answers import first_incomplete
from placewell_web.intake.forms import AudienceForm, ChangeForm, DraftForm, QuestionForm, answers_so_far
from placewell_web.intake.forms.public import signed
from placewell_web.intake.letters import days_to_first_contact
from placewell_web.intake.presenters import public as words
from placewell_web.intake.questions import Page, pages_for
from placewell_web.intake.views.guard import limited

IN_SESSION = "referral_draft"
DRAFT_SECONDS = actions.DRAFT_DAYS * 24 * 60 * 60


@public
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """What the form is, and the way in; a form begun in this browser can be gone on with."""
    chosen = AudienceForm(request.GET) if request.GET else None
    who = chosen.cleaned_data["who"] if chosen is not None and chosen.is_valid() else ""
    draft = draft_of(request)
    context = {
        "who": who,
        "number": len(pages_for(current(), "self")),
        "begun": draft is not None and bool(draft.answers),
    }
    return render(request, "intake/start.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def who(request: HttpRequest) -> HttpResponse:
    """For whom the referral is; the answer opens a draft."""
    form = AudienceForm(request.POST) if request.method == "POST" else AudienceForm()
    if request.method == "POST" and form.is_valid():
        draft = actions.begin(at=request.now, by_whom=form.cleaned_data["who"])
        request.session[IN_SESSION] = str(draft.id)
        return redirect("intake:question", question=pages_of(draft)[0].id)
    return render(request, "intake/who.html", {"form": form})


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def question(request: HttpRequest, question: str) -> HttpResponse:
    """One question of the form."""
    draft = draft_of(request)
    if draft is None:
        return gone(request)
    if draft.reference:
        return redirect("intake:sent")
    pages = pages_of(draft)
    page = next((page for page in pages if page.id == question), None)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, draft, pages, page)
    changing = ChangeForm(request.GET).wanted
    form = QuestionForm(pages=[page], today=request.today, answers=draft.answers)
    return _asked(request, draft, pages, page, form, changing)


def _answered(request: HttpRequest, draft: Draft, pages: tuple[Page, ...], page: Page) -> HttpResponse:
    sent = DraftForm(request.POST)
    form = QuestionForm(request.POST, pages=[page], today=request.today)
    right = form.is_valid()
    if not right and not sent.wants_to_save:
        return _asked(request, draft, pages, page, form, sent.changing)
    asked = frozenset(form.boxes)
    kept = form.answers if right else {**draft.answers, **answers_so_far(form)}
    saved = actions.save_answers(at=request.now, draft_id=draft.id, answers=_only(kept, asked), asked=asked)
    if saved is None:
        return gone(request)
    if sent.wants_to_save:
        return redirect("intake:save")
    if sent.changing or page is pages[-1]:
        return redirect("intake:check")
    return redirect("intake:question", question=pages[pages.index(page) + 1].id)


def _only(answers: dict[str, Any], asked: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name in asked}


def _asked(
    request: HttpRequest, draft: Draft, pages: tuple[Page, ...], page: Page, form: QuestionForm, changing: bool
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "place": words.place(pages, page, changing),
        "changing": changing,
        "draft": signed(draft.id),
    }
    return render(request, "intake/question.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def check(request: HttpRequest) -> HttpResponse:
    """All answers, and the button that sends them."""
    draft = draft_of(request)
    if draft is None:
        return gone(request)
    if draft.reference:
        return redirect("intake:sent")
    pages = pages_of(draft)
    lacking = first_incomplete(pages, draft.answers)
    if lacking is not None:
        return redirect("intake:question", question=lacking.id)
    if request.method == "POST":
        return _send(request, draft)
    specification = current()
    context = {
        "by_whom": draft.by_whom,
        "groups": words.groups(pages, draft.answers),
        "hints": words.said_by_answers(specification, draft.answers, request.today),
        "area": words.area_name(specification, draft.answers),
        "days": days_to_first_contact(specification),
        "last": pages[-1].id,
        "draft": signed(draft.id),
    }
    return render(request, "intake/check.html", context)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    actions.send(by=Actor.public_form(), at=request.now, specification=current(), draft_id=draft.id)
    return redirect("intake:sent")


@public
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: the same for everybody, but for the reference."""
    draft = draft_of(request)
    if draft is None or not draft.reference:
        return redirect("intake:start")
    context = {"reference": draft.reference, "by_whom": draft.by_whom, "days": days_to_first_contact(current())}
    return render(request, "intake/sent.html", context)


def pages_of(draft: Draft) -> tuple[Page, ...]:
    audience: Audience = "self" if draft.by_whom == "self" else "professional"
    return pages_for(current(), audience)


def draft_of(request: HttpRequest) -> Draft | None:
    """The draft of this browser's session; when that is gone, the one named in the page that was sent."""
    named = DraftForm(request.POST).draft_id(DRAFT_SECONDS) if request.method == "POST" else None
    try:
        draft_id = UUID(request.session.get(IN_SESSION, ""))
    except ValueError:
        draft_id = named
    if draft_id is None:
        return None
    draft = actions.find_draft(draft_id=draft_id, at=request.now)
    if draft is not None and request.session.get(IN_SESSION) != str(draft.id):
        request.session[IN_SESSION] = str(draft.id)
    return draft


def gone(request: HttpRequest) -> HttpResponse:
    """The answers cannot be found: said plainly, with what to do."""
    return render(request, "intake/gone.html", {"days": actions.DRAFT_DAYS}, status=410)
