"""How much room a specialist has, in words, with a limit and where the service sets none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from placewell.specification import load
from placewell_web.casework.presenters.caseload_page import Room, room
from placewell_web.intake.presenters.staff import rooms

TODAY = date(2019, 6, 14)
DORSET, THRIVE = load("dorset_work_matters"), load("thrive_into_work")


@pytest.mark.parametrize(
    ("active", "most", "counted", "words", "is_over"),
    [
        (1, 35, "1 of 35", "active case. Room for 34.", False),
        (35, 35, "35 of 35", "active cases. No room.", False),
        (37, 35, "37 of 35", "active cases. 2 over the limit.", True),
        (0, 0, "0 of 0", "active cases. No room.", False),
        (1, None, "1", "active case.", False),
        (24, None, "24", "active cases.", False),
    ],
)
def test_in_words(active: int, most: int | None, counted: str, words: str, is_over: bool) -> None:
    found = Room(active, most, 0, "App. 7 St 1")
    assert (found.counted, found.words, found.is_over) == (counted, words, is_over)


@pytest.mark.parametrize(("active", "percent"), [(0, 0), (7, 20), (35, 100), (40, 100)])
def test_in_percent(active: int, percent: int) -> None:
    assert Room(active, 35, 0, "").percent == percent


@pytest.mark.parametrize(
    ("spec", "most", "clause"), [(THRIVE, 17, "App. 7 St 1"), (DORSET, None, "")], ids=["002", "000"]
)
def test_the_limit_of_the_service(spec: object, most: int | None, clause: str) -> None:
    found = room(spec, 3, 5, 0.5, TODAY)
    assert (found.active, found.most, found.other_open) == (3, most, 2)
    assert found.clause == clause


@dataclass(frozen=True)
class Load:
    user_id: str
    name: str
    open_cases: int
    fte: Decimal
    team_name: str = ""


@pytest.mark.parametrize(
    ("spec", "open_cases", "said", "full"),
    [
        (THRIVE, 24, "24 open of 35: room for 11", False),
        (THRIVE, 35, "35 open of 35: full", True),
        (DORSET, 35, "35 open", False),
    ],
    ids=["002 with room", "002 full", "000"],
)
def test_whom_a_person_can_go_to(spec: object, open_cases: int, said: str, full: bool) -> None:
    [found] = rooms([Load("u", "Owen Price", open_cases, Decimal(1))], spec, TODAY)
    assert (found.said, found.full) == (said, full)


def test_part_of_full_time_and_the_team_are_told() -> None:
    [found] = rooms([Load("u", "Owen Price", 4, Decimal("0.5"), "START")], DORSET, TODAY)
    assert found.said == "4 open, works 50% of full time, START"
