"""Codes in plain words, for pages and reports."""

from __future__ import annotations

from placewell.vocabulary.classifications import industry_section, occupation_group
from placewell.vocabulary.code_lists import code_list
from placewell.vocabulary.detailed import DETAILED

NOT_KNOWN = "Not known"


def label(list_name: str, code: str | None) -> str:
    """The code in plain words: `label("contact_kind", "joint_with_clinician")` is "With clinician".

    Absent: "Not known". A code outside the list is shown as it is written, underscores as spaces. The most detailed SOC
    and SIC codes have their own title, those between the label of their group. KeyError for a list that does not exist.
    """
    known = code_list(list_name).codes
    if code is None or code == "":
        return NOT_KNOWN
    if code in known:
        return known[code].label
    if list_name in DETAILED and code in DETAILED[list_name]():
        return DETAILED[list_name]()[code]
    group = {"occupation": occupation_group, "industry": industry_section}.get(list_name)
    found = group(code) if group else None
    return known[found].label if found else code.replace("_", " ")


def labels(list_name: str) -> dict[str, str]:
    """Code to label, in the order people should see them."""
    return code_list(list_name).labels
