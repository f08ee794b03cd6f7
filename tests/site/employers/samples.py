"""Sample objects for the addresses of employers."""

from __future__ import annotations

from typing import Any

from tests.site.casework.factories import ago, make_employer
from tests.site.casework.samples import make_lead_of
from tests.site.conftest import NOW
from tests.site.employers.factories import make_activity, make_service
from tests.site.matrix_samples import Made, sample

from placewell_web.employers.models import EmployerMerge, EmployerPerson


@sample("employers:change_person", "employers:person_left", lot_wide=True)
def person(made: Made) -> dict[str, Any]:
    def make(made: Made) -> EmployerPerson:
        return EmployerPerson.unscoped.create(employer=make_employer(made.lot), name="Carol Finch", created_at=NOW)

    return {"person": made.once("employer_person", make).pk}


@sample("employers:undo_merge", lot_wide=True)
def merge(made: Made) -> dict[str, Any]:
    def make(made: Made) -> EmployerMerge:
        kept, gone = make_employer(made.lot, "One"), make_employer(made.lot, "Other")
        by = made.world.user("manager", made.lot)
        return EmployerMerge.unscoped.create(
            kept=kept, gone=gone, moved='{"filled":[],"rows":{}}', merged_at=NOW, merged_by=by
        )

    return {"merge": made.once("employer_merge", make).pk}


@sample("employers:close_lead", "employers:open_lead", lot_wide=True)
def lead(made: Made) -> dict[str, Any]:
    return {"lead": made.once("lead", make_lead_of).pk}


@sample("employers:undo_activity", lot_wide=True)
def activity(made: Made) -> dict[str, Any]:
    return {"activity": made.once("activity", lambda made: make_activity(made.world, made.lot, ago(3))).pk}


@sample("employers:change_service", "employers:confirm_service", "employers:end_service", lot_wide=True)
def service(made: Made) -> dict[str, Any]:
    return {"service": made.once("outside_service", lambda made: make_service(made.world, made.lot)).pk}
