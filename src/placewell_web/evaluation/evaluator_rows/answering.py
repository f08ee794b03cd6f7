"""The person items as they were answered at the first meeting, for the library: codes and an age under episode ids."""

from __future__ import annotations

import json

from placewell.evaluation.answered import Answered
from placewell_web.trial.models import Meeting


def answered() -> Answered:
    """Of everyone whose baseline was kept here; who was brought in from before has none."""
    kept = Meeting.unscoped.exclude(baseline_items="").order_by("pk").values_list("episode_id", "baseline_items")
    return Answered.of((str(episode), json.loads(text)) for episode, text in kept)
