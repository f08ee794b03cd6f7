"""Commands asked in tests are not hurried: a busy machine would add lines about progress to standard error."""

from pathlib import Path

import pytest

from placewell.cli import progress


@pytest.fixture(autouse=True)
def _patient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if Path(request.path).stem != "test_progress":
        monkeypatch.setattr(progress, "PATIENCE_SECONDS", 600)
