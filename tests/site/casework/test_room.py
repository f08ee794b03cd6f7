"""How much room a specialist has, in words, with a limit and where the service sets none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from placewell.specification import load
from placewell_web.casework.presenters.caseload_page import Room, room
from placewell_web.casework.presenters.handover_page import colleagues
from placewell_web.intake.presenters.staff import rooms

TODAY = date(2019, 6, 14)
DORSET, THRIVE = load("dorset_work_matters"), load("thrive_into_work")


@pytest.mark.parametrize(
    ("opened", "most", "counted", "words", "is_over"),
    [
        (1, 35, "1 of 35", "open cases. Room for 34.", False),
        (35, 35, "35 of 35", "open cases. No room.", False),
        (37, 35, "37 of 35", "open cases. 2 over the limit.", True),
        (0, 0, "0 of 0", "open cases. No room.", False),
        (1, None, "1", "open case.", False),
        (24, None, "24", "open cases.", False),
    ],
)
def test_in_words(opened: int, most: int | None, counted: str, words: str, is_over: bool) -> None:
    found = Room(opened, most, 0, "App. 7 St 1")
    assert (found.counted, found.words, found.is_over) == (counted, words, is_over)


@pytest.mark.parametrize(("opened", "percent"), [(0, 0), (7, 20), (35, 100), (40, 100)])
def test_in_percent(opened: int, percent: int) -> None:
    assert Room(opened, 35, 0, "").percent == percent


@pytest.mark.parametrize(("active", "words"), [(0, ""), (1, "1 is active."), (10, "10 are active.")])
def test_how_many_are_active(active: int, words: str) -> None:
    assert Room(14, 35, active, "").active_words == words


@pytest.mark.parametrize(
    ("spec", "most", "clause"), [(THRIVE, 17, "App. 7 St 1"), (DORSET, None, "")], ids=["002", "000"]
)
def test_the_limit_of_the_service(spec: object, most: int | None, clause: str) -> None:
    found = room(spec, 5, 3, 0.5, TODAY)
    assert (found.open, found.most, found.active) == (5, most, 3)
    assert found.clause == clause


@pytest.mark.parametrize(
    ("day", "most"), [(date(2018, 9, 30), 30), (date(2018, 10, 1), 35), (date(2030, 1, 1), 35), (date(2016, 1, 1), 30)]
)
@pytest.mark.parametrize(("opened", "fte"), [(0, 1.0), (14, 0.6)])
def test_the_board_and_whoever_assigns_see_one_limit(day: date, most: int, opened: int, fte: float) -> None:
    load = Load("u", "Owen Price", opened, Decimal(str(fte)))
    shown = room(THRIVE, opened, 0, fte, day)
    [handing] = colleagues({"dudley": [load]}, THRIVE, day)
    [assigning] = rooms([load], THRIVE, day)
    assert shown.most == handing.most == int(most * Decimal(str(fte)))
    assert f"{opened} open of {shown.most}: room for {handing.left}" in assigning.said
    assert shown.left == f"Room for {handing.left}."


@dataclass(frozen=True)
class Load:
    user_id: str
    name: str
    open_cases: int
    fte: Decimal
    team_name: str = ""
    away: tuple[date, date] | None = None


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


@pytest.mark.parametrize(
    ("away", "said", "is_away"),
    [
        (None, "", False),
        ((date(2019, 6, 14), date(2019, 6, 21)), ", away until 21 June 2019", True),
        ((date(2019, 6, 3), date(2019, 6, 14)), ", away until 14 June 2019", True),
        ((date(2019, 6, 15), date(2019, 6, 21)), ", away from 15 June 2019 to 21 June 2019", False),
    ],
)
def test_whoever_is_away_is_said_to_be(away: tuple[date, date] | None, said: str, is_away: bool) -> None:
    load = Load("u", "Owen Price", 4, Decimal(1), away=away)
    [handing] = colleagues({"dudley": [load]}, DORSET, TODAY)
    [assigning] = rooms([load], DORSET, TODAY)
    assert (handing.said, handing.is_away) == (f"Owen Price{said}, 4 open", is_away)
    assert assigning.said == f"4 open{said}"


def test_part_of_full_time_and_the_team_are_told() -> None:
    [found] = rooms([Load("u", "Owen Price", 4, Decimal("0.5"), "START")], DORSET, TODAY)
    assert found.said == "4 open, works 50% of full time, START"
