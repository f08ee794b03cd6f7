"""Sample objects for the addresses of what follows an allocation."""

from __future__ import annotations

from typing import Any

from tests.site.conftest import NOW
from tests.site.matrix_samples import Made, sample
from tests.site.trial.factories import drawn

from placewell_web.trial.models import ErrorReport, Participant


def _participant(made: Made) -> Participant:
    return drawn(made.world, made.episode, "control", NOW, made.lot)


@sample("trial:booklet", "trial:local_services", "trial:letter", "trial:mistake", "trial:withdraw")
def after(made: Made) -> dict[str, Any]:
    made.once("participant", _participant)
    return {"episode": made.episode.pk}


@sample("trial:decide_mistake")
def report(made: Made) -> dict[str, Any]:
    def make(made: Made) -> ErrorReport:
        return ErrorReport.unscoped.create(
            participant=made.once("participant", _participant), kind="randomised_in_error", reason="not_eligible",
            reported_at=NOW, reported_by=made.world.user("specialist", made.lot),
        )  # fmt: skip

    return {"report": made.once("report", make).pk}
