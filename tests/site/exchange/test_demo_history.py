"""The demo's ledger, written in one go: the entries an allocator writes one by one, and no other trial touched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.site.conftest import NOW

from placewell.errors import UserError
from placewell_web.accounts.service import current
from placewell_web.audit.clock import LONDON
from placewell_web.trial.allocator import demo_history

TRIAL_DAY = datetime(2018, 11, 14, 12, 4, tzinfo=LONDON)
ASKED = {"actor": "a", "eligibility": "a" * 64, "consent": "b" * 64}


class TestTheFolder:
    """A ledger that is there already when a demo is made."""

    def test_an_earlier_demos_is_begun_anew(self, tmp_path: Path) -> None:
        for _ in range(2):
            history = demo_history.DemoHistory(tmp_path / "trial", current())
            history.draw(
                at=TRIAL_DAY, number="TIW 7K3-M92", lot="dudley", actor="a", eligibility="a" * 64, consent="b" * 64
            )
            assert len(history.write()) == 2

    def test_a_torn_end_of_an_earlier_demo_does_not_matter(self, tmp_path: Path) -> None:
        demo_history.DemoHistory(tmp_path, current()).write()
        with (tmp_path / "witness.jsonl").open("a") as file:
            file.write('{"entry":')
        demo_history.clear(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_another_trials_is_left_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("placewell_web.trial.allocator.demo.PUBLIC_SHARES", {"E": bytes(32), "P": bytes([1] * 32)})
            demo_history.DemoHistory(tmp_path, current()).write()
        before = (tmp_path / "witness.jsonl").read_bytes()
        with pytest.raises(UserError, match="holds the ledger of another trial"):
            demo_history.DemoHistory(tmp_path, current())
        assert (tmp_path / "witness.jsonl").read_bytes() == before

    def test_what_is_written_at_once_is_what_the_allocator_writes_line_by_line(self, tmp_path: Path) -> None:
        asked = {"lot": "dudley", **ASKED}
        numbers = [f"TIW 7K3-M9{number}" for number in range(6)]
        history = demo_history.DemoHistory(tmp_path / "once", current())
        for number in numbers:
            history.draw(at=TRIAL_DAY, number=number, **asked)
        history.withdraw(at=TRIAL_DAY, number=numbers[0], scope="linkage", actor="a")
        together = history.write()
        other = demo_history.DemoHistory(tmp_path / "each", current())
        other.write()
        demo_history.forget()
        live = demo_history.AllocatorFolder(tmp_path / "each", demo_history.ANYWHERE)
        allocator = live.allocator(demo_history.demo_keys(live.genesis()))
        for number in numbers:
            request = demo_history.Request(demo_history.code_of(number), "dudley", "a", "a" * 64, "b" * 64)
            allocator.allocate(request, demo_history.utc_of(TRIAL_DAY))
        allocator.withdraw(
            demo_history.code_of(numbers[0]), "linkage", "withdrawn", "a", demo_history.utc_of(TRIAL_DAY)
        )
        assert live.witness.read() == together

    def test_the_window_holds_for_the_demo_too(self, tmp_path: Path) -> None:
        history = demo_history.DemoHistory(tmp_path, current())
        with pytest.raises(UserError, match="closed"):
            history.draw(at=NOW, number="TIW 7K3-M92", lot="dudley", **ASKED)


def test_the_arms_of_the_data_set_are_those_the_ledger_gives(tmp_path: Path) -> None:
    order = [(TRIAL_DAY.date(), f"E{number:06}") for number in range(40)]
    history = demo_history.DemoHistory(tmp_path, current())
    drawn = [
        history.draw(at=TRIAL_DAY, number=f"TIW 7K3-{number:03}", lot="dudley", **ASKED)
        for number in range(40)
    ]  # fmt: skip
    assert demo_history.DemoDraws(current())("dudley", order) == [entry.arm for entry in drawn]
