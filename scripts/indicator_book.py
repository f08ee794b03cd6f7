"""Writes docs/reference/indicators-<service>.md: every figure with its clause, meaning, proof and worked examples."""

import sys

from publishing import publish

from placewell.specification import Specification, load, service_ids
from placewell.specification.examples import read_examples
from placewell.specification.indicators import Indicator
from placewell.specification.loader import folder_of

MEASURES = {"count": "a count", "proportion": "a share of those due", "median": "a median", "mean": "an average"}


def book(spec: Specification) -> str:
    """The whole book of one service."""
    parts = [
        f"# Indicators of {spec.service.name}\n",
        f"Made by `make docs` from the specification, version {spec.version}: do not edit.\n",
        "Each figure is the count of its member table; `placewell members` lists who is in it, who is not, and why.\n",
    ]
    examples = sentences(spec)
    for indicator in spec.indicators.indicators:
        parts.append(chapter(spec, indicator, examples.get(indicator.id, [])))
    parts.append("## Items held about each person\n\n| item | columns of the data set | clause |\n|---|---|---|")
    parts += [
        f"| {i.name} | {', '.join(f'`{c}`' for c in i.columns)} | {i.clause} |" for i in spec.indicators.data_items
    ]
    return "\n".join(parts).rstrip() + "\n"


def sentences(spec: Specification) -> dict[str, list[str]]:
    """The worked examples of each indicator, in words with the answer; `placewell check` runs them."""
    found: dict[str, list[str]] = {}
    for file in read_examples(folder_of(spec.id) / "examples").values():
        for example in file.examples:
            for figure in example.figures:
                period = f" ({example.period}, as at {example.as_at})" if example.as_at else f" ({example.period})"
                found.setdefault(figure.indicator, []).append(f"{example.about} → {figure.value}{period}")
    return found


def chapter(spec: Specification, indicator: Indicator, examples: list[str]) -> str:
    """One indicator."""
    lines = [f"## {indicator.name}\n", f"`{indicator.id}` · {indicator.clause}\n"]
    if indicator.held_by == "evaluator":
        lines.append(f"Held by the evaluator ({indicator.source_data}); linked by {', '.join(indicator.linkage)}.\n")
        return "\n".join(lines)
    outcome = spec.outcomes.outcome(indicator.outcome or "")
    band = f", weekly hours in the band `{indicator.band}`" if indicator.band else ""
    measure = MEASURES[indicator.measure].capitalize()
    lines.append(f"{measure} of {indicator.unit}. Outcome: {outcome.name}{band} ({outcome.clause}).")
    rule = spec.outcomes.evidence_for(outcome.id) if indicator.evidence else None
    if rule:
        backup = " or ".join(" with ".join(kinds) for kinds in rule.backup)
        lines.append(
            f"Proved by {', '.join(rule.accepted)}"
            + (f"; as a backup {backup}" if backup else "")
            + f" ({rule.clause})."
        )
    lines += [note for note in (outcome.note, indicator.note) if note]
    lines.append(f"Split by {', '.join(item.id for item in spec.indicators.breakdowns_of(indicator))}.")
    if examples:
        lines.append("\nWorked examples:\n")
        lines += [f"- {one}" for one in examples]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    status = 0
    for service in service_ids():
        status |= publish(f"indicators-{service}.md", book(load(service)), sys.argv[1:])
    sys.exit(status)
