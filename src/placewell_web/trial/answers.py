"""What a screening was told, read back from what it kept, so that a form shows it again when an answer is changed."""

from __future__ import annotations

from typing import Any

from placewell.specification import Specification

FLAGS = {"yes": True, "no": False}


def facts_of(specification: Specification, screening: Any) -> dict[str, Any]:
    """Fact → value of everything known in a screening; what was not known is not in it."""
    kinds = {fact.id: fact.type for fact in specification.eligibility.facts}
    found: dict[str, Any] = {}
    for answer in screening.answers.all():
        for part in answer.fact.split("; "):
            name, _, said = part.partition(": ")
            value = _value(kinds.get(name, ""), said)
            if value is not None:
                found[name] = value
    return found


def _value(kind: str, said: str) -> bool | float | str | None:
    if not kind or said in ("", "not known"):
        return None
    if kind == "boolean":
        return FLAGS.get(said)
    if kind == "number":
        try:
            return float(said)
        except ValueError:
            return None
    return said
