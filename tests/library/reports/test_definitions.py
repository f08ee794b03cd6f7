"""The annex of definitions: of whom a figure speaks, in the contract's own words, and what it contributes to."""

from dataclasses import replace

import pytest
from tests.library.indicators.asking import with_indicator

from placewell.reports.definitions import definitions
from placewell.specification.indicators import NationalOutcome

GROUP = {"id": "out", "name": "Out of work", "column": "employment_at_entry", "codes": ("unemployed",)}
NATIONAL = tuple(
    NationalOutcome(id=f"nhs_{number}", framework="NHS", code=f"2.{number}", label="Work", clause="004 §4.1")
    for number in (2, 5)
)
FIGURES = {
    "asked": {
        "name": "Asked",
        "clause": "004 §8.1",
        "members": dict.fromkeys(("counted", "not_counted", "not_due", "excluded"), 1),
    }
}


def counts(group=GROUP, **columns):
    spec = with_indicator({"kind": "entered"}, groups=(group,), **columns)
    spec = replace(spec, indicators=spec.indicators.model_copy(update={"national_outcomes": NATIONAL}))
    return next(definitions(spec, FIGURES, {"asked": "1.1", "another": "1.2"})).counts


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Asked. Of the people the contract calls “Out of work”."),
        ({"also_called": ("unemployed",)}, "Asked. Of the people the contract calls “Out of work” or “unemployed”."),
        ({"note": "All but workers."}, "Asked. Of the people the contract calls “Out of work”. All but workers."),
    ],
)
def test_of_whom_a_figure_speaks(more, words):
    assert counts({**GROUP, **more}, among="out") == words


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ((), "Asked."),
        (("nhs_2",), "Asked. Contributes to NHS 2.2."),
        (("nhs_5", "nhs_2"), "Asked. Contributes to NHS 2.2, NHS 2.5."),
    ],
)
def test_what_a_figure_contributes_to(tags, words):
    assert counts(contributes_to=tags) == words
