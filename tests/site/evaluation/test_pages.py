"""Who opens which of the evaluator's pages, and what everybody else is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World
from tests.site.evaluation.factories import Trial

from placewell.evaluation.recruitment import Forecast, MonthLine, Recruitment
from placewell_web.accounts import service
from placewell_web.accounts.models import Role
from placewell_web.config import specification
from placewell_web.evaluation.presenters.pace import pace

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


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.UNBLINDED])
def test_an_evaluator_lands_on_the_flow(role: Role, world: World, as_role: Callable[[str], Client]) -> None:
    assert as_role(role).get(reverse("accounts:landing"))["Location"] == "/evaluation/flow/"


@pytest.fixture
def without_a_trial(settings: Any) -> Iterator[None]:
    """The site runs a service that has no trial."""
    settings.PLACEWELL_SERVICE = "dorset_work_matters"
    for loaded in (service.current, specification.current):
        loaded.cache_clear()
    yield
    for loaded in (service.current, specification.current):
        loaded.cache_clear()


def test_a_service_without_a_trial_has_no_such_page(
    world: World, without_a_trial: None, as_role: Callable[[str], Client], frozen: object
) -> None:
    client = as_role(Role.UNBLINDED)
    for name in (*OF_EVALUATORS, *OF_THE_UNBLINDED, "recruitment"):
        assert client.get(reverse(f"evaluation:{name}")).status_code == 404, name
    page = client.get("/contract/").content.decode()
    assert "/evaluation/" not in page
    assert client.get(reverse("accounts:landing"))["Location"] == "/contract/"


def test_the_menu_is_of_the_role(trial: Trial, as_role: Callable[[str], Client]) -> None:
    of = {role: as_role(role).get("/evaluation/recruitment/").content.decode() for role in OPEN_TO["recruitment"]}
    assert "/evaluation/balance/" in of[Role.UNBLINDED]
    assert "/evaluation/balance/" not in of[Role.EVALUATOR]
    assert "/evaluation/flow/" not in of[Role.PROGRAMME]
    assert "Programme team’s view. Nothing is told by arm" in " ".join(of[Role.PROGRAMME].replace("\n", " ").split())


def test_a_drawing_of_recruitment_fits_its_frame() -> None:
    months = tuple(
        MonthLine(date(2018, month, 1), f"month {month}", {}, count, count * month, 40 * month, whole=True)
        for month, count in ((1, 10), (2, 30), (3, 45))
    )
    found = Recruitment(date(2018, 3, 31), 135, 5300, 120, months, (), Forecast(None, 0, None, None, None), open=True)
    for width, every in ((1136, 1), (358, 3)):
        chart = pace(found, width=width, every=every)
        assert chart is not None
        points = [tuple(map(float, point.split(","))) for point in f"{chart.reached} {chart.planned}".split()]
        assert all(chart.left <= x <= chart.right <= width and 0 < y <= chart.bottom for x, y in points)
        assert [tick.words for tick in chart.across] == ["Jan", "Feb", "Mar"][::every]
        assert [tick.words for tick in chart.up] == ["0", "50", "100", "150"]
        assert len(chart.ends) == (2 if width > 500 else 0)
        assert not chart.ends or chart.ends[1][0] - chart.ends[0][0] >= 18
    empty = Recruitment(date(2017, 9, 1), 0, 5300, 0, (), (), found.forecast, open=True)
    assert pace(empty) is None
