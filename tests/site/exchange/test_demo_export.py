"""The demo's people as a folder: without a fault, and without a word that was said in confidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from placewell.cli.main import main
from placewell.dataset import TABLES, content_hash, read_folder
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows as rows
from placewell_web.exchange import actions

SYSTEM = Actor.system("test")


def test_the_demo_holds_no_fault(
    small_demo: None, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = actions.write_data_set(tmp_path / "data", file_type="csv", by=SYSTEM, at=now)
    asked = ["validate", str(tmp_path / "data"), "--service", "thrive_into_work", "--today", "2019-06-14"]
    assert main(asked) == 0, capsys.readouterr().out
    assert content_hash(read_folder(tmp_path / "data")) == content_hash(written)
    assert all(written[table].height for table in ("benefits_advice", "job_problems", "disclosures"))
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.target_id, entry.actor_name) == (
        "write_data_set",
        content_hash(written),
        "Placewell (test)",
    )


CANARY = "CANARY"


def test_no_word_that_is_not_exported_leaves(small_demo: None, now: datetime, tmp_path: Path) -> None:
    """Every text the site holds and the data set has no column for is replaced by a word; the word is nowhere."""
    spoilt = [field for model, fields in rows.NOT_EXPORTED.items() for field in _spoil(model, fields)]
    assert {"note", "goal", "decision_reason", "referrer_name", "preferred_name", "communication_needs"} <= set(spoilt)
    actions.write_data_set(tmp_path / "data", file_type="csv", by=SYSTEM, at=now)
    files = list((tmp_path / "data").iterdir())
    assert len(files) == len(TABLES)
    assert [file.name for file in files if CANARY in file.read_text()] == []


def _spoil(model: type[models.Model], fields: Any) -> list[str]:
    """Write the word into each text field of the first rows of a model, where the field is long enough."""
    manager = model._default_manager
    keys = list(manager.values_list("pk", flat=True)[:5])
    done = []
    for name in fields:
        field = model._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField) and (field.max_length or 99) >= len(CANARY) + 1:
            for number, key in enumerate(keys):
                manager.filter(pk=key).update(**{name: f"{CANARY}{number}"})
            done += [name] if keys else []
    return done
