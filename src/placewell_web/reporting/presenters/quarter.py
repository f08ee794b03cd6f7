"""The page of a quarter: the sentence with the answer, the four facts, and a row for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placewell.indicators import Figure
from placewell.reports.wording import amount, number, status_words, target_words, unit_words
from placewell.specification import Specification
from placewell.specification.indicators import Indicator, Target
from placewell.specification.payment import OutcomePayment
from placewell.specification.report import Section
from placewell_web.nhsuk.words import count, week_day
from placewell_web.reporting.presenters.charts import Drawing, Series, spark
from placewell_web.reporting.queries import Lacking, Month

KEY_OUTCOMES = "key_outcomes"
BAR = 200
STATUS_MARK = {"met": "met", "behind": "behind", "breached": "breached", "not_due": "clock", "no_target": "none"}
VARIATION_WORDS = {
    "improvement": "Improving",
    "concern": "Getting worse",
    "neither_high": "Changed: up",
    "neither_low": "Changed: down",
    "common_cause": "No real change",
}
ASSURANCE_WORDS = {"pass": "Sure to meet", "hit_or_miss": "Hit or miss", "fail": "Sure to miss"}
SMALL_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


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
    """One indicator of the page."""

    id: str
    name: str
    clause: str
    value: str
    beside: str
    target: str
    local: bool
    mark: str
    status: str
    bar: Bar | None
    spark: Drawing | None
    spark_label: str
    variation: Verdict | None
    assurance: Verdict | None
    waiting: int
    missing: str


def row(indicator: Indicator, figure: Figure, target: Target | None, months: Sequence[Month], waiting: int) -> Row:
    """An indicator with its value, target, months and what is missing; `waiting`: reached, proof outstanding."""
    facts = figure.as_dict()
    at_most = bool(target and target.at_most)
    drawing = spark(series(indicator, target, months))
    return Row(
        id=indicator.id,
        name=indicator.name,
        clause=indicator.clause,
        value=amount(figure.value, figure.unit),
        beside=unit_words(facts),
        target=target_words(facts, at_most=at_most),
        local=bool(target and target.local),
        mark=STATUS_MARK[figure.status],
        status=status_words(facts, at_most=at_most),
        bar=_bar(figure, target, waiting),
        spark=drawing,
        spark_label=_spark_label(indicator, months),
        variation=_variation(drawing),
        assurance=Verdict(drawing.assurance, ASSURANCE_WORDS[drawing.assurance])
        if drawing and drawing.assurance
        else None,
        waiting=waiting,
        missing=_missing(figure, waiting),
    )


def series(indicator: Indicator, target: Target | None, months: Sequence[Month]) -> Series:
    """The months that have a value; a yearly or quarterly count's target as its share of a month."""
    known = [month for month in months if month.value is not None]
    return Series(
        tuple(month.start for month in known),
        tuple(month.value for month in known if month.value is not None),
        _a_month(target),
        None if indicator.better == "neither" else indicator.better,
    )


def _a_month(target: Target | None) -> float | None:
    if target is None:
        return None
    return float(target.amount) / {"year": 12, "quarter": 3, "value": 1}[target.basis]


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
        BAR,
        round(reached * scale, 1),
        round(waiting * scale, 1),
        round(1 + float(figure.target) * scale, 1),
        number(whole),
        f"{label}; {number(waiting)} achieved, evidence outstanding" if waiting else label,
    )


def _missing(figure: Figure, waiting: int) -> str:
    """What the outstanding evidence would change: "With them 85, over the line"."""
    if not waiting:
        return ""
    reached = (figure.value_to_date if figure.value_to_date is not None else figure.value) or 0
    together = reached + waiting
    if figure.target is None:
        return f"With them {number(together)}"
    gap = figure.target - together
    if reached >= figure.target:
        return "Already over the line"
    return (
        f"With them {number(together)}, still {number(gap)} short"
        if gap > 0
        else f"With them {number(together)}, over the line"
    )


def _variation(drawing: Drawing | None) -> Verdict | None:
    if drawing is None or drawing.variation is None:
        return None
    words = VARIATION_WORDS.get(drawing.variation) or VARIATION_WORDS[drawing.variation.split("_")[0]]
    return Verdict(drawing.variation, words)


def _spark_label(indicator: Indicator, months: Sequence[Month]) -> str:
    if not months:
        return f"{indicator.name}: no whole month yet"
    return f"{indicator.name} by month, {months[0].start:%B %Y} to {months[-1].start:%B %Y}"


@dataclass(frozen=True)
class Group:
    """A box of the page."""

    id: str
    title: str
    introduction: str
    clause: str
    rows: tuple[Row, ...]


def groups(specification: Specification, rows: Mapping[str, Row]) -> list[Group]:
    """The report's own sections, each indicator once, in the order of the return."""
    shown: set[str] = set()
    found = []
    for section in specification.report.sections:
        own = [rows[one] for one in section.indicators if one in rows and one not in shown]
        shown.update(one.id for one in own)
        if own:
            found.append(_group(section, own))
    return found


def _group(section: Section, rows: Sequence[Row]) -> Group:
    return Group(section.id, section.title, section.introduction, section.clause, tuple(rows))


FAULTS = {
    "hours": ("weekly hours not recorded", "Add the hours"),
    "evidence": ("no evidence received", "Ask for proof"),
    "better_evidence": ("evidence that does not do", "Ask for a new one"),
    "verification": ("evidence waiting for a verifier", "Verify"),
}


@dataclass(frozen=True)
class Fault:
    """Something that keeps people out of a figure, with what it costs; the dearest first."""

    indicator: str
    name: str
    what: str
    people: int
    pounds: Decimal
    next: str


def faults(lacking: Sequence[Lacking], names: Mapping[str, Indicator], payment: OutcomePayment | None) -> list[Fault]:
    """What to put right first: by the pounds that wait, then by the people."""
    found = []
    for one in lacking:
        indicator = names[one.indicator]
        pays = payment is not None and indicator.outcome == payment.outcome and one.lacks != "hours"
        pounds = payment.amount * one.people if payment and pays else Decimal(0)
        what, next_step = FAULTS[one.lacks]
        found.append(Fault(one.indicator, indicator.name, what, one.people, pounds, next_step))
    return sorted(found, key=lambda fault: (-fault.pounds, -fault.people, fault.name))


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


def summary(rows: Sequence[Row], figures: Mapping[str, Figure], due: date, today: date) -> Summary:
    """How the key outcomes stand, and what the outstanding evidence would do."""
    aimed = [one for one in rows if figures[one.id].target is not None]
    met = [one for one in aimed if figures[one.id].status == "met"]
    with_evidence = [one for one in aimed if one in met or one.missing.endswith("over the line")]
    waiting = sum(one.waiting for one in rows)
    left = (due - today).days
    return Summary(
        _answer(len(aimed), len(met), len(with_evidence) - len(met), waiting),
        left,
        f"{'Due on' if left >= 0 else 'Was due on'} {week_day(due)}, or a week before the meeting if that is earlier",
        f"{len(met)} of {len(aimed)}" if aimed else "–",
        f"{len(with_evidence)} of {len(aimed)} if all the evidence arrives" if aimed else "No targets are set",
        waiting,
        "; ".join(f"{one.waiting} {one.name[0].lower()}{one.name[1:]}" for one in rows if one.waiting)
        or "Nothing waits",
    )


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
