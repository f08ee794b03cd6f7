"""What the contract says of a breach stands on the figure that is in breach, and nowhere else."""

from dataclasses import replace

import pytest
from tests.factories import an_episode
from tests.library.indicators.asking import SPEC, ask_figure, with_target

from placewell.reports.layout import page_of
from placewell.specification.indicators import Consequence, Target

RAISED = Consequence(id="raised", clause="004 §8.2", follows="missed_target", label="Raised in the quarterly review")
ESCALATED = Consequence(id="escalated", clause="004 §8.3", follows="no_report", label="Not reporting is escalated")
YEARS = Target(clause="004 §8.2", basis="year", amount=2)


def with_consequence(id, target=YEARS, indicator="met_once"):
    spec = with_target(indicator, target)
    changed = tuple(
        one.model_copy(update={"consequence": id}) if one.id == indicator else one for one in spec.indicators.indicators
    )
    update = {"indicators": changed, "consequences": (RAISED, ESCALATED)}
    return replace(spec, indicators=spec.indicators.model_copy(update=update))


SOMEBODY = an_episode("e1", entered="2019-04-08")


@pytest.mark.parametrize(
    ("period", "status", "consequence"),
    [
        ("Y2Q3", "behind", None),  # the year runs: nothing has been breached
        ("Y2Q4", "breached", "Raised in the quarterly review"),
        ("Y2", "breached", "Raised in the quarterly review"),
    ],
)
def test_it_stands_on_a_figure_in_breach(period, status, consequence):
    found = ask_figure("met_once", SOMEBODY, period=period, spec=with_consequence("raised"))
    assert (found.status, found.consequence) == (status, consequence)
    assert found.as_dict()["consequence"] == consequence


@pytest.mark.parametrize(
    ("id", "target"),
    [
        ("raised", Target(clause="004 §8.2", basis="year", amount=0)),  # met
        ("raised", None),  # nothing to breach
        (None, YEARS),  # the contract says nothing
    ],
)
def test_it_stands_on_no_other(id, target):
    found = ask_figure("met_once", SOMEBODY, period="Y2", spec=with_consequence(id, target))
    assert found.consequence is None


OWN_GOAL = YEARS.model_copy(update={"local": True})


@pytest.mark.parametrize(
    ("target", "status", "set_by", "consequence"),
    [
        (YEARS, "breached", "contract", "Raised in the quarterly review"),
        (OWN_GOAL, "breached", "provider", None),
        (None, "no_target", None, None),
        (Target(clause="004 §8.2", basis="trajectory", quarters=(1,), local=True), "no_target", None, None),
    ],
)
def test_a_goal_of_the_provider_is_said_to_be_theirs_and_breaches_no_contract(target, status, set_by, consequence):
    found = ask_figure("met_once", SOMEBODY, period="Y2", spec=with_consequence("raised", target))
    assert (found.status, found.target_set_by, found.consequence) == (status, set_by, consequence)
    assert found.as_dict()["target_set_by"] == set_by


def test_which_consequence_an_indicator_has():
    indicators = with_consequence("escalated").indicators
    assert indicators.consequence_of(indicators.indicator("met_once")) == ESCALATED
    assert indicators.consequence_of(indicators.indicator("engaged")) is None


def page_with(spec, **changes):
    figures = [ask_figure(id, SOMEBODY, period="Y2", spec=spec).as_dict() for id in ("met_once", "profile_completed")]
    about = {"period": {"label": "Y2", "start": "2018-10-01", "end": "2019-10-01"}, "as_at": "2019-09-30"}
    about |= {"specification": {"version": "1", "hash": "0" * 64}, "data": "0" * 64, "indicators": figures}
    page = page_of(about | changes, spec)
    return next(section for section in page.sections if any(row.name.startswith("People met") for row in section.rows))


def test_the_return_prints_it_under_the_figure():
    section = page_with(with_consequence("raised"))
    notes = {row.name: row.notes for row in section.rows}
    assert [note for found in notes.values() for note in found] == [
        "In breach. The contract: raised in the quarterly review"
    ]
    assert not any("Consequence" in note for note in section.footnotes)


@pytest.mark.parametrize("target", [None, YEARS])
def test_the_return_says_once_what_follows_when_figures_are_not_reported(target):
    """Under the section, not under a figure that misses its target: silence is what it follows."""
    section = page_with(with_consequence("escalated", target=target))
    assert not any(row.notes for row in section.rows)
    assert [note for note in section.footnotes if "Consequence" in note] == [
        "Consequence of a breach in the contract: not reporting is escalated (004 §8.3)."
    ]


def test_the_shipped_service_without_consequences_has_none():
    assert SPEC.indicators.consequences == ()
