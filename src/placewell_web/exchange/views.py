"""The exports page: take the data set of one's lots away, and see who did before."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.exchange import actions, queries
from placewell_web.exchange.forms import DownloadForm


@staff(Role.MANAGER)
@require_http_methods(["GET", "POST"])
@reauthentication_required
def exports(request: HttpRequest) -> HttpResponse:
    form = DownloadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name, content = actions.take_data_set(
            request.viewer, file_type=form.cleaned_data["file_type"], by=request.actor, at=request.now
        )
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    context = {"form": form, "downloads": queries.recent_downloads(request.viewer), "lots_taken": queries.lots_taken}
    return render(request, "exchange/exports.html", context, status=422 if form.errors else 200)
