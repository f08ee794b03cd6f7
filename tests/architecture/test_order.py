"""The order of the run: what takes long begins first, and the others keep theirs."""

from __future__ import annotations

import pytest
from tests.conftest import pytest_collection_modifyitems


class Item:
    """What the hook asks of a test."""

    def __init__(self, name: str, slow: bool) -> None:
        self.name, self.slow = name, slow

    def get_closest_marker(self, name: str) -> object:
        return pytest.mark.slow if self.slow and name == "slow" else None


def test_what_is_slow_comes_first_and_nothing_is_lost() -> None:
    items = [Item(name, slow=name.isupper()) for name in "abCdEf"]
    pytest_collection_modifyitems(items)
    assert "".join(item.name for item in items) == "CEabdf"
