"""Fidelity in words: values with their units, what was asked, alerts, and the whole as an aligned table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import wrap
from typing import Any

from placewell.periods import in_words
from placewell.reports.wording import NOTHING, number
from placewell.vocabulary.labels import label

GROUPS = {"staffing": "Staffing", "organisation": "Organisation", "services": "Services"}
STATUS = {
    "published": "confirmed from a public page",
    "general_knowledge": "not confirmed",
    "unsure": "not confirmed, parts doubtful",
    "contract": "the contract's own words",
}
"""How sure the thresholds of an item are, in words."""
WIDTH = 118
FINE = 2
"""Decimals of a rate: contacts a week are few."""


def value_in_words(measure: Mapping[str, Any]) -> str:
    """A measure's value with its unit: 82.2%, 49 days, mean 56, 10.55 people; a dash where it is not known."""
    bare = bare_value(measure)
    if measure["value"] is None or measure["unit"] == "per_cent":
        return bare
    value, comma, mean = bare.partition(", ")
    return f"{value} {measure['unit']}{comma}{mean}"


def bare_value(measure: Mapping[str, Any]) -> str:
    """The same beside a label that names the unit: 82.2%, 49, mean 56, 10.55."""
    if measure["value"] is None:
        return NOTHING
    shown = _shown(measure, "value")
    return shown if measure["mean"] is None else f"{shown}, mean {number(measure['mean'])}"


def at_last_review(answer: Mapping[str, Any], measure: Mapping[str, Any]) -> str:
    """ "81.5% on 1 March 2021": the value on the day of the last review; empty where there is none."""
    if measure["at_last_review"] is None:
        return ""
    return f"{_shown(measure, 'at_last_review')} on {day(answer['reviews'][-1]['on'])}"


def _shown(measure: Mapping[str, Any], name: str) -> str:
    value = number(measure[name], FINE if measure["per"] else 1)
    return f"{value}%" if measure["unit"] == "per_cent" else value


def rests_on(measure: Mapping[str, Any]) -> str:
    """What a value rests on: "1,213 of 1,475", "1,278 to 62 team leaders", "from 1,511"; or what is missing."""
    if measure["missing"]:
        return str(measure["missing"]).rstrip(".")
    numerator, denominator = measure["numerator"], measure["denominator"]
    if denominator is None:
        return ""
    if numerator is None:
        return f"from {number(denominator)}"
    if measure["unit"] == "per_cent":
        return f"{number(numerator)} of {number(denominator)}"
    return f"{number(numerator)} to {number(denominator)} {measure['per']}".rstrip()


def day(text: str) -> str:
    """An ISO date in words."""
    return in_words(date.fromisoformat(text))


def headline(answer: Mapping[str, Any]) -> str:
    """How much of the scale records settle."""
    done = answer["pre_scored"]
    if not done["items"]:
        return "Records score no item: values stand beside what the source asks, and a reviewer scores."
    items = "1 item is" if done["items"] == 1 else f"{done['items']} items are"
    rest = done["of"] - done["items"]
    return (
        f"{items} scored from records, {done['total']} of {done['most']} points; {rest} of {done['of']} wait for a "
        "reviewer. A total is made of all items alone."
    )


def alert_sentences(answer: Mapping[str, Any]) -> list[str]:
    """What has become worse: the band or total of the last review, and items that records now score lower."""
    found = [*_worse_total(answer)]
    found += [
        f"{one['label']}: records now score {one['now']}; the review of {day(one['was_on'])} gave {one['was']}."
        for one in answer["drift"]
        if one["fell"]
    ]
    return found


def _worse_total(answer: Mapping[str, Any]) -> list[str]:
    whole = [one for one in answer["reviews"] if one["total"] is not None]
    if not whole or (whole[-1]["change"] or 0) >= 0:
        return []
    last = whole[-1]
    before = [one for one in whole if one["on"] < last["on"]][-1]
    names = {one["id"]: one["name"] for one in answer["scale"]["bands"]}
    band = f", from {names[before['band']]} to {names[last['band']]}" if before["band"] != last["band"] else ""
    return [f"The total fell from {before['total']} to {last['total']} on {day(last['on'])}{band}."]


def review_in_words(answer: Mapping[str, Any], review: Mapping[str, Any]) -> str:
    """A review in one line: its day and kind, its total with the change, its band."""
    names = {one["id"]: one["name"] for one in answer["scale"]["bands"]}
    kind = label("review_kind", review["kind"])
    if review["total"] is None:
        missing = len(review["not_scored"])
        return f"{day(review['on'])}, {kind}: no total, {missing} item{'' if missing == 1 else 's'} not scored"
    change = "" if review["change"] is None else f" ({review['change']:+d})"
    band = f", {names[review['band']]}" if review["band"] else ""
    return f"{day(review['on'])}, {kind}: {review['total']} of {answer['scale']['most']}{change}{band}"


def _heading(answer: Mapping[str, Any], service: str) -> str:
    """The scale, the service, unless the scale bears its name, and the day."""
    scale = answer["scale"]["name"]
    asked = "".join(f", {name} {answer[name]}" for name in ("lot", "team") if answer[name])
    return f"{scale if service in scale else f'{scale}: {service}'}{asked}, as at {day(answer['as_at'])}"


def fidelity_table(answer: Mapping[str, Any], service: str) -> str:
    """The whole as text under the service's name: items by group with score and values, then reviews and alerts."""
    lines = [
        _heading(answer, service),
        *_wrapped(headline(answer), 0),
    ]
    for group, name in GROUPS.items():
        lines += ["", name]
        for item in (one for one in answer["items"] if one["group"] == group):
            lines += _item_lines(answer, item)
    if answer["reviews"]:
        lines += ["", "Reviews", *(f"  {review_in_words(answer, one)}" for one in answer["reviews"])]
    told = alert_sentences(answer)
    if told:
        lines += ["", "Look at", *(line for one in told for line in _wrapped(one, 2))]
    return "\n".join(lines) + "\n"


def _item_lines(answer: Mapping[str, Any], item: Mapping[str, Any]) -> list[str]:
    score = item["score"]
    head = f"{item['number']:>3} {item['label']:<52} {NOTHING if score is None else score:>2}"
    sure = f" Thresholds: {STATUS[item['status']]}." if item["anchors"] else ""
    lines = [head, *_wrapped(f"{item['why']}{sure}", 6)]
    for one in item["measures"]:
        basis, then = rests_on(one), at_last_review(answer, one)
        details = "; ".join(part for part in (basis, then) if part)
        asks = f"; asked: {one['asks']}" if one["asks"] else ""
        lines += _wrapped(f"{one['label']}: {value_in_words(one)}{f' ({details})' if details else ''}{asks}", 6)
        if one["scored"] and one["note"]:
            lines += _wrapped(one["note"], 6)
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    gap = " " * indent
    return wrap(text, WIDTH, initial_indent=gap, subsequent_indent=f"{gap}  " if indent else "")
