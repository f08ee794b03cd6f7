"""The full lists below the groups: SOC 2020 unit groups and the most detailed SIC 2007 codes, with their titles.

Facts of the Office for National Statistics (Open Government Licence v3.0). Occupations: the 412 unit groups of SOC 2020
volume 1. Industries: the 728 classes and subclasses below which SIC 2007 has nothing, titled as in the list of
Companies House, without the three codes (74990, 98000, 99999) that are of Companies House alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import polars as pl


@cache
def occupations() -> Mapping[str, str]:
    """Every SOC 2020 unit group: its four digits and its title."""
    return _pairs("occupations", "code", "title")


@cache
def industries() -> Mapping[str, str]:
    """Every SIC 2007 class or subclass without a part of its own: five digits and the title."""
    return _pairs("industries", "code", "title")


@cache
def everyday_words(name: str) -> Mapping[str, str]:
    """What people call a job or an employer, and the code it leads to: `everyday_words("occupation")["barista"]`."""
    return _pairs(f"{name}_words", "words", "code")


DETAILED = MappingProxyType({"occupation": occupations, "industry": industries})


def _pairs(name: str, key: str, value: str) -> Mapping[str, str]:
    text = (files(__package__) / "data" / f"{name}.csv").read_bytes()
    frame = pl.read_csv(text, infer_schema=False)
    return MappingProxyType(dict(zip(frame[key], frame[value], strict=True)))
