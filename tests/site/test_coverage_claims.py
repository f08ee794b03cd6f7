"""Every screen that `placewell coverage` names is an address of the site."""

from __future__ import annotations

import tomllib

import pytest

from placewell.specification.coverage import CATALOGUE
from placewell_web.config.addresses import all_views

FEATURES = tomllib.loads((CATALOGUE / "coverage.toml").read_text(encoding="utf-8"))["feature"]
SCREENS = [feature["url"] for feature in FEATURES if "url" in feature]


@pytest.mark.parametrize("url", SCREENS)
def test_a_screen_that_is_claimed_has_an_address(url: str) -> None:
    assert url in {view.name for view in all_views()}


def test_screens_are_claimed() -> None:
    assert len(SCREENS) >= 40
