"""The page of a quarter: the sentence with the answer, the four facts, and a row for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from placewell.indicators import Figure
from placewell.reports.wording import amount, counted, number, status_words, target_words, unit_words
from placewell.spc import ASSURANCE_WORDS, VARIATION_WORDS
from placewell.specification import Specification
from placewell.specification.indicators import Indicator, Target
from placewell.specification.report import Section
from placewell_web.nhsuk.words import count, day, week_day
from placewell_web.reporting.presenters.charts import Drawing, Series, spark
from placewell_web.reporting.queries import Month

KEY_OUTCOMES = "key_outcomes"
BAR = 200
STATUS_MARK = {"met": "met", "behind": "behind", "breached": "breached", "not_due": "clock", "no_target": "none"}
SMALL_WORDS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
OVER, SHORT, ALREADY = "over the line", "still {} short", "Already over the line"


@dataclass(frozen=True)
class Bar:
    """The year so far: how long each part is, of `width`; `line` is where the period's end should be reached."""

    width: int
    counted: float
    waiting: float
    line: float
    whole: str
    label: str


@dataclass(frozen=True)
class Verdict:
    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    """One indicator of the page.

    `detail`: what it counts, in a line. `reached` and `goal`: the year so far and the line, where there is a bar.
    `waiting`: reached, evidence outstanding; `no_hours`: reached, in neither band of hours; `missing`: what the
    evidence would change.
    """

    id: str
    outcome: str
    name: str
    detail: str
    clause: str
    value: str
    beside: str
    reached: str
    goal: str
    target: str
    local: bool
    mark: str
    status: str
    bar: Bar | None
    spark: Drawing | None
    spark_label: str
    variation: Verdict | None
    assurance: Verdict | None
    asks_evidence: bool
    waiting: int
    no_hours: int
    missing: str


def row(
    specification: Specification,
    indicator: Indicator,
    figure: Figure,
    target: Target | None,
    months: Sequence[Month],
) -> Row:
    """An indicator with its value, target, months and what is missing."""
    facts = figure.as_dict()
    at_most = bool(target and target.at_most)
    drawing = spark(series(specification, indicator, target, months))
    waiting = figure.outstanding - figure.hours_unknown
    bar = _bar(figure, target, waiting)
    return Row(
        id=indicator.id,
        outcome=indicator.outcome or "",
        name=indicator.short_name or indicator.name,
        detail=_detail(specification, indicator),
        clause=short_clause(specification, indicator.clause),
        value=amount(figure.value, figure.unit),
        beside=unit_words(facts),
        reached=amount(figure.value_to_date, figure.unit) if bar else "",
        goal=amount(figure.target, figure.unit) if bar else "",
        target=target_words(facts, at_most=at_most),
        local=bool(target and target.local),
        mark=STATUS_MARK[figure.status],
        status=status_words(facts, at_most=at_most),
        bar=bar,
        spark=drawing,
        spark_label=_spark_label(indicator, months),
        variation=_variation(drawing),
        assurance=_assurance(drawing),
        asks_evidence=indicator.evidence,
        waiting=waiting,
        no_hours=figure.hours_unknown,
        missing=_missing(figure, waiting),
    )


def short_clause(specification: Specification, clause: str) -> str:
    """A clause without its document's number, where every clause around it is of the same contract."""
    document, _, place = clause.partition(" ")
    return place if any(one.id == document for one in specification.service.documents) else clause


def _detail(specification: Specification, indicator: Indicator) -> str:
    """What an indicator counts, in a line under its short name; nothing where the name says it already."""
    if indicator.band and indicator.outcome:
        return specification.outcomes.outcome(indicator.outcome).name
    words = indicator.name.partition(": ")[2] or indicator.name
    return "" if words == indicator.short_name else f"{words[:1].upper()}{words[1:]}"


def series(
    specification: Specification, indicator: Indicator, target: Target | None, months: Sequence[Month]
) -> Series:
    """The months that have a value; a yearly or quarterly count's target as its share of a month."""
    known = [month for month in months if month.value is not None]
    return Series(
        tuple(month.start for month in known),
        tuple(month.value for month in known if month.value is not None),
        _a_month(target),
        None if indicator.better == "neither" else indicator.better,
        indicator.unit,
        target is not None and target.basis != "value",
        tuple(month.outstanding for month in known),
        _contract_changes(specification),
    )


def _a_month(target: Target | None) -> float | None:
    if target is None or target.amount is None:  # a trajectory is no level line
        return None
    return float(target.amount) / {"year": 12, "quarter": 3, "value": 1}[target.basis]


def _contract_changes(specification: Specification) -> tuple[tuple[date, str], ...]:
    """The day after the last of each phase that ended: "1 April 2019: randomisation ended"."""
    found = []
    for phase in specification.service.phases:
        if phase.end:
            what = "randomisation" if phase.randomised else f"{phase.name[:1].lower()}{phase.name[1:]}"
            start = phase.end + timedelta(days=1)
            found.append((start, f"{day(start)}: {what} ended"))
    return tuple(found)


def _bar(figure: Figure, target: Target | None, waiting: int) -> Bar | None:
    if target is None or target.basis != "year" or figure.value_to_date is None or figure.target is None:
        return None
    whole = float(target.amount)
    reached, with_waiting = float(figure.value_to_date), figure.value_to_date + waiting
    longest = max(whole, with_waiting, float(figure.target), 1.0)
    scale = BAR / longest
    label = (
        f"{number(reached)} counted of a year's {number(whole)}; {number(figure.target)} to reach by the period's end"
    )
    return Bar(
        round(whole * scale) if whole else BAR,
        round(reached * scale, 1),
        round(waiting * scale, 1),
        round(1 + float(figure.target) * scale, 1),
        number(whole),
        f"{label}; {number(waiting)} achieved, evidence outstanding" if waiting else label,
    )


def _missing(figure: Figure, waiting: int) -> str:
    """What the outstanding evidence would change: "With them: 85, over the line"."""
    if not waiting:
        return ""
    reached = (figure.value_to_date if figure.value_to_date is not None else figure.value) or 0
    together = reached + waiting
    if figure.target is None:
        return f"With them: {number(together)}"
    if reached >= figure.target:
        return ALREADY
    gap = figure.target - together
    return f"With them: {number(together)}, {SHORT.format(number(gap)) if gap > 0 else OVER}"


def _variation(drawing: Drawing | None) -> Verdict | None:
    if drawing is None or drawing.variation is None:
        return None
    return Verdict(drawing.variation, VARIATION_WORDS[drawing.variation])


def _assurance(drawing: Drawing | None) -> Verdict | None:
    if drawing is None or drawing.assurance is None:
        return None
    return Verdict(drawing.assurance, ASSURANCE_WORDS[drawing.assurance])


EACH_MONTH = {
    "days": "Median days, each month",
    "pounds": "Pounds an hour, each month",
    "points": "Mean change in points, each month",
    "proportion": "Share of those due, each month",
}


def caption(indicator: Indicator, as_at: date) -> str:
    """What stands on the chart's upright axis, and the month that is not there yet."""
    words = EACH_MONTH.get(indicator.unit, f"{counted(indicator.unit, 2).capitalize()} counted each month")
    if indicator.measure == "mean" and indicator.unit == "days":
        words = "Mean days, each month"
    is_over = (as_at + timedelta(days=1)).month != as_at.month
    return words if is_over else f"{words}. {as_at:%B} follows when the month is over"


def _spark_label(indicator: Indicator, months: Sequence[Month]) -> str:
    if not months:
        return f"{indicator.name}: no whole month yet"
    return f"{indicator.name} by month, {months[0].start:%B %Y} to {months[-1].start:%B %Y}"


@dataclass(frozen=True)
class Group:
    """A box of the page.

    `with_evidence`: its figures wait for evidence, so the rows say what is missing; `aimed`: something has a target.
    """

    id: str
    title: str
    introduction: str
    clause: str
    rows: tuple[Row, ...]

    @property
    def with_evidence(self) -> bool:
        return any(row.asks_evidence for row in self.rows)

    @property
    def aimed(self) -> bool:
        return self.with_evidence or any(row.mark != STATUS_MARK["no_target"] for row in self.rows)


def groups(specification: Specification, rows: Mapping[str, Row]) -> list[Group]:
    """The report's own sections, each indicator once, in the order of the return."""
    shown: set[str] = set()
    found = []
    for section in specification.report.sections:
        own = [rows[one] for one in dict.fromkeys(section.indicator_ids()) if one in rows and one not in shown]
        shown.update(one.id for one in own)
        if own:
            found.append(_group(specification, section, own))
    return found


def _group(specification: Specification, section: Section, rows: Sequence[Row]) -> Group:
    clause = short_clause(specification, section.clause)
    return Group(section.id, section.title, section.introduction, clause, tuple(rows))


@dataclass(frozen=True)
class Summary:
    """The first sentence of the page and its four facts."""

    answer: str
    days_left: int
    due_on: str
    on_line: str
    on_line_note: str
    waiting: int
    waiting_note: str


def summary(
    specification: Specification, rows: Sequence[Row], figures: Mapping[str, Figure], due: date, today: date
) -> Summary:
    """How the key outcomes stand, and what the outstanding evidence would do."""
    aimed = [one for one in rows if figures[one.id].target is not None]
    met = [one for one in aimed if figures[one.id].status == "met"]
    with_evidence = [one for one in aimed if one in met or one.missing.endswith(OVER)]
    waiting = sum(one.waiting for one in rows)
    left = (due - today).days
    return Summary(
        _answer(len(aimed), len(met), len(with_evidence) - len(met), waiting),
        left,
        f"{week_day(due)}, or a week before the contract meeting if that is earlier",
        f"{len(met)} of {len(aimed)}" if aimed else "–",
        f"{len(with_evidence)} of {len(aimed)} if all the evidence arrives" if aimed else "No targets are set",
        waiting,
        _waiting_note(specification, rows),
    )


def _waiting_note(specification: Specification, rows: Sequence[Row]) -> str:
    """What waits for evidence, by outcome: "9 at day 1, 12 at 6 weeks, 5 at 26 weeks"."""
    by_outcome: dict[str, int] = {}
    for one in rows:
        by_outcome[one.outcome] = by_outcome.get(one.outcome, 0) + one.waiting
    names = {id: specification.outcomes.outcome(id) for id, waits in by_outcome.items() if waits}
    parts = [f"{by_outcome[id]} at {(one.short_name or one.name).lower()}" for id, one in names.items()]
    return ", ".join(parts) or "Nothing waits"


def _answer(aimed: int, met: int, more: int, waiting: int) -> str:
    if not aimed:
        proof = f" {count(waiting, 'outcome')} {_are(waiting)} achieved and still to be proved." if waiting else ""
        return f"The contract sets no targets for the key outcomes.{proof}"
    answer = f"{_word(met)} of the {_word(aimed).lower()} key outcomes {_are(met)} on or over the line."
    if more:
        answer += f" {_word(more)} more {'waits' if more == 1 else 'wait'} only for evidence."
    return answer


def _word(value: int) -> str:
    return SMALL_WORDS[value] if value < len(SMALL_WORDS) else str(value)


def _are(value: int) -> str:
    return "is" if value == 1 else "are"
