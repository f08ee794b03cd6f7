"""What a visitor does with a keyboard alone: Tab, Shift+Tab, Enter, Space, arrows and letters; no pointer, no shortcut.

Every thing that the focus lands on is looked at on the way (stops.py). A walk to a thing that is not there, or that
takes more presses than anyone has patience for, fails with the names of what was passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.journeys.steps.journey import Journey
from tests.journeys.steps.stops import Stop, stop
from tests.journeys.steps.when import spoken

PATIENCE = 60
"""Presses from one thing to the next before a person gives up."""


def press(journey: Journey, key: str) -> None:
    journey.keys += 1
    journey.page.keyboard.press(key)


def types(journey: Journey, text: str) -> None:
    journey.keys += len(text)
    journey.page.keyboard.type(text)


def walks_to(journey: Journey, wanted: Any, called: str, *, key: str = "Tab", most: int = PATIENCE) -> Stop:
    """Press until the focus stands on what is wanted; each stop must be seen, told to the eye and free."""
    focused = wanted.and_(journey.page.locator(":focus"))
    passed: list[Stop] = []
    while not passed or not focused.count():
        way = " → ".join(one.name for one in passed)
        gone_round = sum(one.at_end for one in passed) > 1
        assert not gone_round and len(passed) < most, f"{called} is not met on {_where(journey)}: {way}"
        press(journey, key)
        passed.append(stop(journey.page))
    faults = [one.fault() for one in passed if one.fault()]
    assert faults == [], f"on the way to {called} on {_where(journey)}: " + "; ".join(faults)
    journey.stops += 1
    return passed[-1]


def _where(journey: Journey) -> str:
    return f"{journey.page.url} ({journey.screen.width} px)"


def tab_to(journey: Journey, role: str, name: str, *, back: bool = False, most: int = PATIENCE) -> Stop:
    """Tab to the thing of this role with this name."""
    wanted = journey.page.get_by_role(role, name=spoken(name))
    return walks_to(journey, wanted, f"{role} “{name}”", key="Shift+Tab" if back else "Tab", most=most)


def skips_to_content(journey: Journey) -> None:
    """The first thing of a page leads past its bars; after a form sent from there the next page begins there too."""
    if journey.page.url.endswith("#main-content"):
        return
    tab_to(journey, "link", "Skip to main content", most=1)
    press(journey, "Enter")
    journey.page.wait_for_url("**#main-content")


def opens(journey: Journey, role: str, name: str, *, back: bool = False, most: int = PATIENCE) -> None:
    """Tab to a link or button and press Enter: another page comes."""
    tab_to(journey, role, name, back=back, most=most)
    enters(journey)


def enters(journey: Journey) -> None:
    """Enter where the focus stands; the page that comes answers as expected."""
    with journey.page.expect_navigation():
        press(journey, "Enter")
    journey.arrives()


def unfolds(journey: Journey, words: str) -> None:
    """Tab to what opens with more below it, and open it."""
    walks_to(journey, journey.page.locator("summary", has_text=words), f"“{words}”, to unfold")
    press(journey, "Enter")


def attaches(journey: Journey, label: str, name: str, content: bytes) -> None:
    """Tab to the box for files; Space opens the computer's own window, whose answer is one file."""
    walks_to(journey, journey.page.get_by_label(label, exact=True), f"files of “{label}”")
    with journey.page.expect_file_chooser() as asked:
        press(journey, "Space")
    asked.value.set_files({"name": name, "mimeType": "image/png", "buffer": content})


def searches(journey: Journey, words: str) -> None:
    """Tab to the box for finding a person, in the bar of every page, and send what is typed."""
    walks_to(journey, journey.page.get_by_role("searchbox").first, "“Find a person”")
    types(journey, words)
    enters(journey)


def fills(journey: Journey, answers: Mapping[str, object]) -> None:
    """Tab to each box and type: a date has three boxes; what stood there is marked by the Tab and typed over."""
    for label, answer in answers.items():
        if isinstance(answer, date):
            _types_day(journey, label, answer)
            continue
        page, name = journey.page, spoken(label)
        box = page.get_by_role("textbox", name=name).or_(page.get_by_role("combobox", name=name))
        walks_to(journey, box, f"the box “{label}”")
        types(journey, str(answer))


def _types_day(journey: Journey, label: str, day: date) -> None:
    group = journey.page.get_by_role("group", name=label).first
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        walks_to(journey, group.get_by_label(box), f"{box.lower()} of “{label}”")
        types(journey, str(value))


def selects(journey: Journey, label: str, answer: str) -> None:
    """Tab to a list and type what is wanted, as far as the list follows."""
    tab_to(journey, "combobox", label)
    types(journey, answer)
    chosen = journey.page.evaluate("document.activeElement.selectedOptions[0].label")
    assert chosen == answer, f"typing “{answer}” in “{label}” chose “{chosen}”"


def ticks(journey: Journey, *names: str) -> None:
    for name in names:
        tab_to(journey, "checkbox", name)
        press(journey, "Space")


def picks(journey: Journey, *names: str, group: str = "") -> None:
    """Tab to the radios among which each stands, then to it by arrows; Space where it is the first."""
    for name in names:
        around = journey.page.get_by_role("group", name=group).first if group else journey.page
        one = around.get_by_role("radio", name=spoken(name)).first
        fellows = journey.page.locator(f"input[type=radio][name='{one.get_attribute('name')}']")
        walks_to(journey, fellows, f"the choice with “{name}”")
        _moves_to(journey, one, fellows.count())


def _moves_to(journey: Journey, one: Any, among: int) -> None:
    if _stands_on(journey, one):
        press(journey, "Space")
    for _ in range(among):
        if _stands_on(journey, one):
            break
        press(journey, "ArrowDown")
        assert stop(journey.page).fault() == ""
    assert one.is_checked()


def _stands_on(journey: Journey, one: Any) -> bool:
    return bool(one.and_(journey.page.locator(":focus")).count())


def looks_up(journey: Journey, label: str, words: str, found: str) -> None:
    """A code by its words: down the list that opens as one types, or with the button and the radios it brings."""
    if not journey.screen.script:
        fills(journey, {label: words})
        opens(journey, "button", f"Search for {label[0].lower()}{label[1:]}", most=1)
        assert stop(journey.page).name.startswith(label), "the page that comes begins at the box"
        picks(journey, f"{found} …")
        return
    tab_to(journey, "combobox", label)
    types(journey, words)
    options = journey.page.get_by_role("option")
    options.first.wait_for()
    for _ in range(options.count()):
        press(journey, "ArrowDown")
        if options.and_(journey.page.locator("[aria-selected=true]")).inner_text().startswith(found):
            break
    press(journey, "Enter")
    value = journey.page.locator(":focus").input_value()
    assert value.startswith(found), f"arrows found “{value}” for “{words}”"
