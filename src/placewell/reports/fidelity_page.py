"""Renders fidelity as one self-contained page that reads well on a screen, a phone and A4 paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from placewell.reports.fidelity_words import (
    GROUPS,
    STATUS,
    alert_sentences,
    at_last_review,
    bare_value,
    day,
    headline,
    rests_on,
    review_in_words,
)

if TYPE_CHECKING:
    from placewell.specification import Specification


def fidelity_html(answer: Mapping[str, Any], spec: Specification) -> str:
    """The page of a fidelity object: no script, no resource from outside; the same object gives the same text."""
    from placewell.reports.page import template

    return template("fidelity.html").render(page=fidelity_page(answer, spec))


def fidelity_page(answer: Mapping[str, Any], spec: Specification) -> dict[str, Any]:
    """What a page of a fidelity object shows, in words and rows, whatever it is laid out with."""
    scale = answer["scale"]
    return {
        "title": scale["name"],
        "service": spec.service.name,
        "scope": [(name, answer[name.lower()] or "all") for name in ("Lot", "Team")],
        "as_at": day(answer["as_at"]),
        "answer": headline(answer),
        "alerts": alert_sentences(answer),
        "groups": [
            (name, [_item(answer, one) for one in answer["items"] if one["group"] == group])
            for group, name in GROUPS.items()
        ],
        "bands": [(one["name"], one["from"], STATUS[one["status"]]) for one in scale["bands"]],
        "most": scale["most"],
        "reviews": [review_in_words(answer, one) for one in answer["reviews"]],
        "changes": answer["changes"],
        "source": scale["source"],
        "specification": answer["specification"],
        "data": answer["data"],
    }


def _item(answer: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **item,
        "sure": STATUS[item["status"]],
        "measures": [
            {
                "shown": bare_value(one),
                "id": one["id"],
                "label": one["label"],
                "details": [
                    part for part in (rests_on(one), _days(one), _asked(one), at_last_review(answer, one)) if part
                ],
                "note": one["note"],
            }
            for one in item["measures"]
        ],
    }


def _asked(measure: Mapping[str, Any]) -> str:
    return f"asked: {measure['asks']}" if measure["asks"] else ""


def _days(measure: Mapping[str, Any]) -> str:
    """The days looked at, both ends included."""
    from datetime import date, timedelta

    first, end = (date.fromisoformat(measure["window"][name]) for name in ("start", "end"))
    last = end - timedelta(days=1)
    return f"on {day(str(last))}" if first == last else f"{day(str(first))} to {day(str(last))}"
