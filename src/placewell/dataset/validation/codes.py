"""Codes against their lists: the vocabulary's, or the service's own where it has one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from placewell.dataset.columns import Column, Table
from placewell.dataset.findings import Finding, Severity
from placewell.dataset.validation.rules import RowRule, apply
from placewell.vocabulary import code_list, industry_section, occupation_group

SHOWN_CODES = 12
CLASSIFICATIONS = {
    "occupation": (occupation_group, "a SOC 2020 code of one to four digits, like 9, 92 or 9233"),
    "industry": (industry_section, "a SIC 2007 section or code, like G, 47 or 47110"),
}


def code_findings(
    table: Table, frame: pl.DataFrame, service_codes: Mapping[str, Collection[str]], file: str
) -> Iterator[Finding]:
    """A finding for each code outside its list. `service_codes` maps a column's name to the codes of the service.

    An error where the list is closed or the service's own; a warning where a service may add codes.
    """
    for column in table.columns:
        rule = _rule(table, column, frame, service_codes)
        if rule:
            yield from apply([rule], frame, file)


def _rule(
    table: Table, column: Column, frame: pl.DataFrame, service_codes: Mapping[str, Collection[str]]
) -> RowRule | None:
    own = service_codes.get(f"{table.name}.{column.name}", service_codes.get(column.name))
    severity: Severity = "error"
    if own is not None and column.type == "text" and not column.key:
        allowed, expected = set(own), _listed(sorted(own))
    elif column.codes in CLASSIFICATIONS:
        belongs, expected = CLASSIFICATIONS[column.codes]
        allowed = {code for code in frame[column.name].drop_nulls().unique().to_list() if belongs(code)}
    elif column.codes:
        known = code_list(column.codes)
        allowed, expected = set(known.codes), _listed(list(known.codes))
        severity = "error" if known.closed else "warning"
    else:
        return None
    present = frame[column.name].drop_nulls().unique()
    strange = [code for code in present.to_list() if code not in allowed]
    if not strange:
        return None
    broken = pl.col(column.name).is_in(strange)
    return RowRule(table.name, column.name, broken, expected, column.clause, severity)


def _listed(codes: list[str]) -> str:
    more = f" … ({len(codes)} in all: see the data dictionary)" if len(codes) > SHOWN_CODES else ""
    return f"one of {', '.join(codes[:SHOWN_CODES])}{more}"
