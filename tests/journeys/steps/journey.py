"""One visitor in a browser, and the check of every page they open."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join(' | ')))"""


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    script: bool


class Journey:
    """A page of a browser that checks itself after every opening."""

    def __init__(self, browser: Any, address: str, screen: Screen, name: str) -> None:
        self.address, self.screen, self.name = address, screen, name
        self._browser = browser
        size = {"width": screen.width, "height": screen.height}
        self._context = browser.new_context(viewport=size, java_script_enabled=screen.script, locale="en-GB")
        self._context.set_default_timeout(20_000)
        self.page = self._context.new_page()
        self._checker: Any = None
        self.complaints: list[str] = []
        self.status = 0
        self.expected = 200
        self.page.on("response", self._note_status)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}") or dialog.dismiss())

    def visit(self, path: str) -> None:
        """Open an address of the site and check the page."""
        self.page.goto(self.address + path)
        self.check()

    def expects(self, status: int) -> None:
        """The next page answers with this status instead of 200."""
        self.expected = status

    def check(self) -> None:
        """Status, one h1, a title, no sideways scroll, nothing in the console, no violation found by axe."""
        page = self.page
        page.wait_for_load_state("load")
        where = f"{page.url} ({self.screen.width} px, {'with' if self.screen.script else 'without'} JavaScript)"
        assert self.status == self.expected, f"{where} answered {self.status}, not {self.expected}"
        assert page.locator("h1").count() == 1, f"{where} has {page.locator('h1').count()} h1"
        assert page.title().strip(), f"{where} has no title"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{where} scrolls sideways by {overflow} px: {self._too_wide()}"
        expected_noise = [] if self.expected == 200 else [one for one in self.complaints if "status of" in one]
        assert [one for one in self.complaints if one not in expected_noise] == [], f"{where}: {self.complaints}"
        self.complaints.clear()
        violations = self._axe()
        assert violations == [], f"{where}:\n" + "\n".join(violations)
        self.expected = 200

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page, for eyes: only when PLACEWELL_PICTURES is set."""
        if os.environ.get("PLACEWELL_PICTURES"):
            folder = ROOT / "var" / "pictures"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(folder / f"{name}-{self.screen.width}.png"), full_page=True)

    def close(self) -> None:
        self._context.close()
        if self._checker is not None:
            self._checker.context.close()

    def _axe(self) -> list[str]:
        page = self.page if self.screen.script else self._copy()
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE.read_text() + ";0")
        found: list[str] = page.evaluate(RUN_AXE, RULES)
        return found

    def _copy(self) -> Any:
        """The same page in a browser with scripts, its own switched off: axe needs scripts, the page must not."""
        if self._checker is None:
            size = {"width": self.screen.width, "height": self.screen.height}
            self._checker = self._browser.new_context(viewport=size, bypass_csp=True, locale="en-GB").new_page()
            self._checker.route("**/*.js", lambda route: route.abort())
            self._checker.route(lambda url: url == self.page.url, self._answer_copy)
        self._checker.goto(self.page.url)
        return self._checker

    def _answer_copy(self, route: Any) -> None:
        route.fulfill(body=self.page.content(), content_type="text/html; charset=utf-8")

    def _too_wide(self) -> list[str]:
        script = """() => [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 5).map(one => one.tagName + '.' + one.className)"""
        found: list[str] = self.page.evaluate(script)
        return found

    def _note_status(self, response: Any) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    def _note_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")
