"""No restore re-draws anyone: the arms come back as they were, or the draw refuses (trust.md, promise 3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.conftest import World
from tests.site.trial import restores


@pytest.mark.django_db
def test_the_five_restores(world: World, tmp_path: Path) -> None:
    rows = list(restores.play(world, tmp_path / "trial", backup=8, truth=16))
    assert len(rows) == 5
    assert [row for row in rows if not row.sound] == []


@pytest.mark.django_db
def test_the_drill_would_see_a_changed_arm(world: World, tmp_path: Path) -> None:
    drill = restores.begin(world, tmp_path / "trial", backup=2, truth=4)
    drill.arms["TIW 000-003"] = "another"
    with restores.seated(drill):
        assert not restores.database_alone(drill).sound


@pytest.mark.django_db
def test_the_drill_would_see_an_allocator_without_a_mark(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = restores.begin(world, tmp_path / "trial", backup=2, truth=4)
    bare = property(lambda self: restores.AllocatorFolder(self.folder, restores.Machine.here()))
    monkeypatch.setattr(restores.Drill, "place", bare)
    with restores.seated(drill):
        assert not restores.written_over(drill).sound
