"""Job roles and industries found as one types; the forms that ask for them work without it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse

from placewell.vocabulary import search_industries, search_occupations
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.casework.forms.codes import asked

CASEWORKERS = (Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER)


@staff(*CASEWORKERS)
def occupations(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"found": [asdict(one) for one in search_occupations(asked(request))]})


@staff(*CASEWORKERS)
def industries(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"found": [asdict(one) for one in search_industries(asked(request))]})
