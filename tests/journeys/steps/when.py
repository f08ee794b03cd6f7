"""What a visitor does: follows, presses, fills, chooses; each ends with the check of the page that opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.journeys.steps.journey import Journey


def follows(journey: Journey, words: str) -> None:
    """Follow the first link with these words that can be seen."""
    exactly = journey.page.get_by_role("link", name=words, exact=True)
    drawn_as_button = journey.page.locator("a[role=button]", has_text=words)
    link = exactly.or_(drawn_as_button).or_(journey.page.get_by_role("link", name=words))
    journey.taps += 1
    with journey.page.expect_navigation():
        link.locator("visible=true").first.click()
    journey.check()


def presses(journey: Journey, words: str) -> None:
    """Press the first button with these words."""
    journey.taps += 1
    with journey.page.expect_navigation():
        journey.page.get_by_role("button", name=spoken(words)).locator("visible=true").first.click()
    journey.check()


def spoken(words: str) -> re.Pattern[str]:
    """The whole name; a part that only a screen reader says is told apart by a space: `Tick off : Finish the CV`.

    `Note …` stands for a name that begins so, and an optional box need not be told.
    """
    end = ".*" if words.endswith(" …") else r"( \(optional\))?"
    return re.compile(rf"^{re.escape(words.removesuffix(' …')).replace(':', ' ?:')}{end}$", re.S)


def fills(journey: Journey, answers: Mapping[str, Any]) -> None:
    """Fill boxes by their label: a date fills three boxes, True ticks, a tuple ticks each, text may be a choice."""
    for label, answer in answers.items():
        _count(journey, answer)
        _fill(journey, label, answer)


def _count(journey: Journey, answer: Any) -> None:
    """One tap for a box and a key for each sign; each of several ticks is counted where it is made."""
    if isinstance(answer, tuple):
        return
    journey.taps += 1
    if isinstance(answer, date):
        journey.keys += len(f"{answer:%d%m%Y}") + 2  # and from box to box
    elif answer is not True:
        journey.keys += len(str(answer))


def chooses(journey: Journey, *labels: str) -> None:
    """Choose radios, checkboxes or chips by their words."""
    for label in labels:
        journey.taps += 1
        _check(journey.page.get_by_label(label, exact=True).first)


def _check(box: Any) -> None:
    """In the middle of the screen, where no bar lies over it; the chip's or radio's own input is transparent."""
    box.evaluate("one => one.scrollIntoView({block: 'center'})")
    box.check(force=True)


def _fill(journey: Journey, label: str, answer: Any) -> None:
    page = journey.page
    if isinstance(answer, date):
        group = page.get_by_role("group", name=label).first
        for box, value in (("Day", answer.day), ("Month", answer.month), ("Year", answer.year)):
            group.get_by_label(box).fill(str(value))
    elif answer is True:
        _check(page.get_by_label(label).first)
    elif isinstance(answer, tuple):
        chooses(journey, *answer)
    else:
        _type_or_choose(page, label, str(answer))


def _type_or_choose(page: Any, label: str, answer: str) -> None:
    name = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
    box = page.get_by_role("textbox", name=name).or_(page.get_by_role("combobox", name=name))
    group = page.get_by_role("group", name=label)
    if group.count() and not box.count():
        _check(group.first.get_by_label(answer, exact=True).first)
        return
    exactly = box if box.count() else page.get_by_label(label, exact=True)
    box = exactly.first if exactly.count() else page.get_by_label(label).first
    if box.evaluate("element => element.tagName") == "SELECT":
        box.select_option(label=answer)
    else:
        box.fill(answer)


def downloads(journey: Journey, words: str) -> tuple[str, bytes]:
    """Follow the link of just these words to a file: its name and what is in it; the page stays."""
    with journey.page.expect_download() as coming:
        journey.page.get_by_role("link", name=spoken(words)).locator("visible=true").first.click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
