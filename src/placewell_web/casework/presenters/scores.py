"""Scores of questionnaires over time: a line for each instrument, and what its own numbers say about a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.questionnaires import Instrument, Scale, instrument, instrument_ids
from placewell.questionnaires.judging import judged
from placewell.questionnaires.wording import shipped_wording
from placewell.specification import Specification
from placewell.specification.outcomes import QuestionnaireChange
from placewell.vocabulary import label
from placewell_web.nhsuk.words import count, day

LEFT, RIGHT, TOP, BOTTOM = 74, 450, 20, 150  # where points can lie in the drawing of 560 by 180
CLOSE = 26  # lines so close would have their words on one another
MOST_NAMED = 6  # items without an answer, by number
Scores = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Point:
    """One score in the drawing."""

    x: int
    y: int
    label: str
    on: str
    is_baseline: bool


@dataclass(frozen=True)
class Drawing:
    points: tuple[Point, ...]
    line: str
    least: str
    most: str
    scale: str
    changes: tuple[int, ...]  # heights of the lines that a meaningful change crosses
    change_words: tuple[tuple[int, str], ...]
    said: str


@dataclass(frozen=True)
class FormRow:
    """One answered form in the table under a drawing."""

    form_id: str
    on: date
    occasion: str
    way: str
    scores: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Series:
    """Everything about one instrument: its forms, newest first, and the scores of one scale as a line."""

    id: str
    name: str
    scales: tuple[str, ...]
    rows: tuple[FormRow, ...]
    drawing: Drawing | None
    verdict: str
    notes: tuple[str, ...]


def series(dataset: Dataset, asked: Iterable[Any], spec: Specification) -> list[Series]:
    """One for each instrument that has an answered form; the scale is drawn that the service's outcomes look at."""
    wanted = {one.instrument: one.scale for one in spec.outcomes.outcomes if isinstance(one, QuestionnaireChange)}
    forms = dataset["responses"]
    ways = {str(one.form_id): _way(one) for one in asked if one.form_id}
    ids = forms.filter(pl.col("completed_on").is_not_null())["instrument"].drop_nulls().unique(maintain_order=True)
    known = [id for id in sorted(ids.to_list()) if id in instrument_ids()]
    return [_series(forms.filter(pl.col("instrument") == id), instrument(id), ways, wanted.get(id)) for id in known]


def main_scale(one: Instrument, wanted: str | None = None) -> Scale | None:
    """The scale that is drawn: the one wanted, else the first that says what a meaningful change is, else the first."""
    if named := [scale for scale in one.scales if scale.id == wanted]:
        return named[0]
    return next((scale for scale in one.scales if scale.change), one.scales[0] if one.scales else None)


def _way(asked: Any) -> str:
    if asked.way == "link":
        return "By personal link"
    who = f" by {asked.keyed_by.name}" if asked.keyed_by else ""
    return f"Keyed in from paper{who}" if asked.way == "paper" else f"On screen{who}"


def place_of(one: Instrument, item: str) -> tuple[int, str]:
    """Where an item stands in its form; a service's own come last."""
    order = one.items_in_order
    return (order.index(item) if item in order else len(order), item)


def _series(forms: pl.DataFrame, one: Instrument, ways: Mapping[str, str], wanted: str | None) -> Series:
    heads = forms.unique("response_id", maintain_order=True).sort("completed_on", "response_id").to_dicts()
    found = judged(forms.lazy(), one).collect(engine="in-memory").to_dicts()
    scores = {(row["response_id"], row["scale"]): row for row in found}
    open_items = _open_items(forms, one)
    drawn = main_scale(one, wanted)
    rows = [_row(head, one, scores, open_items, ways) for head in heads]
    if not one.scales:
        rows = [replace(row, scores=_answers(forms, one, row.form_id)) for row in rows]
    verdict = _verdict(one, drawn, heads, scores) if drawn else ""
    return Series(
        one.id,
        label("instrument", one.id),
        tuple(_heading(_words(scale)) for scale in one.scales) or tuple(_counted_items(one)),
        tuple(reversed(rows)),
        _drawing(one, drawn, heads, scores) if drawn else None,
        verdict,
        tuple(_notes(one, drawn, heads, scores)) if drawn else (),
    )


def _open_items(forms: pl.DataFrame, one: Instrument) -> dict[str, list[str]]:
    """Per form the items of the instrument without a valid answer."""
    given: dict[str, set[str]] = {}
    for form, item, answer in forms.select("response_id", "item", "answer").rows():
        answers = one.answers_of(item)
        valid = answer is not None and answers is not None and answer.strip() in answers.allowed
        given.setdefault(form, set()).update({item} if valid else set())
    return {form: [item for item in one.items_in_order if item not in items] for form, items in given.items()}


def _row(
    head: Mapping[str, Any],
    one: Instrument,
    scores: Scores,
    open_items: Mapping[str, list[str]],
    ways: Mapping[str, str],
) -> FormRow:
    form = head["response_id"]
    cells = [_cell(scores.get((form, scale.id))) for scale in one.scales]
    missing = open_items.get(form, [])
    lost = [
        scale.id.replace("_", " ") for scale in one.scales if not (scores.get((form, scale.id)) or {}).get("complete")
    ]
    note = f"{_items(missing)} not answered" if missing else ""
    note += (f": no score for {', '.join(lost)}." if lost else ".") if note else ""
    occasion = label("occasion", head["occasion"]) if head["occasion"] else "Not known"
    return FormRow(form, head["completed_on"], occasion, ways.get(form, ""), tuple(cells), note)


def _counted_items(one: Instrument) -> dict[str, str]:
    """Of a questionnaire without a score: its items by what they are about, as headings."""
    return {one.labels.get(item, f"Item {item}"): item for item in one.items_in_order}


def _answers(forms: pl.DataFrame, one: Instrument, form: str) -> tuple[str, ...]:
    """What one form answered to each of them, in words where the words are ours."""
    words = shipped_wording(one.id)
    given = dict(forms.filter(pl.col("response_id") == form).select("item", "answer").rows())
    found = ((item, given.get(item)) for item in _counted_items(one).values())
    return tuple((words.label(item, said) if words else said) if said else "Not answered" for item, said in found)


def _heading(words: str) -> str:
    return "VAS" if words == "vas" else words.capitalize()


def _words(scale: Scale) -> str:
    return scale.id.replace("_", " ")


def _items(items: list[str]) -> str:
    if len(items) > MOST_NAMED:
        return count(len(items), "item")
    return f"Item{'' if len(items) == 1 else 's'} {', '.join(items)}"


def _cell(row: Mapping[str, Any] | None) -> str:
    if row is None or row["score"] is None:
        return "No score"
    band = f" ({row['band']})" if row["band"] else ""
    return f"{number(row['score'])}{band}"


def number(score: Decimal) -> str:
    """A score with no more decimals than it needs: 21.54, 9, 0.784."""
    text = f"{score:.3f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _scored(scale: Scale, heads: list[dict[str, Any]], scores: Scores) -> list[tuple[dict[str, Any], Decimal]]:
    return [
        (head, row["score"])
        for head in heads
        if (row := scores.get((head["response_id"], scale.id))) and row["score"] is not None and head["completed_on"]
    ]


def _verdict(
    one: Instrument,
    scale: Scale,
    heads: list[dict[str, Any]],
    scores: Scores,
) -> str:
    """The last form against the baseline, by the instrument's own numbers."""
    found = [row for row in scores.values() if row["scale"] == scale.id and row["change"] is not None]
    if not found:
        baseline = any(head["occasion"] == "baseline" for head, _ in _scored(scale, heads, scores))
        return "No later form to compare with the baseline yet." if baseline else "No scored baseline to compare with."
    row = found[-1]
    moved = f"{'up' if row['change'] > 0 else 'down'} {number(abs(row['change']))}" if row["change"] else "no change"
    said = f"Since the baseline: {moved}."
    if scale.change is None or row["verdict"] is None:
        return f"{said} No size of change is known that counts for this score."
    least, most = number(scale.change.least), number(scale.change.most)
    size = f"from {least}" if least == most else f"from {least} perhaps, from {most} surely"
    return f"{said} {row['verdict'][:1].upper()}{row['verdict'][1:]} (a {scale.change.kind} change: {size})."


def _notes(
    one: Instrument,
    scale: Scale,
    heads: list[dict[str, Any]],
    scores: Scores,
) -> Iterable[str]:
    """Scores at an end of the scale, from which one way is closed; and how sure the size of a change is."""
    least, most = one.limits(scale)
    for head, score in _scored(scale, heads, scores):
        best, worst = (most, least) if one.better == "up" else (least, most)
        if score == best:
            yield f"{day(head['completed_on'])}: the best score there is, so a later one cannot be better."
        elif score == worst:
            yield f"{day(head['completed_on'])}: the worst score there is, so a later one cannot be worse."
    if scale.change and scale.change.status != "confirmed":
        yield f"The size of a {scale.change.kind} change is general knowledge, not confirmed: {scale.change.source}."


def _drawing(
    one: Instrument,
    scale: Scale,
    heads: list[dict[str, Any]],
    scores: Scores,
) -> Drawing | None:
    scored = _scored(scale, heads, scores)
    if not scored:
        return None
    least, most = one.limits(scale)
    first, last = scored[0][0]["completed_on"], scored[-1][0]["completed_on"]
    span = max((last - first).days, 1)

    def y(score: Decimal) -> int:
        return round(BOTTOM - float((score - least) / (most - least)) * (BOTTOM - TOP))

    def x(on: date) -> int:
        return LEFT + round((on - first).days / span * (RIGHT - LEFT)) if last > first else (LEFT + RIGHT) // 2

    baseline = next((head["response_id"] for head, _ in scored if head["occasion"] == "baseline"), None)
    points = tuple(
        Point(
            x(head["completed_on"]),
            y(score),
            number(score),
            day(head["completed_on"]),
            head["response_id"] == baseline,
        )
        for head, score in scored
    )
    name = _words(scale)
    said = f"{one.name}, {name}, from {number(least)} to {number(most)}; {_direction(one)}. " + "; ".join(
        f"{point.on}{' (baseline)' if point.is_baseline else ''}: {point.label}" for point in points
    )
    base = next((score for head, score in scored if head["response_id"] == baseline), None)
    changes = list(_change_lines(scale, base, least, most, y)) if base is not None else []
    return Drawing(
        points,
        " ".join(f"{point.x},{point.y}" for point in points),
        number(round(least, 2)),
        number(round(most, 2)),
        _heading(name),
        tuple(height for height, _ in changes),
        _apart(changes),
        f"{said}.",
    )


def _change_lines(
    scale: Scale, base: Decimal, least: Decimal, most: Decimal, y: Callable[[Decimal], int]
) -> Iterable[tuple[int, str]]:
    """Where a change that surely counts begins, above and below the baseline."""
    if scale.change is None:
        return
    for score in (base + scale.change.most, base - scale.change.most):
        if least <= score <= most:
            yield y(score), number(score)


def _apart(changes: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """The words of the lines; of two that lie close, the words of both at one place."""
    if len(changes) == 2 and abs(changes[0][0] - changes[1][0]) < CLOSE:
        (above, high), (below, low) = changes
        return (((above + below) // 2, f"{low}, {high}"),)
    return tuple(changes)


def _direction(one: Instrument) -> str:
    return "higher is better" if one.better == "up" else "lower is better"
