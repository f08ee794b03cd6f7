"""One visitor in a browser, and the check of every page they open."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from tests.journeys.steps.checker import Checker, copy_of
from tests.journeys.steps.windows import Screen, Windows

ROOT = Path(__file__).resolve().parents[3]


class Journey:
    """A page of a browser that checks itself after every opening."""

    def __init__(self, windows: Windows, checker: Checker, address: str, screen: Screen) -> None:
        self.address, self.screen = address, screen
        self._windows, self._checker = windows, checker
        self.page = windows.take(screen)
        self.spoilt = False  # a window that was made another than it was is not used again
        self.complaints: list[str] = []
        self.taps = self.keys = self.stops = 0
        self.checking = 0.0  # seconds spent on looking at pages, which no visitor waits for
        self.status = 0
        self.expected = 200
        self._heard = {
            "response": self._note_status,
            "console": self._note_console,
            "pageerror": lambda error: self.complaints.append(f"script error: {error}"),
            "dialog": lambda dialog: self.complaints.append(f"dialog: {dialog.message}") or dialog.dismiss(),
        }
        for event, listener in self._heard.items():
            self.page.on(event, listener)

    def visit(self, path: str) -> None:
        """Open an address of the site and check the page."""
        self.page.goto(self.address + path)
        self.check()

    def expects(self, status: int) -> None:
        """The next page answers with this status instead of 200."""
        self.expected = status

    def check(self) -> None:
        """Look at the page that opened."""
        self.page.wait_for_load_state("load")
        began = time.monotonic()
        self._look()
        self.checking += time.monotonic() - began

    def opens(self, path: str) -> None:
        """Open an address whose page other journeys look at."""
        self.page.goto(self.address + path)
        self.arrives()

    def arrives(self) -> None:
        """A page that other journeys look at has opened: no more than that it answers as expected."""
        self.page.wait_for_load_state("load")
        assert self.status == self.expected, f"{self.page.url} answered {self.status}, not {self.expected}"
        self.expected = 200

    def _look(self) -> None:
        """Status, one h1, a title, no sideways scroll, nothing in the console, no violation found by axe."""
        page = self.page
        where = f"{page.url} ({self.screen.width} px, {'with' if self.screen.script else 'without'} JavaScript)"
        assert self.status == self.expected, f"{where} answered {self.status}, not {self.expected}"
        assert page.locator("h1").count() == 1, f"{where} has {page.locator('h1').count()} h1"
        assert page.title().strip(), f"{where} has no title"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{where} scrolls sideways by {overflow} px: {self._too_wide()}"
        expected_noise = [] if self.expected == 200 else [one for one in self.complaints if "status of" in one]
        assert [one for one in self.complaints if one not in expected_noise] == [], f"{where}: {self.complaints}"
        self.complaints.clear()
        violations = self.violations()
        assert violations == [], f"{where}:\n" + "\n".join(violations)
        self.expected = 200

    def violations(self) -> list[str]:
        """What axe finds in the page as it stands, in words."""
        return self._checker.violations(self.copy(), self.address, self.screen.width, self.screen.height)

    def copy(self) -> str:
        """The page as text, with what was typed and ticked."""
        return copy_of(self.page, self.screen.script)

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page, for eyes: only when PLACEWELL_PICTURES is set."""
        if os.environ.get("PLACEWELL_PICTURES"):
            folder = ROOT / "var" / "pictures"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(folder / f"{name}-{self.screen.width}.png"), full_page=True)

    def elsewhere(self, screen: Screen) -> Journey:
        """A visitor at another browser, not signed in."""
        return Journey(self._windows, self._checker, self.address, screen)

    def close(self) -> None:
        for event, listener in self._heard.items():
            self.page.remove_listener(event, listener)
        if self.spoilt or self.page.is_closed():
            self.page.context.close()
        else:
            self._windows.give_back(self.screen, self.page)

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
