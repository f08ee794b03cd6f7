"""What the page of a return says, section by section, in the order and words of the service's own layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from placewell.periods import in_words
from placewell.reports.breakdowns import BreakdownTable, breakdown_tables
from placewell.reports.wording import amount, counted, number, period_words, status_words, target_words, unit_words
from placewell.vocabulary import label

if TYPE_CHECKING:
    from placewell.reports.contents import Report
    from placewell.specification import Specification
    from placewell.specification.indicators import Indicator
    from placewell.specification.report import Section

MARK_OF = {"met": "met", "behind": "behind", "breached": "breached", "not_due": "due", "no_target": "none"}
Figure = Mapping[str, Any]


@dataclass(frozen=True)
class FigureRow:
    """One indicator on the page."""

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
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldElsewhere:
    """An indicator that somebody else computes, and what the provider holds for them."""

    number: str
    name: str
    clause: str
    linkage: str


@dataclass(frozen=True)
class SectionView:
    """One section: its figures, breakdowns, and the boxes for words."""

    number: int
    title: str
    introduction: str
    clause: str
    rows: tuple[FigureRow, ...]
    held: tuple[HeldElsewhere, ...]
    tables: tuple[BreakdownTable, ...]
    boxes: tuple[str, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """What one indicator counts, in words, with how many members fell on each side."""

    number: str
    id: str
    name: str
    counts: str
    evidence: str
    clause: str
    members: tuple[str, str, str, str]


@dataclass(frozen=True)
class Page:
    """Everything the template prints; the template decides nothing."""

    title: str
    service: str
    commissioner: str
    lots: str
    period: str
    as_at: str
    answer: str
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[SectionView, ...]
    definitions: tuple[Definition, ...]
    footnotes: tuple[str, ...]
    provenance: Mapping[str, str] = field(default_factory=dict)


def page_of(report: Report, spec: Specification) -> Page:
    """Lay the report out as the service's report.toml says. Source: 002 §16."""
    start, end = (date.fromisoformat(report["period"][name]) for name in ("start", "end"))
    figures = {figure["id"]: figure for figure in report["indicators"]}
    sections = tuple(_sections(spec, figures))
    first = [figures[id] for id in spec.report.sections[0].indicators if id in figures] if spec.report.sections else []
    return Page(
        title=spec.report.title,
        service=spec.service.name,
        commissioner=spec.service.commissioner,
        lots=_lots(spec, report.get("lot")),
        period=period_words(report["period"]["label"], start, end - timedelta(days=1)),
        as_at=in_words(date.fromisoformat(report["as_at"])),
        answer=answer(first, spec.report.sections[0].title if spec.report.sections else ""),
        facts=_facts(spec, end, first),
        sections=sections,
        definitions=tuple(_definitions(spec, figures)),
        footnotes=tuple(note.text for note in spec.report.footnotes if not note.about),
        provenance={
            "Specification": f"{spec.service.id}, version {report['specification']['version']}",
            "Specification hash": report["specification"]["hash"],
            "Data hash": report["data"],
        },
    )


def answer(figures: Sequence[Figure], section: str) -> str:
    """The sentence at the top: the first section against its targets, or what was counted and what waits."""
    waiting = sum(figure["members"]["not_counted"] for figure in figures if figure["unit"] != "proportion")
    judged = [figure for figure in figures if figure["status"] in ("met", "behind", "breached")]
    waits = f"{number(waiting)} more {'was' if waiting == 1 else 'were'} reached but cannot be counted yet."
    rest = waits if waiting else "Nothing waits for evidence."
    if judged:
        met = sum(figure["status"] == "met" for figure in judged)
        return f"{section}: {met} of {len(judged)} on or over the line. {rest}"
    total = sum(figure["numerator"] or 0 for figure in figures if figure["unit"] != "proportion")
    return f"{section}: {number(total)} outcomes counted. {rest} The contract sets no targets."


def short_names(spec: Specification) -> dict[str, str]:
    """A few words for each indicator, for the heads of narrow columns: its outcome and band of hours."""
    return {indicator.id: _short_name(spec, indicator) for indicator in spec.indicators.indicators}


def due_on(spec: Specification, end: date) -> date:
    """The last day for sending the return of a period that ends before `end`; a meeting may make it earlier."""
    return spec.report.due.day(end - timedelta(days=1))


def _sections(spec: Specification, figures: Mapping[str, Figure]) -> Iterator[SectionView]:
    short = short_names(spec)
    for position, section in enumerate(spec.report.sections, 1):
        numbers = {id: f"{position}.{place}" for place, id in enumerate(section.indicators, 1)}
        shown = [figures[id] for id in section.indicators if id in figures]
        heads = {id: (number, short.get(id, id)) for id, number in numbers.items()}
        yield SectionView(
            number=position,
            title=section.title,
            introduction=section.introduction,
            clause=section.clause,
            rows=tuple(_figure_row(numbers[figure["id"]], figure, spec) for figure in shown),
            held=tuple(_held(spec, section, numbers, figures)),
            tables=tuple(_tables(spec, section, shown, heads)),
            boxes=tuple(box.label for id in section.narratives for box in spec.report.narratives if box.id == id),
            footnotes=tuple(_footnotes(spec, section, figures)),
        )


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
        notes=tuple(_marks(figure, spec.outcomes.hours.boundary)),
    )


def _marks(figure: Figure, boundary: int) -> Iterator[str]:
    """What is marked under a figure: backup evidence alone, and hours on the boundary of the two bands."""
    backup, on_boundary = figure["on_backup"], figure["on_boundary"]
    if backup:
        yield f"{number(backup)} {counted(figure['unit'], backup)} proved by backup evidence"
    if on_boundary:
        yield f"{number(on_boundary)} {counted(figure['unit'], on_boundary)} at exactly {boundary} hours a week"


def _tables(
    spec: Specification, section: Section, shown: Sequence[Figure], heads: Mapping[str, tuple[str, str]]
) -> Iterator[BreakdownTable]:
    by_id = {breakdown.id: breakdown for breakdown in spec.indicators.breakdowns}
    for id in section.breakdowns:
        yield from breakdown_tables(spec, by_id[id], shown, heads)


def _held(
    spec: Specification, section: Section, numbers: Mapping[str, str], figures: Mapping[str, Figure]
) -> Iterator[HeldElsewhere]:
    for id in section.indicators:
        if id not in figures:
            indicator = spec.indicators.indicator(id)
            yield HeldElsewhere(numbers[id], indicator.name, indicator.clause, ", ".join(indicator.linkage))


def _footnotes(spec: Specification, section: Section, figures: Mapping[str, Figure]) -> Iterator[str]:
    """The section's footnotes; the one on the boundary of the hours bands says how many sat on it."""
    for note in spec.report.footnotes:
        about = [id for id in note.about if id in section.indicators]
        if about:
            yield note.text
    on_it = sum(figures[id]["on_boundary"] for id in section.indicators if id in figures)
    if any(spec.indicators.indicator(id).band for id in section.indicators):
        hours = spec.outcomes.hours.boundary
        yield f"Outcomes counted here at exactly {hours} hours a week: {number(on_it)}."


def _definitions(spec: Specification, figures: Mapping[str, Figure]) -> Iterator[Definition]:
    places = {
        id: f"{position}.{place}"
        for position, section in reversed(list(enumerate(spec.report.sections, 1)))
        for place, id in enumerate(section.indicators, 1)
    }
    for id, figure in figures.items():
        indicator = spec.indicators.indicator(id)
        members = figure["members"]
        yield Definition(
            number=places.get(id, ""),
            id=id,
            name=figure["name"],
            counts=" ".join(_meaning(spec, indicator)),
            evidence=_evidence(spec, indicator),
            clause=figure["clause"],
            members=tuple(number(members[status]) for status in ("counted", "not_counted", "not_due", "excluded")),  # type: ignore[arg-type]
        )


def _meaning(spec: Specification, indicator: Indicator) -> Iterator[str]:
    if indicator.outcome:
        outcome = spec.outcomes.outcome(indicator.outcome)
        yield f"{outcome.name}."
        if outcome.note:
            yield outcome.note
    if indicator.note:
        yield indicator.note


def _evidence(spec: Specification, indicator: Indicator) -> str:
    rule = spec.outcomes.evidence_for(indicator.outcome) if indicator.evidence and indicator.outcome else None
    if rule is None:
        return "The record itself."
    accepted = ", ".join(label("evidence_kind", kind).lower() for kind in rule.accepted)
    backup = " or ".join(" with ".join(label("evidence_kind", kind).lower() for kind in kinds) for kinds in rule.backup)
    return f"Verified: {accepted}." + (f" Backup: {backup}." if backup else "")


def _facts(spec: Specification, end: date, figures: Sequence[Figure]) -> tuple[tuple[str, str, str], ...]:
    judged = [figure for figure in figures if figure["status"] in ("met", "behind", "breached")]
    met = sum(figure["status"] == "met" for figure in judged)
    waiting = sum(figure["members"]["not_counted"] for figure in figures)
    backup = sum(figure["on_backup"] for figure in figures)
    meeting = f"or {spec.report.due.days_before_meeting} days before the contract meeting, if that is earlier"
    return (
        ("Return due", in_words(due_on(spec, end)), meeting),
        (
            "On or over the line",
            f"{met} of {len(judged)}" if judged else "No targets",
            "" if judged else "the contract sets none",
        ),
        ("Reached, not counted yet", number(waiting), "evidence or hours are missing"),
        ("Proved by backup evidence", number(backup), "counted, and marked"),
    )


def _short_name(spec: Specification, indicator: Indicator) -> str:
    if indicator.outcome is None:
        return indicator.name
    outcome = spec.outcomes.outcome(indicator.outcome)
    band = f", {indicator.band.replace('_', ' ')}" if indicator.band else ""
    return f"{outcome.short_name or outcome.name}{band}"


def _at_most(indicator: Indicator) -> bool:
    return indicator.target is not None and indicator.target.at_most


def _lots(spec: Specification, code: str | None) -> str:
    return next((lot.name for lot in spec.service.lots if lot.code == code), "All lots")
