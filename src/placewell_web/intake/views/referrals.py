"""One referral: what it said, screening, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placewell.periods import age_on
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.policy import Role, staff
from placewell_web.accounts.service import current
from placewell_web.audit.actions import record_view
from placewell_web.clients import permissions as client_permissions
from placewell_web.clients import queries as people
from placewell_web.clients.actions import compared_until
from placewell_web.clients.wording import how_it_follows
from placewell_web.intake import actions, permissions, queries
from placewell_web.intake.answers import facts_said
from placewell_web.intake.forms import AssignForm, DeclineForm, OverrideForm, PlaceForm, ScreeningForm
from placewell_web.intake.presenters import public as public_words
from placewell_web.intake.presenters import staff as words
from placewell_web.intake.views.refusals import told_on_the_referral

DECIDERS = (Role.TEAM_LEADER, Role.MANAGER)
ALL = (*DECIDERS, Role.SPECIALIST)


@staff(*ALL)
@require_safe
def referral(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The referral with what may be done about it."""
    found = queries.referral(request.viewer, episode)
    _viewed(request, found.episode, "view_referral")
    specification = current()
    latest = found.screenings[0] if found.screenings else None
    context = {
        "episode": found.episode,
        "person": found.episode.person,
        "referral": found.referral,
        "groups": words.answer_groups(specification, found.answers),
        "record": words.person_rows(found.episode),
        "not_agreed": found.answers.get("person_agrees") == "no",
        "came": words.came(found.episode, words.source_labels(specification)),
        "waited": words.waited((request.today - found.episode.referred_on).days),
        "screening": words.screening_card(latest, specification) if latest else None,
        "older": [words.screening_card(one, specification) for one in found.screenings[1:]],
        "duplicates": [(one, words.matched(one.question)) for one in found.duplicates],
        "earlier": found.earlier,
        "follows": how_it_follows(found.episode),
        "before": found.before,
        "screened_before": words.screening_card(found.screened_before, specification)
        if found.screened_before
        else None,
        "merges": found.merges,
        "decline": found.decline,
        "decline_reason": _reason(found.episode.decline_reason),
        "can_decide": client_permissions.can_decide(request.viewer, found.episode),
        "can_assign": client_permissions.can_assign(request.viewer, found.episode),
        "can_screen": permissions.can_screen(request.viewer, found.episode),
        "can_override": permissions.can_override(request.viewer, specification, latest),
        "raised": public_words.raised_by_answers(specification, found.answers, request.today) if not latest else [],
        "can_compare": request.viewer.has_role(*DECIDERS),
        "blocked": latest is not None and latest.overall == "not_eligible" and not latest.override_reason,
        "trial_first": words.trial_first(specification, request.today),
        "compared_until": compared_until(found.episode.person, request.today),
        "meeting": queries.trial_meeting(found.episode),
        "place_form": PlaceForm(lots=queries.lots(request.viewer)) if found.episode.lot_id is None else None,
        "override_form": OverrideForm(),
    }
    return render(request, "intake/staff/referral.html", context)


@staff(*ALL)
@told_on_the_referral
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Each fact the criteria need; the answers follow from them."""
    found = queries.referral(request.viewer, episode)
    permissions.check_can_screen(request.viewer, found.episode)
    specification = current()
    in_area = True if found.episode.lot_id else None
    person = found.episode.person
    form = ScreeningForm(
        request.POST if request.method == "POST" else None,
        specification=specification,
        said=facts_said(specification, found.answers, request.today, in_area),
        today=request.today,
        born=person.birth_date,
        condition=found.episode.primary_condition,
    )
    if request.method == "POST" and form.is_valid():
        actions.screen(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            episode_id=episode,
            specification=specification,
            facts=form.values,
            birth_date=form.birth_date,
            primary_condition=form.primary_condition,
        )
        messages.success(request, "Screening kept.")
        return redirect("intake:referral", episode=episode)
    _viewed(request, found.episode, "view_screening")
    context = {
        "form": form,
        "episode": found.episode,
        "person": person,
        "age": age_on(person.birth_date, request.today) if person.birth_date else None,
        "answers": words.answer_groups(specification, found.answers),
        "forbidden": [fact.label for fact in specification.eligibility.forbidden_facts],
        "trial_first": words.trial_first(specification, request.today),
    }
    return render(request, "intake/staff/screen.html", context)


@staff(*DECIDERS)
@told_on_the_referral
@require_POST
def override(request: HttpRequest, episode: UUID) -> HttpResponse:
    """A second person sets the last screening aside, with a reason."""
    form = OverrideForm(request.POST)
    if not form.is_valid():
        found = people.get_episode(request.viewer, episode)
        return render(request, "intake/staff/override.html", {"form": form, "episode": found, "person": found.person})
    actions.override(
        by=request.actor,
        at=request.now,
        viewer=request.viewer,
        episode_id=episode,
        specification=current(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, "The criteria were set aside. The reason is kept and reported.")
    return redirect("intake:referral", episode=episode)


@staff(*DECIDERS)
@told_on_the_referral
@require_POST
def accept(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Take the person on, then name the specialist."""
    actions.accept(by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode)
    if words.trial_first(current(), request.today):
        messages.info(request, "Accepted. The trial meeting comes first: nobody enters the service before it.")
    else:
        messages.success(request, "Accepted. Choose who will be their specialist.")
    return redirect("intake:assign", episode=episode)


@staff(*DECIDERS)
@told_on_the_referral
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Do not take the person on: why, and what they will be told."""
    found = people.get_episode(request.viewer, episode)
    client_permissions.check_can_decide(request.viewer, found)
    specification = current()
    form = DeclineForm(request.POST if request.method == "POST" else None, specification=specification)
    if request.method == "POST" and form.is_valid():
        actions.decline(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            episode_id=episode,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            specification=specification,
        )
        messages.success(request, "Declined. Please tell the person.")
        return redirect("intake:referral", episode=episode)
    _viewed(request, found, "view_referral")
    return render(request, "intake/staff/decline.html", {"form": form, "episode": found, "person": found.person})


@staff(*DECIDERS)
@told_on_the_referral
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Name the specialist, seeing how much room each has."""
    found = people.get_episode(request.viewer, episode)
    client_permissions.check_can_assign(request.viewer, found)
    specification = current()
    loads = people.specialist_loads(request.viewer, found.lot_id or "", request.today)
    rooms = words.rooms(loads, specification, request.today)
    over = client_permissions.can_go_over_limit(request.viewer)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        specialists=[(room.key, room.name, room.said) for room in rooms],
        may_go_over=over,
    )
    if request.method == "POST" and form.is_valid() and _assigned(request, episode, form):
        messages.success(request, "Assigned. The specialist sees the person under new referrals.")
        return redirect("intake:referral", episode=episode)
    _viewed(request, found, "view_referral")
    context = {"form": form, "episode": found, "person": found.person, "rooms": rooms, "may_go_over": over}
    return render(request, "intake/staff/assign.html", context)


def _assigned(request: HttpRequest, episode: UUID, form: AssignForm) -> bool:
    """Whether it was done; where it was refused, the form says why beside the specialist that was chosen."""
    try:
        actions.assign(
            by=request.actor,
            at=request.now,
            viewer=request.viewer,
            episode_id=episode,
            specialist_id=form.cleaned_data["specialist"],
            specification=current(),
            reason=form.over_limit_reason,
        )
    except Refused as refusal:
        form.add_error("specialist", " ".join(refusal.problems))
        return False
    return True


@staff(*DECIDERS)
@told_on_the_referral
@require_POST
def place(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Take a referral without an area into one's own."""
    form = PlaceForm(request.POST, lots=queries.lots(request.viewer))
    if form.is_valid():
        actions.place(
            by=request.actor, at=request.now, viewer=request.viewer, episode_id=episode, lot=form.cleaned_data["lot"]
        )
        messages.success(request, "The referral is in your area now.")
    else:
        people.get_episode(request.viewer, episode)
        messages.error(request, "Choose one of your areas.")
    return redirect("intake:referral", episode=episode)


def _reason(code: str) -> str:
    return next((reason.label for reason in current().pathway.decline_reasons if reason.id == code), code)


def _viewed(request: HttpRequest, episode: object, verb: str) -> None:
    record_view(
        by=request.actor,
        at=request.now,
        verb=verb,
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
    )
