"""What a correction of a job would undo is shown before it is saved, and saved once somebody has read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from placewell_web.casework.presenters import job_effects
from placewell_web.casework.queries import caseload, episodes
from placewell_web.nhsuk.sent import posted


def undone(request: HttpRequest, job: Any, **facts: Any) -> list[str]:
    """A sentence for each thing reached that these facts would change."""
    found = episodes.episodes(request.viewer).filter(pk=job.episode_id)
    return job_effects.undone(caseload.load(found, request.today), job, **facts)


def is_read(request: HttpRequest, sentences: Sequence[str]) -> bool:
    """Whether the button under just these sentences was pressed."""
    return str(posted(request).get("read", "")) == job_effects.signed(sentences)


def asks(sentences: Sequence[str]) -> dict[str, Any]:
    """For the page: the sentences, and what its button sends."""
    return {"undone": list(sentences), "undone_read": job_effects.signed(sentences)}
