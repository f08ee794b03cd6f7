"""Windows of one browser, kept from journey to journey: to open one costs the browser most of a second of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    script: bool


class Windows:
    """Hands out an empty window of a screen, and takes it back."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._free: dict[Screen, list[Any]] = {}

    def take(self, screen: Screen) -> Any:
        """A window that nobody else uses now, without a page, a cookie or a listener."""
        free = self._free.setdefault(screen, [])
        return free.pop() if free else self._opened(screen)

    def give_back(self, screen: Screen, window: Any) -> None:
        """Nothing of a visitor stays; what other windows they opened are closed."""
        context = window.context
        for other in context.pages:
            if other != window:
                other.close()
        context.set_offline(False)
        context.clear_cookies()
        window.emulate_media(media="null")
        window.mouse.move(0, 0)
        window.goto("about:blank")
        self._free[screen].append(window)

    def _opened(self, screen: Screen) -> Any:
        size = {"width": screen.width, "height": screen.height}
        context = self._browser.new_context(viewport=size, java_script_enabled=screen.script, locale="en-GB")
        context.set_default_timeout(20_000)
        return context.new_page()
