"""The page of one figure: the people behind it in four lists, and its breakdowns, whose cells open the same lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placewell.indicators import Figure
from placewell.reports.breakdowns import code_words
from placewell.reports.wording import amount
from placewell.specification import Specification
from placewell.specification.indicators import Breakdown, Indicator
from placewell_web.nhsuk.words import count, day, hours
from placewell_web.reporting.queries import Named

LISTS = (("counted", "Counted"), ("not_counted", "Not counted"), ("not_due", "Not due"), ("excluded", "Excluded"))
EXPLAINED = {
    "counted": "They are in the figure.",
    "not_counted": "It happened in this period, and something else is missing. Put right, each counts in this period.",
    "not_counted_share": "Their day lies in this period, and by then it had not happened.",
    "not_due": "It has not happened yet, or its day lies after the as-at day. Nobody here has failed.",
    "excluded": "They belong to another period, another band of hours, or another episode of theirs counts.",
}
LACKS = {
    "evidence": ("waits for evidence", "wait for evidence", "Ask for evidence"),
    "better_evidence": ("has evidence that does not do", "have evidence that does not do", "Ask for better evidence"),
    "verification": ("waits for a verifier", "wait for a verifier", "Verify it"),
    "hours": ("has no weekly hours", "have no weekly hours", "Add the hours"),
}
SUBJECTS = {"person": ("person", "people"), "episode": ("referral", "referrals"), "job": ("job", "jobs")}
A_PAGE = 50
SMALL_BAR = 180


@dataclass(frozen=True)
class Tab:
    status: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class MemberRow:
    """One member: who (where the viewer may know), the day, the job, the value measured, and why."""

    episode_id: str
    name: str
    number: str
    day: str
    employer: str
    hours: str
    value: str
    reason: str
    backup: bool
    next: str
    next_page: str  # "evidence" | "person"
    who: str


def tabs(figure: Figure, current: str) -> list[Tab]:
    return [Tab(status, label, figure.members[status], status == current) for status, label in LISTS]


def opening_list(figure: Figure) -> str:
    """The list to show first: whoever could still be put right, else whoever counts."""
    return "not_counted" if figure.members["not_counted"] else "counted"


def heading(indicator: Indicator, considered: int) -> str:
    """The 648 people behind it"""
    one, many = SUBJECTS.get(indicator.subject, ("record", "records"))
    return f"The {count(considered, one, many)} behind it"


def explained(indicator: Indicator, status: str, lacking: Sequence[str | None]) -> tuple[str, str]:
    """What the list is, and in it how many lack what: "6 wait for evidence; 2 have no weekly hours"."""
    key = "not_counted_share" if status == "not_counted" and indicator.measure == "proportion" else status
    parts = []
    for lack, (one, many, _) in LACKS.items():
        if people := sum(each == lack for each in lacking):
            parts.append(f"{people} {one if people == 1 else many}")
    return EXPLAINED[key], "; ".join(parts)


def member_rows(
    members: Sequence[Mapping[str, Any]], named: Mapping[str, Named], indicator: Indicator
) -> list[MemberRow]:
    """The rows of one page. A person the viewer may not see has a row without a name: the count stays whole."""
    return [_member(row, named.get(row["episode_id"]), indicator) for row in members]


def _member(row: Mapping[str, Any], who: Named | None, indicator: Indicator) -> MemberRow:
    step = _next(row)
    return MemberRow(
        episode_id=row["episode_id"] if who else "",
        name=who.name if who else "Someone of another team",
        number=who.number if who else "",
        day=day(row["outcome_on"]) if row["outcome_on"] else "not yet",
        employer=who.employer if who else "",
        hours=hours(who.hours) if who and who.employer else "",
        value="" if row["value"] is None else amount(row["value"], indicator.unit),
        reason=_sentence(row["reason"]),
        backup=row["evidence"] == "backup",
        next=step if who else "",
        next_page="evidence" if row["lacks"] == "verification" else "person",
        who=who.specialist if who else "",
    )


def _sentence(reason: str | None) -> str:
    text = (reason or "").strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith(".") else f"{text}."


def _next(row: Mapping[str, Any]) -> str:
    """What would change the status, as the words of a link."""
    if row["status"] != "not_counted":
        return ""
    return LACKS[row["lacks"]][2] if row["lacks"] in LACKS else "Open the record"


@dataclass(frozen=True)
class BreakdownRow:
    key: str
    label: str
    counted: int
    not_counted: int
    counted_bar: float
    not_counted_bar: float
    unknown: bool


@dataclass(frozen=True)
class BreakdownTable:
    id: str
    name: str
    clause: str
    rows: tuple[BreakdownRow, ...]
    counted: int
    not_counted: int


def breakdown(
    specification: Specification, item: Breakdown, members: pl.DataFrame, places: Mapping[str, str]
) -> BreakdownTable:
    """Counted and not counted by one attribute, from the same rows as the lists; listed codes without members stay."""
    counts = members.group_by(item.id).agg(
        (pl.col("status") == "counted").sum().alias("counted"),
        (pl.col("status") == "not_counted").sum().alias("not_counted"),
    )
    found = {key: (counted, missed) for key, counted, missed in counts.iter_rows() if counted or missed}
    words = breakdown_words(specification, item, places)
    listed = [key for key in code_words(specification, item) if key != "unknown"]
    keys = listed if len(listed) <= 14 else [key for key in listed if key in found]
    keys += sorted(set(found) - set(keys) - {"unknown"}, key=lambda key: words.get(key, key))
    longest = max((sum(pair) for pair in found.values()), default=0)
    rows = [_breakdown_row(key, words, found, longest) for key in [*keys, "unknown"]]
    return BreakdownTable(
        item.id, item.name, item.clause, tuple(rows), sum(r.counted for r in rows), sum(r.not_counted for r in rows)
    )


def breakdown_words(specification: Specification, item: Breakdown, places: Mapping[str, str]) -> dict[str, str]:
    """The codes of a breakdown in words; what has none reads as its code."""
    return {**code_words(specification, item), **places, "unknown": "Not known"}


def _breakdown_row(
    key: str, words: Mapping[str, str], found: Mapping[str, tuple[int, int]], longest: int
) -> BreakdownRow:
    counted, missed = found.get(key, (0, 0))
    scale = SMALL_BAR / longest if longest else 0
    label = words.get(key, key.replace("_", " "))
    return BreakdownRow(
        key, label, counted, missed, round(counted * scale, 1), round(missed * scale, 1), key == "unknown"
    )
