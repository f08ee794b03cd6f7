"""The start-up checks of the trial, each with what raises it; a site that is well set up raises none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from tests.site.trial.processes import process, set_up

from placewell_web.trial import checks
from placewell_web.trial.allocator import configured

KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
GOOD = {
    "DEMO": False,
    "TRIAL_IDENTITY_KEY": KEY,
    "TRIAL_CUSTODY": 2,
    "TRIAL_DEMO_KEYS": False,
    "ALLOCATOR_SOCKET": "/run/placewell/allocator.sock",
    "EVALUATOR_KEY": "",
    "DEMO_EVALUATOR_KEY": "/nowhere/evaluator/demo-public.pem",
}
DEMO_KEY = "/nowhere/evaluator/demo-public.pem"
DEMO = {"DEMO": True, "TRIAL_CUSTODY": 0, "TRIAL_DEMO_KEYS": True,
        "TRIAL_IDENTITY_KEY": "cGxhY2V3ZWxsLWRlbW8tdHJpYWwtaWRlbnRpdHktMzI="}  # fmt: skip
BAD: dict[str, tuple[dict[str, object], list[str]]] = {
    "nothing": ({}, []),
    "no identity key": ({"TRIAL_IDENTITY_KEY": ""}, ["E001"]),
    "the demo's identity key": ({"TRIAL_IDENTITY_KEY": "cGxhY2V3ZWxsLWRlbW8tdHJpYWwtaWRlbnRpdHktMzI="}, ["E001"]),
    "a short identity key": ({"TRIAL_IDENTITY_KEY": "QUJD"}, ["E001"]),
    "not base64": ({"TRIAL_IDENTITY_KEY": "?"}, ["E001"]),
    "custody 0": ({"TRIAL_CUSTODY": 0}, ["E002"]),
    "custody 3": ({"TRIAL_CUSTODY": 3}, ["E002"]),
    "custody 1 is allowed": ({"TRIAL_CUSTODY": 1}, []),
    "no socket": ({"ALLOCATOR_SOCKET": ""}, ["E003"]),
    "no such key of the evaluator": ({"EVALUATOR_KEY": "/nowhere.pem"}, ["E007"]),
    "the demo's key before it is made": ({**DEMO, "EVALUATOR_KEY": DEMO_KEY}, []),
    "in production that is none": ({"EVALUATOR_KEY": DEMO_KEY}, ["E007"]),
    "a key given to the demo that is not there": ({**DEMO, "EVALUATOR_KEY": "/nowhere.pem"}, ["E007"]),
    "the demo": (DEMO, []),
    "the demo with a key of its own": ({"DEMO": True, "TRIAL_CUSTODY": 0, "TRIAL_DEMO_KEYS": True}, ["E006"]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _while_the_trial_runs() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2018-11-14T12:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2019-03-31T22:59:00+00:00", ["placewell.trial.E001", "placewell.trial.E003"]),  # 23:59 in London
        ("2019-03-31T22:59:01+00:00", []),
        ("2026-11-26T12:00:00+00:00", []),
    ],
)
def test_a_trial_that_is_over_needs_no_keys(moment: str, wanted: list[str], settings: Any) -> None:
    for name, value in {**GOOD, "TRIAL_IDENTITY_KEY": "", "ALLOCATOR_SOCKET": ""}.items():
        setattr(settings, name, value)
    with time_machine.travel(moment, tick=False):
        assert [each.id for each in checks.safe_trial()] == wanted
        assert list(checks._first_entry()) == []


@pytest.mark.parametrize("what", BAD)
def test_settings(what: str, settings: Any) -> None:
    changed, wanted = BAD[what]
    for name, value in {**GOOD, **changed}.items():
        setattr(settings, name, value)
    found = checks.safe_trial()
    assert [each.id for each in found] == [f"placewell.trial.{each}" for each in wanted]
    assert all(each.hint for each in found)


def test_a_service_without_a_trial_needs_none_of_it(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from placewell.specification import load

    monkeypatch.setattr(checks.service, "current", lambda: load("workwise"))
    settings.DEMO, settings.TRIAL_IDENTITY_KEY, settings.TRIAL_CUSTODY = False, "", 2
    assert (checks.safe_trial(), list(checks._first_entry())) == ([], [])


@pytest.mark.django_db
def test_a_trial_opened_otherwise_than_the_specification_says(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path / "t", custody=1)
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 1, str(tmp_path / "s")
    configured.forget()
    assert [each.id for each in checks.sound_ledger(databases=["default"])] == ["placewell.trial.W001"]
    with process(tmp_path / "t", tmp_path / "s"):
        assert checks.sound_ledger(databases=["default"]) == []
        specification = checks.service.current()
        frozen = configured.configuration_for(specification)
        from dataclasses import replace

        monkeypatch.setattr(configured, "configuration_for", lambda _: replace(frozen, imbalance=8))
        found = checks.sound_ledger(databases=["default"])
        assert [(each.id, "imbalance" in each.msg) for each in found] == [("placewell.trial.E005", True)]
