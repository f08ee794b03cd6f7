"""Where the focus stands: what it is called, whether it is seen, the eye told of it, and nothing lies over it.

The eye is told when something is drawn otherwise than at rest: ring, shadow, ground or border of the thing, of its
label or of what it stands in. What everything looks like at rest is kept when a page is first looked at, so that the
focus need not be moved for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LOOK = """() => {
    const CLEAR = 'rgba(0, 0, 0, 0)', FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const one = document.activeElement, labels = [...(one.labels || [])], own = [one, ...labels];
    const drawn = thing => [thing, ...(thing.labels || []), thing.parentElement].filter(Boolean);
    const bits = part => [null, '::before', '::after'].map(bit => {
        const style = getComputedStyle(part, bit);
        const ring = style.outlineStyle === 'none' || style.outlineColor === CLEAR ? '' : style.outline;
        return [ring, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth].join();
    });
    const look = thing => drawn(thing).flatMap(bits).join();
    const kept = window.pwAtRest ??= new Map();
    for (const thing of document.querySelectorAll(FOCUSABLE)) {
        if (thing !== one && (thing === window.pwLast || !kept.has(thing))) kept.set(thing, look(thing));
    }
    window.pwLast = one;
    const labelled = one.getAttribute('aria-label') || labels.map(label => label.innerText).join(' ');
    const words = labelled || one.innerText || one.name || one.id || one.tagName;
    const box = part => part.getClientRects()[0] || new DOMRect();
    const seen = part => part.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && box(part).width > 4 && box(part).height > 4;
    const on = part => {
        const {left, top, width, height} = box(part);
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return Boolean(hit) && own.some(thing => thing.contains(hit));
    };
    return {
        name: words.replace(/\\s+/g, ' ').trim().slice(0, 60),
        kind: one === document.body ? 'page' : one.tagName.toLowerCase(),
        seen: own.some(seen),
        told: !kept.has(one) || kept.get(one) !== look(one),
        free: own.some(part => seen(part) && on(part)),
    };
}"""


@dataclass(frozen=True)
class Stop:
    """One thing the focus landed on."""

    name: str
    kind: str
    seen: bool
    told: bool
    free: bool

    @property
    def at_end(self) -> bool:
        """Past the last thing of the page, where the browser's own bars begin."""
        return self.kind == "page"

    def fault(self) -> str:
        """What is wrong here, in words; `""` for nothing."""
        if self.at_end:
            return ""
        wrong = [
            words
            for right, words in (
                (self.seen, "cannot be seen"),
                (self.told, "looks as if it had no focus"),
                (self.free or not self.seen, "lies under something or off the screen"),
            )
            if not right
        ]
        return f"{self.kind} “{self.name}” {' and '.join(wrong)}" if wrong else ""


def stop(page: Any) -> Stop:
    """Where the focus stands now."""
    return Stop(**page.evaluate(LOOK))
