"""The diagram: well-formed, accessible, nothing outside its box or over another, the same as the table."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from tests.library.evaluation.drawing import ARMS, EXCLUDED, picture

from placewell.evaluation.consort import described, stylesheet, table_rows, to_svg
from placewell.evaluation.consort_layout import layout_of
from placewell.evaluation.measuring_text import broken, width

SVG = "{http://www.w3.org/2000/svg}"
WHAT = "Thrive Into Work trial, all four areas"
LONG = "Allocated to an arm whose name goes on and on until it needs several lines of its own in the box"
UNBROKEN = "a" * 120
THREE = [*ARMS, ("third", LONG, 12, [(UNBROKEN, 3, 0), (LONG, 9, 1)], (3, [("No answer", 1)], (0, 0)))]
SHAPES = {
    "picture": picture(),
    "three arms": picture(THREE),
    "one arm": picture(ARMS[:1]),
    "few reasons": picture(excluded=[("Did not meet the criteria", 3, 0)]),
    "no reasons": picture(excluded=[]),
    "long reasons": picture(excluded=[*EXCLUDED, (LONG, 1234567, 1), (UNBROKEN, 5, 1)]),
    "no notes": picture(notes=()),
    "long notes": picture(notes=(LONG * 3,)),
}
shapes = pytest.mark.parametrize("flow", SHAPES.values(), ids=SHAPES)


def test_the_picture_has_the_proportions_of_the_design():
    """Measured in mockups/consort-desktop.png, in its own pixels less the corner of the diagram."""
    found = layout_of(picture())
    referred, assessed, excluded, *later = found.boxes
    assert (found.width, found.height) == (1136, 986)
    assert [round(box.height) for box in (referred, assessed, excluded)] == [77, 52, 307]
    assert round(found.bar.y) == 329
    assert [round(box.y) for box in later] == [415, 641, 821] * 2
    assert [(band.label, round(band.y)) for band in found.bands] == [
        ("Enrolment", 1),
        ("Allocation", 415),
        ("Follow-up", 641),
        ("Analysis", 821),
    ]


@shapes
def test_nothing_lies_over_anything_else(flow):
    found = layout_of(flow)
    for one, other in combinations((*found.boxes, found.bar), 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.bottom <= other.y or other.bottom <= one.y
    for above, below in zip(found.bands, found.bands[1:], strict=False):
        assert above.y + above.height < below.y


@shapes
def test_every_text_stays_in_its_box_and_off_its_number(flow):
    for box in layout_of(flow).boxes:
        baselines = [words.y for words in (*box.title, *box.lines)]
        assert baselines == sorted(set(baselines))
        assert box.y + 12 < baselines[0] and baselines[-1] + 8 < box.bottom
        for words in (*box.title, *box.lines):
            size = 17.5 if words.bold else 15.4
            end = width(words.end, 19.5 if words.bold else 15.4, bold=words.bold)
            assert words.x + width(words.text, size, bold=words.bold) + end < box.right + 0.01


@shapes
def test_arrows_end_at_boxes(flow):
    found = layout_of(flow)
    edges = {round(box.y, 3) for box in (*found.boxes, found.bar)} | {round(found.boxes[2].x, 3)}
    for arrow in found.arrows:
        assert arrow.x1 == arrow.x2 or arrow.y1 == arrow.y2
        assert round(arrow.y2 if arrow.x1 == arrow.x2 else arrow.x2, 3) in edges
        assert arrow.x2 > arrow.x1 or arrow.y2 > arrow.y1
    turn = next(arrow for arrow in found.arrows if arrow.y1 == arrow.y2)
    assert found.boxes[1].bottom < turn.y1 < found.boxes[2].bottom < found.bar.y


@shapes
@pytest.mark.parametrize("alone", [True, False])
def test_the_svg_is_well_formed_and_says_what_it_is(flow, alone):
    root = ET.fromstring(to_svg(flow, WHAT, alone=alone))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == f"{WHAT}: participant flow as at 14 June 2019"
    assert description.text == described(flow)
    assert description.text.startswith("Referred: 9,418 (First meeting not held: 2,212). Assessed")
    assert (root.find(f"{SVG}style") is not None) is alone
    shown = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {box.shown for box in flow.boxes if box.id != "randomised"} <= shown
    assert "Randomised\u20025,084" in shown


def test_nothing_comes_from_outside_and_nothing_runs():
    text = to_svg(picture(), WHAT)
    assert text.count("http") == 1  # the name of the language
    assert "<script" not in text and " style=" not in text and "href" not in text and "url(" not in text


def test_the_page_can_carry_the_rules_for_forced_colours():
    assert stylesheet().startswith("@media (forced-colors: active)")
    assert stylesheet() in to_svg(picture(), WHAT)
    classes = {"consort-box", "consort-bar", "consort-band", "consort-arrow", "consort-head", "consort-ground"}
    assert all(name in stylesheet() and f'class="{name}"' in to_svg(picture(), WHAT) for name in classes)


def test_what_is_given_is_escaped():
    hostile = "<script>alert('1')</script> & \x00\ud800"
    flow = picture(excluded=[(hostile, 3, 0)])
    root = ET.fromstring(to_svg(flow, hostile).encode())
    assert not list(root.iter(f"{SVG}script"))
    assert "<script>" in root.find(f"{SVG}title").text


def test_the_same_flow_gives_the_same_bytes():
    assert to_svg(picture(), WHAT) == to_svg(picture(), WHAT)
    assert 'id="b-title"' in to_svg(picture(), WHAT, id="b")


def test_the_table_holds_every_count_in_reading_order():
    rows = table_rows(picture())
    assert [(row.phase, row.arm, row.depth, row.label, row.count, row.shown) for row in rows[:5]] == [
        ("Enrolment", None, 0, "Referred", 9418, "9,418"),
        ("Enrolment", None, 1, "First meeting not held", 2212, "2,212"),
        ("Enrolment", None, 0, "Assessed for eligibility", 7206, "7,206"),
        ("Enrolment", None, 0, "Excluded", 2122, "2,122"),
        ("Enrolment", None, 1, "Did not meet the criteria", 1094, "1,094"),
    ]
    assert (rows[5].depth, rows[5].label) == (2, "out of work for less than 4 weeks")
    last = [
        (row.phase, row.arm, row.label, row.count, row.shown)
        for row in rows
        if row.label in ("Analysed", "Answered, of those due and not withdrawn")
    ]
    assert last == [
        ("Follow-up", "ips", "Answered, of those due and not withdrawn", None, "82%"),
        ("Analysis", "ips", "Analysed", None, "not due"),
        ("Follow-up", "control", "Answered, of those due and not withdrawn", None, "78%"),
        ("Analysis", "control", "Analysed", None, "not due"),
    ]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 100, ("",)),
        ("one", 100, ("one",)),
        ("one two three", 70, ("one two", "three")),
        ("one  two", 200, ("one two",)),
        ("abcdefghij kl", 40, ("abcd", "efghi", "j kl")),
    ],
)
def test_labels_break_between_words(text, room, lines):
    assert broken(text, 15, room) == lines


@pytest.mark.parametrize("text", ["Answered, of those due and not withdrawn", UNBROKEN, LONG, "W" * 30, "i" * 30])
@pytest.mark.parametrize("room", [60, 200, 470])
def test_broken_lines_fit_and_lose_nothing(text, room):
    lines = broken(text, 15.4, room)
    assert all(width(line, 15.4) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
