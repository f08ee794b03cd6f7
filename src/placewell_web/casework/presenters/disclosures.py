"""Decisions on telling an employer, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell.vocabulary import label
from placewell_web.casework.presenters.documents import job_words


@dataclass(frozen=True)
class Decision:
    on: date
    title: str
    rows: tuple[tuple[str, str], ...]


def disclosure_rows(records: Iterable[Any]) -> list[Decision]:
    return [Decision(one.on, label("disclosure_decision", one.decision), tuple(_rows(one))) for one in records]


def _rows(one: Any) -> Iterable[tuple[str, str]]:
    """To whom, what and when, where someone is told; the job, where it is about one."""
    if one.decision == "yes":
        yield "To whom", label("disclosed_to", one.to_whom) if one.to_whom else "Not said"
        yield "What", label("disclosed_what", one.what) if one.what else "Not said"
        yield "When", label("disclosed_when", one.tell_when) if one.tell_when else "Not said"
    if one.job is not None:
        yield "Job", job_words(one.job)
