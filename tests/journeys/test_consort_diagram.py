"""The CONSORT diagram in a real browser: every text within its box, none over another, readable in forced colours."""

from __future__ import annotations

import pytest
from tests.library.evaluation.test_consort import SHAPES

from placewell.evaluation.consort import stylesheet, to_svg

pytestmark = pytest.mark.browser

MEASURE = """() => {
  const at = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  return {
    boxes: [...document.querySelectorAll('.consort-box, .consort-bar, .consort-band')].map(at),
    texts: [...document.querySelectorAll('svg text')].map((e) => [e.textContent, ...at(e)]),
    svg: at(document.querySelector('svg')),
  };
}"""
COLOURS = """() => {
  const of = (e) => { const s = getComputedStyle(e); return [s.fill, s.stroke]; };
  const names = ['consort-box', 'consort-bar', 'consort-band', 'consort-arrow', 'consort-head'];
  const texts = [...document.querySelectorAll('svg text')].map((e) => of(e)[0]);
  const found = names.map((name) => [name, of(document.querySelector('.' + name))]);
  return Object.fromEntries([...found, ['text', [...new Set(texts)]]]);
}"""


def page_of(svg, style=""):
    return f"<!doctype html><html lang='en'><style>{style}</style><body style='margin:0'>{svg}</body></html>"


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1200, "height": 1200})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_text_is_within_its_box_and_none_is_over_another(page, shape):
    page.set_content(page_of(to_svg(SHAPES[shape], "Trial")))
    found = page.evaluate(MEASURE)
    left, top, right, bottom = found["svg"]
    for text, x1, y1, x2, y2 in found["texts"]:
        assert left <= x1 and x2 <= right and top <= y1 and y2 <= bottom, text
        around = [b for b in found["boxes"] if b[0] <= (x1 + x2) / 2 <= b[2] and b[1] <= (y1 + y2) / 2 <= b[3]]
        assert all(b[0] <= x1 and x2 <= b[2] and b[1] <= y1 and y2 <= b[3] for b in around), text
    for n, (text, x1, y1, x2, y2) in enumerate(found["texts"]):
        for other, a1, b1, a2, b2 in found["texts"][n + 1 :]:
            apart = x2 <= a1 or a2 <= x1 or y2 - 3 <= b1 or b2 - 3 <= y1  # a line's height holds more than its letters
            assert apart, (text, other)


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_nothing_unreadable(chromium, scheme, alone):
    context = chromium.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    svg = to_svg(SHAPES["picture"], "Trial", alone=alone)
    page.set_content(page_of(svg, "" if alone else stylesheet()))
    found = page.evaluate(COLOURS)
    (ink,) = found["text"]
    for name in ("consort-box", "consort-bar", "consort-band"):
        assert found[name][0] != ink, name
        assert found[name][1] == ink, name
    assert found["consort-arrow"][1] == found["consort-head"][0] == ink
    context.close()
