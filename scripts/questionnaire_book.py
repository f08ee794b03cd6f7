"""Writes docs/reference/questionnaires.md: how each questionnaire is scored, which version, and how that is known."""

import sys
from collections.abc import Iterator

from publishing import publish

from placewell.questionnaires import Instrument, Scale, instrument, instrument_ids
from placewell.questionnaires.facts import Fact
from placewell.questionnaires.value_sets import value_set, value_set_ids

OPENING = """# Questionnaires

Made by `make docs` from the files of numbers in `placewell/questionnaires/data`: do not edit.

No question stands here or in the product: a service loads the words it is licensed for (`--wording`).
`placewell score INSTRUMENT FILE` scores a file of answers. A form with too few answers has no score.
Every statement says how it is known: *confirmed* in the source named, *general knowledge* that was not confirmed, or
*our choice*. What a service knows better it changes in a copy of the file, given instead of the instrument's name.
"""
BETTER = {
    "up": "A higher score is better.",
    "down": "A lower score is better.",
    "neither": "Its answers are counted, not scored.",
}
RULES = {
    "sum": "the sum of its items",
    "mean": "the mean of its answered items",
    "profile": "the value of the state that its items describe",
}


def book() -> str:
    """The whole page."""
    chapters = [line for id in instrument_ids() for line in chapter(instrument(id))]
    return "\n".join([OPENING, *chapters, *value_sets()]).rstrip() + "\n"


def chapter(one: Instrument) -> Iterator[str]:
    """One questionnaire."""
    yield f"## {one.name}\n"
    version = f"{one.version}; scoring version {one.scoring_version}"
    yield f"`{one.id}`: {version}. {BETTER[one.better]} Source: {one.source}.\n"
    yield "| items | answers |\n|---|---|"
    for answers in one.answers:
        yield f"| {', '.join(answers.items)} | {answers.in_words}{points(answers.points)} |"
    yield f"\n- **Missing items.** {one.missing.about} {known(one.missing)}"
    words = "may be shown by anyone" if one.licence.wording_may_be_shipped else "are loaded by the service"
    yield f"- **Licence.** {one.licence.about} Its words {words}. {known(one.licence)}"
    yield from (f"- {note.about} {known(note)}" for note in one.notes)
    yield from (f"- Item {item}: {label}." for item, label in one.labels.items())
    for system, codes in one.codes.items():
        yield f"- Codes in `{system}`: {'; '.join(f'item {item} {code}' for item, code in codes.items())}."
    for scale in one.scales:
        yield from scale_lines(one, scale)
    yield ""


def points(given: dict[str, int]) -> str:
    """What each answer is worth, where that is not its own number."""
    return f" (worth {', '.join(str(value) for value in given.values())})" if given else ""


def scale_lines(one: Instrument, scale: Scale) -> Iterator[str]:
    """One scale: rule, limits, bands, change that counts."""
    low, high = (f"{limit.normalize():f}" for limit in one.limits(scale))
    rule = "the sum of its items, converted by a table" if scale.conversion else RULES[scale.rule]
    needs = f"needs {scale.least_answered} of {len(scale.items)} items"
    value_set_name = f"; value set `{scale.value_set}`" if scale.value_set else ""
    yield f"- **Scale `{scale.id}`**: {rule}; {low} to {high}; {needs}{value_set_name}."
    if scale.change:
        least, most = scale.change.least, scale.change.most
        size = f"{most} or more" if least == most else f"perhaps from {least}, surely from {most}"
        yield f"  - A {scale.change.kind} change: {size}. {known(scale.change)}"
    for banding in scale.bandings:
        bands = "; ".join(f"from {band.least} {band.label}" for band in banding.bands)
        yield f"  - Bands `{banding.id}`: {bands}. {known(banding)}"


def value_sets() -> Iterator[str]:
    """The value sets of EQ-5D, by name."""
    yield "## Value sets of EQ-5D\n\n| name | questionnaire | what it is | source |\n|---|---|---|---|"
    for id in value_set_ids():
        (one,) = (value_set(id, name) for name in ("eq5d3l", "eq5d5l") if id in value_set_ids(name))
        yield f"| `{one.id}` | `{one.instrument}` | {one.name} | {one.source} ({one.status}) |"


def known(fact: Fact) -> str:
    """How a statement is known."""
    return f"*{fact.status[0].upper()}{fact.status[1:]}*: {fact.source.rstrip('.')}."


if __name__ == "__main__":
    sys.exit(publish("questionnaires.md", book(), sys.argv[1:]))
