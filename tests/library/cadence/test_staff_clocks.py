"""Clocks of staff: supervision of every specialist in post, by weeks that stand once, in words, and with fidelity."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.library.cadence.caseload import SPEC

from placewell.cadence import staff_clocks
from placewell.cadence.staff import SCHEMA
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.fidelity.measures import measures_of
from placewell.fidelity.measuring import measured
from placewell.fidelity.records import Records
from placewell.specification import Specification, load

TODAY = "2019-06-14"
Row = dict[str, Any]


def post(from_on: str = "2019-04-01", to_on: str | None = None, who: str = "s1", **more: Any) -> Row:
    usual = {"specialist_id": who, "team_id": "t1", "role": "specialist", "fte": 1}
    return {**usual, "from_on": from_on, "to_on": to_on, **more}


def held(*days: str, kind: str = "group", who: str = "s1") -> list[Row]:
    return [{"specialist_id": who, "supervisor_id": "l1", "on": day, "kind": kind} for day in days]


def ask(posts: list[Row], supervisions: list[Row] = [], as_at: str = TODAY, spec: Specification = SPEC) -> list[Row]:  # noqa: B006
    dataset = Dataset.from_rows({"postings": posts, "supervisions": supervisions})
    return staff_clocks(spec, dataset, date.fromisoformat(as_at)).rows(named=True)


def due(posts: list[Row], supervisions: list[Row] = [], as_at: str = TODAY) -> dict[str, str]:  # noqa: B006
    """When each clock of one specialist breaks, as text."""
    rows = ask(posts, supervisions, as_at)
    assert len({row["clock"] for row in rows}) == len(rows)
    return {row["clock"].removesuffix("_supervision"): str(row["due_on"]) for row in rows}


# fmt: off
CALENDAR = [
    # day, in post from that day: group, individual; both held that day: group, individual
    ("2017-10-02", "2017-10-08 2017-10-29", "2017-10-09 2017-10-30"),
    ("2017-10-23", "2017-10-29 2017-11-19", "2017-10-30 2017-11-20"),  # clocks go back on the 29th
    ("2017-12-20", "2017-12-26 2018-01-16", "2017-12-27 2018-01-17"),  # Boxing Day is a day of the week too
    ("2017-12-25", "2017-12-31 2018-01-21", "2018-01-01 2018-01-22"),
    ("2018-01-31", "2018-02-06 2018-02-27", "2018-02-07 2018-02-28"),
    ("2018-02-28", "2018-03-06 2018-03-27", "2018-03-07 2018-03-28"),
    ("2018-03-23", "2018-03-29 2018-04-19", "2018-03-30 2018-04-20"),  # Good Friday; clocks go forward on the 25th
    ("2018-03-26", "2018-04-01 2018-04-22", "2018-04-02 2018-04-23"),  # Easter Sunday and Monday
    ("2019-04-30", "2019-05-06 2019-05-27", "2019-05-07 2019-05-28"),  # two bank holidays
    ("2019-12-31", "2020-01-06 2020-01-27", "2020-01-07 2020-01-28"),
    ("2020-01-31", "2020-02-06 2020-02-27", "2020-02-07 2020-02-28"),
    ("2020-02-22", "2020-02-28 2020-03-20", "2020-02-29 2020-03-21"),
    ("2020-02-23", "2020-02-29 2020-03-21", "2020-03-01 2020-03-22"),
    ("2020-02-29", "2020-03-06 2020-03-27", "2020-03-07 2020-03-28"),
]
# fmt: on


@pytest.mark.parametrize(("start", "new", "supervised"), CALENDAR, ids=[row[0] for row in CALENDAR])
def test_the_golden_calendar_of_staff(start: str, new: str, supervised: str) -> None:
    assert due([post(start)], as_at=start) == dict(zip(("group", "individual"), new.split(), strict=True))
    both = [*held(start), *held(start, kind="individual")]
    found = due([post("2017-01-02")], both, as_at=start)
    assert found == dict(zip(("group", "individual"), supervised.split(), strict=True))


NEVER = "2019-04-07"
GROUP = "2019-06-12"


@pytest.mark.parametrize(
    ("supervisions", "answer"),
    [
        ([], NEVER),
        (held("2019-06-05"), GROUP),
        (held("2019-05-29", "2019-06-05"), GROUP),
        (held("2019-06-05", "2019-05-29"), GROUP),
        (held("2019-06-05", "2019-06-05"), GROUP),
        (held("2019-06-14"), "2019-06-21"),
        (held("2019-06-15"), NEVER),  # has not happened yet
        (held("2019-03-31"), NEVER),  # before the post
        (held("2019-06-05", kind="field_mentoring"), NEVER),
        (held("2019-06-05", who="s2"), NEVER),
    ],
)
def test_what_counts_as_group_supervision(supervisions: list[Row], answer: str) -> None:
    assert due([post()], supervisions)["group"] == answer


@pytest.mark.parametrize(
    ("posts", "clocks"),
    [
        ([], 0),
        ([post()], 2),
        ([post(to_on="2019-06-14")], 2),
        ([post(to_on="2019-06-13")], 0),
        ([post(to_on="2019-12-31")], 2),
        ([post("2019-06-14")], 2),
        ([post("2019-06-15")], 0),
        ([post(role="team_leader")], 0),
        ([post(role="team_leader"), post()], 2),
        ([post(), post()], 2),  # two posts, one person
        ([post(), post(who="s2")], 4),
        ([post(who=None)], 0),  # type: ignore[arg-type]
    ],
)
def test_who_has_clocks(posts: list[Row], clocks: int) -> None:
    assert len(ask(posts)) == clocks


@pytest.mark.parametrize(
    ("posts", "since", "team"),
    [
        ([post("2019-04-01", "2019-05-31"), post("2019-06-01", team_id="t2")], "1 April 2019", "t2"),
        ([post("2019-04-01"), post("2019-06-01", team_id="t2")], "1 April 2019", "t2"),
        ([post("2019-04-01"), post("2019-05-01", "2019-05-31", team_id="t2")], "1 April 2019", "t1"),
        ([post("2019-04-01", "2019-05-30"), post("2019-06-01")], "1 June 2019", "t1"),
        ([post("2019-04-01", "2019-05-30"), post("2019-05-10", "2019-05-20"), post("2019-05-31")],
         "1 April 2019", "t1"),
    ],
)  # fmt: skip
def test_posts_that_follow_each_other_are_one(posts: list[Row], since: str, team: str) -> None:
    for order in (posts, posts[::-1]):
        rows = ask(order)
        assert {row["team_id"] for row in rows} == {team}
        assert rows[0]["why"] == f"In post since {since}; none held yet. One is due every week."


def test_what_is_due_in_words() -> None:
    group, individual = ask([post()], [*held("2019-06-05"), *held("2019-06-03", kind="individual")])
    assert (group["what"], group["action"]) == ("Hold group supervision", "record_supervision")
    assert (group["clause"], str(group["warn_on"])) == ("002 App. 7 Org 4-5", "2019-06-10")
    assert group["why"] == "Last held on 5 June 2019. One is due every week."
    assert individual["why"] == "Last held on 3 June 2019. One is due every four weeks."
    assert (str(individual["due_on"]), str(individual["warn_on"])) == ("2019-07-01", "2019-06-24")
    assert group["satisfied_by"] and individual["repeatable"]


def test_soonest_first_and_the_same_shape_without_anybody() -> None:
    many = [post(who=f"s{n}") for n in range(40)]
    days = [(date(2019, 6, 14) - timedelta(days=n)).isoformat() for n in range(40)]
    supervised = [row for n, day in enumerate(days) for row in held(day, who=f"s{n}")]
    keys = [(row["due_on"], row["specialist_id"], row["clock"]) for row in ask(many, supervised)]
    assert keys == sorted(keys) and len(keys) == 80
    empty = staff_clocks(SPEC, Dataset.from_rows({}), date(2019, 6, 14))
    assert (empty.height, empty.schema) == (0, SCHEMA)


@pytest.mark.parametrize("service", ["dorset_work_matters", "workwise", "ips_grow", "nottingham_health_employment"])
def test_a_contract_that_names_none_has_none(service: str) -> None:
    assert ask([post()], spec=load(service)) == []


def changed(**change: object) -> Specification:
    clock = SPEC.pathway.staff_clocks[0].model_copy(update=change)
    return replace(SPEC, pathway=SPEC.pathway.model_copy(update={"staff_clocks": (clock,)}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "tea"}, "staff_clock group_supervision: there is no kind tea; expected one of supervision"),
        ({"ratio": "tea"}, "staff_clock group_supervision: governance.toml has no ratio tea with at_most weeks"),
        ({"ratio": "specialists_in_unit"}, "no ratio specialists_in_unit with at_most weeks"),
    ],
)
def test_a_clock_that_means_nothing_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(UserError, match=says):
        ask([post()], spec=changed(**change))


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "every day"), (7, "every week"), (10, "every 10 days"), (14, "every two weeks"), (84, "every 84 days")],
)
def test_any_number_of_days_in_words(days: int, words: str) -> None:
    row = ask([post("2019-06-01")], spec=changed(ratio=None, every_days=days))[0]
    assert row["why"] == f"In post since 1 June 2019; none held yet. One is due {words}."
    assert row["due_on"] == date(2019, 5, 31) + timedelta(days=days)


def some_staff(dice: random.Random) -> Dataset:
    """Specialists with a post or two and supervisions close to each other, some on the edges of a week."""
    rows: dict[str, list[Row]] = {"postings": [], "supervisions": held("2018-01-01", who="nobody")}
    for n in range(30):
        first = date(2019, 6, 14) - timedelta(days=dice.choice((0, 5, 6, 7, 8, 26, 27, 28, 29, 90)))
        last = first + timedelta(days=dice.choice((3, 20, 200)))
        rows["postings"].append(post(str(first), str(last), who=f"s{n}"))
        if dice.random() < 0.4:
            rows["postings"].append(post(str(last + timedelta(days=dice.choice((1, 1, 2)))), who=f"s{n}"))
        for kind in ("group", "individual"):
            days = [date(2019, 6, 16) - timedelta(days=dice.randrange(35)) for _ in range(dice.randrange(3))]
            rows["supervisions"] += held(*map(str, days), kind=kind, who=f"s{n}")
    return Dataset.from_rows(rows)


@pytest.mark.parametrize("seed", range(25))
def test_fidelity_never_disagrees(seed: int) -> None:
    """A stretch that fidelity counts as missed is one whose clock has come due, and no other."""
    dataset, as_at = some_staff(random.Random(seed)), date(2019, 6, 14)
    due_on = {
        (row["clock"], row["specialist_id"]): row["due_on"] for row in staff_clocks(SPEC, dataset, as_at).to_dicts()
    }
    compared = 0
    for measure in measures_of(SPEC):
        if measure.kind != "supervision":
            continue
        latest = as_at - timedelta(days=measure.every_days - 1)
        for row in measured(Records(SPEC, dataset, as_at), measure).members.to_dicts():
            specialist, first_day = row["subject_id"].split(":")
            if first_day == str(latest):
                broken = due_on[measure.id, specialist] <= as_at
                assert broken == (row["status"] == "not_counted"), (measure.id, specialist)
                compared += 1
    assert compared > 5
