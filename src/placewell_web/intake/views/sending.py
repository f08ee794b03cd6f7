"""The public referral form: start, one question a page, check, send; a draft on the server carries it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
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
from placewell_web.intake.views.at_hand import AtHand, at_hand, gone, last_begun, take_up
from placewell_web.intake.views.guard import limited
from placewell_web.intake.views.stale import no_draft_yet, same_page, say_so, when_stale


@public
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """What the form is, and the way in; a form begun in this browser can be gone on with.

    A service whose specification asks no question has no form: the page says how else to reach it.
    """
    chosen = AudienceForm(request.GET) if request.GET else None
    who = chosen.cleaned_data["who"] if chosen is not None and chosen.is_valid() else ""
    begun = last_begun(request)
    context = {
        "who": who,
        "number": len(pages_for(current(), "self")),
        "begun": begun.address("check") if begun else "",
    }
    return render(request, "intake/start.html", context)


@when_stale(no_draft_yet)
@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def who(request: HttpRequest) -> HttpResponse:
    """For whom the referral is; the answer opens a draft."""
    if not current().referral.questions:
        return redirect("intake:start")
    form = AudienceForm(request.POST) if request.method == "POST" else AudienceForm()
    if request.method == "POST" and form.is_valid():
        draft = actions.begin(at=request.now, by_whom=form.cleaned_data["who"])
        return redirect(take_up(request, draft).address("question", question=pages_of(draft)[0].id))
    return render(request, "intake/who.html", {"form": form})


def ask_again(request: HttpRequest, question: str) -> HttpResponse | None:
    """The question with what was typed, where the page's token had gone stale; nothing is kept yet."""
    here = at_hand(request)
    pages = pages_of(here.draft) if here and not here.draft.reference else ()
    page = next((page for page in pages if page.id == question), None)
    if here is None or page is None:
        return None
    form = QuestionForm(request.POST, pages=[page], today=request.today)
    say_so(request)
    response = _asked(request, here, pages, page, form, DraftForm(request.POST).changing)
    response.status_code = 403
    return response


@when_stale(ask_again)
@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def question(request: HttpRequest, question: str) -> HttpResponse:
    """One question of the form."""
    here = at_hand(request)
    if here is None:
        return gone(request)
    if here.draft.reference:
        return redirect(here.address("sent"))
    pages = pages_of(here.draft)
    page = next((page for page in pages if page.id == question), None)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, here, pages, page)
    changing = ChangeForm(request.GET).wanted
    form = QuestionForm(pages=[page], today=request.today, answers=here.draft.answers)
    return _asked(request, here, pages, page, form, changing)


def _answered(request: HttpRequest, here: AtHand, pages: tuple[Page, ...], page: Page) -> HttpResponse:
    sent = DraftForm(request.POST)
    form = QuestionForm(request.POST, pages=[page], today=request.today)
    right = form.is_valid()
    if not right and not sent.wants_to_save:
        return _asked(request, here, pages, page, form, sent.changing)
    asked = frozenset(form.boxes)
    kept = form.answers if right else {**here.draft.answers, **answers_so_far(form)}
    saved = actions.save_answers(at=request.now, draft_id=here.draft.id, answers=_only(kept, asked), asked=asked)
    if saved is None:
        return gone(request)
    if sent.wants_to_save:
        if unread := words.not_kept(form):
            messages.warning(request, unread)
        return redirect(here.address("save"))
    if sent.changing or page is pages[-1]:
        return redirect(here.address("check"))
    return redirect(here.address("question", question=pages[pages.index(page) + 1].id))


def _only(answers: dict[str, Any], asked: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name in asked}


def _asked(
    request: HttpRequest, here: AtHand, pages: tuple[Page, ...], page: Page, form: QuestionForm, changing: bool
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "place": words.place(pages, page, changing, here.address),
        "changing": changing,
        "draft": signed(here.draft.id),
    }
    return render(request, "intake/question.html", context)


@when_stale(same_page)
@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def check(request: HttpRequest) -> HttpResponse:
    """All answers, and the button that sends them."""
    here = at_hand(request)
    if here is None:
        return gone(request)
    draft = here.draft
    if draft.reference:
        return redirect(here.address("sent"))
    pages = pages_of(draft)
    lacking = first_incomplete(pages, draft.answers)
    if lacking is not None:
        return redirect(here.address("question", question=lacking.id))
    if request.method == "POST":
        actions.send(by=Actor.public_form(), at=request.now, specification=current(), draft_id=draft.id)
        return redirect(here.address("sent"))
    specification = current()
    context = {
        "by_whom": draft.by_whom,
        "groups": words.groups(pages, draft.answers, here.address),
        "hints": words.said_by_answers(specification, draft.answers, request.today),
        "area": words.area_name(specification, draft.answers),
        "days": days_to_first_contact(specification),
        "back": here.address("question", question=pages[-1].id),
        "save": here.address("save"),
        "draft": signed(draft.id),
    }
    return render(request, "intake/check.html", context)


@public
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: the same for everybody, but for the reference."""
    here = at_hand(request)
    if here is None or not here.draft.reference:
        return redirect("intake:start")
    draft = here.draft
    context = {"reference": draft.reference, "by_whom": draft.by_whom, "days": days_to_first_contact(current())}
    return render(request, "intake/sent.html", context)


def pages_of(draft: Draft) -> tuple[Page, ...]:
    audience: Audience = "self" if draft.by_whom == "self" else "professional"
    return pages_for(current(), audience)
