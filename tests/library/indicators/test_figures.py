"""Figures are aggregates of member tables: counts, proportions, medians, breakdowns, lots, targets, refusals."""

from dataclasses import asdict
from decimal import Decimal

import pytest
from tests.factories import (
    a_contact,
    a_document,
    a_job,
    a_person,
    an_application,
    an_appointment,
    an_episode,
    dataset,
    day,
)
from tests.library.indicators.asking import QUARTER, SPEC, ask_figure, ask_members, period_of, with_target

from placewell.errors import UserError
from placewell.indicators import Workings, figures, members
from placewell.specification.indicators import Target

STATUSES = ("counted", "not_counted", "not_due", "excluded")


def episodes(number, **columns):
    return [an_episode(f"e{n}", entered="2019-04-08", referred="2019-04-02", **columns) for n in range(1, number + 1)]


def cells(figure, name):
    return {cell.key: (cell.numerator, cell.denominator, cell.value) for cell in figure.breakdowns[name]}


def test_a_plain_count_has_no_denominator_and_its_value_is_its_numerator():
    found = ask_figure("met_once", episodes(3), an_appointment("e1", "2019-05-01"), an_appointment("e2", "2019-05-01"))
    assert (found.numerator, found.denominator, found.value, found.unit) == (2, None, 2, "people")
    assert dict(found.members) == {"counted": 2, "not_counted": 0, "not_due": 1, "excluded": 0}


def test_a_proportion_is_unrounded_and_rests_on_counted_and_not_counted():
    found = ask_figure("applied_within_4_weeks", episodes(3), an_application("e2", "2019-04-20"))
    assert (found.numerator, found.denominator, found.value) == (1, 3, 1 / 3)
    assert found.members["counted"] + found.members["not_counted"] == found.denominator


@pytest.mark.parametrize(
    ("days", "value"),
    [([3], 3), ([3, 9], 6), ([3, 4], 3.5), ([1, 30, 3], 3), ([0, 0, 0], 0), ([], None)],
)
def test_a_median_is_the_middle_day(days, value):
    contacts = [a_contact(f"e{n}", day("2019-04-02", later)) for n, later in enumerate(days, start=1)]
    found = ask_figure("days_to_first_contact", episodes(3), *contacts)
    assert (found.numerator, found.denominator, found.value) == (None, len(days), value)
    assert isinstance(found.value, type(value))


def test_with_nothing_to_rest_on_there_is_no_value():
    assert ask_figure("applied_within_4_weeks").value is None
    assert ask_figure("applied_within_4_weeks").denominator == 0
    assert ask_figure("days_to_first_contact").value is None
    assert (ask_figure("met_once").value, ask_figure("met_once").numerator) == (0, 0)
    assert dict(ask_figure("job_starts").members) == dict.fromkeys(STATUSES, 0)


def test_breakdown_keys_are_codes_and_what_is_absent_is_unknown():
    facts = [
        an_episode("e1", "p1", entered="2019-04-08", source="gp", gp_practice="M88001"),
        an_episode("e2", "p2", entered="2019-04-08", source="gp", primary_condition="mental_health"),
        an_episode("e3", "p3", entered="2019-04-08", lot=None),
        a_person("p1", gender="1", ethnicity="A"),
        a_job("e1", first_day="2019-05-01", occupation="9233", industry="G", self_employed=True),
        a_job("e1", first_day="2019-05-02", occupation="41", industry="47", self_employed=False),
        a_job("e2", first_day="2019-05-01", self_employed=False),
        a_job("e3", first_day="2019-05-01", self_employed=None),
    ]
    people = ask_figure("people_with_job_start", *facts)
    assert cells(people, "lot") == {"dudley": (2, None, 2), "unknown": (1, None, 1)}
    assert cells(people, "source") == {"gp": (2, None, 2), "unknown": (1, None, 1)}
    assert cells(people, "gp_practice") == {"M88001": (1, None, 1), "unknown": (2, None, 2)}
    assert cells(people, "primary_condition") == {"mental_health": (1, None, 1), "unknown": (2, None, 2)}
    assert cells(people, "gender") == {"1": (1, None, 1), "unknown": (2, None, 2)}
    assert cells(people, "occupation") == {"9233": (1, None, 1), "unknown": (2, None, 2)}  # the first job's
    assert cells(people, "self_employed") == {"false": (1, None, 1), "true": (1, None, 1), "unknown": (1, None, 1)}
    jobs = ask_figure("job_starts", *facts)
    assert cells(jobs, "occupation") == {"41": (1, None, 1), "9233": (1, None, 1), "unknown": (2, None, 2)}
    assert cells(jobs, "self_employed") == {"false": (2, None, 2), "true": (1, None, 1), "unknown": (1, None, 1)}
    assert "ethnicity" not in people.breakdowns
    assert cells(ask_figure("engaged", *facts), "ethnicity") == {}


def test_a_person_counts_once_a_period_but_in_each_period():
    twice = [
        an_episode("e1", "p1", entered="2019-04-08"),
        an_episode("e2", "p1", entered="2019-05-08"),
        an_appointment("e1", "2019-04-10"),
        an_appointment("e2", "2019-07-10"),
    ]
    assert ask_figure("met_once", *twice).value == 1
    assert ask_figure("met_once", *twice, period="2019-07-01/2019-10-01").value == 1
    assert ask_figure("met_once", *twice, period="2019-04-01/2019-10-01").value == 1


def test_a_lot_keeps_its_own_episodes_and_the_service_wide_order():
    facts = [
        an_episode("e1", "p1", entered="2019-04-08", referred="2019-04-02", lot="dudley"),
        an_episode("e2", "p1", entered="2019-05-08", referred="2019-05-02", lot="wolverhampton"),
        an_appointment("e1", "2019-04-10"),
        an_appointment("e2", "2019-05-10"),
    ]
    assert ask_figure("met_once", *facts).value == 1
    assert ask_figure("met_once", *facts, lot="wolverhampton").value == 1
    assert ask_figure("re_referrals", *facts, lot="wolverhampton").value == 1  # an earlier episode in the service
    assert ask_figure("referrals", *facts, lot="sandwell_west_birmingham").value == 0
    assert list(ask_members("met_once", *facts, lot="dudley")) == ["e1"]


def test_how_many_sit_on_the_boundary_and_on_backup_is_told():
    facts = [
        *episodes(3),
        a_job("e1", first_day="2019-05-01", hours="16"),
        a_job("e2", first_day="2019-05-01", hours="16"),
        a_job("e3", first_day="2019-05-01", hours="30"),
        a_document("e1", about="2019-05-01", kind="client_declaration"),
        a_document("e3", about="2019-05-01"),
    ]
    found = ask_figure("job_start_16_and_over", *facts)
    assert (found.value, found.on_boundary, found.on_backup) == (2, 1, 1)
    plain = ask_figure("people_with_job_start", *facts)
    assert (plain.value, plain.on_boundary, plain.on_backup) == (3, 0, 0)


def test_how_many_reached_it_and_wait_is_told():
    """e1 has no document, e2 no hours, e3 is counted, e4 lost the job before the 26 weeks were over."""
    facts = [
        *(an_episode(f"e{n}", entered="2018-10-02", referred="2018-10-01") for n in range(1, 5)),
        a_job("e1", first_day="2018-11-01", hours="20"),
        a_job("e2", first_day="2018-11-01", hours=None),
        a_job("e3", first_day="2018-11-01", hours="20"),
        a_job("e4", first_day="2018-11-01", ended="2018-12-01", hours="20"),
        a_document("e3", about="2019-05-02", outcome="sustained_26_weeks"),
    ]
    upper = ask_figure("sustained_26_weeks_16_and_over", *facts)
    assert (upper.value, upper.members["not_counted"]) == (1, 3)
    assert (upper.outstanding, upper.hours_unknown) == (2, 1)
    lower = ask_figure("sustained_26_weeks_under_16", *facts)
    assert (lower.value, lower.members["not_counted"], lower.outstanding, lower.hours_unknown) == (0, 2, 1, 1)
    plain = ask_figure("six_months_total", *facts)
    assert (plain.outstanding, plain.hours_unknown) == (0, 0)


def test_every_figure_is_the_aggregate_of_its_members():
    data = dataset(
        *episodes(4),
        an_appointment("e1", "2019-05-01"),
        a_contact("e2", "2019-04-09"),
        a_job("e1", first_day="2019-05-02", hours="12", occupation="9233", hourly_wage="9.10"),
        a_job("e2", first_day="2019-04-20", hours=None),
        a_document("e1", about="2019-05-02"),
        an_application("e3", "2019-04-20"),
    )
    period = period_of(QUARTER)
    shared = Workings(SPEC, data, day("2019-06-30"))
    found = figures(SPEC, data, period, workings=shared)
    assert [figure.id for figure in found] == [indicator.id for indicator in SPEC.indicators.computed]
    for figure in found:
        table = members(SPEC, figure.id, data, period, workings=shared)
        assert {status: table["status"].to_list().count(status) for status in STATUSES} == dict(figure.members)
        assert table["reason"].null_count() == 0
        assert table["status"].to_list().count("counted") == (
            figure.numerator if figure.numerator is not None else figure.denominator
        )
        for name, lines in figure.breakdowns.items():
            assert name in table.columns
            assert sum(line.numerator or 0 for line in lines) == (figure.numerator or 0)
            assert sum(line.denominator or 0 for line in lines) == (figure.denominator or 0)
    assert found == figures(SPEC, data, period)


def test_the_object_of_the_command_line_has_its_keys():
    found = ask_figure("met_once", episodes(1), an_appointment("e1", "2019-05-01")).as_dict()
    assert {
        "id": "met_once",
        "name": "People met once",
        "clause": "002 §17.9 iii",
        "unit": "people",
        "numerator": 1,
        "denominator": None,
        "value": 1,
        "target": None,
        "status": "no_target",
    }.items() <= found.items()
    assert found["members"] == {"counted": 1, "not_counted": 0, "not_due": 0, "excluded": 0}
    assert found["breakdowns"]["lot"] == [{"key": "dudley", "numerator": 1, "denominator": None, "value": 1}]


def test_a_member_row_has_its_columns():
    row = ask_members("met_once", episodes(1), an_appointment("e1", "2019-05-01"))["e1"]
    assert list(row)[:8] == [
        "subject_id",
        "episode_id",
        "person_id",
        "status",
        "reason",
        "outcome_on",
        "value",
        "evidence",
    ]
    assert (row["subject_id"], row["outcome_on"], row["lot"]) == ("p-e1", day("2019-05-01"), "dudley")


YEARLY = Target(clause="local", basis="year", amount=10, local=True)


def test_a_yearly_target_is_held_against_the_year_to_date():
    """The contract year of 002 begins on 1 October: the quarter of April is its third."""
    facts = [
        an_episode("e1", entered="2019-01-08"),
        an_episode("e2", entered="2019-04-08"),
        an_appointment("e1", "2019-02-01"),
        an_appointment("e2", "2019-05-01"),
    ]
    found = ask_figure("met_once", *facts, spec=with_target("met_once", YEARLY))
    assert (found.value, found.value_to_date, found.target, found.status) == (1, 2, 8, "behind")
    local = ask_figure("met_once", *facts, local_targets={"met_once": YEARLY.model_copy(update={"amount": 2})})
    assert (local.value_to_date, local.target, local.status) == (2, 2, "met")
    later = ask_figure("met_once", *facts, period="2019-07-01/2019-10-01", spec=with_target("met_once", YEARLY))
    assert (later.value, later.value_to_date, later.target, later.status) == (0, 2, 10, "breached")


def test_a_proportion_is_held_against_its_target_itself():
    target = Target(clause="local", basis="value", amount=Decimal("0.5"), local=True)
    found = ask_figure(
        "applied_within_4_weeks",
        episodes(2),
        an_application("e1", "2019-04-20"),
        spec=with_target("applied_within_4_weeks", target),
    )
    assert (found.value, found.target, found.status, found.value_to_date) == (0.5, 0.5, "met", None)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"as_at": "2019-03-31"}, "The as-at day 31 March 2019 is before the period, which begins on 1 April 2019"),
        ({"lot": "leeds"}, 'thrive_into_work has no lot "leeds": it has wolverhampton'),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked, says):
    with pytest.raises(UserError, match=says):
        ask_figure("met_once", **asked)
    with pytest.raises(UserError, match=says):
        ask_members("met_once", **asked)


@pytest.mark.parametrize("id", ["placed", "prescriptions"])
def test_an_indicator_that_is_not_computed_is_named(id):
    with pytest.raises(UserError, match=f'no indicator "{id}" to compute: it has active_caseload'):
        ask_figure(id)


def test_a_fact_after_the_as_at_day_changes_nothing():
    before = [*episodes(2), an_appointment("e1", "2019-05-01"), a_job("e1", "j1", first_day="2019-05-02")]
    after = [
        an_appointment("e2", "2019-06-02"),
        a_document("e1", "j1", about="2019-05-02", received="2019-06-02"),
        an_episode("e3", referred="2019-06-02"),
        a_job("e2", first_day="2019-06-03"),
    ]
    period = period_of(QUARTER)
    as_at = day("2019-06-01")
    one, other = (figures(SPEC, dataset(*facts), period, as_at) for facts in (before, [*before, *after]))
    assert [asdict(figure) for figure in one] == [asdict(figure) for figure in other]


def test_no_indicator_asked_for_is_no_figure():
    assert figures(SPEC, dataset(), period_of("Y2Q3"), only=()) == ()
