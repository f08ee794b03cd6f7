"""Scores over time: which scale is drawn, which change counts, what is missing, where a scale ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from placewell.dataset import Dataset
from placewell.questionnaires import instrument
from placewell.specification import load
from placewell_web.casework.presenters import scores
from placewell_web.casework.presenters.scores import Series

FIRST = date(2019, 1, 7)
SPEC = load("workwise")


def forms(id: str, *given: tuple[str, str], every: int = 90) -> list[dict[str, Any]]:
    """Forms of one questionnaire: the occasion, and the answer to all of its items."""
    return [
        {
            "response_id": f"{id}{number}",
            "episode_id": "e1",
            "instrument": id,
            "occasion": occasion,
            "completed_on": str(FIRST + timedelta(days=every * number)),
            "item": item,
            "answer": answer,
        }
        for number, (occasion, answer) in enumerate(given)
        for item in instrument(id).items
    ]


def shown(rows: list[dict[str, Any]], spec: Any = SPEC) -> list[Series]:
    episode = {"episode_id": "e1", "person_id": "p1", "referred_on": "2019-01-01"}
    tables = {"people": [{"person_id": "p1"}], "episodes": [episode], "responses": rows}
    return scores.series(Dataset.from_rows(tables), (), spec)


def one(rows: list[dict[str, Any]], spec: Any = SPEC) -> Series:
    (found,) = shown(rows, spec)
    return found


@pytest.mark.parametrize(
    ("id", "given", "verdict"),
    [
        ("wsas", (("baseline", "5"), ("exit", "3")), "Since the baseline: down 10. Meaningful improvement"),
        ("wsas", (("baseline", "3"), ("exit", "5")), "Since the baseline: up 10. Meaningful deterioration"),
        ("wsas", (("baseline", "3"), ("exit", "3")), "Since the baseline: no change. No meaningful change"),
        ("wsas", (("baseline", "3"),), "No later form to compare with the baseline yet."),
        ("wsas", (("exit", "3"),), "No scored baseline to compare with."),
        ("wsas", (("baseline", ""), ("exit", "3")), "No scored baseline to compare with."),
        ("swemwbs", (("baseline", "3"), ("exit", "4")), "Since the baseline: up 5.78. Meaningful improvement"),
        ("eq5d5l", (("baseline", "2"), ("exit", "1")), "No size of change is known"),
        ("satisfaction", (("exit", "good"),), ""),
    ],
)
def test_what_a_change_says(id: str, given: tuple[tuple[str, str], ...], verdict: str) -> None:
    said = one(forms(id, *given)).verdict
    assert verdict in said if verdict else said == ""


@pytest.mark.parametrize(
    ("id", "answer", "note"),
    [
        ("wsas", "0", "the best score there is"),
        ("wsas", "8", "the worst score there is"),
        ("swemwbs", "5", "the best score there is"),
        ("swemwbs", "1", "the worst score there is"),
        ("eq5d5l", "1", "the best score there is"),
    ],
)
def test_where_a_scale_ends(id: str, answer: str, note: str) -> None:
    assert any(note in said for said in one(forms(id, ("baseline", answer))).notes)


@pytest.mark.parametrize(
    ("service", "id", "scale"),
    [
        ("thrive_into_work", "rand36", "General health"),
        ("workwise", "rand36", "Physical functioning"),
        ("ips_grow", "swemwbs", "Metric"),
        ("nottingham_health_employment", "eq5d5l", "Index"),
    ],
)
def test_the_scale_that_the_service_counts_is_drawn(service: str, id: str, scale: str) -> None:
    drawing = one(forms(id, ("baseline", "2")), load(service)).drawing
    assert drawing is not None
    assert drawing.scale == scale


def test_the_drawing_stays_inside_and_runs_in_order_of_days() -> None:
    drawing = one(forms("wsas", ("baseline", "0"), ("review", "8"), ("exit", "4"))).drawing
    assert drawing is not None
    assert [point.is_baseline for point in drawing.points] == [True, False, False]
    assert [(point.x, point.y) for point in drawing.points] == [(74, 150), (262, 20), (450, 85)]
    assert drawing.changes == (124,)  # eight points above the baseline; there is nothing below it
    assert "7 January 2019 (baseline): 0; 7 April 2019: 40; 6 July 2019: 20" in drawing.said


def test_forms_of_one_day_are_both_drawn() -> None:
    drawing = one(forms("wsas", ("baseline", "2"), ("exit", "3"), every=0)).drawing
    assert drawing is not None
    assert {point.x for point in drawing.points} == {262}


def test_lines_that_lie_close_have_their_words_together() -> None:
    drawing = one(forms("rand36", ("baseline", "2"))).drawing
    assert drawing is not None
    assert len(drawing.changes) == 2
    assert len(drawing.change_words) == 1


@pytest.mark.parametrize(
    ("open_items", "note"),
    [
        ((), ""),
        (("2",), "Item 2 not answered: no score for total."),
        (("2", "4"), "Items 2, 4 not answered: no score for total."),
        (("1", "2", "3", "4", "5"), "Items 1, 2, 3, 4, 5 not answered: no score for total."),
    ],
)
def test_what_is_missing_is_said_by_number(open_items: tuple[str, ...], note: str) -> None:
    rows = [row | {"answer": ""} if row["item"] in open_items else row for row in forms("wsas", ("baseline", "3"))]
    found = one(rows)
    assert found.rows[0].note == note
    assert found.rows[0].scores == (("No score",) if open_items else ("15 (significant impairment)",))


def test_what_is_no_answer_of_the_item_is_missing() -> None:
    rows = [row | {"answer": "99"} if row["item"] == "2" else row for row in forms("wsas", ("baseline", "3"))]
    assert one(rows).rows[0].note == "Item 2 not answered: no score for total."


def test_the_newest_form_stands_first_and_an_unknown_questionnaire_nowhere() -> None:
    rows = forms("wsas", ("baseline", "3"), ("exit", "2"))
    found = one([*rows, rows[0] | {"response_id": "x", "instrument": "sf36"}])
    assert [row.occasion for row in found.rows] == ["On leaving", "On entry"]
    assert shown([]) == []


@pytest.mark.parametrize(
    ("id", "answer", "headings", "cells"),
    [
        ("satisfaction", "very_good", ("The service as a whole",), ("Very good",)),
        ("peq_treatment", "4", tuple(f"Item {n}" for n in range(1, 7)), ("4",) * 6),
        ("satisfaction", "", ("The service as a whole",), ("Not answered",)),
    ],
)
def test_what_has_no_score_shows_its_answers(
    id: str, answer: str, headings: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    found = one(forms(id, ("exit", answer)))
    assert (found.scales, found.rows[0].scores, found.drawing) == (headings, cells, None)
