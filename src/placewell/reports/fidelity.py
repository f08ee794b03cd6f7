"""Fidelity as one object: items pre-scored from records, recorded reviews, what changed between them, and drift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from placewell.dataset import content_hash
from placewell.fidelity import Change, PreScore, PreScores, Recorded, alerts, changes, drift, recorded_reviews
from placewell.fidelity.members import STATUSES

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.fidelity import Answer, Scale
    from placewell.fidelity.tally import Line
    from placewell.specification import Specification

Fidelity = dict[str, Any]


def fidelity_object(
    spec: Specification,
    scale: Scale,
    dataset: Dataset,
    as_at: date,
    team: str | None = None,
    lot: str | None = None,
) -> Fidelity:
    """The fidelity of a service, of one of its lots or of one of its teams, as one JSON-ready object.

    Keys: `service`, `specification` {version, hash}, `as_at`, `lot`, `team`, `data` (a hash of the data set), `scale`,
    `pre_scored` {items, of, total, most}, `items`, `reviews` (the earliest first; `change`: of the total since the last
    one of an earlier day that has one), `changes` (from the last review of an earlier day to the last), `drift`
    (records now against the last review; a measure's `at_last_review` is its value on that review's day). Values are
    unrounded, in the unit named; `window` is half-open. Source: requirements.md K1-K4.
    """
    with ThreadPoolExecutor(1) as beside:  # the hash needs no result of the items, and Polars leaves the lock
        data = beside.submit(content_hash, dataset)
        found = PreScores(spec, scale, dataset, as_at, team, lot)
        held = recorded_reviews(spec, scale, dataset, as_at, found.records.teams)
        then = PreScores(spec, scale, dataset, held[-1].on, team, lot) if held and held[-1].on < as_at else None
        items = [_item(number, one, _values(then, one.item.id)) for number, one in enumerate(found.items, 1)]
    return {
        "service": spec.service.id,
        "specification": {"version": spec.version, "hash": spec.hash},
        "as_at": as_at.isoformat(),
        "lot": lot,
        "team": team,
        "data": data.result(),
        "scale": _scale(scale),
        "pre_scored": {
            "items": len(found.scores),
            "of": len(scale.items),
            "total": sum(found.scores.values()),
            "most": scale.most // len(scale.items) * len(found.scores),
        },
        "items": items,
        "reviews": _reviews(held),
        "changes": _changes(scale, _since_before(held)),
        "drift": _changes(scale, drift(held[-1], found.scores, as_at) if held else ()),
    }


def _scale(scale: Scale) -> dict[str, Any]:
    bands = [{"id": one.id, "name": one.name, "from": one.least, "status": one.status} for one in scale.bands]
    about = {"id": scale.id, "name": scale.name, "version": scale.version, "source": scale.source}
    return {**about, "items": len(scale.items), "most": scale.most, "bands": bands}


def _values(then: PreScores | None, item: str) -> Mapping[str, int | float | None]:
    """What records told of an item on the day of the last review, by measure."""
    if then is None:
        return {}
    return {answer.measure.id: plain(answer.tally.value) for answer in then.item(item).answers}


def _item(number: int, one: PreScore, then: Mapping[str, int | float | None]) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "number": number,
        "group": item.group,
        "label": item.label,
        "status": item.status,
        "clause": item.clause,
        "score": one.score,
        "why": one.why,
        "lacks": item.lacks,
        "anchors": [
            {"score": each.score, "at_least": each.at_least, "at_most": each.at_most, "words": each.words}
            for each in item.anchors
        ],
        "measures": [_measure(answer, then) for answer in one.answers],
    }


def _measure(answer: Answer, then: Mapping[str, int | float | None]) -> dict[str, Any]:
    measure, tally = answer.measure, answer.tally
    counts = dict(tally.members["status"].value_counts().iter_rows())
    return {
        "id": measure.id,
        "label": measure.label,
        "unit": measure.unit,
        "per": measure.per,
        "value": plain(tally.value),
        "mean": plain(tally.mean),
        "at_last_review": then.get(measure.id),
        "numerator": plain(tally.numerator),
        "denominator": plain(tally.denominator),
        "scored": measure.scored,
        "asks": answer.asks,
        "window": {"start": answer.window.start.isoformat(), "end": answer.window.end.isoformat()},
        "codes": list(measure.codes),
        "clause": measure.clause,
        "in_contract": measure.in_contract,
        "note": measure.note,
        "missing": tally.missing,
        "members": {status: counts.get(status, 0) for status in STATUSES},
        "specialists": [_line(line) for line in tally.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "specialist_id": line.specialist_id,
        "numerator": plain(line.numerator),
        "denominator": plain(line.denominator),
        "value": plain(line.value),
    }


def _reviews(held: Sequence[Recorded]) -> list[dict[str, Any]]:
    return [
        {
            "review_id": one.review_id,
            "on": one.on.isoformat(),
            "kind": one.kind,
            "team_id": one.team_id,
            "total": one.review.total,
            "share": plain(one.review.share),
            "band": one.review.band and one.review.band.id,
            "change": _change(held, one),
            "not_scored": list(one.review.not_scored),
            "notes": list(one.notes),
        }
        for one in held
    ]


def _change(held: Sequence[Recorded], one: Recorded) -> int | None:
    totals = [each.review.total for each in held if each.on < one.on and each.review.total is not None]
    return one.review.total - totals[-1] if totals and one.review.total is not None else None


def _since_before(held: Sequence[Recorded]) -> tuple[Change, ...]:
    """What differs between the last review and the last of an earlier day: reviews of one day are one look."""
    earlier = [one for one in held if one.on < held[-1].on]
    return changes(earlier[-1], held[-1]) if earlier else ()


def _changes(scale: Scale, found: Sequence[Change]) -> list[dict[str, Any]]:
    """Each change, those for the worse first, the greatest fall at the front."""
    fallen = alerts(found)
    ordered = (*fallen, *(one for one in found if not one.fell))
    return [
        {
            "item": one.item,
            "label": scale.item(one.item).label,
            "was": one.was,
            "was_on": one.was_on.isoformat(),
            "now": one.now,
            "now_on": one.now_on.isoformat(),
            "fell": one.fell,
        }
        for one in ordered
    ]


def plain(number: Fraction | None) -> int | float | None:
    """A number as JSON has it: whole where it is whole."""
    if number is None:
        return None
    return number.numerator if number.denominator == 1 else float(number)


CSV_COLUMNS = (
    "item", "number", "label", "status", "score", "why", "measure", "measured", "unit", "value", "mean",
    "at_last_review", "numerator", "denominator", "asks", "window_start", "window_end", "clause", "in_contract", "note",
    "missing", *STATUSES,
)  # fmt: skip
"""The flat table: a row for each measure of each item; an item without a measure has one row."""


def fidelity_rows(answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The items of the object as rows of `CSV_COLUMNS`."""
    rows = []
    for item in answer["items"]:
        about = tuple(item[name] for name in ("id", "number", "label", "status", "score", "why"))
        for one in item["measures"]:
            names = ("id", "label", "unit", "value", "mean", "at_last_review", "numerator", "denominator", "asks")
            window = (one["window"]["start"], one["window"]["end"])
            last = (one["clause"], one["in_contract"], one["note"], one["missing"], *one["members"].values())
            rows.append((*about, *(one[name] for name in names), *window, *last))
        if not item["measures"]:
            rows.append((*about, *(None for _ in CSV_COLUMNS[len(about) :])))
    return rows
