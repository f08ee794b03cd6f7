"""The evaluator's pages: flow, recruitment, baseline, balance, withdrawals, deviations, integrity, exports."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from placewell.evaluation.consort import to_svg
from placewell.evaluation.recruitment import recruitment_words
from placewell_web.accounts.policy import staff
from placewell_web.accounts.roles import Role
from placewell_web.accounts.service import current
from placewell_web.audit.actions import record_view
from placewell_web.evaluation import actions, permissions, queries, sealing
from placewell_web.evaluation.forms import AnchorForm, AreaForm, PeopleForm, TakeForm
from placewell_web.evaluation.permissions import EVALUATORS, WATCHERS
from placewell_web.evaluation.presenters import flow as flows
from placewell_web.evaluation.presenters import integrity as checks
from placewell_web.evaluation.presenters import scope as scopes
from placewell_web.evaluation.presenters.pace import pace
from placewell_web.evaluation.queries import Scope
from placewell_web.trial.actions.integrity import keep_anchor

A_PAGE = 50


@staff(*EVALUATORS)
def show_flow(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:flow")
    found = queries.flow(request.viewer, asked)
    pace_so_far = queries.recruitment(request.viewer, asked)
    ledger = queries.ledger(request.viewer)
    left = queries.withdrawals(request.viewer, asked)
    late = queries.told_late(request.viewer, asked, request.now)
    together = queries.flow_together(request.viewer, asked)
    context = (
        page
        | {
            "answer": recruitment_words(pace_so_far, queries.trial()),
            "facts": flows.facts(found, together, pace_so_far, left, late, ledger, request.now),
            "picture": flows.picture(found, page["strip"].caption),
            "parts": flows.parts(found, _area(asked)),
            "flow": found,
        }
        | _checked(request, ledger)
    )
    return render(request, "evaluation/flow.html", context)


@staff(*EVALUATORS)
def download_diagram(request: HttpRequest) -> HttpResponse:
    """The diagram as a file that stands alone; by arm for who is unblinded."""
    page, asked = _page(request, "evaluation:flow")
    found = queries.flow(request.viewer, asked)
    detail = {"as_at": asked.as_at.isoformat(), "arms": found.arms}
    record_view(
        by=request.actor,
        at=request.now,
        verb="download_flow",
        target_kind="trial",
        target_id=current().service.id,
        lot=asked.lot or "",
        detail=detail,
    )
    parts = ("participant-flow", "both-arms" if found.arms else "", asked.lot, f"as-at-{asked.as_at}")
    return _file(to_svg(found, page["strip"].caption).encode(), "image/svg+xml", _joined(parts, "svg"))


@staff(*EVALUATORS)
def show_people(request: HttpRequest) -> HttpResponse:
    """Who stands behind a count: trial numbers with the reason, a page at a time."""
    page, asked = _page(request, "evaluation:people")
    form = PeopleForm(request.GET)
    found = queries.people(request.viewer, asked, *form.count)
    if found is None:
        found = queries.people(request.viewer, asked, "randomised", "", "")
    assert found is not None
    pages = max(1, -(-len(found.members) // A_PAGE))
    number = min(form.page_number, pages)
    shown = found.members[(number - 1) * A_PAGE : number * A_PAGE]
    _saw(request, "view_trial_people", asked, [one.number for one in shown])
    again = flows.query_of(found, _area(asked))
    context = page | {"found": found, "shown": shown, "number": number, "pages": pages, "again": again}
    return render(request, "evaluation/people.html", context)


@staff(*WATCHERS)
def show_recruitment(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:recruitment")
    found = queries.recruitment(request.viewer, asked)
    context = page | {
        "found": found,
        "answer": recruitment_words(found, queries.trial()),
        "chart": pace(found),
        "narrow": pace(found, width=358, height=240, every=3),
        "sees_people": request.viewer.has_role(*EVALUATORS),
    }
    return render(request, "evaluation/recruitment.html", context)


@staff(*EVALUATORS)
def show_completeness(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:completeness")
    found = queries.completeness(request.viewer, asked)
    parts = {one.id: one.label for one in queries.trial().baseline}
    return render(request, "evaluation/completeness.html", page | {"found": found, "parts": parts})


@staff(Role.UNBLINDED)
def show_balance(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:balance")
    found = queries.balance(request.viewer, asked)
    return render(
        request, "evaluation/balance.html", page | {"found": found, "names": scopes.arm_names(queries.trial())}
    )


@staff(*EVALUATORS)
def show_withdrawals(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:withdrawals")
    found = queries.withdrawals(request.viewer, asked)
    notices = queries.notices(request.viewer, asked)
    shown = sorted({number for line in found.lines for number in line.people} | {one.number for one in notices} - {""})
    _saw(request, "view_withdrawals", asked, shown)
    meanings = {choice.id: choice for choice in queries.trial().withdrawals}
    context = page | {
        "found": found,
        "meanings": meanings,
        "names": scopes.arm_names(queries.trial()),
        "sent": [one for one in notices if one.kind == "withdrawal"],
        "late": queries.told_late(request.viewer, asked, request.now),
        "hours": queries.trial().notice_hours,
    }
    return render(request, "evaluation/withdrawals.html", context)


@staff(*EVALUATORS)
def show_deviations(request: HttpRequest) -> HttpResponse:
    page, asked = _page(request, "evaluation:deviations")
    found = queries.deviations(request.viewer, asked)
    corrections = queries.corrections(request.viewer, asked)
    notices = [one for one in queries.notices(request.viewer, asked) if one.kind != "withdrawal"]
    numbers = {one.person for one in found.found} | {one.number for one in (*corrections, *notices)}
    _saw(request, "view_deviations", asked, sorted(numbers - {""}))
    labels = {one.id: one.label for one in queries.trial().mistakes}
    context = (
        page
        | {"found": found, "corrections": corrections, "sent": notices, "labels": labels}
        | {"kinds": checks.NOTICES}
    )
    return render(request, "evaluation/deviations.html", context)


@staff(*EVALUATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_integrity(request: HttpRequest) -> HttpResponse:
    """The check of the ledger now; a POST gives an anchor, which is kept and compared."""
    page, _ = _page(request, "evaluation:integrity")
    form = AnchorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seq = form.cleaned_data["seq"]
        given = keep_anchor(by=request.actor, at=request.now, seq=seq, hash=form.cleaned_data["hash"])
        level = messages.SUCCESS if given.equal else messages.ERROR
        messages.add_message(request, level, checks.compared(seq, given.equal, given.stands))
        return redirect("evaluation:integrity")
    ledger = queries.ledger(request.viewer, with_guessing=True)
    context = page | _checked(request, ledger) | {"form": form}
    return render(request, "evaluation/integrity.html", context, status=422 if form.errors else 200)


@staff(*EVALUATORS)
def download_anchor(request: HttpRequest) -> HttpResponse:
    """The last entry's number and hash, to be kept where nobody at the provider can reach it."""
    queries.trial()
    ledger = queries.ledger(request.viewer)
    head = ledger.checked.head
    content = {
        "trial": current().service.id,
        "seq": head.seq if head else None,
        "hash": head.hash if head else "",
        "taken_at": request.now.isoformat(timespec="seconds"),
    }
    record_view(
        by=request.actor,
        at=request.now,
        verb="take_anchor",
        target_kind="ledger",
        target_id=head.seq if head else "none",
        detail={"hash": head.hash if head else ""},
    )
    text = json.dumps(content, indent=2, sort_keys=True).encode() + b"\n"
    return _file(text, "application/json", _joined(("trial-anchor", str(request.today)), "json"))


@staff(Role.UNBLINDED)
@reauthentication_required
def download_bundle(request: HttpRequest) -> HttpResponse:
    """Every arm by trial number: asked for with the password once more, as every export is."""
    queries.trial()
    content = actions.take_bundle(request.viewer, by=request.actor, at=request.now)
    return _file(content, "application/json", _joined(("trial-bundle", str(request.today)), "json"))


@staff(*EVALUATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def show_exports(request: HttpRequest) -> HttpResponse:
    """First the report, then the files: a POST takes one."""
    page, asked = _page(request, "evaluation:exports")
    files = _files(request)
    form = TakeForm(request.POST if request.method == "POST" else None, files=files)
    if request.method == "POST" and form.is_valid():
        name, content = _taken(request, asked, form.cleaned_data["file"])
        return _file(content, "application/zip", name)
    look = queries.look(request.viewer, asked, arms=permissions.can_see_arms(request.viewer))
    context = page | {"form": form, "look": look, "taken": queries.taken_before(request.viewer), "files": dict(files)}
    return render(request, "evaluation/exports.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, asked: Scope, file: str) -> tuple[str, bytes]:
    who = {"scope": asked, "by": request.actor, "at": request.now}
    if file == "linkage":
        return actions.take_linkage(request.viewer, **who)
    return actions.take_data(request.viewer, arms=file == "unblinded", **who)


def _files(request: HttpRequest) -> list[tuple[str, str]]:
    """The files this reader may take."""
    found = [("blinded", "Data set without arms (zip of CSV)")]
    if permissions.can_see_arms(request.viewer):
        found.append(("unblinded", "Data set with arms (zip of CSV)"))
    if sealing.has_key():
        found.append(("linkage", "Linkage file: who is who, sealed to the evaluator’s key"))
    return found


def _page(request: HttpRequest, name: str) -> tuple[dict[str, Any], Scope]:
    """What every page needs: the scope asked for, its strip, and the areas behind Change."""
    queries.trial()
    areas = queries.areas()
    chosen = AreaForm(request.GET, areas=areas).chosen
    asked = Scope(chosen, dict(areas)[chosen or ""], request.today)
    arms = permissions.can_see_arms(request.viewer)
    central = not request.viewer.has_role(*EVALUATORS)
    strip = scopes.strip(asked, areas, current().service.name, arms=arms and not central, central=central)
    return {
        "strip": strip,
        "areas": scopes.offered(asked, areas),
        "here": reverse(name),
        "area": _area(asked),
        "arms": arms,
    }, asked


def _checked(request: HttpRequest, ledger: queries.Ledger) -> dict[str, Any]:
    """The check of the ledger for a page."""
    return {
        "ledger": ledger,
        "sum": checks.summed(
            ledger.checked.kinds, ledger.checked.entries, apart=permissions.can_see_arms(request.viewer)
        ),
        "anchors": checks.anchor_rows(ledger),
        "custody": checks.custody(ledger.custody),
        "problems": checks.problems(ledger),
        "records": checks.records(ledger),
    }


def _area(asked: Scope) -> dict[str, str]:
    return {"area": asked.lot} if asked.lot else {}


def _saw(request: HttpRequest, verb: str, asked: Scope, numbers: list[str]) -> None:
    """One entry: which trial numbers a page showed."""
    record_view(
        by=request.actor,
        at=request.now,
        verb=verb,
        target_kind="trial",
        target_id=current().service.id,
        lot=asked.lot or "",
        detail={"as_at": asked.as_at.isoformat(), "shown": numbers, "count": len(numbers)},
    )


def _joined(parts: tuple[str | None, ...], form: str) -> str:
    return f"{'-'.join(part for part in parts if part)}.{form}"


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
