"""This quarter, one figure with the people behind it, its list as a file, payment claims, and the contract as data."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from placewell.interchange.tabular import csv_bytes
from placewell.periods import Period
from placewell.reports.fidelity_page import fidelity_page
from placewell.reports.layout import due_on
from placewell.specification.indicators import Indicator
from placewell_web.accounts.policy import signed_in, staff
from placewell_web.accounts.roles import Role
from placewell_web.accounts.service import current
from placewell_web.audit.actions import record_view
from placewell_web.reporting import permissions, queries
from placewell_web.reporting.forms import Choice, LedgerForm, MembersForm, ScopeForm
from placewell_web.reporting.presenters import (
    charts,
    claims,
    contract,
    definition,
    faults,
    figure,
    files,
    quarter,
    scope,
)
from placewell_web.reporting.queries import Scope


@staff(Role.MANAGER, Role.TEAM_LEADER)
def show_quarter(request: HttpRequest) -> HttpResponse:
    form, asked = _scope(request)
    if asked is None:
        return _choose(request, form)
    spec = queries.specification(asked.period)
    figures = queries.figures(request.viewer, asked)
    goals = queries.goals(asked)
    indicators = {one.id: one for one in spec.indicators.computed}
    months = queries.months(request.viewer, asked, indicators)
    rows = {id: quarter.row(spec, one, figures[id], goals.get(id), months[id]) for id, one in indicators.items()}
    key = [row for row in rows.values() if indicators[row.id].group == quarter.KEY_OUTCOMES]
    payment = current().payment
    outcome_payment = payment.outcome_payment if payment else None
    unpaid = queries.unpaid_people(request.viewer, asked)
    context = {
        "strip": scope.strip(asked),
        "chooser": scope.chooser(_offer(form), reverse("reporting:quarter"), asked),
        "groups": quarter.groups(spec, rows),
        "summary": quarter.summary(spec, key, figures, due_on(current(), asked.period.end), request.today),
        "faults": faults.faults(queries.lacking(request.viewer, asked), indicators, outcome_payment),
        "unpaid": unpaid,
        "unpaid_pounds": outcome_payment.amount * unpaid if outcome_payment else None,
        "payment": outcome_payment,
        "held_elsewhere": [one for one in current().indicators.indicators if one.held_by == "evaluator"],
        "is_this_quarter": request.today in asked.period,
    }
    return render(request, "reporting/quarter.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def download_return(request: HttpRequest, form: str) -> HttpResponse:
    """The return of the lot and period that the page shows, in the contract's layout; written down before it leaves."""
    chosen, asked = _scope(request)
    if asked is None:
        return _choose(request, chosen)
    report, spec = queries.report(request.viewer, asked)
    content, media_type = files.return_as(form, report, spec)
    record_view(
        by=request.actor,
        at=request.now,
        verb="download_return",
        target_kind="return",
        target_id=asked.period.label,
        lot=asked.lot or "",
        detail={
            "as_at": report["as_at"],
            "form": form,
            "data": report["data"],
            "specification": report["specification"],
        },
    )
    return _file(content, media_type, [spec.service.id, "return", asked.lot], asked, form)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def show_figure(request: HttpRequest, indicator: str) -> HttpResponse:
    found = _indicator(indicator)
    form, asked = _scope(request)
    if asked is None:
        return _choose(request, form)
    spec = queries.specification(asked.period)
    value = queries.figures(request.viewer, asked)[found.id]
    chosen = MembersForm(request.GET, first=figure.opening_list(value), breakdowns=_breakdowns(found)).choice()
    members = queries.members(request.viewer, asked, found.id)
    listed = _chosen(members, chosen)
    pages = max(1, -(-listed.height // figure.A_PAGE))
    page = min(chosen.page, pages)
    shown = listed.slice((page - 1) * figure.A_PAGE, figure.A_PAGE).rows(named=True)
    named = queries.named(request.viewer, asked, [row["episode_id"] for row in shown])
    _record(request, "view_members", found.id, asked, list(named))
    target = queries.goals(asked).get(found.id)
    months = queries.months(request.viewer, asked, [one.id for one in current().indicators.computed])[found.id]
    series = quarter.series(spec, found, target, months)
    item = next(one for one in spec.indicators.breakdowns_of(found) if one.id == chosen.by)
    places = queries.places(request.viewer)
    explained, lacking = figure.explained(found, chosen.status or "", listed["lacks"].to_list())
    context = {
        "strip": scope.strip(asked),
        "chooser": scope.chooser(_offer(form), reverse("reporting:figure", args=[found.id]), asked),
        "indicator": found,
        "row": quarter.row(spec, found, value, target, months),
        "definition": definition.definition(spec, found, asked.as_at, value.on_boundary, value.on_backup),
        "tabs": figure.tabs(value, chosen.status or ""),
        "heading": figure.heading(found, members.height),
        "chosen": chosen,
        "only": _only(chosen, figure.breakdown_words(spec, item, places), item.name),
        "explained": explained,
        "lacking": lacking,
        "members": figure.member_rows(shown, named, found),
        "listed": listed.height,
        "page": page,
        "pages": pages,
        "chart": charts.xmr(series),
        "narrow_chart": charts.narrow(series),
        "running": asked.as_at < asked.period.last_day,
        "caption": quarter.caption(found, asked.as_at),
        "breakdown": figure.breakdown(spec, item, members, places),
        "breakdowns": spec.indicators.breakdowns_of(found),
    }
    return render(request, "reporting/figure.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def download_members(request: HttpRequest, indicator: str) -> HttpResponse:
    """The same rows as the lists (or as the one chosen), as CSV: ids, status, reason, day, breakdowns; no names."""
    found = _indicator(indicator)
    form, asked = _scope(request)
    if asked is None:
        return _choose(request, form)
    chosen = MembersForm(request.GET, first=None, breakdowns=_breakdowns(found)).choice()
    members = _chosen(queries.members(request.viewer, asked, found.id), chosen)
    _record(request, "download_members", found.id, asked, members["episode_id"].to_list())
    content = csv_bytes(members.columns, members.rows())
    return _file(content, "text/csv; charset=utf-8", [found.id, chosen.status, asked.lot], asked, "csv")


@staff(Role.MANAGER)
def show_claims(request: HttpRequest) -> HttpResponse:
    """The payment ledger of the whole programme up to today, read only."""
    terms = current().payment.outcome_payment if current().payment else None
    if terms is None:
        raise Http404("This contract pays for no outcome.")
    offered = queries.lots(request.viewer)
    form = LedgerForm(request.GET, lots=offered)
    first = current().service.first_quarter_starts
    span = Period("whole programme", first, max(request.today, first) + timedelta(days=1))
    asked = Scope(form.chosen_lot, dict(offered)[form.chosen_lot or ""], span, request.today)
    found = queries.payments(request.viewer, asked)
    listed = claims.listed(found.lines, form.state)
    pages = max(1, -(-listed.height // claims.A_PAGE))
    page = min(form.page_number, pages)
    shown = listed.slice((page - 1) * claims.A_PAGE, claims.A_PAGE).rows(named=True)
    named = queries.named(request.viewer, asked, [row["episode_id"] for row in shown])
    _record_ledger(request, asked, form.state, list(named))
    context = {
        "strip": claims.strip(asked),
        "lots": offered,
        "lot": asked.lot or "",
        "answer": claims.answer(terms, found),
        "facts": claims.facts(found),
        "caps": claims.caps(found),
        "lot_rows": claims.lot_rows(found, [one for one in offered if one[0] and one[0] == (asked.lot or one[0])]),
        "invoices": claims.invoice_rows(found, request.today),
        "tabs": claims.tabs(found.lines, form.state),
        "rows": [claims.row(line, named.get(line["episode_id"]), found.kinds) for line in shown],
        "state": form.state,
        "listed": listed.height,
        "page": page,
        "pages": pages,
        "terms": terms,
    }
    return render(request, "reporting/claims.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def show_fidelity(request: HttpRequest) -> HttpResponse:
    """A scale item by item: what the records of a lot tell, as at a day; nobody is named."""
    form, asked = _scope(request)
    if asked is None:
        return _choose(request, form)
    offered = queries.scales(asked.as_at)
    scale = next((one for one in offered if one.id == request.GET.get("scale")), offered[0])
    context = {
        "strip": scope.strip(asked),
        "chooser": scope.chooser(_offer(form), reverse("reporting:fidelity"), asked),
        "page": fidelity_page(queries.fidelity(request.viewer, asked, scale), current().as_of(asked.as_at)),
        "scale": scale,
        "others": [one for one in offered if one != scale],
    }
    return render(request, "reporting/fidelity.html", context)


@staff(Role.MANAGER, Role.TEAM_LEADER)
def download_fidelity_members(request: HttpRequest, scale: str, item: str) -> HttpResponse:
    """Who and what is behind an item, as CSV: ids, status, reason, day, number; no names."""
    form, asked = _scope(request)
    if asked is None:
        return _choose(request, form)
    found = next((one for one in queries.scales(asked.as_at) if one.id == scale), None)
    if found is None or found.recorded_item(item) is None:
        raise Http404(f'There is no item "{item}" of a scale "{scale}" here.')
    members = queries.fidelity_members(request.viewer, asked, found, item)
    _record(
        request, "download_members", f"{scale}.{item}", asked, members["episode_id"].drop_nulls().unique().to_list()
    )
    response = HttpResponse(csv_bytes(members.columns, members.rows()), content_type="text/csv; charset=utf-8")
    parts = ["fidelity", item, asked.lot, f"as-at-{asked.as_at}"]
    response["Content-Disposition"] = f'attachment; filename="{"-".join(part for part in parts if part)}.csv"'
    return response


@signed_in
def show_contract(request: HttpRequest) -> HttpResponse:
    """The specification in words, clause by clause: the same data that runs the service, and nothing about people."""
    spec = current().as_of(request.today)
    context = {
        "chapters": contract.chapters(spec),
        "specification": spec,
        "waits_for_release": permissions.waits_for_release(request.viewer),
    }
    return render(request, "reporting/contract.html", context)


OF_A_FILE = re.compile(r"(members|return)[.][a-z]+$")
"""The end of a file's address: what lies before it is the page where another may be chosen."""


def _scope(request: HttpRequest) -> tuple[ScopeForm, Scope | None]:
    lots = queries.lots(request.viewer)
    form = ScopeForm(request.GET, lots=lots, first_quarter=current().service.first_quarter_starts, today=request.today)
    if not form.is_valid():
        return form, None
    lot = form.cleaned_data["lot"]
    return form, Scope(lot, dict(lots)[lot or ""], form.cleaned_data["period"], form.cleaned_data["as_at_day"])


def _file(content: bytes, media_type: str, name: list[str | None], asked: Scope, form: str) -> HttpResponse:
    """A file to keep, whose name says of what, of which period and as at which day it is."""
    response = HttpResponse(content, content_type=media_type)
    parts = [*name, asked.period.label.replace("/", "_"), f"as-at-{asked.as_at}"]
    response["Content-Disposition"] = f'attachment; filename="{"-".join(part for part in parts if part)}.{form}"'
    return response


def _choose(request: HttpRequest, form: ScopeForm) -> HttpResponse:
    """What was asked cannot be shown: why, and the form to choose again."""
    context = {"form": form, "chooser": scope.chooser(_offer(form), _page_of(request.path), None)}
    return render(request, "reporting/scope.html", context, status=422)


def _page_of(path: str) -> str:
    """The page that a file is downloaded from."""
    return reverse("reporting:fidelity") if "/fidelity/" in path else OF_A_FILE.sub("", path)


def _offer(form: ScopeForm) -> scope.Offer:
    given = {name: str(form[name].value() or "") for name in form.fields}
    errors = {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
    return scope.Offer(form.lots, form.first_quarter, form.today, given, errors)


def _chosen(members: pl.DataFrame, chosen: Choice) -> pl.DataFrame:
    """The rows of the list, of the breakdown's line and of the fault that were chosen."""
    wanted: dict[str, Any] = {"status": chosen.status or "", chosen.by: chosen.key, "lacks": chosen.lacks}
    for column, value in wanted.items():
        if value:
            members = members.filter(pl.col(column) == value)
    return members


def _only(chosen: Choice, words: dict[str, str], breakdown: str) -> str:
    """Which part of a list is shown, in words; nothing for the whole of it."""
    parts = [f"{breakdown}: {words.get(chosen.key, chosen.key)}"] if chosen.key else []
    parts += [figure.LACKS[chosen.lacks][1]] if chosen.lacks else []
    return "; ".join(parts)


def _record(request: HttpRequest, verb: str, figure_id: str, asked: Scope, episodes: list[str]) -> None:
    """One entry: which figure, of which lot and period, and everyone shown or taken."""
    detail = {"period": asked.period.label, "as_at": asked.as_at.isoformat(), "shown": episodes, "count": len(episodes)}
    record_view(
        by=request.actor,
        at=request.now,
        verb=verb,
        target_kind="figure",
        target_id=figure_id,
        lot=asked.lot or "",
        detail=detail,
    )


def _record_ledger(request: HttpRequest, asked: Scope, state: str, episodes: list[str]) -> None:
    """One entry: whose lines of the ledger were shown."""
    detail = {"as_at": asked.as_at.isoformat(), "lines": state, "shown": episodes, "count": len(episodes)}
    record_view(
        by=request.actor,
        at=request.now,
        verb="view_ledger",
        target_kind="ledger",
        target_id=current().service.id,
        lot=asked.lot or "",
        detail=detail,
    )


def _indicator(id: str) -> Indicator:
    for one in current().indicators.computed:
        if one.id == id:
            return one
    raise Http404(f'There is no indicator "{id}" here.')


def _breakdowns(indicator: Indicator) -> list[str]:
    return [one.id for one in current().indicators.breakdowns_of(indicator)]
