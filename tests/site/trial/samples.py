"""Sample objects for the addresses of the trial (those of what follows a draw: samples_after)."""

from __future__ import annotations

import base64
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.site.conftest import NOW
from tests.site.matrix_samples import Made, sample

from placewell_web.clients.documents.settings import store
from placewell_web.trial.models import Meeting, Participant, SignedConsent

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@sample(
    "trial:meeting",
    "trial:script",
    "trial:eligibility",
    "trial:information",
    "trial:consent",
    "trial:baseline",
    "trial:review",
    "trial:result",
    "trial:stop",
    "trial:save_draft",
)
def episode(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk}


@sample("trial:baseline_part")
def part(made: Made) -> dict[str, Any]:
    return {"episode": made.episode.pk, "part": "wellbeing"}


@sample("trial:signature")
def signed(made: Made) -> dict[str, Any]:
    made.once("signed", _signed)
    return {"episode": made.episode.pk}


def _signed(made: Made) -> SignedConsent:
    """A consent signed before the trial ended, with a drawn signature."""
    specialist = made.world.user("specialist", made.lot)
    participant = Participant.unscoped.create(
        person=made.episode.person, number=f"TIW {made.lot[:3].upper()}-001", identity_token=made.lot, created_at=NOW
    )
    meeting = Meeting.unscoped.create(
        episode=made.episode, participant=participant, started_at=NOW, started_by=specialist
    )
    kept = SignedConsent(
        meeting=meeting,
        form_version="1.0",
        taken_by=specialist,
        signed_at=NOW,
        signed_on="screen",
        signed_name="Jaswinder Sandhu",
        media_type="image/png",
        sha256="0" * 64,
        hash="0" * 64,
    )
    kept.storage_name = store().put(kept.pk, PNG)
    kept.save(force_insert=True)
    return kept


if find_spec("tests.site.trial.samples_after"):
    import_module("tests.site.trial.samples_after")
