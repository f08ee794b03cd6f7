"""Breakdown tables of the page: one per breakdown, a row per code with zero rows shown, a column per indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from placewell.dataset import TABLES
from placewell.reports.wording import NOTHING, Said, amount, number, of, resting_on
from placewell.vocabulary import code_list, industry_section, occupation_group

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.indicators import Breakdown

UNKNOWN = "unknown"
NOT_KNOWN, NOT_RECORDED = "Not known", "Not recorded"
YES_AND_NO = {"true": "Yes", "false": "No"}
GROUPS: Mapping[str, Callable[[str], str | None]] = {"occupation": occupation_group, "industry": industry_section}
COLUMNS_AT_MOST = 7
"""How many indicators stand beside each other on a page of A4."""

ROWS_AT_MOST = 30
"""A list with more codes than this (occupations) shows only those that occur."""

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class TableRow:
    """One line: a code in words and, per indicator, its figure (main) and what it rests on (small)."""

    label: str
    cells: tuple[tuple[str, str], ...]
    is_unknown: bool = False


@dataclass(frozen=True)
class BreakdownTable:
    """One breakdown of up to COLUMNS_AT_MOST indicators."""

    id: str
    name: str
    clause: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    continues: bool = False


def breakdown_tables(
    spec: Specification,
    breakdown: Breakdown,
    figures: Sequence[Mapping[str, Any]],
    heads: Mapping[str, tuple[str, str]],
) -> list[BreakdownTable]:
    """The tables of one breakdown over the figures that have it; `heads` gives number and short name per indicator."""
    having = [figure for figure in figures if breakdown.id in figure["breakdowns"]]
    words = code_words(spec, breakdown)
    by_key = {figure["id"]: by_row(figure["breakdowns"][breakdown.id], breakdown) for figure in having}
    keys = row_keys(words, by_key.values())
    note = "" if words else "Only what occurs in the period is listed."
    name = breakdown.name if breakdown.name[:2].isupper() else breakdown.name[0].lower() + breakdown.name[1:]
    return [
        BreakdownTable(
            f"{breakdown.id}-{start // COLUMNS_AT_MOST + 1}",
            f"By {name}",
            breakdown.clause,
            tuple(heads[figure["id"]] for figure in having[start : start + COLUMNS_AT_MOST]),
            tuple(_row(key, words, having[start : start + COLUMNS_AT_MOST], by_key) for key in keys),
            note,
            continues=start > 0,
        )
        for start in range(0, len(having), COLUMNS_AT_MOST)
    ]


def code_words(spec: Specification, breakdown: Breakdown) -> dict[str, str]:
    """Every code of a breakdown in words, in order; empty where the codes are open (a practice, for instance)."""
    if breakdown.column == "lot":
        return {lot.code: lot.name for lot in spec.service.lots}
    if breakdown.column == "team_id":
        return {team.id: team.name for team in spec.service.teams}
    if breakdown.column == "locality":  # those the service names; without any, the codes are open
        return {locality.id: locality.name for locality in spec.service.localities}
    if breakdown.column == "source":  # the service's own sources; the code list holds those of every service
        return {source.id: source.label for source in spec.referral.sources}
    if breakdown.ages:
        return _age_words(breakdown.ages)
    if breakdown.table not in TABLES:
        return {}
    column = TABLES[breakdown.table].column(breakdown.column)
    if column.type == "boolean":
        return dict(YES_AND_NO)
    return dict(code_list(column.codes).labels) if column.codes else {}


def _age_words(ages: Sequence[int]) -> dict[str, str]:
    """The bands of an age in words: under 18, 18 to 24, 65 and over."""
    between = {f"{low}_{high - 1}": f"{low} to {high - 1}" for low, high in pairwise(ages)}
    return {f"under_{ages[0]}": f"Under {ages[0]}", **between, f"{ages[-1]}_and_over": f"{ages[-1]} and over"}


def by_row(cells: Iterable[Cell], breakdown: Breakdown) -> dict[str, list[Cell]]:
    """The cells of each row: a code's own, or of all codes of its group where codes come at several levels."""
    group = GROUPS.get(breakdown.column)
    rows: dict[str, list[Cell]] = {}
    for cell in cells:
        key = (group(cell["key"]) if group else None) or cell["key"]
        rows.setdefault(key, []).append(cell)
    return rows


def row_keys(words: Mapping[str, str], found: Iterable[Mapping[str, Any]]) -> list[str]:
    """All codes of the list, then codes that occur outside it, then not known; long lists without their empty codes."""
    occurring = {key for cells in found for key in cells}
    listed = list(words) if len(words) <= ROWS_AT_MOST else [key for key in words if key in occurring]
    others = sorted(occurring - set(words) - {UNKNOWN})
    return [*(key for key in listed if key != UNKNOWN), *others, UNKNOWN]


def _row(
    key: str,
    words: Mapping[str, str],
    figures: Sequence[Mapping[str, Any]],
    by_key: Mapping[str, Mapping[str, list[Cell]]],
) -> TableRow:
    cells = tuple(_words(by_key[figure["id"]].get(key, ()), figure) for figure in figures)
    return TableRow(row_label(key, words), cells, is_unknown=key == UNKNOWN)


def row_label(key: str, words: Mapping[str, str]) -> str:
    """A row's code in words; what is not recorded is "Not known", or "Not recorded" beside a code of that name."""
    absent = NOT_RECORDED if NOT_KNOWN in words.values() else NOT_KNOWN
    return absent if key == UNKNOWN else words.get(key, key.replace("_", " "))


def _words(cells: Sequence[Cell], figure: Mapping[str, Any]) -> tuple[str, str]:
    """The figure of a row and what it rests on. Counts of several codes add up; a median of several is not made up."""
    is_count, is_proportion = figure["denominator"] is None, figure["unit"] == "proportion"
    counted = sum(cell["numerator"] or 0 for cell in cells)
    if is_count:
        return number(counted), ""
    rests_on = sum(cell["denominator"] or 0 for cell in cells)
    beside = of(counted, rests_on) if is_proportion else resting_on(rests_on)
    if not rests_on:
        return Said(NOTHING), Said("", *beside.numbers)
    if is_proportion:
        return amount(counted / rests_on, "proportion"), beside
    value = cells[0]["value"] if len(cells) == 1 else None
    return amount(value, figure["unit"]), beside
