"""A series says of each period what the figure of that period says."""

from __future__ import annotations

from datetime import date

import pytest

from placewell import synthetic
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.indicators import Workings, figures, series
from placewell.periods import Period, add_months
from placewell.specification import load

SPEC = load("thrive_into_work")
DAY = date(2019, 6, 14)
DATA = synthetic.make(SPEC, people=150, seed=7, through=DAY)
MONTHS = [
    Period(str(n), add_months(date(2018, 10, 1), n), add_months(date(2018, 10, 1), n + 1)) for n in (0, 1, 3, 5, 8)
]


@pytest.mark.parametrize("lot", [None, "dudley"])
def test_each_value_is_the_figure_of_its_period(lot: str | None) -> None:
    workings = Workings(SPEC, DATA, DAY)
    values = series(workings, MONTHS, lot)
    for number, month in enumerate(MONTHS):
        for figure in figures(SPEC, DATA, month, DAY, lot, workings=workings):
            assert values[figure.id][number].value == figure.value, (figure.id, month.label)


def test_what_waits_is_told_of_each_period() -> None:
    values, waits = series(Workings(SPEC, DATA, DAY), MONTHS), 0
    for number, month in enumerate(MONTHS):
        for figure in figures(SPEC, DATA, month, DAY):
            reached = values[figure.id][number].outstanding
            assert reached == figure.outstanding, (figure.id, month.label)
            waits += reached
    assert waits > 0


def test_a_person_with_two_episodes_counts_once_a_month_by_the_first_that_counts() -> None:
    rows = {
        "people": [{"person_id": "p"}],
        "episodes": [
            {"episode_id": id, "person_id": "p", "referred_on": day, "accepted_on": day}
            for id, day in (("e1", "2019-04-01"), ("e2", "2019-04-02"))
        ],
        "contacts": [
            {"contact_id": str(n), "episode_id": id, "on": on, "kind": "appointment", "with_whom": "client"}
            | {"attendance": "attended"}
            for n, (id, on) in enumerate([("e1", "2019-04-20"), ("e2", "2019-04-21")])
        ],
        "profiles": [
            {"episode_id": id, "version": "1", "started_on": "2019-04-03", "completed_on": on}
            for id, on in (("e1", "2019-05-30"), ("e2", "2019-04-30"))
        ],
        "jobs": [
            {"job_id": id, "episode_id": id, "started_on": on, "first_day_worked_on": on, "competitive": True}
            for id, on in (("e1", "2019-05-20"), ("e2", "2019-05-04"))
        ],
    }
    workings = Workings(SPEC, Dataset.from_rows(rows), DAY)
    months = [Period("April", date(2019, 4, 1), date(2019, 5, 1)), Period("May", date(2019, 5, 1), date(2019, 6, 1))]
    said = {id: tuple(point.value for point in points) for id, points in series(workings, months).items()}
    assert [said[id] for id in ("met_once", "profile_completed", "job_starts")] == [(1, 0), (1, 1), (0, 2)]
    assert said["days_to_first_job"] == (None, 47), "the first episode's, though the second began to work before"
    assert said["applied_within_4_weeks"] == (0.0, None)
    for number, month in enumerate(months):
        shown = {figure.id: figure.value for figure in figures(SPEC, workings.facts.dataset, month, DAY)}
        assert {id: values[number] for id, values in said.items()} == shown


def test_periods_that_overlap_or_go_backwards_are_refused() -> None:
    for periods in ([MONTHS[0], MONTHS[0]], MONTHS[::-1]):
        with pytest.raises(ValueError, match="in order"):
            series(Workings(SPEC, DATA, DAY), periods)


def test_only_what_is_asked_for_is_answered() -> None:
    assert set(series(Workings(SPEC, DATA, DAY), MONTHS, only=["engaged"])) == {"engaged"}


def test_no_periods_no_values() -> None:
    assert set(series(Workings(SPEC, DATA, DAY), []).values()) == {()}


@pytest.mark.parametrize(("lot", "only"), [("nowhere", None), (None, ["nothing"])])
def test_what_is_not_there_is_refused(lot: str | None, only: list[str] | None) -> None:
    with pytest.raises(UserError):
        series(Workings(SPEC, DATA, DAY), MONTHS, lot, only)
