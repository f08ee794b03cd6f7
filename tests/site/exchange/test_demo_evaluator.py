"""The demo's evaluator has a key of their own: what the demo seals opens with it, and it is made once."""

from __future__ import annotations

import json
import stat
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.site.conftest import NOW

from placewell.randomisation.hashing import canon
from placewell.randomisation.witness import Witness
from placewell_web.accounts.service import current
from placewell_web.evaluation import sealing
from placewell_web.exchange.demo import load as demo
from placewell_web.exchange.demo.evaluator import SECRET, keep_key_pair
from placewell_web.trial.allocator.sealing import open_with, public_key, seal_to
from placewell_web.trial.models import Notice


@pytest.fixture
def public(settings: Any, tmp_path: Path) -> Path:
    """Where the demo looks for the key; nothing is there yet."""
    settings.DEMO_EVALUATOR_KEY = settings.EVALUATOR_KEY = str(tmp_path / "evaluator" / "demo-public.pem")
    return Path(settings.EVALUATOR_KEY)


def test_the_pair_is_made_once_and_fits(public: Path) -> None:
    keep_key_pair()
    first = public.read_bytes()
    keep_key_pair()
    assert public.read_bytes() == first
    secret = public.with_name(SECRET)
    assert open_with(secret, seal_to(public, b"said in confidence")) == b"said in confidence"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o400
    assert sorted(each.name for each in public.parent.iterdir()) == ["demo-public.pem", SECRET]
    assert sealing.has_key()


def test_a_secret_left_without_its_public_half_makes_way(public: Path) -> None:
    keep_key_pair()
    public.unlink()
    keep_key_pair()
    assert open_with(public.with_name(SECRET), seal_to(public, b"x")) == b"x"


@pytest.mark.parametrize("given", ["", "/nowhere/of-a-true-evaluator.pem"])
def test_a_key_given_otherwise_or_none_is_left_alone(public: Path, settings: Any, given: str) -> None:
    settings.EVALUATOR_KEY = given
    keep_key_pair()
    assert not public.parent.exists()
    assert not given or not Path(given).exists()


@pytest.fixture
def loaded(db: None, public: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(demo, "PEOPLE", 90)
    keep_key_pair()
    with transaction.atomic():
        demo.load(current(), NOW)
        yield public
    public_key.cache_clear()


def test_every_entry_of_the_demos_ledger_is_sealed_to_the_evaluator(loaded: Path, settings: Any) -> None:
    bodies = [json.loads(body) for body in Notice.objects.filter(kind="receipt").values_list("body", flat=True)]
    opened = {open_with(loaded.with_name(SECRET), b64decode(body["sealed"])) for body in bodies}
    written = Witness(Path(settings.TRIAL_FOLDER) / "witness.jsonl").read()
    assert opened == {canon(entry.as_data()) for entry in written}
    assert len(bodies) == len(written) > 40
