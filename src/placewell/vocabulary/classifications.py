"""SOC 2020 and SIC 2007 codes of any level: which are well formed, their label, and the group they belong to."""

from __future__ import annotations

import re
from functools import cache

from placewell.vocabulary.code_lists import code_list

_OCCUPATION = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_INDUSTRY_NUMBER = re.compile(r"\d{2,5}", re.ASCII)
SUB_MAJOR = 2
DIVISION = 2


def occupation_group(code: str) -> str | None:
    """The sub-major (else major) group of a SOC 2020 code, as a code; None where there is no such occupation."""
    if not _OCCUPATION.fullmatch(code):
        return None
    group = code[:SUB_MAJOR]
    return group if group in code_list("occupation").codes else None


def industry_section(code: str) -> str | None:
    """The section letter of a SIC 2007 code ("G", "47", "47110"); None where there is no such industry."""
    if code in code_list("industry").codes:
        return code
    return _sections().get(int(code[:DIVISION])) if _INDUSTRY_NUMBER.fullmatch(code) else None


@cache
def _sections() -> dict[int, str]:
    """Every division number with its section letter."""
    return {
        division: entry.code
        for entry in code_list("industry").codes.values()
        if entry.divisions
        for division in range(entry.divisions[0], entry.divisions[1] + 1)
    }
