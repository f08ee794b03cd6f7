"""Who opens which of the evaluator's pages, and what everybody else is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.evaluation.factories import Trial

from placewell_web.accounts.models import Role

pytestmark = pytest.mark.django_db

OF_EVALUATORS = (
    "flow",
    "diagram",
    "people",
    "completeness",
    "withdrawals",
    "deviations",
    "integrity",
    "anchor",
    "exports",
)
OF_THE_UNBLINDED = ("balance", "bundle")
OPEN_TO = (
    {name: {Role.EVALUATOR, Role.UNBLINDED} for name in OF_EVALUATORS}
    | {name: {Role.UNBLINDED} for name in OF_THE_UNBLINDED}
    | {"recruitment": {Role.EVALUATOR, Role.UNBLINDED, Role.PROGRAMME}}
)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages_and_no_other(role: Role, trial: Trial, as_role: Callable[[str], Client]) -> None:
    client = as_role(role)
    for name, roles in OPEN_TO.items():
        found = client.get(reverse(f"evaluation:{name}")).status_code
        assert found == (200 if role in roles else 403), (name, role)
