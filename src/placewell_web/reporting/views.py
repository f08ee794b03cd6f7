"""This quarter, one figure with the people behind it, its list as a file, and the contract as data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewell.interchange.tabular import csv_bytes
from placewell.reports.layout import due_on
from placewell.specification.indicators import Indicator
from placewell_web.accounts.policy import signed_in, staff
from placewell_web.accounts.roles import Role
from placewell_web.accounts.service import current
from placewell_web.audit.actions import record_list_view
from placewell_web.reporting import queries
from placewell_web.reporting.forms import MembersForm, ScopeForm
from placewell_web.reporting.presenters import charts, contract, figure, quarter, scope
from placewell_web.reporting.queries import Scope


@staff(Role.MANAGER, Role.TEAM_LEADER)
def show_quarter(request: HttpRequest) -> HttpResponse:
    form, asked = _scope(request)
    if asked is None:
        return render(request, "reporting/scope.html", {"form": form}, status=422)
    figures = queries.figures(request.viewer, asked)
    lacking = queries.lacking(request.viewer, asked)
    goals = queries.targets(1 if asked.lot else len(current().service.lots))
    indicators = {one.id: one for one in queries.specification(asked.period).indicators.computed}
    months = queries.months(request.viewer, asked, indicators)
    rows = {
        one.id: quarter.row(
            one,
            figures[one.id],
            one.target or goals.get(one.id),
            months[one.id],
            sum(line.people for line in lacking if line.indicator == one.id),
        )
        for one in indicators.values()
    }
    groups = quarter.groups(queries.specification(asked.period), rows)
    key = [row for row in rows.values() if indicators[row.id].group == quarter.KEY_OUTCOMES]
    payment = current().payment
    unpaid = queries.unpaid_people(request.viewer, asked)
    due = due_on(current(), asked.period.end)
    context = {
        "form": form,
        "strip": scope.strip(asked),
        "groups": groups,
        "summary": quarter.summary(key, figures, due, request.today),
        "faults": quarter.faults(lacking, indicators, payment.outcome_payment if payment else None),
        "unpaid": unpaid,
        "unpaid_pounds": payment.outcome_payment.amount * unpaid if payment else None,
        "payment": payment.outcome_payment if payment else None,
        "held_elsewhere": [one for one in current().indicators.indicators if one.held_by == "evaluator"],
    }
    return render(request, "reporting/quarter.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def show_figure(request: HttpRequest, indicator: str) -> HttpResponse:
    found = _indicator(indicator)
    form, asked = _scope(request)
    if asked is None:
        return render(request, "reporting/scope.html", {"form": form}, status=422)
    value = queries.figures(request.viewer, asked)[found.id]
    chosen = MembersForm(request.GET, first=figure.opening_list(value), breakdowns=_breakdowns(found))
    chosen.is_valid()
    status, page, by = chosen.choice()
    members = queries.members(request.viewer, asked, found.id)
    listed = members.filter(members["status"] == status)
    shown = listed.slice((page - 1) * figure.A_PAGE, figure.A_PAGE).rows(named=True)
    named = queries.named(request.viewer, asked, [row["episode_id"] for row in shown])
    record_list_view(by=request.actor, at=request.now, verb="view_members", ids=named, lot=asked.lot or "")
    goals = queries.targets(1 if asked.lot else len(current().service.lots))
    target = found.target or goals.get(found.id)
    months = queries.months(request.viewer, asked, [one.id for one in current().indicators.computed])[found.id]
    spec = queries.specification(asked.period)
    item = next(one for one in spec.indicators.breakdowns_of(found) if one.id == by)
    waiting = sum(line.people for line in queries.lacking(request.viewer, asked) if line.indicator == found.id)
    context = {
        "strip": scope.strip(asked),
        "indicator": found,
        "row": quarter.row(found, value, target, months, waiting),
        "definition": figure.definition(spec, found, asked.as_at, value.on_boundary, value.on_backup),
        "tabs": figure.tabs(value, status),
        "considered": members.height,
        "status": status,
        "explained": figure.EXPLAINED[status],
        "members": figure.member_rows(shown, named, found),
        "page": page,
        "pages": max(1, -(-listed.height // figure.A_PAGE)),
        "chart": charts.xmr(quarter.series(found, target, months)),
        "breakdown": figure.breakdown(spec, item, members, queries.places(request.viewer)),
        "breakdowns": spec.indicators.breakdowns_of(found),
        "by": by,
        "scope_query": scope.query(asked),
    }
    return render(request, "reporting/figure.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def download_members(request: HttpRequest, indicator: str) -> HttpResponse:
    """The same rows as the lists, as CSV: ids, status, reason, day and breakdown values; no names."""
    found = _indicator(indicator)
    form, asked = _scope(request)
    if asked is None:
        return render(request, "reporting/scope.html", {"form": form}, status=422)
    members = queries.members(request.viewer, asked, found.id)
    record_list_view(
        by=request.actor, at=request.now, verb="download_members", ids=members["episode_id"], lot=asked.lot or ""
    )
    response = HttpResponse(csv_bytes(members.columns, members.rows()), content_type="text/csv; charset=utf-8")
    name = f"{found.id}-{asked.period.label.replace('/', '_')}-as-at-{asked.as_at}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
def show_contract(request: HttpRequest) -> HttpResponse:
    """The specification in words, clause by clause: the same data that runs the service, and nothing about people."""
    spec = current().as_of(request.today)
    return render(request, "reporting/contract.html", {"contract": contract.pages(spec), "specification": spec})


def _scope(request: HttpRequest) -> tuple[ScopeForm, Scope | None]:
    lots = queries.lots(request.viewer)
    form = ScopeForm(request.GET, lots=lots, first_quarter=current().service.first_quarter_starts, today=request.today)
    if not form.is_valid():
        return form, None
    lot = form.cleaned_data["lot"]
    return form, Scope(lot, dict(lots)[lot or ""], form.cleaned_data["period"], form.cleaned_data["as_at_day"])


def _indicator(id: str) -> Indicator:
    for one in current().indicators.computed:
        if one.id == id:
            return one
    raise Http404(f'There is no indicator "{id}" here.')


def _breakdowns(indicator: Indicator) -> list[str]:
    return [one.id for one in current().indicators.breakdowns_of(indicator)]
