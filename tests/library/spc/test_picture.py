"""The picture that stands alone: what it says, what it shows, and that nothing from outside gets into it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.errors import UserError
from placewell.spc import ASSURANCE_WORDS, VARIATION_WORDS, Plot, to_svg
from placewell.spc.picture import NOT_IN_XML

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = (4, 6, 5, 6, 7, 5, 8, 6, 7, 8, 9, 8, 10, 9, 11, 11, 10)
STEADY = (5, 6) * 8


def plot(*values: float, **more: Any) -> Plot:
    names = tuple(f"point {n}" for n in range(1, len(values) + 1))
    return Plot(tuple(map(float, values)), names, tuple((name, "") for name in names), point="point", **more)


def read(*values: float, what: str = "starts", where: str = "", **more: Any) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(plot(*values, **more), what, where))


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def classes(root: ElementTree.Element, name: str) -> int:
    return sum(name in (element.get("class") or "").split() for element in root.iter())


def test_it_is_an_image_with_a_title_and_a_description() -> None:
    root = read(*MONTHS, target=9, where="m.csv")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and description is not None
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")
    assert title.text == "starts, m.csv, point 1 to point 17"
    assert description.text == (
        "Average 7.6, lower limit 4, upper limit 11.3, target 9. Eight points in a row, since point 10, are above the "
        "average of 7.6. That is a real improvement, not chance. The target of 9 lies inside the limits, so at this "
        "level some points will meet it and some will miss."
    )


def test_it_shows_the_sentence_the_levels_the_marks_and_the_verdicts_in_words() -> None:
    root = read(*MONTHS, target=9, where="m.csv")
    shown = texts(root)
    assert {
        "starts",
        "starts, point 1 to point 17, from m.csv",
        "Target 9",
        "Average 7.6",
        "Lower limit 4",
        "Upper limit 11.3",
    } <= set(shown)
    assert {"Improving", "Hit or miss", "Unusual, better", "Unusual, worse", "Point within the limits"} <= set(shown)
    assert " ".join(shown).count("Eight points in a row") == 1
    assert classes(root, "pw-mark--worse") == 2 + 1, "two points and the legend"
    assert classes(root, "pw-mark--better") == 8 + 1 + 2, "eight points, the legend, two in the icon"
    assert classes(root, "pw-chart__band") == 1


def test_under_fifteen_points_there_are_no_limits_and_no_icons() -> None:
    root = read(*MONTHS[:10], target=9)
    assert "10 points so far. Too few to judge: 15 are needed." in texts(root)
    assert (classes(root, "pw-chart__band"), classes(root, "pw-icon"), classes(root, "pw-mark--usual")) == (0, 0, 10)
    assert "Without limits: too few points." in texts(root)


@pytest.mark.parametrize("kind", VARIATION_WORDS)
def test_each_variation_has_its_icon_and_its_words(kind: str) -> None:
    direction = -1 if kind.endswith("low") else 1
    better = {"improvement_high": "up", "improvement_low": "down", "concern_high": "down", "concern_low": "up"}
    values = STEADY if kind == "common_cause" else [*STEADY, 5 + direction * 30]
    root = read(*values, better=better.get(kind))
    assert VARIATION_WORDS[kind] in texts(root)
    assert classes(root, "pw-icon") == 1


@pytest.mark.parametrize(("kind", "target"), [("pass", 2), ("hit_or_miss", 5), ("fail", 9)])
def test_each_assurance_has_its_icon_and_its_words(kind: str, target: int) -> None:
    root = read(*STEADY, target=target)
    assert ASSURANCE_WORDS[kind] in texts(root)
    assert classes(root, "pw-icon") == 2


@pytest.mark.parametrize("method", ["mdc", "ptd"])
def test_the_foot_says_how_the_limits_were_made(method: str) -> None:
    said = texts(read(*STEADY, method=method))[-1]
    assert said.endswith("all moving ranges kept." if method == "mdc" else "outlying moving ranges left out.")


def test_nothing_is_styled_scripted_or_fetched() -> None:
    svg = to_svg(plot(*MONTHS, target=9), "starts")
    assert not [word for word in ("style", "<script", "href", "url(", "@import") if word in svg]


def test_the_same_plot_gives_the_same_bytes() -> None:
    assert to_svg(plot(*MONTHS), "starts") == to_svg(plot(*MONTHS), "starts")


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_name_is_only_ever_text(what: str, where: str) -> None:
    root = read(1, 2, 3, what=f"<script>{what}", where=f'"{where}')
    shown = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert shown <= {"svg", "title", "desc", "rect", "text", "line", "path", "circle"}
    title = root.find(f"{SVG}title")
    assert title is not None and title.text is not None
    assert title.text.startswith("<script>")


def test_a_long_name_is_shortened_where_it_is_shown_and_whole_in_the_title() -> None:
    root = read(1, 2, what="many words " * 30)
    title = root.find(f"{SVG}title")
    assert texts(root)[0].endswith(" …")
    assert len(texts(root)[0]) <= 60
    assert title is not None and (title.text or "").count("many words") == 30


def test_characters_that_xml_does_not_hold_are_replaced() -> None:
    assert "a\ufffdb" in to_svg(plot(1, 2), "a\x00b")
    assert all(chr(code) not in to_svg(plot(1, 2), chr(code)) for code in NOT_IN_XML)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(UserError, match="at least one number"):
        to_svg(plot(), "starts")
