"""Entries of registers: milestones, insurances, the guide to the number of sessions, and what they refuse."""

from datetime import date

import pytest
from tests.library.specification.small import FILES, problems, small

GUIDE = '\n[session_guide]\nusual_from = {}\nusual_to = {}\nclause = "009 §4"\n'
MILESTONE = """
[[milestone]]
id = "staff"
label = "Staff in place"
benefit = "People can be taken on"
due = "1 April 2018"
due_on = 2018-04-01
monitored = "{}"
clause = "009 §1"
"""
INSURANCE = """clause = "009 §9"

[[insurance]]
id = "public_liability"
label = "Public liability"
level = "appropriate"
least_cover = {}
clause = "009 §9"
"""


@pytest.mark.parametrize(
    ("sessions", "alert"),
    [
        (0, None),
        (3, None),
        (4, None),
        (8, None),
        (9, "9 sessions; people usually need 4 to 8."),
        (20, "20 sessions; people usually need 4 to 8."),
    ],
)
def test_beyond_the_guide_there_is_an_alert(tmp_path, sessions, alert):
    spec = small(tmp_path, pathway=FILES["pathway"] + GUIDE.format(4, 8))
    assert spec.pathway.session_guide.alert(sessions) == alert


@pytest.mark.parametrize(
    ("usual_from", "usual_to", "sound"), [(4, 8, True), (4, 4, True), (8, 4, False), (0, 4, False)]
)
def test_the_guide_goes_upwards(tmp_path, usual_from, usual_to, sound):
    assert (problems(tmp_path, pathway=FILES["pathway"] + GUIDE.format(usual_from, usual_to)) == ()) == sound


@pytest.mark.parametrize(("monitored", "sound"), [("quarterly", True), ("ongoing", True), ("", True), ("never", False)])
def test_a_milestone_is_looked_at_so_often(tmp_path, monitored, sound):
    files = {"service": FILES["service"] + MILESTONE.format(monitored)}
    assert (problems(tmp_path, **files) == ()) == sound
    if sound:
        [found] = small(tmp_path, **files).service.milestones
        assert (found.due_on, found.benefit) == (date(2018, 4, 1), "People can be taken on")


@pytest.mark.parametrize(("cover", "sound"), [("5000000", True), ("0", False), ('"enough"', False)])
def test_an_insurance_names_a_sum_or_none(tmp_path, cover, sound):
    assert (problems(tmp_path, governance=INSURANCE.format(cover)) == ()) == sound
