"""What has the keyboard's focus can be seen: not under a bar that stays, not cut off (WCAG 2.2, 2.4.11)."""

from __future__ import annotations

from tests.journeys.steps.journey import Journey

UNSEEN = """() => {
  const takes = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const isAsked = one => one.tabIndex >= 0 && !one.closest('.pw-bar__nav, .pw-pills');
  const above = document.querySelector('.cw-save, .cw-sticky, .cw-bulk, .cw-log-any') ? [0, 60, 110] : [0];
  const across = [.02, .5, .98];
  const called = one => `${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}`;
  const isUnseen = (one, height) => {
    one.blur();
    scrollTo(0, one.getBoundingClientRect().bottom + scrollY - innerHeight + height);
    one.focus();
    if (document.activeElement !== one) return false;
    const box = one.getClientRects()[0], parts = /radio|checkbox/.test(one.type) ? [one, ...one.labels] : [one];
    const heights = one.tagName === 'TEXTAREA' ? [.1] : [.2, .5, .8];
    const shows = (x, y) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return parts.some(part => part.contains(top));
    };
    return !heights.every(y => across.some(x => shows(x, y)));
  };
  const asked = [...document.querySelectorAll(takes)].filter(isAsked);
  return asked.filter(one => above.some(height => isUnseen(one, height))).map(called);
}"""
"""Each thing that takes the focus is scrolled to the bottom edge, where a bar would cover it whole or in part, and
given the focus. Of a box for text a browser shows the caret only, so its top is enough. Strips that
scroll sideways are left out: a browser is content there with a part."""


def unseen(journey: Journey) -> list[str]:
    """Names of what takes the focus on this page and is hidden then."""
    found: list[str] = journey.page.evaluate(UNSEEN)
    return found
