"""The public pages that stand still: home, accessibility, privacy, complaints, languages, support, information."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placewell_web.accounts.policy import public
from placewell_web.accounts.service import current
from placewell_web.employers.queries import directory
from placewell_web.intake import actions
from placewell_web.intake.letters import days_to_first_contact
from placewell_web.intake.presenters import information


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the service is, who can use it, and the two ways in."""
    return render(
        request, "intake/home.html", {"areas": information.areas(current(), "and"), "who": information.who(current())}
    )


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/pages/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/pages/privacy.html", {"days": actions.DRAFT_DAYS, "commissioner": _commissioner()})


@public
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/pages/complaints.html", {"commissioner": _commissioner()})


@public
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/pages/languages.html", {"materials": information.materials(current())})


@public
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Other services: those of the specification (002 §7.8, §9.5, §9.8), and what the directory shows to anyone."""
    kept = information.kept_directory(directory.public(request.today))
    return render(request, "intake/pages/support.html", {"groups": information.directory(current()), "kept": kept})


@public
@require_safe
def professionals(request: HttpRequest) -> HttpResponse:
    specification = current()
    context = {
        "who": information.who(specification),
        "not_for": information.not_for(specification),
        "keeps_nobody_out": information.keeps_nobody_out(specification),
        "days": days_to_first_contact(specification),
    }
    return render(request, "intake/pages/professionals.html", context)


@public
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/pages/employers.html")


def _commissioner() -> str:
    return current().service.commissioner
