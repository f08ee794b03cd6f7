"""No two words or signs of the ribbon lie over each other, whatever happened: sparse, dense and made-up histories."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from tests.site.casework.factories import TODAY, ago
from tests.site.casework.test_ribbon import mark, story

from placewell_web.casework.presenters.letter_widths import width_of
from placewell_web.casework.presenters.ribbon import (
    COMPACT,
    FAR,
    WIDE,
    Drawing,
    Event,
    Frame,
    JobLine,
    Problem,
    Span,
    Story,
    Touch,
)
from placewell_web.casework.presenters.ribbon_drawing import apart, draw

Box = tuple[str, float, float, float, float]  # what, left, top, right, bottom
CONTACTS = 171  # the foot of the lane of contacts on the wide ribbon
NAMES = ("Shop", "Stock assistant", "Warehouse and wholesale manager", "W" * 60, "Kitchen porter, mornings")


def words_box(what: str, x: float, y: float, width: float, anchor: str = "start") -> Box:
    left = x - width / 2 if anchor == "middle" else x
    return what, left, y - 10.5, left + width, y + 2.5


def boxes(drawing: Drawing) -> Iterator[Box]:
    """Where the template puts words and signs."""
    wide, base = drawing.frame.wide, drawing.frame.base
    for month in drawing.months:
        yield words_box(month.words, month.x, 18 if wide else 14, width_of(month.words, bold=bool(month.detail)))
    half, foot = (52, 24) if wide else (27, 20)
    yield "today", drawing.today_box - half, 0, drawing.today_box + half, foot
    if drawing.sixteen_words:
        said = "16 hours a week" if wide else "16 h"
        yield words_box(said, 0, drawing.sixteen + (4 if wide else -4), width_of(said))
    for bar in drawing.bars:
        if bar.words:
            yield words_box(bar.words, bar.words_x, bar.words_y, width_of(bar.words, bold=True))
    for one in drawing.problems:
        yield "problem", one.shown_x - 9, one.y - 17, one.shown_x + 9, one.y - 1
    for point in drawing.marks:
        yield "sign", point.shown_x - 11, drawing.frame.marks - 11, point.shown_x + 11, drawing.frame.marks + 11
    if wide:
        yield from _wide_boxes(drawing)
    else:
        for point in drawing.marks:
            if point.name:
                yield words_box(point.name, point.words_x, 170, width_of(point.name), "middle")
    assert all(base >= bar.y + bar.height - 0.5 for bar in drawing.bars)
    assert not [bar for bar in drawing.bars if bar.words and bar.words_y - 10.5 < drawing.sixteen < bar.words_y + 2.5]


def _wide_boxes(drawing: Drawing) -> Iterator[Box]:
    for label in drawing.labels:
        yield words_box(label.words, label.x, 95 if label.y else 53, width_of(f"{label.words} {label.detail}"))
    for dot in drawing.dots:
        yield "dot", dot.x - 6.4, 59, dot.x + 6.4, 79
    for title in drawing.titles:
        yield words_box(title.words, title.x, title.y - (17 if title.detail else 0), width_of(title.words, bold=True))
        if title.detail:
            yield words_box(title.detail, title.x, title.y, width_of(title.detail))
    for point in drawing.marks:
        for place, words in enumerate((point.name, point.state, point.on)):
            y = 333 + 17 * place + 54 * point.y
            yield words_box(words, point.words_x, y, width_of(words, bold=place < 2), "middle")


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    found = []
    for one, other in combinations(boxes(drawing), 2):
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]:
            found.append((one[0], other[0]))
    return found


def made_up(seed: int) -> Story:
    """A history by chance: up to two years and seven jobs, some at one time, problems and milestones anywhere."""
    dice = random.Random(seed)
    referred = ago(dice.choice((3, 40, 200, 420, 700)))
    days = (TODAY - referred).days

    def some_day() -> date:
        return referred + timedelta(days=dice.randint(0, days))

    events = [Event("Referred", referred, "referred"), Event("Entered", some_day(), "dot")]
    events += [Event(dice.choice(("Profile updated", "Plan revised", "Profile")), some_day(), "dot") for _ in range(6)]
    events.append(Event("Support ends", TODAY + timedelta(days=dice.randint(-5, 200)), "end"))
    jobs = []
    for _ in range(dice.randint(0, 7)):
        begins = some_day()
        ends = dice.choice((None, begins + timedelta(days=dice.randint(0, 120))))
        ends = ends if ends is None or ends <= TODAY else None
        middle = begins + timedelta(days=dice.randint(1, 60))
        hours = [dice.choice((None, Decimal("4"), Decimal("16"), Decimal("37.5"), Decimal("60"))) for _ in range(2)]
        spans = (Span(begins, middle - timedelta(days=1), hours[0]), Span(middle, ends or FAR, hours[1]))
        heard = tuple(
            Problem(min(begins + timedelta(days=dice.randint(0, 40)), TODAY), "pay") for _ in range(dice.randint(0, 5))
        )
        jobs.append(JobLine(dice.choice(NAMES), begins, ends, spans, heard))
    kinds = ("met", "missing", "ring", "work", "cross")
    marks = [mark(f"{n} weeks", some_day() + timedelta(days=60), dice.choice(kinds)) for n in range(dice.randint(0, 8))]
    touches = tuple(Touch(some_day(), "attended", "Call") for _ in range(30))
    return story(
        referred_on=referred, entered_on=referred, events=tuple(events), touches=touches, jobs=tuple(jobs),
        marks=tuple(marks), support_ends=None,
    )  # fmt: skip


@pytest.mark.parametrize("frame", [WIDE, COMPACT], ids=["wide", "compact"])
def test_of_four_hundred_histories_none_overlaps(frame: Frame) -> None:
    assert {seed: found for seed in range(400) if (found := overlapping(draw(made_up(seed), frame)))} == {}


@pytest.mark.parametrize("seed", range(0, 400, 7))
def test_the_names_of_jobs_stay_in_their_lane(seed: int) -> None:
    drawing = draw(made_up(seed))
    assert all(title.y - (28 if title.detail else 11) >= CONTACTS for title in drawing.titles)


def test_a_problem_hides_no_hours_and_a_tall_bar_no_contacts() -> None:
    """37.5 hours with a problem on the first day read as 37.5 hours."""
    spans = (Span(ago(60), FAR, Decimal("37.5")),)
    drawing = draw(story(jobs=(JobLine("Stock assistant", ago(60), None, spans, (Problem(ago(58), "pay"),)),)))
    bar, problem = drawing.bars[0], drawing.problems[0]
    assert bar.words in ("37.5 hours", "37.5 h")
    assert bar.words_x > problem.shown_x + 9
    assert drawing.titles[0].y - 28 >= CONTACTS
    assert overlapping(drawing) == []


def test_where_the_bar_is_narrow_the_hours_stand_above_the_problem() -> None:
    heard = (Problem(ago(59), "pay"),)
    spans = (Span(ago(60), ago(46), Decimal("37.5")),)
    drawing = draw(story(jobs=(JobLine("Stock assistant", ago(60), ago(46), spans, heard),)))
    bar = drawing.bars[0]
    assert (bar.words, overlapping(drawing)) == ("37.5 h", [])
    assert bar.words_y < drawing.problems[0].y - 17


def test_two_problems_of_one_day_are_one_sign() -> None:
    heard = (Problem(ago(20), "pay"), Problem(ago(20), "hours"), Problem(ago(19), "pay"))
    job = JobLine("Cleaner", ago(60), None, (Span(ago(60), FAR, Decimal(20)),), heard)
    assert len(draw(story(jobs=(job,))).problems) == 2


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([], []),
        ([5], [5]),
        ([5, 6, 40], [5, 15, 40]),
        ([95, 96, 97], [80, 90, 100]),
        ([-9, 200], [0, 100]),
    ],
)
def test_what_would_meet_is_moved_apart(places: list[float], found: list[float]) -> None:
    assert apart(places, 10, 0, 100) == found
