"""Pages of the administrator: users, their posts, switching accounts off and on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from placewell_web.accounts import actions, presenters, queries
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.forms import AddUserForm, EndPostForm, PostForm, TeamForm
from placewell_web.accounts.policy import staff

ADMINISTRATOR = "administrator"
SWITCHES = {
    "off": (actions.switch_off, "{} can no longer sign in."),
    "on": (actions.switch_on, "{} can sign in again."),
    "sessions": (actions.end_sessions, "{} is signed out everywhere."),
    "second-step": (actions.remove_second_step, "{} sets up a new second step at the next sign-in."),
}


@staff(ADMINISTRATOR)
def users(request: HttpRequest) -> HttpResponse:
    """Everyone the administrator manages, with the posts they hold today."""
    found = queries.users_visible_to(request.viewer)  # type: ignore[attr-defined]
    rows = [presenters.user_row(user, request.today) for user in found]  # type: ignore[attr-defined]
    return render(request, "accounts/users.html", {"rows": rows})


@staff(ADMINISTRATOR)
def add_user(request: HttpRequest) -> HttpResponse:
    """A new user with a first post; the link to choose a password goes to their address."""
    form = AddUserForm(request.POST or None, initial={"from_on": request.today}, **_places(request))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.add_user(**_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            _send_link(request, user.email)
            messages.success(
                request, f"{user.name} is added. A link to choose a password is on its way to {user.email}."
            )
            return redirect("accounts:user", user=user.pk)
    return render(request, "accounts/add_user.html", {"form": form}, status=_status(form))


@staff(ADMINISTRATOR)
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the administrator's lots, and a form for another."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = TeamForm(request.POST or None, lots=queries.lots_of(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            team = actions.add_team(**_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", list(refusal.problems))
        else:
            messages.success(request, f"{team.name} is added.")
            return redirect("accounts:teams")
    context = {"form": form, "teams": queries.teams_of(viewer)}
    return render(request, "accounts/teams.html", context, status=_status(form))


@staff(ADMINISTRATOR)
def user(request: HttpRequest, user: UUID) -> HttpResponse:
    """One user: posts past and present, and what can be done."""
    person = _user(request, user)
    today = request.today  # type: ignore[attr-defined]
    posts = [presenters.post_row(post, today) for post in person.postings.all()]
    context = {"row": presenters.user_row(person, today), "posts": posts, "own": person.pk == request.user.pk}
    return render(request, "accounts/user.html", context)


@staff(ADMINISTRATOR)
def give_post(request: HttpRequest, user: UUID) -> HttpResponse:
    """Another post for a user."""
    person = _user(request, user)
    form = PostForm(request.POST or None, initial={"from_on": request.today}, **_places(request))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_post(user=person, **_who(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.problems))
        else:
            messages.success(request, f"{person.name} has the post.")
            return redirect("accounts:user", user=person.pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/give_post.html", context, status=_status(form))


@staff(ADMINISTRATOR)
def end_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """The last day of a post."""
    found = queries.post_visible_to(request.viewer, post)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    form = EndPostForm(request.POST or None, today=request.today)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(post=found, last_day=form.cleaned_data["last_day"], **_who(request))
        except Refused as refusal:
            form.add_error("last_day", list(refusal.problems))
        else:
            messages.success(request, "The post has its last day.")
            return redirect("accounts:user", user=found.user_id)
    row = presenters.post_row(found, request.today)  # type: ignore[attr-defined]
    context = {"form": form, "row": row, "person": found.user}
    return render(request, "accounts/end_post.html", context, status=_status(form))


@staff(ADMINISTRATOR)
def switch(request: HttpRequest, user: UUID, what: str) -> HttpResponse:
    """Switch an account off or on, or end its sessions: asked first, then done."""
    person = _user(request, user)
    if what not in SWITCHES:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/switch.html", {"person": person, "what": what})
    action, done = SWITCHES[what]
    action(user=person, **_who(request))
    messages.success(request, done.format(person.name))
    return redirect("accounts:user", user=person.pk)


def _user(request: HttpRequest, user_id: UUID) -> Any:
    found = queries.user_visible_to(request.viewer, user_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"viewer": request.viewer, "by": request.actor, "at": request.now}  # type: ignore[attr-defined]


def _places(request: HttpRequest) -> dict[str, Any]:
    viewer = request.viewer  # type: ignore[attr-defined]
    return {"lots": queries.lots_of(viewer), "teams": queries.teams_of(viewer)}


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200


def _send_link(request: HttpRequest, email: str) -> None:
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)
