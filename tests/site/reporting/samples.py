"""Sample objects for the addresses of reporting: figures are pages of the specification, the same for every lot."""

from __future__ import annotations

from typing import Any

from tests.site.matrix_samples import Made, sample


@sample("reporting:figure", "reporting:members_csv", shared=True)
def indicator(made: Made) -> dict[str, Any]:
    return {"indicator": "engaged"}


@sample("reporting:fidelity_csv", shared=True)
def item(made: Made) -> dict[str, Any]:
    return {"scale": "ips_25", "item": "caseload_size"}
