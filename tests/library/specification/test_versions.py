"""An entry may stand several times, each version from its own day; the newest in force on a day is used."""

import json
from datetime import date

import pytest
from tests.library.specification.small import CRITERION, FILES, folder_of, problems, small

from placewell.cli.main import main

EARLY, CHANGE, LATER = date(2018, 4, 1), date(2019, 4, 1), date(2020, 4, 1)


def criterion(version, dates="", age=18, id="adult"):
    return CRITERION.format(id=id, version=version, dates=dates, age=age)


def with_criteria(*texts):
    return FILES["eligibility"].split("[[criterion]]")[0] + "".join(texts)


TWO = with_criteria(criterion(1), criterion(2, "in_force_from = 2019-04-01", age=21))


@pytest.mark.parametrize(
    ("day", "condition"),
    [
        (EARLY, "age_years >= 18.0"),
        (date(2019, 3, 31), "age_years >= 18.0"),
        (CHANGE, "age_years >= 21.0"),
        (LATER, "age_years >= 21.0"),
    ],
)
def test_the_version_in_force_on_a_day(tmp_path, day, condition):
    current = small(tmp_path, eligibility=TWO).as_of(day)
    assert [item.condition for item in current.eligibility.criteria] == [condition]


def test_the_whole_specification_keeps_every_version(tmp_path):
    assert [item.version for item in small(tmp_path, eligibility=TWO).eligibility.criteria] == [1, 2]


def test_the_hash_stays_that_of_the_whole(tmp_path):
    whole = small(tmp_path, eligibility=TWO)
    assert whole.as_of(EARLY).hash == whole.as_of(LATER).hash == whole.hash
    assert whole.as_of(LATER).version == whole.version == "1"


def test_as_of_a_day_is_made_once(tmp_path):
    whole = small(tmp_path, eligibility=TWO)
    assert whole.as_of(EARLY) is whole.as_of(EARLY)


def test_a_version_that_has_ended_leaves_nothing(tmp_path):
    ended = with_criteria(criterion(1, "in_force_until = 2019-04-01"))
    whole = small(tmp_path, eligibility=ended)
    assert len(whole.as_of(date(2019, 3, 31)).eligibility.criteria) == 1
    assert whole.as_of(CHANGE).eligibility.criteria == ()


def test_an_older_version_holds_again_when_the_newer_one_has_ended(tmp_path):
    trial = criterion(2, "in_force_from = 2019-04-01\nin_force_until = 2020-04-01", age=21)
    whole = small(tmp_path, eligibility=with_criteria(criterion(1), trial))
    assert [whole.as_of(day).eligibility.criteria[0].version for day in (EARLY, CHANGE, LATER)] == [1, 2, 1]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((criterion(1), criterion(1)), "adult stands twice as version 1: rename one, or give it the next version"),
        ((criterion(1), criterion(2)), "version 2 of adult has no in_force_from: say from which day it holds"),
        (
            (criterion(2, "in_force_from = 2019-04-01"), criterion(1, "in_force_from = 2020-04-01")),
            "version 1 of adult and an earlier one do not follow in time: correct the days",
        ),
        (
            (criterion(1, "in_force_from = 2019-04-01"), criterion(2, "in_force_from = 2018-04-01")),
            "version 2 of adult and an earlier one do not follow in time: correct the days",
        ),
        (
            (criterion(1, "in_force_from = 2019-04-01\nin_force_until = 2019-04-01"),),
            "in_force_until must be later than in_force_from",
        ),
    ],
)
def test_versions_that_contradict(tmp_path, entries, said):
    found = problems(tmp_path, eligibility=with_criteria(*entries))
    assert len(found) == 1
    assert said in found[0]


def test_the_hash_follows_the_content_and_nothing_else(tmp_path):
    first, second, third = (tmp_path / name for name in "abc")
    for place in (first, second, third):
        place.mkdir()
    plain = small(first)
    commented = small(second, ("report", 'title = "Return"', '# the title\ntitle   =   "Return"'))
    changed = small(third, ("report", 'title = "Return"', 'title = "Returns"'))
    assert plain.hash == commented.hash
    assert plain.hash != changed.hash
    assert len(plain.hash) == 64


def test_a_frozen_entry_cannot_be_changed(tmp_path):
    whole = small(tmp_path)
    with pytest.raises(Exception, match="frozen"):
        whole.service.name = "Other"


def test_files_that_are_not_there_stay_none(tmp_path):
    whole = small(tmp_path)
    assert (whole.payment, whole.trial, whole.governance) == (None, None, None)
    assert whole.as_of(EARLY).payment is None


def test_loading_the_same_folder_again(tmp_path):
    assert small(folder_of(tmp_path)).id == "small"


def test_a_specification_of_a_day_can_be_cut_again_and_has_no_other_parts(tmp_path):
    early = small(tmp_path, eligibility=TWO).as_of(EARLY)
    assert early.as_of(LATER).eligibility.criteria == early.eligibility.criteria
    with pytest.raises(AttributeError):
        _ = early.weather


def test_figures_of_a_period_follow_the_rules_of_its_first_day(tmp_path, capsys):
    """A job start counted under the name of its day: the rule changed on 1 April 2019."""
    changed = FILES["indicators"] + FILES["indicators"].split("\n\n")[-1].replace(
        'name = "Job starts"', 'name = "Starts"\nversion = 2\nin_force_from = 2019-04-01'
    )
    folder, data = tmp_path / "spec", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    folder_of(folder, indicators=changed)
    named = []
    for period in ("Y1", "Y2"):
        assert main(["report", str(folder), "--data", str(data), "--period", period, "--format", "json"]) == 0
        named.append([item["name"] for item in json.loads(capsys.readouterr().out)["indicators"]])
    assert named == [["Job starts"], ["Starts"]]
