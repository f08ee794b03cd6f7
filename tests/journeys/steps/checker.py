"""A browser page kept for a whole run that looks at copies of pages with axe: what loads axe once stays quick."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join(' | ')))"""
AS_IT_STANDS = """() => {
    const copy = document.documentElement.cloneNode(true), fields = 'input, textarea, select';
    const live = document.querySelectorAll(fields);
    copy.querySelectorAll(fields).forEach((field, at) => {
        if (field.tagName === 'INPUT') {
            field.toggleAttribute('checked', live[at].checked);
            if (field.type !== 'file') field.setAttribute('value', live[at].value);
        } else if (field.tagName === 'TEXTAREA') field.textContent = live[at].value;
        else [...field.options].forEach((one, n) => one.toggleAttribute('selected', live[at].options[n].selected));
    });
    return '<!doctype html>' + copy.outerHTML;
}"""
SCRIPTS = re.compile(r"<script\b.*?</script>", re.S | re.I)
NOSCRIPT = re.compile(r"<(/?)noscript\b", re.I)
DRAWN = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[A-Za-z0-9]{64}\b")
"""Ids of rows and tokens of forms, which are drawn anew for each test or each opening of a page."""


def copy_of(page: Any, script: bool) -> str:
    """A page as text: its own scripts have done their work, or do none; without them, what stands in noscript shows."""
    text = SCRIPTS.sub("", page.evaluate(AS_IT_STANDS))
    return text if script else NOSCRIPT.sub(r"<\1div", text)


def in_places(copy: str) -> str:
    """A copy with what is drawn told by its place: pages that differ in nothing else have the same faults."""
    places: dict[str, str] = {}
    return DRAWN.sub(lambda found: places.setdefault(found[0], f"drawn {len(places)}"), copy)


class Checker:
    """Looks at copies of pages, in one browser page for each width; a page found sound is not looked at twice."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._pages: dict[tuple[str, int], Any] = {}
        self._sound: set[tuple[str, int, str]] = set()

    def violations(self, copy: str, site: str, width: int, height: int) -> list[str]:
        """What axe finds in a copy, in words."""
        known = (site, width, hashlib.sha256(in_places(copy).encode()).hexdigest())
        if known in self._sound:
            return []
        page = self._page(site, width, height)
        page.set_content(copy)
        found: list[str] = page.evaluate(RUN_AXE, RULES)
        if not found:
            self._sound.add(known)
        return found

    def _page(self, site: str, width: int, height: int) -> Any:
        """A page of the same site, so that addresses of styles and pictures lead to the same files."""
        if (site, width) not in self._pages:
            size = {"width": width, "height": height}
            page = self._browser.new_context(viewport=size, bypass_csp=True, locale="en-GB").new_page()
            page.goto(site + "/robots.txt")
            page.evaluate(AXE.read_text() + ";0")
            self._pages[site, width] = page
        return self._pages[site, width]
