"""The ribbon's geometry: one linear scale, heights as hours, labels that never meet, the list from the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.site.casework.factories import TODAY, ago, day

from placewell_web.casework.presenters.milestones import Mark
from placewell_web.casework.presenters.ribbon import (
    COMPACT,
    WIDE,
    Event,
    JobLine,
    Span,
    Story,
    Touch,
    listed,
    spans_of,
)
from placewell_web.casework.presenters.ribbon_drawing import draw


def mark(name: str, on: date, kind: str = "met") -> Mark:
    states = {"met": "proved", "missing": "unproved", "ring": "due", "work": "proved", "cross": "missed"}
    return Mark(name, name, kind, states[kind], on, "", "", "")


def story(**changes: Any) -> Story:
    """The person of the mockups: referred in October, two jobs, six weeks unproved."""
    given: dict[str, Any] = {
        "called": "Jas",
        "referred_on": day("2018-10-05"),
        "entered_on": day("2018-10-16"),
        "events": (
            Event("Referred", day("2018-10-05"), "referred"),
            Event("Entered", day("2018-10-16"), "dot"),
            Event("Profile", day("2018-11-06"), "dot"),
            Event("Plan agreed", day("2018-11-20"), "dot"),
            Event("Support ends", day("2019-07-18"), "end"),
        ),
        "touches": (
            Touch(day("2018-11-06"), "attended", "Appointment, attended"),
            Touch(day("2019-06-03"), "message", "Text, sent"),
            Touch(day("2019-06-07"), "missed", "Call, did not answer"),
        ),
        "jobs": (
            JobLine(
                "Kitchen assistant",
                day("2019-01-21"),
                day("2019-03-01"),
                (Span(day("2019-01-21"), day("2019-03-01"), Decimal(12)),),
            ),
            JobLine(
                "Stock assistant",
                day("2019-03-18"),
                None,
                (
                    Span(day("2019-03-18"), day("2019-04-28"), Decimal(16)),
                    Span(day("2019-04-29"), date(2999, 12, 31), Decimal(20)),
                ),
            ),
        ),
        "marks": (
            mark("Day 1", day("2019-01-21")),
            mark("6 weeks", day("2019-03-19"), "missing"),
            mark("13 weeks", day("2019-04-22"), "work"),
            mark("26 weeks", day("2019-07-22"), "ring"),
        ),
        "support_ends": day("2019-07-18"),
        "closed_on": None,
        "today": TODAY,
    }
    return Story(**(given | changes))


def test_the_scale_is_linear_from_the_first_of_the_month_to_three_weeks_after_the_last() -> None:
    drawing = draw(story())
    start, end = day("2018-10-01"), day("2019-07-22") + timedelta(days=21)
    expected = WIDE.left + (TODAY - start).days * (WIDE.right - WIDE.left) / (end - start).days
    assert drawing.today_x == pytest.approx(expected, abs=0.1)
    assert drawing.height == 384


def test_bars_are_as_high_as_the_hours() -> None:
    heights = [bar.height for bar in draw(story()).bars]
    assert heights[0] / heights[1] == pytest.approx(12 / 16, abs=0.01)
    assert heights[1] / heights[2] == pytest.approx(16 / 20, abs=0.01)
    assert [bar.words for bar in draw(story()).bars] == ["12 hours", "16 hours", "20 hours"]


def test_the_line_of_sixteen_hours_lies_on_a_bar_of_sixteen() -> None:
    drawing = draw(story())
    assert drawing.sixteen == pytest.approx(drawing.bars[1].y, abs=0.2)


def test_what_lies_ahead_is_hatched_and_what_ended_is_not() -> None:
    drawing = draw(story())
    assert [hatch.x for hatch in drawing.hatches] == [drawing.today_x]
    assert all(bar.x + bar.width <= drawing.today_x + 0.5 for bar in drawing.bars)


def test_unknown_hours_are_an_outline_with_a_question() -> None:
    unknown = JobLine("Cleaner", ago(40), None, (Span(ago(40), date(2999, 12, 31), None),))
    bar = draw(story(jobs=(unknown,))).bars[0]
    assert (bar.known, bar.words) == (False, "?")


def test_jobs_held_at_once_lie_one_above_the_other() -> None:
    jobs = tuple(
        JobLine(f"Job {n}", ago(40 - n), None, (Span(ago(40 - n), date(2999, 12, 31), Decimal(30)),)) for n in (0, 1)
    )
    bars = draw(story(jobs=jobs)).bars
    assert bars[1].y + bars[1].height <= bars[0].y + 0.5


def test_everything_stays_inside_both_frames() -> None:
    for frame in (WIDE, COMPACT):
        drawing = draw(story(), frame)
        for x in (
            *(p.x for p in drawing.marks),
            *(b.x for b in drawing.bars),
            *(t.x for t in drawing.touches),
            drawing.today_x,
        ):
            assert frame.left <= x <= frame.right
        for bar in (*drawing.bars, *drawing.hatches):
            assert bar.x + bar.width <= frame.right + 0.5


def test_the_compact_one_names_its_marks_in_short() -> None:
    assert [point.name for point in draw(story(), COMPACT).marks] == ["Day 1", "6 w", "13 w", "26 w"]


def test_someone_new_has_a_ribbon_too() -> None:
    new = story(
        events=(Event("Referred", ago(2), "referred"),),
        referred_on=ago(2),
        entered_on=None,
        touches=(),
        jobs=(),
        marks=(),
        support_ends=None,
    )
    drawing = draw(new)
    assert drawing.bars == []
    assert WIDE.left <= drawing.today_x <= WIDE.right


def test_the_list_tells_the_same_in_order() -> None:
    rows = listed(story())
    words = [text for _, text in rows]
    assert words[0] == "Referred"
    assert words.index("Entered") < words.index("Profile") < words.index("Day 1: proved")
    assert "Stock assistant: 20 hours a week" in words
    assert "Call, did not answer" in words
    assert ("14 June 2019", "Today") in rows
    assert "26 weeks: due in 38 days" in words


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([], [("2019-03-18", "2999-12-31", 20)]),
        ([("2019-03-18", None, 16)], [("2019-03-18", "2999-12-31", 16)]),
        (
            [("2019-04-01", "2019-04-10", 8)],
            [("2019-03-18", "2019-03-31", 20), ("2019-04-01", "2019-04-10", 8), ("2019-04-11", "2999-12-31", 20)],
        ),
        ([("2019-03-01", None, None)], [("2019-03-18", "2999-12-31", None)]),
    ],
)
def test_where_no_spell_holds_the_contract_does(spells: Any, expected: Any) -> None:
    job = {
        "first_day_worked_on": day("2019-03-18"),
        "started_on": day("2019-03-18"),
        "ended_on": None,
        "contract_hours": 20,
    }
    rows = [{"from_on": day(a), "to_on": day(b) if b else None, "weekly_hours": h} for a, b, h in spells]
    found = [(span.from_on.isoformat(), span.to_on.isoformat(), span.weekly) for span in spans_of(job, rows)]
    assert found == expected
