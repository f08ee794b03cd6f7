"""What a service has spent beside its budget, line by line and to the penny, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from placewell.periods import Period

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

OTHER = "other"
"""The line of costs that no line of the budget names."""

Spent = Mapping[str, tuple[Decimal, Decimal]]


def budget(spec: Specification, dataset: Dataset, period: Period, as_at: date) -> dict[str, Any] | None:
    """The budget of a service, JSON-ready: `title`, `clause`, `lines` and `total`; None where it has none.

    A line: {id, label, clause, planned, spent, to_date}; amounts are pounds as text with two decimals. `spent` is what
    was spent in the months that begin in the period, `to_date` since the contract's first month; of months that begin
    by the as-at day. A line "other" stands there when costs name a line that is not in the budget (planned: null).
    Source: 001 business case; J6.
    """
    plan = spec.budget
    if plan is None:
        return None
    spent = _spent(spec, dataset, period, as_at)
    known = {line.id for line in plan.lines}
    others = [amounts for line, amounts in spent.items() if line not in known]
    lines = [
        _line(line.id, line.label, line.clause, line.amount, spent.get(line.id, (Decimal(0), Decimal(0))))
        for line in plan.lines
    ]
    if others:
        lines.append(_line(OTHER, "In no line of the budget", plan.clause, None, _sum(others)))
    total = _line("total", "Together", plan.clause, plan.total, _sum(spent.values()))
    return {"title": plan.title, "clause": plan.clause, "lines": lines, "total": total}


def _spent(spec: Specification, dataset: Dataset, period: Period, as_at: date) -> Spent:
    """By line: what was spent in the period, and since the contract's first month up to the period's end."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    first = spec.service.contract_start.replace(day=1)
    costs = dataset["costs"].select("service_id", "month", "line", "amount")
    for service, month, line, amount in costs.iter_rows():
        counts = service in (spec.service.id, None) and month is not None and amount is not None
        if counts and month <= as_at and first <= month < period.end:
            now, before = found.get(line or OTHER, (Decimal(0), Decimal(0)))
            found[line or OTHER] = (now + amount if month >= period.start else now, before + amount)
    return found


def _sum(amounts: Any) -> tuple[Decimal, Decimal]:
    pairs = list(amounts)
    return sum((now for now, _ in pairs), Decimal(0)), sum((before for _, before in pairs), Decimal(0))


def _line(
    id: str, label: str, clause: str, planned: Decimal | None, spent: tuple[Decimal, Decimal]
) -> dict[str, str | None]:
    now, to_date = (f"{amount:.2f}" for amount in spent)
    plan = None if planned is None else f"{planned:.2f}"
    return {"id": id, "label": label, "clause": clause, "planned": plan, "spent": now, "to_date": to_date}


def budget_rows(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The budget as rows of the flat table, by column: `breakdown` is "budget", the value what was spent.

    The target is the plan, `value_to_date` what was spent so far. Amounts are exact, to the penny.
    """
    plan = report.get("budget")
    if plan is None:
        return
    about = {"service": report["service"], "specification": report["specification"]["version"]}
    about |= {"as_at": report["as_at"], "lot": report.get("lot"), "unit": "pounds", "breakdown": "budget"}
    about |= {"period" if name == "label" else name: value for name, value in report["period"].items()}
    for line in (*plan["lines"], plan["total"]):
        named = {"value": line["spent"], "target": line["planned"], "value_to_date": line["to_date"]}
        amounts = {name: amount and Decimal(amount) for name, amount in named.items()}
        what = {"name": line["label"], "clause": line["clause"], "key": line["id"], "label": line["label"]}
        yield {**about, **what, **amounts}
