"""The report as a flat table in the order of the return: a row per figure and per line of a breakdown, noughts too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from placewell.reports.breakdowns import UNKNOWN, by_row, code_words, row_keys, row_label
from placewell.reports.budget import budget_rows
from placewell.reports.contents import Report
from placewell.reports.definitions import Definition, definitions
from placewell.reports.layout import places_of
from placewell.reports.matrices import matrix_rows
from placewell.vocabulary import label

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.indicators import Breakdown

MEMBERS = ("counted", "not_counted", "not_due", "excluded")
MARKS = ("outstanding", "hours_unknown", "on_backup", "on_boundary", "at_best")
ABOUT = ("service", "specification", "period", "start", "end", "as_at", "lot")
WHAT = ("section", "number", "indicator", "name", "clause", "unit")
NUMBERS = ("numerator", "denominator", "value")
OWN = (
    "target", "status", "value_to_date", *MEMBERS, *MARKS, "definition", "evidence", "version", "outcome",
    "outcome_version", "footnotes", "specification_hash", "data", "consequence",
)  # fmt: skip
NAMED = ("in_contract", "definitions")
AIMED = ("target_set_by", "goals")
COLUMNS = (*ABOUT, *WHAT, "breakdown", "key", "label", *NUMBERS, *OWN, *NAMED, *AIMED)
"""`breakdown`, `key` and `label` are empty in a figure's own row, and what `OWN` and `AIMED` name stands only there;
`end` is the first day after the period; `footnotes` are the sentences that the return prints about the figure."""

Figure = Mapping[str, Any]


def flat_rows(report: Report, spec: Specification) -> Iterator[tuple[Any, ...]]:
    """The rows of the table in the order of COLUMNS: each figure of the return, then breakdown by breakdown; matrices.

    A code of a list that nobody has is there with a nought, as on the page. A matrix gives rows of its own, quarter by
    quarter, with its id in `breakdown`: see `matrix_rows`. Source: 002 §17; semantics.md §5.
    """
    figures = {figure["id"]: figure for figure in report["indicators"]}
    places = places_of(spec)
    defined = {one.id: one for one in definitions(spec, figures, places)}
    about, made_from = _about(report), (report["specification"]["hash"], report["data"])
    lines = _Lines(spec, report.get("lot"))
    for place, figure in ((places[id], figures[id]) for id in defined):
        section = spec.report.sections[int(place.partition(".")[0]) - 1].title
        what = (section, place, *(figure[key] for key in ("id", "name", "clause", "unit")))
        meant = (*_defined(defined[figure["id"]]), _footnotes(spec, figure["id"]))
        own = (*_own(figure), *meant, *made_from, figure["consequence"])
        named = (figure["in_contract"], report.get("definitions", {}).get("service"))
        aimed = (set_by := figure["target_set_by"], report["goals"]["hash"] if set_by == "provider" else None)
        yield (*about, *what, None, None, None, *_numbers(figure), *own, *named, *aimed)
        for line in lines.of(figure):
            yield (*about, *what, *line, *(None,) * len(OWN), *named, *(None,) * len(AIMED))
    for row in (*matrix_rows(report, [section.id for section in spec.report.sections]), *budget_rows(report)):
        yield tuple(row.get(name) for name in COLUMNS)


def _about(report: Report) -> tuple[Any, ...]:
    period = report["period"]
    which = (period["label"], period["start"], period["end"], report["as_at"], report.get("lot"))
    return (report["service"], report["specification"]["version"], *which)


def _own(figure: Figure) -> tuple[Any, ...]:
    judged = tuple(figure[key] for key in ("target", "status", "value_to_date"))
    return (*judged, *(figure["members"][state] for state in MEMBERS), *(figure[mark] for mark in MARKS))


def _defined(one: Definition) -> tuple[Any, ...]:
    return (one.counts, one.evidence, one.version, one.outcome, one.outcome_version)


def _footnotes(spec: Specification, id: str) -> str:
    """The sentences about a figure, those about every figure last."""
    notes = spec.report.footnotes
    return " ".join([note.text for note in notes if id in note.about] + [note.text for note in notes if not note.about])


def _numbers(of: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return of["numerator"], of["denominator"], of["value"]


class _Lines:
    """The lines of every breakdown; the words of its codes are looked up once."""

    def __init__(self, spec: Specification, lot: str | None) -> None:
        self.breakdowns = {one.id: one for one in spec.indicators.breakdowns}
        self.words = {one.id: code_words(spec, one) for one in spec.indicators.breakdowns}
        self.lot = lot

    def of(self, figure: Figure) -> Iterator[tuple[Any, ...]]:
        """Breakdown, key, label and numbers of each line of a figure, in the order of the codes."""
        for name, cells in figure["breakdowns"].items():
            breakdown, words = self.breakdowns[name], self.words[name]
            found = by_row(cells, breakdown)
            for key in row_keys(words, [found]):
                for cell in found.get(key, ()):
                    yield name, cell["key"], _label(breakdown, cell["key"], words), *_numbers(cell)
                if key not in found and not self._is_another_lot(breakdown):
                    yield name, key, row_label(key, words), *_nothing(figure)

    def _is_another_lot(self, breakdown: Breakdown) -> bool:
        """Whether a line without anybody is a lot that was not asked for."""
        return self.lot is not None and breakdown.column == "lot"


def _nothing(figure: Figure) -> tuple[Any, Any, Any]:
    """The numbers of a line that nobody is in."""
    if figure["denominator"] is None:
        return 0, None, 0
    return None if figure["numerator"] is None else 0, 0, None


def _label(breakdown: Breakdown, key: str, words: Mapping[str, str]) -> str:
    """A recorded code in words; of an occupation or industry, which come at several levels, its own or its group's."""
    if key in words or key == UNKNOWN or breakdown.column not in ("occupation", "industry"):
        return row_label(key, words)
    return label(breakdown.column, key)
