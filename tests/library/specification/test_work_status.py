"""The statuses of a work check that succeed need no list of codes beside them; those of a record do."""

import pytest
from tests.library.specification.small import FILES, problems

WORK_STATUS = """
[[outcome]]
id = "at_work"
kind = "work_status"
days = {days}
from_days = 70
until_days = 112
met_by = {met_by}
name = "At work after 12 weeks"
clause = "009 §5"
"""


@pytest.mark.parametrize(
    ("days", "met_by", "sound"),
    [
        (84, '["at_work", "phased_return"]', True),
        (70, '["at_work"]', True),
        (112, '["at_work"]', True),
        (69, '["at_work"]', False),
        (113, '["at_work"]', False),
        (84, "[]", False),
    ],
)
def test_what_a_work_check_may_say(tmp_path, days, met_by, sound):
    outcomes = FILES["outcomes"] + WORK_STATUS.format(days=days, met_by=met_by)
    assert (problems(tmp_path, outcomes=outcomes) == ()) == sound
