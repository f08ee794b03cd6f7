"""What the page of a return says, section by section, in the order and words of the service's own layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from placewell.dataset import TABLES
from placewell.periods import in_words
from placewell.reports.breakdowns import BreakdownTable, breakdown_tables
from placewell.reports.definitions import Definition, definitions
from placewell.reports.matrix_views import MatrixView, matrix_view
from placewell.reports.notices import OWN_GOAL, is_own_goal, notices
from placewell.reports.summary import answer, due_on, facts
from placewell.reports.wording import amount, counted, number, period_words, status_words, target_words, unit_words

if TYPE_CHECKING:
    from placewell.reports.contents import Report
    from placewell.specification import Specification
    from placewell.specification.indicators import Indicator
    from placewell.specification.report import Section

__all__ = ["Page", "due_on", "page_of", "places_of"]

MARK_OF = {"met": "met", "behind": "behind", "breached": "breached", "not_due": "due", "no_target": "none"}
Figure = Mapping[str, Any]


@dataclass(frozen=True)
class FigureRow:
    """One indicator on the page; `figure` is it as the report object has it."""

    number: str
    name: str
    clause: str
    value: str
    unit: str
    not_counted: str
    not_due: str
    target: str
    status: str
    mark: str
    figure: Figure
    notes: tuple[str, ...] = ()
    in_contract: bool = True
    own_goal: str = ""


@dataclass(frozen=True)
class HeldElsewhere:
    """An indicator that somebody else computes, and what the provider holds for them."""

    number: str
    name: str
    clause: str
    linkage: str


@dataclass(frozen=True)
class MilestoneRow:
    """Something to be in place: what it is good for, by when, how often it is looked at, whether its day has come."""

    label: str
    benefit: str
    due: str
    monitored: str
    is_due: bool
    clause: str


@dataclass(frozen=True)
class SectionView:
    """One section: its figures, the boxes for words, and its breakdowns, which are printed in the annex.

    `repeated`: places of figures that stand in an earlier section and are only broken down here.
    """

    number: int
    title: str
    introduction: str
    clause: str
    rows: tuple[FigureRow, ...]
    repeated: tuple[str, ...]
    held: tuple[HeldElsewhere, ...]
    tables: tuple[BreakdownTable, ...]
    boxes: tuple[str, ...]
    footnotes: tuple[str, ...]
    matrix: MatrixView | None = None
    milestones: tuple[MilestoneRow, ...] = ()


@dataclass(frozen=True)
class Page:
    """Everything the template prints; the template decides nothing."""

    title: str
    clause: str
    service: str
    commissioner: str
    lots: str
    period: str
    as_at: str
    answer: str
    notices: tuple[str, ...]
    has_targets: bool
    has_own_goals: bool
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[SectionView, ...]
    definitions: tuple[Definition, ...]
    footnotes: tuple[str, ...]
    budget: Mapping[str, Any] | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)


def page_of(report: Report, spec: Specification) -> Page:
    """Lay the report out as the service's report.toml says. Source: 002 §16."""
    start, end = (date.fromisoformat(report["period"][name]) for name in ("start", "end"))
    figures = {figure["id"]: figure for figure in report["indicators"]}
    places = places_of(spec)
    first = _first(spec, figures)
    return Page(
        title=spec.report.title,
        clause=spec.report.clause,
        service=spec.service.name,
        commissioner=spec.service.commissioner,
        lots=_lots(spec, report.get("lot")),
        period=period_words(report["period"]["label"], start, end - timedelta(days=1)),
        as_at=in_words(date.fromisoformat(report["as_at"])),
        answer=answer(spec, first),
        notices=tuple(notices(spec, [figure for id, figure in figures.items() if id in places])),
        has_targets=any(figure["target"] is not None for figure in figures.values()),
        has_own_goals=any(map(is_own_goal, figures.values())),
        facts=facts(spec, end, first),
        sections=tuple(_sections(spec, report, figures, places)),
        definitions=tuple(definitions(spec, figures, places)),
        footnotes=(*(note.text for note in spec.report.footnotes if not note.about), *_open_points(spec)),
        budget=report.get("budget"),
        provenance={
            "Specification": f"{spec.service.id}, version {report['specification']['version']}",
            "Specification hash": report["specification"]["hash"],
            **_whose(report),
            **({"Provider’s own goals": report["goals"]["hash"]} if "goals" in report else {}),
            "Data hash": report["data"],
        },
    )


def _whose(report: Report) -> Mapping[str, str]:
    """The definitions, where they are another service's."""
    used = report.get("definitions")
    return {"Definitions": f"{used['service']}, version {used['version']}, {used['hash']}"} if used else {}


def _first(spec: Specification, figures: Mapping[str, Figure]) -> list[Figure]:
    """What the head of the return speaks of: the first section, and key outcomes with a target wherever they stand.

    Of a matrix, which is long, the ones whose outcome has words of its own for it, and whatever has a target.
    """
    key = (one for one in spec.indicators.computed if one.group == "key_outcomes" and one.target is not None)
    wanted = dict.fromkeys((*_opening(spec), *(one.id for one in key)))
    return [figures[id] for id in wanted if id in figures]


def _opening(spec: Specification) -> Iterator[str]:
    if not spec.report.sections:
        return
    first = spec.report.sections[0]
    yield from first.indicators
    if first.matrix is None:
        return
    rows = {row.indicator for row in first.matrix.rows}
    for one in spec.indicators.computed:
        has_words = one.id in rows and spec.outcomes.outcome(one.outcome or "").reached
        if has_words or one.target is not None:
            yield one.id


def places_of(spec: Specification) -> dict[str, str]:
    """The number of each indicator, in the order of the return: its first section's, and its place there."""
    places: dict[str, str] = {}
    for position, section in enumerate(spec.report.sections, 1):
        for place, id in enumerate(section.indicator_ids(), 1):
            places.setdefault(id, f"{position}.{place}")
    return places


def _sections(
    spec: Specification, report: Report, figures: Mapping[str, Figure], places: Mapping[str, str]
) -> Iterator[SectionView]:
    lot, as_at = report.get("lot"), date.fromisoformat(report["as_at"])
    heads = {one.id: (places.get(one.id, ""), one.short_name or one.name) for one in spec.indicators.indicators}
    laid_out = {matrix["id"]: matrix for matrix in report.get("matrices", ())}
    for position, section in enumerate(spec.report.sections, 1):
        shown = [figures[id] for id in section.indicators if id in figures]
        own = [figure for figure in shown if places[figure["id"]].startswith(f"{position}.")]
        yield SectionView(
            number=position,
            title=section.title,
            introduction=section.introduction,
            clause=section.clause,
            rows=tuple(_figure_row(places[figure["id"]], figure, spec) for figure in own),
            repeated=tuple(places[figure["id"]] for figure in shown if figure not in own),
            held=tuple(_held(spec, section, places, figures)),
            tables=tuple(_tables(spec, section, shown, heads, lot)),
            boxes=tuple(box.label for id in section.narratives for box in spec.report.narratives if box.id == id),
            footnotes=tuple(_footnotes(spec, section, own)),
            milestones=tuple(_milestones(spec, as_at)) if section.milestones else (),
            matrix=_matrix(spec, laid_out[section.id], position) if section.matrix else None,
        )


def _milestones(spec: Specification, as_at: date) -> Iterator[MilestoneRow]:
    """What is to be in place, in the order of the contract. Source: 004 §7."""
    for one in spec.service.milestones:
        is_due = one.due_on is not None and one.due_on <= as_at
        yield MilestoneRow(one.label, one.benefit, one.due, one.monitored, is_due, one.clause)


def _figure_row(place: str, figure: Figure, spec: Specification) -> FigureRow:
    members = figure["members"]
    at_most = _at_most(spec.indicators.indicator(figure["id"]))
    return FigureRow(
        number=place,
        name=figure["name"],
        clause=figure["clause"],
        value=amount(figure["value"], figure["unit"]),
        unit=unit_words(figure),
        not_counted=number(members["not_counted"]),
        not_due=number(members["not_due"]),
        target=target_words(figure, at_most=at_most),
        status=status_words(figure, at_most=at_most),
        mark=MARK_OF[figure["status"]],
        figure=figure,
        notes=(*_breach(spec, figure), *_forecast(spec, figure), *_marks(figure, spec.outcomes.hours.boundary)),
        in_contract=figure["in_contract"],
        own_goal=OWN_GOAL if is_own_goal(figure) else "",
    )


def _breach(spec: Specification, figure: Figure) -> Iterator[str]:
    """What the contract says of a target that is missed; what follows silence stands under the section."""
    found = spec.indicators.consequence_of(spec.indicators.indicator(figure["id"]))
    if figure["consequence"] and found is not None and found.follows == "missed_target":
        yield f"In breach. The contract: {_lower_first(figure['consequence'])}"


def _forecast(spec: Specification, figure: Figure) -> Iterator[str]:
    """That what the figure is held against is no term of the contract. Source: 001 business case."""
    target = spec.indicators.indicator(figure["id"]).target
    if figure["target"] is not None and target is not None and target.kind == "forecast":
        yield f"Held against a forecast ({target.clause}), no term of the contract"


def _lower_first(words: str) -> str:
    return words[0].lower() + words[1:]


def _marks(figure: Figure, boundary: int) -> Iterator[str]:
    """What is marked under a figure: the best score, what waits, backup evidence alone, hours between the two bands."""
    backup, on_boundary, waits = figure["on_backup"], figure["on_boundary"], figure["outstanding"]
    if at_best := figure["at_best"]:
        yield f"{number(at_best)} {counted('people', at_best)} began at the best score, which nothing can better"
    if waits:
        yield _waits(waits, figure["hours_unknown"])
    if backup:
        yield f"{number(backup)} {counted(figure['unit'], backup)} proved by backup evidence"
    if on_boundary:
        yield f"{number(on_boundary)} {counted(figure['unit'], on_boundary)} at exactly {boundary} hours a week"


def _waits(count: int, without_hours: int) -> str:
    """ "5 more wait for evidence", "1 more waits for its hours", "16 more wait: 15 for evidence, 1 for hours"."""
    more = f"{number(count)} more {'waits' if count == 1 else 'wait'}"
    if not without_hours:
        return f"{more} for evidence"
    if count == without_hours:
        return f"{more} for {'its' if count == 1 else 'their'} hours"
    return f"{more}: {number(count - without_hours)} for evidence, {number(without_hours)} for hours"


def _tables(
    spec: Specification,
    section: Section,
    shown: Sequence[Figure],
    heads: Mapping[str, tuple[str, str]],
    lot: str | None,
) -> Iterator[BreakdownTable]:
    by_id = {breakdown.id: breakdown for breakdown in spec.indicators.breakdowns}
    for id in section.breakdowns:
        if not (lot and by_id[id].column == "lot"):  # one lot has no other to stand beside
            yield from breakdown_tables(spec, by_id[id], shown, heads)


def _held(
    spec: Specification, section: Section, places: Mapping[str, str], figures: Mapping[str, Figure]
) -> Iterator[HeldElsewhere]:
    for id in section.indicators:
        if id not in figures:
            indicator = spec.indicators.indicator(id)
            columns = (linked.split(".") for linked in indicator.linkage)
            needed = ", ".join(TABLES[table].column(column).description for table, column in columns)
            yield HeldElsewhere(places[id], indicator.name, indicator.clause, needed)


def _matrix(spec: Specification, matrix: Mapping[str, Any], position: int) -> MatrixView:
    breakdown = next(one for one in spec.indicators.breakdowns if one.id == matrix["across"])
    short = {one.id: one.short_name or one.name for one in spec.service.localities}
    return matrix_view(matrix, position, breakdown.name.lower(), short)


def _footnotes(spec: Specification, section: Section, own: Sequence[Figure]) -> Iterator[str]:
    """The footnotes on a section's own figures; the one on the boundary of the hours bands says how many sat on it."""
    ids = {figure["id"] for figure in own}
    rows = {row.indicator for row in section.matrix.rows} if section.matrix else set[str]()
    yield from (note.text for note in spec.report.footnotes if (ids | rows) & set(note.about))
    yield from _unreported(spec, ids)
    if any(spec.indicators.indicator(id).band for id in ids):
        on_it = sum(figure["on_boundary"] for figure in own)
        yield f"Outcomes counted here at exactly {spec.outcomes.hours.boundary} hours a week: {number(on_it)}."


def _unreported(spec: Specification, ids: Set[str]) -> Iterator[str]:
    """What the contract says of figures that are not reported, once for all of them that stand here. Source: 004 §8."""
    for one in spec.indicators.consequences:
        if one.follows == "no_report" and any(spec.indicators.indicator(id).consequence == one.id for id in ids):
            yield f"Consequence of a breach in the contract: {_lower_first(one.label)} ({one.clause})."


def _at_most(indicator: Indicator) -> bool:
    return indicator.target is not None and indicator.target.at_most


def _open_points(spec: Specification) -> Iterator[str]:
    """What the document leaves open, and what holds until it is settled (X42)."""
    for point in spec.service.open_points:
        if point.is_open:
            yield f"Not settled: {point.label[0].lower()}{point.label[1:]}. Until then: {point.until_then}"


def _lots(spec: Specification, code: str | None) -> str:
    only = spec.service.lots[0].code if len(spec.service.lots) == 1 else code
    return next((lot.name for lot in spec.service.lots if lot.code == only), "All lots")
