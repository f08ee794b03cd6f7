"""Made-up staff of declared teams: in turn, with one leader, and moved when the teams become one."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from tests.library.synthetic.test_making import findings_in

from placewell.specification import load
from placewell.specification.service import Team
from placewell.synthetic import make
from placewell.synthetic.staff import numbered_team
from placewell.synthetic.teams import followed, leaders, naming, posted

SPEC = load("dorset_work_matters")
MERGED = date(2019, 10, 1)
THREE = ["start", "community_resource_team", "mental_health_forum"]


def with_teams(*teams):
    given = {"name": "A team", "organisation": "dorset_healthcare", "clause": "000 §3.1"}
    found = tuple(Team.model_validate({**given, **team}) for team in teams)
    return replace(SPEC, service=SPEC.service.model_copy(update={"teams": found}))


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 500, 5)


@pytest.mark.parametrize(
    ("number", "day", "team"),
    [
        (0, "2018-10-09", "start"),
        (1, "2018-10-09", "community_resource_team"),
        (2, "2019-09-30", "mental_health_forum"),
        (3, "2019-09-30", "start"),
        (0, "2019-10-01", "dorset_work_matters"),
        (7, "2021-01-01", "dorset_work_matters"),
    ],
)
def test_new_specialists_join_the_teams_in_turn(number, day, team):
    assert naming(SPEC)("dorset", number, date.fromisoformat(day)) == team


def test_on_a_day_without_a_team_all_take_turns():
    spec = with_teams({"id": "a", "end": date(2018, 12, 31)}, {"id": "b", "end": date(2018, 12, 31)})
    assert [naming(spec)("dorset", number, date(2019, 1, 1)) for number in (0, 1, 2)] == ["a", "b", "a"]


def test_a_service_that_declares_no_team_has_numbered_ones(spec):
    assert naming(spec) is numbered_team
    assert leaders(spec) == {}
    frame = pl.DataFrame({"team_id": ["DUD-T1"], "on": [MERGED]})
    assert followed(frame, "on", spec) is frame
    assert posted(frame, spec) is frame


def test_one_leader_for_all_that_the_partnership_supervises():
    assert leaders(SPEC) == dict.fromkeys([*THREE, "dorset_work_matters"], "RP-L1")
    apart = with_teams({"id": "a"}, {"id": "b", "supervised_by": "recovery_partnership"})
    assert leaders(apart) == {"a": "A-L1", "b": "RP-L1"}


@pytest.mark.parametrize(
    ("team", "day", "then"),
    [
        ("start", "2019-09-30", "start"),
        ("start", "2019-10-01", "dorset_work_matters"),
        ("mental_health_forum", "2020-06-01", "dorset_work_matters"),
        ("dorset_work_matters", "2019-10-01", "dorset_work_matters"),
        (None, "2019-10-01", None),
        ("start", None, "start"),
    ],
)
def test_the_team_of_a_day_is_the_one_that_has_followed(team, day, then):
    on = None if day is None else date.fromisoformat(day)
    frame = pl.DataFrame({"team_id": [team], "on": [on]}, schema={"team_id": pl.String, "on": pl.Date})
    assert followed(frame, "on", SPEC)["team_id"].to_list() == [then]


def test_a_team_can_follow_one_that_followed():
    spec = with_teams(
        {"id": "c", "start": date(2020, 1, 1), "follows": ("b",)},
        {"id": "b", "start": date(2019, 1, 1), "end": date(2019, 12, 31), "follows": ("a",)},
        {"id": "a", "end": date(2018, 12, 31)},
    )
    frame = pl.DataFrame({"team_id": ["a"] * 3, "on": [date(2018, 6, 1), date(2019, 6, 1), date(2020, 6, 1)]})
    assert followed(frame, "on", spec)["team_id"].to_list() == ["a", "b", "c"]


def test_posts_end_and_begin_with_the_teams(people):
    posts = people["postings"].filter(pl.col("role") == "specialist")
    early = posts.filter(pl.col("team_id").is_in(THREE))
    assert set(early["to_on"]) == {MERGED - timedelta(days=1)}
    assert early["from_on"].max() < MERGED
    late = posts.filter(pl.col("team_id") == "dorset_work_matters")
    assert late["from_on"].min() == MERGED
    assert late["to_on"].null_count() == late.height
    assert set(early["specialist_id"]) <= set(late["specialist_id"])
    assert not posts.select("specialist_id", "from_on").is_duplicated().any()


def test_who_manages_from_day_to_day_stays_when_the_teams_become_one(people):
    posts = people["postings"].filter(pl.col("role") == "specialist")
    employers = posts.group_by("specialist_id").agg(pl.col("organisation_id").n_unique())["organisation_id"]
    assert set(employers) == {1}
    of_forum = posts.filter(pl.col("team_id") == "mental_health_forum")["organisation_id"]
    assert set(of_forum) == {"dorset_mental_health_forum"}


def test_the_leader_supervises_every_team_and_belongs_to_none(people):
    heads = people["postings"].filter(pl.col("role") == "team_leader")
    assert heads.select("specialist_id", "team_id", "organisation_id").rows() == [
        ("RP-L1", None, "recovery_partnership")
    ]
    assert set(people["supervisions"]["supervisor_id"]) == {"RP-L1"}


def test_episodes_have_the_team_of_the_day_support_began(people):
    taken = people["episodes"].filter(pl.col("accepted_on").is_not_null())
    assert set(taken["team_id"]) == {*THREE, "dorset_work_matters"}
    before = taken.filter(pl.col("team_id").is_in(THREE))
    assert before["accepted_on"].max() < MERGED
    assert set(taken.filter(pl.col("accepted_on") >= MERGED)["team_id"]) == {"dorset_work_matters"}


def test_people_of_002_keep_their_numbered_teams(spec):
    data = make(spec, 60, 5)
    assert all("-T" in team for team in data["postings"]["team_id"])
    assert data["postings"]["organisation_id"].null_count() == data["postings"].height


@pytest.mark.parametrize("seed", [1, 2])
def test_validation_knows_the_teams(seed, tmp_path):
    findings = findings_in(make(SPEC, 200, seed), SPEC, tmp_path)
    assert [finding for finding in findings if finding.severity == "error"] == []
