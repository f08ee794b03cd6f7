"""Writes docs/reference/indicators-<service>.md: every figure with its clause, meaning, proof and worked examples."""

import sys
from collections.abc import Iterable, Iterator

from publishing import publish

from placewell.outcomes.words import band as band_words
from placewell.periods import in_words, parse_period
from placewell.reports.definitions import evidence
from placewell.specification import Specification, load, service_ids
from placewell.specification.examples import Example, ExampleFile, ExpectedFigure, ExpectedMember, read_examples
from placewell.specification.indicators import Indicator
from placewell.specification.loader import folder_of
from placewell.specification.outcome_kinds import Only
from placewell.specification.outcomes import (
    ActiveCaseload,
    Answered,
    AnyOutcome,
    EachOf,
    EachRow,
    Ended,
    Engagement,
    Entered,
    EpisodeStep,
    ExitQuestionnaire,
    FidelityReview,
    FirstRecord,
    JobStart,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    Standing,
    StillInWork,
    WeeksInWork,
    WorkStatus,
)

GROUPS = {
    "key_outcomes": "Key outcomes",
    "operational": "Operational figures",
    "quality": "Quality",
    "evaluation": "Held by the evaluator",
}
MEASURES = {
    "count": "How many",
    "proportion": "The share, of those for whom the day has come,",
    "median": "The middle number",
    "mean": "The average",
}
SUBJECTS = {
    "action": "actions of a fidelity plan",
    "organisation": "organisations",
    "person": "people, each once in a period",
    "episode": "referrals",
    "job": "jobs",
    "record": "records",
    "contact": "contacts",
    "activity": "activities of the service",
    "employer_contact": "contacts with employers",
    "row": "records",
    "review": "reviews of fidelity",
}
STATES = {"counted": "counted", "not_counted": "not counted", "not_due": "not due", "excluded": "excluded"}
READING = """
A figure is the count of its **member table**: everyone the indicator considered, each in the first state that applies.

| state | what it means |
|---|---|
| excluded | its day lies in another period, or it is in the other band of hours, or outside the denominator |
| not due | it has not happened yet, or its day lies after the as-at day: never a failure |
| counted | its day lies in the period, and everything that is asked for is there |
| not counted | its day lies in the period, and something is missing: evidence, hours, or the outcome on that day |

People stand once in a period; where another of their episodes counts, this one is excluded.

`placewell members SERVICE INDICATOR --data DIR --period P` lists them with the reason in words.
A figure speaks **as at** a day, the last of the period unless another is asked for: what is dated later does not
exist for it.
Considered are people who have **entered** the programme by then (figures on referrals: every referral). {entry}
Facts before entry are not looked at; closing an episode does not stop its clocks.
Where hours decide, {boundary} hours a week and more are the upper band; hours that are not known are in neither.
Every figure is split by {everywhere}; what splits one further is said with it.
Periods are those of the contract: `{first}` is {days}.
"""


def book(spec: Specification) -> str:
    """The whole book of one service."""
    parts = [
        f"# Indicators of {spec.service.name}\n",
        f"Made by `make docs` from the specification, version {spec.version}: do not edit.\n",
        "## How to read a figure",
        reading(spec),
        *contents(spec),
    ]
    examples = shown(spec)
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += [
            chapter(spec, one, examples.get(one.id, [])) for one in spec.indicators.indicators if one.group == group
        ]
    if spec.indicators.data_items:
        parts.append("## Items held about each person\n\n| item | columns of the data set | clause |\n|---|---|---|")
    parts += [
        f"| {i.name} | {', '.join(f'`{c}`' for c in i.columns)} | {i.clause} |" for i in spec.indicators.data_items
    ]
    return "\n".join(parts).rstrip() + "\n"


def reading(spec: Specification) -> str:
    """What holds for every figure."""
    first = parse_period("Y1Q1", spec.service.first_quarter_starts)
    names = [item.name.lower().replace("gp ", "GP ") for item in spec.indicators.breakdowns if item.everywhere]
    return READING.format(
        entry=entered(spec),
        boundary=spec.outcomes.hours.boundary,
        everywhere=f"{', '.join(names[:-1])} and {names[-1]}",
        first=first.label,
        days=f"{in_words(first.start)} to {in_words(first.last_day)}",
    )


def entered(spec: Specification) -> str:
    """When someone enters the programme."""
    entry = spec.outcomes.entry
    if entry.event != "allocation_or_acceptance" or entry.accepted_from is None:
        return f"Entry: {entry.event.replace('_', ' ')}."
    return (
        f"Entry is the day of allocation to {entry.arm.upper()}; without an allocation, the day accepted, from "
        f"{in_words(entry.accepted_from)} on or for someone who holds an allocation already."
    )


def contents(spec: Specification) -> Iterator[str]:
    """One line for each indicator."""
    yield "| id | figure | clause |\n|---|---|---|"
    for one in spec.indicators.indicators:
        yield f"| [`{one.id}`](#{one.id}) | {one.name} | {one.clause} |"
    yield ""


def shown(spec: Specification) -> dict[str, list[str]]:
    """The worked examples of each indicator, in words with every answer; `placewell check` runs them."""
    found: dict[str, list[str]] = {}
    for file in read_examples(folder_of(spec.id) / "examples").values():
        for example in file.examples:
            for id in dict.fromkeys(item.indicator for item in (*example.figures, *example.members)):
                found.setdefault(id, []).append(in_a_line(example, file, id))
    return found


def in_a_line(example: Example, file: ExampleFile, id: str) -> str:
    """One example: what is given, the figure, and who is in which state with the reason."""
    when = f"{example.period}, as at {in_words(example.as_at)}" if example.as_at else example.period
    figures = [figure_words(item) for item in example.figures if item.indicator == id]
    lines = [f"- {example.about} → **{figures[0]}** ({when})" if figures else f"- {example.about} ({when})"]
    several = len(file.rows_of(example).get("people", ())) > 1
    lines += [member_words(item, named=several) for item in example.members if item.indicator == id and item.reason]
    return "\n".join(lines)


def figure_words(figure: ExpectedFigure) -> str:
    return "no value" if figure.none else str(figure.value)


def member_words(member: ExpectedMember, *, named: bool) -> str:
    who = f"{member.subject.capitalize()} is {STATES[member.status]}" if named else STATES[member.status].capitalize()
    reason = member.reason.rstrip(".")
    return f"  - {who}: {reason[0].lower() + reason[1:] if reason[1:2].islower() else reason}."


def chapter(spec: Specification, indicator: Indicator, examples: list[str]) -> str:
    """One indicator."""
    lines = [f'### <a id="{indicator.id}"></a>{indicator.name}\n', f"`{indicator.id}` · {indicator.clause}\n"]
    if indicator.held_by == "evaluator":
        lines.append(
            f"Taken by the evaluator from {indicator.source_data}; linked by {', '.join(indicator.linkage)}.\n"
        )
        return "\n".join(lines)
    outcome = spec.outcomes.outcome(indicator.outcome or "")
    lines += [
        f"- **What:** {what(spec, indicator, outcome)}",
        f"- **Counted when:** {counted_when(outcome)}",
        f"- **Proof:** {evidence(spec, indicator)}",
    ]
    own = [item.name.lower() for item in spec.indicators.breakdowns_of(indicator) if not item.everywhere]
    lines += [f"- **Split also by:** {', '.join(own)}."] if own else []
    lines += aimed_at(spec, indicator)
    lines += [f"- **Note:** {note}" for note in dict.fromkeys((outcome.note, indicator.note)) if note]
    if examples:
        lines += ["\nWorked examples:\n", *examples]
    return "\n".join(lines) + "\n"


def aimed_at(spec: Specification, indicator: Indicator) -> Iterator[str]:
    """The target of the contract, what it says of a breach, and the national outcomes a figure contributes to."""
    target, consequence = indicator.target, spec.indicators.consequence_of(indicator)
    if target is not None and target.amount is not None:
        share = indicator.measure == "proportion"
        amount = f"{target.amount * 100:f}".rstrip("0").rstrip(".") + "%" if share else f"{target.amount}"
        over = {"year": "a contract year", "quarter": "a quarter"}.get(target.basis, f"judged by the {target.judged}")
        yield f"- **Target:** {amount}, {over}. {target.note}".rstrip()
    if consequence is not None:
        yield f"- **Breach:** {consequence.label} ({consequence.clause})."
    national = [one for one in spec.indicators.national_outcomes if one.id in indicator.contributes_to]
    if national:
        yield f"- **Contributes to:** {', '.join(f'{one.framework} {one.code}' for one in national)}."


def what(spec: Specification, indicator: Indicator, outcome: AnyOutcome) -> str:
    """What is counted or measured, of whom."""
    subjects = SUBJECTS[indicator.subject]
    band = f", {band_words(spec.outcomes.hours, indicator.band)} a week" if indicator.band else ""
    if indicator.value:
        return f"{MEASURES[indicator.measure]} of {indicator.value.replace('_', ' ')}, over {subjects}."
    group = f" of those {spec.outcomes.group(indicator.among).name.lower()}" if indicator.among else ""
    return f"{MEASURES[indicator.measure]}{' of' if indicator.measure == 'proportion' else ''} {subjects}{group}{band}."


def counted_when(outcome: AnyOutcome) -> str:
    """The rule of an outcome in words, with the day that puts it in a period."""
    match outcome:
        case Referral():
            led_to = f", when it has been {label_of(outcome.led_to)} since" if outcome.led_to else ""
            return (
                f"referred{' while the person has an earlier episode' if outcome.again else ''}{led_to}, on that day."
            )
        case Engagement():
            return f"{engaged(outcome)}, on or after entry; the day it becomes true."
        case RapidJobSearch():
            events = " or ".join(event.replace("_", " ") for event in outcome.events)
            return f"there is {events}, from entry to {outcome.days} days after it; it falls on that last day."
        case WeeksInWork():
            return f"the days in work since the first job start, in any jobs, reach {7 * outcome.weeks}; that day."
        case StillInWork():
            after = f"{7 * outcome.weeks} days after the first day worked"
            return (
                f"in a counted job {after}; that day. Hours: the mean of the {outcome.hours_days} days that end on it."
            )
        case ActiveCaseload():
            working = ", in work in a job of the last year" if outcome.job_begun_days else ""
            rule = (
                f"entered, open, in two-way contact within {outcome.contact_days} days, with a plan in force{working}"
            )
            return f"{rule}; on the last day of the period, or on the as-at day if that is earlier."
        case FirstRecord():
            codes = ", ".join(label_of(code) for code in outcome.met_by or outcome.codes) or "anything"
            since = "entry" if outcome.since == "entry" else "the referral"
            return f"the first record on or after {since} says {codes}{only_words(outcome.only)}; its day."
        case Answered():
            return f"the last answer says {', '.join(label_of(good) for good in outcome.good)}; its day."
        case QuestionnaireChange():
            better = ", and the later is better" if outcome.improved else ""
            return f"a first complete baseline and a last complete later answer can be scored{better}; the later day."
        case _:
            return of_other_kinds(outcome)


def of_other_kinds(outcome: AnyOutcome) -> str:
    """The rule of the kinds that are about steps, groups and rows."""
    match outcome:
        case JobStart() if outcome.part_time_paid_hours:
            return f"{WHEN['job_start']} A part-time job without that day: {outcome.part_time_paid_hours} paid hours."
        case EpisodeStep():
            why = f", because of {', '.join(map(label_of, outcome.reasons))}" if outcome.reasons else ""
            return f"{label_of(outcome.step)}{why}; that day."
        case Ended():
            return f"{ended(outcome)}; that day."
        case Standing():
            return f"{STANDING[outcome.state]}; on the last day of the period, or on the as-at day if that is earlier."
        case Entered():
            held = f", with {label_of(outcome.column)} {' or '.join(outcome.codes)}" if outcome.column else ""
            return f"entered{held}; that day."
        case WorkStatus():
            good = " or ".join(map(label_of, outcome.met_by))
            near = f"{outcome.from_days} to {outcome.until_days} days after entry"
            return f"the check nearest to {outcome.days} days after entry, of those {near}, says {good}; that day."
        case ExitQuestionnaire():
            said = f" and says {' or '.join(map(label_of, outcome.good))}" if outcome.good else ""
            return f"the episode has closed and the form on leaving is there{said}; the day it closed."
        case EachRow():
            codes = f" of {', '.join(map(label_of, outcome.codes))}" if outcome.codes else ""
            nobody = ", for no one person" if outcome.of_nobody else ""
            return f"each row of `{outcome.table}`{codes}{only_words(outcome.only)}{nobody}; its day."
        case EachOf():
            return f"each row of {' and of '.join(map(label_of, outcome.outcomes))}; its day."
        case FidelityReview():
            least = f", with at least {outcome.least} points" if outcome.least else ""
            within = f", within {outcome.within_months} months of the first day" if outcome.within_months else ""
            return f"each of the {outcome.items} items is scored{least}{within}; the day of the review."
        case _:
            return WHEN[outcome.kind]


STANDING = {
    "waiting": "received, and not entered, declined or closed",
    "open": "entered, and not closed",
    "in_work": "of those entered and not closed, in a counted job",
}


WHEN = {
    "first_contact": "the first two-way contact on or after the referral; its day.",
    "job_start": "the first day worked, on or after entry, in a job judged competitive; that day. "
    "Hours: those of the contract.",
    "fidelity_actions": "achieved by the day its plan is judged: the first follow-up review of the same team after "
    "it was agreed; the day of that review.",
    "each_appointment": "each appointment on or after entry that was kept; its day.",
    "support_in_work": "the episode has closed after a job start; the day it closed.",
}


def ended(outcome: Ended) -> str:
    """How an episode came to its end."""
    closed = "closed" if outcome.any_closure else f"closed because of {' or '.join(map(label_of, outcome.closed))}"
    declined = f", or declined because of {' or '.join(map(label_of, outcome.declined))}" if outcome.declined else ""
    return closed + declined


def only_words(conditions: Iterable[Only]) -> str:
    """Further conditions on a row."""
    return "".join(f", with {label_of(one.column)} {' or '.join(map(label_of, one.codes))}" for one in conditions)


def engaged(outcome: Engagement) -> str:
    asked = []
    if outcome.appointments:
        asked.append(f"{outcome.appointments} appointment{'s' if outcome.appointments > 1 else ''}")
    if outcome.profile_completed:
        asked.append("a completed profile")
    if outcome.plan_agreed:
        asked.append("an agreed plan")
    return (" or " if outcome.rule == "any" else " and ").join(asked)


def label_of(code: str) -> str:
    return code.replace("_", " ")


if __name__ == "__main__":
    status = 0
    for service in service_ids():
        status |= publish(f"indicators-{service}.md", book(load(service)), sys.argv[1:])
    sys.exit(status)
