"""The table of clocks as a whole: its shape and order, one call for many people, specifications that name nonsense."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from tests.library.cadence.caseload import SPEC, contacts, job, person, table, together

from placewell.cadence import KINDS, Situation, clocks, clocks_of, stalled, stalled_of
from placewell.cadence.clocks import BEGINS_WITH, SCHEMA
from placewell.cadence.durations import every, stretch, within
from placewell.cadence.questionnaires import questionnaires_due, questionnaires_due_of
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.outcomes import (
    active_of,
    active_on,
    milestones,
    milestones_of,
    numbered_appointments,
    numbered_appointments_of,
    preview,
    preview_of,
)
from placewell.periods import add_working_days
from placewell.specification.pathway import Clock

TODAY = date(2019, 6, 14)


def caseload(size: int = 12) -> Dataset:
    """People at every stage, again and again."""
    parts = []
    for n in range(size):
        day = date(2019, 3, 1 + n % 28)
        parts += [person(str(n), entered=str(day)), contacts(f"2019-05-{1 + n % 30:02}", n=str(n))]
        if n % 3 == 0:
            parts.append(job(f"2019-05-{1 + n % 28:02}", n=str(n), ended_on="2019-06-10" if n % 2 else None))
        if n % 4 == 0:
            parts.append(job(f"2019-06-{16 + n % 10}", n=str(n), first_day_worked_on=None))
    return together(*parts)


def test_the_shape_of_the_answer() -> None:
    found = clocks(SPEC, caseload(), TODAY)
    assert found.columns[:4] == ["episode_id", "person_id", "job_id", "clock"]
    assert set(found.columns) == {*SCHEMA.names(), "person_id"}
    for column in (
        "episode_id",
        "person_id",
        "what",
        "due_on",
        "why",
        "clause",
        "satisfied_by",
        "action",
        "repeatable",
    ):
        assert found[column].null_count() == 0
    assert not found["why"].str.contains("null|None|  ").any()
    assert found["why"].str.ends_with(".").all()


def test_a_data_set_without_anybody_has_no_clock_and_the_same_shape() -> None:
    empty = clocks(SPEC, Dataset.from_rows({}), TODAY)
    assert (empty.height, empty.schema) == (0, clocks(SPEC, caseload(), TODAY).schema)


def test_soonest_first_and_of_one_day_what_cannot_be_repeated_first() -> None:
    found = clocks(SPEC, caseload(60), TODAY)
    keys = found.select("due_on", "repeatable", "episode_id", "clock").rows()
    assert keys == sorted(keys)


def test_a_rule_that_is_not_asked_is_one_there_is() -> None:
    assert set(BEGINS_WITH) <= set(KINDS)


def test_many_people_in_one_call_are_each_person_alone() -> None:
    """Alone, a person without a job is not asked by the rules that begin with one."""
    whole = caseload(24)
    alone = [clocks(SPEC, whole.for_people([p]), TODAY) for p in whole["people"]["person_id"]]
    order = ["episode_id", "clock", "job_id"]
    assert pl.concat(alone).sort(order).equals(clocks(SPEC, whole, TODAY).sort(order))


def test_whoever_has_the_situation_asks_it_for_all_and_gets_the_same() -> None:
    planned = table("plans", kind="vocational_action", agreed_on="2019-05-20", version=1)
    whole = together(person(), contacts("2019-06-01"), planned, job("2019-06-20"), person("2", entered="2019-01-04"))
    now = Situation.on(SPEC, whole, TODAY)
    assert milestones_of(now.shared).equals(milestones(SPEC, whole, TODAY))
    assert clocks_of(now).equals(clocks(SPEC, whole, TODAY))
    assert stalled_of(now).equals(stalled(SPEC, whole, TODAY))
    assert questionnaires_due_of(now).equals(questionnaires_due(SPEC, whole, TODAY))
    assert numbered_appointments_of(now.facts).equals(numbered_appointments(SPEC, whole, TODAY))
    assert preview_of(now.shared).equals(preview(SPEC, whole, TODAY))
    assert active_of(now.shared) == active_on(SPEC, whole, TODAY) == {"e1"}


def test_every_clock_carries_its_clause_and_what_would_stop_it() -> None:
    stated = {clock.id: (clock.what, clock.clause, clock.satisfied_by, clock.action) for clock in SPEC.pathway.clocks}
    for row in clocks(SPEC, caseload(40), TODAY).rows(named=True):
        assert stated[row["clock"]] == (row["what"], row["clause"], row["satisfied_by"], row["action"])


def test_every_kind_the_catalogue_names_exists() -> None:
    assert {clock.kind for clock in SPEC.pathway.clocks} <= set(KINDS)


def with_clock(**change: object) -> object:
    """The specification with one clock only, changed."""
    clock = SPEC.pathway.clocks[0].model_copy(update=change)
    return replace(SPEC, pathway=SPEC.pathway.model_copy(update={"clocks": (clock,)}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"kind": "tea"},
            r"clock first_contact: there is no kind tea; expected one of first_contact, first_application",
        ),
        ({"days": None}, r"clock first_contact: give it days, working_days, months, every_days or every_months"),
        ({"kind": "evidence_due", "outcome": "tea"}, r"clock first_contact: outcome tea has no evidence rule"),
    ],
)
def test_a_clock_that_means_nothing_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(UserError, match=says):
        clocks(with_clock(**change), caseload(), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"days": 28}, "28 days"),
        ({"days": 1}, "1 day"),
        ({"months": 9}, "nine months"),
        ({"months": 1}, "one month"),
        ({"every_days": 7}, "7 days"),
        ({"every_months": 12}, "12 months"),
        ({"working_days": 1}, "one working day"),
        ({"working_days": 5}, "five working days"),
        ({"working_days": 10}, "10 working days"),
    ],
)
def test_durations_in_words(numbers: dict[str, int], words: str) -> None:
    plain = {"days": None, "working_days": None, "months": None, "every_days": None, "every_months": None}
    assert every(SPEC.pathway.clocks[0].model_copy(update={**plain, **numbers})) == words


@pytest.mark.parametrize(
    ("numbers", "last"),
    [
        ({"until_months": 1}, date(2020, 2, 29)),
        ({"until_days": 30}, date(2020, 3, 1)),
        ({}, date(2999, 12, 31)),
    ],
)
def test_the_stretch_in_which_a_clock_repeats(numbers: dict[str, int], last: date) -> None:
    clock: Clock = SPEC.pathway.clocks[0].model_copy(update=numbers)
    frame = pl.DataFrame({"day": [date(2020, 1, 31)]})
    assert frame.select(stretch(clock, "day")).item() == last


@pytest.mark.parametrize("number", [0, 1, 5, 10])
def test_working_days_are_those_of_the_calendar(number: int) -> None:
    """Every day of two years, Christmas, Easter and a leap day among them."""
    clock: Clock = SPEC.pathway.clocks[0].model_copy(update={"days": None, "working_days": number})
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(731)]
    frame = pl.DataFrame({"day": days}).select(within(clock, "day"))
    assert frame["due_on"].to_list() == [add_working_days(day, number) for day in days]
